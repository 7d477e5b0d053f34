# SPDX-License-Identifier: MIT
"""What one operation did: the record behind undo, the audit trail and screen refresh."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import overload

from workbench.domain.overriding import override
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


class KeptFields(Sequence[FieldChange]):
    """All fields of a creation or deletion, which a store works out when somebody asks."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: tuple[FieldChange, ...] | None = None

    @abstractmethod
    def inverted(self) -> "KeptFields":
        """Return the fields of the change that takes this one back."""

    @abstractmethod
    def worked_out(self) -> tuple[FieldChange, ...]:
        """Return the fields; asked for once."""

    @overload
    def __getitem__(self, at: int) -> FieldChange: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[FieldChange]: ...

    @override
    def __getitem__(self, at: int | slice) -> FieldChange | Sequence[FieldChange]:
        return self._fields()[at]

    @override
    def __len__(self) -> int:
        return len(self._fields())

    @override
    def __iter__(self) -> Iterator[FieldChange]:
        return iter(self._fields())

    def _fields(self) -> tuple[FieldChange, ...]:
        if self._made is None:
            self._made = self.worked_out()
        return self._made


def _inverted(fields: Sequence[FieldChange]) -> Sequence[FieldChange]:
    if isinstance(fields, KeptFields):
        return fields.inverted()
    return tuple(change.inverted() for change in fields)


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
    fields: Sequence[FieldChange]
    position: int | None = None

    def inverted(self) -> "RecordChange":
        """Return the change that takes this one back."""
        return RecordChange(
            self.entity,
            self.key,
            _OPPOSITE[self.kind],
            _inverted(self.fields),
            self.position,
        )


Values = Mapping[str, Value | None]


def creation(entity: str, key: str, values: Values) -> RecordChange:
    """Return the change that makes a record with these values; None leaves a field unknown."""
    fields = tuple(
        FieldChange(name, EMPTY_CELL, CellState(value))
        for name, value in values.items()
        if value is not None
    )
    return RecordChange(entity, key, ChangeKind.CREATED, fields)


def update(entity: str, key: str, old: Values, new: Values) -> RecordChange | None:
    """Return the change from old to new values of the fields in ``new``; None if all agree."""
    fields = tuple(
        FieldChange(name, CellState(old.get(name)), CellState(value))
        for name, value in new.items()
        if old.get(name) != value
    )
    return RecordChange(entity, key, ChangeKind.UPDATED, fields) if fields else None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one operation changed; ``label`` is a text key, shown with its params.

    After a large import ``whole`` is False: the new records are named without their fields.
    """

    label: str
    records: tuple[RecordChange, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    batch: str = ""
    whole: bool = True

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


@dataclass(frozen=True, slots=True)
class NewColumn:
    """One field of many new records: values, and what their origins have in common.

    ``origins`` holds the origins that are not simply the raw text in the column's unit, by row;
    a row without value and without such an origin says nothing about the field.
    """

    field: str
    values: Sequence[Value | None]
    raws: Sequence[str]
    unit: str | None
    letter: str
    origins: Mapping[int, Origin]


@dataclass(frozen=True, slots=True)
class NewRecords:
    """Many new records of one entity, column by column, from rows of one sheet."""

    entity: str
    keys: Sequence[str]
    source: str
    sheet: str
    rows: Sequence[int]
    columns: tuple[NewColumn, ...]

    def named(self) -> tuple[RecordChange, ...]:
        """Return the creations without their fields."""
        return tuple(RecordChange(self.entity, key, ChangeKind.CREATED, ()) for key in self.keys)
