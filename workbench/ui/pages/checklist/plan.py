# SPDX-License-Identifier: MIT
"""The due dates of a checklist as a chart over time: a line per item, grouped by stage."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.reminders import Reminder, reminders
from workbench.domain.overriding import override
from workbench.ui.look import theme
from workbench.ui.pages.checklist.due_card import days_words
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import ScrollPage
from workbench.ui.widgets.charts.chart import Chart, Row, cut, write
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

_ROW, _HEAD = 26, 30
_LABEL_SHARE = 0.42
_WORDS = 96
_LEAST_DAYS = 30
_TICKS = 4
_MARK = 5


class DuePlan(Chart):
    """Each item's due date on one axis, with today as a line; what is late is said in words.

    ``item_asked`` carries the item that was clicked, or chosen with the arrows and Return.
    """

    item_asked = Signal(str)
    line_marked = Signal(int)
    """The height of the line that is marked now."""

    def __init__(self, title: str, found: Sequence[Reminder], today: date) -> None:
        self._lines = _by_stage(found)
        self._today = today
        days = [reminder.due for reminder in found] + [today]
        self._first = min(days) - timedelta(days=3)
        self._span = max((max(days) - self._first).days + 3, _LEAST_DAYS)
        self._at = -1
        super().__init__(title, height=_HEAD + len(self._lines) * _ROW + 8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.describe()

    def place_of(self, item_id: str) -> QPoint:
        """Return the middle of the line of an item."""
        px = theme.current().px
        rows = [line.item.id if isinstance(line, Reminder) else "" for line in self._lines]
        y = px(_HEAD) + (rows.index(item_id) + 0.5) * px(_ROW)
        return QPoint(self.width() // 4, round(y))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._line_at(event.position().y())
        shape = Qt.CursorShape.ArrowCursor if over < 0 else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
        if over != self._at:
            self._mark(over)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._mark(-1)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._ask(self._line_at(event.position().y()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            rows = [at for at, line in enumerate(self._lines) if isinstance(line, Reminder)]
            after = [at for at in rows if (at - self._at) * step > 0]
            if after:
                self._mark(min(after) if step > 0 else max(after))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self._ask(self._at)
        else:
            super().keyPressEvent(event)

    def _line_at(self, y: float) -> int:
        """Return the place of the item at a height, -1 where there is none."""
        px = theme.current().px
        at = int((y - px(_HEAD)) // px(_ROW))
        known = 0 <= at < len(self._lines) and isinstance(self._lines[at], Reminder)
        return at if known else -1

    def _mark(self, at: int) -> None:
        self._at = at
        self.update()
        if at >= 0:
            px = theme.current().px
            self.line_marked.emit(round(px(_HEAD) + (at + 0.5) * px(_ROW)))

    def _ask(self, at: int) -> None:
        line = self._lines[at] if at >= 0 else ""
        if isinstance(line, Reminder):
            self.item_asked.emit(line.item.id)

    @override
    def table(self) -> list[Row]:
        heads: Row = (
            t("checklist_window.column.item"),
            t("checklist.due"),
            t("checklist.owner"),
            "",
        )
        rows = [line for line in self._lines if isinstance(line, Reminder)]
        return [
            heads,
            *((_title(r), r.due.isoformat(), r.state.owner, days_words(r.days)[0]) for r in rows),
        ]

    @override
    def draw(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        px = look.px
        left = box.left() + box.width() * _LABEL_SHARE
        right = box.right() - px(_WORDS)
        bottom = box.top() + px(_HEAD) + len(self._lines) * px(_ROW)
        for at in range(_TICKS + 1):
            day = self._first + timedelta(days=round(self._span * at / _TICKS))
            x = left + (right - left) * at / _TICKS
            painter.setPen(look.color("border"))
            painter.drawLine(QPointF(x, box.top() + px(22)), QPointF(x, bottom))
            write(painter, x, box.top() + px(10), day.isoformat(), "text2", "c")
        y = box.top() + px(_HEAD)
        for line in self._lines:
            middle = y + px(_ROW) / 2
            if line is self._marked():
                strip = QRectF(box.left(), y, box.width(), px(_ROW))
                painter.fillRect(strip, look.color("accentSoft"))
            if isinstance(line, Reminder):
                self._draw_item(painter, line, (box.left(), left, right), middle)
            else:
                write(painter, box.left() + px(6), middle, line, "text", "l", "captionStrong")
            y += px(_ROW)
        x = self._place(self._today, left, right)
        painter.setPen(QPen(look.color("accent"), 1.5))
        painter.drawLine(QPointF(x, box.top() + px(22)), QPointF(x, bottom))

    def _marked(self) -> Reminder | str | None:
        return self._lines[self._at] if self._at >= 0 else None

    def _place(self, day: date, left: float, right: float) -> float:
        return left + (right - left) * (day - self._first).days / self._span

    def _draw_item(
        self,
        painter: QPainter,
        reminder: Reminder,
        edges: tuple[float, float, float],
        middle: float,
    ) -> None:
        look = theme.current()
        start, left, right = edges
        words, tone = days_words(reminder.days)
        tone = "text2" if tone == "neutral" else tone
        room = left - start - look.px(30)
        write(painter, start + look.px(18), middle, cut(_title(reminder), room), "text")
        x = self._place(reminder.due, left, right)
        today = self._place(self._today, left, right)
        painter.setPen(QPen(look.color(tone), 2))
        painter.drawLine(QPointF(min(x, today), middle), QPointF(max(x, today), middle))
        half = look.px(_MARK)
        painter.setBrush(look.color(tone))
        corners = [(0, -half), (half, 0), (0, half), (-half, 0)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in corners]))
        write(painter, right + look.px(12), middle, words, tone)


class PlanDialog(Dialog):
    """The due dates of one assessment; ``item_asked`` carries the item to be shown."""

    item_asked = Signal(str)

    def __init__(self, host: QWidget, sheet: ChecklistSheet, today: date) -> None:
        super().__init__(host, t("checklist_due.plan"), width=940, height=600)
        found = reminders(sheet.items, sheet.states, today)
        late = sum(reminder.days < 0 for reminder in found)
        said = t("checklist_due.subtitle", n=len(found), late=late)
        self.body.addWidget(Label(said if found else t("checklist_due.none"), "caption", wrap=True))
        self.chart = DuePlan(t("checklist_due.plan"), found, today)
        page = self._page = ScrollPage("surface", margins=(0, 0, 8, 0))
        page.add(self.chart)
        page.content.addStretch(1)
        self.body.addWidget(page, 1)
        self.chart.setVisible(bool(found))
        self.chart.item_asked.connect(self._on_item)
        self.chart.line_marked.connect(self._on_marked)
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)

    @Slot(int)
    def _on_marked(self, y: int) -> None:
        self._page.ensureVisible(0, y, 0, theme.current().px(_ROW))

    @Slot(str)
    def _on_item(self, item_id: str) -> None:
        self.close_dialog()
        self.item_asked.emit(item_id)


def _by_stage(found: Sequence[Reminder]) -> list[Reminder | str]:
    """Return the items by date below the name of their stage."""
    lines: list[Reminder | str] = []
    for stage in sorted({reminder.item.stage for reminder in found}):
        lines.append(f"{stage.value[1:]}  {t(stage.text_key)}")
        lines += [reminder for reminder in found if reminder.item.stage is stage]
    return lines


def _title(reminder: Reminder) -> str:
    return f"{reminder.item.id}  {reminder.item.title.get(language())}"
