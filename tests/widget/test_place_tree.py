# SPDX-License-Identifier: MIT
"""The tree of places beside the tables, with real events."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import small_park
from tests.widget.page_rig import is_collected
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.models import place_tree
from workbench.ui.models.place_tree import PlaceTree
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.grid.protocol import ColumnFilter

rig = small_park


@pytest.fixture
def page(rig, qtbot):
    shown = rig.show(LedgerPage)
    qtbot.mouseClick(shown.tree.button, Qt.MouseButton.LeftButton)
    return shown


def names(page):
    model = page.sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def test_the_model_keeps_qt_s_contract_and_reads_long_branches_in_parts(qapp, monkeypatch):
    monkeypatch.setattr(place_tree, "AT_ONCE", 2)
    rows = [Record("building", f"b{n}", {"park": "p", "name": f"{n}"}) for n in range(5)]
    model = PlaceTree()
    assert model.show_ledger(Ledger.of([Record("park", "p", {"name": "园"}), *rows]), "p")
    model.fetchMore(QModelIndex())
    park = model.index(0, 0)
    model.fetchMore(park)
    assert model.rowCount(park) == 2
    # Only now: at a reset the tester itself fetches more, and then complains about it.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.find([("park", "p"), ("building", "b4")]).row() == 4
    assert not model.canFetchMore(park)
    assert model.path_of(model.index(3, 0, park)) == [("park", "p"), ("building", "b3")]
    del tester


def test_choosing_a_place_narrows_every_table_and_the_chip_widens_it(rig, page, qtbot):
    assert len(names(page)) == 6
    view = page.tree.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert page.tree.place().label == "研发用地"
    assert names(page) == ["研发用地", "研发一号楼", "研发二号楼", "仓库"]
    page.tabs.choose("enterprise")
    assert names(page) == ["华川电子股份有限公司"]
    chips = page.sheet().filters.findChildren(Button)
    chip = next(button for button in chips if "范围：研发用地" in button.text())
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    page.tabs.choose("assets")
    assert len(names(page)) == 6


def test_the_tree_follows_changes_and_keeps_what_is_open_and_chosen(rig, page):
    page.tree.choose([("park", rig.context.park_key), ("parcel", rig.keys["G2"])])
    page.tree.view.expand(page.tree.view.currentIndex())
    rig.services.editing.edit("building", rig.keys["B1"], "name", "改名楼")
    QApplication.processEvents()
    assert page.tree.place().key == rig.keys["G2"]
    assert page.tree.view.isExpanded(page.tree.view.currentIndex())
    assert "改名楼" in names(page)


def test_filters_work_inside_a_place(rig, page):
    page.tree.choose([("park", rig.context.park_key), ("parcel", rig.keys["G2"])])
    page.sheet().model.set_filter("status", ColumnFilter(frozenset({"空置"})))
    assert names(page) == ["研发二号楼"]


def test_a_page_with_its_tree_is_freed(rig):
    assert is_collected(rig, LedgerPage)
