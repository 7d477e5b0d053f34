# SPDX-License-Identifier: MIT
"""Goes to the next cell that holds some words: at once in a small table, in slices in a large."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from workbench.ui.widgets.grid.arranged import LOOKED_THROUGH
from workbench.ui.widgets.grid.model import GridModel
from workbench.ui.widgets.slices import Slices

_KEPT_MS = 20_000
"""How long what was read is kept for a further F3 when nothing shows that somebody looks on."""


class Searched(Protocol):
    """What is asked of the view."""

    def grid_model(self) -> GridModel:
        """Return the table's model."""

    def shown_columns(self) -> Sequence[int]:
        """Return the columns that are not hidden, in order."""

    def current_cell(self) -> tuple[int, int]:
        """Return row and column of the current cell, (-1, -1) for none."""

    @abstractmethod
    def go_to(self, row: int, column: int, /) -> None:
        """Make a cell current and show it."""


class FindRun(QObject):
    """``found`` tells whether the words are in the table; ``looking`` the share that was read."""

    found = Signal(bool)
    looking = Signal(float)

    def __init__(self, view: Searched, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._columns: Sequence[int] = ()
        self._slices: Slices[int | None] = Slices(self, self._on_done, self.looking.emit)
        self._ahead: Slices[None] = Slices(self, _nothing)
        self._held = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_KEPT_MS)
        self._idle.timeout.connect(self._forget)
        self.words = ""

    @property
    def busy(self) -> bool:
        """Tell whether the table is being looked through."""
        return self._slices.busy

    def find(self, words: str, *, backwards: bool = False) -> None:
        """Go to the next cell whose text contains the words; ``found`` tells how it ended."""
        self.words = words.strip().casefold()
        model, self._columns = self._view.grid_model(), self._view.shown_columns()
        self.stop()
        if not self.words or not model.rowCount() or not self._columns:
            self.found.emit(False)
            return
        row, column = self._view.current_cell()
        width = len(self._columns)
        at = max(row, 0) * width
        at += self._columns.index(column) if column in self._columns else 0
        work = model.finder.next_place(self.words, self._columns, at, backwards=backwards)
        self._slices.start(work, whole=model.source_count() <= LOOKED_THROUGH)

    def read_ahead(self) -> None:
        """Read between two events what the first search would have to wait for, and keep it."""
        self._held = True
        self._idle.stop()
        model = self._view.grid_model()
        if model.source_count() > LOOKED_THROUGH and not self.busy:
            self._ahead.start(_all_of(model, self._view.shown_columns()))

    def stop(self) -> None:
        """Stop looking."""
        self._slices.stop()
        self._ahead.stop()

    def let_go(self) -> None:
        """Stop looking and let go of what was read: of a large table it is many megabytes."""
        self._held = False
        self.stop()
        self._forget()

    @Slot()
    def let_go_soon(self) -> None:
        """Let go of what was read unless it is asked for again soon."""
        if not self._held:
            self._idle.start()

    @Slot()
    def _forget(self) -> None:
        self._view.grid_model().finder.forget()

    def _on_done(self, place: int | None) -> None:
        if place is not None:
            row, number = divmod(place, len(self._columns))
            self._view.go_to(row, self._columns[number])
        self.let_go_soon()
        self.found.emit(place is not None)


def _all_of(model: GridModel, columns: Sequence[int]) -> Iterator[float | None]:
    yield from model.finder.reading(columns)
    yield None


def _nothing(_done: None) -> None:
    """Do nothing: reading ahead has no result."""
