# SPDX-License-Identifier: MIT
"""Long work: results, progress and cancel arrive on the window's thread; errors in words."""

import gc
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QLabel, QWidget

from tests.widget.patience import PATIENCE_S
from workbench.application.collection import paused_collection
from workbench.domain.findings import InputError, RefusedError
from workbench.domain.records.changes import ChangeSet
from workbench.ui.changes import ChangeBus
from workbench.ui.errors import ErrorReporter
from workbench.ui.tasks import cycles
from workbench.ui.tasks.cycles import CycleSearch, search_here_only
from workbench.ui.tasks.latest import Latest
from workbench.ui.tasks.letting_go import LettingGo
from workbench.ui.tasks.progress import TaskProgress
from workbench.ui.tasks.runner import TaskRunner
from workbench.ui.widgets.status_bar import StatusBar


@pytest.fixture
def runner(qapp):
    made = TaskRunner()
    yield made
    made.shut_down()


def test_a_result_comes_back_on_the_window_s_thread(qtbot, runner):
    threads = []

    def work(progress):
        threads.append(QThread.currentThread())
        progress.step(1, 1)
        return 42

    task = runner.start(work)
    steps = []
    task.progressed.connect(
        lambda done, total: steps.append((done, total, QThread.currentThread()))
    )
    with qtbot.waitSignals([task.succeeded, task.finished]):
        pass
    assert threads[0] is not QThread.currentThread()
    assert steps == [(1, 1, QThread.currentThread())]
    qtbot.waitUntil(lambda: not runner.is_busy())


def test_cancel_stops_at_the_next_step(qtbot, runner):
    started = threading.Event()

    def endless(progress):
        while True:
            started.set()
            progress.step(0, 0)

    task = runner.start(endless)
    started.wait(PATIENCE_S)
    with qtbot.waitSignals([task.cancelled, task.finished]):
        task.cancel()


def test_a_queued_task_that_is_cancelled_never_begins(qtbot, runner):
    gate, ran = threading.Event(), []
    first = runner.start(lambda progress: gate.wait(PATIENCE_S))
    second = runner.start(lambda progress: ran.append(1))
    second.cancel()
    with qtbot.waitSignals([second.cancelled, first.finished]):
        gate.set()
    assert ran == []


def test_an_error_reaches_the_window_as_an_exception(qtbot, runner):
    def broken(progress):
        raise ValueError("boom")

    task = runner.start(broken)
    with qtbot.waitSignal(task.failed) as failed:
        pass
    assert str(failed.args[0]) == "boom"


def test_shut_down_waits_for_work_and_cancels_it(qapp):
    runner, ended = TaskRunner(), []

    def work(progress):
        try:
            while True:
                progress.step(0, 0)
        finally:
            ended.append(1)

    started = runner.start(lambda progress: None)
    runner.start(work)
    assert started is not None
    runner.shut_down()
    assert len(ended) <= 1
    assert not [t for t in threading.enumerate() if t.name.startswith("workbench")]


class Display(QObject):
    """Notes what the status bar would show."""

    cancel_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[str, int, int]] = []
        self.cleared = 0

    def set_task(self, text: str, done: int, total: int) -> None:
        self.shown.append((text, done, total))

    def clear_task(self) -> None:
        self.cleared += 1


class Ring(QWidget):
    """A widget that only a search can find dead; notes on which thread it goes."""

    def __init__(self, gone: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: gone.append(threading.current_thread()))


def test_a_dead_widget_goes_on_the_window_s_thread_however_much_a_worker_makes(qtbot, runner):
    gone: list[threading.Thread] = []
    search_here_only()
    Ring(gone)
    task = runner.start(lambda progress: [[{}] for _ in range(100_000)])
    with qtbot.waitSignal(task.succeeded) as made:
        pass
    assert len(made.args[0]) == 100_000
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()]


def test_searches_wait_while_many_records_are_made(qapp):
    search_here_only()
    search = qapp.findChild(CycleSearch)
    gone: list[threading.Thread] = []
    with paused_collection():
        Ring(gone)
        kept = [[] for _ in range(10_000)]
        search.search()
        assert gone == []
    for _ in range(200):
        kept = [[] for _ in range(10_000)]
        search.search()
        if gone:
            break
    assert len(kept) == 10_000
    assert gone == [threading.main_thread()]


def test_nothing_is_searched_while_a_worker_makes_very_much(qtbot, runner):
    """One search of a large report stood in the window's way for seconds."""
    searched, began, go_on = [], threading.Event(), threading.Event()

    def work(progress):
        made = [[{}] for _ in range(100_000)]
        began.set()
        go_on.wait(PATIENCE_S)
        return made

    task = runner.start(work)
    search = search_here_only()
    began.wait(PATIENCE_S)
    gc.callbacks.append(note := lambda phase, about: searched.append(about))
    try:
        search.search()
        go_on.set()
        with qtbot.waitSignals([task.succeeded, task.finished]) as made:
            pass
        search.search()
        assert searched == []
        assert gc.get_freeze_count() > 100_000
    finally:
        gc.callbacks.remove(note)
    del made


@pytest.mark.parametrize("away", [True, False])
def test_what_was_set_aside_is_looked_through_while_the_person_is_away(qapp, monkeypatch, away):
    monkeypatch.setattr(cycles, "_is_away", lambda: away)
    search, gone = search_here_only(), []
    search._look_through()
    Ring(gone)
    kept = [[{}] for _ in range(100_000)]
    search.search()
    search.search()
    assert bool(gone) is away
    search._look_through()
    assert len(gone) == 1
    assert len(kept) == 100_000


def test_the_worker_is_not_the_last_to_hold_what_its_work_belongs_to(qtbot, runner):
    class Owner:
        def work(self, progress):
            return 1

    owner = Owner()
    gone = weakref.ref(owner)
    task = runner.start(owner.work)
    del owner
    with qtbot.waitSignal(task.finished):
        assert gone() is not None
    qtbot.waitUntil(lambda: not runner.is_busy())
    assert gone() is None


def test_what_a_worker_changed_is_told_on_the_window_s_thread_before_its_outcome(qtbot, runner):
    bus = ChangeBus(LettingGo(runner), runner)
    runner.looked.connect(bus.deliver)
    heard: list[tuple[str, threading.Thread]] = []
    bus.changed.connect(lambda changes: heard.append((changes.label, threading.current_thread())))
    task = runner.start(lambda progress: bus.pass_on(ChangeSet("edit")))
    with qtbot.waitSignal(task.succeeded):
        pass
    assert heard == [("edit", threading.main_thread())]


def test_an_older_answer_never_comes_after_a_newer(qtbot, runner):
    heard = []
    tasks = [runner.start(lambda _progress, n=n: n) for n in range(3)]
    for task in tasks:
        task.succeeded.connect(heard.append)
    all_done = threading.Event()
    runner.start(lambda _progress: all_done.set())
    assert all_done.wait(PATIENCE_S)  # all are done before the window looks
    tasks[2]._deliver()  # the newest one's clock happens to strike first
    assert heard == [0, 1, 2]
    qtbot.waitUntil(lambda: not runner.is_busy())


def test_work_that_is_asked_for_after_the_end_is_cancelled_and_never_begins(qtbot):
    runner = TaskRunner()
    runner.shut_down()
    begun = []
    with qtbot.waitSignal(runner.start(begun.append).cancelled):
        pass
    assert begun == []


def test_only_a_task_that_lasts_is_shown_and_can_be_cancelled(qtbot, runner):
    display, gate = Display(), threading.Event()
    follower = TaskProgress(display)

    def work(progress):
        progress.step(1, 4)
        gate.wait(PATIENCE_S)
        progress.step(4, 4)

    task = runner.start(work)
    follower.follow(task, "导入台账")
    assert display.shown == []
    qtbot.waitUntil(lambda: display.shown == [("导入台账", 1, 4)])
    display.cancel_clicked.emit()
    with qtbot.waitSignals([task.cancelled, task.finished]):
        gate.set()
    assert display.shown[-1][0] == "正在停止：导入台账"
    assert display.cleared == 1


def test_cancel_stops_the_task_that_runs_and_not_one_that_waits_behind_it(qtbot, runner):
    display, gate = Display(), threading.Event()
    follower, ran = TaskProgress(display), []

    def work(progress):
        gate.wait(PATIENCE_S)
        progress.step(0, 0)

    first = runner.start(work)
    follower.follow(first, "导出报告")
    second = runner.start(lambda progress: ran.append(1))
    follower.follow(second, "正在生成报告")
    qtbot.waitUntil(lambda: display.shown == [("导出报告", 0, 0)])
    display.cancel_clicked.emit()
    with qtbot.waitSignals([first.cancelled, second.succeeded]):
        gate.set()
    assert ran == [1]


def test_of_work_that_is_asked_for_again_only_the_newest_is_done(qtbot, runner):
    class Context:
        def run(self, _name, work):
            return runner.start(work)

    gate, heard, ran = threading.Event(), [], []
    runner.start(lambda progress: gate.wait(PATIENCE_S))
    latest = Latest(Context(), runner)
    latest.came.connect(heard.append)
    latest.missed.connect(lambda: heard.append("missed"))
    for number in range(3):
        latest.start("", lambda _progress, n=number: ran.append(n) or n)
    gate.set()
    qtbot.waitUntil(lambda: not runner.is_busy())
    assert (heard, ran) == ([2], [2])


def test_the_status_bar_is_such_a_display(qtbot, runner):
    bar, gate = StatusBar(), threading.Event()
    qtbot.addWidget(bar)
    bar.show()
    follower = TaskProgress(bar)
    task = runner.start(lambda progress: gate.wait(PATIENCE_S))
    follower.follow(task, "重算")
    qtbot.waitUntil(bar.shows_task)
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert not bar.shows_task()


# ---- errors


@pytest.fixture
def reporter(qtbot):
    host = QWidget()
    host.resize(800, 600)
    qtbot.addWidget(host)
    host.show()
    made = ErrorReporter(host)
    yield made
    made.uninstall()
    host.close()


def test_an_unexpected_error_opens_one_dialog_and_repeats_are_counted(qtbot, reporter, caplog):
    caplog.set_level("CRITICAL", "workbench.errors")
    reporter.install()
    for _ in range(3):
        try:
            raise ZeroDivisionError("in a paint event")
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: reporter.shown() is not None and reporter.shown().repeats == 3)
    reporter.shown().reject()
    assert reporter.shown() is None


def test_another_error_is_shown_when_the_first_was_read_and_never_lost(qtbot, reporter):
    for name in ("甲.xlsx", "乙.xlsx", "乙.xlsx", "丙.xlsx"):
        reporter.show_error(InputError("importing.file_missing", file=name))
    for name in ("甲.xlsx", "乙.xlsx", "丙.xlsx"):
        qtbot.waitUntil(lambda: reporter.shown() is not None)
        said = " ".join(label.text() for label in reporter.shown().findChildren(QLabel))
        assert name in said
        reporter.shown().reject()
    qtbot.wait(20)
    assert reporter.shown() is None


def test_an_expected_error_is_a_sentence_without_details(reporter):
    reporter.show_error(RefusedError("no.such.code", field="let"))
    dialog = reporter.shown()
    assert not [b for b in dialog.findChildren(QWidget) if b.accessibleName() == "复制详情"]
