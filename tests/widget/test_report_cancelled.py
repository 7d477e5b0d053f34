"""An export that is stopped with the real page: no file, nothing beside it, and again at once."""

import threading

import pytest
from PySide6.QtCore import Qt

from tests.read_quickly import load_workbook
from tests.widget.page_rig import a_rig
from tests.widget.patience import PATIENCE_S
from workbench.ui.pages.report import exports
from workbench.ui.pages.report.page import ReportPage


@pytest.fixture
def page(tmp_path, qtbot, monkeypatch):
    """The report page of a small park, and the folder that its reports go to."""
    rig = a_rig(tmp_path, qtbot)
    rig.services.editing.add("building", {"park": "P-01", "name": "A1", "rentable_area": "1000"})
    made = rig.show(ReportPage)
    rig.settle(qtbot)
    rig.settle(qtbot)
    folder = tmp_path / "报告"
    folder.mkdir()
    monkeypatch.setattr(exports, "choose_target", lambda *_: str(folder / "r.xlsx"))
    yield rig, made, folder
    rig.close()


def the_task(rig):
    """The task that was begun last."""
    return list(rig.tasks._running)[-1]


def export(rig, page, qtbot, *, stop_at=0):
    """Click the draft's button; stop at a step. Returns how it ended, and if one might click then.

    The worker waits at that step till it was told to stop: a fast one would be done before.
    """
    steps, ends, reached = [], [], threading.Event()
    qtbot.mouseClick(page.checks.draft, Qt.MouseButton.LeftButton)
    task = the_task(rig)
    task.succeeded.connect(lambda _: ends.append("done"))
    task.cancelled.connect(lambda: ends.append("stopped"))
    task.failed.connect(ends.append)
    plain = task.step

    def step(done, total):
        steps.append(done)
        if len(steps) == stop_at:
            reached.set()
            task._stop.wait(PATIENCE_S)
        plain(done, total)

    task.step = step
    enabled = []
    if stop_at:
        qtbot.waitUntil(reached.is_set)
        enabled.append(page.checks.draft.isEnabled())
        task.cancel()
    rig.settle(qtbot)
    return ends, enabled


@pytest.mark.parametrize("stop_at", [1, 2, 4])
def test_a_stopped_export_leaves_nothing_and_can_be_made_again(page, qtbot, stop_at):
    rig, shown, folder = page
    ends, enabled = export(rig, shown, qtbot, stop_at=stop_at)
    assert ends == ["stopped"]
    assert enabled == [False]  # nobody starts a second one meanwhile
    assert list(folder.iterdir()) == []
    assert shown.checks.draft.isEnabled()
    ends, _ = export(rig, shown, qtbot)
    assert ends == ["done"]
    assert [each.name for each in folder.iterdir()] == ["r.xlsx"]
    assert load_workbook(folder / "r.xlsx").sheetnames


def test_a_stopped_export_leaves_the_earlier_file_as_it_was(page, qtbot):
    rig, shown, folder = page
    (folder / "r.xlsx").write_bytes(b"earlier")
    ends, _ = export(rig, shown, qtbot, stop_at=3)
    assert ends == ["stopped"]
    assert [each.read_bytes() for each in folder.iterdir()] == [b"earlier"]


def test_a_page_that_is_closed_while_it_writes_leaves_nothing(page, qtbot):
    rig, shown, folder = page
    qtbot.mouseClick(shown.checks.draft, Qt.MouseButton.LeftButton)
    task = the_task(rig)
    with qtbot.waitSignal(task.progressed):
        pass
    rig.tasks.shut_down()
    assert list(folder.iterdir()) == []
