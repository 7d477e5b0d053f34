# SPDX-License-Identifier: MIT
"""The charts of a report as pictures for both previews, as the workbook's own charts look."""

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from workbench.domain.report.charting import ChartPlan, chart_plan
from workbench.domain.report.model import Chart as ChartBlock
from workbench.domain.report.model import Table
from workbench.ui.look import icons, theme
from workbench.ui.pages.report.chart_painter import ChartPainter

_PIXELS_PER_POINT, _PAPER_RATIO = 1.45, 2.0
_SCREEN_SCALE = 1.3
"""Pixels for a point of the workbook where a chart is read on the screen."""
_HEIGHT, _ROW, _AROUND = 230.0, 22.0, 70.0
"""Points: of an upright chart, of a lying bar, of what stands around the bars."""


def chart_picture(block: ChartBlock, table: Table | None, width: int) -> QImage:
    """Return a report's chart for the screen, in the theme's colours; empty without table."""
    if table is None:
        return QImage()
    plan = chart_plan(block, table)
    scale = _SCREEN_SCALE * theme.current().zoom
    height = _HEIGHT
    if plan.is_sideways:
        beside = 1 if plan.is_overlapped else len(plan.series)
        height = max(len(plan.categories) * beside * _ROW + _AROUND, _HEIGHT / 2)
    return _picture(plan, QSizeF(width, height * scale), scale, icons.device_ratio())


def paper_picture(block: ChartBlock, table: Table, width: float, height: float) -> QImage:
    """Return a chart for a box on paper (points), in light colours whatever the theme is."""
    size = QSizeF(width, height) * _PIXELS_PER_POINT
    with theme.current().on_paper():
        return _picture(chart_plan(block, table), size, _PIXELS_PER_POINT, _PAPER_RATIO)


def _picture(plan: ChartPlan, size: QSizeF, scale: float, ratio: float) -> QImage:
    image = QImage((size * ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    ChartPainter(painter, plan, scale).draw(QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image
