# SPDX-License-Identifier: MIT
"""One answer to many items: what each would become, and why not, before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from workbench.domain.checklist.review import after_change
from workbench.domain.checklist.state import ItemState, ItemStatus, Refusal
from workbench.domain.checklist.template import ChecklistItem

Change = Callable[[ItemState], ItemState | Refusal]
"""Returns what becomes of a state, or why nothing can."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be the same in many items; what is None stays as it is in each.

    ``reason`` replaces that of each item, ``due`` is a list of the one day so that an empty list
    takes the due date away.
    """

    status: ItemStatus | None = None
    reason: str = ""
    owner: str | None = None
    due: tuple[date, ...] | None = None

    def __call__(self, state: ItemState) -> ItemState:
        """Return a state with this answer; a review of something else goes."""
        wanted = replace(
            state,
            status=self.status or state.status,
            reason=self.reason or state.reason,
            owner=state.owner if self.owner is None else self.owner.strip(),
            due=state.due if self.due is None else next(iter(self.due), None),
        )
        return after_change(state, wanted)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one item; with a refusal it stays as it is."""

    item: ChecklistItem
    before: ItemState
    after: ItemState
    refusal: Refusal | None = None

    @property
    def changes(self) -> bool:
        """Tell whether there is anything to write."""
        return self.refusal is None and self.before != self.after
