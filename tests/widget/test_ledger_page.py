# SPDX-License-Identifier: MIT
"""The ledger page: what is shown, views, filters, tables of one kind, models, both languages."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QCheckBox

from tests.widget.input_method import commit
from tests.widget.ledger_rig import cell, compose_into, ledger_page, names, small_park
from tests.widget.page_rig import a_rig, is_collected, unnamed
from tests.widget.small_park import fill
from workbench.domain.catalogue import CATALOGUE
from workbench.ui.models.asset_columns import COLUMNS, REGISTER
from workbench.ui.pages.ledger.columns import ColumnChooser
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.buttons import Button, FilterChip
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
COLUMN = {column.key: at for at, column in enumerate(COLUMNS)}
rig = small_park
page = ledger_page


# ---- what is shown


def test_the_register_lists_each_parcel_with_its_buildings_then_facilities(page):
    assert names(page) == [
        "原铜材厂地块", "研发用地", "研发一号楼", "研发二号楼", "仓库", "变电站",
    ]  # fmt: skip


def test_computed_figures_come_from_leases_and_land(page):
    occupancy = cell(page, "研发一号楼", "occupancy")
    assert occupancy.raw == Decimal(10000) / Decimal(21450)
    assert occupancy.text == "46.6"
    far = (Decimal(21450 + 9800 + 15600)) / (Decimal("24.6") * Decimal(10000) / 15)
    assert cell(page, "研发用地", "far").raw == pytest.approx(far)
    assert cell(page, "研发一号楼", "rent").text == "30.0"


def test_unknown_not_applicable_zero_and_estimated_look_different(rig, page):
    edit = rig.services.editing.edit
    edit("building", rig.keys["B1"], "net_value", "0")
    edit("building", rig.keys["B2"], "net_value", "不适用")
    edit("building", rig.keys["B3"], "net_value", "约1341万")
    assert cell(page, "研发一号楼", "net_value").text == "0.00"
    assert cell(page, "研发二号楼", "net_value").text == "不适用"
    assert cell(page, "仓库", "net_value").text == "约 1,341.00"
    land = cell(page, "仓库", "land")
    assert (land.text, land.missing) == ("", False)
    needed = cell(page, "研发二号楼", "title")
    assert (needed.text, needed.missing) == ("", True)


def test_views_ask_the_rules(page, qtbot):
    sheet = page.sheet()
    assert sheet.views.button("idle").text().split() == ["闲置", "2"]
    qtbot.mouseClick(sheet.views.button("idle"), Qt.MouseButton.LeftButton)
    assert names(page) == ["原铜材厂地块", "研发二号楼"]
    qtbot.mouseClick(sheet.views.button("under_used"), Qt.MouseButton.LeftButton)
    assert names(page) == ["研发一号楼"]


def test_filters_are_chips_that_can_be_taken_away(page, qtbot):
    sheet = page.sheet()
    sheet.model.set_filter("kind", ColumnFilter(frozenset({"研发办公"})))
    assert names(page) == ["研发一号楼", "研发二号楼", "仓库"]
    [chip] = sheet.filters.findChildren(FilterChip)
    assert "用途类型：研发办公" in chip.findChild(Button).text()
    qtbot.mouseClick(chip.findChild(Button), Qt.MouseButton.LeftButton)
    assert len(names(page)) == 6


def test_sorting_by_several_columns_is_said_in_words(page):
    sheet = page.sheet()
    sheet.model.set_sort([SortKey("kind"), SortKey("floor_area", descending=True)])
    order = names(page)
    assert order.index("研发一号楼") < order.index("仓库") < order.index("研发二号楼")
    assert sheet.filters._sort_words() == "排序：用途类型 ↑、建筑面积 ↓"


def test_nothing_found_names_the_filters_and_offers_to_clear_them(page, qtbot):
    sheet = page.sheet()
    sheet.model.set_filter("land", ColumnFilter(minimum=Decimal(1000)))
    assert names(page) == []
    assert sheet._nothing.words() == "当前条件：土地面积：≥ 1,000.00。"
    clear = next(b for b in sheet._nothing.findChildren(Button) if b.text() == "清除筛选")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 6


def test_nothing_found_names_the_words_that_were_looked_for(page):
    sheet = page.sheet()
    sheet.views.button("idle").click()
    commit(sheet.search, "没有这样的")
    assert sheet._nothing.words() == "当前条件：视图“闲置”、表内搜索“没有这样的”。"


def test_a_table_without_any_record_offers_to_begin_one(rig, page, qtbot):
    page.tabs.choose("demand")
    nothing = page.sheet()._nothing
    assert nothing.words() == "在这里逐条新建，或导入 Excel 台账。"
    [begin] = [b for b in nothing.findChildren(Button) if b.isVisible()]
    assert begin.text().strip() == "新建需求线索"
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert rig.host.findChild(NewRecordDialog) is not None


# ---- tables of one kind


def test_every_kind_of_record_has_its_table(page, qtbot):
    for entity in CATALOGUE.ledger():
        page.tabs.choose(entity.key)
        assert page.sheet().key == entity.key
        keys = {column.key for column in page.sheet().model.columns()}
        computed = {"lease_status"} if entity.key == "lease" else set()
        assert keys == {field.key for field in entity} | computed


def test_a_reference_is_shown_by_name_and_typed_by_name(rig, page):
    page.tabs.choose("lease")
    assert cell(page, "L1", "building").text == "研发一号楼"
    compose_into(page, "L1", "building", "研发二号楼")
    page.leave()
    assert rig.services.querying.record("lease", rig.keys["L1"]).get("building") == rig.keys["B2"]


def test_chosen_columns_are_kept_with_the_project(rig, page, qtbot):
    sheet = page.sheet()
    qtbot.mouseClick(sheet.tools.columns_button, Qt.MouseButton.LeftButton)
    chooser = rig.host.findChild(ColumnChooser)
    assert chooser.isVisible()
    box = next(b for b in chooser.findChildren(QCheckBox) if b.text() == "备注")
    box.click()
    assert COLUMN["note"] in sheet.grid.shown_columns()
    chooser.close_popup()
    again = rig.show(LedgerPage)
    assert COLUMN["note"] in again.sheet().grid.shown_columns()


def test_find_walks_through_the_cells(page, qtbot):
    sheet = page.sheet()
    sheet.grid.setFocus()
    QTest.keyClick(sheet.grid, Key.Key_F, CTRL)
    assert sheet.find_bar.isVisible()
    commit(sheet.find_bar.field, "仓库")
    QTest.keyClick(sheet.find_bar.field, Key.Key_Return)
    assert sheet.current_record().label == "仓库"
    sheet.find_bar.field.setText("没有这个词")
    QTest.keyClick(sheet.find_bar.field, Key.Key_Return)
    assert sheet.find_bar._said.text() == "没有找到“没有这个词”"
    QTest.keyClick(sheet.find_bar.field, Key.Key_Escape)
    assert sheet.find_bar.isHidden()


# ---- every page


def test_models_keep_qt_s_contract(rig, page):
    reporting = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = []
    for key in (REGISTER, "building", "lease"):
        page.tabs.choose(key)
        testers.append(QAbstractItemModelTester(page.sheet().model, reporting))
    rig.services.editing.edit("building", rig.keys["B1"], "name", "甲")
    rig.services.editing.delete("facility", [rig.keys["F1"]])
    rig.services.history.undo()
    page.tabs.choose(REGISTER)
    page.sheet().model.set_filter("kind", ColumnFilter(frozenset({"研发办公"})))
    page.sheet().choose_view("idle")
    del testers


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_it_opens_in_both_languages_and_everything_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language)
    fill(rig.services, rig.context.park_key)
    page = rig.show(LedgerPage)
    page.focus_detail()
    assert unnamed(page) == []
    page.tabs.choose("lease")
    assert unnamed(page) == []
    rig.close()


def test_a_closed_page_is_collected(rig):
    assert is_collected(rig, LedgerPage)
