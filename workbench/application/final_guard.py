# SPDX-License-Identifier: MIT
"""Refuses every change to a final assessment and to what belongs to it."""

from collections.abc import Iterable

from workbench.application.ports import UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.findings import RefusedError
from workbench.domain.ledger import Record

FINAL = "定稿"
ASSESSMENT = "assessment"
MOVING = "finalizing.move"
LASTING = frozenset({"finalizing.finalize", MOVING})
"""Operations that undo steps over: a final assessment is followed by a new version instead."""
_ATTACHED = {
    entity.key: field.key
    for entity in CATALOGUE
    for field in entity.references()
    if field.target == ASSESSMENT and entity.key != ASSESSMENT and not entity.ledger
}
"""The kinds of records that belong to an assessment, with the field that names it."""
_EVIDENCE = "evidence"
_WATCHED = frozenset({ASSESSMENT, _EVIDENCE, *_ATTACHED})


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
            owner = _owner(work, change)
            if owner is not None and (key := owner.text(_ATTACHED[owner.entity])):
                yield key
        else:
            yield from _named(work, change, _ATTACHED[change.entity])


def _named(work: UnitOfWork, change: RecordChange, reference: str) -> Iterable[str]:
    said = [f for f in change.fields if f.field == reference]
    for field in said:
        yield from (str(s.value) for s in (field.old, field.new) if s.value is not None)
    if not said and (record := work.records.get(change.entity, change.key)):
        yield record.text(reference) or ""


def _owner(work: UnitOfWork, change: RecordChange) -> Record | None:
    """Return the record that a piece of evidence belongs to, when that is one of an assessment."""
    said = {f.field: f.new.value or f.old.value for f in change.fields}
    record = work.records.get(_EVIDENCE, change.key)
    entity = said.get("owner_entity") or (record.text("owner_entity") if record else None)
    key = said.get("owner_key") or (record.text("owner_key") if record else None)
    if entity not in _ATTACHED or not isinstance(key, str):
        return None
    return work.records.get(str(entity), key)
