# SPDX-License-Identifier: MIT
"""What is due next: items with a due date that are still to be done, the most overdue first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workbench.domain.checklist.state import SETTLED, ItemState, States
from workbench.domain.checklist.template import ChecklistItem


@dataclass(frozen=True, slots=True)
class Reminder:
    """One item that is due; ``days`` until then, negative when it is overdue."""

    item: ChecklistItem
    state: ItemState
    due: date
    days: int


def reminders(items: Iterable[ChecklistItem], states: States, today: date) -> tuple[Reminder, ...]:
    """Return the items that are due, by date, then in template order."""
    found = []
    for item in items:
        state = states.get(item.id)
        if state is not None and state.due is not None and state.standing not in SETTLED:
            found.append(Reminder(item, state, state.due, (state.due - today).days))
    return tuple(sorted(found, key=lambda reminder: reminder.due))
