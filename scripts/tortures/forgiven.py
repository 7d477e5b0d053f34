# SPDX-License-Identifier: MIT
"""Files that break the rules of their format, or are older than it, and that programs open."""

import re
import struct
from collections.abc import Callable, Iterator

from scripts.tortures.books import Book, Percent, compound, ods, record, xls, xlsb, xlsx_parts
from scripts.tortures.locked import KNOWN_TO_ALL, agile, standard
from scripts.tortures.mutations import unzipped, zipped

_SHEET = "xl/worksheets/sheet1.xml"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_OLD_BOF = {
    2: (0x09, struct.pack("<HH", 2, 0x10)),
    3: (0x209, struct.pack("<HHH", 0, 0x10, 0)),
    4: (0x409, struct.pack("<HHH", 0, 0x10, 0)),
    5: (0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0)),
}
Named = tuple[str, str, bytes]


def forgiven(book: Book) -> Iterator[Named]:
    """Yield label, extension and bytes; each says the same as the book."""
    yield from _old(book)
    yield from _packages(book)
    parts = {name: text.encode() for name, text in xlsx_parts(book).items()}
    yield "agile, known to all", "xlsx", agile(zipped(parts), KNOWN_TO_ALL)
    yield "standard, known to all", "xlsm", standard(zipped(parts), KNOWN_TO_ALL)
    yield "agile, known to all", "xlsb", agile(xlsb(book), KNOWN_TO_ALL)
    for label, mended in _xlsx(parts):
        yield label, "xlsx", zipped(mended)


def old_xls(book: Book, version: int, page: int | None = 936) -> bytes:
    """Write bare records of BIFF2 to BIFF5 in GBK, as programs without Excel write them."""
    out = record(*_OLD_BOF[version])
    if page is not None:
        out += record(0x42, struct.pack("<H", page))
    if version == 5:
        out += b"".join(record(0xE0, struct.pack("<HH12x", 0, shown)) for shown in (0, 10))
    for row, cells in enumerate(book.rows):
        if row + 1 in book.hidden_rows and version > 2:
            out += record(0x208, struct.pack("<HHHHHHHH", row, 0, 9, 255, 0, 0, 0x120, 0))
        for column, value in enumerate(cells):
            out += _old_cell(version, row, column, value)
    return out + record(0x0A, b"")


def _old_cell(version: int, row: int, column: int, value: object) -> bytes:
    style = 1 if isinstance(value, Percent) and version == 5 else 0
    number = value.value if isinstance(value, Percent) else value
    at = struct.pack("<HHB2x" if version == 2 else "<HHH", row, column, style)
    if isinstance(number, str):
        text = number.encode("gbk")
        count = struct.pack("<B" if version == 2 else "<H", len(text))
        return record(0x04 if version == 2 else 0x204, at + count + text) if text else b""
    return record(0x03 if version == 2 else 0x203, at + struct.pack("<d", number))


def _old(book: Book) -> Iterator[Named]:
    for version in (2, 3, 4, 5):
        yield f"Excel of version {version}", "xls", old_xls(book, version)
    yield "no code page", "xls", old_xls(book, 5, None)
    sheet = old_xls(book, 5)
    name = book.name.encode("gbk")
    head = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0)) + record(0x42, b"\xe4\x04")
    head += b"".join(record(0xE0, struct.pack("<HH12x", 0, shown)) for shown in (0, 10))
    place = len(head) + 4 + 7 + len(name) + 4
    head += record(0x85, struct.pack("<IHB", place, 0, len(name)) + name) + record(0x0A, b"")
    yield "Excel 95", "xls", compound(head + sheet, "Book")
    wide = struct.pack("<HHH", 0x42, 2, 1200)
    yield "western code page", "xls", xls(book).replace(wide, struct.pack("<HHH", 0x42, 2, 1252))


def _packages(book: Book) -> Iterator[Named]:
    binary = unzipped(xlsb(book))
    rels = "xl/_rels/workbook.bin.rels"
    binary[rels] = binary[rels].replace(b'Target="', b'Target="/xl/')
    yield "absolute targets", "xlsb", zipped(binary)
    open_document = unzipped(ods(book))
    content = open_document["content.xml"].replace(b"><table:", b">\n  <table:")
    content = content.replace(b"></table:", b">\n</table:")
    yield "indented", "ods", zipped({**open_document, "content.xml": content})
    written = open_document["content.xml"]
    aside = re.sub(rb"<text:p>([^<]*)</text:p>", rb"<text:p><![CDATA[\1]]></text:p>", written)
    yield "CDATA", "ods", zipped({**open_document, "content.xml": aside})
    for own, other in ((rb"office", rb"o"), (rb"table", rb"t"), (rb"text", rb"x")):
        written = re.sub(rb"(</?|\s(?:xmlns:)?)%s(?=[:=])" % own, rb"\1" + other, written)
    yield "other prefixes", "ods", zipped({**open_document, "content.xml": written})
    rest = {name: part for name, part in open_document.items() if name != "mimetype"}
    yield "no type", "ods", zipped(rest)
    flat = content.replace(b"office:document-content", b"office:document")
    yield "flat", "fods", flat
    yield "flat with a mark", "fods", b"\xef\xbb\xbf" + flat


def _xlsx(parts: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    def changed(name: str, change: Callable[[str], str]) -> dict[str, bytes]:
        return {**parts, name: change(parts[name].decode()).encode()}

    def wide(name: str) -> dict[str, bytes]:
        text = parts[name].decode().replace("UTF-8", "UTF-16")
        return {**parts, name: text.encode("utf-16")}

    yield (
        "comments within values",
        changed(_SHEET, lambda x: re.sub(r"<v>(.)([^<]*)</v>", r"<v>\1<!-- -->\2</v>", x)),
    )
    yield (
        "values as CDATA",
        changed(_SHEET, lambda x: re.sub("<v>([^<]*)</v>", r"<v><![CDATA[\1]]></v>", x)),
    )
    yield "UTF-16 sheet", wide(_SHEET)
    yield "UTF-16 texts", wide("xl/sharedStrings.xml")
    yield "UTF-16 workbook", wide(_BOOK)
    moved = dict(parts)
    moved["xl/book9.xml"] = moved.pop(_BOOK)
    moved["xl/_rels/book9.xml.rels"] = moved.pop(_RELATIONS)
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b"workbook.xml", b"book9.xml")
    yield "workbook of another name", moved
    yield (
        "dots in targets",
        changed(_RELATIONS, lambda x: x.replace('Target="', 'Target="../xl/./')),
    )
    lost = '<sheet name="缺" sheetId="9" r:id="rId99"/></sheets>'
    yield "sheet without a part", changed(_BOOK, lambda x: x.replace("</sheets>", lost))
    yield "state of no kind", changed(_BOOK, lambda x: x.replace("<sheet ", '<sheet state="x" '))
    yield (
        "size of no kind",
        changed(_SHEET, lambda x: re.sub(r'ref="A1:[^"]*"', 'ref="？"', x, count=1)),
    )
    yield (
        "merge of one cell",
        changed(_SHEET, lambda x: x.replace("<mergeCell ", '<mergeCell ref="A1"/><mergeCell ')),
    )
    count = '<sst count="4000000000" uniqueCount="4000000000" '
    yield (
        "texts of a false number",
        changed("xl/sharedStrings.xml", lambda x: x.replace("<sst ", count)),
    )
    macro = changed(
        _BOOK,
        lambda x: x.replace("</sheets>", '<sheet name="宏" sheetId="9" r:id="rId9"/></sheets>'),
    )
    macro["xl/macrosheets/sheet1.xml"] = b"<xm:macrosheet/>"
    macro[_RELATIONS] = macro[_RELATIONS].replace(
        b"</Rel", b'<Relationship Id="rId9" Target="macrosheets/sheet1.xml" Type="http://schemas.'
        b'microsoft.com/office/2006/relationships/xlMacrosheet"/></Rel')  # fmt: skip
    yield "macro sheet", macro
