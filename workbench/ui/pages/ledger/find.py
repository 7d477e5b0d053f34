# SPDX-License-Identifier: MIT
"""Finds words in the shown cells of a table (Ctrl+F, then F3)."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.grid.view import GridView
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.styling import set_style


class FindBar(Box):
    """A line with a field; Enter goes on, Shift+Enter back, Esc returns to the table."""

    def __init__(self, grid: GridView) -> None:
        super().__init__("surface", horizontal=True, margins=(16, 0, 16, 8), spacing=6)
        self._grid = grid
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("ledger.find"))
        self.field.setAccessibleName(t("ledger.find"))
        self.field.setMaximumWidth(theme.current().px(280))
        self.field.textChanged.connect(self._on_changed)
        grid.finding.found.connect(self._on_found)
        grid.finding.looking.connect(self._on_looking)
        self._said = Label("", "caption", tone="warn")
        self.content.addWidget(self.field)
        for icon, key, act in (
            ("chevron-up", "find_previous", self._previous),
            ("chevron-down", "find_next", self._next),
            ("x", "find_close", self.close_bar),
        ):
            button = IconButton(icon, t(f"ledger.{key}"))
            button.clicked.connect(act)
            self.content.addWidget(button)
        self.content.addWidget(self._said, 1)
        self.content.addStretch(1)
        self.hide()

    @Slot()
    def open_bar(self) -> None:
        """Show with the cursor in the field."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._grid.finding.read_ahead()

    @Slot()
    def close_bar(self) -> None:
        """Hide and return to the table."""
        self._grid.finding.let_go()
        self.hide()
        self._grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._find(backwards=back)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        self._grid.finding.stop()
        self._say("")
        if self.isVisible():
            self._grid.finding.read_ahead()

    @Slot()
    def _next(self) -> None:
        self._find(backwards=False)

    @Slot()
    def _previous(self) -> None:
        self._find(backwards=True)

    def _find(self, *, backwards: bool) -> None:
        if self.field.text().strip():
            self._grid.finding.find(self.field.text(), backwards=backwards)
        else:
            self._say("")

    @Slot(bool)
    def _on_found(self, found: bool) -> None:
        words = self.field.text().strip()
        self._say("" if found else t("ui.not_found", words=words), wrong=not found)

    @Slot(float)
    def _on_looking(self, share: float) -> None:
        self._say(t("ui.looking_through", share=f"{share:.0%}"))

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self._said.setText(words)
        set_style(self.field, "state", "error" if wrong else "")
