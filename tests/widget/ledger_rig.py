# SPDX-License-Identifier: MIT
"""The asset register as a person works in it: rows by name, typing, composing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit, compose
from tests.widget.page_rig import a_rig
from workbench.ui.pages.ledger.page import LedgerPage

Key = Qt.Key


@pytest.fixture
def small_park(tmp_path, qtbot):
    """A project with a small park; a module takes it as ``rig = small_park``."""
    made = a_rig(tmp_path, qtbot, filled=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def lasting_park(tmp_path_factory):
    """The small park and its ledger page for all tests of a module, as ``lasting``."""
    made = a_rig(tmp_path_factory.mktemp("park"), filled=True)
    page = made.show(LedgerPage)
    yield made, page, page.tabs.current()
    made.close()


@pytest.fixture
def shared_park(lasting, qtbot):
    """What a test did is taken back; a module takes it as ``rig = shared_park``."""
    made, page, _table = lasting
    with made.lent(qtbot):
        yield made
        editor = page.sheet().grid.open_editor()
        if editor is not None:
            QTest.keyClick(editor, Key.Key_Escape)


@pytest.fixture
def shared_ledger(lasting, rig):
    """The page of ``shared_park``; a module takes it as ``page = shared_ledger``."""
    _made, page, table = lasting
    page.tabs.choose(table)
    return page


@pytest.fixture
def ledger_page(rig):
    """The ledger page of the module's ``rig``; a module takes it as ``page = ledger_page``."""
    return rig.show(LedgerPage)


def names(page):
    model = page.sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def row_of(page, name):
    return names(page).index(name)


def cell(page, name, column):
    number = page.sheet().model.column_number(column)
    return page.sheet().model.cell(row_of(page, name), number)


def type_into(page, name, column, text):
    """Choose a cell, type as a keyboard does, press Enter."""
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, name), sheet.model.column_number(column))
    for letter in text:
        QTest.keyClicks(sheet.grid.open_editor() or sheet.grid, letter)
    QTest.keyClick(sheet.grid.open_editor(), Key.Key_Return)
    QApplication.processEvents()


def compose_into(page, name, column, text):
    """Choose a cell and type Chinese through an input method, without Enter."""
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, name), sheet.model.column_number(column))
    compose(sheet.grid, "pinyin")
    commit(sheet.grid.open_editor(), text)
