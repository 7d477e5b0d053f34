# SPDX-License-Identifier: MIT
"""A key as it is printed on the keyboard."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy


class KeyCap(QLabel):
    """Shows a shortcut such as "Ctrl+K" as keys."""

    def __init__(self, keys: str) -> None:
        super().__init__(printed(keys))
        self.setObjectName("keycap")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


def printed(keys: str) -> str:
    """Return a shortcut as people read it on this system."""
    if sys.platform == "darwin":
        return keys.replace("Ctrl+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥")
    return keys.replace("+", " ") if len(keys) > 1 else keys
