# SPDX-License-Identifier: MIT
"""What stands in a template and not in a report made with it: named, never silently left out.

Everything that a workbook holds is looked up in lists of what is taken or has no look of its own;
what stands in none of them is named as it is called.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from workbench.excel.xlsx_package import XlsxPackage

TAKEN = ""
"""The code of what is carried over, looked into elsewhere, or cannot be seen."""
OTHER = "other:"
"""How the code of something begins that has no name of ours; its own name follows."""
_PARTS = tuple((re.compile(pattern), code) for pattern, code in (
    (r"\[content_types\]\.xml|.*\.rels|.*/", TAKEN),
    (r"xl/(styles|sharedstrings|calcchain|metadata|volatiledependencies)\.(xml|bin)", TAKEN),
    (r"xl/(worksheets|theme|media|diagrams)/.*", TAKEN),
    (r"xl/printersettings/.*", "printer"),
    (r"xl/drawings/[^/]+\.(xml|vml)|docprops/(core|app|thumbnail)\..*", TAKEN),
    (r"docprops/.*|docmetadata/.*|xl/customproperty/.*", "properties"),
    (r"xl/vba\w+\.\w+|xl/(macro|dialog|intlmacro)sheets/.*", "macros"),
    (r"(custom|user)ui/.*|usercustomization/.*|xl/attachedtoolbars.*", "macros"),
    (r"xl/externallinks/.*", "links"),
    (r"xl/(slicer|timeline)(cache)?s/.*", "slicers"),
    (r"xl/(threadedcomments|persons|comments)/.*|xl/comments\w*\.xml", "comments"),
    (r"xl/(ctrlprops|activex|embeddings|webextensions|featurepropertybag)/.*", "controls"),
    (r"xl/(charts|chartsheets)/.*", "charts"),
    (r"xl/pivot(tables|cache)/.*", "pivots"),
    (r"xl/tables/.*", "tables"),
    (r"xl/(connections|xmlmaps)\.xml|xl/(querytables|model)/.*", "connections"),
    (r"xl/cellimages\.xml|xl/richdata/.*", "cell_pictures"),
    (r"customxml/.*", "custom_xml"),
    (r"xl/namedsheetviews/.*", "views"),
    (r"xl/revisions/.*|xl/usernames\.xml", "revisions"),
    (r"xl/fonts/.*", "fonts"),
    (r"xl/ink/.*", "shapes"),
    (r"_xmlsignatures/.*", "signature"),
))  # fmt: skip
_OF_WORKBOOK = {
    **dict.fromkeys(
        ("fileVersion", "workbookPr", "bookViews", "sheets", "calcPr", "oleSize", "extLst",
         "definedNames", "externalReferences", "pivotCaches", "fileRecoveryPr",
         "revisionPtr", "absPath", "AlternateContent"),
        TAKEN,
    ),
    "fileSharing": "protection",
    "workbookProtection": "protection",
    "customWorkbookViews": "views",
}  # fmt: skip
_OF_SHEET = {
    **dict.fromkeys(
        ("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
         "mergeCells", "phoneticPr", "printOptions", "pageMargins", "pageSetup", "headerFooter",
         "cellWatches", "ignoredErrors", "drawing", "legacyDrawing", "extLst", "PLV"),
        TAKEN,
    ),
    "sheetProtection": "protection",
    "protectedRanges": "protection",
    "scenarios": "scenarios",
    "autoFilter": "filters",
    "sortState": "filters",
    "customSheetViews": "views",
    "conditionalFormatting": "conditional",
    "conditionalFormattings": "extended",
    "dataValidations": "validations",
    "hyperlinks": "hyperlinks",
    "rowBreaks": "breaks",
    "colBreaks": "breaks",
    "customProperties": "properties",
    "legacyDrawingHF": "header_picture",
    "drawingHF": "header_picture",
    "picture": "background",
    "oleObjects": "controls",
    "controls": "controls",
    "webExtensions": "controls",
    "tableParts": "tables",
    "sparklineGroups": "sparklines",
    "slicerList": "slicers",
    "timelineRefs": "slicers",
}  # fmt: skip
_WPS = ("KSO", "ICV", "WorkbookGuid")
"""How the names of properties begin that WPS gives to every file."""
_PROPERTY = re.compile(rb"<(?:\w+:)?property\b[^>]*?\bname=[\"']([^\"']*)")
_DESCRIBED = re.compile(rb"<(?:\w+:)?(?:subject|keywords|category|contentStatus)>[^<]")
_OFF = frozenset({"0", "false"})
_DEEP = frozenset({"AlternateContent", "Choice", "Fallback", "extLst", "ext"})
_FORMULA = re.compile(rb"<(?:(?!xm:)\w+:)?f[ >]")


def of_workbook(package: XlsxPackage, names: Collection[str]) -> Iterator[str]:
    """Yield the codes of what a workbook holds beside its sheets."""
    for name in names:
        yield _of_part(name.replace("\\", "/"), package)
    if _DESCRIBED.search(package.part("docProps/core.xml")):
        yield "properties"
    for element in _parsed(package.part(package.workbook)):
        tag = _local(element.tag)
        if tag == "workbookProtection" and not _locks(element):
            continue
        if tag == "definedNames" and any(
            not name.get("name", "").startswith("_xlnm.") for name in element
        ):
            yield "names"
        yield _OF_WORKBOOK.get(tag, f"{OTHER}{tag}")
    for element in _parsed(package.part("xl/styles.xml")):
        if _local(element.tag) == "tableStyles" and len(element):
            yield "table_styles"


def of_sheet(package: XlsxPackage, sheet: str, kept: Collection[str]) -> Iterator[str]:
    """Yield the codes of what stands on a sheet, without those that are kept."""
    content = package.part(sheet)
    found = {_of_element(element) for element in _elements(_parsed(content))}
    if _FORMULA.search(content):
        found.add("formulas")
    yield from sorted(found - set(kept))


def _of_part(name: str, package: XlsxPackage) -> str:
    lowered = name.lower()
    if lowered == "docprops/custom.xml":
        own = [n.decode("utf-8", "replace") for n in _PROPERTY.findall(package.part(name))]
        return TAKEN if all(each.startswith(_WPS) for each in own) else "properties"
    if lowered == package.workbook:
        return TAKEN
    for pattern, code in _PARTS:
        if pattern.fullmatch(lowered):
            return code
    return f"{OTHER}{name}"


def _elements(tree: Any) -> Iterator[Any]:
    """Yield what stands on a sheet, extensions and alternatives of it too."""
    for element in tree:
        yield element
        if _local(element.tag) in _DEEP:
            yield from _elements(element)


def _of_element(element: Any) -> str:
    tag = _local(element.tag)
    if tag in _DEEP or (tag == "sheetProtection" and element.get("sheet", "0") in _OFF):
        return TAKEN
    if tag in ("dataValidations", "rowBreaks", "colBreaks", "tableParts") and not len(element):
        return TAKEN
    return _OF_SHEET.get(tag, f"{OTHER}{tag}")


def _locks(element: Any) -> bool:
    return any(key.startswith("lock") and value not in _OFF for key, value in element.items())


def _parsed(content: bytes) -> Any:
    """Return the element of a part, no elements where it is empty or spoiled."""
    from openpyxl.xml.functions import fromstring  # the safe one

    return fromstring(content) if content else ()


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
