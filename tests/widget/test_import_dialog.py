# SPDX-License-Identifier: MIT
"""The import in four steps: what was understood, what is wrong, nothing stored before the end."""

import gc
import weakref

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, unnamed
from workbench.ui.pages.import_dialog import ImportDialog
from workbench.ui.pages.import_steps import STEPS

HEAD = ["园区名称", "楼栋编号", "楼栋名称", "建筑面积(㎡)", "使用状态", "账面净值(万元)"]
ROWS = [
    ["滨河高新产业园", "A1", "一号厂房", 12400, "出租", 1200],
    ["滨河高新产业园", "A2", "二号厂房", "12400+600", "空闲中", 900],
    ["滨河高新产业园", "A3", "三号厂房", "待测", "空置", None],
    ["合计", None, None, 25400, None, 2100],
]


def a_ledger(path, rows=ROWS, head=HEAD):
    book = Workbook()
    sheet = book.active
    sheet.title = "厂房"
    for row in [head, *rows]:
        sheet.append(row)
    book.save(path)
    book.close()
    return str(path)


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def ledger(tmp_path):
    return a_ledger(tmp_path / "台账.xlsx")


def opened(rig, qtbot, *files):
    dialog = ImportDialog(rig.context, rig.host, list(files))
    dialog.open()
    if files:
        settle(rig, qtbot, dialog)
    return dialog


def settle(rig, qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._task is None and not rig.tasks.is_busy(), timeout=20_000)


def go_on(rig, qtbot, dialog):
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, dialog)


def buildings(rig):
    return {record.get("code"): record for record in rig.services.querying.records("building")}


def test_the_columns_are_shown_as_understood_and_can_be_changed(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    assert dialog.step() == "columns"
    assert dialog.columns.field("D").chosen() == "gfa_cert"
    choice = dialog.columns.field("D")
    choice.setCurrentIndex(choice.findData("rentable_area"))
    choice.activated.emit(choice.currentIndex())
    settle(rig, qtbot, dialog)
    assert dialog.columns.field("D").chosen() == "rentable_area"
    [table] = dialog.preview().tables()
    assert "rentable_area" in table.columns
    assert "gfa_cert" not in table.columns


def test_problems_are_listed_with_suggestions_and_counts_add_up(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    assert dialog.step() == "check"
    shown = {row.cells[2].text: row.cells[4].text for row in dialog.check.problem_table.rows()}
    assert shown["12400+600"] == "改为 13000"
    assert shown["待测"] == "—"
    counts = dialog.preview().counts()
    assert counts["read"] == sum(counts[key] for key in counts if key != "read") == 4
    assert dialog._next.text() == "导入 3 行"


def test_one_suggestion_is_taken_and_the_original_text_stays(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check
    at = next(r.key for r in check.problem_table.rows() if r.cells[2].text == "12400+600")
    check.problem_table.choose(at)
    check.problem_table.setFocus()
    QTest.keyClick(check.problem_table, Qt.Key.Key_Return)
    assert check.value.text() == "13000"
    QTest.keyClick(check.value, Qt.Key.Key_Return)
    go_on(rig, qtbot, dialog)
    record = buildings(rig)["A2"]
    assert record.number("gfa_cert") == 13000
    assert record.origins["gfa_cert"].raw == "12400+600"


def test_a_typed_value_that_cannot_be_read_stays_in_the_field(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check
    at = next(r.key for r in check.problem_table.rows() if r.cells[2].text == "待测")
    check._on_problem(at)
    commit(check.value, "很大")
    QTest.keyClick(check.value, Qt.Key.Key_Return)
    assert check.value.property("state") == "error"
    before = len(check.problem_table.rows())
    check.value.setText("")
    commit(check.value, "8600")
    qtbot.mouseClick(check.use, Qt.MouseButton.LeftButton)
    assert len(check.problem_table.rows()) == before - 1


def test_all_suggestions_are_taken_at_once(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.check.take_all, Qt.MouseButton.LeftButton)
    assert all(row.cells[4].text == "—" for row in dialog.check.problem_table.rows())
    assert not dialog.check.take_all.isEnabled()


def test_nothing_is_stored_before_the_last_button_and_undo_takes_all_back(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    assert buildings(rig) == {}
    go_on(rig, qtbot, dialog)
    assert dialog.step() == "done"
    assert set(buildings(rig)) == {"A1", "A2", "A3"}
    assert rig.services.history.next_undo().label == "importing.label"
    qtbot.mouseClick(dialog._undo, Qt.MouseButton.LeftButton)
    assert buildings(rig) == {}
    assert rig.shell.toasts[-1] == "已撤销导入的 3 条记录"


def test_a_toast_after_the_import_offers_to_undo_it(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    assert rig.shell.went[-1] == ("ledger", "")
    assert rig.shell.toasts[-1] == "已导入 3 条记录"
    rig.shell.actions[-1]()
    assert buildings(rig) == {}


def test_known_records_are_reviewed_row_by_row(rig, qtbot, ledger, tmp_path):
    first = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, first)
    go_on(rig, qtbot, first)
    first.close_dialog()
    changed = [[*ROWS[0][:3], 12500, *ROWS[0][4:]], *ROWS[1:3]]
    again = opened(rig, qtbot, a_ledger(tmp_path / "新台账.xlsx", changed))
    go_on(rig, qtbot, again)
    check = again.check
    assert check.lists.current() == "review" or check.problem_table.rows()
    qtbot.mouseClick(check.lists.button("review"), Qt.MouseButton.LeftButton)
    [row] = check.row_table.rows()
    assert row.cells[3].text == "证载建筑面积：12,400.00 → 12,500.00"
    assert not again.next_button.isEnabled()
    check.row_table.choose("0")
    check._on_row("0")
    qtbot.mouseClick(check.action.button("update"), Qt.MouseButton.LeftButton)
    assert again._next.text() == "导入 1 行"
    go_on(rig, qtbot, again)
    assert buildings(rig)["A1"].number("gfa_cert") == 12500


def test_totals_of_the_file_that_disagree_are_said(rig, qtbot, tmp_path):
    rows = [ROWS[0], ["合计", None, None, 99999, None, 1200]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "合计.xlsx", rows))
    go_on(rig, qtbot, dialog)
    assert dialog.check._totals.isVisible()
    assert "99,999.00 ㎡" in dialog.check._totals._text.text()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04 not really", "已损坏"),
        ("空.xlsx", b"", "空文件"),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "不是表格"),
    ],
)
def test_an_unreadable_file_gets_one_sentence_and_nothing_happens(
    rig, qtbot, tmp_path, name, content, words
):
    path = tmp_path / name
    path.write_bytes(content)
    dialog = opened(rig, qtbot, str(path))
    assert dialog.step() == "files"
    assert words in dialog.files._trouble._text.text()
    assert name in dialog.files._trouble._text.text()


def test_a_missing_file_gets_one_sentence(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot, str(tmp_path / "没有.xlsx"))
    assert "没有.xlsx" in dialog.files._trouble._text.text()


def test_files_are_dropped_and_removed(rig, qtbot, ledger):
    dialog = opened(rig, qtbot)
    assert not dialog.next_button.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(ledger)])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.files.zone.dropEvent(event)
    assert dialog.files.files == [ledger]
    assert dialog.next_button.isEnabled()
    dialog.files.set_files([])
    assert not dialog.next_button.isEnabled()


def test_escape_stops_reading_and_stores_nothing(rig, qtbot, ledger):
    dialog = ImportDialog(rig.context, rig.host, [ledger])
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not rig.tasks.is_busy(), timeout=20_000)
    assert buildings(rig) == {}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_step_is_named_in_both_languages(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "台账.xlsx"))
    for step in STEPS:
        dialog._show_step(step)
        assert unnamed(dialog) == []
    rig.close()


def test_a_closed_dialog_is_collected(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    gone = weakref.ref(dialog)
    dialog.close_dialog()
    del dialog
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    gc.collect()
    assert gone() is None
