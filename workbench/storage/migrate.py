# SPDX-License-Identifier: MIT
"""Runs the shipped migrations; db/migrations/env.py only calls run_env()."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal

from alembic import command, context
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from workbench import locations
from workbench.storage.tables import METADATA
from workbench.storage.types import ExactDecimal, OwnValues, Words


class BrokenReferencesError(Exception):
    """A migration left rows that point nowhere."""


def config() -> Config:
    """Return the Alembic settings; no ini file is needed."""
    settings = Config()
    settings.set_main_option("script_location", str(locations.migrations()).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def head() -> str:
    """Return the newest revision."""
    revision = ScriptDirectory.from_config(config()).get_current_head()
    if revision is None:
        raise LookupError("no migrations are shipped")
    return revision


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision: all of it, or nothing."""
    settings = config()
    with engine.connect() as connection, _foreign_keys_off(connection), connection.begin():
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        if connection.dialect.name == "sqlite":
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise BrokenReferencesError(broken)
            number = int(MigrationContext.configure(connection).get_current_revision() or 0)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Rebuilding a SQLite table with foreign keys on would delete the rows that point at it."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    driver.execute("PRAGMA foreign_keys = OFF")  # ignored inside a transaction, so before it
    try:
        yield
    finally:
        with suppress(sqlite3.ProgrammingError):  # closed: an interruption gave the connection up
            driver.execute("PRAGMA foreign_keys = ON")


def revision(engine: Engine) -> str | None:
    """Return the revision of the schema, None where there is none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: Engine) -> bool:
    """Tell whether the schema is at the newest revision."""
    return revision(engine) == head()


def run_env() -> None:
    """Run the migrations on the connection handed over by upgrade()."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=context.config.attributes.get("metadata", METADATA),
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=_render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


def _render_type(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Write our column types into a new migration by their names."""
    if kind != "type" or not isinstance(item, ExactDecimal | Words | OwnValues):
        return False
    autogen.imports.add("from workbench.storage.types import ExactDecimal, Words")
    if isinstance(item, OwnValues):
        return "sa.String()"
    return f"ExactDecimal({item.scale})" if isinstance(item, ExactDecimal) else "Words()"
