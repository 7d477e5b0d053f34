# SPDX-License-Identifier: MIT
"""What a ledger looks like after an operation, without reading it again."""

from collections.abc import Sequence

from workbench.domain.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.ledger import Ledger, Record


def changed_ledger(ledger: Ledger, changes: ChangeSet) -> Ledger:
    """Return the ledger as a fresh read would give it after the changes were written.

    Entities that the ledger does not hold are passed over; KeyError for an unknown record.
    """
    rows: dict[str, dict[str, Record]] = {}
    last: dict[str, int] = {}
    for change in changes.records:
        entity = change.entity
        if entity not in ledger.records:
            continue
        if entity not in rows:
            rows[entity] = {record.key: record for record in ledger.all(entity)}
        match change.kind:
            case ChangeKind.CREATED:
                rows[entity][change.key] = _created(change, last, ledger)
            case ChangeKind.UPDATED:
                rows[entity][change.key] = _updated(rows[entity][change.key], change)
            case ChangeKind.DELETED:
                del rows[entity][change.key]
    return ledger.with_rows({entity: _in_order(found) for entity, found in rows.items()})


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
    values, origins = dict(record.values), dict(record.origins)
    for item in change.fields:
        if item.new.value is None:
            values.pop(item.field, None)
        else:
            values[item.field] = item.new.value
        if item.new.origin is None:
            origins.pop(item.field, None)
        else:
            origins[item.field] = item.new.origin
    return Record(record.entity, record.key, values, origins, version, record.position)


def _in_order(rows: dict[str, Record]) -> Sequence[Record]:
    return sorted(rows.values(), key=lambda record: (record.position, record.key))
