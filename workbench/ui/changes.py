# SPDX-License-Identifier: MIT
"""Tells every screen what changed; the application knows this one listener only."""

import threading
from queue import SimpleQueue

from PySide6.QtCore import QObject, Signal, Slot

from workbench.domain.records.changes import ChangeSet
from workbench.ui.tasks.letting_go import LettingGo


class ChangeBus(QObject):
    """Passes change sets on as a Qt signal, which is cut when a receiver dies.

    What a worker changed waits until the window looks for the worker's reports: a worker that
    sends a signal may freeze the window (see ``ui/tasks``).
    """

    changed = Signal(object)

    def __init__(self, letting_go: LettingGo, parent: QObject) -> None:
        super().__init__(parent)
        self._letting_go = letting_go
        self._waiting: SimpleQueue[ChangeSet] = SimpleQueue()

    def pass_on(self, changes: ChangeSet) -> None:
        """Send a change set to every screen; handed to ``History.subscribe``."""
        self._waiting.put(changes)
        if threading.current_thread() is threading.main_thread():
            self.deliver()

    @Slot()
    def deliver(self) -> None:
        """Send what is waiting, oldest first; called on the window's thread."""
        while not self._waiting.empty():
            changes = self._waiting.get()
            self.changed.emit(changes)
            self._letting_go.take(changes.records)
