# SPDX-License-Identifier: MIT
"""Who wrote what in one of two copies since they parted, and what that copy has seen of the other.

A cell is new to a copy when the operation that wrote it last is one that the copy has not seen.
No clock is asked: two computers' clocks disagree, and a later edit is not a better one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workbench.domain.records.changes import ChangeKind, RecordChange
from workbench.domain.records.ledger import Record

Place = tuple[str, str]
"""Entity and key of a record."""
Cell = tuple[str, str, str]
"""Entity, key and field; "" as the field is the record as a whole."""
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The operation that wrote something last: its id, who and when."""

    id: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """What one operation did to one record; a creation or deletion wrote all of it."""

    entity: str
    key: str
    kind: ChangeKind
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a log; ``target`` is the id of what it took back or did again.

    ``seen`` is how far it had read another copy, when it was a merge: what it wrote is that copy's.
    """

    stamp: Stamp
    written: Sequence[Written]
    undone: bool = False
    target: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A step of another copy behind what a merge took: who entered it there, when, old and new."""

    copy: str
    label: str
    params: Mapping[str, str]
    actor: str
    at: datetime
    reason: str
    changes: tuple[RecordChange, ...]


@dataclass(slots=True)
class Trail:
    """What was written to one record since the copies parted."""

    whole: Stamp | None = None
    fields: dict[str, Stamp] = field(default_factory=dict)

    def of(self, name: str) -> Stamp | None:
        """Return what wrote a field last; None when it is as it was when the copies parted."""
        return self.whole if name == WHOLE else self.fields.get(name, self.whole)

    def stamps(self) -> Iterator[tuple[str, Stamp]]:
        """Yield every field with what wrote it last, the record as a whole first."""
        if self.whole is not None:
            yield WHOLE, self.whole
        yield from self.fields.items()


@dataclass(frozen=True, slots=True)
class Seen:
    """The operations that a copy knows, and the cells that it looked at without deciding."""

    operations: frozenset[str]
    unsettled: frozenset[Cell] = frozenset()

    def knows(self, stamp: Stamp, place: Place, name: str = WHOLE) -> bool:
        """Tell whether a copy has seen what wrote a cell, and decided about it."""
        if stamp.id not in self.operations:
            return False
        return (*place, name) not in self.unsettled and (*place, WHOLE) not in self.unsettled


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: what was written since, what it has seen of the other, and its records now.

    ``records`` holds the records of both copies' trails that are still here.
    """

    trails: Mapping[Place, Trail]
    seen: Seen
    records: Mapping[Place, Record]

    def trail(self, place: Place) -> Trail:
        """Return what was written to a record since the copies parted."""
        return self.trails.get(place) or Trail()

    def news(self, place: Place, other: Seen, other_place: Place) -> Stamp | None:
        """Return the newest write to a record that the other copy has not seen, None without."""
        stamps = [
            stamp
            for name, stamp in self.trail(place).stamps()
            if not other.knows(stamp, other_place, name)
        ]
        return max(stamps, key=lambda stamp: stamp.at, default=None)


def trails(steps: Iterable[Step], known: frozenset[str]) -> dict[Place, Trail]:
    """Return what the steps since the parting left written; ``known`` is what the other has seen.

    A step that was taken back before the other copy saw it never happened to anybody else; once
    seen, both the step and the taking back are news.
    """
    found: dict[Place, Trail] = {}
    for step in steps:
        counts = step.target in known if step.target else not step.undone or step.stamp.id in known
        if not counts:
            continue
        stamp = Stamp(step.seen or step.stamp.id, step.stamp.actor, step.stamp.at)
        for written in step.written:
            place = written.entity, written.key
            if written.kind is ChangeKind.UPDATED:
                trail = found.setdefault(place, Trail())
                trail.fields |= dict.fromkeys(written.fields, stamp)
            else:
                found[place] = Trail(stamp)
    return found
