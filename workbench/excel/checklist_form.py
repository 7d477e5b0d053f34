# SPDX-License-Identifier: MIT
"""Writes the checklist as a sheet to be filled in: what is asked is shaded, states are a list."""

from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workbench.application.checklist.form import COLUMNS, FILLED
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.ports import Texts
from workbench.domain.checklist.state import ItemStatus
from workbench.domain.checklist.template import ChecklistItem
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.page import set_up
from workbench.excel.styles import Look, Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "item": 9, "stage": 12, "title": 40, "red_line": 6, "evidence_wanted": 22, "evidence": 8,
    "status": 11, "reason": 24, "owner": 11, "due": 13, "note": 24,
}  # fmt: skip
_HEAD = 4
_SHOWN = Look("form shown", 10, border=True, vertical="top", color=styles.MUTED)
_ASKED = Look("form asked", 10, border=True, vertical="top", fill="F7FBFC")
_DAY = Look("form day", 10, border=True, vertical="top", fill="F7FBFC", format="yyyy-mm-dd")


def write_checklist(workbook: "Workbook", checklist: ChecklistSheet, texts: Texts) -> None:
    """Fill a new workbook with the items that apply and their states."""
    look = Styles(workbook, texts.language)
    sheet = workbook.worksheets[0]
    sheet.title = texts("checklist_form.sheet")
    _top(sheet, checklist, texts, look)
    for column, name in enumerate(COLUMNS, start=1):
        head = sheet.cell(_HEAD, column)
        put_text(head, texts(f"checklist_form.column.{name}"))
        look.apply(head, styles.HEADER)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[name]
    for row, item in enumerate(checklist.items, start=_HEAD + 1):
        _row(sheet, row, item, checklist, texts, look)
    last = max(_HEAD + len(checklist.items), _HEAD + 1)
    _choices(sheet, last, texts)
    sheet.freeze_panes = f"{get_column_letter(COLUMNS.index('title') + 1)}{_HEAD + 1}"
    sheet.auto_filter.ref = f"A{_HEAD}:{get_column_letter(len(COLUMNS))}{last}"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    set_up(
        sheet,
        left=texts("ui.product"),
        center="",
        right=checklist.assessment.label,
        footer=texts("report.footer_pages"),
        footer_left="",
    )


def _top(sheet: "Worksheet", checklist: ChecklistSheet, texts: Texts, look: Styles) -> None:
    assessment = checklist.assessment
    put_text(sheet["A1"], texts("checklist_form.title", name=assessment.label))
    look.apply(sheet["A1"], styles.SHEET_TITLE)
    day = assessment.day("as_of")
    words = texts(
        "checklist_form.about",
        as_of=day.isoformat() if day else "",
        version=checklist.template.version,
        pathways=" ".join(checklist.pathways) or "—",
    )
    put_text(sheet["A2"], words)
    look.apply(sheet["A2"], styles.SOURCE_LINE)
    put_text(sheet["A3"], texts("checklist_form.how"))
    look.apply(sheet["A3"], styles.SOURCE_LINE)


def _row(
    sheet: "Worksheet",
    row: int,
    item: ChecklistItem,
    checklist: ChecklistSheet,
    texts: Texts,
    look: Styles,
) -> None:
    state, language = checklist.state(item.id), texts.language
    words = {
        "item": item.id,
        "stage": texts(item.stage.text_key),
        "title": item.title.get(language),
        "red_line": texts("checklist_form.red_line") if item.red_line else "",
        "evidence_wanted": item.evidence.get(language),
        "status": texts(state.status.text_key),
        "reason": state.reason,
        "owner": state.owner,
        "note": state.note,
    }
    for column, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row, column)
        look.apply(cell, _DAY if name == "due" else _ASKED if name in FILLED else _SHOWN)
        if name == "evidence":
            cell.value = state.evidence_count
        elif name == "due":
            cell.value = state.due
        elif words[name]:
            put_text(cell, words[name])


def _choices(sheet: "Worksheet", last: int, texts: Texts) -> None:
    letter = get_column_letter(COLUMNS.index("status") + 1)
    listed = ",".join(texts(status.text_key) for status in ItemStatus)
    validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=False)
    sheet.add_data_validation(validation)
    validation.add(f"{letter}{_HEAD + 1}:{letter}{last}")
