# SPDX-License-Identifier: MIT
"""A layer over the window: darkens it, keeps the focus inside, closes with Esc."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.tab_order import step_focus, tab_stops

_SHADOW_STEPS = 14


class Overlay(QWidget):
    """Shows ``content`` over the host window until it is closed.

    The window's shortcuts rest meanwhile, and the focus returns to where it was.
    ``top`` is the distance from the window's top in design pixels; without it, centred.
    """

    closed = Signal()

    def __init__(
        self,
        host: QWidget,
        content: QWidget,
        *,
        top: int | None = None,
        closes_outside: bool = True,
    ) -> None:
        super().__init__(host.window())
        self._content = content
        self._top = top
        self._closes_outside = closes_outside
        self._came_from = QApplication.focusWidget()
        content.setParent(self)
        content.installEventFilter(self)
        self.window().installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show above everything and take the focus."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused  # a dialog may have moved the focus while it was made
        self.setGeometry(self.window().rect())
        self._place()
        self.show()
        self.raise_()
        chain = self.focusables()
        (chain[0] if chain else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def close_overlay(self) -> None:
        """Go away, give the focus back, and tell."""
        if self.isHidden():
            return
        self.window().removeEventFilter(self)
        self.hide()
        back, self._came_from = self._came_from, None
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()
        self.deleteLater()

    def focusables(self) -> list[QWidget]:
        """Return what Tab reaches inside, in order."""
        return tab_stops([self._content])

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        step_focus([self._content], forward=next)
        return True

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the window's shortcuts must not act behind the layer
            return True
        return super().event(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.setGeometry(self.window().rect())
            self._place()
        elif event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            if self.isVisible() and self._fitting().height() > self._content.height():
                self._place()  # more is shown in it than before
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched is self._content:
            self.update()  # the shadow lies outside the content
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        outside = not self._content.geometry().contains(event.position().toPoint())
        if outside and self._closes_outside:
            self.close_overlay()
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().color("scrim"))
        paint_shadow(painter, QRectF(self._content.geometry()))

    def _fitting(self) -> QSize:
        """Return the size that the content wants, inside the window.

        Its height is asked for at its true width: sentences that break need more at a lesser one.
        """
        content, gap = self._content, theme.current().px(32)
        content.ensurePolished()
        size = content.sizeHint().expandedTo(content.minimumSize())
        if content.hasHeightForWidth():
            height = content.heightForWidth(size.width())
            size.setHeight(max(height, content.minimumHeight()))
        return size.boundedTo(QSize(self.width() - gap, self.height() - gap))

    def _place(self) -> None:
        """Put the content in the middle, inside the window."""
        content, px = self._content, theme.current().px
        content.resize(self._fitting())
        top = (self.height() - content.height()) // 2
        if self._top is not None:
            top = min(px(self._top), self.height() - content.height() - px(16))
        content.move((self.width() - content.width()) // 2, max(top, px(16)))


def close_overlays(window: QWidget) -> None:
    """Close every layer of a window: what it shows is about to go."""
    for overlay in window.findChildren(Overlay):
        overlay.close_overlay()


def paint_shadow(painter: QPainter, box: QRectF) -> None:
    """Draw a soft shadow round a box, 12 px down, without an effect.

    An effect would render the whole content into a picture at every repaint.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 3))
    for step in range(_SHADOW_STEPS):
        grow = 20.0 - 28.0 * step / _SHADOW_STEPS
        radius = max(8.0 + grow, 4.0)
        painter.drawRoundedRect(box.adjusted(-grow, 12 - grow, grow, 12 + grow), radius, radius)
