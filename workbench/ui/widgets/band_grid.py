# SPDX-License-Identifier: MIT
"""A heat map to click: rows by columns, each cell in its tone; what is not known is hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
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
from workbench.ui.look.tokens import TONES
from workbench.ui.widgets.charts.chart import hatch

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_CELL = Qt.ItemDataRole.UserRole + 1
_NOTE = Qt.ItemDataRole.UserRole + 2
_NAME_WIDTH, _CELL_WIDTH, _HEAD = 240, 84, 42
_WIDEST_NAME = 360


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its words and its tone; an empty tone is plain, ``unknown`` is hatched."""

    text: str
    tone: str = ""
    unknown: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row with the key that ``opened`` carries and the words before its cells."""

    key: str
    name: str
    note: str
    cells: tuple[HeatCell, ...]


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.rows: tuple[HeatRow, ...] = ()

    def show(self, columns: Sequence[str], rows: Sequence[HeatRow]) -> None:
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if index.column() == 0:
            if role == _NOTE:
                return row.note
            words = "  ".join(filter(None, (row.name, row.note)))
            told = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return words if role in told else None
        cell = row.cells[index.column() - 1]
        if role == _CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join((row.name, self.columns[index.column()], cell.text, cell.tip))
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 0:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Painter(QStyledItemDelegate):
    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        cell = index.data(_CELL)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        align = Qt.AlignmentFlag.AlignCenter
        ink = look.color("text")
        words = str(index.data())
        inside = box
        if not isinstance(cell, HeatCell):
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            inside = box.adjusted(look.px(8), 0, -look.px(8), 0)
            words = self._paint_note(painter, inside, index)
            painter.setFont(look.font("body"))
        else:
            painter.setFont(look.font("caption"))
            if cell.unknown:
                hatch(painter, box)
                ink = look.color("text2")
            elif cell.tone:
                word, ground = TONES[cell.tone]
                painter.fillRect(box, look.color(ground))
                ink = look.color(word)
        words = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, int(inside.width())
        )
        painter.setPen(ink)
        painter.drawText(inside, align, words)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.color("accent"))
            painter.drawRect(box)
        painter.restore()

    @staticmethod
    def _paint_note(painter: QPainter, inside: QRectF, index: Index) -> str:
        """Paint why a row stands where it does, whole; return the name, which has the rest."""
        look = theme.current()
        note = str(index.data(_NOTE))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        inside.setRight(inside.right() - painter.fontMetrics().horizontalAdvance(note) - look.px(8))
        return str(index.data()).removesuffix(note).rstrip()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.current().px(80), theme.current().px(30))


class BandGrid(QTableView):
    """Emits ``opened`` with a row's key and a column, -1 for the name, when a cell is opened.

    ``chosen`` carries the same when the selection moves.
    """

    opened = Signal(str, int)
    chosen = Signal(str, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._model = _Model(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.current().px(30))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideNone)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.setMinimumSectionSize(theme.current().px(_CELL_WIDTH))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setFixedHeight(theme.current().px(_HEAD))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(self._on_opened)
        self.doubleClicked.connect(self._on_opened)

    def show_rows(self, columns: Sequence[str], rows: Sequence[HeatRow]) -> None:
        """Show rows; the first column is their name."""
        index = self.currentIndex()
        kept = self._model.rows[index.row()].key if index.isValid() else ""
        column = index.column()
        self._model.show(columns, rows)
        at = next((at for at, row in enumerate(rows) if row.key == kept), 0)
        if rows:
            self.setCurrentIndex(self._model.index(at, max(0, min(column, len(columns) - 1))))
        header = self.horizontalHeader()
        if columns:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(_cell_width(rows))
            header.resizeSection(0, _name_width(rows))

    def rows(self) -> tuple[HeatRow, ...]:
        """Return the rows shown."""
        return self._model.rows

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.rows[index.row()].key, index.column() - 1)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.rows[index.row()].key, index.column() - 1)


def _name_width(rows: Sequence[HeatRow]) -> int:
    """Return what the longest name needs beside its note, within bounds."""
    look = theme.current()
    body, caption = look.metrics("body"), look.metrics("caption")
    widths = [body.horizontalAdvance(r.name) + caption.horizontalAdvance(r.note) for r in rows]
    needed = round(max(widths, default=0)) + look.px(34)
    return max(look.px(_NAME_WIDTH), min(needed, look.px(_WIDEST_NAME)))


def _cell_width(rows: Sequence[HeatRow]) -> int:
    """Return what the longest figure needs, so that none loses its unit."""
    look = theme.current()
    caption = look.metrics("caption")
    widths = (caption.horizontalAdvance(cell.text) for row in rows for cell in row.cells)
    return max(look.px(_CELL_WIDTH), round(max(widths, default=0)) + look.px(14))
