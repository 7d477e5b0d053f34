# SPDX-License-Identifier: MIT
"""Where a workbook may be written: refused before the work, in one sentence."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath

from workbench.domain.findings import OutputError, UsageError
from workbench.locations import as_place, as_target, holds_project

_LOCKS = ("~${name}", ".~lock.{name}#", ".~{name}")
"""What Excel, LibreOffice and WPS put beside a workbook that is open in them."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNWANTED_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})
_UNWANTED = re.compile(r'[<>:"|?*\\\x00-\x1f]')
"""What Windows takes in no name: a:b.xlsx would be written where nobody sees it."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST_SHOWN = 240
_UNSHOWN = re.compile(r"[\x00-\x1f]")


def refuse_place(target: str, template: str = "", sources: Sequence[str] = ()) -> Path:
    """Return the place of a target; neither the template nor a source is written over.

    UsageError for a name that Excel would refuse to open, OutputError for a place where no
    workbook can or may be.
    """
    place = as_place(target)
    try:
        _check_name(place)
        place = as_target(target)
        _check(place)
        if template and _same(place, template):
            raise OutputError("report.is_template", path=str(place))
        if any(_same(place, source) for source in sources):
            raise OutputError("import_problems.is_source", path=str(place))
    except OSError as error:
        raise explained(error, place) from error
    return place


def _same(place: Path, other: str) -> bool:
    path = as_place(other)
    return place.exists() and path.exists() and place.samefile(path)


def _check_name(place: Path) -> None:
    try:
        os.fsencode(place)
    except UnicodeEncodeError as error:  # half a letter
        name = str(place).encode("utf-8", "replace").decode()
        raise OutputError("report.bad_name", path=name) from error
    if _UNWANTED.search(place.name) or _DEVICES.fullmatch(place.name) or "\x00" in str(place):
        raise OutputError("report.bad_name", path=_readable(place))


def _check(place: Path) -> None:
    if place.is_dir():
        raise OutputError("report.is_folder", path=str(place))
    if place.suffix.lower() != ".xlsx":
        if holds_project(place):
            raise OutputError("project.written_over", path=str(place))
        stem = PurePath(f"_{place.name.rstrip('. ')}").stem[1:].strip(". ") or "report"
        raise UsageError("report.not_xlsx", path=_readable(place), name=f"{stem}.xlsx")
    if not place.parent.is_dir():
        raise OutputError("report.no_folder", path=str(place.parent))
    if not _may(place.parent, os.W_OK | os.X_OK):
        reason = os.strerror(errno.EROFS if _only_read(place.parent) else errno.EACCES)
        raise OutputError("report.cannot_write", path=str(place), reason=reason)
    if place.is_symlink() or place.exists():
        _check_old(place)


def _check_old(place: Path) -> None:
    """Refuse to write over what is no workbook, is open elsewhere, or may not be changed."""
    if not place.is_file():
        raise OutputError("report.no_file", path=str(place))
    if holds_project(place):
        raise OutputError("project.written_over", path=str(place))
    for pattern in _LOCKS:
        lock = place.with_name(pattern.format(name=place.name))
        if lock.exists():
            raise OutputError("report.locked", path=str(place), lock=lock.name)
    if not _may(place, os.W_OK):  # a rename would not ask
        raise OutputError("report.in_use", path=str(place))


def _may(place: Path, mode: int) -> bool:
    return os.access(place, mode, effective_ids=os.access in os.supports_effective_ids)


def _only_read(folder: Path) -> bool:
    return sys.platform != "win32" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def explained(error: OSError, place: Path) -> OutputError:
    """Return in words why a workbook cannot be written to a place."""
    if error.errno in _FULL:
        return OutputError("report.disk_full", path=str(place))
    if error.errno in _UNWANTED_NAME:
        return OutputError("report.bad_name", path=_readable(place))
    if isinstance(error, PermissionError) and os.path.exists(place):  # noqa: PTH110 - never raises
        return OutputError("report.in_use", path=str(place))
    reason = error.strerror or str(error)
    return OutputError("report.cannot_write", path=str(place), reason=reason)


def _readable(place: Path) -> str:
    """Return a path as a sentence can hold it: the middle of a very long one is left out."""
    shown = _UNSHOWN.sub("�", str(place))
    half = _LONGEST_SHOWN // 2
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:half]}…{shown[-half:]}"
