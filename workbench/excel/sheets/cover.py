# SPDX-License-Identifier: MIT
"""The cover (封面): title, facts, signatures."""

from datetime import date
from typing import TYPE_CHECKING

from workbench.domain.report.model import Cell
from workbench.excel import styles
from workbench.excel.cells import put_text, put_value, shown_text
from workbench.excel.house.logo import place_logo
from workbench.excel.measure import line_count, row_height
from workbench.excel.sheets.frame import Frame

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"A": 22, "B": 22, "C": 4, "D": 40, "E": 22, "F": 12}
_SPAN = 6
_LABEL_ROOM, _FACT_ROOM = (_WIDTHS[column] * 10 / styles.COVER_FACT.size for column in "BD")
"""The width of a fact in letters of the size that widths are measured in."""


def write_cover(frame: Frame, sheet: "Worksheet") -> int:
    """Write the cover; it is one page."""
    cover = frame.report.cover
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row = 1
    top = 60 if not cover.draft_notice else 36
    _blank(sheet, row, top)
    if frame.house.logo is not None:
        place_logo(sheet, frame.house.logo, "A1", top - 4)
    row += 1
    if cover.draft_notice:
        _line(frame, sheet, row, cover.draft_notice, styles.DRAFT, 28)
        row += 1
    _line(frame, sheet, row, cover.title, styles.COVER_TITLE, 56)
    row += 1
    _blank(sheet, row, 24)
    row += 1
    for label, cell in cover.facts:
        _fact(frame, sheet, row, label, cell)
        row += 1
    _blank(sheet, row, 18)
    row += 1
    _line(frame, sheet, row, cover.notice, styles.NOTICE, 34)
    row += 1
    _blank(sheet, row, 20)
    row += 1
    for letter, role in zip("ABDE", cover.signature.roles, strict=False):
        target = sheet[f"{letter}{row}"]
        put_text(target, role)
        frame.styles.apply(target, styles.SIGNATURE)
    sheet.row_dimensions[row].height = 34
    sheet.print_area = f"A1:F{row}"
    sheet.page_setup.fitToHeight = 1  # a final says two facts more than a draft
    sheet.sheet_view.showGridLines = False
    return 1


def _blank(sheet: "Worksheet", row: int, height: float) -> None:
    sheet.row_dimensions[row].height = height


def _line(
    frame: Frame, sheet: "Worksheet", row: int, text: str, look: styles.Look, height: float
) -> None:
    target = sheet.cell(row, 1)
    put_text(target, text)
    frame.styles.apply(target, look)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_SPAN)
    lines = line_count(text, sum(_WIDTHS.values()) * 10 / look.size)
    sheet.row_dimensions[row].height = max(height, row_height(lines, look.size))


def _fact(frame: Frame, sheet: "Worksheet", row: int, label: str, cell: Cell) -> None:
    name, value = sheet.cell(row, 2), sheet.cell(row, 4)
    put_text(name, label)
    chinese = frame.report.language.startswith("zh")
    frame.styles.apply(name, styles.COVER_LABEL if chinese else styles.COVER_LABEL_EN)
    if text := shown_text(cell, frame.texts("report.to_verify")):
        put_text(value, text)
    else:
        put_value(value, cell.value)
    is_date = isinstance(cell.value, date)
    frame.styles.apply(value, styles.COVER_DATE if is_date else styles.COVER_FACT)
    lines = max(line_count(label, _LABEL_ROOM), line_count(text, _FACT_ROOM))
    sheet.row_dimensions[row].height = max(24.0, row_height(lines, styles.COVER_FACT.size))
