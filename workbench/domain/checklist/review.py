# SPDX-License-Identifier: MIT
"""The way of an item past its reviewer: submitted, accepted or sent back with a word why."""

from dataclasses import replace

from workbench.domain.checklist.state import ItemState, ItemStatus, Refusal, Review, ReviewStatus


def submitted(state: ItemState, by: str, at: str) -> Review | Refusal:
    """Return the review of an item handed in; only work that claims to be finished is handed in."""
    if state.standing in (ItemStatus.UNKNOWN, ItemStatus.OPEN):
        return Refusal("nothing_to_review", {"item": state.item_id})
    return Review(ReviewStatus.SUBMITTED, by, at)


def accepted(state: ItemState, by: str, at: str, note: str = "") -> Review | Refusal:
    """Return the review of an item found good; it must have been submitted."""
    return _judged(state, ReviewStatus.ACCEPTED, by, at, note)


def returned(state: ItemState, by: str, at: str, note: str) -> Review | Refusal:
    """Return the review of an item sent back; the owner must be told why."""
    if not note.strip():
        return Refusal("review_note_missing", {"item": state.item_id})
    return _judged(state, ReviewStatus.RETURNED, by, at, note)


def after_change(old: ItemState, new: ItemState) -> ItemState:
    """Return the new state without a review that was about something else."""
    if new.review is None or new.review.status is ReviewStatus.RETURNED:
        return new
    same = (old.status, old.reason, old.evidence_count)
    about = (new.status, new.reason, new.evidence_count)
    return new if same == about else replace(new, review=None)


def _judged(
    state: ItemState, status: ReviewStatus, by: str, at: str, note: str
) -> Review | Refusal:
    if state.review is None or state.review.status is not ReviewStatus.SUBMITTED:
        return Refusal("not_submitted", {"item": state.item_id})
    return replace(state.review, status=status, reviewer=by, reviewed_at=at, note=note.strip())
