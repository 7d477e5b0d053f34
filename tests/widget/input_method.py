# SPDX-License-Identifier: MIT
"""Typing Chinese in tests: keyClicks with Chinese would abort the process (qasciikey.cpp)."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def compose(widget: QWidget, preedit: str) -> None:
    """Send what an input method shows while pinyin is being typed."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def commit(widget: QWidget, text: str) -> None:
    """Send the characters that were chosen."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
