# SPDX-License-Identifier: MIT
"""A closed project is held by nobody, whatever was at work when it closed."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from workbench.application.ports import Cancelled
from workbench.storage.engine import close_for_good, make_engine


def test_work_that_was_reading_lets_go_of_the_file_and_later_work_is_cancelled(tmp_path):
    path = tmp_path / "园区.park"
    engine = make_engine(f"sqlite:///{path}")
    with engine.begin() as writing:
        writing.execute(text("CREATE TABLE park (name TEXT)"))
    left_behind = engine.pool  # alive, as when a worker's cycle still waits for the collector
    with engine.connect() as reading:
        reading.execute(text("SELECT name FROM park"))
        close_for_good(engine)
    with closing(sqlite3.connect(path, timeout=0)) as other:
        # Leaving the write-ahead mode needs the file alone.
        assert other.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    with pytest.raises(Cancelled):
        engine.connect()
    assert left_behind is not engine.pool
