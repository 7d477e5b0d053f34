# SPDX-License-Identifier: MIT
"""Decimals and dates that remember where they come from.

The indicators are computed by ordinary arithmetic. Read through ``KeepingReading``, the same code
gives the same values, and each of them knows the operation and the ledger cells that made it: a
formula in a workbook can then never say anything else than the program computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from workbench.domain.overriding import override


class Made(StrEnum):
    """What made a number."""

    CELL = "cell"
    PARAMETER = "parameter"
    DAYS = "days"
    """The days from one date to another."""
    MONTHS = "months"
    """The whole months from one date to another."""
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    ROUND = "round"
    GIVEN = "given"
    """An amount that counts only where a condition holds, and is 0 where not."""
    COVERED = "covered"
    """A ratio of sums over what is known, given only where that covers enough of the weight.

    Its parts are the least share, what it is of nothing at all (None for unknown), and of each
    item numerator, denominator and weight.
    """
    STANDS = "stands"
    """A number that holds while the cells behind a judgement say what they say today.

    Its parts are the number and those cells.
    """
    EITHER = "either"
    """The first of its parts that is known; a part may be a blank cell."""
    BY_WORD = "by word"
    """What the word of a record stands for; its part is that word with all that it may say."""
    ABOVE = "above"
    """1 where the number in a cell is larger than a limit, else 0, also for a blank cell."""
    NOT_BELOW_0 = "not below 0"
    NOT_ABOVE_1 = "not above 1"


class At(NamedTuple):
    """A ledger cell, or under the entity "" the parameter ``field``.

    A field may also be one of the ``Judged``: what dates and words of a record make of it.
    """

    entity: str
    key: str
    field: str


class Judged(StrEnum):
    """What a report counts of a record by 1 or 0, so that amounts can depend on it."""

    RUNS = "runs"
    """A lease runs on the as-of date."""
    IN_FORCE = "in_force"
    """An encumbrance burdens its asset on the as-of date."""
    PLEDGED = "pledged"
    """A mortgage in force is on an asset."""
    SEIZED = "seized"
    """A building is under a court seizure, or a parcel or a building on it is."""


AS_OF = At("", "", "as_of")
"""Where the as-of date stands."""


@dataclass(frozen=True, slots=True)
class NotAfter:
    """The condition that one date is not later than another."""

    first: date
    second: date


class Kept(Decimal):
    """A decimal that knows what made it; equal to, ordered and rounded like any other."""

    __slots__ = ("holds", "made", "parts")
    made: Made
    parts: tuple[Part, ...]
    holds: bool
    """Of what is given under a condition: whether that holds today."""

    def __new__(cls, value: Decimal, made: Made, *parts: Part) -> Kept:
        """Keep how a value was made."""
        kept = Decimal.__new__(cls, value)
        kept.made, kept.parts = made, parts
        return kept

    @override
    def __add__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__add__(self, other), Made.ADD, self, other)

    @override
    def __radd__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__radd__(self, other), Made.ADD, other, self)

    @override
    def __sub__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__sub__(self, other), Made.SUBTRACT, self, other)

    @override
    def __rsub__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__rsub__(self, other), Made.SUBTRACT, other, self)

    @override
    def __mul__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__mul__(self, other), Made.MULTIPLY, self, other)

    @override
    def __rmul__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__rmul__(self, other), Made.MULTIPLY, other, self)

    @override
    def __truediv__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__truediv__(self, other), Made.DIVIDE, self, other)

    @override
    def __rtruediv__(self, other: Decimal | int) -> Decimal:
        return _joined(Decimal.__rtruediv__(self, other), Made.DIVIDE, other, self)

    @override
    def __round__(self, places: int = 0) -> Decimal:  # type: ignore[override]
        return Kept(Decimal.__round__(self, places), Made.ROUND, self, Decimal(places))


class Dated(date):
    """A date that knows its ledger cell, and how many months it lies from the date there."""

    at: At
    months: int = 0


@dataclass(frozen=True, slots=True)
class Worded:
    """A cell that says one of some words, and what each of these stands for."""

    at: At
    options: tuple[tuple[str, Decimal], ...]


Condition = At | NotAfter
Part = Decimal | date | At | NotAfter | Worded | None


def _joined(value: Any, made: Made, left: Decimal | int, right: Decimal | int) -> Decimal:
    """Return what an operation gave with its two parts; what it cannot do stays refused."""
    if value is NotImplemented:
        return NotImplemented  # type: ignore[no-any-return]  # for the interpreter to refuse
    above = Decimal(left) if isinstance(left, int) else left
    return Kept(value, made, above, Decimal(right) if isinstance(right, int) else right)


def of_cell(value: Decimal, at: At) -> Kept:
    """Return a number that knows its ledger cell or parameter."""
    return Kept(value, Made.CELL if at.entity else Made.PARAMETER, at)


def dated(day: date, at: At) -> Dated:
    """Return a date that knows its ledger cell."""
    found = Dated(day.year, day.month, day.day)
    found.at = at
    return found


def moved(day: Dated, moved_day: date, months: int) -> Dated:
    """Return a date that lies some months from one that knows its ledger cell."""
    found = dated(moved_day, day.at)
    found.months = day.months + months
    return found


def given(condition: Condition, amount: Decimal | None, *, holds: bool) -> Kept:
    """Return an amount where a condition holds, else 0; it remembers both."""
    value = amount if holds and amount is not None else Decimal(0)
    kept = Kept(value, Made.GIVEN, condition, amount)
    kept.holds = holds
    return kept


def either(*alternatives: Decimal | At | None) -> Decimal | None:
    """Return the first number that is known; it remembers the others, and the blanks before it."""
    parts = tuple(each for each in alternatives if each is not None)
    value = next((each for each in parts if isinstance(each, Decimal)), None)
    if value is None or len(parts) == 1 or not all(isinstance(p, Kept | At) for p in parts):
        return value
    return Kept(value, Made.EITHER, *parts)


def standing(number: Decimal, *judged: Decimal | None) -> Decimal:
    """Return a number that holds while those behind a judgement stay; it remembers them."""
    cells = [each for each in judged if isinstance(each, Kept)]
    return Kept(number, Made.STANDS, number, *cells) if cells else number


def first_of(value: Decimal, *alternatives: Decimal | At) -> Decimal:
    """Return a number that is the first of some that are known; it remembers all of them."""
    return Kept(value, Made.EITHER, *alternatives)


def by_word(value: Decimal, word: Worded) -> Kept:
    """Return what a word stands for; it remembers what the others would."""
    return Kept(value, Made.BY_WORD, word)


def above(at: At, limit: Decimal, *, holds: bool) -> Kept:
    """Return 1 where the number in a cell is above a limit, else 0; it remembers both."""
    return Kept(Decimal(int(holds)), Made.ABOVE, at, limit)


Item = tuple[Decimal | None, Decimal | None, Decimal | None]
"""What one record adds above and below the line of a ratio, and its weight; None is not known."""


def covered(
    value: Decimal, least: Decimal, items: Sequence[Item], nothing: Decimal | None = None
) -> Decimal:
    """Return a ratio over what is known; one of numbers that know their cells remembers them."""
    parts = [part for item in items for part in item]
    if not any(isinstance(part, Kept) for part in parts):
        return value
    return Kept(value, Made.COVERED, least, nothing, *parts)


def items_of(number: Kept) -> list[Item]:
    """Return the items of a ratio over what is known."""
    parts = [part if isinstance(part, Decimal) else None for part in number.parts[2:]]
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


def not_below_0(number: Decimal) -> Decimal:
    """Return a number, 0 for a negative one; one that knows its cells remembers the limit."""
    found = max(number, Decimal(0))
    return Kept(found, Made.NOT_BELOW_0, number) if isinstance(number, Kept) else found


def not_above_1(number: Decimal) -> Decimal:
    """Return a number, 1 for a larger one; one that knows its cells remembers the limit."""
    found = min(number, Decimal(1))
    return Kept(found, Made.NOT_ABOVE_1, number) if isinstance(number, Kept) else found


def between(count: Callable[[date, date], int], start: date, end: date, made: Made) -> Decimal:
    """Return what is counted from one date to another; it remembers dates that know their cells."""
    number = Decimal(count(start, end))
    if isinstance(start, Dated) or isinstance(end, Dated):
        return Kept(number, made, start, end)
    return number
