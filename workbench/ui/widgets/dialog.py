# SPDX-License-Identifier: MIT
"""A dialog inside the window: title, body, footer with a note and buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button, IconButton, Kind
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.overlay import Overlay


class Dialog(QFrame):
    """A modal dialog; add to ``body``, then ``add_button`` and ``open``.

    Esc and the cross emit ``rejected``; the page closes it with ``close_dialog`` when done.
    Return presses the primary button unless another button has the focus.
    """

    rejected = Signal()
    finished = Signal()
    """The dialog's work is done; what was typed in it is kept elsewhere now."""
    closed = Signal()

    def __init__(self, host: QWidget, title: str, *, width: int = 480, height: int = 0) -> None:
        super().__init__()
        px = theme.current().px
        self.setObjectName("dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.setMinimumWidth(min(px(width), host.window().width() - px(32)))
        if height:
            self.setMinimumHeight(min(px(height), host.window().height() - px(32)))
        self._default: Button | None = None
        self._default_is_safe = False
        self._refused = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(title))
        column.addWidget(Hairline())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(20), px(14), px(20), px(14))
        self.body.setSpacing(px(10))
        column.addLayout(self.body, 1)
        column.addWidget(Hairline())
        column.addWidget(self._foot())
        self._overlay = Overlay(host, self, closes_outside=False)
        self._overlay.closed.connect(self._on_closed)

    def set_title(self, title: str) -> None:
        """Change the verb phrase at the top."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def note_text(self) -> str:
        """Return the sentence left of the buttons."""
        return self._note.text()

    def set_note(self, text: str, tone: str = "") -> None:
        """Show a sentence left of the buttons."""
        self._note.setText(text)
        self._note.set_tone(tone)

    def add_button(self, text: str, kind: Kind = "default", *, icon: str = "") -> Button:
        """Append a button to the footer; the primary or danger one is pressed by Return."""
        button = Button(text, kind, icon=icon)
        self._buttons.addWidget(button)
        if kind in ("primary", "danger"):
            self._default = button
            self._default_is_safe = kind == "primary"
        return button

    def add_lead_button(self, text: str) -> Button:
        """Put a quiet button before the others in the footer."""
        button = Button(text)
        self._buttons.insertWidget(0, button)
        return button

    def add_cancel(self) -> Button:
        """Append the button that does what Esc does."""
        button = self.add_button(t("ui.cancel"))
        button.clicked.connect(self.reject)
        return button

    def open(self) -> None:
        """Show the dialog with the focus on its first input."""
        self._overlay.open()
        chain = [w for w in self._overlay.focusables() if not isinstance(w, IconButton)]
        first = chain[0] if chain else None
        if isinstance(first, Button):
            line = next((w for w in chain if isinstance(w, QLineEdit)), None)
            first = line or (self._default if self._default_is_safe else None) or first
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)
            if isinstance(first, QLineEdit) and not first.hasSelectedText():
                first.end(False)

    def finish(self, tell: Callable[[], object]) -> None:
        """Tell what is asked for, then close; a refusal said meanwhile keeps the dialog open."""
        self._refused = False
        tell()
        if not self._refused:
            self.close_dialog()

    def refuse(self, words: str) -> None:
        """Say why it was not done; what was typed stays."""
        self._refused = True
        self.set_note(words, "danger")

    @Slot()
    def reject(self) -> None:
        """Close without doing anything."""
        self.rejected.emit()
        self._overlay.close_overlay()

    @Slot()
    def close_dialog(self) -> None:
        """Close after the work is done."""
        self.finished.emit()
        self._overlay.close_overlay()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = QApplication.focusWidget()
            target = focused if isinstance(focused, QAbstractButton) else self._default
            if target is not None and target.isEnabled():
                target.click()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _head(self, title: str) -> QHBoxLayout:
        """Return the row with the title and the cross."""
        px = theme.current().px
        row = QHBoxLayout()
        row.setContentsMargins(px(20), px(10), px(12), px(10))
        self._title = Label(title, "section")
        row.addWidget(self._title, 1)
        cross = IconButton("x", t("ui.close"), shortcut="Esc")
        cross.clicked.connect(self.reject)
        row.addWidget(cross)
        return row

    def _foot(self) -> QWidget:
        """Return the row with the note and room for buttons."""
        px = theme.current().px
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(12), px(20), px(14))
        row.setSpacing(px(8))
        self._note = Label("", "caption", wrap=True)
        row.addWidget(self._note, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(px(8))
        row.addLayout(self._buttons)
        return foot

    @Slot()
    def _on_closed(self) -> None:
        self.closed.emit()


class Confirmation(Dialog):
    """Asks before something that undo cannot take back; ``act`` names the deed on the button."""

    def __init__(
        self,
        host: QWidget,
        title: str,
        text: str,
        act: str,
        on_act: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(host, title, width=440)
        self._on_act = on_act
        self.body.addWidget(Label(text, wrap=True))
        self.add_cancel()
        self.button = self.add_button(act, "danger" if danger else "primary")
        self.button.clicked.connect(self._act)

    @Slot()
    def _act(self) -> None:
        self.close_dialog()
        self._on_act()


class Notice(Dialog):
    """Shows a sentence that needs to be read, with one button to close it."""

    def __init__(self, host: QWidget, title: str, text: str) -> None:
        super().__init__(host, title, width=440)
        self.body.addWidget(Label(text, wrap=True, selectable=True))
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)
