# SPDX-License-Identifier: MIT
"""The search field of a list, and the field in the top bar that opens the command palette."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy

from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.widgets.keycap import KeyCap
from workbench.ui.widgets.label import IconLabel, Label

_SETTLES_AFTER_MS = 150


class SearchBox(QLineEdit):
    """Emits ``searched`` with the trimmed words once typing pauses; Esc clears.

    ``entered`` tells that somebody is about to type.
    """

    searched = Signal(str)
    entered = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_AFTER_MS)
        self._clock.timeout.connect(self._on_settled)
        self.textChanged.connect(self._on_changed)
        theme.current().theme_changed.connect(self._draw_icon)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @Slot()
    def _on_changed(self) -> None:
        self._clock.start()

    @Slot()
    def _on_settled(self) -> None:
        self.searched.emit(self.text().strip())

    @Slot()
    def _draw_icon(self) -> None:
        for glass in self.actions():  # asked for anew: a kept one may be taken for dead
            glass.setIcon(icons.icon("search", "text3"))


class PaletteField(QFrame):
    """Looks like a search field and opens the command palette: ``clicked``."""

    clicked = Signal()

    def __init__(self, text: str, shortcut: str) -> None:
        super().__init__()
        self.setObjectName("searchBox")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {shortcut}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel("search", "text3", 15))
        self._row.addWidget(Label(text, "hint"), 1)
        self._row.addWidget(KeyCap(shortcut))
        theme.current().theme_changed.connect(self._fit)
        self._fit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _fit(self) -> None:
        px = theme.current().px
        self.setFixedHeight(px(32))
        self.setMinimumWidth(px(180))
        self.setMaximumWidth(px(308))
        self._row.setContentsMargins(px(10), 0, px(6), 0)
        self._row.setSpacing(px(6))
