# SPDX-License-Identifier: MIT
"""A project on a database server as a file, and a file as a project on a server: row by row."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, inspect, make_url, select

from workbench.application.ports import Progress
from workbench.domain.findings import OutputError, ProjectError
from workbench.storage.engine import WRITING, make_engine
from workbench.storage.faults import place, translated
from workbench.storage.project_file import create_project
from workbench.storage.tables import METADATA

_ROWS, _CONTENTS = 500, 2
"""How many rows are held at once; a kept content may be large."""
_LARGE = frozenset({"blob", "blob_piece"})


def name_of(address: str) -> str:
    """Return what the project of an address is called: its database."""
    return make_url(address).database or "project"


def shown(address: str) -> str:
    """Return an address without its password."""
    return make_url(address).render_as_string(hide_password=True)


def copy_out(address: str, target: Path, progress: Progress) -> None:
    """Write all of a project on a server into a new project file, as it is at one moment.

    ProjectError when there is none, or one that must be opened once to be brought up to date.
    """
    with _server(address) as engine, translated(engine.url):
        _refuse_others(engine)
        copy = create_project(str(target))
        try:
            steady = engine.connect().execution_options(isolation_level="REPEATABLE READ")
            with steady as source, copy.connect() as file:
                file.execution_options(**{WRITING: True})
                with file.begin():
                    file.execute(METADATA.tables["setting"].delete())
                    _copy_rows(source, file, progress)
        finally:
            copy.dispose()


def copy_in(source: Engine, address: str, progress: Progress) -> None:
    """Write all of a project file into an empty database, or nothing; OutputError when in use."""
    from workbench.storage import migrate  # Alembic takes long to import

    with _server(address) as engine, translated(engine.url):
        refuse_used(engine)
        migrate.upgrade(engine)
        with source.connect() as rows, engine.begin() as target:
            target.execute(METADATA.tables["setting"].delete())
            _copy_rows(rows, target, progress)
            _go_on_counting(target)


def refuse_used_address(address: str) -> None:
    """Raise OutputError when a database already holds a project with a history."""
    with _server(address) as engine, translated(engine.url):
        refuse_used(engine)


def refuse_used(engine: Engine) -> None:
    """Raise OutputError when a database already holds a project with a history."""
    if not inspect(engine).has_table("operation"):
        return
    with engine.connect() as connection:
        count = connection.execute(
            select(func.count()).select_from(METADATA.tables["operation"])
        ).scalar_one()
    if count:
        raise OutputError("safekeeping.address_in_use", path=place(engine.url))


@contextmanager
def _server(address: str) -> Iterator[Engine]:
    try:
        engine = make_engine(make_url(address).render_as_string(hide_password=False))
    except Exception as error:  # the driver may be missing, the address malformed
        raise ProjectError("project.bad_address", path=address.split("@")[-1]) from error
    try:
        yield engine
    finally:
        engine.dispose()


def _refuse_others(engine: Engine) -> None:
    from workbench.storage import migrate  # Alembic takes long to import

    if not inspect(engine).has_table("operation"):
        raise ProjectError("project.not_a_project", path=place(engine.url))
    if not migrate.is_current(engine):
        raise ProjectError("safekeeping.old_address", path=place(engine.url))


def _copy_rows(source: Connection, target: Connection, progress: Progress) -> None:
    """Copy every table, parents before children."""
    tables = METADATA.sorted_tables
    for done, table in enumerate(tables, start=1):
        for rows in _parts(source, table):
            target.execute(table.insert(), rows)
            progress.step(done - 1, len(tables))
        progress.step(done, len(tables))


def _parts(source: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    count = _CONTENTS if table.name in _LARGE else _ROWS
    query = select(table).order_by(*table.primary_key.columns)
    result = source.execution_options(yield_per=count).execute(query)
    for part in result.mappings().partitions(count):
        yield [dict(row) for row in part]


def _go_on_counting(target: Connection) -> None:
    """Let the server number the next operation after those that came."""
    target.exec_driver_sql(
        "SELECT setval(pg_get_serial_sequence('operation', 'sequence'),"
        " (SELECT coalesce(max(sequence), 1) FROM operation),"
        " (SELECT count(*) > 0 FROM operation))"
    )
