# SPDX-License-Identifier: MIT
"""The panel left of the tables: the tree of places; choosing one narrows the tables to it."""

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QTreeView

from workbench.domain.records.ledger import Record
from workbench.ui.look import theme
from workbench.ui.models.park_state import ParkState
from workbench.ui.models.place_tree import Key, PlaceTree
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton
from workbench.ui.widgets.label import Label

_WIDTH = 216
_SHOWN_FROM = 1640


class TreePanel(Box):
    """``place_chosen`` carries the record of the chosen place, None for the whole park."""

    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("surface", margins=(8, 8, 0, 8), spacing=6)
        self.model = PlaceTree(self)
        self.view = QTreeView()
        self.view.setModel(self.model)
        self.view.setHeaderHidden(True)
        self.view.setUniformRowHeights(True)
        self.view.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.view.setFrameShape(QTreeView.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(t("ledger_tree.name"))
        self.view.selectionModel().selectionChanged.connect(self._on_selected)
        self._park = self._next_park = ""
        self._following = False
        self.wanted: bool | None = None
        """Whether a person asked to see or to hide it; None leaves it to the window's width."""
        self.button = IconButton("layers", t("ledger_tree.toggle"))
        self.button.clicked.connect(self.toggle)
        self._state: ParkState | None = None
        self.add(Label(t("ledger_tree.name"), "caption"))
        self.content.addWidget(self.view, 1)
        theme.current().theme_changed.connect(self._set_width)
        self._set_width()

    @Slot()
    def toggle(self) -> None:
        """Show or hide the tree."""
        self.wanted = self.isHidden()
        self.fit()

    def take(self, state: ParkState, park: str) -> None:
        """Follow the park; the places are read only while they are in sight."""
        self._state, self._next_park = state, park
        self.fit()

    def fit(self) -> None:
        """Hide in a narrow window, unless it was asked for; hidden, it narrows nothing."""
        wide = self.window().width() >= theme.current().px(_SHOWN_FROM)
        shown = wide if self.wanted is None else self.wanted
        self.setVisible(shown)
        if shown and self._state is not None:
            self._show(self._state, self._next_park)
        elif not shown:
            self.place_chosen.emit(None)

    def _show(self, state: ParkState, park: str) -> None:
        """Show the places as they are now; what was open and chosen stays so."""
        chosen = self.model.path_of(self.view.currentIndex())
        opened = self._opened()
        self._following = True
        if self.model.show_ledger(state.ledger, park):
            self.model.fetchMore(QModelIndex())
            self.view.expand(self.model.index(0, 0))
            for path in opened:
                self.view.expand(self.model.find(path))
            if park == self._park and chosen:
                self.view.setCurrentIndex(self.model.find(chosen))
        self._following = False
        if park != self._park:
            self._park = park
            self.choose_all()
        elif not self.view.currentIndex().isValid():
            self.choose_all()

    def choose_all(self) -> None:
        """Choose the whole park."""
        self.view.setCurrentIndex(self.model.index(0, 0))

    def choose(self, path: list[Key]) -> None:
        """Choose a place by the records that lead to it, as a click does."""
        index = self.model.find(path)
        if index.isValid():
            self.view.setCurrentIndex(index)

    def place(self) -> Record | None:
        """Return the chosen place, None for the whole park."""
        record = self.model.record_at(self.view.currentIndex())
        return None if record is None or record.entity == "park" else record

    def _opened(self) -> list[list[Key]]:
        """Return the paths of the open branches, the outer ones first."""
        found: list[list[Key]] = []

        def look(parent: QModelIndex) -> None:
            for row in range(self.model.rowCount(parent)):
                index = self.model.index(row, 0, parent)
                if self.view.isExpanded(index):
                    found.append(self.model.path_of(index))
                    look(index)

        look(QModelIndex())
        return found

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._following:
            self.place_chosen.emit(self.place())

    @Slot()
    def _set_width(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))
