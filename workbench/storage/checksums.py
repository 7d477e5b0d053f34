# SPDX-License-Identifier: MIT
"""The SHA-256 that stands beside a backup, and what a backup is worth by it."""

import hashlib
import os
from pathlib import Path

from workbench.application.ports import Progress
from workbench.application.project.safekeeping import Health

_PIECE = 1024 * 1024


def health_of(
    path: Path, size: int, before: int, total: int, progress: Progress, *, issues: bool
) -> Health:
    """Return what a backup is worth; ``before`` and ``total`` are bytes for the progress."""
    if not size:
        return Health.EMPTY
    wanted = stated_for(path)
    if not wanted:
        return Health.NO_CHECKSUM
    if digest_of(path, progress, before, total) != wanted:
        return Health.ALTERED
    return Health.ISSUES if issues else Health.GOOD


def digest_of(path: Path, progress: Progress, before: int = 0, total: int = 0) -> str:
    """Return a file's SHA-256, telling the bytes that were read."""
    digest, done, whole = hashlib.sha256(), before, total or path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            done += len(piece)
            progress.step(min(done, whole), whole)
    return digest.hexdigest()


def checksum_place(path: Path) -> Path:
    """Return where the SHA-256 of a backup stands."""
    return path.with_name(path.name + ".sha256")


def stated_for(path: Path) -> str:
    """Return the SHA-256 that stands beside a backup, "" without one."""
    try:
        return checksum_place(path).read_text(encoding="utf-8").partition(" ")[0].strip().lower()
    except (OSError, UnicodeDecodeError):
        return ""


def write_checksum(path: Path, sha256: str) -> None:
    """Write the SHA-256 the way that sha256sum reads it."""
    target = checksum_place(path)
    unfinished = target.with_name(target.name + ".new")
    unfinished.write_text(f"{sha256}  {path.name}\n", encoding="utf-8", newline="\n")
    os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename everywhere
