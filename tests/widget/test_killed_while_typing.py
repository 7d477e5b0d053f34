# SPDX-License-Identifier: MIT
"""A program that is killed between two keys: what was typed is offered when it starts again."""

import subprocess
import sys
from pathlib import Path

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
for _ in range(1000):
    QTest.qWait(20)
    if "60.5" in str(program.drafts(project).load()):
        print("typed", flush=True)
        break
QTest.qWait(20_000)
"""


def killed_while_typing(projects):
    """Let a program type at each place, at the same time, and kill each between two keys."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TYPE_AND_WAIT, where, project],
            stdout=subprocess.PIPE, cwd=ROOT, text=True,
        )
        for where, project in projects.items()
    ]  # fmt: skip
    try:
        return [program.stdout.readline().strip() for program in running]
    finally:
        for program in running:
            program.kill()
            program.wait(timeout=20)
            program.stdout.close()


def test_what_was_being_typed_is_offered_after_a_kill(tmp_path, qtbot):
    program = a_program()
    projects = {
        where: a_project(program, tmp_path / f"{where}.park", related=False)
        for where in ("cell", "form")
    }
    assert killed_while_typing(projects) == ["typed", "typed"]
    window = Window(program)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    for where, project in projects.items():
        window.opening.open(project)
        qtbot.waitUntil(lambda project=project: is_open(window, project))
        settle(qtbot, window)
        [draft] = window.context.drafts.all().values()
        assert "原铜材厂地块" in draft.title
        assert window.shell.toast.isVisible()
        window.go("ledger")
        (go_on_in_the_cell if where == "cell" else go_on_in_the_form)(window)
        QApplication.processEvents()
        key = page(window).sheet().model.record_at(0).key
        parcel = window.context.services.querying.ledger().find("parcel", key)
        assert round(parcel.number("area_cert")) == 40333  # 60.5 亩
        assert not window.context.drafts.all()
    window.close()


def is_open(window, project):
    return window.context is not None and window.context.services.project == project


def go_on_in_the_cell(window):
    grid = page(window).sheet().grid
    grid.setFocus()
    grid.go_to(0, page(window).sheet().model.column_number("land"))
    QTest.keyClick(grid, Qt.Key.Key_F2)
    editor = grid.open_editor()
    assert editor.text() == "60.5"
    QTest.keyClick(editor, Qt.Key.Key_Return)


def go_on_in_the_form(window):
    key = page(window).sheet().model.record_at(0).key
    window.go("ledger", f"form:parcel:{key}:area_cert")
    form = page(window).record_actions.form
    assert form.lines["area_cert"].editor.text() == "60.5"
    form.reject()
