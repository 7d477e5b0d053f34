# SPDX-License-Identifier: MIT
"""Importing ledgers in four steps; nothing is stored before the last button."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from workbench.application.imports.accounts import accounts
from workbench.application.imports.checks import WHOLE
from workbench.application.imports.commit import BatchResult
from workbench.application.imports.preview import Preview, TablePreview
from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.imports.check_step import CheckStep
from workbench.ui.pages.imports.columns_step import ColumnsStep
from workbench.ui.pages.imports.done_step import (
    REPORT,
    DoneStep,
    Left,
    stored_target,
    undo_import,
)
from workbench.ui.pages.imports.exports import write_lists
from workbench.ui.pages.imports.reading import Reading, reading
from workbench.ui.pages.imports.rechecking import Rechecking
from workbench.ui.pages.imports.steps import FilesStep, StepLine
from workbench.ui.tasks.runner import Task
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar

_WAITS_SHOWN_AFTER_MS = 300
_OF_WINDOW = 0.8
_WIDEST, _HIGHEST = 1280, 860


def _roomy(window: QSize) -> QSize:
    """Return how large the dialog is in a large window: a list of problems is long."""
    px = theme.current().px
    return QSize(
        min(round(window.width() * _OF_WINDOW), px(_WIDEST)),
        min(round(window.height() * _OF_WINDOW), px(_HIGHEST)),
    )


class ImportDialog(Dialog):
    """Choose files, match columns, check, done; long work runs off the window's thread."""

    def __init__(self, context: UiContext, host: QWidget, files: Sequence[str] = ()) -> None:
        super().__init__(host, t("import_dialog.title"), width=1000, height=620)
        self.setMinimumSize(self.minimumSize().expandedTo(_roomy(host.window().size())))
        self._context = context
        self._preview: Preview | None = None
        self._task: Task | None = None
        self._step = "files"
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.line = StepLine()
        parks = [park.label for park in context.services.querying.records("park")]
        self.files = FilesStep(parks)
        self.columns = ColumnsStep()
        self.rechecking = Rechecking(context, self)
        self.check = CheckStep(self._check_row, self._check, self._name_of)
        self.rechecking.changed.connect(self._on_rechecked)
        self._done = DoneStep()
        self._done.asked.connect(self._on_asked)
        self._stack = QStackedWidget()
        self._pages = {
            "files": self.files,
            "columns": self.columns,
            "check": self.check,
            "done": self._done,
            "waiting": self._waiting_page(),
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.body.addWidget(self.line)
        self.body.addWidget(Hairline())
        self.body.addWidget(self._stack, 1)
        self._add_buttons()
        self.files.files_changed.connect(self._on_files)
        self.files.past.undo_asked.connect(self._on_undo_past)
        self._show_past()
        self.columns.changed.connect(self._read)
        self.check.changed.connect(self._show_buttons)
        self._result: BatchResult | None = None
        self.rejected.connect(self._stop)
        self._show_step("files")
        if files:
            self.files.set_files(files)
            self._read()

    def _add_buttons(self) -> None:
        """Add the footer's buttons, and the clock after which waiting is shown."""
        self._back = self.add_button(t("import_dialog.back"))
        self._back.clicked.connect(self._on_back)
        self._cancel = self.add_cancel()
        self.export = self.add_button(t("import_dialog.export_problems"), icon="file-spreadsheet")
        self.export.clicked.connect(self._on_export)
        self._undo = self.add_button(t("import_dialog.undo"))
        self._undo.clicked.connect(self._on_undo)
        self._next = self.add_button("", "primary")
        self._next.clicked.connect(self._on_next)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_WAITS_SHOWN_AFTER_MS)
        self._clock.timeout.connect(self._show_waiting)

    def step(self) -> str:
        """Return the step that is shown."""
        return self._step

    def preview(self) -> Preview | None:
        """Return what was read."""
        return self._preview

    @property
    def next_button(self) -> QWidget:
        """Return the button that goes on."""
        return self._next

    # ---- parts

    def _waiting_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        px = theme.current().px
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        self._waiting_for = Label("")
        self._bar = ProgressBar(0, 0)
        column.addStretch(1)
        column.addWidget(self._waiting_for)
        column.addWidget(self._bar)
        column.addStretch(2)
        return page

    # ---- steps

    def _show_step(self, step: str) -> None:
        self._step = step
        self._clock.stop()
        self._stack.setCurrentWidget(self._pages[step])
        where = ""
        if self._preview is not None and step in ("columns", "check"):
            where = t("ledger.and").join(file.name for file in self._preview.files)
        self.line.set_step(step, where)
        self._show_buttons()
        if self._focus_is_nowhere():
            (self._next if self._next.isEnabled() else self._cancel).setFocus()

    def _focus_is_nowhere(self) -> bool:
        """Tell whether the focus fell on the cross, or on the dialog, when its button went off."""
        focused = QApplication.focusWidget()
        return focused is self or isinstance(focused, IconButton)

    @Slot()
    def _show_buttons(self) -> None:
        """Name the buttons for what they do now."""
        step, idle = self._step, self._task is None
        self._back.setVisible(step in ("columns", "check"))
        self._cancel.setVisible(step != "done")
        self._undo.setVisible(step == "done" and self._stored() > 0)
        self.export.setVisible(step == "check")
        self._back.setEnabled(idle)
        words, ready, note = t("import_dialog.next"), True, ""
        if step == "files":
            ready = bool(self.files.files)
        elif step == "columns":
            ready = self._preview is not None and any(True for _ in self._preview.tables())
            note = "" if ready else t("import_dialog.nothing_chosen")
        elif step == "check":
            count = self.check.importable()
            words, ready = t("import_dialog.import_n", n=count), count > 0
            note = self._note_on_check(count)
        elif step == "done":
            words = t("import_dialog.show_ledger")
        self._next.set_text(words)
        self._next.setEnabled(ready and idle)
        self.set_note(note)

    def _note_on_check(self, count: int) -> str:
        """Say what becomes of rows and values that are left as they are."""
        if self.rechecking.running:
            return t("import_dialog.rechecking")
        words = []
        if waiting := self.check.undecided():
            words.append(t("import_dialog.left_undecided", n=waiting))
        if barred := self.check.barred():
            words.append(t("import_dialog.left_barred", n=barred))
        if not count and not waiting and not barred:
            words.append(t("import_dialog.nothing_new"))
        if left := self.check.open_problems():
            words.append(t("import_dialog.left_open", n=left))
        return t("ui.gap").join(words)

    @Slot()
    def _on_files(self) -> None:
        self.columns.forget()
        self._show_buttons()
        if self._next.isEnabled():  # Enter goes on; on the drop zone it would choose once more
            self._next.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._show_step("files" if self._step == "columns" else "columns")

    @Slot()
    def _on_next(self) -> None:
        if self._step == "files":
            self._read()
        elif self._step == "columns":
            self._show_step("check")
        elif self._step == "check":
            self._commit()
        else:
            self._leave_for(stored_target(self._result))

    def _leave_for(self, target: str) -> None:
        """Close, and show the ledger where a person wants to go on."""
        self.close_dialog()
        self._context.shell.go("ledger", target)
        self._tell_done()

    @Slot(str)
    def _on_asked(self, target: str) -> None:
        if target == REPORT:
            self._on_export()
        else:
            self._leave_for(target)

    # ---- work

    def _read(self) -> None:
        """Read the files as they are chosen now."""
        work = reading(self._context, self.files, self.columns, self.check.answers)
        task = self._start(work, t("import_dialog.reading"))
        task.succeeded.connect(self._on_read)

    def _check_row(self, table: TablePreview, index: int) -> None:
        if self._preview is not None:
            self.rechecking.row(self._preview, table, index)

    def _check(self, preview: Preview) -> None:
        """Look at everything again, after every suggestion was taken."""
        if preview.counts()["read"] <= WHOLE:
            self._context.services.import_checks.check(preview, self._context.as_of)
        else:
            self.rechecking.everything(preview)

    @Slot()
    def _on_rechecked(self) -> None:
        if not self.rechecking.running and self._step == "check":
            self.check.refresh()
        self._show_buttons()

    def _name_of(self, entity: str, key: str) -> str:
        """Return what a person calls a stored record."""
        record = self._context.services.querying.ledger().find(entity, key)
        return record.label if record is not None else ""

    def _commit(self) -> None:
        if self._preview is None:
            return
        decisions = self.check.decisions()
        work = partial(self._context.services.importing.commit, self._preview, decisions)
        task = self._start(work, t("import_dialog.storing"))
        task.succeeded.connect(self._on_stored)

    def _start(self, work: Callable[[Progress], Any], words: str) -> Task:
        self.rechecking.stop()
        task = self._task = self._context.tasks.start(work)
        self._waiting_for.setText(words)
        self._bar.set_progress(0, 0)
        task.progressed.connect(self._bar.set_progress)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_cancelled)
        self._clock.start()
        self._show_buttons()
        if self._focus_is_nowhere():
            self.setFocus()  # Enter would press the cross, and stop what has just begun
        return task

    @Slot()
    def _show_waiting(self) -> None:
        self._stack.setCurrentWidget(self._pages["waiting"])

    @Slot(object)
    def _on_read(self, read: Reading) -> None:
        self._task = None
        self._preview, answers = read
        preview = self._preview
        self.columns.show_preview(preview)
        self.check.show_preview(preview, answers)
        pointable = any(item.raw and item.raw.rows for f in preview.files for item in f.ignored)
        if not any(True for _ in preview.tables()) and not pointable:
            self._show_step("files")
            names = t("ledger.and").join(file.name for file in preview.files)
            self.files.set_trouble(t("import_dialog.no_tables", files=names))
        else:
            self._show_step("columns")

    @Slot(object)
    def _on_stored(self, result: BatchResult) -> None:
        self._task = None
        self._result = result
        if self._preview is not None:
            rows = list(accounts(self._preview, self.check.decisions()))
            left = Left(self.check.open_problems(), self.check.problems.of_rows())
            self._done.show_result(result, rows, left)
        self._show_step("done")

    def _tell_done(self) -> None:
        """Offer to take the import back once the dialog has gone."""
        if self._result is not None and self._result.stored:
            done = t("import_dialog.done_n", n=self._result.stored)
            undo = partial(undo_import, self._context, self._result)
            self._context.shell.show_toast(done, t("ui.undo"), undo)

    @Slot()
    def _on_export(self) -> None:
        """Write the problem list, or the report of what is done, where the person wants it."""
        if self._preview is None:
            return
        decisions = self.check.decisions() if self._step == "done" else None
        words, tone = write_lists(self._context, self.window(), self._preview, decisions)
        if words:
            self.set_note(words, tone)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        """Say why at the step where it can be mended."""
        self._task = None
        if not isinstance(error, UserError):
            self._context.shell.show_error(error)
        self._show_step("check" if self._step == "check" else "files")
        if self._step == "check":
            self.set_note(sentence(error), "danger")
        else:
            self.files.set_trouble(sentence(error))

    @Slot()
    def _on_cancelled(self) -> None:
        self._task = None
        self._show_step(self._step)

    @Slot()
    def _stop(self) -> None:
        """Stop reading or storing when the dialog goes."""
        self.rechecking.stop()
        if self._step == "done":
            self._tell_done()
        if self._task is not None:
            self._task.cancel()

    @Slot()
    def _on_undo(self) -> None:
        if self._result is not None:
            self.close_dialog()
            undo_import(self._context, self._result)

    def _show_past(self) -> None:
        """Show the imports that can be taken back."""
        past = self.files.past
        past.show_operations(self._context.services.querying.operations(past.looked_at))

    @Slot(str)
    def _on_undo_past(self, batch: str) -> None:
        """Take back an earlier import, or say what was built on it."""
        undo = partial(self._context.services.history.undo_batch, batch)
        task = self._start(undo, t("import_dialog.undoing"))
        task.succeeded.connect(self._on_past_undone)

    @Slot(object)
    def _on_past_undone(self, changes: ChangeSet) -> None:
        self._task = None
        self.files.set_trouble("")
        self._context.shell.show_toast(t("import_dialog.undone", n=len(changes.records)))
        self._show_past()
        self._show_step("files")

    def _stored(self) -> int:
        return self._result.stored if self._result is not None else 0
