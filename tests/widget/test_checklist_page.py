# SPDX-License-Identifier: MIT
"""The checklist: statuses with evidence, refusals in words, undo, keyboard, gates."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.widget.checklist_rig import (
    assessment_begun,
    button,
    drop,
    forget_typing,
    lasting_checklist,
    open_dialog,
    scanned_paper,
    shared_assessment,
    shared_checklist,
    state,
)
from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from workbench.application.naming import step_words
from workbench.domain.checklist.state import ItemStatus
from workbench.ui.pages.assessment.dialogs import PathwaysDialog, StartDialog
from workbench.ui.pages.checklist.page import ChecklistPage
from workbench.ui.pages.evidence import files as evidence_files
from workbench.ui.widgets.buttons import Button, IconButton

rig = one_park
own = assessment_begun
lasting = lasting_checklist
begun = shared_assessment
page = shared_checklist
paper = scanned_paper


def test_done_without_evidence_is_refused_beside_the_item(page, qtbot):
    """domain §6: an item with no evidence cannot be 已完成."""
    page.items.setFocus()
    qtbot.keyClick(page.items, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert state(page, "S1-01").status is ItemStatus.UNKNOWN
    assert "S1-01还没有证据" in page.panel.refusal()
    assert "S1-01还没有证据" in page.items.lines()[0].spoken()


def test_a_dropped_file_becomes_evidence_and_then_the_item_can_be_done(page, begun, qtbot, paper):
    drop(page, paper)
    begun.settle(qtbot)
    assert state(page, "S1-01").evidence_count == 1
    page.items.setFocus()
    qtbot.keyClick(page.items, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert state(page, "S1-01").status is ItemStatus.DONE
    assert page.panel.refusal() == ""
    begun.services.history.undo()
    assert state(page, "S1-01").status is ItemStatus.UNKNOWN
    begun.services.history.undo()
    assert state(page, "S1-01").evidence_count == 0


def test_an_empty_file_is_refused_with_its_name(page, begun, qtbot, tmp_path):
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    drop(page, empty)
    begun.settle(qtbot)
    [error] = begun.shell.errors
    assert error.params["name"] == "空.pdf"
    assert state(page, "S1-01").evidence_count == 0


def test_the_mark_of_an_item_opens_the_statuses(page, qtbot):
    box = page.items.visualRect(page.items.model().index(1, 0))
    spot = QPoint(box.left() + 30, box.center().y())
    qtbot.mouseClick(page.items.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    [partly] = [a for a in menu.actions() if a.text() == "部分完成"]
    partly.trigger()
    menu.close()
    assert state(page, "S1-02").status is ItemStatus.PARTIAL


def test_space_opens_the_statuses_and_changes_nothing_by_itself(page, qtbot):
    page.items.setFocus()
    qtbot.keyClick(page.items, Qt.Key.Key_Space)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    QApplication.activePopupWidget().close()
    assert state(page, "S1-01").status is ItemStatus.UNKNOWN


def test_not_applicable_waits_for_its_reason(page, qtbot):
    """domain §6: 不适用 needs a reason."""
    page.items.choose("S1-08")
    page.set_status("S1-08", ItemStatus.NOT_APPLICABLE)
    assert state(page, "S1-08").status is ItemStatus.UNKNOWN
    assert page.panel.reason.isVisibleTo(page)
    page.panel.reason.insert("园区尚未招商")
    qtbot.keyClick(page.panel.reason, Qt.Key.Key_Return)
    assert state(page, "S1-08").status is ItemStatus.NOT_APPLICABLE
    assert state(page, "S1-08").reason == "园区尚未招商"


def test_owner_due_date_and_note_are_kept_as_typed(page, qtbot):
    page.panel.owner.insert("王海涛")
    qtbot.keyClick(page.panel.owner, Qt.Key.Key_Return)
    page.panel.due.insert("2026.11.16")
    qtbot.keyClick(page.panel.due, Qt.Key.Key_Return)
    page.panel.note.setFocus()
    page.panel.note.insertPlainText("法院十一月回函")
    page.items.setFocus()
    kept = state(page, "S1-01")
    assert (kept.owner, kept.due, kept.note) == ("王海涛", date(2026, 11, 16), "法院十一月回函")
    assert page.items.lines()[0].overdue_days == 7
    assert page.badge() == ("1", "warn")


def test_what_is_no_date_stays_and_says_so(page, qtbot):
    page.panel.due.insert("下周三")
    qtbot.keyClick(page.panel.due, Qt.Key.Key_Return)
    assert page.panel.due.text() == "下周三"
    assert page.panel.due.property("state") == "error"
    assert state(page, "S1-01").due is None


def test_evidence_can_be_removed_and_the_removal_taken_back(page, begun, qtbot, paper):
    drop(page, paper)
    begun.settle(qtbot)
    qtbot.mouseClick(button(page, IconButton, f"移除 {paper.name}"), Qt.MouseButton.LeftButton)
    assert state(page, "S1-01").evidence_count == 0
    begun.shell.actions[-1]()
    assert state(page, "S1-01").evidence_count == 1


def test_the_last_evidence_of_a_done_item_is_not_removed(page, begun, qtbot, paper):
    drop(page, paper)
    begun.settle(qtbot)
    page.set_status("S1-01", ItemStatus.DONE)
    qtbot.mouseClick(button(page, IconButton, f"移除 {paper.name}"), Qt.MouseButton.LeftButton)
    assert state(page, "S1-01").evidence_count == 1
    assert "S1-01还没有证据" in page.panel.refusal()


def test_evidence_is_exported_byte_for_byte(page, begun, qtbot, paper, tmp_path, monkeypatch):
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(evidence_files, "choose_target", lambda *_: str(target))
    drop(page, paper)
    begun.settle(qtbot)
    qtbot.mouseClick(button(page, IconButton, f"另存 {paper.name}"), Qt.MouseButton.LeftButton)
    begun.settle(qtbot)
    assert target.read_bytes() == paper.read_bytes()


def test_choosing_pathways_brings_their_items(page, qtbot):
    assert page.sheet().pathways == ()
    before = {item.id for item in page.sheet().items}
    qtbot.mouseClick(button(page, Button, "选择路径"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(page, PathwaysDialog)
    dialog.choice.box("P02").click()
    qtbot.mouseClick(button(dialog, Button, "应用 1 条路径"), Qt.MouseButton.LeftButton)
    assert page.sheet().pathways == ("P02",)
    assert "S1-09" in {item.id for item in page.sheet().items} - before


def test_an_assessment_begins_from_the_empty_page(rig, qtbot):
    page = rig.show(ChecklistPage)
    assert page.sheet() is None
    buttons = [b for b in page.findChildren(Button) if b.text().strip() == "新建评估"]
    [start] = [b for b in buttons if b.isVisibleTo(page)]
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    dialog = open_dialog(page, StartDialog)
    dialog.as_of.clear()
    qtbot.keyClicks(dialog.as_of, "2026-13-40")
    qtbot.mouseClick(button(dialog, Button, "开始评估"), Qt.MouseButton.LeftButton)
    assert "2026-13-40" in dialog.refusal()
    dialog.as_of.clear()
    qtbot.keyClicks(dialog.as_of, "2026-06-30")
    qtbot.mouseClick(button(dialog, Button, "开始评估"), Qt.MouseButton.LeftButton)
    assert page.sheet().assessment.day("as_of") == date(2026, 6, 30)
    assert rig.context.as_of == date(2026, 6, 30)


def test_a_name_that_is_taken_is_refused_in_the_dialog(page, begun, qtbot):
    qtbot.mouseClick(button(page, IconButton, "新建评估"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(page, StartDialog)
    dialog.name.setText("年度评估")
    qtbot.mouseClick(button(dialog, Button, "开始评估"), Qt.MouseButton.LeftButton)
    assert "年度评估" in dialog.refusal()
    assert len(begun.services.assessments.of_park()) == 1
    forget_typing(begun, dialog)


def test_the_next_problem_is_the_next_open_red_line(page):
    page.items.choose("S1-02")
    page.next_problem()
    current = next(i for i in page.sheet().items if i.id == page.items.current_key())
    assert current.red_line
    assert current.id == "S2-01"


def test_what_another_page_changes_is_shown(page, begun):
    sheet = page.sheet()
    wanted = sheet.state("S1-03")
    begun.services.ticking.set_state(
        sheet.assessment, "S1-03", type(wanted)("S1-03", ItemStatus.PARTIAL)
    )
    assert state(page, "S1-03").status is ItemStatus.PARTIAL


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_is_named_in_both_languages(tmp_path, qtbot, language, paper):
    rig = a_rig(tmp_path, qtbot, language)
    rig.services.assessments.start("年度评估", rig.context.park_key, date(2026, 6, 30), ("P01",))
    page = rig.show(ChecklistPage)
    drop(page, paper)
    rig.settle(qtbot)
    for item in page.sheet().items:
        page.show_target(item.id)
    assert unnamed(page) == []
    rig.close()


def test_without_a_park_the_page_leads_to_the_ledger(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, park=False)
    page = rig.show(ChecklistPage)
    [to_ledger] = [b for b in page.findChildren(Button) if b.text() == "打开资产台账"]
    QTest.mouseClick(to_ledger, Qt.MouseButton.LeftButton)
    assert rig.shell.went == [("ledger", "")]
    rig.close()


def test_a_closed_page_is_collected(own):
    assert is_collected(own, ChecklistPage)


def test_the_step_names_its_status_in_the_language_of_the_interface(page, begun):
    page.set_status("S1-01", ItemStatus.PARTIAL)
    step = begun.services.history.next_undo()
    english = begun.program.texts("en")
    assert step_words(step.label, step.params, english) == "Checklist S1-01 set to Partly done"
