# SPDX-License-Identifier: MIT
"""The table's surface: the current cell, selection as blocks, and drawing."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.grid.columns import GridColumns
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.navigation import clamp
from workbench.ui.widgets.grid.painter import Block, CellPainter, Scene

_HANDLE = 6
_WIDENS = 16

Flag = QItemSelectionModel.SelectionFlag


class GridSurface(GridColumns):
    """A table that draws all cells itself and selects them in blocks.

    ``columns_moved`` tells that a person put the columns into another order.
    """

    columns_moved = Signal()

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._anchor = self._reach = (0, 0)
        self._fill_target: Block | None = None
        self._painter = CellPainter(model)
        self.header().move_asked.connect(self.move_column)
        model.modelReset.connect(self._painter.take_columns)

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

    # ---- columns, by the current cell

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

    # ---- drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        area = event.rect()
        painter.fillRect(area, theme.current().color("surface"))
        scene = self._scene(area)
        width = self.frozen_width()
        moving = QRect(width, area.top(), self.viewport().width() - width, area.height())
        self._painter.paint(painter, self.moving_strips(area), scene, moving & area)
        if width:
            fixed = QRect(0, area.top(), width, area.height())
            self._painter.paint(painter, self.fixed_strips(), scene, fixed & area)
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
    def restyle(self) -> None:
        self._painter.restyle()
        super().restyle()
