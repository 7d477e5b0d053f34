# SPDX-License-Identifier: MIT
"""The table's context menu: the deeds of the keyboard, each with its keys."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workbench.ui.texts import t


def deeds_menu(parent: QWidget, deeds: Iterable[tuple[str, str, Callable[[], object]]]) -> QMenu:
    """Return a menu of deeds (text key, keys, what is done) that goes when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for word, keys, deed in deeds:
        menu.addAction(f"{t(word)}\t{keys}").triggered.connect(deed)
    return menu
