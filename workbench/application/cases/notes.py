# SPDX-License-Identifier: MIT
"""What a team says beside a case, shipped or own: notes, and why a contradiction may stand.

The case itself is not touched; each is a record of its own, logged and undoable.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workbench.application.cases.library import NOTE, WAIVER, CaseLibrary
from workbench.application.history import History
from workbench.application.ports import Clock
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.cases.contradictions import Contradiction, contradictions
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, RecordChange, creation
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import changed, deletion
from workbench.domain.values import Value


@dataclass(frozen=True, slots=True)
class CaseNote:
    """One note beside a case."""

    key: str
    case_id: str
    text: str
    author: str
    day: date | None


class CaseNotes:
    """Keeps notes and waivers beside the cases of the library."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        library: CaseLibrary,
        clock: Clock,
        author: Callable[[], str],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._library = library
        self._clock = clock
        self._author = author

    def notes(self, case_id: str = "") -> tuple[CaseNote, ...]:
        """Return the notes beside one case, or beside all, oldest first."""
        with self._unit_of_work() as work:
            rows = work.records.all(NOTE)
        return tuple(_note(row) for row in rows if case_id in ("", row.text("case")))

    def by_case(self) -> dict[str, list[str]]:
        """Return the words noted beside each case, oldest first."""
        found: dict[str, list[str]] = {}
        for note in self.notes():
            found.setdefault(note.case_id, []).append(note.text)
        return found

    def add(self, case_id: str, text: str) -> CaseNote:
        """Keep a note; RefusedError when it says nothing, UsageError for an unknown case."""
        self._library.find(case_id)
        words = _said(text, "case_notes.empty")
        values: dict[str, Value] = {
            "case": case_id, "text": words, "author": self._author(),
            "noted_on": self._clock.now().date(),
        }  # fmt: skip
        change = creation(NOTE, str(uuid.uuid4()), values)
        self._do("case_notes.add", case_id, change)
        return self._note(change.key)

    def change(self, key: str, text: str) -> None:
        """Say something else in a note."""
        record = self._record(key)
        change = changed(record, {"text": _said(text, "case_notes.empty")})
        if change is not None:
            self._do("case_notes.change", record.text("case") or "", change)

    def remove(self, key: str) -> None:
        """Delete a note."""
        record = self._record(key)
        self._do("case_notes.remove", record.text("case") or "", deletion(record))

    def waive(self, case_id: str, found: Contradiction, reason: str) -> None:
        """Let a contradiction stand; RefusedError without a reason."""
        words = _said(reason, "case_notes.no_reason")
        values: dict[str, Value] = {
            "case": case_id, "rule": found.code, "facts": found.facts, "reason": words,
            "author": self._author(), "waived_on": self._clock.now().date(),
        }  # fmt: skip
        stored = self._waiver(case_id, found)
        change = (
            creation(WAIVER, str(uuid.uuid4()), values)
            if stored is None
            else changed(stored, values)
        )
        if change is not None:
            self._do("case_notes.waive", case_id, change)

    def unwaive(self, case_id: str, found: Contradiction) -> None:
        """Take a waiver back; RefusedError when it stands in the case's own card."""
        stored = self._waiver(case_id, found)
        if stored is None:
            raise RefusedError("case_notes.no_waiver", code=case_id)
        self._do("case_notes.unwaive", case_id, deletion(stored))

    def contradiction(self, case_id: str, code: str, facts: tuple[str, ...] = ()) -> Contradiction:
        """Return a contradiction of a case by its code, and by its figures where there are more.

        UsageError when none or several are meant.
        """
        found = [c for c in contradictions(self._library.find(case_id)) if c.code == code]
        fitting = [c for c in found if facts in ((), c.facts)]
        if len(fitting) == 1:
            return fitting[0]
        all_of_them = contradictions(self._library.find(case_id))
        known = "；".join(f"{c.code} {','.join(c.facts)}" for c in all_of_them)
        raise UsageError("case_notes.which", code=case_id, rule=code, known=known or "—")

    def _waiver(self, case_id: str, found: Contradiction) -> Record | None:
        with self._unit_of_work() as work:
            rows = work.records.all(WAIVER)
        for row in rows:
            own = (row.text("case"), row.text("rule"), row.get("facts"))
            if own == (case_id, found.code, found.facts):
                return row
        return None

    def _record(self, key: str) -> Record:
        with self._unit_of_work() as work:
            record = work.records.get(NOTE, key)
        if record is None:
            raise UsageError("case_notes.no_note", key=key)
        return record

    def _note(self, key: str) -> CaseNote:
        return _note(self._record(key))

    def _do(self, label: str, case_id: str, change: RecordChange) -> None:
        self._history.do(ChangeSet(label, (change,), {"code": case_id}))


def _said(text: str, complaint: str) -> str:
    words = text.strip()
    if not words:
        raise RefusedError(complaint)
    return words


def _note(record: Record) -> CaseNote:
    return CaseNote(
        record.key,
        record.text("case") or "",
        record.text("text") or "",
        record.text("author") or "",
        record.day("noted_on"),
    )
