# SPDX-License-Identifier: MIT
"""Puts computed values beside formulas in a saved workbook, and makes its bytes repeatable.

openpyxl writes formulas without values; previews and value readers would then see nothing, and
some programs a zero. The values come from our own computation of the same formula.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO
from xml.sax.saxutils import escape

from workbench.excel.house.carrying import NOTHING, Additions
from workbench.excel.seals import Seal, seals_of
from workbench.excel.xlsx_package import SHEET_PARTS

_FORMULA_CELL = re.compile(
    r'<c r="([A-Z]+\d+)"((?: [a-z]+="[^"]*")*)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL
)
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_CREATED = re.compile(r"(<dcterms:created[^>]*>)[^<]*(</dcterms:created>)")
_FIRST_FONT = re.compile(r"<font>.*?</font>", re.DOTALL)
_RULER = '<font><sz val="10"/><name val="Arial"/><family val="2"/></font>'
"""The font of the style Normal, whose digits measure column widths: 7 px wide everywhere.

openpyxl's own, Calibri, is missing on many computers, and columns would come out wider there.
"""
_FONT = re.compile(r"<font>(.*?)</font>", re.DOTALL)
_OF_FONT = re.compile(r"<(\w+)\b[^>]*/>")
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
"""The order in which Excel itself writes a font and its checkers want it; openpyxl has another."""
_TYPE = re.compile(r' t="[^"]*"')
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the package, so that equal content gives equal bytes."""


NO_ROWS: Mapping[str, Iterable[str]] = MappingProxyType({})
_DIMENSION = re.compile(r"<dimension [^>]*/>")
_END_OF_ROWS = "</sheetData>"
_ROWS_AT_ONCE = 256


class MissingValueError(RuntimeError):
    """A formula was written without its computed value: a defect of this program."""


def with_values(
    saved: BinaryIO,
    target: Path,
    values: Mapping[str, Mapping[str, float | str]],
    created: datetime,
    rows: Mapping[str, Iterable[str]] = NO_ROWS,
    additions: Additions = NOTHING,
) -> list[Seal]:
    """Copy a saved workbook to ``target`` with the values of its formulas; return its seals.

    ``values`` holds, per part such as ``xl/worksheets/sheet1.xml``, the value by address; ``rows``
    are rows of XML that follow those of a part and never stand in memory together; ``additions``
    are parts of a template.
    """
    stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    with (
        zipfile.ZipFile(saved) as package,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as written,
    ):
        for name in package.namelist():
            content = package.read(name)
            if name in rows:
                _stream(content.decode(), rows[name], written, name)
                continue
            if name.startswith(SHEET_PARTS):
                content = _filled(content.decode(), values.get(name, {}), name).encode()
            elif name == "xl/styles.xml":
                text = _FIRST_FONT.sub(_RULER, content.decode(), count=1)
                content = _FONT.sub(_ordered, text).encode()
            elif name == "docProps/core.xml":
                text = _MODIFIED.sub(rf"\g<1>{stamp}\g<2>", content.decode())
                content = _CREATED.sub(rf"\g<1>{stamp}\g<2>", text).encode()
            written.writestr(_entry(name), additions.content(name, content))
        for name, content in additions.rest():
            written.writestr(_entry(name), content)
        return seals_of(written)


def _ordered(font: re.Match[str]) -> str:
    """Return a font with its elements in Excel's order."""
    elements = sorted(_OF_FONT.finditer(font[1]), key=lambda e: _FONT_ORDER.index(e[1]))
    return f"<font>{''.join(element[0] for element in elements)}</font>"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _stream(head: str, rows: Iterable[str], written: zipfile.ZipFile, name: str) -> None:
    """Write a part whose rows come one by one, and say at its beginning nothing of its size."""
    before, end, after = _DIMENSION.sub("", head).partition(_END_OF_ROWS)
    following = iter(rows)
    with written.open(_entry(name), "w", force_zip64=False) as part:
        part.write(before.encode())
        while block := "".join(islice(following, _ROWS_AT_ONCE)):
            part.write(block.encode())
        part.write(f"{end}{after}".encode())


def _filled(xml: str, values: Mapping[str, float | str], part: str) -> str:
    def fill(found: re.Match[str]) -> str:
        address, attributes, formula = found.groups()
        if address not in values:
            raise MissingValueError(f"no value for the formula in {part} {address}")
        value = values[address]
        attributes = _TYPE.sub("", attributes)
        if isinstance(value, str):
            attributes += ' t="str"'
            shown = escape(value)
        else:
            shown = repr(value)
        return f'<c r="{address}"{attributes}><f>{formula}</f><v>{shown}</v></c>'

    return _FORMULA_CELL.sub(fill, xml)
