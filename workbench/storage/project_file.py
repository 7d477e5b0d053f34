# SPDX-License-Identifier: MIT
"""Opens and creates projects; looks at a file before trusting it."""

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from errno import EACCES, ENOSPC, EPERM, EROFS
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import finalize

from sqlalchemy import Engine, make_url, select

from workbench import locations
from workbench.application.project.safekeeping import ASIDES
from workbench.application.store_ports import PROJECT_ID
from workbench.domain.findings import OutputError, ProjectError, UsageError, UserError
from workbench.locations import PROJECT_SUFFIX, as_place
from workbench.storage.asides import BESIDE, set_journals_aside, spare
from workbench.storage.engine import (
    connect_to_read,
    is_closed,
    make_engine,
    make_reading_engine,
    make_trial_engine,
)
from workbench.storage.faults import place, translated
from workbench.storage.tables import METADATA

APPLICATION_ID = 0x5041524B
"""SQLite's application id of a project: the letters PARK."""

_MAGIC = b"SQLite format 3\x00"
_LEAST_ROOM = 64 * 1024
"""Less than this on a disk, and SQLite's complaint about it means that the disk is full."""
SETTING = METADATA.tables["setting"]


def newest_schema() -> int:
    """Return the newest migration's number, read from the file names: Alembic is slow to import."""
    return max(int(path.name[:4]) for path in _versions().glob("[0-9]*.py"))


def _versions() -> Path:
    return locations.migrations() / "versions"


def is_address(project: str) -> bool:
    """Tell whether a project is a database address, not a file."""
    return "://" in project


def open_project(project: str, asides: int = ASIDES) -> Engine:
    """Open a project and bring its schema up to date; the former file is kept beside it.

    One in a closed place is opened for reading; every edit of it is refused in words.

    Raises ProjectError for a file that is missing, no project, damaged, locked or newer.
    """
    if is_address(project):
        return _open_address(project)
    path = as_place(project).absolute()
    number = inspect(path)
    if is_closed(path):
        if number < newest_schema():
            raise ProjectError("project.read_only", path=str(path))
        return make_reading_engine(path)
    engine = make_engine(f"sqlite:///{path}")
    with translated(engine.url):
        if number < newest_schema():
            _keep_copy(path, number)
            from workbench.storage import migrate  # Alembic takes long to import

            migrate.upgrade(engine)
            spare(path, asides)
    return engine


def open_to_try(project: str) -> Engine:
    """Open a project for a dry run: an older file stays as it is, a migrated copy is worked on.

    Raises ProjectError as ``open_project``, and for an older project on a server.
    """
    if is_address(project):
        return _open_address(project, upgrading=False)
    path = as_place(project).absolute()
    if inspect(path) >= newest_schema():
        return open_project(project)
    folder = TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True)
    copy = Path(folder.name) / path.name
    _copy_as_it_is(path, copy)
    engine = open_project(str(copy))
    finalize(engine, folder.cleanup)
    return engine


@contextmanager
def open_for_trial(project: str) -> Iterator[Engine | None]:
    """Open a project so that all that is written is taken back at the end.

    None for one on a server, for an older one, and for one that can only be read.
    """
    path = as_place(project).absolute()
    if is_address(project) or is_closed(path) or inspect(path) < newest_schema():
        yield None
        return
    engine = make_trial_engine(path)
    try:
        with translated(engine.url):
            yield engine
    finally:
        engine.dispose()


@contextmanager
def open_to_read(project: str) -> Iterator[Engine]:
    """Open a project that must not be changed; an older one is read from a migrated copy.

    Raises ProjectError as ``open_project``.
    """
    if is_address(project):
        engine = _open_address(project, upgrading=False)
        try:
            yield engine
        finally:
            engine.dispose()
        return
    path = as_place(project).absolute()
    number = inspect(path)
    with ExitStack() as stack:
        source = path
        if number < newest_schema():
            folder = stack.enter_context(TemporaryDirectory(prefix="workbench-"))
            source = Path(folder) / path.name
            _copy_as_it_is(path, source)
        if source == path and not path.with_name(f"{path.name}-wal").exists():
            stack.callback(_leave_as_found, path)
        engine = open_project(str(source)) if source != path else make_reading_engine(path)
        stack.callback(engine.dispose)
        with translated(engine.url):
            yield engine


def _leave_as_found(path: Path) -> None:
    """Let SQLite take the empty journal away that a reader cannot remove."""
    if not is_closed(path):
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA user_version").fetchone()


def _copy_as_it_is(path: Path, target: Path) -> None:
    """Copy a project with its newest state; ProjectError when it is damaged or locked."""
    try:
        with closing(sqlite3.connect(path, timeout=5)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:
        if "full" in str(error):
            raise OutputError("project.disk_full", path=str(target.parent)) from error
        raise _why_unreadable(error, path) from error


def refuse_name(project: str) -> None:
    """Raise UsageError for a name that no project may have: it would pass for something else."""
    path = as_place(project).absolute()
    if not is_address(project) and path.suffix.lower() != PROJECT_SUFFIX:
        name = f"{path.stem}{PROJECT_SUFFIX}"
        raise UsageError("project.no_project_name", path=str(path), name=name)


def create_project(project: str) -> Engine:
    """Make an empty project; OutputError if something is there already or the place is closed."""
    if is_address(project):
        return _open_address(project)
    path = as_place(project).absolute()
    if path.exists():
        raise OutputError("project.exists", path=str(path))
    if not path.parent.is_dir():
        raise OutputError("project.no_folder", path=str(path.parent))
    from workbench.storage import migrate  # Alembic takes long to import

    # Built beside its place and renamed at the end, so that no half project is ever seen.
    unfinished = path.with_name(path.name + ".new")
    try:
        _remove(unfinished)
        with closing(sqlite3.connect(unfinished)) as connection:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.commit()
        engine = make_engine(f"sqlite:///{unfinished}")
        with translated(engine.url):
            migrate.upgrade(engine)
            _name(engine)
        engine.dispose()
        set_journals_aside(path)
        unfinished.rename(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise _cannot_write(path, error) from error
    except UserError as error:
        raise type(error)(error.code, **error.params | {"path": str(path)}) from error
    finally:
        with suppress(OSError):
            _remove(unfinished)
    return make_engine(f"sqlite:///{path}")


def inspect(path: Path) -> int:
    """Return the schema number of a project file; ProjectError if it is none of ours."""
    if path.is_dir():
        raise ProjectError("project.not_a_project", path=str(path))
    if not path.with_name(path.name + "-wal").exists():
        _look_at_head(path)
    # Read through SQLite: after a crash the newest page 1 may still stand in the journal.
    try:
        with closing(_connect(path)) as connection:
            number = int(connection.execute("PRAGMA user_version").fetchone()[0])
            application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise _why_unreadable(error, path) from error
    if application != APPLICATION_ID:
        raise ProjectError("project.not_a_project", path=str(path))
    if number > (ours := newest_schema()):
        raise ProjectError("project.newer", path=str(path), theirs=number, ours=ours)
    return number


def _look_at_head(path: Path) -> None:
    """Refuse what is no SQLite file; never while a journal says that somebody works with it.

    On POSIX systems closing a file drops every lock that the process has on it: SQLite's too, when
    it is this process that works with it, and another process would then take the journal away.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError as error:
        raise ProjectError("project.missing", path=str(path)) from error
    except OSError as error:
        raise ProjectError("project.cannot_open", path=str(path)) from error
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise ProjectError("project.not_a_project", path=str(path))


def _open_address(address: str, *, upgrading: bool = True) -> Engine:
    try:
        url = make_url(address)
        engine = make_engine(url.render_as_string(hide_password=False))
    except Exception as error:  # the driver may be missing, the address malformed
        raise ProjectError("project.bad_address", path=address.split("@")[-1]) from error
    try:
        _bring_up_to_date(engine, upgrading=upgrading)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(engine: Engine, *, upgrading: bool) -> None:
    """Migrate a project on a server, or refuse one that would have to be when it must not be."""
    from workbench.storage import migrate  # Alembic takes long to import

    with translated(engine.url):
        known, ours = migrate.revision(engine), newest_schema()
        if known is not None and int(known) > ours:
            raise ProjectError(
                "project.newer", path=place(engine.url), theirs=int(known), ours=ours
            )
        if known is None or int(known) < ours:
            if not upgrading:
                code = "not_a_project" if known is None else "older_on_server"
                raise ProjectError(f"project.{code}", path=place(engine.url))
            migrate.upgrade(engine)
            _name(engine)


def _name(engine: Engine) -> None:
    """Give a new project an id, by which its copies know each other before the first step."""
    with engine.begin() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM operation").scalar_one()
        known = select(SETTING.c.value).where(SETTING.c.name == PROJECT_ID)
        if not count and connection.execute(known).first() is None:
            new = SETTING.insert().values(name=PROJECT_ID, value=str(uuid.uuid4()))
            connection.execute(new)


def _keep_copy(path: Path, number: int) -> None:
    """Copy the file as it is before its schema changes."""
    target = path.with_name(f"{path.name}.v{number}.bak")
    _remove(target)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _remove(path: Path) -> None:
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that may be a project; a journal left by a crash is played into it."""
    return connect_to_read(path) if is_closed(path) else sqlite3.connect(path, timeout=5)


def _why_unreadable(error: sqlite3.DatabaseError, path: Path) -> UserError:
    """Return why SQLite does not read a file that looks like a project."""
    text = str(error)
    if "disk is full" in text:
        return OutputError("project.disk_full", path=str(path))
    if "disk I/O" in text:
        # A full disk leaves no room for the shared memory beside a sound file.
        room = shutil.disk_usage(path.parent).free >= _LEAST_ROOM
        code = "project.disk_error" if room else "project.disk_full"
        return OutputError(code, path=str(path))
    if "locked" in text:
        return ProjectError("project.locked", path=str(path))
    # A journal cannot be made beside the file: its folder may only be read.
    closed = "unable to open" in text or "readonly" in text
    return ProjectError("project.read_only" if closed else "project.damaged", path=str(path))


def _cannot_write(path: Path, error: Exception) -> OutputError:
    """Return why a project cannot be made at a place."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if number in (EACCES, EPERM, EROFS) or "unable to open" in text or "readonly" in text:
        return OutputError("project.no_permission", path=str(path))
    if number == ENOSPC or "disk is full" in text:
        return OutputError("project.disk_full", path=str(path))
    reason = error.strerror if isinstance(error, OSError) and error.strerror else text
    return OutputError("project.cannot_write", path=str(path), reason=reason)
