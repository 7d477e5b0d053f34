# SPDX-License-Identifier: MIT
"""A project's own editions of rules, parameters and standards, beside the shipped ones.

The shipped edition never changes. An own edition is checked as a whole before it is kept; one
that no longer holds (a field was renamed by a newer program) is left out, and said to be.
"""

import hashlib
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from workbench.application.history import History
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.checks.yardsticks import EDITION_LEFT_OUT
from workbench.domain.content import Content
from workbench.domain.findings import Finding, InputError, Level, RefusedError, UsageError
from workbench.domain.records.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    RecordChange,
    creation,
    update,
)
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

ENTITY = "content_file"
ReadContent = Callable[[Mapping[str, str]], Content]
"""Reads content in which some files are replaced; InputError names the file and the place."""


class EntryEditor(Protocol):
    """Changes single entries in the text of a file; InputError names the place of a mistake."""

    def changed(self, text: str, file: str, entry: str, values: Mapping[str, str]) -> str:
        """Return the text with some keys of an entry changed; an empty value takes one away."""
        ...

    def added(self, text: str, file: str, values: Mapping[str, str]) -> str:
        """Return the text with one more entry."""
        ...

    def removed(self, text: str, file: str, entry: str) -> str:
        """Return the text without an entry."""
        ...


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An own edition that does not hold and is not used, with the complaint."""

    file: str
    complaint: InputError


class ContentEditions:
    """Keeps a project's own editions and hands out the content that counts."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        shipped: Content,
        read_content: ReadContent,
        editable: Collection[str],
        editor: EntryEditor,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._shipped = shipped
        self._read = read_content
        self._editor = editor
        self.editable = tuple(editable)
        self._current: Content | None = None
        self._left_out: tuple[LeftOut, ...] = ()
        history.subscribe(self._follow, first=True)

    def current(self) -> Content:
        """Return the content that counts in this project."""
        if self._current is None:
            self._current, self._left_out = self._load()
        return self._current

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the own editions that do not hold; the shipped ones count in their place."""
        self.current()
        return self._left_out

    def findings(self) -> tuple[Finding, ...]:
        """Return a finding for each own edition that is left out."""
        return tuple(
            Finding(EDITION_LEFT_OUT, Level.ERROR, params=_place(left_out))
            for left_out in self.left_out()
        )

    def own(self) -> dict[str, Record]:
        """Return the own editions by file."""
        with self._unit_of_work() as work:
            return {record.text("file") or "": record for record in work.records.all(ENTITY)}

    def text(self, file: str) -> str:
        """Return the text of a file as it counts; UsageError naming the files there are."""
        self._check(file)
        record = self.own().get(file)
        return (record.text("body") if record else None) or self._shipped.texts[file]

    def keep(self, file: str, body: str, reason: str) -> None:
        """Keep an own edition of a file.

        InputError names the place of a mistake; RefusedError without a reason or without any
        difference. Nothing is written then.
        """
        self._check(file)
        if not reason.strip():
            raise RefusedError("content_editions.no_reason")
        own = self.own()
        bodies = {name: record.text("body") or "" for name, record in own.items()}
        self._read({**bodies, file: body})
        record = own.get(file)
        if body == (bodies.get(file) or self._shipped.texts[file]):
            raise RefusedError("content_editions.no_change", file=file)
        edition = int(record.number("edition") or 0) + 1 if record else 1
        values: dict[str, Value | None] = {
            "body": body,
            "edition": edition,
            "base": fingerprint(self._shipped.texts[file]),
            "reason": reason.strip(),
        }
        if record is None:
            change: RecordChange | None = creation(
                ENTITY, str(uuid.uuid4()), {"file": file, **values}
            )
        else:
            change = update(ENTITY, record.key, record.values, values)
        if change is not None:
            params = {"file": file, "reason": reason.strip()}
            self._history.do(ChangeSet("content_editions.keep", (change,), params))

    def change_entry(self, file: str, entry: str, values: Mapping[str, str], reason: str) -> None:
        """Change some keys of one entry, such as ``D1-1`` or ``deed_tax@安徽省``; see keep."""
        self.keep(file, self._editor.changed(self.text(file), file, entry, values), reason)

    def add_entry(self, file: str, values: Mapping[str, str], reason: str) -> None:
        """Add an entry, such as a parameter of another region; see keep."""
        self.keep(file, self._editor.added(self.text(file), file, values), reason)

    def remove_entry(self, file: str, entry: str, reason: str) -> None:
        """Take one entry away; see keep."""
        self.keep(file, self._editor.removed(self.text(file), file, entry), reason)

    def reset(self, file: str, reason: str) -> None:
        """Go back to the shipped edition; RefusedError when there is no own one, or no reason."""
        self._check(file)
        record = self.own().get(file)
        if record is None:
            raise RefusedError("content_editions.no_own", file=file)
        if not reason.strip():
            raise RefusedError("content_editions.no_reason")
        fields = tuple(
            FieldChange(name, CellState(value), EMPTY_CELL)
            for name, value in sorted(record.values.items())
        )
        change = RecordChange(ENTITY, record.key, ChangeKind.DELETED, fields, record.position)
        params = {"file": file, "reason": reason.strip()}
        self._history.do(ChangeSet("content_editions.reset", (change,), params))

    def _check(self, file: str) -> None:
        if file not in self.editable:
            raise UsageError(
                "content_editions.no_such_file", file=file, known=" ".join(self.editable)
            )

    def _load(self) -> tuple[Content, tuple[LeftOut, ...]]:
        bodies = {name: record.text("body") or "" for name, record in self.own().items()}
        bodies = {name: body for name, body in bodies.items() if name in self.editable}
        left_out: list[LeftOut] = []
        while bodies:
            try:
                return self._read(bodies), tuple(left_out)
            except InputError as error:
                file = str(error.params.get("file", ""))
                broken = file if file in bodies else next(iter(bodies))
                del bodies[broken]
                left_out.append(LeftOut(broken, error))
        return self._shipped, tuple(left_out)

    def _follow(self, changes: ChangeSet) -> None:
        if any(change.entity == ENTITY for change in changes.records):
            self._current = None


def _place(left_out: LeftOut) -> dict[str, str]:
    params = left_out.complaint.params
    entry, place = str(params.get("entry", "—")), str(params.get("field", "—"))
    return {"file": left_out.file, "entry": entry, "place": place}


def fingerprint(text: str) -> str:
    """Return a short hash that tells editions of a text apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
