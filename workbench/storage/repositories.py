# SPDX-License-Identifier: MIT
"""Keeps the log and the files."""

import json
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from workbench.application.store_ports import Operation, OperationKind
from workbench.domain.reconciling.copies import Brought, Written
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.log_seal import LogSeal
from workbench.storage.brought import read_brought
from workbench.storage.creations import Cells, cells_of, creation, step_back, with_fields
from workbench.storage.encoding import decode_changes
from workbench.storage.reading import CHANGE, SqlRecords, in_parts
from workbench.storage.remade import remade
from workbench.storage.tables import METADATA
from workbench.storage.untouched import UntouchedFields

OPERATION = METADATA.tables["operation"]
_BLOCK = 500
"""How many changes of a large operation are in memory at a time."""


class SqlLog:
    """Reads the change log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recent(self, limit: int) -> Sequence[Operation]:
        """Return the newest operations, newest first."""
        query = select(OPERATION).order_by(OPERATION.c.sequence.desc()).limit(limit)
        return [_operation(row) for row in self._connection.execute(query)]

    def done(self, limit: int) -> Sequence[Operation]:
        """Return the newest operations that are no undo and no redo, newest first."""
        query = select(OPERATION).where(OPERATION.c.kind == OperationKind.DO)
        query = query.order_by(OPERATION.c.sequence.desc()).limit(limit)
        return [_operation(row) for row in self._connection.execute(query)]

    def changes(self, sequence: int) -> ChangeSet:
        """Return what an operation changed."""
        head = self._connection.execute(
            select(OPERATION).where(OPERATION.c.sequence == sequence)
        ).one()
        rows = self._connection.execute(
            select(CHANGE).where(CHANGE.c.operation == sequence).order_by(CHANGE.c.ordinal)
        )
        changes = [_change(*row[2:]) for row in rows]
        created: dict[str, set[str]] = {}
        for change in changes:
            if change.kind is ChangeKind.CREATED:
                created.setdefault(change.entity, set()).add(change.key)
        if created:
            held: dict[tuple[str, str], Cells] = {}
            later: list[RecordChange] = []
            for entity, keys in created.items():
                held |= self._held(entity, sequence)
                later += self._since(entity, keys, sequence)
            changes = list(with_fields(changes, held, later))
        return ChangeSet(
            head.label, tuple(changes), json.loads(head.params), head.reason, head.batch
        )

    def size(self, sequence: int) -> int:
        """Return how many changes of records an operation is made of."""
        last = self._connection.execute(
            select(func.max(CHANGE.c.ordinal)).where(CHANGE.c.operation == sequence)
        ).scalar()
        return 0 if last is None else int(last) + 1

    def named(self, sequence: int) -> Iterator[RecordChange]:
        """Yield what an operation changed, in order, without the fields."""
        columns = CHANGE.c
        query = (
            select(columns.entity, columns.key, columns.kind, columns.position)
            .where(columns.operation == sequence)
            .order_by(columns.ordinal)
        )
        for entity, key, kind, position in self._connection.execute(query):
            yield RecordChange(entity, key, ChangeKind(kind), (), position)

    def blocks(self, sequence: int, *, backwards: bool = False) -> Iterator[list[RecordChange]]:
        """Yield what an operation changed, block by block; records may be changed in between."""
        starts = range(0, self.size(sequence), _BLOCK)
        for start in reversed(starts) if backwards else starts:
            ordinal = CHANGE.c.ordinal
            rows = self._connection.execute(
                select(CHANGE)
                .where(CHANGE.c.operation == sequence, ordinal >= start, ordinal < start + _BLOCK)
                .order_by(ordinal)
            ).fetchall()
            block = self._whole([_change(*row[2:]) for row in rows], sequence)
            yield block[::-1] if backwards else block

    def _whole(self, changes: list[RecordChange], sequence: int) -> list[RecordChange]:
        """Give the creations of one block their fields."""
        created: dict[str, set[str]] = {}
        for change in changes:
            if change.kind is ChangeKind.CREATED:
                created.setdefault(change.entity, set()).add(change.key)
        held: dict[tuple[str, str], Record] = {}
        rows: list[Any] = []
        for entity, keys in created.items():
            records = SqlRecords(self._connection).some(entity, keys)
            held |= {(entity, key): record for key, record in records.items()}
            for part in in_parts(keys):
                rows += self._rows_since(entity, keys, sequence, part)
        if not rows:
            return [_untouched(change, held.get((change.entity, change.key))) for change in changes]
        if (whole := remade(changes, held, rows)) is not None:
            return whole
        later = [_change(*row[2:]) for row in rows]
        cells = {place: cells_of(record) for place, record in held.items()}
        return list(with_fields(changes, cells, later))

    def _held(self, entity: str, sequence: int) -> dict[tuple[str, str], Cells]:
        """Return what the records that an operation created hold now."""
        records = SqlRecords(self._connection).created(entity, sequence)
        return {(entity, record.key): cells_of(record) for record in records}

    def _since(self, entity: str, keys: Collection[str], sequence: int) -> Iterator[RecordChange]:
        """Yield the updates and deletions of records from an operation on, newest first."""
        return (_change(*row[2:]) for row in self._rows_since(entity, keys, sequence))

    def _rows_since(
        self, entity: str, keys: Collection[str], sequence: int, few: Sequence[str] = ()
    ) -> Iterator[Any]:
        """Yield the rows of the log that ``_since`` reads.

        ``few`` are keys that one statement can name, so that not every change is looked at.
        """
        query = select(*CHANGE.c).where(
            CHANGE.c.operation >= sequence,
            CHANGE.c.entity == entity,
            CHANGE.c.kind != ChangeKind.CREATED.value,
        )
        if few:
            query = query.where(CHANGE.c.key.in_(few))
        rows = self._connection.execute(
            query.order_by(CHANGE.c.operation.desc(), CHANGE.c.ordinal.desc())
        )
        return (row for row in rows if row.key in keys)

    def of_record(self, entity: str, key: str) -> Sequence[tuple[Operation, ChangeSet]]:
        """Return what happened to one record, newest first."""
        rows = self._connection.execute(
            select(CHANGE, *OPERATION.c)
            .join(OPERATION, OPERATION.c.sequence == CHANGE.c.operation)
            .where(CHANGE.c.entity == entity, CHANGE.c.key == key)
            .order_by(CHANGE.c.operation.desc(), CHANGE.c.ordinal.desc())
        )
        width = len(CHANGE.c)
        found = []
        record = SqlRecords(self._connection).get(entity, key)
        cells = {} if record is None else cells_of(record)
        for row in rows:
            change = _change(*row[2:width])
            if change.kind is ChangeKind.CREATED:
                change = creation(change, cells)
            step_back(cells, change)
            operation = _operation(row[width:])
            found.append((operation, ChangeSet(operation.label, (change,), operation.params)))
        return found

    def all(self) -> Sequence[Operation]:
        """Return every operation, oldest first."""
        query = select(OPERATION).order_by(OPERATION.c.sequence)
        return [_operation(row) for row in self._connection.execute(query)]

    def written(self, after: int) -> Iterator[tuple[int, Written]]:
        """Yield what the operations after a number wrote, oldest first, by the numbers."""
        columns = CHANGE.c
        query = (
            select(columns.operation, columns.entity, columns.key, columns.kind, columns.fields)
            .where(columns.operation > after)
            .order_by(columns.operation, columns.ordinal)
        )
        for sequence, entity, key, kind, fields in self._connection.execute(query):
            updated = kind == ChangeKind.UPDATED.value
            names = tuple(field[0] for field in json.loads(fields)) if updated else ()
            yield sequence, Written(entity, key, ChangeKind(kind), names)

    def count(self, after: int) -> int:
        """Return how many changes of records the operations after a number hold."""
        query = select(func.count()).select_from(CHANGE).where(CHANGE.c.operation > after)
        return self._connection.execute(query).scalar_one()

    def steps(
        self, after: int, places: Container[tuple[str, str]]
    ) -> Iterator[tuple[int, RecordChange]]:
        """Yield what operations after a number did to records, by entity and key, oldest first."""
        rows = self._connection.execute(
            select(*CHANGE.c)
            .where(CHANGE.c.operation > after)
            .order_by(CHANGE.c.operation, CHANGE.c.ordinal)
        )
        return (
            (row.operation, _change(*row[2:])) for row in rows if (row.entity, row.key) in places
        )

    def brought(self, entity: str = "", key: str = "") -> Iterator[tuple[int, Brought]]:
        """Yield the steps of other copies behind what merges took, of one record or all."""
        return read_brought(self._connection, entity, key)

    def deleted(self, entity: str) -> Iterator[tuple[Operation, RecordChange]]:
        """Yield every deletion of an entity's records, oldest first."""
        query = (
            select(CHANGE, *OPERATION.c)
            .join(OPERATION, OPERATION.c.sequence == CHANGE.c.operation)
            .where(CHANGE.c.entity == entity, CHANGE.c.kind == ChangeKind.DELETED.value)
            .order_by(CHANGE.c.operation, CHANGE.c.ordinal)
        )
        width = len(CHANGE.c)
        for row in self._connection.execute(query):
            yield _operation(row[width:]), _change(*row[2:width])

    def newest_of_each(self, until: datetime | None) -> Mapping[tuple[str, str], Operation]:
        """Return the newest operation on every record, up to a moment if one is given."""
        newest = (
            select(CHANGE.c.entity, CHANGE.c.key, func.max(CHANGE.c.operation).label("newest"))
            .join(OPERATION, OPERATION.c.sequence == CHANGE.c.operation)
            .group_by(CHANGE.c.entity, CHANGE.c.key)
        )
        if until is not None:
            newest = newest.where(OPERATION.c.at <= until)
        by_sequence = {each.sequence: each for each in self.all()}
        return {
            (entity, key): by_sequence[sequence]
            for entity, key, sequence in self._connection.execute(newest)
        }

    def contents_named(self, after: int) -> set[str]:
        """Return the kept contents that evidence and assessments named in later operations."""
        query = select(CHANGE.c.fields).where(
            CHANGE.c.operation > after, CHANGE.c.entity.in_(("evidence", "assessment"))
        )
        return {
            str(cell.value)
            for fields in self._connection.scalars(query)
            for item in decode_changes(fields)
            if item.field in ("sha256", "frozen")
            for cell in (item.old, item.new)
            if cell.value is not None
        }

    def of_batch(self, batch: str) -> Sequence[Operation]:
        """Return the operations of one import batch, oldest first."""
        query = select(OPERATION).where(OPERATION.c.batch == batch).order_by(OPERATION.c.sequence)
        return [_operation(row) for row in self._connection.execute(query)]

    def seal(self, sequence: int | None = None) -> LogSeal | None:
        """Return the newest seal, or that of a step; None when an older program wrote it."""
        seal, step = METADATA.tables["operation_seal"].c, OPERATION.c
        query = select(seal.digest, step.sequence, step.at).where(step.sequence == seal.operation)
        if sequence is not None:
            query = query.where(step.sequence == sequence)
        row = self._connection.execute(query.order_by(step.sequence.desc()).limit(1)).first()
        return None if row is None else LogSeal(row[0], row[1], row[2].replace(tzinfo=UTC))

    def mark_undone(self, sequence: int, undone: bool) -> None:
        """Remember that an operation was taken back, or done again."""
        self._connection.execute(
            update(OPERATION).where(OPERATION.c.sequence == sequence).values(undone=undone)
        )


def _untouched(change: RecordChange, record: Record | None) -> RecordChange:
    """Give a creation the fields of its record, which nothing has changed since."""
    if record is None or change.kind is not ChangeKind.CREATED:
        return change
    return replace(change, fields=UntouchedFields(record))


def _operation(row: Any) -> Operation:
    sequence, id_, kind, label, params, actor, at, reason, batch, undone, target = row
    return Operation(
        sequence, id_, kind, label, json.loads(params), actor, at.replace(tzinfo=UTC), reason,
        batch, undone, target,
    )  # fmt: skip


def _change(entity: str, key: str, kind: str, position: int | None, fields: str) -> RecordChange:
    return RecordChange(entity, key, ChangeKind(kind), decode_changes(fields), position)
