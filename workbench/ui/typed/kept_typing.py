# SPDX-License-Identifier: MIT
"""Keeps what is typed in a dialog until its work is done: through Esc, exit and crash."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from shiboken6 import isValid

from workbench.ui.context import UiContext
from workbench.ui.texts import t
from workbench.ui.typed.composing import take_composed, watch
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.search_box import SearchBox

State = dict[str, Any]
_TEXTS = (QLineEdit, QPlainTextEdit, QTableWidget)


class KeptTyping(QObject):
    """Made at the end of a dialog's ``__init__``, when its fields say what they say at first.

    What a dialog was left with stands in it again when it is opened for the same ``place``, and the
    dialog says so; a button takes it away. It is forgotten when the dialog's work is done.
    A dialog with fields that come and go hands in ``read`` and ``write`` of its own state.
    """

    def __init__(
        self,
        context: UiContext,
        dialog: Dialog,
        place: str,
        read: Callable[[], Any] | None = None,
        write: Callable[[Any], None] | None = None,
    ) -> None:
        super().__init__(dialog)
        self._context, self._drafts, self._dialog = context, context.drafts, dialog
        self._place = place
        self._fields = {} if read else _fields_of(dialog)
        self._read = read or self._state
        self._write = write or self._set_state
        self._start = self._read()
        watch()
        self.fresh = dialog.add_lead_button(t("drafts.forget"))
        self.fresh.clicked.connect(self._on_forget)
        self.fresh.hide()
        self._restore()
        for field in self._fields.values():
            _changed_of(field).connect(self.keep)
        dialog.rejected.connect(self._on_rejected)
        dialog.finished.connect(self._on_finished)

    @Slot()
    def keep(self) -> None:
        """Remember what stands in the fields, unless it is what stood there at first."""
        now = self._read()
        if self._is_typed(now):
            self._drafts.put(self._place, self._dialog.accessibleName(), now)
        else:
            self._drafts.drop(self._place)

    def _restore(self) -> None:
        draft = self._drafts.get(self._place)
        if draft is None or not self._is_typed(draft.state):
            return
        self._write(draft.state)
        self.fresh.show()
        self._dialog.set_note(t("drafts.taken_up", at=draft.at[:16].replace("T", " ")))

    def _is_typed(self, state: Any) -> bool:
        """Tell whether words were typed; another choice in a list alone is none."""
        if not self._fields:
            return bool(state != self._start)
        texts = [name for name, field in self._fields.items() if isinstance(field, _TEXTS)]
        start = self._start
        return any(state.get(name, start.get(name)) != start.get(name) for name in texts)

    @Slot()
    def _on_rejected(self) -> None:
        take_composed()
        self.keep()
        if self._drafts.get(self._place) is not None:
            words = t("drafts.kept", title=self._dialog.accessibleName())
            self._context.shell.show_toast(words, t("drafts.forget"), self._on_forget_later)

    def _on_forget_later(self) -> None:
        self._drafts.drop(self._place)

    @Slot()
    def _on_finished(self) -> None:
        self._drafts.drop(self._place)

    @Slot()
    def _on_forget(self) -> None:
        """Begin again from what stood there at first."""
        self._write(self._start)
        self._drafts.drop(self._place)
        self.fresh.hide()
        self._dialog.set_note("")

    def _state(self) -> State:
        here = {name: field for name, field in self._fields.items() if isValid(field)}
        return {name: _value_of(field) for name, field in here.items()}

    def _set_state(self, state: Any) -> None:
        for name, field in self._fields.items():
            if name in state and isValid(field):
                _set_value(field, state[name])


def _fields_of(dialog: Dialog) -> dict[str, QWidget]:
    """Return what can be filled in, by name; fields of one name are counted."""
    found: dict[str, QWidget] = {}
    for widget in dialog.findChildren(QWidget):
        if not isinstance(widget, (*_TEXTS, QComboBox, QCheckBox, QSpinBox)) or _is_part(widget):
            continue
        name = widget.accessibleName() or type(widget).__name__
        same = sum(known.partition("#")[0] == name for known in found)
        found[f"{name}#{same}" if same else name] = widget
    return found


def _is_part(widget: QWidget) -> bool:
    """Tell whether a field only searches, or is the inside of another one."""
    inside = isinstance(widget.parent(), (QComboBox, QSpinBox))
    return inside or isinstance(widget, SearchBox) or widget.objectName().startswith("qt_")


def _changed_of(field: QWidget) -> Any:
    """Return the signal that tells of a field's change."""
    if isinstance(field, QTableWidget):
        return field.itemChanged
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    if isinstance(field, QCheckBox):
        return field.toggled
    if isinstance(field, QSpinBox):
        return field.valueChanged
    return field.textChanged  # type: ignore[attr-defined]  # a line or a box of text


def _value_of(field: QWidget) -> Any:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QTableWidget):
        return [
            [item.text() if (item := field.item(row, column)) else "" for column in
             range(field.columnCount())]
            for row in range(field.rowCount())
        ]  # fmt: skip
    if isinstance(field, QComboBox):
        return str(field.currentData() or "")
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.value() if isinstance(field, QSpinBox) else field.text()  # type: ignore[attr-defined]


def _set_value(field: QWidget, value: Any) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, QTableWidget):
        for row, cells in enumerate(value[: field.rowCount()]):
            for column, text in enumerate(cells[: field.columnCount()]):
                field.setItem(row, column, QTableWidgetItem(str(text)))
    elif isinstance(field, QComboBox):
        if (at := field.findData(value)) >= 0:
            field.setCurrentIndex(at)
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QSpinBox):
        field.setValue(int(value))
    else:
        field.setText(str(value))  # type: ignore[attr-defined]  # a line of text
