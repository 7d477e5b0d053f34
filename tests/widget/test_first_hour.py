# SPDX-License-Identifier: MIT
"""What a person meets in the first hour: where the window stands, dialogs, parkless ledgers."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel, QWidget

from tests.widget.import_rig import a_ledger, go_on, opened, settle
from tests.widget.page_rig import one_park
from workbench.bootstrap import Program
from workbench.storage.project_file import inspect
from workbench.ui import file_dialogs
from workbench.ui.look import looks, placing
from workbench.ui.pages.ledger.new import NewRecordDialog
from workbench.ui.texts import set_texts, texts_in_use

PARKLESS = ["楼栋编号", "楼栋名称", "建筑面积(㎡)", "使用状态"]
ROWS = [["A1", "一号厂房", 12400, "出租"], ["A2", "二号厂房", 9000, "空置"]]


rig = one_park


def test_rows_without_a_park_go_to_the_one_park_that_there_is(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot)
    assert dialog.files.park.park() == "滨河高新产业园"
    dialog.files.set_files([a_ledger(tmp_path / "台账.xlsx", ROWS, PARKLESS)])
    for _ in range(3):
        go_on(rig, qtbot, dialog)
    parks = [record.get("park") for record in rig.services.querying.records("building")]
    assert parks == [rig.context.park_key] * 2


def test_the_name_of_the_file_proposes_the_park_until_a_person_writes_one(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot)
    line = dialog.files.park
    dialog.files.set_files([str(tmp_path / "清河工业园台账.xlsx")])
    assert line.park() == "清河工业园"
    dialog.files.set_files(
        [str(tmp_path / "甲工业园台账.xlsx"), str(tmp_path / "乙工业园台账.xlsx")]
    )
    assert line.park() == ""  # each file's own name counts
    line.line.setFocus()
    QTest.keyClicks(line.line, "X")
    dialog.files.set_files([str(tmp_path / "清河工业园台账.xlsx")])
    assert line.park() == "X"


def test_rows_that_would_be_in_no_park_are_counted_before_anything_is_stored(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot)
    dialog.files.park.line.clear()
    dialog.files.set_files([a_ledger(tmp_path / "台账.xlsx", ROWS, PARKLESS)])
    dialog.files.park.line.clear()
    for _ in range(2):
        go_on(rig, qtbot, dialog)
    assert dialog.check._parkless.isVisible()
    assert "2 行没有园区" in dialog.check._parkless._text.text()


def test_an_import_of_leases_alone_leads_to_the_leases(rig, qtbot, tmp_path):
    head = ["合同编号", "承租方", "租赁面积(㎡)", "起租日", "到期日"]
    row = ["HT-1", "甲公司", 100, "2025-01-01", "2027-12-31"]
    dialog = opened(rig, qtbot, a_ledger(tmp_path / "租约.xlsx", [row], head))
    for _ in range(3):
        go_on(rig, qtbot, dialog)
    assert rig.shell.went[-1] in {("ledger", "table:lease"), ("ledger", "table:enterprise")}


def test_a_new_record_begins_in_its_first_field_though_the_fields_are_made_late(rig, qtbot):
    dialog = NewRecordDialog(rig.context, rig.host, ("parcel", "building"))
    dialog.kinds.set_current("building")
    dialog._on_kind()
    dialog.open()
    assert QApplication.focusWidget() is dialog.input("code")
    chain = dialog._overlay.focusables()
    names = [widget.accessibleName() or widget.text() for widget in chain]
    assert names[-2:] == ["取消", "新建"]
    for _ in names:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in chain
    dialog.reject()


class Screen:
    """A screen of a certain size in logical pixels."""

    def __init__(self, width, height):
        self.width, self.height = width, height

    def availableGeometry(self):  # noqa: N802 - Qt's name
        return QRect(0, 0, self.width, self.height)


class PlacedWindow(QWidget):
    def __init__(self, width, height):
        super().__init__()
        self._shown_on = Screen(width, height)

    def screen(self):
        return self._shown_on


@pytest.mark.parametrize(
    ("width", "height", "whole"),
    [(1920, 1040, False), (1440, 870, True), (1366, 728, True), (1093, 580, True)],
)
def test_the_first_window_lies_within_the_screen(qtbot, tmp_path, width, height, whole):
    window = PlacedWindow(width, height)
    qtbot.addWidget(window)
    placing.place(window, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    assert bool(window.windowState() & Qt.WindowState.WindowMaximized) is whole
    assert window.minimumWidth() <= width
    assert window.minimumHeight() <= height
    if not whole:
        assert window.size() == QSize(1440, 900)


def test_a_file_dialog_begins_where_the_last_one_ended(qtbot, tmp_path, monkeypatch):
    begun = []

    def answer(dialog):
        begun.append(dialog.directory().absolutePath())
        return [str(tmp_path / "台账.xlsx")]

    monkeypatch.setattr(file_dialogs, "_used", [])
    monkeypatch.setattr(file_dialogs, "_answers", answer)
    host = QWidget()
    qtbot.addWidget(host)
    assert file_dialogs.choose_file(host, "打开", "") == str(tmp_path / "台账.xlsx")
    file_dialogs.choose_target(host, "导出", "报告.xlsx", "")
    assert begun[1] == str(tmp_path)


VISIT = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
    "c.execute('select 1 from setting').fetchall(); c.close()"
)


def visited(project):
    """Tell whether the journal outlives another process that opens the project and closes it."""
    subprocess.run([sys.executable, "-c", VISIT, str(project)], check=True)
    return project.with_name(project.name + "-wal").exists()


def test_looking_at_an_open_project_leaves_its_locks(rig, tmp_path):
    project = tmp_path / "滨河.park"
    inspect(project)
    assert visited(project)


def test_a_file_dialog_over_the_folder_of_the_open_project_leaves_its_locks(rig, qtbot, tmp_path):
    dialog = file_dialogs._dialog(rig.host, "打开")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.show()
    files = dialog.findChild(QFileSystemModel)
    place = files.index(str(tmp_path / "滨河.park"))
    qtbot.waitUntil(lambda: files.type(place) == "PARK")
    assert visited(tmp_path / "滨河.park")
    dialog.close()
    dialog.deleteLater()


@pytest.mark.parametrize(("language", "word"), [("zh_CN", "位置："), ("en", "&Look in:")])
def test_the_file_dialog_of_qt_speaks_one_language(qapp, language, word):
    before = texts_in_use()
    looks.apply_looks(qapp, Program(language=language))
    try:
        assert qapp.translate("QFileDialog", "&Look in:") == word
        assert qapp.translate("QShortcut", "Keyboard") == "Keyboard"
    finally:
        looks.apply_looks(qapp, Program(language="zh_CN"))
        set_texts(before)


def test_the_focus_goes_on_with_the_import_and_never_rests_on_the_cross(rig, qtbot, tmp_path):
    dialog = opened(rig, qtbot)
    dialog.files.set_files([a_ledger(tmp_path / "台账.xlsx", ROWS, PARKLESS)])
    dialog.next_button.setFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        settle(rig, qtbot, dialog)
        assert QApplication.focusWidget() is dialog.next_button
    assert dialog.step() == "done"
    assert len(rig.services.querying.records("building")) == 2
