# SPDX-License-Identifier: MIT
"""The ledger page: views, filters, editing in place, undo, details, all with real events."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import a_rig, is_collected, unnamed
from tests.widget.small_park import fill
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.values import ValueState
from workbench.ui.models import park_state
from workbench.ui.models.asset_columns import COLUMNS, REGISTER
from workbench.ui.pages.ledger.columns import ColumnChooser
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import Button, FilterChip
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
COLUMN = {column.key: at for at, column in enumerate(COLUMNS)}


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot)
    made.keys = fill(made.services, made.context.park_key)
    yield made
    made.close()


@pytest.fixture
def page(rig):
    return rig.show(LedgerPage)


def names(page):
    model = page.sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def row_of(page, name):
    return names(page).index(name)


def cell(page, name, column):
    number = page.sheet().model.column_number(column)
    return page.sheet().model.cell(row_of(page, name), number)


def type_into(page, name, column, text):
    """Choose a cell, type as a keyboard does, press Enter."""
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, name), sheet.model.column_number(column))
    for letter in text:
        QTest.keyClicks(sheet.grid.open_editor() or sheet.grid, letter)
    QTest.keyClick(sheet.grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()


def compose_into(page, name, column, text):
    """Choose a cell and type Chinese through an input method, without Enter."""
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, name), sheet.model.column_number(column))
    compose(sheet.grid, "pinyin")
    commit(sheet.grid.open_editor(), text)


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
    assert "土地面积：≥ 1,000.00" in sheet._nothing._text.text()
    clear = next(b for b in sheet._nothing.findChildren(Button) if b.text() == "清除筛选")
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 6


# ---- editing


@pytest.mark.parametrize(
    ("name", "column", "typed", "field", "stored"),
    [
        ("研发二号楼", "floor_area", "3.7万", "gfa_actual", Decimal(37000)),
        ("原铜材厂地块", "land", "50亩", "area_cert", Decimal("33333.333333")),
        ("原铜材厂地块", "land", "50", "area_cert", Decimal("33333.333333")),
        ("研发一号楼", "net_value", "1,341", "net_value", Decimal(13410000)),
        ("研发一号楼", "net_value", "1341万", "net_value", Decimal(13410000)),
    ],
)
def test_typing_reads_numbers_in_the_unit_of_the_column(
    rig, page, name, column, typed, field, stored
):
    record = page.sheet().model.record_at(row_of(page, name))
    if typed.isascii():
        type_into(page, name, column, typed)
    else:
        compose_into(page, name, column, typed)
        QTest.keyClick(page.sheet().grid.open_editor(), Key.Key_Return)
        QApplication.processEvents()
    kept = rig.services.querying.record(record.entity, record.key)
    assert kept.get(field) == pytest.approx(stored)


def test_a_typed_value_is_one_step_that_undo_takes_back(rig, page):
    compose_into(page, "仓库", "name", "冷链仓库")
    QTest.keyClick(page.sheet().grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    assert "冷链仓库" in names(page)
    step = rig.services.history.next_undo()
    assert (step.label, step.params["field"]) == ("editing.edit_cell", "name")
    rig.services.history.undo()
    assert "仓库" in names(page)


def test_what_cannot_be_read_is_refused_with_the_reason_and_stays_in_the_editor(rig, page):
    type_into(page, "仓库", "net_value", "abc")
    QApplication.processEvents()
    assert "仓库的账面净值" in rig.shell.toasts[-1]
    editor = page.sheet().grid.open_editor()
    assert editor.text() == "abc"
    assert rig.services.querying.record("building", rig.keys["B3"]).get("net_value") is None


def test_a_computed_cell_says_where_to_change_it(rig, page):
    sheet = page.sheet()
    row = row_of(page, "研发用地")
    outcome = sheet.model.set_cells([(row, COLUMN["floor_area"], "100")], "ui.step_paste")
    assert outcome.applied == 0
    assert outcome.refused[0][2] == "宗地的建筑面积由其他数据计算得出。请修改来源数据。"


def test_a_pasted_block_is_one_step_and_refused_cells_are_listed(rig, page):
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, "研发一号楼"), COLUMN["floor_area"])
    QApplication.clipboard().setText("20000\r\nabc\r\n16000\r\n")
    QTest.keyClick(sheet.grid, Key.Key_V, CTRL)
    QApplication.processEvents()
    toast = rig.shell.toasts[-1]
    assert toast.startswith("已修改 2 个单元格。1 个值没有接受")
    assert "研发二号楼的建筑面积" in toast
    assert rig.services.querying.record("building", rig.keys["B3"]).number("gfa_actual") == 16000
    rig.services.history.undo()
    areas = [rig.services.querying.record("building", rig.keys[k]).number("gfa_actual")
             for k in ("B1", "B3")]  # fmt: skip
    assert areas == [21450, 15600]


def test_text_in_an_open_editor_is_kept_when_the_page_is_left(rig, page):
    compose_into(page, "仓库", "name", "保税仓库")
    page.leave()
    assert rig.services.querying.record("building", rig.keys["B3"]).get("name") == "保税仓库"


def test_not_applicable_can_be_typed(rig, page):
    compose_into(page, "仓库", "net_value", "不适用")
    page.leave()
    record = rig.services.querying.record("building", rig.keys["B3"])
    assert record.state("net_value") is ValueState.NOT_APPLICABLE


def test_deleting_rows_can_be_undone_and_keeps_what_others_refer_to(rig, page):
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, "变电站"), COLUMN["name"])
    QTest.keyClick(sheet.grid, Key.Key_Minus, CTRL)
    assert "变电站" not in names(page)
    rig.shell.actions[-1]()
    assert "变电站" in names(page)
    sheet.grid.go_to(row_of(page, "研发一号楼"), COLUMN["name"])
    QTest.keyClick(sheet.grid, Key.Key_Minus, CTRL)
    assert rig.shell.errors[-1].code == "editing.still_referenced"
    assert "研发一号楼" in names(page)


def test_a_large_park_is_computed_on_the_worker_and_shown_when_done(rig, qtbot, monkeypatch):
    monkeypatch.setattr(park_state, "COMPUTED_AT_ONCE", 0)
    page = rig.show(LedgerPage)
    rig.settle(qtbot)
    qtbot.waitUntil(lambda: cell(page, "研发一号楼", "occupancy").text == "46.6")
    compose_into(page, "仓库", "name", "冷链仓库")
    page.leave()
    assert "冷链仓库" in names(page)
    assert cell(page, "研发一号楼", "occupancy").text == "46.6"
    rig.services.editing.edit("lease", rig.keys["L1"], "area", "21450")
    rig.settle(qtbot)
    qtbot.waitUntil(lambda: cell(page, "研发一号楼", "occupancy").text == "100.0")


# ---- tables of one kind


def test_every_kind_of_record_has_its_table(page, qtbot):
    for entity in CATALOGUE.ledger():
        page.tabs.choose(entity.key)
        assert page.sheet().key == entity.key
        keys = {column.key for column in page.sheet().model.columns()}
        assert keys == {field.key for field in entity}


def test_a_reference_is_shown_by_name_and_typed_by_name(rig, page):
    page.tabs.choose("lease")
    assert cell(page, "L1", "building").text == "研发一号楼"
    compose_into(page, "L1", "building", "研发二号楼")
    page.leave()
    assert rig.services.querying.record("lease", rig.keys["L1"]).get("building") == rig.keys["B2"]


def test_chosen_columns_are_kept_with_the_project(rig, page, qtbot):
    sheet = page.sheet()
    qtbot.mouseClick(sheet._columns_button, Qt.MouseButton.LeftButton)
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


# ---- details


def test_the_detail_panel_follows_the_current_row(rig, page, qtbot):
    page.focus_detail()
    page.sheet().grid.go_to(row_of(page, "研发一号楼"), COLUMN["name"])
    qtbot.waitUntil(lambda: page.detail._name.text() == "研发一号楼")
    links = [link.text() for link in page.detail.findChildren(TargetLink)]
    assert "研发用地" in links
    qtbot.mouseClick(page.detail.tabs.button("letting"), Qt.MouseButton.LeftButton)
    assert "L1" in [link.text() for link in page.detail.findChildren(TargetLink)]


def test_a_problem_is_marked_in_its_cell_and_leads_there(rig, page, qtbot):
    rig.services.editing.edit("building", rig.keys["B2"], "occupancy", "112%")
    problem = cell(page, "研发二号楼", "occupancy").problem
    assert problem.level == "error"
    assert "112" in problem.text
    page.next_problem()
    assert page.sheet().current_record().key == rig.keys["B2"]
    page.focus_detail()
    qtbot.waitUntil(lambda: bool(page.detail.findChildren(Banner)))


def test_history_and_source_of_a_value_are_told(rig, page, qtbot):
    rig.services.editing.edit("building", rig.keys["B3"], "name", "三号仓")
    page.focus_detail()
    page.sheet().go_to_record("building", rig.keys["B3"])
    qtbot.waitUntil(lambda: page.detail._name.text() == "三号仓")
    qtbot.mouseClick(page.detail.tabs.button("log"), Qt.MouseButton.LeftButton)
    words = [label.text() for label in page.detail.findChildren(Label)]
    assert any("楼栋名称：仓库 → 三号仓" in text for text in words)
    qtbot.mouseClick(page.detail.tabs.button("overview"), Qt.MouseButton.LeftButton)
    page.detail._show_source("name")
    dialog = rig.host.findChild(Dialog)
    shown = [label.text() for label in dialog.findChildren(Label)]
    assert "手工填写" in shown
    assert any("仓库 → 三号仓" in text for text in shown)


# ---- new records


def test_a_new_asset_needs_a_name_and_is_shown_when_made(rig, page, qtbot):
    page.open_new()
    dialog = rig.host.findChild(NewRecordDialog)
    qtbot.mouseClick(dialog.kinds.button("building"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog._default, Qt.MouseButton.LeftButton)
    assert "至少填一项" in dialog._note.text()
    field = dialog.input("name")
    assert isinstance(field, QLineEdit)
    commit(field, "新厂房")
    with qtbot.waitSignal(dialog.added):
        QTest.keyClick(field, Key.Key_Return)
    assert page.sheet().current_record().label == "新厂房"
    assert page.sheet().current_record().get("park") == rig.context.park_key


def test_a_wrong_value_in_the_form_is_said_at_its_field(rig, page, qtbot):
    page.open_new("building")
    dialog = rig.host.findChild(NewRecordDialog)
    commit(dialog.input("name"), "新厂房")
    commit(dialog.input("gfa_actual"), "很大")
    QTest.keyClick(dialog.input("gfa_actual"), Key.Key_Return)
    assert dialog.isVisible()
    assert "很大" in dialog._note.text()
    assert dialog.input("gfa_actual").property("state") == "error"


def test_an_empty_project_says_how_to_begin_with_the_park_first(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, park=False)
    page = rig.show(LedgerPage)
    assert page._begin.isVisible()
    page.open_new()
    dialog = rig.host.findChild(NewRecordDialog)
    assert dialog.entity().key == "park"
    commit(dialog.input("name"), "滨河高新产业园")
    QTest.keyClick(dialog.input("name"), Key.Key_Return)
    assert rig.context.park.label == "滨河高新产业园"
    assert page._body.isVisible()
    rig.close()


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
