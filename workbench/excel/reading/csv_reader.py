# SPDX-License-Identifier: MIT
"""Reads delimited text; every cell stays text."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

from workbench.excel.reading.sheet_head import MOST_COLUMNS, SheetHead, UnreadableError
from workbench.excel.reading.text_encoding import BAD_CHARACTER

_DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE_LINES = 20
_OTHER_LINE_ENDS = re.compile("[\x0b\x1e\x85\u2028\u2029]")
"""What ends lines where neither a line feed nor a carriage return does."""

_MOST_ROWS = 1_100_000
_WIDEST = 16_384
_LARGEST_AREA = 10_000_000
"""Rows by columns beyond which only columns up to ZZ are read, so that the memory suffices."""

_LONGEST_FIELD = 200_000


def read_csv(text: str, name: str) -> Iterator[tuple[SheetHead, Iterator[list[object]]]]:
    """Yield the one sheet of a delimited text."""
    if "\n" not in text and "\r" not in text:
        text = _OTHER_LINE_ENDS.sub("\n", text)
    csv.field_size_limit(_LONGEST_FIELD)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    width = max((len(row) for row in rows), default=0)
    if width > _WIDEST or width * len(rows) > _LARGEST_AREA:
        width = min(width, MOST_COLUMNS)
    head = SheetHead(name, height=len(rows))
    if any(cell.strip() for row in rows for cell in row[width:]):
        head.notes.append("columns_beyond")
    if BAD_CHARACTER in text:
        head.notes.append("bad_characters")
    yield head, (_padded(row, width) for row in rows)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return every row; a quote that nothing closes must not swallow the rows below it."""
    lines = io.StringIO(text, newline="")
    with suppress(csv.Error):
        return _limited(csv.reader(lines, delimiter=delimiter, strict=True))
    lines.seek(0)
    try:
        rows = _limited(csv.reader(lines, delimiter=delimiter))
    except csv.Error as fault:
        raise UnreadableError("file_damaged", detail=str(fault)) from fault
    swallowed = any("\n" in cell and delimiter in cell for row in rows for cell in row)
    return _limited(_by_line(text, delimiter)) if swallowed else rows


def _by_line(text: str, delimiter: str) -> Iterator[list[str]]:
    """Read each line for itself; where quotes do not pair, a quote is a character."""
    for line in text.splitlines():
        if line.count('"') % 2:
            yield line.split(delimiter)
        else:
            yield next(csv.reader([line], delimiter=delimiter), [])


def _limited(rows: Iterator[list[str]]) -> list[list[str]]:
    found = [row for _, row in zip(range(_MOST_ROWS), rows, strict=False)]
    if len(found) == _MOST_ROWS:
        raise UnreadableError("file_too_large")
    return found


def _padded(row: list[str], width: int) -> list[object]:
    cells = [cell[2:-1] if cell[:2] == '="' and cell[-1:] == '"' else cell for cell in row[:width]]
    return [*cells, *([""] * (width - len(row)))]


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the first lines most, and most evenly."""
    lines = [line for line in text[:60_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = [line.count(delimiter) for line in lines]
        if not counts or max(counts) == 0:
            continue
        usual = max(set(counts), key=lambda n: (counts.count(n), n))
        score = usual * counts.count(usual) / len(counts)
        if score > most:
            best, most = delimiter, score
    return best
