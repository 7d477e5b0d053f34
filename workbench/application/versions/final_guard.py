# SPDX-License-Identifier: MIT
"""Refuses every change to a final assessment and to what belongs to it."""

from collections.abc import Callable, Iterable

from workbench.application.store_ports import UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeKind, ChangeSet, NewRecords, RecordChange
from workbench.domain.records.ledger import Record

FINAL = "定稿"
ASSESSMENT = "assessment"
MOVING = "finalizing.move"
MERGING_FINAL = "copies.merge_final"
CLEANING = "cleaning.clean"
LASTING = frozenset({"finalizing.finalize", MOVING, MERGING_FINAL, CLEANING})
"""Operations that undo steps over: a final assessment is followed by a new version instead, and
what was removed for good does not come back."""
_ATTACHED = {
    entity.key: field.key
    for entity in CATALOGUE
    for field in entity.references()
    if field.target == ASSESSMENT and entity.key != ASSESSMENT
}
"""The kinds of records that belong to an assessment, with the field that names it."""
_BASED = {
    entity: field.key
    for entity in _ATTACHED
    for field in CATALOGUE[entity].references()
    if field.target == entity
}
"""Kinds whose records may rest on another of the same kind, as a variant does on its base."""
_EVIDENCE = "evidence"
_WATCHED = frozenset({ASSESSMENT, _EVIDENCE, *_ATTACHED})


def names_assessment(entity: str) -> str | None:
    """Return the field by which records of a kind belong to an assessment, None where none does."""
    return _ATTACHED.get(entity)


def refuse_closed(work: UnitOfWork, changes: ChangeSet) -> None:
    """Raise RefusedError when a change touches a final assessment or what belongs to it."""
    watched = [change for change in changes.records if change.entity in _WATCHED]
    if not watched:
        return
    closed = {
        record.key: record
        for record in work.records.all(ASSESSMENT)
        if record.text("status") == FINAL
    }
    for change in watched:
        if change.entity == ASSESSMENT and _signs(change):
            raise RefusedError("finalizing.only_by_moving")
    if closed:
        for key in _touched(work, watched):
            if key in closed:
                raise RefusedError("finalizing.frozen", name=closed[key].label)


def refuse_closed_rows(work: UnitOfWork, rows: NewRecords) -> None:
    """Raise RefusedError when a new row of a file would belong to a final assessment."""
    reference = _ATTACHED.get(rows.entity)
    named = [column for column in rows.columns if column.field == reference]
    keys = {str(value) for column in named for value in column.values if value is not None}
    for record in work.records.some(ASSESSMENT, keys).values():
        if record.text("status") == FINAL:
            raise RefusedError("finalizing.frozen", name=record.label)


def assessments_of(record: Record, get: Callable[[str, str], Record | None]) -> frozenset[str]:
    """Return the keys of the assessments that a record is or belongs to."""
    if record.entity == ASSESSMENT:
        return frozenset({record.key})
    owner: Record | None = record
    if record.entity == _EVIDENCE:
        kind, key = record.text("owner_entity") or "", record.text("owner_key") or ""
        owner = get(kind, key) if kind in _ATTACHED else None
    found = set()
    seen: set[str] = set()
    while owner is not None and owner.entity in _ATTACHED and owner.key not in seen:
        seen.add(owner.key)
        found.add(owner.text(_ATTACHED[owner.entity]) or "")
        base = owner.text(_BASED.get(owner.entity, ""))
        owner = get(owner.entity, base) if base else None
    return frozenset(found - {""})


def _signs(change: RecordChange) -> bool:
    """Tell whether a change makes an assessment final without freezing it."""
    new = {field.field: field.new.value for field in change.fields}
    return new.get("status") == FINAL and not new.get("digest")


def _touched(work: UnitOfWork, changes: Iterable[RecordChange]) -> Iterable[str]:
    """Yield the keys of the assessments that changes touch."""
    for change in changes:
        if change.entity == ASSESSMENT:
            if change.kind is not ChangeKind.CREATED:
                yield change.key
        elif change.entity == _EVIDENCE:
            yield from _of_record(work, _owner(work, change))
        else:
            yield from _named(work, change)


def _named(work: UnitOfWork, change: RecordChange) -> Iterable[str]:
    """Yield the assessments that a record belongs to before and after a change."""
    yield from _of_record(work, work.records.get(change.entity, change.key))
    said = {field.field: (field.old.value, field.new.value) for field in change.fields}
    yield from (str(v) for v in said.get(_ATTACHED[change.entity], ()) if v is not None)
    for base in said.get(_BASED.get(change.entity, ""), ()):
        if base is not None:
            yield from _of_record(work, work.records.get(change.entity, str(base)))


def _of_record(work: UnitOfWork, record: Record | None) -> Iterable[str]:
    """Return the assessments that a record as it stands names, and those of what it rests on."""
    return () if record is None else assessments_of(record, work.records.get)


def _owner(work: UnitOfWork, change: RecordChange) -> Record | None:
    """Return the record that a piece of evidence belongs to, when that is one of an assessment."""
    said = {f.field: f.new.value or f.old.value for f in change.fields}
    record = work.records.get(_EVIDENCE, change.key)
    entity = said.get("owner_entity") or (record.text("owner_entity") if record else None)
    key = said.get("owner_key") or (record.text("owner_key") if record else None)
    if entity not in _ATTACHED or not isinstance(key, str):
        return None
    return work.records.get(str(entity), key)
