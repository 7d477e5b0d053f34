# SPDX-License-Identifier: MIT
"""Checks that the change log is without gaps and says what the records hold."""

import sqlite3
from collections.abc import Iterator

from sqlalchemy import Connection, StaticPool, create_engine

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import Trouble
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.changes import ChangeKind
from workbench.domain.records.ledger import Record
from workbench.storage.encoding import decode_changes
from workbench.storage.reading import SqlRecords, in_parts

_SHOWN = 20
"""How many records of one kind of trouble are named; the others are counted."""


def sequence(connection: sqlite3.Connection) -> Iterator[Trouble]:
    """Yield what is wrong with the order of the log: numbers run 1, 2, 3 without gaps."""
    query = "SELECT count(*), max(sequence), min(sequence) FROM operation"
    count, last, first = connection.execute(query).fetchone()
    if count and (first != 1 or last != count):
        yield Trouble("log_gap", {"missing": last - count, "last": last})
    query = (
        "SELECT count(*) FROM operation WHERE NOT EXISTS"
        " (SELECT 1 FROM change WHERE change.operation = operation.sequence)"
    )
    (empty,) = connection.execute(query).fetchone()
    if empty:
        yield Trouble("log_empty", {"count": empty})


def agreement(stored: sqlite3.Connection, progress: Progress) -> Iterator[Trouble]:
    """Yield the records that are not what the last entry of the log says of them."""
    # The project's own engine would write its settings into the file that is only to be read.
    engine = create_engine("sqlite://", creator=lambda: stored, poolclass=StaticPool)
    with engine.connect() as connection:
        wrong = 0
        for entity in CATALOGUE:
            for key in _disagreeing(connection, entity.key, progress):
                wrong += 1
                if wrong <= _SHOWN:
                    yield Trouble("record_altered", {"entity": entity.key, "key": key})
        if wrong > _SHOWN:
            yield Trouble("record_altered_more", {"count": wrong - _SHOWN})


def _disagreeing(connection: Connection, entity: str, progress: Progress) -> Iterator[str]:
    """Yield the keys of an entity's records of which log and row say different things."""
    yield from _unlogged(connection, entity)
    query = (
        "SELECT key, kind, fields FROM change AS latest WHERE entity = ? AND kind <> ?"
        " AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.entity = latest.entity"
        " AND later.key = latest.key AND (later.operation, later.ordinal)"
        " > (latest.operation, latest.ordinal))"
    )
    last = {
        key: (kind, fields)
        for key, kind, fields in connection.exec_driver_sql(
            query, (entity, ChangeKind.CREATED.value)
        )
    }
    records = SqlRecords(connection)
    for part in in_parts(last):
        progress.step(0, 1)
        found = records.some(entity, part)
        for key in part:
            if _differs(found.get(key), *last[key]):
                yield key


def _differs(record: Record | None, kind: str, fields: str) -> bool:
    """Tell whether a record is not what its last entry left behind."""
    if record is None or kind == ChangeKind.DELETED.value:
        return (record is None) != (kind == ChangeKind.DELETED.value)
    return any(record.get(item.field) != item.new.value for item in decode_changes(fields))


def _unlogged(connection: Connection, entity: str) -> Iterator[str]:
    """Yield records without any entry, and created ones that went without one."""
    queries = (
        f'SELECT key FROM "{entity}" AS record WHERE NOT EXISTS'
        " (SELECT 1 FROM change WHERE change.entity = ? AND change.key = record.key)",
        "SELECT DISTINCT key FROM change AS made WHERE entity = ?"
        f' AND NOT EXISTS (SELECT 1 FROM "{entity}" AS record WHERE record.key = made.key)'
        " AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.entity = made.entity"
        " AND later.key = made.key AND later.kind = 'deleted')",
    )
    for query in queries:
        for (key,) in connection.exec_driver_sql(query, (entity,)):
            yield key
