# SPDX-License-Identifier: MIT
"""A tornado: how far each change pulls a figure away from where it stands, the widest on top."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.charts.chart import (
    Chart,
    Format,
    Row,
    cut,
    in_lines,
    plain,
    text_width,
    write,
)

_ROW = 34
_HEAD = 26
_LABEL_SHARE = 0.34
_NEAR = 1.5
"""How far off zero may lie, in widths of all swings together, to be shown with them."""


@dataclass(frozen=True, slots=True)
class Swing:
    """One change: the figure when it goes down and when it goes up.

    A label may have a second line, which is used where both do not fit into one.
    """

    label: str
    down: float
    up: float

    @property
    def words(self) -> str:
        """Return the label as one line."""
        return self.label.replace("\n", " ")

    @property
    def span(self) -> float:
        """Return how far the figure moves."""
        return abs(self.up - self.down)


class Tornado(Chart):
    """Swings round a base; what falls below zero is hatched.

    ``words`` name the two changes, such as −30% and +30%.
    """

    def __init__(
        self,
        title: str,
        words: tuple[str, str],
        base: float = 0.0,
        swings: Sequence[Swing] = (),
        *,
        fmt: Format = plain,
    ) -> None:
        self._words = words
        self._base = base
        self._swings = _widest_first(swings)
        self._fmt = fmt
        super().__init__(title, height=_wanted(len(swings)))
        self.describe()

    def set_swings(self, base: float, swings: Sequence[Swing]) -> None:
        """Show other swings."""
        self._base = base
        self._swings = _widest_first(swings)
        self._height = _wanted(len(swings))
        self._fit()
        self.describe()

    @override
    def table(self) -> list[Row]:
        head = ["", self._words[0], self._words[1]]
        rows = [[s.words, self._fmt(s.down), self._fmt(s.up)] for s in self._swings]
        return [head, *rows]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        values = [v for s in self._swings for v in (s.down, s.up)] + [self._base]
        if with_zero := _is_near_zero(min(values), max(values)):
            values.append(0.0)
        label = min(
            max(text_width(s.words) for s in self._swings) + px(12), box.width() * _LABEL_SHARE
        )
        beside = max(text_width(self._fmt(value)) for value in values) + px(10)
        track = QRectF(
            label + beside, box.top() + px(_HEAD), box.width() - label - 2 * beside, box.height()
        )
        low, high = min(values), max(values)
        span = (high - low) or 1.0

        def x_of(value: float) -> float:
            return track.left() + track.width() * (value - low) / span

        self._draw_legend(painter, box)
        self._draw_lines(painter, box, x_of(self._base), x_of(0.0) if with_zero else None)
        height = min(float(px(_ROW)), (box.height() - px(_HEAD)) / len(self._swings))
        for at, swing in enumerate(self._swings):
            middle = track.top() + height * (at + 0.5)
            _write_label(painter, swing, label - px(8), middle)
            for value, tone in ((swing.down, "c2"), (swing.up, "c1")):
                self._draw_bar(painter, x_of(self._base), x_of(value), middle, tone, value < 0)
            self._draw_ends(painter, swing, x_of, middle)

    def _draw_legend(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        x, y = box.left(), box.top() + look.px(10)
        for word, tone in zip(self._words, ("c2", "c1"), strict=True):
            painter.fillRect(QRectF(x, y - look.px(5), look.px(10), look.px(10)), look.color(tone))
            x += look.px(14)
            x += write(painter, x, y, word) + look.px(12)
        if any(value < 0 for swing in self._swings for value in (swing.down, swing.up)):
            below = QRectF(x, y - look.px(5), look.px(10), look.px(10))
            painter.fillRect(below, look.color("c6"))
            _hatch_below(painter, below)
            write(painter, x + look.px(14), y, t("ui.chart_below_zero"))

    def _draw_lines(self, painter: QPainter, box: QRectF, base: float, zero: float | None) -> None:
        """Draw where the figure stands, and where the order turns."""
        look = theme.current()
        px = look.px
        for x, tone, dashed in ((base, "text2", False), (zero, "danger", True)):
            if x is None:
                continue
            pen = QPen(look.color(tone), 1)
            if dashed:
                pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, box.top() + px(_HEAD - 6)), QPointF(x, box.bottom()))
        write(painter, base, box.top() + px(10), self._fmt(self._base), "text", "c")
        if zero is not None and abs(base - zero) > px(48):
            write(painter, zero, box.top() + px(10), "0", "danger", "c")

    def _draw_bar(
        self, painter: QPainter, base: float, end: float, middle: float, tone: str, turned: bool
    ) -> None:
        px = theme.current().px
        bar = QRectF(min(base, end), middle - px(8), abs(end - base), px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(tone))
        painter.drawRect(bar)
        if turned:
            _hatch_below(painter, bar)

    def _draw_ends(
        self, painter: QPainter, swing: Swing, x_of: Callable[[float], float], middle: float
    ) -> None:
        px = theme.current().px
        left, right = sorted((swing.down, swing.up))
        for value, side, shift in ((left, "r", -px(5)), (right, "l", px(5))):
            outer = min(left, self._base) if side == "r" else max(right, self._base)
            tone = "danger" if value < 0 else "text2"
            words, at = self._fmt(value), x_of(outer) + shift
            width = text_width(words)
            # a number that stands on a line is read above it
            behind = QRectF(at - width * (side == "r"), middle - px(7), width, px(14))
            painter.fillRect(behind, theme.current().color("surface"))
            write(painter, at, middle, words, tone, side)


def _is_near_zero(low: float, high: float) -> bool:
    """Tell whether zero lies among the swings or so near that showing it leaves them their size."""
    return low * high <= 0 or min(abs(low), abs(high)) <= _NEAR * (high - low)


def _write_label(painter: QPainter, swing: Swing, room: float, middle: float) -> None:
    """Write a label right-aligned, in two lines where one is too long."""
    px = theme.current().px
    first, _, second = swing.label.partition("\n")
    if not second or text_width(swing.words) <= room:
        write(painter, room, middle, cut(swing.words, room), "text", "r")
        return
    lines = [first, second]
    if text_width(first) > room:
        lines = in_lines(swing.words, room, 2)
    write(painter, room, middle - px(8), lines[0], "text", "r")
    write(painter, room, middle + px(8), cut(lines[1], room), "text2", "r")


def _hatch_below(painter: QPainter, bar: QRectF) -> None:
    """Hatch what is below zero, so that its side keeps its own colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.current().color("surface"), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(bar)


def _widest_first(swings: Sequence[Swing]) -> list[Swing]:
    return sorted(swings, key=lambda swing: -swing.span)


def _wanted(rows: int) -> int:
    return max(rows, 1) * _ROW + _HEAD + 4
