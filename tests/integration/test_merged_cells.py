"""Merged cells that tests read quickly look as openpyxl reads them."""

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Protection, Side
from openpyxl.worksheet.merge import MergedCellRange

from tests import merged_quickly
from tests.builders import a_building, a_park
from tests.report_rig import AS_OF, exporting, texts
from workbench.excel.writer import WorkbookWriter


@pytest.fixture(scope="module")
def framed(tmp_path_factory):
    """Ranges with every kind of edge and protection, some over cells that have a look already."""
    place, book = tmp_path_factory.mktemp("merged") / "framed.xlsx", Workbook()
    thin, thick = Side("thin", "FF0000"), Side("thick")
    looks = [
        {}, {"top": thin}, {"left": thin, "bottom": thick}, {"right": thick},
        {"top": thick, "bottom": thick, "left": thin, "right": thin},
    ]  # fmt: skip
    for sheet in (book.active, book.create_sheet()):
        for number, look in enumerate(looks):
            row = 1 + 4 * number
            first, last = sheet.cell(row, 2), sheet.cell(row + 2, 5)
            first.border, last.border = Border(**look), Border(right=thin, bottom=thin)
            first.protection = Protection(locked=bool(number % 2), hidden=number == 2)
            sheet.cell(row, 3).border = Border(diagonal=thick, diagonalUp=True)
            sheet.merged_cells.add(f"B{row}:E{row + 2}")
    book.save(place)
    return place


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "r.xlsx"
    service = exporting(a_park(), a_building(gfa_actual=80), writer=WorkbookWriter())
    service.export(str(path), "park", AS_OF, texts("zh_CN"))
    return path


def looks(book):
    """The number of every cell's look, and what the numbers mean."""
    cells = {(sheet.title, at): cell._style for sheet in book for at, cell in sheet._cells.items()}
    return cells, list(book._borders), list(book._protections)


@pytest.mark.parametrize("which", ["framed", "report"])
def test_every_cell_has_the_look_that_openpyxl_itself_gives(which, request, monkeypatch):
    path = request.getfixturevalue(which)
    quick = load_workbook(path)
    monkeypatch.setattr(MergedCellRange, "format", merged_quickly.format_for_real)
    real = load_workbook(path)
    assert any(sheet.merged_cells.ranges for sheet in real)
    assert looks(quick) == looks(real)
