# SPDX-License-Identifier: MIT
"""Which of some records counts, so that a workbook can choose anew when dates or values change.

Yearly figures, appraisals and accounts count by the newest record up to the as-of date that says
what a figure needs. A number read from it knows all that might have been taken instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.figures.tenure import add_months
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import At

YEAR = "year"
"""The field by which yearly records are ordered; all others are ordered by a day."""
Rank = tuple[int, date | Decimal, str]


@dataclass(frozen=True, slots=True)
class Lasting:
    """For how long a record counts: to the day that it states, else some months."""

    field: str
    parameter: str
    months: Decimal | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The records of an owner of which the newest up to the as-of date is taken."""

    rows: tuple[Record, ...]
    by: str
    """The field of its year or day."""
    owner: At
    """Whose records they are; the field is not asked."""
    needed: tuple[str, ...] = ()
    """What a record must say to be taken at all."""
    preferred: tuple[tuple[str, ...], ...] = ((),)
    """What it must say besides: whoever says the first set goes before all others."""
    lasting: Lasting | None = None
    left: At | None = None
    """The day from which on no record of the owner counts."""
    left_on: date | None = field(default=None, compare=False)

    @property
    def entity(self) -> str:
        """Return the entity of the records."""
        return self.rows[0].entity

    @property
    def name(self) -> str:
        """Return what tells this choice from all others."""
        asked = (self.owner.entity, self.owner.key, self.by, self.needed, self.preferred)
        return f"newest {self.entity} {asked} {self.lasting} {self.left}"

    def taken(self, as_of: date) -> Record | None:
        """Return the record that counts on a date, by what the ledger says, or None."""
        ranked = [(rank, row) for row in self.rows if (rank := self._rank(row, as_of)) is not None]
        return max(ranked, key=lambda each: each[0])[1] if ranked else None

    def rank(self, key: str, as_of: date) -> Rank | None:
        """Return a record's rank on a date: preference, day, key; None where it does not count."""
        row = next(row for row in self.rows if row.key == key)
        return self._rank(row, as_of)

    def can_say(self, *fields: str) -> bool:
        """Tell whether some record says each of the fields, whatever its date."""
        return all(any(row.get(each) is not None for row in self.rows) for each in fields)

    def _rank(self, row: Record, as_of: date) -> Rank | None:
        when = row.number(self.by) if self.by == YEAR else row.day(self.by)
        if when is None or not self._counts(row, when, as_of):
            return None
        if any(row.number(each) is None for each in self.needed):
            return None
        for place, fields in enumerate(self.preferred):
            if all(row.number(each) is not None for each in fields):
                return -place, when, row.key
        return None

    def _counts(self, row: Record, when: date | Decimal, as_of: date) -> bool:
        if self.left_on is not None and self.left_on <= as_of:
            return False
        if not isinstance(when, date):
            return when <= as_of.year
        return when <= as_of and (self.lasting is None or self._lasts(row, when, as_of))

    def _lasts(self, row: Record, when: date, as_of: date) -> bool:
        if self.lasting is None:
            return True
        until, months = row.day(self.lasting.field), self.lasting.months
        if until is None and months is not None:
            until = add_months(when, int(months))
        return until is not None and as_of <= until


class ChoiceKey(str):
    """The key of the record that a choice takes: what is read from it may stand in another row."""

    __slots__ = ("choice", "is_open")
    choice: Choice
    is_open: bool
    """Whether no record counts today, so that what is read from it is not known yet."""

    def __new__(cls, choice: Choice, *, is_open: bool = False) -> ChoiceKey:
        """Name a choice."""
        made = super().__new__(cls, choice.name)
        made.choice, made.is_open = choice, is_open
        return made


def taken_record(choice: Choice, as_of: date, *, open_too: bool = False) -> Record | None:
    """Return the record that a choice takes today, under the key of the choice.

    ``open_too`` gives one of which nothing is known yet where no record counts today.
    """
    row = choice.taken(as_of)
    if row is not None:
        return Record(row.entity, ChoiceKey(choice), row.values, row.origins)
    if not open_too:
        return None
    return Record(choice.entity, ChoiceKey(choice, is_open=True), {})


def home(at: At) -> At:
    """Return the record in whose row a cell is added up: of what a choice takes, the owner's."""
    return at.key.choice.owner if isinstance(at.key, ChoiceKey) else at


def is_open(record: Record) -> bool:
    """Tell whether a record stands for a choice that takes none today."""
    return isinstance(record.key, ChoiceKey) and record.key.is_open


def sources(record: Record) -> Sequence[Record]:
    """Return the records that one may be read from: itself, or all of its choice."""
    return record.key.choice.rows if isinstance(record.key, ChoiceKey) else (record,)
