# SPDX-License-Identifier: MIT
"""What differs between two editions of a checklist, and which answers go over to the newer one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from workbench.domain.checklist.template import ChecklistItem, Template


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """An item that both editions have, with the names of what differs."""

    old: ChecklistItem
    new: ChecklistItem
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """How one edition becomes another, each part in template order."""

    added: tuple[ChecklistItem, ...]
    changed: tuple[ChangedItem, ...]
    removed: tuple[ChecklistItem, ...]
    same: tuple[ChecklistItem, ...]

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
    )


def _differing(old: ChecklistItem, new: ChecklistItem) -> tuple[str, ...]:
    names = (field.name for field in fields(ChecklistItem))
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
