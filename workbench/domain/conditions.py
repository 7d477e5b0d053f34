# SPDX-License-Identifier: MIT
"""A tiny three-valued expression language for diagnosis rules and pathway preconditions.

A condition is written over names (``I_42``, ``parcel.obtain_mode``) with numbers, 'texts',
true/false, comparisons, ``in [..]``, and/or/not and + - * /. A name without a value is unknown,
and unknown stays unknown by Kleene's logic: ``false and unknown`` is false, ``true and unknown``
is unknown. Of a bound only what it decides is known. Expressions are parsed, checked node by node
and interpreted; nothing is executed.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import cached_property, lru_cache
from typing import Any

LONGEST = 400
"""The longest condition accepted, in characters; it also bounds the nesting depth."""

_KEPT = 2_000
"""So many different conditions are kept parsed."""

Lookup = Callable[[str], Any | None]
_NOTHING: frozenset[str] = frozenset()
_TRUTHS = {"true": True, "false": False}
_NUMBER_THEN_LETTER = re.compile(r"(?<![\w.])\d[\d.]*[^\W\d]")
_Outcome = tuple[Any, frozenset[str]]

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class AtMost(Decimal):
    """The most that a number can be; a comparison is decided only where that decides it."""


class AtLeast(Decimal):
    """The least that a number can be."""


_BOUNDS = (AtMost, AtLeast)
_BELOW, _ABOVE = (ast.Lt, ast.LtE), (ast.Gt, ast.GtE)
_EITHER = frozenset({True, False})


def sure_answers(
    op: type[ast.cmpop], left: type[Decimal] | None, right: type[Decimal] | None
) -> frozenset[bool]:
    """Return which answers of a comparison are sure where a side is only a bound.

    What is at most 0.4 is surely below 0.5; that what is at most 0.6 is not below it nobody knows.
    """
    sure = _EITHER
    if left in _BOUNDS:
        sure &= _sure(op, goes_below=left is AtMost)
    if right in _BOUNDS:
        sure &= _sure(op, goes_below=right is AtLeast)
    return sure


def _sure(op: type[ast.cmpop], *, goes_below: bool) -> frozenset[bool]:
    """Return what stays true when the left side sinks against the right one, or rises."""
    if op in _BELOW:
        return frozenset({goes_below})
    return frozenset({not goes_below}) if op in _ABOVE else frozenset()


class ConditionError(ValueError):
    """A condition is not valid; ``position`` is the 1-based character where the trouble starts.

    Codes: ``syntax``, ``not_allowed`` (a construct outside the language), ``wrong_kind`` (a text
    is compared with a number, a number stands where a yes/no is needed), ``too_long``.
    """

    def __init__(self, code: str, text: str, position: int) -> None:
        super().__init__(f"{code} at {position}: {text}")
        self.code = code
        self.text = text
        self.position = position


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a condition came to: true, false or unknown, with what was used and what is missing.

    ``missing`` lists only the names whose absence (or whose zero as a divisor) keeps the verdict
    unknown; ``used`` holds every known value that the condition looked at.
    """

    truth: bool | None
    missing: tuple[str, ...]
    used: Mapping[str, Any]

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Return every name whose cells could change the verdict, each once.

        A name without a value has cells too: two parcels of different use have no common one.
        """
        return tuple(dict.fromkeys((*self.used, *self.missing)))


@dataclass(frozen=True)
class Condition:
    """A parsed condition; equal conditions have equal texts."""

    text: str
    tree: ast.expr = field(repr=False, compare=False)

    @cached_property
    def ordered_names(self) -> tuple[str, ...]:
        """Return the names in reading order, each once."""
        return tuple(dict.fromkeys(_names(self.tree)))

    @cached_property
    def names(self) -> frozenset[str]:
        """Return every name that the condition looks up."""
        return frozenset(self.ordered_names)

    @cached_property
    def numbers(self) -> tuple[Decimal, ...]:
        """Return the numbers written in the condition (its thresholds) in reading order."""
        return tuple(_numbers(self.tree))

    def evaluate(self, lookup: Lookup) -> Verdict:
        """Return the verdict; ``lookup`` gives a name's value or None when it is not known.

        Raises ConditionError when a value is of a kind that the condition cannot use.
        """
        values = {name: _normal(lookup(name)) for name in self.ordered_names}
        truth, missing = _Reading(self.text, values).truth(self.tree)
        used = {name: value for name, value in values.items() if value is not None}
        return Verdict(truth, tuple(n for n in self.ordered_names if n in missing), used)


@lru_cache(maxsize=_KEPT)
def parse(text: str) -> Condition:
    """Return the condition written in a text; raises ConditionError with the position.

    A condition never changes, so one that was written many times is read once.
    """
    if len(text) > LONGEST:
        raise ConditionError("too_long", text, LONGEST + 1)
    if (slash := text.find("\\")) >= 0:
        raise ConditionError("not_allowed", text, slash + 1)
    if glued := _NUMBER_THEN_LETTER.search(text):
        raise ConditionError("syntax", text, glued.start() + 1)
    flat = re.sub(r"\s", " ", text).strip()
    lead = len(text) - len(text.lstrip())
    try:
        tree = ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        place = error.offset or len(flat) + 1
        raise ConditionError("syntax", text, lead + place) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ConditionError("syntax", text, 1) from error
    _check(tree, text, truth=True)
    return Condition(text, tree)


def _position(node: ast.expr, text: str) -> int:
    """Return a node's 1-based character position; ast counts in UTF-8 bytes."""
    lead = len(text) - len(text.lstrip())
    before = text[lead:].encode()[: node.col_offset]
    return lead + len(before.decode(errors="ignore")) + 1


def name_of(node: ast.expr) -> str | None:
    """Return ``name`` or ``entity.field`` for a name node, else None."""
    if isinstance(node, ast.Name) and node.id not in _TRUTHS:
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return None


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.expr) and (name := name_of(node)) is not None:
        return [name]
    return [name for child in ast.iter_child_nodes(node) for name in _names(child)]


def _numbers(node: ast.AST) -> list[Decimal]:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return [_decimal(node.value)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return [-number for number in _numbers(node.operand)]
    return [number for child in ast.iter_child_nodes(node) for number in _numbers(child)]


def _check(node: ast.expr, text: str, *, truth: bool) -> None:
    """Refuse what the language has no word for; ``truth`` says that a yes/no must stand here."""
    match node:
        case ast.BoolOp(values=values):
            parts = [(value, True) for value in values]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            parts = [(operand, True)]
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            parts = [(left, False), *_compared(ops, comparators, text)]
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not truth:
            parts = [(operand, False)]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC and not truth:
            parts = [(left, False), (right, False)]
        case ast.Constant(value=value) if not truth and type(value) in (int, float, str):
            return
        case ast.Name() | ast.Attribute() if name_of(node) or isinstance(node, ast.Name):
            return
        case _:
            wrong = truth and isinstance(node, ast.Constant | ast.BinOp)
            raise ConditionError(
                "wrong_kind" if wrong else "not_allowed", text, _position(node, text)
            )
    for part, is_truth in parts:
        _check(part, text, truth=is_truth)


def _compared(
    ops: list[ast.cmpop], right_sides: list[ast.expr], text: str
) -> list[tuple[ast.expr, bool]]:
    """Return the right sides of a comparison to check; the list after ``in`` gives its items."""
    parts: list[tuple[ast.expr, bool]] = []
    for op, side in zip(ops, right_sides, strict=True):
        if isinstance(op, ast.In | ast.NotIn) and isinstance(side, ast.List) and side.elts:
            parts += [(item, False) for item in side.elts]
        elif type(op) in _ORDER:
            parts.append((side, False))
        else:
            raise ConditionError("not_allowed", text, _position(side, text))
    return parts


def _decimal(value: float) -> Decimal:
    """Return a number exactly as it was written, not as binary floating point stores it."""
    return Decimal(repr(value))


def _normal(value: Any | None) -> Any | None:
    """Return a looked-up value with every number as Decimal."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _decimal(value)
    return value


def _kind(value: Any) -> str:
    for kind, types in (("truth", bool), ("number", Decimal), ("text", str), ("date", date)):
        if isinstance(value, types):
            return kind
    return "other"


@dataclass(frozen=True, slots=True)
class _Reading:
    """One evaluation of one condition over looked-up values."""

    text: str
    values: Mapping[str, Any | None]

    def truth(self, node: ast.expr) -> _Outcome:
        """Return true, false or None, and the names that keep it None."""
        match node:
            case ast.BoolOp(op=op, values=values):
                return self._joined([self.truth(v) for v in values], isinstance(op, ast.Or))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                value, missing = self.truth(operand)
                return (None if value is None else not value), missing
            case ast.Compare():
                return self._compare(node)
            case _:
                value, missing = self.value(node)
                if value is not None and not isinstance(value, bool):
                    raise self._wrong_kind(node)
                return value, missing

    @staticmethod
    def _joined(outcomes: list[_Outcome], deciding: bool) -> _Outcome:
        """Join by ``or`` (deciding = True) or ``and`` (deciding = False) in Kleene's logic."""
        if any(value is deciding for value, _ in outcomes):
            return deciding, _NOTHING
        missing = _NOTHING.union(*(names for value, names in outcomes if value is None))
        unknown = any(value is None for value, _ in outcomes)
        return (None if unknown else not deciding), missing

    def _compare(self, node: ast.Compare) -> _Outcome:
        outcomes, left = [], node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(right, ast.List):
                outcome = self._joined([self._pair(left, ast.Eq(), i) for i in right.elts], True)
                if isinstance(op, ast.NotIn) and outcome[0] is not None:
                    outcome = (not outcome[0], outcome[1])
            else:
                outcome = self._pair(left, op, right)
            outcomes.append(outcome)
            left = right
        return self._joined(outcomes, False)

    def _pair(self, left_node: ast.expr, op: ast.cmpop, right_node: ast.expr) -> _Outcome:
        left, missing_left = self.value(left_node)
        right, missing_right = self.value(right_node)
        if left is None or right is None:
            return None, missing_left | missing_right
        equality = isinstance(op, ast.Eq | ast.NotEq)
        if _kind(left) != _kind(right) or (_kind(left) in ("truth", "other") and not equality):
            raise self._wrong_kind(left_node)
        truth = _ORDER[type(op)](left, right)
        if truth in sure_answers(type(op), type(left), type(right)):
            return truth, _NOTHING
        return None, self._bounded(left_node) | self._bounded(right_node)

    def _bounded(self, node: ast.expr) -> frozenset[str]:
        """Return the names below a node of which only a bound is known."""
        return frozenset(n for n in _names(node) if isinstance(self.values[n], _BOUNDS))

    def value(self, node: ast.expr) -> _Outcome:
        """Return a value or None, and the names that keep it None."""
        if (name := name_of(node)) is not None:
            value = self.values[name]
            return value, frozenset((name,)) if value is None else _NOTHING
        match node:
            case ast.Name(id=word):
                return _TRUTHS[word], _NOTHING
            case ast.Constant(value=str() as text):
                return text, _NOTHING
            case ast.Constant(value=int() | float() as number):
                return _decimal(number), _NOTHING
            case ast.UnaryOp(operand=operand):
                value, missing = self.value(operand)
                if isinstance(value, _BOUNDS):
                    return None, self._bounded(operand)
                return (None if value is None else -self._number(value, node)), missing
            case ast.BinOp():
                return self._arithmetic(node)
            case _:
                return self.truth(node)

    def _arithmetic(self, node: ast.BinOp) -> _Outcome:
        left, missing_left = self.value(node.left)
        right, missing_right = self.value(node.right)
        if left is None or right is None:
            return None, missing_left | missing_right
        if isinstance(left, _BOUNDS) or isinstance(right, _BOUNDS):
            return None, self._bounded(node)
        left, right = self._number(left, node), self._number(right, node)
        try:
            return _ARITHMETIC[type(node.op)](left, right), _NOTHING
        except (DivisionByZero, InvalidOperation):  # x ÷ 0 is not a number: not known, not 0
            return None, frozenset(_names(node.right))

    def _number(self, value: Any, node: ast.expr) -> Decimal:
        if not isinstance(value, Decimal):
            raise self._wrong_kind(node)
        return value

    def _wrong_kind(self, node: ast.expr) -> ConditionError:
        return ConditionError("wrong_kind", self.text, _position(node, self.text))
