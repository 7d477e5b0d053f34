# SPDX-License-Identifier: MIT
"""Reads ledger cells for one result and remembers which it used and which were missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, cast

from workbench.domain.explain import Input, Missing, Trace
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value, ValueState
from workbench.domain.workings.choosing import Choice
from workbench.domain.workings.numbers import At, Condition

T = TypeVar("T")
_Cell = tuple[str, str, str]
PARAMETER = "parameter"
"""The entity under which a missing policy parameter is named."""
NEIGHBOURS = "neighbours"
"""The entity under which it is named that a project has no other park to compare with."""


class Answer(NamedTuple):
    """An answer about one record, and what was read for it.

    It keeps no reading: readings know what they share, and would hold it and each other for good.
    """

    value: Any
    inputs: dict[_Cell, Input]
    missing: dict[_Cell, Missing]
    parameters: dict[str, Decimal | str]
    asked: AbstractSet[At]
    """Every cell that was looked at, where the reading keeps them."""


class Shared:
    """What the readings of one scope share: the inputs met so far, and answers already found."""

    def __init__(self) -> None:
        self.cells: dict[_Cell, Input] = {}
        self.answers: dict[tuple[str, str], Answer] = {}
        self.open: set[At] = set()
        """What choices that take no record today would say: not known, whatever stands for it."""


class Reading:
    """Every cell that a computation looks at passes through here, so that its trace is exact.

    The plain readers treat a blank as an answer ("never terminated"); the ``need_`` readers name
    a blank as missing, except where the ledger says that the field does not apply (不适用).
    """

    keeps = False
    """Whether it also goes over what does not count today, for formulas that follow its dates."""

    def __init__(self, params: Mapping[str, Decimal], shared: Shared | None = None) -> None:
        """Read with policy parameters; readings of one scope share what they have met."""
        self._params = params
        self._shared = Shared() if shared is None else shared
        self._cells = self._shared.cells
        self._inputs: dict[_Cell, Input] = {}
        self._missing: dict[_Cell, Missing] = {}
        self._used_params: dict[str, Decimal | str] = {}

    def value(self, record: Record, field: str) -> Value | None:
        """Return a known value and remember it, or None."""
        value = record.values.get(field)
        if value is not None:
            cell = (record.entity, record.key, field)
            if cell not in self._inputs:
                met = self._cells.get(cell)
                if met is None:
                    met = self._cells[cell] = Input(*cell, value)
                self._inputs[cell] = met
        return value

    def number(self, record: Record, field: str) -> Decimal | None:
        """Return a number that may be blank."""
        value = self.value(record, field)
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def first_number(self, record: Record, *fields: str) -> Decimal | None:
        """Return the first of some numbers that is known."""
        for field in fields:
            value = self.number(record, field)
            if value is not None:
                return value
        return None

    def spare_number(self, record: Record, field: str) -> Decimal | None:
        """Return a number that counts only once a reader blanks another; it decides nothing today.

        None here: only a reading whose answers know their cells (``keeps``) has a use for it.
        """
        return None

    def text(self, record: Record, field: str) -> str | None:
        """Return a text, choice or reference that may be blank."""
        value = self.value(record, field)
        return value if isinstance(value, str) else None

    def day(self, record: Record, field: str) -> date | None:
        """Return a date that may be blank."""
        value = self.value(record, field)
        return value if isinstance(value, date) else None

    def flag(self, record: Record, field: str) -> bool | None:
        """Return a three-state field."""
        value = self.value(record, field)
        return value if isinstance(value, bool) else None

    def need_number(self, record: Record, field: str) -> Decimal | None:
        """Return a number; a blank is missing."""
        return self._needed(self.number(record, field), record, field)

    def need_text(self, record: Record, field: str) -> str | None:
        """Return a text, choice or reference; a blank is missing."""
        return self._needed(self.text(record, field), record, field)

    def need_day(self, record: Record, field: str) -> date | None:
        """Return a date; a blank is missing."""
        return self._needed(self.day(record, field), record, field)

    def need_flag(self, record: Record, field: str) -> bool | None:
        """Return a three-state field; a blank is missing."""
        return self._needed(self.flag(record, field), record, field)

    def _needed(self, value: T | None, record: Record, field: str) -> T | None:
        if value is None and record.state(field) is not ValueState.NOT_APPLICABLE:
            self.lacks(record.entity, field, record.key)
        return value

    def lacks(self, entity: str, field: str, key: str = "") -> None:
        """Name a cell that is needed and not known; without a key no record exists at all."""
        self._missing[entity, key, field] = Missing(entity, key, field)

    def lacks_record(self, entity: str, field: str, of: Record) -> None:
        """Name a record that is needed, of a building, parcel or firm that has none."""
        place = of.entity, of.key
        self._missing[entity, "/".join(place), field] = Missing(entity, "", field, place)

    def lacks_kind(self, entity: str, field: str, kind: str) -> None:
        """Name a record of a certain kind that is needed where there is none of that kind."""
        self._missing[entity, f"{entity}/{kind}", field] = Missing(
            entity, "", field, (entity, kind)
        )

    def aside(self, answer: Callable[[Reading], T]) -> tuple[T, tuple[Missing, ...]]:
        """Return an answer whose cells are read here, and what it lacks without naming it."""
        before = self._missing
        self._missing = {}
        value = answer(self)
        apart, self._missing = tuple(self._missing.values()), before
        return value, apart

    def parameter(self, code: str) -> Decimal | None:
        """Return a policy parameter and remember it; an absent one is missing."""
        value = self._params.get(code)
        if value is None:
            self.lacks(PARAMETER, code)
        else:
            self._used_params[code] = value
        return value

    def standard(self, name: str, id_: str) -> str | None:
        """Return the id of a standard and remember it; one that there is not is missing."""
        if not id_:
            self.lacks(PARAMETER, name)
            return None
        self._used_params[name] = id_
        return id_

    def given(
        self, condition: Condition, amount: Decimal | None, *, holds: bool | None
    ) -> Decimal | None:
        """Return an amount where a condition holds, 0 where it does not, else None."""
        if holds is None:
            return None
        return amount if holds else Decimal(0)

    def by_word(self, record: Record, field: str, meant: Mapping[str, Decimal]) -> Decimal | None:
        """Return what the word of a record stands for, None for any other word."""
        return meant.get(self.text(record, field) or "")

    def is_above(self, record: Record, field: str, limit: Decimal) -> Decimal:
        """Return 1 where a number of a record is above a limit, else 0."""
        number = self.number(record, field)
        return Decimal(int(number is not None and number > limit))

    def later(self, record: Record, field: str) -> Decimal | None:
        """Return a number; a reading that remembers gives one that may only be told later."""
        return self.number(record, field)

    def chosen(
        self,
        choice: Callable[[], Choice | None],
        found: Record | None,
        as_of: date,
        *,
        open_too: bool = False,
    ) -> Record | None:
        """Return the record that was found to count; a choice is only made to be remembered.

        ``open_too`` asks for what would count where none does, of a reading that remembers.
        """
        return found

    def recall(self, question: str, key: str, answer: Callable[[Reading], T]) -> T:
        """Return an answer about one record, found once per scope, with all that it used.

        Twenty figures ask whether the same lease runs; the cells behind the answer are noted for
        each of them, but read only once.
        """
        found = self._shared.answers.get((question, key))
        if found is None:
            reading = type(self)(self._params, self._shared)
            found = reading.noted(answer(reading))
            self._shared.answers[question, key] = found
        self._take(found)
        return cast("T", found.value)

    def _take(self, answer: Answer) -> None:
        """Note for this reading what another one read for an answer."""
        self._inputs.update(answer.inputs)
        if answer.missing:
            self._missing.update(answer.missing)
        if answer.parameters:
            self._used_params.update(answer.parameters)

    def noted(self, value: Any) -> Answer:
        """Return an answer with the inputs, gaps and parameters that were read so far."""
        return Answer(value, self._inputs, self._missing, self._used_params, frozenset())

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return the cells used so far, in the order of reading."""
        return tuple(self._inputs.values())

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is missing so far."""
        return tuple(self._missing.values())

    def trace(self, formula: str) -> Trace:
        """Return the path from the cells to the result; ``formula`` is a text key."""
        return Trace(formula, self.inputs, self.missing, dict(self._used_params))
