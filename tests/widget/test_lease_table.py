# SPDX-License-Identifier: MIT
"""The status of leases at the as-of date as a column: shown, filtered, grouped, never typed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import ledger_page, small_park
from workbench.ui.widgets.grid.protocol import ColumnFilter

rig = small_park
ledger = ledger_page


@pytest.fixture
def page(ledger, rig):
    add = rig.services.editing.add
    lease = {"building": rig.keys["B1"], "area": "10", "start_on": "2020-01-01"}
    add("lease", {**lease, "contract_no": "L0", "end_on": "2024-12-31"})
    add("lease", {**lease, "contract_no": "L8"})
    add("lease", {**lease, "contract_no": "L9", "end_on": "2026-12-31"})
    ledger.tabs.choose("lease")
    return ledger


def statuses(page):
    model = page.sheet().model
    status, number = model.column_number("lease_status"), model.column_number("contract_no")
    rows = range(model.rowCount())
    return {model.cell(row, number).text: model.cell(row, status).text for row in rows}


def test_the_status_stands_beside_the_tenant_and_follows_edits_and_the_day(rig, page):
    keys = page.sheet().grid.shown_keys()
    assert keys.index("lease_status") == keys.index("tenant") + 1
    told = {"L1": "履行中", "L0": "已到期未续", "L8": "", "L9": "即将到期"}
    assert statuses(page) == told
    (l8,) = (r for r in rig.services.querying.records("lease") if r.get("contract_no") == "L8")
    rig.services.editing.edit("lease", l8.key, "end_on", "2030-01-01")
    QApplication.processEvents()
    assert statuses(page)["L8"] == "履行中"
    rig.context.choose_as_of(date(2031, 1, 1))
    QApplication.processEvents()
    assert set(statuses(page).values()) == {"已到期未续"}


def test_leases_are_filtered_and_grouped_by_their_status(page):
    model = page.sheet().model
    model.set_filter("lease_status", ColumnFilter(values=frozenset({"即将到期"})))
    assert list(statuses(page)) == ["L9"]
    model.clear_filters()
    model.set_group("lease_status")
    heads = [model.cell(at, 0).text for at in range(model.rowCount()) if model.source_row(at) < 0]
    assert heads[-1] == "▾ （空白）（1）"
    assert len(heads) == 4


def test_the_status_takes_no_text_and_says_why(rig, page):
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(0, sheet.model.column_number("lease_status"))
    QTest.keyClick(sheet.grid, Qt.Key.Key_F2)
    assert sheet.grid.open_editor() is None
    QApplication.clipboard().setText("履行中")
    QTest.keyClick(sheet.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "由其他数据计算得出" in rig.shell.toasts[-1]
