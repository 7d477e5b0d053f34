# SPDX-License-Identifier: MIT
"""The filters above the items, each with the number of items that it would show."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup

from workbench.ui.pages.checklist.lines import Wanted
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.flow import Flow


class ItemFilters(Flow):
    """One of the filters is in use; ``chosen`` carries it. They wrap where there is no room."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        for wanted in Wanted:
            button = Button(t(wanted.text_key), "tab", checkable=True)
            self._group.addButton(button)
            self._buttons[wanted] = button
            self.add(button)
        self._group.buttonClicked.connect(self._on_clicked)
        self.set_current(Wanted.ALL)

    def set_counts(self, counts: Mapping[Wanted, int]) -> None:
        """Say how many items each filter would show."""
        for wanted, count in counts.items():
            words = t(wanted.text_key)
            self._buttons[wanted].set_text(f"{words} {count}" if count else words)

    def current(self) -> Wanted:
        """Return the filter in use."""
        return next(Wanted(key) for key, button in self._buttons.items() if button.isChecked())

    def set_current(self, wanted: str) -> None:
        """Choose without telling."""
        self._buttons[wanted].setChecked(True)

    def button(self, wanted: str) -> Button:
        """Return the button of a filter."""
        return self._buttons[wanted]

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        for key, known in self._buttons.items():
            if known is button:
                self.chosen.emit(key)
