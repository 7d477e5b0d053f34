# SPDX-License-Identifier: MIT
"""Shows a long task in the status bar once it has lasted, with cancel and remaining time."""

import time
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance, Slot

from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t

SHOWN_AFTER_MS = 600
_ESTIMATES_AFTER_S = 10.0


class TaskDisplay(Protocol):
    """Where progress is shown: the status bar."""

    cancel_clicked: SignalInstance

    def set_task(self, text: str, done: int, total: int) -> None:
        """Show a task and its progress."""

    def clear_task(self) -> None:
        """Take it away."""


class TaskProgress(QObject):
    """Follows the oldest of the tasks, the one that runs, so that 取消 stops what is shown.

    Short tasks are never shown, so nothing flickers.
    """

    def __init__(self, display: TaskDisplay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._names: dict[Task, str] = {}
        """What each task was asked for as, the oldest first."""
        self._at = (0, 0)
        self._started = 0.0
        self._shown = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_AFTER_MS)
        self._clock.timeout.connect(self._on_long)
        display.cancel_clicked.connect(self._on_cancel)

    def follow(self, task: Task, name: str) -> None:
        """Show this task in its turn; ``name`` is what the user asked for."""
        self._names[task] = name
        task.progressed.connect(self._on_progressed)
        task.finished.connect(self._on_finished)
        if self._running() is task:
            self._begin()

    def go_on_in(self, other: "TaskProgress") -> None:
        """Let another display follow what this one follows, which goes."""
        for task, name in self._names.items():
            other.follow(task, name)

    def _running(self) -> Task | None:
        return next(iter(self._names), None)

    def _begin(self) -> None:
        self._at, self._shown = (0, 0), False
        self._started = time.monotonic()
        self._clock.start()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self.sender() is self._running():
            self._at = (done, total)
            if self._shown:
                self._show()

    @Slot()
    def _on_long(self) -> None:
        if self._names:
            self._shown = True
            self._show()

    @Slot()
    def _on_finished(self) -> None:
        task = self.sender()
        ran = task is self._running()
        if isinstance(task, Task):
            self._names.pop(task, None)
        if ran:
            self._clock.stop()
            self._display.clear_task()
            if self._names:
                self._begin()

    @Slot()
    def _on_cancel(self) -> None:
        task = self._running()
        if task is not None:
            task.cancel()
            self._display.set_task(t("ui.cancelling", name=self._names[task]), *self._at)

    def _show(self) -> None:
        done, total = self._at
        text = next(iter(self._names.values()))
        lasted = time.monotonic() - self._started
        if lasted > _ESTIMATES_AFTER_S and 0 < done < total:
            text = t("ui.remaining", name=text, seconds=round(lasted / done * (total - done)))
        self._display.set_task(text, done, total)
