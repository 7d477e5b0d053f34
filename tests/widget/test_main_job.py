# SPDX-License-Identifier: MIT
"""The main job by mouse and keys alone: ledger in, checklist, final, report, what changed since."""

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QMenu
from python_calamine import CalamineWorkbook

from tests.widget.input_method import commit
from tests.widget.window_rig import CTRL, Key, a_program, page, settle
from workbench.cli.main import main
from workbench.ui import file_dialogs
from workbench.ui.pages.evidence import box as evidence_box
from workbench.ui.pages.imports.dialog import ImportDialog
from workbench.ui.pages.report import exports as report_exports

HEAD = [
    "园区名称",
    "楼栋编号",
    "楼栋名称",
    "建筑面积(㎡)",
    "可租面积(㎡)",
    "已租面积(㎡)",
    "使用状态",
]
ROWS = [
    ["柳溪机电园", "A1", "一号厂房", 12400, 12000, 3000, "部分出租"],
    ["柳溪机电园", "A2", "二号厂房", 8600, 8000, 8000, "出租"],
    ["柳溪机电园", "A3", "综合楼", "约3.7万", None, None, "空置"],
    ["合计", None, None, 58000, 20000, 11000, None],
]


@pytest.fixture
def window(make_window):
    """A window of a usual size, without a project."""
    made = make_window(a_program())
    made.resize(1366, 768)
    made.start()
    return made


def click(window, widget, qtbot, at=None):
    """Click where the widget is seen: what something lies over cannot be clicked."""
    QApplication.processEvents()
    at = at or widget.rect().center()
    assert widget.isEnabled()
    hit = window.childAt(widget.mapTo(window, at))
    assert hit is widget or widget.isAncestorOf(hit), f"{hit} lies over {widget}"
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    settle(qtbot, window)


def press(window, words, qtbot, newest=False):
    """Click the button that says these words, the one of the newest dialog among several."""
    QApplication.processEvents()
    found = [
        button for button in window.findChildren(QAbstractButton)
        if button.isVisible() and words in (button.text(), button.accessibleName())
    ]  # fmt: skip
    assert found, f"no button says {words}"
    click(window, found[-1 if newest else 0], qtbot)


def choose(window, name, words, qtbot):
    """Choose an entry by keys."""
    box = next(
        b for b in window.findChildren(QComboBox) if b.isVisible() and b.accessibleName() == name
    )
    box.setFocus()
    steps = box.findText(words) - box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Key.Key_Down if steps > 0 else Key.Key_Up)
    settle(qtbot, window)


def write(window, row, heading, letters, qtbot):
    """Type into a cell of the register."""
    grid = page(window).sheet().grid
    model = grid.model()
    headings = [
        model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())
    ]
    grid.go_to(row, headings.index(heading))
    for letter in letters:
        QTest.keyClick(window.focusWidget(), letter)
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    settle(qtbot, window)


def floor_areas(window):
    rows = window.context.services.querying.records("building")
    return {row.get("code"): row.get("gfa_cert") for row in rows}


def cells(path):
    book = CalamineWorkbook.from_path(path)
    return {str(v) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
            for v in row}  # fmt: skip


def import_ledger(window, ledger, qtbot):
    press(window, "选择文件", qtbot)
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step() == "columns")
    press(window, "下一步", qtbot)
    qtbot.waitUntil(lambda: dialog.step() == "check")
    press(window, "导入 3 行", qtbot)
    qtbot.waitUntil(lambda: dialog.step() == "done")
    press(window, "查看台账", qtbot)


def correct_and_take_back(window, qtbot):
    """Type an area in another unit, undo it, and do it again."""
    assert floor_areas(window) == {"A1": 12400, "A2": 8600, "A3": 37000}
    write(window, 2, "建筑面积（㎡）", "3.66ha", qtbot)
    assert floor_areas(window)["A3"] == 36600
    for key, area in ((Key.Key_Z, 37000), (Key.Key_Y, 36600)):
        QTest.keyClick(window, key, CTRL)
        settle(qtbot, window)
        assert floor_areas(window)["A3"] == area


def assess(window, qtbot):
    press(window, "对标评估", qtbot)
    press(window, "保存评估", qtbot)
    boxes = [b for b in window.findChildren(QCheckBox) if b.isVisible() and "P11" in b.text()]
    click(window, boxes[0], qtbot, QPoint(8, boxes[0].height() // 2))
    press(window, "开始评估", qtbot)


def status_of_the_first_item(window):
    [state] = window.context.services.querying.records("checklist_item")
    return state.get("status")


def tick_the_first_item(window, qtbot):
    """No evidence, not done: the item waits until there is a file."""
    press(window, "盘活清单", qtbot)
    choose(window, "状态", "已完成", qtbot)
    assert status_of_the_first_item(window) != "已完成"
    press(window, "选择文件", qtbot)
    choose(window, "状态", "已完成", qtbot)
    assert status_of_the_first_item(window) == "已完成"


def new_version(window, qtbot):
    press(window, "对标评估", qtbot)
    qtbot.mouseClick(page(window).header.steps, Qt.MouseButton.LeftButton)
    menu = next(m for m in window.findChildren(QMenu) if m.isVisible())
    menu.setActiveAction(next(a for a in menu.actions() if a.text() == "建立新版本"))
    QTest.keyClick(menu, Key.Key_Return)
    settle(qtbot, window)
    commit(window.focusWidget(), "实测面积更正")
    press(window, "建立", qtbot)
    press(window, "保存评估", qtbot)
    press(window, "保存评估", qtbot, newest=True)


def test_the_main_job_by_mouse_and_keys(window, tmp_path, qtbot, monkeypatch):
    book = Workbook()
    for row in [HEAD, *ROWS]:
        book.active.append(row)
    files = {
        name: tmp_path / name for name in ("台账.xlsx", "立项表.pdf", "报告.xlsx", "差异.xlsx")
    }
    book.save(files["台账.xlsx"])
    files["立项表.pdf"].write_bytes(b"%PDF-1.4 one")
    project = tmp_path / "柳溪.park"
    monkeypatch.setattr(file_dialogs, "choose_new_project", lambda *_: str(project))
    monkeypatch.setattr(file_dialogs, "choose_workbooks", lambda *_: [str(files["台账.xlsx"])])
    monkeypatch.setattr(evidence_box, "choose_files", lambda *_: [str(files["立项表.pdf"])])
    targets = iter((files["报告.xlsx"], files["差异.xlsx"]))
    monkeypatch.setattr(report_exports, "choose_target", lambda *_: str(next(targets)))

    import_ledger(window, files["台账.xlsx"], qtbot)
    correct_and_take_back(window, qtbot)
    assess(window, qtbot)
    tick_the_first_item(window, qtbot)
    press(window, "报告", qtbot)
    for status in ("复核", "定稿"):
        choose(window, "状态", status, qtbot)
    press(window, "定稿", qtbot)
    press(window, "导出报告", qtbot)
    assert {"柳溪机电园存量资产盘活评估报告", "36600.0", "综合楼"} <= cells(files["报告.xlsx"])

    press(window, "资产台账 3", qtbot)
    write(window, 0, "建筑面积（㎡）", "13000", qtbot)
    new_version(window, qtbot)
    press(window, "报告", qtbot)
    press(window, "导出差异报告", qtbot)
    press(window, "比较", qtbot)
    said = cells(files["差异.xlsx"])
    assert [text for text in said if "12,400" in text or "12400" in text]
    assert [text for text in said if "13,000" in text or "13000" in text]
    window.close()
    assert main(["verify", str(project)]) == 0
