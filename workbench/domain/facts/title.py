# SPDX-License-Identifier: MIT
"""Facts about owners, encumbrances and title, computed from several cells of a scope."""

from collections.abc import Callable
from decimal import Decimal

from workbench.domain.facts.truth import all_of, any_of
from workbench.domain.figures.encumbrances import (
    DISPUTES,
    SEIZURES,
    is_burdened,
    is_in_force,
    of_kinds,
)
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.title import (
    area_gap,
    is_accepted,
    is_mortgage_clear,
    is_registered,
    is_seized,
    is_seized_with_land,
)
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value, ValueState

Derive = Callable[[Scope, Reading], Value | None]


def _state_owned(scope: Scope, reading: Reading) -> bool | None:
    """Count the platform company of a park as state-owned."""
    if scope.park and reading.text(scope.park, "manager_type") == "平台公司":
        return True
    return _state_held_land(scope, reading)


def _state_held_land(scope: Scope, reading: Reading) -> bool | None:
    """Tell whether a state firm holds land here: a platform that only manages cannot bring it."""
    holders = [reading.need_text(parcel, "holder_type") for parcel in scope.parcels]
    if not holders:
        reading.lacks("parcel", "holder_type")
        return None
    return any_of(None if h in (None, "不详") else h == "国企" for h in holders)


def _active_seizure(scope: Scope, reading: Reading) -> bool | None:
    def seized(asset: Record) -> bool | None:
        test = is_seized_with_land if asset.entity == "building" else is_seized
        return test(reading, scope, asset)

    return _any_asset(scope, reading, seized, "seizure")


def _any_asset(
    scope: Scope, reading: Reading, test: Callable[[Record], bool | None], field: str
) -> bool | None:
    if not scope.assets:
        reading.lacks("parcel", field)
        return None
    return any_of(test(asset) for asset in scope.assets)


def _seizures(
    scope: Scope, reading: Reading, kinds: frozenset[str]
) -> list[tuple[Record, bool | None]]:
    """Return the seizures that are, or may be, in force; None where that is not known."""
    rows = of_kinds(reading, scope.encumbrances, kinds)
    states = [(row, is_in_force(reading, row, scope.as_of)) for row in rows]
    return [(row, state) for row, state in states if state is not False]


def _queued_seizures(scope: Scope, reading: Reading) -> Decimal | None:
    states = [state for _, state in _seizures(scope, reading, frozenset({"轮候查封"}))]
    if True in states:
        return Decimal(states.count(True))
    if states:
        return None
    if any(state for _, state in _seizures(scope, reading, SEIZURES)):
        return Decimal(0)
    return Decimal(0) if _active_seizure(scope, reading) is False else None


def _criminal_seizure(scope: Scope, reading: Reading) -> bool | None:
    found = _seizures(scope, reading, SEIZURES)
    if any(state for _, state in found):
        return any_of(
            all_of((state, reading.need_flag(row, "criminal_seizure"))) for row, state in found
        )
    return False if _active_seizure(scope, reading) is False else None


def _mortgage_clear(scope: Scope, reading: Reading) -> bool | None:
    if not scope.assets:
        reading.lacks("parcel", "mortgage")
        return None
    return all_of(is_mortgage_clear(reading, scope, asset) for asset in scope.assets)


def _dispute(scope: Scope, reading: Reading) -> bool | None:
    def disputed(asset: Record) -> bool | None:
        return is_burdened(reading, scope, asset, DISPUTES, "litigation")

    return _any_asset(scope, reading, disputed, "litigation")


def _certified(scope: Scope, reading: Reading) -> bool | None:
    if not scope.assets:
        reading.lacks("building", "cert_status")
        return None
    return all_of(is_registered(reading, asset) for asset in scope.assets)


def _buildings_certified(scope: Scope, reading: Reading) -> bool | None:
    if not scope.buildings:
        reading.lacks("building", "cert_status")
        return None
    return all_of(is_registered(reading, building) for building in scope.buildings)


def _area_gaps(scope: Scope, reading: Reading) -> list[Decimal | None]:
    gaps = [area_gap(reading, parcel, "area_cert", "area_actual") for parcel in scope.parcels]
    gaps += [area_gap(reading, b, "gfa_cert", "gfa_actual") for b in scope.buildings]
    if not gaps:
        reading.lacks("parcel", "area_actual")
    return gaps


def _area_gap(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the largest gap, None while one of them is not known."""
    gaps = _area_gaps(scope, reading)
    known = [gap for gap in gaps if gap is not None]
    return max(known) if known and len(known) == len(gaps) else None


def _known_area_gap(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the largest gap of those that are known."""
    return max((gap for gap in _area_gaps(scope, reading) if gap is not None), default=None)


def _areas_compared(scope: Scope, reading: Reading) -> bool | None:
    """Tell that every gap is known; while one is not, nobody can tell that there is none."""
    gaps = _area_gaps(scope, reading)
    return True if gaps and None not in gaps else None


def _accepted(scope: Scope, reading: Reading) -> bool | None:
    if not scope.buildings:
        reading.lacks("building", "fire_accept")
        return None
    return all_of(is_accepted(reading, building) for building in scope.buildings)


def _acceptance(building: Record, reading: Reading, field: str) -> bool | None:
    """Tell whether an acceptance is passed or does not apply."""
    state = reading.text(building, field)
    if state is None:
        if building.state(field) is ValueState.NOT_APPLICABLE:
            return True
        reading.lacks("building", field, building.key)
        return None
    return state in ("通过", "不适用")


def _fire_accepted(scope: Scope, reading: Reading) -> bool | None:
    if not scope.buildings:
        reading.lacks("building", "fire_accept")
        return None
    return all_of(_acceptance(b, reading, "fire_accept") for b in scope.buildings)


def _planning_failed(scope: Scope, reading: Reading) -> bool | None:
    states = [reading.need_text(b, "planning_accept") for b in scope.buildings]
    if not states:
        reading.lacks("building", "planning_accept")
        return None
    return any_of(None if state is None else state == "未通过" for state in states)


def _unsafe_building(scope: Scope, reading: Reading) -> bool | None:
    grades = [reading.need_text(b, "safety_grade") for b in scope.buildings]
    if not grades:
        reading.lacks("building", "safety_grade")
        return None
    return any_of(None if grade in (None, "未鉴定") else grade in "CD" for grade in grades)


def _allocated_land(scope: Scope, reading: Reading) -> bool | None:
    modes = [reading.need_text(parcel, "obtain_mode") for parcel in scope.parcels]
    if not modes:
        reading.lacks("parcel", "obtain_mode")
        return None
    return any_of(None if mode in (None, "不详") else mode == "划拨" for mode in modes)


def _subsidy_clawback(scope: Scope, reading: Reading) -> bool | None:
    flags = [reading.need_flag(b, "subsidy_clawback") for b in scope.buildings]
    if not flags:
        reading.lacks("building", "subsidy_clawback")
        return None
    return any_of(flags)


DERIVED_TITLE: dict[str, Derive] = {
    "owner.state_owned": _state_owned,
    "owner.state_held_land": _state_held_land,
    "enc.active_seizure": _active_seizure,
    "enc.queued_seizures": _queued_seizures,
    "enc.criminal_seizure": _criminal_seizure,
    "enc.mortgage_free_or_consented": _mortgage_clear,
    "enc.dispute": _dispute,
    "title.certified": _certified,
    "title.buildings_certified": _buildings_certified,
    "title.area_gap": _area_gap,
    "title.known_area_gap": _known_area_gap,
    "title.areas_compared": _areas_compared,
    "title.accepted": _accepted,
    "title.fire_accepted": _fire_accepted,
    "title.planning_failed": _planning_failed,
    "title.unsafe_building": _unsafe_building,
    "title.allocated_land": _allocated_land,
    "title.subsidy_clawback": _subsidy_clawback,
}
