# SPDX-License-Identifier: MIT
"""The charts of a report as our own charts draw them, for both previews."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from workbench.domain.report.model import Chart as ChartBlock
from workbench.domain.report.model import ChartKind, Table
from workbench.ui.look import icons, theme
from workbench.ui.pages.report.html import cell_text
from workbench.ui.widgets.charts.bars import Bar, Group, GroupedBars, HBar, Part, StackedBar
from workbench.ui.widgets.charts.chart import Chart
from workbench.ui.widgets.charts.lines import Line, Lines
from workbench.ui.widgets.charts.radar import Radar, RadarSeries
from workbench.ui.widgets.charts.stacked import StackedRows

_CHART_HEIGHT, _LEAST_CHART = 300, 120
_PIXELS_PER_POINT, _PAPER_RATIO = 1.45, 2.0
"""So that the letters of our charts are as high on paper as those of the native ones."""


def chart_picture(block: ChartBlock, table: Table | None, width: int) -> QImage:
    """Return a report's chart as our own charts draw it; empty without its table."""
    widget = _widget(block, table) if table is not None else None
    if widget is None:
        return QImage()
    size = QSize(width, max(widget.minimumHeight(), theme.current().px(_LEAST_CHART)))
    return widget.picture(size, icons.device_ratio()).toImage()


def paper_picture(block: ChartBlock, table: Table, width: float, height: float) -> QImage:
    """Return a chart for a box on paper (points), in light colours whatever the theme is."""
    with theme.current().on_paper():
        widget = _widget(block, table)
        across = round(width * _PIXELS_PER_POINT)
        down = max(round(height * _PIXELS_PER_POINT), widget.minimumHeight())
        return widget.picture(QSize(across, down), _PAPER_RATIO).toImage()


def _widget(block: ChartBlock, table: Table) -> Chart:
    names = [cell_text(cell) for cell in table.cells(block.categories)]
    titles = [table.columns[table.place(key)].title for key in block.series]
    series = [_numbers(table, key) for key in block.series]
    if block.kind is ChartKind.RADAR:
        shapes = [RadarSeries(title, values) for title, values in zip(titles, series, strict=True)]
        top = block.maximum or max((v for row in series for v in row if v), default=1.0)
        return Radar(block.title, names, shapes, top=top, gap_note=False, height=_CHART_HEIGHT)
    if block.kind is ChartKind.PIE:
        parts = [Part(n, v) for n, v in zip(names, series[0], strict=True) if v is not None]
        return StackedBar(block.title, parts)
    if block.kind is ChartKind.LINE:
        shown = [Line(title, values) for title, values in zip(titles, series, strict=True)]
        return Lines(block.title, names, shown, height=_CHART_HEIGHT)
    if len(series) == 1 and block.kind is not ChartKind.STACKED:
        bars = [Bar(name, value) for name, value in zip(names, series[0], strict=True)]
        return HBar(block.title, bars, maximum=block.maximum)
    groups = [Group(name, [row[place] for row in series]) for place, name in enumerate(names)]
    if block.kind is ChartKind.STACKED:
        return StackedRows(block.title, titles, groups)
    return GroupedBars(block.title, titles, groups, maximum=block.maximum)


def _numbers(table: Table, key: str) -> Sequence[float | None]:
    return [None if cell.number is None else float(cell.number) for cell in table.cells(key)]
