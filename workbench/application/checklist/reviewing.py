# SPDX-License-Identifier: MIT
"""Reviewing the checklist: hand in, accept, send back, and what is said about an item."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.application.checklist.ticking import Ticking
from workbench.application.history import History
from workbench.application.ports import Clock
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.checklist import review
from workbench.domain.checklist.many import Outcome
from workbench.domain.checklist.state import ItemState, Refusal, Review
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation
from workbench.domain.records.ledger import Record

COMMENT = "checklist_comment"
Judge = Callable[[ItemState, str, str, str], Review | Refusal]
"""Returns the review of a state by a person at a time with a note, or why there can be none."""


class Verdict(StrEnum):
    """What is done with items on their way past the reviewer."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    SEND_BACK = "send_back"


def _submitted(state: ItemState, by: str, at: str, _note: str) -> Review | Refusal:
    return review.submitted(state, by, at)


_JUDGES: Mapping[Verdict, Judge] = {
    Verdict.SUBMIT: _submitted,
    Verdict.ACCEPT: review.accepted,
    Verdict.SEND_BACK: review.returned,
}


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
        return self._judge(assessment, item_ids, Verdict.SUBMIT)

    def accept(self, assessment: Record, item_ids: Sequence[str], note: str = "") -> int:
        """Accept submitted items; RefusedError names the first that was not submitted."""
        return self._judge(assessment, item_ids, Verdict.ACCEPT, note)

    def send_back(self, assessment: Record, item_ids: Sequence[str], note: str) -> int:
        """Send submitted items back; RefusedError without a word why."""
        return self._judge(assessment, item_ids, Verdict.SEND_BACK, note)

    def outcomes(
        self, assessment: Record, item_ids: Sequence[str], verdict: Verdict, note: str = ""
    ) -> tuple[Outcome, ...]:
        """Return what would become of items under a verdict; nothing is written."""
        by, at = self._person(), self._now()

        def change(state: ItemState) -> ItemState | Refusal:
            judged = _JUDGES[verdict](state, by, at, note)
            return judged if isinstance(judged, Refusal) else replace(state, review=judged)

        return self._ticking.outcomes(assessment, item_ids, change)

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

    def _judge(
        self, assessment: Record, item_ids: Sequence[str], verdict: Verdict, note: str = ""
    ) -> int:
        outcomes = self.outcomes(assessment, item_ids, verdict, note)
        params = {"item": item_ids[0] if item_ids else ""}
        return self._ticking.keep(assessment, outcomes, f"reviewing.{verdict}", params)

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
