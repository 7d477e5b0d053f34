# SPDX-License-Identifier: MIT
"""What an input method is composing in the focused field, so that leaving never loses it."""

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from workbench.domain.overriding import override

_NAME = "composing"


class Composing(QObject):
    """Watches the one widget that has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._words = ""
        self._field: QWidget | None = None
        app.focusChanged.connect(self._on_focus)
        self._on_focus(None, app.focusWidget())

    def take(self) -> None:
        """Make text of what is being composed."""
        QGuiApplication.inputMethod().commit()  # an input method that answers has taken it now
        if self._words and self._field is not None:
            event = QInputMethodEvent()
            event.setCommitString(self._words)
            with suppress(RuntimeError):
                QApplication.sendEvent(self._field, event)
        self._words = ""

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None:
            with suppress(RuntimeError):  # it may lose the focus because it is going
                self._field.removeEventFilter(self)
        self._words = ""
        self._field = new if isinstance(new, (QLineEdit, QPlainTextEdit)) else None
        if self._field is not None:
            self._field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._words = event.preeditString()
        return False


def watch() -> Composing | None:
    """Return what watches the focus of the program; None before there is a program."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return None
    known = app.findChild(Composing, _NAME)
    return known if isinstance(known, Composing) else Composing(app)


def take_composed() -> None:
    """Make text of what an input method is composing anywhere."""
    if (watching := watch()) is not None:
        watching.take()
