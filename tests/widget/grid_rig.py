# SPDX-License-Identifier: MIT
"""A table over a small ledger in memory, and keys and mouse as a person uses them."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.grid_samples import SampleModel
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.view import GridView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
CODE, NAME, STATE, LAND, AREA, LET, UNTIL, OWNER = range(8)


def a_grid(qtbot, model: GridModel) -> GridView:
    """A shown table with the focus in its first name."""
    view = GridView(model, "资产台账", today=lambda: date(2026, 11, 23))
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    view.go_to(0, NAME)
    return view


@pytest.fixture
def sample_model(qapp) -> SampleModel:
    """A module takes it as ``model = sample_model``."""
    return SampleModel()


@pytest.fixture
def sample_grid(qtbot, model):
    """A module takes it as ``grid = sample_grid``."""
    return a_grid(qtbot, model)


def press(grid: GridView, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(grid, key, modifiers)


def type_text(grid: GridView, text: str) -> None:
    """Type as a keyboard does: each key goes to whatever has the focus by then."""
    for letter in text:
        QTest.keyClicks(grid.open_editor() or grid, letter)


def place(grid: GridView, row: int, column: int) -> QPoint:
    return grid.visualRect(grid.grid_model().index(row, column)).center()


def click(grid: GridView, row: int, column: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    at = place(grid, row, column)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, at)


def clipboard() -> str:
    return QApplication.clipboard().text()


def finds(grid: GridView, words: str, *, backwards: bool = False) -> bool:
    """Find words as the find bar does and return whether they are there."""
    told: list[bool] = []
    grid.finding.found.connect(told.append)
    grid.finding.find(words, backwards=backwards)
    grid.finding.found.disconnect(told.append)
    return told[-1]
