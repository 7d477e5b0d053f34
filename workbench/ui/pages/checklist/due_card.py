# SPDX-License-Identifier: MIT
"""Checklist items by due date: the card of the overview (清单到期)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from workbench.application.versions.final_guard import FINAL
from workbench.bootstrap import Services
from workbench.domain.checklist.reminders import Reminder, reminders
from workbench.domain.records.ledger import Record
from workbench.ui.texts import language, t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

SHOWN = 5
_SOON = 14


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder with the assessment that it belongs to."""

    assessment: Record
    reminder: Reminder


def due_items(services: Services, park: str, today: date) -> tuple[Due, ...]:
    """Return what is due in the park's assessments that are not final, by date."""
    found = []
    for assessment in services.assessments.of_park(park):
        if assessment.text("status") != FINAL:
            sheet = services.ticking.sheet(assessment)
            found += [Due(assessment, r) for r in reminders(sheet.items, sheet.states, today)]
    return tuple(sorted(found, key=lambda due: due.reminder.due))


def days_words(days: int) -> tuple[str, str]:
    """Return how long until a due date in words, and their tone."""
    if days < 0:
        return t("checklist.overdue_n", n=-days), "danger"
    if days == 0:
        return t("checklist_due.today"), "warn"
    return t("checklist_due.in_n", n=days), "warn" if days <= _SOON else "neutral"


class DueCard(Card):
    """The next due items; ``item_asked`` carries assessment and item, ``all_asked`` the plan."""

    item_asked = Signal(str)
    all_asked = Signal()

    def __init__(self, found: Sequence[Due]) -> None:
        late = sum(due.reminder.days < 0 for due in found)
        more = Button(t("checklist_due.all_n", n=len(found)), "link")
        said = t("checklist_due.subtitle", n=len(found), late=late)
        super().__init__(t("checklist_due.title"), said if found else "", actions=[more])
        more.clicked.connect(self.all_asked)
        more.setVisible(bool(found))
        columns = [
            Column(t("checklist_due.column.days"), 132),
            Column(t("checklist.due"), 112),
            Column(t("checklist_window.column.item"), share=3),
            Column(t("checklist.owner"), 96),
            Column(t("checklist.assessment"), share=2),
        ]
        self.table = ReadTable(t("checklist_due.title"), columns, fits=True, opens=True)
        self.table.row_opened.connect(self.item_asked)
        self.table.set_rows([_row(due) for due in found[:SHOWN]])
        if found:
            self.add(self.table)
        else:
            self.table.setParent(self)
            self.table.hide()
            self.add(Label(t("checklist_due.none"), "caption", wrap=True))


def _row(due: Due) -> Row:
    reminder = due.reminder
    words, tone = days_words(reminder.days)
    title = f"{reminder.item.id}  {reminder.item.title.get(language())}"
    note = t("checklist.red_line") if reminder.item.red_line else ""
    cells = (
        Cell(words, tone=tone, pill=True),
        Cell(reminder.due.isoformat()),
        Cell(title, note),
        Cell(reminder.state.owner or "—"),
        Cell(due.assessment.label, tone="text2"),
    )
    return Row(f"{due.assessment.key}:{reminder.item.id}", cells)
