# SPDX-License-Identifier: MIT
"""Reads the evidence of done items in the background, so that an altered file is noticed."""

from collections import deque

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.ports import Progress
from workbench.domain.checklist.state import ItemStatus
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext

_WAITS_MS = 400
"""Between looks whether other work has ended."""
_PAUSE_MS = 40
_MOST_FILES = 24
_MOST_BYTES = 16 * 1024 * 1024
_MEMORY = "evidence_read"
_FRESH_MS = 60_000
"""What was read so short ago is not read again when the page is shown once more."""


class SoundCheck(QObject):
    """Reads a few files at a time, so that other work is never kept waiting long.

    Each content is read when its checklist is shown, the chosen item's first, and again when the
    page is shown after a while; ``altered`` tells that one was not as it was, which every
    checklist that is read from then on knows.
    """

    altered = Signal()

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._waiting: deque[Record] = deque()
        self._busy = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._on_time)
        self._since = QElapsedTimer()
        self._since.start()

    def anew(self, sheet: ChecklistSheet, first: str = "") -> None:
        """Read all of it again when the last time is a while ago: files change from outside."""
        if self._since.elapsed() >= _FRESH_MS:
            self._read().clear()
        self.begin(sheet, first)

    def begin(self, sheet: ChecklistSheet, first: str = "") -> None:
        """Read what done items of a checklist rest on and nobody has read yet, ``first`` first."""
        read = self._read()
        done = [item for item in sheet.evidence if sheet.state(item).status is ItemStatus.DONE]
        files = {
            file.text("sha256") or "": file
            for item in sorted(done, key=lambda item: item != first)
            for file in sheet.evidence[item]
        }
        self._waiting = deque(file for digest, file in files.items() if digest not in read)
        if self._waiting and not self._busy:
            self._since.restart()
            self._clock.start(0)

    def _read(self) -> set[str]:
        kept = self._context.memory.setdefault(_MEMORY, set())
        return kept if isinstance(kept, set) else set()

    @Slot()
    def _on_time(self) -> None:
        """Read the next few files, unless other work is going on."""
        if self._context.tasks.is_busy():
            self._clock.start(_WAITS_MS)
            return
        files = self._next()
        if not files:
            return
        ticking = self._context.services.ticking

        def work(progress: Progress) -> bool:
            return ticking.check(files, progress)

        self._busy = True
        task = self._context.tasks.start(work)
        task.succeeded.connect(self._on_read)
        task.cancelled.connect(self._on_cancelled)
        task.finished.connect(self._on_finished)

    def _next(self) -> list[Record]:
        files: list[Record] = []
        size = 0
        while self._waiting and len(files) < _MOST_FILES and size < _MOST_BYTES:
            file = self._waiting.popleft()
            self._read().add(file.text("sha256") or "")
            size += int(file.number("size") or 0)
            files.append(file)
        return files

    @Slot(object)
    def _on_read(self, altered: bool) -> None:
        if altered:
            self.altered.emit()

    @Slot()
    def _on_cancelled(self) -> None:
        """Read no more: the project is being closed."""
        self._waiting.clear()

    @Slot()
    def _on_finished(self) -> None:
        self._busy = False
        if self._waiting:
            self._clock.start(_PAUSE_MS)
