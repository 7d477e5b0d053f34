# SPDX-License-Identifier: MIT
"""A scenario's terms as live formulas over the cells of its tables.

Cells show 万元 and %, terms are in 元 and fractions: each reference is scaled where it is used, and
the result where it is shown, so that a pencil finds the same numbers as the program.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.display import FACTORS
from workbench.domain.fields import Field
from workbench.domain.finance.terms import NO_ANSWER, LineAt, Op, Place, Term

LONGEST = 7_000
"""Excel takes 8,192 characters, of addresses that are longer than our names for them."""
_MU = "(2000/3)"
"""亩 in ㎡, written so that nothing is rounded."""
_WRITTEN = {Op.ADD: "+", Op.SUBTRACT: "-", Op.MULTIPLY: "*", Op.DIVIDE: "/", Op.POWER: "^"}
_RANK = {Op.ADD: 1, Op.SUBTRACT: 1, Op.SUM: 1, Op.MULTIPLY: 2, Op.DIVIDE: 2, Op.POWER: 3}
_ATOM = 4
_NOTHING = '"—"'
"""What a cell says whose question does not arise."""

FindInput = Callable[[Place], tuple[str, Field] | None]
FindLine = Callable[[LineAt], tuple[str, Field] | None]


@dataclass(frozen=True)
class Formulas:
    """Writes formulas; ``inputs`` and ``lines`` give the cell that stands for a name, if any.

    What rests on an ``unlisted`` line stays a value: written out, one year of a rent roll would be
    every month before it.
    """

    inputs: FindInput
    lines: FindLine
    unlisted: frozenset[str] = frozenset()

    def of(self, number: Term, field: Field) -> str:
        """Return the formula of a cell that shows a term in its field's shown unit, or ""."""
        made = number.parts[0] if number.op is Op.NAMED else number
        text = self._write(made)
        if text is None or made is NO_ANSWER:
            return ""
        scale = _scale(field)
        body, rank = text
        if _NOTHING in body and scale is not None:
            return ""  # a word cannot be divided
        whole = body if scale is None else f"{_within(text, 2)}/{scale}"
        return whole if len(whole) <= LONGEST and rank else ""

    def argument(self, number: Term) -> str:
        """Return a number as an argument of a function, in the unit of the terms, or ""."""
        text = self._write(number)
        return "" if text is None else _within(text, _ATOM)

    def _write(self, number: Term) -> tuple[str, int] | None:
        """Return a term's formula with its binding strength; None when a cell is not there."""
        if isinstance(number.label, Place):
            return self._cell(self.inputs(number.label))
        if isinstance(number.label, LineAt):
            found = self._cell(self.lines(number.label))
            if found is None and number.label.line in self.unlisted:
                return None
            return found if found is not None else self._write(number.parts[0])
        if number is NO_ANSWER:
            return _NOTHING, _ATOM
        if number.op is Op.CONSTANT:
            return None if number.value is None else (_plain(number.value), _ATOM)
        if number.op is Op.NAMED:
            return self._write(number.parts[0])
        parts = [self._write(part) for part in number.parts]
        known = [part for part in parts if part is not None]
        return _joined(number.op, known) if len(known) == len(parts) else None

    @staticmethod
    def _cell(found: tuple[str, Field] | None) -> tuple[str, int] | None:
        if found is None:
            return None
        cell, field = found
        scale = _scale(field)
        return (f"{{{cell}}}", _ATOM) if scale is None else (f"{{{cell}}}*{scale}", 2)


def _scale(field: Field) -> str | None:
    """Return what one shown unit is in the unit of the terms; None where they are the same."""
    if field.display_unit == "亩":
        return _MU
    factor = FACTORS.get(field.display_unit, Decimal(1))
    return None if factor == 1 else f"{factor.normalize():f}"


def _joined(op: Op, parts: list[tuple[str, int]]) -> tuple[str, int]:
    texts = [text for text, _ in parts]
    if op is Op.ROUND:
        return f"ROUND({texts[0]},2)", _ATOM
    if op is Op.MAX:
        return f"MAX({','.join(texts)})", _ATOM
    if op is Op.MIN:
        return f"MIN({','.join(texts)})", _ATOM
    if op in (Op.IF_LE, Op.IF_LT):
        test = "<=" if op is Op.IF_LE else "<"
        return f"IF({texts[0]}{test}{texts[1]},{texts[2]},{texts[3]})", _ATOM
    rank = _RANK[op]
    if op is Op.SUM:
        return "+".join(_within(part, rank) for part in parts), rank
    tight = op in (Op.SUBTRACT, Op.DIVIDE, Op.POWER)
    left = _within(parts[0], rank + (op is Op.POWER))
    return f"{left}{_WRITTEN[op]}{_within(parts[1], rank + tight)}", rank


def _within(part: tuple[str, int], rank: int) -> str:
    text, own = part
    return text if own >= rank and not text.startswith("-") else f"({text})"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


Cells = Mapping[object, tuple[str, Field]]
"""What a name stands for: ``table!column@row`` and the field that is shown there."""
