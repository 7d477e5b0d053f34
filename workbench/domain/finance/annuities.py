# SPDX-License-Identifier: MIT
"""Loan and depreciation functions with Excel's signs: paid out is negative, received positive.

Decimals; definitions of Microsoft's function help (T9–T12). Payments fall at the end of a period,
or at its beginning. Whoever asks for what cannot be gets None.
"""

from decimal import Decimal

from workbench.domain.finance.terms import EXACT

_ONE = Decimal(1)
_STEPS = 300
_CLOSE = Decimal("1e-25")


def _growth(rate: Decimal, periods: Decimal | int) -> Decimal:
    return EXACT.power(_ONE + rate, Decimal(periods))


def _paid_factor(rate: Decimal, periods: Decimal | int, begin: bool) -> Decimal:
    """Return the future value of 1 paid each period."""
    if not rate:
        return Decimal(periods)
    factor = EXACT.divide(_growth(rate, periods) - 1, rate)
    return factor * (_ONE + rate) if begin else factor


def payment(
    rate: Decimal, periods: int, present: Decimal, future: Decimal = Decimal(0),
    *, begin: bool = False,
) -> Decimal | None:  # fmt: skip
    """Return the level payment (PMT)."""
    if periods <= 0 or rate <= -1:
        return None
    owed = present * _growth(rate, periods) + future
    return -EXACT.divide(owed, _paid_factor(rate, periods, begin))


def future_value(
    rate: Decimal, periods: int, paid: Decimal, present: Decimal = Decimal(0),
    *, begin: bool = False,
) -> Decimal:  # fmt: skip
    """Return what an account holds after some payments (FV)."""
    return -(present * _growth(rate, periods) + paid * _paid_factor(rate, periods, begin))


def interest_part(
    rate: Decimal, period: int, periods: int, present: Decimal, *, begin: bool = False
) -> Decimal | None:
    """Return the interest in one payment (IPMT with no future value), period counted from 1."""
    level = payment(rate, periods, present, begin=begin)
    if level is None or not 1 <= period <= periods:
        return None
    if begin and period == 1:
        return Decimal(0)
    interest = future_value(rate, period - 1, level, present, begin=begin) * rate
    return EXACT.divide(interest, _ONE + rate) if begin else interest


def cumulative_interest(
    rate: Decimal, periods: int, present: Decimal, first: int, last: int, *, begin: bool = False
) -> Decimal | None:
    """Return the interest paid from one period to another, both included (CUMIPMT)."""
    if rate <= 0 or present <= 0 or not 1 <= first <= last <= periods:
        return None
    parts = [interest_part(rate, t, periods, present, begin=begin) for t in range(first, last + 1)]
    return sum((part for part in parts if part is not None), Decimal(0))


def period_count(
    rate: Decimal, paid: Decimal, present: Decimal, future: Decimal = Decimal(0),
    *, begin: bool = False,
) -> Decimal | None:  # fmt: skip
    """Return how many payments it takes (NPER), None when no number of them is enough."""
    if rate == 0:
        return -EXACT.divide(present + future, paid) if paid else None
    if rate <= -1:
        return None
    level = paid * (_ONE + rate) if begin else paid
    upper, lower = level - future * rate, level + present * rate
    if not lower or EXACT.divide(upper, lower) <= 0:
        return None
    return EXACT.divide(EXACT.ln(EXACT.divide(upper, lower)), EXACT.ln(_ONE + rate))


def rate_of_payments(
    periods: int, paid: Decimal, present: Decimal, future: Decimal = Decimal(0),
    *, begin: bool = False,
) -> Decimal | None:  # fmt: skip
    """Return the rate per period that a loan's payments imply (RATE), None when there is none."""

    def owed(rate: Decimal) -> Decimal:
        return present * _growth(rate, periods) + paid * _paid_factor(rate, periods, begin) + future

    if periods <= 0:
        return None
    low, high = Decimal("-0.99"), Decimal("0.01")
    at_low = owed(low)
    while owed(high) * at_low > 0:
        high *= 2
        if high > 1000:
            return None
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if owed(middle) * at_low > 0:
            low = middle
        else:
            high = middle
        if high - low < _CLOSE:
            break
    return (low + high) / 2


def effective_rate(nominal: Decimal, times: int) -> Decimal | None:
    """Return the yearly rate of a nominal one that is compounded several times a year (EFFECT)."""
    if times < 1 or nominal <= 0:
        return None
    return _growth(EXACT.divide(nominal, Decimal(times)), times) - 1


def straight_line(cost: Decimal, salvage: Decimal, life: int) -> Decimal | None:
    """Return a year's straight-line depreciation (SLN)."""
    return EXACT.divide(cost - salvage, Decimal(life)) if life > 0 else None


def years_digits(cost: Decimal, salvage: Decimal, life: int, year: int) -> Decimal | None:
    """Return a year's depreciation by the sum of the years' digits (SYD), year from 1."""
    if life <= 0 or not 1 <= year <= life:
        return None
    return EXACT.divide((cost - salvage) * (life - year + 1) * 2, Decimal(life * (life + 1)))
