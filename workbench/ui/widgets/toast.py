# SPDX-License-Identifier: MIT
"""The short message at the bottom, with one action such as undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import Label

SHOWN_FOR_MS = 6000
_ABOVE_BOTTOM = 56  # status bar 28 and a gap of 28


class Toast(QFrame):
    """One message at a time, bottom centre of its host; the pointer over it stops the clock."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        px = theme.current().px
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._act: Callable[[], object] | None = None
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(14), px(8))
        row.setSpacing(px(14))
        self._label = Label()
        self._button = Button("", "link")
        self._button.clicked.connect(self._on_clicked)
        row.addWidget(self._label)
        row.addWidget(self._button)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(SHOWN_FOR_MS)
        self._clock.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_message(
        self, text: str, action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Show a message; ``act`` is called when the action's word is clicked."""
        self._label.setText(text)
        self._label.setWordWrap(False)
        self._act = act
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """Return the message shown last."""
        return self._label.text()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._host and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._clock.start()
        super().leaveEvent(event)

    def _place(self) -> None:
        """Centre at the bottom; a long message wraps instead of leaving the window."""
        host = self._host
        room = host.width() - theme.current().px(64)
        self._row.activate()
        if self.sizeHint().width() > room:
            self._label.setWordWrap(True)
            self.setFixedWidth(room)
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(room)
        self.adjustSize()
        above = theme.current().px(_ABOVE_BOTTOM)
        self.move((host.width() - self.width()) // 2, host.height() - self.height() - above)

    @Slot()
    def _on_clicked(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
