# SPDX-License-Identifier: MIT
"""Indicators of floor space: occupancy, vacancy, use, time vacant (I-01…I-04)."""

from decimal import Decimal
from functools import partial

from workbench.domain.figures.lacking import lacks_buildings
from workbench.domain.figures.letting import (
    Basis,
    Use,
    basis_counts,
    lettings,
    occupancy,
    vacancy,
    vacant_area,
)  # fmt: skip
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import months_between
from workbench.domain.indicators.averages import Figure, Mean
from workbench.domain.indicators.indicator import (
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
    outcome_of,
    up,
)  # fmt: skip
from workbench.domain.workings.numbers import NotAfter

_LETTING_INPUTS = (
    "building.rentable_area", "building.leased_area", "building.use_status",
    "building.gfa_actual", "building.gfa_cert", "lease.area", "lease.start_on", "lease.end_on",
    "lease.terminated_on",
)  # fmt: skip
_USE_INPUTS = (
    *_LETTING_INPUTS, "building.self_use_area", "building.lent_area", "building.vacant_area",
)  # fmt: skip


def basis_notes(use: Use) -> tuple[Note, ...]:
    """Say which basis the let area has, building by building, and what is not known."""
    if use.unplaced:
        return (Note("leases_by_park", {"count": use.unplaced}),)
    counts = basis_counts(use.positions)
    return tuple(
        Note(f"basis_{basis.value}", {"count": counts[basis]}) for basis in Basis if counts[basis]
    )


def _occupancy(scope: Scope, reading: Reading) -> Outcome:
    use = occupancy(reading, scope)
    _ask_for_buildings(scope, reading)
    return outcome_of(use.figure, *basis_notes(use))


def _vacancy(scope: Scope, reading: Reading) -> Outcome:
    use = vacancy(reading, scope)
    _ask_for_buildings(scope, reading)
    return outcome_of(use.figure, *basis_notes(use))


def _in_use(scope: Scope, reading: Reading) -> Outcome:
    use = vacancy(reading, scope)
    _ask_for_buildings(scope, reading)
    vacant = use.figure.value
    figure = Figure(None if vacant is None else 1 - vacant, use.figure.coverage)
    return outcome_of(figure, *basis_notes(use))


def _ask_for_buildings(scope: Scope, reading: Reading) -> None:
    """Name what is missing when the scope has no building at all."""
    if not scope.buildings:
        lacks_buildings(scope, reading, "rentable_area")


def _same(area: Decimal | None) -> Decimal | None:
    return area


def _months_vacant(scope: Scope, reading: Reading) -> Outcome:
    """Average over the vacant area; a vacancy that starts after the as-of date is not known."""
    mean, positions = Mean(), lettings(reading, scope)
    empty: list[Decimal | None] = []
    for position in positions:
        vacant = vacant_area(reading, position)
        if vacant == 0:
            continue
        empty.append(vacant)
        since = reading.need_day(position.building, "vacant_since")
        known = since is not None and since <= scope.as_of
        months = months_between(since, scope.as_of) if since and known else None
        if since and months is not None and reading.keeps:  # before it began: divided by 0
            months /= reading.given(NotAfter(since, scope.as_of), Decimal(1), holds=True) or 1
        mean.add(months, partial(_same, vacant))
    if not positions:
        _ask_for_buildings(scope, reading)
        return Outcome()
    if not empty:
        return Outcome(Decimal(0), (Note("nothing_vacant"),))
    return outcome_of(mean.figure(), Note("vacant_buildings", {"count": len(empty)}))


SPACE_INDICATORS = (
    Indicator("I-01", "出租率", "Occupancy", "%", _LETTING_INPUTS, _occupancy, Direction.UP,
              up("0.85", "0.60"), decimals=1),
    Indicator("I-02", "空置率", "Vacancy", "%", _USE_INPUTS, _vacancy, Direction.DOWN,
              down("0.15", "0.40"), decimals=1),
    Indicator("I-03", "利用率", "Space in use", "%", _USE_INPUTS, _in_use, Direction.UP,
              up("0.90", "0.70"), decimals=1),
    Indicator("I-04", "空置时长", "Time vacant", "月", (*_USE_INPUTS, "building.vacant_since"),
              _months_vacant, Direction.DOWN, down("6", "18"), decimals=1),
)  # fmt: skip
