# SPDX-License-Identifier: MIT
"""Puts values into cells: text stays text, numbers stay numbers, marks stand for what is absent."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.worksheet.cell_range import CellRange

from workbench.domain.display import NOT_APPLICABLE, UNKNOWN
from workbench.domain.report.model import Cell, CellState, CellValue

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as PlainCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    ExcelCell = PlainCell | MergedCell

NAMED = re.compile(r"\{(?:(\w+)!)?(\w+)(?:@(\d+))?\}(?::\{\1!(\w+)@(\d+)\})?")
"""A cell in a formula: table and row (none for its own), column; of a range also its end there."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CODED = "_x005F_"
"""How an underscore is written before what looks like a coded character."""
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Readers take _x0041_ for a coded character; its first underscore is coded itself."""
LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_VALUE = "_value"
"""Where a cell of openpyxl keeps its value, without a name that others may use."""
LONGEST_TEXT = 32_767
"""What Excel takes in a cell, in units of UTF-16: an emoji is two."""


def put_text(cell: "ExcelCell", text: str) -> None:
    """Write text as text, even where it looks like a formula or like an error value."""
    clean = clean_text(text)
    if not clean:
        cell.value = ""
        return
    # openpyxl would look for formulas, error values and forbidden letters in every text
    setattr(cell, _VALUE, coded_text(clean))
    cell.data_type = "s"
    if clean.startswith(LIKE_FORMULA):
        cell.quotePrefix = True


def join_across(sheet: "Worksheet", row: int, span: int) -> None:
    """Merge the first cells of a row that has nothing but its first cell.

    openpyxl's own way gives every cell behind it a look, a fifth of the time of a small report;
    that is needed only where the first one has a border or may be edited.
    """
    if span == 1:
        return
    first = sheet.cell(row, 1)
    edges = (getattr(first.border, edge) for edge in ("left", "right", "top", "bottom"))
    framed = any(edge is not None and edge.style for edge in edges)
    if framed or first.protection.hidden or not first.protection.locked:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=span)
        return
    last = sheet.cell(row, span)  # it stands there, so that the sheet is as wide as it says
    sheet.merged_cells.add(CellRange(f"A{row}:{last.coordinate}"))


def clean_text(text: str) -> str:
    """Return a text as a reader of the workbook will see it; one cut off ends with an ellipsis."""
    clean = _FORBIDDEN.sub("", text)
    if not is_too_long(clean):
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
    return f"{kept}…"


def is_too_long(text: str) -> bool:
    """Tell whether a text does not fit into a cell."""
    return len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST_TEXT


def coded_text(clean: str) -> str:
    """Return a text as it is written, so that no reader takes a part of it for a character."""
    return _CODED.sub(CODED, clean)


def put_value(cell: "ExcelCell", value: CellValue) -> None:
    """Write a known value: numbers and dates as such, everything else as text."""
    if isinstance(value, Decimal):
        cell.value = float(value)
    elif isinstance(value, int | date):
        cell.value = value
    elif value is not None:
        put_text(cell, value)


def shown_text(cell: Cell, unknown: str = UNKNOWN) -> str:
    """Return the words that stand in a cell, "" for a number or date."""
    if cell.state is CellState.UNKNOWN:
        return unknown
    if cell.state is CellState.NOT_APPLICABLE:
        return NOT_APPLICABLE
    return cell.value if isinstance(cell.value, str) else ""


def plain(value: CellValue) -> float | str:
    """Return the value that a formula's cell shows until it is recalculated."""
    if isinstance(value, date):
        return float((date(value.year, value.month, value.day) - date(1899, 12, 30)).days)
    if isinstance(value, str):
        return value
    return float(value) if value is not None else ""


def looks_elsewhere(formula: str) -> bool:
    """Tell whether a formula names cells of another table."""
    return "!" in formula and any(match.group(1) for match in NAMED.finditer(formula))
