# SPDX-License-Identifier: MIT
"""Writes the report's own look as a workbook that a team can edit and choose as its template."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from workbench.application.ports import Texts
from workbench.domain.report.model import Cell, Cover, Report, Signature
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.house.style import TABLE_BODY
from workbench.excel.sheets.cover import write_cover
from workbench.excel.sheets.frame import Frame
from workbench.excel.styles import Look, Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

SHOWN = (
    styles.COVER_TITLE, styles.COVER_LABEL, styles.COVER_FACT, styles.NOTICE, styles.DRAFT,
    styles.SHEET_TITLE, styles.HEADING, styles.PARAGRAPH, styles.STRONG, styles.NOT_ASSESSED,
    styles.TABLE_TITLE, styles.UNIT_LINE, styles.HEADER, Look(TABLE_BODY, border=True),
    styles.SOURCE_LINE, styles.SIGNATURE, styles.LINK,
)  # fmt: skip
_FACTS, _ROLES = 11, 4
"""Facts on the cover of a final report, the one that says most, and people who sign."""


def write_base(workbook: "Workbook", texts: Texts) -> None:
    """Fill a new workbook with a cover of places for words, and a sheet of the named styles."""
    frame = Frame(workbook, _places(texts.language), texts, Styles(workbook, texts.language))
    cover = workbook.worksheets[0]
    cover.title = texts("report.sheet.cover")
    frame.set_up(cover)
    write_cover(frame, cover)
    sheet = workbook.create_sheet(texts("report_style.styles"))
    frame.set_up(sheet)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90
    for row, shown in enumerate(SHOWN, start=1):
        put_text(sheet.cell(row, 1), shown.name)
        put_text(sheet.cell(row, 2), texts("report_style.base_title"))
        frame.styles.apply(sheet.cell(row, 2), shown)
        sheet.row_dimensions[row].height = max(24.0, shown.size * 1.8)
    note = sheet.cell(len(SHOWN) + 2, 2)
    put_text(note, texts("report_style.base_note"))
    frame.styles.apply(note, styles.PARAGRAPH)
    sheet.row_dimensions[len(SHOWN) + 2].height = 110
    sheet.print_area = f"A1:B{len(SHOWN) + 2}"


def _places(language: str) -> Report:
    """Return a report whose words are the names of the places for them."""
    facts = (("{label}", Cell("{value}")),) * _FACTS
    cover = Cover("{title}", facts, "{notice}", "{draft}", Signature(("{role}",) * _ROLES))
    return Report(
        title="{title}",
        park_name="",
        as_of=date.min,
        edition=1,
        status="{status}",
        is_draft=True,
        parameter_set="",
        content_edition="",
        language=language,
        created=datetime.min.replace(tzinfo=UTC),
        cover=cover,
        sheets=(),
    )
