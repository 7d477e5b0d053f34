# SPDX-License-Identifier: MIT
"""The table's model: rows are made when first shown; order and filters are an index list."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workbench.domain.overriding import override
from workbench.ui.widgets.grid.protocol import (
    Cell,
    CellText,
    ColumnFilter,
    GridColumn,
    GridRole,
    PasteOutcome,
    SortKey,
)

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_ALIGN = {
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}


class GridModel(QAbstractTableModel):
    """Base of every table's model.

    A page implements ``source_count``, ``make_row``, ``raw`` and ``write``. "Source" rows are the
    page's own rows in ledger order; "view" rows are what is left after filters, in sorted order.
    An edit does not move its row: sort and filters are applied again only when they are set.
    """

    arranged = Signal()

    def __init__(self, columns: Sequence[GridColumn], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._number = {column.key: at for at, column in enumerate(self._columns)}
        self._order: list[int] = []
        self._rows: dict[int, tuple[Cell, ...]] = {}
        self._sort: tuple[SortKey, ...] = ()
        self._filters: dict[str, ColumnFilter] = {}
        self._view_of: dict[int, int] | None = None

    # ---- what a page implements

    @abstractmethod
    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    @abstractmethod
    def make_row(self, source: int) -> tuple[Cell, ...]:
        """Return one row ready to show; called once until the row changes."""

    @abstractmethod
    def raw(self, source: int, column: int) -> object:
        """Return one value for sorting, filters and sums; None is unknown. Keep it cheap."""

    @abstractmethod
    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        """Parse and store texts as one step; cells name *source* rows, so do the refusals.

        ``label`` is the text key of the step's name, such as ``ui.step_paste``. The page then
        calls ``rows_changed`` (or ``reload``), usually from its change bus.
        """

    # ---- what pages call

    def columns(self) -> tuple[GridColumn, ...]:
        """Return the columns in order."""
        return self._columns

    def column_number(self, key: str) -> int:
        """Return a column's place."""
        return self._number[key]

    def reload(self) -> None:
        """Forget every row, as after an import or when another entity is shown."""
        self.beginResetModel()
        self._rows.clear()
        self._order = self._arranged()
        self._view_of = None
        self.endResetModel()
        self.arranged.emit()

    def rows_changed(self, sources: Iterable[int]) -> None:
        """Show new values of some rows, leaving current cell, scroll and editor alone."""
        last = len(self._columns) - 1
        for source in sources:
            self._rows.pop(source, None)
            view = self.view_row(source)
            if view is not None:
                self.dataChanged.emit(self.index(view, 0), self.index(view, last))

    def source_row(self, view: int) -> int:
        """Return the page's row behind a shown row."""
        return self._order[view]

    def view_row(self, source: int) -> int | None:
        """Return where a row is shown, or None while filters hide it."""
        if self._view_of is None:
            self._view_of = {row: at for at, row in enumerate(self._order)}
        return self._view_of.get(source)

    # ---- what the view calls; rows are shown rows

    def cell(self, view: int, column: int) -> Cell:
        """Return one cell ready to paint."""
        source = self._order[view]
        row = self._rows.get(source)
        if row is None:
            row = self._rows[source] = self.make_row(source)
        return row[column]

    def set_cells(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        """Write texts into shown rows as one step."""
        order = self._order
        outcome = self.write([(order[row], column, text) for row, column, text in cells], label)
        back = {order[row]: row for row, _, _ in cells}
        refused = tuple((back[row], column, why) for row, column, why in outcome.refused)
        return PasteOutcome(outcome.applied, refused, outcome.beyond, label)

    def clear_cells(
        self, cells: Sequence[tuple[int, int]], label: str = "ui.step_clear"
    ) -> PasteOutcome:
        """Make cells unknown, as Delete does."""
        return self.set_cells([(row, column, "") for row, column in cells], label)

    @property
    def sort_keys(self) -> tuple[SortKey, ...]:
        """Return the columns in the order of sorting."""
        return self._sort

    @property
    def filters(self) -> dict[str, ColumnFilter]:
        """Return the active filters by column key."""
        return dict(self._filters)

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

    def clear_filters(self) -> None:
        """Show every row again."""
        self._filters.clear()
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
            view = self.view_row(source)
            after.append(QModelIndex() if view is None else self.index(view, column))
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.arranged.emit()

    def value_counts(self, column: str) -> list[tuple[str, int]]:
        """Return the texts of a column with counts, among rows that the other filters let by."""
        number = self._number[column]
        others = {key: value for key, value in self._filters.items() if key != column}
        counts: Counter[str] = Counter()
        example: dict[str, object] = {}
        for row in self._filtered(others):
            text = self._text(row, number)
            counts[text] += 1
            example.setdefault(text, self.raw(row, number))
        choices = {text: at for at, text in enumerate(self._columns[number].choices)}

        def order(item: tuple[str, int]) -> tuple[bool, int, int, Any]:
            text, value = item[0], example[item[0]]
            kind = 0 if _number(value) is not None else 1
            return (text == "", choices.get(text, len(choices)), kind, _order_of(value, text))

        return sorted(counts.items(), key=order)

    def _text(self, source: int, column: int) -> str:
        row = self._rows.get(source)
        if row is None:
            row = self._rows[source] = self.make_row(source)
        return row[column].text

    def _arranged(self) -> list[int]:
        """Return the source rows to show, in order."""
        order = self._filtered(self._filters)
        for key in reversed(self._sort):  # stable: the last key first
            number = self._number[key.column]
            known = [row for row in order if self.raw(row, number) is not None]
            unknown = [row for row in order if self.raw(row, number) is None]
            known.sort(key=self._sort_value(number), reverse=key.descending)
            order = known + unknown
        return order

    def _sort_value(self, column: int) -> Callable[[int], Any]:
        def value(source: int) -> Any:
            return sortable(self.raw(source, column))

        return value

    def _filtered(self, filters: dict[str, ColumnFilter]) -> list[int]:
        """Return the source rows that all given filters let through."""
        rows = list(range(self.source_count()))
        for key, chosen in filters.items():
            number = self._number[key]
            if chosen.values is not None:
                values = chosen.values
                rows = [row for row in rows if self._text(row, number) in values]
            if chosen.only_empty:
                rows = [row for row in rows if self.raw(row, number) is None]
            if chosen.minimum is not None or chosen.maximum is not None:
                rows = [row for row in rows if _between(self.raw(row, number), chosen)]
            if chosen.top:
                known = [row for row in rows if _number(self.raw(row, number)) is not None]
                known.sort(key=self._sort_value(number), reverse=True)
                kept = set(known[: chosen.top])
                rows = [row for row in rows if row in kept]
        return rows

    # ---- what Qt calls

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._columns[index.column()].editable:
            return plain | Qt.ItemFlag.ItemIsEditable
        return plain

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == Role.DisplayRole:
            return cell.text
        if role == Role.EditRole:
            return cell.edit
        return self._extra(cell, index.column(), role)

    def _extra(self, cell: Cell, column: int, role: int) -> Any:
        """Return the rarer roles."""
        if role == Role.ToolTipRole:
            return cell.problem.text if cell.problem else None
        if role == Role.TextAlignmentRole:
            return _ALIGN[self._columns[column].right]
        if role == Role.AccessibleTextRole:
            words = [self._columns[column].title, cell.text or "—"]
            return " ".join([*words, cell.problem.text] if cell.problem else words)
        own = {GridRole.RAW: cell.raw, GridRole.PROBLEM: cell.problem, GridRole.TONE: cell.tone}
        return own.get(GridRole(role)) if role in own else None

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role != Role.EditRole:
            return False
        text = "" if value is None else str(value)
        return bool(
            self.set_cells([(index.row(), index.column(), text)], "editing.edit_cell").applied
        )

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        return f"{column.title}（{column.unit}）" if column.unit else column.title


def sortable(value: object) -> Any:
    """Return a value in an order that people expect: numbers by size, Chinese by pinyin.

    The code of GB 18030 puts the common characters in pinyin order, so no table is needed.
    """
    return value.encode("gb18030", "replace") if isinstance(value, str) else value


def _order_of(value: object, text: str) -> Any:
    """Return where a value stands among others of its kind."""
    number = _number(value)
    return sortable(text) if number is None else number


def _number(value: object) -> Decimal | None:
    """Return a number as Decimal; anything else is None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(str(value)) if isinstance(value, float) else None


def _between(value: object, chosen: ColumnFilter) -> bool:
    """Tell whether a number lies within a filter's bounds; unknown never does."""
    number = _number(value)
    if number is None:
        return False
    above = chosen.minimum is None or number >= chosen.minimum
    return above and (chosen.maximum is None or number <= chosen.maximum)
