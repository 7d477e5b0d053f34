# SPDX-License-Identifier: MIT
"""Keeps the steps of other copies behind what merges took: who entered it there, and when."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import groupby, islice

from sqlalchemy import Connection, select

from workbench.domain.reconciling.copies import Brought
from workbench.domain.records.changes import ChangeKind, RecordChange
from workbench.domain.tables.watching import Tick, unwatched
from workbench.storage.encoding import decode_changes, encode_changes
from workbench.storage.many_rows import insert_columns
from workbench.storage.tables import METADATA

STEP = METADATA.tables["brought_step"]
BROUGHT = METADATA.tables["brought_change"]
_AT_ONCE = 1000
"""How many changes are written between two reports, so that cancelling is heard soon."""


def store_brought(
    connection: Connection, operation: int, steps: Iterable[Brought], tick: Tick = unwatched
) -> None:
    """Keep the steps behind what one merge took; ``tick`` hears how many changes they hold."""
    done = 0
    for number, step in enumerate(steps):
        key = f"{operation:012d}-{number:09d}"  # in their order, also where two have one time
        connection.execute(STEP.insert().values(
            id=key, operation=operation, copy=step.copy, label=step.label,
            params=json.dumps(dict(step.params), ensure_ascii=False), actor=step.actor,
            at=step.at.astimezone(UTC).replace(tzinfo=None), reason=step.reason,
        ))  # fmt: skip
        changes, first = iter(step.changes), 0
        while part := list(islice(changes, _AT_ONCE)):
            tick(done)
            columns = {
                "step": key,
                "ordinal": list(range(first, first + len(part))),
                "entity": [change.entity for change in part],
                "key": [change.key for change in part],
                "kind": [change.kind.value for change in part],
                "fields": [encode_changes(change.fields) for change in part],
            }
            insert_columns(connection, BROUGHT, columns, len(part))
            first, done = first + len(part), done + len(part)


def read_brought(connection: Connection, entity: str, key: str) -> Iterator[tuple[int, Brought]]:
    """Yield kept steps with the number of their merge, newest first; of one record or of all."""
    query = (
        select(*STEP.c, *BROUGHT.c)
        .join(BROUGHT, BROUGHT.c.step == STEP.c.id)
        .order_by(STEP.c.operation.desc(), STEP.c.at.desc(), STEP.c.id.desc(), BROUGHT.c.ordinal)
    )
    if entity:
        query = query.where(BROUGHT.c.entity == entity, BROUGHT.c.key == key)
    width = len(STEP.c)
    rows = (tuple(row) for row in connection.execute(query))
    for step, of_step in groupby(rows, key=lambda row: row[:width]):
        changes = tuple(_change(*row[width + 2 :]) for row in of_step)
        _id, operation, copy, label, params, actor, at, reason = step
        yield (
            operation,
            Brought(
                copy, label, json.loads(params), actor, at.replace(tzinfo=UTC), reason, changes
            ),
        )


def _change(entity: str, key: str, kind: str, fields: str) -> RecordChange:
    return RecordChange(entity, key, ChangeKind(kind), decode_changes(fields))
