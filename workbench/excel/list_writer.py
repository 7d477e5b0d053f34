# SPDX-License-Identifier: MIT
"""Writes plain lists as a workbook: headings that stay, columns as wide as their words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from workbench.application.ports import Texts
from workbench.application.report_ports import PlainSheet
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.measure import line_count, row_height, text_width
from workbench.excel.styles import Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LEAST, _MOST = 8, 60


def write_lists(workbook: "Workbook", sheets: Sequence[PlainSheet], texts: Texts) -> None:
    """Fill a new workbook with one sheet per list; an empty list says so below its headings."""
    while workbook.worksheets:
        workbook.remove(workbook.worksheets[0])
    look = Styles(workbook, texts.language)
    for plain in sheets:
        write_list(workbook.create_sheet(plain.title), plain, texts, look)


def write_list(sheet: "Worksheet", plain: PlainSheet, texts: Texts, look: Styles) -> None:
    """Write one list into a sheet, ready to be printed."""
    rows = plain.rows or ((texts("import_problems.none"),),)
    widths = []
    for column, head in enumerate(plain.heads, start=1):
        put_text(sheet.cell(1, column), head)
        look.apply(sheet.cell(1, column), styles.HEADER)
        words = [head, *(str(row[column - 1]) for row in plain.rows[:200])]
        widths.append(min(max(max(map(text_width, words)) + 3, _LEAST), _MOST))
        sheet.column_dimensions[get_column_letter(column)].width = widths[-1]
    for number, row in enumerate(rows, start=2):
        lines = max(line_count(str(value), widths[at]) for at, value in enumerate(row))
        if lines > 1 and plain.rows:
            sheet.row_dimensions[number].height = row_height(lines)
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, int):
                cell.value = value
            else:
                put_text(cell, value)
            look.apply(cell, styles.PARAGRAPH)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(plain.heads))}{len(plain.rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
