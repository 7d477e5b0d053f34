# SPDX-License-Identifier: MIT
"""How the states of a checklist are kept as records of the project."""

from collections import Counter
from datetime import date

from workbench.application.ports import UnitOfWork
from workbench.domain.changes import RecordChange, creation, update
from workbench.domain.checklist.state import (
    ENTITY,
    ItemState,
    ItemStatus,
    Review,
    ReviewStatus,
    States,
)
from workbench.domain.ledger import Record
from workbench.domain.values import Value


def stored_items(assessment_key: str, work: UnitOfWork) -> dict[str, Record]:
    """Return the stored item states of an assessment by item id."""
    return {
        record.text("item") or "": record
        for record in work.records.all(ENTITY)
        if record.text("assessment") == assessment_key
    }


def item_states(assessment_key: str, work: UnitOfWork) -> States:
    """Return how far each touched item of an assessment has come."""
    counts = Counter(
        record.text("owner_key")
        for record in work.records.all("evidence")
        if record.text("owner_entity") == ENTITY
    )
    return {
        item: item_state(record, counts[record.key])
        for item, record in stored_items(assessment_key, work).items()
    }


def item_state(record: Record, evidence_count: int) -> ItemState:
    """Return the state that a record keeps."""
    others, due = record.get("blocked_by"), record.get("due")
    return ItemState(
        record.text("item") or "",
        ItemStatus(record.text("status") or ItemStatus.UNKNOWN),
        evidence_count,
        record.text("reason") or "",
        record.text("owner") or "",
        due if isinstance(due, date) else None,
        record.text("note") or "",
        others if isinstance(others, tuple) else (),
        _review(record),
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
