# SPDX-License-Identifier: MIT
"""Where the window stands: as it was left, else within the screen, whatever its size."""

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QWidget

MINIMUM = QSize(1180, 680)
FIRST_SIZE = QSize(1440, 900)
_LEAST = 1000
_FRAME = QSize(24, 56)
"""More than any system's title bar and edges take."""


def place(window: QWidget, kept: QSettings) -> None:
    """Give a window the place where it was left; the first time the whole of a small screen."""
    screen = window.screen().availableGeometry().size()
    # Less than any desk has is no screen at all, as where nobody looks.
    room = screen - _FRAME if screen.width() >= _LEAST else FIRST_SIZE
    window.setMinimumSize(MINIMUM.boundedTo(room))
    geometry = kept.value("geometry")
    if geometry and window.restoreGeometry(geometry):
        return
    window.resize(FIRST_SIZE.boundedTo(room))
    if FIRST_SIZE.boundedTo(room) != FIRST_SIZE:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def keep_place(window: QWidget, kept: QSettings) -> None:
    """Remember where a window stands."""
    kept.setValue("geometry", window.saveGeometry())
