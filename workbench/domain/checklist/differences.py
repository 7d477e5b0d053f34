# SPDX-License-Identifier: MIT
"""What somebody else's copy of a checklist says differently, field by field, before it is taken.

With the state that both copies began from, what only one side changed is told apart from what
both changed: only the latter is a conflict.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from workbench.domain.checklist.state import ItemState, States
from workbench.domain.values import Value

FIELDS: Mapping[str, Callable[[ItemState], Value | None]] = {
    "status": lambda state: state.status.value,
    "reason": lambda state: state.reason or None,
    "owner": lambda state: state.owner or None,
    "due": lambda state: state.due,
    "note": lambda state: state.note or None,
    "blocked_by": lambda state: state.blocked_by or None,
}
"""What is compared and how it is read; a status that nobody set is 待核."""
REVIEW = "review"
"""The review is taken as a whole: who, when and what was said belong together."""


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """One field of one item on both sides; ``conflict`` says that both changed it."""

    item_id: str
    field: str
    ours: Value | None
    theirs: Value | None
    conflict: bool = False


def differences(
    items: Iterable[str], ours: States, theirs: States, base: States | None = None
) -> tuple[ItemDifference, ...]:
    """Return what the other side changed, in the order of the items.

    ``base`` is what both began from: a field that only we changed since is no difference of
    theirs. Without it every disagreement is one, and none is called a conflict.
    """
    found = []
    for item_id in items:
        here = ours.get(item_id, ItemState(item_id))
        there = theirs.get(item_id, ItemState(item_id))
        began = None if base is None else base.get(item_id, ItemState(item_id))
        for name, (mine, other, first) in _sides(here, there, began).items():
            if mine == other or (began is not None and other == first):
                continue
            conflict = began is not None and mine != first
            found.append(ItemDifference(item_id, name, mine, other, conflict))
    return tuple(found)


def _sides(
    ours: ItemState, theirs: ItemState, base: ItemState | None
) -> dict[str, tuple[Value | None, Value | None, Value | None]]:
    sides = {
        name: (read(ours), read(theirs), None if base is None else read(base))
        for name, read in FIELDS.items()
    }
    words = tuple(None if s is None else _review_words(s) for s in (ours, theirs, base))
    sides[REVIEW] = (words[0], words[1], words[2])
    return sides


def _review_words(state: ItemState) -> str | None:
    """Return a review in words: status, reviewer, note."""
    if state.review is None:
        return None
    parts = (state.review.status.value, state.review.reviewer, state.review.note)
    return "　".join(part for part in parts if part)


def taken(ours: ItemState, theirs: ItemState, fields: Collection[str]) -> ItemState:
    """Return our state with these fields of theirs."""
    chosen = {name: getattr(theirs, name) for name in (*FIELDS, REVIEW) if name in fields}
    return replace(ours, **chosen)
