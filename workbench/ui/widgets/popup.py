# SPDX-License-Identifier: MIT
"""A small panel over the window that goes away when something else is clicked.

It is a child of the window and not a window of its own: input methods lose their text in popup
windows on some desktops.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.tab_order import step_focus


class Popup(QFrame):
    """Opened with ``open_at``; closes on Esc, on a click elsewhere, and when the window resizes."""

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host.window())
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._came_from: QWidget | None = None
        self.hide()

    def open_at(self, place: QPoint, first: QWidget) -> None:
        """Show with the top left corner at a global place, moved inside the window if needed."""
        self._came_from = QApplication.focusWidget()
        window = self.window()
        self.ensurePolished()
        self.adjustSize()
        at = window.mapFromGlobal(place)
        gap = theme.current().px(8)
        self.resize(self.width(), min(self.height(), window.height() - 2 * gap))
        left = min(at.x(), window.width() - self.width() - gap)
        top = min(at.y(), window.height() - self.height() - gap)
        self.move(max(left, gap), max(top, gap))
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(on=True)

    def close_popup(self) -> None:
        """Go away and give the focus back."""
        if self.isHidden():
            return
        self._watch(on=False)
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _watch(self, *, on: bool) -> None:
        """Look at every event of the program while open."""
        app = QApplication.instance()
        if app is None:
            return
        if on:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = self.mapFromGlobal(event.globalPosition().toPoint())
            if isinstance(watched, QWidget) and not self.rect().contains(place):
                self.close_popup()
        elif event.type() == QEvent.Type.Resize and watched is self.window():
            self.close_popup()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep Tab inside: what lies behind is reached after Esc."""
        step_focus([self], forward=next)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popup()
        event.accept()
