# SPDX-License-Identifier: MIT
"""The panel beside a ledger table, and new records."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.widget.input_method import commit
from tests.widget.ledger_rig import cell, ledger_page, row_of, small_park
from tests.widget.page_rig import a_rig
from workbench.application.imports.choices import ImportOptions
from workbench.domain.catalogue import CATALOGUE
from workbench.ui.models.asset_columns import COLUMNS
from workbench.ui.pages.ledger import origin_dialog
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
COLUMN = {column.key: at for at, column in enumerate(COLUMNS)}
rig = small_park
page = ledger_page


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
    rig.services.editing.edit("building", rig.keys["B3"], "net_value", "3万元")
    page.focus_detail()
    page.sheet().go_to_record("building", rig.keys["B3"])
    qtbot.waitUntil(lambda: page.detail._name.text() == "三号仓")
    qtbot.mouseClick(page.detail.tabs.button("log"), Qt.MouseButton.LeftButton)
    words = [label.text() for label in page.detail.findChildren(Label)]
    assert any("楼栋名称：仓库 → 三号仓" in text for text in words)
    assert any("→ 3 万元" in text for text in words), "a number without its unit says nothing"
    qtbot.mouseClick(page.detail.tabs.button("overview"), Qt.MouseButton.LeftButton)
    page.detail._show_source("name")
    dialog = rig.host.findChild(Dialog)
    shown = [label.text() for label in dialog.findChildren(Label)]
    assert "手工填写" in shown
    assert any("仓库 → 三号仓" in text for text in shown)


def test_the_imported_file_of_a_value_is_saved_as_it_came(rig, page, qtbot, tmp_path, monkeypatch):
    ledger, copy = tmp_path / "台账.csv", tmp_path / "原件.csv"
    ledger.write_text("资产名称,建筑面积（㎡）,园区名称\n新楼,100,青禾产业园\n", "utf-8")
    importing = rig.services.importing
    importing.commit(importing.preview([str(ledger)], ImportOptions()))
    record = next(r for r in rig.services.querying.ledger().all("building") if r.label == "新楼")
    monkeypatch.setattr(origin_dialog, "choose_target", lambda *_: str(copy))
    dialog = origin_dialog.show_origin(rig.context, record, CATALOGUE["building"]["name"])
    save = next(b for b in dialog.findChildren(Button) if b.text() == "另存原文件")
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(copy.exists)
    assert copy.read_bytes() == ledger.read_bytes()


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
