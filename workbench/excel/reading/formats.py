# SPDX-License-Identifier: MIT
"""Reads the sheets of a file, and what it says beside the values, by what its content is."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.excel.reading.kinds import Kind, opened_archive, recognise
from workbench.excel.reading.sheet_head import (
    MOST_COLUMNS,
    SheetHead,
    SheetMarks,
    UnreadableError,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_LARGEST_AREA = 30_000_000
Sheets = Iterator[tuple[SheetHead, Iterator[list[object]]]]


def read_sheets(path: Path, *, near: bool = False, mended: bool = False) -> Sheets:
    """Yield each sheet's head and rows; UnreadableError names what is wrong with the file.

    ``near`` leaves out cells far outside their table, which would fill the memory; ``mended``
    rewrites first what breaks the rules of the format, as spreadsheet programs do.
    """
    data, kind = _content(path)
    if kind is Kind.TEXT:
        return _text(data, path.stem)
    if kind is Kind.OLD_XLS:
        from workbench.excel.reading.old_xls import old_stream, read_old_xls

        return read_old_xls(old_stream(data))
    lost: Mapping[str, str] = {}
    if near and kind is Kind.XLSX:
        from workbench.excel.reading.far_cells import without_far_cells

        data, lost = without_far_cells(opened_archive(data))
    if near and kind is Kind.ODS:
        from workbench.excel.reading.far_cells import without_far_rows

        data, lost = without_far_rows(opened_archive(data))
    if mended:
        data = _mended(data, kind)
    return _book_sheets(_opened(data), lost, ["mended"] if mended else [])


def _content(path: Path) -> tuple[bytes, Kind]:
    """Return a file's bytes, as far as they can be turned into what we read, and its kind."""
    from workbench.excel.reading.kinds import OLE

    data = path.read_bytes()
    if data.startswith(OLE):
        from workbench.excel.reading.open_password import opened_package
        from workbench.excel.reading.xls_mending import mended_xls

        data = opened_package(mended_xls(data))
    kind = recognise(data)
    if kind is Kind.FLAT_ODS:
        from workbench.excel.reading.mending import packed_ods

        return packed_ods(data), Kind.ODS
    return data, kind


def _mended(data: bytes, kind: Kind) -> bytes:
    if kind is Kind.XLS:
        from workbench.excel.reading.xls_mending import with_known_errors

        return with_known_errors(data)
    from workbench.excel.reading.mending import mended_package

    return mended_package(opened_archive(data), kind)


def read_marks(path: Path, seen: Callable[[int], None]) -> Iterator[SheetMarks]:
    """Yield what a workbook says beside the values; ``seen`` hears how many rows were passed."""
    data, kind = _content(path)
    if kind is Kind.XLSX:
        from workbench.excel.reading.marks_xlsx import xlsx_marks

        return xlsx_marks(opened_archive(data), seen)
    if kind is Kind.XLSB:
        from workbench.excel.reading.marks_xlsb import xlsb_marks

        return xlsb_marks(opened_archive(data), seen)
    if kind is Kind.ODS:
        from workbench.excel.reading.marks_ods import ods_marks

        return ods_marks(opened_archive(data), seen)
    if kind is Kind.XLS:
        from workbench.excel.reading.marks_xls import xls_marks

        return xls_marks(data)
    if kind is Kind.OLD_XLS:
        from workbench.excel.reading.old_xls import old_stream, old_xls_marks

        return old_xls_marks(old_stream(data))
    return iter(())


def _text(data: bytes, name: str) -> Sheets:
    """Read text: CSV, or the HTML and XML tables that web systems export as .xls."""
    from workbench.excel.reading.csv_reader import read_csv
    from workbench.excel.reading.markup_reader import (
        is_markup,
        is_web_archive,
        read_markup,
        read_web_archive,
    )
    from workbench.excel.reading.text_encoding import decoded, is_big5, perhaps_in

    if is_web_archive(data):
        return read_web_archive(data, name)
    text = decoded(data)
    sheets = read_markup(text, name) if is_markup(text) else read_csv(text, name)
    notes = ["read_as_big5"] if is_big5(data) else []
    return _noted(sheets, notes, "" if notes else perhaps_in(data))


def _noted(sheets: Sheets, notes: Sequence[str], perhaps: str) -> Sheets:
    """Say of every sheet what concerns the whole file."""
    for head, rows in sheets:
        head.notes += notes
        head.perhaps_in = perhaps
        yield head, rows


def _opened(data: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as fault:
        raise UnreadableError("file_encrypted") from fault
    except CalamineError as fault:
        text = str(fault)
        encrypted = "assword" in text or "ncrypt" in text or "codepage" in text.lower()
        code = "file_encrypted" if encrypted else "file_damaged"
        raise UnreadableError(code, detail=text[:200]) from fault


def _book_sheets(book: "CalamineWorkbook", lost: Mapping[str, str], notes: list[str]) -> Sheets:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for metadata in book.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        head = SheetHead(metadata.name, visible=metadata.visible is SheetVisibleEnum.Visible)
        head.notes += notes
        if metadata.name in lost:
            head.notes.append(lost[metadata.name])
        yield head, _rows(_sheet_of(book, metadata.name), head)


def _sheet_of(book: "CalamineWorkbook", name: str) -> "CalamineSheet":
    """Return a sheet; UnreadableError names it when it cannot be read."""
    try:
        return book.get_sheet_by_name(name)
    except (MemoryError, KeyboardInterrupt):
        raise
    except BaseException as fault:  # calamine's panic is no Exception
        detail = f"{type(fault).__name__}: {fault}"[:300]
        raise UnreadableError("sheet_damaged", sheet=name, detail=detail) from fault


def _rows(sheet: "CalamineSheet", head: SheetHead) -> Iterator[list[object]]:
    """Describe a sheet in its head, and return its rows."""
    if sheet.start is None or sheet.end is None:
        return iter(())
    head.top, head.left = sheet.start[0] + 1, sheet.start[1] + 1
    head.height = sheet.end[0] - sheet.start[0] + 1
    width = sheet.end[1] - sheet.start[1] + 1
    head.merges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    # calamine begins at the sheet's first row, whatever row the cells begin at.
    every = cast("Iterator[list[object]]", sheet.iter_rows())
    rows: Iterator[list[object]] = islice(every, sheet.start[0], None)
    if head.height * width <= _LARGEST_AREA:
        return rows
    if width > MOST_COLUMNS:
        head.notes.append("columns_beyond")
        rows = (row[:MOST_COLUMNS] for row in rows)
    if head.height > (most := _LARGEST_AREA // min(width, MOST_COLUMNS)):
        head.notes.append("cells_far_away")
        rows = islice(rows, most)
    return rows
