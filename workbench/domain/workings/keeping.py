# SPDX-License-Identifier: MIT
"""Reads ledger cells as numbers and dates that remember where they stood."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import AS_OF, At, Condition, dated, given, of_cell


class KeepingReading(Reading):
    """A reading whose answers know their cells, also of what does not count today."""

    keeps = True

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        value = super().number(record, field)
        return None if value is None else of_cell(value, At(record.entity, record.key, field))

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


class Working:
    """Computes figures of one scope again, so that they remember how they were made."""

    def __init__(self, scope: Scope) -> None:
        # a scope of its own: what its readings share must hold no number that forgot its cell
        self._scope = replace(scope, as_of=dated(scope.as_of, AS_OF))

    def of(self, compute: Callable[[Scope, Reading], Decimal | None]) -> Decimal | None:
        """Return a figure: ``Kept`` when it was made of ledger cells, else as any other."""
        return compute(self._scope, KeepingReading(self._scope.params, self._scope.shared))
