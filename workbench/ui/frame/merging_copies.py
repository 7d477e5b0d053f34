# SPDX-License-Identifier: MIT
"""Merging another copy of the open project in the window: choose it, see what differs, take it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from workbench.ui.file_dialogs import choose_project
from workbench.ui.texts import language, t

if TYPE_CHECKING:
    from workbench.application.ports import Progress
    from workbench.application.project.copies_look import Comparison
    from workbench.application.project.reconciling import Merged
    from workbench.ui.context import UiContext
    from workbench.ui.frame.window import Window
    from workbench.ui.pages.copies_dialog import CopiesDialog


_SHOWN = 8
"""How many of the things that a merge broke are named; the problems list has all."""


class MergingCopies(QObject):
    """Both copies are read on the worker thread; nothing is taken before it was seen."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: CopiesDialog | None = None

    @Slot()
    def ask(self) -> None:
        """Ask for the other copy and show what differs."""
        if self._window.context is None:
            self._window.show_toast(t("window.open_first"))
        elif path := choose_project(self._window):
            self.look(path)

    def look(self, path: str) -> None:
        """Show what another copy says differently."""
        context = self._window.context
        if context is None:
            return
        self._window.finish_typing()
        reconciling = context.services.keeping.reconciling

        def work(progress: "Progress") -> "Comparison":
            return reconciling.look(path, Path(path).name, progress)

        task = context.run(t("copies.comparing"), work)
        task.succeeded.connect(partial(self._on_compared, context, path))

    def _on_compared(self, context: "UiContext", path: str, found: "Comparison") -> None:
        from workbench.application.project.copies_words import CopyWords
        from workbench.ui.pages.copies_dialog import CopiesDialog
        from workbench.ui.widgets.dialog import Notice

        if context is not self._window.context:
            return  # another project was opened meanwhile
        host = self._window.dialog_host
        if not found.differences:
            title = t("copies.title", name=found.other)
            Notice(host, title, t("copies.say.nothing")).open()
            return
        words = CopyWords(
            context.program.texts(language()), context.services.catalogue, found.names
        )
        dialog = self.dialog = CopiesDialog(host, found, words)
        dialog.take_asked.connect(partial(self._on_take, context, path, found))
        dialog.open()

    def _on_take(self, context: "UiContext", path: str, found: "Comparison", cells: object) -> None:
        reconciling = context.services.keeping.reconciling
        chosen = cells if isinstance(cells, frozenset) else frozenset()

        def work(progress: "Progress") -> "Merged":
            return reconciling.merge(
                path, Path(path).name, chosen=chosen, token=found.token, progress=progress
            )

        task = context.run(t("copies.merging"), work)
        task.succeeded.connect(partial(self._on_merged, context))
        task.finished.connect(self._on_ended)

    def _on_merged(self, context: "UiContext", done: "Merged") -> None:
        from workbench.application.project.copies_look import counted

        lines = [t("copies.say.done", files=done.files, **counted(done.taken))]
        lines += [t("copies.say.missing", name=name) for name in done.missing]
        if done.broken or done.rechecked is False:
            self._say_broken(context, done, lines)
            return
        undoable = not any(each for each in done.comparison.finals)
        if undoable and done.written:
            self._window.show_toast("\n".join(lines), t("ui.undo"), self._undo)
        else:
            self._window.show_toast("\n".join(lines))

    def _say_broken(self, context: "UiContext", done: "Merged", lines: list[str]) -> None:
        """Say what is not right any more, in a window that stays until it was read."""
        from workbench.application.project.rechecking import broken_words
        from workbench.ui.widgets.dialog import Notice

        texts = context.program.texts(language())
        if done.broken:
            lines += ["", t("copies.say.broken", count=len(done.broken))]
            lines += [f"· {broken_words(each, texts)}" for each in done.broken[:_SHOWN]]
        if (more := len(done.broken) - _SHOWN) > 0:
            lines.append(t("copies.say.more_problems", count=more))
        if done.rechecked is False:
            lines.append(t("copies.say.not_rechecked"))
        title = t("copies.title", name=done.comparison.other)
        Notice(self._window.dialog_host, title, "\n".join(lines)).open()

    def _undo(self) -> None:
        self._window.commands.run("undo")

    @Slot()
    def _on_ended(self) -> None:
        if self.dialog is not None:
            self.dialog.close_dialog()
            self.dialog = None
