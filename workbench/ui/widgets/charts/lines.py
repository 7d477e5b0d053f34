# SPDX-License-Identifier: MIT
"""Lines over time with direct labels instead of a legend."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.charts.chart import (
    DASHES,
    SERIES_TONES,
    Chart,
    Format,
    Row,
    in_lines,
    plain,
    text_width,
    ticks,
    write,
)

_MOST_LINES = 3
_BOLD_ROOM = 0.92
"""Labels are broken where plain letters fit; the first one's are bold and a little wider."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series; None is unknown and leaves a gap."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Reference:
    """A horizontal line to compare with, such as a market figure."""

    name: str
    value: float


@dataclass(slots=True)
class _Label:
    y: float
    text: str
    tone: str
    role: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line between two places of the x axis, such as where things stand today."""

    name: str
    at: float


class Lines(Chart):
    """Lines with a marker and the value at their last known point."""

    def __init__(
        self,
        title: str,
        xs: Sequence[str],
        lines: Sequence[Line],
        *,
        references: Sequence[Reference] = (),
        mark: Mark | None = None,
        fmt: Format = plain,
        height: int = 220,
    ) -> None:
        self._xs, self._lines, self._references = tuple(xs), tuple(lines), tuple(references)
        self._mark = mark
        self._fmt = fmt
        super().__init__(title, height=height)
        self.describe()

    def set_lines(
        self,
        xs: Sequence[str],
        lines: Sequence[Line],
        references: Sequence[Reference] = (),
        mark: Mark | None = None,
    ) -> None:
        """Show other lines."""
        self._xs, self._lines, self._references = tuple(xs), tuple(lines), tuple(references)
        self._mark = mark
        self.describe()

    @override
    def has_data(self) -> bool:
        return any(value is not None for line in self._lines for value in line.values)

    @override
    def table(self) -> list[Row]:
        head = ["", *(line.name for line in self._lines)]
        rows = [
            [x, *("" if (v := line.values[at]) is None else self._fmt(v) for line in self._lines)]
            for at, x in enumerate(self._xs)
        ]
        references = [
            [reference.name, self._fmt(reference.value)] for reference in self._references
        ]
        mark = [[self._mark.name]] if self._mark else []
        return [head, *rows, *references, *mark]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        known = [v for line in self._lines for v in line.values if v is not None]
        known += [reference.value for reference in self._references]
        scale = ticks(min(known), max(known))
        names = [self._end_label(line) for line in self._lines]
        names += [f"{r.name} {self._fmt(r.value)}" for r in self._references]
        widest = max(text_width(name, "captionStrong") for name in names)
        right = min(widest + px(16), box.width() * 0.45)
        left = max(text_width(self._fmt(tick)) for tick in scale) + px(14)
        self._body = box.adjusted(left, px(10), -right, -px(24))
        self._low, self._high = scale[0], scale[-1]
        self._draw_grid(painter, scale)
        if self._mark:
            self._draw_mark(painter, self._mark)
        labels = [self._draw_reference(painter, r) for r in self._references]
        drawn = [self._draw_line(painter, at, line) for at, line in enumerate(self._lines)]
        labels += [label for label in drawn if label is not None]
        self._draw_labels(painter, labels)

    def _draw_mark(self, painter: QPainter, mark: Mark) -> None:
        """Draw an upright line with its name at the top, on the side that has room."""
        px = theme.current().px
        x = round(self._x(mark.at)) + 0.5
        painter.setPen(QPen(theme.current().color("text3"), 1))
        painter.drawLine(QPointF(x, self._body.top()), QPointF(x, self._body.bottom()))
        left = mark.at > (len(self._xs) - 1) / 2
        side = "r" if left else "l"
        write(painter, x - px(6) if left else x + px(6), self._body.top() + px(6), mark.name,
              "text2", side)  # fmt: skip

    def _x(self, at: float) -> float:
        return self._body.left() + self._body.width() * at / max(len(self._xs) - 1, 1)

    def _y(self, value: float) -> float:
        share = (value - self._low) / ((self._high - self._low) or 1.0)
        return self._body.bottom() - self._body.height() * share

    def _draw_grid(self, painter: QPainter, scale: Sequence[float]) -> None:
        """Draw the scale and as many names below as fit."""
        px = theme.current().px
        for tick in scale:
            painter.setPen(QPen(theme.current().color("cgrid"), 1))
            y = round(self._y(tick)) + 0.5
            painter.drawLine(QPointF(self._body.left(), y), QPointF(self._body.right(), y))
            write(painter, self._body.left() - px(8), y, self._fmt(tick), "text3", "r")
        widest = max((text_width(x) for x in self._xs), default=1.0) + px(12)
        every = max(1, round(widest * len(self._xs) / max(self._body.width(), 1.0) + 0.5))
        last = len(self._xs) - 1
        for at, x in enumerate(self._xs):
            if (last - at) % every == 0:
                write(painter, self._x(at), self._body.bottom() + px(14), x, "text3", "c")

    def _draw_reference(self, painter: QPainter, reference: Reference) -> _Label:
        """Draw a dashed line; return its label."""
        pen = QPen(theme.current().color("c6"), 1.2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        y = self._y(reference.value)
        painter.drawLine(QPointF(self._body.left(), y), QPointF(self._body.right(), y))
        words = f"{reference.name} {self._fmt(reference.value)}" if reference.name else ""
        return _Label(y, words, "text2", "caption")

    def _draw_line(self, painter: QPainter, number: int, line: Line) -> _Label | None:
        """Draw one series with gaps; return the label of its last known point."""
        look = theme.current()
        tone = SERIES_TONES[number % len(SERIES_TONES)]
        path, pen_down, last = QPainterPath(), False, -1
        for at, value in enumerate(line.values):
            if value is None:
                pen_down = False
                continue
            point = QPointF(self._x(at), self._y(value))
            if pen_down:
                path.lineTo(point)
            else:
                path.moveTo(point)
            pen_down, last = True, at
        if last < 0:
            return None
        pen = QPen(look.color(tone), 2.2 if number == 0 else 1.6)
        dash = DASHES[number % len(DASHES)]
        if dash:
            pen.setDashPattern(list(dash))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        value = line.values[last] or 0.0
        painter.setPen(QPen(look.color("surface"), 2))
        painter.setBrush(look.color(tone))
        painter.drawEllipse(QPointF(self._x(last), self._y(value)), 4.5, 4.5)
        role = "captionStrong" if number == 0 else "caption"
        return _Label(self._y(value), self._end_label(line), tone, role)

    def _draw_labels(self, painter: QPainter, labels: list[_Label]) -> None:
        """Write the labels right of the lines, moved apart where they would touch."""
        px = theme.current().px
        left, step = self._body.right() + px(10), px(17)
        room = (self.width() - left) * _BOLD_ROOM
        labels.sort(key=_label_place)
        free = -math.inf
        for label in labels:
            y = max(label.y, free)
            for line in in_lines(label.text, room, _MOST_LINES):
                write(painter, left, y, line, label.tone, "l", label.role)
                y += step
            free = y

    def _end_label(self, line: Line) -> str:
        """Return a series' name with its last known value."""
        known = [value for value in line.values if value is not None]
        return f"{line.name} {self._fmt(known[-1])}" if known else line.name


def _label_place(label: _Label) -> float:
    """Return where a label wants to stand."""
    return label.y
