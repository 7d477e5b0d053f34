# SPDX-License-Identifier: MIT
"""Marks of .xlsb sheets: hidden rows and columns, errors, units, comments, record by record."""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from posixpath import join, normpath

from workbench.excel.reading.number_formats import (
    BUILT_IN_PERCENTS,
    ERROR_TEXTS,
    PERCENT,
    Shown,
    shown_by,
)
from workbench.excel.reading.sheet_head import (
    LONGEST_COMMENT,
    MOST_COMMENTS,
    MOST_MARKS,
    SheetMarks,
)
from workbench.excel.xlsx_package import UNREADABLE, attributes_of

_BUNDLE_SHEET, _WORKBOOK_PROPERTIES = 156, 153
_FORMAT, _BEGIN_CELL_XFS, _END_CELL_XFS, _XF = 44, 617, 618, 47
_ROW, _CELL_RK, _CELL_ERROR, _CELL_REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_COLUMN_INFO, _MERGE = 60, 176
_BEGIN_COMMENT, _COMMENT_TEXT = 635, 637
_PIVOT_LOCATION = 314
_LARGEST_PART = 250_000_000
_VALUES = frozenset(range(2, 12))
_CELL = struct.Struct("<II")
_NUMBERS = frozenset({_CELL_RK, _CELL_REAL, _FORMULA_NUMBER})
_ERRORS = frozenset({_CELL_ERROR, _FORMULA_ERROR})
_TEXTS = "xl/sharedStrings.bin"
_FARTHEST_GAP, _MOST_COLUMNS = 20_000, 702


def xlsb_marks(archive: zipfile.ZipFile, seen: Callable[[int], None]) -> Iterator[SheetMarks]:
    """Yield the marks of every sheet; ``seen`` hears how many rows were passed."""
    names = {name.lower().lstrip("/"): name for name in archive.namelist()}
    damaged: set[str] = set()

    def part(name: str) -> bytes:
        stored = names.get(name.lower().lstrip("/"))
        if stored is None or archive.getinfo(stored).file_size > _LARGEST_PART:
            return b""
        try:
            return archive.read(stored)
        except UNREADABLE:
            damaged.add(name)
            return b""

    part(_TEXTS)
    styles = _shown_styles(part("xl/styles.bin"))
    targets = _relations(part("xl/_rels/workbook.bin.rels"), "xl")
    date1904 = False
    passed = 0
    for kind, body in list(_records(part("xl/workbook.bin"))):
        if kind == _WORKBOOK_PROPERTIES and body:
            date1904 = bool(body[0] & 1)
        if kind != _BUNDLE_SHEET or len(body) < 16:
            continue
        relation, rest = _string(body, 8)
        name, _ = _string(body, rest)
        path = targets.get(relation, ("", ""))[1]
        marks = SheetMarks(name, date1904=date1904)
        passed += _read_sheet(part(path), marks, styles)
        marks.damaged = bool(damaged & {path, _TEXTS})
        seen(passed)
        folder, _, base = path.rpartition("/")
        for target in _relations(part(f"{folder}/_rels/{base}.rels"), folder).values():
            if target[0].endswith("/comments"):
                marks.comments += _comments(part(target[1]))
            elif target[0].endswith("/pivotTable"):
                marks.pivots += _pivots(part(target[1]))
        yield marks


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record."""
    at = 0
    while at < len(data):
        kind, start, length = _head(data, at)
        at = start + length
        yield kind, data[start:at]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return kind, start and length of a record; the length of both numbers varies."""
    end = len(data)
    kind = data[at]
    at += 1
    if kind & 0x80 and at < end:
        kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
        at += 1
    length = shift = 0
    while at < end:
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80 or shift > 21:
            break
    return kind, at, length


def _read_sheet(data: bytes, marks: SheetMarks, styles: Mapping[int, Shown]) -> int:
    """Note what a sheet holds; return how many rows it has."""
    scan = _SheetScan(marks, styles)
    at, end = 0, len(data)
    while at + 1 < end:
        kind, length = data[at], data[at + 1]
        # Most records are cells whose head is two bytes long: they cost a fifth when read here.
        if kind in _VALUES and length < 128 and at + 10 <= end:
            scan.cell(kind, data, at + 2)
            at += 2 + length
            continue
        kind, start, length = _head(data, at)
        at = start + length
        if kind in _VALUES and length >= 8 and at <= end:
            scan.cell(kind, data, start)
        elif kind in (_ROW, _MERGE, _COLUMN_INFO):
            scan.other(kind, data[start:at])
    return scan.rows


class _SheetScan:
    """Follows the records of one sheet."""

    def __init__(self, marks: SheetMarks, styles: Mapping[int, Shown]) -> None:
        self.rows = 0
        self._row = -1
        self._marks = marks
        self._styles = styles

    def cell(self, kind: int, data: bytes, at: int) -> None:
        """Note a cell that holds a value."""
        column, style = _CELL.unpack_from(data, at)
        marks, row = self._marks, self._row + 1
        if row > marks.last_row:
            marks.last_row = row
        if column >= _MOST_COLUMNS:
            marks.far = True
        if kind in _NUMBERS:
            shown = self._styles.get(style & 0xFFFFFF)
            if shown is not None and len(marks.shown) < MOST_MARKS:
                marks.shown.append((row, column + 1, shown))
        elif kind in _ERRORS and at + 8 < len(data) and len(marks.errors) < MOST_MARKS:
            marks.errors.append((row, column + 1, ERROR_TEXTS.get(data[at + 8], "#VALUE!")))

    def other(self, kind: int, body: bytes) -> None:
        """Note a row, a merge or columns."""
        marks = self._marks
        if kind == _ROW and len(body) >= 12:
            number = struct.unpack_from("<I", body)[0]
            marks.far = marks.far or (self.rows > 0 and number - self._row > _FARTHEST_GAP)
            marks.disordered = marks.disordered or number <= self._row
            self._row = number
            self.rows += 1
            if body[11] & 0x10 and len(marks.hidden_rows) < MOST_MARKS:
                marks.hidden_rows.append(number + 1)
        elif kind == _MERGE and len(body) >= 16 and len(marks.merges) < MOST_MARKS:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            marks.merges.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _COLUMN_INFO and len(body) >= 18 and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            if last - first < 1000:
                marks.hidden_columns.extend(range(first + 1, last + 2))


def _shown_styles(data: bytes) -> dict[int, Shown]:
    formats = dict.fromkeys(BUILT_IN_PERCENTS, PERCENT)
    styles: list[int] = []
    inside = False
    for kind, body in _records(data):
        if kind == _FORMAT and len(body) > 6:
            if shown := shown_by(_string(body, 2)[0]):
                formats[struct.unpack_from("<H", body)[0]] = shown
        elif kind in (_BEGIN_CELL_XFS, _END_CELL_XFS):
            inside = kind == _BEGIN_CELL_XFS
        elif kind == _XF and inside and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return {i: formats[number] for i, number in enumerate(styles) if number in formats}


def _pivots(data: bytes) -> list[tuple[int, int, int, int]]:
    """Return where a pivot table stands."""
    found = []
    for kind, body in _records(data):
        if kind == _PIVOT_LOCATION and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            found.append((top + 1, left + 1, bottom + 1, right + 1))
    return found


def _comments(data: bytes) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    place = None
    for kind, body in _records(data):
        if kind == _BEGIN_COMMENT and len(body) >= 20:
            place = struct.unpack_from("<I", body, 4)[0], struct.unpack_from("<I", body, 12)[0]
        elif kind == _COMMENT_TEXT and place and len(body) > 5 and len(found) < MOST_COMMENTS:
            found.append((place[0] + 1, place[1] + 1, _string(body, 1)[0][:LONGEST_COMMENT]))
    return found


def _string(body: bytes, at: int) -> tuple[str, int]:
    """Return a length-prefixed text and where it ends."""
    if at + 4 > len(body):
        return "", len(body)
    count = struct.unpack_from("<I", body, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = min(at + 4 + 2 * count, len(body))
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _relations(data: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """Return type and path by relation id."""
    found = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", data):
        attributes = attributes_of(tag)
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[attributes.get("Id", "")] = attributes.get("Type", ""), path
    return found
