"""Sheets that are written the quick way are to the byte those of openpyxl's own way."""

import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Protection, Side
from openpyxl.worksheet._writer import WorksheetWriter

from workbench.excel import in_memory
from workbench.excel.cells import join_across, put_text

MOMENT = datetime(2026, 6, 30, tzinfo=UTC).replace(tzinfo=None)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), st.dates(date(1990, 1, 1)), TEXTS,
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["#N/A", " a\n", "<&>\"'"]),
    TEXTS.map("=A1&{}".format),
)  # fmt: skip


def parts(book):
    book.properties.created = book.properties.modified = MOMENT
    with zipfile.ZipFile(in_memory.saved_in_memory(book)) as package:
        return {n: package.read(n) for n in package.namelist() if n != "docProps/core.xml"}


def both(make):
    """The parts of a workbook as we write it, and as openpyxl does."""
    quick = parts(make())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_memory._Writer, "write_rows", WorksheetWriter.write_rows)
        return quick, parts(make())


@given(st.lists(st.lists(VALUES, max_size=4), max_size=4))
def test_rows_are_written_as_openpyxl_writes_them(rows):
    def make():
        book = Workbook()
        for number, row in enumerate(rows, start=1):
            book.active.row_dimensions[number + 1].height = 20 + number / 3
            for column, value in enumerate(row, start=1):
                cell = book.active.cell(number, column)
                put_text(cell, value) if value == "=A1&" else setattr(cell, "value", value)
                if column == 2:
                    cell.font = Font(b=True)
                    cell.hyperlink = f"#A{number}"
        return book

    quick, own = both(make)
    assert quick == own


def test_letters_of_two_looks_in_one_cell_are_kept():
    def make():
        book = Workbook()
        book.active["A1"] = CellRichText("甲", TextBlock(InlineFont(b=True), "乙"))
        book.active["B2"] = 1
        return book

    quick, own = both(make)
    assert quick == own
    assert b"<b " in quick["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(
    "look",
    [
        {},
        {"font": Font(b=True)},
        {"border": Border(bottom=Side("thin"))},
        {"protection": Protection(locked=False)},
    ],
)
@pytest.mark.parametrize("span", [1, 5])
def test_cells_are_joined_as_openpyxl_joins_them(look, span):
    def make(joined):
        book = Workbook()
        for row in (2, 4):
            cell = book.active.cell(row, 1)
            put_text(cell, "表注")
            for name, value in look.items():
                setattr(cell, name, value)
            if joined:
                join_across(book.active, row, span)
            elif span > 1:
                book.active.merge_cells(f"A{row}:E{row}")
        return book

    assert parts(make(joined=True)) == parts(make(joined=False))
