# SPDX-License-Identifier: MIT
"""Language, theme or zoom changed while the report page works: nothing that it says is lost."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.widget.patience import PATIENCE_S
from tests.widget.window_rig import CTRL, page, settle
from workbench.ui.pages.report import exports
from workbench.ui.pages.report.checks import ReportChecks
from workbench.ui.texts import t


@pytest.fixture
def reporting(window, qtbot, tmp_path, monkeypatch):
    """A window on its report page, whose exports go to one file; its sheets are read as text."""
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(exports, "choose_target", lambda *_: str(target))
    window.go("report")
    page(window).preview.show_as("reading")
    settle(qtbot, window)
    settle(qtbot, window)
    return window, target


def zoom(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Equal, CTRL)


def language(window, _qtbot):
    settings = window.program.settings
    other = "en" if t("ui.cancel") == "取消" else "zh_CN"
    window.change_settings(replace(settings, language=other))


def theme(window, _qtbot):
    window.change_settings(replace(window.program.settings, theme="dark"))


def test_an_export_that_was_begun_before_says_what_came_of_it(reporting, qtbot):
    window, target = reporting
    for change in (theme, zoom, language):
        old = page(window)
        qtbot.mouseClick(old.checks.ledger, Qt.MouseButton.LeftButton)
        change(window, qtbot)
        shown = page(window)
        shown.preview.show_as("reading")
        assert (shown is old) is (change is theme)
        assert not shown.checks.ledger.isEnabled()  # nobody starts a second one meanwhile
        assert not shown.checks.final.isEnabled()
        settle(qtbot, window)
        assert target.name in shown.checks.last_words()
        assert shown.checks._last_row.isVisibleTo(shown)
        assert shown.checks.ledger.isEnabled()
        assert target.name in window.shell.toast.text()
        target.unlink()
    qtbot.mouseClick(page(window).checks.ledger, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert target.exists()


def test_a_preview_is_laid_out_anew_and_the_old_page_stops(reporting, qtbot):
    window, _ = reporting
    page(window).preview.show_as("printed")
    settle(qtbot, window)
    ended, stopped = threading.Event(), []
    window.context.run("在前的", lambda _: ended.wait(PATIENCE_S))
    page(window).recalculate()
    list(window.tasks._running)[-1].cancelled.connect(lambda: stopped.append(1))
    zoom(window, qtbot)
    ended.set()
    settle(qtbot, window)
    settle(qtbot, window)
    assert stopped == [1]
    assert page(window).preview.pages.view.book.pages
    assert not page(window).preview._state.isVisible()


def test_what_runs_is_shown_and_can_be_stopped_in_the_new_frame(reporting, qtbot):
    window, _ = reporting
    ended = threading.Event()

    def work(progress):
        while not ended.wait(0.01):
            progress.step(1, 9)

    task = window.context.run("正在写", work)
    try:
        zoom(window, qtbot)
        page(window).preview.show_as("reading")
        status = window.shell.status
        qtbot.waitUntil(lambda: status.shows_task() and "正在写" in status._task_label.text())
        with qtbot.waitSignal(task.cancelled):
            qtbot.mouseClick(status._cancel, Qt.MouseButton.LeftButton)
    finally:
        ended.set()
    settle(qtbot, window)
    assert not status.shows_task()


def test_what_was_exported_last_is_told_in_a_low_window(qtbot):
    """At 1280 × 720 its lines stood over the links below the buttons."""
    checks = ReportChecks()
    qtbot.addWidget(checks)
    checks.resize(344, 640)
    checks.redact.setChecked(True)
    checks.set_last(f"/报告/{'园区' * 30}.xlsx", "\n".join(["一行说明"] * 6))
    with qtbot.waitExposed(checks):
        checks.show()
    assert checks._last.height() >= checks._last.heightForWidth(checks._last.width())
    link = checks.ledger
    assert link.height() >= link.sizeHint().height()
    last, first = (w.mapTo(checks, w.rect().topLeft()).y() for w in (link, checks._last))
    assert 0 <= first < checks.draft.mapTo(checks, checks.draft.rect().topLeft()).y() < last
    assert last + link.height() <= checks.height()
