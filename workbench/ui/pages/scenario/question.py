# SPDX-License-Identifier: MIT
"""A question whose answer takes many calculations: asked on the worker, the newest one wins."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from workbench.application.ports import Progress
from workbench.ui.context import UiContext
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button

Work = Callable[[Callable[[], bool], Progress], Any]
"""Told how to learn that nobody waits any more; raises Cancelled then."""


class Question(QObject):
    """``answered`` carries the answer to the last question; ``stopped`` tells that a user did so.

    A question that is dropped, or that another one replaces, says nothing more.
    """

    answered = Signal(object)
    stopped = Signal()

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._outdated = threading.Event()
        self._task: Task | None = None

    def ask(self, work: Work) -> None:
        """Ask instead of what was asked before."""
        self.drop()
        self._outdated = threading.Event()
        self._task = self._context.run(
            t("scenario.computing"), partial(work, self._outdated.is_set)
        )
        self._task.succeeded.connect(self._on_succeeded)
        self._task.cancelled.connect(self._on_cancelled)

    def drop(self) -> bool:
        """Want no answer any more, so that the worker is free; tell whether one was due."""
        was_due = self._task is not None
        self._outdated.set()
        self._task = None
        return was_due

    @Slot(object)
    def _on_succeeded(self, answer: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.answered.emit(answer)

    @Slot()
    def _on_cancelled(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self.stopped.emit()


class AgainButton(Button):
    """Shown where a computation was stopped: what a user cancels must not be lost for good."""

    def __init__(self) -> None:
        super().__init__(t("scenario.compute_again"), icon="refresh-cw")
        self.hide()
