# SPDX-License-Identifier: MIT
"""The table's columns: which are shown, how wide they are, and which stay in place."""

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.widgets.grid.header import GridHeader
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.painter import Strip

Density = Literal["compact", "standard", "roomy"]
ROW_HEIGHTS: dict[Density, int] = {"compact": 28, "standard": 32, "roomy": 40}
_WIDEST = 480
_BESIDE_TEXT = 40
"""Beside its words a cell has insets, and the dot of a pill or the marks of a title."""

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint


class GridColumns(QTableView):
    """A table of columns some of which may be hidden, and the first of which may stay in place."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._density: Density = "standard"
        self._frozen = sum(1 for column in model.columns() if column.frozen)
        self._widths: dict[str, float] = {c.key: c.width for c in model.columns()}
        self._fitting = False
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
        self._header.fit_asked.connect(self.fit_column)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.current().theme_changed.connect(self._on_theme)

    def start(self) -> None:
        """Take the model; last in construction, because Qt then calls overridden methods."""
        self.setModel(self._grid)
        self.restyle()

    def grid_model(self) -> GridModel:
        """Return the model."""
        return self._grid

    def header(self) -> GridHeader:
        """Return the header."""
        return self._header

    def set_density(self, density: Density) -> None:
        """Set the row height: compact 28, standard 32, roomy 40 design pixels."""
        self._density = density
        self.restyle()

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
        self.restyle()

    def shown_keys(self) -> list[str]:
        """Return the keys of the shown columns in order."""
        columns = self._grid.columns()
        return [columns[number].key for number in self.shown_columns()]

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
        self.restyle()

    def shown_columns(self) -> list[int]:
        """Return the columns that are not hidden, in order."""
        return [n for n in range(len(self._widths)) if not self.isColumnHidden(n)]

    # ---- where cells lie

    @override
    def indexAt(self, p: QPoint) -> QModelIndex:
        if p.x() < self.frozen_width():
            for strip in self.fixed_strips():
                if strip.left <= p.x() < strip.left + strip.width:
                    row = self.rowAt(p.y())
                    return self._grid.index(row, strip.column) if row >= 0 else QModelIndex()
        return super().indexAt(p)

    @override
    def visualRect(self, index: Index) -> QRect:
        place = super().visualRect(index)
        if index.isValid():
            for strip in self.fixed_strips():
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

    def fixed_strips(self) -> list[Strip]:
        """Return the frozen columns where they stand."""
        strips, left = [], 0
        for column in self.shown_columns()[: self._frozen]:
            strips.append(Strip(column, left, self.columnWidth(column)))
            left += self.columnWidth(column)
        return strips

    def moving_strips(self, area: QRect) -> list[Strip]:
        """Return the columns that scroll and lie in an area."""
        strips = []
        for column in self.shown_columns()[self._frozen :]:
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            if left <= area.right() and left + width > area.left():
                strips.append(Strip(column, left, width))
        return strips

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
        strips = self.fixed_strips() if scrolled else []
        self._header.set_frozen([(s.column, s.left, s.width) for s in strips])
        self.viewport().update()

    @Slot(int, int, int)
    def _on_resized(self, column: int, before: int, after: int) -> None:
        if not self._fitting and after:
            self._widths[self._grid.columns()[column].key] = after / theme.current().zoom
        self._on_scrolled()

    @Slot()
    def _on_theme(self) -> None:
        self.restyle()  # connected itself, an overridden method is called after the table is gone

    def restyle(self) -> None:
        """Take colours, fonts and sizes anew."""
        px = theme.current().px
        self._fitting = True
        height = max(px(ROW_HEIGHTS[self._density]), round(theme.current().metrics().height()) + 4)
        self.verticalHeader().setDefaultSectionSize(height)
        for number, column in enumerate(self._grid.columns()):
            if not self.isColumnHidden(number):
                self.setColumnWidth(number, px(self._widths[column.key]))
        self._fitting = False
        self._on_scrolled()
