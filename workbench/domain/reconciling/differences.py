# SPDX-License-Identifier: MIT
"""What the other copy says differently, record by record and field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from workbench.domain.fields import Catalogue, Entity
from workbench.domain.reconciling.copies import WHOLE, Cell, Copy, Place, Stamp
from workbench.domain.records.changes import EMPTY_CELL, CellState, ChangeKind
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell
from workbench.domain.tables.watching import Tick, unwatched, watched
from workbench.domain.values import Value, ValueState


class Conflict(StrEnum):
    """Why a person must look; those of FIXED cannot be taken at all."""

    NONE = ""
    BOTH = "both"
    DELETED_HERE = "deleted_here"
    DELETED_THERE = "deleted_there"
    FINAL = "final"
    IN_USE = "in_use"
    NO_TARGET = "no_target"


_INDEPENDENT = frozenset({"evidence", "saved_view", "case_note"})
"""Records of the program's own whose fields say things apart from each other."""
FIXED = frozenset({Conflict.FINAL, Conflict.IN_USE})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the other copy says; ``kind`` is what taking it does to our record.

    ``record`` is theirs with its references as ours are named, or ours when they deleted it.
    """

    kind: ChangeKind
    record: Record
    their_key: str
    field: str = WHOLE
    ours: CellState = EMPTY_CELL
    theirs: CellState = EMPTY_CELL
    ours_by: Stamp | None = None
    theirs_by: Stamp | None = None
    conflict: Conflict = Conflict.NONE
    here: Record | None = None
    """Our record as it is, when there is one."""
    fields: tuple[str, ...] = ()
    """The fields that differ, when a record is taken or left as a whole."""

    @property
    def cell(self) -> Cell:
        """Return what it is about, by our key."""
        return self.record.entity, self.record.key, self.field

    @property
    def place(self) -> Place:
        """Return our record."""
        return self.record.entity, self.record.key

    @property
    def takeable(self) -> bool:
        """Tell whether a person may take it."""
        return self.conflict not in FIXED


def differences(
    ours: Copy, theirs: Copy, catalogue: Catalogue, tick: Tick = unwatched
) -> list[Difference]:
    """Return what is new in the other copy, parents before children; conflicts are marked.

    ``tick`` hears how many records were compared, and may stop the work.
    """
    comparing = _Comparing(ours, theirs)
    places: dict[str, list[Place]] = {}
    for place in theirs.trails:
        places.setdefault(place[0], []).append(place)
    found: list[Difference] = []
    before = 0
    for entity in catalogue:
        some = places.get(entity.key, [])
        found += comparing.entity(entity, some, partial(_later, tick, before))
        before += len(some)
    return found


def _later(tick: Tick, before: int, done: int) -> None:
    tick(before + done)


class _Comparing:
    """One comparison; remembers which of their records are ours under another key."""

    def __init__(self, ours: Copy, theirs: Copy) -> None:
        self._ours = ours
        self._theirs = theirs
        self._alike: dict[str, str] = {}

    def entity(self, entity: Entity, places: list[Place], tick: Tick) -> Iterator[Difference]:
        """Yield the differences of one entity's records."""
        fresh = []
        for place in places:
            record = self._theirs.records.get(place)
            if record is not None and place not in self._ours.records:
                fresh.append(self._named_as_ours(record, entity))
        self._alike |= alike(entity, self._only_here(entity.key), fresh)
        for place in watched(places, tick):
            yield from self._record(entity, place)

    def _only_here(self, entity: str) -> list[Record]:
        """Return our records of an entity that the other copy has not."""
        return [
            record
            for place, record in self._ours.records.items()
            if place[0] == entity and place in self._ours.trails
            and place not in self._theirs.records
        ]  # fmt: skip

    def _record(self, entity: Entity, place: Place) -> Iterator[Difference]:
        key = self._alike.get(place[1], place[1])
        here = self._ours.records.get((place[0], key))
        record = self._theirs.records.get(place)
        if record is None:
            if here is not None:
                yield from self._deleted(here, place)
            return
        named = replace(self._named_as_ours(record, entity), key=key)
        if here is None:
            yield from self._new(named, place)
        elif not entity.ledger and entity.key not in _INDEPENDENT and self._both(here, place):
            yield from self._as_one(here, named, place)
        else:
            yield from self._fields(here, named, place)

    def _both(self, here: Record, place: Place) -> bool:
        """Tell whether both copies changed a record since they parted."""
        ours_place = here.entity, here.key
        return (
            self._ours.news(ours_place, self._theirs.seen, place) is not None
            and self._theirs.news(place, self._ours.seen, ours_place) is not None
        )

    def _as_one(self, here: Record, record: Record, place: Place) -> Iterator[Difference]:
        """Yield one conflict of a record whose fields only make sense together.

        Weights add up, a review is of one state: half of ours and half of theirs is nobody's.
        """
        ours_place = here.entity, here.key
        trail = self._theirs.trail(place)
        names = dict.fromkeys((*record.values, *record.origins, *here.values, *here.origins))
        differing = [n for n in names if not _says_the_same(cell(here, n), cell(record, n))]
        new = [
            name
            for name in differing
            if (stamp := trail.of(name)) is not None
            and not self._ours.seen.knows(stamp, ours_place, name)
        ]
        if new:
            yield Difference(
                ChangeKind.UPDATED, record, place[1],
                ours_by=self._ours.news(ours_place, self._theirs.seen, place),
                theirs_by=self._theirs.news(place, self._ours.seen, ours_place),
                conflict=Conflict.BOTH, here=here, fields=tuple(differing),
            )  # fmt: skip

    def _deleted(self, here: Record, place: Place) -> Iterator[Difference]:
        stamp = self._theirs.trail(place).whole
        if stamp is None or self._ours.seen.knows(stamp, place):
            return
        news = self._ours.news(place, self._theirs.seen, place)
        conflict = Conflict.NONE if news is None else Conflict.DELETED_THERE
        yield Difference(
            ChangeKind.DELETED, here, place[1],
            ours_by=news, theirs_by=stamp, conflict=conflict,
        )  # fmt: skip

    def _new(self, record: Record, place: Place) -> Iterator[Difference]:
        news = self._theirs.news(place, self._ours.seen, place)
        if news is None:
            return
        gone = self._ours.trail(place).whole
        known = gone is None or self._theirs.seen.knows(gone, place)
        conflict = Conflict.NONE if known else Conflict.DELETED_HERE
        yield Difference(
            ChangeKind.CREATED, record, place[1],
            ours_by=gone, theirs_by=news, conflict=conflict,
        )  # fmt: skip

    def _fields(self, here: Record, record: Record, place: Place) -> Iterator[Difference]:
        ours_place = here.entity, here.key
        ours_trail, theirs_trail = self._ours.trail(ours_place), self._theirs.trail(place)
        names = dict.fromkeys(theirs_trail.fields)
        if theirs_trail.whole is not None:
            names |= dict.fromkeys((*record.values, *record.origins, *here.values, *here.origins))
        for name in names:
            ours, theirs = cell(here, name), cell(record, name)
            stamp, mine = theirs_trail.of(name), ours_trail.of(name)
            if ours == theirs or stamp is None:
                continue
            if self._ours.seen.knows(stamp, ours_place, name):
                continue
            both = mine is not None and not self._theirs.seen.knows(mine, place, name)
            if both and _says_the_same(ours, theirs):
                continue
            conflict = Conflict.BOTH if both else Conflict.NONE
            yield Difference(
                ChangeKind.UPDATED,
                record,
                place[1],
                name,
                ours,
                theirs,
                mine,
                stamp,
                conflict,
                here,
            )

    def _named_as_ours(self, record: Record, entity: Entity) -> Record:
        """Return a record of theirs whose references name our records."""
        if not self._alike:
            return record
        names = [field.key for field in entity.references()]
        names += [name for name in ("owner_key", "assets") if name in entity]
        new = {name: self._renamed(record.values[name]) for name in names if name in record.values}
        if all(record.values[name] == value for name, value in new.items()):
            return record
        return replace(record, values={**record.values, **new})

    def _renamed(self, value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(self._alike.get(part, part) for part in value)
        return self._alike.get(value, value) if isinstance(value, str) else value


def alike(entity: Entity, ours: list[Record], theirs: list[Record]) -> Mapping[str, str]:
    """Return which of their new records is one of ours, by their key.

    The strongest natural key that both records fill decides; two candidates decide nothing.
    """
    natural = _Natural(entity)
    places: dict[tuple[object, ...], list[Record]] = {}
    for record in ours:
        for names, values in natural.keys(record):
            places.setdefault((names, values), []).append(record)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for record in theirs:
        for names, values in natural.keys(record):
            same = places.get((names, values), [])
            if len(same) == 1 and not natural.told_apart(same[0], record, names):
                if same[0].key not in taken:
                    found[record.key] = same[0].key
                    taken.add(same[0].key)
                break
    return found


class _Natural:
    """The natural keys of an entity's records, strongest first."""

    def __init__(self, entity: Entity) -> None:
        self._identity = entity.identity
        # The program's own records may leave a part open: weights of a park without assessment.
        self._needed = all if entity.ledger else any

    def keys(self, record: Record) -> Iterator[tuple[tuple[str, ...], tuple[Value | None, ...]]]:
        """Yield the keys that a record fills, with the names of their fields."""
        for names in self._identity:
            values = tuple(record.values.get(name) for name in names)
            if self._needed(value is not None for value in values):
                yield names, values

    def told_apart(self, one: Record, other: Record, names: tuple[str, ...]) -> bool:
        """Tell whether a stronger key than this one says that two records are different things."""
        mine, yours = dict(self.keys(one)), dict(self.keys(other))
        stronger = self._identity[: self._identity.index(names)]
        return any(mine[each] != yours[each] for each in stronger if each in mine and each in yours)


def _says_the_same(ours: CellState, theirs: CellState) -> bool:
    """Tell whether two cells mean the same, however they were written."""
    return ours.value == theirs.value and _state(ours) == _state(theirs)


def _state(state: CellState) -> tuple[ValueState, str]:
    origin = state.origin
    return (ValueState.KNOWN, "") if origin is None else (origin.state, origin.qualifier)
