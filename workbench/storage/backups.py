# SPDX-License-Identifier: MIT
"""Backups of project files in a folder: written beside, verified, renamed; and the way back."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from workbench.application.ports import Progress, Silent
from workbench.application.project.safekeeping import (
    ASIDES,
    GENERATIONS,
    Backup,
    Health,
    Made,
    Restored,
    Verification,
    backup_name,
    outlived,
    read_name,
)
from workbench.domain.findings import InputError, OutputError, ProjectError, UsageError
from workbench.storage.address_copies import (
    copy_in,
    copy_out,
    name_of,
    refuse_used_address,
    shown,
)
from workbench.storage.asides import (
    BESIDE,
    clear_unfinished,
    move_journals,
    set_journals_aside,
    spare,
)
from workbench.storage.checksums import (
    checksum_place,
    digest_of,
    health_of,
    stated_for,
    write_checksum,
)
from workbench.storage.in_sight import copy_file, flush, in_sight
from workbench.storage.project_check import check, reading
from workbench.storage.project_file import inspect, is_address, open_to_read

_PIECE = 1024 * 1024
_ROOM = 8 * 1024 * 1024
"""What must stay free beside a copy: a full disk stops everything else on the computer."""


class FileSafekeeping:
    """Verifies, backs up and restores projects (the port ``Safekeeping``); a backup is a file."""

    def verify(self, project: str, progress: Progress | None = None) -> Verification:
        """Read a whole project; nothing is changed. ProjectError when it is none of ours."""
        watch = progress or Silent()
        if not is_address(project):
            return check(_file(project), watch)
        with TemporaryDirectory(prefix="workbench-") as folder:
            copy = Path(folder) / "copy.park"
            copy_out(project, copy, watch)
            return replace(check(copy, watch), path=shown(project))

    def backup(
        self,
        project: str,
        folder: str,
        at: datetime,
        keep: int = GENERATIONS,
        progress: Progress | None = None,
    ) -> Made:
        """Write a verified copy; ProjectError for a damaged project, OutputError without room."""
        place, watch = Path(folder).expanduser().absolute(), progress or Silent()
        name = _name(project)
        with _writing(place):
            if not is_address(project):
                inspect(_file(project))
            place.mkdir(parents=True, exist_ok=True)
            clear_unfinished(place, PurePath(name).stem)
            number = f"{os.getpid()}-{threading.get_ident()}"  # two may be written at a time
            unfinished = place / f".{PurePath(name).stem}.{number}.new"
            try:
                sha256, seen = _copied(project, unfinished, watch)
                mark = _mark(unfinished)
                target, at = _free_place(place, name, at, mark, issues=not seen.whole)
                flush(unfinished, watch)
                os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename everywhere
            finally:
                _remove(unfinished)
            write_checksum(target, sha256)
        health = Health.GOOD if seen.whole else Health.ISSUES
        size = target.stat().st_size
        made = Backup(str(target), at.replace(tzinfo=None), size, mark, health)
        seen = replace(seen, path=shown(project) if is_address(project) else str(_file(project)))
        return Made(made, sha256, seen, self._make_room(made, name, keep, watch))

    def _make_room(
        self, made: Backup, project: str, keep: int, progress: Progress
    ) -> tuple[str, ...]:
        """Remove the backups that are too many; one that cannot be removed stays."""
        # Only what is read and found good counts: the last good one must never go.
        listed = self.backups(project, str(Path(made.path).parent), progress)
        gone = []
        for each in outlived(listed, made.mark, keep):
            with suppress(OSError):
                Path(each.path).unlink()
                checksum_place(Path(each.path)).unlink(missing_ok=True)
                gone.append(each.name)
        return tuple(gone)

    def newest_at(self, project: str, folder: str) -> datetime | None:
        """Return when the newest backup was made, by the names alone; None without any."""
        name = _name(project)
        names = (path.name for path in Path(folder).expanduser().glob("*.park"))
        return max((read[0] for each in names if (read := read_name(each, name))), default=None)

    def backups(
        self, project: str, folder: str, progress: Progress | None = None
    ) -> Sequence[Backup]:
        """Return the backups of a project in a folder, newest first, each read and judged."""
        place = Path(folder).expanduser().absolute()
        if not place.is_dir():
            return []
        name = _name(project)
        known = [(path, read_name(path.name, name)) for path in sorted(place.glob("*.park"))]
        sizes = sum(path.stat().st_size for path, read in known if read)
        done, found = 0, []
        for path, read in known:
            if read is None:
                continue
            at, mark, issues = read
            size = path.stat().st_size
            health = health_of(path, size, done, sizes, progress or Silent(), issues=issues)
            found.append(Backup(str(path), at, size, mark, health))
            done += size
        return sorted(found, key=lambda each: each.at, reverse=True)

    def restore(
        self,
        backup: str,
        project: str,
        at: datetime,
        *,
        dry_run: bool = False,
        asides: int = ASIDES,
        progress: Progress | None = None,
    ) -> Restored:
        """Bring a project back; what stands at its place is moved aside first.

        The newest ``asides`` of the former files stay. A database must be empty.

        InputError for a backup that was altered or is damaged, ProjectError for one of a newer
        program and for a project that is open elsewhere, OutputError for a closed place.
        """
        source, watch = _file(backup), progress or Silent()
        if not is_address(project) and source == _file(project):
            raise UsageError("safekeeping.same_file", path=str(source))
        sha256, seen = _sound(source, watch)
        if is_address(project):
            if dry_run:
                refuse_used_address(project)
            else:
                _bring_in(source, project, watch)
            return Restored(str(source), shown(project), seen, "", dry_run)
        target = _file(project)
        if target.is_dir():
            raise ProjectError("project.not_a_project", path=str(target))
        aside = _aside_place(target, at) if target.exists() else None
        gone: tuple[str, ...] = ()
        if not dry_run:
            with _writing(target.parent):
                _bring(source, target, aside, sha256, watch)
            gone = spare(target, asides)
        return Restored(str(source), str(target), seen, str(aside or ""), dry_run, gone)


def _file(project: str) -> Path:
    if is_address(project):
        raise UsageError("safekeeping.address", path=project.split("@")[-1])
    return Path(project).expanduser().absolute()


def _name(project: str) -> str:
    """Return what backups of a project are called by."""
    return name_of(project) if is_address(project) else Path(project).name


def _sound(source: Path, progress: Progress) -> tuple[str, Verification]:
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


def _copied(project: str, unfinished: Path, progress: Progress) -> tuple[str, Verification]:
    """Write a copy of a project, and read the copy; ProjectError when it is damaged."""
    if not is_address(project):
        source = _file(project)
        _check_room(source, unfinished.parent)
        return _copy(source, unfinished, progress)
    _remove(unfinished)
    copy_out(project, unfinished, progress)
    seen = check(unfinished, progress)
    if seen.damaged:
        raise ProjectError("safekeeping.damaged", path=shown(project))
    _close_journal(unfinished)
    return digest_of(unfinished, progress), seen


def _bring_in(source: Path, address: str, progress: Progress) -> None:
    """Write a backup into a database; an older one is brought up to date on the way."""
    with open_to_read(str(source)) as engine:
        copy_in(engine, address, progress)


def _free_place(
    place: Path, name: str, at: datetime, mark: str, *, issues: bool
) -> tuple[Path, datetime]:
    """Return the first free place: names tell seconds, and two backups may fall into one."""
    while (target := place / backup_name(name, at, mark, issues=issues)).exists():
        at += timedelta(seconds=1)
    return target, at


def _copy(source: Path, unfinished: Path, progress: Progress) -> tuple[str, Verification]:
    """Copy a project with its newest state, and read the copy; ProjectError when it is damaged."""
    _remove(unfinished)
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


def _mark(path: Path) -> str:
    """Return eight letters of the id of the project's first operation: they stay its whole life."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT id FROM operation ORDER BY sequence LIMIT 1"
        row = connection.execute(query).fetchone()
    return "00000000" if row is None else str(row[0])[:8]


def _check_room(source: Path, folder: Path) -> None:
    beside = [source, *(source.with_name(source.name + suffix) for suffix in BESIDE)]
    needed = sum(path.stat().st_size for path in beside if path.exists()) + _ROOM
    free = shutil.disk_usage(folder).free
    if free < needed:
        params = {"needed": -(-needed // _PIECE), "free": free // _PIECE}
        raise OutputError("safekeeping.no_room", path=str(folder), **params)


def _aside_place(target: Path, at: datetime) -> Path:
    """Return a free name for what stands where the project comes back."""
    head = f"{target.name}.{at:%Y%m%d-%H%M%S}"
    place, count = target.with_name(f"{head}.bak"), 1
    while place.exists():
        count += 1
        place = target.with_name(f"{head}-{count}.bak")
    return place


def _bring(source: Path, target: Path, aside: Path | None, sha256: str, progress: Progress) -> None:
    """Copy a backup to its place; what stood there lies aside, or is put back if this fails."""
    if not target.parent.is_dir():
        raise OutputError("project.no_folder", path=str(target.parent))
    _check_room(source, target.parent)
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


def _remove(path: Path) -> None:
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Say in words why a place cannot be written."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(place), reason=reason) from error
