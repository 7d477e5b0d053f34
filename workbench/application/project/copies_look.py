# SPDX-License-Identifier: MIT
"""Another copy of a project beside ours while both are open: what differs, comes, conflicts."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from workbench.application.ports import Progress
from workbench.application.project.two_copies import ENTITY, Halves, behind
from workbench.application.store_ports import SourceFile, UnitOfWork
from workbench.application.versions.final_guard import FINAL, MERGING_FINAL
from workbench.domain.fields import FieldType
from workbench.domain.reconciling.copies import Brought, Cell, Place
from workbench.domain.reconciling.differences import Difference
from workbench.domain.reconciling.finals import ASSESSMENT
from workbench.domain.reconciling.taking import Around, Taken, taking, targets
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange, creation
from workbench.domain.records.ledger import Record
from workbench.domain.tables.watching import ROWS_PER_TICK, watched
from workbench.domain.values import Origin, Value

OURS, THEIRS = "ours", "theirs"
_EVIDENCE = "evidence"
_HASHES = {_EVIDENCE: "sha256", ASSESSMENT: "frozen"}
"""The fields that name a content kept beside the records."""


@dataclass(frozen=True, slots=True)
class Conflicting:
    """A difference that a person must decide, with the value from before the copies parted."""

    difference: Difference
    base: Value | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What another copy would bring: differences, the taken ones by default, the open ones.

    ``token`` tells whether either copy has moved on since; ``news`` counts the other copy's steps;
    ``names`` are the labels of records that differing fields refer to.
    """

    other: str
    differences: tuple[Difference, ...]
    offered: tuple[Difference, ...]
    conflicts: tuple[Conflicting, ...]
    news: int
    contributors: tuple[str, ...]
    finals: tuple[str, ...]
    names: Mapping[str, str]
    token: tuple[str, str]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many records are created, updated and deleted by what is offered."""
        return counted(self.offered)


class Look:
    """One comparison while both copies are open."""

    def __init__(
        self, here: UnitOfWork, there: UnitOfWork, name: str, halves: Halves, progress: Progress
    ) -> None:
        self._progress = progress
        self._here = here
        self._there = there
        self._name = name
        self._halves = halves
        self._pointing: dict[Place, list[Cell]] | None = None
        self._bases: Mapping[Cell, Value | None] = {}
        self._found: dict[Place, Record | None] = {}
        plain = {each.cell for each in halves.differences if not each.conflict}
        offered = taking(halves.differences, plain, self._around, restore=False)
        self._offered = offered
        self.comparison = Comparison(
            name,
            halves.differences,
            offered.taken,
            self.conflicts_of(offered),
            halves.news,
            halves.contributors,
            self._finals(halves.differences),
            self._names(halves.differences),
            (halves.ours.last, halves.theirs.last),
        )

    @cached_property
    def _around(self) -> Around:
        total = len(self._halves.differences)
        return Around(
            self._halves.catalogue, self._ours, self._theirs, self._references,
            lambda done: self._progress.step(done // 2, total),
        )  # fmt: skip

    def decided(self, prefer: str, chosen: AbstractSet[Cell] | None) -> Taken:
        """Return what is taken."""
        found = self._halves.differences
        if chosen is None:
            if prefer != THEIRS:
                return self._offered
            chosen = {each.cell for each in found}
        return taking(found, chosen, self._around, restore=prefer == THEIRS)

    def conflicts_of(self, done: Taken) -> tuple[Conflicting, ...]:
        """Return what is not taken and needs a person."""
        taken = {each.cell for each in watched(done.taken, self._waiting)}
        reasons = {each.cell: each for each in done.left}
        shown = (reasons.get(each.cell, each) for each in self._halves.differences)
        found = [each for each in shown if each.conflict and each.cell not in taken]
        if not self._bases.keys() >= {each.cell for each in found if each.field}:
            self._bases = self._halves.bases(found, self._waiting)
        return tuple(Conflicting(each, self._bases.get(each.cell)) for each in found)

    def files(self, taken: Iterable[Difference]) -> dict[str, str]:
        """Return the contents that come along, by SHA-256, with what people call them."""
        found: dict[str, str] = {}
        for each in watched(taken, self._waiting):
            name = _HASHES.get(each.record.entity)
            if name is None or each.kind is ChangeKind.DELETED:
                continue
            sha256 = each.record.text(name)
            if sha256 and not self._here.files.holds(sha256):
                found[sha256] = each.record.label
        for source in self._sources(taken, self._here):
            if not self._here.files.holds(source.sha256):
                found[source.sha256] = source.name
        return found

    def _sources(self, taken: Iterable[Difference], here: UnitOfWork) -> list[SourceFile]:
        """Return the imported files that the values which come were read from."""
        ours = {source.id for source in here.files.sources()}
        theirs = [source for source in self._there.files.sources() if source.id not in ours]
        if not theirs:
            return []
        read = {
            origin.source.source
            for each in taken
            if each.kind is not ChangeKind.DELETED
            for origin in _origins(each)
            if origin.source is not None
        }
        return [source for source in theirs if source.id in read]

    def bringing(
        self, taken: Sequence[Difference], files: Mapping[str, str], progress: Progress
    ) -> Callable[[UnitOfWork], None]:
        """Return what brings the contents and names of files into our copy's transaction."""

        def bring(work: UnitOfWork) -> None:
            for done, sha256 in enumerate(files, start=1):
                if (pieces := self._there.files.pieces(sha256)) is not None:
                    work.files.keep(sha256, pieces)
                progress.step(done, len(files))
            for source in self._sources(taken, work):
                work.files.bring_source(source)

        return bring

    def behind(self, taken: Iterable[Difference]) -> Iterable[Brought]:
        """Yield, while they are written, who entered over there what is taken, and when."""
        return behind(self._halves, taken, self._name, self._waiting)

    def _waiting(self, _done: int) -> None:
        """Say that the work goes on, where nobody counts."""
        self._progress.step(1, 1)

    def record(
        self, done: Taken, left: Sequence[Conflicting], *, decided: bool
    ) -> RecordChange | None:
        """Return what is remembered of the merge; None when nothing new was found or decided."""
        unsettled = {"\t".join(each.difference.cell) for each in left}
        same = not decided and unsettled == self._halves.unsettled
        if not done.changes and (same or not self._halves.differences):
            return None
        return creation(ENTITY, str(uuid.uuid4()), {
            "name": self._name,
            "until": self._halves.theirs.last,
            "contributors": self._halves.contributors or None,
            "unsettled": tuple(sorted(unsettled)) or None,
        })  # fmt: skip

    def change_set(
        self, done: Taken, changes: tuple[RecordChange, ...], record: RecordChange
    ) -> ChangeSet:
        """Return the one step of the merge."""
        label = MERGING_FINAL if self._finals(done.taken) else "copies.merge"
        counts = {name: str(count) for name, count in counted(done.taken).items()}
        return ChangeSet(label, (*changes, record), {"name": self._name, **counts})

    def _finals(self, differences: Iterable[Difference]) -> tuple[str, ...]:
        """Return the names of the assessments that come as final ones."""
        return tuple(
            each.record.label
            for each in differences
            if each.record.entity == ASSESSMENT and each.takeable
            and each.kind is not ChangeKind.DELETED and each.record.text("status") == FINAL
        )  # fmt: skip

    def _names(self, differences: Iterable[Difference]) -> dict[str, str]:
        """Return the labels of the records that differing fields refer to, by key."""
        names: dict[str, str] = {}
        for each in watched(differences, self._waiting):
            entity = self._halves.catalogue[each.record.entity]
            if each.field not in entity or entity[each.field].type is not FieldType.REF:
                continue
            for value in (each.ours.value, each.theirs.value):
                place = entity[each.field].target, str(value)
                if value is not None and (record := self._ours(place) or self._theirs(place)):
                    names[record.key] = record.label
        return names

    def _ours(self, place: Place) -> Record | None:
        if place not in self._found:
            held = self._halves.ours_now.get(place)
            self._found[place] = held or self._here.records.get(*place)
        return self._found[place]

    def _theirs(self, place: Place) -> Record | None:
        return self._there.records.get(*place)

    def _references(self, place: Place) -> Iterable[Cell]:
        """Return our cells that refer to a record; read once, when something is deleted."""
        if self._pointing is None:
            self._pointing = {}
            done = 0
            for entity in self._halves.catalogue:
                refers = any(True for _ in entity.references()) or "owner_key" in entity
                for record in self._here.records.each(entity.key) if refers else ():
                    if (done := done + 1) % ROWS_PER_TICK == 0:
                        self._progress.step(1, 2)
                    for name, target in targets(record, self._halves.catalogue):
                        if target in self._gone:
                            cell = record.entity, record.key, name
                            self._pointing.setdefault(target, []).append(cell)
        return self._pointing.get(place, ())

    @cached_property
    def _gone(self) -> frozenset[Place]:
        """Return our records that the other copy deleted."""
        found = self._halves.differences
        return frozenset(each.place for each in found if each.kind is ChangeKind.DELETED)


def _origins(each: Difference) -> Iterable[Origin]:
    """Return where the values that a difference brings were read from."""
    if each.field and not each.fields:
        return () if each.theirs.origin is None else (each.theirs.origin,)
    return each.record.origins.values()


def counted(differences: Iterable[Difference]) -> dict[str, int]:
    """Return how many records differences create, update and delete."""
    places = {each.place: each.kind for each in differences if each.record.entity != ENTITY}
    found = Counter(kind.value for kind in places.values())
    return {kind.value: found[kind.value] for kind in ChangeKind}
