# SPDX-License-Identifier: MIT
"""What the desktop does with a file: open it with its own program, show its folder."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file with the program that the desktop has for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path) -> bool:
    """Show the folder that a file is in; False when the desktop cannot."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
