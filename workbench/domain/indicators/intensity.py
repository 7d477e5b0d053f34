# SPDX-License-Identifier: MIT
"""The score of intensive land use (I-41): yearly figures of the zone against ideal values."""

from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.years import newest
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Direction,
    Indicator,
    Note,
    Outcome,
    up,
)
from workbench.domain.indicators.zone import of_whole_park, ready_land, ready_year
from workbench.domain.records.ledger import Record
from workbench.domain.standards.intensity import (
    IntensityScheme,
    IntensityScore,
    Measure,
    ZoneType,
    score_zone,
    zone_type_of,
)
from workbench.domain.workings.numbers import Kept, Made, first_of, standing

INTENSITY_SCHEME = "intensity_scheme"
_BONDED = "海关特殊监管区"
_HECTARE = Decimal(10000)
_FULL_RATE = Decimal(1)
_TYPED_BY = ("industrial_land", "residential_land", "built_land")
_EXTENSION = ("ext_supply_ready_land", "ext_total_land", "ext_unbuildable_land")
_OVER: dict[Measure, tuple[str, str, Decimal]] = {
    Measure.SUPPLY_RATE: ("supplied_land", "supply_ready_land", Decimal(1)),
    Measure.BUILT_RATE: ("built_land", "supplied_land", Decimal(1)),
    Measure.INDUSTRIAL_RATE: ("industrial_land", "built_land", Decimal(1)),
    Measure.FAR: ("gfa_total", "built_land", Decimal(1)),
    Measure.DENSITY: ("base_area_total", "built_land", Decimal(1)),
    Measure.INDUSTRIAL_FAR: ("ind_gfa", "industrial_land", Decimal(1)),
    Measure.INDUSTRIAL_COVERAGE: ("ind_base_area", "industrial_land", Decimal(1)),
    Measure.INVESTMENT: ("fixed_investment", "industrial_land", Decimal(1)),
    Measure.INDUSTRIAL_TAX: ("industrial_tax", "industrial_land", Decimal(1)),
    Measure.TAX: ("tax_total", "built_land", Decimal(1)),
    Measure.IDLE_RATE: ("idle_land", "supplied_land", Decimal(1)),
    Measure.POPULATION: ("resident_pop", "built_land", _HECTARE),
}
"""What stands above and below the line; 元/㎡ is 万元/公顷."""
_DEVELOPED = ("supply_ready_land", "total_land", "unbuildable_land")


def _fields(measure: Measure) -> tuple[str, ...]:
    if measure is Measure.DEVELOPED_RATE:
        return _DEVELOPED
    upper, lower, _ = _OVER[measure]
    return upper, lower


def zone_type(scope: Scope, reading: Reading, year: Record) -> ZoneType | None:
    """Return the type of the zone: as the ledger says, else by its land; None when not known."""
    stated = reading.text(scope.park, "zone_type") if scope.park else None
    if stated is not None:
        return ZoneType(stated)
    kind = reading.text(scope.park, "kind") if scope.park else None
    land = [reading.need_number(year, field) for field in _TYPED_BY]
    industrial, residential, built = land
    if kind == _BONDED:
        return ZoneType.INDUSTRY
    if industrial is None or residential is None or not built:
        return None
    return zone_type_of(industrial, residential, built, bonded=False)


def intensity(scope: Scope, reading: Reading) -> tuple[IntensityScore, Record] | None:
    """Return the score and the year it is of; None when something is not known (and named)."""
    if not scope.whole_park:
        return None
    last = newest(reading, scope.park_years, scope)
    if last is None:
        reading.lacks("park_year", "built_land")
        return None
    kind = zone_type(scope, reading, last)
    scheme = None if kind is None else scope.standards.scheme_for(kind)
    if kind is ZoneType.OTHER and not (scope.park and scope.park.text("zone_type")):
        reading.lacks("park", "zone_type", scope.park_key)
    elif kind is not None:
        reading.standard(INTENSITY_SCHEME, scheme.id if scheme else "")
    if scheme is None:
        return None
    fields = tuple(dict.fromkeys(f for item in scheme.items() for f in _fields(item.measure)))
    year = ready_year(scope, reading, *(f for f in fields if f != "supply_ready_land"))
    if year is None:
        return None
    return _scored(reading, scheme, year)


def _scored(
    reading: Reading, scheme: IntensityScheme, year: Record
) -> tuple[IntensityScore, Record] | None:
    values = {item.measure: _value(reading, year, item.measure) for item in scheme.items()}
    known = {measure: value for measure, value in values.items() if value is not None}
    if len(known) < len(values):
        return None
    return score_zone(scheme, known, _rate(reading, year, _EXTENSION)), year


def _value(reading: Reading, year: Record, measure: Measure) -> Decimal | None:
    """Return a measure of one year; None over a zero base."""
    if measure is Measure.DEVELOPED_RATE:
        return _rate(reading, year, _DEVELOPED)
    upper, lower, scale = _OVER[measure]
    top, base = reading.number(year, upper), reading.number(year, lower)
    if measure is Measure.SUPPLY_RATE:
        base = ready_land(reading, year)
    return None if top is None or not base else top / base * scale


def _rate(reading: Reading, year: Record, fields: tuple[str, str, str]) -> Decimal | None:
    """Return ready ÷ (whole − unbuildable), or None."""
    ready, whole, unbuildable = (reading.number(year, field) for field in fields)
    if fields == _DEVELOPED:
        ready = ready_land(reading, year)
    if ready is None or whole is None or unbuildable is None or whole == unbuildable:
        return None
    return ready / (whole - unbuildable)


def _intensity(scope: Scope, reading: Reading) -> Outcome:
    found = intensity(scope, reading)
    if found is None:
        return UNKNOWN if scope.park_years else Outcome()
    score, year = found
    notes = [Note("by_year", {"year": year.number("year")}), Note("own_ideals")]
    if score.extension is not None:
        notes.append(Note("extension", {"share": 1 - score.scheme.main_share}))
    return Outcome(_remembered(scope, reading, score, year), tuple(notes))


def _remembered(scope: Scope, reading: Reading, score: IntensityScore, year: Record) -> Decimal:
    """Return the score; one that formulas count anew holds while the type of the zone does."""
    if not reading.keeps:
        return score.total
    total, main = score.total, score.main
    if score.extension is not None:
        total = first_of(total, total, main)
    elif (rate := _later_rate(reading, year)) is not None:
        items = (item for goal in score.goals for part in goal.parts for item in part.items)
        known = {each.item.measure: each.value for each in items}
        total = first_of(main, score_zone(score.scheme, known, rate).total, main)
    if scope.park and reading.text(scope.park, "zone_type") is not None:
        return total
    last = newest(reading, scope.park_years, scope)
    judged = () if last is None else tuple(reading.number(last, f) for f in _TYPED_BY)
    return standing(total, *judged)


def _later_rate(reading: Reading, year: Record) -> Decimal | None:
    """Return the rate of the extension zone as it may be told later, None where it cannot be."""
    fields = [reading.later(year, field) for field in _EXTENSION]
    known = [field for field in fields if field is not None]
    if len(known) < len(fields):
        return None
    ready, whole, unbuildable = known
    return Kept(_FULL_RATE, Made.DIVIDE, ready, whole - unbuildable)


_INPUTS = (
    "park.zone_type", "park.kind", "park_year.year", "park_year.residential_land",
    "park_year.ready_unsupplied",
    *dict.fromkeys(f"park_year.{f}" for m in Measure for f in _fields(m)),
    *(f"park_year.{field}" for field in _EXTENSION),
)  # fmt: skip

INTENSITY_INDICATORS = (
    Indicator("I-41", "集约度分值", "Land-use score", "分", _INPUTS, of_whole_park(_intensity),
              Direction.UP, up("70", "55"), parameters=(INTENSITY_SCHEME,)),
)  # fmt: skip
