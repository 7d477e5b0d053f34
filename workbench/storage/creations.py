# SPDX-License-Identifier: MIT
"""What a record was created with, worked out from what it is now and what happened since.

The log does not repeat the values of a creation: they are in the record's own row, less later
updates, or in the log of the deletion that ended it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    FieldChange,
    RecordChange,
)  # fmt: skip
from workbench.domain.records.ledger import Record

Cells = dict[str, CellState]


def cells_of(record: Record) -> Cells:
    """Return what a record holds, field by field."""
    values, origins = record.values, record.origins
    names = [*values, *(name for name in origins if name not in values)]
    return {name: CellState(values.get(name), origins.get(name)) for name in names}


def step_back(cells: Cells, change: RecordChange) -> None:
    """Turn what a record held after a change into what it held before."""
    if change.kind is not ChangeKind.UPDATED:
        cells.clear()
    for item in change.fields:
        cells[item.field] = item.old


def creation(change: RecordChange, cells: Mapping[str, CellState]) -> RecordChange:
    """Give a creation the fields that the record held after it."""
    fields = (
        FieldChange(name, EMPTY_CELL, cell) for name, cell in cells.items() if cell != EMPTY_CELL
    )
    return replace(change, fields=tuple(fields))


def with_fields(
    changes: Sequence[RecordChange],
    held: Mapping[tuple[str, str], Cells],
    later: Iterable[RecordChange],
) -> tuple[RecordChange, ...]:
    """Give one operation's creations their fields.

    ``held`` is what the created records hold now; ``later`` what happened to them from that
    operation on, newest first.
    """
    cells = dict(held)
    for change in later:
        if change.kind is not ChangeKind.CREATED:
            step_back(cells.setdefault((change.entity, change.key), {}), change)
    return tuple(
        creation(change, cells.get((change.entity, change.key), {}))
        if change.kind is ChangeKind.CREATED
        else change
        for change in changes
    )
