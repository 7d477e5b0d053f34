# SPDX-License-Identifier: MIT
"""The table's model: rows are made when first shown; order, filters and groups are index lists."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from workbench.domain.overriding import override
from workbench.ui.texts import t
from workbench.ui.widgets.grid.arranged import LOOKED_THROUGH, ArrangedModel
from workbench.ui.widgets.grid.finding import NUMBERS, plain
from workbench.ui.widgets.grid.protocol import (
    Cell,
    CellText,
    GridRole,
    Group,
    PasteOutcome,
)
from workbench.ui.widgets.grid.stats import ColumnSum, summed

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
_ALIGN = {
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}
_MOST_MADE = 1_000
"""Many screens full; a made row of 30 columns takes six kilobytes."""


class GridModel(ArrangedModel):
    """Base of every table's model.

    A page implements ``source_count``, ``make_row``, ``raw`` and ``write``; a large table also
    ``keys``, ``tokens`` and ``words_in`` by whole columns. "Source" rows are the page's own
    rows in ledger order; "view" rows are what is left after filters, in sorted order. An edit does
    not move its row: sort and filters are applied again only when they are set.
    """

    finished = Signal(object)
    """Carries the PasteOutcome of a block that was too large to be written at once."""

    # ---- what a page implements

    @override
    @abstractmethod
    def source_count(self) -> int:
        """Return how many rows there are before filters."""

    @abstractmethod
    def make_row(self, source: int) -> tuple[Cell, ...]:
        """Return one row ready to show; called once until the row changes."""

    @abstractmethod
    def raw(self, source: int, column: int) -> object:
        """Return one value for sorting, filters and sums; None is unknown. Keep it cheap."""

    def why_closed(self, source: int, column: int) -> str:
        """Return why a cell takes no text, "" where it takes some."""
        return ""

    @abstractmethod
    def write(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        """Parse and store texts as one step; cells name *source* rows, so do the refusals.

        ``label`` is the text key of the step's name, such as ``ui.step_paste``. The page then
        calls ``rows_changed`` (or ``reload``), usually from its change bus.
        """

    @override
    def keys(self, column: int, sources: Sequence[int]) -> list[Any]:
        """Return keys that sort and compare as people expect; None is unknown."""
        return [sortable(self.raw(source, column)) for source in sources]

    @override
    def tokens(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what a filter of values is kept by, the same in every language."""
        return [self._made(source)[column].text for source in sources]

    @override
    def token_title(self, column: int, token: str) -> str:
        """Return a token in the words of the table."""
        return token

    @override
    def word_columns(self) -> Sequence[int]:
        """Return the columns whose words are searched while somebody types."""
        return range(len(self._columns))

    @override
    def words_in(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return a column's words in lower case, "" for unknown."""
        return [self._made(source)[column].text.casefold() for source in sources]

    @override
    def search_texts(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what is looked through in a column: ``plain`` of what is shown and edited."""
        cells = (self._made(source)[column] for source in sources)
        write = plain if self._columns[column].kind in NUMBERS else str.casefold
        return [write(f"{c.text}\t{c.edit}" if c.edit not in c.text else c.text) for c in cells]

    def edits(self, column: int, sources: Sequence[int]) -> list[str]:
        """Return what the clipboard gets of a column: the texts that an editor opens with."""
        return [self._made(source)[column].edit for source in sources]

    def summed(self, column: int, sources: Sequence[int]) -> ColumnSum:
        """Return the figures of some cells; those of a share count as percents, as shown."""
        declared = self._columns[column]
        found = summed(self.raw(source, column) for source in sources)
        if declared.kind not in NUMBERS:
            return found
        unknown = len(sources) - found.filled
        total = found.total * 100 if declared.kind == "bar" else found.total
        measures = frozenset([declared.unit] if found.numbers else [])
        return found._replace(total=total, unknown=unknown, measures=measures)

    @override
    def has_problem(self, source: int, column: int) -> bool:
        """Tell whether a cell has a finding."""
        return self._made(source)[column].problem is not None

    @override
    def bound_key(self, column: int, bound: Decimal | date) -> Any:
        """Return a bound that was typed as a key."""
        return bound

    def group_row(self, group: Group) -> tuple[Cell, ...]:
        """Return the heading of a group with its subtotals."""
        title = self.token_title(self._number[group.column], group.token)
        words = f"{title}  {len(group.rows)}"
        return tuple(
            Cell(words if at == 0 else " ", heading=True) for at in range(len(self._columns))
        )

    # ---- what pages call

    def column_number(self, key: str) -> int:
        """Return a column's place."""
        return self._number[key]

    def set_column_order(self, keys: Sequence[str]) -> None:
        """Put these columns first, in this order; sort, filters and rows stay."""
        known = [key for key in dict.fromkeys(keys) if key in self._number]
        order = [self._number[key] for key in known]
        order += [at for at in range(len(self._columns)) if at not in order]
        if order == list(range(len(order))):
            return
        self.beginResetModel()
        self._columns = tuple(self._columns[at] for at in order)
        self._number.update({column.key: at for at, column in enumerate(self._columns)})
        self._rows.clear()
        self._arranger.forget()
        self.finder.forget()
        self.columns_ordered(order)
        self.endResetModel()

    def columns_ordered(self, order: Sequence[int]) -> None:
        """Follow a new order of columns: place n holds what stood at ``order[n]``."""

    def reload(self) -> None:
        """Forget every row, as after an import or when another entity is shown."""
        self.beginResetModel()
        self._rows.clear()
        self._arranger.forget()
        self.finder.forget()
        self._order = self._arranged()
        self._view_of = None
        self.endResetModel()
        self.arranged.emit()

    def rows_changed(self, sources: Iterable[int]) -> None:
        """Show new values of some rows, leaving current cell, scroll and editor alone."""
        changed = list(sources)
        self._arranger.change(changed)
        self.finder.change(changed)
        self._find_strays(changed)
        for source in changed:
            self._rows.pop(source, None)
        self._forget_headings()
        shown = [view for source in changed if (view := self.view_row(source)) is not None]
        last = len(self._columns) - 1
        if self._groups and self._order:
            shown = [0, len(self._order) - 1]  # subtotals stand above and between
        if shown:
            self.dataChanged.emit(self.index(min(shown), 0), self.index(max(shown), last))

    def values_changed(self) -> None:
        """Show every row anew whose look may have changed although its record did not."""
        self._rows.clear()
        if self._order:
            last = self.index(len(self._order) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # ---- what the view calls; rows are shown rows

    @override
    def cell(self, view: int, column: int) -> Cell:
        """Return one cell ready to paint."""
        source = self._order[view]
        row = self._rows.get(source)
        return (self._made(source) if row is None else row)[column]

    def is_filled(self, view: int, column: int) -> bool:
        """Tell whether a shown cell has a text; of many rows none is made to know it."""
        source = self._order[view]
        if source < 0 or self.source_count() <= LOOKED_THROUGH:
            return bool(self.cell(view, column).text)
        return self._arranger.is_filled(column, source)

    def _made(self, source: int) -> tuple[Cell, ...]:
        """Return one row, made now if it was not there."""
        row = self._rows.get(source)
        if row is None:
            if len(self._rows) >= _MOST_MADE:
                self._rows.clear()
            made = self.make_row(source) if source >= 0 else self.group_row(self._groups[~source])
            row = self._rows[source] = made
        return row

    def set_cells(self, cells: Sequence[CellText], label: str) -> PasteOutcome:
        """Write texts into shown rows as one step; headings of groups are passed over."""
        order = self._order
        real = [(order[row], column, text) for row, column, text in cells if order[row] >= 0]
        outcome = self.write(real, label)
        back = {order[row]: row for row, _, _ in cells}
        refused = tuple((back[row], column, why) for row, column, why in outcome.refused)
        return replace(outcome, refused=refused, label=label)

    def paste_headed(self, text: str, row: int, keys: Sequence[str]) -> PasteOutcome | None:
        """Write a block that brought its own header, from a shown row on; None if it has none.

        ``keys`` are the shown columns from the target on; a header overrules them and its units
        hold for what stands under it.
        """
        return None

    def begun(self, view: int, column: int) -> str:
        """Return a text that was typed into a cell and not taken, "" for none."""
        return ""

    def keep_begun(self, view: int, column: int, text: str) -> None:
        """Remember a text that is being typed into a cell, in case the program ends meanwhile."""

    def forget_begun(self, view: int, column: int) -> None:
        """Forget a text that was not taken: a person has left it deliberately."""

    def clear_cells(
        self, cells: Sequence[tuple[int, int]], label: str = "ui.step_clear"
    ) -> PasteOutcome:
        """Make cells unknown, as Delete does."""
        return self.set_cells([(row, column, "") for row, column in cells], label)

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
        if self._columns[index.column()].editable and self._order[index.row()] >= 0:
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
            return cell.problem.text if cell.problem else cell.text if cell.heading else None
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
        if not column.unit:
            return column.title
        return t("ui.with_note", text=column.title, note=column.unit)


def sortable(value: object) -> Any:
    """Return a value in an order that people expect: numbers by size, Chinese by pinyin.

    The code of GB 18030 puts the common characters in pinyin order, so no table is needed.
    """
    return value.encode("gb18030", "replace") if isinstance(value, str) else value
