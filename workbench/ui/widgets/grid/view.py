# SPDX-License-Identifier: MIT
"""The Excel-like table: keys, menu and the signals that pages listen to."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QItemSelection, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.columns import Index
from workbench.ui.widgets.grid.copy_run import CopyRun
from workbench.ui.widgets.grid.editing import EditedCells
from workbench.ui.widgets.grid.filter_popup import FilterPopup
from workbench.ui.widgets.grid.find_run import FindRun
from workbench.ui.widgets.grid.header_sort import sort_by
from workbench.ui.widgets.grid.keys import GridKeys
from workbench.ui.widgets.grid.layout import GridLayout
from workbench.ui.widgets.grid.menu import deeds_menu
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.grid.protocol import SelectionStats
from workbench.ui.widgets.grid.stats import selection_steps
from workbench.ui.widgets.slices import Slices

_Ctrl = Qt.KeyboardModifier.ControlModifier
_Shift = Qt.KeyboardModifier.ShiftModifier


class GridView(EditedCells):
    """A table over a ``GridModel`` with the keys of Excel.

    ``block_written`` carries a PasteOutcome after paste, cut, fill, clear or today;
    ``edit_refused`` one after a typed text that the model refused. ``stats_changed`` carries the
    selection's SelectionStats, ``current_changed`` the shown row (-1 for none). The ``*_asked``
    signals leave the deed to the page: delete shown rows (list), insert at a shown row, find,
    replace, take a problem's fix (tuple). ``menu_opening`` hands out the context menu to add to.
    """

    stats_changed = Signal(object)
    current_changed = Signal(int)
    delete_rows_asked = Signal(list)
    insert_row_asked = Signal(int)
    find_asked = Signal()
    replace_asked = Signal()
    fix_asked = Signal(tuple)
    menu_opening = Signal(QMenu)

    def __init__(
        self,
        model: GridModel,
        name: str,
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, today, parent)
        self._keys = GridKeys(self, model)
        self.step_asked.connect(self._on_step)
        self.finding = FindRun(self, self)
        self.copying = CopyRun(model, self.shown_columns, self)
        self._summing: Slices[SelectionStats] = Slices(self, self.stats_changed.emit)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._stats_clock = QTimer(self)
        self._stats_clock.setSingleShot(True)
        self._stats_clock.timeout.connect(self._tell_stats)
        self.header().sort_asked.connect(self._on_sort)
        self.header().filter_asked.connect(self.open_filter)
        model.dataChanged.connect(self._on_data)
        model.modelReset.connect(self._on_data)
        model.folded.connect(self._on_folded)
        self.start()

    # ---- what pages call

    @Slot(int)
    def open_filter(self, column: int) -> FilterPopup:
        """Open the filter of a column under its header."""
        popup = FilterPopup(self, self.grid_model(), column)
        popup.open_below(self.header(), self.header().section_left(column))
        return popup

    def layout_now(self, view: str = "") -> GridLayout:
        """Return how the table is set up."""
        model = self.grid_model()
        return GridLayout(
            tuple(self.shown_keys()),
            self.widths(),
            self.frozen(),
            model.sort_keys,
            model.filters,
            model.group,
            model.words,
            view,
        )

    def set_layout(self, layout: GridLayout) -> None:
        """Set the table up as it was; columns that are gone are left out."""
        known = {column.key for column in self.grid_model().columns()}
        if shown := [key for key in layout.columns if key in known]:
            self.set_shown_columns(shown)
        self.set_widths(layout.widths)
        self.set_frozen(layout.frozen)
        self.grid_model().set_arrangement(
            layout.sort, dict(layout.filters), layout.group, layout.words
        )

    def stats(self) -> SelectionStats:
        """Return the figures of the selection."""
        for step in selection_steps(
            self.grid_model(), self.selected_blocks(), self.shown_columns()
        ):
            if not isinstance(step, float):
                return step
        return SelectionStats()

    # ---- keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()
        elif self._keys.press(event):
            event.accept()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            event.ignore()
        elif event.text() and not event.modifiers() & _Ctrl:
            self._keeps_text = False
            super().keyPressEvent(event)
        else:
            event.ignore()

    @override
    def event(self, event: QEvent) -> bool:
        # the table's own keys go before the window's shortcuts
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.modifiers() & _Ctrl
            and event.key() in (Qt.Key.Key_D, Qt.Key.Key_R, Qt.Key.Key_Minus)
        ):
            event.accept()
            return True
        return super().event(event)

    def page_rows(self) -> int:
        """Return how many rows are visible at once."""
        return max(self.viewport().height() // self.verticalHeader().defaultSectionSize() - 1, 1)

    def page_columns(self) -> int:
        """Return how many columns that scroll are visible at once, one less than fit."""
        shown = self.shown_columns()[self.frozen() :]
        places = [
            (self.columnViewportPosition(column), self.columnWidth(column)) for column in shown
        ]
        frozen = sum(map(self.columnWidth, self.shown_columns()[: self.frozen()]))
        right = self.viewport().width()
        return max(sum(frozen <= x and x + width <= right for x, width in places) - 1, 1)

    def ask(self, what: str) -> None:
        """Do or ask for what a key means outside the cells."""
        row, column = self.current_cell()
        if what == "filter" and column >= 0:
            self.open_filter(column)
        elif what == "freeze":
            shown = self.shown_columns()
            count = shown.index(column) + 1 if column in shown else 0
            self.set_frozen(0 if count == self.frozen() else count)
        elif what == "delete":
            self.delete_rows_asked.emit(self.selected_rows())
        elif what == "insert":
            self.insert_row_asked.emit(max(row, 0))
        elif what in ("find_next", "find_previous") and self.finding.words:
            self.finding.find(self.finding.words, backwards=what == "find_previous")
        elif what == "menu":
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self._open_menu(self.viewport().mapToGlobal(place))
        elif what == "fix" and row >= 0:
            problem = self.grid_model().cell(row, column).problem
            if problem is not None and problem.fix:
                self.fix_asked.emit(problem.fix)
        elif what == "replace":
            self.replace_asked.emit()
        else:
            self.find_asked.emit()

    # ---- menu

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(event.globalPos())

    def _open_menu(self, place: QPoint) -> None:
        """Open the context menu with the deeds of the keyboard."""
        menu = deeds_menu(self, (
            ("ui.edit", "F2", self.edit_current),
            ("ui.cut", "Ctrl+X", self.cut_cells),
            ("ui.copy", "Ctrl+C", self.copy_cells),
            ("ui.paste", "Ctrl+V", self.paste_cells),
            ("ui.clear_contents", "Del", self.clear_cells),
            ("ui.fill_down", "Ctrl+D", self.fill_down_cells),
        ))  # fmt: skip
        self.menu_opening.emit(menu)
        menu.popup(place)

    @Slot()
    def cut_cells(self) -> None:
        """Copy the selection, then clear it."""
        blocks = self.selected_blocks()
        self.copying.start(blocks, lambda: self.written(self.blocks.clear(blocks, "ui.step_cut")))

    @Slot()
    def copy_cells(self) -> None:
        """Copy the selection."""
        self.copying.start(self.selected_blocks())

    # ---- following

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self._stats_clock.start(0)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.header().set_current(current.column())
        self.viewport().update()
        if current.row() != previous.row() or not current.isValid():
            self.current_changed.emit(current.row())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.grid_model().rowCount():
            self.go_to(0, self.shown_columns()[0])
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
        # While an input method composes its first word the focus is still the table's, not the
        # editor's: who leaves the table then leaves the editor too.
        editor = self.open_editor() if self.isVisible() else None
        inside = editor is None or editor.hasFocus() or editor.list_is_open()
        if not inside and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish_editing()

    @Slot()
    def _on_data(self) -> None:
        self._stats_clock.start(0)

    @Slot(int)
    def _on_folded(self, row: int) -> None:
        self.go_to(row, max(self.current_cell()[1], self.shown_columns()[0]))

    @Slot()
    def _tell_stats(self) -> None:
        """Tell the figures of the selection: of a large one nothing until all is summed."""
        blocks, shown = self.selected_blocks(), self.shown_columns()
        self._summing.start(selection_steps(self.grid_model(), blocks, shown))
        if self._summing.busy:
            self.stats_changed.emit(SelectionStats())

    @Slot(int, int)
    def _on_step(self, rows: int, columns: int) -> None:
        self._keys.step(rows, columns)

    @Slot(int, bool)
    def _on_sort(self, column: int, further: bool) -> None:
        sort_by(self.grid_model(), column, further=further)
