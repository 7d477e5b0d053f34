# SPDX-License-Identifier: MIT
"""The return of flows on dates (XIRR) with a stated day count; their worth is the model's (XNPV).

Excel's XIRR gives 2.98E-09 where its own XNPV at that rate is −50 210 (T8d2): so every root is
bracketed by a change of sign and checked, and flows without a single answer get a reason. Rates
are floats inside: they are searched, not booked.
"""

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from workbench.domain.finance.results import Reason

_LOWEST, _HIGHEST = math.log(1e-6), math.log(1e6)
"""Between which 1 + r is searched: −99.9999 % … 10⁸ %; beyond it a yearly rate says nothing."""
_TOUCHES = 1e-12
"""How near to 0, of the money moved, a value counts as touching it without crossing."""
_GRID = 2000
_STEPS = 200
_PLACES = 12

DatedFlow = tuple[date, Decimal]


class DayCount(StrEnum):
    """How days become years."""

    ACT_365 = "实际/365"
    ACT_360 = "实际/360"
    ACT_ACT = "实际/实际"
    THIRTY_360 = "30/360"


def year_fraction(start: date, end: date, count: DayCount = DayCount.ACT_365) -> float:
    """Return the years between two dates; actual/365 is what Excel's XNPV and XIRR use.

    Actual/actual takes each calendar year at its own length (ISDA); 30/360 is the European rule.
    """
    days = (end - start).days
    if count is DayCount.ACT_365:
        return days / 365
    if count is DayCount.ACT_360:
        return days / 360
    if count is DayCount.THIRTY_360:
        months = (end.year - start.year) * 12 + end.month - start.month
        return months / 12 + (min(end.day, 30) - min(start.day, 30)) / 360
    if start.year == end.year:
        return days / _days_of(start.year)
    first = (date(start.year + 1, 1, 1) - start).days / _days_of(start.year)
    last = (end - date(end.year, 1, 1)).days / _days_of(end.year)
    return first + (end.year - start.year - 1) + last


def _days_of(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def dated_return(
    flows: Sequence[DatedFlow], count: DayCount = DayCount.ACT_365
) -> Decimal | Reason:
    """Return the rate at which the dated flows are worth 0 (XIRR), or the reason why not one.

    With one change of sign there is exactly one rate (Descartes' rule holds for real exponents);
    with more, all that a fine grid of rates shows are found, and several are no answer.
    """
    wrong = _problem(flows)
    if wrong is not None:
        return wrong
    timed = _timed(flows, count)
    signs = [amount > 0 for _, amount in timed if amount]
    if len(set(signs)) < 2:
        return Reason("one_sign" if signs else "no_money")
    changes = sum(a != b for a, b in pairwise(signs))
    roots = _roots(timed, changes)
    if not roots and changes == 1:
        return Reason("rate_beyond")
    if len(roots) > 1:
        rates = tuple(_rate(root) for root in roots)
        words = " / ".join(f"{rate:.2%}" for rate in rates[:6])
        return Reason("several_roots", {"count": len(roots), "rates": words})
    return _rate(roots[0]) if roots else Reason("no_root")


def _problem(flows: Sequence[DatedFlow]) -> Reason | None:
    if not flows:
        return Reason("no_money")
    if any(not amount.is_finite() for _, amount in flows):
        return Reason("flow_not_finite")
    first = flows[0][0]
    if any(day < first for day, _ in flows):
        return Reason("date_before_first", {"first": first})
    return None


def _timed(flows: Sequence[DatedFlow], count: DayCount) -> list[tuple[float, float]]:
    """Return (years from the first date, amount), in the order of dates, one per date."""
    first = flows[0][0]
    summed: dict[date, Decimal] = {}
    for day, amount in flows:
        summed[day] = summed.get(day, Decimal(0)) + amount
    return [(year_fraction(first, day, count), float(summed[day])) for day in sorted(summed)]


def _roots(timed: Sequence[tuple[float, float]], changes: int) -> list[float]:
    steps = 2 if changes == 1 else _GRID
    width = (_HIGHEST - _LOWEST) / steps
    points = [_LOWEST + width * step for step in range(steps + 1)]
    values = [_scaled(timed, point) for point in points]
    roots = []
    for at, (low, high) in enumerate(pairwise(points)):
        at_low, at_high = values[at], values[at + 1]
        if at_low == 0:
            roots.append(low)
        elif at_low * at_high < 0:
            roots.append(_bisected(timed, low, high, at_low))
        elif 0 < at < steps - 1 and _dips(values[at - 1 : at + 3]):
            roots += _in_dip(timed, low, high, at_low)
    return roots


def _dips(values: Sequence[float]) -> bool:
    """Tell whether a value comes nearest to 0 between the two middle ones of four."""
    before, low, high, after = (abs(value) for value in values)
    return before >= low and after >= high and min(values) * max(values) > 0


def _in_dip(
    timed: Sequence[tuple[float, float]], low: float, high: float, at_low: float
) -> list[float]:
    """Return the roots between two points of one sign: none, one that touches 0, or two."""
    sign = math.copysign(1.0, at_low)
    left, right = low, high
    for _ in range(_STEPS):
        a, b = left + (right - left) / 3, right - (right - left) / 3
        if _scaled(timed, a) * sign < _scaled(timed, b) * sign:
            right = b
        else:
            left = a
    lowest = (left + right) / 2
    value = _scaled(timed, lowest) * sign
    exponents = [-lowest * years for years, _ in timed]
    moved = math.fsum(abs(amount) * math.exp(power - max(exponents))
                      for (_, amount), power in zip(timed, exponents, strict=True))  # fmt: skip
    if abs(value) <= _TOUCHES * moved:
        return [lowest]
    if value > 0:
        return []
    return [_bisected(timed, low, lowest, at_low), _bisected(timed, lowest, high, -at_low)]


def _scaled(timed: Sequence[tuple[float, float]], growth: float) -> float:
    """Return the value divided by its largest part: the sign without overflow."""
    exponents = [-growth * years for years, _ in timed]
    largest = max(exponents)
    pairs = zip(timed, exponents, strict=True)
    return math.fsum(amount * math.exp(power - largest) for (_, amount), power in pairs)


def _bisected(
    timed: Sequence[tuple[float, float]], low: float, high: float, at_low: float
) -> float:
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _scaled(timed, middle) * at_low > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _rate(growth: float) -> Decimal:
    return Decimal(repr(round(math.expm1(growth), _PLACES)))
