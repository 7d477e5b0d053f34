# SPDX-License-Identifier: MIT
"""The items of one checklist stage as a list: status, evidence, owner, due date, red lines."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workbench.domain.checklist.state import SETTLED, ItemStatus, ReviewStatus
from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.pages.checklist.lines import ItemLine
from workbench.ui.texts import language, t
from workbench.ui.widgets.pill import paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
STATUS_MARKS = {
    ItemStatus.DONE: ("circle-check", "success"),
    ItemStatus.PARTIAL: ("circle-dot", "info"),
    ItemStatus.OPEN: ("circle", "text2"),
    ItemStatus.UNKNOWN: ("circle-help", "text3"),
    ItemStatus.NOT_APPLICABLE: ("ban", "text3"),
}
"""Icon and colour of each status; the word always stands beside it in the panel."""
REVIEW_TONES = {
    ReviewStatus.SUBMITTED: "info",
    ReviewStatus.ACCEPTED: "success",
    ReviewStatus.RETURNED: "warn",
}
_NO_PARENT = QModelIndex()
_HEIGHT = 58
_MARK_AREA = 52
_NARROW = 560
_WORDS_SHARE = 0.55


def status_menu(parent: QWidget, item_id: str) -> QMenu:
    """Return a menu of the statuses; each action carries the item's id and the status."""
    menu = QMenu(parent)
    menu.setAccessibleName(t("checklist.status"))
    for status in ItemStatus:
        icon, tone = STATUS_MARKS[status]
        action = QAction(icons.icon(icon, tone), t(status.text_key), menu)
        action.setData((item_id, status.value))
        menu.addAction(action)
    return menu


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[ItemLine] = []

    def set_lines(self, lines: Sequence[ItemLine]) -> None:
        """Show lines; when only their state differs, nothing but these lines is drawn anew."""
        if [line.item.id for line in lines] != [line.item.id for line in self.lines]:
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
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.item.title.get(language())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken()
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.item.id}  {line.item.title.get(language())}\n{line.second_line[0]}"
        return None


class _Painter(QStyledItemDelegate):
    """Draws one line: mark, two lines of words, and the columns at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        words = look.metrics("body").height() + look.metrics("caption").height()
        return QSize(100, max(look.px(_HEIGHT), round(words) + look.px(18)))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        line: ItemLine = index.data(LINE_ROLE)
        box = QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(box, look.color("accentSoft" if chosen else "surface"))
        painter.setPen(look.color("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))
        self._draw_mark(painter, box, line)
        right = self._draw_columns(painter, box, line)
        self._draw_words(painter, box, right, line, chosen)
        painter.restore()

    def _draw_mark(self, painter: QPainter, box: QRect, line: ItemLine) -> None:
        px = theme.current().px
        icon, tone = STATUS_MARKS[line.state.standing]
        if line.overdue_days or line.refused or line.state.unsound:
            tone = "danger"
        side = px(18)
        left = box.left() + px(24)
        top = box.top() + (box.height() - side) // 2
        painter.drawPixmap(left, top, icons.pixmap(icon, tone, 18))

    def _draw_columns(self, painter: QPainter, box: QRect, line: ItemLine) -> int:
        """Draw due date, owner, evidence and pills from the right; return where they begin."""
        look = theme.current()
        px = look.px
        right = box.right() - px(16)
        late = bool(line.overdue_days)
        due = f"{line.state.due:%m-%d}" if line.state.due else "—"
        painter.setFont(look.font("caption"))
        right = self._draw_text(painter, box, right, 44, due, "danger" if late else "text2")
        if box.width() > px(_NARROW):
            right = self._draw_text(painter, box, right, 64, line.state.owner or "—", "text2")
        missing = line.state.unsound or (line.state.sound <= 0 and late)
        tone = "danger" if missing else "text2"
        count = str(line.state.evidence_count)
        right = self._draw_text(painter, box, right, 22, count, tone)
        side = px(14)
        top = box.top() + (box.height() - side) // 2
        painter.drawPixmap(right - side, top, icons.pixmap("paperclip", tone, 14))
        right -= side + px(12)
        least = box.left() + round(box.width() * _WORDS_SHARE)
        for text, pill_tone in self._pills(line):
            width = pill_width(text, dot=pill_tone != "neutral")
            if right - width < least:
                break
            height = px(20)
            place = QRectF(right - width, box.top() + (box.height() - height) / 2, width, height)
            paint_pill(painter, place, text, pill_tone, dot=pill_tone != "neutral")
            right -= round(width) + px(6)
        return right

    def _pills(self, line: ItemLine) -> list[tuple[str, str]]:
        """Return the pills from the right, the most telling first, since room may be short."""
        pills = []
        if line.item.red_line:
            closed = line.state.standing in SETTLED
            pills.append((t("checklist.red_line"), "neutral" if closed else "danger"))
        if line.overdue_days:
            pills.append((t("checklist.overdue_n", n=line.overdue_days), "danger"))
        if line.state.unsound:
            pills.append((t("checklist.filter_unsound"), "danger"))
        if review := line.state.review:
            pills.append((t(review.status.text_key), REVIEW_TONES[review.status]))
        if line.waits_for and line.state.standing not in SETTLED:
            pills.append((t("checklist_window.waits_n", n=len(line.waits_for)), "neutral"))
        if line.state.status in (ItemStatus.NOT_APPLICABLE, ItemStatus.PARTIAL):
            pills.append((t(line.state.status.text_key), "neutral"))
        return pills

    def _draw_text(
        self, painter: QPainter, box: QRect, right: int, width: int, words: str, tone: str
    ) -> int:
        look = theme.current()
        left = right - look.px(width)
        place = QRectF(left, box.top(), look.px(width), box.height())
        painter.setFont(look.font("caption"))
        painter.setPen(look.color(tone))
        words = look.metrics("caption").elidedText(
            words, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        return left - look.px(8)

    def _draw_words(
        self, painter: QPainter, box: QRect, right: int, line: ItemLine, chosen: bool
    ) -> None:
        look = theme.current()
        left = box.left() + look.px(54)
        first, second = look.metrics("body"), look.metrics("caption")
        gap = look.px(1)
        height = first.height() + second.height() + gap
        top = box.top() + (box.height() - height) / 2
        width = max(right - left - look.px(8), 1)
        painter.setFont(look.font("strong" if chosen else "body"))
        painter.setPen(look.color("text"))
        title = f"{line.item.id}  {line.item.title.get(language())}"
        metrics = look.metrics("strong") if chosen else first
        elide = Qt.TextElideMode.ElideRight
        place = QRectF(left, top, width, first.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(title, elide, width)
        )
        words, tone = line.second_line
        painter.setFont(look.font("caption"))
        painter.setPen(look.color(tone))
        place = QRectF(left, top + first.height() + gap, width, second.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter, second.elidedText(words, elide, width)
        )


class ItemList(QListView):
    """Emits ``item_chosen``; ``status_asked`` (item, place) opens the statuses.

    Shift and Ctrl choose several items; ``selection_changed`` tells how many are chosen.
    Space or Return asks for the statuses of the current item; ``done_asked`` is Ctrl+Return.
    """

    item_chosen = Signal(str)
    status_asked = Signal(str, QPoint)
    done_asked = Signal(str)
    selection_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._items = _Model(self)
        self.setModel(self._items)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(t("checklist.items"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        theme.current().theme_changed.connect(self.doItemsLayout)

    def set_lines(self, lines: Sequence[ItemLine]) -> None:
        """Show items; the current one stays current, else the first becomes it."""
        wanted = self.current_item()
        self._items.set_lines(lines)
        if lines and self.current_item() != wanted:
            self.choose(wanted)
        if lines and not self.currentIndex().isValid():
            self.setCurrentIndex(self._items.index(0))

    def lines(self) -> Sequence[ItemLine]:
        """Return the items shown."""
        return self._items.lines

    def current_item(self) -> str:
        """Return the id of the current item, or ""."""
        at = self.currentIndex()
        return self._items.lines[at.row()].item.id if at.isValid() else ""

    def chosen_items(self) -> list[str]:
        """Return the ids of the chosen items in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._items.lines[row].item.id for row in rows]

    def choose(self, item_id: str) -> None:
        """Make an item the current one if it is shown."""
        for at, line in enumerate(self._items.lines):
            if line.item.id == item_id:
                self.setCurrentIndex(self._items.index(at))

    def place_of(self, item_id: str) -> QPoint:
        """Return where a menu of an item opens, in screen coordinates."""
        for at, line in enumerate(self._items.lines):
            if line.item.id == item_id:
                box = self.visualRect(self._items.index(at))
                corner = QPoint(box.left() + theme.current().px(24), box.center().y())
                return self.viewport().mapToGlobal(corner)
        return self.mapToGlobal(QPoint(0, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.current_item()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control and item:
            self.done_asked.emit(item)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self.status_asked.emit(item, self.place_of(item))
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        on_mark = place.x() < theme.current().px(_MARK_AREA)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and on_mark and self.indexAt(place).isValid():
            item = self.current_item()
            self.status_asked.emit(item, self.place_of(item))

    @Slot()
    def _on_selection(self) -> None:
        self.selection_changed.emit(len(self.selectionModel().selectedIndexes()))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.item_chosen.emit(self._items.lines[current.row()].item.id)
