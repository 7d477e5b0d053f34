# SPDX-License-Identifier: MIT
"""A line to type a day into, read as generously as the ledger reads dates."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.cells import parse
from workbench.ui.widgets.styling import set_style

_FIELD = CATALOGUE["checklist_item"]["due"]


class DayEdit(QLineEdit):
    """Emits ``day_changed`` (date or None) when another valid day was typed.

    What is no day keeps its text, turns red and emits ``refused`` with the text.
    """

    day_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, example: str = "2026-06-30") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self._day: date | None = None
        self.editingFinished.connect(self._on_finished)

    def set_day(self, day: date | None) -> None:
        """Show a day without telling; text being typed stays."""
        self._day = day
        if not (self.hasFocus() and self.isModified()):
            self.setText(day.isoformat() if day else "")
            set_style(self, "state", "")

    def day(self) -> date | None:
        """Return the day that is typed, or None for nothing or no day."""
        value = parse(_FIELD, self.text()).value
        return value if isinstance(value, date) else None

    def is_wrong(self) -> bool:
        """Tell whether the text is not empty and yet no day."""
        return bool(self.text().strip()) and self.day() is None

    @Slot()
    def _on_finished(self) -> None:
        set_style(self, "state", "error" if self.is_wrong() else "")
        if self.is_wrong():
            self.refused.emit(self.text().strip())
            return
        day = self.day()
        self.setModified(False)
        if day != self._day:
            self._day = day
            self.day_changed.emit(day)
        self.setText(day.isoformat() if day else "")
