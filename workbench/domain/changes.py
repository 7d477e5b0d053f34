# SPDX-License-Identifier: MIT
"""What one operation did: the record behind undo, the audit trail and screen refresh."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.domain.values import Origin, Value


class ChangeKind(StrEnum):
    """What happened to a record."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class CellState:
    """A cell at one moment: its normalized value (None = not known) and its origin."""

    value: Value | None = None
    origin: Origin | None = None


EMPTY_CELL = CellState()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, before and after."""

    field: str
    old: CellState
    new: CellState

    def inverted(self) -> "FieldChange":
        """Return the change that takes this one back."""
        return FieldChange(self.field, self.new, self.old)


_OPPOSITE = {
    ChangeKind.CREATED: ChangeKind.DELETED,
    ChangeKind.DELETED: ChangeKind.CREATED,
    ChangeKind.UPDATED: ChangeKind.UPDATED,
}


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What happened to one record; a creation or deletion carries every filled field."""

    entity: str
    key: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]
    position: int | None = None

    def inverted(self) -> "RecordChange":
        """Return the change that takes this one back."""
        return RecordChange(
            self.entity,
            self.key,
            _OPPOSITE[self.kind],
            tuple(change.inverted() for change in self.fields),
            self.position,
        )


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one operation changed; ``label`` is a text key, shown with its params."""

    label: str
    records: tuple[RecordChange, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    batch: str = ""

    def inverted(self) -> "ChangeSet":
        """Return the operation that takes this one back, children before parents."""
        return ChangeSet(
            self.label,
            tuple(change.inverted() for change in reversed(self.records)),
            self.params,
            self.reason,
            self.batch,
        )

    def touched(self) -> frozenset[tuple[str, str]]:
        """Return the (entity, key) pairs that changed."""
        return frozenset((change.entity, change.key) for change in self.records)
