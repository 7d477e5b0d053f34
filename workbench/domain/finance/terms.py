# SPDX-License-Identifier: MIT
"""Numbers that remember how they were made.

A model is ordinary arithmetic on terms. Each term has its exact decimal value at once, and keeps
its operation and parts, so that one declaration of a model gives four things that cannot disagree:
the number, its formula in words, the live formula of a workbook, and the same calculation over
thousands of random paths (``replay``). A model must never branch on a term's value: ``where``,
``at_least`` and ``at_most`` keep the condition inside the formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import NamedTuple

from workbench.domain.overriding import override

_CENT, _WHOLE = Decimal("0.01"), Decimal("1e30")
EXACT = Context(prec=34, Emax=999_999, Emin=-999_999, traps=[])
"""34 digits whatever the caller's context is; what has no result becomes unknown, not an error."""


class Op(StrEnum):
    """What a term does with its parts."""

    INPUT = "input"
    CONSTANT = "constant"
    NAMED = "named"
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    POWER = "^"
    SUM = "sum"
    MAX = "max"
    MIN = "min"
    IF_LE = "<="
    """Parts a, b, yes, no: yes where a ≤ b, else no."""
    IF_LT = "<"
    ROUND = "round"
    """To the 分 (0.01 元), halves away from 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input stands: a single value, entry ``index`` of a series, or a table's cell."""

    key: str
    index: int | None = None
    column: str = ""


class LineAt(NamedTuple):
    """A line of a result in one period."""

    line: str
    period: int | None = None


class Term:
    """One number: ``value`` is exact or None (unknown); compared by identity, never by value."""

    __slots__ = ("label", "lacks", "op", "parts", "value")

    def __init__(
        self,
        op: Op,
        parts: tuple[Term, ...],
        value: Decimal | None,
        label: Place | LineAt | None = None,
    ) -> None:
        self.op = op
        self.parts = parts
        self.value = value
        self.label = label
        self.lacks: Gap | None = None
        """Why it is unknown, once that was asked: many answers hang on the same terms."""

    @override
    def __repr__(self) -> str:
        return f"Term({self.op}, {self.value}, {self.label})"

    def __add__(self, other: Operand) -> Term:
        return _binary(Op.ADD, self, term(other))

    def __radd__(self, other: Operand) -> Term:
        return _binary(Op.ADD, term(other), self)

    def __sub__(self, other: Operand) -> Term:
        return _binary(Op.SUBTRACT, self, term(other))

    def __rsub__(self, other: Operand) -> Term:
        return _binary(Op.SUBTRACT, term(other), self)

    def __mul__(self, other: Operand) -> Term:
        return _binary(Op.MULTIPLY, self, term(other))

    def __rmul__(self, other: Operand) -> Term:
        return _binary(Op.MULTIPLY, term(other), self)

    def __truediv__(self, other: Operand) -> Term:
        return _binary(Op.DIVIDE, self, term(other))

    def __rtruediv__(self, other: Operand) -> Term:
        return _binary(Op.DIVIDE, term(other), self)

    def __pow__(self, other: Operand) -> Term:
        return _binary(Op.POWER, self, term(other))


Operand = Term | Decimal | int

_CALCULATE = {
    Op.ADD: EXACT.add,
    Op.SUBTRACT: EXACT.subtract,
    Op.MULTIPLY: EXACT.multiply,
    Op.DIVIDE: EXACT.divide,
    Op.POWER: EXACT.power,
}


_VANISHING = (Op.MULTIPLY, Op.DIVIDE)


def known(value: Decimal | None) -> Decimal | None:
    """Return a finite number, or None for what has no value."""
    return value if value is not None and value.is_finite() else None


def term(operand: Operand) -> Term:
    """Return a term; plain numbers become constants, and 0 is no amount at all."""
    if isinstance(operand, Term):
        return operand
    return constant(operand) if operand else ZERO


def constant(value: Decimal | int) -> Term:
    """Return a number that is written in the formula itself."""
    return Term(Op.CONSTANT, (), known(Decimal(value)))


def given(place: Place, value: Decimal | None) -> Term:
    """Return an input's number; None and NaN are unknown."""
    return Term(Op.INPUT, (), known(value), place)


def named(label: LineAt, number: Term) -> Term:
    """Return the same number under the name of a line; no amount at all needs no name."""
    if number is ZERO:
        return ZERO
    return Term(Op.NAMED, (number,), number.value, label)


ZERO = constant(0)
"""No amount at all, such as the rent of a period before the first."""
ONE = constant(1)
NO_ANSWER = Term(Op.CONSTANT, (), None)
"""A question that does not arise, such as the coverage of a year without debt: shown as —."""


def _binary(op: Op, left: Term, right: Term) -> Term:
    if left is ZERO or right is ZERO:
        # No amount by construction (a period without one) leaves no trace in the formula.
        if (left is ZERO and op in _VANISHING) or (right is ZERO and op is Op.MULTIPLY):
            return ZERO
        if right is ZERO and op in (Op.ADD, Op.SUBTRACT):
            return left
        if left is ZERO and op is Op.ADD:
            return right
    if left.value is None or right.value is None:
        return Term(op, (left, right), None)
    value = _CALCULATE[op](left.value, right.value)
    return Term(op, (left, right), value if value.is_finite() else None)


def total(operands: Iterable[Operand]) -> Term:
    """Return the sum; one unknown part makes it unknown, and no part at all makes it 0."""
    parts = tuple([part for part in map(term, operands) if part is not ZERO])
    if len(parts) < 2:
        return parts[0] if parts else ZERO
    value: Decimal | None = Decimal(0)
    for part in parts:
        if part.value is None or value is None:
            value = None
            break
        value = EXACT.add(value, part.value)
    return Term(Op.SUM, parts, value)


def at_least(*operands: Operand) -> Term:
    """Return the greatest."""
    parts = tuple(term(operand) for operand in operands)
    if all(part is ZERO for part in parts):
        return ZERO
    values = _known_values(parts)
    return Term(Op.MAX, parts, max(values) if values else None)


def at_most(*operands: Operand) -> Term:
    """Return the smallest."""
    parts = tuple(term(operand) for operand in operands)
    if all(part is ZERO for part in parts):
        return ZERO
    values = _known_values(parts)
    return Term(Op.MIN, parts, min(values) if values else None)


def _known_values(parts: Sequence[Term]) -> list[Decimal]:
    """Return every value, or nothing when one is unknown."""
    values = [part.value for part in parts if part.value is not None]
    return values if len(values) == len(parts) else []


def to_cent(operand: Operand) -> Term:
    """Return an amount in 元 rounded to the 分, halves away from 0, as a tax is declared."""
    part = term(operand)
    if part is ZERO:
        return ZERO
    value = part.value
    return Term(Op.ROUND, (part,), None if value is None else rounded(value))


def rounded(value: Decimal) -> Decimal:
    """Return a number to two decimals, halves away from 0."""
    return value.quantize(_CENT, ROUND_HALF_UP, EXACT) if abs(value) < _WHOLE else value


def where(left: Operand, test: str, right: Operand, yes: Operand, no: Operand) -> Term:
    """Return ``yes`` where ``left test right`` (one of <=, <, >=, >) holds, else ``no``.

    Only the branch that is taken has to be known.
    """
    a, b, chosen, other = term(left), term(right), term(yes), term(no)
    if test in (">", ">="):
        op = Op.IF_LE if test == ">" else Op.IF_LT
        chosen, other = other, chosen
    else:
        op = Op(test)
    parts = (a, b, chosen, other)
    if a.value is None or b.value is None:
        return Term(op, parts, None)
    holds = a.value <= b.value if op is Op.IF_LE else a.value < b.value
    return Term(op, parts, chosen.value if holds else other.value)


def walk(*ends: Term) -> Iterator[Term]:
    """Yield every term behind some terms once, parts before what is made of them."""
    seen: set[int] = set()
    stack: list[tuple[Term, bool]] = [(end, False) for end in reversed(ends)]
    while stack:
        item, ready = stack.pop()
        if ready:
            yield item
        elif id(item) not in seen:
            seen.add(id(item))
            stack.append((item, True))
            stack.extend((part, False) for part in reversed(item.parts))


def places(*ends: Term) -> tuple[Place, ...]:
    """Return the inputs that some terms depend on, in the order of their first use."""
    found = (item.label for item in walk(*ends) if item.op is Op.INPUT)
    return tuple(dict.fromkeys(label for label in found if isinstance(label, Place)))


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a number is not known: inputs that are not, or an operation that has no result."""

    places: tuple[Place, ...] = ()
    impossible: tuple[Op, ...] = ()


NO_GAP = Gap()


def gap(*ends: Term) -> Gap:
    """Return why some terms are unknown; branches that were not taken do not count."""
    stack = [end for end in reversed(ends) if end.value is None and end.lacks is None]
    while stack:
        item = stack[-1]
        behind = _behind(item)
        waiting = [part for part in behind if part.lacks is None]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        item.lacks = _own_gap(item) if not behind else _joined(part.lacks for part in behind)
    return _joined(end.lacks for end in ends if end.value is None)


def _behind(item: Term) -> list[Term]:
    """Return the parts because of which a term is unknown."""
    return [part for part in _used(item) if part.value is None]


def _own_gap(item: Term) -> Gap:
    if item is NO_ANSWER:
        return NO_GAP
    if isinstance(item.label, Place):
        return Gap((item.label,))
    return Gap((), (item.op,))


def _joined(gaps: Iterable[Gap | None]) -> Gap:
    """Return what several gaps say together, each thing once and in their order."""
    found = list(dict.fromkeys(each for each in gaps if each))
    if len(found) < 2:
        return found[0] if found else NO_GAP
    places_ = dict.fromkeys(place for each in found for place in each.places)
    impossible = dict.fromkeys(op for each in found for op in each.impossible)
    return Gap(tuple(places_), tuple(impossible))


def _used(item: Term) -> tuple[Term, ...]:
    """Return the parts that decide an item's value: of a condition, only the branch taken."""
    if item.op not in (Op.IF_LE, Op.IF_LT):
        return item.parts
    left, right, yes, no = item.parts
    if left.value is None or right.value is None:
        return (left, right)
    holds = left.value <= right.value if item.op is Op.IF_LE else left.value < right.value
    return (yes if holds else no,)
