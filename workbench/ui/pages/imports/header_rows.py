# SPDX-License-Identifier: MIT
"""The two numbers that say in which rows of a sheet the header stands."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.label import Label

_LAST_ROW = 1_048_576


class _RowBox(QLineEdit):
    """A row number; "" while none is known."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setValidator(QIntValidator(1, _LAST_ROW, self))
        self.setFixedWidth(theme.current().px(48))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def value(self) -> int:
        """Return the number, 0 for none."""
        return int(self.text() or 0)


class HeaderRows(QWidget):
    """First and last header row; ``changed`` tells that a person named others."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(4))
        self.first = _RowBox(t("import_dialog.header_first"))
        self.last = _RowBox(t("import_dialog.header_last"))
        for box in (self.first, self.last):
            box.editingFinished.connect(self._on_edited)
        row.addWidget(Label(t("import_dialog.header_rows"), "caption"))
        row.addWidget(self.first)
        row.addWidget(Label("–", "caption"))
        row.addWidget(self.last)
        self._shown = (0, 0)

    def rows(self) -> tuple[int, int]:
        """Return the rows that the person named; the last is never above the first."""
        first = self.first.value()
        return first, max(first, self.last.value())

    def show_rows(self, rows: Sequence[int], *, fixed: bool) -> None:
        """Show a table's header rows; with ``fixed`` (cards) there is nothing to choose."""
        first, last = (rows[0], rows[-1]) if rows else (0, 0)
        self._shown = (first, last)
        for box, value in ((self.first, first), (self.last, last)):
            box.setText(str(value) if value else "")
            box.setEnabled(not fixed)

    @Slot()
    def _on_edited(self) -> None:
        if self.sender() is self.first and self.last.value() < self.first.value():
            self.last.setText(self.first.text())
        if self.first.value() and self.rows() != self._shown:
            self._shown = self.rows()
            self.changed.emit()
