# SPDX-License-Identifier: MIT
"""The bar above a page: its name, undo and redo, the palette field, the page's actions."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import PaletteField

_ACTIONS_WIDTH = 236


class TopBar(Box):
    """Asks with ``undo_clicked``, ``redo_clicked`` and ``search_clicked``."""

    undo_clicked = Signal()
    redo_clicked = Signal()
    search_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("topbar", horizontal=True, margins=(16, 0, 16, 0), spacing=8)
        self._title = Label("", "section")
        self._undo = IconButton("undo-2", t("ui.undo"), shortcut="Ctrl+Z")
        self._redo = IconButton("redo-2", t("ui.redo"), shortcut="Ctrl+Y")
        self._undo.clicked.connect(self.undo_clicked)
        self._redo.clicked.connect(self.redo_clicked)
        self._search = PaletteField(t("ui.search_everything"), "Ctrl+K")
        self._search.clicked.connect(self.search_clicked)
        self._slot = QWidget()
        self._actions = QHBoxLayout(self._slot)
        self._actions.setContentsMargins(0, 0, 0, 0)
        self._actions.addStretch(1)
        self._shown: list[QWidget] = []
        self.content.addWidget(self._title)
        self.content.addSpacing(theme.current().px(6))
        self.content.addWidget(self._undo)
        self.content.addWidget(self._redo)
        self.content.addStretch(1)
        self.content.addWidget(self._search, 6)
        self.content.addStretch(1)
        self.content.addWidget(self._slot)
        self.set_undo("", "")
        theme.current().theme_changed.connect(self._on_theme)
        self._on_theme()

    def set_title(self, text: str) -> None:
        """Show the page's name."""
        self._title.setText(text)

    def set_undo(self, undo: str, redo: str) -> None:
        """Name the steps that undo and redo would take; empty means that there is none."""
        for button, word, step in (
            (self._undo, t("ui.undo"), undo),
            (self._redo, t("ui.redo"), redo),
        ):
            button.setEnabled(bool(step))
            button.set_tip(t("ui.step", verb=word, step=step) if step else word)

    def set_actions(self, widgets: Sequence[QWidget]) -> None:
        """Show the page's own buttons; the page keeps owning those it took away."""
        for widget in self._shown:
            self._actions.removeWidget(widget)
            widget.hide()
        self._shown = list(widgets)
        for widget in self._shown:
            self._actions.addWidget(widget)
            widget.show()

    @Slot()
    def _on_theme(self) -> None:
        px = theme.current().px
        self.setFixedHeight(px(52))
        self._slot.setMinimumWidth(px(_ACTIONS_WIDTH))
        self._actions.setSpacing(px(8))
