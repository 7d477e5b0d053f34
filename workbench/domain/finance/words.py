# SPDX-License-Identifier: MIT
"""A calculation in words, written from the calculation itself, so that it cannot say otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.domain.display import NOT_APPLICABLE, grouped, with_unit
from workbench.domain.fields import Field
from workbench.domain.finance.inputs import ModelInput
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import Line, Result
from workbench.domain.finance.terms import LineAt, Op, Place, Term

_SYMBOLS = {Op.ADD: " + ", Op.SUBTRACT: " − ", Op.MULTIPLY: " × ", Op.DIVIDE: " ÷ ", Op.POWER: "^"}
_RANK = {Op.ADD: 1, Op.SUBTRACT: 1, Op.SUM: 1, Op.MULTIPLY: 2, Op.DIVIDE: 2, Op.POWER: 3}
_ATOM = 4
_LONGEST_SUM = 8
_COMMON = {
    Op.ROUND: ("取到分（{0}）", "to 0.01 CNY ({0})"),
    Op.MAX: ("取大（{0}）", "max({0})"),
    Op.MIN: ("取小（{0}）", "min({0})"),
    Op.IF_LE: ("若 {0} ≤ {1} 则 {2}，否则 {3}", "if {0} ≤ {1} then {2}, else {3}"),
    Op.IF_LT: ("若 {0} < {1} 则 {2}，否则 {3}", "if {0} < {1} then {2}, else {3}"),
}

Leaf = Callable[[Term], str | None]
"""Writes a term that is not taken apart further; None takes it apart."""


def write(number: Term, leaf: Leaf, *, chinese: bool) -> str:
    """Return a term as text with as few brackets as arithmetic needs."""
    return _write(number, leaf, chinese)[0]


def _write(number: Term, leaf: Leaf, chinese: bool) -> tuple[str, int]:
    plain = leaf(number)
    if plain is not None:
        return plain, _ATOM
    if number.op is Op.CONSTANT:
        return _constant(number), _ATOM
    if number.op is Op.NAMED:
        return _write(number.parts[0], leaf, chinese)
    if number.op in _COMMON:
        return _common(number, leaf, chinese)
    rank = _RANK[number.op]
    parts = [_write(part, leaf, chinese) for part in number.parts]
    if number.op is Op.SUM:
        texts = [_within(part, rank) for part in parts]
        if len(texts) > _LONGEST_SUM:
            texts = [*texts[:2], "…", texts[-1]]
        return " + ".join(texts), rank
    tight = number.op in (Op.SUBTRACT, Op.DIVIDE, Op.POWER)
    left = _within(parts[0], rank + (number.op is Op.POWER))
    right = _within(parts[1], rank + tight)
    return f"{left}{_SYMBOLS[number.op]}{right}", rank


def _common(number: Term, leaf: Leaf, chinese: bool) -> tuple[str, int]:
    pattern = _COMMON[number.op][0 if chinese else 1]
    texts = [_write(part, leaf, chinese)[0] for part in number.parts]
    if number.op in (Op.MAX, Op.MIN):
        return pattern.format(("，" if chinese else ", ").join(texts)), _ATOM
    return pattern.format(*texts), 0


def _within(part: tuple[str, int], rank: int) -> str:
    text, own = part
    return text if own >= rank else f"({text})"


@dataclass(frozen=True)
class Wording:
    """The words of one result in one language: titles of its inputs and lines, and its numbers."""

    model: Model
    result: Result
    language: str

    @property
    def _chinese(self) -> bool:
        return self.language.startswith("zh")

    def formula(self, line: Line, period: int | None = None) -> str:
        """Return how a line is made, in the titles of inputs and other lines.

        Without a period, the first one that is made of the most parts is taken.
        """
        made, at = _chosen(line, period)
        return write(made, lambda part: self._title(part, made, at), chinese=self._chinese)

    def example(self, line: Line) -> int | None:
        """Return the period that stands for all of a line's where its formula is told."""
        return _chosen(line, None)[1]

    def figures(self, line: Line, period: int | None = None) -> str:
        """Return the same formula with the numbers in place of the titles."""
        made, _ = _chosen(line, period)
        return write(made, lambda part: self._number(part, made), chinese=self._chinese)

    def _title(self, part: Term, top: Term, period: int | None) -> str | None:
        if part is top:
            return None
        if isinstance(part.label, LineAt):
            title = self.result.line(part.label.line).field.title(self.language)
            return f"{title}{self._when(part.label, period)}"
        if isinstance(part.label, Place):
            return self._place_title(part.label)
        return None

    def _when(self, theirs_at: LineAt, ours: int | None) -> str:
        theirs = theirs_at.period
        if self.result.line(theirs_at.line).monthly and theirs is not None:
            return f"（第{theirs + 1}月）" if self._chinese else f" (month {theirs + 1})"
        if theirs is None or theirs == ours or self.result.periods == 1:
            return ""
        return f"（第{theirs}年）" if self._chinese else f" (year {theirs})"

    def _place_title(self, place: Place) -> str:
        item = self.model.input(place.key)
        title = item.field.title(self.language)
        if place.column:
            column = _column(item, place.column).title(self.language)
            return f"{title}{place.index}·{column}" if self._chinese else (
                f"{title} {place.index}: {column}"
            )  # fmt: skip
        if place.index is None:
            return title
        return f"{title}（第{place.index}年）" if self._chinese else f"{title} (year {place.index})"

    def _number(self, part: Term, top: Term) -> str | None:
        if part is top:
            return None
        if isinstance(part.label, LineAt):
            return with_unit(part.value, self.result.line(part.label.line).field)
        if isinstance(part.label, Place):
            item = self.model.input(part.label.key)
            field = _column(item, part.label.column) if part.label.column else item.field
            return with_unit(part.value, field)
        return None


def _column(item: ModelInput, key: str) -> Field:
    return next(column.field for column in item.columns if column.key == key)


def _constant(part: Term) -> str:
    if part.value is None:
        return NOT_APPLICABLE
    value = part.value.normalize()
    exponent = value.as_tuple().exponent
    return grouped(value, -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def _chosen(line: Line, period: int | None) -> tuple[Term, int | None]:
    """Return the amount to explain and its period.

    Without a period the first one that is made of the most parts: the first year of a balance is
    rarely the rule.
    """
    if line.single:
        return line.amounts[0], None
    if period is not None:
        return line.amounts[period], period
    made = [index for index, amount in enumerate(line.amounts) if amount.op is Op.NAMED]
    best = max(made, key=lambda index: (_parts(line.amounts[index]), -index), default=0)
    return line.amounts[best], best


def _parts(made: Term) -> int:
    """Return how many inputs and lines an amount is made of directly."""
    found: set[Place | LineAt] = set()
    seen: set[int] = set()
    stack = list(made.parts)
    while stack:
        item = stack.pop()
        if item.label is not None:
            found.add(item.label)
        elif id(item) not in seen:
            seen.add(id(item))
            stack.extend(item.parts)
    return len(found)
