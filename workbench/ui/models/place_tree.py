# SPDX-License-Identifier: MIT
"""The tree of places: park, parcel, building, unit, lease; branches are read when opened."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.overriding import override
from workbench.domain.records.hierarchy import LEVELS, inside
from workbench.domain.records.ledger import Ledger, Record
from workbench.ui.texts import language

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ROOT = QModelIndex()
AT_ONCE = 200
"""How many rows of a branch are added at a time; scrolling adds more."""
_LEAVES = frozenset({"lease", "facility"})

Key = tuple[str, str]


class _Node:
    """One record in the tree; children that were found but not yet shown wait in ``rest``."""

    __slots__ = ("children", "parent", "record", "rest", "row")

    def __init__(self, record: Record | None, parent: "_Node | None", row: int) -> None:
        self.record = record
        self.parent = parent
        self.row = row
        self.children: list[_Node] = []
        self.rest: list[Record] | None = None


class PlaceTree(QAbstractItemModel):
    """Reads a ledger's places; ``show_ledger`` takes another snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger = Ledger({})
        self._park = ""
        self._root = _Node(None, None, 0)

    def show_ledger(self, ledger: Ledger, park: str) -> bool:
        """Show the places of a park; False when they are those that are shown already."""
        same = park == self._park and all(
            ledger.all(level) is self._ledger.all(level) for level in (*LEVELS, "facility")
        )
        if same:
            return False
        self.beginResetModel()
        self._ledger, self._park = ledger, park
        self._root = _Node(None, None, 0)
        self.endResetModel()
        return True

    def record_at(self, index: Index) -> Record | None:
        """Return the record of a row."""
        return self._node(index).record if index.isValid() else None

    def find(self, path: list[Key]) -> QModelIndex:
        """Return the row that a path of records leads to, fetching branches on the way."""
        index = QModelIndex()
        for key in path:
            found = next((at for at in self._rows(index) if self._key(at) == key), None)
            if found is None:
                return QModelIndex()
            index = found
        return index

    def path_of(self, index: Index) -> list[Key]:
        """Return the records from the park down to a row."""
        path: list[Key] = []
        node: _Node | None = self._node(index) if index.isValid() else None
        while node is not None and node.record is not None:
            path.insert(0, (node.record.entity, node.record.key))
            node = node.parent
        return path

    def _rows(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        """Yield the rows of a branch, fetching more until its end."""
        row = 0
        while True:
            if row >= self.rowCount(parent):
                if not self.canFetchMore(parent):
                    return
                self.fetchMore(parent)
            yield self.index(row, 0, parent)
            row += 1

    def _key(self, index: Index) -> Key | None:
        record = self.record_at(index)
        return None if record is None else (record.entity, record.key)

    def _node(self, index: Index) -> _Node:
        if not index.isValid():
            return self._root
        node = index.internalPointer()
        return node if isinstance(node, _Node) else self._root

    def _rest(self, node: _Node) -> list[Record]:
        """Return the records of a branch that are not shown yet."""
        if node.rest is None:
            if node.record is None:
                park = self._ledger.find("park", self._park)
                node.rest = [park] if park is not None else []
            else:
                node.rest = list(inside(self._ledger, node.record))
        return node.rest

    # ---- what Qt calls

    @override
    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        children = self._node(parent).children
        if column != 0 or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row])

    @override
    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt has two of them
        node = self._node(index).parent
        if not index.isValid() or node is None or node.record is None:
            return QModelIndex()
        return self.createIndex(node.row, 0, node)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._node(parent).children)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 1

    @override
    def hasChildren(self, parent: Index = _ROOT) -> bool:
        node = self._node(parent)
        if node.record is not None and node.record.entity in _LEAVES:
            return False
        return bool(node.children or self._rest(node))

    @override
    def canFetchMore(self, parent: Index) -> bool:
        node = self._node(parent)
        if node.record is not None and node.record.entity in _LEAVES:
            return False
        return bool(self._rest(node))

    @override
    def fetchMore(self, parent: Index) -> None:
        node = self._node(parent)
        rest = self._rest(node)
        if not rest:
            return
        first = len(node.children)
        part, node.rest = rest[:AT_ONCE], rest[AT_ONCE:]
        where = self.createIndex(node.row, 0, node) if node.record is not None else QModelIndex()
        self.beginInsertRows(where, first, first + len(part) - 1)
        node.children += [_Node(record, node, first + at) for at, record in enumerate(part)]
        self.endInsertRows()

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        record = self.record_at(index)
        if record is None:
            return None
        if role == Role.DisplayRole:
            return record.label
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return f"{CATALOGUE[record.entity].title(language())} {record.label}"
        return None
