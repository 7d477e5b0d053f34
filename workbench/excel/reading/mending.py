# SPDX-License-Identifier: MIT
"""Rewrites a package that breaks its format's rules in ways that spreadsheet programs forgive.

Only what stands in the way of reading is changed: never a value, but an error of a kind that
calamine does not know becomes #VALUE! there (the marks still tell the true one).
"""

import codecs
import io
import re
import zipfile
from collections.abc import Mapping
from posixpath import join, normpath
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from workbench.excel.reading.kinds import Kind
from workbench.excel.xlsx_package import UNREADABLE, attributes_of

_LARGEST = 200_000_000
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = 20_000
_SPACES = {
    word: b"urn:oasis:names:tc:opendocument:xmlns:%s:1.0" % word
    for word in (b"office", b"table", b"text")
}
_ERRORS = frozenset({
    b"#NULL!", b"#DIV/0!", b"#VALUE!", b"#REF!", b"#NAME?", b"#NUM!", b"#N/A", b"#DATA!", b"",
})  # fmt: skip
_SHEET_KINDS = ("/worksheet", "/chartsheet", "/dialogsheet")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding=[\"']([\w.-]+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_SHEET_TAG = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?/?>(?:\s*</(?:\w+:)?sheet\s*>)?")
_ERROR_CELL = re.compile(
    rb"(<(?:\w+:)?c\b[^>]*?\bt=[\"']e[\"'][^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v[^>]*>)([^<]*)",
    re.DOTALL,
)
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?/?>(?:\s*</(?:\w+:)?mergeCell\s*>)?")
_RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}:\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension\s*>)")
_REPEATED = re.compile(rb"\s(?:\w+:)?number-(?:rows|columns)-repeated=[\"']([^\"']*)[\"']")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_INDENTED = re.compile(rb">\s*\n\s*<")
Parts = dict[str, bytes]


def mended_package(archive: zipfile.ZipFile, kind: Kind) -> bytes:
    """Return the package with what calamine stumbles over out of the way."""
    parts = {
        info.filename.replace("\\", "/").lstrip("/"): content
        for info in archive.infolist()
        if (content := _read(archive, info)) is not None and not info.is_dir()
    }
    for name in parts:
        if name.lower().endswith((".xml", ".rels")):
            parts[name] = _uncut(_in_utf_8(parts[name]))
    if kind is Kind.ODS:
        parts["content.xml"] = _mended_content(parts.get("content.xml", b""))
        return _packed(_with_mime(parts))
    if kind is Kind.XLSX:
        _mend_xlsx(parts)
    else:
        _mend_relations(parts, "xl/workbook.bin", "xl/workbook.bin", absolute=False)
    return _packed(parts)


def packed_ods(flat: bytes) -> bytes:
    """Return a flat OpenDocument spreadsheet (.fods) as the package it stands for."""
    content = _uncut(_in_utf_8(flat).removeprefix(codecs.BOM_UTF8))
    return _packed(_with_mime({"content.xml": _mended_content(content)}))


def _with_mime(parts: Parts) -> Parts:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    rest = {name: content for name, content in parts.items() if name != "mimetype"}
    rest.setdefault("META-INF/manifest.xml", manifest.encode())
    return {"mimetype": _MIME.encode(), **rest}


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """Return a part's content, or None for one that is damaged or no ledger's."""
    if info.file_size > _LARGEST:
        return None
    try:
        return archive.read(info)
    except UNREADABLE:
        return None


def _in_utf_8(xml: bytes) -> bytes:
    """Return an XML part in UTF-8, whatever it is written in."""
    head = xml[:200]
    found = _DECLARED.match(head)
    codec = found[1].decode("ascii") if found else "utf-8"
    for mark, known in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
                        (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
                        (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
                        (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):  # fmt: skip
        if head.startswith(mark):
            codec = known
            break
    if codec.lower() in ("utf-8", "utf8"):
        return xml
    try:
        text = xml.decode("gb18030" if codec.lower() in ("gb2312", "gbk") else codec)
    except (LookupError, UnicodeDecodeError):
        return xml
    text = re.sub(r"^(\s*<\?xml[^>]*?)\sencoding=[\"'][^\"']*[\"']", r"\1", text.lstrip("\ufeff"))
    return text.encode("utf-8")


def _uncut(xml: bytes) -> bytes:
    """Leave comments out and write CDATA as text: a value that one cuts is read in part only."""
    if b"<!" not in xml:
        return xml
    return _ASIDE.sub(
        lambda found: escape((found[1] or b"").decode("latin-1")).encode("latin-1"), xml
    )


def _mended_content(xml: bytes) -> bytes:
    """Take out what stands between elements only to be looked at, and counts that are none.

    Names get the prefixes that calamine looks for.
    """
    for prefix, space in _SPACES.items():
        said = re.search(rb"xmlns:(\w+)=[\"']" + re.escape(space) + rb"[\"']", xml[:_HEAD])
        if said and said[1] != prefix:
            xml = re.sub(rb"(</?|\s(?:xmlns:)?)" + said[1] + rb"(?=[:=])", rb"\1" + prefix, xml)
    return _REPEATED.sub(_counted, _INDENTED.sub(b"><", xml))


def _counted(found: re.Match[bytes]) -> bytes:
    """Drop a count of repetitions that is none."""
    return found[0] if found[1].isdigit() and len(found[1]) < 8 else b""


def _mend_xlsx(parts: Parts) -> None:
    book = _workbook_part(parts)
    _mend_relations(parts, book, "xl/workbook.xml", absolute=True)
    names = {name.lower(): name for name in parts}
    if (strings := names.get("xl/sharedstrings.xml")) is not None:
        parts[strings] = re.sub(
            rb"\s(?:unique)?[cC]ount=[\"'][^\"']*[\"']", b"", parts[strings][:2000]
        ) + parts[strings][2000:]  # fmt: skip
    if (styles := names.get("xl/styles.xml")) is not None and not _is_well_formed(parts[styles]):
        del parts[styles]
    for name in parts:
        if "/worksheets/" in name.lower() and name.lower().endswith(".xml"):
            parts[name] = _mended_sheet(parts[name])


def _workbook_part(parts: Parts) -> str:
    """Return the part that is the workbook, which need not be called so."""
    for tag in _RELATION.findall(parts.get("_rels/.rels", b"")):
        attributes = attributes_of(tag)
        target = normpath(attributes.get("Target", "").replace("\\", "/").lstrip("/"))
        if attributes.get("Type", "").endswith("/officeDocument") and target in parts:
            return target
    found = (name for name in parts if name.lower().endswith("workbook.xml"))
    return next(found, "xl/workbook.xml")


def _mend_relations(parts: Parts, book: str, stored: str, *, absolute: bool) -> None:
    """Write the workbook and where its parts are under the names that calamine looks for."""
    folder, _, base = book.rpartition("/")
    known = {name.lower(): name for name in parts}
    relations = parts.pop(known.get(f"{folder}/_rels/{base}.rels".lstrip("/").lower(), ""), b"")
    kinds: dict[str, str] = {}
    written = []
    for tag in _RELATION.findall(relations):
        attributes = attributes_of(tag)
        target = attributes.get("Target", "").replace("\\", "/")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        part = known.get(path.lower())
        if part is None or attributes.get("TargetMode") == "External":
            continue
        kinds[attributes.get("Id", "")] = attributes.get("Type", "")
        where = part.removeprefix("xl/") if part.startswith("xl/") and not absolute else f"/{part}"
        written.append(_relation(attributes, where))
    content = parts.pop(book, b"")
    root, _, name = stored.rpartition("/")
    parts[stored] = _with_sheets(content, kinds) if absolute else content
    parts[f"{root}/_rels/{name}.rels"] = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.'
        b'org/package/2006/relationships">' + b"".join(written) + b"</Relationships>"
    )
    parts["_rels/.rels"] = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.'
        b'org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats'
        b'.org/officeDocument/2006/relationships/officeDocument" Target="' + stored.encode()
        + b'"/></Relationships>'
    )  # fmt: skip


def _relation(attributes: Mapping[str, str], target: str) -> bytes:
    said = {"Id": attributes.get("Id", ""), "Type": attributes.get("Type", ""), "Target": target}
    words = " ".join(f"{name}={quoteattr(value)}" for name, value in said.items())
    return f"<Relationship {words}/>".encode()


def _with_sheets(book: bytes, kinds: Mapping[str, str]) -> bytes:
    """Leave out sheets that have no part, and macro sheets; forget states that do not exist."""

    def kept(found: re.Match[bytes]) -> bytes:
        attributes = attributes_of(found[0])
        if not kinds.get(attributes.get("id", ""), "").endswith(_SHEET_KINDS):
            return b""
        if attributes.get("state", "visible") in ("visible", "hidden", "veryHidden"):
            return found[0]
        return re.sub(rb"\sstate=[\"'][^\"']*[\"']", b"", found[0])

    return _SHEET_TAG.sub(kept, book)


def _mended_sheet(xml: bytes) -> bytes:
    if (data := xml.find(b"sheetData")) > 0:
        xml = _DIMENSION.sub(b"", xml[:data]) + xml[data:]
    if b"mergeCell" in xml:
        xml = _MERGE.sub(
            lambda tag: tag[0] if _RANGE.fullmatch(attributes_of(tag[0]).get("ref", "")) else b"",
            xml,
        )
    if b't="e"' in xml or b"t='e'" in xml:
        xml = _ERROR_CELL.sub(
            lambda cell: cell[0] if cell[2] in _ERRORS else cell[1] + b"#VALUE!", xml
        )
    return xml


def _is_well_formed(xml: bytes) -> bool:
    """Tell whether a part is XML; one that defines entities is none to us."""
    parser = expat.ParserCreate()

    def refuse(*_declaration: object) -> None:
        raise ValueError("entities")

    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError):
        return False
    return True
