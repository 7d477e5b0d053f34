# SPDX-License-Identifier: MIT
"""The radar: one asset against a few cases on a handful of axes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.charts.chart import (
    DASHES,
    SERIES_TONES,
    Chart,
    Format,
    Row,
    plain,
    write,
)

_LEGEND_LINE = 20
_BESIDE = 16


@dataclass(frozen=True, slots=True)
class RadarSeries:
    """One polygon; None is unknown: no marker there, and the line has a gap."""

    name: str
    values: Sequence[float | None]


class Radar(Chart):
    """Polygons over named axes; the first series is filled, the others differ by dash and marker.

    ``top`` is the value at the rim; an axis names the value of the series ``noted``, with
    ``gap_note`` also its gap to the best other series.
    """

    def __init__(
        self,
        title: str,
        axes: Sequence[str],
        series: Sequence[RadarSeries],
        *,
        top: float = 5.0,
        rings: int = 5,
        fmt: Format = plain,
        gap_note: bool = True,
        noted: int = 0,
        height: int = 380,
    ) -> None:
        self._axes = tuple(axes)
        self._series = tuple(series)
        self._top = top
        self._rings = rings
        self._fmt = fmt
        self._gap_note = gap_note
        self._noted = noted
        super().__init__(title, height=height)
        self.setMinimumWidth(theme.current().px(360))
        self.describe()

    def set_series(self, axes: Sequence[str], series: Sequence[RadarSeries]) -> None:
        """Show other polygons."""
        self._axes, self._series = tuple(axes), tuple(series)
        self.describe()

    @override
    def table(self) -> list[Row]:
        head = ["", *(series.name for series in self._series)]
        rows = [
            [axis, *(self._word(series.values[at]) for series in self._series)]
            for at, axis in enumerate(self._axes)
        ]
        return [head, *rows] if self._series else [head]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        self._legend = self._legend_lines(box.width())
        body = box.adjusted(0, 0, 0, -px(4) - px(_LEGEND_LINE) * len(self._legend))
        beside = 2 * (self._widest_name() + px(_BESIDE))
        self._radius = max(min(body.width() - beside, body.height() - px(84)) / 2, px(40))
        self._centre = QPointF(body.center().x(), body.center().y() + 2)
        self._draw_web(painter)
        for number in range(len(self._series) - 1, -1, -1):
            self._draw_series(painter, number)
        for number, axis in enumerate(self._axes):
            self._draw_axis_name(painter, number, axis)
        self._draw_legend(painter, box)

    def _widest_name(self) -> float:
        metrics = theme.current().metrics("strong")
        return max((metrics.horizontalAdvance(name) for name in self._axes), default=0.0)

    def _point(self, axis: int, share: float) -> QPointF:
        """Return a point on an axis, 0 in the middle and 1 at the rim."""
        angle = 2 * math.pi * axis / len(self._axes)
        reach = self._radius * share
        return self._centre + QPointF(reach * math.sin(angle), -reach * math.cos(angle))

    def _draw_web(self, painter: QPainter) -> None:
        """Draw rings, axes and the scale."""
        look = theme.current()
        count = len(self._axes)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in range(1, self._rings + 1):
            tone = "borderStrong" if ring == self._rings else "cgrid"
            painter.setPen(QPen(look.color(tone), 1))
            share = ring / self._rings
            painter.drawPolygon(QPolygonF([self._point(at, share) for at in range(count)]))
        painter.setPen(QPen(look.color("cgrid"), 1))
        for at in range(count):
            painter.drawLine(self._centre, self._point(at, 1.0))
        for ring in range(1, self._rings + 1):
            share = ring / self._rings
            spot = (self._point(0, share) + self._point(count - 1, share)) / 2
            value = self._fmt(self._top * share)
            write(painter, spot.x() - look.px(4), spot.y(), value, "text3", "r", "micro")

    def _draw_series(self, painter: QPainter, number: int) -> None:
        """Draw one polygon; with unknown values it stays open."""
        look = theme.current()
        tone = SERIES_TONES[number % len(SERIES_TONES)]
        values = self._series[number].values
        points = [
            None if value is None else self._point(at, min(max(value / self._top, 0.0), 1.0))
            for at, value in enumerate(values)
        ]
        pen = QPen(look.color(tone), 2.4 if number == 0 else 1.6)
        dash = DASHES[number % len(DASHES)]
        if dash:
            pen.setDashPattern(list(dash))
        painter.setPen(pen)
        if all(point is not None for point in points):
            fill = look.color(tone, 0.16)
            painter.setBrush(fill if number == 0 else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(QPolygonF([point for point in points if point is not None]))
        else:
            for at, point in enumerate(points):
                following = points[(at + 1) % len(points)]
                if point is not None and following is not None:
                    painter.drawLine(point, following)
        painter.setPen(QPen(look.color("surface"), 1.5))
        painter.setBrush(look.color(tone))
        for point in points:
            if point is not None:
                draw_marker(painter, point, number)

    def _draw_axis_name(self, painter: QPainter, number: int, axis: str) -> None:
        """Write an axis' name, the first series' value and its gap."""
        px = theme.current().px
        rim = self._point(number, 1.0)
        dx, dy = rim.x() - self._centre.x(), rim.y() - self._centre.y()
        align = "c" if abs(dx) < 8 else "l" if dx > 0 else "r"
        x = rim.x() + {"c": 0, "l": px(12), "r": -px(12)}[align]
        high, low = dy < -self._radius * 0.8, dy > self._radius * 0.8
        y = rim.y() + (-px(30) if high else px(16) if low else -px(8))
        write(painter, x, y, axis, "text", align, "strong")
        note, tone = self._note(number)
        write(painter, x, y + px(17), note, tone, align)

    def _note(self, number: int) -> tuple[str, str]:
        """Return the noted series' value with its gap, and the tone to write it in."""
        noted = min(self._noted, len(self._series) - 1)
        value = self._series[noted].values[number]
        word = self._word(value)
        others = [s.values[number] for at, s in enumerate(self._series) if at != noted]
        known = [other for other in others if other is not None]
        if value is None or not known or not self._gap_note:
            return word, "text3"
        gap = value - max(known)
        sign = "+" if gap > 0 else ""
        shown = t("ui.chart_gap", value=f"{sign}{self._fmt(gap)}")
        return f"{word}  {shown}", "c2" if gap < -0.3 * self._top else "text3"

    def _draw_legend(self, painter: QPainter, box: QRectF) -> None:
        """Name the series under the radar, in as many lines as it takes."""
        look = theme.current()
        px = look.px
        y = box.bottom() - px(10) - px(_LEGEND_LINE) * (len(self._legend) - 1)
        for line in self._legend:
            x = box.center().x() - sum(width for _, width in line) / 2
            for number, width in line:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.color(SERIES_TONES[number % len(SERIES_TONES)]))
                draw_marker(painter, QPointF(x + px(6), y), number)
                write(painter, x + px(16), y, self._series[number].name)
                x += width
            y += px(_LEGEND_LINE)

    def _legend_lines(self, room: float) -> list[list[tuple[int, float]]]:
        """Return the series of each line of the legend with their widths."""
        look = theme.current()
        lines: list[list[tuple[int, float]]] = [[]]
        for number, series in enumerate(self._series):
            width = look.metrics("caption").horizontalAdvance(series.name) + look.px(34)
            if lines[-1] and sum(w for _, w in lines[-1]) + width > room:
                lines.append([])
            lines[-1].append((number, width))
        return lines

    def _word(self, value: float | None) -> str:
        return "—" if value is None else self._fmt(value)


def draw_marker(painter: QPainter, at: QPointF, number: int) -> None:
    """Draw the marker of a series: circle, square, triangle, diamond."""
    x, y = at.x(), at.y()
    shape = number % 4
    if shape == 0:
        painter.drawEllipse(at, 4, 4)
    elif shape == 1:
        painter.drawRect(QRectF(x - 3.2, y - 3.2, 6.4, 6.4))
    elif shape == 2:
        corners = [QPointF(x, y - 4), QPointF(x + 4, y + 3), QPointF(x - 4, y + 3)]
        painter.drawPolygon(QPolygonF(corners))
    else:
        offsets = ((0, -4.2), (4.2, 0), (0, 4.2), (-4.2, 0))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in offsets]))
