"""The checklist page beyond statuses: why, what waits, review, comments, cases, filters."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.checklist_rig import (
    lasting_on_p02,
    park_on_p02,
    shared_assessment,
    shared_checklist,
)
from tests.widget.input_method import commit, compose
from tests.widget.page_rig import a_rig, is_collected, unnamed
from workbench.domain.checklist.because import because_words
from workbench.domain.checklist.state import ItemState, ItemStatus, ReviewStatus
from workbench.domain.checklist.template import Stage
from workbench.ui.pages.checklist.lines import Wanted
from workbench.ui.pages.checklist.opening import ClosedItemsDialog
from workbench.ui.pages.checklist.page import ChecklistPage
from workbench.ui.pages.checklist.review import ReturnDialog
from workbench.ui.texts import texts_in_use
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import Label

LEFT = Qt.MouseButton.LeftButton


rig = park_on_p02
lasting = lasting_on_p02
begun = shared_assessment
page = shared_checklist


@pytest.fixture
def fresh(rig):
    """A page of one's own, for a test that alters files or opens a second page."""
    return rig.show(ChecklistPage)


def dialog_of(page, kind):
    [found] = [d for d in page.window().findChildren(kind) if d.isVisible()]
    return found


def set_state(page, item, status=ItemStatus.PARTIAL, **more):
    services = page.context.services
    services.ticking.set_state(page.sheet().assessment, item, ItemState(item, status, **more))


def state(page, item):
    return page.sheet().state(item)


def shown(page):
    return [line.item.id for line in page.items.lines()]


class TestWhyAnItemApplies:
    def test_a_seizure_in_the_ledger_opens_the_item_and_says_so(self, page, begun):
        """Issue F, Deliver 1, on S6-11, whose pathway P01 was not chosen."""
        services = begun.services
        words, openings = texts_in_use(), page.sheet().openings
        closed = {o.item.id: because_words(o, words) for o in openings if not o.open}
        assert closed["S6-11"] == "只用于路径 P01，没有选择。"
        parcel = {"code": "Z1", "park": begun.context.park_key, "location": "河东路"}
        services.editing.add("parcel", parcel)
        seizure = services.editing.add(
            "encumbrance", {"parcel": "Z1", "kind": "查封", "status": "有效", "authority": "法院"}
        )
        page.show_target("S6-11")
        [line] = [line for line in page.items.lines() if line.item.id == "S6-11"]
        assert "台账有“有效查封”" in because_words(line.opening, texts_in_use())
        services.editing.edit("encumbrance", seizure, "status", "已解除")
        assert "S6-11" not in {item.id for item in page.sheet().items}

    def test_what_is_not_opened_is_listed_with_why_not(self, page, qtbot):
        qtbot.mouseClick(page.stages.closed, LEFT)
        rows = dialog_of(page, ClosedItemsDialog).table.rows()
        closed = [o.item.id for o in page.sheet().openings if not o.open]
        assert [row.key for row in rows] == closed
        assert all(row.cells[1].text for row in rows)


class TestWaiting:
    def test_an_item_added_by_its_number_is_waited_for_and_can_be_taken_off(self, page, qtbot):
        page.items.choose("S1-03")
        box = page.panel.waiting
        box.other.setFocus()
        QTest.keyClicks(box.other, "s1-05")
        qtbot.keyClick(box.other, Qt.Key.Key_Return)
        assert state(page, "S1-03").blocked_by == ("S1-05",)
        assert [(w.item_id, w.own, w.settled) for w in box.waiting()] == [("S1-05", True, False)]
        assert box.other.text() == ""
        [remove] = [b for b in box.findChildren(IconButton) if "S1-05" in b.accessibleName()]
        qtbot.mouseClick(remove, LEFT)
        assert state(page, "S1-03").blocked_by == ()

    def test_a_circle_is_refused_beside_the_item_and_the_words_stay(self, page, qtbot):
        set_state(page, "S1-05", blocked_by=("S1-03",))
        page.items.choose("S1-03")
        page.panel.waiting.other.setText("S1-05")
        qtbot.keyClick(page.panel.waiting.other, Qt.Key.Key_Return)
        assert "互相等待" in page.panel.refusal()
        assert page.panel.waiting.other.text() == "S1-05"

    def test_the_items_of_the_template_come_first_and_cannot_be_taken_off(self, page):
        page.show_target("S3-02")
        assert [(w.item_id, w.own) for w in page.panel.waiting.waiting()] == [("S3-01", False)]
        assert page.panel.waiting.findChildren(IconButton) == []


class TestReview:
    def test_goes_from_hand_to_hand_and_back_with_a_note(self, page, qtbot):
        review = page.panel.review
        assert not review.submit.isEnabled()
        set_state(page, "S1-01")
        qtbot.mouseClick(review.submit, LEFT)
        assert state(page, "S1-01").review.status is ReviewStatus.SUBMITTED
        assert review.pill.text() == "待复核"
        qtbot.mouseClick(review.send_back, LEFT)
        dialog = dialog_of(page, ReturnDialog)
        assert not dialog.apply.isEnabled()
        dialog.note.setFocus()
        commit(dialog.note, "缺盖章页")
        qtbot.mouseClick(dialog.apply, LEFT)
        returned = state(page, "S1-01").review
        assert (returned.status, returned.note) == (ReviewStatus.RETURNED, "缺盖章页")
        qtbot.mouseClick(review.submit, LEFT)
        qtbot.mouseClick(review.accept, LEFT)
        assert state(page, "S1-01").review.status is ReviewStatus.ACCEPTED
        assert "复核通过" in page.items.lines()[0].spoken()


class TestComments:
    def test_a_comment_is_kept_with_who_and_when(self, page, qtbot):
        box = page.panel.comments
        box.words.setFocus()
        compose(box.words, "deng")
        commit(box.words, "等测绘成果")
        qtbot.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        [said] = box.comments()
        assert (said.text, bool(said.author), bool(said.at)) == ("等测绘成果", True, True)
        assert box.words.toPlainText() == ""

    def test_words_not_sent_stay_with_their_item_and_outlive_the_page(self, fresh, rig):
        box = fresh.panel.comments
        box.words.setFocus()
        commit(box.words, "写到一半")
        fresh.items.choose("S1-02")
        assert box.words.toPlainText() == ""
        assert fresh.may_close()
        fresh.items.choose("S1-01")
        assert box.words.toPlainText() == "写到一半"
        again = rig.show(ChecklistPage)
        assert again.panel.comments.words.toPlainText() == "写到一半"
        box.words.clear()
        assert rig.context.drafts.all() == {}


def test_the_panel_shows_how_cases_did_it_and_leads_to_them(page, begun):
    page.show_target("S1-09")
    found = page.panel.cases.shown()
    assert found
    assert {how.pathway for how in found} <= {"P02", "P04", "P09", "P15", "P16"}
    page.panel.cases.case_asked.emit(found[0].case_id)
    assert begun.shell.went == [("cases", f"case:{found[0].case_id}")]


class TestFilters:
    @pytest.fixture
    def filled(self, page, begun):
        user = begun.program.settings.name_of_user()
        set_state(page, "S1-02", owner=user)
        set_state(page, "S2-02", due=date(2026, 11, 1))
        set_state(page, "S3-03")
        begun.services.checklists.reviewing.submit(page.sheet().assessment, ["S3-03"])
        begun.services.ticking.set_status(
            page.sheet().assessment, ["S4-01"], ItemStatus.NOT_APPLICABLE, "不涉及"
        )
        return page

    @pytest.mark.parametrize(
        ("wanted", "items"),
        [(Wanted.MINE, ["S1-02"]), (Wanted.OVERDUE, ["S2-02"]), (Wanted.REVIEW, ["S3-03"])],
    )
    def test_goes_over_all_stages_when_all_are_chosen(self, filled, qtbot, wanted, items):
        qtbot.mouseClick(filled.stages.button(None), LEFT)
        qtbot.mouseClick(filled.filters.button(wanted), LEFT)
        assert shown(filled) == items
        assert filled.filters.button(wanted).text().endswith(" 1")

    @pytest.mark.parametrize("wanted", [Wanted.OPEN, Wanted.NO_EVIDENCE])
    def test_what_is_set_aside_is_neither_open_nor_without_evidence(self, filled, qtbot, wanted):
        qtbot.mouseClick(filled.stages.button(None), LEFT)
        qtbot.mouseClick(filled.filters.button(wanted), LEFT)
        every = [item.id for item in filled.sheet().items]
        assert shown(filled) == [item for item in every if item != "S4-01"]

    def test_filters_stage_and_words_narrow_together_and_each_is_counted(self, filled, qtbot):
        items = {item.id: item for item in filled.sheet().items}
        qtbot.mouseClick(filled.stages.button(Stage.S2), LEFT)
        qtbot.mouseClick(filled.filters.button(Wanted.RED), LEFT)
        qtbot.mouseClick(filled.filters.button(Wanted.OPEN), LEFT)
        red = [i for i in items if i.startswith("S2") and items[i].red_line]
        assert shown(filled) == red
        assert filled.filters.button(Wanted.RED).text() == f"红线 {len(red)}"
        assert filled.filters.button(Wanted.OVERDUE).text() == "逾期 0"
        every = sum(item.red_line for item in items.values())
        assert filled.stages.button(None).accessibleName().endswith(f"{every} 项")
        filled.filters.search.setText("查封")
        qtbot.waitUntil(lambda: shown(filled) == ["S2-03"])
        qtbot.mouseClick(filled.filters.every, LEFT)
        assert shown(filled) == [i for i in items if i.startswith("S2")]
        assert filled.filters.search.text() == ""

    def test_a_stage_keeps_the_filter_and_a_link_takes_away_what_hides_its_item(
        self, filled, qtbot
    ):
        qtbot.mouseClick(filled.filters.button(Wanted.MINE), LEFT)
        qtbot.mouseClick(filled.stages.button(Stage.S2), LEFT)
        assert shown(filled) == []
        assert "我负责" in filled.list.nothing.findChildren(Label)[1].text()
        filled.show_target("S2-03")
        assert filled.items.current_key() == "S2-03"
        assert filled.filters.wanted() == frozenset()

    def test_the_keyboard_reaches_the_search_field_and_what_narrows_outlives_the_page(
        self, fresh, rig, qtbot
    ):
        fresh.items.setFocus()
        qtbot.keyClick(fresh.items, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert fresh.filters.search.hasFocus()
        qtbot.mouseClick(fresh.filters.button(Wanted.RED), LEFT)
        again = rig.show(ChecklistPage)
        assert again.filters.wanted() == {Wanted.RED}


def test_a_file_altered_from_outside_is_noticed_on_the_item(fresh, rig, tmp_path, qtbot):
    """Issue F, Bad input: an evidence file that changed is shown as such on the item."""
    paper = tmp_path / "立项表.pdf"
    paper.write_bytes(b"%PDF-1.4 one")
    assessment = fresh.sheet().assessment
    wanted = ItemState("S1-01", ItemStatus.DONE)
    rig.services.ticking.set_state(assessment, "S1-01", wanted, [str(paper)])
    assert state(fresh, "S1-01").standing is ItemStatus.DONE
    with rig.services.unit_of_work(writing=True) as work:
        work.files._connection.exec_driver_sql("UPDATE blob_piece SET content = x'00'")
        work.commit()
    qtbot.waitUntil(lambda: state(fresh, "S1-01").unsound == 1)
    line = fresh.items.lines()[0]
    assert line.second_line[0].startswith("证据缺失或已被改动（1 份）")
    assert "S1-01" in fresh.sheet().stages()[0].closed_by
    assert fresh.filters.button(Wanted.UNSOUND).isVisibleTo(fresh)
    assert "内容与存入时不同" in fresh.panel.evidence.findChildren(Label)[-1].text()


def test_a_file_altered_after_it_was_read_is_noticed_when_the_page_is_shown_again(
    fresh, rig, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr("workbench.ui.pages.checklist.sound._FRESH_MS", 0)
    paper = tmp_path / "立项表.pdf"
    paper.write_bytes(b"%PDF-1.4 one")
    wanted = ItemState("S1-01", ItemStatus.DONE)
    rig.services.ticking.set_state(fresh.sheet().assessment, "S1-01", wanted, [str(paper)])
    qtbot.waitUntil(lambda: len(rig.context.memory.get("evidence_read", ())) == 1)
    rig.settle(qtbot)
    assert state(fresh, "S1-01").unsound == 0
    with rig.services.unit_of_work(writing=True) as work:
        work.files._connection.exec_driver_sql("UPDATE blob_piece SET content = x'00'")
        work.commit()
    fresh.hide()
    fresh.show()
    qtbot.waitUntil(lambda: state(fresh, "S1-01").unsound == 1)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    rig.services.assessments.start("一期", rig.context.park_key, date(2026, 6, 30), ("P02",))
    page = rig.show(ChecklistPage)
    page.show_target("S3-02")
    assert unnamed(page) == []
    rig.close()


def test_a_closed_page_is_collected_with_its_dialogs(rig):
    assert is_collected(rig, ChecklistPage)
    QApplication.processEvents()
