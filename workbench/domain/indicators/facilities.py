# SPDX-License-Identifier: MIT
"""The indicator of facilities: how far the required kinds meet what is required (I-29)."""

from decimal import Decimal
from functools import partial

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import Figure, Mean, total
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Direction,
    Indicator,
    Note,
    Outcome,
    outcome_of,
    up,
)
from workbench.domain.records.ledger import Record
from workbench.domain.standards.facilities import FacilityNeed
from workbench.domain.workings.numbers import first_of, not_above_1

FACILITY_STANDARD = "facility_standard"
_FULL, _ZERO, _ONE = Decimal(100), Decimal(0), Decimal(1)
_AMOUNTS = ("capacity", "required")
_WORKING = frozenset({"正常", "不足"})


def required_kinds(scope: Scope, reading: Reading) -> tuple[FacilityNeed, ...] | None:
    """Return the kinds that the park needs by its lead industries; None without a standard."""
    standard = scope.standards.facilities
    if reading.standard(FACILITY_STANDARD, standard.id) is None:
        return None
    leads = reading.value(scope.park, "lead_industries") if scope.park else None
    return standard.for_industries(leads if isinstance(leads, tuple) else ())


def _completeness(scope: Scope, reading: Reading) -> Outcome:
    """Weigh min(capacity ÷ required, 1) of each required kind; a kind without record is unknown.

    Planned, unfinished and stopped facilities have no capacity; a facility that the park does not
    have is recorded with one of these states or with capacity 0.
    """
    needs = required_kinds(scope, reading)
    if needs is None:
        return UNKNOWN
    by_kind: dict[str | None, list[Record]] = {}
    for row in scope.facilities:
        by_kind.setdefault(reading.text(row, "kind"), []).append(row)
    mean, unmet = Mean(), 0
    for need in needs:
        met = _met(reading, need, by_kind.get(need.kind, []))
        unmet += met is not None and met < 1
        mean.add(met, partial(_weight, need))
    figure = mean.figure()
    note = Note("facilities", {"count": len(needs), "unmet": unmet})
    if figure.value is None:
        return Outcome()
    return outcome_of(Figure(figure.value * _FULL, figure.coverage), note)


def _weight(need: FacilityNeed) -> Decimal | None:
    return need.weight


def _met(reading: Reading, need: FacilityNeed, rows: list[Record]) -> Decimal | None:
    """Return min(Σ capacity ÷ Σ required, 1) of one kind, or None."""
    if not rows:
        reading.lacks_kind("facility", "kind", need.kind)
        return None
    states = [reading.need_text(row, "status") for row in rows]
    if None in states:
        return None
    working = [row for row, s in zip(rows, states, strict=True) if s in _WORKING]
    if not working:
        return _ZERO
    met = _ratio([[reading.number(row, field) for row in working] for field in _AMOUNTS])
    if need.by_presence and "正常" in states:
        # a formula has to know what counts once the capacity is no longer known
        return _ONE if met is None else first_of(met, met, _ONE) if reading.keeps else met
    if met is None:
        for row in working:
            for field in _AMOUNTS:
                reading.need_number(row, field)
    return met


def _ratio(amounts: list[list[Decimal | None]]) -> Decimal | None:
    """Return min(Σ capacity ÷ Σ required, 1), None while one of them is not known."""
    capacity, required = (total(each) for each in amounts)
    if capacity is None or required is None:
        return None
    return _ONE if required <= 0 else not_above_1(capacity / required)


FACILITY_INDICATORS = (
    Indicator("I-29", "配套完备度", "Facilities", "分",
              ("facility.kind", "facility.status", "facility.capacity", "facility.required",
               "park.lead_industries"),
              _completeness, Direction.UP, up("80", "60"), decimals=1,
              parameters=(FACILITY_STANDARD,)),
)  # fmt: skip
