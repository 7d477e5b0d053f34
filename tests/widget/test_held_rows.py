# SPDX-License-Identifier: MIT
"""A row that an edit takes out of view or filter stays until the question is asked anew."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import lasting_park, names, row_of, shared_ledger, shared_park
from workbench.ui.widgets.grid.protocol import ColumnFilter, SortKey

lasting = lasting_park
rig = shared_park
page = shared_ledger


def choose(page, name, column, words):
    """Open a cell's editor by F2, put other words in and press Enter."""
    sheet = page.sheet()
    sheet.grid.setFocus()
    sheet.grid.go_to(row_of(page, name), sheet.model.column_number(column))
    QTest.keyClick(sheet.grid, Qt.Key.Key_F2)
    sheet.grid.open_editor().setText(words)
    QTest.keyClick(sheet.grid.open_editor(), Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_row_edited_out_of_its_view_stays_until_it_is_asked_anew(rig, page, qtbot):
    sheet = page.sheet()
    sheet.choose_view("idle")
    before = names(page)
    assert "研发二号楼" in before
    choose(page, "研发二号楼", "status", "出租")
    assert names(page) == before
    assert sheet.current_record().label == "研发二号楼"
    assert not rig.shell.toasts, "nothing may be said of the row that took its place"
    assert sheet.filters.again.text() == "1 行已不符合，重新筛选"
    qtbot.mouseClick(sheet.filters.again, Qt.MouseButton.LeftButton)
    assert "研发二号楼" not in names(page)
    assert sheet.filters.again.isHidden()


def test_undo_takes_the_notice_away(rig, page):
    sheet = page.sheet()
    sheet.choose_view("idle")
    choose(page, "研发二号楼", "status", "出租")
    rig.context.rewinding.undo()
    QApplication.processEvents()
    assert sheet.filters.again.isHidden()
    assert "研发二号楼" in names(page)


def test_another_view_and_back_asks_anew(page):
    page.sheet().choose_view("idle")
    choose(page, "研发二号楼", "status", "出租")
    page.sheet().choose_view("all")
    page.sheet().choose_view("idle")
    assert "研发二号楼" not in names(page)


def test_rows_edited_out_of_a_column_s_filter_are_counted_and_stay(page, qtbot):
    model = page.sheet().model
    model.set_filter("status", ColumnFilter(values=frozenset({"空置", "闲置"})))
    before = names(page)
    choose(page, "研发二号楼", "status", "出租")
    assert names(page) == before
    assert model.strays() == 1
    qtbot.mouseClick(page.sheet().filters.again, Qt.MouseButton.LeftButton)
    assert names(page) == [name for name in before if name != "研发二号楼"]
    assert model.strays() == 0


@pytest.mark.parametrize("words", ["二号", "研发 二号"])
def test_rows_edited_out_of_the_search_are_counted(page, words):
    page.sheet().search.setText(words)
    assert names(page) == ["研发二号楼"]
    choose(page, "研发二号楼", "name", "新名")
    assert names(page) == ["新名"]
    assert page.sheet().model.strays() == 1
    page.sheet().model.set_sort([SortKey("name")])
    assert page.sheet().model.strays() == 0
