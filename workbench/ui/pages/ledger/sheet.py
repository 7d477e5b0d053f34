# SPDX-License-Identifier: MIT
"""One ledger table with its views, filters and tools."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.overriding import override
from workbench.domain.records.hierarchy import belonging
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.look import looks, theme
from workbench.ui.models.asset_columns import ASSET_ENTITIES
from workbench.ui.models.asset_register import AssetRegister
from workbench.ui.models.ledger_table import LedgerTable
from workbench.ui.models.park_state import ParkState
from workbench.ui.pages.ledger.cell_drops import CellDrops
from workbench.ui.pages.ledger.filters import FilterBar
from workbench.ui.pages.ledger.find import FindBar
from workbench.ui.pages.ledger.held import HeldRows
from workbench.ui.pages.ledger.memory import Place, SheetMemory, place_of, return_to
from workbench.ui.pages.ledger.nothing import NothingShown
from workbench.ui.pages.ledger.own_views import ViewTabs
from workbench.ui.pages.ledger.rows import RowDeeds
from workbench.ui.pages.ledger.table_tools import TableTools
from workbench.ui.pages.ledger.views import View
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.grid.columns import ROW_HEIGHTS, Density
from workbench.ui.widgets.grid.layout import GridLayout
from workbench.ui.widgets.grid.protocol import SelectionStats
from workbench.ui.widgets.grid.stats import stats_text
from workbench.ui.widgets.grid.view import GridView
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.search_box import SearchBox

_READ_AT_ONCE = 1500
"""Rows whose words are read between two events: about 10 ms, which no hand notices."""


class LedgerSheet(QWidget):
    """A table and what stands above it; ``shown`` carries the current Record or None."""

    shown = Signal(object)
    place_left = Signal()
    new_asked = Signal()
    density_chosen = Signal(str)

    def __init__(
        self,
        context: UiContext,
        key: str,
        model: LedgerTable,
        views: Sequence[View],
        usual: Sequence[str],
    ) -> None:
        super().__init__()
        self.context = context
        self.key = key
        self.model = model
        model.setParent(self)
        self._entities = ASSET_ENTITIES if isinstance(model, AssetRegister) else (key,)
        self._state: ParkState | None = None
        self._remembered: Place | None = None
        self._at: tuple[str, str] | None = None
        self.grid = GridView(model, t("ledger.table_name"), today=context.program.today)
        self._shipped_views = tuple(views)
        self._before_own: GridLayout | None = None
        self.view_tabs = ViewTabs(context, key, views)
        self.views = self.view_tabs.tabs
        self.search = SearchBox(t("ledger.quick_search"))
        self._ahead = QTimer(self)
        self.tools = TableTools(context, key, self.grid, usual)
        self.tools.density_chosen.connect(self.density_chosen)
        self._held = HeldRows()
        self.deeds = RowDeeds(context, key, self.grid, model)
        self._drops = CellDrops(context, self.grid, model)
        self.filters = FilterBar(self.grid)
        self.find_bar = FindBar(self.grid)
        asset = t("ledger.asset") if isinstance(model, AssetRegister) else ""
        self._nothing = NothingShown(asset or context.services.catalogue[key].title(language()))
        self._nothing.new_asked.connect(self.new_asked)
        self._nothing.all_asked.connect(self._show_all)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(Hairline())
        column.addWidget(self.filters)
        column.addWidget(self.find_bar)
        column.addWidget(Hairline())
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)
        self._connect()

    # ---- what the page calls

    def show_state(self, state: ParkState, records: Sequence[Record]) -> None:
        """Show these records of a park's state through the chosen view."""
        self._state = state
        place = self._place()
        self.view_tabs.show_views()
        views = self._shipped_views
        self.view_tabs.set_counts({v.key: v.count(records, self._entities, state) for v in views})
        chosen = self._narrowed(records, state)
        if isinstance(self.model, AssetRegister):
            self.model.show_assets(chosen, state.ledger, state.problems, state)
        else:
            self.model.show_records(chosen, state.ledger, state.problems)
        self.filters.set_total(len(records))
        self._show_strays()
        self._on_arranged()
        if self.model.rowCount() and not self.grid.currentIndex().isValid():
            self._return_to(place)
        self._tell_current()
        if self.search.hasFocus():  # somebody is about to type into a table read anew
            self._ahead.start()

    def set_place(self, place: Record | None) -> None:
        """Show only what belongs to a park's parcel, building or unit, None for everything."""
        before, self._at = self._at, None if place is None else (place.entity, place.key)
        self.filters.set_place("" if place is None else place.label)
        if self._at != before and self._state is not None:
            self.show_state(self._state, self._records_of(self._state))

    def _narrowed(self, records: Sequence[Record], state: ParkState) -> Sequence[Record]:
        """Return the records of the view within the place, and those that an edit took out of it.

        What was shown stays until view, place, park or day are chosen anew: no row vanishes under
        the fingers.
        """
        place = None if self._at is None else state.ledger.find(*self._at)
        allowed = self.view_tabs.view.allowed(state)
        if place is not None:
            allowed = (*allowed, belonging(state.ledger, place))
        question = (self.view_tabs.view.key, self._at, self.context.park_key, state.as_of)
        return self._held.narrowed(records, allowed, question)

    def choose_view(self, key: str) -> None:
        """Choose a view and show it."""
        self.view_tabs.choose(key)

    def remember(self) -> SheetMemory:
        """Return how the table stands, for the page that is made next."""
        layout = self.grid.layout_now(self.view_tabs.view.key)
        return SheetMemory(layout, self.views.current(), self._place(), self.search.text())

    def restore(self, memory: SheetMemory) -> None:
        """Stand as another page's table stood; called before the table is filled."""
        self.view_tabs.take(memory.layout, memory.view)
        self.grid.set_layout(memory.layout)
        self.search.setText(memory.words)
        self._remembered = memory.place

    def _place(self) -> Place | None:
        """Return the current cell and the selection by record and column."""
        if self._remembered is not None:
            return self._remembered
        return place_of(self.grid, self.model)

    def _return_to(self, place: Place | None) -> None:
        """Go back to a place, or to the first row when it is no longer shown."""
        self._remembered = None
        if place is None or not return_to(self.grid, self.model, place):
            self.grid.go_to(0, self._column_of(""))

    def go_to_record(self, entity: str, key: str, field: str = "") -> bool:
        """Make a record current, taking away what hides it; False when it is not in the table."""
        if self.model.row_of(entity, key) is None:
            self._show_all()
        row = self.model.row_of(entity, key)
        if row is None:
            return False
        column = self._column_of(field)
        if self.grid.isColumnHidden(column):
            self.grid.setColumnHidden(column, False)
            self.grid.updateGeometries()  # otherwise the view cannot scroll that far yet
        self.grid.go_to(row, column)
        return True

    def current_record(self) -> Record | None:
        """Return the record of the current row."""
        return self.model.record_at(self.grid.current_cell()[0])

    def current_field(self) -> str:
        """Return the field that the current cell shows, "" for one that is computed."""
        row, column = self.grid.current_cell()
        if self.model.record_at(row) is None:
            return ""
        return self.model.field_of(self.model.source_row(row), column) or ""

    def set_density(self, density: str) -> None:
        """Set the row height."""
        if density in ROW_HEIGHTS:
            self.grid.set_density(_density(density))

    # ---- the parts

    def _head(self) -> Box:
        head = Box("surface", horizontal=True, margins=(12, 6, 12, 6), spacing=8)
        head.add(self.view_tabs)
        head.add_stretch()
        self.search.setMaximumWidth(theme.current().px(190))
        self.search.setMinimumWidth(theme.current().px(96))
        self.search.textChanged.connect(self._on_words)
        self.search.entered.connect(self._ahead.start)
        self._ahead.timeout.connect(self._read_ahead)
        head.add(self.search)
        head.add(self.tools)
        return head

    def _connect(self) -> None:
        grid = self.grid
        grid.current_changed.connect(self._tell_current)
        grid.stats_changed.connect(self._on_stats)
        grid.find_asked.connect(self.find_bar.open_bar)
        grid.replace_asked.connect(self._on_replace)
        # the page is made anew then, which must not happen within the table's own event
        grid.zoom_asked.connect(self._on_zoom, Qt.ConnectionType.QueuedConnection)
        self.deeds.new_asked.connect(self.new_asked)
        self.deeds.inserted.connect(self._on_inserted)
        self.filters.place_left.connect(self.place_left)
        self.filters.again_asked.connect(self._narrow_again)
        self.model.arranged.connect(self._on_arranged)
        self.view_tabs.chosen.connect(self._on_view)
        self.view_tabs.layout_asked.connect(self._on_layout)
        self.view_tabs.save_asked.connect(self._on_save_view)
        self.view_tabs.update_asked.connect(self._on_update_view)

    def _column_of(self, field: str) -> int:
        """Return the column that shows a field; the name's column for a field without one."""
        keys = [column.key for column in self.model.columns()]
        if field in keys:
            return keys.index(field)
        return next((n for n, c in enumerate(self.model.columns()) if c.strong), 0)

    # ---- tools

    @Slot(object)
    def _on_layout(self, layout: GridLayout | None) -> None:
        """Set the table up as an own view says, and as it was before when one is left."""
        if layout is not None:
            if self._before_own is None:
                self._before_own = self.grid.layout_now()
            self.grid.set_layout(layout)
        elif self._before_own is not None:
            self.grid.set_layout(self._before_own)
            self._before_own = None

    @Slot()
    def _on_save_view(self) -> None:
        self.view_tabs.ask_name(self.grid.layout_now(self.view_tabs.view.key))

    @Slot()
    def _on_update_view(self) -> None:
        if (own := self.view_tabs.own) is not None:
            self.view_tabs.keep(own.name, self.grid.layout_now(self.view_tabs.view.key))

    @Slot()
    def _read_ahead(self) -> None:
        """Read between two events what the first letter typed would have to wait for."""
        if self.model.read_words(_READ_AT_ONCE):
            self._ahead.stop()

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self.model.set_words(words)

    @Slot()
    def _on_replace(self) -> None:
        self.deeds.open_replace(self.find_bar.field.text())

    @Slot(int)
    def _on_zoom(self, step: int) -> None:
        settings = self.context.program.settings
        zoom = looks.next_zoom(round(theme.current().zoom * 100), step)
        self.context.shell.change_settings(replace(settings, zoom=zoom, language=language()))

    @Slot(str, list)
    def _on_inserted(self, entity: str, keys: list[str]) -> None:
        """Go to a new row's name, ready to type; view and filters hide no row made just now."""
        for key in keys:
            self._held.keep(key)
        if self._state is not None:
            self.show_state(self._state, self._records_of(self._state))
        self.model.let_in_records(entity, keys)
        self.go_to_record(entity, keys[0])

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.release()

    def undo(self) -> None:
        """Take the last step back."""
        self.deeds.undo()

    # ---- following the table

    @Slot()
    def _on_view(self) -> None:
        self._held.forget()
        if self._state is not None:
            self.show_state(self._state, self._records_of(self._state))

    def _records_of(self, state: ParkState) -> Sequence[Record]:
        if isinstance(self.model, AssetRegister):
            return state.assets
        return state.ledger.all(self.key)

    @Slot()
    def _show_all(self) -> None:
        """Take away view, place, words and filters."""
        self.place_left.emit()
        self.search.clear()
        self.model.clear_filters()
        if self.views.current() != "all":
            self.choose_view("all")

    def _show_strays(self) -> None:
        """Say how many rows are shown although they no longer answer to view and filters."""
        self.filters.set_strays(self._held.count + self.model.strays())

    @Slot()
    def _narrow_again(self) -> None:
        """Ask view and filters anew, so that what an edit took out of them goes."""
        self._on_view()
        self.model.arrange()

    @Slot()
    def _on_arranged(self) -> None:
        self._show_strays()
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.grid)
            return
        self._nothing.show_why(self._conditions())
        self._stack.setCurrentWidget(self._nothing)

    def _conditions(self) -> list[str]:
        """Return in words what keeps records out of the table."""
        view, words = self.views.current(), self.model.words.strip()
        found = (
            [] if view == "all" else [t("ledger.view_words", view=self.view_tabs.title_of(view))]
        )
        if words:
            found.append(t("ledger.search_words", words=words))
        return found + self.filters.words()

    @Slot()
    def _tell_current(self) -> None:
        self.shown.emit(self.current_record())

    @Slot(object)
    def _on_stats(self, stats: SelectionStats) -> None:
        self.context.shell.show_selection(stats_text(stats))


def _density(name: str) -> Density:
    return next(density for density in ROW_HEIGHTS if density == name)
