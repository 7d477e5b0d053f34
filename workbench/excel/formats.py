# SPDX-License-Identifier: MIT
"""Recognises what a file is by its content, never by its name, and reads its sheets."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.excel.sheet_head import SheetHead, UnreadableError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from workbench.excel.sheet_xml import Package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"), (b"SQLite format 3", "SQLite"), (b"\x1f\x8b", "gzip"), (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"), (b"{\\rtf", "RTF"),
)  # fmt: skip
LARGEST_UNPACKED = 900_000_000
_BOMB_RATIO = 400
_BOMB_SIZE = 60_000_000
MOST_COLUMNS = 702
Sheets = Iterator[tuple[SheetHead, Iterator[list[object]]]]


def read_sheets(path: Path) -> Sheets:
    """Yield each sheet's head and rows; UnreadableError names what is wrong with the file."""
    data = path.read_bytes()
    if not data:
        raise UnreadableError("file_empty")
    if data.startswith(OLE):
        if _ENCRYPTED in data:
            raise UnreadableError("file_encrypted")
        return _calamine(data)
    if data.startswith(ZIP):
        return _zipped(data)
    for magic, name in _OTHERS:
        if data.startswith(magic):
            raise UnreadableError("not_a_workbook", kind=name)
    if data[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"):  # BIFF without OLE
        return _calamine(data)
    return _text(data, path.stem)


def _text(data: bytes, name: str) -> Sheets:
    """Read text: CSV, or the HTML and XML tables that web systems export as .xls."""
    from workbench.excel.csv_reader import decoded, read_csv
    from workbench.excel.markup_reader import is_markup, read_markup

    text = decoded(data)
    return read_markup(text, name) if is_markup(text) else read_csv(text, name)


def _zipped(data: bytes) -> Sheets:
    """Read .xlsx, .xlsm, .xlsb or .ods."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise UnreadableError("file_damaged", detail=str(fault)[:200]) from fault
    _refuse_bomb(infos, len(data))
    names = {info.filename.replace("\\", "/").lower() for info in infos}
    if any(name.endswith(("xl/workbook.xml", "/workbook.xml")) or name == "workbook.xml"
           for name in names):  # fmt: skip
        from workbench.excel.sheet_xml import Package

        package = Package(archive, data)
        return _calamine(package.data(), package)
    if "xl/workbook.bin" in names or "content.xml" in names:
        return _calamine(data)
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableError("not_a_workbook", kind="Word / PowerPoint")
    raise UnreadableError("not_a_workbook", kind="ZIP")


def _refuse_bomb(infos: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse an archive that unpacks to far more than a ledger can be."""
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableError("file_encrypted")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > LARGEST_UNPACKED or (unpacked > _BOMB_SIZE and unpacked > packed * _BOMB_RATIO):
        raise UnreadableError("file_too_large")


def _calamine(data: bytes, package: "Package | None" = None) -> Sheets:
    """Read values with calamine; what it does not tell comes from the sheet XML."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as fault:
        raise UnreadableError("file_encrypted") from fault
    except CalamineError as fault:
        text = str(fault)
        encrypted = "assword" in text or "ncrypt" in text or "codepage" in text.lower()
        code = "file_encrypted" if encrypted else "file_damaged"
        raise UnreadableError(code, detail=text[:200]) from fault
    return _book_sheets(book, package)


def _book_sheets(book: "CalamineWorkbook", package: "Package | None") -> Sheets:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    for metadata in book.sheets_metadata:
        if metadata.typ is not SheetTypeEnum.WorkSheet:
            continue
        visible = metadata.visible is SheetVisibleEnum.Visible
        head = package.head(metadata.name) if package else SheetHead(metadata.name)
        head.visible = visible
        sheet = book.get_sheet_by_name(metadata.name)
        if sheet.start is None or sheet.end is None:
            yield head, iter(())
            continue
        head.top, head.left = sheet.start[0] + 1, sheet.start[1] + 1
        head.height = sheet.end[0] - sheet.start[0] + 1
        head.merges = head.merges or [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        yield head, cast("Iterator[list[object]]", sheet.iter_rows())
