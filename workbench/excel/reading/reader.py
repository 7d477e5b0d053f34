# SPDX-License-Identifier: MIT
"""Reads a workbook file into raw sheets, in child processes with bounded memory and time."""

import errno
import logging
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from workbench.application.collection import paused_collection
from workbench.application.ports import Progress, Silent
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import Fault, FaultKind, PercentNumber
from workbench.domain.tables.sheets import Merge, RawSheet, RawWorkbook
from workbench.excel.reading.number_formats import PERCENT, Shown
from workbench.excel.reading.reader_children import Answers
from workbench.excel.reading.reader_process import MARKS, MENDED_VALUES, NEAR_VALUES, VALUES
from workbench.excel.reading.sheet_head import SheetHead, SheetMarks

LARGEST_FILE = 300_000_000
MEMORY = 1_300_000_000
"""What the processes that read one file may use together."""

SECONDS = 60
_PIECE = 1 << 20
_VALUES_SHARE, _MARKS_SHARE = 0.7, 0.3
_CONTAINERS = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"\x09\x08", b"\x09\x04", b"\x09\x02")
_NAMED = {"too_many_cells": "too_many_cells_in", "too_many_rows": "too_many_rows"}
"""What a sentence is called when it names the sheet that was being read."""

_UNSHOWN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
_MAY_BE_MENDED = ("file_damaged", "sheet_damaged")

_log = logging.getLogger(__name__)


class ExcelReader:
    """Reads .xlsx .xlsm .xls .xlsb .ods and .csv files that may be damaged or hostile."""

    def __init__(self, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds

    def read(self, path: str, progress: Progress | None = None) -> RawWorkbook:
        """Return the sheets of a file; InputError says in one sentence why it cannot be read."""
        name, progress = _in_one_line(Path(path).name), progress or Silent()
        before = _stamp(path)
        content = _content(path, name, progress)
        changed = InputError("importing.file_changed", file=name)
        try:
            with paused_collection():
                answers = Answers(path, self._seconds, len(content))
                reading = _Reading(name, answers, self._memory)
                sheets = reading.sheets(content.startswith(_CONTAINERS), progress)
        except InputError as refusal:
            raise (refusal if _stamp(path) == before else changed) from None
        if _stamp(path) != before:  # what was read may be of another state than what is kept
            raise changed
        return RawWorkbook(name, sheets, content)


class _Reading:
    """One file being read: values from one process, marks from another."""

    def __init__(self, name: str, answers: Answers, memory: int) -> None:
        self._name = name
        self._answers = answers
        self._memory = memory
        self._heads: list[SheetHead] = []
        self._sheets: list[RawSheet] = []
        self._marks: list[SheetMarks] = []
        self._failures: dict[str, tuple[str, dict[str, str]] | None] = {}

    def sheets(self, marked: bool, progress: Progress) -> list[RawSheet]:
        """Return the sheets; ``marked`` tells that the file says more of them than values."""
        answers = self._answers
        try:
            answers.start(VALUES, int(self._memory * _VALUES_SHARE))
            if marked:
                answers.start(MARKS, int(self._memory * _MARKS_SHARE))
            self._take(VALUES, progress)
            if marked and not answers.overdue and self._lacks_values():
                self._read_again(progress)
        finally:
            answers.stop()
        self._refuse()
        for sheet, head in zip(self._sheets, self._heads, strict=True):
            _describe(sheet, head)
        self._apply_marks(marked)
        self._refuse_nothing()
        return self._sheets

    def _lacks_values(self) -> bool:
        cut = any(marks.cut_short for marks in self._marks)
        return cut or VALUES in self._failures or not any(map(_has_cells, self._sheets))

    def _read_again(self, progress: Progress) -> None:
        """Read again without far cells that filled the memory, or with the file's faults mended."""
        far = next((marks.name for marks in self._marks if marks.far), "")
        if not far and (self._failures.get(VALUES) or _MAY_BE_MENDED)[0] not in _MAY_BE_MENDED:
            return
        what = NEAR_VALUES if far and VALUES in self._failures else MENDED_VALUES
        before = self._heads, self._sheets
        self._heads, self._sheets = [], []
        self._answers.start(what, int(self._memory * _VALUES_SHARE))
        self._take(what, progress)
        if what not in self._failures and any(map(_has_cells, self._sheets)):
            self._failures.pop(VALUES, None)
            return
        self._heads, self._sheets = before
        if what == NEAR_VALUES:
            self._failures[VALUES] = "far_cells", {"sheet": far}

    def _take(self, values: str, progress: Progress) -> None:
        """Take all answers; what a process could not do is noted, and not raised."""
        for what, kind, payload in self._answers.watched(progress):
            if kind in ("error", "lost"):
                self._failures[what] = payload
            elif kind == "marks":
                self._marks.append(payload)
            elif what == values and kind == "sheet":
                self._heads.append(payload)
                self._sheets.append(RawSheet(payload.name, []))
            elif what == values and kind == "rows":
                self._sheets[-1].rows.extend(payload)

    def _refuse(self) -> None:
        """Raise what made the values unreadable."""
        if self._answers.overdue:
            seconds = str(self._answers.seconds)
            raise InputError("importing.file_too_slow", file=self._name, seconds=seconds)
        if VALUES not in self._failures:
            return
        code, params = self._failures[VALUES] or ("file_damaged", {})
        rest = dict(params)
        vast = next((marks.name for marks in self._marks if marks.vast), None)
        if vast is not None and code in _MAY_BE_MENDED:
            code, rest = "too_many_cells_in", {"sheet": vast}
        if self._sheets and code in _NAMED:
            code, rest["sheet"] = _NAMED[code], self._sheets[-1].name
        if detail := rest.pop("detail", ""):
            _log.info("%s could not be read: %s", self._name, detail)
        raise InputError(f"importing.{code}", file=self._name, **rest)

    def _refuse_nothing(self) -> None:
        """Refuse a file without a cell: that is never a success. Say if its marks saw some."""
        if any(map(_has_cells, self._sheets)):
            return
        unread = next((marks.name for marks in self._marks if marks.last_row), None)
        if unread is not None:
            raise InputError("importing.sheet_unread", file=self._name, sheet=unread)
        raise InputError("importing.no_cells", file=self._name)

    def _apply_marks(self, marked: bool) -> None:
        known = {marks.name: marks for marks in self._marks}
        for sheet in self._sheets:
            if (marks := known.get(sheet.name)) is not None:
                _apply(sheet, marks)
                short = marks.last_row >= sheet.top + len(sheet.rows)
                if (short or marks.disordered) and not sheet.notes:
                    sheet.notes = ("rows_unread",)
                if marks.damaged:
                    sheet.notes = ("content_damaged", *sheet.notes)
        if marked and MARKS in self._failures and self._sheets:
            first = self._sheets[0]
            first.notes = (*first.notes, "marks_unread")


def _has_cells(sheet: RawSheet) -> bool:
    """Tell whether a sheet holds anything at all."""
    return any(
        cell not in ("", None) and not (isinstance(cell, str) and not cell.strip())
        for row in sheet.rows
        for cell in row
    )


def _in_one_line(name: str) -> str:
    """Return a file's name as it is kept and said: without line breaks and what is no text."""
    return _UNSHOWN.sub("\ufffd", name)


def _stamp(path: str) -> tuple[int, int] | None:
    """Return what tells two states of a file apart, None where it is not there."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return None
    return state.st_size, state.st_mtime_ns


def _content(path: str, name: str, progress: Progress) -> bytes:
    """Return the file's bytes, which are kept with the project; it may lie on a slow drive."""
    file = Path(path)
    try:
        if not str(path).strip():
            raise InputError("importing.file_missing", file="“”")
        if file.is_dir():
            raise InputError("importing.is_folder", file=name)
        if file.exists() and not file.is_file():  # a pipe or a device would never end
            raise InputError("importing.no_file", file=name)
        if file.stat().st_size > LARGEST_FILE:
            raise InputError("importing.file_too_large", file=name)
        with file.open("rb") as stream:
            pieces = []
            while piece := stream.read(_PIECE):
                pieces.append(piece)
                progress.step(0, 0)
        content = b"".join(pieces)
    except FileNotFoundError:
        raise InputError("importing.file_missing", file=_in_one_line(str(path))) from None
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            raise InputError("importing.file_missing", file=_in_one_line(str(path))) from None
        detail = fault.strerror or type(fault).__name__
        raise InputError("importing.file_unreadable", file=name, detail=detail) from fault
    if not content:
        raise InputError("importing.file_empty", file=name)
    return content


def _describe(sheet: RawSheet, head: SheetHead) -> None:
    sheet.top, sheet.left = head.top, head.left
    sheet.visible = head.visible
    sheet.merges = [Merge(*merge) for merge in head.merges]
    sheet.notes = tuple(head.notes)
    sheet.perhaps_in = head.perhaps_in


def _apply(sheet: RawSheet, marks: SheetMarks) -> None:
    """Put what the file says beside the values in place."""
    sheet.hidden_rows = frozenset(marks.hidden_rows)
    sheet.hidden_columns = frozenset(marks.hidden_columns)
    sheet.date1904 = marks.date1904
    sheet.foreign_formulas = marks.foreign_formulas
    if not sheet.merges:
        sheet.merges = [Merge(*merge) for merge in marks.merges]
    sheet.pivots = [Merge(*place) for place in marks.pivots]
    sheet.comments = {(row, column): text for row, column, text in marks.comments}
    _put(sheet, marks.errors, FaultKind.ERROR)
    _put(sheet, marks.uncached, FaultKind.NO_CACHED_VALUE)
    divided: dict[int, int] = {}
    for row, column, how in marks.shown:
        cell = _at(sheet, row, column)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            sheet.rows[row - sheet.top][column - sheet.left] = _as_shown(cell, how)
            if how.power > 0 and not how.unit:
                divided[column] = how.power
    sheet.divided = divided


def _as_shown(cell: float, how: Shown) -> object:
    """Return a number with what its cell shows beside it: a percentage, or the unit."""
    if how == PERCENT:
        return PercentNumber(float(cell))
    if not how.unit:
        return cell
    return f"{Decimal(repr(cell)).scaleb(-how.power).normalize():f}{how.unit}"


def _at(sheet: RawSheet, row: int, column: int) -> object:
    if 0 <= row - sheet.top < len(sheet.rows) and 0 <= column - sheet.left < sheet.width:
        return sheet.rows[row - sheet.top][column - sheet.left]
    return None


def _put(sheet: RawSheet, cells: Iterable[tuple[int, int, str]], kind: FaultKind) -> None:
    """Mark cells that calamine shows as empty."""
    for row, column, text in cells:
        if isinstance(_at(sheet, row, column), str):
            sheet.rows[row - sheet.top][column - sheet.left] = Fault(kind, text)
