# SPDX-License-Identifier: MIT
"""Takes steps back and does them again; a step of many records beside the window, with progress."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.ports import Progress, Silent
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.ui.steps import step_name
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar

if TYPE_CHECKING:
    from workbench.ui.context import UiContext

AT_ONCE = 500
"""Up to how many records are moved before the next picture: more would be felt."""
Then = Callable[[Any], object]
Work = Callable[[Progress], Any]


class RewindingDialog(Dialog):
    """Stands before the window while many records are moved: nobody may edit them meanwhile."""

    def __init__(self, host: QWidget, title: str, task: Task, records: int) -> None:
        super().__init__(host, title, width=460)
        self._task = task
        self._words = Label("")
        self.bar = ProgressBar(0, 0)
        self.body.addWidget(self._words)
        self.body.addWidget(self.bar)
        self.stop = self.add_cancel()
        self._show(0, records)
        task.progressed.connect(self._show)

    def words(self) -> str:
        """Return how far it is, as it is shown."""
        return self._words.text()

    @override
    def reject(self) -> None:
        """Ask the work to stop; the dialog goes when it has."""
        if self.stop.isEnabled():
            self.stop.setEnabled(False)
            self.set_note(t("rewinding.stopping"))
            self._task.cancel()

    @Slot(int, int)
    def _show(self, done: int, total: int) -> None:
        self.bar.set_progress(done, total)
        self._words.setText(t("rewinding.done", done=f"{done:,}", total=f"{total:,}"))
        if 0 < total == done:
            self.stop.setEnabled(False)
            self.set_note(t("rewinding.writing"))


class Rewinding(QObject):
    """The one way of the window to undo and redo; one move at a time."""

    def __init__(self, context: "UiContext") -> None:
        super().__init__(context)
        self._context = context
        self._dialog: RewindingDialog | None = None
        self._then: Then = _nothing

    @property
    def dialog(self) -> RewindingDialog | None:
        """Return what is shown while many records are moved."""
        return self._dialog

    def undo(self) -> None:
        """Take the newest step back, whatever it was; say what cannot be."""
        self._move("editing.nothing_to_undo", back=True, then=_nothing)

    def step(self, *, back: bool) -> None:
        """Take the newest step back or do it again, and name it; nothing when there is none."""
        self._move("", back=back, then=None)

    def undo_batch(self, batch: str, then: Then) -> None:
        """Take an import back as a whole; ``then`` hears what was changed."""
        history = self._context.services.history
        size = history.batch_size(batch)
        work = partial(history.undo_batch, batch)
        self._run(work, size, t("import_dialog.undoing"), then)

    def write(self, work: Work, cells: int, words: str, then: Then) -> None:
        """Write very many cells in the same manner; ``then`` hears what the work returned."""
        self._run(work, cells, words, then)

    def _move(self, none: str, *, back: bool, then: Then | None) -> None:
        history = self._context.services.history
        step = history.next_undo() if back else history.next_redo()
        if step is None:
            if none:
                self._context.shell.show_toast(t(none))
            return
        name = step_name(step.label, step.params)
        work: Work = history.undo if back else history.redo
        words = t("rewinding.undoing" if back else "rewinding.redoing", step=name)
        self._run(work, step.records, words, then or partial(self._name, back, name))

    def _name(self, back: bool, name: str, _changes: ChangeSet) -> None:
        self._context.shell.show_toast(t("window.undone" if back else "window.redone", step=name))

    def _run(self, work: Work, records: int, words: str, then: Then) -> None:
        shell = self._context.shell
        if self._dialog is not None:
            shell.show_toast(t("rewinding.busy"))
            return
        if records <= AT_ONCE:
            try:
                changes = work(Silent())
            except UserError as error:
                shell.show_error(error)
            else:
                then(changes)
            return
        self._then = then
        task = self._context.tasks.start(work)
        self._dialog = RewindingDialog(shell.dialog_host, words, task, records)
        task.succeeded.connect(self._on_succeeded)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._dialog.open()

    def _close(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.close_dialog()

    @Slot(object)
    def _on_succeeded(self, changes: ChangeSet) -> None:
        self._close()
        self._then(changes)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._close()
        self._context.shell.show_error(error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._close()
        self._context.shell.show_toast(t("rewinding.cancelled"))


def _nothing(_changes: ChangeSet) -> None:
    """Say nothing: what was taken back is seen."""
