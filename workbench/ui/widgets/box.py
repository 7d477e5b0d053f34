# SPDX-License-Identifier: MIT
"""Grounds that hold other widgets: a box with a named surface, and a scrolling page."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.look import theme

Margins = tuple[int, int, int, int]


class Box(QFrame):
    """A frame with one row or column; ``ground`` names its surface in the style sheet.

    Grounds: plain, page, surface, card, panel (edge on its left), panelLeft, topbar, scrollbody.
    Margins and spacing are design pixels and follow the zoom.
    """

    def __init__(
        self,
        ground: str = "plain",
        *,
        horizontal: bool = False,
        margins: Margins = (0, 0, 0, 0),
        spacing: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(ground)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.content: QBoxLayout = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        self._margins = margins
        self._spacing = spacing
        theme.current().theme_changed.connect(self._fit)
        self._fit()

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Append a widget or a layout."""
        if isinstance(item, QWidget):
            self.content.addWidget(item, stretch)
        else:
            self.content.addLayout(item, stretch)

    def add_stretch(self, stretch: int = 1) -> None:
        """Append empty room that grows."""
        self.content.addStretch(stretch)

    @Slot()
    def _fit(self) -> None:
        px = theme.current().px
        left, top, right, bottom = self._margins
        self.content.setContentsMargins(px(left), px(top), px(right), px(bottom))
        self.content.setSpacing(px(self._spacing))


class ScrollPage(QScrollArea):
    """A page that scrolls as a whole; add to ``content``."""

    def __init__(
        self,
        ground: str = "scrollbody",
        *,
        margins: Margins = (24, 20, 24, 24),
        spacing: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(ground)  # the track of the scroll bar has the ground of the page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body = Box(ground, margins=margins, spacing=spacing)
        self.content = self.body.content
        self.setWidget(self.body)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Append a widget or a layout."""
        self.body.add(item, stretch)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear_layout(inner)
