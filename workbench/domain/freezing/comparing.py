# SPDX-License-Identifier: MIT
"""What changed between two assessments of one park, and why: cells, parameters, rules, cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.freezing.choices import choice_changes
from workbench.domain.freezing.content_changes import content_changes
from workbench.domain.freezing.differences import CellChange, Change, Comparison, Side
from workbench.domain.freezing.own_cells import Own
from workbench.domain.freezing.reasons import Why
from workbench.domain.freezing.snapshot import part_for
from workbench.domain.freezing.told import input_changes
from workbench.domain.freezing.trials import Trials
from workbench.domain.freezing.uses import uses_of
from workbench.domain.records.ledger import Record
from workbench.domain.values import KeptOrigins, Value, ValueState

MOST_REASONS = 20
"""How many reasons one change names; the rest is counted."""


def compare(old: Side, new: Side) -> Comparison:
    """Return what changed from one assessment to another, with reasons."""
    own = Own(old, new)
    cells = tuple(_cells(old, new, own))
    content = tuple(content_changes(old.content, new.content))
    trials = Trials(old, new, cells)
    results = tuple(Why(old, new, cells, content, trials).changes())
    uses = uses_of(old, new, cells, results, trials)
    choices = tuple(choice_changes(old.found.ranking, new.found.ranking))
    matter = own.that_matter(cells, uses)
    inputs = tuple(input_changes(old.told, new.told))
    told = tuple(map(_shortened, results))
    return Comparison(
        matter, content, told, uses, old.moment, choices, inputs, are_tried=trials.are_made
    )


def _shortened(change: Change) -> Change:
    """Return a change with the reasons that it has room for, and how many more there are."""
    kept, rest = change.reasons[:MOST_REASONS], change.reasons[MOST_REASONS:]
    return replace(change, reasons=kept, more=len(rest))


def _cells(old: Side, new: Side, own: Own) -> Iterator[CellChange]:
    """Yield every cell that differs; those of other parks name theirs."""
    park = old.found.scope.park_key
    before = _by_place(part_for(old.found.scope.ledger, park))
    after = _by_place(part_for(new.found.scope.ledger, park))
    order = {entity.key: n for n, entity in enumerate(CATALOGUE.ledger())}
    places = before.keys() | after.keys()
    for place in sorted(places, key=lambda place: (order.get(place[0], len(order)), place)):
        was, now = before.get(place), after.get(place)
        record, side = (now, new) if now is not None else (was, old)
        if record is None or was == now:
            continue
        name = side.found.scope.ledger.name_of(record)
        if own.has(record) or (was is not None and own.has(was)):
            yield from _record_changes(was, now, name, (old, new))
            continue
        owner = own.owner(record)
        for change in _record_changes(was, now, name, (old, new)):
            label = f"{owner} / {change.label}" if owner else change.label
            yield replace(change, label=label, elsewhere=True)


def _by_place(part: Mapping[str, Iterable[Record]]) -> dict[tuple[str, str], Record]:
    return {(record.entity, record.key): record for rows in part.values() for record in rows}


def _record_changes(
    old: Record | None, new: Record | None, label: str, sides: tuple[Side, Side]
) -> Iterator[CellChange]:
    record = new or old
    if record is None:
        return
    if old is None or new is None:
        came, went = (None, label) if old is None else (label, None)
        yield CellChange(record.entity, record.key, label, "", came, went)
    only = "new" if old is None else "old" if new is None else ""
    before = {} if old is None else old.values
    after = {} if new is None else new.values
    told = dict.fromkeys((*before, *after, *_told(old), *_told(new)))
    entity = sides[1].found.scope.ledger.catalogue[record.entity]
    order = {each.key: n for n, each in enumerate(entity)}
    for name in sorted(told, key=lambda name: (order.get(name, len(order)), name)):
        left, right = before.get(name), after.get(name)
        states = _state(old, name), _state(new, name)
        if left != right or states[0] is not states[1]:
            named = (_named(sides[0], record, name, left), _named(sides[1], record, name, right))
            place = (record.entity, record.key, label, name)
            beside = entity[name].unit_in if name in entity else ""
            units = _beside(old, beside), _beside(new, beside)
            yield CellChange(*place, left, right, *states, named, only, units=units)


def _named(side: Side, record: Record, name: str, value: Value | None) -> str:
    """Return what the record is called that a reference names, "" for any other field."""
    ledger = side.found.scope.ledger
    entity = ledger.catalogue[record.entity]
    target = entity[name].target if name in entity else ""
    if not target or not isinstance(value, str):
        return ""
    found = ledger.find(target, value)
    return value if found is None else ledger.name_of(found)


def _beside(record: Record | None, field: str) -> str:
    """Return the unit that a record says in a field of its own, "" where it says none."""
    return (record.text(field) if record is not None and field else None) or ""


def _told(record: Record | None) -> Iterable[str]:
    """Return the fields of which a record says where they come from, such as 不适用."""
    if record is None:
        return ()
    origins = record.origins
    return () if isinstance(origins, KeptOrigins) and origins.ordinary else origins


def _state(record: Record | None, name: str) -> ValueState:
    return ValueState.UNKNOWN if record is None else record.state(name)
