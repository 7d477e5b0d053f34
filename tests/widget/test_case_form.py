"""Own cases written in the window: every mistake at its field, nothing typed lost, packs seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.widget.page_rig import a_rig, one_park, unnamed
from workbench.domain.cases.case import CaseOrigin
from workbench.domain.cases.contradictions import contradictions
from workbench.domain.findings import RefusedError
from workbench.ui.pages.assessment.match_weights_dialog import MatchWeightsDialog
from workbench.ui.pages.cases.actions import PackDialog, WordsDialog
from workbench.ui.pages.cases.form_dialog import CaseFormDialog
from workbench.ui.pages.cases.page import CasesPage
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.read_table import ReadTable

rig = one_park


def open_form(rig, code=""):
    dialog = CaseFormDialog(rig.context, code)
    dialog.open()
    return dialog


def fill(dialog, section, row, **cells):
    for key, value in cells.items():
        editor = dialog.editors[section].rows[row].editors[key]
        editor.choose(value) if hasattr(editor, "choose") else (
            editor.setPlainText(value) if hasattr(editor, "setPlainText") else editor.setText(value)
        )


def add(dialog, qtbot, section):
    qtbot.mouseClick(dialog.editors[section].adding, Qt.MouseButton.LeftButton)


def a_filled(dialog, qtbot):
    fill(dialog, "case", 0, name_zh="旧粮库改造", region_zh="江苏某市", asset_zh="仓储用地")
    dialog.editors["features"].rows[0].editors["distress"].button("D1").setChecked(True)
    fill(dialog, "features", 0, scale_value="４０", scale_unit="亩", asset_kind="warehouse")
    add(dialog, qtbot, "facts")
    add(dialog, qtbot, "facts")
    fill(dialog, "facts", 0, label_zh="原出租率", kind="occupancy", value="35", unit="%")
    fill(
        dialog, "facts", 1, label_zh="现出租率", kind="occupancy", value="82.5", unit="%",
        status="achieved", before="原出租率",
    )  # fmt: skip
    add(dialog, qtbot, "steps")
    fill(dialog, "steps", 0, text_zh="公开招租", on="2024-05", pathway="P11")
    add(dialog, qtbot, "preconditions")
    fill(dialog, "preconditions", 0, text_zh="有投资方", when="ctx.investor_identified")
    add(dialog, qtbot, "borrow")
    fill(dialog, "borrow", 0, text_zh="先租后改")
    fill(dialog, "sources", 0, publisher_zh="本园区", reliability="high")


def save(dialog, qtbot):
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)


def words(widget):
    QApplication.processEvents()  # what was added is shown only then
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def test_a_case_written_in_chinese_alone_is_kept_and_opened_again_as_it_was(rig, qtbot):
    page = rig.show(CasesPage)
    dialog = open_form(rig)
    a_filled(dialog, qtbot)
    with qtbot.waitSignal(dialog.kept):
        save(dialog, qtbot)
    case = rig.services.cases.find("U01")
    assert (case.origin, case.version, case.name.en) == (CaseOrigin.OWN, 1, "旧粮库改造")
    assert [str(fact.value) for fact in case.facts] == ["0.35", "0.825"]
    assert case.facts[1].before == case.facts[0].key == "occupancy"
    assert round(case.features.scale_m2) == 26_667
    assert case.preconditions[0].condition.text == "ctx.investor_identified"
    page.show_target("U01")
    shown = [
        cell.text
        for table in page.detail.findChildren(ReadTable)
        for row in table.rows()
        for cell in row.cells
    ]
    assert "+47.50 个百分点" in shown  # §0 decision 7: points are not percent
    again = open_form(rig, "U01")
    form = again.form()
    assert form["facts"][1]["value"] == "82.5"
    assert form["facts"][1]["before"] == "原出租率"
    assert form["case"][0]["name_en"] == ""
    with pytest.raises(RefusedError, match=r"cases\.same_card"):
        rig.services.case_work.forms.keep(form, "U01")
    fill(again, "facts", 1, value="90")
    save(again, qtbot)
    assert rig.services.cases.find("U01").version == 2
    rig.services.history.undo()
    assert str(rig.services.cases.find("U01").facts[1].value) == "0.825"


def test_every_mistake_stands_at_its_own_field_and_nothing_is_kept(rig, qtbot):
    dialog = open_form(rig)
    a_filled(dialog, qtbot)
    fill(dialog, "case", 0, name_zh="", id="C01")
    fill(dialog, "facts", 0, value="三成五")
    fill(dialog, "facts", 1, before="没有的指标", stated="not_stated")
    fill(dialog, "steps", 0, on="五月", text_zh=" ")
    fill(dialog, "preconditions", 0, when="ctx.nowhere and")
    fill(dialog, "borrow", 0, text_zh="")
    fill(dialog, "sources", 0, publisher_zh="", reliability="")
    save(dialog, qtbot)
    assert "U01" not in rig.services.cases.all()
    marked = {
        (section, at, key)
        for section, editor in dialog.editors.items()
        for at, row in enumerate(editor.rows)
        for key, cell in row.editors.items()
        if cell.property("state") == "error"
    }
    assert marked == {
        ("case", 0, "name_zh"), ("case", 0, "id"), ("facts", 0, "value"),
        ("facts", 1, "before"), ("facts", 1, "value"), ("steps", 0, "on"),
        ("steps", 0, "text_zh"), ("preconditions", 0, "when"), ("borrow", 0, "text_zh"),
        ("sources", 0, "publisher_zh"), ("sources", 0, "reliability"),
    }  # fmt: skip
    assert "请填写" in words(dialog)
    a_filled_again = dialog.form()
    assert a_filled_again["facts"][0]["value"] == "三成五"


def test_a_case_without_a_source_is_refused_in_a_sentence(rig, qtbot):
    dialog = open_form(rig)
    a_filled(dialog, qtbot)
    dialog.editors["sources"].set_rows([])
    save(dialog, qtbot)
    assert "U01" not in rig.services.cases.all()
    problems = rig.services.case_work.forms.check(dialog.form())
    assert ("sources", "no_source") in {(p.section, p.code) for p in problems}


def test_what_was_typed_is_there_again_after_the_form_was_closed(rig, qtbot):
    dialog = open_form(rig)
    fill(dialog, "case", 0, name_zh="写到一半")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = open_form(rig)
    assert again.form()["case"][0]["name_zh"] == "写到一半"
    qtbot.mouseClick(again.findChild(KeptTyping).fresh, Qt.MouseButton.LeftButton)
    assert again.form()["case"][0]["name_zh"] == ""


def test_the_form_is_named_for_screen_readers(rig, qtbot):
    dialog = open_form(rig)
    a_filled(dialog, qtbot)
    assert unnamed(dialog) == []


def test_a_note_and_a_waiver_are_given_on_the_card_of_a_shipped_case(rig, qtbot):
    page = rig.show(CasesPage)
    page.show_target("C01")
    assert not page.detail.edit.isVisible()
    qtbot.mouseClick(page.detail.noting, Qt.MouseButton.LeftButton)
    [dialog] = rig.host.findChildren(WordsDialog)
    dialog.words.setPlainText("电话核实过")
    qtbot.mouseClick(dialog.button, Qt.MouseButton.LeftButton)
    assert "电话核实过" in words(page.detail)
    page.filters.search.setText("电话核实过")
    page.filters._on_searched("电话核实过")
    assert [line.case.id for line in page.list.lines()] == ["C01"]
    banner = next(b for b in page.detail.findChildren(Banner) if b.property("place") == 0)
    banner.link_clicked.emit()
    asking = next(d for d in rig.host.findChildren(WordsDialog) if d is not dialog)
    qtbot.mouseClick(asking.button, Qt.MouseButton.LeftButton)
    assert contradictions(rig.services.cases.find("C01"))[0].waiver is None
    asking.words.setPlainText("含代征道路")
    qtbot.mouseClick(asking.button, Qt.MouseButton.LeftButton)
    assert contradictions(rig.services.cases.find("C01"))[0].waived.zh == "含代征道路"
    assert "含代征道路" in words(page.detail)


def test_an_own_case_is_deleted_from_its_card_and_a_pack_brings_it_back(rig, qtbot, tmp_path):
    rig.services.cases.copy("C02")
    page = rig.show(CasesPage)
    page.show_target("U01")
    pack = tmp_path / "包.casepack"
    page.actions_.export_pack_to(str(pack))
    qtbot.mouseClick(page.detail.remove, Qt.MouseButton.LeftButton)
    assert "U01" not in rig.services.cases.all()
    page.actions_.look_at_pack(str(pack))
    [dialog] = rig.host.findChildren(PackDialog)
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert "U01" in {line.case.id for line in page.list.lines()}


def test_weights_of_matching_are_changed_with_a_reason_and_their_sum_is_checked(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, sample=True)
    dialog = MatchWeightsDialog(rig.context)
    dialog.open()
    dialog.editors["distress"].setText("30")
    assert "108" in dialog.total.text()
    assert unnamed(dialog) == []
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not rig.services.match_weighing.weights(rig.context.park_key).own
    dialog.editors["title_state"].setText("6")
    dialog.reason.setText("问题类型更要紧")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    draft = rig.context.assessed.draft
    assert draft.match_weights.reason == "问题类型更要紧"
    assert draft.matches[0].features[0].weight == 0.3
    rig.close()
