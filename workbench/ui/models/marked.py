# SPDX-License-Identifier: MIT
"""The keys of marked records, and what a few changes make of them without a copy of the rest."""

from collections.abc import Collection, Iterator, Mapping, Set
from itertools import chain

from workbench.domain.overriding import override
from workbench.ui.models.problems import Key

Marks = Mapping[str, Mapping[str, Collection[str]]]
"""The keys of marked records, by mark and entity."""


class _Changed(Collection[str]):
    """Keys of a large park after a change: those of before but for some, and some more."""

    def __init__(self, before: Collection[str], without: Set[str], more: Set[str]) -> None:
        self._before = before
        self._without = without
        self._more = more
        self._count = len(before) - sum(key in before for key in without) + len(more)

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._more or (key in self._before and key not in self._without)

    @override
    def __iter__(self) -> Iterator[str]:
        kept = (key for key in self._before if key not in self._without)
        return chain(kept, sorted(self._more))

    @override
    def __len__(self) -> int:
        return self._count


def changed_marks(before: Marks, stale: Collection[Key], fresh: Mapping[str, Set[Key]]) -> Marks:
    """Return marks of which the ``stale`` records' no longer hold; ``fresh`` has theirs by mark."""
    gone = _by_entity(stale)
    none: Set[str] = frozenset()
    changed: dict[str, dict[str, Collection[str]]] = {}
    for mark, marked in before.items():
        more = _by_entity(fresh.get(mark, ()))
        now: dict[str, Collection[str]] = dict(marked)
        for entity in gone.keys() | more.keys():
            now[entity] = _Changed(
                marked.get(entity, none), gone.get(entity, none), more.get(entity, none)
            )
        changed[mark] = now
    return changed


def _by_entity(keys: Collection[Key]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entity, key in keys:
        found.setdefault(entity, set()).add(key)
    return found
