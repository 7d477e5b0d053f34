# SPDX-License-Identifier: MIT
"""Tabs and links in little room: nothing is clipped, what does not fit stays in reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from workbench.domain.catalogue import CATALOGUE
from workbench.ui.pages.ledger.tabs import EntityTabs
from workbench.ui.widgets.buttons import ShortLink
from workbench.ui.widgets.folding_tabs import FoldingTabs

ITEMS = [("all", "全部"), ("idle", "闲置"), ("title", "权属问题"), ("gaps", "待补数据")]


def in_a_row(qtbot, widget, width):
    host = QWidget()
    qtbot.addWidget(host)
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    host.resize(width, 40)
    host.show()
    QApplication.processEvents()
    return host


def shown(tabs):
    return [key for key, _ in ITEMS if not tabs.button(key).isHidden()]


def whole(tabs):
    buttons = [tabs.button(key) for key in shown(tabs)]
    fits = all(button.width() >= button.sizeHint().width() for button in buttons)
    return fits and all(button.geometry().right() <= tabs.width() for button in buttons)


@pytest.mark.parametrize("chosen", ["all", "gaps"])
def test_the_chosen_tab_always_shows_and_none_is_clipped(qtbot, chosen):
    tabs = FoldingTabs(ITEMS, chosen)
    host = in_a_row(qtbot, tabs, 600)
    assert shown(tabs) == [key for key, _ in ITEMS]
    host.resize(200, 40)
    QApplication.processEvents()
    assert chosen in shown(tabs)
    assert len(shown(tabs)) < len(ITEMS)
    assert whole(tabs)
    host.resize(600, 40)
    QApplication.processEvents()
    assert shown(tabs) == [key for key, _ in ITEMS]
    for key, text in ITEMS:
        tabs.set_text(key, f"{text}  1,234")
    QApplication.processEvents()
    assert whole(tabs)


def test_a_folded_tab_is_chosen_from_the_menu_by_keyboard(qtbot):
    tabs = FoldingTabs(ITEMS)
    host = in_a_row(qtbot, tabs, 200)
    more = next(b for b in tabs.findChildren(type(tabs.button("all"))) if b.text() == " 更多")
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)
    (menu,) = tabs.findChildren(QMenu)
    told = []
    tabs.chosen.connect(told.append)
    QTest.keyClick(menu, Qt.Key.Key_Up)  # the last one
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert told == ["gaps"]
    assert tabs.current() == "gaps"
    assert "gaps" in shown(tabs)
    assert host.isVisible()


def test_a_tab_that_is_not_offered_is_in_no_menu(qtbot):
    tabs = FoldingTabs(ITEMS)
    host = in_a_row(qtbot, tabs, 600)
    tabs.offer("idle", offered=False)
    assert shown(tabs) == ["all", "title", "gaps"]
    tabs.offer("idle", offered=True)
    assert shown(tabs) == [key for key, _ in ITEMS]
    assert host.isVisible()


def test_the_chosen_kind_of_record_is_never_scrolled_out_of_the_bar(qtbot):
    entries = [(entity.key, entity.title("zh_CN")) for entity in CATALOGUE.ledger()]
    tabs = EntityTabs(entries)
    host = in_a_row(qtbot, tabs, 700)
    tabs.set_counts([12] * len(entries))
    for key, _ in entries:
        tabs.choose(key)
        QApplication.processEvents()
        bar = tabs.bar()
        seen = [bar.tabRect(at) for at in range(bar.count()) if bar.isTabVisible(at)]
        assert bar.tabRect(bar.currentIndex()).right() <= bar.width()
        assert min(rect.left() for rect in seen) == 0
        assert bar.geometry().right() <= tabs.width() <= host.width()


def test_a_long_file_name_leaves_room_and_keeps_its_ending(qtbot):
    name = "不动产权证书（鄂2015沙市区第0001200号）扫描件-含附图.pdf"
    link = ShortLink(name)
    host = in_a_row(qtbot, link, 160)
    assert link.width() <= 160
    assert link.text().endswith(".pdf")
    assert "…" in link.text()
    assert link.accessibleName() == link.toolTip() == name
    host.resize(900, 40)
    QApplication.processEvents()
    assert link.text() == name
