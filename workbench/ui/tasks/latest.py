# SPDX-License-Identifier: MIT
"""Work of which only the newest counts: what it overtakes is stopped and forgotten."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from workbench.ui.tasks.runner import Task

if TYPE_CHECKING:
    from workbench.application.ports import Progress
    from workbench.ui.context import UiContext


class Latest(QObject):
    """Runs one kind of work; whoever changes ten cells waits for one report, not for ten."""

    came = Signal(object)
    """The outcome of the newest work."""
    missed = Signal()
    """The newest work failed or was stopped."""

    def __init__(self, context: "UiContext", parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._task: Task | None = None

    def start(self, name: str, work: "Callable[[Progress], Any]") -> None:
        """Begin work in place of what is still under way."""
        self.drop()
        self._task = task = self._context.run(name, work)
        task.succeeded.connect(self._on_came)
        task.failed.connect(self._on_missed)
        task.cancelled.connect(self._on_missed)

    def drop(self) -> None:
        """Stop what is under way; nothing more is heard of it."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    @Slot(object)
    def _on_came(self, outcome: object) -> None:
        if self._is_newest():
            self.came.emit(outcome)

    @Slot()
    def _on_missed(self) -> None:
        if self._is_newest():
            self.missed.emit()

    def _is_newest(self) -> bool:
        """Tell whether the task that speaks is the newest, which has then ended."""
        if self.sender() is not self._task:
            return False
        self._task = None
        return True
