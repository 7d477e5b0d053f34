# SPDX-License-Identifier: MIT
"""Every internal rate of return of a yearly cash flow, isolated exactly.

Σ CFₜ·vᵗ = 0 with v = 1/(1 + r) is a polynomial; its positive roots are isolated by Descartes' rule
of signs with bisection (Vincent, Collins and Akritas) in whole numbers, so that none is missed
and none invented, and then refined in decimals. Iterating solvers give one root of several, or a
number where there is none.
"""

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

from workbench.domain.finance.terms import EXACT

_GRAIN = 8
"""Decimals of 元 that are kept of a flow while roots are isolated."""
_DEEPEST = 64
"""Halvings after which roots that still do not part count as one that only touches zero."""
_STEPS = 200
_CLOSE = Decimal("1e-26")
_NOTHING = Decimal("1e-28")
_SIGNIFICANT = Context(prec=24, traps=[])
"""Digits of 1 + r: what the refinement is sure of."""

Polynomial = list[int]


def rates_of_return(flows: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return every rate r > −1 at which Σ CFₜ/(1 + r)ᵗ is 0, in ascending order.

    1 + r has 24 digits; () when there is none. Flows are one per period from t = 0.
    """
    coefficients = _stripped(flows)
    if _variations(coefficients) == 0:
        return ()
    roots = {_rate(root) for root in _positive_roots(coefficients)}
    return tuple(sorted(roots))


def sign_changes(flows: Sequence[Decimal]) -> int:
    """Return how often a flow changes its sign, zeros left out."""
    return _variations([(flow > 0) - (flow < 0) for flow in flows])


def _stripped(flows: Sequence[Decimal]) -> Polynomial:
    """Return the flows as whole numbers, without the zeros at both ends.

    Flows that are all tiny are looked at through a glass that is as much stronger.
    """
    largest = max((flow.adjusted() for flow in flows if flow), default=0)
    grain = _GRAIN - min(largest, 0)
    numbers = [int(EXACT.scaleb(flow, grain).to_integral_value()) for flow in flows]
    while numbers and not numbers[-1]:
        numbers.pop()
    start = next((index for index, number in enumerate(numbers) if number), len(numbers))
    return numbers[start:]


def _variations(numbers: Sequence[int]) -> int:
    signs = [number > 0 for number in numbers if number]
    return sum(a != b for a, b in pairwise(signs))


def _rate(discount: Decimal) -> Decimal:
    """Return r of v = 1/(1 + r)."""
    return EXACT.subtract(_SIGNIFICANT.divide(Decimal(1), discount), Decimal(1)).normalize()


def _positive_roots(p: Polynomial) -> Iterator[Decimal]:
    """Yield the roots v > 0: those below 1, 1 itself, and those above through 1/v."""
    if sum(p) == 0:
        yield Decimal(1)
    for interval in _isolated(p):
        yield _refined(p, interval)
    turned = p[::-1]
    for interval in _isolated(turned):
        yield EXACT.divide(Decimal(1), _refined(turned, interval))


def _isolated(p: Polynomial) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield intervals inside (0, 1) that hold one root each and have none at their ends.

    A root that is met exactly is given as an interval without width.
    """
    stack = [(p, Fraction(0), Fraction(1), 0)]
    while stack:
        q, low, high, depth = stack.pop()
        found = _variations(_shifted(q[::-1]))
        if found == 0:
            continue
        middle = (low + high) / 2
        if found == 1 and _sign(p, low) and _sign(p, high):
            yield low, high
        elif depth == _DEEPEST:
            if found == 1 or _touches(p, middle):
                yield middle, middle
        else:
            degree = len(q) - 1
            left = [number << (degree - power) for power, number in enumerate(q)]
            right = _shifted(left)
            if right[0] == 0:
                yield middle, middle
                right = right[1:]
            stack.append((left, low, middle, depth + 1))
            stack.append((right, middle, high, depth + 1))


def _shifted(p: Polynomial) -> Polynomial:
    """Return p(x + 1)."""
    numbers = list(p)
    for start in range(len(numbers) - 1):
        for index in range(len(numbers) - 2, start - 1, -1):
            numbers[index] += numbers[index + 1]
    return numbers


def _sign(p: Polynomial, at: Fraction) -> int:
    """Return a number with the sign of p at a point, exactly."""
    value, scale = 0, 1
    for number in reversed(p):
        value = value * at.numerator + number * scale
        scale *= at.denominator
    return value


def _touches(p: Polynomial, at: Fraction) -> bool:
    """Tell whether p is 0 at a point as far as decimals can tell: a root of even order."""
    point = EXACT.divide(Decimal(at.numerator), Decimal(at.denominator))
    largest = max(abs(number) * point**power for power, number in enumerate(p))
    return abs(_value(p, point)) <= largest * _NOTHING


def _refined(p: Polynomial, interval: tuple[Fraction, Fraction]) -> Decimal:
    """Return the one root inside an interval, by the Illinois variant of false position."""
    low, high = (EXACT.divide(Decimal(x.numerator), Decimal(x.denominator)) for x in interval)
    at_low, at_high = _value(p, low), _value(p, high)
    side = 0
    for step in range(_STEPS):
        if high - low <= _CLOSE * high:
            break
        # every third step halves, so that a flat end cannot hold it up
        middle = (low + high) / 2
        if step % 3 != 2:
            middle = EXACT.divide(low * at_high - high * at_low, at_high - at_low)
        value = _value(p, middle)
        if not value:
            return middle
        if (value > 0) == (at_high > 0):
            high, at_high = middle, value
            at_low, side = (at_low / 2 if side == 1 else at_low), 1
        else:
            low, at_low = middle, value
            at_high, side = (at_high / 2 if side == -1 else at_high), -1
    return (low + high) / 2


def _value(p: Polynomial, at: Decimal) -> Decimal:
    result = Decimal(0)
    for number in reversed(p):
        result = EXACT.fma(result, at, Decimal(number))
    return result
