# SPDX-License-Identifier: MIT
"""Frames of another language or zoom, kept unseen while work goes on that their pages began."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.ui.tasks.runner import TaskRunner


class OldFrames(QObject):
    """Lets the old pages tell what came of their work, such as an export, and then go."""

    def __init__(self, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._frames: list[QWidget] = []
        tasks.rested.connect(self.drop)

    def keep(self, frame: QWidget) -> None:
        """Hide a frame whose pages gave way, and let it go when the worker rests."""
        frame.hide()
        self._frames.append(frame)
        if not self._tasks.is_busy():
            self.drop()

    @Slot()
    def drop(self) -> None:
        """Let every frame go."""
        while self._frames:
            self._frames.pop().deleteLater()
