# SPDX-License-Identifier: MIT
"""What holds of pages alike: its models keep Qt's contract, and a closed page is freed."""

from importlib import import_module

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractItemView, QApplication

from tests.widget.page_rig import a_rig, is_collected
from workbench.ui.pages import PAGES

# Scenario and report compute for seconds; their tables are the others', their own tests free them.
LIGHT = [entry for entry in PAGES if entry.key not in ("scenario", "report")]


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


@pytest.mark.parametrize("entry", LIGHT, ids=lambda entry: entry.key)
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
