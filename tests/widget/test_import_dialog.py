# SPDX-License-Identifier: MIT
"""The import in four steps: what was understood, what is wrong, nothing stored before the end."""

import gc
import weakref
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.dropping import drop_file
from tests.widget.import_rig import (
    ROWS,
    a_ledger,
    buildings,
    click_cell,
    empty_project,
    go_on,
    opened,
    settle,
    three_buildings,
)
from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, unnamed
from workbench.ui.pages.imports import exports
from workbench.ui.pages.imports.dialog import ImportDialog
from workbench.ui.pages.imports.steps import STEPS
from workbench.ui.widgets.buttons import Button

rig = empty_project
ledger = three_buildings


def test_problems_are_listed_with_suggestions_and_counts_add_up(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    assert dialog.step() == "check"
    shown = {row.cells[2].text: row.cells[4].text for row in dialog.check.problems.table.rows()}
    assert shown["12400+600"] == "改为 13000（㎡）"
    assert shown["待测"] == "—"
    counts = dialog.preview().counts()
    assert counts["read"] == sum(counts[key] for key in counts if key != "read") == 4
    assert dialog._next.text() == "导入 3 行"


def test_one_suggestion_is_taken_and_the_original_text_stays(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    at = next(r.key for r in check.table.rows() if r.cells[2].text == "12400+600")
    check.table.choose(at)
    check.table.setFocus()
    QTest.keyClick(check.table, Qt.Key.Key_Return)
    assert check.value.text() == "13000"
    QTest.keyClick(check.value, Qt.Key.Key_Return)
    settle(rig, qtbot, dialog)
    assert (dialog.step(), buildings(rig)) == ("check", {})
    go_on(rig, qtbot, dialog)
    record = buildings(rig)["A2"]
    assert record.number("gfa_cert") == 13000
    assert record.origins["gfa_cert"].raw == "12400+600"


def test_a_typed_value_that_cannot_be_read_stays_in_the_field(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    at = next(r.key for r in check.table.rows() if r.cells[2].text == "待测")
    check._on_row(at)
    commit(check.value, "很大")
    QTest.keyClick(check.value, Qt.Key.Key_Return)
    assert check.value.property("state") == "error"
    before = len(check.table.rows())
    check.value.setText("")
    commit(check.value, "8600")
    qtbot.mouseClick(check.use, Qt.MouseButton.LeftButton)
    assert len(check.table.rows()) == before - 1


def test_all_suggestions_are_taken_at_once(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.check.take_all, Qt.MouseButton.LeftButton)
    assert all(row.cells[4].text == "—" for row in dialog.check.problems.table.rows())
    assert not dialog.check.take_all.isEnabled()


def test_nothing_is_stored_before_the_last_button_and_undo_takes_all_back(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    assert buildings(rig) == {}
    go_on(rig, qtbot, dialog)
    assert dialog.step() == "done"
    assert set(buildings(rig)) == {"A1", "A2", "A3"}
    assert rig.services.history.next_undo().label == "importing.label"
    qtbot.mouseClick(dialog._undo, Qt.MouseButton.LeftButton)
    assert buildings(rig) == {}
    assert rig.shell.toasts[-1] == "已撤销导入的 3 条记录"


def test_a_toast_after_the_import_offers_to_undo_it(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert rig.shell.went[-1] == ("ledger", "view:all")
    assert rig.shell.toasts[-1] == "已导入 3 条记录"
    rig.shell.actions[-1]()
    assert buildings(rig) == {}


def test_one_click_on_the_action_takes_the_suggestion(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    before = check.count()
    at = next(r.key for r in check.table.rows() if r.cells[2].text == "12400+600")
    click_cell(qtbot, check.table, at, 5)
    assert check.count() == before - 2, "and the total of the column agrees now"
    go_on(rig, qtbot, dialog)
    assert buildings(rig)["A2"].number("gfa_cert") == 13000


def test_problems_are_filtered_by_rule(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    check.rules.setCurrentIndex(check.rules.findData("not_a_number"))
    assert [row.cells[2].text for row in check.table.rows()] == ["待测"]


def test_the_cross_checks_are_shown_before_anything_is_stored(rig, qtbot, tmp_path):
    """V08W of §3.4 beside its cell, with the computed value as its suggestion."""
    head = ["园区名称", "楼栋编号", "楼栋名称", "可租面积", "已租面积", "出租率"]
    path = a_ledger(tmp_path / "出租.xlsx", [["东园", "A1", "一号", 1000, 500, "80%"]], head)
    dialog = opened(rig, qtbot, path)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    [row] = check.table.rows()
    assert row.cells[1].text == "出租率"
    assert "填报出租率80.00%，按填报已租面积计算为50.00%" in row.cells[3].text
    assert row.cells[4].text == "改为 50.00%"
    assert check.rules.itemText(1) == "V08 出租率与空置率 1"
    click_cell(qtbot, check.table, row.key, 5)
    assert check.table.rows() == ()
    go_on(rig, qtbot, dialog)
    assert buildings(rig)["A1"].number("occupancy") == Decimal("0.5")


def test_the_problem_list_is_written_where_the_person_wants_it(
    rig, qtbot, ledger, tmp_path, monkeypatch
):
    """US02 of §8.2: the problem list as a workbook."""
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr(exports, "choose_target", lambda *_: str(target))
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    book = load_workbook(target)
    assert book.sheetnames == ["问题清单", "与台账的差异", "不导入的行", "合计核对"]
    rows = list(book["问题清单"].iter_rows(min_row=2, values_only=True))
    assert ("台账.xlsx", "厂房", 3) in [row[:3] for row in rows]
    assert "12400+600" in [row[5] for row in rows]
    book.close()


def test_the_last_step_writes_what_became_of_every_row(rig, qtbot, ledger, tmp_path, monkeypatch):
    """Lesson 22 (reconcile counts aloud): the account of the rows can be handed on."""
    target = tmp_path / "报告.xlsx"
    monkeypatch.setattr(exports, "choose_target", lambda *_: str(target))
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    acts = {b.property("target"): b for b in dialog._done.lines.findChildren(Button)}
    qtbot.mouseClick(acts["report"], Qt.MouseButton.LeftButton)
    book = load_workbook(target)
    assert book.sheetnames[0] == "各行的去处"
    [account] = book["各行的去处"].iter_rows(min_row=2, values_only=True)
    assert account == ("台账.xlsx", "厂房", "楼栋", 4, 3, 0, 0, 1)
    assert [row[-1] for row in book["合计核对"].iter_rows(min_row=2, values_only=True)]
    book.close()
    qtbot.mouseClick(acts["view:missing"], Qt.MouseButton.LeftButton)
    assert rig.shell.went == [("ledger", "view:missing")]


def test_totals_are_compared_anew_when_a_value_was_mended(rig, qtbot, tmp_path):
    """V28: 5O00 left the sum short; the suggestion makes it whole."""
    rows = [[*ROWS[0][:3], "5O00", "出租", 1200], ["合计", None, None, 5000, None, 1200]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "合计.xlsx", rows))
    go_on(rig, qtbot, dialog)
    assert dialog.check._totals.isVisible()
    qtbot.mouseClick(dialog.check.take_all, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, dialog)
    assert not dialog.check._totals.isVisible()


def test_totals_of_the_file_that_disagree_are_said(rig, qtbot, tmp_path):
    rows = [ROWS[0], ["合计", None, None, 99999, None, 1200]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "合计.xlsx", rows))
    go_on(rig, qtbot, dialog)
    assert dialog.check._totals.isVisible()
    assert "99,999.00 ㎡" in dialog.check._totals._text.text()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04 not really", "已损坏"),
        ("空.xlsx", b"", "空文件"),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "不是表格"),
    ],
)
def test_an_unreadable_file_gets_one_sentence_and_nothing_happens(
    rig, qtbot, tmp_path, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content)
    dialog = opened(rig, qtbot, str(path))
    assert dialog.step() == "files"
    assert words in dialog.files._trouble._text.text()
    assert name in dialog.files._trouble._text.text()


def test_a_missing_file_gets_one_sentence(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot, str(tmp_path / "没有.xlsx"))
    assert "没有.xlsx" in dialog.files._trouble._text.text()


def test_enter_goes_on_once_a_file_is_chosen(rig, qtbot, ledger):
    dialog = opened(rig, qtbot)
    drop_file(dialog.files.zone, ledger)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(rig, qtbot, dialog)
    assert dialog.step() == "columns"


def test_files_are_dropped_and_removed(rig, qtbot, ledger):
    dialog = opened(rig, qtbot)
    assert not dialog.next_button.isEnabled()
    drop_file(dialog.files.zone, ledger)
    assert dialog.files.files == [ledger]
    assert dialog.next_button.isEnabled()
    dialog.files.set_files([])
    assert not dialog.next_button.isEnabled()


def test_escape_stops_reading_and_stores_nothing(rig, qtbot, ledger):
    dialog = ImportDialog(rig.context, rig.host, [ledger])
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not rig.tasks.is_busy())
    assert buildings(rig) == {}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_step_is_named_in_both_languages(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "台账.xlsx"))
    for step in STEPS:
        dialog._show_step(step)
        assert unnamed(dialog) == []
    rig.close()


def test_a_closed_dialog_is_collected(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    gone = weakref.ref(dialog)
    dialog.close_dialog()
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    assert gone() is None


def test_an_earlier_import_is_taken_back_or_says_what_was_built_on_it(rig, qtbot, ledger):
    first = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, first)
    go_on(rig, qtbot, first)
    first.close_dialog()
    a1 = buildings(rig)["A1"]
    rig.services.editing.edit("building", a1.key, "note", "已核对")
    again = opened(rig, qtbot)
    undo = next(b for b in again.files.past.findChildren(Button) if b.property("batch"))
    assert undo.accessibleName() == "整批撤销 台账.xlsx"
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, again)
    assert "一号厂房" in again.files._trouble._text.text()
    assert len(buildings(rig)) == 3
    rig.services.history.undo()
    qtbot.mouseClick(undo_button(again), Qt.MouseButton.LeftButton)
    settle(rig, qtbot, again)
    assert buildings(rig) == {}
    assert not again.files.past.isVisible()


def undo_button(dialog):
    QApplication.processEvents()  # what a layout takes in is shown by the next event
    past = dialog.files.past
    return next(b for b in past.findChildren(Button) if b.property("batch") and b.isVisible())
