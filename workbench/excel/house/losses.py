# SPDX-License-Identifier: MIT
"""What stands in a template and not in a report made with it: named, never silently left out."""

import re
from collections.abc import Collection, Iterator

from workbench.excel.house import parts
from workbench.excel.xlsx_package import XlsxPackage

_PARTS = (
    ("xl/vbaproject", "macros"),
    ("xl/externallinks/", "links"),
    ("xl/slicers/", "slicers"),
    ("xl/threadedcomments/", "comments"),
    ("xl/comments", "comments"),
    ("xl/ctrlprops/", "controls"),
    ("xl/activex/", "controls"),
    ("xl/embeddings/", "controls"),
    ("xl/charts/", "charts"),
    ("xl/chartsheets/", "charts"),
    ("xl/pivottables/", "pivots"),
    ("xl/tables/", "tables"),
)
_MARKS = (
    (rb"<(?:\w+:)?legacyDrawingHF\b", "header_picture"),
    (rb"<(?:\w+:)?picture\b", "background"),
    (rb"sparklineGroup\b", "sparklines"),
    (rb"<(?:\w+:)?conditionalFormatting\b", "conditional"),
    (rb"<(?:\w+:)?dataValidation\b", "validations"),
    (rb"<(?:\w+:)?sheetProtection\b[^>]*\bsheet=\"(?:1|true)\"", "protection"),
    (rb"<(?:x:)?f[ >]", "formulas"),
)
_NAMES = re.compile(rb"<(?:\w+:)?definedName\b[^>]*?\bname=\"(?!_xlnm\.)")
_PROTECTED = re.compile(rb"<(?:\w+:)?workbookProtection\b[^>]*\block\w+=\"(?:1|true)\"")
_EXTENDED = re.compile(rb"<x14:(?:conditionalFormatting|dataValidation)s?\b")


def of_workbook(package: XlsxPackage, names: Collection[str]) -> Iterator[str]:
    """Yield the codes of what a workbook holds beside its sheets."""
    lowered = [name.lower() for name in names]
    for start, code in _PARTS:
        if any(name.startswith(start) for name in lowered):
            yield code
    workbook = package.part("xl/workbook.xml")
    if _NAMES.search(workbook):
        yield "names"
    if _PROTECTED.search(workbook):
        yield "protection"


def of_sheet(package: XlsxPackage, sheet: str, kept: Collection[str]) -> Iterator[str]:
    """Yield the codes of what stands on a sheet, without those that are kept."""
    content = package.part(sheet)
    found = {code for mark, code in _MARKS if re.search(mark, content)}
    if _EXTENDED.search(content):
        found.add("extended")
    if parts.shapes(package, sheet):
        found.add("shapes")
    if any(parts.pictures(package, sheet)):
        found.add("pictures")
    yield from sorted(found - set(kept))
