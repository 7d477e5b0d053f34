# SPDX-License-Identifier: MIT
"""Indicators of title: clarity and seizure (I-15, I-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from workbench.domain.facts.truth import all_of, any_of, negated
from workbench.domain.figures.encumbrances import (
    DISPUTES,
    MORTGAGES,
    SEIZURES,
    is_burdened,
    is_in_force,
    of_kinds,
)
from workbench.domain.figures.land import held_parcels, land_area
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import Mean, Shares
from workbench.domain.indicators.indicator import (
    Band,
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
    outcome_of,
    up,
)  # fmt: skip
from workbench.domain.indicators.land import without_land_not_held
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState
from workbench.domain.workings.numbers import At, Judged

_ZERO = Decimal(0)
SMALL_GAP = Decimal("0.03")
_CLARITY_BANDS = up("85", "60")
ACCEPTANCES = ("planning_accept", "fire_accept", "completion_accept")
CERTIFICATES = frozenset({"不动产权证", "国有土地使用证"})
REGISTERED = "已办结"
NOT_ACCEPTED = ("未通过", "未办")
CONSENTED = frozenset({"同意", "无需"})
_ENCUMBRANCE_INPUTS = (
    "encumbrance.kind", "encumbrance.status", "encumbrance.start_on", "encumbrance.end_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClarityTest:
    """One test of I-15: its points, and whether an asset passes it (None: not known)."""

    key: str
    points: Decimal
    passed: bool | None


CLARITY_TESTS: Mapping[str, Decimal] = {
    "certificate": Decimal(35), "area_gap": Decimal(10), "seizure": Decimal(25),
    "mortgage": Decimal(10), "acceptance": Decimal(15), "dispute": Decimal(5),
}  # fmt: skip
"""The points of each test (domain §4, I-15); acceptance is asked of buildings only."""


def is_seized(reading: Reading, scope: Scope, asset: Record) -> bool | None:
    """Tell whether a parcel or building is under a court seizure at the as-of date."""
    return is_burdened(reading, scope, asset, SEIZURES, "seizure")


def is_seized_land(reading: Reading, scope: Scope, asset: Record) -> bool | None:
    """Tell whether a parcel or a building on it is under a court seizure; a building by itself."""
    buildings = scope.buildings_on(asset) if asset.entity == "parcel" else ()
    on_it = any_of(
        is_burdened(reading, scope, building, SEIZURES, "seizure", ask=False)
        for building in buildings
    )
    return on_it or is_seized(reading, scope, asset)


def is_pledged(reading: Reading, scope: Scope, asset: Record) -> bool | None:
    """Tell whether a mortgage row is in force on an asset; None where only its flag says so."""
    rows = of_kinds(reading, scope.encumbrances_on(asset), MORTGAGES)
    pledged = any_of(is_in_force(reading, row, scope.as_of) for row in rows)
    return None if pledged is False and reading.flag(asset, "mortgage") else pledged


def is_seized_with_land(reading: Reading, scope: Scope, building: Record) -> bool | None:
    """Tell whether a building or the land under it is under a court seizure."""
    return _burdened_with_land(reading, scope, building, SEIZURES, "seizure")


def _burdened_with_land(
    reading: Reading, scope: Scope, building: Record, kinds: frozenset[str], flag: str
) -> bool | None:
    """Tell whether a building or the land under it is burdened.

    A burden on land or building reaches the other, so that what the ledger says of the land
    answers for a building of which it says nothing.
    """
    parcel = scope.ledger.find("parcel", building.text("parcel"))
    if parcel is None:
        return is_burdened(reading, scope, building, kinds, flag)
    own = is_burdened(reading, scope, building, kinds, flag, ask=False)
    land = None if own else is_burdened(reading, scope, parcel, kinds, flag, ask=False)
    if own or land:
        return True
    if own is None and land is None:
        reading.lacks("building", flag, building.key)
        return None
    return False


def area_gap(reading: Reading, asset: Record, certified: str, actual: str) -> Decimal | None:
    """Return |certified − actual| ÷ certified, or None."""
    stated, measured = reading.need_number(asset, certified), reading.need_number(asset, actual)
    if not stated or measured is None:
        return None
    return abs(stated - measured) / stated


def is_mortgage_clear(reading: Reading, scope: Scope, asset: Record) -> bool | None:
    """Tell whether an asset is unmortgaged, or every mortgagee agrees."""
    burdened = is_burdened(reading, scope, asset, MORTGAGES, "mortgage")
    if burdened is not True:
        return None if burdened is None else True
    rows = of_kinds(reading, scope.encumbrances_on(asset), MORTGAGES)
    consents = [reading.need_text(row, "mortgagee_consent") for row in rows]
    if not consents or None in consents:
        return None
    return all(consent in CONSENTED for consent in consents)


def _is_mortgage_clear_with_land(reading: Reading, scope: Scope, building: Record) -> bool | None:
    """Tell whether a building and the land under it are unmortgaged, or every mortgagee agrees."""
    parcel = scope.ledger.find("parcel", building.text("parcel"))
    burdened = _burdened_with_land(reading, scope, building, MORTGAGES, "mortgage")
    if burdened is not True or parcel is None:
        return negated(burdened) if parcel else is_mortgage_clear(reading, scope, building)
    clear = []
    for asset in (building, parcel):
        if is_burdened(reading, scope, asset, MORTGAGES, "mortgage", ask=False):
            clear.append(is_mortgage_clear(reading, scope, asset))
    return all_of(clear)


def _within(gap: Decimal | None) -> bool | None:
    return None if gap is None else gap <= SMALL_GAP


def is_accepted(reading: Reading, building: Record) -> bool | None:
    """Tell whether planning, fire and completion are all passed or do not apply."""
    asked = [f for f in ACCEPTANCES if building.state(f) is not ValueState.NOT_APPLICABLE]
    states = [reading.need_text(building, field) for field in asked]
    if any(state in NOT_ACCEPTED for state in states):
        return False
    return None if None in states else True


def is_registered(reading: Reading, asset: Record) -> bool | None:
    """Tell whether a parcel or building has its certificate."""
    if asset.entity == "building":
        status = reading.need_text(asset, "cert_status")
        return None if status is None else status == REGISTERED
    kind = reading.need_text(asset, "cert_kind")
    return None if kind is None else kind in CERTIFICATES


def clarity_tests(reading: Reading, scope: Scope, asset: Record) -> list[ClarityTest]:
    """Return each test of a building or parcel (domain §4, I-15)."""
    building = asset.entity == "building"
    burdened = _burdened_with_land if building else is_burdened
    mortgage_clear = _is_mortgage_clear_with_land if building else is_mortgage_clear
    passed = {
        "certificate": is_registered(reading, asset),
        "area_gap": _within(area_gap(reading, asset, *areas_of(asset))),
        "seizure": negated(burdened(reading, scope, asset, SEIZURES, "seizure")),
        "mortgage": mortgage_clear(reading, scope, asset),
    }
    if building:
        passed["acceptance"] = is_accepted(reading, asset)
    passed["dispute"] = negated(burdened(reading, scope, asset, DISPUTES, "litigation"))
    return [ClarityTest(key, CLARITY_TESTS[key], ok) for key, ok in passed.items()]


def areas_of(asset: Record) -> tuple[str, str]:
    """Return the fields of the certified and the actual area of a building or parcel."""
    kind = "gfa" if asset.entity == "building" else "area"
    return f"{kind}_cert", f"{kind}_actual"


def clarity_assets(reading: Reading, scope: Scope) -> Sequence[Record]:
    """Return what is scored: the buildings, or the land where there are none."""
    return scope.buildings or held_parcels(reading, scope)


def _clarity(scope: Scope, reading: Reading) -> Outcome:
    """Score buildings, else land; an unknown test scores 0 and leaves the band open if need be."""
    assets = clarity_assets(reading, scope)
    if not assets:
        reading.lacks("building", "cert_status")
        return Outcome()
    sure, possible, unknown, tests = Mean(), Mean(), 0, 0
    for asset in assets:
        items = clarity_tests(reading, scope, asset)
        weigh = partial(size_of, reading, asset)
        full = sum((test.points for test in items), _ZERO) / 100
        passed = sum((test.points for test in items if test.passed), _ZERO)
        open_points = sum((test.points for test in items if test.passed is None), _ZERO)
        unknown += sum(test.passed is None for test in items)
        tests += len(items)
        sure.add(passed / full, weigh)
        possible.add((passed + open_points) / full, weigh)
    low, high = sure.figure().value, possible.figure().value
    if low is None or high is None or unknown == tests:
        return Outcome()
    band = _CLARITY_BANDS.band(low)
    settled = band is _CLARITY_BANDS.band(high)
    notes = (Note("unknown_items", {"count": unknown}),) if unknown else ()
    return Outcome(low, notes, band=band if settled else Band.PENDING)


def size_of(reading: Reading, asset: Record) -> Decimal | None:
    """Return by how much an asset counts (㎡): floor area of a building, area of a parcel."""
    return (floor_area if asset.entity == "building" else land_area)(reading, asset)


def _seized_share(scope: Scope, reading: Reading) -> Outcome:
    """Weigh land; a parcel counts whole when it or a building on it is seized."""
    shares, parcels = Shares(), held_parcels(reading, scope)
    for parcel in parcels:
        state = is_seized_land(reading, scope, parcel)
        _add_seized(reading, shares, parcel, state, land_area(reading, parcel))
    if not parcels:
        for building in scope.buildings:
            state = is_seized(reading, scope, building)
            _add_seized(reading, shares, building, state, floor_area(reading, building))
    if not len(shares):
        reading.lacks("parcel", "seizure")
        return Outcome()
    basis = Note("seized_by_land" if parcels else "seized_by_floor")
    return outcome_of(shares.figure(), basis, *without_land_not_held(scope))


def _add_seized(
    reading: Reading, shares: Shares, asset: Record, state: bool | None, area: Decimal | None
) -> None:
    counts = At(asset.entity, asset.key, Judged.SEIZED)
    seized = None if area is None else reading.given(counts, area, holds=state)
    shares.add(seized, area)


TITLE_INDICATORS = (
    Indicator("I-15", "权属清晰度", "Clarity of title", "分",
              ("building.cert_status", "building.gfa_cert", "building.gfa_actual",
               "building.seizure", "building.mortgage", "building.litigation",
               *(f"building.{field}" for field in ACCEPTANCES), "parcel.cert_kind",
               "parcel.area_cert", "parcel.area_actual", "parcel.seizure", "parcel.mortgage",
               "parcel.litigation", "parcel.status", *_ENCUMBRANCE_INPUTS,
               "encumbrance.mortgagee_consent"),
              _clarity, Direction.UP, _CLARITY_BANDS, decimals=0),
    Indicator("I-16", "查封面积占比", "Seized share", "%",
              ("parcel.area_cert", "parcel.area_actual", "parcel.status", "parcel.seizure",
               "building.seizure", "building.gfa_actual", "building.gfa_cert",
               *_ENCUMBRANCE_INPUTS),
              _seized_share, Direction.DOWN, down("0", "0.10"), decimals=1),
)  # fmt: skip
