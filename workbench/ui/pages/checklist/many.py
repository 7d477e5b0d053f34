# SPDX-License-Identifier: MIT
"""Several checklist items at once: one status, one reason, one step."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.domain.checklist.state import ItemStatus
from workbench.domain.findings import UserError
from workbench.domain.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label


class ReasonDialog(Dialog):
    """Takes one reason for all: ``accepted`` carries it; without words nothing is accepted."""

    accepted = Signal(str)

    def __init__(self, host: QWidget, count: int) -> None:
        super().__init__(host, t("checklist.not_applicable_title", n=count), width=480)
        self.body.addWidget(Label(t("checklist.not_applicable_text"), "caption", wrap=True))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("checklist.reason"))
        self.reason.setPlaceholderText(t("checklist.reason_hint"))
        self.reason.textChanged.connect(self._on_typed)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self._apply = self.add_button(t("checklist.not_applicable_apply"), "primary")
        self._apply.setEnabled(False)
        self._apply.clicked.connect(self._on_apply)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._apply.setEnabled(bool(text.strip()))

    @Slot()
    def _on_apply(self) -> None:
        self.close_dialog()
        self.accepted.emit(self.reason.text().strip())


class ManyItems(Button):
    """Is there while several items are chosen; a click asks for the status of all."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("", icon="list-checks")
        self._context = context
        self.hide()

    @Slot(int)
    def show_count(self, count: int) -> None:
        """Say how many items are chosen; for one alone the button is not needed."""
        self.set_text(t("checklist.set_many", n=count))
        self.setVisible(count > 1)

    def set_status(self, assessment: Record, items: Sequence[str], status: ItemStatus) -> None:
        """Set the status of all items in one step; 不适用 asks for their one reason first."""
        if status is ItemStatus.NOT_APPLICABLE:
            dialog = ReasonDialog(self._context.shell.dialog_host, len(items))
            dialog.accepted.connect(partial(self._set, assessment, items, status))
            dialog.open()
            dialog.reason.setFocus()
        else:
            self._set(assessment, items, status, "")

    def _set(
        self, assessment: Record, items: Sequence[str], status: ItemStatus, reason: str
    ) -> None:
        try:
            self._context.services.ticking.set_status(assessment, items, status, reason)
        except UserError as error:
            self._context.shell.show_error(error)
