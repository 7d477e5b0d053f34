# SPDX-License-Identifier: MIT
"""Draws the native charts of a report's workbook as a spreadsheet program does."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from workbench.domain.display import grouped
from workbench.domain.report.charting import FILLS, ChartPlan, ink_on
from workbench.domain.report.model import ChartKind
from workbench.ui.look import theme
from workbench.ui.look.theme import families
from workbench.ui.widgets.charts.chart import DASHES, ticks

_TITLE, _AXIS, _LABEL = 10.5, 9.0, 8.0
"""Sizes of letters in points."""
_PAD, _LEGEND, _SWATCH = 8.0, 16.0, 8.0
_GAP = 0.6
"""The room between two categories as a share of the bars' width."""
_WIDEST_NAMES = 0.32
_CENTRED = Qt.AlignmentFlag.AlignHCenter
_LEANING = 0.25
"""From such a cosine on a name stands beside its part of a pie, not above or below it."""
_PIE = QRectF(0.25, 0.22, 0.5, 0.62)
"""Where the pie stands, as shares of the chart."""


@dataclass
class ChartPainter:
    """Draws one plan; ``scale`` is pixels per point of the paper."""

    painter: QPainter
    plan: ChartPlan
    scale: float
    body: QRectF = field(default_factory=QRectF)
    low: float = 0.0
    high: float = 1.0

    def draw(self, box: QRectF) -> None:
        """Draw title, plot and legend into a box."""
        look = theme.current()
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.fillRect(box, look.color("surface"))
        inner = box.adjusted(*(self.scale * _PAD * way for way in (1, 1, -1, -1)))
        head = QRectF(inner.x(), inner.y(), inner.width(), self._line(_TITLE))
        self._write(self.plan.title, head, _TITLE, bold=True)
        inner.setTop(inner.top() + self._line(_TITLE) + self.scale * 4)
        if self.plan.has_legend:
            self._legend(inner)
            inner.setBottom(inner.bottom() - self.scale * _LEGEND)
        if self.plan.kind is ChartKind.PIE:
            self._pie(box)
        elif self.plan.kind is ChartKind.RADAR:
            self._radar(inner)
        else:
            self._axes_and(inner, self._lines if self.plan.kind is ChartKind.LINE else self._bars)

    def axis(self) -> Sequence[float]:
        """Return the marks of the value axis, from its least to its greatest."""
        if self.plan.is_stacked:
            stacks = list(zip(*(s.values for s in self.plan.series), strict=True))
            known = [float(sum(v for v in st if v is not None and (v > 0) is up))
                     for st in stacks for up in (True, False)]  # fmt: skip
        else:
            known = [float(v) for s in self.plan.series for v in s.values if v is not None]
        plan = self.plan
        low = min([*known, 0.0]) if plan.minimum is None else plan.minimum
        high = max([*known, 0.0]) if plan.maximum is None else plan.maximum
        marks = ticks(low, high if high > low else low + 1.0)
        if plan.maximum is not None:
            marks = [mark for mark in marks if mark <= plan.maximum + 1e-9]
        return marks

    def _axes_and(self, box: QRectF, draw: Callable[[], None]) -> None:
        """Draw the grid with its numbers and names, then what stands in it."""
        marks = self.axis()
        self.low, self.high = marks[0], marks[-1]
        numbers = [self._number(mark, self.plan.axis_decimals) for mark in marks]
        font = self._font(_AXIS)
        metrics = QFontMetricsF(font, self.painter.device())
        if self.plan.axis_title:
            box = self._axis_title(box)
        names = max((metrics.horizontalAdvance(n) for n in self.plan.categories), default=0.0)
        if self.plan.is_sideways:
            left = min(names, box.width() * _WIDEST_NAMES) + self.scale * 4
            self.body = box.adjusted(left, 0, -self.scale * 24, -self._line(_AXIS))
        else:
            widest = max(map(metrics.horizontalAdvance, numbers))
            self.body = box.adjusted(widest + self.scale * 4, self.scale * 10, 0,
                                     -self._line(_AXIS) - self.scale * 2)  # fmt: skip
        self.painter.setPen(QPen(theme.current().color("cgrid"), self.scale * 0.6))
        for mark in marks:
            self.painter.drawLine(self._at(mark, 0.0), self._at(mark, 1.0))
        for mark, number in zip(marks, numbers, strict=True):
            self._mark(mark, number, widest=self.body.left() - box.left())
        draw()
        self._names(box)

    def _mark(self, mark: float, number: str, widest: float) -> None:
        line, at = self._line(_AXIS), self._at(mark, 1.0)
        if self.plan.is_sideways:
            room = QRectF(at.x() - self.scale * 40, self.body.bottom(), self.scale * 80, line)
            self._write(number, room, _AXIS)
        else:
            place = self._at(mark, 0.0).y() - line / 2
            room = QRectF(self.body.left() - widest, place, widest - self.scale * 4, line)
            self._write(number, room, _AXIS, Qt.AlignmentFlag.AlignRight)

    def _axis_title(self, box: QRectF) -> QRectF:
        """Write the name of the value axis along it; return what room is left."""
        line = self._line(_AXIS)
        if self.plan.is_sideways:
            below = QRectF(box.x(), box.bottom() - line, box.width(), line)
            self._write(self.plan.axis_title, below, _AXIS)
            return box.adjusted(0, 0, 0, -line)
        self.painter.save()
        self.painter.translate(box.left(), box.bottom())
        self.painter.rotate(-90)
        self._write(self.plan.axis_title, QRectF(0, 0, box.height(), line), _AXIS)
        self.painter.restore()
        return box.adjusted(line, 0, 0, 0)

    def _names(self, box: QRectF) -> None:
        """Write the categories beside or below, as many as fit."""
        line, count = self._line(_AXIS), len(self.plan.categories)
        if self.plan.is_sideways:
            for at, name in enumerate(self.plan.categories):
                middle = self.body.top() + self.body.height() * (at + 0.5) / count
                room = QRectF(
                    box.left(), middle - line / 2, self.body.left() - box.left() - 4, line
                )
                self._write(name, room, _AXIS, Qt.AlignmentFlag.AlignRight)
            return
        metrics = QFontMetricsF(self._font(_AXIS), self.painter.device())
        widest = max(map(metrics.horizontalAdvance, self.plan.categories), default=0.0)
        step = self.body.width() / max(count, 1)
        every = max(1, math.ceil(min(widest, self.scale * 90) / max(step, 1.0)))
        for at, name in enumerate(self.plan.categories):
            if at % every == 0:
                middle = self.body.left() + step * (at + 0.5)
                room = QRectF(middle - step * every / 2, self.body.bottom() + self.scale * 2,
                              step * every, line)  # fmt: skip
                self._write(name, room, _AXIS)

    def _at(self, value: float, across: float) -> QPointF:
        """Return the point of a value on its axis and of a share of the other axis."""
        span = (self.high - self.low) or 1.0
        share = (min(max(value, self.low), self.high) - self.low) / span
        if self.plan.is_sideways:
            y = self.body.top() + self.body.height() * across
            return QPointF(self.body.left() + self.body.width() * share, y)
        x = self.body.left() + self.body.width() * across
        return QPointF(x, self.body.bottom() - self.body.height() * share)

    def bars(self) -> Iterator[tuple[int, int, float, float, float, float]]:
        """Yield series, category, from and to on the value axis, from and to as shares across."""
        plan, count = self.plan, len(self.plan.categories)
        beside = 1 if plan.is_overlapped else len(plan.series)
        gap = 0.0 if plan.kind is ChartKind.HISTOGRAM else _GAP
        width = 1.0 / count / (beside + gap) if count else 0.0
        for at in range(count):
            ends = {True: 0.0, False: 0.0}
            for number, series in enumerate(plan.series):
                known = series.values[at]
                if known is None:
                    continue
                value = float(known)
                start = ends[value >= 0] if plan.is_stacked else 0.0
                ends[value >= 0] = start + value
                place = 0 if plan.is_overlapped else number
                left = at / count + width * (gap / 2 + place)
                yield number, at, start, start + value, left, left + width

    def _bars(self) -> None:
        for number, at, start, end, left, right in self.bars():
            series = self.plan.series[number]
            box = QRectF(self._at(start, left), self._at(end, right)).normalized()
            self.painter.setBrush(QColor(f"#{series.color}"))
            outlined = self.plan.is_stacked
            self.painter.setPen(QPen(theme.current().color("text"), self.scale * 0.5)
                                if outlined else Qt.PenStyle.NoPen)  # fmt: skip
            self.painter.drawRect(box)
            value = series.values[at] or Decimal(0)
            if self.plan.is_labelled and (not outlined or abs(value) >= self.plan.least):
                self._label(box, value, series.color, series.signs[at])

    def _label(self, box: QRectF, value: Decimal, color: str, sign: str) -> None:
        """Write a value with its sign on its part, or at the outer end of its bar."""
        words = sign + self._number(float(value), self.plan.decimals)
        line = self._line(_LABEL)
        wide = self.scale * 60
        room = QRectF(box.center().x() - wide / 2, box.center().y() - line / 2, wide, line)
        if self.plan.is_stacked:
            self._write(words, room, _LABEL, ink=f"#{ink_on(color)}")
        elif self.plan.is_sideways:
            left = value < 0
            room.moveLeft(
                box.left() - wide - self.scale * 2 if left else box.right() + self.scale * 2
            )
            side = Qt.AlignmentFlag.AlignRight if left else Qt.AlignmentFlag.AlignLeft
            self._write(words, room, _LABEL, side)
        else:
            room.moveTop(box.bottom() if value < 0 else box.top() - line)
            self._write(words, room, _LABEL)

    def _lines(self) -> None:
        count = max(len(self.plan.categories), 1)
        for number, series in enumerate(self.plan.series):
            self.painter.setPen(self._pen(number))
            run: list[QPointF] = []
            for at, value in enumerate((*series.values, None)):
                if value is not None:
                    run.append(self._at(float(value), (at + 0.5) / count))
                    continue
                self.painter.drawPolyline(QPolygonF(run))
                run = []

    def _radar(self, box: QRectF) -> None:
        marks, count = self.axis(), max(len(self.plan.categories), 1)
        self.low, self.high = marks[0], marks[-1]
        radius = min(box.width(), box.height()) / 2 - self._line(_LABEL)
        middle = box.center()

        def point(at: int, share: float) -> QPointF:
            angle = 2 * math.pi * at / count
            return middle + QPointF(math.sin(angle), -math.cos(angle)) * radius * share

        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(theme.current().color("cgrid"), self.scale * 0.6))
        for mark in marks[1:]:
            ring = [point(at, mark / (self.high or 1.0)) for at in range(count)]
            self.painter.drawPolygon(QPolygonF(ring))
        for at in range(count):
            self.painter.drawLine(middle, point(at, 1.0))
        for number, series in enumerate(self.plan.series):
            self.painter.setPen(self._pen(number))
            shares = [float(v or 0) / (self.high or 1.0) for v in series.values]
            self.painter.drawPolygon(QPolygonF([point(at, s) for at, s in enumerate(shares)]))
        line, wide = self._line(_LABEL), self.scale * 90
        for at, name in enumerate(self.plan.categories):
            place = point(at, 1.0 + line * 0.7 / max(radius, 1.0))
            shift = math.sin(2 * math.pi * at / count)
            room = QRectF(place.x() - wide / 2 + shift * wide / 2, place.y() - line / 2, wide, line)
            self._write(name, room, _LABEL)

    def _pie(self, box: QRectF) -> None:
        values = [float(v or 0) for v in self.plan.series[0].values]
        whole, start = sum(values) or 1.0, 90.0 - self.plan.pie_start
        place = QRectF(box.x() + box.width() * _PIE.x(), box.y() + box.height() * _PIE.y(),
                      box.width() * _PIE.width(), box.height() * _PIE.height())  # fmt: skip
        side = min(place.width(), place.height())
        pie = QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side)
        for at, value in enumerate(values):
            self.painter.setPen(QPen(theme.current().color("surface"), self.scale))
            self.painter.setBrush(QColor(f"#{FILLS[at % len(FILLS)]}"))
            turn = 360.0 * value / whole
            self.painter.drawPie(pie, round(start * 16), -round(turn * 16))
            angle = math.radians(start - turn / 2)
            start -= turn
            words = f"{self.plan.categories[at]} {value / whole:.1%}"
            wide, line, lean = self.scale * 110, self._line(_LABEL), math.cos(angle)
            way = QPointF(lean, -math.sin(angle))
            tip = pie.center() + way * (side / 2 + line * 0.8)
            sideways = abs(lean) > _LEANING
            x = tip.x() - wide / 2 + (math.copysign(wide / 2, lean) if sideways else 0.0)
            aligned = Qt.AlignmentFlag.AlignLeft if lean > 0 else Qt.AlignmentFlag.AlignRight
            room = QRectF(x, tip.y() - line / 2, wide, line)
            self._write(words, room, _LABEL, aligned if sideways else _CENTRED)

    def _legend(self, box: QRectF) -> None:
        """Name the series in one row at the bottom, in the middle."""
        metrics = QFontMetricsF(self._font(_AXIS), self.painter.device())
        step = self.scale * (_SWATCH + 16)
        widths = [metrics.horizontalAdvance(series.name) for series in self.plan.series]
        x = box.center().x() - (sum(widths) + step * len(widths)) / 2
        line, square = self._line(_AXIS), self.scale * _SWATCH
        for number, (series, width) in enumerate(zip(self.plan.series, widths, strict=True)):
            middle = box.bottom() - line / 2
            if self.plan.kind in (ChartKind.LINE, ChartKind.RADAR):
                self.painter.setPen(self._pen(number))
                self.painter.drawLine(QPointF(x, middle), QPointF(x + square, middle))
            else:
                swatch = QRectF(x, middle - square / 2, square, square)
                self.painter.fillRect(swatch, QColor(f"#{series.color}"))
            room = QRectF(x + square + self.scale * 4, middle - line / 2, width + 2, line)
            self._write(series.name, room, _AXIS, Qt.AlignmentFlag.AlignLeft)
            x += width + step

    def _pen(self, number: int) -> QPen:
        pen = QPen(QColor(f"#{self.plan.series[number].color}"), self.scale * 1.75)
        if dash := DASHES[number % len(DASHES)]:
            pen.setDashPattern(list(dash))
        return pen

    def _number(self, value: float, decimals: int) -> str:
        return grouped(Decimal(str(value)), decimals)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont()
        font.setFamilies(families())
        font.setPixelSize(max(round(size * self.scale), 1))
        font.setBold(bold)
        return font

    def _line(self, size: float) -> float:
        return size * self.scale * 1.35

    def _write(
        self, words: str, room: QRectF, size: float,
        side: Qt.AlignmentFlag = _CENTRED, *, bold: bool = False,
        ink: str = "",
    ) -> None:  # fmt: skip
        """Write one line; one that is too long ends with dots."""
        self.painter.setFont(self._font(size, bold=bold))
        self.painter.setPen(QColor(ink) if ink else theme.current().color("text"))
        metrics = QFontMetricsF(self.painter.font(), self.painter.device())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width() + 1)
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        self.painter.drawText(room, int(flags), shown)
