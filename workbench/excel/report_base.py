# SPDX-License-Identifier: MIT
"""Writes the report's own look as a workbook that a team can edit and choose as its template."""

from typing import TYPE_CHECKING

from workbench.application.ports import Texts
from workbench.excel import page, styles
from workbench.excel.cells import put_text
from workbench.excel.house_style import TABLE_BODY
from workbench.excel.styles import Look, Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

SHOWN = (
    styles.COVER_TITLE, styles.COVER_LABEL, styles.COVER_FACT, styles.NOTICE, styles.DRAFT,
    styles.SHEET_TITLE, styles.HEADING, styles.PARAGRAPH, styles.STRONG, styles.NOT_ASSESSED,
    styles.TABLE_TITLE, styles.UNIT_LINE, styles.HEADER, Look(TABLE_BODY, border=True),
    styles.SOURCE_LINE, styles.SIGNATURE, styles.LINK,
)  # fmt: skip


def write_base(workbook: "Workbook", texts: Texts) -> None:
    """Fill a new workbook with one sheet that shows every named style once."""
    sheet = workbook.worksheets[0]
    sheet.title = texts("report.sheet.cover")
    look = Styles(workbook, texts.language)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90
    for row, shown in enumerate(SHOWN, start=1):
        put_text(sheet.cell(row, 1), shown.name)
        put_text(sheet.cell(row, 2), texts("report_style.base_title"))
        look.apply(sheet.cell(row, 2), shown)
        sheet.row_dimensions[row].height = max(24.0, shown.size * 1.8)
    note = sheet.cell(len(SHOWN) + 2, 2)
    put_text(note, texts("report_style.base_note"))
    look.apply(note, styles.PARAGRAPH)
    sheet.row_dimensions[len(SHOWN) + 2].height = 48
    page.set_up(
        sheet,
        left="{title}",
        center="{status}",
        right=texts("report.header_as_of", date="{as_of}"),
        footer=texts("report.footer_pages"),
        footer_left=texts(
            "report.footer_left", edition="{edition}", parameter_set="{parameter_set}"
        ),
    )
    sheet.print_area = f"A1:B{len(SHOWN) + 2}"
