# SPDX-License-Identifier: MIT
"""Reads a project file from end to end and says what is wrong with it; nothing is changed."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from workbench.application.ports import Cancelled, Progress
from workbench.application.project.safekeeping import Trouble, Verification
from workbench.application.versions.final_guard import FINAL
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import ProjectError
from workbench.storage import log_check
from workbench.storage.engine import connect_to_read, is_closed
from workbench.storage.in_sight import in_sight
from workbench.storage.project_file import inspect, newest_schema

_UNREADABLE = (
    sqlite3.DatabaseError, DBAPIError, ValueError, LookupError, TypeError, ArithmeticError,
)  # fmt: skip
_PIECE = 1024 * 1024
_COMPLAINTS = 20
_INSTRUCTIONS = 100_000
"""How many steps of SQLite pass between two looks at whether the person wants to stop."""


@contextmanager
def reading(path: Path, progress: Progress) -> Iterator[sqlite3.Connection]:
    """Open a project for reading; a long statement stops with Cancelled when it is asked to."""
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            progress.step(0, 1)
        except Cancelled as stop:
            stopped.append(stop)
            return 1
        return 0

    opened = (
        connect_to_read(path)
        if is_closed(path)
        else sqlite3.connect(path, timeout=5, check_same_thread=False)
    )
    with closing(opened) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.set_progress_handler(look, _INSTRUCTIONS)
        try:
            yield connection
        except sqlite3.OperationalError:
            if stopped:
                raise stopped[0] from None
            raise


def check(path: Path, progress: Progress) -> Verification:
    """Read everything in a project; ProjectError for a file that is none of ours, or newer."""
    schema = inspect(path)
    try:
        with reading(path, progress) as connection:
            return _Check(path, schema, connection, progress).run()
    except _UNREADABLE as error:
        # A flipped bit may leave the pages sound and spoil a text, a number or a date in them.
        if "locked" in str(error):
            raise ProjectError("project.locked", path=str(path)) from error
        damage = Trouble("unreadable", {"detail": str(error)}, damage=True)
        ours = newest_schema()
        return Verification(str(path), schema, ours, {}, 0, 0, 0, 0, None, "", (damage,))


class _Check:
    """One reading of one project."""

    def __init__(
        self, path: Path, schema: int, connection: sqlite3.Connection, progress: Progress
    ) -> None:
        self._path = path
        self._schema = schema
        self._connection = connection
        self._progress = progress
        self._troubles: list[Trouble] = []
        self._sizes: dict[str, int] = {}
        self._bad: set[str] = set()
        self._used: set[str] = set()
        self._log = log_check.LogState()

    def run(self) -> Verification:
        """Look at the file, then at what is kept in it."""
        self._file()
        if any(trouble.damage for trouble in self._troubles):
            return self._verification({}, 0)
        names = {row[0] for row in self._rows("SELECT name FROM sqlite_master WHERE type='table'")}
        records = {
            entity.key: self._number(f'SELECT count(*) FROM "{entity.key}"')
            for entity in CATALOGUE
            if entity.key in names
        }
        self._contents(names)
        self._sources()
        self._evidence()
        frozen = self._assessments()
        self._troubles += log_check.sequence(self._connection)
        if self._schema == newest_schema():
            self._follow_log()
        return self._verification(records, frozen)

    def _follow_log(self) -> None:
        with log_check.opened(self._connection) as connection:
            self._troubles += log_check.chain(connection, self._log, self._progress)
            self._troubles += log_check.agreement(connection, self._log, self._progress)

    def _verification(self, records: Mapping[str, int], frozen: int) -> Verification:
        newest: tuple[str | None, str] = (None, "")
        operations = 0
        if records:
            operations = self._number("SELECT count(*) FROM operation")
            query = "SELECT at, actor FROM operation ORDER BY sequence DESC LIMIT 1"
            newest = next(self._rows(query), newest)
        at = datetime.fromisoformat(newest[0]).replace(tzinfo=UTC) if newest[0] else None
        return Verification(
            str(self._path), self._schema, newest_schema(), records, len(self._sizes),
            sum(self._sizes.values()), frozen, operations, at, newest[1], tuple(self._troubles),
            self._log.digest, self._log.unsealed_operations, self._log.unsealed_records,
            self._log.holding,
        )  # fmt: skip

    def _rows(self, query: str, *params: object) -> Iterator[tuple]:  # type: ignore[type-arg]  # any columns
        return iter(self._connection.execute(query, params))

    def _number(self, query: str) -> int:
        return int(next(self._rows(query))[0] or 0)

    def _file(self) -> None:
        """Check pages, indexes and references."""
        query = f"PRAGMA integrity_check({_COMPLAINTS})"
        lines = in_sight(lambda: list(self._rows(query)), self._progress, self._connection)
        for (line,) in lines:
            if line != "ok":
                self._troubles.append(Trouble("integrity", {"detail": line}, damage=True))
        if self._troubles:
            return  # references cannot be followed in a broken file
        broken: dict[tuple[str, str], int] = {}
        for table, _row, target, _key in self._rows("PRAGMA foreign_key_check"):
            broken[table, target] = broken.get((table, target), 0) + 1
        for (table, target), count in sorted(broken.items()):
            params = {"table": table, "target": target, "count": count}
            self._troubles.append(Trouble("reference", params))

    def _contents(self, names: set[str]) -> None:
        """Hash every kept content, a piece at a time."""
        tables = [name for name in ("blob", "blob_piece") if name in names]
        sums = (f"SELECT sum(length(content)) FROM {name}" for name in tables)
        total = sum(self._number(query) for query in sums)
        done = 0
        for name in tables:
            keys = f"SELECT DISTINCT sha256 FROM {name} ORDER BY sha256"
            for (sha256,) in list(self._rows(keys)):
                digest, size = hashlib.sha256(), 0
                pieces = self._whole(sha256) if name == "blob" else self._pieces(sha256)
                for piece in pieces:
                    digest.update(piece)
                    size += len(piece)
                    done += len(piece)
                    self._progress.step(done, total)
                self._sizes[sha256] = size
                if digest.hexdigest() != sha256:
                    self._bad.add(sha256)

    def _whole(self, sha256: str) -> Iterator[bytes]:
        (row,) = next(self._rows("SELECT rowid FROM blob WHERE sha256 = ?", sha256))
        with self._connection.blobopen("blob", "content", row, readonly=True) as stored:
            while piece := stored.read(_PIECE):
                yield piece

    def _pieces(self, sha256: str) -> Iterator[bytes]:
        """Yield the pieces in order; a gap ends them, and the hash tells."""
        query = "SELECT content FROM blob_piece WHERE sha256 = ? AND ordinal = ?"
        ordinal = 0
        while row := next(self._rows(query, sha256, ordinal), None):
            yield row[0]
            ordinal += 1

    def _state(self, sha256: str, size: int | None) -> str:
        """Return what is wrong with a content, "" if nothing is."""
        if sha256 not in self._sizes:
            return "missing"
        other = size is not None and size != self._sizes[sha256]
        return "altered" if sha256 in self._bad or other else ""

    def _sources(self) -> None:
        self._used |= self._check_rows("source", "SELECT name, sha256, size FROM source_file")

    def _evidence(self) -> None:
        self._used |= self._check_rows("evidence", "SELECT name, sha256, size FROM evidence")

    def _check_rows(self, kind: str, query: str) -> set[str]:
        used = set()
        for name, sha256, size in self._rows(query):
            used.add(sha256)
            if state := self._state(sha256, size):
                params = {"name": name, "sha256": sha256[:12]}
                self._troubles.append(Trouble(f"{kind}_{state}", params))
        return used

    def _assessments(self) -> int:
        """Compare every frozen assessment with its digest; return how many there are."""
        columns = {row[1] for row in self._rows("PRAGMA table_info(assessment)")}
        if "frozen" not in columns:
            self._leftovers()
            return 0
        query = "SELECT name, digest, frozen FROM assessment WHERE status = ?"
        rows = list(self._rows(query, FINAL))
        for name, digest, frozen in rows:
            self._used.add(frozen)
            state = self._state(frozen or "", None)
            if not state and self._unpacked(frozen) != digest:
                state = "altered"
            if state:
                params = {"name": name, "digest": (digest or "")[:12]}
                self._troubles.append(Trouble(f"frozen_{state}", params))
        self._leftovers()
        return len(rows)

    def _unpacked(self, sha256: str) -> str:
        """Return the SHA-256 of a compressed text, never holding it whole."""
        digest, packed = hashlib.sha256(), zlib.decompressobj()
        row = next(self._rows("SELECT 1 FROM blob WHERE sha256 = ?", sha256), None)
        try:
            for piece in self._whole(sha256) if row else self._pieces(sha256):
                rest = piece
                while rest:
                    digest.update(packed.decompress(rest, _PIECE))
                    rest = packed.unconsumed_tail
            digest.update(packed.flush())
        except zlib.error:
            return ""
        return digest.hexdigest()

    def _leftovers(self) -> None:
        """Name altered contents that nothing points at any more: undo may need them."""
        for sha256 in sorted(self._bad - self._used):
            self._troubles.append(Trouble("content_altered", {"sha256": sha256[:12]}))
