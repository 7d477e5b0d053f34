# SPDX-License-Identifier: MIT
"""Holds what of a written workbook is no value against what was to be written.

Formulas, charts and pictures, what is hidden, links, headers, repeated rows, number formats: a
reader of values sees none of them, and a report without them would still count its rows.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

from openpyxl.xml.functions import tostring

from workbench.excel.xlsx_package import SHEET_PARTS, XlsxPackage, attributes_of

Lack = tuple[str, dict[str, Any]]
"""What lacks: the key of its sentence in ``report_proof``, and what the sentence names."""
_WORKBOOK, _STYLES, _CORE = "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"
_PARTS = (_WORKBOOK, _STYLES, _CORE, "xl/theme/theme1.xml", "docProps/app.xml")
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>')
_HIDDEN = re.compile(rb"<(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\"")
_LINK = re.compile(rb"<hyperlink\b[^>]*>")
_NAME = re.compile(rb"(<definedName\b[^>]*>)([^<]*)")
_FORMAT = re.compile(rb"<numFmt\b[^>]*>")


def lacks(package: zipfile.ZipFile, workbook: Any) -> Iterator[Lack]:
    """Yield what a written package lacks, or has beside it, of a workbook of openpyxl."""
    names = frozenset(package.namelist())
    for part in _PARTS:
        if part not in names:
            yield "part", {"part": part}
    if not {_WORKBOOK, _STYLES} <= names:
        return
    formats = {
        attributes_of(tag).get("formatCode") for tag in _FORMAT.findall(package.read(_STYLES))
    }
    for wanted in workbook._number_formats:  # noqa: SLF001
        if wanted not in formats:
            yield "number_format", {"format": wanted}
    if _CORE in names:
        yield from _said_of(workbook.properties, package.read(_CORE))
    said = package.read(_WORKBOOK)
    states = [attributes_of(tag).get("state") for tag in re.findall(rb"<sheet\b[^>]*>", said)]
    parts, printed = XlsxPackage(package), _named(said)
    for number, sheet in enumerate(workbook.worksheets, start=1):
        part = f"{SHEET_PARTS}{number}.xml"
        if part not in names:
            continue  # which the values tell
        xml = package.read(part)
        state = states[number - 1] if number <= len(states) else None
        hidden = bool(_HIDDEN.search(xml)) and not _hides(sheet)
        if hidden or (state or "visible") != sheet.sheet_state:
            yield "hidden", {"sheet": sheet.title}
        yield from _formulas(sheet, xml)
        yield from _page(sheet, xml, printed.get(str(number - 1), {}))
        yield from _drawn(sheet, parts, part if b"<drawing " in xml else "", names)


def _said_of(properties: Any, core: bytes) -> Iterator[Lack]:
    """Say what the properties of the document lack."""
    told = unescape(core.decode("utf-8", "replace"))
    for wanted in (properties.title, properties.creator, properties.description):
        if wanted and f">{wanted}<" not in told:
            yield "properties", {"said": wanted}


def _hides(sheet: Any) -> bool:
    """Tell whether rows or columns of a sheet are hidden on purpose, as a team's cover may."""
    dimensions = (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
    return any(each.hidden for each in dimensions)


def _formulas(sheet: Any, xml: bytes) -> Iterator[Lack]:
    """Hold each formula against the one that was to be written, whatever value stands beside it."""
    written = dict(_FORMULA.findall(xml.decode()))
    for cell in sheet._cells.values():  # noqa: SLF001 - iter_rows makes the empty ones too
        if cell.data_type != "f":
            continue
        found = written.get(cell.coordinate)
        if found is None or unescape(found) != str(cell.value)[1:]:
            yield "formula", {"sheet": sheet.title, "cell": cell.coordinate}


def _named(said: bytes) -> dict[str | None, dict[str, str]]:
    """Return what the names of each sheet stand for, by its position; each name is read once."""
    found: dict[str | None, dict[str, str]] = {}
    for tag, value in _NAME.findall(said):
        told = attributes_of(tag)
        names = found.setdefault(told.get("localSheetId"), {})
        names[told.get("name", "")] = unescape(value.decode())
    return found


def _page(sheet: Any, xml: bytes, printed: dict[str, str]) -> Iterator[Lack]:
    """Say where header, footer, page or repeated rows are not those of the sheet."""
    wanted = {
        name: value
        for name, value in (
            ("_xlnm.Print_Titles", sheet.print_titles), ("_xlnm.Print_Area", sheet.print_area)
        )
        if value
    }  # fmt: skip
    whole = wanted == printed and (not sheet.HeaderFooter or b"<headerFooter" in xml)
    if not whole or b"<pageSetup" not in xml or b"fitToPage" not in xml:
        yield "page", {"sheet": sheet.title}
    links = [attributes_of(tag) for tag in _LINK.findall(xml)]
    found = {(each.get("ref"), each.get("location")) for each in links}
    expected = {(each.ref, each.location) for each in sheet._hyperlinks}  # noqa: SLF001
    if found != expected or len(links) != len(sheet._hyperlinks):  # noqa: SLF001
        yield "links", {
            "sheet": sheet.title, "expected": len(expected), "found": len(found & expected),
        }  # fmt: skip


def _drawn(sheet: Any, parts: XlsxPackage, part: str, names: frozenset[str]) -> Iterator[Lack]:
    """Say which charts are not as they were made, or stand on no sheet; the same of pictures."""
    charts, pictures = sheet._charts, sheet._images  # noqa: SLF001
    if not charts and not pictures:
        return
    shown = {
        shown.target
        for drawing in parts.relations(part)
        for shown in parts.relations(drawing.target)
        if drawing.target in names
    }
    for chart in charts:
        name = chart.path.lstrip("/")
        if name not in shown or parts.part(name) != tostring(chart._write()):  # noqa: SLF001
            yield "chart", {"sheet": sheet.title}
    for picture in pictures:
        name = picture.path.lstrip("/")
        if name not in shown or name not in names:
            yield "picture", {"sheet": sheet.title}
