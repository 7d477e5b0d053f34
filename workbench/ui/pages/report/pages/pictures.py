# SPDX-License-Identifier: MIT
"""Keeps the pages that were painted last as pictures, so that scrolling only moves them."""

import math
from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from workbench.domain.report.printed import PrintedPage
from workbench.ui.pages.report.pages.painter import PagePainter

_MOST_PAGES = 8
_MOST_DOTS = 5_000_000
"""Dots of a picture that is kept (20 MB); of larger pages only what is seen is painted."""


class PagePictures:
    """Paints pages of one workbook at one scale after another.

    A page of a ledger is a thousand words, and painting them takes longer than a wheel's notch.
    """

    def __init__(self, painter: PagePainter) -> None:
        self._painter = painter
        self._size = (0.0, 0.0)
        self._kept: OrderedDict[int, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, page: PrintedPage, scale: float, seen: QRectF) -> None:
        """Paint a page at the origin; ``seen`` is what of it shows, in pixels."""
        ratio = painter.device().devicePixelRatioF()
        paper = page.sheet.paper
        wide, high = (math.ceil(length * scale * ratio) for length in (paper.width, paper.height))
        if wide * high > _MOST_DOTS:
            self._paint(painter, page, scale, seen)
            return
        if self._size != (scale, ratio):
            self._kept.clear()
            self._size = (scale, ratio)
        picture = self._kept.pop(page.number, None)
        if picture is None:
            picture = QPixmap(wide, high)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.white)
            own = QPainter(picture)
            own.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            whole = QRectF(0, 0, paper.width * scale, paper.height * scale)
            self._paint(own, page, scale, whole)
            own.end()
        self._kept[page.number] = picture
        while len(self._kept) > _MOST_PAGES:
            self._kept.popitem(last=False)
        painter.drawPixmap(QPointF(0, 0), picture)

    def _paint(self, painter: QPainter, page: PrintedPage, scale: float, seen: QRectF) -> None:
        paper = page.sheet.paper
        painter.save()
        painter.scale(scale, scale)
        painter.setClipRect(QRectF(0, 0, paper.width, paper.height))
        on_paper = QRectF(
            seen.x() / scale, seen.y() / scale, seen.width() / scale, seen.height() / scale
        )
        self._painter.paint(painter, page, on_paper)
        painter.restore()
