# SPDX-License-Identifier: MIT
"""The rent roll month by month: leases run, end, are renewed or let again; vacancy is let up.

Expected values: a share p of the area that ends is renewed at once, the rest stands empty for the
downtime and is then let anew; both pay the market rent of the year after their rent-free months,
run for the usual term, and end again. Leases in force pay their own rent with free months and
steps, by days within the first and last month. The days left in the month in which a lease ends
bring nothing.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from workbench.domain.figures.tenure import add_months
from workbench.domain.finance.building import TableRow
from workbench.domain.finance.terms import ONE, ZERO, LineAt, Term, constant, named, total

_MONTHS = 12
_DAYS = Decimal(30)
_FAR = date(9800, 1, 1)
"""A day beyond every grid: leases "without end" are written 9999-12-31, which has no morrow."""
_LONGEST_FREE = Decimal(1200)


def within_reach(day: date) -> date:
    """Return a day, one beyond every grid of months as the last that can be counted from."""
    return min(day, _FAR)


@dataclass(frozen=True, slots=True)
class Turnover:
    """What happens to space whose lease ends: times in months."""

    renewal: Term
    relet: bool
    downtime: int
    free_new: int
    free_renewed: int
    term: int


@dataclass(frozen=True, slots=True)
class Held:
    """One lease of the roll on the month grid: its weights and the month it leaves.

    ``steps`` has, per year from 1, the month-weights by number of rent steps; ``area_months`` the
    occupied months. ``leaves`` is the month from which the space is free, None beyond the grid.
    ``paid`` has the part of each month that is paid for and the rent steps taken by then.
    """

    row: TableRow
    steps: list[dict[int, Decimal]]
    area_months: list[Decimal]
    leaves: int | None
    paid: list[tuple[Decimal, int]]


def held(row: TableRow, start: date, years: int, free_assumed: Decimal | None) -> Held | None:
    """Place a lease whose dates are known on the grid of months; None when it has ended.

    A lease that states no free months has those that are assumed; without an assumption all of it
    is unknown.
    """
    begins, ends = row.day("start_on"), row.day("end_on")
    if begins is None or ends is None or ends < start:
        return None
    free = row.number("free_months")
    free = free_assumed if free is None else free
    if free is None:
        return unsettled(row, "free_months", years)
    start, begins = within_reach(start), within_reach(begins)
    over = within_reach(ends) + timedelta(days=1)
    bounds = _grid(start, years * _MONTHS)
    paying = _free_until(begins, min(free, _LONGEST_FREE))
    every = int(row.number("step_months") or 0)
    steps: list[dict[int, Decimal]] = []
    occupied: list[Decimal] = []
    paid: list[tuple[Decimal, int]] = []
    for year in range(years):
        weights: dict[int, Decimal] = {}
        there = Decimal(0)
        for low, high in pairwise(bounds[year * _MONTHS : (year + 1) * _MONTHS + 1]):
            there += _overlap(low, high, begins, over)
            share = _overlap(low, high, max(begins, paying), over)
            times = _steps_taken(begins, max(low, begins), every) if share else 0
            paid.append((share, times))
            if share:
                weights[times] = weights.get(times, Decimal(0)) + share
        steps.append(weights)
        occupied.append(there)
    leaves = bisect_left(bounds, over, hi=years * _MONTHS)
    return Held(row, steps, occupied, leaves if leaves < years * _MONTHS else None, paid)


def unsettled(row: TableRow, lacking: str, years: int) -> Held:
    """Return a lease all of which is unknown, because a cell is that says when it pays."""
    months = years * _MONTHS
    whole = Decimal(_MONTHS)
    return Held(row.unknown(lacking), [{0: whole}] * years, [whole] * years, None,
                [(Decimal(1), 0)] * months)  # fmt: skip


@lru_cache(maxsize=4)
def _grid(start: date, months: int) -> tuple[date, ...]:
    """Return the first day of each month and the day after the last: the same for every lease."""
    return tuple(add_months(start, month) for month in range(months + 1))


def _free_until(begins: date, months: Decimal) -> date:
    whole = int(months)
    return add_months(begins, whole) + timedelta(days=int((months - whole) * _DAYS))


def _overlap(low: date, high: date, begins: date, over: date) -> Decimal:
    """Return the part of a month that lies within a lease."""
    days = (min(high, over) - max(low, begins)).days
    return Decimal(days) / (high - low).days if days > 0 else Decimal(0)


def _steps_taken(begins: date, day: date, every: int) -> int:
    if every <= 0:
        return 0
    months = (day.year - begins.year) * _MONTHS + day.month - begins.month
    return max(months - (day.day < begins.day), 0) // every


def contract_rent(lease: Held) -> list[Term]:
    """Return a lease's own rent by year (元), period 0 having none."""
    size, rent, growth = lease.row["area"], lease.row["rent"], ONE + lease.row["step_rate"]
    amounts = [ZERO]
    for weights in lease.steps:
        parts = [
            size * rent * constant(weight) * (growth**times if times else ONE)
            for times, weight in sorted(weights.items())
        ]
        amounts.append(total(parts) if parts else ZERO)
    return amounts


@dataclass(frozen=True, slots=True)
class RentParts:
    """What the contracts in force add up to by year (元): ``full`` − ``free`` + ``steps``."""

    full: list[Term]
    free: list[Term]
    steps: list[Term]


def contract_parts(leases: Sequence[Held], years: int) -> RentParts:
    """Return the rent that leases would pay from the first day, what is free, and what steps add.

    Free months are counted at the rent before any step. Period 0 has none.
    """
    parts = RentParts([ZERO], [ZERO], [ZERO])
    rents = [(lease, lease.row["area"] * lease.row["rent"]) for lease in leases]
    for year in range(years):
        full, free, more = [], [], []
        for lease, rent in rents:
            there, weights = lease.area_months[year], lease.steps[year]
            unpaid = there - sum(weights.values(), Decimal(0))
            growth = ONE + lease.row["step_rate"]
            if there:
                full.append(rent * constant(there))
            if unpaid:
                free.append(rent * constant(unpaid))
            more += [
                rent * constant(weight) * (growth**times - ONE)
                for times, weight in sorted(weights.items())
                if times
            ]
        for line, amounts in ((parts.full, full), (parts.free, free), (parts.steps, more)):
            line.append(total(amounts))
    return parts


def contract_rent_by_month(lease: Held) -> list[Term]:
    """Return the same rent month by month; the months of a year add up to ``contract_rent``."""
    full, growth = lease.row["area"] * lease.row["rent"], ONE + lease.row["step_rate"]
    return [
        full * constant(share) * (growth**times if times else ONE) if share else ZERO
        for share, times in lease.paid
    ]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Space let anew, by month under the names of their lines (㎡): ended, renewed, let, paying."""

    lines: dict[str, list[Term]]
    occupied: list[Term]
    paying: list[Term]


def cohorts(
    leases: Sequence[Held], vacancy: Sequence[Term], terms: Turnover, months: int, mark: str
) -> Cohorts:
    """Follow the space that leases leave and the vacancy that is let, month by month.

    ``vacancy`` is the vacant space let in each month. The named monthly lines have to be written.
    """
    lines: dict[str, list[Term]] = {
        key: [] for key in ("ended", "renewed", "let", "occupied", "paying")
    }
    leaving: list[list[Term]] = [[] for _ in range(months)]
    for lease in leases:
        if lease.leaves is not None:
            leaving[lease.leaves].append(lease.row["area"])

    def at(key: str, month: int) -> Term:
        return lines[key][month] if 0 <= month < len(lines[key]) else ZERO

    def keep(key: str, month: int, number: Term) -> None:
        lines[key].append(named(LineAt(f"{key}{mark}", month), number))

    for month in range(months):
        old = month - terms.term
        keep("ended", month, total((*leaving[month], at("renewed", old), at("let", old))))
        keep("renewed", month, at("ended", month) * terms.renewal)
        again = at("ended", month - terms.downtime) * (ONE - terms.renewal) if terms.relet else ZERO
        keep("let", month, again + vacancy[month])
        over = at("renewed", old) + at("let", old)
        keep("occupied", month, at("occupied", month - 1) + at("renewed", month)
             + at("let", month) - over)  # fmt: skip
        begun = at("renewed", month - terms.free_renewed) + at("let", month - terms.free_new)
        keep("paying", month, at("paying", month - 1) + begun - over)
    return Cohorts({f"{key}{mark}": terms_ for key, terms_ in lines.items()},
                   lines["occupied"], lines["paying"])  # fmt: skip


def by_year(monthly: Sequence[Term]) -> list[Term]:
    """Return Σ over the months of each year, period 0 having none."""
    years = len(monthly) // _MONTHS
    return [ZERO] + [total(monthly[y * _MONTHS : (y + 1) * _MONTHS]) for y in range(years)]
