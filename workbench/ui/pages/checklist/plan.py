# SPDX-License-Identifier: MIT
"""The due dates of a checklist as a chart over time: a line per item, grouped by stage."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.reminders import Reminder, reminders
from workbench.domain.overriding import override
from workbench.ui import theme
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
    """Each item's due date on one axis, with today as a line; what is late is said in words."""

    def __init__(self, title: str, found: Sequence[Reminder], today: date) -> None:
        self._lines = _by_stage(found)
        self._today = today
        days = [reminder.due for reminder in found] + [today]
        self._first = min(days) - timedelta(days=3)
        self._span = max((max(days) - self._first).days + 3, _LEAST_DAYS)
        super().__init__(title, height=_HEAD + len(self._lines) * _ROW + 8)
        self.describe()

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
            if isinstance(line, Reminder):
                self._draw_item(painter, line, (box.left(), left, right), middle)
            else:
                write(painter, box.left(), middle, line, "text", "l", "captionStrong")
            y += px(_ROW)
        x = self._place(self._today, left, right)
        painter.setPen(QPen(look.color("accent"), 1.5))
        painter.drawLine(QPointF(x, box.top() + px(22)), QPointF(x, bottom))

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
        room = left - start - look.px(24)
        write(painter, start + look.px(12), middle, cut(_title(reminder), room), "text")
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
    """The due dates of one assessment, and how many items have none."""

    def __init__(self, host: QWidget, sheet: ChecklistSheet, today: date) -> None:
        super().__init__(host, t("checklist_due.plan"), width=940, height=600)
        found = reminders(sheet.items, sheet.states, today)
        late = sum(reminder.days < 0 for reminder in found)
        said = t("checklist_due.subtitle", n=len(found), late=late)
        self.body.addWidget(Label(said if found else t("checklist_due.none"), "caption", wrap=True))
        self.chart = DuePlan(t("checklist_due.plan"), found, today)
        page = ScrollPage("surface", margins=(0, 0, 8, 0))
        page.add(self.chart)
        page.content.addStretch(1)
        self.body.addWidget(page, 1)
        self.chart.setVisible(bool(found))
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)


def _by_stage(found: Sequence[Reminder]) -> list[Reminder | str]:
    """Return the items by date below the name of their stage."""
    lines: list[Reminder | str] = []
    for stage in sorted({reminder.item.stage for reminder in found}):
        lines.append(f"{stage.value[1:]}  {t(stage.text_key)}")
        lines += [reminder for reminder in found if reminder.item.stage is stage]
    return lines


def _title(reminder: Reminder) -> str:
    return f"{reminder.item.id}  {reminder.item.title.get(language())}"
