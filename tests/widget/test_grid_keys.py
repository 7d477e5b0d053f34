# SPDX-License-Identifier: MIT
"""The table's contract with Excel users (ux §7), each line with real events: moving, heads."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.widget.grid_rig import (
    ALT,
    AREA,
    CODE,
    CTRL,
    LAND,
    LET,
    NAME,
    OWNER,
    SHIFT,
    STATE,
    UNTIL,
    Key,
    click,
    place,
    press,
    sample_grid,
    sample_model,
    type_text,
)
from tests.widget.grid_samples import COLUMNS, SampleModel
from workbench.ui.widgets.grid import model as grid_model
from workbench.ui.widgets.grid.protocol import ColumnFilter, SelectionStats, SortKey
from workbench.ui.widgets.grid.stats import stats_text
from workbench.ui.widgets.grid.view import GridView

model = sample_model
grid = sample_grid


def test_a_table_that_is_gone_hears_nothing_of_a_new_theme(model, interface):
    view = GridView(model, "资产台账")
    view.deleteLater()
    QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete)
    interface.theme_changed.emit()
    assert not isValid(view)


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


def test_typing_between_tabs_keeps_the_column_where_they_began(grid):
    grid.go_to(0, NAME)
    for text, key in (("A", Key.Key_Tab), ("B", Key.Key_Tab), ("12", Key.Key_Return)):
        type_text(grid, text)
        QTest.keyClick(grid.open_editor(), key)
    assert grid.current_cell() == (1, NAME)


def test_a_click_elsewhere_begins_a_new_row_of_tabs(grid):
    grid.go_to(0, NAME)
    press(grid, Key.Key_Tab)
    click(grid, 2, AREA)
    press(grid, Key.Key_Return)
    assert grid.current_cell() == (3, AREA)


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
    assert stats_text(stats) == "平均 12,130　计数 2（2 待核）　求和 24,260"


def test_numbers_of_two_measures_are_counted_and_never_summed(qtbot, grid):
    """亩 and ㎡ have no common sum; shares have a mean and no sum."""
    with qtbot.waitSignal(grid.stats_changed) as told:
        grid.select_block((0, LAND, 1, AREA))
    assert stats_text(told.args[0]) == "计数 4　单位或口径不同，不求和"
    with qtbot.waitSignal(grid.stats_changed) as told:
        grid.select_block((0, LET, 2, LET))
    assert stats_text(told.args[0]) == "平均 46.67　计数 3"


def test_alt_and_the_page_keys_go_one_screen_sideways(grid):
    grid.go_to(1, CODE)
    press(grid, Key.Key_PageDown, ALT)
    row, far = grid.current_cell()
    assert row == 1
    assert far >= STATE
    press(grid, Key.Key_PageUp, ALT | SHIFT)
    assert grid.selected_blocks() == [(1, CODE, 1, far)]


def test_ctrl_apostrophe_opens_the_editor_with_the_text_of_the_cell_above(grid, model):
    grid.go_to(1, NAME)
    press(grid, Key.Key_Apostrophe, CTRL)
    assert grid.open_editor().text() == model.cell(0, NAME).edit
    QTest.keyClick(grid.open_editor(), Key.Key_Escape)
    assert model.cell(1, NAME).edit == "A区4号标准厂房"
    grid.go_to(0, NAME)
    press(grid, Key.Key_Apostrophe, CTRL)
    assert grid.open_editor() is None


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


@pytest.fixture
def counted_as_large(monkeypatch):
    """Lets a small table be gone through by columns, as one of 100,000 rows is."""

    def count(large: bool) -> None:
        monkeypatch.setattr(grid_model, "LOOKED_THROUGH", 0 if large else 3000)

    return count


@pytest.mark.parametrize("column", [NAME, AREA, LET, UNTIL, OWNER])
def test_ctrl_down_leads_to_the_same_edge_in_a_large_table(grid, counted_as_large, column):
    ends = []
    for large in (False, True):
        counted_as_large(large)
        for row in range(5):
            grid.go_to(row, column)
            press(grid, Key.Key_Down, CTRL)
            ends.append((large, row, grid.current_cell()))
    half = len(ends) // 2
    assert [end[1:] for end in ends[:half]] == [end[1:] for end in ends[half:]]


def test_alt_and_arrows_change_the_width_of_the_column_and_a_double_click_on_its_edge_fits(grid):
    grid.go_to(0, NAME)
    before = grid.columnWidth(NAME)
    for _ in range(3):
        press(grid, Key.Key_Right, ALT)
    press(grid, Key.Key_Left, ALT)
    assert grid.columnWidth(NAME) == before + 32
    assert grid.current_cell() == (0, NAME)
    assert grid.widths()["name"] == before + 32, "kept with the view"
    for _ in range(40):
        press(grid, Key.Key_Left, ALT)
    assert grid.columnWidth(NAME) == grid.header().minimumSectionSize()
    header = grid.header()
    header.resizeSection(STATE, 300)
    edge = header.sectionViewportPosition(STATE) + 299
    QTest.mouseDClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, header.height() // 2)
    )
    assert 60 < grid.columnWidth(STATE) < 200, "as wide as its words need"
