"""The portfolio tab: rows by standing, filters, unknown hatched, a cell opens its park."""

import pytest
from PySide6.QtCore import Qt

from tests.widget.page_rig import a_rig, unnamed
from workbench.ui.pages.assessment.page import AssessmentPage


@pytest.fixture
def page(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot)
    add = rig.services.editing.add
    add("park", {"code": "P-02", "name": "第二园"})
    for code, name, let in (("P-01", "A1", "900"), ("P-02", "B1", "100")):
        building = {"park": code, "name": name, "rentable_area": "1000", "leased_area": let,
                    "self_use_area": "0", "lent_area": "0"}  # fmt: skip
        add("building", building)
    page = rig.show(AssessmentPage)
    page.rig = rig
    rig.settle(qtbot)
    page.header.tabs.set_current("portfolio")
    page._on_tab("portfolio")
    rig.settle(qtbot)
    yield page
    rig.close()


def test_parks_are_ranked_and_unknown_is_never_zero(page, qtbot):
    rows = page.portfolio.grid.rows()
    assert [row.name for row in rows] == ["第二园", "滨河高新产业园"]
    assert (rows[0].cells[0].text, rows[0].cells[0].tone) == ("10%", "danger")
    unknown = [cell for row in rows for cell in row.cells if cell.unknown]
    assert unknown
    assert all(cell.text == "待核" for cell in unknown)
    assert not unnamed(page.portfolio)


def test_rows_are_filtered_by_band_and_by_name(page, qtbot):
    page.portfolio.bands.set_current("red")
    page.portfolio._show()
    shown = page.portfolio.grid.rows()
    assert shown
    assert all(any(cell.tone == "danger" for cell in row.cells) for row in shown)
    page.portfolio.bands.set_current("all")
    page.portfolio.search.setText("滨河")
    qtbot.waitUntil(lambda: len(page.portfolio.grid.rows()) == 1)


def test_a_cell_opens_its_park_at_the_indicator(page, qtbot):
    grid = page.portfolio.grid
    grid.setCurrentIndex(grid.model().index(0, 1))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    page.rig.settle(qtbot)
    assert page.context.park.label == "第二园"
    assert page.header.tabs.current() == "indicators"


def test_the_assets_of_the_park_open_in_the_ledger(page, qtbot):
    page.portfolio.levels.set_current("assets")
    page.portfolio.compute()
    page.rig.settle(qtbot)
    rows = page.portfolio.grid.rows()
    assert [row.name for row in rows] == ["A1"]
    page.portfolio.grid.opened.emit(rows[0].key, 0)
    assert page.rig.shell.went[-1][0] == "ledger"
