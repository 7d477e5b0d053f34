# SPDX-License-Identifier: MIT
"""Horizontal bars of parts that add up, one per row, as the stacked charts of a report."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, qGray

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.charts.bars import LABEL_SHARE, LEGEND, Group, SeriesRows, draw_legend
from workbench.ui.widgets.charts.chart import (
    SERIES_TONES,
    Format,
    cut,
    hatch,
    plain,
    text_width,
    write,
)

_ROW = 30
_INKS = ("surface", "text")


class StackedRows(SeriesRows):
    """One bar per row, its parts one after another; what is unknown is hatched at its end.

    Parts below zero lie left of the line at zero. The sum of the known parts stands beside.
    """

    def __init__(
        self,
        title: str,
        series: Sequence[str],
        groups: Sequence[Group],
        *,
        fmt: Format = plain,
    ) -> None:
        super().__init__(title, series, groups, row=_ROW, fmt=fmt)

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        draw_legend(painter, box.left(), box.top() + px(9), self._series)
        body = box.adjusted(0, px(LEGEND - 4), 0, 0)
        label = min(
            max(text_width(g.label) for g in self._groups) + px(12), box.width() * LABEL_SHARE
        )
        beside = max(text_width(self._sum(g)) for g in self._groups) + px(20)
        room = max(box.width() - label - beside, px(20))
        least = min(_below(g) for g in self._groups)
        whole = max(max(_above(g) for g in self._groups) - least, 0.0) or 1.0
        zero, scale = label - least / whole * room, room / whole
        height = min(float(px(_ROW)), body.height() / len(self._groups))
        for number, group in enumerate(self._groups):
            top = body.top() + height * number + px(4)
            bar = QRectF(zero, top, 0, height - px(8))
            name = cut(group.label, label - px(8))
            write(painter, label - px(8), bar.center().y(), name, "text", "r")
            self._parts(painter, group, bar, scale)

    def _parts(self, painter: QPainter, group: Group, bar: QRectF, scale: float) -> None:
        """Draw the parts of one row, and beside them their sum."""
        px = theme.current().px
        left = right = bar.left()
        for at, value in enumerate(group.values):
            length = abs(value or 0.0) * scale
            start = right if (value or 0.0) >= 0 else left - length
            piece = QRectF(start, bar.top(), max(length - 1, 0.0), bar.height())
            if length:
                tone = SERIES_TONES[at % len(SERIES_TONES)]
                painter.fillRect(piece, theme.current().color(tone))
                self._value(painter, piece, self._word(value), tone)
            left, right = min(left, start), max(right, start + length)
        if any(value is None for value in group.values):
            stub = QRectF(right, bar.top(), px(12), bar.height())
            painter.save()
            hatch(painter, stub)
            painter.restore()
            right = stub.right()
        painter.setPen(Qt.PenStyle.NoPen)
        write(painter, right + px(8), bar.center().y(), self._sum(group))

    def _value(self, painter: QPainter, piece: QRectF, words: str, tone: str) -> None:
        """Write a value on its part where it has room."""
        if text_width(words) + theme.current().px(6) > piece.width():
            return
        ground = qGray(theme.current().color(tone).rgb())
        ink = max(_INKS, key=lambda name: abs(qGray(theme.current().color(name).rgb()) - ground))
        write(painter, piece.center().x(), piece.center().y(), words, ink, "c")

    def _sum(self, group: Group) -> str:
        known = [value for value in group.values if value is not None]
        if not known:
            return t("ui.no_value")
        total = self._fmt(math.fsum(known))
        return total if len(known) == len(group.values) else f"{total} + {t('ui.no_value')}"


def _above(group: Group) -> float:
    return math.fsum(value for value in group.values if value is not None and value > 0)


def _below(group: Group) -> float:
    return math.fsum(value for value in group.values if value is not None and value < 0)
