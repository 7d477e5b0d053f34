# SPDX-License-Identifier: MIT
"""What a person typed or took while checking an import goes back, and outlives a step back."""

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.dropping import drop_files
from tests.widget.import_rig import (
    HEAD,
    ROWS,
    buildings,
    click_cell,
    empty_project,
    go_on,
    opened,
    settle,
    three_buildings,
)
from tests.widget.input_method import commit

rig = empty_project
ledger = three_buildings


def of_raw(check, raw):
    return next(row.key for row in check.table.rows() if row.cells[2].text == raw)


def choose(rig, qtbot, dialog, box, key):
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
    settle(rig, qtbot, dialog)


def test_a_suggestion_that_was_taken_goes_back_by_key_and_by_mouse(rig, qtbot, ledger):
    """Lesson 15: what one click does, one click undoes."""
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    step, check = dialog.check, dialog.check.problems
    before = [[cell.text for cell in row.cells] for row in check.table.rows()]
    assert not step.back.isEnabled()
    click_cell(qtbot, check.table, of_raw(check, "12400+600"), 5)
    assert len(check.table.rows()) < len(before)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [[cell.text for cell in row.cells] for row in check.table.rows()] == before
    assert check.value.text() == "13000"
    assert not step.back.isEnabled()
    qtbot.mouseClick(step.take_all, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(step.back, Qt.MouseButton.LeftButton)
    assert [[cell.text for cell in row.cells] for row in check.table.rows()] == before
    assert buildings(rig) == {}


def test_undo_in_the_new_value_first_undoes_what_is_typed_there(rig, qtbot, ledger):
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    click_cell(qtbot, check.table, of_raw(check, "12400+600"), 5)
    open_problems = check.count()
    QTest.keyClicks(check.value, "77")
    QTest.keyClick(check.value, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (check.value.text(), check.count()) == ("", open_problems)


def test_what_was_typed_stays_when_a_column_is_changed_afterwards(rig, qtbot, ledger):
    """Typing is never lost: a step back and another unit read the file again."""
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    check = dialog.check.problems
    check._on_row(of_raw(check, "待测"))
    commit(check.value, "8600")
    QTest.keyClick(check.value, Qt.Key.Key_Return)
    qtbot.mouseClick(dialog._back, Qt.MouseButton.LeftButton)
    choose(rig, qtbot, dialog, dialog.columns._units["F"], "元")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.columns._units["F"])
    go_on(rig, qtbot, dialog)
    assert "待测" not in [row.cells[2].text for row in check.table.rows()]
    go_on(rig, qtbot, dialog)
    assert buildings(rig)["A3"].number("gfa_cert") == 8600
    assert buildings(rig)["A3"].origins["gfa_cert"].raw == "待测"


def test_a_decision_is_about_its_own_row_after_a_table_was_left_out(rig, qtbot, tmp_path):
    """Rows were known by the place of their table: leaving one out moved what was decided."""
    first, second = (book_of_two(tmp_path / name, net) for name, net in (("a", 100), ("b", 200)))
    dialog = opened(rig, qtbot, first)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    dialog.close_dialog()
    dialog = opened(rig, qtbot, second)
    go_on(rig, qtbot, dialog)
    differences = dialog.check.differences
    assert [row.cells[1].detail for row in differences.table.rows()] == ["东", "西"]
    click_cell(qtbot, differences.table, differences.table.rows()[0].key, 5)
    qtbot.mouseClick(dialog._back, Qt.MouseButton.LeftButton)
    choose(rig, qtbot, dialog, dialog.columns.entity, "-")
    go_on(rig, qtbot, dialog)
    assert [row.cells[5].text for row in differences.table.rows()] == ["待定"]
    assert dialog.check.undecided() == 1


def book_of_two(path, net):
    """Two sheets whose only rows look alike but for their codes."""
    book = Workbook()
    for title in ("东", "西"):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append([*ROWS[0][:1], f"{title}1", f"{title}厂房", *ROWS[0][3:5], net])
    del book["Sheet"]
    book.save(path.with_suffix(".xlsx"))
    book.close()
    return str(path.with_suffix(".xlsx"))


def test_the_file_of_a_drop_that_is_no_ledger_is_named(rig, qtbot, ledger, tmp_path):
    (tmp_path / "合影.jpg").write_bytes(b"\xff\xd8")
    dialog = opened(rig, qtbot)
    drop_files(dialog.files.zone, ledger, tmp_path / "合影.jpg")
    assert dialog.files.files == [ledger]
    assert "合影.jpg" in dialog.files._trouble._text.text()


def test_the_way_back_is_offered_once_when_the_last_step_is_left(rig, qtbot, ledger):
    """A toast beside the last step undid the import behind its back."""
    dialog = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, dialog)
    go_on(rig, qtbot, dialog)
    assert rig.shell.toasts == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert rig.shell.toasts == ["已导入 3 条记录"]
    rig.shell.actions[-1]()
    assert buildings(rig) == {}


def test_a_column_that_names_the_asset_of_a_burden_is_shown_as_what_it_links(rig, qtbot, tmp_path):
    """资产编号 stood there as left out, although it was what linked the mortgage."""
    book = Workbook()
    land, burdens = book.active, book.create_sheet("抵押")
    land.append(["宗地编号", "宗地名称", "证载面积（亩）"])
    land.append(["G1", "一号地", 20])
    burdens.append(["资产编号", "限制类型", "权利人", "债权金额（万元）"])
    burdens.append(["G1", "抵押", "甲银行", 100])
    book.save(tmp_path / "a.xlsx")
    book.close()
    dialog = opened(rig, qtbot, str(tmp_path / "a.xlsx"))
    dialog.columns.table.setCurrentIndex(1)
    assert dialog.columns.field("A").chosen() == "parcel"
    choose(rig, qtbot, dialog, dialog.columns.field("A"), "")
    dialog.columns.table.setCurrentIndex(1)
    assert dialog.columns.field("A").chosen() == ""
