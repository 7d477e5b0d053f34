# SPDX-License-Identifier: MIT
"""Recognises what a file is by its content, never by its name."""

import io
import re
import struct
import zipfile
from enum import StrEnum

from workbench.excel.reading.sheet_head import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"), (b"SQLite format 3", "SQLite"), (b"\x1f\x8b", "gzip"), (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"), (b"{\\rtf", "RTF"), (b"ID;P", "SYLK"), (b"TABLE\r\n0,1", "DIF"),
    (b"TABLE\n0,1", "DIF"), (b"%!PS", "PostScript"), (b"bplist", "plist"),
    (b"\x00\x01\x00\x00Standard ", "Access"), (b"\x00\x00\x02\x00", "Lotus 1-2-3"),
    (b"\x00\x00\x1a\x00", "Lotus 1-2-3"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
    (b"Salted__", "OpenSSL"), (b"wOFF", "WOFF"), (b"OggS", "Ogg"), (b"ID3", "MP3"), (b"PK", "ZIP"),
)  # fmt: skip
_OTHERS_WITHIN = ((4, b"ftyp", "HEIC / MP4"), (8, b"WEBP", "WebP"), (8, b"WAVE", "WAV"))
_DOCUMENTS = (
    ("opendocument.text", "Word"), ("opendocument.presentation", "PowerPoint"),
    ("opendocument.graphics", "Draw"), ("epub", "EPUB"),
)  # fmt: skip
_LIKE_WORDS = frozenset({"BMP", "EXE", "MP3", "bzip2", "ZIP"})
"""What a text may begin with too: 编码 is BM in many systems; only binary files hold zeros."""

_DBASE = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x43, 0x83, 0x8B, 0xF5})
_FLAT = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<office:document\b", re.DOTALL)
LARGEST_UNPACKED = 900_000_000
_BOMB_RATIO = 400
_BOMB_SIZE = 60_000_000


class Kind(StrEnum):
    """What a file's content is."""

    XLS = "xls"
    OLD_XLS = "old xls"
    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    FLAT_ODS = "fods"
    TEXT = "text"


def recognise(data: bytes) -> Kind:
    """Return what a file is; UnreadableError names what it is instead of a workbook."""
    from workbench.excel.reading.old_xls import is_old_stream

    if not data:
        raise UnreadableError("file_empty")
    if data.startswith(OLE):
        return _ole(data)
    if data.startswith(ZIP):
        return _zip(data)
    if is_old_stream(data):
        return Kind.OLD_XLS
    if data.startswith(b"\x09\x08"):
        return Kind.XLS
    _refuse_others(data)
    return Kind.FLAT_ODS if _FLAT.match(data[:2000].decode("utf-8-sig", "replace")) else Kind.TEXT


def _refuse_others(data: bytes) -> None:
    """Name what a file is that is neither a workbook nor text."""
    for magic, name in _OTHERS:
        if data.startswith(magic) and (name not in _LIKE_WORDS or b"\0" in data[:512]):
            raise UnreadableError("not_a_workbook", kind=name)
    for at, magic, name in _OTHERS_WITHIN:
        if data[at : at + 4] == magic:
            raise UnreadableError("not_a_workbook", kind=name)
    if data[0] in _DBASE and len(data) > 32:
        month, day, head = data[2], data[3], struct.unpack_from("<H", data, 8)[0]
        if 1 <= month <= 12 and 1 <= day <= 31 and 33 <= head <= len(data):
            raise UnreadableError("not_a_workbook", kind="dBase")
    if data[0] < 55 and len(data) == 165 and not data[1:55].strip(b" ").count(b"\n"):
        raise UnreadableError("lock_file")


def _ole(data: bytes) -> Kind:
    """Tell a workbook from an encrypted package and from other documents in the same container."""
    from workbench.excel.reading.compound_file import CompoundFile
    from workbench.excel.reading.marks_xls import is_locked
    from workbench.excel.reading.old_xls import is_old_stream

    try:
        container = CompoundFile(data)
        names = {name.lower() for name in container.names}
        stream = container.stream("Workbook", "Book")
        locked = is_locked(stream) or "encryptedpackage" in names
    except (ValueError, IndexError, struct.error):
        if _ENCRYPTED in data:
            raise UnreadableError("file_encrypted") from None
        return Kind.XLS
    if locked:
        raise UnreadableError("file_encrypted")
    if not names & {"workbook", "book"}:
        for part, kind in (("worddocument", "Word"), ("powerpoint document", "PowerPoint")):
            if part in names:
                raise UnreadableError("not_a_workbook", kind=kind)
    return Kind.OLD_XLS if is_old_stream(stream) else Kind.XLS


def _zip(data: bytes) -> Kind:
    """Tell .xlsx, .xlsm, .xlsb and .ods apart, and refuse bombs."""
    archive = opened_archive(data)
    infos = archive.infolist()
    _refuse_bomb(infos, len(data))
    names = {info.filename.replace("\\", "/").lower().lstrip("/") for info in infos}
    if any(name.endswith("/workbook.xml") or name == "workbook.xml" for name in names):
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if "content.xml" in names:
        return _open_document(archive)
    if any(name.startswith("xl/worksheets/") for name in names):
        return Kind.XLSX
    for start, kind in (("word/", "Word"), ("ppt/", "PowerPoint"), ("visio/", "Visio"),
                        ("index/", "Numbers / Pages"), ("ofd.xml", "OFD"),
                        ("meta-inf/manifest.mf", "JAR")):  # fmt: skip
        if any(name.startswith(start) for name in names):
            raise UnreadableError("not_a_workbook", kind=kind)
    if "mimetype" in names:
        _refuse_document(_mime(archive))
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
    _refuse_document(_mime(archive))
    return Kind.ODS


def _mime(archive: zipfile.ZipFile) -> str:
    """Return what an OpenDocument file says it is."""
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace")
    except (KeyError, zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return ""


def _refuse_document(mime: str) -> None:
    for part, kind in _DOCUMENTS:
        if part in mime:
            raise UnreadableError("not_a_workbook", kind=kind)


def opened_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP file; UnreadableError if its directory makes no sense."""
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
