# SPDX-License-Identifier: MIT
"""Writes a workbook whole or not at all: beside its target first, then in its place."""

import errno
import io
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.findings import OutputError
from workbench.domain.report.proof import Checked
from workbench.excel.cached_values import NO_ROWS, with_values
from workbench.excel.house.carrying import NOTHING, Additions

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

Check = Callable[[Path, Path], Checked]
"""Counts a written file that is to be moved to a place; OutputError when something lacks."""
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
    place = Path(target).expanduser()
    moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = moment
    buffer = io.BytesIO()
    workbook.save(buffer)
    buffer.seek(0)
    try:
        _check(place)
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


def _check(place: Path) -> None:
    if place.is_dir():
        raise OutputError("report.is_folder", path=str(place))
    if not place.parent.is_dir():
        raise OutputError("report.no_folder", path=str(place.parent))


def _explained(error: OSError, place: Path) -> OutputError:
    if error.errno in _FULL:
        return OutputError("report.disk_full", path=str(place))
    if error.errno in _UNWANTED_NAME:
        return OutputError("report.bad_name", path=str(place))
    if isinstance(error, PermissionError) and place.exists():
        return OutputError("report.in_use", path=str(place))
    reason = error.strerror or str(error)
    return OutputError("report.cannot_write", path=str(place), reason=reason)
