# SPDX-License-Identifier: MIT
"""The printed page: A4 landscape, header, footer, print area, and where pages end."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from workbench.excel.house.lines import PageLines, put_lines
from workbench.excel.measure import column_points
from workbench.excel.styles import BODY

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

A4 = 9
NO_WORDS: Mapping[str, str] = MappingProxyType({})
_CM = 72 / 2.54
SIDE_CM, TOP_CM, BOTTOM_CM = 1.5, 1.9, 1.7
PRINT_WIDTH = (29.7 - 2 * SIDE_CM) * _CM
PRINT_HEIGHT = (21.0 - TOP_CM - BOTTOM_CM) * _CM
_SPARE = 0.97
"""Programs round row heights and scales differently; a page is planned a little shorter."""


def page_height(widths: list[float]) -> float:
    """Return how many points of rows fit on one page of a sheet with these columns."""
    total = sum(column_points(width) for width in widths)
    scale = min(1.0, PRINT_WIDTH / total) if total else 1.0
    return PRINT_HEIGHT * _SPARE / scale


_MOST_BREAKS = 1_026
"""A sheet with more page breaks of its own is a damaged one to Excel."""


class Pages:
    """Follows the rows down the pages and says where to break."""

    def __init__(self, capacity: float) -> None:
        self.capacity = capacity
        self.used = 0.0
        self.count = 1

    def fits(self, height: float) -> bool:
        """Tell whether so much more fits on the current page."""
        return self.used + height <= self.capacity

    def add(self, height: float) -> None:
        """Use up room on the current page."""
        self.used += height

    def turn(self, repeated: float = 0.0) -> None:
        """Begin a new page, on which repeated rows take room."""
        self.count += 1
        self.used = repeated


def break_before(sheet: "Worksheet", row: int) -> None:
    """End the page above a row; behind the most that Excel takes, where the page is full."""
    if len(sheet.row_breaks.brk) < _MOST_BREAKS:
        sheet.row_breaks.append(Break(id=row - 1))


def set_up(
    sheet: "Worksheet", *, left: str, center: str, right: str, footer: str, footer_left: str,
    words: Mapping[str, str] = NO_WORDS,
) -> None:  # fmt: skip
    """Set the page of a sheet up; texts are in the page's code, ``words`` stand in its places."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    cm = 1 / 2.54
    sheet.page_margins = PageMargins(
        left=SIDE_CM * cm,
        right=SIDE_CM * cm,
        top=TOP_CM * cm,
        bottom=BOTTOM_CM * cm,
        header=0.9 * cm,
        footer=0.8 * cm,
    )
    header = _section("L", left) + _section("C", center) + _section("R", right)
    texts = {"oddHeader": header, "oddFooter": _section("L", footer_left) + _section("C", footer)}
    put_lines(sheet, PageLines(texts), words)


def _section(place: str, text: str) -> str:
    return f'&{place}&"{BODY},Regular"&9 {text}' if text else ""


def escaped(text: str) -> str:
    """Return a text in which & stands for itself and not for a page code."""
    return text.replace("&", "&&")
