# SPDX-License-Identifier: MIT
"""One entity's records as a table: columns from the field catalogue, edits through the services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from workbench.application.ledger.editing import CellEdit
from workbench.domain.fields import Entity, Field, FieldType, Need
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.records.subtotals import subtotal
from workbench.ui.context import UiContext
from workbench.ui.models.field_cells import RecordNames, cell_of, column_of, raw_of, stored_text
from workbench.ui.models.field_columns import (
    bound_key,
    column_edits,
    column_keys,
    column_sum,
    column_tokens,
    column_words,
    has_words,
    token_title,
)
from workbench.ui.models.group_cells import heading_cell, subtotal_cell
from workbench.ui.models.headed_block import ShownFields
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.models.search_texts import column_search_texts
from workbench.ui.widgets.grid.protocol import Cell, CellText, Group, PasteOutcome
from workbench.ui.widgets.grid.stats import ColumnSum

_MOST_FROZEN = 2
_FEWEST_SHOWN = 12


class RecordTable(LedgerTable):
    """The records of one entity, every field a column."""

    def __init__(self, context: UiContext, entity: Entity, parent: QObject) -> None:
        self.entity = entity
        frozen = frozen_fields(entity)
        self._fields = (*frozen, *(field for field in self.fields() if field not in frozen))
        columns = [
            replace(
                column_of(field, frozen=field in frozen, choices=self._names(context, field)),
                editable=field.key in entity,
            )
            for field in self._fields
        ]
        super().__init__(context, columns, parent)

    def fields(self) -> Sequence[Field]:
        """Return what the columns show."""
        return tuple(self.entity)

    def usual_columns(self) -> tuple[str, ...]:
        """Return the columns that are shown at first."""
        return default_columns(self.entity)

    def rows_for(self, field: Field, sources: Sequence[int]) -> list[Record]:
        """Return the records that hold a column's values."""
        return [self.records[source] for source in sources]

    @override
    def columns_ordered(self, order: Sequence[int]) -> None:
        self._fields = tuple(self._fields[at] for at in order)

    @override
    def make_row(self, source: int) -> tuple[Cell, ...]:
        record = self.records[source]
        of_cell = partial(self.problems.of_cell, record.entity, record.key)
        return tuple(
            cell_of(self.rows_for(field, (source,))[0], field, self.ledger, of_cell(field.key))
            for field in self._fields
        )

    @override
    def raw(self, source: int, column: int) -> object:
        field = self._fields[column]
        return raw_of(self.rows_for(field, (source,))[0], field, self.ledger)

    @override
    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        field = self._fields[column]
        return column_keys(self.rows_for(field, sources), field, self.ledger)

    @override
    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        field = self._fields[column]
        return column_tokens(self.rows_for(field, sources), field, self.ledger)

    @override
    def token_title(self, column: int, token: str) -> str:
        return token_title(self._fields[column], token)

    @override
    def word_columns(self) -> Sequence[int]:
        return [at for at, field in enumerate(self._fields) if has_words(field)]

    @override
    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        field = self._fields[column]
        return column_words(self.rows_for(field, sources), field, self.ledger)

    @override
    def search_texts(self, column: int, sources: Sequence[int]) -> list[str]:
        field = self._fields[column]
        return column_search_texts(self.rows_for(field, sources), field, self.ledger)

    @override
    def edits(self, column: int, sources: Sequence[int]) -> list[str]:
        field = self._fields[column]
        return column_edits(self.rows_for(field, sources), field, self.ledger)

    @override
    def summed(self, column: int, sources: Sequence[int]) -> ColumnSum:
        field = self._fields[column]
        return column_sum(self.rows_for(field, sources), field)

    @override
    def has_problem(self, source: int, column: int) -> bool:
        record, name = self.records[source], self._fields[column].key
        found = self.problems.of_record(record.entity, record.key)
        return any(finding.field == name for finding in found)

    @override
    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        return bound_key(self._fields[column], bound)

    @override
    def field_of(self, source: int, column: int) -> str | None:
        return self._fields[column].key

    @override
    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        edits, refused = {}, {}
        for source, column, text in cells:
            record, field = self.records[source], self._fields[column]
            if why := self.why_closed(source, column):
                refused[source, column] = why
                continue
            typed = stored_text(field, text)
            edits[source, column] = CellEdit(record.entity, record.key, field.key, typed)
        return self.store(edits, label, refused)

    @override
    def shown_fields(self, keys: Sequence[str]) -> ShownFields:
        fields = {field.key: field.key for field in self._fields}
        titles = {column.title: column.key for column in self.columns()}
        return ShownFields(self.ledger.catalogue, {self.entity.key: fields}, titles, keys)

    @override
    def group_row(self, group: Group) -> tuple[Cell, ...]:
        records = [self.records[source] for source in group.rows]
        cells = [subtotal_cell(subtotal(records, field), field) for field in self._fields]
        return (heading_cell(self, group), *cells[1:])

    @staticmethod
    def _names(context: UiContext, field: Field) -> Sequence[str]:
        if field.type is not FieldType.REF:
            return ()
        return RecordNames(partial(record_names, context, field.target))


def record_names(context: UiContext, entity: str) -> list[str]:
    """Return the labels of an entity's records, as a list of choices offers them."""
    return [record.label for record in context.services.querying.records(entity)]


def frozen_fields(entity: Entity) -> tuple[Field, ...]:
    """Return the one or two fields by which a person knows a record."""
    known_by = {*entity.label, *(entity.identity[0] if entity.identity else ())}
    named = [f for f in entity if f.key in known_by and f.type is not FieldType.REF]
    return tuple(named[:_MOST_FROZEN])


def default_columns(entity: Entity) -> tuple[str, ...]:
    """Return the columns shown at first: names, needed fields, then more until it is a table."""
    chosen = [field.key for field in frozen_fields(entity)]
    chosen += [f.key for f in entity if f.need is not Need.OPTIONAL and f.key not in chosen]
    rest = [f.key for f in entity if f.key not in chosen and not f.check_only]
    rest = rest[: max(_FEWEST_SHOWN - len(chosen), 0)]
    return (*chosen, *rest, *(f.key for f in entity if f.own and f.key not in rest))
