# SPDX-License-Identifier: MIT
"""What was exported last and whether an export runs, for every page that is made meanwhile."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Signal, Slot

from workbench.domain.report.model import Report
from workbench.ui.context import UiContext
from workbench.ui.desktop import open_file, open_folder
from workbench.ui.pages.report.views import ReportKind
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t

_KEY = "report"


@dataclass(frozen=True, slots=True)
class Written:
    """Where a file was written, what is said of it, and of a report its kind and content."""

    path: str
    said: str
    report: Report | None = None
    kind: ReportKind | None = None
    redacted: bool = False
    shown: bool = False
    """It is opened at once."""


class LastExport(QObject):
    """Follows exports while the project is open; language and zoom make pages anew meanwhile."""

    began = Signal()
    finished = Signal()
    wrote = Signal(object)
    """Something was written, as ``Written``."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._context = context
        self._running: Task | None = None
        self.written: Written | None = None
        self._folder: QTemporaryDir | None = None

    @classmethod
    def of(cls, context: UiContext) -> "LastExport":
        """Return the one of the open project."""
        found = context.memory.get(_KEY)
        if not isinstance(found, cls):
            found = context.memory[_KEY] = cls(context)
        return found

    @property
    def is_busy(self) -> bool:
        """Tell whether an export runs."""
        return self._running is not None

    @property
    def kept_nowhere(self) -> QTemporaryDir:
        """Return the folder of pages that are only looked at; it goes with the project."""
        self._folder = self._folder or QTemporaryDir()
        return self._folder

    def follow(self, task: Task) -> None:
        """Say what becomes of an export that was just begun."""
        self._running = task
        task.succeeded.connect(self._on_written)
        task.finished.connect(self._on_finished)
        self.began.emit()

    @Slot()
    def open_written(self) -> None:
        """Open what was exported last."""
        if self.written and not open_file(Path(self.written.path)):
            self._say_closed(self.written.path)

    @Slot()
    def open_folder(self) -> None:
        """Show the folder of what was exported last."""
        if self.written and not open_folder(Path(self.written.path)):
            self._say_closed(self.written.path)

    @Slot(object)
    def _on_written(self, outcome: Written) -> None:
        self.written = outcome
        words = t("report_page.exported", name=Path(outcome.path).name)
        self._context.shell.show_toast(words, t("report_page.open"), self.open_written)
        self.wrote.emit(outcome)
        if outcome.shown:
            self.open_written()

    @Slot()
    def _on_finished(self) -> None:
        self._running = None
        self.finished.emit()

    def _say_closed(self, path: str) -> None:
        self._context.shell.show_toast(t("report_page.cannot_open", path=path))
