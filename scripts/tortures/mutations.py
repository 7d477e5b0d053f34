# SPDX-License-Identifier: MIT
"""Ways to spoil a workbook, and ways to write the same workbook otherwise."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise

Parts = dict[str, bytes]


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def zipped(parts: Parts, stored: bool = False) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _flip(data: bytes, rng: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(rng.choice([1, 3, 20, 200])):
        if spoiled:
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


def _truncate(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _insert(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.randbytes(rng.choice([1, 2, 64, 4096])) + data[at:]


def _cut(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice([1, 2, 64, 2048]) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice([4, 64, 2048])
    return data[: at + length] + data[at:]


def _blank(data: bytes, rng: random.Random) -> bytes:
    at, length = rng.randrange(len(data) + 1), rng.choice([4, 64, 512])
    return data[:at] + bytes([rng.choice([0, 255])]) * length + data[at + length :]


BYTES: list[Callable[[bytes, random.Random], bytes]] = [
    _flip, _truncate, _insert, _cut, _repeat, _blank,
]  # fmt: skip

_WEIRD = (
    b"", b"-1", b"0", b"1e999", b"NaN", b"-INF", b"99999999999999999999", b"4294967295", b"x",
    b"XFD1048576", b"A0", b"1048577", b"\xff\xfe", b"&#0;", b"&lt;", b"&undefined;", b"]]>",
    b"2147483648", b"true", b"..", b"/", b"rId999", b"0x10", b" ", b"\xe4\xb8", b"e", b"d", b"s",
)  # fmt: skip
_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb'="[^"]*"|>[^<>]+<')


def _drop_tag(xml: bytes, rng: random.Random) -> bytes:
    tags = list(_TAG.finditer(xml))
    for tag in sorted(rng.sample(tags, min(len(tags), rng.choice([1, 1, 3]))),
                      key=lambda found: -found.start()):  # fmt: skip
        xml = xml[: tag.start()] + xml[tag.end() :]
    return xml


def _double_tag(xml: bytes, rng: random.Random) -> bytes:
    tags = list(_TAG.finditer(xml))
    if not tags:
        return xml
    tag = rng.choice(tags)
    return xml[: tag.end()] + tag[0] * rng.choice([1, 2, 500]) + xml[tag.end() :]


def _weird_value(xml: bytes, rng: random.Random) -> bytes:
    values = list(_VALUE.finditer(xml))
    for found in sorted(rng.sample(values, min(len(values), rng.choice([1, 2, 8]))),
                        key=lambda found: -found.start()):  # fmt: skip
        first, last = (b'="', b'"') if found[0].startswith(b"=") else (b">", b"<")
        xml = xml[: found.start()] + first + rng.choice(_WEIRD) + last + xml[found.end() :]
    return xml


def _rename(xml: bytes, rng: random.Random) -> bytes:
    names = sorted(set(re.findall(rb"[a-zA-Z:-]{2,}", xml)))
    return xml.replace(rng.choice(names), rng.choice([b"zz", b"", b"c", b"v"])) if names else xml


def _nest(xml: bytes, rng: random.Random) -> bytes:
    depth = rng.choice([100, 5000, 60000])
    at = xml.rfind(b"</")
    return xml[:at] + b"<a>" * depth + b"</a>" * rng.choice([0, depth]) + xml[at:]


def _entities(xml: bytes, rng: random.Random) -> bytes:
    levels = rng.choice([3, 9, 12])
    names = [f"e{n}" for n in range(levels + 1)]
    declared = f"<!ENTITY {names[0]} 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {two} '{f'&{one};' * 10}'>" for one, two in pairwise(names)
    )
    declared += "<!ENTITY file SYSTEM 'file:///etc/passwd'>"
    head = re.search(rb"<(?![?!])", xml)
    if head is None:
        return xml
    texts = [found for found in _VALUE.finditer(xml) if found[0].startswith(b">")]
    if texts:
        found = rng.choice(texts)
        use = rng.choice([f"&{names[-1]};", "&file;"]).encode()
        xml = xml[: found.start() + 1] + use + xml[found.end() - 1 :]
    return xml[: head.start()] + f"<!DOCTYPE x [{declared}]>".encode() + xml[head.start() :]


def _encoding(xml: bytes, rng: random.Random) -> bytes:
    try:
        text = xml.decode("utf-8")
    except UnicodeDecodeError:
        return xml
    return text.encode(rng.choice(["utf-16", "utf-16-le", "gb18030", "utf-32"]), "replace")


XML: list[Callable[[bytes, random.Random], bytes]] = [
    _drop_tag, _double_tag, _weird_value, _weird_value, _rename, _nest, _entities, _encoding,
    *BYTES,
]  # fmt: skip


def spoiled_parts(parts: Parts, rng: random.Random) -> Parts:
    """Spoil one part of a package, or which parts it has."""
    spoiled = dict(parts)
    name = rng.choice(list(spoiled))
    what = rng.random()
    if what < 0.08:
        del spoiled[name]
    elif what < 0.14:
        spoiled[rng.choice(["x", name.upper(), name + "x", "/" + name])] = spoiled.pop(name)
    elif what < 0.18:
        spoiled[name] = spoiled[rng.choice(list(spoiled))]
    else:
        change = rng.choice(XML if not name.endswith(".bin") else BYTES)
        spoiled[name] = change(spoiled[name], rng)
    return spoiled


_SHEET, _BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def same_xlsx(parts: Parts) -> Iterator[tuple[str, bytes]]:
    """Yield an .xlsx written otherwise, with the same content."""

    def changed(name: str, change: Callable[[str], str]) -> bytes:
        copy = dict(parts)
        copy[name] = change(copy[name].decode("utf-8")).encode("utf-8")
        return zipped(copy)

    strings = re.findall(rb"<t[^>]*>([^<]*)</t>", parts["xl/sharedStrings.xml"])

    def inline(xml: str) -> str:
        return re.sub(
            r' t="s"><v>(\d+)</v>',
            lambda m: f' t="inlineStr"><is><t>{strings[int(m[1])].decode()}</t></is>', xml,
        )  # fmt: skip

    def prefixed(xml: str) -> str:
        wide = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml)
        return wide.replace(' xmlns="', ' xmlns:x="')

    yield "prefixed sheet", changed(_SHEET, prefixed)
    yield "prefixed strings", changed("xl/sharedStrings.xml", prefixed)
    yield "cells without places", changed(_SHEET, lambda x: _without_places(x))
    yield (
        "false dimension",
        changed(_SHEET, lambda x: re.sub(r'ref="A1:[^"]*"', 'ref="A1"', x, count=1)),
    )
    yield (
        "vast dimension",
        changed(_SHEET, lambda x: re.sub(r'ref="A1:[^"]*"', 'ref="A1:XFD1048576"', x, count=1)),
    )
    yield "no dimension", changed(_SHEET, lambda x: re.sub(r"<dimension[^>]*>", "", x))
    yield "inline strings", changed(_SHEET, inline)
    yield "formula strings", changed(
        _SHEET, lambda x: re.sub(
            r' t="s"><v>(\d+)</v>',
            lambda m: f' t="str"><f>"x"</f><v>{strings[int(m[1])].decode()}</v>', x)
    )  # fmt: skip
    yield "single quotes", changed(_SHEET, lambda x: x.replace('"', "'"))
    yield "spaced out", changed(_SHEET, lambda x: x.replace("><", ">\r\n  <"))
    yield "remarks", changed(_SHEET, lambda x: x.replace("<row", "<!-- <row r='9'/> --><row"))
    yield (
        "attributes turned",
        changed(_SHEET, lambda x: re.sub(r'<c (r="\w+") (t="s")', r"<c \2 \1", x)),
    )
    yield "rich text", changed(
        "xl/sharedStrings.xml",
        lambda x: re.sub(
            r"<si><t[^>]*>([^<])([^<]*)</t></si>",
            r'<si><r><rPr><b/></rPr><t xml:space="preserve">\1</t></r><r><t xml:space="preserve">\2</t>'
            r'</r><rPh sb="0" eb="1"><t>注音</t></rPh></si>', x),
    )  # fmt: skip
    yield "strict", zipped({
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    })  # fmt: skip
    yield "byte order mark", changed(_SHEET, lambda x: "\ufeff" + x)
    yield "no declaration", changed(_SHEET, lambda x: re.sub(r"<\?xml[^>]*>\s*", "", x))
    yield "stored", zipped(parts, stored=True)
    yield (
        "absolute targets",
        changed("xl/_rels/workbook.xml.rels", lambda x: x.replace('Target="', 'Target="/xl/')),
    )
    yield "trailing bytes", zipped(parts) + bytes(300)
    yield "chart sheet", _with_chart_sheet(parts)
    yield "external link", _with_external_link(parts)
    yield "stray cell", changed(
        _SHEET, lambda x: x.replace("</sheetData>",
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    )  # fmt: skip
    yield "formatted to the end", changed(
        _SHEET, lambda x: x.replace("</sheetData>", "".join(
            f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1000, 60000, 7)
        ) + '<row r="1048576" spans="1:9"/></sheetData>')
    )  # fmt: skip
    yield (
        "many styles",
        changed(
            "xl/styles.xml",
            lambda x: x.replace("</cellXfs>", '<xf numFmtId="0"/>' * 1_000_000 + "</cellXfs>"),
        ),
    )
    yield "backslashed names", _backslashed(parts)


def _without_places(xml: str) -> str:
    """Leave places out where nothing is left out between them."""
    rows = []
    for row in re.split(r"(?=<row )", xml):
        columns = [_column(c) for c in re.findall(r'<c r="([A-Z]+)\d+"', row)]
        if columns == list(range(1, len(columns) + 1)):
            row = re.sub(r'<c r="[A-Z]+\d+"', "<c", row)
        rows.append(row)
    return "".join(rows)


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def _with_chart_sheet(parts: Parts) -> bytes:
    copy = dict(parts)
    copy["xl/chartsheets/sheet1.xml"] = (
        b'<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    copy[_BOOK] = copy[_BOOK].replace(
        b"<sheets>", '<sheets><sheet name="图" sheetId="9" r:id="rId9"/>'.encode()
    )
    rels = "xl/_rels/workbook.xml.rels"
    copy[rels] = copy[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>',
    )
    return zipped(copy)


def _with_external_link(parts: Parts) -> bytes:
    copy = dict(parts)
    copy["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<externalBook r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships"/></externalLink>'
    )
    copy[_BOOK] = copy[_BOOK].replace(
        b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rId8"/>'
        b"</externalReferences>"
    )  # fmt: skip
    rels = "xl/_rels/workbook.xml.rels"
    copy[rels] = copy[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    return zipped(copy)


def _backslashed(parts: Parts) -> bytes:
    """Name the parts with backslashes, as some Windows programs do."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = name.replace("/", "\\")
            archive.writestr(info, content)
    return out.getvalue()
