# SPDX-License-Identifier: MIT
"""The one-pixel line between things."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame


class Hairline(QFrame):
    """A horizontal or vertical line of one pixel."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        self.setObjectName("hairline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
