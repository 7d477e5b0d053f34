# SPDX-License-Identifier: MIT
"""Indicators of land: idleness, plot ratio, density, tenure (I-05…I-10, I-14)."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from workbench.domain.figures.land import (
    INDUSTRIAL,
    OnLand,
    counted_floor_area,
    held_parcels,
    idle_months,
    land_area,
    land_not_held,
    land_of,
    on_land,
)  # fmt: skip
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import ALLOCATED, years_until
from workbench.domain.figures.years import latest_year
from workbench.domain.indicators.averages import Mean, Shares, total
from workbench.domain.indicators.indicator import (
    Band,
    Direction,
    Indicator,
    Note,
    Outcome,
    between,
    down,
    outcome_of,
    up,
)  # fmt: skip
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState, mu
from workbench.domain.workings.numbers import Kept, first_of, not_above_1

_ZERO = Decimal(0)
_COVERAGE_BANDS = up("0.40", "0.30")
_FAR_BANDS = up("1.0", "0.6")
_PLANNED = ("plan_far_min", "plan_far_max")
_YEAR_FIELDS = ("ind_base_area", "industrial_land")
_LIVING_KINDS = frozenset({"宿舍", "食堂", "商业配套"})
_AREA_INPUTS = ("parcel.area_cert", "parcel.area_actual", "parcel.status")
_FAR_INPUTS = (
    *_AREA_INPUTS, "building.gfa_actual", "building.gfa_cert", "building.floor_height",
    "parcel.far",
)  # fmt: skip


def _idle(scope: Scope, reading: Reading) -> Outcome:
    """Average over the idle land only; land in use would dilute a legal deadline."""
    mean, longest, known = Mean(), _ZERO, 0
    for parcel in held_parcels(reading, scope):
        months = idle_months(reading, scope, parcel)
        if months != 0 or isinstance(months, Kept):
            begun = partial(_once_begun, months) if isinstance(months, Kept) else None
            mean.add(months, partial(land_area, reading, parcel), begun, counts=months != 0)
            longest = max(longest, months or _ZERO)
            known += bool(months)
    if not scope.parcels:
        reading.lacks("parcel", "status")
        return Outcome()
    if not len(mean):
        return Outcome(_ZERO, (Note("no_idle_land"),))
    notes = (Note("idle_parcels", {"count": known, "longest": longest}),) if known else ()
    return outcome_of(mean.figure(), *notes)


def _once_begun(months: Kept, amount: Decimal | None) -> Decimal | None:
    """Return an amount that counts 0 until a month has passed, and remembers it."""
    return None if amount is None else amount * not_above_1(months)


def plot_ratio(scope: Scope, reading: Reading) -> OnLand:
    """Return counted floor area over land."""
    return on_land(reading, scope, counted_floor_area, "far", "gfa_actual")


def _basis_notes(scope: Scope, found: OnLand) -> tuple[Note, ...]:
    stated = (Note("stated_parcels", {"count": found.stated}),) if found.stated else ()
    return (*stated, *_whole_parcels(scope), *without_land_not_held(scope))


def _whole_parcels(scope: Scope) -> tuple[Note, ...]:
    """Say of chosen buildings that the others on their land count too: both share its ratios."""
    others = others_on(scope, scope.parcels)
    return (Note("whole_parcels", {"count": others}),) if others else ()


def others_on(scope: Scope, parcels: Iterable[Record]) -> int:
    """Return how many buildings of some parcels are not assessed."""
    own = {building.key for building in scope.buildings}
    return sum(b.key not in own for parcel in parcels for b in scope.buildings_on(parcel))


def without_land_not_held(scope: Scope) -> tuple[Note, ...]:
    """Say that land which no user holds is left out, and how much of it there is (亩)."""
    count, area = land_not_held(scope)
    if not count:
        return ()
    if area is None:
        return (Note("unmeasured_not_held", {"count": count}),)
    return (Note("land_not_held", {"count": count, "area": mu(area)}),)


def _far(scope: Scope, reading: Reading) -> Outcome:
    """Band by the thresholds; what the plan does not allow is never green."""
    found = plot_ratio(scope, reading)
    if found.ratio is None:
        return Outcome()
    band, outside = _FAR_BANDS.band(found.ratio), _outside_plan(scope, reading, found.ratio)
    if outside and band is Band.GREEN:
        band = Band.YELLOW
    return Outcome(found.ratio, (*_basis_notes(scope, found), *outside), band=band)


def _outside_plan(scope: Scope, reading: Reading, ratio: Decimal) -> tuple[Note, ...]:
    low, high = (_planned(scope, reading, field) for field in _PLANNED)
    if high is not None and ratio > high:
        return (Note("above_plan", {"limit": high}),)
    if low is not None and ratio < low:
        return (Note("below_plan", {"limit": low}),)
    return ()


def _planned(scope: Scope, reading: Reading, field: str) -> Decimal | None:
    """Return a planned plot ratio weighted by land, where every parcel has one; a blank may be."""
    parcels, mean = held_parcels(reading, scope), Mean()
    limits = [reading.number(parcel, field) for parcel in parcels]
    if None in limits:
        return None
    for parcel, limit in zip(parcels, limits, strict=True):
        mean.add(limit, partial(land_area, reading, parcel))
    return mean.figure().value


def _far_gap(scope: Scope, reading: Reading) -> Outcome:
    """Compare with the planned maximum, weighted by land area."""
    now, planned = plot_ratio(scope, reading), Mean()
    for parcel in held_parcels(reading, scope):
        limit = reading.need_number(parcel, "plan_far_max")
        planned.add(limit, partial(land_area, reading, parcel))
    maximum = planned.figure()
    if now.ratio is None or maximum.value is None:
        return Outcome()
    gap = max(maximum.value - now.ratio, _ZERO)
    return Outcome(gap, _basis_notes(scope, now))


def _base_area(reading: Reading, building: Record) -> Decimal | None:
    return reading.need_number(building, "base_area")


def _density(scope: Scope, reading: Reading) -> Outcome:
    found = on_land(reading, scope, _base_area, "density", "base_area")
    return Outcome(found.ratio, _basis_notes(scope, found))


def _coverage(scope: Scope, reading: Reading) -> Outcome:
    """Use the park's yearly figure, which counts open yards; else buildings alone, as a bound."""
    if scope.whole_park and (year := latest_year(reading, scope, *_YEAR_FIELDS)):
        base, land = (reading.number(year, field) for field in _YEAR_FIELDS)
        if base is not None and land:
            return Outcome(base / land, (Note("by_year", {"year": year.number("year")}),))
    buildings = _coverage_of_buildings(scope, reading)
    if not reading.keeps or not scope.whole_park or buildings.value is None:
        return buildings
    later = latest_year(reading, scope, *_YEAR_FIELDS, open_too=True)
    if later is None:
        return buildings
    base, land = (reading.number(later, field) for field in _YEAR_FIELDS)
    if base is None or not land:
        return buildings
    return replace(buildings, value=first_of(buildings.value, base / land, buildings.value))


def _coverage_of_buildings(scope: Scope, reading: Reading) -> Outcome:
    found = on_land(reading, scope, _base_area, "density", "base_area")
    if found.ratio is None or not found.land:
        return Outcome()
    extra = _structures_and_yards(scope, reading)
    if extra is not None:
        return Outcome(found.ratio + extra / found.land, _basis_notes(scope, found))
    band = Band.GREEN if found.ratio >= _COVERAGE_BANDS.good else Band.PENDING
    return Outcome(found.ratio, (Note("without_yards"), *_basis_notes(scope, found)), band=band)


def _structures_and_yards(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the land under structures and open yards, where every parcel says both."""
    fields = ("structures_area", "yards_area")
    parcels = held_parcels(reading, scope)
    return total([reading.need_number(p, field) for p in parcels for field in fields])


def _living_share(scope: Scope, reading: Reading) -> Outcome:
    """Apportion land by floor area, as the control indicators do where it cannot be separated."""
    stated = _stated_living_share(scope, reading)
    left_out = (*_other_uses(scope, reading), *without_land_not_held(scope))
    if stated is not None:
        return Outcome(stated, left_out)
    shares, parcels = Shares(), held_parcels(reading, scope)
    uses = {parcel.key: reading.need_text(parcel, "land_use") for parcel in parcels}
    industrial = [parcel for parcel in parcels if uses[parcel.key] in INDUSTRIAL]
    for parcel in industrial:
        for building in scope.buildings_on(parcel):
            kind, area = reading.need_text(building, "kind"), floor_area(reading, building)
            living = area if kind in _LIVING_KINDS else _ZERO
            shares.add(None if kind is None or area is None else living, area)
    if not parcels:
        reading.lacks("parcel", "land_use")
    if len(shares):
        by_floor = Note("living_by_floor_area")
        return outcome_of(shares.figure(), by_floor, *left_out)
    for parcel in industrial:
        reading.lacks_record("building", "kind", parcel)
        reading.need_number(parcel, "living_land")
    is_none = bool(parcels) and not industrial and None not in uses.values()
    return Outcome(notes=(Note("no_industrial_land"),) if is_none else ())


def _other_uses(scope: Scope, reading: Reading) -> tuple[Note, ...]:
    """Say that land for other uses, with what stands on it, is left out: the limit is not for it.

    The control indicator holds for land of industry, storage and new industry.
    """
    parcels = [
        parcel
        for parcel in held_parcels(reading, scope)
        if parcel.text("land_use") not in (None, *INDUSTRIAL)
    ]
    if not parcels:
        return ()
    living = [
        building
        for parcel in parcels
        for building in scope.buildings_on(parcel)
        if building.text("kind") in _LIVING_KINDS
    ]
    return (Note("other_uses", {"count": len(parcels), "buildings": len(living)}),)


def _stated_living_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the separated land over the land, where every industrial parcel says it."""
    parcels = [p for p in held_parcels(reading, scope) if reading.text(p, "land_use") in INDUSTRIAL]
    living = total([reading.number(parcel, "living_land") for parcel in parcels])
    if not parcels or living is None:
        return None
    land = total([land_area(reading, parcel) for parcel in parcels])
    return living / land if land else None


def _remaining(scope: Scope, reading: Reading) -> Outcome:
    """Weight by land area; allocated land (划拨) has no term, is left out, and is said so."""
    mean, termless = Mean(), []
    for parcel in held_parcels(reading, scope):
        end = reading.day(parcel, "end_on")
        if end is None:
            not_applicable = parcel.state("end_on") is ValueState.NOT_APPLICABLE
            if not_applicable or reading.text(parcel, "obtain_mode") == ALLOCATED:
                termless.append(parcel)
                continue
            reading.lacks("parcel", "end_on", parcel.key)
        years = None if end is None else years_until(end, scope.as_of)
        mean.add(years, partial(land_area, reading, parcel))
    if not len(mean) and not termless:
        reading.lacks("parcel", "end_on")
    figure = mean.figure()
    apart = () if figure.value is None else without_land_not_held(scope)
    return outcome_of(figure, *_termless(scope, reading, termless, some=bool(len(mean))), *apart)


def _termless(
    scope: Scope, reading: Reading, parcels: list[Record], *, some: bool
) -> tuple[Note, ...]:
    """Say that land without a term is left out; beside land with one, which share of all it is."""
    if not parcels:
        return ()
    count = {"count": len(parcels)}
    everything, without = land_of(held_parcels(reading, scope)), land_of(parcels)
    if not some or not everything or without is None:
        return (Note("termless", count),)
    return (Note("termless_share", {**count, "share": without / everything}),)


LAND_INDICATORS = (
    Indicator("I-05", "土地闲置时长", "Time land lies idle", "月",
              (*_AREA_INPUTS, "parcel.idle_since", "parcel.agreed_start_on",
               "parcel.actual_start_on"),
              _idle, Direction.DOWN, down("12", "24", strict=True), decimals=1),
    Indicator("I-06", "综合容积率", "Plot ratio", "",
              (*_FAR_INPUTS, *(f"parcel.{field}" for field in _PLANNED)), _far, Direction.BETWEEN,
              _FAR_BANDS, parameters=("far_height_double",)),
    Indicator("I-07", "容积率缺口", "Plot ratio gap", "", (*_FAR_INPUTS, "parcel.plan_far_max"),
              _far_gap, parameters=("far_height_double",)),
    Indicator("I-08", "建筑密度", "Building density", "%",
              (*_AREA_INPUTS, "building.base_area", "parcel.density"), _density,
              Direction.BETWEEN, between(("0.30", "0.50"), ("0", None)), decimals=1),
    Indicator("I-09", "建筑系数", "Site coverage", "%",
              (*_AREA_INPUTS, "building.base_area", "parcel.density", "parcel.structures_area",
               "parcel.yards_area", "park_year.year", "park_year.ind_base_area",
               "park_year.industrial_land"),
              _coverage, Direction.UP, _COVERAGE_BANDS, decimals=1),
    Indicator("I-10", "行政办公及生活设施用地比", "Living and office land", "%",
              (*_AREA_INPUTS, "parcel.land_use", "parcel.living_land", "building.kind",
               "building.gfa_actual", "building.gfa_cert"),
              _living_share, Direction.DOWN, down("0.07", "0.15"), decimals=1),
    Indicator("I-14", "土地剩余使用年限", "Remaining land term", "年",
              (*_AREA_INPUTS, "parcel.end_on", "parcel.obtain_mode"), _remaining, Direction.UP,
              up("30", "15"), decimals=1),
)  # fmt: skip
