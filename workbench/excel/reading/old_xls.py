# SPDX-License-Identifier: MIT
"""Reads .xls of Excel 2.1 to 95 (BIFF2 to BIFF5), and the bare records that old programs write.

calamine reads none of the first and takes each byte of a Chinese text of the last for a letter.
Layouts of the records: [MS-XLS] for what stayed, OpenOffice.org's documentation of the Excel file
format (chapter 5) for what it says of older ones.
"""

import struct
from codecs import lookup
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from workbench.excel.reading.compound_file import SIGNATURE, CompoundFile
from workbench.excel.reading.number_formats import (
    BUILT_IN_DATES,
    BUILT_IN_PERCENTS,
    ERROR_TEXTS,
    PERCENT,
    is_date,
    shown_by,
)
from workbench.excel.reading.sheet_head import SheetHead, SheetMarks, UnreadableError

_BOFS = {0x09: 2, 0x209: 3, 0x409: 4, 0x809: 5}

_BOF, _BIFF5, _BIFF8, _LENGTH_OF_97 = 0x809, 0x500, 0x600, 16
_EOF, _FILE_PASS, _CODE_PAGE, _DATE_MODE, _BOUND_SHEET = 0x0A, 0x2F, 0x42, 0x22, 0x85
_CODECS = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 10008: "gb18030"}
_HIDDEN_ROW = 0x20
Cell = tuple[int, int]


def is_old_stream(stream: bytes) -> bool:
    """Tell whether bytes are records of a workbook older than Excel 97."""
    if len(stream) < 8:
        return False
    kind: int
    length: int
    version: int
    kind, length, version = struct.unpack_from("<HHH", stream)
    if kind == _BOF:  # what fills records with no version at all is shorter than Excel 97's
        return version == _BIFF5 or (version != _BIFF8 and length < _LENGTH_OF_97)
    return kind in _BOFS and 4 <= length <= _LENGTH_OF_97


def old_stream(data: bytes) -> bytes:
    """Return the records of a file: bare, or in a compound file; b"" if there are none."""
    if not data.startswith(SIGNATURE):
        return data if is_old_stream(data) else b""
    try:
        stream = CompoundFile(data).stream("Book", "Workbook")
    except (ValueError, IndexError, struct.error):
        return b""
    return stream if is_old_stream(stream) else b""


def read_old_xls(stream: bytes) -> Iterator[tuple[SheetHead, Iterator[list[object]]]]:
    """Yield each sheet's head and rows; UnreadableError for a locked workbook."""
    for sheet in _Records(stream).sheets():
        yield sheet.head(), iter(sheet.rows())


def old_xls_marks(stream: bytes) -> Iterator[SheetMarks]:
    """Yield what the file says beside the values."""
    for sheet in _Records(stream).sheets():
        yield sheet.marks


class _Sheet:
    """The cells of one sheet, as they come."""

    def __init__(self, name: str, visible: bool) -> None:
        self.cells: dict[Cell, object] = {}
        self.marks = SheetMarks(name)
        self._visible = visible

    def head(self) -> SheetHead:
        """Describe the rectangle of the filled cells."""
        if not self.cells:
            return SheetHead(self.marks.name, visible=self._visible)
        top = min(row for row, _ in self.cells)
        left = min(column for _, column in self.cells)
        bottom = max(row for row, _ in self.cells)
        head = SheetHead(self.marks.name, top + 1, left + 1, bottom - top + 1)
        head.visible = self._visible
        return head

    def rows(self) -> list[list[object]]:
        """Return the filled rectangle."""
        if not self.cells:
            return []
        head = self.head()
        width = max(column for _, column in self.cells) + 2 - head.left
        rows: list[list[object]] = [[""] * width for _ in range(head.height)]
        for (row, column), value in self.cells.items():
            rows[row + 1 - head.top][column + 1 - head.left] = value
        return rows


class _Records:
    """Reads the records of a stream one after another."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._version = _BOFS[struct.unpack_from("<H", stream)[0]]
        self._codec = ""
        self._date1904 = False
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._names: list[tuple[int, str, bool]] = []
        self._sheet = _Sheet("", True)
        self._awaits_text: Cell | None = None
        self._readers: dict[int, Callable[[bytes], None]] = {
            0x02: self._integer, 0x03: self._number, 0x203: self._number, 0x04: self._label,
            0x204: self._label, 0xD6: self._label, 0x05: self._bool_error, 0x205: self._bool_error,
            0x06: self._formula, 0x206: self._formula, 0x406: self._formula, 0x07: self._string,
            0x207: self._string, 0x27E: self._rk, 0xBD: self._many_rk, 0x208: self._row,
            0x7D: self._column_info, 0x1E: self._format, 0x41E: self._format, 0x43: self._style,
            0x243: self._style, 0x443: self._style, 0xE0: self._style,
            _CODE_PAGE: self._code_page, _DATE_MODE: self._date_mode,
            _BOUND_SHEET: self._bound_sheet, _FILE_PASS: self._locked,
        }  # fmt: skip

    def sheets(self) -> Iterator[_Sheet]:
        """Yield the sheets: those that the globals name, or each part of a stream without any."""
        offset = self._part(0)
        if not self._names:
            count = 0
            while True:
                count += 1
                self._sheet.marks.name = f"Sheet{count}"
                yield self._finished()
                if offset >= len(self._stream) or not is_old_stream(self._stream[offset:]):
                    return
                offset = self._part(offset)
        for start, name, visible in self._names:
            self._sheet = _Sheet(name, visible)
            self._part(start)
            yield self._finished()

    def _finished(self) -> _Sheet:
        self._sheet.marks.date1904 = self._date1904
        sheet, self._sheet = self._sheet, _Sheet("", True)
        return sheet

    def _part(self, offset: int) -> int:
        """Read the records up to the end of a part; return where the next part begins."""
        stream, end, depth = self._stream, len(self._stream), 0
        while offset + 4 <= end:
            kind, length = struct.unpack_from("<HH", stream, offset)
            body = stream[offset + 4 : offset + 4 + length]
            offset += 4 + length
            if kind in _BOFS:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    break
            elif depth == 1 and (reader := self._readers.get(kind)) is not None:
                try:
                    reader(body)
                except (struct.error, IndexError) as fault:
                    raise UnreadableError("file_damaged", detail=f"record {kind:#x}") from fault
        return offset

    def _locked(self, _body: bytes) -> None:
        raise UnreadableError("file_encrypted")

    def _code_page(self, body: bytes) -> None:
        page = struct.unpack_from("<H", body)[0]
        self._codec = _CODECS.get(page, f"cp{page}")
        try:
            lookup(self._codec)
        except LookupError:
            self._codec = ""

    def _date_mode(self, body: bytes) -> None:
        self._date1904 = body[0] == 1

    def _bound_sheet(self, body: bytes) -> None:
        offset, visible, kind, length = struct.unpack_from("<IBBB", body)
        if kind == 0:
            self._names.append((offset, self._text(body[7 : 7 + length]), visible == 0))

    def _text(self, data: bytes) -> str:
        """Decode a text; programs that name no code page, or the western one, write GBK too."""
        first = ("gb18030", "cp1252") if self._codec in ("", "cp1252") else (self._codec, "gb18030")
        for codec in first:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
        return data.decode("gb18030", "replace")

    def _format(self, body: bytes) -> None:
        if self._version == 5:
            self._formats[struct.unpack_from("<H", body)[0]] = self._text(body[3:])
            return
        start = 3 if self._version == 4 else 1
        self._formats[len(self._formats)] = self._text(body[start:])

    def _style(self, body: bytes) -> None:
        if self._version == 5:
            self._styles.append(struct.unpack_from("<H", body, 2)[0])
        else:
            self._styles.append(body[2] & 0x3F if self._version == 2 else body[1])

    def _place(self, body: bytes) -> tuple[Cell, int]:
        """Return place and number format of a cell."""
        row, column, style = struct.unpack_from("<HHH", body)
        if self._version == 2:
            style &= 0x3F
        return (row, column), self._styles[style] if style < len(self._styles) else 0

    def _put(self, body: bytes, value: float) -> None:
        place, number_format = self._place(body)
        self._keep(place, number_format, value)

    def _keep(self, place: Cell, number_format: int, value: float) -> None:
        known = self._formats.get(number_format)
        if known is None and self._version < 5:
            known = "General"
        shown = shown_by(known) if known else None
        if known is None and number_format in BUILT_IN_PERCENTS:
            shown = PERCENT
        if shown is not None:
            self._sheet.marks.shown.append((place[0] + 1, place[1] + 1, shown))
        if is_date(known) if known else number_format in BUILT_IN_DATES:
            self._sheet.cells[place] = self._date(value)
        else:
            self._sheet.cells[place] = value

    def _date(self, serial: float) -> date | float:
        start = datetime(1904, 1, 1) if self._date1904 else datetime(1899, 12, 30)
        try:
            moment = start + timedelta(days=serial)
        except (OverflowError, ValueError):
            return serial
        return moment.date() if serial == int(serial) else moment

    def _integer(self, body: bytes) -> None:
        self._put(body, struct.unpack_from("<H", body, 7)[0])

    def _number(self, body: bytes) -> None:
        self._put(body, struct.unpack_from("<d", body, 7 if self._version == 2 else 6)[0])

    def _rk(self, body: bytes) -> None:
        self._put(body, _rk_value(struct.unpack_from("<i", body, 6)[0]))

    def _many_rk(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            style, number = struct.unpack_from("<Hi", body, 4 + 6 * index)
            shown = self._styles[style] if style < len(self._styles) else 0
            self._keep((row, first + index), shown, _rk_value(number))

    def _label(self, body: bytes) -> None:
        place, _ = self._place(body)
        start = 8
        length = body[7] if self._version == 2 else struct.unpack_from("<H", body, 6)[0]
        self._sheet.cells[place] = self._text(body[start : start + length])

    def _bool_error(self, body: bytes) -> None:
        place, _ = self._place(body)
        at = 7 if self._version == 2 else 6
        if body[at + 1]:
            self._error(place, body[at])
        else:
            self._sheet.cells[place] = bool(body[at])

    def _error(self, place: Cell, code: int) -> None:
        self._sheet.cells[place] = ""
        shown = ERROR_TEXTS.get(code, "#VALUE!")
        self._sheet.marks.errors.append((place[0] + 1, place[1] + 1, shown))

    def _formula(self, body: bytes) -> None:
        place, _ = self._place(body)
        result = body[7:15] if self._version == 2 else body[6:14]
        if result[6:8] != b"\xff\xff":
            self._put(body, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._awaits_text = place
        elif result[0] == 1:
            self._sheet.cells[place] = bool(result[2])
        elif result[0] == 2:
            self._error(place, result[2])

    def _string(self, body: bytes) -> None:
        if self._awaits_text is not None:
            start = 1 if self._version == 2 else 2
            length = body[0] if self._version == 2 else struct.unpack_from("<H", body)[0]
            self._sheet.cells[self._awaits_text] = self._text(body[start : start + length])
            self._awaits_text = None

    def _row(self, body: bytes) -> None:
        if len(body) >= 14 and body[12] & _HIDDEN_ROW:
            self._sheet.marks.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)

    def _column_info(self, body: bytes) -> None:
        if len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            self._sheet.marks.hidden_columns.extend(range(first + 1, min(last, 255) + 2))


def _rk_value(number: int) -> float:
    """Return the number of an RK value: an integer or a float, maybe in hundredths."""
    if number & 2:
        value = float(number >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<xxxxI", number & 0xFFFFFFFC))[0]
    return value / 100 if number & 1 else value
