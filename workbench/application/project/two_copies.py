# SPDX-License-Identifier: MIT
"""Reads the logs and records of two copies of one project, for comparing them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from workbench.application.ports import Progress
from workbench.application.project.cleaning import CLEANED
from workbench.application.stages import Stages
from workbench.application.store_ports import Operation, OperationKind, UnitOfWork
from workbench.application.versions.final_guard import FINAL, assessments_of
from workbench.domain.fields import Catalogue
from workbench.domain.reconciling.copies import (
    WHOLE,
    Brought,
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
from workbench.domain.records.changes import ChangeKind, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import Value

ENTITY = "merged_copy"
_OF_ONE_COPY = frozenset({ENTITY, CLEANED})
"""What happened to a copy itself: its merges, and what was removed from its file."""
_AT_ONCE = 500
"""Records of one copy that are read between two looks at whether the person wants to stop."""


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

    def steps(self, fork: int, progress: Progress) -> Iterator[Step]:
        """Yield the operations after the parting with what they wrote."""
        by_sequence = {each.sequence: each for each in self.operations}
        until = {merge.key: merge.text("until") or "" for merge in self.merges}
        after = self.operations[fork - 1].sequence if fork else 0
        log = self.work.log
        total = log.count(after)
        told = watched(log.written(after), lambda done: progress.step(done, total))
        for sequence, rows in groupby(told, key=lambda row: row[0]):
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

    def bases(
        self, found: Iterable[Difference], tick: Tick = unwatched
    ) -> Mapping[Cell, Value | None]:
        """Return what cells held before the other copy changed them, by our cell."""
        wanted: dict[Place, list[Difference]] = {}
        for each in found:
            if each.field != WHOLE:
                place = each.record.entity, each.their_key
                wanted.setdefault(place, []).append(each)
        bases: dict[Cell, Value | None] = {}
        after = self.theirs.operations[self.fork - 1].sequence if self.fork else 0
        for _sequence, change in watched(self.theirs.work.log.steps(after, wanted), tick):
            old = {item.field: item.old.value for item in change.fields}
            for each in wanted[change.entity, change.key]:
                if each.field in old:
                    bases.setdefault(each.cell, old[each.field])
        return bases


def behind(
    halves: Halves, taken: Iterable[Difference], name: str, tick: Tick = unwatched
) -> Iterator[Brought]:
    """Yield the other copy's steps behind what is taken, and what merges brought to it before."""
    wanted: dict[Place, set[str]] = {}
    ours: dict[Place, str] = {}
    for each in watched(taken, tick):
        place = each.record.entity, each.their_key
        wanted.setdefault(place, set()).add(WHOLE if each.fields else each.field)
        ours[place] = each.record.key
    log = halves.theirs.work.log
    after = halves.theirs.operations[halves.fork - 1].sequence if halves.fork else 0
    by_sequence = {each.sequence: each for each in halves.theirs.operations}
    rows = watched(log.steps(after, wanted), tick)
    for sequence, changes in groupby(rows, key=lambda row: row[0]):
        of = by_sequence[sequence]
        if not _happened(of, after):
            continue
        parts = tuple(_taken_parts((change for _, change in changes), wanted, ours))
        if parts:
            yield Brought(name, of.label, of.params, of.actor, of.at, of.reason, parts)
    for sequence, brought in log.brought():
        parts = tuple(_taken_parts(brought.changes, wanted, ours))
        if sequence > after and parts:
            yield replace(brought, changes=parts)


def _happened(operation: Operation, after: int) -> bool:
    """Tell whether a step stands there, or took back what both copies had."""
    if operation.kind == OperationKind.UNDO:
        return (operation.target or 0) <= after
    return not operation.undone and operation.kind == OperationKind.DO


def _taken_parts(
    changes: Iterable[RecordChange],
    wanted: Mapping[Place, Collection[str]],
    ours: Mapping[Place, str],
) -> Iterator[RecordChange]:
    for change in changes:
        if (part := _taken_part(change, wanted, ours)) is not None:
            yield part


def _taken_part(
    change: RecordChange, wanted: Mapping[Place, Collection[str]], ours: Mapping[Place, str]
) -> RecordChange | None:
    """Return what of a change was taken, by our key; None when nothing was."""
    place = change.entity, change.key
    names = wanted.get(place)
    if names is None:
        return None
    if change.kind is not ChangeKind.UPDATED:
        return replace(change, key=ours[place], fields=()) if WHOLE in names else None
    fields = tuple(item for item in change.fields if WHOLE in names or item.field in names)
    return replace(change, key=ours[place], fields=fields) if fields else None


def compared(ours: Log, theirs: Log, fork: int, catalogue: Catalogue, progress: Progress) -> Halves:
    """Compare two copies that have ``fork`` operations in common."""
    stages = Stages(progress)
    reading = stages.stage(0.2)
    our_seen, unsettled = ours.seen_of(theirs)
    their_seen, _ = theirs.seen_of(ours)
    their_steps = list(theirs.steps(fork, reading))
    our_steps = ours.steps(fork, stages.stage(0.2))
    our_trails = trails(our_steps, their_seen.operations)
    their_trails = trails(their_steps, our_seen.operations)
    for place in [place for place in their_trails if place[0] in _OF_ONE_COPY]:
        del their_trails[place]
    places = dict.fromkeys((*their_trails, *our_trails))
    here = _held(ours.work, places, stages.stage(0.2))
    there = _held(theirs.work, places, stages.stage(0.2))
    comparing, total = stages.stage(0.2), len(their_trails)
    found = differences(
        Copy(our_trails, our_seen, here), Copy(their_trails, their_seen, there), catalogue,
        lambda done: comparing.step(done, total),
    )  # fmt: skip
    found = _without_finals(ours, theirs, found, our_trails, here, their_seen)
    news = [step.stamp for step in their_steps if step.stamp.id not in our_seen.operations]
    stages.finish()
    return Halves(
        ours, theirs, here, fork, tuple(found), unsettled, catalogue, len(news),
        _contributors(news),
    )  # fmt: skip


def _held(work: UnitOfWork, places: Collection[Place], progress: Progress) -> dict[Place, Record]:
    """Return the records of places; those changed together lie together, and are read together."""
    keys: dict[str, list[str]] = {}
    for entity, key in places:
        keys.setdefault(entity, []).append(key)
    found: dict[Place, Record] = {}
    done = 0
    for entity, some in keys.items():
        for at in range(0, len(some), _AT_ONCE):
            part = some[at : at + _AT_ONCE]
            progress.step(done, len(places))
            for key, record in work.records.some(entity, part, lasting=True).items():
                found[entity, key] = record
            done += len(part)
    return found


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
