# SPDX-License-Identifier: MIT
"""Writes a workbook whole or not at all: beside its place, checked, then in its place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.domain.report.proof import Checked
from workbench.excel.cached_values import NO_ROWS, with_values
from workbench.excel.house.carrying import NOTHING, Additions
from workbench.excel.places import explained, refuse_place
from workbench.excel.seals import refuse_altered
from workbench.whole_files import whole_file

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

Check = Callable[[Path, Path], Checked]
"""Counts a written file that is to be moved to a place; OutputError when something lacks."""


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
    from workbench.excel.in_memory import saved_in_memory

    place = refuse_place(target)
    moment = created.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    workbook.properties.created = moment
    saved = saved_in_memory(workbook)
    try:
        with whole_file(place) as unfinished:
            sealed = with_values(saved, unfinished, values, moment, rows, additions)
            checked = check(unfinished, place) if check else Checked()
            refuse_altered(unfinished, place, sealed, workbook.sheetnames, deep=check is None)
    except OSError as error:
        raise explained(error, place) from error
    return checked
