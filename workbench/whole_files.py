# SPDX-License-Identifier: MIT
"""Writes a file whole or not at all: beside its place first, then in its place."""

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OURS, _ABANDONED = re.compile(r"\.~[0-9a-f]{8}(?:\.\w{1,10})?"), 3600
"""A file on its way, and after how many seconds nobody is writing it any more."""
_ENDING = re.compile(r"\.\w{1,10}")
_WAITS = (0.05, 0.2, 0.5)
"""Seconds: on Windows whatever looks for viruses holds a new file for a moment."""


@contextmanager
def whole_file(place: Path) -> Iterator[Path]:
    """Yield a path beside a place; what is written there takes its place, or goes when that fails.

    A file that is replaced leaves its permissions to the new one. OSError as the system says it.
    """
    _sweep(place.parent)
    ending = place.suffix if _ENDING.fullmatch(place.suffix) else ""
    unfinished = place.with_name(f".~{secrets.token_hex(4)}{ending}")
    try:
        yield unfinished
        _keep(unfinished)
        with suppress(OSError):
            unfinished.chmod(place.stat().st_mode & 0o777)
        _move(unfinished, place)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what a writer left that was killed or lost its power: nobody else names files so."""
    with suppress(OSError):
        for left in folder.glob(".~*"):
            if _OURS.fullmatch(left.name) and time.time() - left.stat().st_mtime > _ABANDONED:
                left.unlink()


def _keep(file: Path) -> None:
    """Wait until a file is on the disk: a share or a quota may tell only then that it is full."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move(unfinished: Path, place: Path) -> None:
    for wait in _WAITS:
        try:
            os.replace(unfinished, place)  # noqa: PTH105 - the atomic rename on every system
        except PermissionError:
            time.sleep(wait)
        else:
            return
    os.replace(unfinished, place)  # noqa: PTH105 - the atomic rename on every system
