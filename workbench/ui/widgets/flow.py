# SPDX-License-Identifier: MIT
"""A row that goes on in the next line when it is full, for pills and chips."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from workbench.domain.overriding import override
from workbench.ui.look import theme

_LEAST = 80


class _FlowLayout(QLayout):
    """Places items from the left, line by line."""

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem, /) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int, /) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int, /) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int, /) -> int:
        return self._place(QRect(0, 0, width, 0), apply=False)

    @override
    def setGeometry(self, rect: QRect, /) -> None:
        super().setGeometry(rect)
        self._place(rect, apply=True)

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @override
    def minimumSize(self) -> QSize:
        heights = [item.minimumSize().height() for item in self._items]
        return QSize(theme.current().px(_LEAST), max(heights, default=0))

    def _place(self, rect: QRect, *, apply: bool) -> int:
        """Walk through the lines; return the height that they take."""
        gap = theme.current().px(self._gap)
        left, top, line = rect.left(), rect.top(), 0
        for item in self._items:
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), item.sizeHint().height()))
            if left > rect.left() and left + size.width() > rect.right() + 1:
                left, top, line = rect.left(), top + line + gap, 0
            if apply:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + gap
            line = max(line, size.height())
        return top + line - rect.top()


class Flow(QWidget):
    """Widgets in lines, as many in each as there is room for."""

    def __init__(self, gap: int = 6) -> None:
        super().__init__()
        self._flow = _FlowLayout(self, gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        self._flow.addWidget(widget)

    def clear(self) -> None:
        """Take every widget out and delete it."""
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.updateGeometry()
