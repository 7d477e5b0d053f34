# SPDX-License-Identifier: MIT
"""The items of one checklist stage as a list: status, evidence, owner, due date, red lines."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyleOptionViewItem, QWidget

from workbench.domain.checklist.state import SETTLED, ItemStatus, ReviewStatus
from workbench.domain.overriding import override
from workbench.ui.look import icons, theme
from workbench.ui.pages.checklist.lines import ItemLine
from workbench.ui.texts import language, t
from workbench.ui.widgets.line_list import Index, LineList, LinePainter
from workbench.ui.widgets.pill import paint_pill, pill_width

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


class _Painter(LinePainter[ItemLine]):
    """Draws one line: mark, two lines of words, and the columns at the right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme.current()
        words = look.metrics("body").height() + look.metrics("caption").height()
        return QSize(100, max(look.px(_HEIGHT), round(words) + look.px(18)))

    @override
    def draw(self, painter: QPainter, box: QRect, line: ItemLine, *, chosen: bool) -> None:
        self._draw_mark(painter, box, line)
        right = self._draw_columns(painter, box, line)
        self._draw_words(painter, box, right, line, chosen)

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


class ItemList(LineList[ItemLine]):
    """The items; ``status_asked`` (item, place) opens the statuses.

    Shift and Ctrl choose several items; ``selection_changed`` tells how many are chosen.
    Space or Return asks for the statuses of the current item; ``done_asked`` is Ctrl+Return.
    """

    status_asked = Signal(str, QPoint)
    done_asked = Signal(str)
    selection_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__(t("checklist.items"), _Painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def chosen_items(self) -> list[str]:
        """Return the ids of the chosen items in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self.lines()[row].key for row in rows]

    def place_of(self, item_id: str) -> QPoint:
        """Return where a menu of an item opens, in screen coordinates."""
        for at, line in enumerate(self.lines()):
            if line.key == item_id:
                box = self.visualRect(self.model().index(at, 0))
                corner = QPoint(box.left() + theme.current().px(24), box.center().y())
                return self.viewport().mapToGlobal(corner)
        return self.mapToGlobal(QPoint(0, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.current_key()
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
            item = self.current_key()
            self.status_asked.emit(item, self.place_of(item))

    @Slot()
    def _on_selection(self) -> None:
        self.selection_changed.emit(len(self.selectionModel().selectedIndexes()))
