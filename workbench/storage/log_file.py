# SPDX-License-Identifier: MIT
"""Moves SQLite's write-ahead log into the project file outside the commit of a large import."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

_USUAL_PAGES = 1000
_TICK = 0.1


@contextmanager
def moved_home_later(connection: Connection) -> Iterator[None]:
    """Commit within this block without moving the log: the commit itself stays short."""
    driver = connection.connection.cursor()
    driver.execute("PRAGMA wal_autocheckpoint = 0")
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):
            connection.connection.cursor().execute(f"PRAGMA wal_autocheckpoint = {_USUAL_PAGES}")


def move_log_home(engine: Engine, waiting: Callable[[], None]) -> None:
    """Move the log into the file on a thread of its own; ``waiting`` is called until it is done.

    A log that cannot be moved now, because somebody reads, is moved by a later commit.
    """
    thread = threading.Thread(target=_checkpoint, args=(engine,), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_TICK)
        waiting()


def _checkpoint(engine: Engine) -> None:
    with suppress(SQLAlchemyError):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            raw.close()
