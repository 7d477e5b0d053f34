"""Settings › 清单模板: an edition written in the window, checked live, seen before it is saved."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, unnamed
from workbench.ui.pages.settings.edition_dialog import EditionDialog, ReviewDialog
from workbench.ui.pages.settings.page import SettingsPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    made.services.assessments.start("一期", made.context.park_key, date(2026, 6, 30), ("P02",))
    yield made
    made.close()


@pytest.fixture
def view(rig):
    page = rig.show(SettingsPage)
    page.show_target("checklist")
    return page.checklist


def dialog_of(view, kind):
    [found] = [d for d in view.window().findChildren(kind) if d.isVisible()]
    return found


@pytest.fixture
def editor(view, qtbot):
    qtbot.mouseClick(view.write, LEFT)
    return dialog_of(view, EditionDialog)


def write(editor, key, words):
    field = editor.form.field(key)
    field.setFocus()
    field.selectAll()
    if words:
        commit(field, words)
    else:
        field.clear()


def an_item(editor, qtbot, title="供电增容已核实"):
    qtbot.mouseClick(editor.add_item, LEFT)
    for key, words in (("title", title), ("why", "扩产受限"), ("evidence", "供电复函")):
        write(editor, key, words)
    qtbot.waitUntil(lambda: "写法无误" in editor.note_text())


def shown(editor):
    return {row.cells[1].text.split(" ")[0]: row.cells[0].text for row in editor.table.rows()}


def test_an_edition_is_written_seen_and_saved_in_one_step_and_new_assessments_use_it(
    view, editor, rig, qtbot
):
    """Issue F, Deliver 4: edit templates in Settings: own items, wording, versioned."""
    write(editor, "title", "明确基准日和范围")
    an_item(editor, qtbot)
    assert (shown(editor)["S1-01"], shown(editor)["S1-80"]) == ("改动", "新增")
    qtbot.mouseClick(editor.save, LEFT)
    review = dialog_of(view, ReviewDialog)
    texts = [[cell.text for cell in row.cells] for row in review.table.rows()]
    assert texts[0] == [
        "改动", "S1-01  明确基准日和范围", "明确本次评估的基准日、资产范围和口径",
        "明确基准日和范围",
    ]  # fmt: skip
    assert texts[1][:2] == ["新增", "S1-80  供电增容已核实"]
    qtbot.mouseClick(review.keep, LEFT)
    editions = rig.services.checklists.editions
    template = editions.current()
    assert (template.version, template.find("S1-80").title.en) == ("2.1", "供电增容已核实")
    assert [row.key for row in view.table.rows()] == ["2", "2.1"]
    old = rig.services.assessments.find("一期")
    assert old.text("template_version") == "2"
    assert rig.services.checklists.edition_forms.draft() is None
    rig.services.history.undo()
    assert editions.current().version == "2"


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("when", "enc.nothing > 3", "条件“enc.nothing > 3”用了未知名称“enc.nothing”"),
        ("when", "enc.active_seizure and", "写法有误"),
        ("blocked_by", "S9-99", "没有“S9-99”"),
        ("blocked_by", "S1-01", "事项互相等待"),
        ("id", "S1-02", "“S1-02”重复"),
        ("id", "甲", "没有“甲”"),
        ("title", "", "缺少内容"),
    ],
)
def test_what_is_wrong_is_said_at_once_with_entry_and_reason_and_is_not_saved(
    editor, qtbot, key, words, said
):
    write(editor, key, words)
    qtbot.waitUntil(lambda: said in editor.note_text())
    assert not editor.save.isEnabled()
    entry = {"id": words}.get(key, "S1-01")
    assert f"条目{entry}" in editor.note_text()


def test_a_wrong_pathway_cannot_be_chosen_and_none_at_all_is_said(editor, qtbot):
    QTest.mouseClick(editor.form.field("paths").button("ALL"), LEFT)
    qtbot.waitUntil(lambda: "缺少内容" in editor.note_text())


def test_what_was_typed_is_there_again_in_another_window(view, editor, rig, qtbot):
    """Lessons 14: typing is never lost."""
    write(editor, "title", "写到一半的事项")
    qtbot.keyClick(editor.form.field("id"), Qt.Key.Key_Escape)
    again = rig.services.checklists.edition_forms.draft()
    assert again.rows[0]["title"] == "写到一半的事项"
    qtbot.mouseClick(view.write, LEFT)
    reopened = dialog_of(view, EditionDialog)
    assert reopened.form.row()["title"] == "写到一半的事项"
    qtbot.mouseClick(reopened.forget, LEFT)
    assert rig.services.checklists.edition_forms.draft() is None
    assert view.write.text().strip() == "以所选版本为底编写…"
    rig.shell.actions[-1]()
    assert rig.services.checklists.edition_forms.draft() is not None


def test_an_item_is_left_out_and_taken_in_again(editor, qtbot):
    qtbot.mouseClick(editor.remove, LEFT)
    assert shown(editor)["S1-01"] == "删除"
    assert "共 89 项" in editor.note_text()
    qtbot.mouseClick(editor.remove, LEFT)
    assert shown(editor)["S1-01"] == ""
    assert "共 90 项" in editor.note_text()


def test_stage_and_id_stay_together(editor, qtbot):
    an_item(editor, qtbot)
    stage = editor.form.field("stage")
    stage.setFocus()
    qtbot.keyClick(stage, Qt.Key.Key_Down)
    assert editor.form.row()["id"] == "S2-80"
    write(editor, "id", "S3-81")
    assert editor.form.field("stage").chosen() == "S3"


def test_a_condition_is_said_in_words_while_it_is_written(editor):
    write(editor, "when", "enc.active_seizure and not title.unsafe_building")
    said = editor.form._read.text()
    assert said == "仅当“有效查封，且并非有C、D级房屋”不成立时关闭"


def test_nothing_changed_is_not_saved(view, editor, qtbot):
    qtbot.mouseClick(editor.save, LEFT)
    assert "没有不同" in editor.note_text()
    qtbot.mouseClick(editor.later, LEFT)
    assert view.write.text().strip() == "以所选版本为底编写…"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    page = rig.show(SettingsPage)
    page.show_target("checklist")
    page.checklist.write_anew()
    editor = dialog_of(page, EditionDialog)
    assert unnamed(editor) == []
    qtbot.mouseClick(editor.later, LEFT)
    assert unnamed(page) == []
    rig.close()


def codes(editor):
    return [row.cells[1].text.split(" ")[0] for row in editor.table.rows()]


def test_items_are_reordered_by_button_and_keyboard_and_undo_keeps_what_was_typed(
    view, editor, rig, qtbot
):
    """Issue F, Deliver 4: edit templates in Settings; another order is another edition."""
    first = codes(editor)
    qtbot.mouseClick(editor.down, LEFT)
    assert codes(editor)[:2] == ["S1-02", "S1-01"]
    assert editor.table.chosen() == "1"
    editor.table.setFocus()
    QTest.keyClick(editor.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert codes(editor)[:3] == ["S1-02", "S1-03", "S1-01"]
    write(editor, "title", "明确基准日")
    editor.table.setFocus()
    QTest.keyClick(editor.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert codes(editor)[:3] == ["S1-02", "S1-01", "S1-03"]
    assert editor.form.row()["title"] == "明确基准日"
    qtbot.mouseClick(editor.undo, LEFT)
    assert codes(editor) == first
    assert not editor.undo.isEnabled()
    assert not editor.up.isEnabled()
    assert rig.services.checklists.edition_forms.draft().rows[0]["title"] == "明确基准日"


def test_another_order_alone_is_an_edition_and_the_review_says_it(view, editor, rig, qtbot):
    qtbot.mouseClick(editor.down, LEFT)
    qtbot.mouseClick(editor.save, LEFT)
    review = dialog_of(view, ReviewDialog)
    [row] = review.table.rows()
    assert [cell.text for cell in row.cells][2:] in (
        ["本阶段第 1 项", "本阶段第 2 项"], ["本阶段第 2 项", "本阶段第 1 项"],
    )  # fmt: skip
    qtbot.mouseClick(review.keep, LEFT)
    template = rig.services.checklists.editions.current()
    assert [item.id for item in template.items[:2]] == ["S1-02", "S1-01"]


def test_an_item_added_or_removed_comes_back_by_undo(editor, qtbot):
    first = codes(editor)
    qtbot.mouseClick(editor.add_item, LEFT)
    assert len(codes(editor)) == len(first) + 1
    qtbot.mouseClick(editor.undo, LEFT)
    assert codes(editor) == first
    qtbot.mouseClick(editor.remove, LEFT)
    assert shown(editor)["S1-01"] == "删除"
    qtbot.mouseClick(editor.undo, LEFT)
    assert shown(editor)["S1-01"] == ""
