# SPDX-License-Identifier: MIT
"""The register of a park too large to be computed at once: what waits, and what is kept."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import a_rig
from workbench.ui.models import known_park, park_state
from workbench.ui.models.asset_register import AssetRegister
from workbench.ui.models.kept_figures import scaled, unscaled
from workbench.ui.pages.ledger.page import LedgerPage
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey

COMPUTED = ("floor_area", "far", "occupancy", "rent", "years_left", "burdens")


@pytest.fixture
def rig(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, filled=True)
    made.services.editing.add(
        "encumbrance", {"building": made.keys["B1"], "kind": "抵押", "status": "有效"}
    )
    made.services.editing.edit("parcel", made.keys["G2"], "end_on", "2056-01-01")
    yield made
    made.close()


@pytest.fixture
def large(rig, monkeypatch):
    """A small park that is treated as a large one; nothing is computed until it is let."""
    monkeypatch.setattr(park_state, "COMPUTED_AT_ONCE", 0)
    monkeypatch.setattr(known_park, "MOST_FIGURES", 0)
    monkeypatch.setattr(park_state, "FIRST_MS", 3_600_000)
    return rig.show(LedgerPage)


def order(model):
    return [model.record_at(row).label for row in range(model.rowCount())]


def let_it_be_computed(page):
    page._state.compute()
    park_state.state_signals().computed.emit()


@pytest.mark.parametrize("column", COMPUTED)
def test_sorting_by_what_is_computed_gives_the_order_of_a_small_park(rig, large, column):
    model = large.sheet().model
    assert isinstance(model, AssetRegister)
    model.set_sort([SortKey(column, descending=True)])
    assert rig.shell.toasts == ["计算值还在算，算完后按它排列。"]
    let_it_be_computed(large)
    raw = [model.raw(model.source_row(row), model.column_number(column)) for row in range(6)]
    known = [value for value in raw if value is not None]
    assert known
    assert raw == [*known, *[None] * (6 - len(known))], "unknown values come last"
    if column != "burdens":
        assert known == sorted(known, reverse=True)


def test_a_change_is_in_the_next_sort_before_the_worker_has_been_through(rig, large):
    model = large.sheet().model
    let_it_be_computed(large)
    model.set_sort([SortKey("occupancy", descending=True)])
    rig.services.editing.edit("lease", rig.keys["L1"], "area", "21450")
    QApplication.processEvents()
    model.set_sort([SortKey("occupancy", descending=True)])
    first = model.record_at(0)
    assert large._state.figures_of(first).occupancy == 1


def test_a_filter_between_two_shares_keeps_its_bounds(large):
    model = large.sheet().model
    let_it_be_computed(large)
    exact = {r.label: large._state.figures_of(r).occupancy for r in large._state.assets}
    least = min(value for value in exact.values() if value is not None)
    bound = least.quantize(Decimal("0.000000001"))
    model.set_filter("occupancy", ColumnFilter(minimum=bound))
    assert sorted(order(model)) == sorted(n for n, value in exact.items() if value is not None)


def test_the_values_to_filter_by_are_those_that_the_cells_show(large):
    model = large.sheet().model
    let_it_be_computed(large)
    for column in COMPUTED:
        at = model.column_number(column)
        shown = {model.cell(row, at).text for row in range(model.rowCount())}
        offered = {token for token, _ in model.value_counts(column)}
        assert offered == shown, column


def test_group_totals_come_from_what_is_kept_and_equal_those_of_the_records(rig, large):
    model = large.sheet().model
    let_it_be_computed(large)
    model.set_group("entity")
    heading = next(r for r in range(model.rowCount()) if "楼栋" in model.cell(r, 0).text)
    quick = [model.cell(heading, at).text for at in range(model.columnCount())]
    large._state.known.kept = type(large._state.known.kept)()
    model.reload()
    assert [model.cell(heading, at).text for at in range(model.columnCount())] == quick


def test_a_number_is_kept_to_nine_decimals_and_a_huge_one_within_bounds():
    assert unscaled(scaled(Decimal("-0.123456789"))) == Decimal("-0.123456789")
    assert scaled(Decimal("1e30")) == 2**63 - 1


def test_words_are_read_before_they_are_typed_when_the_table_is_read_anew(large, qtbot):
    sheet = large.sheet()
    sheet.search.setFocus()
    assert sheet.search.hasFocus()
    qtbot.waitUntil(lambda: not sheet._ahead.isActive())
    sheet.model.reload()
    large.recalculate()
    qtbot.waitUntil(lambda: sheet.model.read_words(0))
    QTest.keyClicks(sheet.search, "L")
    assert not sheet._ahead.isActive()
    QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
