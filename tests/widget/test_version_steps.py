"""Review, final, verify, compare and new version in the window, on a park without errors."""

import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import a_rig
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.ui.assessed import DraftState
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.assessment.version_dialogs import (
    CompareDialog,
    DifferenceDialog,
    ObstacleDialog,
)
from workbench.ui.pages.assessment.version_steps import ReasonDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Confirmation, Notice
from workbench.ui.widgets.label import Label


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    building = {"park": "P-01", "name": "A1", "rentable_area": "1000", "leased_area": "400"}
    made.services.editing.add("building", building)
    made.record = made.services.assessments.start("年度", made.context.park_key, made.context.as_of)
    made.context.choose_assessment(made.record.key)
    made.page = made.show(AssessmentPage)
    made.settle(qtbot)
    yield made
    made.close()


def dialog(rig, kind):
    QApplication.processEvents()
    [found] = [d for d in rig.host.window().findChildren(kind) if d.isVisible()]
    return found


def press(box, words, qtbot):
    [found] = [b for b in box.findChildren(Button) if b.accessibleName() == words]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def take(rig, step, qtbot):
    key = rig.context.assessment_key
    rig.page.steps.take(step, rig.services.querying.record("assessment", key))
    rig.settle(qtbot)


def finalize(rig, qtbot):
    take(rig, "review", qtbot)
    take(rig, "final", qtbot)
    press(dialog(rig, Confirmation), "定稿", qtbot)
    rig.settle(qtbot)


def test_the_menu_offers_what_may_follow(rig, qtbot):
    assert rig.page.header.steps.accessibleName() == "草稿"
    record = rig.services.querying.record("assessment", rig.record.key)
    menu = rig.page.steps.show_menu(record, rig.page.header.steps)
    assert [action.text() for action in menu.actions()] == ["提交复核", "比较版本"]
    menu.close()


def test_a_final_assessment_stays_as_it_was_and_is_verified(rig, qtbot):
    finalize(rig, qtbot)
    assert rig.page.header.steps.accessibleName() == "定稿"
    assert "已定稿" in rig.shell.toasts[-1]
    assert not rig.page.header.keep.isEnabled()
    building = rig.services.querying.records("building")[0]
    rig.services.editing.edit("building", building.key, "leased_area", "900")
    rig.settle(qtbot)
    rig.page.assessed.ensure()
    rig.settle(qtbot)
    assert rig.page.assessed.state is DraftState.READY
    assert rig.page.assessed.draft.indicators["I-01"].value * 10 == 4
    take(rig, "verify", qtbot)
    words = [label.text() for label in dialog(rig, Notice).findChildren(Label)]
    assert any("核验一致" in text for text in words)


def test_a_click_on_lost_evidence_leads_to_its_item(rig, qtbot, tmp_path):
    """Issue F: a vanished file is shown as such, and the assessment does not become final."""
    paper = tmp_path / "立项表.pdf"
    paper.write_bytes(b"%PDF-1.4 one")
    done = ItemState("S1-01", ItemStatus.DONE)
    rig.services.ticking.set_state(rig.record, "S1-01", done, [str(paper)])
    with sqlite3.connect(tmp_path / "滨河.park") as file:
        file.execute("DELETE FROM blob_piece")
    file.close()
    take(rig, "review", qtbot)
    take(rig, "final", qtbot)
    table = dialog(rig, ObstacleDialog).table
    [row] = table.rows()
    assert "S1-01" in row.cells[0].text
    assert "立项表.pdf" in row.cells[0].text
    at = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert rig.shell.went[-1] == ("checklist", "S1-01")
    assert rig.services.querying.record("assessment", rig.record.key).text("status") == "复核"


def test_a_new_version_asks_why_and_is_compared_with_the_one_before(rig, qtbot):
    finalize(rig, qtbot)
    building = rig.services.querying.records("building")[0]
    rig.services.editing.edit("building", building.key, "leased_area", "900")
    take(rig, "version", qtbot)
    asked = dialog(rig, ReasonDialog)
    press(asked, "建立", qtbot)
    assert asked.isVisible()  # no reason yet
    asked.reason.setText("续租")
    press(asked, "建立", qtbot)
    rig.settle(qtbot)
    chosen = rig.services.querying.record("assessment", rig.context.assessment_key)
    assert (chosen.label, rig.page.header.steps.accessibleName()) == ("年度 V2", "草稿")
    take(rig, "compare", qtbot)
    assert dialog(rig, CompareDialog).choice.chosen() == rig.record.key
    press(dialog(rig, CompareDialog), "比较", qtbot)
    rig.settle(qtbot)
    rows = dialog(rig, DifferenceDialog).table.rows()
    first = next(row for row in rows if row.cells[0].text.startswith("I-01"))
    assert "40.00%" in first.cells[0].text
    assert "A1的已租面积（填报）：400.00 ㎡ → 900.00 ㎡" in first.cells[1].text


def test_going_back_to_draft_asks_why(rig, qtbot):
    take(rig, "review", qtbot)
    take(rig, "draft", qtbot)
    asked = dialog(rig, ReasonDialog)
    asked.reason.setText("数据有误")
    press(asked, "退回", qtbot)
    rig.settle(qtbot)
    record = rig.services.querying.record("assessment", rig.record.key)
    assert (record.text("status"), record.text("reason")) == ("草稿", "数据有误")
