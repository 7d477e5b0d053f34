# SPDX-License-Identifier: MIT
"""Editing cells of the table (ux §7) with keys, mouse and input methods."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.grid_rig import (
    ALT,
    CODE,
    LAND,
    NAME,
    OWNER,
    STATE,
    Key,
    click,
    place,
    press,
    sample_grid,
    sample_model,
    type_text,
)
from tests.widget.input_method import commit, compose

model = sample_model
grid = sample_grid


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


def test_words_that_come_without_being_composed_replace_the_cell(qtbot, grid):
    grid.go_to(0, OWNER)
    commit(grid, "，")
    commit(grid.open_editor(), "王五")
    assert grid.open_editor().text() == "，王五"
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    assert grid.grid_model().cell(0, OWNER).text == "，王五"


def test_words_that_come_with_the_next_ones_being_composed_are_all_kept(qtbot, grid):
    grid.go_to(0, OWNER)
    event = QInputMethodEvent("liu", [])
    event.setCommitString("赵")
    QApplication.sendEvent(grid, event)
    editor = grid.open_editor()
    assert (editor.text(), editor.composing) == ("赵", True)
    commit(editor, "六")
    QTest.keyClick(editor, Key.Key_Return)
    assert grid.grid_model().cell(0, OWNER).text == "赵六"


def test_a_cell_that_cannot_be_edited_takes_no_words(qtbot, grid):
    grid.go_to(0, CODE)
    commit(grid, "王五")
    assert grid.open_editor() is None
