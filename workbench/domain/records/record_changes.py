# SPDX-License-Identifier: MIT
"""Changes of whole records that can be taken back to the letter, origins included."""

from collections.abc import Mapping

from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    FieldChange,
    RecordChange,
    Values,
)
from workbench.domain.records.ledger import Record

Cells = Mapping[str, CellState]


def cell(record: Record, field: str) -> CellState:
    """Return what a record holds in a field."""
    return CellState(record.get(field), record.origins.get(field))


def changed(record: Record, values: Values) -> RecordChange | None:
    """Return the change to other values, whose origin is this operation; None if all agree."""
    return rewritten(record, {name: CellState(value) for name, value in values.items()
                              if record.get(name) != value})  # fmt: skip


def rewritten(record: Record, cells: Cells) -> RecordChange | None:
    """Return the change to other cells; None if all agree."""
    fields = tuple(
        FieldChange(name, cell(record, name), new)
        for name, new in cells.items()
        if cell(record, name) != new
    )
    return RecordChange(record.entity, record.key, ChangeKind.UPDATED, fields) if fields else None


def made(entity: str, key: str, cells: Cells) -> RecordChange:
    """Return the change that makes a record with these cells."""
    fields = tuple(
        FieldChange(name, EMPTY_CELL, new) for name, new in cells.items() if new != EMPTY_CELL
    )
    return RecordChange(entity, key, ChangeKind.CREATED, fields)


def deletion(record: Record) -> RecordChange:
    """Return the change that deletes a record and could bring it back."""
    names = record.values.keys() | record.origins.keys()
    fields = tuple(FieldChange(name, cell(record, name), EMPTY_CELL) for name in sorted(names))
    return RecordChange(record.entity, record.key, ChangeKind.DELETED, fields, record.position)
