# SPDX-License-Identifier: MIT
"""Recognises what a file is by its content, never by its name, and reads its sheets."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.excel.reading.sheet_head import SheetHead, SheetMarks, UnreadableError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"), (b"SQLite format 3", "SQLite"), (b"\x1f\x8b", "gzip"), (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"), (b"{\\rtf", "RTF"), (b"PK", "ZIP"),
)  # fmt: skip
_OLD_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
LARGEST_UNPACKED = 900_000_000
_BOMB_RATIO = 400
_BOMB_SIZE = 60_000_000
MOST_COLUMNS = 702
_LARGEST_AREA = 30_000_000
Sheets = Iterator[tuple[SheetHead, Iterator[list[object]]]]


class Kind(StrEnum):
    """What a file's content is."""

    XLS = "xls"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    TEXT = "text"


def recognise(data: bytes) -> Kind:
    """Return what a file is; UnreadableError names what it is instead of a workbook."""
    if not data:
        raise UnreadableError("file_empty")
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith(ZIP):
        return _zip(data)
    for magic, name in _OTHERS:
        if data.startswith(magic):
            raise UnreadableError("not_a_workbook", kind=name)
    return Kind.XLS if data[:2] in _OLD_BIFF else Kind.TEXT


def _ole(data: bytes) -> Kind:
    """Tell a workbook from an encrypted package and from other documents in the same container."""
    from workbench.excel.reading.compound_file import CompoundFile
    from workbench.excel.reading.marks_xls import is_locked

    if _ENCRYPTED in data:
        raise UnreadableError("file_encrypted")
    try:
        container = CompoundFile(data)
        names = {name.lower() for name in container.names}
        locked = is_locked(container.stream("Workbook", "Book"))
    except (ValueError, IndexError, struct.error):
        return Kind.XLS
    if locked:
        raise UnreadableError("file_encrypted")
    if not names & {"workbook", "book"}:
        for stream, kind in (("worddocument", "Word"), ("powerpoint document", "PowerPoint")):
            if stream in names:
                raise UnreadableError("not_a_workbook", kind=kind)
    return Kind.XLS


def _zip(data: bytes) -> Kind:
    """Tell .xlsx, .xlsm, .xlsb and .ods apart, and refuse bombs."""
    archive = _archive(data)
    infos = archive.infolist()
    _refuse_bomb(infos, len(data))
    names = {info.filename.replace("\\", "/").lower().lstrip("/") for info in infos}
    if any(name.endswith("/workbook.xml") or name == "workbook.xml" for name in names):
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "content.xml" in names:
        return _open_document(archive)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableError("not_a_workbook", kind="Word / PowerPoint")
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        raise UnreadableError("file_damaged", detail="no workbook part")
    raise UnreadableError("not_a_workbook", kind="ZIP")


def _open_document(archive: zipfile.ZipFile) -> Kind:
    """Refuse an encrypted .ods, and OpenDocument files that are no spreadsheets."""
    try:
        manifest = archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        manifest = b""
    if b"encryption-data" in manifest:
        raise UnreadableError("file_encrypted")
    return Kind.ODS


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, IndexError) as fault:
        raise UnreadableError("file_damaged", detail=str(fault)[:200]) from fault


def _refuse_bomb(infos: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse an archive that unpacks to far more than a ledger can be."""
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError("file_encrypted")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > LARGEST_UNPACKED or (unpacked > _BOMB_SIZE and unpacked > packed * _BOMB_RATIO):
        raise UnreadableError("file_too_large")


def read_sheets(path: Path, near: bool = False) -> Sheets:
    """Yield each sheet's head and rows; UnreadableError names what is wrong with the file.

    ``near`` leaves out cells far outside their table, which would fill the memory.
    """
    data = path.read_bytes()
    kind = recognise(data)
    if kind is Kind.TEXT:
        return _text(data, path.stem)
    lost: Mapping[str, str] = {}
    if near and kind is Kind.XLSX:
        from workbench.excel.reading.far_cells import without_far_cells

        data, lost = without_far_cells(_archive(data))
    return _book_sheets(_opened(data), lost)


def read_marks(path: Path, seen: Callable[[int], None]) -> Iterator[SheetMarks]:
    """Yield what a workbook says beside the values; ``seen`` hears how many rows were passed."""
    data = path.read_bytes()
    kind = recognise(data)
    if kind is Kind.XLSX:
        from workbench.excel.reading.marks_xlsx import xlsx_marks

        return xlsx_marks(_archive(data), seen)
    if kind is Kind.XLSB:
        from workbench.excel.reading.marks_xlsb import xlsb_marks

        return xlsb_marks(_archive(data), seen)
    if kind is Kind.ODS:
        from workbench.excel.reading.marks_ods import ods_marks

        return ods_marks(_archive(data), seen)
    if kind is Kind.XLS:
        from workbench.excel.reading.marks_xls import xls_marks

        return xls_marks(data)
    return iter(())


def _text(data: bytes, name: str) -> Sheets:
    """Read text: CSV, or the HTML and XML tables that web systems export as .xls."""
    from workbench.excel.reading.csv_reader import decoded, read_csv
    from workbench.excel.reading.markup_reader import (
        is_markup,
        is_web_archive,
        read_markup,
        read_web_archive,
    )

    if is_web_archive(data):
        return read_web_archive(data, name)
    text = decoded(data)
    return read_markup(text, name) if is_markup(text) else read_csv(text, name)


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


def _book_sheets(book: "CalamineWorkbook", lost: Mapping[str, str]) -> Sheets:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for metadata in book.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        head = SheetHead(metadata.name, visible=metadata.visible is SheetVisibleEnum.Visible)
        if metadata.name in lost:
            head.notes.append(lost[metadata.name])
        sheet = book.get_sheet_by_name(metadata.name)
        yield head, _rows(sheet, head)


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
