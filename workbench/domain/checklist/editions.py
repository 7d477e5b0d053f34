# SPDX-License-Identifier: MIT
"""What differs between two editions of a checklist, and which answers go over to the newer one."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

from workbench.domain.checklist.template import ChecklistItem, Template


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that both editions have, with the names of what differs."""

    old: ChecklistItem
    new: ChecklistItem
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item that stands elsewhere among those of its stage; places count from 1."""

    item: ChecklistItem
    old_place: int
    new_place: int


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """How one edition becomes another, each part in template order.

    ``moved`` are as few items as explain another order; what an item says is not changed by it.
    """

    added: tuple[ChecklistItem, ...]
    changed: tuple[ChangedItem, ...]
    removed: tuple[ChecklistItem, ...]
    same: tuple[ChecklistItem, ...]
    moved: tuple[MovedItem, ...] = ()

    @property
    def none(self) -> bool:
        """Tell whether both editions say the same in the same order."""
        return not (self.added or self.changed or self.removed or self.moved)

    def carried(self, agreed: Collection[str]) -> frozenset[str]:
        """Return the items whose answers go over: the same ones, and changed ones agreed to."""
        kept = {item.id for item in self.same}
        return frozenset(kept | {c.new.id for c in self.changed if c.new.id in agreed})


def compare(old: Template, new: Template) -> EditionChanges:
    """Return what differs; an item is the same only when every part of it is."""
    here: Mapping[str, ChecklistItem] = {item.id: item for item in old.items}
    there = {item.id for item in new.items}
    both = [(here[item.id], item) for item in new.items if item.id in here]
    changed = [ChangedItem(a, b, _differing(a, b)) for a, b in both if a != b]
    return EditionChanges(
        added=tuple(item for item in new.items if item.id not in here),
        changed=tuple(changed),
        removed=tuple(item for item in old.items if item.id not in there),
        same=tuple(b for a, b in both if a == b),
        moved=_moved(old, new),
    )


def _moved(old: Template, new: Template) -> tuple[MovedItem, ...]:
    """Return the fewest items of both whose moving makes one order out of the other."""
    before, after = _places(old), _places(new)
    both = [item for item in new.items if item.id in before]
    rank = {item.id: at for at, item in enumerate(old.items)}
    stay = _longest_rising([rank[item.id] for item in both])
    return tuple(
        MovedItem(item, before[item.id], after[item.id])
        for item in both
        if rank[item.id] not in stay
    )


def _places(template: Template) -> dict[str, int]:
    """Return the place of each item within its stage, from 1."""
    seen: dict[object, int] = {}
    places = {}
    for item in template.items:
        seen[item.stage] = seen.get(item.stage, 0) + 1
        places[item.id] = seen[item.stage]
    return places


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the longest rising run (with gaps) of different numbers."""
    ends: list[int] = []  # the smallest end of a run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    run: set[int] = set()
    number_or_none = ends[-1] if ends else None
    while number_or_none is not None:
        run.add(number_or_none)
        number_or_none = before[number_or_none]
    return run


def _differing(old: ChecklistItem, new: ChecklistItem) -> tuple[str, ...]:
    names = (field.name for field in fields(ChecklistItem))
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
