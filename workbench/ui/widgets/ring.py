# SPDX-License-Identifier: MIT
"""The completeness ring."""

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t


class Ring(QWidget):
    """Shows a share in percent; None is unknown and shown as "—"."""

    def __init__(self, percent: int | None, *, size: int = 44) -> None:
        super().__init__()
        self._percent = percent
        self._size = size
        theme.current().theme_changed.connect(self._fit)
        self._fit()
        self.set_percent(percent)

    def set_percent(self, percent: int | None) -> None:
        """Show another share."""
        self._percent = percent
        value = "—" if percent is None else f"{percent}%"
        self.setAccessibleName(t("ui.completeness", value=value))
        self.setToolTip(t("ui.completeness", value=value))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(look.color("subtle"), 4))
        painter.drawEllipse(box)
        if self._percent:
            ink = QPen(look.color("accent"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            painter.setPen(ink)
            painter.drawArc(box, 90 * 16, -round(min(self._percent, 100) * 3.6 * 16))
        painter.setFont(look.font("captionStrong"))
        painter.setPen(look.color("text"))
        text = "—" if self._percent is None else str(self._percent)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    @Slot()
    def _fit(self) -> None:
        side = theme.current().px(self._size)
        self.setFixedSize(side, side)
