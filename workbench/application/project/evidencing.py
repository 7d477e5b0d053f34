# SPDX-License-Identifier: MIT
"""Evidence on records, fields and checklist items: files kept inside the project by content."""

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.application.history import History
from workbench.application.ports import Progress, Silent
from workbench.application.store_ports import FileState, NewUnitOfWork, OutsideFile, UnitOfWork
from workbench.application.versions.final_guard import refuse_closed
from workbench.domain.findings import InputError, ProjectError, RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange, Values, creation
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import changed, deletion

OpenFile = Callable[[str], OutsideFile]
"""Opens a file on disk; InputError when it cannot be read."""
WritePieces = Callable[[str, Iterable[bytes]], None]
"""Writes a file whole or not at all; OutputError when the place is closed."""

ENTITY = "evidence"
LARGEST = 50 * 1024 * 1024
_PASSES = 2
"""A file is read once for its name (the hash) and once to be kept."""


@dataclass(frozen=True, slots=True)
class Owner:
    """What a file is evidence of: a record, or one field of it."""

    entity: str
    key: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was looked at and is ready to be kept."""

    file: OutsideFile
    sha256: str


class _Bytes:
    """Reports bytes read, over all files and both passes."""

    def __init__(self, files: Sequence[OutsideFile], progress: Progress) -> None:
        self._total = _PASSES * sum(file.size for file in files)
        self._done = 0
        self._progress = progress

    def counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._done += len(piece)
            self._progress.step(min(self._done, self._total), self._total)
            yield piece


class Staging:
    """Files on their way into the project: hashed first, kept in the transaction of their owner."""

    def __init__(self, files: Sequence[OutsideFile], progress: Progress) -> None:
        self._bytes = _Bytes(files, progress)
        self.staged = [Staged(file, self._digest(file)) for file in files]

    def pass_over(self, known: Collection[tuple[str | None, str]]) -> None:
        """Leave out files of a content and a name that are known."""
        self.staged = [item for item in self.staged if (item.sha256, item.file.name) not in known]

    def keep(self, work: UnitOfWork) -> None:
        """Keep the files, each once per content."""
        for item in self.staged:
            work.files.keep(item.sha256, self._bytes.counted(item.file.pieces()))

    def records(self, owner: Owner, note: str = "", page: int | None = None) -> list[RecordChange]:
        """Return the records that say of what the files are evidence."""
        return [
            creation(ENTITY, str(uuid.uuid4()), {
                "name": item.file.name,
                "sha256": item.sha256,
                "size": item.file.size,
                "owner_entity": owner.entity,
                "owner_key": owner.key,
                "owner_field": owner.field or None,
                "note": note or None,
                "page": page,
            })
            for item in self.staged
        ]  # fmt: skip

    def _digest(self, file: OutsideFile) -> str:
        digest = hashlib.sha256()
        for piece in self._bytes.counted(file.pieces()):
            digest.update(piece)
        return digest.hexdigest()


class Evidencing:
    """Adds, describes, gives out and checks evidence."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        open_file: OpenFile,
        write_pieces: WritePieces,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._open_file = open_file
        self._write_pieces = write_pieces

    def stage(self, paths: Sequence[str], progress: Progress | None = None) -> Staging:
        """Look at files; InputError for one that is empty, too large or cannot be read."""
        files = [self._open_file(path) for path in paths]
        for file in files:
            if not file.size:
                raise InputError("ticking.evidence_empty", name=file.name)
            if file.size > LARGEST:
                limit = LARGEST // (1024 * 1024)
                raise InputError("ticking.evidence_too_large", name=file.name, limit=limit)
        return Staging(files, progress or Silent())

    def attach(
        self,
        owner: Owner,
        paths: Sequence[str],
        note: str = "",
        page: int | None = None,
        progress: Progress | None = None,
    ) -> Sequence[str]:
        """Keep files as evidence of a record or a field, as one step; return the new keys.

        What is evidence there already, the same content under the same name, is passed over;
        RefusedError when that is all. Takes time and memory by the size of the files, not of the
        project.
        """
        with self._unit_of_work() as work:
            record = work.records.get(owner.entity, owner.key)
        if record is None:
            raise RefusedError("editing.gone", entity=owner.entity, key=owner.key)
        staging = self.stage(paths, progress)
        known = {
            (row.text("sha256"), row.label)
            for row in self.of(owner.entity, owner.key, owner.field or None)
            if (row.text("owner_field") or "") == owner.field and row.get("page") == page
        }
        every = tuple(staging.records(owner, note, page))
        staging.pass_over(known)
        if not staging.staged and paths:
            with self._unit_of_work() as work:  # that nothing may be added is the weightier reason
                refuse_closed(work, ChangeSet("evidencing.attach", every))
            raise RefusedError("evidencing.already", name=Path(paths[0]).name)
        changes = tuple(staging.records(owner, note, page))
        params = {"entity": owner.entity, "name": record.label, "count": str(len(changes))}
        self._history.do(ChangeSet("evidencing.attach", changes, params), prepare=staging.keep)
        return [change.key for change in changes]

    def of(self, entity: str, key: str, field: str | None = None) -> Sequence[Record]:
        """Return the evidence of a record, oldest first; of one field, or of all and none."""
        with self._unit_of_work() as work:
            rows = work.records.all(ENTITY)
        return [
            row
            for row in rows
            if (row.text("owner_entity"), row.text("owner_key")) == (entity, key)
            and (field is None or (row.text("owner_field") or "") == field)
        ]

    def all(self) -> Sequence[Record]:
        """Return every piece of evidence of the project."""
        with self._unit_of_work() as work:
            return work.records.all(ENTITY)

    def describe(self, key: str, values: Values) -> bool:
        """Change note, page or field of a piece of evidence; tell whether anything changed."""
        record = self._record(key)
        change = changed(record, values)
        if change is None:
            return False
        params = {"name": record.label}
        self._history.do(ChangeSet("evidencing.describe", (change,), params))
        return True

    def detach(self, key: str) -> None:
        """Take a piece of evidence away; undo brings it back, its file is kept for that."""
        record = self._record(key)
        params = {"name": record.label}
        self._history.do(ChangeSet("evidencing.detach", (deletion(record),), params))

    def write_copy(self, evidence: Record, path: str, progress: Progress | None = None) -> None:
        """Write a copy of a file, whole or not at all.

        InputError when it is missing from the project, ProjectError when it was altered,
        OutputError when the place is closed.
        """
        with self._unit_of_work() as work:
            pieces = work.files.pieces(evidence.text("sha256") or "")
            if pieces is None:
                raise InputError("ticking.evidence_missing", name=evidence.label)
            try:
                self._write_pieces(path, _reported(pieces, evidence, progress or Silent()))
            except ProjectError as error:
                if error.code != "project.file_altered":
                    raise
                raise ProjectError("ticking.evidence_altered", name=evidence.label) from error

    def content(self, evidence: Record) -> bytes:
        """Return a whole file, for a picture of it; errors as ``write_copy``."""
        with self._unit_of_work() as work:
            content = work.files.get(evidence.text("sha256") or "")
        if content is None:
            raise InputError("ticking.evidence_missing", name=evidence.label)
        return content

    def missing(self, evidence: Sequence[Record]) -> frozenset[str]:
        """Return the keys of those whose content is not in the project; no content is read."""
        with self._unit_of_work() as work:
            return frozenset(
                row.key for row in evidence if not work.files.holds(row.text("sha256") or "")
            )

    def check(
        self, evidence: Sequence[Record], progress: Progress | None = None
    ) -> dict[str, FileState]:
        """Read files from end to end; return by record key whether each is whole."""
        report = progress or Silent()
        found: dict[str, FileState] = {}
        states: dict[str, FileState] = {}
        with self._unit_of_work() as work:
            for done, record in enumerate(evidence, start=1):
                sha256 = record.text("sha256") or ""
                if sha256 not in states:
                    states[sha256] = work.files.state(sha256)
                found[record.key] = states[sha256]
                report.step(done, len(evidence))
        return found

    def _record(self, key: str) -> Record:
        with self._unit_of_work() as work:
            record = work.records.get(ENTITY, key)
        if record is None:
            raise RefusedError("editing.gone", entity=ENTITY, key=key)
        return record


def _reported(pieces: Iterable[bytes], evidence: Record, progress: Progress) -> Iterator[bytes]:
    total, done = int(evidence.number("size") or 0), 0
    for piece in pieces:
        yield piece
        done += len(piece)
        progress.step(min(done, total), total)
