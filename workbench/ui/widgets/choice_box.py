# SPDX-License-Identifier: MIT
"""A drop-down list that the wheel of the mouse never changes in passing."""

from collections.abc import Iterable

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox

from workbench.domain.overriding import override
from workbench.ui.look import theme

_FEWEST_LETTERS = 6
_FRAME = 28
"""What the open list needs beside its words: margins and a scroll bar."""


class ChoiceBox(QComboBox):
    """Named choices, each with the key that ``currentData`` returns; the name is for readers."""

    def __init__(self, name: str, items: Iterable[tuple[str, str]] = (), chosen: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.set_items(items, chosen)

    def stay_narrow(self) -> None:
        """Take the width that is given, however long a choice is; the open list shows it whole."""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_FEWEST_LETTERS)

    def set_items(self, items: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Offer other choices (key, words); without ``chosen`` the first one."""
        self.clear()
        for key, words in items:
            self.addItem(words, key)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Choose by key without telling; an unknown key leaves the choice as it is."""
        if (at := self.findData(key)) >= 0:
            self.setCurrentIndex(at)

    def chosen(self) -> str:
        """Return the key in use, or "" when there is nothing to choose."""
        return str(self.currentData() or "")

    @override
    def showPopup(self) -> None:
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + theme.current().px(_FRAME))
        super().showPopup()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
