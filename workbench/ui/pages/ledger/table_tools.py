# SPDX-License-Identifier: MIT
"""The buttons at the right above a table: its columns, what is frozen, how high its rows are."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.ledger.columns import ColumnChooser, keep_columns, kept_columns
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.grid.columns import ROW_HEIGHTS
from workbench.ui.widgets.grid.view import GridView


class TableTools(QWidget):
    """Acts on one table; which columns are shown is kept with the project."""

    density_chosen = Signal(str)

    def __init__(self, context: UiContext, key: str, grid: GridView, usual: Sequence[str]) -> None:
        super().__init__()
        self._context = context
        self._key = key
        self._grid = grid
        self._usual = tuple(usual)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(2))
        self.columns_button = IconButton("columns-3", t("ledger.columns"))
        self.columns_button.clicked.connect(self.choose_columns)
        freeze = IconButton("pin", t("ledger.freeze"), shortcut="Ctrl+Shift+F")
        freeze.clicked.connect(self._freeze)
        self.density_button = IconButton("rows-3", t("ledger.density"))
        self.density_button.clicked.connect(self._choose_density)
        for button in (self.columns_button, freeze, self.density_button):
            row.addWidget(button)
        grid.set_shown_columns(kept_columns(context, key, usual))
        grid.columns_moved.connect(self._keep_columns)

    @Slot()
    def choose_columns(self) -> None:
        """Open the list of columns."""
        columns = self._grid.grid_model().columns()
        shown = [columns[number].key for number in self._grid.shown_columns()]
        popup = ColumnChooser(self, columns, shown, self._usual)
        popup.columns_chosen.connect(self._on_columns)
        button = self.columns_button
        popup.open_at(button.mapToGlobal(QPoint(0, button.height() + 4)), popup.search)

    @Slot(list)
    def _on_columns(self, keys: list[str]) -> None:
        self._grid.set_shown_columns(keys)
        self._keep_columns()

    @Slot()
    def _keep_columns(self) -> None:
        keep_columns(self._context, self._key, self._grid.shown_keys())

    @Slot()
    def _freeze(self) -> None:
        self._grid.ask("freeze")

    @Slot()
    def _choose_density(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        current = self._context.program.settings.density
        for density in ROW_HEIGHTS:
            action = menu.addAction(t(f"ledger.density_{density}"))
            action.setData(density)
            action.setCheckable(True)
            action.setChecked(density == current)
            group.addAction(action)
        menu.triggered.connect(self._on_density)
        menu.popup(self.density_button.mapToGlobal(QPoint(0, self.density_button.height())))

    @Slot(QAction)
    def _on_density(self, action: QAction) -> None:
        self.density_chosen.emit(str(action.data()))
