# SPDX-License-Identifier: MIT
"""What a page shows before there is anything to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.look import theme
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.keycap import KeyCap
from workbench.ui.widgets.label import IconLabel, Label

_WIDTH = 620


class EmptyState(Box):
    """One sentence on what will be here, one on what is needed, one button; more in ``block``."""

    action_clicked = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        action: str = "",
        icon: str = "",
        width: int = _WIDTH,
        ground: str = "page",
    ) -> None:
        super().__init__(ground)
        px = theme.current().px
        inner = QWidget()
        inner.setObjectName("plain")
        inner.setMaximumWidth(px(width + 48))
        inner.setMinimumWidth(min(px(width), px(360)))
        self.block = QVBoxLayout(inner)
        self.block.setContentsMargins(px(24), 0, px(24), 0)
        self.block.setSpacing(px(14))
        self._title = Label(title, "title", wrap=True)
        self._text = Label(text, "caption", wrap=True)
        self.block.addWidget(self._title)
        self.block.addWidget(self._text)
        self._text.setVisible(bool(text))
        if action:
            button = Button(action, "primary", icon=icon)
            button.clicked.connect(self.action_clicked)
            self.block.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.content.addStretch(2)
        self.content.addLayout(row)
        self.content.addStretch(3)

    def set_words(self, title: str, text: str = "") -> None:
        """Change the two sentences."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))


class ChoiceCard(Box):
    """A way to begin: icon, title, sentence, key, button; ``button.clicked`` acts."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        button: str,
        *,
        shortcut: str = "",
        primary: bool = False,
    ) -> None:
        super().__init__("card", horizontal=True, margins=(16, 14, 16, 14), spacing=14)
        self.content.addWidget(IconLabel(icon, "accent", 22))
        words = QVBoxLayout()
        words.setSpacing(theme.current().px(2))
        words.addWidget(Label(title, "strong"))
        words.addWidget(Label(text, "caption", wrap=True))
        self.content.addLayout(words, 1)
        if shortcut:
            self.content.addWidget(KeyCap(shortcut))
        self.button = Button(button, "primary" if primary else "default")
        self.button.setAccessibleName(f"{title}: {button}")
        self.content.addWidget(self.button)
