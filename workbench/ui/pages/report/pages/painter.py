# SPDX-License-Identifier: MIT
"""Paints one page of a workbook as it prints: cells, lines, charts, header and footer."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from workbench.domain.report.drawn import LinePicture
from workbench.domain.report.model import Chart
from workbench.domain.report.printed import (
    PICTURE,
    Look,
    PrintedCell,
    PrintedPage,
    PrintedPicture,
    Section,
    Spot,
)
from workbench.ui.look.theme import families
from workbench.ui.look.tokens import LIGHT
from workbench.ui.pages.report.chart_pictures import paper_picture
from workbench.ui.pages.report.pages.drawn import DrawnPainter

_PADDING, _INDENT = 2.0, 7.0
_POINTS_PER_INCH = 72.0
_BOLD_FROM = 600
_LINE = 0.5
_SIDEWAYS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "centerContinuous": Qt.AlignmentFlag.AlignHCenter,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
_UPRIGHT = {
    "top": Qt.AlignmentFlag.AlignTop,
    "center": Qt.AlignmentFlag.AlignVCenter,
    "bottom": Qt.AlignmentFlag.AlignBottom,
}
Words = Mapping[str, str]


class PagePainter:
    """Paints pages; charts are drawn once and kept while the workbook is shown."""

    def __init__(self, pages: int, today: date) -> None:
        self._pages = pages
        self._today = today
        self._fonts: dict[tuple[float, bool, bool, bool, int], QFont] = {}
        self._charts: dict[tuple[str, int, int], QImage] = {}
        self._drawn = DrawnPainter()

    def paint(self, painter: QPainter, page: PrintedPage, clip: QRectF) -> None:
        """Paint a page at the origin, in points; only what touches ``clip`` is painted."""
        paper = page.sheet.paper
        painter.fillRect(QRectF(0, 0, paper.width, paper.height), QColor("white"))
        self._lines(painter, page)
        painter.save()
        painter.translate(_left(page), paper.top)
        painter.scale(paper.scale, paper.scale)
        left, top = _left(page), paper.top
        inside = QRectF(
            (clip.x() - left) / paper.scale, (clip.y() - top) / paper.scale,
            clip.width() / paper.scale, clip.height() / paper.scale,
        )  # fmt: skip
        boxes = [pair for pair in cell_boxes(page) if pair[1].intersects(inside)]
        for cell, box in boxes:
            if cell.look.fill:
                painter.fillRect(box, QColor(f"#{cell.look.fill}"))
        for cell, box in boxes:
            _edges(painter, cell.look, box)
        for cell, box in boxes:
            if cell.words:
                self._words(painter, cell, box)
        self._pictures(painter, page)
        self._drawn.paint(painter, page)
        painter.restore()

    def _words(self, painter: QPainter, cell: PrintedCell, box: QRectF) -> None:
        look = cell.look
        painter.setFont(self._font(painter, look.size, look.bold, look.italic, look.underline))
        painter.setPen(QColor(f"#{look.color}"))
        inner = box.adjusted(_PADDING, 0, -_PADDING, 0)
        if look.horizontal == "left":
            inner.adjust(look.indent * _INDENT, 0, 0, 0)
        elif look.horizontal == "right":
            inner.adjust(0, 0, -look.indent * _INDENT, 0)
        if look.horizontal == "distributed" and len(cell.words) > 1:
            _distributed(painter, cell.words, inner)
            return
        sideways = _SIDEWAYS.get(look.horizontal, Qt.AlignmentFlag.AlignHCenter)
        upright = _UPRIGHT.get(look.vertical, Qt.AlignmentFlag.AlignVCenter)
        flags = int(sideways | upright)
        if look.wrap:
            flags |= int(Qt.TextFlag.TextWordWrap)
        painter.drawText(inner, flags | int(Qt.TextFlag.TextDontClip), cell.words)

    def _pictures(self, painter: QPainter, page: PrintedPage) -> None:
        for number, picture in enumerate(page.sheet.pictures):
            box = picture_box(page, picture)
            if box is None:
                continue
            image = self._image(page, number, picture)
            if picture.chart is not None:
                painter.fillRect(box, QColor("white"))
                painter.setPen(QPen(QColor(LIGHT.colors["border"]), _LINE))
                painter.drawRect(box)
                box = self._chart_title(painter, picture.chart, box)
            if not image.isNull():
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(box, image)

    def _chart_title(self, painter: QPainter, chart: Chart, box: QRectF) -> QRectF:
        """Write the title of a chart; return the box below it."""
        painter.setFont(self._font(painter, 10.5, bold=True))
        painter.setPen(QColor(LIGHT.colors["text"]))  # paper is white in both themes
        title = QRectF(box.x(), box.y() + 4, box.width(), 18)
        words = f"{chart.number}　{chart.title}".lstrip("　")
        painter.drawText(title, int(Qt.AlignmentFlag.AlignCenter), words)
        return box.adjusted(8, 24, -8, -6)

    def _image(self, page: PrintedPage, number: int, picture: PrintedPicture) -> QImage:
        key = (page.sheet.name, page.number, number)
        found = self._charts.get(key)
        if found is None:
            if picture.chart is not None and picture.table is not None:
                scale = page.sheet.paper.scale
                size = (picture.width - 16) * scale, (picture.height - 30) * scale
                found = paper_picture(picture.chart, picture.table, *size)
            else:
                found = QImage.fromData(picture.content)
            self._charts[key] = found
        return found

    def _lines(self, painter: QPainter, page: PrintedPage) -> None:
        paper = page.sheet.paper
        words = {
            "page": str(page.number), "pages": str(self._pages), "sheet": page.sheet.name,
            "date": self._today.isoformat(), "time": "", "file": "",
        }  # fmt: skip
        kind = "even" if page.number % 2 == 0 else "odd"
        if page.place == 1 and "first" in page.sheet.header:
            kind = "first"
        wide = paper.width - paper.left - paper.right
        scale = paper.scale if paper.lines_shrink else 1.0
        for band, lines, upright in (
            ("header", page.sheet.header, "top"), ("footer", page.sheet.footer, "bottom"),
        ):  # fmt: skip
            pages = kind if kind in lines else "odd"
            sections = lines.get(pages) or ((), (), ())
            for section, sideways in zip(sections, ("left", "center", "right"), strict=True):
                box = QRectF(paper.left, paper.header, wide, paper.top - paper.header)
                if upright == "bottom":
                    below = paper.height - paper.bottom
                    box = QRectF(paper.left, below, wide, paper.bottom - paper.footer)
                picture = page.sheet.line_pictures.get((band, pages, sideways))
                self._section(painter, section, words, box, (sideways, upright), scale, picture)

    def _section(
        self, painter: QPainter, section: Section, words: Words, box: QRectF,
        place: tuple[str, str], scale: float, picture: LinePicture | None,
    ) -> None:  # fmt: skip
        if not section:
            return
        painter.setFont(self._font(painter, section[0][1] * scale))
        painter.setPen(QColor(LIGHT.colors["text2"]))
        if picture is not None:
            lines = [line for line, _ in section]
            self._drawn.line_picture(painter, picture, lines, box, place, scale)
        text = "\n".join(line for line, _ in section).replace(PICTURE, "")
        for name, word in words.items():
            text = text.replace(f"{{{name}}}", word)
        flags = _SIDEWAYS[place[0]] | _UPRIGHT[place[1]]
        painter.drawText(box, int(flags) | int(Qt.TextFlag.TextDontClip), text)

    def _font(
        self,
        painter: QPainter,
        size: float,
        bold: bool = False,
        italic: bool = False,
        underline: bool = False,
    ) -> QFont:
        dots = painter.device().logicalDpiY()
        key = (size, bold, italic, underline, dots)
        found = self._fonts.get(key)
        if found is None:
            found = QFont()
            found.setFamilies(families())
            found.setPointSizeF(size * _POINTS_PER_INCH / dots)
            found.setWeight(QFont.Weight(_BOLD_FROM if bold else 400))
            found.setItalic(italic)
            found.setUnderline(underline)
            found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = found
        return found


def _left(page: PrintedPage) -> float:
    """Return where the cells begin: at the margin, or so that they stand in the middle."""
    paper = page.sheet.paper
    if not paper.centred:
        return paper.left
    room = paper.width - paper.left - paper.right
    return paper.left + max(room - page.sheet.edges[-1] * paper.scale, 0.0) / 2


def cell_boxes(page: PrintedPage) -> Iterator[tuple[PrintedCell, QRectF]]:
    """Yield the cells of a page with their boxes, in points of the sheet from its first row."""
    sheet, y = page.sheet, 0.0
    for number in page.rows:
        row = sheet.rows[number - 1]
        for cell in row.cells:
            right = sheet.edges[min(cell.column - 1 + cell.columns, len(sheet.edges) - 1)]
            left = sheet.edges[cell.column - 1]
            height = row.height
            if cell.rows > 1:
                below = sheet.rows[number : number - 1 + cell.rows]
                height += sum(other.height for other in below)
            yield cell, QRectF(left, y, right - left, height)
        y += row.height


def picture_box(page: PrintedPage, picture: PrintedPicture) -> QRectF | None:
    """Return where a picture stands on a page; None when it is on another one."""
    if not page.part.first <= picture.row <= page.part.last:
        return None
    above = [n for n in page.rows if n < picture.row or n in page.part.repeated]
    y = sum(page.sheet.rows[number - 1].height for number in above)
    return QRectF(page.sheet.edges[picture.column - 1], y, picture.width, picture.height)


def spot_box(page: PrintedPage, spot: Spot) -> QRectF:
    """Return where a cell stands on a page, in points of the paper; empty when it does not."""
    scale = page.sheet.paper.scale
    y = 0.0
    for number in page.rows:
        row = page.sheet.rows[number - 1]
        if number == spot.row:
            edges = page.sheet.edges
            column = min(spot.column, len(edges) - 1)
            columns = next((c.columns for c in row.cells if c.column == column), 1)
            left, right = edges[column - 1], edges[min(column - 1 + columns, len(edges) - 1)]
            return QRectF(
                _left(page) + left * scale, page.sheet.paper.top + y * scale,
                (right - left) * scale, row.height * scale,
            )  # fmt: skip
        y += row.height
    return QRectF()


def spot_at(page: PrintedPage, point: QPointF) -> tuple[Spot, PrintedCell] | None:
    """Return the cell at a point of the paper (points)."""
    scale = page.sheet.paper.scale
    at = QPointF((point.x() - _left(page)) / scale, (point.y() - page.sheet.paper.top) / scale)
    y = 0.0
    for number in page.rows:
        row = page.sheet.rows[number - 1]
        if y <= at.y() < y + row.height:
            for cell in row.cells:
                last = min(cell.column - 1 + cell.columns, len(page.sheet.edges) - 1)
                if page.sheet.edges[cell.column - 1] <= at.x() < page.sheet.edges[last]:
                    return Spot(page.sheet.name, number, cell.column), cell
            return None
        y += row.height
    return None


def _edges(painter: QPainter, look: Look, box: QRectF) -> None:
    if not look.edges:
        return
    painter.setPen(QPen(QColor(f"#{look.edge_color}"), _LINE))
    for mark, start, end in (
        ("l", box.topLeft(), box.bottomLeft()),
        ("t", box.topLeft(), box.topRight()),
        ("r", box.topRight(), box.bottomRight()),
        ("b", box.bottomLeft(), box.bottomRight()),
    ):
        if mark in look.edges:
            painter.drawLine(start, end)


def _distributed(painter: QPainter, words: str, box: QRectF) -> None:
    """Write letters from edge to edge, as labels of a cover stand under each other."""
    metrics = QFontMetricsF(painter.font(), painter.device())
    widths = [metrics.horizontalAdvance(letter) for letter in words]
    gap = max((box.width() - sum(widths)) / max(len(words) - 1, 1), 0.0)
    x = box.x()
    for letter, width in zip(words, widths, strict=True):
        place = QRectF(x, box.y(), width + 1, box.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), letter)
        x += width + gap
