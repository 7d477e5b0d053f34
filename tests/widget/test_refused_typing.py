# SPDX-License-Identifier: MIT
"""What cannot be read is never lost: it waits where it was typed, through exit and crash."""

import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import small_park
from workbench.storage import engine
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.pages.scenario.page import ScenarioPage

Key = Qt.Key
rig = small_park


def next_run(rig):
    """The same project after the program has ended and begun again."""
    rig.context.drafts.flush()
    rig.context = UiContext(rig.program, rig.services, rig.tasks, rig.shell)


def at_area(page, table="building"):
    page.tabs.choose(table)
    grid, model = page.sheet().grid, page.sheet().model
    number = model.column_number("floor_area" if table == "assets" else "gfa_actual")
    row = next(r for r in range(model.rowCount()) if model.record_at(r).get("code") == "B1")
    grid.setFocus()
    grid.go_to(row, number)
    return grid


def type_text(grid, text):
    for letter in text:
        QTest.keyClicks(grid.open_editor() or grid, letter)


@pytest.mark.parametrize("table", ["building", "assets"])
def test_a_refused_text_waits_in_its_cell_through_exit_until_it_is_mended(rig, qtbot, table):
    page = rig.show(LedgerPage)
    grid = at_area(page, table)
    type_text(grid, "2x")
    row, column = grid.current_cell()
    other = grid.visualRect(grid.grid_model().index(row + 1, column)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=other)
    qtbot.waitUntil(lambda: grid.open_editor() is None)
    assert rig.shell.toasts[-1].endswith("输入的内容已留在这一格：双击或按 F2 接着改。")
    next_run(rig)
    grid = at_area(rig.show(LedgerPage), table)
    QTest.keyClick(grid, Key.Key_F2)
    editor = grid.open_editor()
    assert (editor.text(), editor.property("state")) == ("2x", "error")
    QTest.keyClick(editor, Key.Key_Backspace)
    QTest.keyClicks(editor, "000")
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: grid.open_editor() is None)
    record = rig.services.querying.record("building", rig.keys["B1"])
    assert record.get("gfa_actual") == Decimal(2000)
    assert rig.context.drafts.all() == {}


def test_what_is_typed_while_another_program_holds_the_project_stays_and_enter_tries_again(
    rig, qtbot, monkeypatch
):
    monkeypatch.setattr(engine, "QUICK", 0.02)
    grid = at_area(rig.show(LedgerPage))
    with closing(sqlite3.connect(rig.services.project, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        type_text(grid, "12345")
        QTest.keyClick(grid.open_editor(), Key.Key_Return)
        qtbot.waitUntil(lambda: "正被其他程序使用" in rig.shell.toasts[-1])
        qtbot.waitUntil(lambda: grid.open_editor() is not None)
        assert grid.open_editor().text() == "12345"
        assert rig.context.drafts.all()
        other.execute("ROLLBACK")
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    record = rig.services.querying.record("building", rig.keys["B1"])
    assert record.number("gfa_actual") == 12345
    assert not rig.context.drafts.all()


def test_leaving_the_page_with_a_refused_text_in_the_editor_keeps_it_and_esc_gives_it_up(rig):
    page = rig.show(LedgerPage)
    grid = at_area(page)
    type_text(grid, "2x")
    page.leave()
    [draft] = rig.context.drafts.all().values()
    assert draft.state == "2x"
    assert draft.title.startswith("研发一号楼的")
    QTest.keyClick(grid, Key.Key_F2)
    QTest.keyClick(grid.open_editor(), Key.Key_Escape)
    QApplication.processEvents()
    assert rig.context.drafts.all() == {}
    QTest.keyClick(grid, Key.Key_F2)
    assert grid.open_editor().text() != "2x"
    QTest.keyClick(grid.open_editor(), Key.Key_Escape)


# ---- the inputs of a scenario


def scenario(rig):
    services, park = rig.services, rig.context.park_key
    return services.scenarios.create("转让", "transfer", rig.program.today(), park_key=park)


def type_into(page, key, text):
    editor = page.inputs.lines[key].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    return editor


def test_an_unreadable_input_of_a_scenario_waits_in_its_line_through_exit(rig, qtbot):
    record = scenario(rig)
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    type_into(page, "price", "12x")
    type_into(page, "cit_rate", "20")
    rig.settle(qtbot)
    price = page.inputs.lines["price"].editor
    assert (price.text(), price.property("state")) == ("12x", "error"), "another input keeps it"
    next_run(rig)
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    editor = page.inputs.lines["price"].editor
    assert (editor.text(), editor.property("state")) == ("12x", "error")
    [draft] = rig.context.drafts.all().values()
    assert draft.title == "测算方案“转让”的转让价款（含税）"
    type_into(page, "price", "1200")
    rig.settle(qtbot)
    stated = rig.services.scenarios.stated(rig.services.scenarios.find(record.key))
    assert stated["price"] == Decimal(12_000_000)
    assert rig.context.drafts.all() == {}


def test_an_unreadable_input_that_is_emptied_goes_back_to_its_source(rig, qtbot):
    scenario(rig)
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    editor = type_into(page, "cit_rate", "2o")
    assert [draft.state for draft in rig.context.drafts.all().values()] == ["2o"]
    editor.selectAll()
    QTest.keyClick(editor, Key.Key_Delete)
    QTest.keyClick(editor, Key.Key_Return)
    rig.settle(qtbot)
    assert rig.context.drafts.all() == {}
