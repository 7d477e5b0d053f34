# SPDX-License-Identifier: MIT
"""What the checklist page does with one item beside its state: review, comments, waiting."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.pages.checklist.panel import ItemPanel
from workbench.ui.pages.checklist.review import ReturnDialog
from workbench.ui.texts import t
from workbench.ui.typed.kept_typing import KeptTyping


class ItemActs(QObject):
    """Serves the panel; ``refused`` carries the item and the error of what was not granted."""

    refused = Signal(str, object)
    granted = Signal(str)

    def __init__(self, context: UiContext, panel: ItemPanel, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._panel = panel
        self._sheet: ChecklistSheet | None = None
        self._item = ""
        panel.review.submit_asked.connect(self._on_submit)
        panel.review.accept_asked.connect(self._on_accept)
        panel.review.return_asked.connect(self._on_return)
        panel.comments.comment_asked.connect(self._on_comment)
        panel.waiting.others_wanted.connect(self._on_waiting)
        panel.cases.case_asked.connect(self._on_case)

    def show(self, sheet: ChecklistSheet, item_id: str) -> None:
        """Work on this item from now on, and show what was said about it."""
        self._sheet, self._item = sheet, item_id
        reviewing = self._context.services.checklists.reviewing
        said = reviewing.comments(sheet.assessment, item_id)
        self._panel.comments.set_comments(self._place(), said)

    def _place(self) -> str:
        key = self._sheet.assessment.key if self._sheet else ""
        return f"{key}:{self._item}"

    def _do(self, act: Callable[[ChecklistSheet], object]) -> bool:
        """Do something with the item; what is refused is said beside it."""
        if self._sheet is None:
            return False
        item = self._item
        self.granted.emit(item)
        try:
            act(self._sheet)
        except UserError as error:
            self.refused.emit(item, error)
            return False
        return True

    @Slot()
    def _on_submit(self) -> None:
        reviewing, item = self._context.services.checklists.reviewing, self._item
        self._do(lambda sheet: reviewing.submit(sheet.assessment, [item]))

    @Slot()
    def _on_accept(self) -> None:
        reviewing, item = self._context.services.checklists.reviewing, self._item
        self._do(lambda sheet: reviewing.accept(sheet.assessment, [item]))

    @Slot()
    def _on_return(self) -> None:
        dialog = ReturnDialog(self._context.shell.dialog_host, self._item)
        KeptTyping(self._context, dialog, f"return:{self._place()}")
        dialog.accepted.connect(partial(self._send_back, dialog, self._item))
        dialog.open()

    def _send_back(self, dialog: ReturnDialog, item: str, note: str) -> None:
        reviewing = self._context.services.checklists.reviewing
        if not self._do(lambda sheet: reviewing.send_back(sheet.assessment, [item], note)):
            dialog.refuse(t("drafts.still_here"))

    @Slot(str)
    def _on_comment(self, words: str) -> None:
        reviewing, item, place = (
            self._context.services.checklists.reviewing,
            self._item,
            self._place(),
        )
        if self._do(lambda sheet: reviewing.comment(sheet.assessment, item, words)):
            self._panel.comments.forget(place)

    @Slot(tuple)
    def _on_waiting(self, others: tuple[str, ...]) -> None:
        ticking, item = self._context.services.ticking, self._item

        def act(sheet: ChecklistSheet) -> None:
            wanted = replace(sheet.state(item), blocked_by=others)
            ticking.set_state(sheet.assessment, item, wanted)

        if self._do(act):
            self._panel.waiting.added()

    @Slot(str)
    def _on_case(self, case_id: str) -> None:
        self._context.shell.go("cases", f"case:{case_id}")
