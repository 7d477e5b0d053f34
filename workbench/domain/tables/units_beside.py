# SPDX-License-Identifier: MIT
"""Units of columns that stand elsewhere than in their headings: above one table, in comments."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.tables.headings.headers import Header
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.unit_lines import Units, unit_in, units_of

_LINES_ABOVE = 3


def units_above(sheet: RawSheet, header: Header, run: Sequence[int]) -> Units:
    """Return the units that stand above one of two tables side by side, in its own columns."""
    for row in reversed(sheet.rows[max(header.first - _LINES_ABOVE, 0) : header.first]):
        for cell in row[run[0] : run[-1] + 1]:
            if isinstance(cell, str) and (units := units_of(cell)):
                return units
    return Units()


def take_units_from_comments(sheet: RawSheet, header: Header, headings: dict[int, Heading]) -> None:
    """Give a column the unit that a comment on its heading states, if nothing else does."""
    if not sheet.comments:
        return
    for position, heading in headings.items():
        if heading.unit:
            continue
        for row in range(sheet.top + header.first, sheet.top + header.body):
            comment = sheet.comments.get((row, sheet.left + position))
            if comment and (unit := unit_in(comment)):
                headings[position] = replace(heading, unit=unit)
