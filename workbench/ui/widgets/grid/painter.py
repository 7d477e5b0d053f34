# SPDX-License-Identifier: MIT
"""Draws the table's cells itself: one pass over the visible rows, with fonts and widths cached.

Qt's own way would build an index and a style option and ask a delegate for every cell; drawing
from the model's ready-made cells takes about half of that time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from workbench.ui.look import theme
from workbench.ui.look.tokens import TONES
from workbench.ui.texts import t
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import Cell, GridColumn
from workbench.ui.widgets.pill import paint_pill, pill_width

_MOST_WIDTHS = 20_000
_SHARE_OF_NUMBER = 52  # room for the number beside a bar

Block = tuple[int, int, int, int]
"""Top row, left column, bottom row, right column."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One column as it lies on screen."""

    column: int
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be drawn: shown rows, where they lie, selection and current cell."""

    first_row: int
    last_row: int
    top: int
    row_height: int
    selected: Sequence[Block]
    current: tuple[int, int]


class CellPainter:
    """Draws strips of cells; keeps fonts, colours and text widths until the theme changes."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self.take_columns()
        self.restyle()

    def take_columns(self) -> None:
        """Follow a new order of columns."""
        self._columns: tuple[GridColumn, ...] = self._model.columns()

    def restyle(self) -> None:
        """Take fonts and colours anew, after a change of theme or zoom."""
        look = theme.current()
        self._px = look.px
        self._fonts: dict[bool, QFont] = {False: look.font(), True: look.font("strong")}
        self._metrics = {False: look.metrics(), True: look.metrics("strong")}
        self._widths: dict[bool, dict[str, float]] = {False: {}, True: {}}
        self._small, self._small_metrics = look.font("micro"), look.metrics("micro")
        self._ascent = look.metrics().ascent()
        self._text_height = look.metrics().height()
        self._surface = look.color("surface")
        self._selected = look.color("accentSoft")
        self._line = QPen(look.color("border"), 1)
        self._frame = QPen(look.color("accent"), 2)
        self._inks = {name: look.color(name) for name in look.tokens.colors}
        self._grounds = {"error": look.color("dangerSoft"), "warning": look.color("warnSoft")}
        self._unknown = t("ui.unknown")
        self._missing = t("ui.missing")

    def paint(self, painter: QPainter, strips: Sequence[Strip], scene: Scene, clip: QRect) -> None:
        """Draw the given columns within a rectangle."""
        if not strips or scene.last_row < scene.first_row:
            return
        painter.save()
        painter.setClipRect(clip)
        painter.fillRect(clip, self._surface)
        for strip in strips:
            self._paint_strip(painter, strip, scene)
        if self._model.group:
            self._paint_headings(painter, strips, scene)
        self._paint_lines(painter, scene, clip)
        self._paint_current(painter, strips, scene)
        painter.restore()

    def _paint_strip(self, painter: QPainter, strip: Strip, scene: Scene) -> None:
        """Draw one column's cells."""
        column = self._columns[strip.column]
        cell_of, number = self._model.cell, strip.column
        blocks = [b for b in scene.selected if b[1] <= number <= b[3]]
        top, height, inset = scene.top, scene.row_height, self._px(8)
        for row in range(scene.first_row, scene.last_row + 1):
            cell = cell_of(row, number)
            chosen = any(block[0] <= row <= block[2] for block in blocks)
            if chosen and (row, number) == scene.current:
                chosen = False
            if chosen:
                painter.fillRect(strip.left, top, strip.width, height, self._selected)
            elif cell.heading:
                painter.fillRect(strip.left, top, strip.width, height, self._inks["subtle"])
            elif cell.problem is not None:
                ground = self._grounds[cell.problem.level]
                painter.fillRect(strip.left, top, strip.width, height, ground)
            box = QRect(strip.left + inset, top, strip.width - 2 * inset, height)
            self._paint_cell(painter, box, column, cell)
            if cell.problem is not None:
                ink = "danger" if cell.problem.level == "error" else "warn"
                self._paint_corner(painter, strip.left + strip.width, top, self._inks[ink])
            top += height

    def _paint_headings(self, painter: QPainter, strips: Sequence[Strip], scene: Scene) -> None:
        """Draw the words of headings over the empty cells beside them: a code's column is short."""
        for row in range(scene.first_row, scene.last_row + 1):
            first, *others = [self._model.cell(row, strip.column) for strip in strips]
            if not first.heading or not first.text.strip():
                continue
            full = next((n for n, cell in enumerate(others, 1) if cell.text.strip()), len(strips))
            room, inset = sum(strip.width for strip in strips[:full]), self._px(8)
            top, height = scene.top + (row - scene.first_row) * scene.row_height, scene.row_height
            width = self._metrics[True].horizontalAdvance(first.text)
            if strips[0].width - 2 * inset < width <= room - 2 * inset:
                left = strips[0].left
                painter.fillRect(left, top, room, height, self._inks["subtle"])
                box = QRect(left + inset, top, room - 2 * inset, height)
                self._paint_text(painter, box, first.text, self._inks["text"], False, strong=True)

    def _paint_cell(self, painter: QPainter, box: QRect, column: GridColumn, cell: Cell) -> None:
        """Draw one cell by its kind."""
        if cell.heading:
            too_wide = self._metrics[True].horizontalAdvance(cell.text) > box.width()
            if too_wide and cell.lines:
                self._paint_lines_of(painter, box, cell.lines, right=column.right)
                return
            self._paint_text(painter, box, cell.text, self._inks["text"], column.right, strong=True)
        elif not cell.text:
            ink = "warn" if cell.missing else "text3"
            words = self._missing if cell.missing else self._unknown
            self._paint_text(painter, box, words, self._inks[ink], column.right, strong=False)
        elif column.kind == "pill":
            self._paint_pill(painter, box, cell)
        elif column.kind == "bar":
            self._paint_bar(painter, box, cell)
        else:
            wrong = cell.problem is not None and cell.problem.level == "error"
            ink = "danger" if wrong and column.right else "text2" if column.quiet else "text"
            strong = column.strong or (wrong and column.right)
            self._paint_text(painter, box, cell.text, self._inks[ink], column.right, strong=strong)

    def _paint_lines_of(
        self, painter: QPainter, box: QRect, lines: Sequence[str], *, right: bool
    ) -> None:
        """Draw short lines under each other, small: a subtotal and how many values it lacks."""
        painter.setFont(self._small)
        painter.setPen(self._inks["text"])
        height = self._small_metrics.height()
        top = box.top() + (box.height() - height * len(lines)) / 2
        for at, line in enumerate(lines):
            room = box.width() + self._px(12)
            text = self._small_metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
            width = self._small_metrics.horizontalAdvance(text)
            left = box.right() + 1 - width if right else box.left()
            base = top + at * height + self._small_metrics.ascent()
            painter.drawText(QPointF(left, base), text)

    def _paint_text(
        self, painter: QPainter, box: QRect, text: str, ink: QColor, right: bool, *, strong: bool
    ) -> None:
        """Draw one line of text, cut with "…" only when it is too wide."""
        widths = self._widths[strong]
        width = widths.get(text)
        if width is None:
            if len(widths) > _MOST_WIDTHS:
                widths.clear()
            width = widths[text] = self._metrics[strong].horizontalAdvance(text)
        if width > box.width():
            elide = Qt.TextElideMode.ElideRight
            text = self._metrics[strong].elidedText(text, elide, box.width())
            width = min(width, box.width())
        painter.setFont(self._fonts[strong])
        painter.setPen(ink)
        left = box.right() + 1 - width if right else box.left()
        base = box.top() + (box.height() - self._text_height) / 2 + self._ascent
        painter.drawText(QPointF(left, base), text)

    def _paint_pill(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        """Draw a status."""
        tone = cell.tone if cell.tone in TONES else "neutral"
        height = self._px(20)
        width, text = pill_width(cell.text), cell.text
        if width > box.width():
            room = round(box.width() - pill_width(""))
            width, elide = box.width(), Qt.TextElideMode.ElideRight
            text = theme.current().metrics("caption").elidedText(text, elide, room)
        top = box.top() + (box.height() - height) / 2
        paint_pill(painter, QRectF(box.left(), top, width, height), text, tone)

    def _paint_bar(self, painter: QPainter, box: QRect, cell: Cell) -> None:
        """Draw a share 0–1 as a bar beside its number."""
        wrong = cell.problem is not None and cell.problem.level == "error"
        share = cell.raw if isinstance(cell.raw, int | float) else _as_float(cell.raw)
        room = box.width() - self._px(_SHARE_OF_NUMBER)
        if room > self._px(12):
            height = self._px(5)
            top = box.top() + (box.height() - height) // 2
            track = self._inks["border" if cell.problem else "subtle"]
            painter.fillRect(box.left(), top, room, height, track)
            length = round(room * min(max(share, 0.0), 1.0))
            ink = self._inks["danger" if wrong else cell.tone or "c1"]
            painter.fillRect(box.left(), top, length, height, ink)
        ink = self._inks["danger" if wrong else "text"]
        self._paint_text(painter, box, cell.text, ink, right=True, strong=wrong)

    def _paint_corner(self, painter: QPainter, right: int, top: int, ink: QColor) -> None:
        """Draw the corner mark of a cell with a problem."""
        side = self._px(7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        corner = [QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]
        painter.drawPolygon(QPolygonF(corner))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_lines(self, painter: QPainter, scene: Scene, clip: QRect) -> None:
        """Draw the hairlines under the rows."""
        painter.setPen(self._line)
        y = scene.top + scene.row_height - 1
        for _ in range(scene.first_row, scene.last_row + 1):
            painter.drawLine(clip.left(), y, clip.right(), y)
            y += scene.row_height

    def _paint_current(self, painter: QPainter, strips: Sequence[Strip], scene: Scene) -> None:
        """Draw the frame of the current cell."""
        row, column = scene.current
        if not scene.first_row <= row <= scene.last_row:
            return
        for strip in strips:
            if strip.column == column:
                top = scene.top + (row - scene.first_row) * scene.row_height
                painter.setPen(self._frame)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(strip.left + 1, top + 1, strip.width - 2, scene.row_height - 3)


def _as_float(value: object) -> float:
    """Return a Decimal as a float for drawing; anything else draws nothing."""
    return float(value) if hasattr(value, "__float__") else 0.0
