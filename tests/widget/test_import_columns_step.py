# SPDX-License-Identifier: MIT
"""What the import understood of each column is shown, changed by one choice and remembered."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.import_rig import (
    a_ledger,
    empty_project,
    go_on,
    opened,
    settle,
    three_buildings,
)

rig = empty_project
ledger = three_buildings


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


def choose(rig, qtbot, dialog, address, key):
    choice = dialog.columns.field(address)
    choice.setCurrentIndex(choice.findData(key))
    choice.activated.emit(choice.currentIndex())
    settle(rig, qtbot, dialog)


def test_the_fields_of_one_column_are_two_lines_and_are_put_together_again(rig, qtbot, tmp_path):
    head = ["园区名称", "楼栋名称", "结构/层数"]
    rows = [["滨河高新产业园", "一号厂房", "钢混/5"], ["滨河高新产业园", "二号厂房", "砖混/2"]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "合栏.xlsx", rows, head))
    assert dialog.columns.field("C/1").chosen() == "structure"
    assert dialog.columns.field("C/2").chosen() == "floors_above"
    choose(rig, qtbot, dialog, "C/2", "floors_below")
    [table] = dialog.preview().tables()
    assert table.values(0)["floors_below"] == 5
    choose(rig, qtbot, dialog, "C/1", "|")
    choose(rig, qtbot, dialog, "C", "note")
    [table] = dialog.preview().tables()
    assert table.values(0)["note"] == "钢混/5"
    choose(rig, qtbot, dialog, "C", "/")
    assert dialog.columns.field("C/1").chosen() == "structure"


def test_the_order_of_days_is_chosen_once_for_a_column_under_unit(rig, qtbot, tmp_path):
    head = ["合同编号", "承租方", "租赁面积（㎡）", "起租日"]
    rows = [["Z1", "甲公司", 52, "03/02/2024"], ["Z2", "乙公司", 20, "05/02/2024"]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "租约.xlsx", rows, head, "租约"))
    choice = dialog.columns._units["D"]
    choice.setCurrentIndex(choice.findData("d/m/y"))
    choice.activated.emit(choice.currentIndex())
    settle(rig, qtbot, dialog)
    [table, *_] = dialog.preview().tables()
    assert str(table.values(0)["start_on"]) == "2024-02-03"


def test_one_click_says_the_kind_of_every_burden(rig, qtbot, tmp_path):
    head = ["资产", "债权人", "金额（万元）", "到期日"]
    rows = [["1#车间", "工商银行", 52, "2027-01-01"], ["2#车间", "甲公司", 20, "2027-01-01"]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "负担.xlsx", rows, head, "权利负担"))
    qtbot.mouseClick(dialog.columns.questions.take, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, dialog)
    [table, *_] = dialog.preview().tables()
    assert [table.values(at)["kind"] for at in (0, 1)] == ["抵押", "抵押"]
    assert dialog.columns.questions.every.chosen() == "抵押"


def test_a_row_of_land_and_houses_that_tells_neither_is_chosen_where_it_is_named(
    rig, qtbot, tmp_path
):
    head = ["资产名称", "权证编号", "面积", "账面原值（万元）"]
    rows = [["工业用地", "A1", 66, 18], ["1#车间", "A2", 21, 22], ["东湖项目", "A3", 5, 8]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "混排.xlsx", rows, head, "资产"))
    choice = dialog.columns.questions.rows[4]
    choice.setCurrentIndex(choice.findData("parcel"))
    choice.activated.emit(choice.currentIndex())
    settle(rig, qtbot, dialog)
    assert {t.entity: len(list(t.kept())) for t in dialog.preview().tables()} == {
        "building": 1, "parcel": 2,
    }  # fmt: skip


def test_what_was_settled_about_a_layout_is_remembered(rig, qtbot, ledger, tmp_path):
    first = opened(rig, qtbot, ledger)
    assert not first.columns._remembered.isVisible()
    choice = first.columns.field("D")
    choice.setCurrentIndex(choice.findData("rentable_area"))
    choice.activated.emit(choice.currentIndex())
    settle(rig, qtbot, first)
    go_on(rig, qtbot, first)
    go_on(rig, qtbot, first)
    first.close_dialog()
    other = [["滨河高新产业园", "A9", "九号厂房", 700, "出租", 12]]
    again = opened(rig, qtbot, a_ledger(tmp_path / "另一册.xlsx", other))
    assert again.columns.field("D").chosen() == "rentable_area"
    assert again.columns._remembered.isVisible()
    qtbot.mouseClick(again.columns.read_afresh, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, again)
    assert again.columns.field("D").chosen() == "gfa_cert"


def test_a_sheet_without_a_known_header_is_read_where_a_person_points(rig, qtbot, tmp_path):
    head = ["栏目甲", "栏目乙", "栏目丙"]
    rows = [["A1", "一号", 100], ["A2", "二号", 200]]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "怪.xlsx", rows, head))
    assert dialog.step() == "columns"
    assert not dialog.next_button.isEnabled()
    QTest.keyClicks(dialog.columns.header.first, "1")
    QTest.keyClick(dialog.columns.header.first, Qt.Key.Key_Return)
    settle(rig, qtbot, dialog)
    for letter, field in (("A", "code"), ("B", "name")):
        choice = dialog.columns.field(letter)
        choice.setCurrentIndex(choice.findData(field))
        choice.activated.emit(choice.currentIndex())
        settle(rig, qtbot, dialog)
    assert dialog.preview().counts()["new"] == 2
