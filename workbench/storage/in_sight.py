# SPDX-License-Identifier: MIT
"""Runs one long call of SQLite or of the disk so that the person is told and may stop it."""

import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from workbench.application.ports import Cancelled, Progress

T = TypeVar("T")
_TICK = 0.1
_PIECE = 1024 * 1024


def in_sight(
    work: Callable[[], T], progress: Progress, connection: sqlite3.Connection | None = None
) -> T:
    """Return what ``work`` returns; it runs on a thread of its own.

    A statement that copies or checks large contents does not look up from them for many seconds.
    Cancelled interrupts the ``connection`` and waits for its end; errors of the work are raised.
    """
    done: list[T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_TICK)
            progress.step(0, 1)
    except Cancelled:
        while connection is not None and thread.is_alive():
            connection.interrupt()  # between two statements of one call there is nothing to stop
            thread.join(_TICK)
        thread.join()
        raise
    if failed:
        raise failed[0]
    return done[0]


def copy_file(source: Path, target: Path, progress: Progress) -> None:
    """Copy a file piece by piece and wait until it is on the disk."""
    size, done = source.stat().st_size, 0
    with source.open("rb") as given, target.open("wb") as taken:
        while piece := given.read(_PIECE):
            taken.write(piece)
            done += len(piece)
            progress.step(done, size)
    flush(target, progress)


def flush(path: Path, progress: Progress) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        in_sight(lambda: os.fsync(file.fileno()), progress)
