# SPDX-License-Identifier: MIT
"""A waterfall: how parts add up from nothing, or from one value, to another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.charts.chart import (
    Chart,
    Format,
    Row,
    in_lines,
    plain,
    text_width,
    ticks,
    write,
)

_BAR_SHARE = 0.62
_FOOT = 42
_LINE = 15
_BELOW = 16
"""Room for the value of a bar that ends on the lowest tick."""


@dataclass(frozen=True, slots=True)
class Fall:
    """One bar: a change, or with ``whole`` a level that stands on the ground."""

    label: str
    value: float
    whole: bool = False


class Waterfall(Chart):
    """Inflows in c1, outflows in c2, levels in grey; each with a sign and its value."""

    def __init__(
        self, title: str, falls: Sequence[Fall] = (), *, fmt: Format = plain, height: int = 260
    ) -> None:
        self._falls = tuple(falls)
        self._fmt = fmt
        super().__init__(title, height=height)
        self.describe()

    def set_falls(self, falls: Sequence[Fall]) -> None:
        """Show other bars."""
        self._falls = tuple(falls)
        self.describe()

    @override
    def table(self) -> list[Row]:
        return [["", self._title], *([fall.label, self._word(fall)] for fall in self._falls)]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        spans = self._spans()
        scale = ticks(min(min(s) for s in spans), max(max(s) for s in spans))
        left = max(text_width(self._fmt(tick)) for tick in scale) + px(14)
        step = (box.width() - left - px(8)) / len(self._falls)
        names = [in_lines(fall.label, step - px(6)) for fall in self._falls]
        foot = px(_FOOT + _LINE * (max(map(len, names)) - 2) + _BELOW)
        body = box.adjusted(left, px(18), -px(8), -foot)
        low, high = scale[0], scale[-1]

        def y(value: float) -> float:
            return body.bottom() - (value - low) / ((high - low) or 1.0) * body.height()

        for tick in scale:
            tone = "borderStrong" if tick == 0 else "border"
            painter.setPen(QPen(theme.current().color(tone), 1))
            painter.drawLine(QPointF(body.left(), y(tick)), QPointF(body.right(), y(tick)))
            write(painter, body.left() - px(8), y(tick), self._fmt(tick), "text3", "r")
        for at, (fall, (start, end)) in enumerate(zip(self._falls, spans, strict=True)):
            middle = body.left() + step * (at + 0.5)
            half = min(step * _BAR_SHARE / 2, px(42))
            bar = QRectF(middle - half, y(max(start, end)), 2 * half, abs(y(start) - y(end)))
            self._draw_bar(painter, fall, bar, y(end), middle)
            if at + 1 < len(self._falls):
                self._draw_link(painter, middle + half, middle + step - half, y(end))
            for line, label in enumerate(names[at]):
                place = body.bottom() + px(15 + _BELOW + line * _LINE)
                write(painter, middle, place, label, "text2", "c")

    def _draw_bar(
        self, painter: QPainter, fall: Fall, bar: QRectF, end: float, middle: float
    ) -> None:
        tone = "c6" if fall.whole else "c1" if fall.value >= 0 else "c2"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(tone))
        painter.drawRect(bar.adjusted(0, 0, 0, 1 if bar.height() < 1 else 0))
        above = fall.value >= 0
        height = theme.current().px(10)
        role = "strong" if fall.whole else "caption"
        place = end - height if above else end + height
        word = self._word(fall)
        if text_width(word, role) > bar.width() / _BAR_SHARE:
            word = self._word(replace(fall, value=float(round(fall.value))))
        write(painter, middle, place, word, "text", "c", role)

    @staticmethod
    def _draw_link(painter: QPainter, left: float, right: float, y: float) -> None:
        painter.setPen(QPen(theme.current().color("text3"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _spans(self) -> list[tuple[float, float]]:
        """Return where each bar begins and ends; a level begins on the ground."""
        ends = list(accumulate(self._falls, _after, initial=0.0))[1:]
        starts = [0.0, *ends[:-1]]
        return [
            (0.0 if fall.whole else start, end)
            for fall, start, end in zip(self._falls, starts, ends, strict=True)
        ]

    def _word(self, fall: Fall) -> str:
        text = self._fmt(fall.value)
        return text if fall.whole or fall.value < 0 else f"+{text}"


def _after(level: float, fall: Fall) -> float:
    return fall.value if fall.whole else level + fall.value
