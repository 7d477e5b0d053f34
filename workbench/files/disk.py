# SPDX-License-Identifier: MIT
"""Reads and writes files that a person names."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from workbench.domain.findings import InputError, OutputError
from workbench.locations import as_place, as_target, holds_project
from workbench.whole_files import whole_file


def read_file(path: str) -> tuple[str, bytes]:
    """Return a file's name and content; InputError when it cannot be read."""
    place = as_place(path)
    with _readable(place):
        return place.name, place.read_bytes()


class DiskFile:
    """A file of a person, read in pieces of 1 MiB so that none is ever held whole."""

    PIECE = 1024 * 1024

    def __init__(self, path: str) -> None:
        """Look at a file; InputError when there is none, or it is a folder."""
        self._place = as_place(path)
        with _readable(self._place):
            status = self._place.stat()
        if self._place.is_dir():
            raise InputError("files.is_folder", path=str(self._place))
        self.name = self._place.name
        self.size = status.st_size

    def pieces(self) -> Iterator[bytes]:
        """Yield the content; InputError when it cannot be read."""
        with _readable(self._place), self._place.open("rb") as file:
            while piece := file.read(self.PIECE):
                yield piece


def digest_of(path: str, sizes: Collection[int]) -> str | None:
    """Return the SHA-256 of the file at a path, None without one, or one of another size."""
    place = as_place(path)
    try:
        if not place.is_file() or place.stat().st_size not in sizes:
            return None
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # who writes there is told why it cannot be
        return None


@contextmanager
def _readable(place: Path) -> Iterator[None]:
    """Say in words why a file cannot be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise InputError("files.missing", path=str(place)) from error
    except IsADirectoryError as error:
        raise InputError("files.is_folder", path=str(place)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError("files.cannot_read", path=str(place), reason=reason) from error


def decoded(content: bytes, name: str) -> str:
    """Return UTF-8 text; InputError for another encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("files.not_utf8", name=name, at=error.start) from error


def place_of(path: str) -> Path:
    """Return the place of a file to be written; OutputError when a project or device lies there."""
    target = as_target(path)
    if holds_project(target):
        raise OutputError("project.written_over", path=str(target))
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OutputError("project.no_file", path=str(target))
    return target


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """Yield where a file is written until it is whole; OutputError when the place is closed."""
    try:
        with whole_file(target) as unfinished:
            yield unfinished
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error


def write_text(path: str, text: str) -> None:
    """Write a text file, whole or not at all; OutputError when the place is closed."""
    target = place_of(path)
    with written(target) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


def write_pieces(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece, whole or not at all; OutputError when the place is closed."""
    target = place_of(path)
    with written(target) as unfinished, unfinished.open("wb") as file:
        for piece in pieces:
            file.write(piece)
