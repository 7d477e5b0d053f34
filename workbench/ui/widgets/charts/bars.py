# SPDX-License-Identifier: MIT
"""Horizontal bars: one per row, several per row, or one row split into parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.charts.chart import (
    SERIES_TONES,
    Chart,
    Format,
    Row,
    cut,
    hatch,
    plain,
    text_width,
    write,
)

_ROW = 30
_BAR = 14
LABEL_SHARE = 0.38
LEGEND = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One row; None is unknown and hatched. ``tone`` is a colour token such as c2."""

    label: str
    value: float | None
    tone: str = "c1"
    note: str = ""


class HBar(Chart):
    """One bar per row with its value beside it."""

    def __init__(
        self, title: str, rows: Sequence[Bar], *, fmt: Format = plain, maximum: float | None = None
    ) -> None:
        self._rows = list(rows)
        self._fmt = fmt
        self._maximum = maximum
        super().__init__(title, height=max(len(rows), 1) * _ROW + 8)
        self.describe()

    def set_rows(self, rows: Sequence[Bar]) -> None:
        """Show other rows."""
        self._rows = list(rows)
        self._height = max(len(rows), 1) * _ROW + 8
        self._fit()
        self.describe()

    @override
    def table(self) -> list[Row]:
        head = ["", self._title]
        return [head, *([row.label, self._word(row), row.note] for row in self._rows)]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        known = [row.value for row in self._rows if row.value is not None]
        top_value = self._maximum or max([*known, 0.0]) or 1.0
        widest = max(text_width(row.label) for row in self._rows) + px(12)
        label = min(widest, box.width() * LABEL_SHARE)
        beside = max(text_width(self._word(row)) for row in self._rows) + px(12)
        room = max(box.width() - label - beside, px(20))
        height = min(float(px(_ROW)), box.height() / len(self._rows))
        for number, row in enumerate(self._rows):
            middle = box.top() + height * (number + 0.5)
            write(painter, label - px(8), middle, cut(row.label, label - px(8)), "text", "r")
            self._draw_bar(painter, row, QRectF(label, middle - px(7), room, px(_BAR)), top_value)

    def _draw_bar(self, painter: QPainter, row: Bar, track: QRectF, top_value: float) -> None:
        """Draw one bar and its value."""
        px = theme.current().px
        if row.value is None:
            stub = QRectF(track.left(), track.top(), min(px(48), track.width()), track.height())
            hatch(painter, stub)
            write(painter, stub.right() + px(8), track.center().y(), self._word(row), "text3")
            return
        length = track.width() * min(max(row.value, 0.0) / top_value, 1.0)
        length = max(length, 2.0) if row.value else 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(row.tone))
        painter.drawRect(QRectF(track.left(), track.top(), length, track.height()))
        write(painter, track.left() + length + px(8), track.center().y(), self._word(row))

    def _word(self, row: Bar) -> str:
        value = t("ui.no_value") if row.value is None else self._fmt(row.value)
        return f"{value} {row.note}".strip()


@dataclass(frozen=True, slots=True)
class Group:
    """One row of several bars, in the order of the chart's series."""

    label: str
    values: Sequence[float | None]


class SeriesRows(Chart):
    """Rows of several series: what those beside each other and those that add up share."""

    def __init__(
        self,
        title: str,
        series: Sequence[str],
        groups: Sequence[Group],
        *,
        row: int,
        fmt: Format = plain,
    ) -> None:
        self._series = tuple(series)
        self._groups = list(groups)
        self._row = row
        self._fmt = fmt
        super().__init__(title, height=self._wanted_height())
        self.describe()

    @override
    def table(self) -> list[Row]:
        rows = ([g.label, *(self._word(v) for v in g.values)] for g in self._groups)
        return [["", *self._series], *rows]

    def _word(self, value: float | None) -> str:
        return t("ui.no_value") if value is None else self._fmt(value)

    def _wanted_height(self) -> int:
        return max(len(self._groups), 1) * self._row + LEGEND


class GroupedBars(SeriesRows):
    """Bars of several series per row, such as similarity beside coverage; with a legend."""

    def __init__(
        self,
        title: str,
        series: Sequence[str],
        groups: Sequence[Group],
        *,
        fmt: Format = plain,
        maximum: float | None = None,
    ) -> None:
        self._maximum = maximum
        super().__init__(title, series, groups, row=16 * len(series) + 10, fmt=fmt)

    def set_groups(self, groups: Sequence[Group]) -> None:
        """Show other rows."""
        self._groups = list(groups)
        self._height = self._wanted_height()
        self._fit()
        self.describe()

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        draw_legend(painter, box.left(), box.top() + px(9), self._series)
        body = box.adjusted(0, px(24), 0, 0)
        known = [v for g in self._groups for v in g.values if v is not None]
        top_value = self._maximum or max([*known, 0.0]) or 1.0
        widest = max(text_width(g.label) for g in self._groups) + px(12)
        label = min(widest, box.width() * LABEL_SHARE)
        words = [self._word(v) for g in self._groups for v in g.values]
        room = max(box.width() - label - max(map(text_width, words)) - px(12), px(20))
        height = min(float(px(self._row)), body.height() / len(self._groups))
        bar = (height - px(8)) / len(self._series)
        for number, group in enumerate(self._groups):
            top = body.top() + height * number + px(2)
            middle = top + bar * len(self._series) / 2
            write(painter, label - px(8), middle, cut(group.label, label - px(8)), "text", "r")
            for at, value in enumerate(group.values):
                track = QRectF(label, top + bar * at + 1, room, bar - 2)
                self._draw_bar(painter, value, track, top_value, SERIES_TONES[at])

    def _draw_bar(
        self, painter: QPainter, value: float | None, track: QRectF, top: float, tone: str
    ) -> None:
        px = theme.current().px
        if value is None:
            stub = QRectF(track.left(), track.top(), px(48), track.height())
            hatch(painter, stub)
            write(painter, stub.right() + px(8), track.center().y(), self._word(None), "text3")
            return
        length = track.width() * min(max(value, 0.0) / top, 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color(tone))
        painter.drawRect(QRectF(track.left(), track.top(), length, track.height()))
        write(painter, track.left() + length + px(8), track.center().y(), self._word(value))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a stacked bar."""

    label: str
    value: float
    tone: str = ""


class StackedBar(Chart):
    """One whole split into parts, each named with value and share; ``unknown`` is hatched."""

    def __init__(
        self, title: str, parts: Sequence[Part], *, fmt: Format = plain, unknown: float = 0.0
    ) -> None:
        self._parts = list(parts)
        self._fmt = fmt
        self._unknown = unknown
        super().__init__(title, height=40 + 22 * max(len(parts) + bool(unknown), 1))
        self.describe()

    @override
    def has_data(self) -> bool:
        return self._whole() > 0

    @override
    def table(self) -> list[Row]:
        whole = self._whole() or 1.0
        rows = [
            [part.label, self._fmt(part.value), f"{part.value / whole:.1%}"] for part in self._parts
        ]
        if self._unknown:
            share = f"{self._unknown / whole:.1%}"
            rows.append([t("ui.no_value"), self._fmt(self._unknown), share])
        return [["", self._title, "%"], *rows]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        whole, left = self._whole(), box.left()
        bar = QRectF(box.left(), box.top() + px(4), box.width(), px(20))
        y = bar.bottom() + px(20)
        for number, row in enumerate(self.table()[1:]):
            value = self._parts[number].value if number < len(self._parts) else self._unknown
            piece = QRectF(left, bar.top(), max(box.width() * value / whole - 1, 0.0), bar.height())
            swatch = QRectF(box.left(), y - px(5), px(10), px(10))
            if number < len(self._parts):
                tone = self._parts[number].tone or SERIES_TONES[number % len(SERIES_TONES)]
                painter.fillRect(piece, theme.current().color(tone))
                painter.fillRect(swatch, theme.current().color(tone))
            else:
                hatch(painter, piece)
                hatch(painter, swatch)
            left += box.width() * value / whole
            words = cut(row[0], box.width() * 0.5)
            write(painter, swatch.right() + px(8), y, words, "text")
            write(painter, box.right(), y, f"{row[1]}　{row[2]}", "text2", "r")
            y += px(22)

    def _whole(self) -> float:
        return sum(part.value for part in self._parts) + self._unknown


def draw_legend(painter: QPainter, x: float, y: float, series: Sequence[str]) -> None:
    """Name the series in one row."""
    px = theme.current().px
    for number, name in enumerate(series):
        ink = theme.current().color(SERIES_TONES[number])
        painter.fillRect(QRectF(x, y - px(5), px(10), px(10)), ink)
        x += px(16)
        x += write(painter, x, y, name) + px(16)
