# SPDX-License-Identifier: MIT
"""Changing a yardstick: one entry field by field, or a whole file as text; always with a reason."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.overriding import override
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.form import Form
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style


class _ReasonedDialog(Dialog):
    """A dialog with a field for the reason and a place for a refusal."""

    def _reason_form(self, form: Form) -> None:
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("versions.reason"))
        form.add_field(t("versions.reason"), self.reason)

    def _refusal_label(self) -> None:
        self._refusal = Label("", "caption", tone="danger", wrap=True)
        self._refusal.hide()
        self.body.addWidget(self._refusal)

    @override
    def refuse(self, words: str) -> None:
        """Show what is wrong and stay open."""
        self._refusal.setText(words)
        self._refusal.show()

    def refusal(self) -> str:
        """Return what was said to be wrong, or ""."""
        return self._refusal.text()

    def _has_reason(self) -> bool:
        given = bool(self.reason.text().strip())
        set_style(self.reason, "state", "" if given else "error")
        return given


class EntryDialog(_ReasonedDialog):
    """Asks for new values of an entry: ``asked`` carries those that changed, and the reason.

    ``suggested`` values stand in the fields in place of the present ones.
    """

    asked = Signal(dict, str)

    def __init__(
        self,
        host: QWidget,
        title: str,
        values: Mapping[str, str],
        suggested: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(host, title, width=560)
        self._before = dict(values)
        self.fields: dict[str, QLineEdit] = {}
        if values:
            self.body.addWidget(Label(t("yardsticks.entry_text"), "caption", wrap=True))
        form = Form()
        for key, value in values.items():
            editor = QLineEdit((suggested or {}).get(key, value))
            editor.setAccessibleName(t(f"yardsticks.key_{key}"))
            form.add_field(t(f"yardsticks.key_{key}"), editor)
            self.fields[key] = editor
        self._reason_form(form)
        self.body.addLayout(form)
        self._refusal_label()
        self.add_cancel()
        self.add_button(t("yardsticks.keep"), "primary").clicked.connect(self._on_keep)

    @Slot()
    def _on_keep(self) -> None:
        now = {key: editor.text().strip() for key, editor in self.fields.items()}
        changed = {key: value for key, value in now.items() if value != self._before[key]}
        if self._has_reason():
            self.asked.emit(changed, self.reason.text().strip())


class TextDialog(_ReasonedDialog):
    """Shows a whole file: ``asked`` carries its text and the reason."""

    asked = Signal(str, str)

    def __init__(self, host: QWidget, file: str, text: str) -> None:
        super().__init__(host, t("yardsticks.text_of", file=file), width=900, height=640)
        self.body.addWidget(Label(t("yardsticks.text_text"), "caption", wrap=True))
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(t("yardsticks.text_of", file=file))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.body.addWidget(self.text, 1)
        form = Form()
        self._reason_form(form)
        self.body.addLayout(form)
        self._refusal_label()
        self.add_cancel()
        self.add_button(t("yardsticks.keep"), "primary").clicked.connect(self._on_keep)

    @Slot()
    def _on_keep(self) -> None:
        if self._has_reason():
            self.asked.emit(self.text.toPlainText(), self.reason.text().strip())
