# SPDX-License-Identifier: MIT
"""Former files kept beside a project: before a migration and before a restore; the newest stay."""

import glob
import re
import time
from contextlib import suppress
from pathlib import Path

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""
_RESTORED = re.compile(r"(\d{8}-\d{6})(?:-(\d+))?\.bak")
_UNFINISHED_S = 3600
_MIGRATED = re.compile(r"v(\d+)\.bak")


def move_journals(old: Path, new: Path) -> None:
    """Move what SQLite keeps beside a file to another file's name."""
    for suffix in BESIDE:
        with suppress(FileNotFoundError):
            old.with_name(old.name + suffix).replace(new.with_name(new.name + suffix))


def set_journals_aside(path: Path) -> None:
    """Take away the journals of a file that is gone: they would be played into a new one.

    They stay under another name, for whoever still has the file that they belong to.
    """
    for suffix in BESIDE:
        left = path.with_name(path.name + suffix)
        with suppress(FileNotFoundError):
            left.replace(left.with_name(left.name + ".bak"))


def clear_unfinished(folder: Path, stem: str) -> None:
    """Remove what is left of backups that a kill or a power cut ended; none is written so long."""
    for path in folder.glob(f".{glob.escape(stem)}.*.new*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _UNFINISHED_S:
                path.unlink()


def spare(project: Path, keep: int) -> tuple[str, ...]:
    """Remove the former files of a project beyond the newest ``keep`` of each kind.

    Returns the names of those that went; one that cannot be removed stays.
    """
    head = project.name + "."
    restored: list[tuple[tuple[str, int], Path]] = []
    migrated: list[tuple[int, Path]] = []
    for path in project.parent.glob("*.bak"):
        if not path.name.startswith(head):
            continue
        rest = path.name.removeprefix(head)
        if found := _RESTORED.fullmatch(rest):
            restored.append(((found[1], int(found[2] or 1)), path))
        elif found := _MIGRATED.fullmatch(rest):
            migrated.append((int(found[1]), path))
    paths = [
        path for some in (sorted(restored), sorted(migrated)) for _, path in some[: -max(1, keep)]
    ]
    gone = []
    for path in paths:
        with suppress(OSError):
            path.unlink()
            for suffix in BESIDE:
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            gone.append(path.name)
    return tuple(gone)
