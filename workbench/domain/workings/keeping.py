# SPDX-License-Identifier: MIT
"""Reads ledger cells as numbers and dates that remember where they stood."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.domain.explain import Missing
from workbench.domain.figures.reading import Reading, Shared
from workbench.domain.figures.scope import Scope
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import AS_OF, At, Condition, dated, either, given, of_cell

MOST_GAPS = 500
"""So many blanks of one figure are written out; a figure that lacks more stays as it is."""
_FILLED = Decimal(1)
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2190, 1, 1)


class KeepingReading(Reading):
    """A reading whose answers know their cells, also of what does not count today."""

    keeps = True

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        value = super().number(record, field)
        return None if value is None else of_cell(value, At(record.entity, record.key, field))

    @override
    def first_number(self, record: Record, *fields: str) -> Decimal | None:
        found: list[Decimal | At] = []
        for field in fields:
            value = self.number(record, field)
            found.append(At(record.entity, record.key, field) if value is None else value)
            if value is not None:
                break
        return either(*found)

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
        self._gaps = shared.gaps if isinstance(shared, _Gaps) else frozenset()

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        at = At(record.entity, record.key, field)
        return of_cell(_FILLED, at) if at in self._gaps else super().number(record, field)

    @override
    def day(self, record: Record, field: str) -> date | None:
        at = At(record.entity, record.key, field)
        if at not in self._gaps:
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

    def of(self, compute: Callable[[Scope, Reading], Decimal | None]) -> Decimal | None:
        """Return a figure: ``Kept`` when it was made of ledger cells, else as any other."""
        return compute(self._scope, KeepingReading(self._scope.params, self._scope.shared))

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
            reading = FilledReading(self._scope.params, _Gaps(gaps))
            number = compute(self._scope, reading)
            more = gaps | _fillable(reading.missing, can_be_filled)
            if more == gaps:
                return None if number is None else Waiting(number, gaps)
            gaps = more
        return None


def _fillable(missing: Iterable[Missing], can_be_filled: Callable[[At], bool]) -> frozenset[At]:
    cells = (At(each.entity, each.key, each.field) for each in missing if each.key)
    return frozenset(at for at in cells if can_be_filled(at))
