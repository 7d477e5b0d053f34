# SPDX-License-Identifier: MIT
"""Backups of project files in a folder: written beside, verified, renamed; and the way back."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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
from workbench.domain.findings import OutputError, ProjectError, UsageError
from workbench.locations import as_place
from workbench.storage.address_copies import copy_out, name_of, refuse_used_address, shown
from workbench.storage.asides import clear_unfinished, spare
from workbench.storage.bringing_back import aside_place, bring_back, bring_in, sound_backup
from workbench.storage.checksums import checksum_place, health_of, write_checksum
from workbench.storage.in_sight import flush
from workbench.storage.project_check import check
from workbench.storage.project_file import inspect, is_address, refuse_name
from workbench.storage.whole_copies import mark_of, remove_copy, whole_copy


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
        place, watch = as_place(folder).absolute(), progress or Silent()
        name = _name(project)
        with _writing(place):
            if not is_address(project):
                inspect(_file(project))
            place.mkdir(parents=True, exist_ok=True)
            clear_unfinished(place, PurePath(name).stem)
            number = f"{os.getpid()}-{threading.get_ident()}"  # two may be written at a time
            unfinished = place / f".{PurePath(name).stem}.{number}.new"
            try:
                sha256, seen = whole_copy(project, unfinished, watch)
                mark = mark_of(unfinished)
                target, at = _free_place(place, name, at, mark, issues=not seen.whole)
                flush(unfinished, watch)
                os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename everywhere
            finally:
                remove_copy(unfinished)
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
        names = (path.name for path in as_place(folder).glob("*.park"))
        return max((read[0] for each in names if (read := read_name(each, name))), default=None)

    def backups(
        self, project: str, folder: str, progress: Progress | None = None
    ) -> Sequence[Backup]:
        """Return the backups of a project in a folder, newest first, each read and judged."""
        place = as_place(folder).absolute()
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
        sha256, seen = sound_backup(source, watch)
        if is_address(project):
            if dry_run:
                refuse_used_address(project)
            else:
                bring_in(source, project, watch)
            return Restored(str(source), shown(project), seen, "", dry_run)
        target = _file(project)
        if not target.exists():
            refuse_name(project)
        if target.is_dir():
            raise ProjectError("project.not_a_project", path=str(target))
        aside = aside_place(target, at) if target.exists() else None
        gone: tuple[str, ...] = ()
        if not dry_run:
            with _writing(target.parent):
                bring_back(source, target, aside, sha256, watch)
            gone = spare(target, asides)
        return Restored(str(source), str(target), seen, str(aside or ""), dry_run, gone)


def _file(project: str) -> Path:
    if is_address(project):
        raise UsageError("safekeeping.address", path=project.split("@")[-1])
    return as_place(project).absolute()


def _name(project: str) -> str:
    """Return what backups of a project are called by."""
    return name_of(project) if is_address(project) else Path(project).name


def _free_place(
    place: Path, name: str, at: datetime, mark: str, *, issues: bool
) -> tuple[Path, datetime]:
    """Return the first free place: names tell seconds, and two backups may fall into one."""
    while (target := place / backup_name(name, at, mark, issues=issues)).exists():
        at += timedelta(seconds=1)
    return target, at


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Say in words why a place cannot be written."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(place), reason=reason) from error
