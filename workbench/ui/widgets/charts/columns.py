# SPDX-License-Identifier: MIT
"""A histogram: how often values fell into each interval."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.charts.chart import Chart, Format, Row, plain, text_width, ticks, write

_FOOT = 24


class Columns(Chart):
    """Counts over equal intervals; below ``split`` in c2, above in c1, with a line between."""

    def __init__(self, title: str, *, fmt: Format = plain, height: int = 220) -> None:
        self._middles: tuple[float, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._split = 0.0
        self._fmt = fmt
        super().__init__(title, height=height)
        self.describe()

    def set_columns(
        self, middles: Sequence[float], counts: Sequence[int], *, split: float = 0.0
    ) -> None:
        """Show other counts, each with the middle of its interval."""
        self._middles, self._counts, self._split = tuple(middles), tuple(counts), split
        self.describe()

    @override
    def table(self) -> list[Row]:
        rows = [
            [self._fmt(middle), str(count)]
            for middle, count in zip(self._middles, self._counts, strict=True)
        ]
        return [["", self._title], *rows]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        body = box.adjusted(px(8), px(10), -px(8), -px(_FOOT))
        width = (self._middles[-1] - self._middles[0]) / max(len(self._middles) - 1, 1) or 1.0
        low, high = self._middles[0] - width / 2, self._middles[-1] + width / 2
        most = max(self._counts) or 1

        def x(value: float) -> float:
            return body.left() + (value - low) / (high - low) * body.width()

        painter.setPen(Qt.PenStyle.NoPen)
        for middle, count in zip(self._middles, self._counts, strict=True):
            height = body.height() * count / most
            painter.setBrush(theme.current().color("c2" if middle < self._split else "c1"))
            left, right = x(middle - width / 2), x(middle + width / 2)
            painter.drawRect(QRectF(left + 0.5, body.bottom() - height, right - left - 1, height))
        painter.setPen(QPen(theme.current().color("borderStrong"), 1))
        painter.drawLine(body.bottomLeft(), body.bottomRight())
        if low < self._split < high:
            at = x(self._split)
            painter.setPen(QPen(theme.current().color("text"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(at, body.top()), QPointF(at, body.bottom()))
        room = body.left() - px(40)
        for tick in ticks(low, high, 6):
            word = self._fmt(tick)
            place = x(tick)
            half = text_width(word) / 2
            if low <= tick <= high and place - half > room:
                write(painter, place, body.bottom() + px(13), word, "text3", "c")
                room = place + half + px(8)
