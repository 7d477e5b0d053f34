# SPDX-License-Identifier: MIT
"""Reads and writes files that a person names."""

import os
from pathlib import Path

from workbench.domain.findings import InputError, OutputError


def read_file(path: str) -> tuple[str, bytes]:
    """Return a file's name and content; InputError when it cannot be read."""
    place = Path(path).expanduser()
    try:
        return place.name, place.read_bytes()
    except FileNotFoundError as error:
        raise InputError("files.missing", path=str(place)) from error
    except IsADirectoryError as error:
        raise InputError("files.is_folder", path=str(place)) from error
    except OSError as error:
        raise InputError(
            "files.cannot_read", path=str(place), reason=error.strerror or str(error)
        ) from error


def decoded(content: bytes, name: str) -> str:
    """Return UTF-8 text; InputError for another encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("files.not_utf8", name=name, at=error.start) from error


def write_text(path: str, text: str) -> None:
    """Write a text file, whole or not at all; OutputError when the place is closed."""
    target = Path(path).expanduser()
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, target)  # noqa: PTH105 - the atomic rename on every system
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("project.cannot_write", path=str(target), reason=reason) from error
