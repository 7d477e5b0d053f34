# SPDX-License-Identifier: MIT
"""Blocks of cells (ux §7): clipboard, fill and clear, each with real events."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.grid_rig import (
    AREA,
    CTRL,
    LAND,
    LET,
    NAME,
    OWNER,
    SHIFT,
    UNTIL,
    Key,
    clipboard,
    finds,
    place,
    press,
    sample_grid,
    sample_model,
)
from workbench.ui.widgets.grid.protocol import PasteOutcome

model = sample_model
grid = sample_grid


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
    assert wanted.args == [1], "above the first of the rows that are chosen"


def test_find_goes_round_and_f3_goes_on(qtbot, grid):
    with qtbot.waitSignal(grid.find_asked):
        press(grid, Key.Key_F, CTRL)
    assert finds(grid, "标准厂房")
    assert grid.current_cell() == (1, NAME)
    press(grid, Key.Key_F3)
    assert grid.current_cell() == (0, NAME)
    assert not finds(grid, "没有这个词")


def drag_handle(grid, to, modifiers=Qt.KeyboardModifier.NoModifier):
    start, left = grid.fill_handle().center(), Qt.MouseButton.LeftButton
    QTest.mousePress(grid.viewport(), left, modifiers, start)
    QTest.mouseMove(grid.viewport(), to)
    QTest.mouseRelease(grid.viewport(), left, modifiers, to)


def test_dragging_two_numbers_goes_on_with_their_step_and_ctrl_repeats_them(grid, model):
    model.rows[0][LAND], model.rows[1][LAND] = Decimal(10), Decimal("12.5")
    model.reload()
    for modifiers, wanted in (
        (Qt.KeyboardModifier.NoModifier, ["15.0", "17.5", "20.0"]),
        (CTRL, ["10", "12.5", "10"]),
    ):
        grid.go_to(0, LAND)
        grid.go_to(1, LAND, extend=True)
        drag_handle(grid, place(grid, 4, LAND), modifiers)
        assert [row[LAND] for row in model.rows[2:5]] == [Decimal(text) for text in wanted]


def test_dragging_a_numbered_name_counts_on_and_upwards_backwards(grid, model):
    model.rows[2][OWNER], model.rows[3][OWNER] = "组3", "组4"
    model.reload()
    grid.go_to(3, OWNER)
    drag_handle(grid, place(grid, 5, OWNER))
    assert [row[OWNER] for row in model.rows[4:6]] == ["组5", "组6"]
    grid.go_to(2, OWNER)
    grid.go_to(3, OWNER, extend=True)
    drag_handle(grid, place(grid, 0, OWNER))
    assert [row[OWNER] for row in model.rows[:4]] == ["组1", "组2", "组3", "组4"]


def test_ctrl_d_repeats_and_never_counts(grid, model):
    model.rows[0][OWNER] = "组1"
    model.reload()
    grid.go_to(0, OWNER)
    grid.go_to(2, OWNER, extend=True)
    press(grid, Key.Key_D, CTRL)
    assert [row[OWNER] for row in model.rows[:3]] == ["组1"] * 3


def test_no_fill_copies_the_blank_of_a_group_s_heading(grid, model):
    """Ctrl+D, Ctrl+R and the handle pass over headings; nothing is cleared by them."""
    model.set_group("state")
    headings = [row for row in range(model.rowCount()) if model.source_row(row) < 0]
    before = [list(row) for row in model.rows]
    first = headings[1] + 1
    grid.go_to(first, NAME)
    press(grid, Key.Key_D, CTRL)
    above = model.cell(headings[1] - 1, NAME).edit
    assert model.cell(first, NAME).edit == above
    model.rows = [list(row) for row in before]
    model.reload()
    grid.select_block((0, NAME, model.rowCount() - 1, NAME))
    press(grid, Key.Key_D, CTRL)
    top = model.cell(1, NAME).edit
    assert top
    assert {row[NAME] for row in model.rows} == {top}
    grid.written(grid.blocks.drag_fill((1, NAME, 1, NAME), (1, NAME, 4, NAME)))
    assert {row[NAME] for row in model.rows} == {top}
