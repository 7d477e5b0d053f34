# SPDX-License-Identifier: MIT
"""Reads the HTML and XML tables that web systems and old Excel save under the name .xls."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from html.parser import HTMLParser

from workbench.domain.overriding import override
from workbench.excel.reading.sheet_head import MOST_COLUMNS, SheetHead, UnreadableError

_MARKUP = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html|<table|<head|<meta|"
    r"<\?mso-application|<(?:ss:)?workbook\b)",
    re.I | re.DOTALL,
)
_ANY_TAG = re.compile(r"^\s*<[a-z!?]", re.I)
_ANY_TABLE = re.compile(r"<table\b", re.I)
_LOOKED_AT = 100_000
_CELLS = ("td", "th", "cell", "ss:cell")
_ROWS = ("tr", "row", "ss:row")
_TABLES = ("table", "ss:table")
_NOTES = ("comment", "ss:comment")
_WIDEST_SPAN, _DEEPEST = 200, 8


def is_markup(text: str) -> bool:
    """Tell whether a text is an HTML page or an XML spreadsheet."""
    if _MARKUP.match(text[:5000]):
        return True
    return bool(_ANY_TAG.match(text[:100]) and _ANY_TABLE.search(text[:_LOOKED_AT]))


def read_markup(text: str, name: str) -> Iterator[tuple[SheetHead, Iterator[list[object]]]]:
    """Yield each table as a sheet, with spans as merges; UnreadableError when it ends early."""
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    if parser.is_open and _is_spreadsheet(text):
        raise UnreadableError("file_damaged", detail="the XML ends early")
    tables = [table for table in parser.tables if table.says_something]
    for index, table in enumerate(tables):
        title = table.name or (name if len(tables) == 1 else f"{name} {index + 1}")
        width = max(len(row) for row in table.rows)
        head = SheetHead(title, height=len(table.rows), merges=table.merges)
        if width > MOST_COLUMNS:
            width = MOST_COLUMNS
            head.notes.append("columns_beyond")
        rows = [[*row[:width], *([""] * (width - len(row)))] for row in table.rows]
        if parser.is_open and table is tables[-1]:
            head.notes.append("cut_off")
        yield head, iter(rows)


def _is_spreadsheet(text: str) -> bool:
    """Tell whether a text is an XML spreadsheet, whose elements must all be closed."""
    return re.search(r"<(?:ss:)?workbook\b", text[:5000], re.I) is not None


def is_web_archive(data: bytes) -> bool:
    """Tell whether a file is a web page with its parts in one file (.mht), as Excel saves it."""
    head = data[:2000].lower()
    return head.lstrip().startswith((b"mime-version:", b"from:")) and b"content-type:" in head


def read_web_archive(data: bytes, name: str) -> Iterator[tuple[SheetHead, Iterator[list[object]]]]:
    """Yield the tables of every page of a web archive."""
    for number, part in enumerate(message_from_bytes(data).walk()):
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            charset = part.get_content_charset() or "gb18030"
            try:
                text = content.decode(charset, "replace")
            except LookupError:
                text = content.decode("utf-8", "replace")
            yield from read_markup(text, f"{name} {number}")


class _Table:
    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[object]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self.taken: set[tuple[int, int]] = set()

    @property
    def says_something(self) -> bool:
        """Tell whether any cell holds a text."""
        return any(cell for row in self.rows for cell in row)

    @property
    def lays_out_records(self) -> bool:
        """Tell whether it has rows and columns of its own, and is no note in a cell."""
        return sum(1 for row in self.rows if sum(map(bool, row)) > 1) > 1


class _TableParser(HTMLParser):
    """Collects the cells of every table.

    A table within a cell is one of its own where it has rows and columns: pages are laid out by
    tables. A smaller one, and what lies very deep, is a part of the cell's text.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._table = _Table("")
        self._depth = 0
        self._sheet = ""
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._column = 0
        self._in_note = False
        self._outer: list[tuple[_Table, list[str] | None, tuple[int, int], int]] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key.rpartition(":")[2]: value or "" for key, value in attrs}
        if tag in ("worksheet", "ss:worksheet"):
            self._sheet = values.get("name", "")
        elif tag in _TABLES:
            self._start_table()
        elif not 1 <= self._depth <= _DEEPEST:
            return
        elif tag in _ROWS:
            self._start_row(values)
        elif tag in _CELLS and self._table.rows:
            self._start_cell(tag, values)
        elif tag in _NOTES:
            self._in_note = True
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    @property
    def is_open(self) -> bool:
        """Tell whether the text ended inside a table."""
        return self._depth > 0

    def _start_table(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            return
        if self._depth > 1:
            self._outer.append((self._table, self._text, self._span, self._column))
        self._table, self._text = _Table(self._sheet), None
        self.tables.append(self._table)

    def _end_table(self) -> None:
        if self._depth > _DEEPEST or not self._depth:
            self._depth = max(0, self._depth - 1)
            return
        self._finish_cell()
        self._depth -= 1
        if not self._outer:
            return
        inner = self._table
        self._table, self._text, self._span, self._column = self._outer.pop()
        if not inner.lays_out_records:
            self.tables.remove(inner)
            if self._text is not None:
                self._text += [str(cell) for row in inner.rows for cell in row]

    def _start_row(self, values: dict[str, str]) -> None:
        self._finish_cell()
        rows = self._table.rows
        if (index := _count(values.get("index"), 0)) > len(rows) + 1:
            rows.extend([] for _ in range(min(index - len(rows) - 1, 5000)))
        rows.append([])
        self._column = 0

    def _start_cell(self, tag: str, values: dict[str, str]) -> None:
        self._finish_cell()
        self._text = []
        if tag in ("td", "th"):
            self._span = (_count(values.get("rowspan"), 1), _count(values.get("colspan"), 1))
        else:
            self._span = (
                _count(values.get("mergedown"), 0) + 1,
                _count(values.get("mergeacross"), 0) + 1,
            )
            if index := _count(values.get("index"), 0):
                self._column = index - 1

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _TABLES:
            self._end_table()
        elif tag in _NOTES:
            self._in_note = False
        elif 1 <= self._depth <= _DEEPEST and tag in (*_CELLS, *_ROWS):
            self._finish_cell()

    @override
    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._in_note:
            self._text.append(data)

    def _finish_cell(self) -> None:
        table = self._table
        if self._text is None or not table.rows:
            return
        row = len(table.rows)
        while (row, self._column) in table.taken:
            self._column += 1
        cells = table.rows[-1]
        cells.extend([""] * (self._column + 1 - len(cells)))
        cells[self._column] = "".join(self._text).strip()
        down, across = self._span
        if down > 1 or across > 1:
            table.merges.append((row, self._column + 1, row + down - 1, self._column + across))
            table.taken |= {
                (r, c)
                for r in range(row, row + down)
                for c in range(self._column, self._column + across)
            }
            cells.extend([""] * (self._column + across - len(cells)))
        self._column += across
        self._text = None


def _count(text: str | None, default: int) -> int:
    """Return a count; 0, which is to mean the rest of the table, is taken for none."""
    return min(int(text), _WIDEST_SPAN) if text and text.isdigit() and int(text) else default
