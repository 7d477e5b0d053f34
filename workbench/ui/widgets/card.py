# SPDX-License-Identifier: MIT
"""The white card with a sentence as its title."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.ui.look import theme
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.label import Label


class Card(Box):
    """A card; add to ``content``, ``actions`` stand right of the title."""

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        actions: Sequence[QWidget] = (),
        margins: tuple[int, int, int, int] = (16, 12, 16, 16),
        spacing: int = 8,
    ) -> None:
        super().__init__("card", margins=margins, spacing=spacing)
        self._title = Label(title, "section", wrap=True)
        self._subtitle = Label(subtitle, "caption", wrap=True)
        if title or subtitle or actions:
            self._add_head(actions)
        else:
            self._title.setParent(self)
            self._subtitle.setParent(self)
        self._title.setVisible(bool(title))
        self._subtitle.setVisible(bool(subtitle))

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the finding that the title states."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def _add_head(self, actions: Sequence[QWidget]) -> None:
        """Put title, subtitle and actions in the first row."""
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(8))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head.addLayout(words, 1)
        for action in actions:
            head.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(head)
