# SPDX-License-Identifier: MIT
"""A whole copy of a project, read again before it counts as one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import Verification
from workbench.domain.findings import OutputError, ProjectError
from workbench.locations import as_place
from workbench.storage.address_copies import copy_out, shown
from workbench.storage.asides import BESIDE
from workbench.storage.checksums import digest_of
from workbench.storage.in_sight import in_sight
from workbench.storage.project_check import check, reading
from workbench.storage.project_file import is_address

_MIB = 1024 * 1024
_ROOM = 8 * _MIB
"""What must stay free beside a copy: a full disk stops everything else on the computer."""


def whole_copy(project: str, unfinished: Path, progress: Progress) -> tuple[str, Verification]:
    """Write a copy of a project, and read the copy; ProjectError when it is damaged."""
    if not is_address(project):
        source = as_place(project).absolute()
        check_room(source, unfinished.parent)
        return _copy(source, unfinished, progress)
    remove_copy(unfinished)
    copy_out(project, unfinished, progress)
    seen = check(unfinished, progress)
    if seen.damaged:
        raise ProjectError("safekeeping.damaged", path=shown(project))
    _close_journal(unfinished)
    return digest_of(unfinished, progress), seen


def _copy(source: Path, unfinished: Path, progress: Progress) -> tuple[str, Verification]:
    """Copy a project with its newest state, and read the copy; ProjectError when it is damaged."""
    remove_copy(unfinished)
    seen = None
    try:
        with reading(source, progress) as connection:
            # The copy would be built anew out of a broken file and look sound: look here first.
            if in_sight(lambda: _is_sound(connection), progress, connection):
                connection.execute("PRAGMA query_only = OFF")
                in_sight(lambda: _written_anew(connection, unfinished), progress, connection)
                seen = check(unfinished, progress)
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "full" in text or "unable to open" in text or "I/O" in text:
            raise OutputError("safekeeping.no_copy", path=str(unfinished.parent)) from error
        if "locked" in text:
            raise ProjectError("project.locked", path=str(source)) from error
    if seen is None or seen.damaged:
        raise ProjectError("safekeeping.damaged", path=str(source))
    _close_journal(unfinished)
    return digest_of(unfinished, progress), seen


def _is_sound(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _written_anew(connection: sqlite3.Connection, target: Path) -> None:
    connection.execute("VACUUM INTO ?", (str(target),))


def _close_journal(path: Path) -> None:
    """Make a copy one file, without a journal beside it."""
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")


def mark_of(path: Path) -> str:
    """Return eight letters of the id of the project's first operation: they stay its whole life."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT id FROM operation ORDER BY sequence LIMIT 1"
        row = connection.execute(query).fetchone()
    return "00000000" if row is None else str(row[0])[:8]


def check_room(source: Path, folder: Path) -> None:
    """Raise OutputError when a copy of a project would not fit into a folder."""
    beside = [source, *(source.with_name(source.name + suffix) for suffix in BESIDE)]
    needed = sum(path.stat().st_size for path in beside if path.exists()) + _ROOM
    free = shutil.disk_usage(folder).free
    if free < needed:
        params = {"needed": -(-needed // _MIB), "free": free // _MIB}
        raise OutputError("safekeeping.no_room", path=str(folder), **params)


def remove_copy(path: Path) -> None:
    """Remove a copy with what SQLite keeps beside it; nothing may be there."""
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
