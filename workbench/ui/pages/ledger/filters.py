# SPDX-License-Identifier: MIT
"""The bar above a table: active filters as chips, the sort in words, how many rows are shown."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from workbench.domain.display import grouped
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, FilterChip
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.grid.protocol import ColumnFilter, GridColumn
from workbench.ui.widgets.grid.view import GridView
from workbench.ui.widgets.label import IconLabel, Label

_MOST_NAMED = 2


class FilterBar(Box):
    """Follows one table; ``cleared`` tells that every filter was taken away."""

    cleared = Signal()
    place_left = Signal()
    again_asked = Signal()

    def __init__(self, grid: GridView) -> None:
        super().__init__("surface", horizontal=True, margins=(16, 6, 16, 6), spacing=8)
        self._grid = grid
        self._total = 0
        self._place = ""
        self.content.addWidget(IconLabel("filter", "text2", 15))
        self._flow = Flow(8)
        self.content.addWidget(self._flow, 1)
        self._count = Label("", "caption")
        self._clear = Button(t("ledger.clear_filters"), "link")
        self._clear.clicked.connect(self.clear)
        self.again = Button("", "link")
        self.again.setToolTip(t("held_rows.tip"))
        self.again.clicked.connect(self.again_asked)
        self.again.hide()
        self.content.addWidget(self.again)
        self.content.addWidget(self._count)
        self.content.addWidget(self._clear)
        grid.grid_model().arranged.connect(self.show_state)

    def set_total(self, total: int) -> None:
        """Say how many records there are before filters and view."""
        self._total = total
        self.show_state()

    def set_place(self, name: str) -> None:
        """Say within which place the records lie, "" for the whole park."""
        self._place = name
        self.show_state()

    def set_strays(self, count: int) -> None:
        """Say how many rows an edit took out of the view or the filters while they stay shown."""
        self.again.setText(t("held_rows.again", n=count))
        self.again.setVisible(count > 0)

    def words(self) -> list[str]:
        """Return the active filters in words."""
        filters = self._grid.grid_model().filters
        place = [t("ledger_tree.within", name=self._place)] if self._place else []
        return place + [self._words(self._column(key), chosen) for key, chosen in filters.items()]

    @Slot()
    def clear(self) -> None:
        """Take every filter away."""
        self._grid.grid_model().clear_filters()
        self.cleared.emit()

    @Slot()
    def show_state(self) -> None:
        """Show filters, sort and count as they are now."""
        model = self._grid.grid_model()
        self._flow.clear()
        if self._place:
            chip = FilterChip("", t("ledger_tree.within", name=self._place))
            chip.removed.connect(self._on_place_left)
            self._flow.add(chip)
        for key, chosen in model.filters.items():
            chip = FilterChip(key, self._words(self._column(key), chosen))
            chip.removed.connect(self._on_removed)
            self._flow.add(chip)
        if model.group:
            words = t("ledger_groups.grouped", column=self._column(model.group).title)
            chip = FilterChip("", words)
            chip.removed.connect(self._ungroup)
            self._flow.add(chip)
        self._add = Button(t("ledger.add_filter"), "chipAdd")
        self._add.clicked.connect(self._choose_column)
        self._flow.add(self._add)
        if words := self._sort_words():
            sort = Label(words, "hint")
            sort.setMinimumHeight(theme.current().px(24))
            self._flow.add(sort)
        self._clear.setVisible(bool(model.filters))
        self._count.setText(t("ledger.shown", shown=model.matches(), total=self._total))

    def _sort_words(self) -> str:
        parts = [
            f"{self._column(key.column).title} {'↓' if key.descending else '↑'}"
            for key in self._grid.grid_model().sort_keys
        ]
        return t("ledger.sorted", keys=t("ledger.and").join(parts)) if parts else ""

    def _column(self, key: str) -> GridColumn:
        model = self._grid.grid_model()
        return model.columns()[model.column_number(key)]

    def _words(self, column: GridColumn, chosen: ColumnFilter) -> str:
        """Return a filter in words, such as "状态：空置、部分出租"."""
        parts = []
        model = self._grid.grid_model()
        if chosen.values is not None:
            number = model.column_number(column.key)
            parts.append(_named(sorted(model.token_title(number, v) for v in chosen.values)))
        for bound, sign in ((chosen.minimum, "≥"), (chosen.maximum, "≤")):
            if isinstance(bound, date):
                parts.append(f"{sign} {bound.isoformat()}")
            elif bound is not None:
                factor = 100 if column.kind == "bar" else 1
                parts.append(f"{sign} {grouped(bound * factor, column.decimals)}")
        if chosen.words:
            parts.append(t("ledger.filter_words", words=chosen.words))
        if chosen.only_empty:
            parts.append(t("ui.filter_only_empty"))
        if chosen.problems:
            parts.append(t("ui.filter_problems"))
        if chosen.top:
            parts.append(t("ui.filter_top"))
        return t("ledger.filter", column=column.title, words=t("ledger.and").join(parts))

    @Slot(str)
    def _on_place_left(self, _key: str) -> None:
        self.place_left.emit()

    @Slot(str)
    def _ungroup(self, _key: str) -> None:
        self._grid.grid_model().set_group("")

    @Slot(str)
    def _on_removed(self, key: str) -> None:
        self._grid.grid_model().set_filter(key, None)

    @Slot()
    def _choose_column(self) -> None:
        """List the shown columns; the chosen one's filter opens."""
        menu = QMenu(self)
        columns = self._grid.grid_model().columns()
        for number in self._grid.shown_columns():
            action = menu.addAction(columns[number].title.replace("&", "&&"))
            action.setData(number)
        menu.triggered.connect(self._on_column)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    @Slot(QAction)
    def _on_column(self, action: QAction) -> None:
        column = int(action.data())
        row, _ = self._grid.current_cell()
        if self._grid.grid_model().rowCount():
            self._grid.go_to(max(row, 0), column)
        self._grid.open_filter(column)


def _named(values: Sequence[str]) -> str:
    words = [value or t("ui.filter_empty") for value in values]
    if len(words) > _MOST_NAMED:
        return t("ledger.filter_n", first=words[0], n=len(words))
    return t("ledger.and").join(words) or t("ledger.filter_none")
