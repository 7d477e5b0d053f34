# SPDX-License-Identifier: MIT
"""Reads the logs and records of two copies of one project, for comparing them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from workbench.application.ports import Operation, OperationKind, Progress, UnitOfWork
from workbench.application.versions.final_guard import FINAL, assessments_of
from workbench.domain.fields import Catalogue
from workbench.domain.ledger import Record
from workbench.domain.reconciling.copies import (
    WHOLE,
    Cell,
    Copy,
    Place,
    Seen,
    Stamp,
    Step,
    Trail,
    Written,
    trails,
)
from workbench.domain.reconciling.differences import Difference, differences
from workbench.domain.reconciling.finals import ASSESSMENT, finals_of, with_finals
from workbench.domain.values import Value

ENTITY = "merged_copy"


class Log:
    """One copy's log, and the merges that it remembers."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self.operations = work.log.all()
        self.place_of = {each.id: number for number, each in enumerate(self.operations)}
        self.merges = work.records.all(ENTITY)

    @property
    def ids(self) -> frozenset[str]:
        """Return the ids of all operations."""
        return frozenset(self.place_of)

    @property
    def last(self) -> str:
        """Return the id of the newest operation, "" without one."""
        return self.operations[-1].id if self.operations else ""

    def seen_of(self, other: "Log") -> tuple[Seen, set[str]]:
        """Return what this copy has seen of another, and what it left open when it last looked."""
        until, unsettled = -1, frozenset[Cell]()
        for merge in self.merges:
            place = other.place_of.get(merge.text("until") or "", -1)
            if place >= until and place >= 0:
                until, unsettled = place, _cells(merge)
        read = frozenset(each.id for each in other.operations[: until + 1])
        return Seen(self.ids | read, unsettled), {"\t".join(cell) for cell in unsettled}

    def steps(self, fork: int) -> Iterator[Step]:
        """Yield the operations after the parting with what they wrote."""
        by_sequence = {each.sequence: each for each in self.operations}
        until = {merge.key: merge.text("until") or "" for merge in self.merges}
        after = self.operations[fork - 1].sequence if fork else 0
        for sequence, rows in groupby(self.work.log.written(after), key=lambda row: row[0]):
            operation = by_sequence[sequence]
            written = [row[1] for row in rows]
            target = by_sequence.get(operation.target or 0)
            yield Step(
                Stamp(operation.id, operation.actor, operation.at),
                written,
                operation.undone,
                target.id if target is not None else "",
                _merged_until(operation, written, until),
            )


def _merged_until(
    operation: Operation, written: Sequence[Written], until: Mapping[str, str]
) -> str:
    """Return how far a merge had read the other copy, "" for any other operation."""
    if operation.kind == OperationKind.UNDO:
        return ""
    own = [each.key for each in written if each.entity == ENTITY]
    return until.get(own[-1], "") if own and operation.label.startswith("copies.") else ""


def _cells(merge: Record) -> frozenset[Cell]:
    unsettled = merge.get("unsettled")
    found = [text.split("\t") for text in unsettled] if isinstance(unsettled, tuple) else []
    return frozenset((entity, key, name) for entity, key, name in found)


def parted(ours: Log, theirs: Log) -> int:
    """Return how many operations two logs begin with in common."""
    pairs = zip(ours.operations, theirs.operations, strict=False)
    count = 0
    for mine, yours in pairs:
        if mine.id != yours.id:
            break
        count += 1
    return count


@dataclass(frozen=True)
class Halves:
    """Two copies compared; ``unsettled`` is what the last merge left open."""

    ours: Log
    theirs: Log
    ours_now: Mapping[Place, Record]
    fork: int
    differences: tuple[Difference, ...]
    unsettled: Collection[str]
    catalogue: Catalogue
    news: int
    contributors: tuple[str, ...]

    def base(self, difference: Difference) -> Value | None:
        """Return what a cell held before the other copy changed it; None if it was not there."""
        place = difference.record.entity, difference.their_key
        if difference.field == WHOLE:
            return None
        after = self.theirs.operations[self.fork - 1].sequence if self.fork else 0
        value: Value | None = None
        for operation, done in self.theirs.work.log.of_record(*place):
            if operation.sequence <= after:
                break
            for change in done.records:
                for item in change.fields:
                    if item.field == difference.field:
                        value = item.old.value
        return value


def compared(ours: Log, theirs: Log, fork: int, catalogue: Catalogue, progress: Progress) -> Halves:
    """Compare two copies that have ``fork`` operations in common."""
    our_seen, unsettled = ours.seen_of(theirs)
    their_seen, _ = theirs.seen_of(ours)
    their_steps = list(theirs.steps(fork))
    progress.step(1, 4)
    our_trails = trails(ours.steps(fork), their_seen.operations)
    their_trails = trails(their_steps, our_seen.operations)
    for place in [place for place in their_trails if place[0] == ENTITY]:
        del their_trails[place]
    progress.step(2, 4)
    places = our_trails.keys() | their_trails.keys()
    here, there = _held(ours.work, places), _held(theirs.work, places)
    progress.step(3, 4)
    found = differences(
        Copy(our_trails, our_seen, here), Copy(their_trails, their_seen, there), catalogue
    )
    found = _without_finals(ours, theirs, found, our_trails, here, their_seen)
    news = [step.stamp for step in their_steps if step.stamp.id not in our_seen.operations]
    progress.step(4, 4)
    return Halves(
        ours, theirs, here, fork, tuple(found), unsettled, catalogue, len(news),
        _contributors(news),
    )  # fmt: skip


def _held(work: UnitOfWork, places: Collection[Place]) -> dict[Place, Record]:
    keys: dict[str, list[str]] = {}
    for entity, key in sorted(places):
        keys.setdefault(entity, []).append(key)
    return {
        (entity, key): record
        for entity, some in keys.items()
        for key, record in work.records.some(entity, some).items()
    }


def _without_finals(
    ours: Log,
    theirs: Log,
    found: Sequence[Difference],
    our_trails: Mapping[Place, Trail],
    here: Mapping[Place, Record],
    their_seen: Seen,
) -> list[Difference]:
    """Mark what would touch a final assessment; ours never change."""
    closed = finals_of(ours.work.records.all(ASSESSMENT), FINAL)
    closing = finals_of(theirs.work.records.all(ASSESSMENT), FINAL) - closed

    def belonging(record: Record) -> frozenset[str]:
        both = [record, here.get((record.entity, record.key))]
        return frozenset(
            key
            for each in both
            if each is not None
            for work in (ours.work, theirs.work)
            for key in assessments_of(each, work.records.get)
        )

    if not closed and not closing:
        return list(found)
    busy = {
        key
        for place, record in here.items()
        if place in our_trails
        and any(not their_seen.knows(s, place, n) for n, s in our_trails[place].stamps())
        for key in assessments_of(record, ours.work.records.get)
    }
    ours_too = frozenset(key for key in closing if ours.work.records.get(ASSESSMENT, key))
    return with_finals(found, closed, ours_too, busy, belonging)


def _contributors(news: Sequence[Stamp]) -> tuple[str, ...]:
    """Return who changed the other copy: name, number of steps, first and last day."""
    counts = Counter(stamp.actor for stamp in news)
    days: dict[str, list[datetime]] = {}
    for stamp in news:
        days.setdefault(stamp.actor, []).append(stamp.at)
    return tuple(
        f"{actor} × {count} ({_period(days[actor])})" for actor, count in sorted(counts.items())
    )


def _period(days: Sequence[datetime]) -> str:
    first, last = f"{min(days):%Y-%m-%d}", f"{max(days):%Y-%m-%d}"
    return first if first == last else f"{first} – {last}"
