# SPDX-License-Identifier: MIT
"""Editing in the asset register: typed, composed, pasted, deleted, taken back."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import (
    cell,
    compose_into,
    lasting_park,
    names,
    row_of,
    shared_ledger,
    shared_park,
    type_into,
)
from tests.widget.page_rig import a_rig
from workbench.domain.values import ValueState
from workbench.ui.frame import rewinding
from workbench.ui.models import park_state
from workbench.ui.models.asset_columns import COLUMNS
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.grid.model import GridModel

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
COLUMN = {column.key: at for at, column in enumerate(COLUMNS)}
lasting = lasting_park
rig = shared_park
page = shared_ledger


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


def test_an_editor_opens_with_the_decimals_that_the_column_rounds_away(rig, page):
    type_into(page, "研发二号楼", "floor_area", "12800.5")
    assert rig.shell.toasts == []
    model = page.sheet().model
    place = (row_of(page, "研发二号楼"), COLUMN["floor_area"])
    shown = model.cell(*place)
    assert (shown.text, shown.edit) == ("12,801", "12800.5")
    record = model.record_at(place[0])
    page.sheet().grid.go_to(*place)
    QTest.keyClick(page.sheet().grid, Key.Key_F2)
    QTest.keyClick(page.sheet().grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()
    kept = rig.services.querying.record(record.entity, record.key)
    assert kept.get("gfa_actual") == Decimal("12800.5")


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


@pytest.mark.parametrize("how", ["typing", "F2", "composing"])
def test_no_editor_opens_where_what_is_typed_would_be_lost(rig, page, how):
    """A parcel's floor area is computed: the reason is told before a letter is taken."""
    sheet = page.sheet()
    grid = sheet.grid
    grid.go_to(row_of(page, "研发用地"), COLUMN["floor_area"])
    if how == "composing":
        QApplication.sendEvent(grid, QInputMethodEvent("mian", []))
    else:
        QTest.keyClick(grid, Key.Key_1 if how == "typing" else Key.Key_F2)
    QApplication.processEvents()
    assert grid.open_editor() is None
    assert "由其他数据计算得出" in rig.shell.toasts[-1]


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


def test_a_comma_in_a_person_s_own_words_stays_when_they_are_edited_or_copied(rig, page):
    place = "江北区, 轴承路3号−2"
    rig.services.editing.edit("building", rig.keys["B3"], "note", place)
    shown = cell(page, "仓库", "note")
    assert (shown.text, shown.edit) == (place, place)
    sheet = page.sheet()
    sheet.grid.setFocus()
    note = sheet.model.column_number("note")
    sheet.grid.setColumnHidden(note, False)
    sheet.grid.go_to(row_of(page, "仓库"), note)
    QTest.keyClick(sheet.grid, Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == place


@pytest.mark.parametrize("table", ["assets", "building", "parcel", "lease", "encumbrance"])
def test_whole_columns_are_copied_and_summed_as_their_cells_are(rig, page, table):
    page.tabs.choose(table)
    model = page.sheet().model
    rig.services.editing.edit("building", rig.keys["B3"], "net_value", "不适用")
    rig.services.editing.edit("building", rig.keys["B1"], "gfa_actual", "12800.5")
    rig.services.editing.edit("building", rig.keys["B2"], "gfa_actual", "")
    rig.services.editing.edit("building", rig.keys["B2"], "gfa_cert", "9800.25")
    rows = range(model.rowCount())
    for column in range(model.columnCount()):
        assert model.edits(column, rows) == [model.cell(row, column).edit for row in rows]
        found = model.summed(column, rows)
        filled, numbers, total, *_ = GridModel.summed(model, column, rows)
        assert (found.filled, found.numbers) == (filled, numbers)
        assert found.total == pytest.approx(total)


def test_a_parcel_and_its_building_are_deleted_together_as_one_step(rig, page, qtbot, monkeypatch):
    """What refers to a record may go with it; many records go beside the window."""
    add = rig.services.editing.add
    parcel = add("parcel", {"park": rig.context.park_key, "code": "G9", "name": "新地块"})
    add("building", {"park": rig.context.park_key, "parcel": parcel, "code": "B9", "name": "新楼"})
    monkeypatch.setattr(rewinding, "AT_ONCE", 1)
    sheet = page.sheet()
    sheet.grid.setFocus()
    top = row_of(page, "新地块")
    assert names(page)[top + 1] == "新楼"
    sheet.grid.select_block((top, COLUMN["name"], top + 1, COLUMN["name"]))
    QTest.keyClick(sheet.grid, Key.Key_Minus, CTRL)
    qtbot.waitUntil(lambda: "新楼" not in names(page))
    qtbot.waitUntil(lambda: rig.context.rewinding.dialog is None)
    assert "新地块" not in names(page)
    assert rig.services.history.next_undo().label == "editing.delete_mixed"
    rig.services.history.undo()
    assert {"新地块", "新楼"} <= set(names(page))
    sheet.grid.go_to(row_of(page, "新地块"), COLUMN["name"])
    QTest.keyClick(sheet.grid, Key.Key_Minus, CTRL)
    qtbot.waitUntil(lambda: bool(rig.shell.errors))
    assert rig.shell.errors[-1].code == "editing.still_referenced"


def test_several_choices_are_shown_and_typed_in_the_words_of_the_language(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot, language="en")
    try:
        firm = rig.services.editing.add("enterprise", {"name": "Huachuan", "role": "租户"})
        page = rig.show(LedgerPage)
        page.show_target("table:enterprise")
        assert cell(page, "Huachuan", "role").text == "Tenant"
        type_into(page, "Huachuan", "role", "Title holder, Tenant")
        kept = rig.services.querying.record("enterprise", firm)
        assert set(kept.get("role")) == {"产权人", "租户"}
        assert cell(page, "Huachuan", "role").text in (
            "Title holder, Tenant",
            "Tenant, Title holder",
        )
    finally:
        rig.close()
