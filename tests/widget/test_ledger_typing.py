# SPDX-License-Identifier: MIT
"""Typing in the ledger tables: how a text was read, input methods in every editor kind, fixes."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit, compose
from tests.widget.ledger_rig import lasting_park, shared_ledger, shared_park, small_park

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
lasting = lasting_park
rig = shared_park
page = shared_ledger
fresh = small_park


def go(page, table, code, column):
    page.tabs.choose(table)
    sheet = page.sheet()
    sheet.grid.setFocus()
    model = sheet.model
    codes = [{model.record_at(r).get(f) for f in ("code", "contract_no")}
             for r in range(model.rowCount())]  # fmt: skip
    row = next(at for at, known in enumerate(codes) if code in known)
    number = model.column_number(column)
    sheet.grid.setColumnHidden(number, False)
    sheet.grid.go_to(row, number)
    return sheet.grid


def kept(rig, table, code, field):
    return rig.services.querying.record(table, rig.keys[code]).get(field)


# ---- what is meant, and how it was read (E2, E3: one unit for each field, the raw text kept)


@pytest.mark.parametrize(
    ("table", "code", "column", "typed", "stored", "told"),
    [
        ("parcel", "G1", "area_cert", "3.33ha", Decimal(33300), "“3.33ha”读作 49.95 亩。"),
        ("parcel", "G1", "area_cert", "50亩", Decimal("33333.333333"), "“50亩”读作 50.00 亩。"),
        ("building", "B1", "gfa_actual", "3.7万", Decimal(37000), "“3.7万”读作 37,000.00 ㎡。"),
        ("building", "B1", "net_value", "1341万", Decimal(13410000), "读作 1,341.00 万元。"),
        ("parcel", "G1", "end_on", "2035.6", date(2035, 6, 30), "“2035.6”读作 2035-06-30。"),
        ("building", "B1", "use_status", "在租", "出租", "“在租”读作 出租。"),
        ("parcel", "G1", "area_cert", "５０亩", Decimal("33333.333333"), "“５０亩”读作 50.00 亩。"),
        ("building", "B1", "gfa_actual", "约3.7万㎡", Decimal(37000), "“约3.7万㎡”读作 约 37,000"),
        ("parcel", "G1", "end_on", "2035年6月底", date(2035, 6, 30), "“2035年6月底”读作"),
        ("building", "B1", "gfa_actual", "-", None, "“-”读作未填（未知），不是 0。"),
    ],
)
def test_what_is_typed_is_understood_and_the_reading_is_told(
    rig, page, table, code, column, typed, stored, told
):
    grid = go(page, table, code, column)
    compose(grid, "x")
    commit(grid.open_editor(), typed)
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    assert kept(rig, table, code, column) == stored
    assert told in rig.shell.toasts[-1]


def test_what_is_shown_as_it_was_typed_is_not_explained(rig, page):
    grid = go(page, "building", "B1", "gfa_actual")
    compose(grid, "x")
    commit(grid.open_editor(), "12,000")
    QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    assert kept(rig, "building", "B1", "gfa_actual") == 12000
    assert rig.shell.toasts == []


# ---- input methods, in every kind of editor

KINDS = [
    ("text", "building", "B1", "name", "一号研发楼", "一号研发楼"),
    ("number", "building", "B1", "gfa_actual", "三点七万", None),
    ("date", "building", "B1", "built_on", "二〇一二年六月", None),
    ("choice", "building", "B1", "use_status", "空置", "空置"),
    ("three-state", "parcel", "G1", "seizure", "是", True),
    ("reference", "lease", "L1", "building", "研发二号楼", None),
]


def typed_into(page, table, code, column, text):
    """Begin with what an input method shows first, then choose the characters."""
    grid = go(page, table, code, column)
    compose(grid, "pin yin")
    editor = grid.open_editor()
    assert editor is not None
    commit(grid, text)  # the table has the focus until the first word is chosen
    assert editor.text() == text
    assert editor.hasFocus()
    return grid


@pytest.mark.parametrize(("kind", "table", "code", "column", "text", "stored"), KINDS)
@pytest.mark.parametrize("leaving", ["page", "focus", "enter"])
def test_composed_text_survives_leaving_in_every_kind_of_editor(
    rig, page, qtbot, kind, table, code, column, text, stored, leaving
):
    before = kept(rig, table, code, column)
    grid = typed_into(page, table, code, column, text)
    if leaving == "page":
        page.leave()
    elif leaving == "focus":
        page.sheet().search.setFocus()
    else:
        QTest.keyClick(grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    now = kept(rig, table, code, column)
    if stored is not None:
        assert now == stored
    elif now == before:  # refused, so said with the text and, by key, still in the editor
        assert text in rig.shell.toasts[-1] or grid.open_editor().text() == text
    else:
        assert now is not None


@pytest.mark.parametrize("leaving", ["page", "focus", "save"])
@pytest.mark.parametrize("first", [True, False])
def test_what_is_still_being_composed_is_kept_too(rig, page, leaving, first):
    grid = go(page, "building", "B1", "name")
    compose(grid, "yan")
    if not first:
        commit(grid, "新")
        compose(grid.open_editor(), "yan fa")
    if leaving == "focus":
        page.sheet().search.setFocus()
    else:  # Ctrl+S, undo, another page and closing the window all ask the page to finish
        page.leave()
    QApplication.processEvents()
    assert kept(rig, "building", "B1", "name") == ("yan" if first else "新yan fa")
    assert grid.open_editor() is None


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape, Key.Key_Space])
def test_keys_belong_to_the_input_method_while_it_composes(rig, page, key):
    grid = go(page, "building", "B1", "name")
    compose(grid, "yan")
    commit(grid, "研")
    editor = grid.open_editor()
    compose(editor, "fa lou")
    QTest.keyClick(editor, key)
    assert grid.open_editor() is editor
    assert kept(rig, "building", "B1", "name") == "研发一号楼"
    commit(editor, "发楼")
    page.leave()
    assert kept(rig, "building", "B1", "name").startswith("研")


def test_a_composition_never_finished_leaves_the_value_as_it_was(rig, page):
    grid = go(page, "building", "B1", "name")
    compose(grid, "yan")
    compose(grid.open_editor(), "")
    QTest.keyClick(grid.open_editor(), Key.Key_Escape)
    assert kept(rig, "building", "B1", "name") == "研发一号楼"


# ---- findings in place


def test_alt_enter_takes_the_suggestion_as_one_step(rig, page):
    rig.services.editing.edit("building", rig.keys["B1"], "occupancy", "90%")
    grid = go(page, "building", "B1", "occupancy")
    index = page.sheet().model.index(*grid.current_cell())
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "建议值 46.62，按 Alt+Enter 采用" in tip
    QTest.keyClick(grid, Key.Key_Return, ALT)
    QApplication.processEvents()
    assert kept(rig, "building", "B1", "occupancy") == Decimal("0.4662")
    assert index.data(Qt.ItemDataRole.ToolTipRole) is None
    assert rig.services.history.next_undo().label == "ledger_problems.fix"
    rig.shell.actions[-1]()
    assert kept(rig, "building", "B1", "occupancy") == Decimal("0.9")


def heads_of(problems):
    tree = problems.list
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def test_the_list_of_problems_groups_jumps_and_takes(rig, page, qtbot):
    rig.services.editing.edit("building", rig.keys["B1"], "occupancy", "90%")
    rig.services.editing.edit("building", rig.keys["B2"], "occupancy", "112%")
    qtbot.mouseClick(page._problems_button, Qt.MouseButton.LeftButton)
    problems = page.problems
    heads = heads_of(problems)
    assert any(head.startswith("V01E") for head in heads)
    assert any(head.startswith("V08W") for head in heads)
    assert "错误 1" in problems._count.text()
    qtbot.mouseClick(problems.order.button("record"), Qt.MouseButton.LeftButton)
    heads = heads_of(problems)
    assert any(head.startswith("研发一号楼") for head in heads)
    group = next(n for n, head in enumerate(heads) if head.startswith("研发一号楼"))
    item = problems.list.topLevelItem(group).child(0)
    problems.list.setCurrentItem(item)
    place = problems.list.visualItemRect(item).center()
    qtbot.mouseClick(problems.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.sheet().current_record().key == rig.keys["B1"]
    assert problems.take.isEnabled()
    qtbot.mouseClick(problems.take, Qt.MouseButton.LeftButton)
    assert kept(rig, "building", "B1", "occupancy") == Decimal("0.4662")


def test_f8_s_next_problem_goes_round_the_errors_first(rig, page):
    rig.services.editing.edit("building", rig.keys["B2"], "occupancy", "112%")
    page.next_problem()
    assert page.sheet().current_record().key == rig.keys["B2"]


# ---- redo that a new step buries


def test_the_first_new_step_names_what_can_no_longer_be_redone(fresh):
    rig = fresh
    edit, history = rig.services.editing.edit, rig.services.history
    edit("building", rig.keys["B1"], "name", "甲")
    edit("building", rig.keys["B1"], "name", "乙")
    history.undo()
    history.undo()
    assert history.buried() == []
    edit("building", rig.keys["B2"], "name", "丙")
    assert [step.label for step in history.buried()] == ["editing.edit_cell"] * 2
    edit("building", rig.keys["B2"], "name", "丁")
    assert history.buried() == []
    history.undo()
    history.undo()
    assert history.next_redo() is not None
