# SPDX-License-Identifier: MIT
"""Marks of .ods sheets: hidden rows and columns, errors, missing results, units, comments.

The one content.xml is scanned in pieces that end with a row; only rows in which a quick search
finds something are looked at closely, and no entity is ever expanded.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from html import unescape

from workbench.domain.tables.letters import column_index
from workbench.excel.reading.number_formats import PERCENT, shown_with
from workbench.excel.reading.sheet_head import (
    LONGEST_COMMENT,
    MOST_COMMENTS,
    MOST_MARKS,
    SheetMarks,
    UnreadableError,
)
from workbench.excel.xlsx_package import UNREADABLE, attributes_of

_PIECE = 1 << 20
_LARGEST_ROW = 48 << 20
_FARTHEST_GAP, _MOST_COLUMNS = 20_000, 702
_LARGEST_AREA = 8_000_000
_HIDDEN = ("collapse", "filter")
_ATTRIBUTES = rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
_TABLE_SPACE = re.compile(rb"xmlns:(\w+)=[\"'](?:urn:oasis:names:tc:opendocument:xmlns:table:1\.0|"
                          rb"http://openoffice\.org/2000/table)[\"']")  # fmt: skip
_SHOWN = re.compile(rb":(?:date-|time-|boolean-|string-)?value=|<text:p\b[^>]*>[^<]")
_WITH_WORDS = re.compile(rb'value-type="float"[^>]*>\s*<text:p[^>]*>[-+\d.,\s]*\d\s*[^\d\s<.,%)]')
"""A number that is shown with words behind it."""
_NUMBER_AND_WORDS = re.compile(r"([-+]?[\d,]*\.?\d+)\s*(\D+)")
_PARAGRAPH = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
_ANNOTATION = re.compile(rb"<office:annotation\b.*?</office:annotation>", re.DOTALL)
_TAG = re.compile(rb"<[^>]*>")
_ADDRESS = re.compile(
    r"(?:'((?:[^']|'')*)'|([^'.]+))\.([A-Z]{1,3})(\d{1,7}):.*?\.?([A-Z]{1,3})(\d{1,7})"
)


def ods_marks(archive: zipfile.ZipFile, seen: Callable[[int], None]) -> Iterator[SheetMarks]:
    """Yield the marks of every sheet; UnreadableError for a document that defines entities."""
    content = None
    try:
        with archive.open("content.xml") as stream:
            for piece in _pieces(stream.read, b"table-row>"):
                content = content or _Content(piece)
                content.take(piece)
                seen(content.rows)
    except UNREADABLE as fault:
        if content is None:
            raise UnreadableError("file_damaged", detail=str(fault)[:200]) from fault
        for sheet in content.sheets:
            sheet.damaged = True
    yield from content.sheets if content else ()


def _pieces(read: Callable[[int], bytes], end: bytes) -> Iterator[bytes]:
    """Join chunks so that each piece ends with a whole row (the last with the document)."""
    rest = b""
    while chunk := read(_PIECE):
        rest += chunk
        at = rest.rfind(end)
        if at >= 0:
            yield rest[: at + len(end)]
            rest = rest[at + len(end) :]
        elif len(rest) > _LARGEST_ROW:
            return
    if rest:
        yield rest


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text), 1 << 21) if text.isdigit() and len(text) < 8 else 1


class _Content:
    """Follows the tables, columns and rows of content.xml."""

    def __init__(self, head: bytes) -> None:
        if b"<!ENTITY" in head:
            raise UnreadableError("file_damaged", detail="entities")
        self.sheets: list[SheetMarks] = []
        self.rows = 0
        self._row = self._spec_column = self._last_filled = self._widest = 0
        self._depth = 0
        self._tag = b""
        found = _TABLE_SPACE.search(head)
        self._prefix = p = (found[1] if found else b"table") + b":"
        self._structure = re.compile(
            b"<(/?)"
            + p
            + rb"(table|table-column|table-row|data-pilot-table)(?=[\s/>])"
            + _ATTRIBUTES
        )
        self._cell = re.compile(b"<" + p + b"(?:covered-)?table-cell" + _ATTRIBUTES)
        self._cells = (b"<" + p + b"table-cell", b"<" + p + b"covered-table-cell")
        self._ends = (b"</" + p + b"table-cell>", b"</" + p + b"covered-table-cell>")
        self._repeated = re.compile(p + rb"number-columns-repeated=[\"'](\d{1,7})[\"']")
        self._takers = (
            (b"-spanned=", self._take_merge),
            (b":formula=", self._take_formula),
            (b"percentage", self._take_percent),
        )

    def take(self, piece: bytes) -> None:
        """Note what a piece says; it ends with a row, or is the last."""
        row_start = 0
        for found in self._structure.finditer(piece):
            closing, name, tag = found[1] == b"/", found[2], found[3]
            if name == b"table":
                self._take_table(closing, tag)
            elif name == b"data-pilot-table":
                self._take_pivot(attributes_of(tag).get("target-range-address", ""))
            elif self._depth != 1:
                continue
            elif name == b"table-column":
                self._take_column(attributes_of(tag))
            elif not closing:
                row_start, self._tag = found.end(), tag
                if tag.endswith(b"/"):
                    self._take_row(tag, b"")
            else:
                self._take_row(self._tag, piece[row_start : found.start()])
        if b"<![CDATA[" in piece and self.sheets:
            self.sheets[-1].cut_short = True

    def _take_table(self, closing: bool, tag: bytes) -> None:
        if closing:
            self._depth -= 1
        elif not tag.endswith(b"/"):
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(SheetMarks(attributes_of(tag).get("name", "")))
                self._row = self._spec_column = self._last_filled = self._widest = 0

    def _take_pivot(self, address: str) -> None:
        """Note where a pivot table stands: 'a sheet'.A5:'a sheet'.C8."""
        found = _ADDRESS.fullmatch(address.replace("$", ""))
        if found is None:
            return
        name = (found[1] or found[2]).replace("''", "'")
        place = (int(found[4]), column_index(found[3]), int(found[6]), column_index(found[5]))
        for sheet in self.sheets:
            if sheet.name == name:
                sheet.pivots.append(place)

    def _take_column(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN and count < 1000:
            first = self._spec_column + 1
            self.sheets[-1].hidden_columns.extend(range(first, first + count))
        self._spec_column += count

    def _take_row(self, tag: bytes, row: bytes) -> None:
        """Note what a row says; ``row`` is what stands between its tags."""
        sheet = self.sheets[-1]
        attributes = attributes_of(tag) if b"repeated" in tag or b"visibility" in tag else {}
        times = _count(attributes, "number-rows-repeated")
        if attributes.get("visibility") in _HIDDEN and times < MOST_MARKS:
            sheet.hidden_rows.extend(range(self._row + 1, self._row + 1 + times))
        if b"value-type" in row:
            self._take_extent(sheet, row, times)
        for word, take in self._takers:
            if word in row:
                for cell in self._cells_with(row, word):
                    take(sheet, *cell)
        if _WITH_WORDS.search(row):
            for cell in self._cells_with(row, b'"float"'):
                self._take_unit(sheet, *cell)
        if b"<office:annotation" in row:
            self._take_comments(sheet, row)
        self._row += times
        self.rows += 1

    def _take_extent(self, sheet: SheetMarks, row: bytes, times: int) -> None:
        """Note how far the filled cells reach, and what would not fit into the memory."""
        last = row.rfind(b"value-type")
        width = row.count(self._cells[0], 0, last)
        if times > 1 or b"-repeated=" in row[:last] or width > _MOST_COLUMNS:
            start = self._start_of(row, last)
            width = self._column_of(row, start) + _count(
                self._attributes_at(row, start), "number-columns-repeated"
            )
        if self._row - self._last_filled > _FARTHEST_GAP or width > _MOST_COLUMNS + 1:
            sheet.far = True
        self._last_filled = self._row + times
        self._widest = max(self._widest, width)
        sheet.vast = self._widest * self._last_filled > _LARGEST_AREA
        if _SHOWN.search(row):
            sheet.last_row = self._last_filled

    def _start_of(self, row: bytes, at: int) -> int:
        """Return where the cell starts that a position of a row stands in."""
        return max(row.rfind(start, 0, at) for start in self._cells)

    def _column_of(self, row: bytes, start: int) -> int:
        """Return the column of a cell that starts at a position of a row."""
        before = sum(row.count(cell, 0, start) for cell in self._cells)
        if row.find(b"-repeated=", 0, start) >= 0:
            before += sum(int(found[1]) - 1 for found in self._repeated.finditer(row, 0, start))
        return before + 1

    def _attributes_at(self, row: bytes, start: int) -> dict[str, str]:
        tag = self._cell.match(row, start) if start >= 0 else None
        return attributes_of(tag[1]) if tag else {}

    def _cells_with(self, row: bytes, word: bytes) -> Iterator[tuple[int, dict[str, str], bytes]]:
        """Yield column, attributes and content of the cells whose tag holds a word."""
        at = row.find(word)
        while at >= 0:
            start = self._start_of(row, at)
            tag = self._cell.match(row, start) if start >= 0 else None
            if tag is None or at > tag.end():  # the word stands in a text
                at = row.find(word, at + len(word))
                continue
            ends = [place for end in self._ends if (place := row.find(end, tag.end())) >= 0]
            empty = tag[1].endswith(b"/")
            stop = tag.end() if empty else min(ends, default=len(row))
            yield self._column_of(row, start), attributes_of(tag[1]), row[tag.end() : stop]
            at = row.find(word, tag.end())

    def _take_merge(
        self, sheet: SheetMarks, column: int, attributes: dict[str, str], _content: bytes
    ) -> None:
        down = _count(attributes, "number-rows-spanned")
        across = _count(attributes, "number-columns-spanned")
        if (down > 1 or across > 1) and len(sheet.merges) < MOST_MARKS:
            top = self._row + 1
            sheet.merges.append((top, column, top + down - 1, column + across - 1))

    def _take_percent(
        self, sheet: SheetMarks, column: int, attributes: dict[str, str], _content: bytes
    ) -> None:
        if attributes.get("value-type") == "percentage" and len(sheet.shown) < MOST_MARKS:
            times = min(_count(attributes, "number-columns-repeated"), 256)
            sheet.shown.extend((self._row + 1, at, PERCENT) for at in range(column, column + times))

    def _take_unit(
        self, sheet: SheetMarks, column: int, attributes: dict[str, str], content: bytes
    ) -> None:
        """Note the unit that a number is shown with: 12.50亩, or 3.7万㎡ of 37000."""
        found = _NUMBER_AND_WORDS.fullmatch(_text(_ANNOTATION.sub(b"", content)).strip())
        if found is None or len(sheet.shown) >= MOST_MARKS:
            return
        try:
            times = float(attributes.get("value", "")) / float(found[1].replace(",", ""))
        except (ValueError, ZeroDivisionError):
            return
        if (how := shown_with(found[2], times)) is not None:
            sheet.shown.append((self._row + 1, column, how))

    def _take_formula(
        self, sheet: SheetMarks, column: int, attributes: dict[str, str], content: bytes
    ) -> None:
        """Note an error or a result that was never stored, and count what looks elsewhere."""
        formula = attributes.get("formula", "")
        if "." in formula and "[$" in formula:
            sheet.foreign_formulas += 1
        shown = _text(_ANNOTATION.sub(b"", content)).strip()
        place = (self._row + 1, column)
        kind = attributes.get("value-type", "")
        empty = not kind or (kind == "string" and not attributes.get("string-value"))
        if shown.startswith(("#", "Err:")) and len(sheet.errors) < MOST_MARKS:
            sheet.errors.append((*place, shown[:40]))
        elif empty and not shown and len(sheet.uncached) < MOST_MARKS:
            sheet.uncached.append((*place, "=" + formula.partition("=")[2][:200]))

    def _take_comments(self, sheet: SheetMarks, row: bytes) -> None:
        for found in _ANNOTATION.finditer(row):
            text = _text(found[0]).strip()[:LONGEST_COMMENT]
            if text and len(sheet.comments) < MOST_COMMENTS:
                column = self._column_of(row, self._start_of(row, found.start()))
                sheet.comments.append((self._row + 1, column, text))


def _text(content: bytes) -> str:
    """Return the text of a cell's paragraphs."""
    words = b"\n".join(_TAG.sub(b"", each[1]) for each in _PARAGRAPH.finditer(content))
    return unescape(words.decode("utf-8", "replace"))
