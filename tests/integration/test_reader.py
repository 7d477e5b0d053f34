"""Strange, damaged and hostile files end in rows or in one sentence, in bounded time."""

import io
import os
import re
import struct
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from scripts.tortures.books import FORMATS, Book
from workbench.application.ports import Cancelled
from workbench.domain.findings import InputError
from workbench.domain.parsing.parsed import Fault, FaultKind, PercentNumber
from workbench.excel.reading import reader_children
from workbench.excel.reading.far_cells import without_far_cells
from workbench.excel.reading.reader import ExcelReader
from workbench.excel.reading.reader_children import _environment
from workbench.files.texts import LANGUAGES, load_texts
from workbench.locations import resource

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
ROWS = [
    ["资产编号", "资产名称", "建筑面积（㎡）"],
    ["A1", "一号厂房", 100.5],
    ["A2", "二号厂房", 200],
]
TEXT = "资产编号,资产名称,建筑面积（㎡）\nA1,一号厂房,100.5\nA2,二号厂房,200\n"


def _book(rows=ROWS):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def _saved(book, path):
    book.save(path)
    return str(path)


def _with_parts(path, target, **changes):
    """Copy a workbook with some parts changed by functions of their text."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for part, change in changes.items():
                if part in name:
                    content = change(content.decode("utf-8")).encode("utf-8")
            new.writestr(name, content)
    return str(target)


def _refusal(path, **limits):
    with pytest.raises(InputError) as refusal:
        ExcelReader(**limits).read(str(path))
    assert refusal.value.exit_status == 3
    for language in LANGUAGES:
        sentence = load_texts(language, resource("translations"))(
            refusal.value.code, **refusal.value.params
        )
        assert "Traceback" not in sentence
    return refusal.value.code


def test_a_plain_workbook_gives_its_cells(tmp_path):
    book = ExcelReader().read(_saved(_book(), tmp_path / "a.xlsx"))
    (sheet,) = book.sheets
    assert sheet.rows == ROWS
    assert book.content == (tmp_path / "a.xlsx").read_bytes()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.xls"])
def test_text_is_read_in_every_encoding_whatever_its_name(tmp_path, encoding, name):
    (tmp_path / name).write_bytes(TEXT.encode(encoding))
    (sheet,) = ExcelReader().read(str(tmp_path / name)).sheets
    assert sheet.rows[1] == ["A1", "一号厂房", "100.5"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_recognised(tmp_path, delimiter):
    (tmp_path / "a.csv").write_text(TEXT.replace(",", delimiter), "utf-8")
    (sheet,) = ExcelReader().read(str(tmp_path / "a.csv")).sheets
    assert sheet.width == 3


def test_an_html_table_named_xls_is_read_with_its_spans(tmp_path):
    (tmp_path / "a.xls").write_text(
        "<html><body><table><tr><td rowspan=2>园区</td><td colspan=2>面积</td></tr>"
        "<tr><td>可租</td><td>已租</td></tr><tr><td>东园</td><td>1</td><td>2</td></tr></table>",
        "utf-8",
    )
    (sheet,) = ExcelReader().read(str(tmp_path / "a.xls")).sheets
    assert sheet.rows == [["园区", "面积", ""], ["", "可租", "已租"], ["东园", "1", "2"]]
    assert sorted(sheet.merges) == [(1, 1, 2, 1), (1, 2, 1, 3)]


def test_an_encrypted_workbook_is_called_encrypted(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
    (tmp_path / "a.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(3000))
    assert _refusal(tmp_path / "a.xlsx") == "importing.file_encrypted"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_called_damaged(tmp_path, share):
    whole = (SAMPLES / "01_园区房屋资产台账.xlsx").read_bytes()
    (tmp_path / "a.xlsx").write_bytes(whole[: int(len(whole) * share)])
    assert _refusal(tmp_path / "a.xlsx") == "importing.file_damaged"


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(70_000_000))
    assert _refusal(tmp_path / "a.xlsx") == "importing.file_too_large"


def test_a_stray_cell_in_the_last_corner_does_not_hide_the_table(tmp_path):
    book = _book()
    book.active["XFD1048576"] = "x"
    (sheet,) = ExcelReader().read(_saved(book, tmp_path / "a.xlsx")).sheets
    assert sheet.rows == ROWS
    assert sheet.notes == ("cells_far_away",)


def test_columns_of_a_text_beyond_what_is_read_are_said(tmp_path):
    for count, width, notes in ((703, 703, ()), (16_385, 702, ("columns_beyond",))):
        text = ",".join(f"列{n}" for n in range(count)) + "\n" + ",".join("1" * count) + "\n"
        (tmp_path / "a.csv").write_text(text, "utf-8")
        (sheet,) = ExcelReader().read(str(tmp_path / "a.csv")).sheets
        assert sheet.notes == notes
        assert len(sheet.rows[0]) == width


@pytest.mark.parametrize("name", ["xlsx", "xlsb", "ods"])
def test_columns_beyond_zz_are_read(tmp_path, name):
    rows = [["编号", *[""] * 800, "面积"], ["A1", *[""] * 800, 5.0]]
    (tmp_path / f"a.{name}").write_bytes(FORMATS[name](Book(rows)))
    (sheet,) = ExcelReader().read(str(tmp_path / f"a.{name}")).sheets
    assert (sheet.rows[1][801], sheet.notes) == (5.0, ())


def test_a_table_of_columns_beyond_zz_that_fill_the_memory_is_said_to_lose_them(tmp_path):
    rows = [["编号", *[""] * 800, "面积"], *([f"A{n}", *[""] * 800, 5.0] for n in range(9))]
    content = FORMATS["xlsx"](Book(rows))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        near, lost = without_far_cells(archive)
    assert lost == {"房屋": "columns_beyond"}
    (tmp_path / "a.xlsx").write_bytes(near)
    (sheet,) = ExcelReader().read(str(tmp_path / "a.xlsx")).sheets
    assert (sheet.width, len(sheet.rows)) == (1, 10)


def test_a_false_dimension_loses_no_row(tmp_path):
    path = _saved(_book(), tmp_path / "a.xlsx")
    false = _with_parts(
        path, tmp_path / "b.xlsx",
        sheet1=lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:A1"', xml),
    )  # fmt: skip
    (sheet,) = ExcelReader().read(false).sheets
    assert sheet.rows == ROWS


def test_entities_are_never_expanded(tmp_path):
    path = _saved(_book(), tmp_path / "a.xlsx")
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    hostile = _with_parts(
        path, tmp_path / "b.xlsx",
        sheet1=lambda xml: xml.replace("<worksheet", bomb + "]><worksheet", 1).replace(
            "<v>100.5</v>", "<v>&j;</v>"
        ),
    )  # fmt: skip
    (sheet,) = ExcelReader().read(hostile).sheets
    assert len(str(sheet.rows)) < 1000


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "importing.not_a_workbook"),
        (b"%PDF-1.7 " + bytes(100), "importing.not_a_workbook"),
        (bytes(range(256)) * 20, "importing.file_damaged"),
        (b"", "importing.file_empty"),
        (b"\n\n\n", "importing.no_cells"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, code):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert _refusal(tmp_path / "a.xlsx") == code


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    assert _refusal(tmp_path / "none.xlsx") == "importing.file_missing"
    assert _refusal(tmp_path) == "importing.is_folder"


def test_a_workbook_without_cells_is_no_success(tmp_path):
    assert _refusal(_saved(openpyxl.Workbook(), tmp_path / "a.xlsx")) == "importing.no_cells"


def test_a_reader_without_memory_or_time_ends_in_a_sentence(tmp_path, monkeypatch):
    path = _saved(_book(), tmp_path / "a.xlsx")
    assert _refusal(path, memory=16_000_000) in (
        "importing.file_too_large", "importing.file_damaged",
    )  # fmt: skip
    monkeypatch.setattr(reader_children, "_TICK", 0.001)  # no machine starts a process in that
    assert _refusal(path, seconds=0) in ("importing.file_too_slow", "importing.file_damaged")


def test_a_file_that_changes_while_it_is_read_is_not_taken(tmp_path):
    """The bytes that are kept would be of another state than the values."""
    path = tmp_path / "a.csv"
    path.write_text(TEXT, "utf-8")

    class Editor:
        def step(self, _done, _total):
            path.write_text(f"{TEXT}A3,三号厂房,300\n", "utf-8")

    with pytest.raises(InputError, match="file_changed"):
        ExcelReader().read(str(path), Editor())


def test_a_file_that_is_gone_while_it_is_read_is_said_to_have_changed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TEXT, "utf-8")

    class Remover:
        def step(self, _done, _total):
            path.unlink(missing_ok=True)

    with pytest.raises(InputError, match="file_changed"):
        ExcelReader().read(str(path), Remover())


def test_cancelling_stops_the_child(tmp_path):
    class Stop:
        def step(self, _done, _total):
            raise Cancelled

    with pytest.raises(Cancelled):
        ExcelReader().read(_saved(_book(), tmp_path / "a.xlsx"), Stop())


def test_errors_and_missing_results_are_marked_not_blank(tmp_path):
    book = _book([["面积", "比例", "备注"]])
    book.active["A2"] = "=B2*2"
    book.active["B2"] = "#N/A"
    book.active["B2"].data_type = "e"
    (sheet,) = ExcelReader().read(_saved(book, tmp_path / "a.xlsx")).sheets
    assert sheet.rows[1][0] == Fault(FaultKind.NO_CACHED_VALUE, "=B2*2")
    assert sheet.rows[1][1] == Fault(FaultKind.ERROR, "#N/A")


def test_percent_formats_hidden_parts_and_merges_are_told(tmp_path):
    book = _book([["名称", "出租率", "备注"], ["甲", 0.85, ""], ["乙", 85, ""]])
    sheet = book.active
    sheet["B2"].number_format = "0.00%"
    sheet["B3"].font = Font(bold=True)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A5:A6")
    sheet["A5"] = "丙"
    (raw,) = ExcelReader().read(_saved(book, tmp_path / "a.xlsx")).sheets
    assert raw.rows[1][1] == PercentNumber(0.85)
    assert raw.rows[2][1] == 85
    assert raw.hidden_rows == {3}
    assert raw.hidden_columns == {3}
    assert list(raw.merges) == [(5, 1, 6, 1)]


def test_dates_of_the_1904_calendar_are_the_days_shown(tmp_path):
    book = _book([["日期"], [date(2024, 6, 30)]])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    (sheet,) = ExcelReader().read(_saved(book, tmp_path / "a.xlsx")).sheets
    assert sheet.rows[1][0] == date(2024, 6, 30)
    assert sheet.date1904


@pytest.mark.parametrize(
    ("ending", "part"),
    [("xlsx", b"xl/worksheets/sheet1.xml"), ("xlsx", b"xl/sharedStrings.xml"),
     ("xlsb", b"xl/worksheets/sheet1.bin"), ("xlsb", b"xl/sharedStrings.bin")],
)  # fmt: skip
def test_a_part_that_does_not_match_its_checksum_is_read_with_a_warning(tmp_path, ending, part):
    """Readers of values stop before the checksum: a flipped bit was a wrong date without a word."""
    rows = ROWS * 20
    data = bytearray(FORMATS[ending](Book(rows, merges=[(70, 1, 70, 2)])))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(part))
    for at in (entry + 16, struct.unpack_from("<I", data, entry + 42)[0] + 14):
        struct.pack_into("<I", data, at, 1)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    (sheet,) = ExcelReader().read(str(path)).sheets
    assert (sheet.rows, sheet.notes) == (rows, ("content_damaged",))


def test_prefixed_and_single_quoted_xml_is_understood(tmp_path):
    book = _book()
    book.active.row_dimensions[2].hidden = True
    path = _saved(book, tmp_path / "a.xlsx")
    odd = _with_parts(path, tmp_path / "b.xlsx", sheet1=lambda xml: xml.replace('"', "'"))
    (sheet,) = ExcelReader().read(odd).sheets
    assert sheet.rows == ROWS
    assert sheet.hidden_rows == {2}


def test_a_word_document_is_no_workbook(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    (tmp_path / "a.xlsx").write_bytes(content.getvalue())
    assert _refusal(tmp_path / "a.xlsx") == "importing.not_a_workbook"


def test_more_rows_than_memory_holds_are_refused_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("workbench.excel.reading.reader_children._MOST_ROWS", 3)
    path = _saved(_book([["a"]] * 9000), tmp_path / "a.xlsx")
    with pytest.raises(InputError) as refusal:
        ExcelReader().read(path)
    assert refusal.value.code == "importing.too_many_rows"
    assert refusal.value.params == {"file": "a.xlsx", "sheet": "Sheet", "most": "250,000"}


def test_a_reader_that_does_not_start_blames_no_file(tmp_path, monkeypatch):
    path = _saved(_book([["a"]]), tmp_path / "a.xlsx")
    command = [sys.executable, "-c", "raise SystemExit('no such module')"]
    monkeypatch.setattr("workbench.excel.reading.reader_children._command", lambda: command)
    assert _refusal(path) == "importing.reader_not_started"


def test_the_reader_is_found_wherever_the_program_was_started(tmp_path, monkeypatch):
    """Started with -m in the program's folder, nothing but the folder itself leads to it."""
    path = _saved(_book([["a"]]), tmp_path / "a.xlsx")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    (root, *_) = _environment()["PYTHONPATH"].split(os.pathsep)
    assert (Path(root) / "workbench" / "excel" / "reading" / "reader_process.py").is_file()
    assert ExcelReader().read(str(path)).sheets[0].rows == [["a"]]


def test_a_quote_that_nothing_closes_swallows_no_row(tmp_path):
    text = 'A,名称,面积\n1,"一号,5\n2,"二号（""甲""）","1,000"\n3,三号,7\n'
    (tmp_path / "a.csv").write_text(text, "utf-8")
    (sheet,) = ExcelReader().read(str(tmp_path / "a.csv")).sheets
    assert sheet.rows[1:] == [
        ["1", '"一号', "5"], ["2", '二号（"甲"）', "1,000"], ["3", "三号", "7"],
    ]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_what_is_no_file_is_refused_at_once(tmp_path):
    """A pipe or a device never ends, a link in a circle leads nowhere."""
    os.mkfifo(tmp_path / "a.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "b.xlsx")
    assert "no_file" in _refusal(tmp_path / "a.xlsx")
    assert "file_missing" in _refusal(tmp_path / "b.xlsx")
    assert "file_missing" in _refusal("")
