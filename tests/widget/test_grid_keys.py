# SPDX-License-Identifier: MIT
"""The table's contract with Excel users (ux §7), each line with real events."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from tests.widget.grid_samples import COLUMNS, SampleModel
from tests.widget.input_method import commit, compose
from workbench.ui.widgets.grid.protocol import ColumnFilter, PasteOutcome, SelectionStats, SortKey
from workbench.ui.widgets.grid.stats import stats_text
from workbench.ui.widgets.grid.view import GridView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CODE, NAME, STATE, LAND, AREA, LET, UNTIL, OWNER = range(8)


@pytest.fixture
def model(qapp) -> SampleModel:
    return SampleModel()


@pytest.fixture
def grid(qtbot, model):
    view = GridView(model, "资产台账", today=lambda: date(2026, 11, 23))
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    view.go_to(0, NAME)
    return view


def press(grid: GridView, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(grid, key, modifiers)


def type_text(grid: GridView, text: str) -> None:
    """Type as a keyboard does: each key goes to whatever has the focus by then."""
    for letter in text:
        QTest.keyClicks(grid.open_editor() or grid, letter)


def place(grid: GridView, row: int, column: int) -> QPoint:
    return grid.visualRect(grid.grid_model().index(row, column)).center()


def click(grid: GridView, row: int, column: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    at = place(grid, row, column)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def clipboard() -> str:
    return QApplication.clipboard().text()


def test_the_model_keeps_qt_s_contract(model, qtbot):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_sort([SortKey("area", descending=True)])
    model.set_filter("state", ColumnFilter(frozenset(("闲置",))))
    assert model.setData(model.index(0, OWNER), "新人")
    model.clear_filters()
    model.reload()
    del tester


# ---- select and move


def test_click_shift_click_and_ctrl_click_select(grid):
    click(grid, 1, AREA)
    assert grid.current_cell() == (1, AREA)
    click(grid, 3, LET, SHIFT)
    assert grid.selected_blocks() == [(1, AREA, 3, LET)]
    click(grid, 5, NAME, CTRL)
    assert (5, NAME, 5, NAME) in grid.selected_blocks()


def test_dragging_selects_a_block(grid):
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=place(grid, 0, LAND))
    QTest.mouseMove(grid.viewport(), place(grid, 2, AREA))
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=place(grid, 2, AREA))
    assert grid.selected_blocks() == [(0, LAND, 2, AREA)]


@pytest.mark.parametrize(
    ("key", "modifiers", "target"),
    [
        (Key.Key_Down, None, (3, AREA)),
        (Key.Key_Up, None, (1, AREA)),
        (Key.Key_Left, None, (2, LAND)),
        (Key.Key_Right, None, (2, LET)),
        (Key.Key_Home, None, (2, CODE)),
        (Key.Key_End, None, (2, OWNER)),
        (Key.Key_Home, CTRL, (0, CODE)),
        (Key.Key_End, CTRL, (5, OWNER)),
        (Key.Key_Down, CTRL, (4, AREA)),  # over the empty cells to the next filled one
        (Key.Key_Up, CTRL, (1, AREA)),
        (Key.Key_Left, CTRL, (2, LAND)),
        (Key.Key_Tab, None, (2, LET)),
        (Key.Key_Backtab, SHIFT, (2, LAND)),
        (Key.Key_Return, None, (3, AREA)),
        (Key.Key_Return, SHIFT, (1, AREA)),
    ],
)
def test_keys_move_as_in_excel(grid, key, modifiers, target):
    grid.go_to(2, AREA)
    press(grid, key, modifiers or Qt.KeyboardModifier.NoModifier)
    assert grid.current_cell() == target


def test_ctrl_arrow_stops_at_the_end_of_a_filled_run(grid):
    grid.go_to(0, AREA)
    press(grid, Key.Key_Down, CTRL)
    assert grid.current_cell() == (1, AREA)


def test_shift_arrow_extends_the_block_from_where_it_began(grid):
    grid.go_to(1, LAND)
    press(grid, Key.Key_Down, SHIFT)
    press(grid, Key.Key_Right, SHIFT)
    assert grid.selected_blocks() == [(1, LAND, 2, AREA)]
    press(grid, Key.Key_Up, SHIFT)
    assert grid.selected_blocks() == [(1, LAND, 1, AREA)]


def test_enter_after_tabs_returns_to_the_column_where_they_began(grid):
    grid.go_to(0, STATE)
    press(grid, Key.Key_Tab)
    press(grid, Key.Key_Tab)
    press(grid, Key.Key_Return)
    assert grid.current_cell() == (1, STATE)


def test_page_keys_move_by_what_is_visible(grid):
    press(grid, Key.Key_PageDown)
    assert grid.current_cell() == (5, NAME)
    press(grid, Key.Key_PageUp)
    assert grid.current_cell() == (0, NAME)


def test_tab_wraps_rows_and_leaves_the_table_at_its_end(grid):
    grid.go_to(0, OWNER)
    press(grid, Key.Key_Tab)
    assert grid.current_cell() == (1, CODE)
    grid.go_to(5, OWNER)
    press(grid, Key.Key_Tab)
    assert grid.current_cell() == (5, OWNER)


def test_the_selection_s_figures_leave_out_what_is_unknown(qtbot, grid):
    with qtbot.waitSignal(grid.stats_changed) as told:
        grid.go_to(0, AREA)
        grid.go_to(3, AREA, extend=True)
    stats: SelectionStats = told.args[0]
    assert (stats.cells, stats.filled, stats.total) == (4, 2, Decimal(24260))
    assert stats_text(stats) == "平均 12,130　计数 2　求和 24,260"


# ---- edit


def test_typing_replaces_and_enter_commits_and_goes_down(qtbot, grid, model):
    grid.go_to(0, LAND)
    type_text(grid, "21.5")
    editor = grid.open_editor()
    assert editor is not None
    assert editor.text() == "21.5"
    press(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: model.rows[0][LAND] == Decimal("21.5"))
    assert grid.current_cell() == (1, LAND)
    assert model.steps == ["editing.edit_cell"]


def test_an_input_method_opens_the_editor_at_its_first_letter(qtbot, grid, model):
    grid.go_to(0, NAME)
    compose(grid, "tong cai")
    editor = grid.open_editor()
    assert editor is not None
    commit(editor, "原铜材厂")
    press(editor, Key.Key_Tab)
    qtbot.waitUntil(lambda: model.rows[0][NAME] == "原铜材厂")
    assert grid.current_cell() == (0, STATE)


def test_f2_keeps_the_text_and_escape_restores(grid, model):
    grid.go_to(0, NAME)
    press(grid, Key.Key_F2)
    editor = grid.open_editor()
    assert editor is not None
    QTest.keyClicks(editor, "X")
    assert editor.text() == "A区1号标准厂房X"
    press(editor, Key.Key_Left)
    assert grid.open_editor() is editor
    press(editor, Key.Key_Escape)
    assert model.rows[0][NAME] == "A区1号标准厂房"
    assert grid.current_cell() == (0, NAME)


def test_a_double_click_edits(grid):
    at = place(grid, 2, OWNER)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert grid.open_editor() is not None


def test_arrows_leave_an_editor_that_typing_opened(qtbot, grid, model):
    grid.go_to(1, OWNER)
    type_text(grid, "a")
    press(grid.open_editor(), Key.Key_Up)
    qtbot.waitUntil(lambda: model.rows[1][OWNER] == "a")
    assert grid.current_cell() == (0, OWNER)


def test_alt_down_opens_the_list_of_choices(qtbot, grid):
    grid.go_to(0, STATE)
    press(grid, Key.Key_Down, ALT)
    editor = grid.open_editor()
    assert editor is not None
    qtbot.waitUntil(editor.list_is_open)
    press(editor, Key.Key_Escape)


def test_a_refused_text_is_told_and_not_lost(qtbot, grid, model):
    grid.go_to(0, LAND)
    type_text(grid, "5O")
    with qtbot.waitSignal(grid.edit_refused) as refused:
        press(grid.open_editor(), Key.Key_Return)
    assert refused.args[0].refused == ((0, LAND, "“5O”不是数字"),)
    qtbot.waitUntil(lambda: grid.open_editor() is not None)
    assert grid.open_editor().text() == "5O"
    assert model.rows[0][LAND] == Decimal("18.6")
    assert grid.current_cell() == (0, LAND)


def test_columns_that_are_not_edited_open_no_editor(grid):
    grid.go_to(0, CODE)
    type_text(grid, "x")
    press(grid, Key.Key_F2)
    assert grid.open_editor() is None


def test_finish_editing_commits_what_is_still_in_the_editor(grid, model):
    grid.go_to(3, OWNER)
    type_text(grid, "zhou")
    grid.finish_editing()
    assert model.rows[3][OWNER] == "zhou"
    assert grid.open_editor() is None


def test_leaving_the_editor_by_mouse_commits_too(qtbot, grid, model):
    grid.go_to(3, OWNER)
    type_text(grid, "zhou")
    click(grid, 0, NAME)
    grid.setFocus()
    qtbot.waitUntil(lambda: model.rows[3][OWNER] == "zhou")


# ---- blocks


def test_copy_gives_tab_separated_text(grid):
    grid.go_to(0, LAND)
    grid.go_to(1, LET, extend=True)
    press(grid, Key.Key_C, CTRL)
    assert clipboard().replace("\r\n", "\n") == "18.6\t12400\t92.4\n17.9\t11860\t0"


def test_paste_writes_a_block_and_names_what_was_refused(qtbot, grid, model):
    QApplication.clipboard().setText("3.5\t1,341\r\n坏\t99\r\n")
    grid.go_to(1, LAND)
    with qtbot.waitSignal(grid.block_written) as written:
        press(grid, Key.Key_V, CTRL)
    outcome: PasteOutcome = written.args[0]
    assert (outcome.applied, outcome.label) == (3, "ui.step_paste")
    assert outcome.refused == ((2, LAND, "“坏”不是数字"),)
    assert model.rows[1][LAND : AREA + 1] == [Decimal("3.5"), Decimal(1341)]
    assert model.rows[2][LAND] == Decimal("9.2")
    assert model.steps == ["ui.step_paste"]


def test_one_value_fills_the_selection(grid, model):
    QApplication.clipboard().setText("王海涛")
    grid.go_to(0, OWNER)
    grid.go_to(3, OWNER, extend=True)
    press(grid, Key.Key_V, CTRL)
    assert [row[OWNER] for row in model.rows[:4]] == ["王海涛"] * 4


def test_a_block_is_repeated_over_a_whole_multiple(grid, model):
    QApplication.clipboard().setText("1\n2")
    grid.go_to(0, LAND)
    grid.go_to(3, LAND, extend=True)
    press(grid, Key.Key_V, CTRL)
    assert [row[LAND] for row in model.rows[:4]] == [Decimal(n) for n in (1, 2, 1, 2)]


def test_paste_counts_aloud_what_does_not_fit(qtbot, grid):
    QApplication.clipboard().setText("a\nb\nc")
    grid.go_to(5, OWNER)
    with qtbot.waitSignal(grid.block_written) as written:
        press(grid, Key.Key_V, CTRL)
    assert (written.args[0].applied, written.args[0].beyond) == (1, 2)


def test_quotes_and_line_breaks_survive_the_clipboard(grid, model):
    text = '说"好"\n第二行\t尾'
    model.rows[0][NAME] = text
    model.rows_changed([0])
    grid.go_to(0, NAME)
    press(grid, Key.Key_C, CTRL)
    grid.go_to(1, NAME)
    press(grid, Key.Key_V, CTRL)
    assert model.rows[1][NAME] == text


def test_delete_makes_unknown_and_never_zero(grid, model):
    grid.go_to(0, LAND)
    grid.go_to(1, AREA, extend=True)
    press(grid, Key.Key_Delete)
    assert [row[LAND : AREA + 1] for row in model.rows[:2]] == [[None, None], [None, None]]
    assert model.steps == ["ui.step_clear"]
    assert model.cell(0, LAND).missing


def test_cut_copies_and_clears(grid, model):
    grid.go_to(0, OWNER)
    press(grid, Key.Key_X, CTRL)
    assert clipboard() == "周敏"
    assert model.rows[0][OWNER] is None


def test_ctrl_d_and_ctrl_r_fill(grid, model):
    grid.go_to(0, LAND)
    grid.go_to(2, LAND, extend=True)
    press(grid, Key.Key_D, CTRL)
    assert [row[LAND] for row in model.rows[:3]] == [Decimal("18.6")] * 3
    grid.go_to(0, LAND)
    grid.go_to(0, AREA, extend=True)
    press(grid, Key.Key_R, CTRL)
    assert model.rows[0][AREA] == Decimal("18.6")
    assert model.steps == ["ui.step_fill_down", "ui.step_fill_right"]


def test_dragging_the_handle_fills(grid, model):
    grid.go_to(0, LAND)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.fill_handle().center())
    QTest.mouseMove(grid.viewport(), place(grid, 2, LAND))
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=place(grid, 2, LAND))
    assert [row[LAND] for row in model.rows[:3]] == [Decimal("18.6")] * 3
    assert grid.selected_blocks() == [(0, LAND, 2, LAND)]


def test_ctrl_semicolon_writes_today(grid, model):
    grid.go_to(4, UNTIL)
    press(grid, Key.Key_Semicolon, CTRL)
    assert model.rows[4][UNTIL] == "2026-11-23"


def test_rows_are_deleted_and_inserted_by_the_page(qtbot, grid):
    grid.go_to(1, NAME)
    grid.go_to(2, NAME, extend=True)
    with qtbot.waitSignal(grid.delete_rows_asked) as doomed:
        press(grid, Key.Key_Minus, CTRL)
    assert doomed.args == [[1, 2]]
    with qtbot.waitSignal(grid.insert_row_asked) as wanted:
        press(grid, Key.Key_Plus, CTRL | SHIFT)
    assert wanted.args == [2]


def test_find_goes_round_and_f3_goes_on(qtbot, grid):
    with qtbot.waitSignal(grid.find_asked):
        press(grid, Key.Key_F, CTRL)
    assert grid.find_text("标准厂房")
    assert grid.current_cell() == (1, NAME)
    press(grid, Key.Key_F3)
    assert grid.current_cell() == (0, NAME)
    assert not grid.find_text("没有这个词")


# ---- header: sort, filter, freeze


def header_click(grid: GridView, column: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    header = grid.header()
    x = header.section_left(column) + (70 if COLUMNS[column].right else 12)
    at = QPoint(x, 10)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def test_header_clicks_sort_up_down_and_not_with_unknown_last(grid, model):
    header_click(grid, AREA)
    assert [model.raw(model.source_row(n), AREA) for n in range(6)] == [
        Decimal(3100),
        Decimal(5600),
        Decimal(11860),
        Decimal(12400),
        None,
        None,
    ]
    header_click(grid, AREA)
    assert model.sort_keys == (SortKey("area", descending=True),)
    assert model.raw(model.source_row(5), AREA) is None
    header_click(grid, AREA)
    assert model.sort_keys == ()


def test_shift_click_adds_further_keys(grid, model):
    header_click(grid, STATE)
    header_click(grid, AREA, SHIFT)
    assert model.sort_keys == (SortKey("state"), SortKey("area"))


def test_chinese_sorts_by_pinyin(model):
    model.set_sort([SortKey("owner")])
    owners = [model.raw(model.source_row(n), OWNER) for n in range(6)]
    assert owners == ["陈立新", "刘颖", "王海涛", "周敏", "周敏", None]


def test_an_edit_does_not_move_its_row_and_the_cursor_stays_with_it(grid, model):
    model.set_sort([SortKey("area")])
    grid.go_to(0, AREA)
    model.set_cells([(0, AREA, "999999")], "editing.edit_cell")
    assert model.raw(model.source_row(0), AREA) == Decimal(999999)
    model.arrange()
    assert grid.current_cell() == (3, AREA)


def test_filters_and_keys_reach_the_popup(qtbot, grid, model):
    grid.go_to(0, STATE)
    press(grid, Key.Key_L, CTRL | SHIFT)
    popup = grid.window().focusWidget().parentWidget()
    assert popup.accessibleName() == "筛选：状态"
    press(popup, Key.Key_Escape)
    assert not popup.isVisible()
    model.set_filter("let", ColumnFilter(minimum=Decimal("0.4"), maximum=Decimal(1)))
    assert model.rowCount() == 2
    model.set_filter("let", ColumnFilter(only_empty=True))
    assert model.rowCount() == 1
    model.set_filter("let", ColumnFilter(top=1))
    assert model.raw(model.source_row(0), LET) == Decimal("1.12")


def test_frozen_columns_stay_and_are_hit_while_scrolled(qtbot, grid, model):
    grid.resize(500, 300)
    QApplication.sendPostedEvents()
    bar = grid.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    click(grid, 2, NAME)
    assert grid.current_cell() == (2, NAME)
    assert grid.visualRect(model.index(2, CODE)).left() == 0
    header_click(grid, NAME)
    assert model.sort_keys == (SortKey("name"),)
    grid.go_to(0, STATE)
    assert grid.visualRect(model.index(0, STATE)).left() >= grid.frozen_width()
    grid.go_to(0, AREA)
    press(grid, Key.Key_F, CTRL | SHIFT)
    assert grid.frozen() == 5


def test_rows_are_made_only_when_they_are_shown(qtbot):
    rows = [["B", "n", "在租", None, None, None, None, None] for _ in range(5000)]
    model = SampleModel(rows)
    view = GridView(model, "台账")
    qtbot.addWidget(view)
    view.resize(600, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.viewport().repaint()
    assert 0 < model.made < 40


def test_hidden_columns_are_jumped_over_and_not_pasted_into(grid, model):
    grid.set_shown_columns(["code", "name", "land", "owner"])
    land, owner = model.column_number("land"), model.column_number("owner")
    grid.go_to(0, land)
    press(grid, Key.Key_Right)
    assert grid.current_cell() == (0, owner)
    QApplication.clipboard().setText("7\t孙倩")
    grid.go_to(0, land)
    press(grid, Key.Key_V, CTRL)
    assert (model.rows[0][LAND], model.rows[0][OWNER]) == (Decimal(7), "孙倩")
    assert model.rows[0][AREA] == Decimal(12400)


def test_assistive_tools_hear_the_problem_with_the_value(model):
    index = model.index(4, LET)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("出租率 112.0 出租率应在 0–100 之间")
