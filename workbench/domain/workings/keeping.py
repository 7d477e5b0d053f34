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
from workbench.domain.workings.numbers import At, dated, of_cell


class KeepingReading(Reading):
    """A reading whose answers know their cells."""

    @override
    def number(self, record: Record, field: str) -> Decimal | None:
        value = super().number(record, field)
        return None if value is None else of_cell(value, At(record.entity, record.key, field))

    @override
    def day(self, record: Record, field: str) -> date | None:
        value = super().day(record, field)
        return None if value is None else dated(value, At(record.entity, record.key, field))

    @override
    def parameter(self, code: str) -> Decimal | None:
        value = super().parameter(code)
        return None if value is None else of_cell(value, At("", "", code))


class Working:
    """Computes figures of one scope again, so that they remember how they were made."""

    def __init__(self, scope: Scope) -> None:
        self._scope = replace(scope)  # what readings share must hold no number that forgot its cell

    def of(self, compute: Callable[[Scope, Reading], Decimal | None]) -> Decimal | None:
        """Return a figure: ``Kept`` when it was made of ledger cells, else as any other."""
        return compute(self._scope, KeepingReading(self._scope.params, self._scope.shared))
