# SPDX-License-Identifier: MIT
"""Several items of the checklist at once: set aside, finished, handed over, each as one step."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from tests.widget.checklist_rig import (
    drop,
    forget_typing,
    lasting_checklist,
    open_dialog,
    scanned_paper,
    shared_assessment,
    shared_checklist,
    state,
)
from tests.widget.input_method import commit
from workbench.domain.checklist.state import ItemStatus, ReviewStatus
from workbench.ui.pages.checklist.many import Act, ManyDialog
from workbench.ui.steps import step_name

lasting = lasting_checklist
begun = shared_assessment
page = shared_checklist
paper = scanned_paper


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

    def test_words_that_were_not_used_are_there_again(self, page, begun, qtbot):
        choose_rows(page, qtbot, 1, 2)
        dialog = pick(page, qtbot, "退回")
        dialog.words.insert("写到一半")
        qtbot.keyClick(dialog.words, Qt.Key.Key_Escape)
        again = pick(page, qtbot, "退回")
        assert again.words.text() == "写到一半"
        forget_typing(begun, again)

    def test_a_row_that_is_left_out_stays_as_it_is(self, page, qtbot):
        choose_rows(page, qtbot, 1, 2)
        dialog = pick(page, qtbot, "部分完成")
        dialog.table.row_opened.emit("S1-03")
        qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
        assert state(page, "S1-02").status is ItemStatus.PARTIAL
        assert state(page, "S1-03").status is ItemStatus.UNKNOWN
