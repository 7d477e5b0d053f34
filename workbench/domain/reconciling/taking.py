# SPDX-License-Identifier: MIT
"""The changes that take chosen differences, and what cannot come because something would dangle."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from workbench.domain.fields import Catalogue, FieldType
from workbench.domain.reconciling.copies import WHOLE, Cell, Place
from workbench.domain.reconciling.differences import Conflict, Difference
from workbench.domain.records.changes import ChangeKind, FieldChange, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell, deletion, made, rewritten
from workbench.domain.tables.watching import Tick, unwatched, watched

OWNER = "owner_key"
"""The field in which evidence names what it is evidence of."""


@dataclass(frozen=True, slots=True)
class Around:
    """What taking looks at beside the differences.

    ``ours`` and ``theirs`` give a record that is there now, ``pointing`` the cells of our records
    that refer to one; ``tick`` hears how far the work is, and may stop it.
    """

    catalogue: Catalogue
    ours: Callable[[Place], Record | None]
    theirs: Callable[[Place], Record | None]
    pointing: Callable[[Place], Iterable[Cell]]
    tick: Tick = unwatched


@dataclass(frozen=True, slots=True)
class Taken:
    """The changes, the differences that they take, and those that had to stay."""

    changes: tuple[RecordChange, ...]
    taken: tuple[Difference, ...]
    left: tuple[Difference, ...]


def taking(
    found: Sequence[Difference], chosen: AbstractSet[Cell], around: Around, *, restore: bool
) -> Taken:
    """Return the changes that take what is chosen.

    ``restore`` brings back what was deleted here when something that comes refers to it. What
    would refer to nothing, and a deletion of what is still referred to, stays with its reason.
    """
    wanted = {each.cell: each for each in found if each.takeable and each.cell in chosen}
    if restore:
        _bring_targets(wanted, around)
    left: dict[Cell, Difference] = {}
    while dangling := _dangling(wanted, around):
        for each in dangling:
            del wanted[each.cell]
            left[each.cell] = each
    taken = tuple(wanted.values())
    return Taken(tuple(_changes(taken, around)), taken, tuple(left.values()))


def targets(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, Place]]:
    """Yield the fields in which a record refers to another, and that one."""
    for field in catalogue[record.entity].references():
        if (key := record.text(field.key)) is not None:
            yield field.key, (field.target, key)
    entity, key = record.text("owner_entity"), record.text("owner_key")
    if entity is not None and entity in catalogue and key is not None:
        yield OWNER, (entity, key)


def _bring_targets(wanted: dict[Cell, Difference], around: Around) -> None:
    """Add the records that are gone here and that something wanted refers to."""
    waiting = list(wanted.values())
    while waiting:
        each = waiting.pop()
        if each.kind is ChangeKind.DELETED:
            continue
        for _name, place in _new_targets(each, around.catalogue):
            if (*place, WHOLE) in wanted or around.ours(place) is not None:
                continue
            if (record := around.theirs(place)) is not None:
                back = Difference(
                    ChangeKind.CREATED, record, place[1], conflict=Conflict.DELETED_HERE
                )
                wanted[back.cell] = back
                waiting.append(back)


def _dangling(wanted: Mapping[Cell, Difference], around: Around) -> list[Difference]:
    created = {each.place for each in wanted.values() if each.kind is ChangeKind.CREATED}
    deleted = {each.place for each in wanted.values() if each.kind is ChangeKind.DELETED}
    found = []
    needed: set[Place] = set()
    for each in watched(wanted.values(), around.tick):
        if each.kind is ChangeKind.DELETED:
            continue
        places = [place for _name, place in _new_targets(each, around.catalogue)]
        gone = [p for p in places if p not in created and around.ours(p) is None]
        if gone:
            found.append(replace(each, conflict=Conflict.NO_TARGET))
        else:
            needed.update(places)
    for each in wanted.values():
        if each.kind is not ChangeKind.DELETED:
            continue
        if each.place in needed or _is_used(each.place, wanted, deleted, around):
            found.append(replace(each, conflict=Conflict.IN_USE))
    return found


def _is_used(
    place: Place, wanted: Mapping[Cell, Difference], deleted: Collection[Place], around: Around
) -> bool:
    """Tell whether a record of ours that stays refers to another one."""
    return any(cell not in wanted and cell[:2] not in deleted for cell in around.pointing(place))


def _new_targets(each: Difference, catalogue: Catalogue) -> Iterator[tuple[str, Place]]:
    """Yield what a difference would let our record refer to."""
    if each.field not in (WHOLE, OWNER):
        entity = catalogue[each.record.entity]
        if each.field not in entity or entity[each.field].type is not FieldType.REF:
            return
    for name, place in targets(each.record, catalogue):
        if each.field in (WHOLE, name):
            yield name, place


def _changes(taken: Sequence[Difference], around: Around) -> Iterator[RecordChange]:
    cells: dict[Place, list[FieldChange]] = {}
    for each in watched(taken, around.tick):
        if each.kind is ChangeKind.CREATED:
            names = dict.fromkeys((*each.record.values, *each.record.origins))
            states = {name: cell(each.record, name) for name in names}
            change = made(each.record.entity, each.record.key, states)
            yield replace(change, position=each.record.position)
        elif each.kind is ChangeKind.UPDATED:
            cells.setdefault(each.place, []).extend(_cells(each, around))
    for place, fields in cells.items():
        if fields:
            yield RecordChange(*place, ChangeKind.UPDATED, tuple(fields))
    for each in taken:
        if each.kind is ChangeKind.DELETED:
            yield deletion(each.record)


def _cells(each: Difference, around: Around) -> Sequence[FieldChange]:
    if each.field != WHOLE:
        return (FieldChange(each.field, each.ours, each.theirs),)
    here = around.ours(each.place)
    if here is None:
        return ()
    names = sorted({*each.record.values, *each.record.origins, *here.values})
    written = rewritten(here, {name: cell(each.record, name) for name in names})
    return () if written is None else written.fields
