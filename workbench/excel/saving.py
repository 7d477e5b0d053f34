# SPDX-License-Identifier: MIT
"""Writes a workbook whole or not at all: beside its target first, then in its place."""

import errno
import io
import re
import secrets
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.findings import OutputError, UsageError
from workbench.domain.report.proof import Checked
from workbench.excel.cached_values import NO_ROWS, with_values
from workbench.excel.house.carrying import NOTHING, Additions
from workbench.locations import holds_project

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

Check = Callable[[Path, Path], Checked]
"""Counts a written file that is to be moved to a place; OutputError when something lacks."""
_OURS, _ABANDONED = re.compile(r"\.~[0-9a-f]{8}\.xlsx"), 3600
"""A workbook on its way, and after how many seconds nobody is writing it any more."""
_LOCKS = ("~${name}", ".~lock.{name}#", ".~{name}")
"""What Excel, LibreOffice and WPS put beside a workbook that is open in them."""
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_UNWANTED_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})


def save(
    workbook: "Workbook",
    target: str,
    created: datetime,
    values: Mapping[str, Mapping[str, float | str]],
    check: Check | None = None,
    rows: Mapping[str, Iterable[str]] = NO_ROWS,
    additions: Additions = NOTHING,
) -> Checked:
    """Save a workbook with the values of its formulas; OutputError leaves the old file alone.

    ``check`` looks at the written file before it is moved into its place; ``rows`` are streamed
    into the parts of their names, ``additions`` come from a template.
    """
    place = refuse_place(target)
    moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = moment
    buffer = io.BytesIO()
    try:
        _write(workbook, buffer)
    except OSError as error:
        folder, reason = tempfile.gettempdir(), error.strerror or str(error)
        raise OutputError(
            "report.no_room", path=str(place), folder=folder, reason=reason
        ) from error
    buffer.seek(0)
    try:
        _sweep(place.parent)
        temporary = place.with_name(f".~{secrets.token_hex(4)}.xlsx")
        try:
            with_values(buffer, temporary, values, moment, rows, additions)
            checked = check(temporary, place) if check else Checked()
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _explained(error, place) from error
    return checked


def _sweep(folder: Path) -> None:
    """Remove what a writer left that was killed or lost its power: nobody else names files so."""
    for left in folder.glob(".~*.xlsx"):
        if _OURS.fullmatch(left.name):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()


def _write(workbook: "Workbook", buffer: io.BytesIO) -> None:
    """Write a workbook; each sheet goes through the folder for temporary files first.

    openpyxl's own ``save`` leaves the package open when that folder is full.
    """
    from openpyxl.writer.excel import ExcelWriter

    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as package:
        ExcelWriter(workbook, package).save()


def refuse_place(target: str, template: str = "", sources: Sequence[str] = ()) -> Path:
    """Return the place of a target; neither the template nor a source is written over.

    UsageError for a name that Excel would refuse to open, OutputError for a place where no
    workbook can or may be.
    """
    place = Path(target).expanduser()
    try:
        _check(place)
        if template and _same(place, template):
            raise OutputError("report.is_template", path=str(place))
        if any(_same(place, source) for source in sources):
            raise OutputError("import_problems.is_source", path=str(place))
    except OSError as error:
        raise _explained(error, place) from error
    return place


def _same(place: Path, other: str) -> bool:
    path = Path(other).expanduser()
    return place.exists() and path.exists() and place.samefile(path)


def _check(place: Path) -> None:
    if place.is_dir():
        raise OutputError("report.is_folder", path=str(place))
    if place.suffix.lower() != ".xlsx":
        if holds_project(place):
            raise OutputError("project.written_over", path=str(place))
        name = f"{place.stem}.xlsx"
        raise UsageError("report.not_xlsx", path=str(place), name=name)
    if not place.parent.is_dir():
        raise OutputError("report.no_folder", path=str(place.parent))
    if not place.exists():
        return
    if not place.is_file():
        raise OutputError("report.no_file", path=str(place))
    if holds_project(place):
        raise OutputError("project.written_over", path=str(place))
    for pattern in _LOCKS:
        lock = place.with_name(pattern.format(name=place.name))
        if lock.exists():
            raise OutputError("report.locked", path=str(place), lock=lock.name)


def _explained(error: OSError, place: Path) -> OutputError:
    if error.errno in _FULL:
        return OutputError("report.disk_full", path=str(place))
    if error.errno in _UNWANTED_NAME:
        return OutputError("report.bad_name", path=str(place))
    if isinstance(error, PermissionError) and place.exists():
        return OutputError("report.in_use", path=str(place))
    reason = error.strerror or str(error)
    return OutputError("report.cannot_write", path=str(place), reason=reason)
