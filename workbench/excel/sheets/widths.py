# SPDX-License-Identifier: MIT
"""How wide the columns of a sheet are: what their tables ask for, within what prints readably."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from workbench.domain.report.model import (
    CellState,
    Column,
    ColumnKind,
    Marks,
    Table,
    TotalKind,
    total_cell,
)
from workbench.excel.measure import DENSE_SIZE, SURE, column_points, text_width
from workbench.excel.page import PRINT_WIDTH
from workbench.excel.per_table import once_per_table
from workbench.excel.styles import qualifier
from workbench.excel.tables import BOLD

NUMBERING = "no"
"""The key of a column of running numbers; it is narrow and stays in the sheet's first column."""
LEAST_SCALE = 0.8
"""Ten points print as eight; what asks for more width has its texts in more lines instead."""
_STEPS = (0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.77, 0.75)
_SMALLEST = 48
"""Percent: letters of ten points would print as five."""
_FILLED = 0.62
"""How much of a page's free width a narrow sheet takes."""
_INDENT = 2.6
"""The room between a figure and its cell's edges."""
_KEPT = {
    ColumnKind.TEXT: 0.6,
    ColumnKind.NUMBER: 0.0,
    ColumnKind.INTEGER: 0.0,
    ColumnKind.WORD: 0.75,
}
"""The share of its width that a column keeps where a sheet is too wide."""
_LONGEST_LABEL = 8.0
"""How far the label of a total may widen a narrow column."""
_LATIN = re.compile(r"\(?[A-Za-z][A-Za-z'’]+\)?|\d{4}-\d\d-\d\d")
"""Words and dates that are not broken; a bracket stays with its word."""
_PER_AREA = re.compile(r"[A-Za-z]+/㎡·[a-z]+")
"""A unit by area and time, which is not broken either."""
_UNIT = re.compile(r"[（(](?:[^（()）]{1,6}|[!-~㎡·]{1,11})[)）]$")
"""A short unit at the end of a title."""
_LONGEST_WORD = 17.0
"""How far a word may widen its column."""
_DATE_WIDTH = 11.2
"""A date that does not fit is no date at all but ###."""
_STRETCH = 1.3
"""How far a column widens for texts that would put their last letters into another line."""
_SUBSTITUTE = 1.16
"""How much wider the bold letters are of a font that stands in for one that is not there."""
_EMPTY_WIDTHS = [14.0] * 9
_POINTS = column_points(2) - column_points(1)
"""How wide one more character makes a column."""


def column_widths(tables: Mapping[int, Table], offsets: Mapping[int, int]) -> list[float]:
    """Return the widths (characters) of a sheet's columns."""
    widths = merged_widths(tables, offsets)
    if not widths:
        return list(_EMPTY_WIDTHS)
    spare = PRINT_WIDTH - _total(widths)
    if spare > 0:
        return _widened(widths, tables, offsets, spare / column_points(1) * _FILLED)
    return _narrowed(widths, tables, offsets)


def fuller(
    widths: list[float], tables: Mapping[int, Table], offsets: Mapping[int, int]
) -> Iterator[list[float]]:
    """Yield wider columns, which hold their texts in fewer lines and print smaller, by steps."""
    yield from _wider(widths, tables, offsets, _STEPS)


def filling(
    widths: list[float], tables: Mapping[int, Table], offsets: Mapping[int, int]
) -> Iterator[list[float]]:
    """Yield wider and wider columns for a sheet that is shrunk until all of it is on one page."""
    yield from _wider(widths, tables, offsets, (at / 100 for at in range(100, _SMALLEST, -2)))


def _wider(
    widths: list[float],
    tables: Mapping[int, Table],
    offsets: Mapping[int, int],
    scales: Iterable[float],
) -> Iterator[list[float]]:
    for scale in scales:
        missing = PRINT_WIDTH / scale - _total(widths)
        if missing > 0:
            yield _widened(widths, tables, offsets, missing / _POINTS)


def _total(widths: list[float]) -> float:
    return sum(column_points(width) for width in widths)


def _widened(
    widths: list[float],
    tables: Mapping[int, Table],
    offsets: Mapping[int, int],
    characters: float,
) -> list[float]:
    """Give columns of text so many characters more, each by its width."""
    texts = {
        offsets[i] + place
        for i, table in tables.items()
        for place, column in enumerate(table.columns)
        if column.kind is ColumnKind.TEXT and column.key != NUMBERING
    } or set(range(len(widths)))
    total = sum(widths[at] for at in texts)
    return [
        width + characters * width / total if at in texts else width
        for at, width in enumerate(widths)
    ]


def _narrowed(
    widths: list[float], tables: Mapping[int, Table], offsets: Mapping[int, int]
) -> list[float]:
    """Take from the columns what they can do without, until the sheet prints at a scale to read."""
    excess = (_total(widths) - PRINT_WIDTH / LEAST_SCALE) / _POINTS
    if excess <= 0:
        return widths
    least = [0.0] * len(widths)
    for index, table in tables.items():
        for place in range(len(table.columns)):
            at = place + offsets[index]
            least[at] = max(least[at], least_width(table, place))
    given = [max(0.0, width - low) for width, low in zip(widths, least, strict=True)]
    share = min(1.0, excess / sum(given)) if sum(given) else 0.0
    return [width - share * part for width, part in zip(widths, given, strict=True)]


def natural_width(table: Table, place: int) -> float:
    """Return the width that a column asks for: its title in two lines, its numbers in one.

    A dense table has smaller letters, and titles in three lines.
    """
    column = table.columns[place]
    size = _size(table)
    title = min(text_width(column.title), 24) / (3 if table.dense else 2) * size + 2
    number = _number_widths(table)[place] * size
    word = _word_width(table, column) * size
    date = _DATE_WIDTH * size if column.kind is ColumnKind.DATE else 0.0
    line = _line_width(table, column) * size
    unit = _unit_width(table, column) * size
    return max(column.width, title, number, word, date, line, unit, _label_width(table, place))


def _unit_width(table: Table, column: Column) -> float:
    """Return the width of the unit in brackets that ends a title, which is not broken."""
    found = _UNIT.search(column.title) if table.header else None
    return text_width(found[0]) * BOLD + 0.8 if found else 0.0


def _size(table: Table) -> float:
    """Return how large a table's letters are beside those in which widths are measured."""
    return table.letters * (DENSE_SIZE / 10 if table.dense else 1.0)


def least_width(table: Table, place: int) -> float:
    """Return the width below which a column breaks words, numbers or every line of its texts."""
    column, size = table.columns[place], _size(table)
    title = min(text_width(column.title), 24) / 3 * size + 2 if table.header else 0.0
    kept = _KEPT.get(column.kind, size) * column.width
    if column.kind is ColumnKind.CODE:
        kept = min(kept, _longest_code(table, column) * size)
    elif column.kind is ColumnKind.DATE:
        kept = max(kept, _DATE_WIDTH * size)
    number = _number_widths(table)[place] * size
    word = max(_word_width(table, column), _longest_word(table, column)) * size
    unit = _unit_width(table, column) * size
    return max(kept, title, number, word, unit, _label_width(table, place))


def _line_width(table: Table, column: Column) -> float:
    """Return the width of the longest line of a column's texts that is hardly wider than it."""
    if column.kind not in (ColumnKind.TEXT, ColumnKind.WORD):
        return 0.0
    texts = (cell.value for cell in table.cells(column.key) if isinstance(cell.value, str))
    most = column.width * _STRETCH
    lines = {line for text in texts for line in text.split("\n")}
    widths = (text_width(line) * (_SUBSTITUTE if line.isascii() else 1 / SURE) for line in lines)
    return max((width + 1.0 for width in widths if width < most), default=0.0)


def _longest_code(table: Table, column: Column) -> float:
    """Return the width of the longest code, so that none of them is broken."""
    codes = (cell.value for cell in table.cells(column.key) if isinstance(cell.value, str))
    return max(map(text_width, codes), default=0.0) * BOLD + 1.6


def _word_width(table: Table, column: Column) -> float:
    """Return the width of the longest Latin word of a title or a short word: none is broken."""
    texts = [column.title] if table.header else []
    if column.kind is ColumnKind.WORD:
        texts += {cell.value for cell in table.cells(column.key) if isinstance(cell.value, str)}
    return _unbroken(texts)


def _longest_word(table: Table, column: Column) -> float:
    """Return the width of the longest Latin word of a column of running text."""
    if column.kind is not ColumnKind.TEXT:
        return 0.0
    return _unbroken({c.value for c in table.cells(column.key) if isinstance(c.value, str)})


def _unbroken(texts: Collection[str]) -> float:
    words = {word for text in texts for word in _LATIN.findall(text)}
    longest = max(map(text_width, words), default=0.0)
    unit = max(
        (text_width(u) + 1.0 for text in texts for u in _PER_AREA.findall(text)), default=0.0
    )
    word = min(longest * _SUBSTITUTE + 1.6, _LONGEST_WORD) if longest else 0.0
    return max(word, unit)


def _label_width(table: Table, place: int) -> float:
    """Return the width of a total's label, which stands in the first column that has no total."""
    unsummed = (i for i, c in enumerate(table.columns) if c.total.kind is TotalKind.NONE)
    if not table.has_totals or place != next(unsummed, None):
        return 0.0
    words = table.total_label.split() if table.total_label.isascii() else [table.total_label]
    return min(max(map(text_width, words), default=0.0) * BOLD + 1.6, _LONGEST_LABEL)


@once_per_table
def _number_widths(table: Table) -> list[float]:
    """Return the widths of the longest numbers by columns, 0 for a column of texts."""
    return [_number_width(table, each) if each.numeric else 0.0 for each in table.columns]


def _number_width(table: Table, column: Column) -> float:
    """Return the width of the longest number of a column, its total and its marks included.

    Of numbers that are shown alike the largest or the smallest is the longest.
    """
    cells = table.cells(column.key)
    if table.has_totals:
        cells.append(total_cell(table, column))
    ends: dict[tuple[int | None, CellState, str], tuple[Decimal | int, Decimal | int]] = {}
    for cell in cells:
        number = cell.value
        if isinstance(number, Decimal | int) and not isinstance(number, bool):
            alike = cell.decimals, cell.state, cell.mark
            low, high = ends.get(alike, (number, number))
            ends[alike] = (min(low, number), max(high, number))
    longest = 0.0
    for (own, state, mark), numbers in ends.items():
        decimals = column.decimals if own is None else own
        if column.kind is ColumnKind.INTEGER:
            decimals = 0
        width = max(text_width(f"{Decimal(number):,.{decimals}f}") for number in numbers)
        longest = max(longest, width + _mark_width(state, mark, table.marks))
    return longest * BOLD + _INDENT


def _mark_width(state: CellState, mark: str, marks: Marks) -> float:
    """Return the room for what stands before and behind a number."""
    if state is CellState.PARTIAL and not mark:
        return text_width("*")
    forecast = text_width(marks.forecast) if state is CellState.FORECAST else 0.0
    forecast += text_width("*") if state is CellState.PARTIAL else 0.0
    if not mark and state is not CellState.ESTIMATED:
        return forecast
    return forecast + text_width(qualifier(mark or "约", chinese=not marks.unknown.isascii()))


def merged_widths(tables: Mapping[int, Table], offsets: Mapping[int, int]) -> list[float]:
    """Return the column widths of a sheet: each the widest that one of its tables asks for."""
    widths: list[float] = []
    for index, table in tables.items():
        for place in range(len(table.columns)):
            at = place + offsets[index]
            widths.extend([0.0] * (at + 1 - len(widths)))
            widths[at] = max(widths[at], natural_width(table, place))
    return [width or 4.0 for width in widths]
