# SPDX-License-Identifier: MIT
"""The contents (目录): every worksheet with a link to it and the page on which it begins."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openpyxl.worksheet.hyperlink import Hyperlink

from workbench.domain.report.model import Cell, Column, ColumnKind
from workbench.excel import styles
from workbench.excel.cells import put_text
from workbench.excel.measure import line_count, row_height
from workbench.excel.page import Pages, break_before, page_height
from workbench.excel.sheets.frame import Frame

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE, _HEAD = 32.0, 22.0
_ROWS = (18.0, 16.6, 15.6)
"""Least heights of a row: usual, and lower where that saves a page."""
_SMALLEST = 0.75
"""A contents that fits on one page at this scale or more is shrunk to it; a longer one goes on."""
_WIDTHS = {"A": 40, "B": 72, "C": 16}
"""The names of worksheets have room also in the wider letters that stand in for missing fonts."""
_PAGE = Column("page", "", 16, ColumnKind.INTEGER)


def write_contents(
    frame: Frame, sheet: "Worksheet", title: str, about: dict[str, str], annexes: set[str]
) -> None:
    """Write the contents; ``about`` says what each worksheet holds, by its name.

    What is in no ``annexes`` is to be read, and a line says up to which page.
    """
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    put_text(sheet["A1"], title)
    frame.styles.apply(sheet["A1"], styles.SHEET_TITLE)
    sheet.row_dimensions[1].height = _TITLE
    heads = ("report.contents_sheet", "report.contents_about", "report.contents_page")
    for column, key in enumerate(heads, start=1):
        cell = sheet.cell(2, column)
        put_text(cell, frame.texts(key))
        frame.styles.apply(cell, styles.HEADER)
    sheet.row_dimensions[2].height = _HEAD
    least = _least(about.values(), bool(annexes))
    first_page = 1
    for row, (name, _title, pages) in enumerate(frame.pages, start=3):
        words = about.get(name, "")
        _entry(frame, sheet, row, (name, words, first_page))
        sheet.row_dimensions[row].height = _entry_height(words, least)
        first_page += pages
    last = 2 + len(frame.pages)
    if annexes:
        last += 1
        _reading(frame, sheet, last, annexes)
        sheet.row_dimensions[last].height = least
    sheet.print_area = f"A1:C{last}"
    sheet.print_title_rows = "2:2"
    begun = page_starts(about.values(), bool(annexes))
    sheet.page_setup.fitToHeight = 0 if begun else 1
    for row in begun:
        break_before(sheet, row)
    sheet.freeze_panes = "A3"
    sheet.sheet_view.showGridLines = False


def page_starts(about: Iterable[str], has_annexes: bool) -> list[int]:
    """Return the rows with which the second and every further page of the contents begins."""
    entries = list(about)
    return _starts(entries, has_annexes, _least(entries, has_annexes))


def _least(about: Iterable[str], has_annexes: bool) -> float:
    """Return how high a row is at least: the usual height unless lower rows save a page."""
    entries = list(about)
    return min(_ROWS, key=lambda least: len(_starts(entries, has_annexes, least)))


def _starts(about: Iterable[str], has_annexes: bool, least: float) -> list[int]:
    heights = [_entry_height(words, least) for words in about] + [least] * has_annexes
    capacity = page_height(list(_WIDTHS.values()))
    if _TITLE + _HEAD + sum(heights) <= capacity / _SMALLEST:
        return []
    pages, begun = Pages(capacity), []
    pages.add(_TITLE + _HEAD)
    for row, height in enumerate(heights, start=3):
        if not pages.fits(height):
            begun.append(row)
            pages.turn(_HEAD)
        pages.add(height)
    return begun


def _entry_height(about: str, least: float) -> float:
    lines = line_count(about, _WIDTHS["B"])
    return least if lines == 1 else row_height(lines, least=least)


def _reading(frame: Frame, sheet: "Worksheet", row: int, annexes: set[str]) -> None:
    """Say which pages the chapters are, and that the rest is there to check them by."""
    chapters = sum(pages for name, _title, pages in frame.pages if name not in annexes)
    cell = sheet.cell(row, 1)
    put_text(cell, frame.texts("report.contents_reading", last=chapters, first=chapters + 1))
    frame.styles.apply(cell, styles.SOURCE_LINE)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)


def _entry(frame: Frame, sheet: "Worksheet", row: int, entry: tuple[str, str, int]) -> None:
    name, about, first_page = entry
    link = sheet.cell(row, 1)
    put_text(link, name)
    quoted = name.replace("'", "''")
    link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!A1", display=name)
    frame.styles.apply(link, styles.LINK)
    text = sheet.cell(row, 2)
    put_text(text, about)
    frame.styles.dress(text, Column("about", ""), Cell(about))
    page = sheet.cell(row, 3)
    page.value = first_page
    frame.styles.dress(page, _PAGE, Cell(first_page))
