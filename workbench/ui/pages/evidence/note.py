# SPDX-License-Identifier: MIT
"""The dialog that says what a piece of evidence shows: page and note."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.texts import t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.styling import set_style


class EvidenceNoteDialog(Dialog):
    """Changes page and note of one piece of evidence."""

    def __init__(self, context: UiContext, host: QWidget, record: Record) -> None:
        super().__init__(host, t("evidencing.describe", name=record.label), width=440)
        self._context = context
        self._record = record
        page = record.number("page")
        self.page = QLineEdit("" if page is None else str(int(page)))
        self.page.setAccessibleName(t("evidencing.page"))
        self.page.setPlaceholderText(t("evidencing.page_hint"))
        self.note = QLineEdit(record.text("note") or "")
        self.note.setAccessibleName(t("evidencing.note"))
        self.note.setPlaceholderText(t("evidencing.note_hint"))
        form = Form()
        for words, editor in ((t("evidencing.page"), self.page), (t("evidencing.note"), self.note)):
            form.add_field(words, editor)
        self.body.addLayout(form)
        self.add_cancel()
        self.add_button(t("evidencing.save_note"), "primary").clicked.connect(self._on_save)
        KeptTyping(context, self, f"evidence:{record.key}")

    @Slot()
    def _on_save(self) -> None:
        typed = self.page.text().strip()
        if typed and not (typed.isdecimal() and int(typed) > 0):
            self.set_note(t("evidencing.bad_page", text=typed), "danger")
            set_style(self.page, "state", "error")
            self.page.setFocus()
            return
        values = {"page": int(typed) if typed else None, "note": self.note.text().strip() or None}
        self._context.services.evidencing.describe(self._record.key, values)
        self.close_dialog()
