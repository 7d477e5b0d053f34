"""Undo and redo of many records beside the window: progress, one at a time, cancel."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.widget.patience import PATIENCE_S
from tests.widget.window_rig import CTRL, a_program, a_project, page, settle
from workbench.application.ledger.editing import CellEdit
from workbench.ui.frame import rewinding
from workbench.ui.frame.window import Window
from workbench.ui.models import ledger_table
from workbench.ui.widgets.label import Label

Key = Qt.Key


@pytest.fixture
def window(tmp_path, qtbot, monkeypatch):
    """The ledger of a small park in which three buildings were renamed; three are many."""
    monkeypatch.setattr(rewinding, "AT_ONCE", 1)
    made = Window(a_program())
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.commands.install()
    made.opening.open(a_project(a_program(), tmp_path / "滨河.park"))
    settle(qtbot, made)
    made.go("ledger")
    settle(qtbot, made)
    rename(made)
    yield made
    made.close()


def rename(window):
    services = window.context.services
    edits = [
        CellEdit("building", r.key, "name", "改名") for r in services.querying.records("building")
    ]
    assert services.editing.edit_cells(edits).changed > 1


def names(window):
    model = page(window).sheet().model
    return [model.record_at(row).label for row in range(model.rowCount())]


def ended(qtbot, window):
    qtbot.waitUntil(lambda: window.context.rewinding.dialog is None)
    settle(qtbot, window)


def test_grid_toast_and_history_follow_a_large_undo_and_redo(window, qtbot):
    assert "改名" in names(window)
    QTest.keyClick(window, Key.Key_Z, CTRL)
    dialog = window.context.rewinding.dialog
    assert dialog is not None
    assert "条" in dialog.words()
    ended(qtbot, window)
    assert "改名" not in names(window)
    assert window.shell.toast.text().startswith("已撤销：")
    assert window.context.services.history.next_redo() is not None
    QTest.keyClick(window, Key.Key_Y, CTRL)
    assert window.context.rewinding.dialog is not None
    ended(qtbot, window)
    assert "改名" in names(window)
    assert window.shell.toast.text().startswith("已重做：")


@pytest.fixture
def slow(window, monkeypatch):
    """The move stands still until the test lets it go on."""
    history = window.context.services.history
    undo, go_on = history.undo, threading.Event()

    def waiting(progress):
        go_on.wait(PATIENCE_S)
        return undo(progress)

    monkeypatch.setattr(history, "undo", waiting)
    yield go_on
    go_on.set()


def test_a_second_undo_meanwhile_says_so_and_moves_nothing_more(window, qtbot, slow):
    window.commands.run("undo")
    window.commands.run("undo")
    assert window.shell.toast.text() == "上一次撤销或重做还没有结束，请稍候"
    slow.set()
    ended(qtbot, window)
    assert "改名" not in names(window)
    assert window.context.services.history.next_redo() is not None
    assert window.context.services.querying.records("building")


def test_escape_stops_it_and_the_ledger_stays_as_it_was(window, qtbot, slow):
    window.commands.run("undo")
    dialog = window.context.rewinding.dialog
    QTest.keyClick(dialog, Key.Key_Escape)
    assert dialog.note_text() == "正在停止，台账将保持原样"
    assert window.context.rewinding.dialog is dialog, "it goes when the work has stopped"
    slow.set()
    ended(qtbot, window)
    assert window.shell.toast.text() == "已取消，台账保持原样"
    assert "改名" in names(window)


def test_it_says_when_it_is_too_late_to_cancel(window, qtbot, slow):
    window.commands.run("undo")
    dialog = window.context.rewinding.dialog
    dialog._show(3, 3)
    assert not dialog.stop.isEnabled()
    assert dialog.note_text() == "正在写入，已不能取消"
    QTest.keyClick(dialog, Key.Key_Escape)
    slow.set()
    ended(qtbot, window)
    assert "改名" not in names(window)


def test_what_cannot_be_taken_back_is_said_and_the_window_is_free_again(window, qtbot):
    with window.context.services.unit_of_work(writing=True) as work:
        work.connection.exec_driver_sql("UPDATE building SET name = '别人改的'")
        work.commit()
    window.commands.run("undo")
    ended(qtbot, window)
    assert "别人改的" in window.errors.shown()._text.text()
    QApplication.processEvents()
    assert window.context.rewinding.dialog is None


def pasted(window, monkeypatch, text):
    """Ctrl+V on the first building's name, in a table for which two cells are many."""
    monkeypatch.setattr(ledger_table, "WRITTEN_AT_ONCE", 1)
    window.go("ledger")
    page(window).tabs.choose("building")
    sheet = page(window).sheet()
    sheet.grid.setFocus()
    sheet.grid.set_shown_columns(["code", "name", "gfa_actual"])
    sheet.grid.go_to(0, sheet.model.column_number("name"))
    QApplication.clipboard().setText(text)
    QTest.keyClick(sheet.grid, Key.Key_V, CTRL)
    return sheet


def test_a_large_paste_is_written_beside_the_window_as_one_step(window, qtbot, monkeypatch):
    written = []
    sheet = pasted(window, monkeypatch, "新甲\t1000\n新乙\t很大\n新丙\t3000\n新丁\t4000\n余\t5")
    sheet.grid.block_written.connect(written.append)
    dialog = window.context.rewinding.dialog
    assert dialog is not None
    assert "粘贴" in dialog.findChild(Label).text()
    ended(qtbot, window)
    rows = sheet.model.rowCount()
    assert names(window)[:2] == ["新甲", "新乙"]
    [outcome] = written
    assert not outcome.later
    assert [(row, column) for row, column, _ in outcome.refused] == [
        (1, sheet.model.column_number("gfa_actual"))
    ]
    assert outcome.applied == 2 * rows - 1
    assert outcome.left_over, "what had no row is still offered"
    services = window.context.services
    assert services.history.next_undo().label == "ui.step_paste"
    services.history.undo()
    assert "新甲" not in names(window)


def test_a_large_paste_that_is_stopped_leaves_the_ledger_as_it_was(window, qtbot, monkeypatch):
    go_on = threading.Event()
    services = window.context.services
    before, step = names(window), services.history.next_undo()
    proposed = services.editing.proposed

    def held(edits, progress=None):
        assert go_on.wait(PATIENCE_S)
        return proposed(edits, progress)

    monkeypatch.setattr(services.editing, "proposed", held)
    pasted(window, monkeypatch, "新甲\t1000\n新乙\t2000")
    dialog = window.context.rewinding.dialog
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    go_on.set()
    ended(qtbot, window)
    assert names(window) != ["新甲", "新乙"]
    assert services.history.next_undo() == step
    window.go("ledger")
    page(window).tabs.choose("assets")
    assert names(window) == before
