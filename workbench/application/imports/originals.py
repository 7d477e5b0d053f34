# SPDX-License-Identifier: MIT
"""The imported files as they came: kept by SHA-256, and written out again byte for byte."""

from collections.abc import Callable, Iterable, Sequence

from workbench.application.store_ports import SourceFile, UnitOfWork
from workbench.domain.findings import InputError, UsageError

WritePieces = Callable[[str, Iterable[bytes]], None]
_SHORTEST = 6


class Originals:
    """Lists the imported files and gives them back to whoever checks a value against them."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], write_pieces: WritePieces) -> None:
        self._unit_of_work = unit_of_work
        self._write_pieces = write_pieces

    def all(self) -> Sequence[SourceFile]:
        """Return the imported files in the order of their imports."""
        with self._unit_of_work() as work:
            return work.files.sources()

    def find(self, wanted: str) -> SourceFile:
        """Return a file by its id, its name, or the beginning of its SHA-256.

        Of files of one name the newest. UsageError when there is none.
        """
        rows = self.all()
        for row in reversed(rows):
            if wanted in (row.id, row.name):
                return row
        long_enough = len(wanted) >= _SHORTEST
        for row in rows:
            if long_enough and row.sha256.startswith(wanted):
                return row
        names = "；".join(dict.fromkeys(row.name for row in rows))
        raise UsageError("originals.unknown", name=wanted, known=names or "—")

    def write_copy(self, source: SourceFile, path: str) -> None:
        """Write a file as it was read, whole or not at all.

        InputError when its content is not in the project, ProjectError when it was altered,
        OutputError when the place is closed.
        """
        with self._unit_of_work() as work:
            pieces = work.files.pieces(source.sha256)
            if pieces is None:
                raise InputError("originals.missing", name=source.name)
            self._write_pieces(path, pieces)
