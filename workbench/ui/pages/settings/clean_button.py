# SPDX-License-Identifier: MIT
"""Removes kept files that nothing needs: shown first, backed up first, then removed for good."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from workbench.application.ports import Progress
from workbench.application.project.cleaning import Leftovers
from workbench.ui.context import UiContext
from workbench.ui.pages.evidence.box import shown_size
from workbench.ui.texts import t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Confirmation

_NAMED = 3
"""How many files the question names."""


class CleanDialog(Confirmation):
    """Says what goes and asks why: the log keeps it."""

    def __init__(self, context: UiContext, text: str, on_act: Callable[[str], object]) -> None:
        title, act = t("cleaning.title"), t("cleaning.act")
        host = context.shell.dialog_host
        super().__init__(host, title, text, act, lambda: on_act(self.reason.text()), danger=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("cleaning.reason"))
        self.reason.setPlaceholderText(t("cleaning.reason"))
        self.body.addWidget(self.reason)
        KeptTyping(context, self, "clean")


class CleanButton(Button):
    """Looks on the worker thread; nothing goes before a person agreed."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(t("cleaning.button"))
        self._context = context
        self.clicked.connect(self._on_look)

    @Slot()
    def _on_look(self) -> None:
        cleaning = self._context.services.keeping.cleaning
        task = self._context.run(t("cleaning.looking"), cleaning.look)
        task.succeeded.connect(self._on_found)

    @Slot(object)
    def _on_found(self, found: Leftovers) -> None:
        if not found.found:
            self._context.shell.show_toast(t("cleaning.nothing", kept=found.kept))
            return
        some = [each.name or each.sha256[:12] for each in found.found[:_NAMED]]
        names = t("assessment.comma").join(some)
        size = shown_size(found.size)
        text = t("cleaning.text", count=len(found.found), size=size, names=names)
        CleanDialog(self._context, text, partial(self._clean, found)).open()

    def _clean(self, found: Leftovers, reason: str) -> None:
        program, services = self._context.program, self._context.services

        def work(progress: Progress) -> bool:
            backup = program.back_up(services.project, progress=progress).backup.path
            agreed = [each.sha256 for each in found.found]
            return services.keeping.cleaning.clean(agreed, progress, reason, backup)

        task = self._context.run(t("cleaning.cleaning"), work)
        task.succeeded.connect(partial(self._on_cleaned, found))

    def _on_cleaned(self, found: Leftovers, compacted: bool) -> None:
        words = t("cleaning.cleaned", count=len(found.found), size=shown_size(found.size))
        more = "" if compacted else t("cleaning.not_compacted")
        self._context.shell.show_toast("\n".join(filter(None, (words, more))))
