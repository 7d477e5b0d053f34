# SPDX-License-Identifier: MIT
"""A list whose lines are painted by hand: one model, one ground, one way to choose."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.domain.overriding import override
from workbench.ui.look import theme

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole + 1
_NO_PARENT = QModelIndex()


class Line(Protocol):
    """What a line tells beside what is painted of it."""

    @property
    def key(self) -> str:
        """Return what the line is known by."""
        ...

    @property
    def title(self) -> str:
        """Return its name."""
        ...

    def tip(self) -> str:
        """Return what stands in its tooltip."""
        ...

    def spoken(self) -> str:
        """Return the whole line for screen readers."""
        ...


AnyLine = TypeVar("AnyLine", bound=Line)


class LineModel(QAbstractListModel):
    """Holds lines; when only their state differs, nothing but these lines is drawn anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Hold other lines."""
        if [line.key for line in lines] != [line.key for line in self.lines]:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()
            return
        for at, line in enumerate(lines):
            if line != self.lines[at]:
                self.lines[at] = line
                self.dataChanged.emit(self.index(at), self.index(at))

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        match role:
            case _ if role == _LINE:
                return line
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken()
            case Qt.ItemDataRole.ToolTipRole:
                return line.tip()
            case _:
                return None


class LinePainter(QStyledItemDelegate, Generic[AnyLine]):
    """Draws the ground, the rule below and the focus of a line, then what ``draw`` adds."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        box = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("accentSoft" if chosen else "surface"))
        painter.setPen(look.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        self.draw(painter, box, index.data(_LINE), chosen=chosen)
        painter.restore()

    def draw(self, painter: QPainter, box: QRect, line: AnyLine, *, chosen: bool) -> None:
        """Draw what is the line's own."""
        raise NotImplementedError


class LineList(QListView, Generic[AnyLine]):
    """Keeps the chosen line while others come and go; ``line_chosen`` carries its key."""

    line_chosen = Signal(str)

    def __init__(self, name: str, painter: type[LinePainter[AnyLine]]) -> None:
        super().__init__()
        self._lines = LineModel(self)
        self.setModel(self._lines)
        self.setItemDelegate(painter(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.current().theme_changed.connect(self.doItemsLayout)

    def set_lines(self, lines: Sequence[AnyLine]) -> None:
        """Show lines; the current one stays current, else the first becomes it."""
        wanted = self.current_key()
        self._lines.set_lines(lines)
        if lines and self.current_key() != wanted:
            self.choose(wanted)
        if lines and not self.currentIndex().isValid():
            self.setCurrentIndex(self._lines.index(0))

    def lines(self) -> Sequence[AnyLine]:
        """Return the lines shown."""
        return self._lines.lines  # type: ignore[return-value]  # only set_lines fills it

    def current_key(self) -> str:
        """Return the key of the current line, or ""."""
        at = self.currentIndex()
        return self._lines.lines[at.row()].key if at.isValid() else ""

    def choose(self, key: str) -> bool:
        """Make a line the current one; False when it is not shown."""
        for at, line in enumerate(self._lines.lines):
            if line.key == key:
                self.setCurrentIndex(self._lines.index(at))
                return True
        return False

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.line_chosen.emit(self._lines.lines[current.row()].key)
