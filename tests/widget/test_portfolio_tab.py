"""The portfolio tab: rows by standing, filters, unknown hatched, a cell opens its park."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import TODAY, a_rig, unnamed
from workbench.domain.explain import Trace
from workbench.domain.indicators.indicator import Band, IndicatorValue
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.assessment.portfolio_tab import _worst_first
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """Two parks and the page for all tests; each takes back what it did."""
    rig = a_rig(tmp_path_factory.mktemp("portfolio"))
    add = rig.services.editing.add
    add("park", {"code": "P-02", "name": "第二园"})
    for code, name, let in (("P-01", "A1", "900"), ("P-02", "B1", "100")):
        building = {"park": code, "name": name, "rentable_area": "1000", "leased_area": let,
                    "self_use_area": "0", "lent_area": "0"}  # fmt: skip
        add("building", building)
    page = rig.show(AssessmentPage)
    page.rig = rig
    yield page
    rig.close()


@pytest.fixture
def page(lasting, qtbot):
    """The page of the first park, with the portfolio as it is when the tab is first opened."""
    rig, page = lasting.rig, lasting
    with rig.lent(qtbot):
        page.header.tabs.set_current("portfolio")
        page._on_tab("portfolio")  # what a click on the tab does
        rig.settle(qtbot)
        yield page
        page.portfolio.levels.set_current("parks")
        page.portfolio.bands.set_current("all")
        page.portfolio.search.clear()
        rig.context.choose_park(rig.services.querying.records("park")[0].key)
        rig.context.choose_as_of(TODAY)
        page.assessed.ensure()
        page.portfolio.compute()


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


def click(qtbot, page, row, column):
    grid = page.portfolio.grid
    place = grid.visualRect(grid.model().index(row, column)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QApplication.processEvents()


def said(page):
    return [label.text() for label in page.portfolio.panel.findChildren(Label)]


def test_a_click_on_a_cell_explains_it_down_to_the_ledger_and_who_entered_it(page, qtbot):
    """The figure of a park that is not the chosen one: formula, cells, then who and when."""
    click(qtbot, page, 0, 1)
    assert page.context.park.label == "滨河高新产业园", "reading must not change the park"
    panel = page.portfolio.panel
    assert any("10%" in words for words in said(page))
    links = [link for link in panel.findChildren(TargetLink) if link.isVisible()]
    who = next(link for link in links if link.text() == "谁录入、出处与证据")
    qtbot.mouseClick(who, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert any("2026-11-23" in words for words in said(page))
    cell = next(link for link in links if "100" in link.text())
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    place, target = page.rig.shell.went[-1]
    building = page.rig.services.querying.ledger().find("building", target.split(":")[1])
    assert (place, building.label) == ("ledger", "B1")
    assert page.context.park.label == "第二园", "the ledger shows one park at a time"
    page.rig.settle(qtbot)


def test_an_unknown_cell_says_what_is_missing_and_a_name_why_it_stands_there(page, qtbot):
    column = next(
        at for at, cell in enumerate(page.portfolio.grid.rows()[0].cells, 1) if cell.unknown
    )
    click(qtbot, page, 0, column)
    assert any("待核" in words for words in said(page))
    assert not any(words.startswith("0") for words in said(page))
    click(qtbot, page, 0, 0)
    assert "第 1 位，共 2 项" in said(page)
    assert any("出租率" in words and "10%" in words for words in said(page))


def test_the_figures_follow_the_ledger_and_the_date_while_they_are_shown(page, qtbot):
    add = page.rig.services.editing.add
    add("park", {"code": "P-03", "name": "第三园"})
    page.rig.settle(qtbot)
    assert [row.name for row in page.portfolio.grid.rows()].count("第三园") == 1
    add("building", {"park": "P-03", "name": "C1", "rentable_area": "1000", "leased_area": "0",
                     "self_use_area": "0", "lent_area": "0"})  # fmt: skip
    page.rig.settle(qtbot)
    third = next(row for row in page.portfolio.grid.rows() if row.name == "第三园")
    assert third.cells[0].text == "0%"
    page.context.choose_as_of(date(2025, 1, 1))
    page.rig.settle(qtbot)
    assert page.portfolio._found.as_of == date(2025, 1, 1)


def test_the_worse_value_comes_first_whichever_way_is_better():
    """§4: more let area is better, a longer vacancy or a larger seized share is worse."""

    def value(id_, number):
        return IndicatorValue(id_, Decimal(number), Band.RED, Trace("x"))

    assert _worst_first(value("I-01", "0.1")) < _worst_first(value("I-01", "0.5"))
    assert _worst_first(value("I-16", "0.5")) < _worst_first(value("I-16", "0.1"))
    unknown = IndicatorValue("I-16", None, Band.PENDING, Trace("x"))
    assert _worst_first(value("I-16", "0")) < _worst_first(unknown)
