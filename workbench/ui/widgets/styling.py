# SPDX-License-Identifier: MIT
"""Style sheet properties that change while a widget lives."""

from PySide6.QtWidgets import QWidget


def set_style(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that style rules look at, and restyle the widget when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
