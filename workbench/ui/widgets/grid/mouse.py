# SPDX-License-Identifier: MIT
"""What the mouse does in the table: select blocks, drag the fill handle, open the editor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.blocks import BlockEditor, bounds
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.painter import Block
from workbench.ui.widgets.grid.protocol import PasteOutcome
from workbench.ui.widgets.grid.surface import GridSurface

_Ctrl = Qt.KeyboardModifier.ControlModifier
_Shift = Qt.KeyboardModifier.ShiftModifier

_FASTEST = 10
"""So many rows are gone over at a time when the pointer is far outside."""


class GridMouse(GridSurface):
    """A surface whose cells are selected and filled with the mouse.

    ``zoom_asked`` leaves it to the page to show everything larger (1) or smaller (-1).
    """

    block_written = Signal(object)
    edit_asked = Signal()
    zoom_asked = Signal(int)

    def __init__(
        self, model: GridModel, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parent)
        self.blocks = BlockEditor(model, self.shown_columns, today)
        self._dragging = False
        self._adding = False
        self._pointer = QPoint()
        self._drag_clock = QTimer(self)
        self._drag_clock.setInterval(50)
        self._drag_clock.timeout.connect(self._drag_on)
        self._awaited: PasteOutcome | None = None
        model.finished.connect(self._on_finished)

    def written(self, outcome: PasteOutcome) -> None:
        """Tell the page what became of a block, of a large one once it is written."""
        self._awaited = outcome if outcome.later else None
        if outcome.later:
            return
        if outcome.place is not None:
            self.select_block(outcome.place)
        if outcome.applied or outcome.refused or outcome.beyond or outcome.nothing:
            self.block_written.emit(outcome)

    @Slot()
    def paste_cells(self) -> None:
        """Write the clipboard's block at the selection."""
        self.written(self.blocks.paste(self.selected_blocks()))

    @Slot()
    def clear_cells(self) -> None:
        """Make the selected cells unknown."""
        self.written(self.blocks.clear(self.selected_blocks()))

    @Slot()
    def fill_down_cells(self) -> None:
        """Copy the top row of the selection into the rows below."""
        self.written(self.blocks.fill_down(self.selected_blocks()))

    @Slot(object)
    def _on_finished(self, done: PasteOutcome) -> None:
        """Tell of a large block that was written, with what was known of it before."""
        before = self._awaited or done
        self.written(replace(before, applied=done.applied, refused=done.refused, later=False))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton:
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.go_to(index.row(), index.column())
            return
        if self._on_handle(event):
            self._fill_target = bounds(self.selected_blocks())
            return
        if not index.isValid():
            return
        if self.grid_model().source_row(index.row()) < 0 and not event.modifiers():
            self.go_to(index.row(), index.column())
            self.grid_model().fold(index.row())
            return
        self._dragging = True
        self._adding = bool(event.modifiers() & _Ctrl)
        if self._adding:
            self._anchor = (index.row(), index.column())
            flags = self.selectionModel().SelectionFlag.Toggle
            self.selectionModel().setCurrentIndex(index, flags)
        else:
            extend = bool(event.modifiers() & _Shift)
            self.go_to(index.row(), index.column(), extend=extend)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self._fill_target is None and not self._dragging:
            return
        self._drag_on()
        outside = not self.viewport().rect().contains(self._pointer)
        if outside != self._drag_clock.isActive():
            self._drag_clock.start() if outside else self._drag_clock.stop()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self._drag_clock.stop()
        target, self._fill_target = self._fill_target, None
        if target is not None:
            self._fill_to(target, repeat=bool(event.modifiers() & _Ctrl))

    def _fill_to(self, target: Block, *, repeat: bool = False) -> None:
        """Continue the selected block over a larger one."""
        source = bounds(self.selected_blocks())
        if target != source:
            self.written(self.blocks.drag_fill(source, target, repeat=repeat))
            self.select_block(target)
        self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_handle(event):
            top, left, bottom, right = bounds(self.selected_blocks())
            end = self.blocks.end_beside((top, left, bottom, right))
            self._fill_to((top, left, end, right))
            return
        index = self.indexAt(event.position().toPoint())
        heading = index.isValid() and self.grid_model().source_row(index.row()) < 0
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not heading:
            self.go_to(index.row(), index.column())
            self.edit_asked.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & _Ctrl:
            if steps := event.angleDelta().y():
                self.zoom_asked.emit(1 if steps > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def _on_handle(self, event: QMouseEvent) -> bool:
        """Tell whether the pointer is on the fill handle."""
        return self.fill_handle().adjusted(-3, -3, 3, 3).contains(event.position().toPoint())

    def _under_pointer(self) -> tuple[int, int]:
        """Return the cell under the pointer, beyond the borders the further the faster."""
        area, place = self.viewport().rect(), self._pointer
        most = _FASTEST * self.verticalHeader().defaultSectionSize()
        x = min(max(place.x(), 0), area.width() - 1)
        y = min(max(place.y(), -most), area.height() - 1 + most)
        row = self.rowAt(y)
        column = self.indexAt(QPoint(x, min(max(y, 0), area.height() - 1))).column()
        if row < 0:
            row = 0 if y < 0 else self.grid_model().rowCount() - 1
        if column < 0:
            column = self.shown_columns()[-1]
        if place.x() >= area.width():  # a cell that is cut off, or the next one
            column = self._beside(self.shown_columns()[-1], column)
        return row, column

    def _beside(self, last: int, column: int) -> int:
        """Return a column that is not shown whole at the right, or the one after it."""
        if (
            column == last
            or self.visualRect(self.grid_model().index(0, column)).right()
            >= self.viewport().width()
        ):
            return column
        return self.shown_columns()[self.shown_columns().index(column) + 1]

    def _drag_to(self, row: int, column: int) -> None:
        """Select from the anchor to a cell and show it."""
        if self._adding:
            self.select_block((*self._anchor, row, column), add=True)
        else:
            self.go_to(row, column, extend=True)

    @Slot()
    def _drag_on(self) -> None:
        """Follow the pointer, which scrolls the table while it stays outside."""
        if not self.grid_model().rowCount():
            return
        row, column = self._under_pointer()
        if self._fill_target is not None:
            self._stretch_fill(row, column)
            self.scrollTo(self.grid_model().index(row, column))
        else:
            self._drag_to(row, column)

    def _stretch_fill(self, row: int, column: int) -> None:
        """Extend the fill down, up or sideways, whichever is further."""
        top, left, bottom, right = bounds(self.selected_blocks())
        down = max(row - bottom, top - row, 0)
        across = max(column - right, left - column, 0)
        target: Block = (top, left, bottom, right)
        if down >= across and down:
            target = (min(top, row), left, max(bottom, row), right)
        elif across:
            target = (top, min(left, column), bottom, max(right, column))
        self._fill_target = target
        self.viewport().update()
