# SPDX-License-Identifier: MIT
"""Dialogs on whole records: split, join, many at once, duplicates, ends of encumbrances."""

import threading
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import a_rig, type_text, unnamed, words
from tests.widget.patience import PATIENCE_S
from workbench.ui.frame import rewinding
from workbench.ui.models import ledger_table
from workbench.ui.pages.home.expiries_card import ExpiriesDialog
from workbench.ui.pages.home.page import HomePage
from workbench.ui.pages.ledger import duplicates_dialog
from workbench.ui.pages.ledger.bulk_dialog import BulkDialog
from workbench.ui.pages.ledger.burden_box import BurdenBox
from workbench.ui.pages.ledger.duplicates_dialog import DuplicatesDialog
from workbench.ui.pages.ledger.join_dialog import JoinDialog
from workbench.ui.pages.ledger.merge_dialog import MergeDialog
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.pages.ledger.split_dialog import SplitDialog
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.pill import Pill


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, filled=True)
    add = made.services.editing.add
    for number, (kind, end) in enumerate(
        (("查封", "2027-01-14"), ("轮候查封", "2026-10-01"), ("抵押", "2028-01-01")), start=1
    ):
        values = {"kind": kind, "end_on": end, "status": "有效", "rank": str(min(number, 2))}
        made.keys[f"E{number}"] = add("encumbrance", {"parcel": made.keys["G2"], **values})
    yield made
    made.close()


@pytest.fixture
def page(rig):
    return rig.show(LedgerPage)


def ledger(rig):
    return rig.services.querying.ledger()


def record(rig, entity, code):
    return ledger(rig).find(entity, rig.keys[code])


def run(rig, qtbot, page, action, entity, code):
    page.record_actions.run(action, record(rig, entity, code))
    rig.settle(qtbot)


def test_a_parcel_is_split_while_the_result_is_seen_and_undone_in_one_step(page, rig, qtbot):
    run(rig, qtbot, page, "split", "parcel", "G2")
    dialog = rig.host.findChild(SplitDialog)
    assert unnamed(dialog) == []
    assert not dialog.split_button.isEnabled(), "no area and no home for the buildings yet"
    type_text(dialog.parts[0].area, "10")
    for code in ("B1", "B2", "B3"):
        dialog.homes[rig.keys[code]].choose("0")
    dialog.recompute()
    assert dialog.preview.parts[1].amounts["area_cert"] == Decimal("9733.333333")
    assert "P01" in words(dialog), "what must be solved first"
    assert dialog.table.rows()[0].cells[5].text == "待核", "no plan limit is known: never 达标"
    assert not dialog.split_button.isEnabled(), "a seizure is in force and no reason is given"
    type_text(dialog.reason, "court agrees")
    assert dialog.split_button.isEnabled()
    dialog.split_button.click()
    rig.settle(qtbot)
    parts = [p for p in ledger(rig).all("parcel") if p.get("derived_from") == ("G2",)]
    assert sum(p.number("area_cert") for p in parts) == Decimal("16400")
    assert rig.services.history.next_undo().label == "splitting.split"
    page.detail.show_record(parts[0], page._state)
    page.detail.tabs.set_current("log")
    page.detail._fill()
    assert "由此而来：研发用地" in words(page.detail)
    rig.services.history.undo()
    assert record(rig, "parcel", "G2") is not None


def test_parts_can_be_added_and_removed_without_losing_what_was_typed(page, rig, qtbot):
    run(rig, qtbot, page, "split", "parcel", "G2")
    dialog = rig.host.findChild(SplitDialog)
    type_text(dialog.parts[0].area, "10")
    type_text(dialog.parts[1].name, "east")
    dialog.stays[rig.keys["E1"]][1].setChecked(False)
    dialog._on_add()
    assert [line.area.text() for line in dialog.parts] == ["10", "", ""]
    assert dialog.parts[1].name.text() == "east"
    assert [box.isChecked() for box in dialog.stays[rig.keys["E1"]]] == [True, False, True]
    QApplication.processEvents()
    gone = [b for b in dialog.findChildren(IconButton) if b.toolTip() == "去掉第 3 部分"]
    gone[-1].click()
    assert [line.area.text() for line in dialog.parts] == ["10", ""]


def test_what_does_not_add_up_is_said_and_cannot_be_done(page, rig, qtbot):
    run(rig, qtbot, page, "split", "parcel", "G2")
    dialog = rig.host.findChild(SplitDialog)
    type_text(dialog.parts[0].area, "30")
    dialog.recompute()
    assert "大于 0" in dialog._note.text()
    assert not dialog.split_button.isEnabled()


def test_parcels_are_joined_with_the_differences_chosen(page, rig, qtbot):
    run(rig, qtbot, page, "join", "parcel", "G2")
    dialog = rig.host.findChild(JoinDialog)
    assert not dialog.join_button.isEnabled()
    dialog.choice.ticks[rig.keys["G1"]].setChecked(True)
    assert unnamed(dialog) == []
    assert dialog.preview.sums["area_cert"] == Decimal("53733.333333")
    dialog.takes["land_use"].choose(rig.keys["G2"])
    plan = dialog.plan()
    assert plan.chosen == {"land_use": rig.keys["G2"]}
    type_text(dialog.reason, "yes")
    dialog.join_button.click()
    rig.settle(qtbot)
    (whole,) = ledger(rig).all("parcel")
    assert (whole.text("land_use"), whole.get("status")) == ("科研", None)
    assert len(ledger(rig).pointing_at("encumbrance", "parcel", whole.key)) == 3


@pytest.mark.parametrize("at_once", [10_000, 1])
def test_many_records_are_changed_only_after_the_consequences_are_seen(
    page, rig, qtbot, monkeypatch, at_once
):
    monkeypatch.setattr(ledger_table, "WRITTEN_AT_ONCE", at_once)
    monkeypatch.setattr(rewinding, "AT_ONCE", 1)
    page.tabs.choose("building")
    page.record_actions.open_bulk([record(rig, "building", code) for code in ("B1", "B2", "B3")])
    rig.settle(qtbot)
    dialog = rig.host.findChild(BulkDialog)
    assert not dialog.button.isEnabled(), "an empty line does not clear a field"
    (line,) = dialog.lines
    line.field.choose("rentable_area")
    assert unnamed(dialog) == []
    type_text(line.line.editor, "9800")
    dialog.recompute()
    rig.settle(qtbot)
    assert "3 行，2 行会改变，1 行会违反规则，1 行不变" in words(dialog)
    assert dialog.rules.rows()[0].key == "V09E"
    assert record(rig, "building", "B1").number("rentable_area") == 21450
    type_text(dialog.reason, "survey")
    dialog.button.click()
    assert (rig.context.rewinding.dialog is not None) is (at_once == 1), "beside the window"
    rig.settle(qtbot)
    assert record(rig, "building", "B1").number("rentable_area") == 9800
    operation = rig.services.querying.operations(1)[0]
    assert (operation.label, operation.reason) == ("bulk_editing.edit", "survey")


def test_a_field_is_cleared_only_when_that_is_ticked(page, rig, qtbot):
    page.record_actions.open_bulk([record(rig, "building", "B1")])
    rig.settle(qtbot)
    dialog = rig.host.findChild(BulkDialog)
    dialog.lines[0].field.choose("rentable_area")
    dialog.lines[0].clears.setChecked(True)
    rig.settle(qtbot)
    assert dialog.button.isEnabled()
    dialog.button.click()
    assert record(rig, "building", "B1").get("rentable_area") is None


def test_several_fields_are_changed_as_one_step(page, rig, qtbot):
    page.record_actions.open_bulk([record(rig, "building", code) for code in ("B1", "B2")])
    dialog = rig.host.findChild(BulkDialog)
    dialog.lines[0].field.choose("rentable_area")
    type_text(dialog.lines[0].line.editor, "9800")
    dialog.more.click()
    second = dialog.lines[1]
    assert second.key() not in ("", "rentable_area"), "a field that is not being changed yet"
    second.field.choose("occupier")
    dialog.recompute()
    rig.settle(qtbot)
    assert not dialog.button.isEnabled(), "the second value is still to be typed"
    type_text(second.line.editor, "HC")
    second.line.editor.clear()
    compose(second.line.editor, "huachuan")
    commit(second.line.editor, "华川")
    dialog.recompute()
    rig.settle(qtbot)
    assert "2 行，2 行会改变" in words(dialog)
    dialog.button.click()
    changed = record(rig, "building", "B1")
    assert (changed.number("rentable_area"), changed.text("occupier")) == (9800, "华川")
    rig.services.history.undo()
    back = record(rig, "building", "B1")
    assert (back.number("rentable_area"), back.text("occupier")) == (21450, None)


def test_a_field_chosen_twice_is_said_and_one_can_be_taken_away(page, rig, qtbot):
    page.record_actions.open_bulk([record(rig, "building", "B1")])
    dialog = rig.host.findChild(BulkDialog)
    dialog.more.click()
    for line in dialog.lines:
        line.field.choose("rentable_area")
        type_text(line.line.editor, "9800")
    dialog.recompute()
    rig.settle(qtbot)
    assert "“可租面积”选了两次" in words(dialog)
    assert not dialog.button.isEnabled()
    dialog.lines[1].remove.click()
    rig.settle(qtbot)
    assert dialog.button.isEnabled()
    assert not dialog.lines[0].remove.isVisible(), "the only field stays"


def test_records_of_two_kinds_are_not_changed_together(page, rig):
    page.record_actions.open_bulk([record(rig, "parcel", "G1"), record(rig, "building", "B1")])
    assert rig.host.findChild(BulkDialog) is None
    assert rig.shell.toasts == ["请选择同一类的记录。"]


def test_duplicates_are_listed_with_the_reason_and_merged_by_choice(page, rig, qtbot):
    add = rig.services.editing.add
    other = add("enterprise", {"name": "华川电子有限责任公司", "scale": "规上"})
    page.show_target("duplicates")
    rig.settle(qtbot)
    dialog = rig.host.findChild(DuplicatesDialog)
    (row,) = dialog.table.rows()
    assert "相似 100%" in row.cells[3].text
    dialog.table.row_opened.emit("0")
    merge = rig.host.findChild(MergeDialog)
    assert unnamed(merge) == []
    assert not merge.button.isEnabled(), "nothing is chosen silently"
    merge.take_newer()
    assert merge.chosen() == {"name": "other"}, "asked for, the one written last"
    merge.sides["name"]["kept"].setChecked(True)
    assert merge.button.isEnabled()
    merge.button.click()
    rig.settle(qtbot)
    (left,) = ledger(rig).all("enterprise")
    assert (left.text("name"), left.text("scale")) == ("华川电子股份有限公司", "规上")
    assert other != left.key
    assert dialog.table.rows() == ()


def test_a_pair_said_to_be_none_is_listed_no_more_until_it_is_suspected_again(page, rig, qtbot):
    rig.services.editing.add("enterprise", {"name": "华川电子有限责任公司"})
    page.show_target("duplicates")
    rig.settle(qtbot)
    dialog = rig.host.findChild(DuplicatesDialog)
    dialog.table.row_opened.emit("0")
    rig.host.findChild(MergeDialog).two.click()
    rig.settle(qtbot)
    assert dialog.table.rows() == ()
    assert dialog.distinct.text() == "1 对已标为不是重复"
    dialog.distinct.click()
    assert len(dialog.table.rows()) == 1
    dialog.table.row_opened.emit("0")
    again = rig.host.findChildren(MergeDialog)[-1]
    assert again.two.text() == "重新列为可能重复"
    again.two.click()
    rig.settle(qtbot)
    assert dialog.distinct.isHidden()
    assert len(dialog.pairs) == 1


def test_a_name_that_too_many_records_share_is_told(page, rig, qtbot):
    for _ in range(61):
        rig.services.editing.add("enterprise", {"name": "待补企业"})
    page.show_target("duplicates")
    rig.settle(qtbot)
    dialog = rig.host.findChild(DuplicatesDialog)
    assert "企业有 61 条的名称都是“待补企业”，多得不像重复" in words(dialog)
    assert dialog.pairs == []


def test_a_search_for_duplicates_is_stopped_and_begun_again(page, rig, qtbot):
    other_work_done = threading.Event()
    rig.context.tasks.start(lambda _progress: other_work_done.wait(PATIENCE_S))
    page.show_target("duplicates")
    dialog = rig.host.findChild(DuplicatesDialog)
    assert dialog.stop.isVisible()
    assert not dialog.again.isVisible()
    dialog.stop.click()
    other_work_done.set()
    rig.settle(qtbot)
    assert "没有查完" in words(dialog)
    dialog.again.click()
    assert dialog.bar.isVisible()
    rig.settle(qtbot)
    assert "没有发现可能重复的记录" in words(dialog)
    assert not dialog.bar.isVisible()
    assert not dialog.stop.isVisible()
    assert rig.shell.toasts == []


def test_many_pairs_are_listed_by_and_by(page, rig, qtbot, monkeypatch):
    monkeypatch.setattr(duplicates_dialog, "_LISTED", 2)
    for form in ("公司", "有限公司", "有限责任公司"):
        rig.services.editing.add("enterprise", {"name": f"华川电子{form}"})
    page.show_target("duplicates")
    rig.settle(qtbot)
    dialog = rig.host.findChild(DuplicatesDialog)
    assert len(dialog.pairs) == 6
    assert [row.key for row in dialog.table.rows()] == ["0", "1"]
    assert dialog.more.text() == "再列 2 对（还有 4 对）"
    dialog.more.click()
    dialog.more.click()
    assert len(dialog.table.rows()) == 6
    assert not dialog.more.isVisible()


def test_two_records_of_one_name_are_told_apart_by_their_codes(page, rig):
    add = rig.services.editing.add
    twin = add("building", {"code": "B1X", "name": "研发一号楼", "park": rig.context.park_key})
    dialog = MergeDialog(
        rig.context, rig.host, record(rig, "building", "B1"), ledger(rig).find("building", twin)
    )
    dialog.open()
    assert "研发一号楼（B1）" in words(dialog)
    assert "研发一号楼（B1X）" in words(dialog)
    dialog.reject()


def test_the_overview_lists_what_ends_next_and_leads_there(rig, qtbot):
    page = rig.show(HomePage)
    rig.settle(qtbot)
    assert "1 项查封已过截止日、没有登记解除" in words(page)
    more = next(b for b in page.findChildren(Button) if b.text() == "全部 3 项")
    more.click()
    dialog = rig.host.findChild(ExpiriesDialog)
    stages = [row.cells[0].text for row in dialog.table.rows()]
    assert stages == ["已逾期", "90 天内", "180 天后"]
    assert [row.cells[4].text for row in dialog.table.rows()] == ["轮候第 1 位", "首封", "—"]
    dialog.table.row_opened.emit(rig.keys["E2"])
    assert rig.shell.went[-1] == ("ledger", f"encumbrance:{rig.keys['E2']}:end_on")


def test_the_detail_says_what_each_encumbrance_blocks(page, rig):
    page.detail.show_record(record(rig, "parcel", "G2"), page._state)
    page.detail.tabs.set_current("title")
    page.detail._fill()
    box = page.detail.findChild(BurdenBox)
    said = words(box)
    pills = [pill.accessibleName() for pill in box.findChildren(Pill)]
    assert {"首封", "轮候第 1 位", "剩 52 天", "逾期 53 天"} <= set(pills)
    assert "P02 宗地分割转让" in said
    assert "先走 P01" in said
    assert "可能挡住（待核）" in said, "the mortgagee was not asked"


def test_the_menu_of_a_table_opens_the_form_and_the_change_of_many(page, rig, qtbot):
    menu = QMenu()
    page.record_actions.extend_menu(menu, None)
    form, many = (action for action in menu.actions() if not action.isSeparator())
    form.trigger()
    assert page.record_actions.form is not None
    page.record_actions.form.discard()
    many.trigger()
    rig.settle(qtbot)
    assert rig.host.findChild(BulkDialog) is not None
    menu.deleteLater()
