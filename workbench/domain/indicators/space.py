# SPDX-License-Identifier: MIT
"""Indicators of floor space: occupancy, vacancy, use, time vacant (I-01…I-04)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
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
from workbench.domain.figures.vacated import GivenUp, given_up_since
from workbench.domain.indicators.averages import Figure, Mean, steady_sum
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
from workbench.domain.workings.numbers import NotAfter, standing

_MONTHS_BANDS = down("6", "18")
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
    """Average over the vacant area; a vacancy that starts after the as-of date is not known.

    What leases gave up since then counts from their own ends.
    """
    mean, positions = Mean(), lettings(reading, scope)
    empty: list[_Empty] = []
    for position in positions:
        vacant = vacant_area(reading, position)
        if vacant == 0:
            continue
        since = reading.need_day(position.building, "vacant_since")
        known = since is not None and since <= scope.as_of
        months = months_between(since, scope.as_of) if since and known else None
        if since and months is not None and reading.keeps:  # before it began: divided by 0
            months /= _began(scope, reading, since)
        mean.add(months, partial(_same, vacant))
        later = given_up_since(reading, scope, position.building, since) if since and known else ()
        empty.append(_Empty(since if known else None, months, vacant, later))
    if not positions:
        _ask_for_buildings(scope, reading)
        return Outcome()
    if not empty:
        return Outcome(Decimal(0), (Note("nothing_vacant"),))
    figure, notes = mean.figure(), [Note("vacant_buildings", {"count": len(empty)})]
    counted = [part for each in empty for part in each.later if part.area]
    if counted:
        area, is_told = steady_sum(part.area for part in counted), all(e.adds_up for e in empty)
        code = "given_up_later" if is_told else "one_date"
        notes.append(Note(code, {"count": len(counted), "area": area}))
    less = _less(scope, reading, empty)
    if figure.value is not None and less is not None:
        figure = Figure(figure.value - less, figure.coverage)
    outcome = outcome_of(figure, *notes)
    if any(note.code == "one_date" for note in notes) and outcome.value is not None:
        # the time is at most this: only green is sure
        is_open = _MONTHS_BANDS.band(outcome.value) is not Band.GREEN
        return replace(outcome, band=Band.PENDING) if is_open else outcome
    return outcome


@dataclass(frozen=True, slots=True)
class _Empty:
    """A building with vacancy: since when, for how long, how much (㎡), and what is so later."""

    since: date | None
    months: Decimal | None
    vacant: Decimal | None
    later: tuple[GivenUp, ...]

    @property
    def adds_up(self) -> bool:
        """Tell whether all is known, and no more was given up since than is vacant."""
        given_up = steady_sum(part.area for part in self.later)
        return self.months is not None and self.vacant is not None and given_up <= self.vacant


def _less(scope: Scope, reading: Reading, empty: Sequence[_Empty]) -> Decimal | None:
    """Return by how many months the average is less for what was given up later, None for none."""
    less: list[Decimal] = []
    whole: list[Decimal] = []
    for each in empty:
        if each.since is None or each.months is None or each.vacant is None or not each.adds_up:
            return None
        less += [part.area * (each.months - part.months) for part in each.later]
        is_later = any(part.area for part in each.later)
        # that no more was given up than is vacant is judged by the program
        area = standing(each.vacant, each.vacant) if is_later else each.vacant
        whole.append(area / _began(scope, reading, each.since))
    return steady_sum(less) / steady_sum(whole) if less else None


def _began(scope: Scope, reading: Reading, since: date) -> Decimal:
    """Return 1; a reading that remembers gives 0, by which nothing divides, before a day."""
    return reading.given(NotAfter(since, scope.as_of), Decimal(1), holds=True) or Decimal(1)


SPACE_INDICATORS = (
    Indicator("I-01", "出租率", "Occupancy", "%", _LETTING_INPUTS, _occupancy, Direction.UP,
              up("0.85", "0.60"), decimals=1),
    Indicator("I-02", "空置率", "Vacancy", "%", _USE_INPUTS, _vacancy, Direction.DOWN,
              down("0.15", "0.40"), decimals=1),
    Indicator("I-03", "利用率", "Space in use", "%", _USE_INPUTS, _in_use, Direction.UP,
              up("0.90", "0.70"), decimals=1),
    Indicator("I-04", "空置时长", "Time vacant", "月",
              (*_USE_INPUTS, "building.vacant_since", "lease.unit", "lease.tenant"),
              _months_vacant, Direction.DOWN, _MONTHS_BANDS, decimals=1),
)  # fmt: skip
