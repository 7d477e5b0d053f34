# SPDX-License-Identifier: MIT
"""The backup before the window closes: a small project's at once, a large one's in sight."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from workbench.bootstrap import Program
from workbench.domain.findings import UserError
from workbench.ui.tasks.runner import TaskRunner
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.application.ports import Progress
    from workbench.ui.tasks.runner import Task

SMALL = 8 * 1024 * 1024
"""A project of so few bytes is copied before anybody could read what is said about it."""


class CopyingDialog(Dialog):
    """Says that a copy is being saved; ``rejected`` means that the window stays open."""

    def __init__(self, host: "QWidget", names: Sequence[str], without: Callable[[], None]) -> None:
        super().__init__(host, t("backups.copying_title"), width=480)
        words = t("backups.copying_text", name=t("backups.and").join(names))
        self.body.addWidget(Label(words, wrap=True))
        self.bar = ProgressBar(0, 0)
        self.body.addWidget(self.bar)
        self.without = self.add_button(t("backups.close_without"))
        self.without.clicked.connect(without)
        self.stay = self.add_button(t("backups.stay_open"), "primary")
        self.stay.clicked.connect(self.reject)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is; 0 of 1 means that the end is not known."""
        self.bar.set_progress(done, 0 if total <= 1 else total)


class ClosingCopy(QObject):
    """Backs projects up before the window closes, on a worker of its own.

    What the program still computes for its pages must not make the copy wait. ``made`` tells that
    the window may close, ``failed`` why there is no copy. A kill meanwhile loses no more than the
    copy: it is written under another name and gets its own when it is whole.
    """

    made = Signal()
    failed = Signal(object)
    left_out = Signal()
    """The person closes without a copy."""

    def __init__(self, program: Program, window: "QWidget") -> None:
        super().__init__(window)
        self._program = program
        self._window = window
        self._tasks: TaskRunner | None = None
        self._task: Task | None = None
        self.dialog: CopyingDialog | None = None

    def is_running(self) -> bool:
        """Tell whether a copy is being saved."""
        return self._task is not None

    def is_small(self, project: str) -> bool:
        """Tell whether a project is copied in no time."""
        place = Path(project)
        parts = [place, place.with_name(place.name + "-wal")]
        return sum(part.stat().st_size for part in parts if part.exists()) <= SMALL

    def at_once(self, project: str) -> None:
        """Copy a small project behind a window that is gone; errors as ``Program.back_up``."""
        self._window.hide()
        try:
            self._program.back_up(project)
        except UserError:
            self._window.show()
            raise

    def start(self, projects: Sequence[str]) -> None:
        """Begin to copy; the window stays and says so."""
        program, wanted = self._program, tuple(projects)

        def work(progress: "Progress") -> None:
            for project in wanted:
                program.back_up(project, progress=progress)

        self._tasks = self._tasks or TaskRunner(self)
        self._task = task = self._tasks.start(work)
        names = [Path(project).name for project in wanted]
        self.dialog = CopyingDialog(self._window, names, self._leave_out)
        self.dialog.rejected.connect(self.stop)
        task.progressed.connect(self.dialog.show_progress)
        task.succeeded.connect(partial(self._end, task, None))
        task.failed.connect(partial(self._end, task))
        self.dialog.open()

    @Slot()
    def stop(self) -> None:
        """Stop the copy, so that the window stays or goes without; nothing of it is left."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def shut_down(self) -> None:
        """Wait until nothing is copied any more."""
        self.stop()
        if self._tasks is not None:
            self._tasks.shut_down()

    def _leave_out(self) -> None:
        self.stop()
        self._close_dialog()
        self.left_out.emit()

    def _end(self, task: "Task", error: BaseException | None, _result: object = None) -> None:
        if task is not self._task:
            return  # it was stopped meanwhile
        self._task = None
        self._close_dialog()
        if error is None:
            self.made.emit()
        else:
            self.failed.emit(error)

    def _close_dialog(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.close_dialog()
