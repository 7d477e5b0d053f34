# SPDX-License-Identifier: MIT
"""Where shipped files live, in a checkout, a wheel and a frozen bundle; where a project lies."""

import functools
import os
import sys
from pathlib import Path

PROJECT_SUFFIX, SQLITE = ".park", b"SQLite format 3\x00"


@functools.cache
def _root() -> Path:
    """Return the folder that holds db/, resources/ and templates/."""
    if bundle := getattr(sys, "_MEIPASS", None):  # PyInstaller
        return Path(bundle) / "workbench" / "_data"
    # importlib.resources would say the same; importing it costs the first window 5 ms.
    package = Path(__file__).parent
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent  # wheel, else checkout


def migrations() -> Path:
    """Return the Alembic script folder."""
    return _root() / "db" / "migrations"


def seed(name: str) -> Path:
    """Return one seed file."""
    return _root() / "db" / "seed" / name


def resource(*parts: str) -> Path:
    """Return an icon, style sheet or translation."""
    return _root().joinpath("resources", *parts)


def template(*parts: str) -> Path:
    """Return an Excel or checklist template."""
    return _root().joinpath("templates", *parts)


def holds_project(place: Path) -> bool:
    """Tell whether a project lies at a place, which nothing else may be written over.

    One that is in use is known by its name or by its journal: opening it would drop its locks.
    """
    if place.suffix.lower() == PROJECT_SUFFIX or place.with_name(f"{place.name}-wal").exists():
        return place.is_file()
    if not place.is_file():
        return False
    try:
        with place.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def as_place(path: str) -> Path:
    """Return a path that a person wrote; ~ is the own folder, ~x.xlsx a file where nobody is x."""
    place = Path(path)
    try:
        return place.expanduser()
    except RuntimeError:
        return place


def as_target(path: str) -> Path:
    """Return where a file is written that a person named: a link stays, what it leads to is new."""
    place = as_place(path)
    return Path(os.path.realpath(place)) if place.is_symlink() else place
