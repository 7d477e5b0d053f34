# SPDX-License-Identifier: MIT
"""A drop-down list that the wheel of the mouse never changes in passing."""

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from workbench.domain.overriding import override
from workbench.ui.look import theme

_FEWEST_LETTERS = 6
_FRAME = 28
"""What the open list needs beside its words: margins and a scroll bar."""
_ICON_GAP = 4


class ChoiceBox(QComboBox):
    """Named choices, each with the key that ``currentData`` returns; the name is for readers."""

    def __init__(self, name: str, items: Iterable[tuple[str, str]] = (), chosen: str = "") -> None:
        super().__init__()
        self._is_narrow = False
        self.setAccessibleName(name)
        self.set_items(items, chosen)

    def stay_narrow(self) -> None:
        """Take the width that is given, however long a choice is; the open list shows it whole."""
        self._is_narrow = True
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
    def sizeHint(self) -> QSize:
        """Return the room for the longest choice; the style forgets the padding of its sheet."""
        hint = super().sizeHint()
        if self._is_narrow:
            return hint
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(0, 0, hint.width(), hint.height())
        words = (self.itemText(at) for at in range(self.count()))
        longest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        icons = any(not self.itemIcon(at).isNull() for at in range(self.count()))
        longest += self.iconSize().width() + _ICON_GAP if icons else 0
        return hint + QSize(max(0, longest - self._room(option)), 0)

    def shown_text(self) -> str:
        """Return the choice as it is painted: ended by an ellipsis where the box is too narrow."""
        return self._cut().currentText

    def _cut(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self._room(option)
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + _ICON_GAP
        metrics = self.fontMetrics()
        option.currentText = metrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        return option

    def _room(self, option: QStyleOptionComboBox) -> int:
        complex_, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(complex_, option, part, self).width()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option, painter = self._cut(), QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
