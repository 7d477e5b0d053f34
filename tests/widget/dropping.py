# SPDX-License-Identifier: MIT
"""Dropping a file from the desktop on a widget."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


def drop_file(widget: QWidget, path: object) -> None:
    """Send what the desktop sends when a file is let go over a widget."""
    drop_files(widget, path)


def drop_files(widget: QWidget, *paths: object) -> None:
    """Let go of several files at once."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)
