"""The checklist: statuses with evidence, refusals in words, undo, keyboard, gates."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, is_collected, unnamed
from workbench.application.naming import step_words
from workbench.domain.checklist.state import ItemStatus, ReviewStatus
from workbench.ui.pages.assessment.dialogs import PathwaysDialog, StartDialog
from workbench.ui.pages.checklist.many import Act, ManyDialog
from workbench.ui.pages.checklist.page import ChecklistPage
from workbench.ui.pages.evidence import files as evidence_files
from workbench.ui.steps import step_name
from workbench.ui.widgets.buttons import Button, IconButton


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def begun(rig):
    """An assessment that follows no pathway yet."""
    assessments = rig.services.assessments
    record = assessments.start("年度评估", rig.context.park_key, date(2026, 6, 30))
    rig.context.choose_assessment(record.key)
    return rig


@pytest.fixture
def page(begun):
    return begun.show(ChecklistPage)


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "不动产登记查询.pdf"
    path.write_bytes(b"%PDF-1.7 evidence")
    return path


def state(page, item_id):
    return page.sheet().state(item_id)


def drop(page, path):
    """Drop a file from the desktop on the zone."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.panel.evidence.zone.dropEvent(event)


def button(page, kind, name):
    named = [b for b in page.findChildren(kind) if b.accessibleName() == name]
    [found] = [b for b in named if b.isVisibleTo(page)]
    return found


def open_dialog(page, kind):
    [dialog] = [d for d in page.window().findChildren(kind) if d.isVisible()]
    return dialog


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


def test_the_next_problem_is_the_next_open_red_line(page):
    page.items.choose("S1-02")
    page.next_problem()
    current = next(i for i in page.sheet().items if i.id == page.items.current_item())
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


def test_a_closed_page_is_collected(begun):
    assert is_collected(begun, ChecklistPage)


def choose_rows(page, qtbot, first, last):
    modifiers = Qt.KeyboardModifier
    for at, key in ((first, modifiers.NoModifier), (last, modifiers.ShiftModifier)):
        box = page.items.visualRect(page.items.model().index(at, 0))
        spot = QPoint(box.left() + 200, box.center().y())
        qtbot.mouseClick(page.items.viewport(), Qt.MouseButton.LeftButton, key, spot)


def pick(page, qtbot, word):
    qtbot.mouseClick(page.many, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.close()
    return open_dialog(page, ManyDialog)


def rows(dialog):
    """Return, by item, what stands in the column of what it becomes."""
    return {row.key: (row.cells[0].text, row.cells[3].text) for row in dialog.table.rows()}


class TestSeveralItems:
    ITEMS = ("S1-02", "S1-03", "S1-04")

    def test_are_set_aside_with_one_reason_in_one_step(self, page, begun, qtbot):
        """domain §6: 不适用 needs a reason."""
        assert page.many.isHidden()
        choose_rows(page, qtbot, 1, 3)
        dialog = pick(page, qtbot, "不适用")
        assert not dialog.apply.isEnabled()
        assert "不适用需要写明理由" in rows(dialog)["S1-02"][1]
        dialog.words.insert("整体移交，不再实施")
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
        assert {state(page, item).status for item in self.ITEMS} == {ItemStatus.NOT_APPLICABLE}
        assert {state(page, item).reason for item in self.ITEMS} == {"整体移交，不再实施"}
        step = begun.services.history.next_undo()
        assert step_name(step.label, step.params) == "清单 3 项改为不适用"
        begun.services.history.undo()
        assert {state(page, item).status for item in self.ITEMS} == {ItemStatus.UNKNOWN}

    def test_that_may_not_be_done_are_named_and_the_others_are(self, page, begun, qtbot, paper):
        drop(page, paper)
        begun.settle(qtbot)
        choose_rows(page, qtbot, 0, 1)
        dialog = pick(page, qtbot, "已完成")
        assert rows(dialog)["S1-01"] == ("改", "已完成")
        assert rows(dialog)["S1-02"] == ("", "S1-02还没有证据，不能标记为已完成。请先附上证据。")
        assert dialog.note_text() == "不能改 1 项，本来如此 0 项"
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
        found = [state(page, item).status for item in ("S1-01", "S1-02")]
        assert found == [ItemStatus.DONE, ItemStatus.UNKNOWN]

    def test_go_past_the_reviewer_together_and_each_way_is_one_step(self, page, begun, qtbot):
        """Issue F, Deliver 3: submit, accept, send back with a comment."""
        begun.services.ticking.set_status(
            page.sheet().assessment, self.ITEMS[:2], ItemStatus.PARTIAL
        )
        choose_rows(page, qtbot, 1, 3)
        dialog = pick(page, qtbot, "提交复核")
        assert "没有做完的内容" in rows(dialog)["S1-04"][1]
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
        dialog = pick(page, qtbot, "退回")
        assert not dialog.apply.isEnabled()
        dialog.words.insert("缺盖章页")
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
        reviews = [state(page, item).review for item in self.ITEMS]
        assert [r and (r.status, r.note) for r in reviews] == [
            (ReviewStatus.RETURNED, "缺盖章页"), (ReviewStatus.RETURNED, "缺盖章页"), None,
        ]  # fmt: skip
        begun.services.history.undo()
        assert state(page, "S1-02").review.status is ReviewStatus.SUBMITTED
        assert state(page, "S1-03").review.status is ReviewStatus.SUBMITTED

    def test_get_one_owner_and_one_due_date(self, page, begun, qtbot):
        choose_rows(page, qtbot, 1, 2)
        dialog = pick(page, qtbot, "责任人")
        dialog.words.insert("王海涛")
        qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
        dialog = pick(page, qtbot, "截止")
        dialog.day.insert("下周三")
        qtbot.waitUntil(lambda: "下周三" in dialog.note_text())
        assert not dialog.apply.isEnabled()
        dialog.day.setText("2026.12.31")
        qtbot.waitUntil(dialog.apply.isEnabled)
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
        found = {(state(page, i).owner, state(page, i).due) for i in self.ITEMS[:2]}
        assert found == {("王海涛", date(2026, 12, 31))}

    def test_are_reached_and_changed_by_the_keyboard_alone(self, page, qtbot):
        """Issue F, Deliver 2: keyboard all the way."""
        page.items.setFocus()
        for _ in range(2):
            qtbot.keyClick(page.items, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(page.items, Qt.Key.Key_Space)
        menu = QApplication.activePopupWidget()
        for _ in range(list(Act).index(Act.NOT_APPLICABLE) + 1):
            qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
        dialog = open_dialog(page, ManyDialog)
        assert dialog.words.hasFocus()
        commit(QApplication.focusWidget(), "整体移交")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        found = [state(page, item).reason for item in ("S1-01", "S1-02", "S1-03")]
        assert found == ["整体移交"] * 3

    def test_words_that_were_not_used_are_there_again(self, page, qtbot):
        choose_rows(page, qtbot, 1, 2)
        dialog = pick(page, qtbot, "退回")
        dialog.words.insert("写到一半")
        qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
        assert pick(page, qtbot, "退回").words.text() == "写到一半"

    def test_a_row_that_is_left_out_stays_as_it_is(self, page, qtbot):
        choose_rows(page, qtbot, 1, 2)
        dialog = pick(page, qtbot, "部分完成")
        dialog.table.row_opened.emit("S1-03")
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
        assert state(page, "S1-02").status is ItemStatus.PARTIAL
        assert state(page, "S1-03").status is ItemStatus.UNKNOWN


def test_the_step_names_its_status_in_the_language_of_the_interface(page, begun):
    page.set_status("S1-01", ItemStatus.PARTIAL)
    step = begun.services.history.next_undo()
    english = begun.program.texts("en")
    assert step_words(step.label, step.params, english) == "Checklist S1-01 set to Partly done"
