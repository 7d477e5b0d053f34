# SPDX-License-Identifier: MIT
"""Verifying, backing up and restoring projects: what is said about them, and which copies stay."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath
from typing import Any, Protocol

from workbench.application.ports import Progress

GENERATIONS = 10
"""How many good backups of a project are kept unless the person says otherwise."""
ASIDES = 5
"""How many former files stay beside a project, of each kind: before a restore, a migration."""
SUFFIX = ".park"
ISSUES = "issues"
"""Stands in the name of a backup whose project had findings when it was made."""
_NAME = re.compile(r"(?P<at>\d{8}-\d{6})\.(?P<mark>[0-9a-z]{8})(?P<issues>\.issues)?\.park")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong with a project; the sentence is ``safekeeping.trouble.<code>``.

    ``damage`` tells whether the file itself is broken, not only something kept in it.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    damage: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """What was looked at in a project file, how much of it there is, and what is wrong.

    ``schema`` is the file's number, ``ours`` that of this program; with an older one the log is
    not compared with the records. ``seal`` is the SHA-256 of the newest step over all before it;
    what an older program wrote has none, and the first values of its records cannot be proven.
    """

    path: str
    schema: int
    ours: int
    records: Mapping[str, int]
    contents: int
    content_bytes: int
    frozen: int
    operations: int
    newest: datetime | None
    newest_by: str
    troubles: tuple[Trouble, ...]
    seal: str = ""
    unsealed_operations: int = 0
    unsealed_records: int = 0
    seals: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    """The steps by their seals, up to the first one that is not what its seal says."""

    @property
    def damaged(self) -> bool:
        """Tell whether the file itself is broken."""
        return any(trouble.damage for trouble in self.troubles)

    @property
    def whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.troubles


class Health(StrEnum):
    """What a listed backup is worth."""

    GOOD = "good"
    ISSUES = "issues"
    NO_CHECKSUM = "no_checksum"
    ALTERED = "altered"
    EMPTY = "empty"


USABLE = (Health.GOOD, Health.ISSUES, Health.NO_CHECKSUM)
"""Backups from which a project can come back."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup in a folder; ``mark`` tells projects of the same name apart."""

    path: str
    at: datetime
    size: int
    mark: str
    health: Health

    @property
    def name(self) -> str:
        """Return the file's name."""
        return PurePath(self.path).name


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written and verified, and the older ones that made room for it."""

    backup: Backup
    sha256: str
    verification: Verification
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought or would bring; ``aside`` is where the former project lies now.

    ``removed`` are older former files that made room.
    """

    backup: str
    project: str
    verification: Verification
    aside: str
    dry_run: bool
    removed: tuple[str, ...] = ()


class Safekeeping(Protocol):
    """Verifies, backs up and restores projects; a backup is always a file."""

    def verify(self, project: str, progress: Progress | None = None) -> Verification:
        """Read a whole project; nothing is changed. ProjectError when it is none of ours."""
        ...

    def backup(
        self,
        project: str,
        folder: str,
        at: datetime,
        keep: int = GENERATIONS,
        progress: Progress | None = None,
    ) -> Made:
        """Write a verified copy; ProjectError for a damaged project, OutputError without room."""
        ...

    def newest_at(self, project: str, folder: str) -> datetime | None:
        """Return when the newest backup was made, by the names alone; None without any."""
        ...

    def backups(
        self, project: str, folder: str, progress: Progress | None = None
    ) -> Sequence[Backup]:
        """Return the backups of a project in a folder, newest first, each read and judged."""
        ...

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

        The newest ``asides`` of the former files stay.
        """
        ...


def backup_name(project: str, at: datetime, mark: str, *, issues: bool) -> str:
    """Return the name of a backup: the project's, the time, the mark, and whether it was whole."""
    parts = [PurePath(project).stem, at.strftime(_STAMP), mark, *([ISSUES] if issues else [])]
    return ".".join(parts) + SUFFIX


def read_name(name: str, project: str) -> tuple[datetime, str, bool] | None:
    """Return time, mark and findings that a backup's name tells; None for another file."""
    head = PurePath(project).stem + "."
    found = _NAME.fullmatch(name.removeprefix(head)) if name.startswith(head) else None
    if found is None:
        return None
    try:
        # The name tells the local time of the computer that made the backup, without a zone.
        at = datetime.strptime(found["at"], _STAMP)
    except ValueError:
        return None
    return at, found["mark"], found["issues"] is not None


def outlived(backups: Sequence[Backup], mark: str, keep: int) -> list[Backup]:
    """Return the backups that make room: of one project, of one kind, beyond the newest ``keep``.

    Good ones and ones with findings are counted apart, so that neither pushes out the other; one
    that was altered since, or that is another project's, is never removed.
    """
    gone: list[Backup] = []
    for health in (Health.GOOD, Health.ISSUES):
        mine = [each for each in backups if each.mark == mark and each.health is health]
        mine.sort(key=lambda each: each.at, reverse=True)
        gone += mine[max(1, keep) :]
    return gone


def newest_usable(backups: Sequence[Backup]) -> Backup | None:
    """Return the backup to come back to: the newest good one, else the newest that can be read."""
    for wanted in ((Health.GOOD,), USABLE):
        found = [each for each in backups if each.health in wanted]
        if found:
            return max(found, key=lambda each: each.at)
    return None
