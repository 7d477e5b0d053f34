# SPDX-License-Identifier: MIT
"""Writes changes of many records by few statements, after the same conflict checks as for one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import CellState, FieldChange, RecordChange
from workbench.domain.records.ledger import Record
from workbench.storage.encoding import changed_origins
from workbench.storage.many_rows import delete_keys, update_columns
from workbench.storage.own_values import OWN, kept_value, table_columns, with_own
from workbench.storage.reading import SqlRecords, in_parts
from workbench.storage.repositories import SqlLog
from workbench.storage.tables import ENTITY_TABLES
from workbench.storage.untouched import UntouchedFields


class Updating:
    """Changes and deletes records of one transaction; the person and the time are its own."""

    def __init__(self, connection: Connection, actor: str, now: datetime) -> None:
        self._connection = connection
        self._actor = actor
        self._at = now.replace(tzinfo=None)

    def update(self, entity: str, changes: Iterable[RecordChange]) -> None:
        """Write new values; EditConflictError if an old value is not there."""
        for part in _each_record_once(changes):
            self._update(entity, part)

    def delete(self, entity: str, changes: Sequence[RecordChange]) -> None:
        """Delete records; EditConflictError if one holds anything else than was expected."""
        held = self._as_read(entity, changes)
        for change in changes:
            record = held.pop(change.key, None)
            if record is None:
                raise gone(change)
            if isinstance(change.fields, UntouchedFields) and change.fields.record is record:
                continue
            expected = {c.field: c.old.value for c in change.fields if c.old.value is not None}
            if dict(record.values) != expected:
                differing = sorted(
                    name
                    for name in expected.keys() | record.values.keys()
                    if expected.get(name) != record.get(name)
                )
                item = FieldChange(differing[0], CellState(expected.get(differing[0])), CellState())
                raise self._conflict(change, item)
        table = ENTITY_TABLES[entity]
        delete_keys(self._connection, table, [change.key for change in changes])

    def _as_read(self, entity: str, changes: Sequence[RecordChange]) -> dict[str, Record]:
        """Return what the records hold now; one of the version that was read holds that still."""
        read = {c.key: c.fields.record for c in changes if isinstance(c.fields, UntouchedFields)}
        table = ENTITY_TABLES[entity]
        same: dict[str, Record] = {}
        for part in in_parts(read):
            rows = self._connection.execute(
                select(table.c.key, table.c.version).where(table.c.key.in_(part))
            )
            same |= {key: read[key] for key, version in rows if version == read[key].version}
        others = [change.key for change in changes if change.key not in same]
        return same | SqlRecords(self._connection).some(entity, others)

    def _update(self, entity: str, changes: Sequence[RecordChange]) -> None:
        held = self._held(entity, changes)
        together: dict[tuple[str, ...], list[RecordChange]] = {}
        for change in changes:
            row = held.get(change.key)
            if row is None:
                raise gone(change)
            for item in change.fields:
                if kept_value(row, item.field) != item.old.value:
                    raise self._conflict(change, item)
            names = tuple(item.field for item in change.fields)
            together.setdefault(names, []).append(change)
        for names, alike in together.items():
            given = {
                name: [change.fields[at].new.value for change in alike]
                for at, name in enumerate(names)
            }
            columns: dict[str, Any] = with_own(given, len(alike))
            if OWN in columns:
                before = (held[change.key][OWN] or {} for change in alike)
                columns[OWN] = [old | new for old, new in zip(before, columns[OWN], strict=True)]
            columns["origins"] = [_origins(held[change.key]["origins"], change) for change in alike]
            columns["version"] = [held[change.key]["version"] + 1 for change in alike]
            columns |= {"updated_at": self._at, "updated_by": self._actor}
            keys = [change.key for change in alike]
            update_columns(self._connection, ENTITY_TABLES[entity], keys, columns)

    def _held(self, entity: str, changes: Sequence[RecordChange]) -> dict[str, Any]:
        """Return what the changed fields of each record hold now, by key."""
        table = ENTITY_TABLES[entity]
        names = dict.fromkeys(item.field for change in changes for item in change.fields)
        columns = [table.c[name] for name in ("key", "version", "origins", *table_columns(names))]
        found: dict[str, Any] = {}
        for part in in_parts([change.key for change in changes]):
            rows = self._connection.execute(select(*columns).where(table.c.key.in_(part)))
            found |= {row["key"]: row for row in rows.mappings()}
        return found

    def _conflict(self, change: RecordChange, item: FieldChange) -> EditConflictError:
        """Say which value stands in the way, who put it there and when: the person decides."""
        record = SqlRecords(self._connection).get(change.entity, change.key)
        if record is None:
            return gone(change)
        params = {
            "entity": change.entity,
            "key": change.key,
            "field": item.field,
            "record": record.label,
            "expected": item.old.value,
            "found": record.get(item.field),
        }
        for operation, done in SqlLog(self._connection).of_record(change.entity, change.key):
            if any(of.field == item.field for c in done.records for of in c.fields):
                at = operation.at.astimezone().strftime("%Y-%m-%d %H:%M")
                return EditConflictError("editing.conflict", **params, actor=operation.actor, at=at)
        return EditConflictError("editing.conflict_unknown", **params)


def gone(change: RecordChange) -> EditConflictError:
    """Say that a record is not there any more."""
    return EditConflictError("editing.gone", entity=change.entity, key=change.key)


def _each_record_once(changes: Iterable[RecordChange]) -> Iterator[list[RecordChange]]:
    """Yield the changes in order, cut where a record comes a second time."""
    part: list[RecordChange] = []
    keys: set[str] = set()
    for change in changes:
        if change.key in keys:
            yield part
            part, keys = [], set()
        part.append(change)
        keys.add(change.key)
    if part:
        yield part


def _origins(text: str | None, change: RecordChange) -> str | None:
    new = {item.field: item.new.origin for item in change.fields}
    if text is None and not any(new.values()):
        return None
    return changed_origins(text, new)
