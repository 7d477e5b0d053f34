# SPDX-License-Identifier: MIT
"""Reads ledger cells as numbers and dates that remember where they stood."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from workbench.domain.explain import Missing
from workbench.domain.figures.reading import Answer, Reading, Shared
from workbench.domain.figures.scope import Scope
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value
from workbench.domain.workings.choosing import (
    Choice,
    ChoiceKey,
    sources,
    taken_record,
)
from workbench.domain.workings.numbers import (
    AS_OF,
    At,
    Condition,
    Worded,
    above,
    by_word,
    dated,
    either,
    given,
    of_cell,
)

T = TypeVar("T")
MOST_GAPS = 500
"""So many blanks of one figure are written out; a figure that lacks more stays as it is."""
_FILLED = Decimal(1)
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2190, 1, 1)


class KeepingReading(Reading):
    """A reading whose answers know their cells, also of what does not count today."""

    keeps = True

    def __init__(self, params: Mapping[str, Decimal], shared: Shared | None = None) -> None:
        super().__init__(params, shared)
        self.asked: set[At] = set()
        """Every cell that was looked at, blank ones too: what it says may have decided."""

    @override
    def value(self, record: Record, field: str) -> Value | None:
        self.asked.add(At(record.entity, record.key, field))
        return super().value(record, field)

    @override
    def _take(self, answer: Answer) -> None:
        super()._take(answer)
        self.asked |= answer.asked

    @override
    def noted(self, value: Any) -> Answer:
        return super().noted(value)._replace(asked=self.asked)

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        if isinstance(record.key, ChoiceKey) and record.key.is_open:
            return self._opened(record, field) if record.key.choice.can_say(field) else None
        value = super().number(record, field)
        return None if value is None else of_cell(value, At(record.entity, record.key, field))

    @override
    def later(self, record: Record, field: str) -> Decimal | None:
        number = self.number(record, field)
        key = record.key
        can_be_told = isinstance(key, ChoiceKey) and key.choice.can_say(field)
        return self._opened(record, field) if number is None and can_be_told else number

    def _opened(self, record: Record, field: str) -> Decimal:
        """Return what stands for a number that no record says today."""
        at = At(record.entity, record.key, field)
        self._shared.open.add(at)
        return of_cell(_FILLED, at)

    @override
    def chosen(
        self,
        choice: Callable[[], Choice | None],
        found: Record | None,
        as_of: date,
        *,
        open_too: bool = False,
    ) -> Record | None:
        made = choice()
        if made is None:
            return found
        is_sayable = found is not None or made.can_say(*made.needed)
        return taken_record(made, as_of, open_too=is_sayable and (open_too or found is not None))

    @override
    def first_number(self, record: Record, *fields: str) -> Decimal | None:
        found: list[Decimal | At] = []
        is_told = False
        for field in fields:
            value = self.spare_number(record, field) if is_told else self.number(record, field)
            if not is_told or value is not None:
                found.append(At(record.entity, record.key, field) if value is None else value)
            is_told = is_told or value is not None
        return either(*found)

    @override
    def spare_number(self, record: Record, field: str) -> Decimal | None:
        at = At(record.entity, record.key, field)
        was_asked = at in self.asked
        number = self.number(record, field)
        if not was_asked:
            self.asked.discard(at)
        return number

    @override
    def day(self, record: Record, field: str) -> date | None:
        value = super().day(record, field)
        return None if value is None else dated(value, At(record.entity, record.key, field))

    @override
    def given(
        self, condition: Condition, amount: Decimal | None, *, holds: bool | None
    ) -> Decimal | None:
        if holds is None or (holds and amount is None):
            return None
        return given(condition, amount, holds=holds)

    @override
    def by_word(self, record: Record, field: str, meant: Mapping[str, Decimal]) -> Decimal | None:
        value = super().by_word(record, field, meant)
        if value is None:
            return None
        return by_word(value, Worded(At(record.entity, record.key, field), tuple(meant.items())))

    @override
    def is_above(self, record: Record, field: str, limit: Decimal) -> Decimal:
        is_so = super().is_above(record, field, limit) > 0
        return above(At(record.entity, record.key, field), limit, holds=is_so)

    @override
    def parameter(self, code: str) -> Decimal | None:
        value = super().parameter(code)
        return None if value is None else of_cell(value, At("", "", code))


class _Gaps(Shared):
    """What the readings of one attempt share: among it the blanks that are taken as filled in."""

    def __init__(self, gaps: frozenset[At]) -> None:
        super().__init__()
        self.gaps = gaps


class FilledReading(KeepingReading):
    """A reading in which some blanks hold a number or a date, to learn what would be made of it."""

    def __init__(self, params: Mapping[str, Decimal], shared: Shared | None = None) -> None:
        super().__init__(params, shared)
        self.gaps = shared.gaps if isinstance(shared, _Gaps) else frozenset[At]()
        """The blanks that are taken as filled in."""

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        at = At(record.entity, record.key, field)
        if at in self.gaps:
            return of_cell(_FILLED, at)
        number = super().number(record, field)
        if number is None and isinstance(record.key, ChoiceKey):
            filled = (At(row.entity, row.key, field) in self.gaps for row in sources(record))
            return self._opened(record, field) if any(filled) else None
        return number

    @override
    def day(self, record: Record, field: str) -> date | None:
        at = At(record.entity, record.key, field)
        if at not in self.gaps:
            return super().day(record, field)
        return dated(_FIRST_DAY if field == "start_on" else _LAST_DAY, at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a figure will be made of, and the blanks that it waits for."""

    number: Decimal
    gaps: frozenset[At]


class Working:
    """Computes figures of one scope again, so that they remember how they were made."""

    def __init__(self, scope: Scope) -> None:
        # a scope of its own: what its readings share must hold no number that forgot its cell
        self._scope = replace(scope, as_of=dated(scope.as_of, AS_OF))
        self.asked: set[At] = set()
        """Every cell that the last figure looked at."""

    def of(self, compute: Callable[[Scope, Reading], T]) -> T:
        """Return a figure: ``Kept`` when it was made of ledger cells, else as any other."""
        reading = KeepingReading(self._scope.params, self._scope.shared)
        found = compute(self._scope, reading)
        self.asked = reading.asked
        return found

    @property
    def open(self) -> frozenset[At]:
        """Return what choices would say that take no record today, of all figures so far."""
        return frozenset(self._scope.shared.open)

    def waiting(
        self,
        compute: Callable[[Scope, Reading], Decimal | None],
        missing: Iterable[Missing],
        can_be_filled: Callable[[At], bool],
    ) -> Waiting | None:
        """Return what a figure that is not known is made of once its blanks are filled in.

        None where they cannot be, where it would not be known even then, or for too many.
        """
        gaps = _fillable(missing, can_be_filled)
        while 0 < len(gaps) <= MOST_GAPS:
            shared = _Gaps(gaps)
            reading = FilledReading(self._scope.params, shared)
            number = compute(self._scope, reading)
            self.asked = reading.asked
            more = gaps | _fillable(reading.missing, can_be_filled)
            if more == gaps:
                return None if number is None else Waiting(number, gaps | shared.open)
            gaps = more
        return None


def _fillable(missing: Iterable[Missing], can_be_filled: Callable[[At], bool]) -> frozenset[At]:
    cells = (At(each.entity, each.key, each.field) for each in missing if each.key)
    return frozenset(at for at in cells if can_be_filled(at))
