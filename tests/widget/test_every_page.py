# SPDX-License-Identifier: MIT
"""What holds of pages alike: its models keep Qt's contract, and a closed page is freed."""

from importlib import import_module
from inspect import isabstract
from pkgutil import walk_packages

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication

import workbench.ui
from tests.widget.page_rig import a_rig, is_collected
from workbench.ui.pages import PAGES
from workbench.ui.pages.page import Page
from workbench.ui.widgets import band_grid, read_table

# The report page has no model of its own and writes a whole report; its own tests free it.
WITH_MODELS = [entry for entry in PAGES if entry.key != "report"]
TESTED_MODELS = {"AssetRegister", "LeaseTable", "RecordTable", "PlaceTree",
                 "LineModel",
                 "widgets.band_grid._Model", "widgets.read_table._Model"}  # fmt: skip
"""What stands under Qt's tester: here, in the ledger page's tests and in those of the tree."""


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, sample=True)
    yield made
    made.close()


def page_type(entry):
    return getattr(import_module(entry.module), entry.name)


def own_models(page):
    """Every model that the program itself declares, once."""
    models = {id(view.model()): view.model() for view in page.findChildren(QAbstractItemView)}
    return [m for m in models.values() if type(m).__module__.startswith("workbench.")]


@pytest.mark.parametrize("entry", WITH_MODELS, ids=lambda entry: entry.key)
def test_models_keep_qt_s_contract_while_records_change_and_the_page_is_freed(rig, qtbot, entry):
    page = rig.show(page_type(entry))
    rig.settle(qtbot)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in own_models(page)]
    editing, history = rig.services.editing, rig.services.history
    building = rig.services.querying.records("building")[0]
    editing.edit("building", building.key, "use_status", "空置")
    added = editing.add("building", {"name": "新楼", "park": rig.context.park_key})
    rig.settle(qtbot)
    editing.delete("building", [added])
    for _ in range(3):
        history.undo()
    rig.settle(qtbot)
    if entry.key in ("ledger", "cases"):
        assert testers, "this page shows records in models of its own"
    testers.clear()
    page.leave()
    page.setParent(None)
    page.deleteLater()
    del page
    QApplication.processEvents()
    rig.settle(qtbot)
    assert is_collected(rig, page_type(entry))


def test_no_model_of_the_window_is_missing_from_those_under_qt_s_tester():
    for module in walk_packages(workbench.ui.__path__, "workbench.ui."):
        import_module(module.name)
    waiting, found = [QAbstractItemModel], set()
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("workbench.") and not isabstract(kind):
                room = ".".join(kind.__module__.split(".")[-2:])
                found.add(kind.__name__ if kind.__name__ != "_Model" else f"{room}._Model")
    assert found - {"ArrangedModel", "GridModel", "LedgerTable"} == TESTED_MODELS


def test_no_page_of_the_window_is_missing_from_those_that_are_opened_and_freed():
    for module in walk_packages(workbench.ui.__path__, "workbench.ui."):
        import_module(module.name)
    found = {kind.KEY for kind in Page.__subclasses__() if kind.__module__.startswith("workbench.")}
    assert found == {entry.key for entry in PAGES}
    assert [entry.key for entry in PAGES if entry not in WITH_MODELS] == ["report"]


ROWS = [read_table.Row(str(n), (read_table.Cell(f"{n}"), read_table.Cell("12"))) for n in range(3)]
HEAT = [
    band_grid.HeatRow(str(n), f"第{n}项", "", (band_grid.HeatCell("良"), band_grid.HeatCell("")))
    for n in range(3)
]


def read_rows(qtbot):
    table = read_table.ReadTable("明细", [read_table.Column("名称"), read_table.Column("面积")])
    qtbot.addWidget(table)
    return table, lambda count: table.set_rows(ROWS[:count])


def heat_rows(qtbot):
    table = band_grid.BandGrid("组合")
    qtbot.addWidget(table)
    columns = ["名称", "出租率", "容积率"]
    return table, lambda count: table.show_rows(columns if count else [], HEAT[:count])


@pytest.mark.parametrize("make", [read_rows, heat_rows])
def test_tables_to_read_keep_qt_s_contract_from_none_to_many_rows_and_back(qtbot, make):
    table, show = make(qtbot)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(table.model(), mode)
    table.show()
    for count in (0, 3, 1, 0, 2):
        show(count)
        QApplication.processEvents()
        assert tester.model().rowCount() == count
