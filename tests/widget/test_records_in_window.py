# SPDX-License-Identifier: MIT
"""Work on whole records in the window, by mouse and keys: dialogs, their notices, what undoes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox

from tests.widget.input_method import commit, compose
from tests.widget.window_rig import CTRL, SHIFT, page, settle
from workbench.application.project import cleaning
from workbench.application.project.evidencing import Owner
from workbench.bootstrap import Program
from workbench.ui.pages.ledger.bulk_dialog import BulkDialog
from workbench.ui.pages.ledger.duplicates_dialog import DuplicatesDialog
from workbench.ui.pages.ledger.join_dialog import JoinDialog
from workbench.ui.pages.ledger.merge_dialog import MergeDialog
from workbench.ui.pages.settings.clean_button import CleanDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.label import Label

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def services(window):
    return window.context.services


def open_dialog(window, kind):
    """Return the dialog of a kind that is on screen."""
    [dialog] = [made for made in window.findChildren(kind) if made.isVisible()]
    return dialog


def words(widget):
    QApplication.processEvents()
    return "\n".join(made.text() for made in widget.findChildren(Label) if made.isVisible())


def press(key, mods=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, mods)
    QApplication.processEvents()


def tick(box: QCheckBox):
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    QApplication.processEvents()


def notice(window):
    toast = window.shell.toast
    return toast if toast.isVisible() else None


def test_two_names_of_one_firm_are_merged_by_keys_and_the_notice_takes_it_back(
    window, services, qtbot
):
    window.go("ledger", "duplicates")
    settle(qtbot, window)
    listed = open_dialog(window, DuplicatesDialog)
    assert not listed.table.isVisible(), "no bare heading over nothing"
    assert "权证号" in words(listed.findChild(EmptyState)), "and it says what was compared"
    services.editing.add("enterprise", {"name": "华川电子股份公司", "scale": "规上"})
    settle(qtbot, window)
    assert listed.table.isVisible()
    listed.table.setFocus()
    press(Key.Key_Return)
    merge = open_dialog(window, MergeDialog)
    press(Key.Key_Space)
    assert merge.chosen() == {"name": "kept"}
    QTest.mouseClick(merge.button, LEFT)
    settle(qtbot, window)
    assert [row.label for row in services.querying.records("enterprise")] == [
        "华川电子股份有限公司"
    ]
    assert "已合并到“华川电子股份有限公司”" in words(notice(window))
    QTest.mouseClick(notice(window).findChild(Button), LEFT)
    settle(qtbot, window)
    assert len(services.querying.records("enterprise")) == 2
    assert len(listed.table.rows()) == 1, "the list follows"


def test_parcels_chosen_in_the_table_are_ticked_and_others_found_by_words(window, services, qtbot):
    park = window.context.park_key
    for number in range(3, 11):
        land = {"code": f"G{number}", "name": f"南区{number}号", "park": park, "area_cert": "10亩"}
        services.editing.add("parcel", land)
    window.go("ledger", "table:parcel")
    settle(qtbot, window)
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(3, 0)
    press(Key.Key_Down, SHIFT)
    page(window).show_target("join")
    settle(qtbot, window)
    dialog = open_dialog(window, JoinDialog)
    assert "南区4号" in dialog.accessibleName() or "南区5号" in dialog.accessibleName()
    assert "合并 2 宗" in dialog.join_button.text(), "what was chosen in the table"
    dialog.choice.search.setFocus()
    compose(dialog.choice.search, "nanqu")
    commit(dialog.choice.search, "南区9")
    shown = [box for box in dialog.choice.ticks.values() if box.isVisible()]
    qtbot.waitUntil(lambda: sum(box.isVisible() for box in dialog.choice.ticks.values()) == 2)
    [found] = [box for box in shown if "南区9号" in box.text()]
    tick(found)
    assert "合并 3 宗" in dialog.join_button.text()
    compose(dialog.reason, "x")
    commit(dialog.reason, "图上相邻")
    QTest.mouseClick(dialog.join_button, LEFT)
    settle(qtbot, window)
    assert len(services.querying.records("parcel")) == 8
    assert page(window).tabs.current() == "parcel", "whoever works with parcels stays there"
    press(Key.Key_Z, CTRL)
    settle(qtbot, window)
    assert len(services.querying.records("parcel")) == 10


def test_a_change_of_many_begins_with_the_field_under_the_cursor(window, qtbot):
    window.go("ledger", "table:building")
    settle(qtbot, window)
    sheet = page(window).sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(0, sheet.model.column_number("use_status"))
    press(Key.Key_Down, SHIFT)
    press(Key.Key_E, CTRL | SHIFT)
    settle(qtbot, window)
    [line] = open_dialog(window, BulkDialog).lines
    assert line.key() == "use_status"


def test_files_are_cleaned_away_only_after_the_dialog_and_its_reason_is_kept_through_esc(
    window, services, qtbot, tmp_path, monkeypatch
):
    monkeypatch.setattr(cleaning, "SEARCHED", 1)
    scan = tmp_path / "旧图.jpg"
    scan.write_bytes(b"x" * 3000)
    park = window.context.park_key
    [key] = services.evidencing.attach(Owner("park", park), [str(scan)])
    services.evidencing.detach(key)
    services.editing.edit("park", park, "note", "一")
    window.go("settings", "backups")
    settle(qtbot, window)
    button = page(window).backups.clean
    QTest.mouseClick(button, LEFT)
    settle(qtbot, window)
    dialog = open_dialog(window, CleanDialog)
    assert "旧图.jpg" in words(dialog)
    dialog.reason.setFocus()
    compose(dialog.reason, "guidang")
    commit(dialog.reason, "旧图已经归档")
    press(Key.Key_Escape)
    assert services.keeping.cleaning.look().found, "Esc cleans nothing"
    QTest.mouseClick(button, LEFT)
    settle(qtbot, window)
    dialog = open_dialog(window, CleanDialog)
    assert dialog.reason.text() == "旧图已经归档"
    QTest.mouseClick(dialog.button, LEFT)
    settle(qtbot, window)
    assert not services.keeping.cleaning.look().found
    assert services.querying.operations(1)[0].reason == "旧图已经归档"
    assert "已清理 1 份" in words(notice(window))


def test_a_refused_undo_is_closed_by_esc_and_the_table_has_the_keys_again(window, services, qtbot):
    window.go("ledger")
    settle(qtbot, window)
    sheet = page(window).sheet()
    record = sheet.model.record_at(0)
    services.editing.edit("parcel", record.key, "name", "甲地块")
    colleague = Program()
    colleague.settings = replace(colleague.settings, actor="李工")
    other = colleague.open(services.project)
    try:
        other.editing.edit("parcel", record.key, "name", "别处改的名字")
    finally:
        other.close()
    sheet.grid.setFocus()
    press(Key.Key_Z, CTRL)
    settle(qtbot, window)
    dialog = open_dialog(window, Dialog)
    assert "李工" in words(dialog)
    assert "别处改的名字" in words(dialog)
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    assert sheet.grid.hasFocus()
    assert services.querying.record("parcel", record.key).label == "别处改的名字"
