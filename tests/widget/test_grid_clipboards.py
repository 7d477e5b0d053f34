# SPDX-License-Identifier: MIT
"""Blocks as Excel, WPS and LibreOffice put them on the clipboard, and as they take ours."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from tests.widget.grid_rig import AREA, CODE, CTRL, LAND, LET, NAME, OWNER, STATE, a_grid, press
from tests.widget.grid_samples import SampleModel
from workbench.ui.widgets import slices
from workbench.ui.widgets.grid import copy_run
from workbench.ui.widgets.grid.protocol import ColumnFilter

Key = Qt.Key
XML = 'application/x-qt-windows-mime;value="XML Spreadsheet"'


@pytest.fixture
def model():
    return SampleModel()


@pytest.fixture
def grid(qtbot, model):
    return a_grid(qtbot, model)


@pytest.fixture
def copied(qapp):
    """Puts on the clipboard what another program would."""

    def copy(html: str, text: str = "") -> None:
        data = QMimeData()
        data.setHtml(html)
        if text:
            data.setText(text)
        QApplication.clipboard().setMimeData(data)

    yield copy
    QApplication.clipboard().setText("")  # what Python made must not outlive the interpreter


def test_a_table_that_is_only_html_is_pasted_cell_by_cell(grid, model, copied):
    copied("<table><tr><td>甲</td></tr><tr><td>乙<br>丙</td></tr></table>")
    grid.go_to(0, OWNER)
    press(grid, Key.Key_V, CTRL)
    assert [row[OWNER] for row in model.rows[:2]] == ["甲", "乙\n丙"]


def test_excel_s_text_goes_before_its_html(grid, model, copied):
    copied("<table><tr><td>圆整 12</td><td>x</td></tr></table>", "周\t吴\r\n")
    grid.go_to(0, OWNER)
    press(grid, Key.Key_V, CTRL)
    assert model.rows[0][OWNER] == "周"


def test_a_rounded_number_is_taken_in_full_and_that_is_told(grid, model, copied, qtbot):
    copied('<table><tr><td sdval="12400.75" sdnum="2052;0;#,##0">12,401</td>'
           '<td sdval="0.9245" sdnum="2052;0;0%">92%</td></tr></table>',
           "12,401\t92%\r\n")  # fmt: skip
    grid.go_to(1, AREA)
    with qtbot.waitSignal(grid.block_written) as told:
        press(grid, Key.Key_V, CTRL)
    assert str(model.rows[1][AREA]) == "12400.75"
    assert told.args[0].exact == 2


def test_excel_s_description_gives_the_number_behind_a_column_that_was_too_narrow(
    grid, model, qapp
):
    data = QMimeData()
    data.setText("########\r\n")
    data.setData(XML, (
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        b'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="1">'
        b'<Table ss:ExpandedColumnCount="1" ss:ExpandedRowCount="1"><Row><Cell>'
        b'<Data ss:Type="Number">13333.33</Data></Cell></Row></Table></Worksheet></Workbook>'
    ))  # fmt: skip
    QApplication.clipboard().setMimeData(data)
    grid.go_to(0, AREA)
    press(grid, Key.Key_V, CTRL)
    QApplication.clipboard().setText("")  # what Python made must not outlive the interpreter
    assert str(model.rows[0][AREA]) == "13333.33"


def test_a_merged_label_fills_its_rows_and_leaves_alone_what_lies_under_a_merged_number(
    grid, model, copied
):
    copied("<table><tr><td rowspan=2>吴</td></tr><tr></tr></table>", "吴\r\n\r\n")
    grid.go_to(0, OWNER)
    press(grid, Key.Key_V, CTRL)
    assert [row[OWNER] for row in model.rows[:3]] == ["吴", "吴", None]
    copied("<table><tr><td rowspan=2>9</td><td>甲</td></tr><tr><td>乙</td></tr></table>",
           "9\t甲\r\n\t乙\r\n")  # fmt: skip
    before = model.rows[1][LAND]
    grid.set_shown_columns(["land", "owner"])
    grid.go_to(0, model.column_number("land"))
    press(grid, Key.Key_V, CTRL)
    assert [str(row[LAND]) for row in model.rows[:2]] == ["9", str(before)]
    assert [row[OWNER] for row in model.rows[:2]] == ["甲", "乙"]


def test_a_block_goes_to_the_shown_rows_only_and_that_is_told(grid, model, qtbot):
    model.set_filter("state", ColumnFilter(frozenset({"闲置"})))
    QApplication.clipboard().setText("甲\r\n乙\r\n丙\r\n")
    grid.go_to(0, OWNER)
    with qtbot.waitSignal(grid.block_written) as told:
        press(grid, Key.Key_V, CTRL)
    owners = {row[CODE]: row[OWNER] for row in model.rows}
    assert [owners[code] for code in ("B-A04", "B-C01", "B-D04")] == ["甲", "乙", "丙"]
    assert owners["B-A01"] == "周敏"
    assert told.args[0].among_shown
    assert grid.selected_blocks() == [(0, OWNER, 2, OWNER)]


def test_a_block_passes_over_the_headings_of_groups(grid, model):
    model.set_group("state")
    QApplication.clipboard().setText("1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n")
    grid.go_to(0, OWNER)
    press(grid, Key.Key_V, CTRL)
    assert sorted(row[OWNER] for row in model.rows) == ["1", "2", "3", "4", "5", "6"]


def test_spreadsheets_are_given_codes_and_words_as_text(grid, model):
    """Leading zeros, long identifiers and a name that begins with = stay what they are."""
    model.rows[0][:2] = ["00123", "=1+1\n<甲>"]
    model.reload()
    grid.go_to(0, CODE)
    grid.go_to(0, LET, extend=True)
    press(grid, Key.Key_C, CTRL)
    data = QApplication.clipboard().mimeData()
    assert data.text().startswith('00123\t"=1+1\n<甲>"\t在租\t18.6')
    html = data.html()
    assert html.count('mso-number-format:"\\@"\' sdnum="2052;0;@">') == 3
    assert ">00123</td>" in html
    assert ">=1+1<br>&lt;甲&gt;</td>" in html
    assert "<td>18.6</td>" in html
    grid.go_to(1, CODE + 1)
    press(grid, Key.Key_V, CTRL)
    assert model.rows[1][NAME : STATE + 1] == ["00123", "=1+1\n<甲>"]


def test_a_large_block_is_copied_in_slices_and_nothing_older_is_pasted_meanwhile(
    grid, model, qtbot, monkeypatch
):
    monkeypatch.setattr(copy_run, "AT_ONCE", 0)
    monkeypatch.setattr(slices, "_SLICE_S", 0.0)
    QApplication.clipboard().setText("前面复制的")
    grid.select_block((0, NAME, 5, NAME))
    with qtbot.waitSignal(grid.copying.copied) as told:
        press(grid, Key.Key_X, CTRL)
        assert QApplication.clipboard().text() == ""
        assert model.rows[0][NAME] == "A区1号标准厂房"
    assert told.args[0] == (6, 1, True)
    assert QApplication.clipboard().text().startswith("A区1号标准厂房\r\n")
    assert [row[NAME] for row in model.rows] == [None] * 6
    assert model.steps == ["ui.step_cut"]


def test_a_block_that_is_copied_as_text_alone_says_so(grid, qtbot, monkeypatch):
    monkeypatch.setattr(copy_run, "_MOST_STYLED", 5)
    grid.select_block((0, CODE, 5, CODE))
    with qtbot.waitSignal(grid.copying.copied) as told:
        press(grid, Key.Key_C, CTRL)
    assert told.args[0] == (6, 1, False)
    assert not QApplication.clipboard().mimeData().hasHtml()


def test_a_table_that_is_read_anew_while_it_is_copied_leaves_nothing_half(
    grid, model, qtbot, monkeypatch
):
    monkeypatch.setattr(copy_run, "AT_ONCE", 0)
    monkeypatch.setattr(slices, "_SLICE_S", 0.0)
    press(grid, Key.Key_C, CTRL)
    with qtbot.waitSignal(grid.copying.dropped):
        model.reload()
    assert QApplication.clipboard().text() == ""


def test_blocks_chosen_one_by_one_are_copied_with_gaps_and_summed_once(grid, model):
    grid.select_block((0, LAND, 1, LAND))
    grid.select_block((1, AREA, 1, AREA), add=True)
    grid.select_block((1, LAND, 1, AREA), add=True)
    stats = grid.stats()
    assert (stats.cells, stats.numbers, stats.total) == (3, 3, Decimal("11896.5"))
    press(grid, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "18.6\t\r\n17.9\t11860"


@pytest.mark.parametrize("text", ["1,235\t800\n", ""])
def test_google_sheets_gives_the_number_behind_the_rounded_one(grid, model, copied, text):
    kept = "&quot;1&quot;:3,&quot;3&quot;:1234.567"
    copied(
        "<meta charset='utf-8'><google-sheets-html-origin><style><!--td {border: 1px}--></style>"
        f'<table data-sheets-root="1"><tr><td data-sheets-value="{{{kept}}}">1,235</td>'
        '<td data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;800&quot;}">800</td></tr>'
        "</table>",
        text,
    )
    grid.go_to(0, LAND)
    press(grid, Key.Key_V, CTRL)
    assert model.rows[0][LAND : AREA + 1] == [Decimal("1234.567"), Decimal(800)]
