"""New projects of the tests are copies of one that was migrated for real."""

import sqlite3
from contextlib import closing, contextmanager

import pytest

from workbench.storage import migrate

migrate_for_real = migrate.upgrade
"""What the tests of migrations call: it runs every one of them."""


@contextmanager
def migrated_once():
    """Within it, the first new project file runs every migration and later ones copy its pages.

    Only a file that holds nothing yet, brought to the head, is copied: whatever tries a migration
    runs it.
    """
    blank: list[bytes] = []

    def upgrade(engine, revision="head"):
        if engine.dialect.name != "sqlite" or revision != "head" or not _is_empty(engine):
            migrate_for_real(engine, revision)
        elif blank:
            with closing(sqlite3.connect(":memory:")) as pages, _file(engine) as target:
                pages.deserialize(blank[0])
                pages.backup(target)
        else:
            migrate_for_real(engine, revision)
            with _file(engine) as source:
                blank.append(_pages(source))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "upgrade", upgrade)
        yield


@contextmanager
def _file(engine):
    with engine.connect() as connection:
        yield connection.connection.driver_connection


def _is_empty(engine):
    with _file(engine) as file:
        return not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _pages(source):
    """Return the whole database, out of its journal."""
    with closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        pages = bytearray(copy.serialize())
    pages[18:20] = b"\x01\x01"  # memory has no journal beside it, which the header asks for
    return bytes(pages)
