# SPDX-License-Identifier: MIT
"""A program that is killed between two keys: what was typed is offered when it starts again."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.window_rig import a_program, a_project, page, settle
from workbench.ui.frame.window import Window

ROOT = Path(__file__).resolve().parents[2]
TYPE_AND_WAIT = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.widget.window_rig import a_program, page
from workbench.files import folders
from workbench.ui.frame.window import Window
app = QApplication([])
where, project = sys.argv[1:]
program = a_program()
window = Window(program)
window.show()
window.use(program.open(project))
window.go("ledger")
sheet = page(window).sheet()
if where == "cell":
    land = sheet.model.column_number("land")
    sheet.grid.setFocus()
    sheet.grid.go_to(0, land)
    QTest.keyClicks(sheet.grid, "6")
    QTest.keyClicks(sheet.grid.open_editor(), "0.5")
else:
    key = sheet.model.record_at(0).key
    window.go("ledger", f"form:parcel:{key}:area_cert")
    editor = page(window).record_actions.form.lines["area_cert"].editor
    editor.selectAll()
    QTest.keyClicks(editor, "60.5")
drafts = folders.home() / "drafts"
for _ in range(1000):
    QTest.qWait(20)
    if drafts.is_dir() and any("60.5" in f.read_text("utf-8") for f in drafts.iterdir()):
        print("typed", flush=True)
        break
QTest.qWait(20_000)
"""


@pytest.mark.parametrize("where", ["cell", "form"])
def test_what_was_being_typed_is_offered_after_a_kill(where, tmp_path, qtbot):
    program = a_program()
    project = a_project(program, tmp_path / "滨河.park")
    killed = subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_WAIT, where, project],
        stdout=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    try:
        with killed.stdout:
            assert killed.stdout.readline() == "typed\n"
    finally:
        killed.kill()
        killed.wait(timeout=20)
    window = Window(program)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.opening.open(project)
    settle(qtbot, window)
    [draft] = window.context.drafts.all().values()
    assert "原铜材厂地块" in draft.title
    assert window.shell.toast.isVisible()
    window.go("ledger")
    sheet = page(window).sheet()
    if where == "cell":
        sheet.grid.setFocus()
        sheet.grid.go_to(0, sheet.model.column_number("land"))
        QTest.keyClick(sheet.grid, Qt.Key.Key_F2)
        editor = sheet.grid.open_editor()
        assert editor.text() == "60.5"
        QTest.keyClick(editor, Qt.Key.Key_Return)
    else:
        key = sheet.model.record_at(0).key
        window.go("ledger", f"form:parcel:{key}:area_cert")
        form = page(window).record_actions.form
        assert form.lines["area_cert"].editor.text() == "60.5"
        form.reject()
    QApplication.processEvents()
    parcel = window.context.services.querying.ledger().find("parcel", sheet.model.record_at(0).key)
    assert round(parcel.number("area_cert")) == 40333  # 60.5 亩
    assert not window.context.drafts.all()
    window.close()
