# SPDX-License-Identifier: MIT
"""Writes one good ledger in all six formats, without a library between it and the bytes."""

import csv
import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Percent:
    """A number whose cell shows percents."""

    value: float


@dataclass(frozen=True)
class Error:
    """An error cell, by the code of the binary formats."""

    code: int = 0x2A
    text: str = "#N/A"


@dataclass
class Book:
    """One sheet; positions are 1-based, merges are (top, left, bottom, right)."""

    rows: list[list[Any]]
    name: str = "房屋"
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _zip(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx_parts(book: Book) -> dict[str, str]:
    """Return the parts of an .xlsx package, shared strings and all."""
    strings: dict[str, int] = {}

    def cell(row: int, column: int, value: object) -> str:
        at = f'r="{letters(column)}{row}"'
        if isinstance(value, str):
            return f'<c {at} t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
        if isinstance(value, Percent):
            return f'<c {at} s="1"><v>{value.value!r}</v></c>'
        if isinstance(value, Error):
            return f'<c {at} t="e"><v>{value.text}</v></c>'
        return f"<c {at}><v>{value!r}</v></c>"

    rows = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n in book.hidden_rows else ""}>'
        + "".join(cell(n, c, v) for c, v in enumerate(row, 1) if v != "") + "</row>"
        for n, row in enumerate(book.rows, 1)
    )  # fmt: skip
    cols = "".join(
        f'<col min="{c}" max="{c}" width="9" hidden="1"/>' for c in sorted(book.hidden_columns)
    )
    merges = "".join(
        f'<mergeCell ref="{letters(b)}{a}:{letters(d)}{c}"/>' for a, b, c, d in book.merges
    )
    sheet = (
        f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_REL}">'
        f'<dimension ref="A1:{letters(book.width)}{len(book.rows)}"/>'
        f"{'<cols>' + cols + '</cols>' if cols else ''}<sheetData>{rows}</sheetData>"
        f"{'<mergeCells>' + merges + '</mergeCells>' if merges else ''}</worksheet>"
    )
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE_REL}"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets><sheet name='
        f'{quoteattr(book.name)} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE_REL}"><Relationship '
        f'Id="rId1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
        f'Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" '
        f'Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills '
        'count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_MAIN}">'
        + "".join(f"<si><t xml:space=\"preserve\">{escape(s)}</t></si>" for s in strings) + "</sst>",
    }  # fmt: skip
    if book.comments:
        notes = "".join(
            f'<comment ref="{letters(c)}{r}" authorId="0"><text><r><t>{escape(t)}</t></r></text>'
            "</comment>"
            for (r, c), t in book.comments.items()
        )
        parts["xl/comments1.xml"] = (
            f'{_XML}<comments xmlns="{_MAIN}"><authors><author/></authors><commentList>{notes}'
            "</commentList></comments>"
        )
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'{_XML}<Relationships xmlns="{_PACKAGE_REL}"><Relationship Id="rId1" '
            f'Type="{_REL}/comments" Target="../comments1.xml"/></Relationships>'
        )
    return parts


def xlsx(book: Book) -> bytes:
    return _zip(dict(xlsx_parts(book)))


def xlsm(book: Book) -> bytes:
    """Write a workbook with macros: another content type, and a part nobody may run."""
    parts: dict[str, str | bytes] = dict(xlsx_parts(book))
    types = str(parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace(
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        "vnd.ms-excel.sheet.macroEnabled.main",
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    return _zip(parts)


def ods(book: Book) -> bytes:
    covered = {
        (r, c)
        for top, left, bottom, right in book.merges
        for r in range(top, bottom + 1)
        for c in range(left, right + 1)
        if (r, c) != (top, left)
    }
    spans = {(a, b): (c - a + 1, d - b + 1) for a, b, c, d in book.merges}

    def cell(row: int, column: int, value: object) -> str:
        tag = "table:covered-table-cell" if (row, column) in covered else "table:table-cell"
        span = ""
        if (row, column) in spans:
            down, across = spans[row, column]
            span = (f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"')  # fmt: skip
        note = ""
        if text := book.comments.get((row, column)):
            note = f"<office:annotation><text:p>{escape(text)}</text:p></office:annotation>"
        if value == "":
            return f"<{tag}{span}>{note}</{tag}>" if note else f"<{tag}{span}/>"
        if isinstance(value, str):
            return (f'<{tag} office:value-type="string"{span}>{note}<text:p>{escape(value)}</text:p>'
                    f"</{tag}>")  # fmt: skip
        if isinstance(value, Error):
            return (f'<{tag} table:formula="of:=NA()" office:value-type="string" '
                    f'office:string-value="" calcext:value-type="error"{span}><text:p>{value.text}'
                    f"</text:p></{tag}>")  # fmt: skip
        kind, number = "float", value
        if isinstance(value, Percent):
            kind, number = "percentage", value.value
        return f'<{tag} office:value-type="{kind}" office:value="{number!r}"{span}>{note}</{tag}>'

    columns = "".join(
        "<table:table-column"
        + (' table:visibility="collapse"' if c in book.hidden_columns else "") + "/>"
        for c in range(1, book.width + 1)
    )  # fmt: skip
    rows = "".join(
        "<table:table-row" + (' table:visibility="collapse"' if n in book.hidden_rows else "") + ">"
        + "".join(cell(n, c, v) for c, v in enumerate(row, 1)) + "</table:table-row>"
        for n, row in enumerate(book.rows, 1)
    )  # fmt: skip
    content = (
        f'{_XML}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:'
        '1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:'
        'names:tc:opendocument:xmlns:text:1.0" xmlns:calcext="urn:org:documentfoundation:names:'
        'experimental:calc:xmlns:calcext:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f"<table:table table:name={quoteattr(book.name)}>{columns}{rows}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:'
        '1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.'
        'opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _zip({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": manifest,
        "content.xml": content,
    })  # fmt: skip


def csv_text(book: Book, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    rows = [[_plain(value) for value in row] for row in book.rows]
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def _plain(value: object) -> str:
    if isinstance(value, Percent):
        return f"{value.value * 100:g}%"
    return value.text if isinstance(value, Error) else str(value)


def record(kind: int, body: bytes) -> bytes:
    """Return a record of an .xls stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls(book: Book, lock: bytes = b"") -> bytes:
    """Write BIFF8 records into a compound file; ``lock`` is the body of a password record."""
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    sheet += record(0x200, struct.pack("<IIHHH", 0, len(book.rows), 0, book.width, 0))
    for column in sorted(book.hidden_columns):
        sheet += record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2304, 0, 1, 0))
    for number, row in enumerate(book.rows):
        flags = 0x120 if number + 1 in book.hidden_rows else 0x100
        sheet += record(0x208, struct.pack("<HHHHHHHH", number, 0, len(row), 255, 0, 0, flags, 15))
        for column, value in enumerate(row):
            sheet += _xls_cell(number, column, value)
    if book.merges:
        ranges = b"".join(
            struct.pack("<HHHH", a - 1, c - 1, b - 1, d - 1) for a, b, c, d in book.merges
        )
        sheet += record(0xE5, struct.pack("<H", len(book.merges)) + ranges)
    sheet += record(0x0A, b"")
    fonts = b"".join(record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
                             + b"\x05\x00Arial") for _ in range(4))  # fmt: skip
    styles = b"".join(
        record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, 1 if n == 15 or n == 16 else 0xFFF5,
                                  0x20, 0, 0, 0, 0, 0, 0x20C0))
        for n, number in enumerate([0] * 16 + [10])
    )  # fmt: skip
    name = struct.pack("<BB", len(book.name), 1) + book.name.encode("utf-16-le")
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    head += record(0x2F, lock) if lock else b""
    head += record(0x42, struct.pack("<H", 1200)) + record(0x22, b"\0\0") + fonts + styles
    offset = len(head) + 4 + 6 + len(name) + 4
    head += record(0x85, struct.pack("<IH", offset, 0) + name) + record(0x0A, b"")
    return compound(head + sheet)


def _xls_cell(row: int, column: int, value: object) -> bytes:
    at = struct.pack("<HH", row, column)
    if value == "":
        return b""
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x204, at + struct.pack("<HHB", 15, len(value), 1) + text)
    if isinstance(value, Error):
        return record(0x205, at + struct.pack("<HBB", 15, value.code, 1))
    style, number = (16, value.value) if isinstance(value, Percent) else (15, value)
    return record(0x203, at + struct.pack("<Hd", style, float(number)))


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """Put one stream into a compound file of 512-byte sectors."""
    return compound_of({name: stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")})


def compound_of(streams: Mapping[str, bytes]) -> bytes:
    """Put up to three streams of 4,096 bytes and more into a compound file."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    chain: list[int] = []
    body = entries = b""

    def entry(called: str, kind: int, following: int, child: int, start: int, size: int) -> bytes:
        text = (called + "\0").encode("utf-16-le")
        return (text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, free,
                following, child) + bytes(36) + struct.pack("<III", start, size, 0))  # fmt: skip

    for number, (name, stream) in enumerate(streams.items(), start=1):
        first, following = len(chain), number + 1 if number < len(streams) else free
        entries += entry(name, 2, following, free, first, len(stream))
        body += stream.ljust(-(-len(stream) // 512) * 512, b"\0")
        chain += [*range(first + 1, len(body) // 512), end]
    sectors = len(chain)
    fats = -(-(sectors + 2) // 127)
    chain += [end] + [0xFFFFFFFD] * fats
    chain += [free] * (fats * 128 - len(chain))
    places = [sectors + 1 + n for n in range(fats)] + [free] * (109 - fats)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, sectors, 0, 4096,
                          end, 0, end, 0)  # fmt: skip
    header += struct.pack("<109I", *places)
    directory = (entry("Root Entry", 5, free, 1, end, 0) + entries).ljust(512, b"\0")
    return header + body + directory + struct.pack(f"<{len(chain)}I", *chain)


def _binary(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    while length > 127:
        head += bytes([length & 0x7F | 0x80])
        length >>= 7
    return head + bytes([length]) + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(book: Book) -> bytes:
    """Write the binary parts of an .xlsb package."""
    parts: dict[str, str | bytes] = dict(xlsx_parts(book))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml",
                 "xl/sharedStrings.xml"):  # fmt: skip
        parts.pop(name)
    parts.pop("xl/comments1.xml", None)
    parts.pop("xl/worksheets/_rels/sheet1.xml.rels", None)
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = str(parts[name]).replace("workbook.xml", "workbook.bin")
    parts["xl/_rels/workbook.bin.rels"] = (
        str(parts.pop("xl/_rels/workbook.xml.rels")).replace(".xml", ".bin")
    )  # fmt: skip
    parts["xl/workbook.bin"] = b"".join([
        _binary(131), _binary(143),
        _binary(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(book.name)),
        _binary(144), _binary(132),
    ])  # fmt: skip
    parts["xl/styles.bin"] = b"".join([
        _binary(278), _binary(617, struct.pack("<I", 2)),
        _binary(47, struct.pack("<HHHHHBBHH", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        _binary(47, struct.pack("<HHHHHBBHH", 0, 10, 0, 0, 0, 0, 0, 0, 0)),
        _binary(618), _binary(279),
    ])  # fmt: skip
    strings: dict[str, int] = {}
    body: list[bytes] = []
    for number, row in enumerate(book.rows):
        flags = 0x10 if number + 1 in book.hidden_rows else 0
        body.append(_binary(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)))
        for column, value in enumerate(row):
            style = 1 if isinstance(value, Percent) else 0
            at = struct.pack("<II", column, style)
            if isinstance(value, str) and value:
                index = strings.setdefault(value, len(strings))
                body.append(_binary(7, at + struct.pack("<I", index)))
            elif isinstance(value, Error):
                body.append(_binary(3, at + bytes([value.code])))
            elif value != "":
                figure = value.value if isinstance(value, Percent) else value
                body.append(_binary(5, at + struct.pack("<d", float(figure))))
    merges = b"".join(
        _binary(176, struct.pack("<IIII", a - 1, c - 1, b - 1, d - 1)) for a, b, c, d in book.merges
    )
    cols = b"".join(
        _binary(60, struct.pack("<IIIIH", c - 1, c - 1, 2304, 0, 1))
        for c in sorted(book.hidden_columns)
    )
    parts["xl/worksheets/sheet1.bin"] = b"".join([
        _binary(129), _binary(148, struct.pack("<IIII", 0, len(book.rows) - 1, 0, book.width - 1)),
        _binary(390) + cols + _binary(391) if cols else b"", _binary(145), *body, _binary(146),
        _binary(177, struct.pack("<I", len(book.merges))) + merges + _binary(178) if merges else b"",
        _binary(130),
    ])  # fmt: skip
    parts["xl/sharedStrings.bin"] = b"".join([
        _binary(159, struct.pack("<II", len(strings), len(strings))),
        *(_binary(19, b"\0" + _wide(text)) for text in strings), _binary(160),
    ])  # fmt: skip
    return _zip(parts)


FORMATS = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "xlsb": xlsb, "ods": ods, "csv": csv_text}
