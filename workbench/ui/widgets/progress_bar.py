# SPDX-License-Identifier: MIT
"""The thin progress bar."""

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme


class ProgressBar(QWidget):
    """Shows ``value`` of ``total``; a total of 0 means that the end is not known."""

    def __init__(
        self, value: int = 0, total: int = 1, *, tone: str = "accent", width: int = 0
    ) -> None:
        super().__init__()
        self._value, self._total, self._tone, self._width = value, total, tone, width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().theme_changed.connect(self._fit)
        self._fit()
        self.set_progress(value, total)

    def set_progress(self, value: int, total: int, tone: str = "") -> None:
        """Show another state."""
        self._value, self._total, self._tone = value, total, tone or self._tone
        self.setAccessibleName(f"{value}/{total}" if total else str(value))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        painter.setBrush(look.color("subtle"))
        painter.drawRoundedRect(track, 2, 2)
        if self._total <= 0:
            track.setLeft(track.width() / 3)
            track.setWidth(track.width() / 2)
        else:
            track.setWidth(track.width() * min(max(self._value / self._total, 0.0), 1.0))
        if track.width() > 0:
            painter.setBrush(look.color(self._tone))
            painter.drawRoundedRect(track, 2, 2)

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(6))
        if self._width:
            self.setFixedWidth(theme.current().px(self._width))
