# SPDX-License-Identifier: MIT
"""The ledger without a mouse: Tab goes as the eye does, and every deed has its keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.widget.window_rig import CTRL, SHIFT, a_program, a_project, page, settle
from workbench.ui.frame.window import Window
from workbench.ui.pages.ledger.bulk_dialog import BulkDialog
from workbench.ui.pages.ledger.split_dialog import SplitDialog
from workbench.ui.widgets.grid.filter_popup import FilterPopup

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot, tmp_path):
    program = a_program()
    made = Window(program)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.commands.install()
    made.use(program.open(a_project(program, tmp_path / "滨河.park")))
    made.go("ledger")
    settle(qtbot, made)
    yield made
    made.close()


def press(key, held=NONE, times=1):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, held)
        QApplication.processEvents()


def grid(window):
    return page(window).sheet().grid


def at(row, column, window):
    grid(window).setFocus()
    grid(window).go_to(row, page(window).sheet().model.column_number(column))


def press_button(text):
    """Walk with Tab to a button of the open popup or dialog and press it."""
    for _ in range(80):
        focused = QApplication.focusWidget()
        if hasattr(focused, "text") and focused.text().strip() == text:
            press(Key.Key_Space)
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {text}")


def test_tab_goes_from_the_top_of_the_page_to_the_table_as_the_eye_does(window):
    ledger = page(window)
    ledger.tree.button.setFocus()
    sheet = ledger.sheet()
    way = [QApplication.focusWidget()]
    while way[-1] is not sheet.grid and len(way) < 30:
        press(Key.Key_Tab)
        way.append(QApplication.focusWidget())
    wanted = [
        ledger.tree.button,
        ledger.tabs.bar(),
        ledger._problems_button,
        sheet.views.button("all"),
        sheet.search,
        sheet.tools.columns_button,
        sheet.tools.density_button,
        sheet.filters._add,
        sheet.grid,
    ]
    assert [widget for widget in way if widget in wanted] == wanted
    back = []
    press(Key.Key_Home, CTRL)
    while len(back) < len(way) - 1:
        press(Key.Key_Backtab, SHIFT)
        back.append(QApplication.focusWidget())
    assert back == way[-2::-1]


def test_f6_goes_through_the_panes_and_the_detail_is_one(window, qtbot):
    at(0, "name", window)
    qtbot.waitUntil(lambda: not page(window)._detail_clock.isActive())
    panes = [page(window).detail, *(window.shell.status, window.shell.rail, window.shell.top)]
    for pane in panes:
        press(Key.Key_F6)
        assert pane.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_F6)
    assert QApplication.focusWidget() is page(window).tree.button


def test_several_columns_decide_the_order_and_one_is_let_go_again(window):
    model = page(window).sheet().model
    at(0, "status", window)
    press(Key.Key_L, CTRL | SHIFT)
    press_button("升序")
    assert QApplication.focusWidget() is grid(window)
    at(0, "floor_area", window)
    press(Key.Key_L, CTRL | SHIFT)
    press_button("并按此列降序")
    assert [(key.column, key.descending) for key in model.sort_keys] == [
        ("status", False),
        ("floor_area", True),
    ]
    at(0, "status", window)
    press(Key.Key_L, CTRL | SHIFT)
    press_button("不按此列排序")
    assert [key.column for key in model.sort_keys] == ["floor_area"]


def test_tab_stays_inside_an_open_filter_and_esc_leads_back(window):
    at(0, "status", window)
    press(Key.Key_L, CTRL | SHIFT)
    popup = window.findChild(FilterPopup)
    for _ in range(40):
        press(Key.Key_Tab)
        assert popup.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is grid(window)


def test_a_column_moves_and_a_group_folds(window):
    at(0, "status", window)
    before = grid(window).shown_keys()
    press(Key.Key_Right, ALT | SHIFT)
    place = before.index("status")
    assert grid(window).shown_keys()[place : place + 2] == [before[place + 1], "status"]
    press(Key.Key_Left, ALT | SHIFT)
    assert grid(window).shown_keys() == before
    press(Key.Key_L, CTRL | SHIFT)
    press_button("按此列分组汇总")
    model = page(window).sheet().model
    rows = model.rowCount()
    press(Key.Key_Home, CTRL)
    press(Key.Key_F2)
    assert model.rowCount() < rows


def test_a_parcel_is_split_from_the_menu_of_the_table(window, qtbot):
    land = page(window).sheet().model.row_of("parcel", page_key(window, "G1"))
    grid(window).setFocus()
    grid(window).go_to(land, 0)
    QTest.keyPress(grid(window), Key.Key_Menu)
    menu = next(menu for menu in grid(window).findChildren(QMenu) if menu.isVisible())
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[-2:] == ["分割", "合并"]
    for _ in range(2):
        QTest.keyClick(menu, Key.Key_Up)
    QTest.keyClick(menu, Key.Key_Return)
    QApplication.processEvents()
    dialog = window.findChild(SplitDialog)
    window.activateWindow()  # no window manager does it here when the menu goes
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    area = dialog.parts[0].area
    for _ in range(20):
        if QApplication.focusWidget() is area:
            break
        press(Key.Key_Tab)
    assert QApplication.focusWidget() is area
    press(Key.Key_Escape)


def page_key(window, code):
    records = window.context.services.querying.records("parcel")
    return next(record.key for record in records if record.text("code") == code)


def test_return_applies_a_filter_from_any_mark(window):
    at(0, "status", window)
    press(Key.Key_L, CTRL | SHIFT)
    press(Key.Key_Tab)  # the mark of all values
    press(Key.Key_Space)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    press(Key.Key_Return)
    assert len(page(window).sheet().model.filters["status"].values) == 1
    assert QApplication.focusWidget() is grid(window)


def test_the_focus_comes_back_to_the_table_from_a_dialog_whose_parts_took_it(window, qtbot):
    """A line of the change of many takes the focus while it is made; Ctrl+Z then went nowhere."""
    page(window).tabs.choose("building")
    grid(window).setFocus()
    grid(window).go_to(0, 0)
    press(Key.Key_E, CTRL | SHIFT)
    dialog = window.findChild(BulkDialog)
    assert dialog.isAncestorOf(QApplication.focusWidget())
    press(Key.Key_Escape)
    assert QApplication.focusWidget() is grid(window)
