"""All six formats say the same of one sheet: values, merges, hidden parts, percents, comments."""

import re
import struct
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from scripts.tortures.books import FORMATS, Book, Error, Percent, letters, ods, xlsx_parts
from scripts.tortures.mutations import unzipped, zipped
from tests.import_rig import importing
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import Fault, FaultKind, PercentNumber
from workbench.excel.reading.compound_file import CompoundFile
from workbench.excel.reading.formats import read_marks
from workbench.excel.reading.marks_xlsx import _SheetScan
from workbench.excel.reading.number_formats import PERCENT
from workbench.excel.reading.reader import ExcelReader
from workbench.excel.reading.sheet_head import SheetMarks

BOOK = Book(
    [
        ["房屋台账", "", "", "", ""],
        ["", "", "", "", ""],
        ["编号", "名称", "建筑面积", "出租率", "备注"],
        ["A1", "一号", 100.5, Percent(0.85), "x"],
        ["A2", "二号", 200.0, Error(), ""],
        ["A3", "", 7.0, 0.5, "y"],
    ],
    merges=[(1, 1, 1, 5), (5, 2, 6, 2)],
    hidden_rows={5},
    hidden_columns={5},
    comments={(3, 3): "单位：亩"},
)


def _read(path, content):
    path.write_bytes(content)
    (sheet,) = ExcelReader().read(str(path)).sheets
    return sheet


@pytest.mark.parametrize("name", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_every_format_tells_the_same_of_a_sheet(tmp_path, name):
    sheet = _read(tmp_path / f"a.{name}", FORMATS[name](BOOK))
    assert (sheet.name, sheet.top, sheet.left) == ("房屋", 1, 1)
    assert sheet.rows[3] == ["A1", "一号", 100.5, PercentNumber(0.85), "x"]
    assert sheet.rows[4] == ["A2", "二号", 200.0, Fault(FaultKind.ERROR, "#N/A"), ""]
    assert sheet.rows[5] == ["A3", "", 7.0, 0.5, "y"]
    assert sheet.hidden_rows == {5}
    assert sheet.hidden_columns == {5}
    assert sorted(sheet.merges) == sorted(BOOK.merges)
    assert sheet.notes == ()


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_comments_are_read(tmp_path, name):
    sheet = _read(tmp_path / f"a.{name}", FORMATS[name](BOOK))
    assert dict(sheet.comments) == {(3, 3): "单位：亩"}


@pytest.mark.parametrize("name", ["xlsx", "xls", "xlsb", "ods"])
def test_a_table_that_begins_below_the_first_row_keeps_its_row_numbers(tmp_path, name):
    blank = [["", "", ""]] * 4
    rows = [*blank, ["", "", "编号"], ["", "", "A1"]]
    sheet = _read(tmp_path / f"a.{name}", FORMATS[name](Book(rows)))
    place = next(
        (sheet.top + r, letters(sheet.left + c))
        for r, row in enumerate(sheet.rows)
        for c, cell in enumerate(row)
        if cell == "A1"
    )
    assert place == (6, "C")


def test_rows_and_cells_without_places_follow_one_another(tmp_path):
    book = openpyxl.Workbook()
    for row in (["编号", "面积"], ["A1", "=1+1"], ["A2", 3]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as old,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if "sheet1" in name:
                content = re.sub(rb' r="[A-Z]*\d+"', b"", content)
            new.writestr(name, content)
    (sheet,) = ExcelReader().read(str(tmp_path / "b.xlsx")).sheets
    assert sheet.rows[2] == ["A2", 3]
    assert sheet.rows[1] == ["A1", Fault(FaultKind.NO_CACHED_VALUE, "=1+1")]
    assert sheet.hidden_rows == {3}


def test_a_prefixed_namespace_hides_no_mark(tmp_path):
    parts = xlsx_parts(BOOK)
    sheet = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    (read,) = ExcelReader().read(str(tmp_path / "a.xlsx")).sheets
    assert read.rows[3][3] == PercentNumber(0.85)
    assert read.rows[4][3] == Fault(FaultKind.ERROR, "#N/A")
    assert read.hidden_rows == {5}


def test_a_blank_cell_ends_with_its_own_tag():
    """Looking for an end far below cost a sheet of 600,000 formatted blank rows its minute."""
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(1, 9))
    scan = _SheetScan(SheetMarks("a"), {1: PERCENT})
    place, _, cell = scan._at(blank, blank.index(b' s="1"'))
    assert (place, cell) == ((1, 1), b'<c r="A1" s="1"/>')


def test_marks_of_an_ods_count_repeated_cells_and_rows(tmp_path):
    def cell(what, times=1, text=""):
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        return f"<table:table-cell{repeated}{what}>{text}</table:table-cell>"

    percent = ' office:value-type="percentage" office:value="0.5"'
    formula = ' table:formula="of:=[$b.A1]&gt;1" office:value-type="string"'
    row = cell("", 3) + "<table:covered-table-cell/>" + cell(percent, 2) + cell(formula)
    sheet = (
        '<table:table table:name="a"><table:table-column/><table:table-column table:visibility='
        '"collapse" table:number-columns-repeated="2"/><table:table-row table:visibility="filter" '
        f'table:number-rows-repeated="2"/><table:table-row>{row}</table:table-row></table:table>'
    )
    parts = unzipped(ods(Book([["x"]])))
    content = re.sub(rb"<table:table .*</table:table>", sheet.encode(), parts["content.xml"])
    (tmp_path / "a.ods").write_bytes(zipped({**parts, "content.xml": content}))
    (marks,) = read_marks(tmp_path / "a.ods", lambda _rows: None)
    assert (marks.hidden_rows, marks.hidden_columns) == ([1, 2], [2, 3])
    assert [(row, column) for row, column, _ in marks.shown] == [(3, 5), (3, 6)]
    assert marks.uncached == [(3, 7, "=[$b.A1]>1")]
    assert (marks.foreign_formulas, marks.last_row) == (1, 3)


def test_an_ods_that_defines_entities_is_refused(tmp_path):
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    (tmp_path / "good.ods").write_bytes(ods(BOOK))
    with (
        zipfile.ZipFile(tmp_path / "good.ods") as old,
        zipfile.ZipFile(tmp_path / "a.ods", "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "content.xml":
                content = content.replace(
                    b"<office:document", bomb.encode() + b"]><office:document"
                )
                content = content.replace(b"\xe4\xb8\x80\xe5\x8f\xb7", b"&j;")
            new.writestr(name, content)
    with pytest.raises(InputError) as refusal:
        ExcelReader().read(str(tmp_path / "a.ods"))
    assert refusal.value.code == "importing.file_damaged"


def test_a_web_archive_named_xls_gives_its_tables(tmp_path):
    page = "<html><body><table><tr><td>编号</td><td>面积</td></tr><tr><td>A1</td><td>2</td></tr>"
    head = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    part = f"Content-Type: text/html; charset=utf-8\n\n{page}</table></body></html>\n--b--\n"
    sheet = _read(tmp_path / "a.xls", (head + part).encode())
    assert sheet.rows == [["编号", "面积"], ["A1", "2"]]


def test_a_compound_file_whose_chains_bite_their_tails_ends(tmp_path):
    data = bytearray(FORMATS["xls"](BOOK))
    fat = len(data) - 512
    for sector in range(120):
        struct.pack_into("<I", data, fat + 4 * sector, sector)
    assert len(CompoundFile(bytes(data)).stream("Workbook")) <= len(data)


def test_a_unit_that_only_the_number_format_shows_is_that_of_the_cell(tmp_path):
    """12.50亩 on the screen was 12.5 ㎡ in the ledger, and 5200.0000 under 万元 52000000 万元."""
    book = openpyxl.Workbook()
    rows = [["地块名称", "面积", "取得价格（万元）"], ["甲", 12.5, 52000000], ["乙", 20, 9000000]]
    for row in rows:
        book.active.append(row)
    for number in (2, 3):
        book.active.cell(number, 2).number_format = '0.00"亩"'
        book.active.cell(number, 3).number_format = "0!.0000"
    book.save(tmp_path / "a.xlsx")
    [table] = importing(ExcelReader()).preview([str(tmp_path / "a.xlsx")]).tables()
    assert round(table.values(0)["area_cert"], 2) == Decimal("8333.33")
    assert table.values(0)["grant_price"] == 52000000


def test_an_ods_tells_the_unit_by_what_it_shows(tmp_path):
    def number(value, shown):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{shown}</text:p></table:table-cell>"
        )

    def text(words):
        return (
            '<table:table-cell office:value-type="string">'
            f"<text:p>{words}</text:p></table:table-cell>"
        )

    lines = [
        [text("地块名称"), text("面积"), text("容积率")],
        [text("甲"), number(12.5, "12.50亩"), number(1.2, "1.20")],
        [text("乙"), number(37000, "3.7万㎡"), number(1.5, "1.50")],
    ]
    body = "".join(f"<table:table-row>{''.join(line)}</table:table-row>" for line in lines)
    parts = unzipped(ods(Book([["x"]])))
    sheet = f'<table:table table:name="土地">{body}</table:table>'.encode()
    content = re.sub(rb"<table:table .*</table:table>", sheet, parts["content.xml"])
    (tmp_path / "a.ods").write_bytes(zipped({**parts, "content.xml": content}))
    [table] = importing(ExcelReader()).preview([str(tmp_path / "a.ods")]).tables()
    areas = [round(table.values(row)["area_cert"], 2) for row in (0, 1)]
    assert areas == [Decimal("8333.33"), 37000]
