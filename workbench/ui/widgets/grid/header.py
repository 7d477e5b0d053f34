# SPDX-License-Identifier: MIT
"""The table's header: name and unit, sort arrow with its order, filter funnel."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHeaderView, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import GridColumn

_HEIGHT = 44
_GRIP = 4
_ICON = 12


class GridHeader(QHeaderView):
    """Emits ``sort_asked`` (column, add as a further key) and ``filter_asked`` (column).

    ``move_asked`` carries a dragged column and the one that it was dropped before, ``fit_asked``
    the column whose edge was clicked twice.
    """

    sort_asked = Signal(int, bool)
    filter_asked = Signal(int)
    move_asked = Signal(int, int)
    fit_asked = Signal(int)

    def __init__(self, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self._current = -1
        self._hovered = -1
        self._pressed = -1
        self._resizing = False
        self._pressed_at = 0
        self._drop = -1
        self._frozen: list[tuple[int, int, int]] = []
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(40)
        model.arranged.connect(self._on_arranged)
        theme.current().theme_changed.connect(self._fit)
        self._fit()

    def set_current(self, column: int) -> None:
        """Tint the header of the current column."""
        if column != self._current:
            self._current = column
            self.viewport().update()

    def set_frozen(self, strips: list[tuple[int, int, int]]) -> None:
        """Keep these columns (number, left, width) in place; empty when nothing is scrolled."""
        self._frozen = strips
        self.viewport().update()

    def column_at(self, x: int) -> int:
        """Return the column under a place, the frozen ones first; -1 for none."""
        for column, left, width in self._frozen:
            if left <= x < left + width:
                return column
        return self.logicalIndexAt(x)

    def section_left(self, column: int) -> int:
        """Return where a column's header begins on screen."""
        for number, left, _ in self._frozen:
            if number == column:
                return left
        return self.sectionViewportPosition(column)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.current().color("borderStrong"), 1))
        bottom = self.height() - 0.5
        painter.drawLine(QPointF(self.length(), bottom), QPointF(self.width(), bottom))
        for column, left, width in self._frozen:
            self.paintSection(painter, QRect(left, 0, width, self.height()), column)
        if self._frozen:
            edge = self._frozen[-1][1] + self._frozen[-1][2]
            painter.setPen(QPen(theme.current().color("borderStrong"), 2))
            painter.drawLine(edge, 0, edge, self.height())
        self._paint_drop(painter)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        look = theme.current()
        column = self._grid.columns()[logicalIndex]
        painter.save()
        box = QRectF(rect)
        painter.setClipRect(box)
        ground = "subtle" if logicalIndex == self._current else "surface"
        painter.fillRect(box, look.color(ground))
        inset = look.px(8)
        painter.setPen(QPen(look.color("border"), 1))
        right = box.right() - 0.5
        painter.drawLine(QPointF(right, box.top() + inset), QPointF(right, box.bottom() - inset))
        painter.setPen(QPen(look.color("borderStrong"), 1))
        bottom = box.bottom() - 0.5
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        self._paint_words(painter, box.adjusted(inset, 0, -inset, 0), column, logicalIndex)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, column: GridColumn, number: int) -> None:
        """Draw name, unit and marks."""
        look = theme.current()
        marks = self._marks(column, number)
        room = box.width() - sum(_mark_width(order) for _, _, order in marks)
        metrics = look.metrics("captionStrong")
        title = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, max(room, 12))
        width = metrics.horizontalAdvance(title)
        middle = box.center().y() - (look.px(8) if column.unit else 0)
        base = middle + metrics.ascent() / 2 - metrics.descent() / 2
        left = box.right() - width if column.right else box.left()
        painter.setFont(look.font("captionStrong"))
        painter.setPen(look.color("text"))
        painter.drawText(QPointF(left, base), title)
        if column.unit:
            small = look.metrics("micro")
            unit = small.elidedText(column.unit, Qt.TextElideMode.ElideRight, box.width())
            at = box.right() - small.horizontalAdvance(unit) if column.right else box.left()
            below = box.center().y() + look.px(10) + small.ascent() / 2 - small.descent() / 2
            painter.setFont(look.font("micro"))
            painter.setPen(look.color("text3"))
            painter.drawText(QPointF(at, below), unit)
        at = left if column.right else left + width + look.px(4)
        for icon, tone, order in marks:
            step = _mark_width(order)
            at -= step if column.right else 0
            self._paint_mark(painter, QPointF(at, middle), icon, tone, order)
            at += 0 if column.right else step

    def _paint_mark(self, painter: QPainter, at: QPointF, icon: str, tone: str, order: str) -> None:
        """Draw an arrow with its order, or a funnel."""
        look = theme.current()
        side = look.px(_ICON)
        painter.drawPixmap(QPointF(at.x(), at.y() - side / 2), icons.pixmap(icon, tone, _ICON))
        if order:
            painter.setFont(look.font_of(10, 600))
            painter.setPen(look.color("accent"))
            painter.drawText(QPointF(at.x() + side - 1, at.y() + look.px(4)), order)

    def _marks(self, column: GridColumn, number: int) -> list[tuple[str, str, str]]:
        """Return (icon, tone, order) of what a header has to show."""
        marks = []
        keys = self._grid.sort_keys
        for order, key in enumerate(keys, start=1):
            if key.column == column.key:
                icon = "arrow-down" if key.descending else "arrow-up"
                marks.append((icon, "accent", str(order) if len(keys) > 1 else ""))
        if column.key in self._grid.filters:
            marks.append(("filter", "accent", ""))
        elif number == self._hovered:
            marks.append(("filter", "text3", ""))
        return marks

    # ---- mouse: sort by click, filter by the funnel or the right button, resize by the edge

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        column = self.column_at(x)
        if event.button() == Qt.MouseButton.RightButton:
            if column >= 0:
                self.filter_asked.emit(column)
            return
        self._resizing = self._on_grip(x)
        if self._resizing:
            super().mousePressEvent(event)
        else:
            self._pressed, self._pressed_at, self._drop = column, x, -1

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        if self._resizing:
            super().mouseMoveEvent(event)
            return
        if event.buttons() and self._pressed >= 0:
            if self._drop >= 0 or abs(x - self._pressed_at) > QApplication.startDragDistance():
                self._drop = self._drop_before(x)
                self.viewport().update()
            return
        if not event.buttons():
            hovered = self.column_at(x)
            if hovered != self._hovered:
                self._hovered = hovered
                self.viewport().update()
            grip = self._on_grip(x)
            shape = Qt.CursorShape.SplitHCursor if grip else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._resizing:
            self._resizing = False
            super().mouseReleaseEvent(event)
            return
        x = round(event.position().x())
        column = self.column_at(x)
        pressed, self._pressed = self._pressed, -1
        drop, self._drop = self._drop, -1
        if drop >= 0 and pressed >= 0:
            self.viewport().update()
            if drop not in (pressed, self._after(pressed)):
                self.move_asked.emit(pressed, drop)
            return
        if column < 0 or column != pressed:
            return
        if self._on_funnel(column, x):
            self.filter_asked.emit(column)
        else:
            further = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.sort_asked.emit(column, further)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        x = round(event.position().x())
        if self._on_grip(x):
            self.fit_asked.emit(self.logicalIndexAt(x - _GRIP))
        else:
            self._pressed = self.column_at(x)

    def _drop_before(self, x: int) -> int:
        """Return the column before which a dragged one would land; past the last for the end."""
        column = self.column_at(x)
        if column < 0:
            return self.count()
        middle = self.section_left(column) + self.sectionSize(column) / 2
        return column if x < middle else self._after(column)

    def _after(self, column: int) -> int:
        """Return the next shown column, past the last for none."""
        following = range(column + 1, self.count())
        return next((n for n in following if not self.isSectionHidden(n)), self.count())

    def _paint_drop(self, painter: QPainter) -> None:
        """Draw where a dragged column would land."""
        if self._drop < 0:
            return
        end = self._drop >= self.count()
        x = self.length() - self.offset() if end else self.section_left(self._drop)
        painter.setPen(QPen(theme.current().color("accent"), 2))
        painter.drawLine(x, 0, x, self.height())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def _on_grip(self, x: int) -> bool:
        """Tell whether a place is where a column's width is dragged."""
        if self._frozen and x < self._frozen[-1][1] + self._frozen[-1][2]:
            return False  # a frozen column is dragged when the table is scrolled back
        column = self.logicalIndexAt(x - _GRIP)
        if column < 0:
            return False
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        return abs(x - right) <= _GRIP

    def _on_funnel(self, column: int, x: int) -> bool:
        """Tell whether a place is on the funnel that is drawn beside the name."""
        look = theme.current()
        declared = self._grid.columns()[column]
        marks = self._marks(declared, column)
        if not marks or marks[-1][0] != "filter":
            return False
        width = look.metrics("captionStrong").horizontalAdvance(declared.title)
        step = _mark_width("")
        before = sum(_mark_width(order) for _, _, order in marks[:-1])
        left = self.section_left(column) + look.px(8)
        right = self.section_left(column) + self.sectionSize(column) - look.px(8)
        if declared.right:
            at = max(right - width - step - before, left)
        else:
            at = min(left + width + look.px(4) + before, right - step)
        return at - 2 <= x <= at + step

    @Slot()
    def _on_arranged(self) -> None:
        self.viewport().update()

    @Slot()
    def _fit(self) -> None:
        self.setFixedHeight(theme.current().px(_HEIGHT))
        self.viewport().update()


def _mark_width(order: str) -> int:
    """Return the room that a mark takes, with or without its order."""
    return theme.current().px(_ICON + (11 if order else 4))
