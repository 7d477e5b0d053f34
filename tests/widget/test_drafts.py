"""Typing is never lost: Esc, a refusal, an exit, a crash; words being composed too."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import FixedClock, one_park, unnamed
from workbench.bootstrap import Program
from workbench.files import folders
from workbench.ui.context import UiContext
from workbench.ui.frame.window import Window
from workbench.ui.look import looks
from workbench.ui.pages.assessment.version_steps import ReasonDialog, VersionSteps
from workbench.ui.pages.cases.actions import WordsDialog
from workbench.ui.pages.cases.form_dialog import CaseFormDialog
from workbench.ui.pages.checklist.comments import drafts_of
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.record_form import RecordForm
from workbench.ui.pages.ledger.split_dialog import SplitDialog
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.typed.unfinished import UnfinishedDialog, tell_unfinished

UI = Path(__file__).resolve().parents[2] / "workbench" / "ui"
SEARCHES = {"ReplaceDialog", "ScopeDialog", "ErrorDialog", "UnfinishedDialog"}
"""Dialogs whose fields only look for something, or only show."""
KEPT_ELSEWHERE = {"EditionDialog"}
"""Dialogs that keep what is typed in the project itself; their own tests prove it."""


rig = one_park


def opened(dialog):
    dialog.open()
    QApplication.processEvents()
    return dialog


def next_run(rig):
    """The same project after the program has ended and begun again."""
    rig.context.drafts.flush()
    return UiContext(rig.program, rig.services, rig.tasks, rig.shell)


def note(context, place="case_note:C01:", keep=lambda words: None):
    return opened(WordsDialog(context, place, "备注", "", "保存", keep))


def esc(dialog):
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()


def test_esc_keeps_the_words_says_so_and_they_stand_there_again(rig):
    dialog = note(rig.context)
    commit(dialog.words, "电话核实过")
    esc(dialog)
    assert "已留作草稿" in rig.shell.toasts[-1]
    again = note(rig.context)
    assert again.words.toPlainText() == "电话核实过"
    assert "上次没有保存的内容" in again.note_text()
    assert note(rig.context, "case_note:C02:").words.toPlainText() == ""


def test_words_that_were_being_composed_are_taken_at_esc(rig):
    dialog = note(rig.context)
    dialog.words.setFocus()
    commit(dialog.words, "已经")
    compose(dialog.words, "heshi")
    dialog.reject()
    assert note(rig.context).words.toPlainText() == "已经heshi"


def test_a_draft_can_be_thrown_away_in_the_dialog_and_from_the_message(rig):
    dialog = note(rig.context)
    commit(dialog.words, "一")
    esc(dialog)
    again = note(rig.context)
    QTest.mouseClick(again.findChild(KeptTyping).fresh, Qt.MouseButton.LeftButton)
    assert again.words.toPlainText() == ""
    esc(again)
    assert note(rig.context).words.toPlainText() == ""
    last = note(rig.context)
    commit(last.words, "二")
    esc(last)
    rig.shell.actions[-1]()
    assert rig.context.drafts.all() == {}


def test_what_is_done_leaves_no_draft_and_what_is_refused_leaves_the_words(rig):
    from workbench.domain.findings import RefusedError

    def refuse(_words):
        raise RefusedError("case_notes.no_words")

    refused = note(rig.context, keep=refuse)
    commit(refused.words, "写了很多")
    QTest.mouseClick(refused.button, Qt.MouseButton.LeftButton)
    assert (refused.isVisible(), refused.words.toPlainText()) == (True, "写了很多")
    esc(refused)
    done = note(rig.context)
    QTest.mouseClick(done.button, Qt.MouseButton.LeftButton)
    assert rig.context.drafts.all() == {}


def test_a_half_written_case_survives_the_end_of_the_program(rig, qtbot):
    dialog = opened(CaseFormDialog(rig.context))
    dialog.editors["case"].rows[0].editors["name_zh"].setText("旧粮库改造")
    qtbot.mouseClick(dialog.editors["facts"].adding, Qt.MouseButton.LeftButton)
    dialog.editors["facts"].rows[0].editors["value"].setText("35")
    context = next_run(rig)
    tell_unfinished(context)
    assert "1 处没有写完" in rig.shell.toasts[-1]
    again = opened(CaseFormDialog(context))
    assert again.form()["case"][0]["name_zh"] == "旧粮库改造"
    assert again.form()["facts"][0]["value"] == "35"
    esc(dialog)


def test_a_new_record_and_an_edited_one_survive_too(rig):
    new = opened(NewRecordDialog(rig.context, rig.host, ("parcel", "building")))
    new.kinds.set_current("building")
    new._on_kind()
    new.input("name").setText("三号厂房")
    park = rig.context.park_key
    key = rig.services.editing.add("parcel", {"code": "A", "name": "甲地", "park": park})
    parcel = rig.services.querying.record("parcel", key)
    form = opened(RecordForm(rig.context, rig.host, parcel))
    form.show_field("name")
    editor = form.lines["name"].editor
    editor.setText("清河")
    editor.textEdited.emit("清河")
    context = next_run(rig)
    again = NewRecordDialog(context, rig.host, ("parcel", "building"))
    assert (again.entity().key, again.input("name").text()) == ("building", "三号厂房")
    assert RecordForm(context, rig.host, parcel).texts == {"name": "清河"}


def test_the_parts_of_a_split_stand_there_again(rig):
    park = rig.context.park_key
    key = rig.services.editing.add("parcel", {"code": "A", "name": "甲地", "park": park,
                                              "area_cert": "50亩"})  # fmt: skip
    parcel = rig.services.querying.record("parcel", key)
    dialog = opened(SplitDialog(rig.context, rig.host, parcel))
    dialog._on_add()
    dialog.parts[2].name.setText("转让部分")
    dialog.recompute()
    again = SplitDialog(next_run(rig), rig.host, parcel)
    assert [line.name.text() for line in again.parts] == ["", "", "转让部分"]


def test_a_comment_begun_and_not_sent_is_there_after_a_restart(rig):
    drafts_of(rig.context)["A:S1-01"] = "写到一半"
    words = drafts_of(next_run(rig))
    assert dict(words) == {"A:S1-01": "写到一半"}
    words.pop("A:S1-01", None)
    assert dict(words) == {}


def test_a_reason_that_is_refused_stays_in_its_dialog(rig, qtbot):
    record = rig.services.assessments.start("年度评估", rig.context.park_key, rig.context.as_of)
    VersionSteps(rig.context, rig.host).take("draft", record)
    dialog = next(d for d in rig.host.findChildren(ReasonDialog) if d.isVisible())
    commit(dialog.reason, "补充材料")
    rig.services.history.undo()  # somebody took the assessment back meanwhile
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.reason.text()) == (True, "补充材料")
    assert dialog.note_text()


def test_a_spoiled_draft_file_is_put_aside_and_a_closed_one_is_told_once(rig):
    commit(note(rig.context).words, "一")
    rig.context.drafts.flush()
    [file] = folders.home().glob("drafts/*.json")
    file.write_text("{", encoding="utf-8")
    assert next_run(rig).drafts.all() == {}
    assert file.with_suffix(".damaged").exists()
    file.parent.rename(file.parent.with_name("moved"))
    file.parent.write_text("no folder")
    rig.context.drafts.put("a", "甲", "一")
    rig.context.drafts.flush()
    rig.context.drafts.put("b", "乙", "二")
    rig.context.drafts.flush()
    assert [error.code for error in rig.shell.errors] == ["project.cannot_write"]


def test_what_is_unfinished_can_be_read_copied_and_thrown_away(rig, qtbot):
    rig.context.drafts.put("case_form:", "新建案例", {"case": [{"name": "旧粮库"}]})
    dialog = opened(UnfinishedDialog(rig.context))
    assert unnamed(dialog) == []
    assert dialog.words.toPlainText() == "旧粮库"
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert (rig.context.drafts.all(), dialog.table.rows()) == ({}, ())


def test_the_window_keeps_an_open_dialogs_words_when_it_is_closed(tmp_path, qtbot):
    program = Program(clock=FixedClock(), language="zh_CN")
    looks.apply_looks(QApplication.instance(), program)
    path = tmp_path / "清河.park"
    services = program.create(str(path))
    services.editing.add("park", {"code": "QH", "name": "清河机械园"})
    services.close()
    for expected in ("", "没写完heshi"):
        window = Window(program)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.opening.open(str(path))
        qtbot.waitUntil(lambda window=window: window.context is not None)
        dialog = note(window.context)
        assert dialog.words.toPlainText() == expected
        dialog.words.setFocus()
        if not expected:
            commit(dialog.words, "没写完")
            compose(dialog.words, "heshi")
        window.close()


def _dialogs():
    """Every dialog of the program that has a field to type in, with the text of its module."""
    for path in sorted(UI.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        fields = [kind for kind in ("QLineEdit(", "QPlainTextEdit(") if kind in text]
        if not (fields and "Dialog(" in text):  # taking all apart costs each collection seconds
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Dialog"):
                if node.name.startswith("_"):
                    continue
                body = ast.get_source_segment(text, node) or ""
                if any(kind in body for kind in fields):
                    yield node.name


@pytest.mark.parametrize("name", sorted(set(_dialogs()) - SEARCHES - KEPT_ELSEWHERE))
def test_every_dialog_with_a_field_keeps_its_typing(name):
    makers = [p.read_text(encoding="utf-8") for p in UI.rglob("*.py")]
    assert any(name in x and ("KeptTyping(" in x or "DraftWords(" in x) for x in makers)


def test_the_dialogs_are_found():
    assert {"WordsDialog", "TextDialog", "ChoiceDialog", "StartDialog"} <= set(_dialogs())
