"""Cells that tests read quickly say what openpyxl reads, and merged ones look alike."""

import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Protection, Side
from openpyxl.worksheet.merge import MergedCellRange

from tests import merged_quickly, read_quickly
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


@pytest.mark.parametrize("data_only", [False, True])
@pytest.mark.parametrize("which", ["framed", "report", "told"])
def test_every_cell_says_what_openpyxl_itself_reads(which, data_only, request):
    def cells(book):
        return {
            (sheet.title, at): (cell._value, cell.data_type, cell._style)
            for sheet in book
            for at, cell in sheet._cells.items()
        }

    path = request.getfixturevalue(which)
    quick = read_quickly.load_workbook(path, data_only=data_only)
    real = load_workbook(path, data_only=data_only)
    assert cells(quick) == cells(real)
    assert len(cells(real)) > 7


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Texts of one look and of several, empty ones and those with signs of their own."""
    place, book = tmp_path_factory.mktemp("told") / "told.xlsx", Workbook()
    two = CellRichText("甲", TextBlock(InlineFont(b=True), " 乙\n"), "丙")
    texts = ("", " 空 格 ", "<&>\"'", "第一行\n第二行", two, "_x000D_", 7)
    for row, text in enumerate(texts, start=1):
        book.active.cell(row, 2, text)
    book.save(place)
    with zipfile.ZipFile(place) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    more = (
        '<row r="9"><c r="B9" t="inlineStr"><is><t/></is></c><c r="C9" t="inlineStr"/>'
        '<c r="D9" t="inlineStr"><is><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></is></c></row>'
    )
    parts[sheet] = parts[sheet].replace(b"</sheetData>", more.encode() + b"</sheetData>")
    with zipfile.ZipFile(place, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return place
