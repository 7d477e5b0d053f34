# SPDX-License-Identifier: MIT
"""Checks that the change log is without gaps and says what the records hold."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, StaticPool, create_engine, select

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import Trouble
from workbench.application.store_ports import OperationKind
from workbench.domain.catalogue import CATALOGUE
from workbench.storage.derivation import ORIGINS, UNNAMED, Broken, follow
from workbench.storage.own_values import OWN
from workbench.storage.reading import CHANGE
from workbench.storage.repositories import OPERATION
from workbench.storage.sealing import (
    CREATION_SEAL,
    OPERATION_SEAL,
    SEALED,
    Seal,
    brought_rows,
    head_of,
    part_from,
)

_SHOWN = 20
"""How many records of one kind of trouble are named; the others are counted."""


@dataclass(slots=True)
class LogState:
    """What the seals of a log cover: the newest one, and what was written before there were any."""

    digest: str = ""
    holding: dict[str, int] = field(default_factory=dict)
    """The steps by their seals, up to the first one that is not what its seal says."""
    unsealed_operations: int = 0
    unsealed_records: int = 0


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


@contextmanager
def opened(stored: sqlite3.Connection) -> Iterator[Connection]:
    """Open a file that is only to be read: the project's own engine would write its settings."""
    engine = create_engine("sqlite://", creator=lambda: stored, poolclass=StaticPool)
    with engine.connect() as connection:
        yield connection


def agreement(connection: Connection, log: LogState, progress: Progress) -> Iterator[Trouble]:
    """Yield the records that do not follow from the log; ``log`` learns how many cannot be asked.

    Every value is followed back to the step that made it, whose seal knows what was made.
    """
    wrong = 0
    for entity in CATALOGUE:
        found = follow(connection, entity.key, lambda: progress.step(0, 1))
        log.unsealed_records += found.unsealed
        gone = (Broken(key) for key in _unlogged(connection, entity.key))
        for each in (*gone, *found.broken):
            wrong += 1
            if wrong <= _SHOWN:
                yield _altered(entity.key, each)
    if wrong > _SHOWN:
        yield Trouble("record_altered_more", {"count": wrong - _SHOWN})


def _altered(entity: str, broken: Broken) -> Trouble:
    params: dict[str, Any] = {
        "entity": entity,
        "key": broken.key,
        "record": broken.label or broken.key[:8],
    }
    fields = [name for name in broken.fields if name not in (*UNNAMED, ORIGINS, OWN)]
    if fields:
        return Trouble("field_altered", {**params, "field": fields[0], "fields": fields})
    code = "origin_altered" if ORIGINS in broken.fields else "record_altered"
    return Trouble(code, params)


def chain(connection: Connection, log: LogState, progress: Progress) -> Iterator[Trouble]:
    """Yield the operations that are not what their seals say; ``log`` learns the newest seal."""
    kept = connection.execute(select(*OPERATION_SEAL.c))
    seals: dict[int, str] = {row.operation: row.digest for row in kept}
    before, begun, holds = "", False, True
    rows = connection.execute(select(OPERATION).order_by(OPERATION.c.sequence))
    heads = [dict(row) for row in rows.mappings()]
    for head in heads:
        progress.step(0, 1)
        sealed = seals.get(head["sequence"])
        if sealed is None:
            log.unsealed_operations += 1
            if begun:
                yield Trouble("log_unsealed", _step(head))
            continue
        begun = True
        if _sealed_again(connection, before, head) != sealed:
            holds = False
            yield Trouble("log_altered", _step(head))
        if holds:
            log.holding[sealed] = head["sequence"]
        before = sealed
    log.digest = before
    yield from _taken_back(heads)


def _sealed_again(connection: Connection, before: str, head: Mapping[str, Any]) -> str:
    """Return the seal of an operation as it stands in the log now."""
    sequence = head["sequence"]
    seal = Seal(before, head_of(head))
    columns = [CHANGE.c[name] for name in SEALED]
    rows = select(*columns).where(CHANGE.c.operation == sequence).order_by(CHANGE.c.ordinal)
    seal.changes(connection.execute(rows))
    parts = select(*CREATION_SEAL.c).where(CREATION_SEAL.c.operation == sequence)
    for row in connection.execute(parts.order_by(CREATION_SEAL.c.first)):
        seal.part(part_from(row[1:]))
    for brought in brought_rows(connection, sequence):
        seal.brought(brought)
    return seal.digest()


def _taken_back(heads: Sequence[Mapping[str, Any]]) -> Iterator[Trouble]:
    """Yield the operations that say to be taken back and were not, or the reverse."""
    undone: dict[int, bool] = {}
    for head in heads:
        if head["kind"] != OperationKind.DO and head["target"] is not None:
            undone[head["target"]] = head["kind"] == OperationKind.UNDO
    for head in heads:
        done = head["kind"] == OperationKind.DO
        if done and bool(head["undone"]) != undone.get(head["sequence"], False):
            yield Trouble("log_undone", _step(head))


def _step(head: Mapping[str, Any]) -> dict[str, Any]:
    at = f"{head['at'].replace(tzinfo=UTC).astimezone():%Y-%m-%d %H:%M}"
    return {"sequence": head["sequence"], "actor": head["actor"], "at": at}


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
