# SPDX-License-Identifier: MIT
"""Files of any kind: choose some to attach, open one with its own program, show its folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_files(parent: QWidget, title: str) -> Sequence[str]:
    """Ask for files to attach; none when the person changed their mind."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title)
    return chosen


def open_file(path: Path) -> bool:
    """Open a file with the program that the desktop has for it; False when there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_folder(path: Path) -> bool:
    """Show the folder that a file is in; False when the desktop cannot."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
