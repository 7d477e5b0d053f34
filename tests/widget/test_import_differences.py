# SPDX-License-Identifier: MIT
"""A file that is imported again: its differences field by field, decided one by one or for all."""

from PySide6.QtCore import Qt

from tests.widget.import_rig import (
    ROWS,
    a_ledger,
    buildings,
    click_cell,
    empty_project,
    go_on,
    opened,
    three_buildings,
)

rig = empty_project
ledger = three_buildings


def reimported(rig, qtbot, ledger, tmp_path):
    """Import, then open a file in which two fields of A1 and one of A2 differ."""
    first = opened(rig, qtbot, ledger)
    go_on(rig, qtbot, first)
    go_on(rig, qtbot, first)
    first.close_dialog()
    one = [*ROWS[0][:3], 12500, "空置", 1200]
    two = [*ROWS[1][:2], "二号厂房（新）", *ROWS[1][3:]]
    again = opened(rig, qtbot, a_ledger(tmp_path / "新台账.xlsx", [one, two, ROWS[2]]))
    go_on(rig, qtbot, again)
    qtbot.mouseClick(again.check.lists.button("review"), Qt.MouseButton.LeftButton)
    return again


def test_a_changed_file_shows_its_differences_field_by_field(rig, qtbot, ledger, tmp_path):
    again = reimported(rig, qtbot, ledger, tmp_path)
    differences = again.check.differences
    shown = [[cell.text for cell in row.cells[2:]] for row in differences.table.rows()]
    assert shown == [
        ["证载建筑面积", "12,400.00 ㎡", "12,500.00 ㎡", "待定"],
        ["使用状态", "出租", "空置", "待定"],
        ["楼栋名称", "二号厂房", "二号厂房（新）", "待定"],
    ]
    assert not again.next_button.isEnabled()
    click_cell(qtbot, differences.table, "0", 5)
    assert again._next.text() == "导入 1 行"
    go_on(rig, qtbot, again)
    a1 = buildings(rig)["A1"]
    assert (a1.number("gfa_cert"), a1.get("use_status")) == (12500, "出租")
    assert buildings(rig)["A2"].get("name") == "二号厂房"


def test_differences_are_decided_for_one_field_or_for_all(rig, qtbot, ledger, tmp_path):
    again = reimported(rig, qtbot, ledger, tmp_path)
    differences = again.check.differences
    qtbot.mouseClick(differences.take_all, Qt.MouseButton.LeftButton)
    assert again._next.text() == "导入 2 行"
    click_cell(qtbot, differences.table, "1", 3)
    qtbot.mouseClick(differences.field_keep, Qt.MouseButton.LeftButton)
    go_on(rig, qtbot, again)
    a1, a2 = buildings(rig)["A1"], buildings(rig)["A2"]
    assert (a1.number("gfa_cert"), a1.get("use_status")) == (12500, "出租")
    assert a2.get("name") == "二号厂房（新）"


def test_a_row_is_stored_beside_the_record_that_it_resembles(rig, qtbot, ledger, tmp_path):
    again = reimported(rig, qtbot, ledger, tmp_path)
    differences = again.check.differences
    click_cell(qtbot, differences.table, "2", 1)
    qtbot.mouseClick(differences.act.button("new"), Qt.MouseButton.LeftButton)
    go_on(rig, qtbot, again)
    names = [r.get("name") for r in rig.services.querying.records("building")]
    assert sorted(names) == ["一号厂房", "三号厂房", "二号厂房", "二号厂房（新）"]


def test_a_machine_among_houses_is_listed_and_added_by_a_click(rig, qtbot, tmp_path):
    head = ["园区名称", "楼栋编号", "楼栋名称", "资产类别", "账面净值(万元)"]
    rows = [
        ["滨河高新产业园", "A1", "一号厂房", "标准厂房", 1200],
        ["滨河高新产业园", "E1", "10kV变压器", "机器设备", 0.8],
    ]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "固定资产.xlsx", rows, head))
    go_on(rig, qtbot, dialog)
    qtbot.mouseClick(dialog.check.lists.button("review"), Qt.MouseButton.LeftButton)
    differences = dialog.check.differences
    assert [[cell.text for cell in row.cells[1:]] for row in differences.table.rows()] == [
        ["E1  10kV变压器", "类型", "—", "机器设备", "待定"]
    ]
    click_cell(qtbot, differences.table, "0", 5)
    go_on(rig, qtbot, dialog)
    assert sorted(buildings(rig)) == ["A1", "E1"]
