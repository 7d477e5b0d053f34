# SPDX-License-Identifier: MIT
"""Indicators of the whole zone from its yearly figures (I-30…I-40), TD/T 1029 family."""

from collections.abc import Callable
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.years import latest_year, newest
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Bands,
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
)
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import At, first_of

_HECTARE = Decimal(10000)
_WAN = Decimal(10000)
_BUILT_OR_READY = ("built_land", "ready_unsupplied")
"""Land that together is ready to be supplied, where that is not stated."""
Compute = Callable[[Scope, Reading], Outcome]


def of_whole_park(compute: Compute) -> Compute:
    """Return a computation that says of chosen assets that it is one of the whole park.

    The yearly figures of a park say nothing of some of its assets: nothing is to be filled in.
    """

    def whole(scope: Scope, reading: Reading) -> Outcome:
        if not scope.whole_park:
            return Outcome(notes=(Note("whole_park_only"),))
        return compute(scope, reading)

    return whole


def _year(scope: Scope, reading: Reading, *fields: str) -> Record | None:
    """Return the newest year with every figure; else name what the newest year lacks."""
    row = latest_year(reading, scope, *fields)
    if row is None:
        last = newest(reading, scope.park_years, scope)
        for field in fields:
            if last is None or last.number(field) is None:
                reading.lacks("park_year", field, last.key if last else "")
    return row


def _ratio(upper: str, lower: str, scale: Decimal = Decimal(1)) -> Compute:
    """Return the computation of one yearly figure over another, times a scale."""

    def compute(scope: Scope, reading: Reading) -> Outcome:
        row = _year(scope, reading, upper, lower)
        if row is None:
            return UNKNOWN
        top, base = reading.number(row, upper), reading.number(row, lower)
        note = Note("by_year", {"year": row.number("year")})
        if top is None or not base:
            return Outcome(notes=(note, Note("zero_base")))
        return Outcome(top / base * scale, (note,))

    return compute


def ready_land(reading: Reading, row: Record) -> Decimal | None:
    """Return the supply-ready land: as stated, else built land and ready but unsupplied land."""
    stated = reading.number(row, "supply_ready_land")
    if stated is not None and not reading.keeps:
        return stated
    built, waiting = (reading.number(row, f) for f in _BUILT_OR_READY)
    summed = None if built is None or waiting is None else built + waiting
    if not reading.keeps or summed is None:
        return summed if stated is None else stated
    blank = At(row.entity, row.key, "supply_ready_land")
    return first_of(summed if stated is None else stated, blank, summed)


def ready_year(scope: Scope, reading: Reading, *fields: str) -> Record | None:
    """Return the newest year with the fields and the supply-ready land, stated or summed."""
    ready = (("supply_ready_land",), _BUILT_OR_READY)
    row = latest_year(reading, scope, *fields, preferred=ready)
    if row is not None:
        return row
    last = newest(reading, scope.park_years, scope)
    if last is None or ready_land(reading, last) is None:
        return _year(scope, reading, *fields, "supply_ready_land")
    return _year(scope, reading, *fields)


def _supplied(scope: Scope, reading: Reading) -> Outcome:
    row = ready_year(scope, reading, "supplied_land")
    if row is None:
        return UNKNOWN
    supplied, ready = reading.number(row, "supplied_land"), ready_land(reading, row)
    note = Note("by_year", {"year": row.number("year")})
    if supplied is None or not ready:
        return Outcome(notes=(note, Note("zero_base")))
    return Outcome(supplied / ready, (note,))


def _developed(scope: Scope, reading: Reading) -> Outcome:
    fields = ("total_land", "unbuildable_land")
    row = ready_year(scope, reading, *fields)
    if row is None:
        return UNKNOWN
    ready = ready_land(reading, row)
    whole, unbuildable = (reading.number(row, field) for field in fields)
    note = Note("by_year", {"year": row.number("year")})
    if ready is None or whole is None or unbuildable is None or whole == unbuildable:
        return Outcome(notes=(note, Note("zero_base")))
    return Outcome(ready / (whole - unbuildable), (note,))


def _zone(
    id_: str, zh: str, en: str, unit: str, upper: str, lower: str,
    direction: Direction = Direction.UP, *, scale: Decimal = Decimal(1),
    bands: Bands | None = None,
) -> Indicator:  # fmt: skip
    inputs = ("park_year.year", f"park_year.{upper}", f"park_year.{lower}")
    compute = of_whole_park(_ratio(upper, lower, scale))
    return Indicator(id_, zh, en, unit, inputs, compute, direction, bands)


_READY_INPUTS = (
    "park_year.year", "park_year.supply_ready_land", "park_year.built_land",
    "park_year.ready_unsupplied",
)  # fmt: skip
_PER_HECTARE = _HECTARE / _WAN

ZONE_INDICATORS = (
    Indicator("I-30", "土地供应率", "Land supplied", "%",
              ("park_year.supplied_land", *_READY_INPUTS), of_whole_park(_supplied), Direction.UP),
    _zone("I-31", "土地建成率", "Land built on", "%", "built_land", "supplied_land"),
    Indicator("I-32", "土地开发率", "Land developed", "%",
              (*_READY_INPUTS, "park_year.total_land", "park_year.unbuildable_land"),
              of_whole_park(_developed), Direction.UP),
    _zone("I-33", "工业用地率", "Industrial land", "%", "industrial_land", "built_land",
          Direction.BETWEEN),
    _zone("I-34", "工业用地综合容积率", "Industrial plot ratio", "", "ind_gfa", "industrial_land"),
    _zone("I-35", "工业用地建筑系数", "Industrial site coverage", "%", "ind_base_area",
          "industrial_land"),
    _zone("I-36", "工业用地固投强度", "Investment per hectare", "万元/公顷", "fixed_investment",
          "industrial_land", scale=_PER_HECTARE),
    _zone("I-37", "工业用地地均税收", "Industrial tax per hectare", "万元/公顷", "industrial_tax",
          "industrial_land", scale=_PER_HECTARE),
    _zone("I-38", "综合地均税收", "Tax per hectare", "万元/公顷", "tax_total", "built_land",
          scale=_PER_HECTARE),
    _zone("I-39", "土地闲置率", "Idle land", "%", "idle_land", "supplied_land", Direction.DOWN,
          bands=down("0", "0.02")),
    _zone("I-40", "人口密度", "Residents per hectare", "人/公顷", "resident_pop", "built_land",
          Direction.BETWEEN, scale=_HECTARE),
)  # fmt: skip
