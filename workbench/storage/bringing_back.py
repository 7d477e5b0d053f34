# SPDX-License-Identifier: MIT
"""A backup becomes the project again; what stands in its place is moved aside first."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import Verification
from workbench.domain.findings import InputError, OutputError, ProjectError
from workbench.storage.address_copies import copy_in
from workbench.storage.asides import move_journals, set_journals_aside
from workbench.storage.checksums import digest_of, stated_for
from workbench.storage.in_sight import copy_file
from workbench.storage.project_check import check
from workbench.storage.project_file import inspect, open_to_read
from workbench.storage.whole_copies import check_room


def sound_backup(source: Path, progress: Progress) -> tuple[str, Verification]:
    """Return the SHA-256 of a backup and what is in it; InputError when it cannot be trusted."""
    inspect(source)
    sha256 = digest_of(source, progress)
    stated = stated_for(source)
    if stated and stated != sha256:
        raise InputError("safekeeping.backup_altered", path=str(source))
    seen = check(source, progress)
    if seen.damaged:
        raise InputError("safekeeping.backup_damaged", path=str(source))
    return sha256, seen


def bring_in(source: Path, address: str, progress: Progress) -> None:
    """Write a backup into a database; an older one is brought up to date on the way."""
    with open_to_read(str(source)) as engine:
        copy_in(engine, address, progress)


def aside_place(target: Path, at: datetime) -> Path:
    """Return a free name for what stands where the project comes back."""
    head = f"{target.name}.{at:%Y%m%d-%H%M%S}"
    place, count = target.with_name(f"{head}.bak"), 1
    while place.exists():
        count += 1
        place = target.with_name(f"{head}-{count}.bak")
    return place


def bring_back(
    source: Path, target: Path, aside: Path | None, sha256: str, progress: Progress
) -> None:
    """Copy a backup to its place; what stood there lies aside, or is put back if this fails."""
    if not target.parent.is_dir():
        raise OutputError("project.no_folder", path=str(target.parent))
    check_room(source, target.parent)
    if aside is not None:
        _let_nobody_write(target)
    unfinished = target.with_name(target.name + ".new")
    try:
        copy_file(source, unfinished, progress)
        if digest_of(unfinished, progress) != sha256:
            raise OutputError("safekeeping.no_copy", path=str(target.parent))
        if aside is not None:
            _keep(target, aside)
        else:
            set_journals_aside(target)
        try:
            os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename everywhere
        except OSError:
            if aside is not None:
                _put_back(aside, target)
            raise
    finally:
        unfinished.unlink(missing_ok=True)


def _keep(target: Path, aside: Path) -> None:
    """Give a project a second name, so that its place is never empty, and take its journals away.

    A damaged one may need them, and SQLite would play them into what takes its place.
    """
    try:
        os.link(target, aside)
    except OSError:  # a disk that knows no second names
        target.rename(aside)
    move_journals(target, aside)


def _put_back(aside: Path, target: Path) -> None:
    if target.exists():
        aside.unlink()
    else:
        aside.rename(target)
    move_journals(aside, target)


def _let_nobody_write(path: Path) -> None:
    """Raise ProjectError when the project is open somewhere: its edits would go astray.

    Leaving the write-ahead mode needs the file alone, and brings the newest state into it.
    """
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise ProjectError("safekeeping.open_elsewhere", path=str(path)) from error
