# SPDX-License-Identifier: MIT
"""The import dialog over a project with one park, and a ledger with a problem in each row."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from tests.widget.page_rig import a_rig
from workbench.ui.pages.imports.dialog import ImportDialog

HEAD = ["园区名称", "楼栋编号", "楼栋名称", "建筑面积(㎡)", "使用状态", "账面净值(万元)"]
ROWS = [
    ["滨河高新产业园", "A1", "一号厂房", 12400, "出租", 1200],
    ["滨河高新产业园", "A2", "二号厂房", "12400+600", "空闲中", 900],
    ["滨河高新产业园", "A3", "三号厂房", "待测", "空置", None],
    ["合计", None, None, 25400, None, 2100],
]


def a_ledger(path, rows=ROWS, head=HEAD, title="厂房"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in [head, *rows]:
        sheet.append(row)
    book.save(path)
    book.close()
    return str(path)


@pytest.fixture
def empty_project(tmp_path, qtbot):
    """A module takes it as ``rig = empty_project``."""
    made = a_rig(tmp_path, qtbot)
    yield made
    made.close()


@pytest.fixture
def three_buildings(tmp_path):
    """A module takes it as ``ledger = three_buildings``."""
    return a_ledger(tmp_path / "台账.xlsx")


def opened(rig, qtbot, *files):
    dialog = ImportDialog(rig.context, rig.host, list(files))
    dialog.open()
    if files:
        settle(rig, qtbot, dialog)
    return dialog


def settle(rig, qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._task is None and not rig.tasks.is_busy())


def go_on(rig, qtbot, dialog):
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    settle(rig, qtbot, dialog)


def buildings(rig):
    return {record.get("code"): record for record in rig.services.querying.records("building")}


def click_cell(qtbot, table, key, column):
    """Click a cell with the mouse, as a person does."""
    at = next(n for n, row in enumerate(table.rows()) if row.key == key)
    index = table.model().index(at, column)
    table.scrollTo(index)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center()
    )
