# SPDX-License-Identifier: MIT
"""What the mouse does in the table: select blocks, drag the fill handle, open the editor."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.blocks import BlockEditor, bounds
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.painter import Block
from workbench.ui.widgets.grid.protocol import PasteOutcome
from workbench.ui.widgets.grid.surface import GridSurface

_Ctrl = Qt.KeyboardModifier.ControlModifier
_Shift = Qt.KeyboardModifier.ShiftModifier


class GridMouse(GridSurface):
    """A surface whose cells are selected and filled with the mouse."""

    block_written = Signal(object)
    edit_asked = Signal()

    def __init__(
        self, model: GridModel, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parent)
        self.blocks = BlockEditor(model, self.shown_columns, today)
        self._dragging = False
        self._adding = False
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
        if outcome.applied or outcome.refused or outcome.beyond:
            self.block_written.emit(outcome)

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
        if self.fill_handle().adjusted(-3, -3, 3, 3).contains(event.position().toPoint()):
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
        place = event.position().toPoint()
        if self._fill_target is not None:
            self._stretch_fill(place)
        elif self._dragging:
            self._drag_to(place)
            outside = not self.viewport().rect().contains(place)
            if outside != self._drag_clock.isActive():
                self._drag_clock.start() if outside else self._drag_clock.stop()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False
        self._drag_clock.stop()
        target, self._fill_target = self._fill_target, None
        if target is not None:
            source = bounds(self.selected_blocks())
            if target != source:
                repeat = bool(event.modifiers() & _Ctrl)
                self.written(self.blocks.drag_fill(source, target, repeat=repeat))
                self.select_block(target)
            self.viewport().update()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        heading = index.isValid() and self.grid_model().source_row(index.row()) < 0
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not heading:
            self.go_to(index.row(), index.column())
            self.edit_asked.emit()

    def _drag_to(self, place: QPoint) -> None:
        """Select from the anchor to the cell under the pointer, scrolling at the borders."""
        area = self.viewport().rect()
        height = self.verticalHeader().defaultSectionSize()
        x = min(max(place.x(), 0), area.width() - 1)
        y = min(max(place.y(), -height), area.height() - 1 + height)
        row = self.rowAt(y)
        column = self.indexAt(QPoint(x, min(max(y, 0), area.height() - 1))).column()
        if row < 0:
            row = 0 if y < 0 else self.grid_model().rowCount() - 1
        if column < 0:
            column = self.shown_columns()[-1]
        if self._adding:
            self.select_block((*self._anchor, row, column), add=True)
        else:
            self.go_to(row, column, extend=True)

    @Slot()
    def _drag_on(self) -> None:
        self._drag_to(self.viewport().mapFromGlobal(self.cursor().pos()))

    def _stretch_fill(self, place: QPoint) -> None:
        """Extend the fill down, up or sideways, whichever is further."""
        index = self.indexAt(place)
        if not index.isValid():
            return
        top, left, bottom, right = bounds(self.selected_blocks())
        row, column = index.row(), index.column()
        down = max(row - bottom, top - row, 0)
        across = max(column - right, left - column, 0)
        target: Block = (top, left, bottom, right)
        if down >= across and down:
            target = (min(top, row), left, max(bottom, row), right)
        elif across:
            target = (top, min(left, column), bottom, max(right, column))
        self._fill_target = target
        self.viewport().update()
