# SPDX-License-Identifier: MIT
"""Blocks with headings of their own, pasted into tables of one kind and of several."""

from decimal import Decimal

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import ledger_page, names, row_of, small_park

rig = small_park
page = ledger_page
CTRL = Qt.KeyboardModifier.ControlModifier


def paste(page, name, column, text):
    sheet = page.sheet()
    QApplication.clipboard().setText(text)
    sheet.grid.setFocus()
    shown = map(sheet.model.record_at, range(sheet.model.rowCount()))
    row = next(at for at, record in enumerate(shown) if record and record.label == name)
    sheet.grid.go_to(row, sheet.model.column_number(column))
    QTest.keyClick(sheet.grid, Qt.Key.Key_V, CTRL)
    QApplication.processEvents()


def kept(rig, entity, code):
    return rig.services.querying.record(entity, rig.keys[code])


def test_headings_are_never_written_as_the_names_of_assets(rig, page):
    """The register's own words and those of fields are headings there too."""
    paste(page, "研发用地", "name", "资产名称\t备注\r\n甲地\t好\r\n乙楼\t坏\r\n")
    assert kept(rig, "parcel", "G2").get("name") == "甲地"
    assert kept(rig, "building", "B1").get("name") == "乙楼"
    assert kept(rig, "building", "B1").get("note") == "坏"
    assert "资产名称" not in names(page)


def test_each_row_of_the_register_is_read_by_the_fields_of_its_kind(rig, page):
    """An area under a heading in 亩 goes to a building in ㎡; a parcel has no such field."""
    paste(page, "研发用地", "code", "楼栋名称\t实际建筑面积（亩）\r\n甲\t1\r\n乙\t3\r\n")
    assert kept(rig, "parcel", "G2").get("name") == "研发用地"
    assert kept(rig, "building", "B1").number("gfa_actual") == Decimal(2000)
    assert "“楼栋名称”不是宗地的项，没有写入。" in rig.shell.toasts[-1]
    assert "原值不变，其余已写入" in rig.shell.toasts[-1]


def test_a_heading_that_the_table_does_not_know_is_named(rig, page):
    page.tabs.choose("building")
    paste(page, "研发一号楼", "code", "楼栋名称\t实际建筑面积\t心情\r\n甲楼\t3\t好\r\n")
    assert rig.shell.toasts[-1] == "已修改 2 个单元格。这张表里没有“心情”，这些内容没有粘贴。"


def test_headed_rows_pass_over_group_headings_and_what_is_left_becomes_records(rig, page):
    page.tabs.choose("building")
    page.sheet().model.set_group("use_status")
    first = page.sheet().model.record_at(1)
    rows = "".join(f"新{n}\tN{n}\r\n" for n in range(4))
    paste(page, first.label, "code", f"楼栋名称\t楼栋编号\r\n{rows}")
    found = {record.get("name") for record in rig.services.querying.records("building")}
    assert found == {"新0", "新1", "新2"}
    assert "还有 1 行超出表格末行" in rig.shell.toasts[-1]
    rig.shell.actions[-1]()
    assert "新3" in {record.get("name") for record in rig.services.querying.records("building")}


def test_how_a_single_pasted_value_was_read_is_said_with_the_step(rig, page):
    page.tabs.choose("building")
    paste(page, "研发一号楼", "gfa_actual", "50亩")
    assert rig.shell.toasts == ["已修改 1 个单元格。“50亩”读作 33333.333333 ㎡。"]
    paste(page, "研发一号楼", "gfa_actual", "待核")
    assert rig.shell.toasts[-1] == "已修改 1 个单元格。“待核”读作未填（未知），不是 0。"


def test_nothing_to_paste_is_said(rig, page):
    paste(page, "研发用地", "name", "")
    assert rig.shell.toasts == ["剪贴板里没有可粘贴的单元格。"]


def test_a_block_of_comma_separated_values_alone_is_pasted(rig, page, qapp):
    page.tabs.choose("building")
    data = QMimeData()
    data.setData("text/csv", b'"1,234.5",900\r\n')
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, "研发一号楼"), sheet.model.column_number("gfa_actual"))
    qapp.clipboard().setMimeData(data)
    QTest.keyClick(sheet.grid, Qt.Key.Key_V, CTRL)
    qapp.clipboard().setText("")
    assert kept(rig, "building", "B1").number("gfa_actual") == Decimal("1234.5")
    assert kept(rig, "building", "B1").number("rentable_area") == Decimal(900)
