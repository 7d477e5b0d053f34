# SPDX-License-Identifier: MIT
"""Where one table of a sheet ends and the next begins, below it or beside it."""

from collections.abc import Mapping, Sequence

from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.rows import UNIT_LINE, Reason, RowReader, RowShape, without_page
from workbench.domain.tables.sheets import RawSheet

_FEWEST_COLUMNS = 2


def same_headings(
    here: Mapping[int, tuple[str, ...]], there: Mapping[int, tuple[str, ...]]
) -> bool:
    """Tell whether a header is another one printed again, perhaps without its upper levels."""
    lowest = {column: levels[-1] for column, levels in here.items()}
    return len(there) * 2 > len(here) and all(
        lowest.get(column) == levels[-1] for column, levels in there.items()
    )


def lines_between(sheet: RawSheet, start: int, stop: int) -> list[str]:
    """Return the texts above a table, cell by cell."""
    return [
        cell
        for row in sheet.rows[start:stop]
        for cell in row
        if isinstance(cell, str) and cell.strip()
    ]


def printed_again(lines: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether lines above a repeated header are the first page's: 厂房清单（续表）."""
    first = {without_page(line) for line in above} | {""}
    return all(without_page(line) in first for line in lines)


def end_above(sheet: RawSheet, next_header: int) -> int:
    """Return where the rows above a header stop: titles right above it belong to it."""
    position = next_header
    while position > 0:
        row = sheet.rows[position - 1]
        filled = [cell for cell in row if cell not in ("", None)]
        if not filled:
            if position < next_header:
                break
        elif len(filled) > 2 or not all(_is_title(cell) for cell in filled):
            break
        position -= 1
    return position


def _is_title(cell: object) -> bool:
    if not isinstance(cell, str):
        return False
    row = [cell, "", "", ""]
    judged = _TITLE_JUDGE.judge(0, row, row)
    return (
        judged is None or judged.reason is Reason.GROUP_LABEL or UNIT_LINE.match(cell) is not None
    )


_TITLE_JUDGE = RowReader(
    RowShape((0, 1, 2, 3), {}, frozenset(), frozenset(), frozenset(), frozenset({0}))
)


def repeats_after(positions: Sequence[int], headings: Mapping[int, Heading]) -> int:
    """Return the length of a heading sequence that repeats to the right, or 0."""
    words = [headings[position].core for position in positions]
    for parts in (2, 3):
        length, rest = divmod(len(words), parts)
        if (
            rest == 0
            and length >= _FEWEST_COLUMNS
            and all(words[i * length : (i + 1) * length] == words[:length] for i in range(1, parts))
        ):
            return length
    return 0
