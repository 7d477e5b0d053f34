# SPDX-License-Identifier: MIT
"""The heat map: rows by columns with the value written in each cell."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.charts.chart import (
    Chart,
    Format,
    Row,
    cut,
    hatch,
    plain,
    text_width,
    write,
)

_STEPS = 6


class Heat(Chart):
    """Six steps between ``low`` and ``high``; None is unknown and hatched."""

    def __init__(
        self,
        title: str,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[float | None]],
        *,
        low: float = 0.0,
        high: float = 1.0,
        fmt: Format = plain,
    ) -> None:
        self._low, self._high, self._fmt = low, high, fmt
        self._rows, self._columns, self._values = tuple(rows), tuple(columns), tuple(values)
        super().__init__(title, height=28 + 28 * max(len(rows), 1))
        self.describe()

    def set_values(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        values: Sequence[Sequence[float | None]],
        *,
        low: float | None = None,
        high: float | None = None,
    ) -> None:
        """Show other cells, between other ends where given."""
        self._low = self._low if low is None else low
        self._high = self._high if high is None else high
        self._rows, self._columns, self._values = tuple(rows), tuple(columns), tuple(values)
        self._height = 28 + 28 * max(len(rows), 1)
        self._fit()
        self.describe()

    def set_format(self, fmt: Format) -> None:
        """Write the values in another way from the next ``set_values`` on."""
        self._fmt = fmt

    @override
    def table(self) -> list[Row]:
        rows = (
            [name, *("" if value is None else self._fmt(value) for value in line)]
            for name, line in zip(self._rows, self._values, strict=True)
        )
        return [["", *self._columns], *rows]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        px = theme.current().px
        label = min(max(map(text_width, self._rows)) + px(12), box.width() * 0.35)
        body = box.adjusted(label, px(20), -2, -2)
        width, height = body.width() / len(self._columns), body.height() / len(self._rows)
        for at, name in enumerate(self._columns):
            x = body.left() + width * (at + 0.5)
            write(painter, x, box.top() + px(9), cut(name, width), "text3", "c")
        for row, name in enumerate(self._rows):
            y = body.top() + height * (row + 0.5)
            write(painter, body.left() - px(8), y, cut(name, label - px(8)), "text", "r")
            for column, value in enumerate(self._values[row]):
                left, top = body.left() + width * column, body.top() + height * row
                self._draw_cell(painter, QRectF(left + 1, top + 1, width - 2, height - 2), value)

    def _draw_cell(self, painter: QPainter, cell: QRectF, value: float | None) -> None:
        """Fill one cell and write its value."""
        if value is None:
            hatch(painter, cell)
            return
        span = (self._high - self._low) or 1.0
        step = min(max(int((value - self._low) / span * _STEPS), 0), _STEPS - 1)
        ground, ink = theme.current().heat(step)
        painter.fillRect(cell, ground)
        painter.setFont(theme.current().font("caption"))
        painter.setPen(ink)
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, self._fmt(value))
