"""The printed pages of a report: zoom, pages, finding, following a figure to its source."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import a_rig, unnamed
from workbench.domain.report.printed import (
    Look,
    PagePart,
    Paper,
    PrintedBook,
    PrintedCell,
    PrintedRow,
    PrintedSheet,
    Spot,
)
from workbench.ui.pages.report.page import ReportPage
from workbench.ui.pages.report.pages.painter import spot_box
from workbench.ui.pages.report.pages.pane import PagesPane
from workbench.ui.pages.report.pages.view import FIT
from workbench.ui.pages.report.preview import PAGES, READING

PAPER = Paper(842, 595, 42, 54, 42, 48, 25, 22)
LOOK = Look(10, fill="E7EAED", edges="ltrb", edge_color="8A9199")


def a_sheet(name, rows, parts, opens=None):
    made = tuple(
        PrintedRow(20, tuple(PrintedCell(at, *cell) for at, cell in enumerate(row, start=1)))
        for row in rows
    )
    lines = {"odd": ((("报告", 9),), (), (("{page}/{pages}", 9),))}
    return PrintedSheet(name, name, PAPER, (100, 200), made, parts, lines, lines, (), opens or {})


def cell(words, leads_to=None, *, link=False):
    return words, LOOK, 1, 1, leads_to, link


def a_book(extra=""):
    figures = [
        [cell(f"指标{n}"), cell(f"{n}.00{extra}", Spot("来源", 3, 1), link=n == 2)]
        for n in range(1, 41)
    ]
    sources = [[cell(f"来源 {n}"), cell("甲公司" if n % 2 else "乙公司")] for n in range(1, 31)]
    return PrintedBook((
        a_sheet("指标", figures, (PagePart(1, 20), PagePart(21, 40, (1,)))),
        a_sheet("来源", sources, (PagePart(1, 30),), {3: "ledger|building:b1"}),
    ))  # fmt: skip


@pytest.fixture
def pane(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot)
    made = PagesPane(date(2026, 11, 23))
    rig.host.layout().addWidget(made.bar)
    rig.host.layout().addWidget(made)
    made.show()
    made.set_book(a_book())
    QApplication.processEvents()
    made.view.setFocus()
    yield made
    made.setParent(None)
    made.bar.setParent(None)
    made.deleteLater()
    made.bar.deleteLater()
    rig.close()


def at(pane, sheet, row, column):
    """The middle of a cell, in pixels of the viewport."""
    spot, view = Spot(sheet, row, column), pane.view
    index = view.book.page_of(spot)
    box = spot_box(view.book.pages[index], spot)
    scale = view.percent / 100 * 96 / 72
    left = (view.viewport().width() - PAPER.width * scale) / 2
    left = left if left > 16 else 16 - view.horizontalScrollBar().value()
    top = 16 + index * (PAPER.height * scale + 16) - view.verticalScrollBar().value()
    middle = box.center()
    return QPoint(round(left + middle.x() * scale), round(top + middle.y() * scale))


def click(qtbot, pane, *where):
    qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at(pane, *where))


def test_pages_are_counted_and_gone_to_by_number(pane, qtbot):
    seen = []
    pane.chapter_changed.connect(seen.append)
    assert pane.bar.count.text() == "/ 3 页"
    pane.bar.number.setFocus()
    pane.bar.number.selectAll()
    qtbot.keyClicks(pane.bar.number, "3")
    qtbot.keyClick(pane.bar.number, Qt.Key.Key_Return)
    assert pane.view.page == 3
    assert seen[-1] == "来源"
    qtbot.keyClick(pane.view, Qt.Key.Key_Home)
    assert (pane.view.page, pane.bar.number.text()) == (1, "1")
    qtbot.keyClick(pane.view, Qt.Key.Key_End)
    assert pane.bar.number.text() == "3"


def test_zoom_by_keys_wheel_and_buttons_keeps_the_place(pane, qtbot):
    view = pane.view
    assert view.zoom == FIT
    fitted = view.percent
    pane.view.show_page(2)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    larger = view.percent
    assert larger > fitted
    assert view.page == 2
    turn(view, QPointF(200, 200), -120)
    assert view.percent < larger
    assert pane.bar.percent.text() == f"{view.percent}%"
    qtbot.mouseClick(pane.bar.percent, Qt.MouseButton.LeftButton)
    assert view.percent == fitted
    qtbot.mouseClick(pane.bar.percent, Qt.MouseButton.LeftButton)
    assert view.percent == 100
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.percent == fitted


def test_the_wheel_zooms_around_the_mouse(pane, qtbot):
    view = pane.view
    view.show_spot(Spot("指标", 2, 2))
    around = QPointF(view.viewport().rect().center())
    index = view._stack.at(around.y() + view.verticalScrollBar().value())
    before = view._across(around.toPoint()), view._place(round(around.y()))
    for _ in range(4):
        turn(view, around, 120)
    assert view._stack.at(around.y() + view.verticalScrollBar().value()) == index
    assert view._across(around.toPoint()) == pytest.approx(before[0], abs=2)
    assert view._place(round(around.y()))[2] == pytest.approx(before[1][2], abs=0.01)


def turn(view, place, by):
    """Turn the wheel with Ctrl held down."""
    wheel = QWheelEvent(
        place, view.viewport().mapToGlobal(place), QPoint(), QPoint(0, by),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)


def test_a_link_leads_to_its_row_and_back(pane, qtbot):
    """A click on a linked figure shows the row of its source; Alt+← returns."""
    click(qtbot, pane, "指标", 2, 2)
    assert pane.view.spot == Spot("来源", 3, 1)
    assert pane.view.page == 3
    assert pane.back.isVisible()
    qtbot.keyClick(pane.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pane.view.spot == Spot("指标", 2, 2)
    assert pane.view.page == 1
    assert not pane.back.isVisible()


def test_a_figure_leads_to_what_its_formula_reads_and_to_its_record(pane, qtbot):
    asked = []
    pane.target_asked.connect(asked.append)
    click(qtbot, pane, "指标", 1, 2)
    assert pane.view.page == 1
    assert pane.source.text().strip() == "取自 来源!A3"
    assert not pane.open.isVisible()
    qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert pane.view.spot == Spot("来源", 3, 1)
    qtbot.mouseClick(pane.open, Qt.MouseButton.LeftButton)
    assert asked == ["ledger|building:b1"]
    qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "来源 3"


def test_words_are_found_in_all_sheets_round_and_round(pane, qtbot):
    qtbot.keyClick(pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = pane.finder.box
    assert box.hasFocus()
    box.setText("来源 1")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert pane.view.spot == Spot("来源", 1, 1)
    assert pane.finder.count.text() == "1 / 11"
    qtbot.keyClick(box, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert pane.view.spot == Spot("来源", 19, 1)
    qtbot.keyClick(box, Qt.Key.Key_F3)
    assert pane.view.spot == Spot("来源", 1, 1)
    box.setText("没有这个")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert pane.finder.count.text() == "没有找到"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not pane.finder.isVisible()


def test_what_was_looked_at_stays_when_the_report_is_built_anew(pane, qtbot):
    click(qtbot, pane, "指标", 2, 1)
    pane.view.show_page(2)
    value = pane.view.verticalScrollBar().value()
    pane.set_book(a_book("（预计）"))
    assert pane.view.verticalScrollBar().value() == value
    assert pane.view.spot == Spot("指标", 2, 1)
    pane.set_book(PrintedBook(pane.view.book.sheets[1:]))
    assert pane.view.spot is None


def test_the_report_page_shows_pages_and_text(tmp_path, qtbot):
    rig = a_rig(tmp_path, qtbot)
    rig.services.editing.add("building", {"park": "P-01", "name": "A1", "rentable_area": "1000"})
    page = rig.show(ReportPage)
    rig.settle(qtbot)
    rig.settle(qtbot)
    preview = page.preview
    assert preview.way.current() == PAGES
    view = preview.pages.view
    assert len(view.book.pages) > 20
    page.sheets.setFocus()
    for _ in range(3):
        qtbot.keyClick(page.sheets, Qt.Key.Key_Down)
    assert view.book.pages[view.page - 1].sheet.name == "2 资产概况"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert page.sheets.currentRow() == 0
    [building] = rig.services.querying.records("building")
    [spot] = [s for s in view.book.found("A1") if s.sheet.startswith("附表A")]
    view.show_spot(spot)
    qtbot.mouseClick(preview.pages.open, Qt.MouseButton.LeftButton)
    assert rig.shell.went[-1] == ("ledger", f"building:{building.key}")
    qtbot.mouseClick(preview.way.button(READING), Qt.MouseButton.LeftButton)
    assert preview.reading.isVisible()
    assert not preview.pages.bar.isVisible()
    rig.services.editing.edit("building", building.key, "name", "改名楼")
    rig.settle(qtbot)
    assert not view.book.found("改名楼")  # laid out only when somebody looks
    qtbot.mouseClick(preview.way.button(PAGES), Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert view.book.found("改名楼")
    assert unnamed(page) == []
    rig.close()
