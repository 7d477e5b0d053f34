# SPDX-License-Identifier: MIT
"""The column filter on the real ledger: dates, unknown values, findings, and what chips say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.page_rig import a_rig
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.buttons import Button, FilterChip
from workbench.ui.widgets.grid.protocol import ColumnFilter


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, filled=True)
    for code, built in (("B1", "2012-06-01"), ("B2", "2019-11-30")):
        made.services.editing.edit("building", made.keys[code], "built_on", built)
    yield made
    made.close()


@pytest.fixture
def page(rig):
    shown = rig.show(LedgerPage)
    shown.tabs.choose("building")
    return shown


def names(page):
    model = page.sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def open_filter(page, column):
    grid = page.sheet().grid
    return grid.open_filter(page.sheet().model.column_number(column))


def press_apply(popup):
    next(b for b in popup.findChildren(Button) if b.accessibleName() == "应用").click()


def chip_words(page):
    chips = page.sheet().filters.findChildren(FilterChip)
    return [chip.findChild(Button).text().removesuffix("  ×") for chip in chips]


def test_a_date_range_takes_months_and_years_to_their_last_day(page):
    popup = open_filter(page, "built_on")
    popup._bounds.fields[1].setText("2019年11月")
    press_apply(popup)
    assert names(page) == ["研发一号楼", "研发二号楼"]
    assert chip_words(page) == ["建成日期：≤ 2019-11-30"]
    popup = open_filter(page, "built_on")
    popup._bounds.fields[0].setText("2015")
    press_apply(popup)
    assert names(page) == ["研发二号楼"]


def test_a_date_that_is_none_is_said_and_the_filter_stays_open(page):
    popup = open_filter(page, "built_on")
    popup._bounds.fields[0].setText("春天以后吧")
    press_apply(popup)
    assert popup.isVisible()
    assert "不是日期" in popup._bounds.fields[0].toolTip()


def test_only_unknown_asks_for_what_is_to_be_checked_and_not_for_zero(rig, page):
    rig.services.editing.edit("building", rig.keys["B1"], "net_value", "0")
    popup = open_filter(page, "net_value")
    popup._empty.click()
    press_apply(popup)
    assert names(page) == ["研发二号楼", "仓库"]
    assert chip_words(page) == ["账面净值：只看待核"]


def test_what_does_not_apply_is_a_value_of_its_own_in_every_language(rig, page):
    rig.services.editing.edit("building", rig.keys["B1"], "net_value", "不适用")
    counts = dict(page.sheet().model.value_counts("net_value"))
    assert counts == {"n/a": 1, "": 2}
    page.sheet().model.set_filter("net_value", ColumnFilter(frozenset({"n/a"})))
    assert names(page) == ["研发一号楼"]
    assert chip_words(page) == ["账面净值：不适用"]


def test_with_findings_only(rig, page):
    rig.services.editing.edit("building", rig.keys["B2"], "occupancy", "112%")
    popup = open_filter(page, "occupancy")
    popup._problems.click()
    QTest.keyClick(popup._search, Qt.Key.Key_Return)
    assert names(page) == ["研发二号楼"]


def test_the_words_of_a_choice_are_those_of_the_language_and_the_filter_is_not(page):
    popup = open_filter(page, "use_status")
    assert "空置" in {box.text() for box in popup._boxes.values()}
    popup._boxes["空置"].click()
    press_apply(popup)
    assert page.sheet().model.filters["use_status"].values == {"部分出租", "出租"}
