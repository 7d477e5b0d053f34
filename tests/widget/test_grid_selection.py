# SPDX-License-Identifier: MIT
"""What Excel does within a selection, with its fill handle and its wheel."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.widget.grid_rig import (
    AREA,
    CODE,
    CTRL,
    LAND,
    LET,
    OWNER,
    SHIFT,
    STATE,
    Key,
    a_grid,
    place,
    press,
    type_text,
)
from tests.widget.grid_samples import SampleModel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def model(qapp):
    return SampleModel()


@pytest.fixture
def grid(qtbot, model):
    return a_grid(qtbot, model)


def at_handle(grid):
    return grid.fill_handle().center()


# ---- within a selection


def test_the_current_cell_is_where_the_selection_began(grid):
    grid.go_to(1, LAND)
    press(grid, Key.Key_Down, SHIFT)
    press(grid, Key.Key_Down, SHIFT)
    assert grid.current_cell() == (1, LAND)
    assert grid.selected_blocks() == [(1, LAND, 3, LAND)]
    press(grid, Key.Key_Down)
    assert grid.current_cell() == (2, LAND)


def test_enter_and_tab_go_round_within_the_selection_and_leave_it(grid):
    grid.go_to(1, LAND)
    grid.go_to(2, AREA, extend=True)
    went = []
    for key, held in (
        [(Key.Key_Return, None)] * 4
        + [(Key.Key_Tab, None)] * 2
        + [
            (Key.Key_Return, SHIFT),
            (Key.Key_Backtab, SHIFT),
        ]
    ):
        press(grid, key, held or Qt.KeyboardModifier.NoModifier)
        went.append(grid.current_cell())
    assert went == [
        (2, LAND), (1, AREA), (2, AREA), (1, LAND), (1, AREA), (2, LAND), (1, LAND), (2, AREA),
    ]  # fmt: skip
    assert grid.selected_blocks() == [(1, LAND, 2, AREA)]


def test_typing_goes_through_a_selection_cell_by_cell(grid, model):
    grid.go_to(0, LAND)
    grid.go_to(1, LAND, extend=True)
    for text in ("7", "8"):
        type_text(grid, text)
        QTest.keyClick(grid.open_editor(), Key.Key_Return)
    assert [row[LAND] for row in model.rows[:2]] == [Decimal(7), Decimal(8)]
    assert grid.current_cell() == (0, LAND)


def test_ctrl_enter_fills_the_selection_as_one_step(grid, model):
    grid.go_to(0, LAND)
    grid.go_to(3, LAND, extend=True)
    type_text(grid, "9")
    QTest.keyClick(grid.open_editor(), Key.Key_Return, CTRL)
    assert [row[LAND] for row in model.rows[:4]] == [Decimal(9)] * 4
    assert model.steps == ["ui.step_fill_selection"]
    assert grid.open_editor() is None
    assert grid.selected_blocks() == [(0, LAND, 3, LAND)]
    assert grid.hasFocus()


def test_a_text_that_no_cell_of_the_selection_takes_stays_in_the_editor(grid, model, qtbot):
    before = [row[LAND] for row in model.rows]
    grid.go_to(0, LAND)
    grid.go_to(1, LAND, extend=True)
    type_text(grid, "abc")
    QTest.keyClick(grid.open_editor(), Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: grid.open_editor() is not None)
    assert grid.open_editor().text() == "abc"
    assert [row[LAND] for row in model.rows] == before


def test_backspace_begins_a_blank_edit_of_one_cell_and_escape_takes_it_back(grid, model):
    before = [row[LAND] for row in model.rows]
    grid.go_to(0, LAND)
    grid.go_to(2, LAND, extend=True)
    press(grid, Key.Key_Backspace)
    assert grid.open_editor().text() == ""
    QTest.keyClick(grid.open_editor(), Key.Key_Escape)
    assert [row[LAND] for row in model.rows] == before


def test_shift_space_and_ctrl_space_select_rows_and_columns(grid):
    grid.go_to(2, LAND)
    press(grid, Key.Key_Space, CTRL)
    assert grid.selected_blocks() == [(0, LAND, 5, LAND)]
    grid.go_to(2, LAND)
    press(grid, Key.Key_Space, SHIFT)
    assert grid.selected_blocks() == [(2, CODE, 2, OWNER)]


def test_shift_f10_opens_the_menu_at_the_cell(grid):
    grid.go_to(1, LAND)
    press(grid, Key.Key_F10, SHIFT)
    (menu,) = grid.findChildren(QMenu)
    assert "Ctrl+V" in " ".join(action.text() for action in menu.actions())
    menu.close()


# ---- the fill handle


def test_a_double_click_on_the_handle_fills_down_beside_what_is_filled(grid, model):
    for row, name in zip(model.rows, "甲乙丙丁", strict=False):
        row[STATE], row[OWNER] = name, ""
    for row in model.rows[4:]:
        row[STATE], row[OWNER] = "", ""
    model.rows[0][OWNER] = "组1"
    model.reload()
    grid.set_shown_columns(["owner", "state"])
    state, owner = model.column_number("state"), model.column_number("owner")
    grid.go_to(0, owner)
    QTest.mouseDClick(grid.viewport(), LEFT, pos=at_handle(grid))
    shown = [model.cell(row, owner).text for row in range(6)]
    assert shown == ["组1", "组2", "组3", "组4", "", ""], "to the end of the column beside"
    assert model.steps == ["ui.step_fill_down"]
    assert grid.selected_blocks() == [(0, owner, 3, owner)]
    assert grid.open_editor() is None
    assert [model.cell(row, state).text for row in range(2)] == ["甲", "乙"]


def test_a_double_click_never_writes_over_what_stands_below(grid, model):
    for row in model.rows:
        row[OWNER] = ""
    model.rows[0][OWNER], model.rows[3][OWNER] = "甲", "乙"
    model.reload()
    grid.go_to(0, OWNER)
    QTest.mouseDClick(grid.viewport(), LEFT, pos=at_handle(grid))
    assert [row[OWNER] for row in model.rows[:4]] == ["甲", "甲", "甲", "乙"]


def test_dragging_the_handle_below_the_table_scrolls(qtbot, grid, model):
    grid.resize(900, 44 + 3 * 32)
    QApplication.processEvents()
    model.rows[0][LAND] = Decimal(5)
    model.reload()
    grid.go_to(0, LAND)
    QTest.mousePress(grid.viewport(), LEFT, pos=at_handle(grid))
    below = QPoint(place(grid, 0, LAND).x(), grid.viewport().height() + 12)
    QTest.mouseMove(grid.viewport(), below)
    qtbot.waitUntil(lambda: grid.rowAt(grid.viewport().height() - 1) == 5)
    QTest.mouseRelease(grid.viewport(), LEFT, pos=below)
    assert [row[LAND] for row in model.rows] == [Decimal(5)] * 6
    assert not grid._drag_clock.isActive()


# ---- the wheel


def test_ctrl_and_the_wheel_ask_for_another_zoom(grid, qtbot):
    at = QPointF(place(grid, 1, LET))
    for turned, step in ((120, 1), (-120, -1)):
        event = QWheelEvent(
            at, QPointF(grid.viewport().mapToGlobal(at.toPoint())), QPoint(), QPoint(0, turned),
            Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        with qtbot.waitSignal(grid.zoom_asked) as asked:
            QApplication.sendEvent(grid.viewport(), event)
        assert asked.args == [step]
