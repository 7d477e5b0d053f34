# SPDX-License-Identifier: MIT
"""Marks of .xls sheets: hidden rows and columns, errors, units, comments, from BIFF records."""

import struct
from collections.abc import Iterator, Mapping

from workbench.excel.reading.compound_file import CompoundFile
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

_HEAD = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
_BOF, _EOF = 0x809, 0x0A
_BIFF8 = 0x600
_FILE_PASS, _FIRST_RECORDS = 0x2F, 200
_BOUND_SHEET, _DATE_MODE, _FORMAT, _XF = 0x85, 0x22, 0x41E, 0xE0
_DIMENSIONS, _ROW, _COLUMN_INFO = 0x200, 0x208, 0x7D
_VAST = 4_000_000
_BOOL_ERROR, _NUMBER, _RK, _MANY_RK, _FORMULA = 0x205, 0x203, 0x27E, 0xBD, 0x06
_NOTE, _OBJECT, _TEXT_OBJECT, _CONTINUE = 0x1C, 0x5D, 0x1B6, 0x3C
_PIVOT_VIEW = 0xB0
_REFERENCES_ELSEWHERE = frozenset({0x3A, 0x5A, 0x7A, 0x3B, 0x5B, 0x7B})


def xls_marks(data: bytes) -> Iterator[SheetMarks]:
    """Yield the marks of every sheet of a BIFF8 workbook; none for older ones."""
    stream = CompoundFile(data).stream("Workbook", "Book") if data[:1] == b"\xd0" else data
    book = _Book(stream)
    for name, offset in book.sheets:
        marks = SheetMarks(name, date1904=book.date1904)
        _SheetRecords(stream, offset, marks, book.shown).read()
        yield marks


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and length of the records of one substream."""
    end = len(stream)
    depth = 0
    while offset + 4 <= end:
        kind, length = _HEAD.unpack_from(stream, offset)
        offset += 4
        if offset + length > end:
            return
        yield kind, offset, length
        offset += length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return


def is_locked(stream: bytes) -> bool:
    """Tell whether a workbook stream is encrypted: all that follows this record is noise."""
    for count, (kind, _, _) in enumerate(_records(stream, 0)):
        if kind == _FILE_PASS:
            return True
        if kind == _BOUND_SHEET or count > _FIRST_RECORDS:
            return False
    return False


class _Book:
    """The globals of a workbook: its sheets, calendar and what its formats do to numbers."""

    def __init__(self, stream: bytes) -> None:
        self.sheets: list[tuple[str, int]] = []
        self.date1904 = False
        formats = dict.fromkeys(BUILT_IN_PERCENTS, PERCENT)
        styles: list[int] = []
        for kind, at, length in _records(stream, 0):
            body = stream[at : at + length]
            if kind == _BOF and length >= 4 and struct.unpack_from("<H", body)[0] != _BIFF8:
                return
            if kind == _BOUND_SHEET and length > 8 and body[5] == 0:
                offset = struct.unpack_from("<I", body)[0]
                self.sheets.append((_text(body[7:], body[6]), offset))
            elif kind == _DATE_MODE and length >= 2:
                self.date1904 = body[0] == 1
            elif kind == _FORMAT and length > 5:
                number, count = struct.unpack_from("<HH", body)
                if shown := shown_by(_text(body[4:], count)):
                    formats[number] = shown
            elif kind == _XF and length >= 4:
                styles.append(struct.unpack_from("<H", body, 2)[0])
        self.shown = {i: formats[number] for i, number in enumerate(styles) if number in formats}


def _text(body: bytes, count: int) -> str:
    """Return a BIFF8 text: a flag byte, then one or two bytes per character."""
    if body[:1] and body[0] & 1:
        return body[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return body[1 : 1 + count].decode("latin-1")


class _SheetRecords:
    """Reads the records of one sheet into its marks."""

    def __init__(
        self, stream: bytes, offset: int, marks: SheetMarks, styles: Mapping[int, Shown]
    ) -> None:
        self._stream = stream
        self._offset = offset
        self._marks = marks
        self._styles = styles
        self._object = 0
        self._awaits_text = False
        self._texts: dict[int, str] = {}
        self._notes: list[tuple[int, int, int]] = []
        self._readers = {
            _DIMENSIONS: self._dimensions,
            _ROW: self._row,
            _COLUMN_INFO: self._column_info,
            _BOOL_ERROR: self._bool_error,
            _NUMBER: self._number,
            _RK: self._number,
            _MANY_RK: self._many,
            _FORMULA: self._formula,
            _OBJECT: self._object_id,
            _TEXT_OBJECT: self._text_object,
            _CONTINUE: self._continued,
            _NOTE: self._note,
            _PIVOT_VIEW: self._pivot_view,
        }

    def read(self) -> None:
        """Fill the marks in."""
        for kind, at, length in _records(self._stream, self._offset):
            reader = self._readers.get(kind)
            if reader is not None:
                reader(self._stream[at : at + length])
            if kind != _CONTINUE and kind != _TEXT_OBJECT:
                self._awaits_text = False
        for row, column, number in self._notes[:MOST_COMMENTS]:
            if text := self._texts.get(number, "").strip():
                self._marks.comments.append((row + 1, column + 1, text[:LONGEST_COMMENT]))

    def _dimensions(self, body: bytes) -> None:
        """Note a vast stated size: it says where to look if reading the values fails."""
        if len(body) >= 12:
            _, last_row, _, last_column = struct.unpack_from("<IIHH", body)
            self._marks.far = last_row * last_column > _VAST

    def _row(self, body: bytes) -> None:
        if len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & 0x20:
            self._marks.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)

    def _column_info(self, body: bytes) -> None:
        if len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self._marks.hidden_columns.extend(range(first + 1, min(last, 255) + 2))

    def _bool_error(self, body: bytes) -> None:
        if len(body) >= 8 and body[7]:
            row, column, _ = _CELL.unpack_from(body)
            self._error(row, column, body[6])

    def _error(self, row: int, column: int, code: int) -> None:
        if len(self._marks.errors) < MOST_MARKS:
            text = ERROR_TEXTS.get(code, "#VALUE!")
            self._marks.errors.append((row + 1, column + 1, text))

    def _number(self, body: bytes) -> None:
        if self._styles and len(body) >= 6:
            row, column, style = _CELL.unpack_from(body)
            if style in self._styles:
                self._marks.shown.append((row + 1, column + 1, self._styles[style]))

    def _many(self, body: bytes) -> None:
        if not self._styles or len(body) < 6:
            return
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            style = struct.unpack_from("<H", body, 4 + 6 * index)[0]
            if style in self._styles:
                self._marks.shown.append((row + 1, first + index + 1, self._styles[style]))

    def _formula(self, body: bytes) -> None:
        if len(body) < 14:
            return
        row, column, _ = _CELL.unpack_from(body)
        if body[12:14] != b"\xff\xff":
            self._number(body)
        elif body[6] == 2:
            self._error(row, column, body[8])
        if len(body) > 22 and body[22] in _REFERENCES_ELSEWHERE:
            self._marks.foreign_formulas += 1

    def _pivot_view(self, body: bytes) -> None:
        if len(body) >= 8:
            top, bottom, left, right = struct.unpack_from("<HHHH", body)
            self._marks.pivots.append((top + 1, left + 1, bottom + 1, right + 1))

    def _object_id(self, body: bytes) -> None:
        if len(body) >= 8:
            self._object = struct.unpack_from("<H", body, 6)[0]

    def _text_object(self, _body: bytes) -> None:
        self._awaits_text = True

    def _continued(self, body: bytes) -> None:
        if self._awaits_text:
            self._awaits_text = False
            self._texts.setdefault(self._object, _text(body, len(body) - 1))

    def _note(self, body: bytes) -> None:
        if len(body) >= 8:
            row, column, _, number = struct.unpack_from("<HHHH", body)
            self._notes.append((row, column, number))
