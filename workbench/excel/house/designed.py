# SPDX-License-Identifier: MIT
"""The cover that a team designed, as it stands in its template, and what of it is lost."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.excel.house import drawn, parts
from workbench.excel.house.lines import PLACE
from workbench.excel.xlsx_package import XlsxPackage, attributes_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "{title}"
"""A sheet of a template that holds this is its cover."""
CELL_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""How WPS writes a picture that lies in a cell."""
_LAST_ROW, _LAST_COLUMN = 300, 60
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\b[^>]*>")
_RULE = re.compile(
    rb"<(?:\w+:)?conditionalFormatting\b.*?</(?:\w+:)?conditionalFormatting\s*>", re.DOTALL
)
_ELSEWHERE = re.compile(rb"<(?:\w+:)?formula>[^<]*!")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of some cells to a web page or a mailbox, or to a cell of the cover itself."""

    cells: str
    target: str
    place: str
    tip: str


@dataclass(frozen=True)
class HouseCover:
    """A cover that a team designed, and its parts that are carried over as they are."""

    sheet: "Worksheet"
    drawing: drawn.Drawing
    background: parts.Part | None
    sparklines: bytes
    links: Sequence[Link] = ()
    lost: frozenset[str] = frozenset()
    """The codes of what a cover loses, beside what no sheet keeps."""

    @property
    def places(self) -> set[str]:
        """Return the names in braces, in cells and in text boxes."""
        return self._of_cells | drawn.places(self.drawing.part)

    @property
    def _of_cells(self) -> set[str]:
        cells = (cell for row in rows_of(self.sheet) for cell in row)
        return {name for cell in cells for name in PLACE.findall(str(cell.value))}

    def unknown(self, in_cells: Collection[str], in_shapes: Collection[str]) -> set[str]:
        """Return the names that stay as they stand because they are not known."""
        shapes = drawn.places(self.drawing.part) - set(in_shapes)
        return (self._of_cells - set(in_cells)) | shapes

    @property
    def kept(self) -> set[str]:
        """Return the codes of what a cover keeps, which would be lost on another sheet."""
        kept = {"conditional", "hyperlinks"}
        if self.background is not None:
            kept.add("background")
        if self.sparklines:
            kept.add("sparklines")
        return kept - self.lost


def rows_of(sheet: "Worksheet") -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a template's sheet as far as a cover reaches."""
    yield from sheet.iter_rows(max_row=last_row(sheet), max_col=min(sheet.max_column, _LAST_COLUMN))


def last_row(sheet: "Worksheet") -> int:
    """Return the last row of a cover."""
    return min(int(sheet.max_row), _LAST_ROW)


def is_cover(sheet: "Worksheet") -> bool:
    """Tell whether a sheet has the place for the report's title."""
    return any(TITLE in str(cell.value) for row in rows_of(sheet) for cell in row)


def read_cover(sheet: "Worksheet", package: XlsxPackage, part: str) -> HouseCover:
    """Return a cover with the parts that stand on it."""
    content = package.part(part)
    drawing = drawn.drawing(package, part)
    links, whole = _links(content, package, part, sheet.title)
    lost = set(drawing.lost)
    if not whole:
        lost.add("hyperlinks")
    if any(_ELSEWHERE.search(rule) for rule in _RULE.findall(content)):
        lost.add("conditional")
    if _reaches_beyond(sheet):
        lost.add("beyond")
    if "," in str(sheet.print_area or "").replace("','", ""):
        lost.add("print_areas")
    if any(cell.data_type == "e" for row in rows_of(sheet) for cell in row):
        lost.add("errors")
    if sheet.page_setup.useFirstPageNumber and sheet.page_setup.firstPageNumber not in (None, 1):
        lost.add("first_page")  # our contents count from 1
    return HouseCover(
        sheet,
        drawing,
        parts.background(package, part),
        parts.sparklines(content, sheet.title),
        links,
        frozenset(lost),
    )


def _links(
    content: bytes, package: XlsxPackage, part: str, name: str
) -> tuple[Sequence[Link], bool]:
    """Return the links of a cover, and whether these are all."""
    targets = {relation.id: relation for relation in package.relations(part)}
    found, whole = [], True
    for tag in _LINK.findall(content):
        said = attributes_of(tag)
        relation = targets.get(said.get("id", ""))
        target = relation.target if relation is not None else ""
        place = said.get("location", "")
        sheet, _, cell = place.rpartition("!")
        own = not target and sheet.strip("'").replace("''", "'") in ("", name)
        if not (own or parts.leads_to_a_page(target)):
            whole = False
            continue
        kept = cell if own else place
        found.append(Link(said.get("ref", ""), target, kept, said.get("tooltip", "")))
    return found, whole


def _reaches_beyond(sheet: "Worksheet") -> bool:
    """Tell whether something stands further down or to the right than a cover reaches."""
    if sheet.max_row <= _LAST_ROW and sheet.max_column <= _LAST_COLUMN:
        return False
    written = vars(sheet)["_cells"].values()  # asking row by row would make the blank ones too
    return any(
        cell.value is not None and (cell.row > _LAST_ROW or cell.column > _LAST_COLUMN)
        for cell in written
    )
