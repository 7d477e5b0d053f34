# SPDX-License-Identifier: MIT
"""Plain text in the roles of the type scale."""

from typing import Literal

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.widgets.styling import set_style

Role = Literal["display", "title", "section", "strong", "body", "caption", "hint", "micro"]


class Label(QLabel):
    """Plain text; ``role`` sets size and weight, ``tone`` a token colour (danger, accent …)."""

    def __init__(
        self,
        text: str = "",
        role: Role = "body",
        *,
        tone: str = "",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placed = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed = True
        self._fit()

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the wrapped lines.

        Qt bounds a label by its size hint, which is for another width than the one it gets. It
        never counts less than the minimum, so that goes first: else no label would shrink again.
        """
        if self.wordWrap() and self._placed:
            self.setMinimumHeight(0)
            self.setFixedHeight(max(self.heightForWidth(self.width()), 0))

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        set_style(self, "tone", tone)

    def set_role(self, role: Role) -> None:
        """Change size and weight."""
        set_style(self, "role", role)


class ShortLabel(Label):
    """One line that ends with … where room is short; the whole of it is its tooltip."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.setToolTip("" if words == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), words)


class IconLabel(QLabel):
    """An icon that is only looked at; it follows the theme."""

    def __init__(self, name: str, tone: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        theme.current().theme_changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, tone: str = "") -> None:
        """Change the icon and, when given, its colour."""
        self._name, self._tone = name, tone or self._tone
        self._draw()

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self._draw()

    @Slot()
    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, self._tone, self._size))


class Figure(QWidget):
    """A key number with its unit on one baseline, as in the tiles of the overview."""

    def __init__(self, number: str, unit: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(4))
        self._number = Label(number, "display")
        self._unit = Label(unit, "caption")
        drop = (
            theme.current().metrics("display").descent()
            - theme.current().metrics("caption").descent()
        )
        self._unit.setContentsMargins(0, 0, 0, round(drop))
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
