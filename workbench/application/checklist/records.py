# SPDX-License-Identifier: MIT
"""How the states of a checklist are kept as records of the project."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from workbench.application.store_ports import FileState, UnitOfWork
from workbench.domain.checklist.state import (
    ENTITY,
    ItemState,
    ItemStatus,
    Review,
    ReviewStatus,
    States,
)
from workbench.domain.records.changes import RecordChange, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

Evidence = Mapping[str, tuple[Record, ...]]
"""The evidence of each item that has any, oldest first."""


@dataclass(frozen=True)
class StoredItems:
    """What the project keeps of one checklist, by item; ``unsound`` are keys of evidence.

    ``sequence`` is the operation up to which it was read, None when that cannot be told.
    """

    records: Mapping[str, Record]
    evidence: Evidence
    unsound: Mapping[str, FileState]
    assessment: str
    sequence: int | None

    @cached_property
    def states(self) -> States:
        """Return how far each touched item has come."""
        return {
            item: item_state(record, self.evidence.get(item, ()), self.unsound)
            for item, record in self.records.items()
        }

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Return the SHA-256 of the content of each piece of evidence, by its key."""
        files = (file for each in self.evidence.values() for file in each)
        return {file.key: file.text("sha256") or "" for file in files}

    def with_unsound(self, work: UnitOfWork, altered: Collection[str]) -> "StoredItems":
        """Return the same with what is known of the contents now."""
        bad = dict.fromkeys(altered, FileState.ALTERED)
        bad |= dict.fromkeys(work.files.lacking(set(self.digests.values())), FileState.MISSING)
        found = {key: bad[digest] for key, digest in self.digests.items() if digest in bad}
        return self if found == self.unsound else replace(self, unsound=found)


def stored_items(assessment_key: str, work: UnitOfWork) -> dict[str, Record]:
    """Return the stored item states of an assessment by item id."""
    return {
        record.text("item") or "": record
        for record in work.records.each(ENTITY)
        if record.text("assessment") == assessment_key
    }


def item_states(assessment_key: str, work: UnitOfWork) -> States:
    """Return how far each touched item of an assessment has come."""
    return read_items(assessment_key, work).states


def read_items(
    assessment_key: str,
    work: UnitOfWork,
    altered: Collection[str] = (),
    known: StoredItems | None = None,
) -> StoredItems:
    """Return what is kept of a checklist; evidence is unsound when its content is gone.

    ``altered`` are the SHA-256 of contents that a reading found altered. What is ``known`` is
    read again only when the project's log has gone on since; contents are looked for every time.
    """
    sequence = next((operation.sequence for operation in work.log.recent(1)), None)
    asked = assessment_key, sequence
    if known and sequence is not None and (known.assessment, known.sequence) == asked:
        return known.with_unsound(work, altered)
    records = stored_items(assessment_key, work)
    items = {record.key: item for item, record in records.items()}
    evidence: dict[str, list[Record]] = {}
    for record in work.records.each("evidence") if items else ():
        item = items.get(record.text("owner_key") or "")
        if item is not None and record.text("owner_entity") == ENTITY:
            evidence.setdefault(item, []).append(record)
    told = {item: tuple(files) for item, files in evidence.items()}
    read = StoredItems(records, told, {}, assessment_key, sequence)
    return read.with_unsound(work, altered)


def item_state(
    record: Record, evidence: Collection[Record], unsound: Collection[str] = ()
) -> ItemState:
    """Return the state that a record keeps, with what is known of its evidence."""
    others, due = record.get("blocked_by"), record.get("due")
    return ItemState(
        record.text("item") or "",
        ItemStatus(record.text("status") or ItemStatus.UNKNOWN),
        len(evidence),
        record.text("reason") or "",
        record.text("owner") or "",
        due if isinstance(due, date) else None,
        record.text("note") or "",
        others if isinstance(others, tuple) else (),
        _review(record),
        sum(file.key in unsound for file in evidence),
    )


def _review(record: Record) -> Review | None:
    status = record.text("review")
    if status is None:
        return None
    names = ("submitted_by", "submitted_at", "reviewer", "reviewed_at", "review_note")
    return Review(ReviewStatus(status), *(record.text(name) or "" for name in names))


def item_values(state: ItemState) -> dict[str, Value | None]:
    """Return the fields that keep a state; None where there is nothing to keep."""
    review = state.review
    return {
        "status": state.status.value,
        "reason": state.reason or None,
        "owner": state.owner or None,
        "due": state.due,
        "note": state.note or None,
        "blocked_by": state.blocked_by or None,
        "review": review.status.value if review else None,
        "submitted_by": (review.submitted_by or None) if review else None,
        "submitted_at": (review.submitted_at or None) if review else None,
        "reviewer": (review.reviewer or None) if review else None,
        "reviewed_at": (review.reviewed_at or None) if review else None,
        "review_note": (review.note or None) if review else None,
    }


def state_change(
    assessment_key: str, key: str, stored: Record | None, wanted: ItemState
) -> list[RecordChange]:
    """Return the change that makes an item's record say this; nothing when it says so already."""
    new = item_values(wanted)
    if stored is None:
        return [creation(ENTITY, key, new | {"assessment": assessment_key, "item": wanted.item_id})]
    change = update(ENTITY, key, stored.values, new)
    return [change] if change else []
