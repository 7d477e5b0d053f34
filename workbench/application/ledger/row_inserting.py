# SPDX-License-Identifier: MIT
"""Blank rows of a table, put where a person wants them, as one undoable step."""

import secrets
import uuid
from collections.abc import Mapping

from workbench.application.history import History
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
)
from workbench.domain.records.changes import RecordChange as Change
from workbench.domain.records.ledger import Record

_PARENTS = frozenset({"park", "parcel", "building"})


class RowInserting:
    """Adds rows that hold nothing but their place: the park, the parcel, the building."""

    def __init__(self, history: History) -> None:
        self._history = history

    def insert(self, entity: str, count: int, before: Record | None, park: str = "") -> list[str]:
        """Add rows above a record, or at the end without one; return their keys in order.

        They belong where that record belongs: to its park, parcel and building.
        """
        values = _place(entity, before, park)
        keys = _keys(count, before)
        position = None if before is None else before.position
        fields = tuple(FieldChange(n, EMPTY_CELL, CellState(v)) for n, v in values.items())
        changes = tuple(Change(entity, key, ChangeKind.CREATED, fields, position) for key in keys)
        params = {"entity": entity, "count": str(count)}
        self._history.do(ChangeSet("editing.insert_rows", changes, params))
        return keys


def _place(entity: str, before: Record | None, park: str) -> Mapping[str, str]:
    values = {"park": park} if park and "park" in CATALOGUE[entity] else {}
    if before is not None:
        for field in CATALOGUE[entity].references():
            if field.key in _PARENTS and (value := before.text(field.key)) is not None:
                values[field.key] = value
    return values


def _keys(count: int, before: Record | None) -> list[str]:
    """Return new keys in order; those above a record share its position and sort before its key."""
    below = _number(before)
    if below is None:
        return sorted(str(uuid.uuid4()) for _ in range(count))
    return sorted(str(uuid.UUID(int=secrets.randbelow(below))) for _ in range(count))


def _number(record: Record | None) -> int | None:
    """Return a record's key as a number, None for none that has smaller ones."""
    try:
        return (uuid.UUID(record.key).int or None) if record is not None else None
    except ValueError:
        return None
