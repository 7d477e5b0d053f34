# SPDX-License-Identifier: MIT
"""The asset register as a person works in it: rows by name, typing, composing."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit, compose

Key = Qt.Key


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
