# SPDX-License-Identifier: MIT
"""Level payments (T9, T12): the payment itself, and the rate and the number that payments imply.

Amounts are owed (positive) or set aside; payments fall at the end of a period or at its beginning.
Whoever asks for what cannot be gets None.
"""

from collections.abc import Callable
from decimal import Decimal

from workbench.domain.finance.terms import EXACT, ONE, ZERO, Operand, Term, term, where

_ONE = Decimal(1)
_HIGHEST = 1000
_STEPS = 300
_CLOSE = Decimal("1e-25")


def level_payment(
    present: Operand, rate: Term, periods: int, future: Operand = 0, *, begin: bool = False
) -> Term:
    """Return the level payment that brings ``present`` to −``future`` (PMT, the sign turned; T9).

    ``rate`` is that of one period; at a rate of 0 the payments share the whole.
    """
    owed, later = term(present), term(future)
    growth = (ONE + rate) ** periods
    level = (owed * growth + later) * rate / (growth - ONE)
    if begin:
        level = level / (ONE + rate)
    flat = (owed + later) / periods
    return where(rate, "<=", 0, where(rate, "<", 0, level, flat), level)


def _growth(rate: Decimal, periods: int) -> Decimal:
    return EXACT.power(_ONE + rate, Decimal(periods))


def rate_of_payments(
    periods: int, paid: Decimal, present: Decimal, *, begin: bool = False
) -> Decimal | None:
    """Return the rate per period at which level payments repay ``present`` (RATE; T12)."""
    if periods <= 0 or present <= 0 or paid <= 0:
        return None

    def owed(rate: Decimal) -> Decimal:
        if not rate:
            return present - paid * periods
        factor = EXACT.divide(_growth(rate, periods) - 1, rate)
        return present * _growth(rate, periods) - paid * (
            factor * (_ONE + rate) if begin else factor
        )

    return _root(owed)


def _root(owed: Callable[[Decimal], Decimal]) -> Decimal | None:
    """Return the rate at which nothing is owed, by halving; None when there is none."""
    low, high = Decimal("-0.99"), Decimal("0.01")
    at_low = owed(low)
    while owed(high) * at_low > 0:
        high *= 2
        if high > _HIGHEST:
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


def period_count(
    rate: Decimal, paid: Decimal, present: Decimal, future: Decimal, *, begin: bool = False
) -> Decimal | None:
    """Return in how many payments what is set aside grows to ``future`` (NPER; T12).

    0 when ``present`` is enough already; None when no number of payments is.
    """
    if present >= future:
        return Decimal(0)
    if rate == 0:
        return EXACT.divide(future - present, paid) if paid > 0 else None
    level = paid * (_ONE + rate) if begin else paid
    upper, lower = level + future * rate, level + present * rate
    if rate <= -1 or not lower or EXACT.divide(upper, lower) <= 0:
        return None
    found = EXACT.divide(EXACT.ln(EXACT.divide(upper, lower)), EXACT.ln(_ONE + rate))
    return found if found > 0 else None


def effective_rate(nominal: Term, times: int) -> Term:
    """Return the yearly rate of a nominal one that is compounded several times a year (EFFECT)."""
    return (ONE + nominal / times) ** times - ONE if times > 1 else nominal


STRAIGHT_LINE, YEARS_DIGITS = "直线法", "年数总和法"


def depreciation(cost: Term, residual: Term, life: int, year: int, method: str) -> Term:
    """Return one year's depreciation (SLN, SYD; T12), year from 1; nothing after its life."""
    if not 1 <= year <= life:
        return ZERO
    if method == YEARS_DIGITS:
        return (cost - residual) * (2 * (life - year + 1)) / (life * (life + 1))
    return (cost - residual) / life
