# SPDX-License-Identifier: MIT
"""Workbooks that were made to hurt: bombs, floods, far cells, locked files."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

from scripts.tortures.books import FORMATS, Book, letters, ods, xls, xlsb, xlsx_parts
from scripts.tortures.locked import agile, standard
from scripts.tortures.mutations import zipped

_SHEET = "xl/worksheets/sheet1.xml"


def hostile(book: Book, quick: bool) -> Iterator[tuple[str, str, bytes]]:
    """Yield label, extension and bytes."""
    yield from locked(book)
    yield from _bombs(book)
    yield from _cells(book)
    yield from _shapes(book, 10 if quick else 1)
    yield from _texts(10 if quick else 1)


def _with(book: Book, **changes: Callable[[str], str] | bytes | None) -> bytes:
    """Return the book as .xlsx with parts changed: a function of the text, or the bytes."""
    parts = {name: text.encode() for name, text in xlsx_parts(book).items()}
    names = {"sheet": _SHEET, "styles": "xl/styles.xml", "strings": "xl/sharedStrings.xml",
             "workbook": "xl/workbook.xml", "rels": "xl/_rels/workbook.xml.rels"}  # fmt: skip
    for short, change in changes.items():
        name = names[short]
        if callable(change):
            parts[name] = change(parts[name].decode()).encode()
        elif change is None:
            del parts[name]
        else:
            parts[name] = change
    return zipped(parts)


def locked(book: Book) -> Iterator[tuple[str, str, bytes]]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    name = "EncryptedPackage".encode("utf-16-le")
    yield "encrypted package", "xlsx", ole + bytes(1000) + name + bytes(4000)
    yield "agile", "xlsx", agile(FORMATS["xlsx"](book), "园区2026")
    yield "standard", "xlsb", standard(xlsb(book), "园区2026")
    yield "password", "xls", xls(book, struct.pack("<HHHI", 1, 1, 1, 7) + bytes(44))
    yield "xor password", "xls", xls(book, struct.pack("<HHH", 0, 77, 99))
    package = dict(_unzip(ods(book)))
    package["META-INF/manifest.xml"] = package["META-INF/manifest.xml"].replace(
        b'media-type="text/xml"/>', b'media-type="text/xml"><manifest:encryption-data/>'
        b"</manifest:file-entry>"
    )  # fmt: skip
    yield "encrypted", "ods", zipped(package)
    out = bytearray(zipped({"xl/workbook.xml": b"<workbook/>"}))
    out[6] |= 1
    out[out.rindex(b"PK\x01\x02") + 8] |= 1
    yield "locked zip", "xlsx", bytes(out)


def _unzip(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _bombs(book: Book) -> Iterator[tuple[str, str, bytes]]:
    spaces = b" " * 70_000_000
    yield "bomb", "xlsx", _with(book, sheet=spaces)
    yield "bomb of rows", "xlsx", _with(book, sheet=lambda x: x.replace(
        "</sheetData>", '<row><c t="s"><v>1</v></c></row>' * 3_000_000 + "</sheetData>"))  # fmt: skip
    parts = {name: text.encode() for name, text in xlsx_parts(book).items()}
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", _SHEET,
                 "[Content_Types].xml", "xl/_rels/workbook.xml.rels"):  # fmt: skip
        bomb = "<!DOCTYPE x [<!ENTITY a0 'aaaaaaaaaa'>" + "".join(
            f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(10)
        )
        text = re.sub(r"<(?![?!])", bomb + "]><", parts[name].decode(), count=1)
        text = re.sub(r">([^<>]+)<", ">&a10;<", text, count=1)
        yield (
            f"entities in {name.rpartition('/')[2]}",
            "xlsx",
            zipped({**parts, name: text.encode()}),
        )
    lying = bytearray(zipped({**parts, _SHEET: parts[_SHEET] + b" " * 40_000_000}))
    at = lying.rindex(b"PK\x01\x02", 0, lying.rindex(_SHEET.encode()))
    struct.pack_into("<I", lying, at + 24, 1000)
    yield "lying size", "xlsx", bytes(lying)
    many = {f"xl/media/{n}.png": b"x" for n in range(40_000)}
    yield "forty thousand parts", "xlsx", zipped({**parts, **many}, stored=True)


def _cells(book: Book) -> Iterator[tuple[str, str, bytes]]:
    def row(xml: str) -> bytes:
        return _with(book, sheet=lambda x: x.replace("</sheetData>", xml + "</sheetData>"))

    yield "far column", "xlsx", row('<row r="90"><c r="XFD90"><v>1</v></c></row>')
    yield "far row", "xlsx", row('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    yield "beyond the last", "xlsx", row('<row r="9999999"><c r="ZZZZ9999999"><v>1</v></c></row>')
    yield "row 0", "xlsx", row('<row r="0"><c r="A0"><v>1</v></c></row>')
    yield (
        "string 4 billion",
        "xlsx",
        row('<row r="90"><c r="A90" t="s"><v>4294967295</v></c></row>'),
    )
    yield "strings missing", "xlsx", _with(book, strings=None)
    yield "styles missing", "xlsx", _with(book, styles=None)
    yield "relations missing", "xlsx", _with(book, rels=None)
    yield "sheet missing", "xlsx", _with(book, sheet=None)
    yield (
        "no sheets",
        "xlsx",
        _with(book, workbook=lambda x: re.sub(r"<sheets>.*</sheets>", "<sheets/>", x)),
    )
    yield (
        "very hidden",
        "xlsx",
        _with(book, workbook=lambda x: x.replace("<sheet ", '<sheet state="veryHidden" ')),
    )
    for kind, value in (("n", "1e400"), ("n", "NaN"), ("n", "-INF"), ("d", "2024-06-30T00:00:00Z"),
                        ("d", "0000-00-00"), ("b", "7"), ("e", "#BUSY!"), ("str", "_x0000_\x0b"),
                        ("zz", "1"), ("n", "0x41"), ("n", "１２")):  # fmt: skip
        yield (
            f"cell {kind} {value.encode().hex()[:12]}",
            "xlsx",
            row(
                f'<row r="15"><c r="A15" t="s"><v>14</v></c><c r="E15" t="{kind}"><v>{value}</v></c></row>'
            ),
        )
    yield (
        "no cached values",
        "xlsx",
        _with(
            book,
            sheet=lambda x: re.sub(r"<c r=\"(E\d+)\"><v>[^<]*</v>", r'<c r="\1"><f>1+1</f>', x),
        ),
    )
    yield "a picture", "xlsx", _with(book, sheet=lambda x: re.sub(
        r"<sheetData>.*</sheetData>", '<sheetData/><drawing r:id="rId1"/>', x, flags=re.DOTALL))  # fmt: skip
    for label, make, ext in (("xls", xls, "xls"), ("xlsb", xlsb, "xlsb"), ("ods", ods, "ods")):
        wide = Book([*book.rows, [""] * 255 + ["x"]])
        yield f"wide {label}", ext, make(wide)
    tall = _unzip(ods(book))
    tall["content.xml"] = tall["content.xml"].replace(
        b"</table:table>", b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell '
        b'table:number-columns-repeated="16000"/><table:table-cell office:value-type="float" '
        b'office:value="1"/></table:table-row></table:table>',
    )  # fmt: skip
    yield "far", "ods", zipped(tall)
    flood = dict(tall)
    flood["content.xml"] = _unzip(ods(book))["content.xml"].replace(
        b"</table:table>", b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        b'table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
        b"</table:table-row></table:table>",
    )  # fmt: skip
    yield "flood", "ods", zipped(flood)
    rows = list(book.rows)
    last = xls(Book([*rows, *([[""]] * (65535 - len(rows))), [""] * 255 + ["x"]]))
    yield "last cell", "xls", last


def _shapes(book: Book, less: int) -> Iterator[tuple[str, str, bytes]]:
    head, one = book.rows[1], book.rows[2]
    plain = [cell if isinstance(cell, str | float) else 0.5 for cell in one]
    many = 4000 // less
    yield "header after header", "xlsx", zipped(_bytes(Book([head, plain] * many)))
    merges = [(n, 1, n, 3) for n in range(1, 30_000 // less)]
    yield (
        "merges",
        "xlsx",
        zipped(_bytes(Book([head, *([plain] * (30_000 // less))], merges=merges))),
    )
    tall = [(2, 1, 30_000 // less, 1)] + [(n, 2, n + 1, 2) for n in range(2, 30_000 // less, 2)]
    yield (
        "tall merges",
        "xlsx",
        zipped(_bytes(Book([head, *([plain] * (30_000 // less))], merges=tall))),
    )
    yield (
        "wide header",
        "xlsx",
        zipped(_bytes(Book([head * (60 // less + 1), plain * (60 // less + 1)]))),
    )
    labels = [["楼栋名称", "x", "建筑面积", 1.0]] * (2900 // less)
    yield "cards", "xlsx", zipped(_bytes(Book(labels)))
    texts = [[f"{letters(c)}名称{n}" for c in range(1, 12)] for n in range(9000 // less)]
    yield "all headings", "xlsx", zipped(_bytes(Book(texts)))
    sheets = {name: text.encode() for name, text in xlsx_parts(book).items()}
    names = "".join(
        f'<sheet name="表{n}" sheetId="{n + 9}" r:id="rId1"/>' for n in range(400 // less)
    )
    sheets["xl/workbook.xml"] = sheets["xl/workbook.xml"].replace(
        b"</sheets>", names.encode() + b"</sheets>"
    )
    yield "many sheets", "xlsx", zipped(sheets)


def _bytes(book: Book) -> dict[str, bytes]:
    return {name: text.encode() for name, text in xlsx_parts(book).items()}


def _texts(less: int) -> Iterator[tuple[str, str, bytes]]:
    head = "楼栋编号,楼栋名称,建筑面积（㎡）,建成日期\n"
    row = "A1,一号,100,2020-01-01\n"
    yield "open quote", "csv", (head + row + 'A2,"' + row * (60_000 // less)).encode()
    yield "one long line", "csv", (head + "x" * (20_000_000 // less)).encode()
    yield "commas", "csv", (head + "," * (3_000_000 // less)).encode()
    yield "half a character", "csv", (head + row).encode("gbk")[:-1] + b"\xb0"
    yield "nul", "csv", (head + row).encode() + b"\0\0"
    yield "half utf-16", "csv", (head + row).encode("utf-16-le")[:-1]
    yield "formula text", "csv", (head + '="00123",=1+1,+3,@x\n').encode("gbk")
    for label, text in (
        ("digits", "1" * 100_000), ("brackets", "(" * 50_000), ("until", "截至" * 30_000),
        ("units", "单位：" * 30_000), ("dates", "2020年" * 20_000), ("ordinals", "一、" * 30_000),
        ("spaces", " " * 100_000), ("parks", "产业园" * 30_000), ("commas", "1,000" * 20_000),
        ("pluses", "1+" * 50_000), ("ranges", "1-" * 50_000), ("heads", "名称" * 20_000),
    ):  # fmt: skip
        yield (
            f"long {label}",
            "csv",
            (f"{text}\n{head}{row}A2,二号,{text},{text}\n{text},x,1,2\n").encode(),
        )
    yield "nested tables", "xls", b"<table><tr><td>" * (30_000 // less)
    cells = "<td>楼栋名称</td><td>建筑面积</td><td rowspan=9999 colspan=9999>x</td>"
    yield "spans", "xls", f"<html><table>{('<tr>' + cells + '</tr>') * 300}</table>".encode()
