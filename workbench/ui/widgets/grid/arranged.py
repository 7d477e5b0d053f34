# SPDX-License-Identifier: MIT
"""The part of the table's model that says which rows are shown and in which order."""

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Signal

from workbench.ui.widgets.grid.arranging import Arranger
from workbench.ui.widgets.grid.finding import CellFinder
from workbench.ui.widgets.grid.protocol import Cell, ColumnFilter, GridColumn, Group, SortKey

LOOKED_THROUGH = 3000
"""Up to so many rows are gone through at once."""


class ArrangedModel(QAbstractTableModel):
    """Shown rows as an index list over source rows; headings of groups stand between them.

    ``arranged`` tells that another choice of rows, or another order, is shown; ``folded``
    carries the row of a heading whose rows were hidden or shown again.
    """

    arranged = Signal()
    folded = Signal(int)

    def __init__(self, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._number = {column.key: at for at, column in enumerate(self._columns)}
        self._order: Sequence[int] = []  # source rows; -1, -2 … are the headings of groups
        self._rows: dict[int, tuple[Cell, ...]] = {}
        self._sort: tuple[SortKey, ...] = ()
        self._filters: dict[str, ColumnFilter] = {}
        self._words = ""
        self._group = ""
        self._groups: list[Group] = []
        self._folded: set[str] = set()
        self._view_of: array[int] | None = None
        self._strays: set[int] = set()
        self._arranger = Arranger(self, self._number)
        self.finder = CellFinder(self)

    # ---- what is asked of the data

    @abstractmethod
    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    @abstractmethod
    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        """Return keys that sort and compare as people expect; None is unknown."""

    @abstractmethod
    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what a filter of values is kept by, the same in every language."""

    @abstractmethod
    def word_columns(self) -> Sequence[int]:
        """Return the columns whose words are searched while somebody types."""

    @abstractmethod
    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return a column's words in lower case, "" for unknown."""

    @abstractmethod
    def search_texts(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what is looked through in a column: ``plain`` of what is shown and edited."""

    @abstractmethod
    def cell(self, view: int, column: int) -> Cell:
        """Return one cell ready to paint."""

    @abstractmethod
    def has_problem(self, source: int, column: int) -> bool:
        """Tell whether a cell has a finding."""

    @abstractmethod
    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        """Return a bound that was typed as a key."""

    # ---- what pages and the view call

    def columns(self) -> tuple[GridColumn, ...]:
        """Return the columns in order."""
        return self._columns

    def source_row(self, view: int) -> int:
        """Return the page's row behind a shown row; negative for the heading of a group."""
        return self._order[view]

    def view_row(self, source: int) -> int | None:
        """Return where a row is shown, or None while filters hide it."""
        if isinstance(self._order, range):  # every row at its own place: no index is needed
            return source if source in self._order else None
        if self._view_of is None:
            places = self._view_of = array("i", [-1]) * self.source_count()
            for at, row in enumerate(self._order):
                if row >= 0:
                    places[row] = at
        view = self._view_of[source] if source < len(self._view_of) else -1
        return None if view < 0 else view

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """Return the columns in the order of sorting."""
        return self._sort

    @property
    def filters(self) -> dict[str, ColumnFilter]:
        """Return the active filters by column key."""
        return dict(self._filters)

    @property
    def words(self) -> str:
        """Return the words that shown rows must contain."""
        return self._words

    def is_narrowed(self) -> bool:
        """Tell whether filters or words hide rows."""
        return bool(self._filters or self._words.split())

    def strays(self) -> int:
        """Return how many rows are shown although a change took them out of the filters."""
        return len(self._strays)

    def stray_rows(self) -> tuple[int, ...]:
        """Return those rows."""
        return tuple(self._strays)

    def _find_strays(self, changed: Iterable[int]) -> None:
        """Ask changed rows whether the filters still let them through; none of them goes."""
        if not self.is_narrowed():
            return
        shown = [source for source in changed if self.view_row(source) is not None]
        passing = self._arranger.passing(shown, self._filters, self._words)
        for source, passes in zip(shown, passing, strict=True):
            (self._strays.discard if passes else self._strays.add)(source)

    def let_in(self, sources: Iterable[int]) -> None:
        """Show rows that the filters hide, each behind the shown row before it, until asked anew.

        Rows in groups stay where they are.
        """
        hidden = [source for source in sources if self.view_row(source) is None]
        if self._groups or not hidden:
            return
        shown = sorted(source for source in self._order if source >= 0)
        behind: dict[int, list[int]] = {}
        for source in sorted(hidden):
            at = bisect_left(shown, source)
            view = self.view_row(shown[at - 1]) if at else -1
            behind.setdefault(-1 if view is None else view, []).append(source)
        self.beginResetModel()
        order = behind.get(-1, [])
        for place, source in enumerate(self._order):
            order += [source, *behind.get(place, ())]
        self._order, self._view_of = order, None
        self._strays.update(hidden)
        self.endResetModel()
        self.arranged.emit()

    @property
    def group(self) -> str:
        """Return the column by which rows are grouped, "" for none."""
        return self._group

    def set_sort(self, keys: Sequence[SortKey]) -> None:
        """Sort by these columns, the first first; unknown values always come last."""
        self._sort = tuple(keys)
        self.arrange()

    def set_filter(self, column: str, chosen: ColumnFilter | None) -> None:
        """Set or take away one column's filter."""
        if chosen is None:
            self._filters.pop(column, None)
        else:
            self._filters[column] = chosen
        self.arrange()

    def set_words(self, words: str) -> None:
        """Show only rows that contain every word."""
        if words.split() != self._words.split():
            self._words = words
            self.arrange()

    def read_words(self, rows: int) -> bool:
        """Read what a search looks through, some rows on; tell whether that is done."""
        return self._arranger.words.read_ahead(rows)

    def release(self) -> None:
        """Let go of what is only kept to be quick, as when the table is left."""
        if not self._words.split():
            self._arranger.words.forget()
        self.finder.forget()

    def set_group(self, column: str) -> None:
        """Group rows by a column, "" for not at all."""
        self._group = column
        self._folded.clear()
        self.arrange()

    def set_arrangement(
        self,
        sort: Sequence[SortKey],
        filters: dict[str, ColumnFilter],
        group: str = "",
        words: str = "",
    ) -> None:
        """Set everything at once, as a saved view does; columns that are gone are left out."""
        known = self._number
        self._sort = tuple(key for key in sort if key.column in known)
        self._filters = {key: chosen for key, chosen in filters.items() if key in known}
        self._group = group if group in known else ""
        self._words = words
        self.arrange()

    def fold(self, view: int) -> None:
        """Hide or show the rows of a group whose heading is a shown row."""
        if (source := self._order[view]) < 0:
            token = self._groups[~source].token
            self._folded ^= {token}
            self.arrange()
            at = next(n for n, group in enumerate(self._groups) if group.token == token)
            self.folded.emit(self._order.index(~at))

    def is_folded(self, group: Group) -> bool:
        """Tell whether a group's rows are hidden."""
        return group.token in self._folded

    def clear_filters(self) -> None:
        """Show every row again."""
        self._filters.clear()
        self._words = ""
        self.arrange()

    def arrange(self) -> None:
        """Apply sort and filters again; the current cell stays with its row."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        held = [(self._order[index.row()], index.column()) for index in before]
        self._order = self._arranged()
        self._view_of = None
        after = []
        for source, column in held:
            view = self.view_row(source) if source >= 0 else None
            after.append(QModelIndex() if view is None else self.index(view, column))
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.arranged.emit()

    def matches(self) -> int:
        """Return how many rows filters and words let through, headings not counted."""
        if not self._groups:
            return len(self._order)
        return sum(len(group.rows) for group in self._groups)

    @abstractmethod
    def token_title(self, column: int, token: str) -> str:
        """Return a token in the words of the table."""

    def value_counts(self, column: str) -> list[tuple[str, int]]:
        """Return the tokens of a column with counts, among rows that the other filters let by."""
        declared = self._columns[self._number[column]]
        return self._arranger.counted(declared, self._filters, self._words)

    def _arranged(self) -> Sequence[int]:
        """Return what to show, in order: source rows, and -1 - n for the heading of group n."""
        rows = self._arranger.arranged(self._filters, self._words, self._sort)
        self._strays.clear()
        self._forget_headings()
        self._groups = self._arranger.grouped(rows, self._group) if self._group else []
        if not self._groups:
            return rows
        order: list[int] = []
        for at, group in enumerate(self._groups):
            order.append(~at)
            if group.token not in self._folded:
                order += group.rows
        return order

    def _forget_headings(self) -> None:
        for at in range(len(self._groups)):
            self._rows.pop(~at, None)
