# SPDX-License-Identifier: MIT
"""Marks of .xlsx sheets: hidden rows and columns, errors, missing results, units shown, far cells.

A sheet is scanned in pieces that end with a row, so that its size costs no memory, and only what a
quick search finds is looked at closely.
"""

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import unescape

from workbench.domain.tables.letters import column_index, column_letter
from workbench.excel.reading.number_formats import Shown
from workbench.excel.reading.sheet_head import MOST_MARKS, SheetMarks
from workbench.excel.xlsx_package import XlsxPackage

FARTHEST_GAP = 20_000
"""Blank rows after which what follows is taken for a stray cell, not for the table."""

_PIECE = 1 << 20
_LARGEST_ROW = 48 << 20
_HEAD = 4000
_PREFIX = re.compile(rb"<(?:(\w+):)?worksheet\b")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,9})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COL = re.compile(rb"<(?:\w+:)?col\b([^>]*)/?>")
_MIN_MAX = re.compile(rb"\b(min|max)=[\"'](\d{1,9})[\"']")
_ATTRIBUTE = re.compile(rb"\b([rst])\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(rb"([A-Za-z]{1,3})(\d{1,7})$")
_TAG_ENDS = (b" ", b"\t", b"\r", b"\n", b">", b"/")
Seen = Callable[[int], None]


def xlsx_marks(archive: zipfile.ZipFile, seen: Seen) -> Iterator[SheetMarks]:
    """Yield the marks of every sheet; ``seen`` hears how many rows were passed."""
    package = XlsxPackage(archive)
    styles = package.shown_styles()
    texts_damaged = package.has_damaged_texts()
    rows = 0
    for name, part in package.sheets.items():
        scan = _SheetScan(SheetMarks(name, date1904=package.date1904), styles)
        for piece in _pieces(package.chunks(part, _PIECE)):
            rows += scan.piece(piece)
            seen(rows)
        for letters, number, text in package.comments(part):
            scan.marks.comments.append((int(number), column_of(letters), text))
        scan.marks.pivots += package.pivots(part)
        scan.marks.damaged = texts_damaged or part.filename in package.damaged
        yield scan.marks


def column_of(letters: bytes) -> int:
    """Return a column's number from its letters."""
    return column_index(letters.decode("ascii"))


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Join chunks so that each piece ends with a whole row (the last with the sheet)."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        at = max(rest.rfind(b"</row>"), rest.rfind(b":row>"))
        if at < 0:
            if len(rest) > _LARGEST_ROW:
                return
            continue
        end = rest.index(b">", at) + 1
        yield rest[:end]
        rest = rest[end:]
    if rest:
        yield rest


class _SheetScan:
    """Looks through the pieces of one sheet."""

    def __init__(self, marks: SheetMarks, styles: Mapping[int, Shown]) -> None:
        self.marks = marks
        self._styles = {str(style).encode(): shown for style, shown in styles.items()}
        self._first = True
        self._last_row = 0
        self._numbered = True
        self._looked = 0
        self._set_prefix(b"")

    def _set_prefix(self, prefix: bytes) -> None:
        p = prefix + b":" if prefix else b""
        self._row, self._row_end = b"<" + p + b"row", b"</" + p + b"row>"
        self._cell, self._cell_end = b"<" + p + b"c", b"</" + p + b"c>"
        self._formula = b"<" + p + b"f"
        self._value_end, self._inline_end = b"</" + p + b"v>", b"</" + p + b"is>"
        self._row_tag = re.compile(b"<" + p + rb"row\b([^>]*)>")
        self._cell_tag = re.compile(b"<" + p + rb"c\b([^>]*)>")
        self._formula_text = re.compile(b"<" + p + rb"f\b[^>]*?(?:/>|>([^<]*)<)")
        self._value_text = re.compile(b"<" + p + rb"v\b[^>]*>([^<]*)<")
        self._inline = b"<" + p + b"is"
        self._cut_short = re.compile(b"<" + p + rb"v\b[^>]*>[^<]*<!")

    def piece(self, piece: bytes) -> int:
        """Note what a piece holds; return how many rows it has."""
        if self._first:
            self._first = False
            self._begin(piece)
        rows = self._look_at_rows(piece)
        if b"hidden=" in piece:
            self._hidden_rows(piece)
        if b"<!" in piece and self._cut_short.search(piece):
            self.marks.cut_short = True
        if not self._numbered:
            piece = self._with_places(piece)
        else:
            self._look_for_last(piece)
        wanted = list(self._error_cells(piece))
        for place, cell in wanted:
            if (value := self._value_text.search(cell)) is not None:
                shown = unescape(value[1].decode("utf-8", "replace"))
                self.marks.errors.append((*place, shown))
        if self._formula in piece:
            self._formulas(piece)
        if self._styles:
            self._shown_cells(piece)
        return rows

    def _begin(self, piece: bytes) -> None:
        head = piece[:_HEAD]
        if (found := _PREFIX.search(head)) and found[1]:
            self._set_prefix(found[1])
        data = piece.find(b"sheetData")
        for col in _COL.finditer(piece[: data if data > 0 else len(piece)]):
            if _HIDDEN.search(col[1]):
                ends = dict(_MIN_MAX.findall(col[1]))
                first, last = int(ends.get(b"min", b"0")), int(ends.get(b"max", b"0"))
                if first > 0 and last - first < 1000:
                    self.marks.hidden_columns.extend(range(first, last + 1))
        row = self._row_tag.search(piece)
        cell = self._cell_tag.search(piece)
        self._numbered = (row is None or _NUMBER.search(row[1]) is not None) and (
            cell is None or b"r=" in cell[1]
        )

    def _look_at_rows(self, piece: bytes) -> int:
        """Count the rows, and look for rows and columns that stand far away."""
        count = start = 0
        far = False
        while (end := piece.find(self._row_end, start)) >= 0:
            at = piece.rfind(b' r="', start, end)
            if at >= 0 and piece[at + 4 : at + 7].isalpha():
                far = True
            count += 1
            start = end + len(self._row_end)
        if b"'" in piece and re.search(rb"\br='[A-Z]{3}\d", piece):
            far = True
        if self._numbered:
            self._look_for_gap(piece, count)
        if far:
            self.marks.far = True
        return count

    def _look_for_gap(self, piece: bytes, count: int) -> None:
        first = self._row_tag.search(piece)
        last = self._row_tag.search(piece, max(piece.rfind(self._row), 0))
        if first is None or last is None:
            return
        one, two = _NUMBER.search(first[1]), _NUMBER.search(last[1])
        if one is None or two is None:
            return
        start, end = int(one[1]), int(two[1])
        before = self._last_row or start
        if start - before > FARTHEST_GAP or end - start - count > FARTHEST_GAP:
            self.marks.far = True
        self._last_row = max(end, self._last_row)

    def _look_for_last(self, piece: bytes) -> None:
        """Note the last row of a piece that holds a value."""
        at = piece.rfind(self._value_end)
        while at > 0 and piece[at - 1 : at] == b">":  # a value of no length
            at = piece.rfind(self._value_end, 0, at)
        at = max(at, piece.rfind(self._inline_end))
        row = self._row_tag.match(piece, piece.rfind(self._row, 0, at)) if at > 0 else None
        number = _NUMBER.search(row[1]) if row else None
        if number:
            self.marks.last_row = max(self.marks.last_row, int(number[1]))

    def _hidden_rows(self, piece: bytes) -> None:
        for row in self._row_tag.finditer(piece):
            if b"hidden" in row[1] and _HIDDEN.search(row[1]):
                number = _NUMBER.search(row[1])
                if number and len(self.marks.hidden_rows) < MOST_MARKS:
                    self.marks.hidden_rows.append(int(number[1]))

    def _with_places(self, piece: bytes) -> bytes:
        """Write the places into rows and cells that leave them out: they follow one another."""
        out: list[bytes] = []
        for part in piece.split(self._row_end):
            row = self._row_tag.search(part)
            if row is None:
                out.append(part)
                continue
            number = _NUMBER.search(row[1])
            self._last_row = int(number[1]) if number else self._last_row + 1
            if _HIDDEN.search(row[1]) and number is None:
                self.marks.hidden_rows.append(self._last_row)
            out.append(_placed(part, self._cell_tag, self._last_row))
        return self._row_end.join(out)

    def _at(self, piece: bytes, position: int) -> tuple[tuple[int, int], bytes, bytes] | None:
        """Return place, attributes and text of the cell that a position stands in."""
        start = piece.rfind(self._cell, 0, position)
        while start > 0 and piece[start + len(self._cell) : start + len(self._cell) + 1] not in (
            _TAG_ENDS
        ):
            start = piece.rfind(self._cell, 0, start)
        tag = self._cell_tag.match(piece, start) if start >= 0 else None
        if tag is None:
            return None
        attributes = dict(_ATTRIBUTE.findall(tag[1]))
        place = _PLACE.match(attributes.get(b"r", b""))
        if place is None:
            return None
        empty = tag[1].endswith(b"/")  # then the next end may be a whole piece away
        end = tag.end() if empty else piece.find(self._cell_end, tag.end())
        cell = piece[start : end if end >= 0 else len(piece)]
        return (int(place[2]), column_of(place[1])), tag[1], cell

    def _hits(self, piece: bytes, words: tuple[bytes, ...]) -> Iterator[int]:
        for word in words:
            at = piece.find(word)
            while at >= 0:
                yield at
                at = piece.find(word, at + 1)

    def _error_cells(self, piece: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
        words = (b' t="e"', b" t='e'") if b"'" in piece else (b' t="e"',)
        for at in self._hits(piece, words):
            if len(self.marks.errors) >= MOST_MARKS:
                return
            if found := self._at(piece, at):
                yield found[0], found[2]

    def _formulas(self, piece: bytes) -> None:
        """Note formulas whose result was never stored, and count those that look elsewhere."""
        for at in self._hits(piece, (self._formula,)):
            if piece[at + len(self._formula) : at + len(self._formula) + 1] not in _TAG_ENDS:
                continue
            self._looked += 1
            if self._looked > MOST_MARKS:
                return
            text = self._formula_text.match(piece, at)
            formula = (text[1] if text else b"") or b""
            if b"!" in formula:
                self.marks.foreign_formulas += 1
            end = piece.find(self._cell_end, at)
            cell = piece[at : end if end >= 0 else len(piece)]
            value = self._value_text.search(cell)
            if (value is not None and value[1]) or self._inline in cell:
                continue
            if len(self.marks.uncached) < MOST_MARKS and (found := self._at(piece, at)):
                shown = "=" + unescape(formula.decode("utf-8", "replace"))
                self.marks.uncached.append((*found[0], shown))

    def _shown_cells(self, piece: bytes) -> None:
        words = [b' s="' + style + b'"' for style in self._styles]
        if b"'" in piece:
            words += [b" s='" + style + b"'" for style in self._styles]
        if len(words) > 6:
            pattern = re.compile(b" s=[\"'](?:" + b"|".join(self._styles) + b")[\"']")
            hits: Iterator[int] = (found.start() for found in pattern.finditer(piece))
        else:
            hits = self._hits(piece, tuple(words))
        for at in hits:
            if len(self.marks.shown) >= MOST_MARKS:
                return
            found = self._at(piece, at)
            said = dict(_ATTRIBUTE.findall(found[1])) if found else {}
            if found and said.get(b"t", b"n") == b"n" and (style := said.get(b"s")) in self._styles:
                self.marks.shown.append((*found[0], self._styles[style]))


def _placed(row: bytes, tag: re.Pattern[bytes], number: int) -> bytes:
    """Return a row whose cells all say where they stand."""
    column = 0

    def put(found: re.Match[bytes]) -> bytes:
        nonlocal column
        place = re.search(rb"\br=[\"']([A-Za-z]{1,3})\d*[\"']", found[1])
        if place:
            column = column_of(place[1])
            return found[0]
        column += 1
        where = column_letter(column).encode() + str(number).encode()
        start = found.start(1) - found.start(0)
        return found[0][:start] + b' r="' + where + b'"' + found[0][start:]

    return tag.sub(put, row)
