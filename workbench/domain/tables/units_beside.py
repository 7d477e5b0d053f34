# SPDX-License-Identifier: MIT
"""Units of columns that do not stand in their headings: above, in comments, in all cells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.tables.headings.headers import Header
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.sheets import RawSheet
from workbench.domain.tables.unit_lines import Units, unit_in, units_of

_LINES_ABOVE = 3
_LOOKED_AT = 30
_COUNTED = re.compile(r"(?:约|近|超)?\d[\d,，.]*余?\s*([家户人名])(?:企业)?")


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


def take_counters(rows: Sequence[Sequence[object]], headings: dict[int, Heading]) -> None:
    """Give a column whose cells all count firms or people that counter: 入驻企业 over 86家.

    ``rows`` are those below the header.
    """
    for position, heading in headings.items():
        if heading.unit:
            continue
        said = [cell for row in rows[:_LOOKED_AT] if (cell := row[position]) not in ("", None)]
        found = [_COUNTED.fullmatch(cell.strip()) for cell in said if isinstance(cell, str)]
        if found and len(found) == len(said) and all(found):
            units = {match[1] for match in found if match is not None}
            headings[position] = replace(heading, unit=min(units))
