# SPDX-License-Identifier: MIT
"""Reviewing the checklist: hand in, accept, send back, and what is said about an item."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.application.checklist.records import state_change, stored_items
from workbench.application.checklist.ticking import Ticking
from workbench.application.history import History
from workbench.application.ports import Clock, NewUnitOfWork
from workbench.domain.changes import ChangeSet, RecordChange, creation
from workbench.domain.checklist import review
from workbench.domain.checklist.state import ItemState, Refusal, Review
from workbench.domain.findings import RefusedError
from workbench.domain.ledger import Record

COMMENT = "checklist_comment"
Judge = Callable[[ItemState, str, str], Review | Refusal]
"""Returns the review of a state by a person at a time, or why there can be none."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about an item; ``at`` is an ISO time with its zone."""

    item_id: str
    author: str
    at: str
    text: str


class Reviewing:
    """Moves items past the reviewer; every call is one named, undoable step."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        ticking: Ticking,
        clock: Clock,
        person: Callable[[], str],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._ticking = ticking
        self._clock = clock
        self._person = person

    def submit(self, assessment: Record, item_ids: Sequence[str]) -> int:
        """Hand items in for review; RefusedError names the first that is not ready."""
        return self._judge(assessment, item_ids, "reviewing.submit", review.submitted)

    def accept(self, assessment: Record, item_ids: Sequence[str], note: str = "") -> int:
        """Accept submitted items; RefusedError names the first that was not submitted."""

        def judge(state: ItemState, by: str, at: str) -> Review | Refusal:
            return review.accepted(state, by, at, note)

        return self._judge(assessment, item_ids, "reviewing.accept", judge)

    def send_back(self, assessment: Record, item_ids: Sequence[str], note: str) -> int:
        """Send submitted items back; RefusedError without a word why."""

        def judge(state: ItemState, by: str, at: str) -> Review | Refusal:
            return review.returned(state, by, at, note)

        return self._judge(assessment, item_ids, "reviewing.send_back", judge)

    def comment(self, assessment: Record, item_id: str, text: str) -> Comment:
        """Say something about an item; RefusedError for an empty comment."""
        self._ticking.item(assessment, item_id)
        if not text.strip():
            raise RefusedError("reviewing.empty_comment", item=item_id)
        said = Comment(item_id, self._person(), self._now(), text.strip())
        self._history.do(
            ChangeSet(
                "reviewing.comment", (comment_change(assessment.key, said),), {"item": item_id}
            )
        )
        return said

    def comments(self, assessment: Record, item_id: str = "") -> Sequence[Comment]:
        """Return what was said about an item, or about all of them, oldest first."""
        with self._unit_of_work() as work:
            found = [
                stored_comment(record)
                for record in work.records.all(COMMENT)
                if record.text("assessment") == assessment.key
            ]
        chosen = [said for said in found if not item_id or said.item_id == item_id]
        return sorted(chosen, key=lambda said: said.at)

    def _judge(self, assessment: Record, item_ids: Sequence[str], label: str, judge: Judge) -> int:
        sheet, by, at = self._ticking.sheet(assessment), self._person(), self._now()
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work)
        records: list[RecordChange] = []
        for item_id in item_ids:
            self._ticking.item(assessment, item_id)
            judged = judge(sheet.state(item_id), by, at)
            if isinstance(judged, Refusal):
                raise RefusedError(judged.text_key, **judged.params)
            record = stored[item_id]
            wanted = replace(sheet.state(item_id), review=judged)
            records += state_change(assessment.key, record.key, record, wanted)
        params = {"count": str(len(records)), "item": item_ids[0] if item_ids else ""}
        self._history.do(ChangeSet(label, tuple(records), params))
        return len(records)

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")


def stored_comment(record: Record) -> Comment:
    """Return the comment that a record keeps."""
    return Comment(*(record.text(name) or "" for name in ("item", "author", "at", "text")))


def comment_change(assessment_key: str, said: Comment) -> RecordChange:
    """Return the change that keeps a comment."""
    values = {
        "assessment": assessment_key,
        "item": said.item_id,
        "author": said.author,
        "at": said.at,
        "text": said.text,
    }
    return creation(COMMENT, str(uuid.uuid4()), values)
