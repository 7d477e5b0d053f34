"""Main part and detail panel: together where there is room, one at a time where there is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.side_by_side import SideBySide


@pytest.fixture
def pair(qtbot):
    main, panel = QPushButton("main"), QPushButton("panel")
    both = SideBySide(main, panel, "依据", width=300, needs=900)
    qtbot.addWidget(both)
    both.resize(1000, 400)
    with qtbot.waitExposed(both):
        both.show()
    return both, main, panel


def seen(both, *widgets):
    QApplication.processEvents()
    return [widget.isVisibleTo(both) for widget in widgets]


def button(both, words):
    [found] = [b for b in both.findChildren(Button) if b.accessibleName() == words]
    return found


def test_both_stand_together_and_the_panel_can_be_hidden(pair):
    both, main, panel = pair
    assert seen(both, main, panel) == [True, True]
    both.toggle_detail()
    assert seen(both, main, panel) == [True, False]
    both.toggle_detail()
    assert seen(both, main, panel) == [True, True]


def test_in_a_narrow_window_a_button_brings_the_panel_and_another_leads_back(pair, qtbot):
    both, main, panel = pair
    both.resize(600, 400)
    assert seen(both, main, panel) == [True, False]
    qtbot.mouseClick(button(both, "依据"), Qt.MouseButton.LeftButton)
    assert seen(both, main, panel) == [False, True]
    qtbot.mouseClick(button(both, "返回"), Qt.MouseButton.LeftButton)
    assert seen(both, main, panel) == [True, False]


def test_a_wider_window_shows_both_again(pair):
    both, main, panel = pair
    both.resize(600, 400)
    both.open_detail()
    both.resize(1000, 400)
    assert seen(both, main, panel) == [True, True]


def test_the_focus_goes_into_the_panel_that_was_hidden(pair):
    both, _main, panel = pair
    both.resize(600, 400)
    both.focus_detail()
    assert panel.hasFocus()
