"""Statements are worded once for all project files of a run."""

from contextlib import contextmanager

import pytest
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from workbench.storage import engine


@contextmanager
def compiled_once():
    """Within it every engine on a file finds the statements that an earlier one has compiled.

    SQLAlchemy keeps them for one engine, and each test has its own: half the time of opening a
    small project went into words that the last test had found as well.
    """
    statements = {}
    create = engine.create_engine

    def create_engine(url, **options):
        made = create(url, **options)
        if type(made.dialect) is SQLiteDialect_pysqlite:
            made.update_execution_options(compiled_cache=statements)
        return made

    with pytest.MonkeyPatch.context() as patch:
        # They are kept by the dialect, which is one object for each engine, though of one kind.
        patch.setattr(SQLiteDialect_pysqlite, "__eq__", _are_alike)
        patch.setattr(SQLiteDialect_pysqlite, "__hash__", lambda dialect: hash(type(dialect)))
        patch.setattr(engine, "create_engine", create_engine)
        yield


def _are_alike(one, other):
    return type(one) is type(other)
