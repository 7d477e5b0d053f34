# SPDX-License-Identifier: MIT
"""Writes the blank case sheets: one sheet per section, choices as lists, what to write above."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from workbench.application.cases.sheets import CaseSheet
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.styles import Look, Styles

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_HEAD, _LAST = 2, 500
_ABOUT = Look("case about", 9, color=styles.MUTED, wrap=False)
_ASKED = Look("case asked", 10, border=True, vertical="top", fill="F7FBFC")


def write_case_sheets(workbook: "Workbook", sheets: Sequence[CaseSheet], language: str) -> None:
    """Fill a new workbook; choices too many for a list in a cell stand on a sheet of their own."""
    look = Styles(workbook, language)
    lists = workbook.create_sheet("_")
    lists.sheet_state = "hidden"
    listed = 0
    for place, each in enumerate(sheets):
        sheet = workbook.create_sheet(each.title, place)
        put_text(sheet["A1"], each.about)
        look.apply(sheet["A1"], _ABOUT)
        for column, asked in enumerate(each.columns, start=1):
            head = sheet.cell(_HEAD, column)
            put_text(head, asked.title)
            look.apply(head, styles.HEADER)
            sheet.column_dimensions[get_column_letter(column)].width = 30 if asked.wide else 15
            if asked.choices:
                listed += 1
                letter = get_column_letter(listed)
                for row, words in enumerate(asked.choices, start=1):
                    put_text(lists.cell(row, listed), words)
                place_of = f"'_'!${letter}$1:${letter}${len(asked.choices)}"
                rule = DataValidation(type="list", formula1=place_of, allow_blank=True)
                rule.showErrorMessage = not asked.several
                sheet.add_data_validation(rule)
                at = get_column_letter(column)
                rule.add(f"{at}{_HEAD + 1}:{at}{_LAST}")
            for row in range(_HEAD + 1, _HEAD + 11):
                look.apply(sheet.cell(row, column), _ASKED)
        sheet.freeze_panes = f"B{_HEAD + 1}"
        sheet.sheet_view.showGridLines = False
    for name in [s.title for s in workbook.worksheets if s.title.startswith("Sheet")]:
        del workbook[name]
