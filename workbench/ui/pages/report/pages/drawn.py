# SPDX-License-Identifier: MIT
"""Paints what a template draws on a page: shapes, text boxes, and pictures of header and footer."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from workbench.domain.report.drawn import Form, LinePicture, Lines, Run, Shape, Stroke
from workbench.domain.report.printed import PICTURE, PrintedPage
from workbench.ui.look.theme import families

_ROUND = 0.16667
"""The radius of a round corner as a share of the shorter side, where a shape says nothing."""
_ARROW, _ARROW_WIDTH = 4.5, 1.5
"""An arrow's length in widths of its line, and half of its breadth."""
_THINNEST_ARROW = 2.0
_POINTS_PER_INCH = 72.0
_BOLD = 700
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}
_DASHES = {
    "dot": Qt.PenStyle.DotLine, "sysDot": Qt.PenStyle.DotLine, "dash": Qt.PenStyle.DashLine,
    "sysDash": Qt.PenStyle.DashLine, "lgDash": Qt.PenStyle.DashLine,
    "dashDot": Qt.PenStyle.DashDotLine, "sysDashDot": Qt.PenStyle.DashDotLine,
    "lgDashDot": Qt.PenStyle.DashDotLine, "lgDashDotDot": Qt.PenStyle.DashDotDotLine,
    "sysDashDotDot": Qt.PenStyle.DashDotDotLine,
}  # fmt: skip


class DrawnPainter:
    """Paints in points of the page; pictures are read once."""

    def __init__(self) -> None:
        self._images: dict[bytes, QImage] = {}

    def paint(self, painter: QPainter, page: PrintedPage) -> None:
        """Paint the shapes over the cells of a page, whose first row is at the origin."""
        if not page.sheet.shapes:
            return
        above = sum(row.height for row in page.sheet.rows[: page.part.first - 1])
        for shape in page.sheet.shapes:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            middle = QPointF(shape.x + shape.width / 2, shape.y - above + shape.height / 2)
            painter.translate(middle)
            painter.rotate(shape.turn)
            box = QRectF(-shape.width / 2, -shape.height / 2, shape.width, shape.height)
            painter.save()
            painter.scale(-1 if shape.flipped_across else 1, -1 if shape.flipped_down else 1)
            self._form(painter, shape, box)
            painter.restore()
            if shape.text:
                _words(painter, shape, box)
            painter.restore()

    def line_picture(
        self, painter: QPainter, picture: LinePicture, lines: Sequence[str], box: QRectF,
        place: tuple[str, str], scale: float,
    ) -> None:  # fmt: skip
        """Paint the picture of a section at its line: below its top, or above a footer's end."""
        at = next((number for number, line in enumerate(lines) if PICTURE in line), None)
        if at is None:
            return
        sideways, upright = place
        width, height = picture.width * scale, picture.height * scale
        line = QFontMetricsF(painter.font(), painter.device()).lineSpacing()
        x = {"left": box.left(), "right": box.right() - width}.get(
            sideways, box.center().x() - width / 2
        )
        y = box.top() + at * line
        if upright == "bottom":
            y = box.bottom() - (len(lines) - 1 - at) * line - height
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setOpacity(picture.opacity)
        self._image(painter, picture.content, picture.crop, QRectF(x, y, width, height))
        painter.restore()

    def _form(self, painter: QPainter, shape: Shape, box: QRectF) -> None:
        if shape.content:
            self._image(painter, shape.content, shape.crop, box)
        ground = QColor(f"#{shape.fill}") if shape.fill else QColor(Qt.GlobalColor.transparent)
        if shape.fill:
            ground.setAlphaF(shape.opacity)
        painter.setBrush(QBrush(ground))
        painter.setPen(_pen(shape.stroke) if shape.stroke else Qt.PenStyle.NoPen)
        match shape.form:
            case Form.LINE:
                if shape.stroke is not None:
                    _line(painter, shape.stroke, box.topLeft(), box.bottomRight())
            case Form.OVAL:
                painter.drawEllipse(box)
            case Form.ROUND:
                radius = min(box.width(), box.height()) * _ROUND
                painter.drawRoundedRect(box, radius, radius)
            case Form.BOX:
                painter.drawRect(box)

    def _image(
        self, painter: QPainter, content: bytes, crop: tuple[float, float, float, float],
        box: QRectF,
    ) -> None:  # fmt: skip
        image = self._images.get(content)
        if image is None:
            image = self._images[content] = QImage.fromData(content)
        if image.isNull():
            return
        left, top, right, bottom = crop
        width, height = image.width(), image.height()
        seen = QRectF(
            width * left, height * top, width * (1 - left - right), height * (1 - top - bottom)
        )
        painter.drawImage(box, image, seen)


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(QColor(f"#{stroke.color}"), stroke.width, _DASHES.get(stroke.dashes,
               Qt.PenStyle.SolidLine))  # fmt: skip
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def _line(painter: QPainter, stroke: Stroke, start: QPointF, end: QPointF) -> None:
    painter.drawLine(start, end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(f"#{stroke.color}"))
    if stroke.ends_with_arrow:
        _arrow(painter, stroke, start, end)
    if stroke.begins_with_arrow:
        _arrow(painter, stroke, end, start)


def _arrow(painter: QPainter, stroke: Stroke, start: QPointF, end: QPointF) -> None:
    way = end - start
    length = math.hypot(way.x(), way.y())
    if not length:
        return
    along = way / length
    across = QPointF(-along.y(), along.x())
    width = max(stroke.width, _THINNEST_ARROW)
    foot = end - along * width * _ARROW
    half = across * width * _ARROW_WIDTH
    painter.drawPolygon(QPolygonF([end, foot + half, foot - half]))


def _words(painter: QPainter, shape: Shape, box: QRectF) -> None:
    """Write the words of a shape into it; what is too much runs over, as it prints."""
    left, top, right, bottom = shape.insets
    inner = box.adjusted(left, top, -right, -bottom)
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(painter.device())
    cursor = QTextCursor(document)
    for number, lines in enumerate(shape.text):
        if number:
            cursor.insertBlock()
        _paragraph(painter, cursor, lines)
    document.setTextWidth(inner.width() if shape.wraps else -1)
    width = document.size().width()
    x = inner.left()
    if not shape.wraps:
        way = shape.text[0].horizontal
        x += {"center": (inner.width() - width) / 2, "right": inner.width() - width}.get(way, 0.0)
    room = inner.height() - document.size().height()
    y = inner.top() + {"center": room / 2, "bottom": room}.get(shape.vertical, 0.0)
    painter.translate(x, y)
    document.drawContents(painter)


def _paragraph(painter: QPainter, cursor: QTextCursor, lines: Lines) -> None:
    block = QTextBlockFormat()
    block.setAlignment(_SIDES.get(lines.horizontal, Qt.AlignmentFlag.AlignLeft))
    cursor.setBlockFormat(block)
    for run in lines.runs:
        look = _char_format(painter, run)
        if not run.words:
            cursor.setBlockCharFormat(look)
        cursor.insertText(run.words.replace("\n", "\u2028"), look)


def _char_format(painter: QPainter, run: Run) -> QTextCharFormat:
    font = QFont()
    font.setFamilies(families())
    font.setPointSizeF(run.size * _POINTS_PER_INCH / painter.device().logicalDpiY())
    font.setWeight(QFont.Weight(_BOLD if run.bold else 400))
    font.setItalic(run.italic)
    font.setUnderline(run.underline)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    look = QTextCharFormat()
    look.setFont(font)
    look.setForeground(QColor(f"#{run.color}"))
    return look
