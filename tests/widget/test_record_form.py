# SPDX-License-Identifier: MIT
"""The record form: groups, typed values, derived figures, history, evidence, nothing lost."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.widget.dropping import drop_file
from tests.widget.input_method import commit, compose
from tests.widget.ledger_rig import ledger_page, small_park
from tests.widget.page_rig import unnamed
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.record_groups import MOST_VISIBLE
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

Key = Qt.Key
rig = small_park
page = ledger_page


def form_of(page, rig, entity, code, field=""):
    page.show_target(f"form:{entity}:{rig.keys[code]}:{field}")
    QApplication.processEvents()
    return page.record_actions.form


def record(rig, entity, code):
    return rig.services.querying.ledger().find(entity, rig.keys[code])


def words(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(Label) if not label.isHidden()]


def type_text(editor, text):
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QApplication.processEvents()


def test_every_field_of_every_group_can_be_reached_and_at_most_seven_are_shown_first(page, rig):
    form = form_of(page, rig, "building", "B1")
    for group in form.groups._titles:
        form.groups.choose(group)
        form._show_group()
        assert 0 < len(form.lines) <= MOST_VISIBLE
    form.groups.choose("structure")
    form._show_all("structure")
    assert len(form.lines) > MOST_VISIBLE
    assert unnamed(form) == []


def test_what_must_be_filled_is_said_in_words(page, rig):
    form = form_of(page, rig, "building", "B1", "gfa_actual")
    assert "必填" in words(form.lines["gfa_actual"])
    assert "评估需要" in words(form.lines["rentable_area"])
    limit = rig.services.editing.add("encumbrance", {"parcel": rig.keys["G1"], "kind": "抵押"})
    page.show_target(f"form:encumbrance:{limit}:kind")
    lines = page.record_actions.form.lines
    assert "必填" in words(lines["kind"])
    for either in ("parcel", "building"):
        assert "至少一项" in words(lines[either]), "a limit lies on land or on a building"


def test_a_typed_text_is_read_as_the_grid_reads_it_and_says_how(page, rig):
    """US03: 3.7万 typed into an area is 37,000 ㎡; derived figures follow at once."""
    form = form_of(page, rig, "building", "B1", "rentable_area")
    type_text(form.lines["rentable_area"].editor, "4")
    before = words(form._derived)
    commit(form.lines["rentable_area"].editor, "万")
    assert any("40,000" in said for said in words(form.lines["rentable_area"]))
    assert words(form._derived) != before
    assert "25.0%" in words(form._derived), "10,000 of 40,000 are let"
    assert record(rig, "building", "B1").number("rentable_area") == 21450, "not written yet"
    form.save_button.click()
    assert record(rig, "building", "B1").number("rentable_area") == 40000
    assert rig.services.history.next_undo().label == "editing.edit_cell"


def test_several_fields_are_one_step(page, rig):
    form = form_of(page, rig, "parcel", "G1", "end_on")
    type_text(form.lines["end_on"].editor, "2035.6")
    form.show_field("name")
    compose(form.lines["name"].editor, "pinyin")
    commit(form.lines["name"].editor, "新")
    assert any("8.6" in said for said in words(form._derived)), "years left, while typing"
    QTest.keyClick(form, Key.Key_Escape)
    assert form.isHidden() or page.record_actions.form is None
    after = record(rig, "parcel", "G1")
    assert after.day("end_on").isoformat() == "2035-06-30"
    assert "新" in after.text("name")
    rig.services.history.undo()
    assert record(rig, "parcel", "G1").day("end_on") is None


def test_composing_words_survive_leaving_the_page(page, rig):
    form = form_of(page, rig, "parcel", "G1", "name")
    compose(form.lines["name"].editor, "pinyin")
    commit(form.lines["name"].editor, "七号地")
    page.leave()
    assert "七号地" in record(rig, "parcel", "G1").text("name")


def test_what_cannot_be_read_keeps_the_form_open_with_the_words_in_it(page, rig):
    form = form_of(page, rig, "parcel", "G1", "area_cert")
    type_text(form.lines["area_cert"].editor, "abc")
    QTest.keyClick(form, Key.Key_Escape)
    assert page.record_actions.form is form
    assert form.lines["area_cert"].editor.text() == "abc"
    assert form.lines["area_cert"].editor.property("state") == "error"
    form.groups.choose("basic")
    form._show_group()
    form.show_field("area_cert")
    assert form.lines["area_cert"].editor.text() == "abc", "kept from group to group"
    form.discard_button.click()
    assert page.record_actions.form is None
    assert record(rig, "parcel", "G1").number("area_cert") == Decimal("37333.333333")


def test_return_goes_to_the_next_field_and_does_not_close(page, rig):
    form = form_of(page, rig, "building", "B1", "gfa_actual")
    form.lines["gfa_actual"].editor.setFocus()
    QTest.keyClick(form.lines["gfa_actual"].editor, Key.Key_Return)
    assert page.record_actions.form is form
    assert QApplication.focusWidget() is not form.lines["gfa_actual"].editor


def test_choices_and_three_state_fields_keep_unknown_apart_from_no(page, rig):
    form = form_of(page, rig, "parcel", "G1", "split_allowed")
    box = form.lines["split_allowed"].editor
    assert box.chosen() == ""
    box.setCurrentIndex(box.findText("否"))
    form.show_field("soil_survey")
    gone = form.lines["soil_survey"].editor
    gone.setCurrentIndex(gone.findText("不适用"))
    assert form.save()
    after = record(rig, "parcel", "G1")
    assert after.flag("split_allowed") is False
    assert after.state("soil_survey").value == "not_applicable"


def test_somebody_else_s_change_shows_and_what_is_typed_stays(page, rig):
    form = form_of(page, rig, "parcel", "G1", "name")
    type_text(form.lines["name"].editor, "mine")
    rig.services.editing.edit("parcel", rig.keys["G1"], "location", "纬二路")
    QApplication.processEvents()
    form.show_field("location")
    assert form.lines["location"].editor.text() == "纬二路"
    form.show_field("name")
    assert form.lines["name"].editor.text() == "mine"


def test_related_records_are_listed_and_can_be_added_from_here(page, rig):
    form = form_of(page, rig, "building", "B1")
    assert any("华川电子" in said for said in words(form._related))
    button = next(b for b in form.findChildren(IconButton) if b.toolTip() == "新建租约")
    button.click()
    QApplication.processEvents()
    dialog = rig.host.findChild(NewRecordDialog)
    assert dialog.input("building").chosen() == rig.keys["B1"]
    dialog.input("contract_no").setText("L2")
    dialog._on_create()
    QApplication.processEvents()
    ledger = rig.services.querying.ledger()
    assert len(ledger.pointing_at("lease", "building", rig.keys["B1"])) == 2
    assert any("租约  2" in said for said in words(form._related))


def test_leases_are_listed_with_their_status_those_in_force_before_the_ended(page, rig):
    add = rig.services.editing.add
    lease = {"building": rig.keys["B1"], "area": "10", "start_on": "2020-01-01"}
    add("lease", {**lease, "contract_no": "L0", "end_on": "2024-12-31", "terminated_on": "2024-1"})
    add("lease", {**lease, "contract_no": "L9", "end_on": "2026-12-31"})
    form = form_of(page, rig, "building", "B1")
    said = [line for line in words(form._related) if "至" in line]
    assert [line.split("\u3000")[0] for line in said] == [
        "即将到期（90 天内）", "履行中", "已终止",
    ]  # fmt: skip
    page.show_target(f"lease:{rig.keys['L1']}:")
    page.detail.show_record(record(rig, "lease", "L1"), page._state)
    QApplication.processEvents()
    shown = [made.text() for made in page.detail.findChildren(QLabel) if not made.isHidden()]
    assert any("履行中" in text for text in shown), "the panel says it too"


def test_the_history_of_a_field_says_who_when_old_and_new(page, rig):
    rig.services.editing.edit("parcel", rig.keys["G1"], "name", "旧铜材厂")
    form = form_of(page, rig, "parcel", "G1", "name")
    form.lines["name"].history_asked.emit("name")
    QApplication.processEvents()
    dialog = next(d for d in rig.host.findChildren(Dialog) if "来源" in d.accessibleName())
    said = "\n".join(words(dialog))
    assert "宗地名称：原铜材厂地块 → 旧铜材厂" in said
    assert "原文 旧铜材厂" in said
    assert "2026-11-23" in said


def test_a_file_dropped_on_a_field_becomes_its_evidence(page, rig, qtbot, tmp_path):
    scan = tmp_path / "权证.pdf"
    scan.write_bytes(b"%PDF-1.7")
    form = form_of(page, rig, "parcel", "G1", "cert_no")
    drop_file(form.lines["cert_no"], scan)
    rig.settle(qtbot)
    (kept,) = rig.services.evidencing.of("parcel", rig.keys["G1"], "cert_no")
    assert kept.label == "权证.pdf"


def test_a_lease_says_its_status_at_the_as_of_date_while_typing(page, rig):
    form = form_of(page, rig, "lease", "L1", "end_on")
    assert "履行中" in words(form._derived)
    type_text(form.lines["end_on"].editor, "2026-12-31")
    assert "即将到期（90 天内）" in words(form._derived)
    type_text(form.lines["end_on"].editor, "2026-01-31")
    assert "已到期未续" in words(form._derived)


def test_rules_speak_while_typing_and_never_block_saving(page, rig):
    """US02: V09, the running lease of 10,000 ㎡ does not fit into 5,000."""
    form = form_of(page, rig, "building", "B1", "rentable_area")
    assert form._problems.isHidden()
    type_text(form.lines["rentable_area"].editor, "5000")
    assert "大于可租面积5,000.00㎡" in "\n".join(words(form))
    assert form.save()
    assert record(rig, "building", "B1").number("rentable_area") == 5000
