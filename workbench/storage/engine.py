# SPDX-License-Identifier: MIT
"""The engine, with the SQLite settings that a project file needs."""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from workbench.application.ports import Cancelled
from workbench.domain.overriding import override

TRIAL = "workbench_trial"
"""Execution option of an engine whose writes are taken back."""
WRITING = "workbench_writing"
"""Execution option of a connection that is going to write."""

HURRIED = "workbench_hurried"
"""Execution option of a connection on whose end a person waits in front of a window."""

PATIENCE, FILE_PATIENCE = 15, 5
"""Seconds that a writer waits for another one to finish: on a server, and in a file."""
QUICK = 0.4
"""Seconds that a window may stand still for it."""
_WRITERS = 0x5041524B
"""The number of the lock of those who write; locks belong to one database."""

CACHE_KIB = {True: 65536, False: 2048}
"""Page cache while writing and while reading: keys are random, so a large import writes all over
the indexes; a reader goes through its rows once."""


def make_engine(url: str) -> Engine:
    """Return an engine; SQLite gets real transactions, foreign keys and WAL."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def is_closed(path: Path) -> bool:
    """Tell whether a project lies where nothing can be written, with no journal left to read.

    SQLite cannot keep its shared memory beside such a file; it is whole by itself, though.
    """
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a project file so that nothing can be written through the connection."""
    mode = "immutable=1" if is_closed(path) else "mode=ro"
    place = f"file:{quote(str(path))}?{mode}"
    connection = sqlite3.connect(place, uri=True, timeout=5, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    return connection


def make_reading_engine(path: Path) -> Engine:
    """Return an engine on a project file that nothing can be written through."""

    def connect() -> sqlite3.Connection:
        connection = connect_to_read(path)
        connection.isolation_level = None
        return connection

    engine = create_engine(f"sqlite:///{path}", creator=connect)
    event.listen(engine, "begin", _on_begin)
    return engine


class _Trial(sqlite3.Connection):
    """A connection that nothing written through outlives: its transactions are savepoints."""

    depth = 0

    def begin(self) -> None:
        """Begin a transaction within the one that is taken back."""
        if not self.in_transaction:
            self.execute("BEGIN")
        self.execute("SAVEPOINT trial")
        self.depth += 1

    @override
    def commit(self) -> None:
        if self.depth:
            self.depth -= 1
            self.execute("RELEASE trial")

    @override
    def rollback(self) -> None:
        if self.depth:
            self.execute("ROLLBACK TO trial")
            self.commit()


def make_trial_engine(path: Path) -> Engine:
    """Return an engine on a project file whose writes are all taken back when it is disposed of.

    It may be used by one thread; others can write to the file until it writes first.
    """
    kept: list[_Trial] = []

    def connect() -> sqlite3.Connection:
        place = f"file:{quote(str(path))}?mode=rw"
        connection = sqlite3.connect(place, uri=True, timeout=5, factory=_Trial)
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        kept.append(connection)
        return connection

    engine = create_engine(
        f"sqlite:///{path}", creator=connect, poolclass=StaticPool, pool_reset_on_return=None
    ).execution_options(**{TRIAL: True})
    event.listen(engine, "begin", lambda _connection: kept[0].begin())
    return engine


def compact(engine: Engine) -> bool:
    """Give the free room of a project file back to the disk; False when somebody else has it open.

    It needs as much room as the file for a moment; without it the free room is used again later.
    """
    if engine.dialect.name != "sqlite":
        return True  # the server does this by itself
    try:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is None:
                return False
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except (sqlite3.OperationalError, sqlite3.DatabaseError):
        return False
    return True


def close_for_good(engine: Engine) -> None:
    """Close every connection; later work is Cancelled instead of opening the project once more.

    A page's work may still wait for the worker, or be at it, when the project is closed. Did it
    keep the file or open it again, a restore would find the project in use, by this very program.
    """
    event.listen(engine, "do_connect", _refuse)
    # A pool that was left behind keeps what comes back to it until the garbage collector runs.
    event.listen(engine, "checkin", _close_returned)
    engine.dispose()


def wait_for_others(connection: Connection) -> None:
    """Let one writer at a time into a project on a server, as SQLite does by itself.

    Two that read the same value and then both wrote it would lose the first one's; and the seal of
    an operation rests on the one before it. Raises the driver's error after a while.
    """
    if connection.dialect.name == "postgresql":
        patience = QUICK if connection.get_execution_options().get(HURRIED) else PATIENCE
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{round(patience * 1000)}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")


def _refuse(*_arguments: Any) -> None:
    raise Cancelled


def _close_returned(_dbapi: Any, record: Any) -> None:
    record.invalidate()


def _on_connect(dbapi: Any, _record: Any) -> None:
    dbapi.isolation_level = None  # stop sqlite3 from guessing; _on_begin says BEGIN
    cursor = dbapi.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once with "locked" if somebody wrote
    # in between; taking the write lock at the start waits instead.
    writing = bool(connection.get_execution_options().get(WRITING, False))
    connection.exec_driver_sql(f"PRAGMA cache_size = {-CACHE_KIB[writing]}")
    patience = QUICK if connection.get_execution_options().get(HURRIED) else FILE_PATIENCE
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
