# SPDX-License-Identifier: MIT
"""The status pill: soft ground, dot and word, so that colour is never alone."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.look.tokens import TONES


def pill_width(text: str, *, dot: bool = True) -> float:
    """Return the width that a pill needs."""
    look = theme.current()
    return look.metrics("caption").horizontalAdvance(text) + look.px(26 if dot else 14)


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, *, dot: bool = True) -> None:
    """Draw a pill; leaves pen, brush and font changed, as a fast cell painter wants it."""
    look = theme.current()
    ink, ground = TONES[tone]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(ground))
    painter.drawRoundedRect(rect, 4, 4)
    left = rect.left() + look.px(7)
    if dot:
        radius = look.px(6) / 2
        painter.setBrush(look.color(ink))
        painter.drawEllipse(QPointF(left + radius, rect.center().y() + 0.5), radius, radius)
        left += look.px(11)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(look.color(ink))
    painter.setFont(look.font("caption"))
    box = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class Pill(QWidget):
    """A status word in a tone of ``tokens.TONES``."""

    def __init__(self, text: str, tone: str = "neutral", *, dot: bool = True) -> None:
        super().__init__()
        self._text, self._tone, self._dot = text, tone, dot
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.current().theme_changed.connect(self._fit)

    def set_pill(self, text: str, tone: str) -> None:
        """Change word and tone."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self._fit()
        self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    @override
    def sizeHint(self) -> QSize:
        look = theme.current()
        height = max(look.px(20), round(look.metrics("caption").height()) + 2)
        return QSize(round(pill_width(self._text, dot=self._dot)) + 1, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._tone, dot=self._dot)

    @Slot()
    def _fit(self) -> None:
        self.updateGeometry()
