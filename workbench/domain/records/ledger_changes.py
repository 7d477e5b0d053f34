# SPDX-License-Identifier: MIT
"""What a ledger looks like after an operation, without reading it again."""

from collections.abc import Sequence

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.packing import PackedValues
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import ChangedOrigins


def changed_ledger(ledger: Ledger, changes: ChangeSet, tick: Tick = unwatched) -> Ledger:
    """Return the ledger as a fresh read would give it after the changes were written.

    Entities that the ledger does not hold are passed over; KeyError for an unknown record. ``tick``
    hears how many changes are done.
    """
    indexes: dict[str, dict[str, Record]] = {}
    whole: set[str] = set()
    moved: set[tuple[str, str]] = set()
    last: dict[str, int] = {}
    for change in watched(changes.records, tick):
        entity = change.entity
        if entity not in ledger.records:
            continue
        if entity not in indexes:
            indexes[entity] = dict(ledger.index(entity))
        index = indexes[entity]
        if change.kind is ChangeKind.UPDATED:
            index[change.key] = _updated(index[change.key], change)
            moved.update((entity, item.field) for item in change.fields)
            continue
        whole.add(entity)
        if change.kind is ChangeKind.CREATED:
            index[change.key] = _created(change, last, ledger)
        else:
            del index[change.key]
    moved |= {(entity, f.key) for entity in whole for f in CATALOGUE[entity].references()}
    rows = {
        entity: _in_order(index) if entity in whole else list(index.values())
        for entity, index in indexes.items()
    }
    still = {entity: index for entity, index in indexes.items() if entity not in whole}
    return ledger.with_rows(rows, moved, still)


def _created(change: RecordChange, last: dict[str, int], ledger: Ledger) -> Record:
    """Return a new record; without a place of its own it stands at the end of its entity."""
    position = change.position
    if position is None:
        before = last.get(change.entity)
        if before is None:
            before = max((record.position for record in ledger.all(change.entity)), default=0)
        position = last[change.entity] = before + 1
    blank = Record(change.entity, change.key, {}, position=position)
    return _written(blank, change, 1)


def _updated(record: Record, change: RecordChange) -> Record:
    return _written(record, change, record.version + 1)


def _written(record: Record, change: RecordChange, version: int) -> Record:
    new = {item.field: item.new.value for item in change.fields}
    if isinstance(record.values, PackedValues):
        values = record.values.changed(new)
    else:
        values = {n: v for n, v in {**record.values, **new}.items() if v is not None}
    origins = ChangedOrigins(record.origins, {c.field: c.new.origin for c in change.fields})
    return Record(record.entity, record.key, values, origins, version, record.position)


def _in_order(rows: dict[str, Record]) -> Sequence[Record]:
    return sorted(rows.values(), key=lambda record: (record.position, record.key))
