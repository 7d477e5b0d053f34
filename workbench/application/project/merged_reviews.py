# SPDX-License-Identifier: MIT
"""Takes a review away that a merge would leave on something the reviewer never saw."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.application.store_ports import UnitOfWork
from workbench.domain.checklist.state import ENTITY, ReviewStatus
from workbench.domain.records.changes import EMPTY_CELL, ChangeKind, FieldChange, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell
from workbench.domain.values import Value

_EVIDENCE = "evidence"
REVIEW = ("review", "submitted_by", "submitted_at", "reviewer", "reviewed_at", "review_note")
"""The fields that keep a review."""
_ABOUT = ("status", "reason")
"""What a review is about, beside the evidence."""
_Files = Mapping[str, frozenset[Value | None]]


def outdated_reviews(
    changes: Sequence[RecordChange], ours: UnitOfWork, theirs: UnitOfWork
) -> list[str]:
    """Return the keys of our checklist items whose review would be about something else."""
    items = {change.key: change for change in changes if change.entity == ENTITY}
    files = _files_changed(changes)
    keys = dict.fromkeys((*items, *files))
    if not keys:
        return []
    here, there = _files(ours, keys), _files(theirs, keys)
    found = []
    for key in keys:
        change = items.get(key)
        if change is not None and change.kind is ChangeKind.DELETED:
            continue
        mine, yours = ours.records.get(ENTITY, key), theirs.records.get(ENTITY, key)
        new = {} if change is None else {item.field: item.new.value for item in change.fields}
        taken = mine is None or any(name in new for name in REVIEW)
        seen, of = (yours, there) if taken else (mine, here)
        if _value(mine, new, "review") in (None, ReviewStatus.RETURNED.value):
            continue
        came, went = files.get(key, (frozenset(), frozenset()))
        about = tuple(_value(mine, new, name) for name in _ABOUT)
        left = (here.get(key, frozenset()) | came) - went
        if (about, left) != (_said(seen), of.get(key, frozenset())):
            found.append(key)
    return found


def without_reviews(
    changes: Iterable[RecordChange], keys: Sequence[str], ours: UnitOfWork
) -> Iterator[RecordChange]:
    """Yield the changes so that these items end without a review."""
    left = dict.fromkeys(keys)
    for change in changes:
        if change.entity != ENTITY or change.key not in left:
            yield change
            continue
        del left[change.key]
        kept = [item for item in change.fields if item.field not in REVIEW]
        yield replace(change, fields=(*kept, *_cleared(ours.records.get(ENTITY, change.key))))
    for key in left:
        yield RecordChange(
            ENTITY, key, ChangeKind.UPDATED, tuple(_cleared(ours.records.get(ENTITY, key)))
        )


def _cleared(record: Record | None) -> Iterator[FieldChange]:
    if record is None:
        return
    for name in REVIEW:
        if (old := cell(record, name)) != EMPTY_CELL:
            yield FieldChange(name, old, EMPTY_CELL)


def _files_changed(
    changes: Iterable[RecordChange],
) -> dict[str, tuple[frozenset[Value | None], frozenset[Value | None]]]:
    """Return the contents that come to items and go from them, by the item's key."""
    came: dict[str, set[Value | None]] = {}
    went: dict[str, set[Value | None]] = {}
    for change in changes:
        if change.entity != _EVIDENCE or change.kind is ChangeKind.UPDATED:
            continue
        new = change.kind is ChangeKind.CREATED
        said = {i.field: (i.new if new else i.old).value for i in change.fields}
        if said.get("owner_entity") == ENTITY:
            key = str(said.get("owner_key"))
            (came if new else went).setdefault(key, set()).add(said.get("sha256"))
    return {
        key: (frozenset(came.get(key, ())), frozenset(went.get(key, ()))) for key in {*came, *went}
    }


def _files(work: UnitOfWork, keys: Mapping[str, None]) -> _Files:
    """Return the contents that items rest on, by the item's key."""
    found: dict[str, set[Value | None]] = {}
    for record in work.records.each(_EVIDENCE):
        key = record.text("owner_key") or ""
        if key in keys and record.text("owner_entity") == ENTITY:
            found.setdefault(key, set()).add(record.text("sha256"))
    return {key: frozenset(digests) for key, digests in found.items()}


def _value(mine: Record | None, new: Mapping[str, Value | None], name: str) -> Value | None:
    if name in new:
        return new[name]
    return None if mine is None else mine.get(name)


def _said(record: Record | None) -> tuple[Value | None, ...]:
    return tuple(None if record is None else record.get(name) for name in _ABOUT)
