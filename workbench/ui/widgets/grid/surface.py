# SPDX-License-Identifier: MIT
"""The table's surface: where cells lie, frozen columns, selection as blocks, and drawing."""

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.grid.header import GridHeader
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.navigation import clamp
from workbench.ui.widgets.grid.painter import Block, CellPainter, Scene, Strip

Density = Literal["compact", "standard", "roomy"]
ROW_HEIGHTS: dict[Density, int] = {"compact": 28, "standard": 32, "roomy": 40}
_HANDLE = 6
_WIDENS, _WIDEST = 16, 480
_BESIDE_TEXT = 40
"""Beside its words a cell has insets, and the dot of a pill or the marks of a title."""

Index = QModelIndex | QPersistentModelIndex
Flag = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemView.ScrollHint


class GridSurface(QTableView):
    """A table that draws all cells itself; its first columns may stay in place.

    ``columns_moved`` tells that a person put the columns into another order.
    """

    columns_moved = Signal()

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._density: Density = "standard"
        self._anchor = self._reach = (0, 0)
        self._fill_target: Block | None = None
        self._frozen = sum(1 for column in model.columns() if column.frozen)
        self._widths: dict[str, float] = {c.key: c.width for c in model.columns()}
        self._fitting = False
        self._painter = CellPainter(model)
        self._header = GridHeader(model, self)
        self.setHorizontalHeader(self._header)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header.sectionResized.connect(self._on_resized)
        self._header.move_asked.connect(self.move_column)
        self._header.fit_asked.connect(self.fit_column)
        model.modelReset.connect(self._painter.take_columns)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.current().theme_changed.connect(self._restyle)

    def start(self) -> None:
        """Take the model; last in construction, because Qt then calls overridden methods."""
        self.setModel(self._grid)
        self._restyle()

    # ---- columns and rows

    def grid_model(self) -> GridModel:
        """Return the model."""
        return self._grid

    def header(self) -> GridHeader:
        """Return the header."""
        return self._header

    def set_density(self, density: Density) -> None:
        """Set the row height: compact 28, standard 32, roomy 40 design pixels."""
        self._density = density
        self._restyle()

    def set_frozen(self, count: int) -> None:
        """Keep the first shown columns in place while scrolling sideways."""
        self._frozen = min(max(count, 0), len(self._widths) - 1)
        self._on_scrolled()

    def frozen(self) -> int:
        """Return how many columns are kept in place."""
        return self._frozen

    def set_shown_columns(self, keys: Sequence[str]) -> None:
        """Show these columns in this order and hide the others."""
        self._grid.set_column_order(keys)
        for number, column in enumerate(self._grid.columns()):
            self.setColumnHidden(number, column.key not in keys)
        self._restyle()

    def shown_keys(self) -> list[str]:
        """Return the keys of the shown columns in order."""
        columns = self._grid.columns()
        return [columns[number].key for number in self.shown_columns()]

    def move_column(self, column: int, before: int) -> None:
        """Put a shown column before another one; ``before`` past the last puts it at the end."""
        keys = self.shown_keys()
        key = self._grid.columns()[column].key
        last = before >= len(self._grid.columns())
        target = None if last else self._grid.columns()[before].key
        if key == target or key not in keys:
            return
        row, current = self.current_cell()
        kept = self._grid.columns()[current].key if current >= 0 else ""
        keys.remove(key)
        keys.insert(keys.index(target) if target in keys else len(keys), key)
        self.set_shown_columns(keys)
        if kept:
            self.go_to(row, self._grid.column_number(kept))
        self.columns_moved.emit()

    def step_column(self, step: int) -> None:
        """Put the current column one place to the left (−1) or to the right (1)."""
        shown, (_, column) = self.shown_columns(), self.current_cell()
        at = shown.index(column) + step if column in shown else -1
        if 0 <= at < len(shown):
            after = shown[at + 1 :]
            past_last = after[0] if after else len(self._grid.columns())
            self.move_column(column, shown[at] if step < 0 else past_last)

    def widen_column(self, step: int) -> None:
        """Make the current column a step wider (1) or narrower (−1)."""
        column = self.current_cell()[1]
        if column >= 0:
            width = self.columnWidth(column) + step * theme.current().px(_WIDENS)
            self._header.resizeSection(column, max(width, self._header.minimumSectionSize()))

    @Slot(int)
    def fit_column(self, column: int) -> None:
        """Make a column as wide as its title and the cells on screen need."""
        look, last = theme.current(), self.rowAt(self.viewport().height() - 1)
        rows = range(self.rowAt(0), last + 1 if last >= 0 else self._grid.rowCount())
        texts = [self._grid.cell(row, column).text for row in rows if row >= 0]
        strong = QFontMetrics(look.font("strong"))
        title = self._grid.columns()[column].title
        widest = max(strong.horizontalAdvance(text) for text in (title, *texts))
        self._header.resizeSection(column, min(widest + look.px(_BESIDE_TEXT), look.px(_WIDEST)))

    def widths(self) -> dict[str, float]:
        """Return the columns' widths in design pixels."""
        return dict(self._widths)

    def set_widths(self, widths: Mapping[str, float]) -> None:
        """Set the widths of some columns in design pixels."""
        self._widths |= {key: width for key, width in widths.items() if key in self._widths}
        self._restyle()

    def shown_columns(self) -> list[int]:
        """Return the columns that are not hidden, in order."""
        return [n for n in range(len(self._widths)) if not self.isColumnHidden(n)]

    # ---- selection

    def current_cell(self) -> tuple[int, int]:
        """Return row and column of the current cell, (-1, -1) for none."""
        index = self.currentIndex()
        return (index.row(), index.column()) if index.isValid() else (-1, -1)

    def go_to(self, row: int, column: int, *, extend: bool = False) -> None:
        """Make a cell current and show it; ``extend`` selects from the anchor to it."""
        rows = self._grid.rowCount()
        if not rows or not self._widths:
            return
        row, column = clamp(row, rows), clamp(column, len(self._widths))
        index = self._grid.index(row, column)
        self._reach = (row, column)
        if not extend:
            self._anchor = (row, column)
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self.select_block((*self._anchor, row, column))
        self.scrollTo(index)

    def reach(self) -> tuple[int, int]:
        """Return the corner of the selection that Shift moves; the current cell is the other."""
        row, column = self.current_cell()
        top, left, bottom, right = self.selected_blocks()[-1] if row >= 0 else (0, 0, -1, -1)
        inside = top <= self._reach[0] <= bottom and left <= self._reach[1] <= right
        return self._reach if inside and self._anchor == (row, column) else (row, column)

    def move_within(self, row: int, column: int) -> None:
        """Make a cell of the selection current and leave the selection as it is."""
        index = self._grid.index(row, column)
        self._anchor = self._reach = (row, column)
        self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        self.scrollTo(index)

    def select_block(self, block: Block, *, add: bool = False) -> None:
        """Select a block given by any two opposite corners."""
        rows = self._grid.rowCount()
        top, bottom = sorted((clamp(block[0], rows), clamp(block[2], rows)))
        left, right = sorted((block[1], block[3]))
        chosen = QItemSelection(self._grid.index(top, left), self._grid.index(bottom, right))
        self.selectionModel().select(chosen, Flag.Select if add else Flag.ClearAndSelect)

    def selected_blocks(self) -> list[Block]:
        """Return the selected blocks (top, left, bottom, right); the current cell if none."""
        ranges = self.selectionModel().selection().toList()
        found = [(r.top(), r.left(), r.bottom(), r.right()) for r in ranges if r.isValid()]
        if not found and self.currentIndex().isValid():
            row, column = self.current_cell()
            found = [(row, column, row, column)]
        return found

    def whole_block(self) -> Block:
        """Return the block of all shown cells."""
        shown = self.shown_columns()
        return 0, shown[0], self._grid.rowCount() - 1, shown[-1]

    def selected_rows(self) -> list[int]:
        """Return the shown rows that the selection touches."""
        rows: set[int] = set()
        for top, _, bottom, _ in self.selected_blocks():
            rows.update(range(top, bottom + 1))
        return sorted(rows)

    # ---- where cells lie

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        if p.x() < self.frozen_width():
            for strip in self._fixed_strips():
                if strip.left <= p.x() < strip.left + strip.width:
                    row = self.rowAt(p.y())
                    return self._grid.index(row, strip.column) if row >= 0 else QModelIndex()
        return super().indexAt(p)

    @override
    def visualRect(self, index: Index) -> QRect:
        place = super().visualRect(index)
        if index.isValid():
            for strip in self._fixed_strips():
                if strip.column == index.column():
                    place.moveLeft(strip.left)
        return place

    @override
    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = Hint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        room = self.viewport().height()
        top = self.rowViewportPosition(index.row())
        height = self.rowHeight(index.row())
        down = self.verticalScrollBar()
        if hint == Hint.PositionAtTop:
            down.setValue(down.value() + top)
        elif hint == Hint.PositionAtCenter:
            down.setValue(down.value() + top - (room - height) // 2)
        elif top < 0:
            down.setValue(down.value() + top)
        elif top + height > room:
            down.setValue(down.value() + top + height - room)
        if index.column() not in self.shown_columns()[: self._frozen]:
            self._scroll_sideways(index.column())

    def _scroll_sideways(self, column: int) -> None:
        """Show a column that scrolls, right of the frozen ones."""
        across = self.horizontalScrollBar()
        left, width = self.columnViewportPosition(column), self.columnWidth(column)
        hidden = self.frozen_width() - left
        beyond = left + width - self.viewport().width()
        if hidden > 0:
            across.setValue(across.value() - hidden)
        elif beyond > 0:
            across.setValue(across.value() + min(beyond, -hidden))

    def frozen_width(self) -> int:
        """Return how much of the view the frozen columns take."""
        return sum(self.columnWidth(column) for column in self.shown_columns()[: self._frozen])

    def _fixed_strips(self) -> list[Strip]:
        """Return the frozen columns where they stand."""
        strips, left = [], 0
        for column in self.shown_columns()[: self._frozen]:
            strips.append(Strip(column, left, self.columnWidth(column)))
            left += self.columnWidth(column)
        return strips

    def _moving_strips(self, area: QRect) -> list[Strip]:
        """Return the columns that scroll and lie in an area."""
        strips = []
        for column in self.shown_columns()[self._frozen :]:
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if left <= area.right() and left + width > area.left():
                strips.append(Strip(column, left, width))
        return strips

    # ---- drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, theme.current().color("surface"))
        scene = self._scene(area)
        width = self.frozen_width()
        moving = QRect(width, area.top(), self.viewport().width() - width, area.height())
        self._painter.paint(painter, self._moving_strips(area), scene, moving & area)
        if width:
            fixed = QRect(0, area.top(), width, area.height())
            self._painter.paint(painter, self._fixed_strips(), scene, fixed & area)
            painter.setPen(QPen(theme.current().color("borderStrong"), 2))
            painter.drawLine(width, area.top(), width, area.bottom() + 1)
        self._paint_handle(painter)

    def _scene(self, area: QRect) -> Scene:
        """Return the rows that lie in an area."""
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return Scene(0, -1, 0, 1, (), (-1, -1))
        if last < 0:
            last = self._grid.rowCount() - 1
        height = self.verticalHeader().defaultSectionSize()
        top = self.rowViewportPosition(first)
        return Scene(first, last, top, height, self.selected_blocks(), self.current_cell())

    def fill_handle(self) -> QRect:
        """Return the fill handle at the corner of a single selected block."""
        blocks = self.selected_blocks()
        if len(blocks) != 1 or not self.hasFocus():
            return QRect()
        _, _, bottom, right = blocks[0]
        cell = self.visualRect(self._grid.index(bottom, right))
        return QRect(cell.right() - _HANDLE + 2, cell.bottom() - _HANDLE + 1, _HANDLE, _HANDLE)

    def _paint_handle(self, painter: QPainter) -> None:
        """Draw the fill handle and the frame of a fill in progress."""
        look = theme.current()
        handle = self.fill_handle()
        if handle.isValid():
            painter.fillRect(handle.adjusted(-1, -1, 1, 1), look.color("surface"))
            painter.fillRect(handle, look.color("accent"))
        if self._fill_target is not None:
            top, left, bottom, right = self._fill_target
            first = self.visualRect(self._grid.index(top, left))
            last = self.visualRect(self._grid.index(bottom, right))
            painter.setPen(QPen(look.color("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(first.united(last).adjusted(0, 0, -1, -1))

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())  # frozen cells do not lie where Qt thinks

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self.viewport().update()  # Qt moves the old picture, frozen columns and all

    # ---- following

    @Slot()
    def _on_scrolled(self) -> None:
        scrolled = self.horizontalScrollBar().value() > 0
        strips = self._fixed_strips() if scrolled else []
        self._header.set_frozen([(s.column, s.left, s.width) for s in strips])
        self.viewport().update()

    @Slot(int, int, int)
    def _on_resized(self, column: int, before: int, after: int) -> None:
        if not self._fitting and after:
            self._widths[self._grid.columns()[column].key] = after / theme.current().zoom
        self._on_scrolled()

    @Slot()
    def _restyle(self) -> None:
        """Take colours, fonts and sizes anew."""
        px = theme.current().px
        self._painter.restyle()
        self._fitting = True
        height = max(px(ROW_HEIGHTS[self._density]), round(theme.current().metrics().height()) + 4)
        self.verticalHeader().setDefaultSectionSize(height)
        for number, column in enumerate(self._grid.columns()):
            if not self.isColumnHidden(number):
                self.setColumnWidth(number, px(self._widths[column.key]))
        self._fitting = False
        self._on_scrolled()
