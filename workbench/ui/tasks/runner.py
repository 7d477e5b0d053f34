# SPDX-License-Identifier: MIT
"""Long work off the window's thread, with progress and cancel."""

import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.ui.tasks.cycles import search_here_only

if TYPE_CHECKING:  # the window's first picture must not wait for the rules
    from concurrent.futures import ThreadPoolExecutor

    from workbench.application.ports import Progress

_LOOKS_EVERY_MS = 10
_SWITCH_S = 0.0005
"""How long a worker may compute before the window gets its turn; ten times as often as usual, for
a picture asks for its turn some hundred times."""
_REPORTS_EVERY_S = 0.05  # an unthrottled loop would drown the window in events


class Task(QObject):
    """One operation; every public signal is emitted on the window's thread.

    The worker only puts reports into a queue that the window's thread looks into: a signal sent
    by the worker may wait for a lock that Qt holds while it takes widgets down, and Qt then waits
    for Python, which the worker holds. Nothing is lost when the work ends before the caller had
    time to connect.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    looked = Signal()
    """The reports of the worker were fetched and are about to be passed on."""

    def __init__(self, parent: QObject, work: "Callable[[Progress], Any]") -> None:
        super().__init__(parent)
        self._work: Callable[[Progress], Any] | None = work
        self._stop = threading.Event()
        self._last_report = 0.0
        self._reports: SimpleQueue[tuple[str, tuple[Any, ...]]] = SimpleQueue()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOKS_EVERY_MS)
        self._looking.timeout.connect(self._deliver)
        self._looking.start()

    @Slot()
    def cancel(self) -> None:
        """Ask the operation to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int) -> None:
        """Report from the worker's thread (the port ``Progress``); raises Cancelled."""
        if self._stop.is_set():
            from workbench.application.ports import Cancelled

            raise Cancelled
        now = time.monotonic()
        if done == total or now - self._last_report >= _REPORTS_EVERY_S:
            self._last_report = now
            self._reports.put(("progressed", (done, total)))

    def run(self) -> None:
        """Run on the worker's thread; report exactly one outcome, then ``finished``."""
        self._reports.put(self._outcome())
        self._reports.put(("finished", ()))

    def forget_work(self) -> None:
        """Let go, on the window's thread, of the page that the work belongs to.

        The worker must not be the last to hold it: it would take the page down.
        """
        self._work = None

    def _outcome(self) -> tuple[str, tuple[Any, ...]]:
        from workbench.application.ports import Cancelled

        try:
            if self._stop.is_set() or self._work is None:
                raise Cancelled
            return "succeeded", (self._work(self),)
        except Cancelled:
            return "cancelled", ()
        except Exception as error:
            return "failed", (error,)

    @Slot()
    def _deliver(self) -> None:
        runner = self.parent()
        if self.has_reports and isinstance(runner, TaskRunner):
            runner.deliver_until(self)
        else:
            self.looked.emit()

    @property
    def has_reports(self) -> bool:
        """Tell whether the worker has said anything that was not passed on yet."""
        return not self._reports.empty()

    def deliver(self) -> None:
        """Pass on what the worker has reported so far."""
        fetched = []
        while not self._reports.empty():
            fetched.append(self._reports.get())
        self.looked.emit()
        for signal, arguments in fetched:
            if signal == "finished":
                self._looking.stop()
            getattr(self, signal).emit(*arguments)


class TaskRunner(QObject):
    """One worker thread, so that operations on the store never overlap."""

    rested = Signal()
    """Nothing is left to do."""
    looked = Signal()
    """What a worker left elsewhere than in its reports, such as changes, may be fetched now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._running: dict[Task, None] = {}
        """Oldest first, which is how the one worker takes them."""
        self._closed = False

    def start(self, work: "Callable[[Progress], Any]") -> Task:
        """Queue work; connect to the returned task before returning to the event loop.

        After ``shut_down`` the task is cancelled at once: an answer that was on its way may ask.
        """
        if self._closed:
            late = Task(self, work)
            late.cancel()
            late.run()
            return late
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            sys.setswitchinterval(_SWITCH_S)
            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbench")
        if (search := search_here_only()) is not None:
            search.rest_for(self)
        task = Task(self, work)
        self._running[task] = None
        task.looked.connect(self.looked)
        task.finished.connect(self._forget)
        self._pool.submit(task.run)
        return task

    def deliver_until(self, task: Task) -> None:
        """Pass reports on in the order of the work: an older answer never comes after a newer."""
        for earlier in list(self._running):
            if earlier is task:
                break
            if earlier.has_reports:
                earlier.deliver()
        task.deliver()

    def is_busy(self) -> bool:
        """Tell whether any work is queued or running."""
        return bool(self._running)

    def is_working(self) -> bool:
        """Tell whether the worker's thread may be computing."""
        return bool(self._running) and not self._closed

    def shut_down(self) -> None:
        """Cancel everything, then wait; call before the window goes."""
        self._closed = True
        for task in self._running:
            task.cancel()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot()
    def _forget(self) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._running.pop(task, None)
            task.forget_work()
            task.deleteLater()
            if not self._running:
                self.rested.emit()
