# SPDX-License-Identifier: MIT
"""A table to read: wrapped cells, pills, second lines; as high as its rows when asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.pill import paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_WRAP = Qt.TextFlag.TextWordWrap
_PAD = 10
_HEAD, _HEAD_LINE, _MOST_LINES, _TALL = 32, 18, 3, 1000
_GAP = 8
_LEAST_WIDTH = 64
_NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a fixed ``width`` in design pixels, or a ``share`` of what the others leave."""

    title: str
    width: int = 0
    share: int = 1
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``tone`` colours the words, or the pill with ``pill``; ``detail`` stands below."""

    text: str
    detail: str = ""
    tone: str = "text"
    pill: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the key that ``row_opened`` carries."""

    key: str
    cells: tuple[Cell, ...]


class _Model(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()].cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = self.columns[index.column()].title
            return " ".join(part for part in (title, cell.text, cell.detail) if part)
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation == Qt.Orientation.Horizontal and role in shown:
            return self.columns[section].title
        return None


class _Header(QHeaderView):
    """A header without separators; words stand as in the column below."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = columns
        self._lines = 1
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self, widths: Sequence[int]) -> int:
        """Take as many lines as the widest title needs, three at most; return the height."""
        lines = max((self._lines_of(c, w) for c, w in zip(self._columns, widths, strict=True)),
                    default=1)  # fmt: skip
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
        return self.sizeHint().height()

    def _lines_of(self, column: Column, width: int) -> int:
        look = theme.current()
        letters, room = look.metrics("captionStrong"), width - 2 * look.px(_PAD)
        if letters.horizontalAdvance(column.title) <= room:
            return 1
        box = QRectF(0, 0, max(room, 1), _TALL)
        taken = letters.boundingRect(box, Qt.TextFlag.TextWordWrap, column.title)
        return min(max(round(taken.height() / letters.lineSpacing()), 2), _MOST_LINES)

    @override
    def sizeHint(self) -> QSize:
        """Measure no section, as Qt would: columns are as wide as they were made."""
        height = theme.current().px(_HEAD + _HEAD_LINE * (self._lines - 1))
        return QSize(self.length(), height)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look = theme.current()
        column = self._columns[logicalIndex]
        pad = look.px(_PAD)
        painter.fillRect(rect, look.color("surface"))
        painter.setFont(look.font("captionStrong"))
        painter.setPen(look.color("text2"))
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        box = rect.adjusted(pad, 0, -pad, 0)
        flags, words = side | Qt.AlignmentFlag.AlignVCenter, column.title
        if self._lines > 1:
            painter.drawText(box, flags | Qt.TextFlag.TextWordWrap, words)
        else:
            letters = look.metrics("captionStrong")
            words = letters.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, flags, words)
        painter.setPen(look.color("borderStrong"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class _Painter(QStyledItemDelegate):
    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = columns

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        cell: Cell = index.data(CELL_ROLE)
        box = QRect(option.rect)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("accentSoft" if chosen else "surface"))
        painter.setPen(look.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        pad = look.px(_PAD)
        inner = QRectF(box.adjusted(pad, look.px(_GAP), -pad, -look.px(_GAP)))
        if cell.pill:
            self._draw_pill(painter, inner, cell)
        else:
            self._draw_words(painter, inner, cell, self._columns[index.column()].right)
        painter.restore()

    def _draw_pill(self, painter: QPainter, inner: QRectF, cell: Cell) -> None:
        look = theme.current()
        height = look.px(20)
        width = min(pill_width(cell.text, dot=False), inner.width())
        top = inner.top() - (height - look.metrics("body").height()) / 2
        paint_pill(
            painter, QRectF(inner.left(), top, width, height), cell.text, cell.tone, dot=False
        )
        if cell.detail:
            self._draw_detail(painter, inner, look.px(24), cell.detail, Qt.AlignmentFlag.AlignLeft)

    def _draw_words(self, painter: QPainter, inner: QRectF, cell: Cell, right: bool) -> None:
        look = theme.current()
        role = "strong" if cell.strong else "body"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.font(role))
        painter.setPen(look.color(cell.tone))
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignTop) | int(_WRAP), cell.text)
        if cell.detail:
            above = _height(look.metrics(role), cell.text, inner.width())
            self._draw_detail(painter, inner, above, cell.detail, side)

    def _draw_detail(
        self,
        painter: QPainter,
        inner: QRectF,
        above: float,
        words: str,
        side: Qt.AlignmentFlag,
    ) -> None:
        look = theme.current()
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        box = inner.adjusted(0, above, 0, 0)
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignTop) | int(_WRAP), words)


class ReadTable(QTableView):
    """Rows of cells; ``row_opened`` carries the key of a row that was clicked or entered.

    ``cell_clicked`` tells the column as well, for a column that acts at once, and ``row_entered``
    that it was the keyboard. With ``fits`` the table is as high as its rows and the page scrolls
    instead; ``tallest`` (design pixels) is the height from which it scrolls itself after all.
    """

    row_opened = Signal(str)
    cell_clicked = Signal(str, int)
    row_entered = Signal(str)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        fits: bool = True,
        opens: bool = False,
        tallest: int = 0,
    ) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._fits = fits
        self._tallest = tallest
        self._table = _Model(columns, self)
        self.setModel(self._table)
        self.setItemDelegate(_Painter(self._columns, self))
        self._head = _Header(self._columns, self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fits and not tallest:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._on_clicked)
        self._opens = opens
        theme.current().theme_changed.connect(self._fit)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the chosen row stays chosen when it is still there."""
        chosen = self.chosen()
        self._table.set_rows(rows)
        if chosen:
            self.choose(chosen)
        self._fit()

    def rows(self) -> tuple[Row, ...]:
        """Return the rows shown."""
        return self._table.rows

    def chosen(self) -> str:
        """Return the key of the chosen row, or ""."""
        at = self.currentIndex()
        return self._table.rows[at.row()].key if at.isValid() else ""

    def choose(self, key: str) -> None:
        """Choose a row without telling."""
        for at, row in enumerate(self._table.rows):
            if row.key == key:
                self.setCurrentIndex(self._table.index(at, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        opening = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._opens and event.key() in opening and self.chosen():
            self.row_opened.emit(self.chosen())
            self.row_entered.emit(self.chosen())
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        key = self._table.rows[index.row()].key
        self.row_opened.emit(key)
        self.cell_clicked.emit(key, index.column())

    @Slot()
    def _fit(self) -> None:
        """Share the width among the columns and give each row the height of its words."""
        look = theme.current()
        fixed = sum(look.px(c.width) for c in self._columns if c.width)
        shares = sum(c.share for c in self._columns if not c.width) or 1
        rest = max(self.viewport().width() - fixed, 0)
        widths = [
            look.px(c.width) if c.width else max(look.px(_LEAST_WIDTH), rest * c.share // shares)
            for c in self._columns
        ]
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        head = self._head.fit(widths)
        total = 0
        for at, row in enumerate(self._table.rows):
            height = max(
                _cell_height(cell, width) for cell, width in zip(row.cells, widths, strict=True)
            )
            self.setRowHeight(at, height)
            total += height
        if self._fits:
            height = total + head + 1
            self.setFixedHeight(min(height, look.px(self._tallest)) if self._tallest else height)


def _cell_height(cell: Cell, width: int) -> int:
    look = theme.current()
    room = max(width - 2 * look.px(_PAD), 1)
    if cell.pill:
        height = float(look.metrics("body").height())
        if cell.detail:
            height = look.px(24)
    else:
        role = "strong" if cell.strong else "body"
        height = _height(look.metrics(role), cell.text, room)
    if cell.detail:
        height += _height(look.metrics("caption"), cell.detail, room)
    return round(height) + 2 * look.px(_GAP) + 1


def _height(metrics: QFontMetricsF, words: str, width: float) -> float:
    return metrics.boundingRect(QRectF(0, 0, width, 100_000), int(_WRAP), words).height()
