# SPDX-License-Identifier: MIT
"""Park, parcel, building, unit, lease: what lies in what, and what belongs to one of them."""

from collections.abc import Iterator

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Ledger, Record

LEVELS = ("park", "parcel", "building", "unit", "lease")
_BELOW = {
    "park": ("parcel", "building", "facility", "lease"),
    "parcel": ("building",),
    "building": ("unit", "lease"),
    "unit": ("lease",),
}
_ABOVE = ("unit", "building", "parcel", "park")
"""Where a record lies, the nearest first."""

Keys = dict[str, set[str]]


def home_of(ledger: Ledger, record: Record) -> tuple[str, str] | None:
    """Return the place in which a record lies directly, None for a park and for what lies nowhere.

    A building that names its park and its parcel lies in the parcel.
    """
    above = _ABOVE if record.entity not in LEVELS else _ABOVE[-LEVELS.index(record.entity) :]
    if record.entity == "park":
        return None
    for target in above:
        if ledger.find(target, key := record.text(target)) is not None and key is not None:
            return target, key
    return None


def inside(ledger: Ledger, place: Record) -> Iterator[Record]:
    """Yield what lies directly in a park, parcel, building or unit."""
    here = (place.entity, place.key)
    for entity in _BELOW.get(place.entity, ()):
        for record in ledger.pointing_at(entity, place.entity, place.key):
            if home_of(ledger, record) == here:
                yield record


def belonging(ledger: Ledger, place: Record) -> Keys:
    """Return the keys of all records that belong to a place, by entity.

    They are the place, what it lies in, what lies in it at any depth, and what points at any of
    these from within or is pointed at by a lease there, such as a mortgage or a tenant.
    """
    found: Keys = {}
    todo = [place]
    within: list[Record] = []
    while todo:
        record = todo.pop()
        within.append(record)
        todo += inside(ledger, record)
    for record in within:
        found.setdefault(record.entity, set()).add(record.key)
    for record in within:
        _add_others(ledger, record, found)
    above = home_of(ledger, place)
    while above is not None:
        found.setdefault(above[0], set()).add(above[1])
        parent = ledger.find(*above)
        above = None if parent is None else home_of(ledger, parent)
    return found


def _add_others(ledger: Ledger, record: Record, found: Keys) -> None:
    """Add what hangs on a record beside the hierarchy, and whom it names."""
    for entity, reference in _HANGING.get(record.entity, ()):
        for other in ledger.pointing_at(entity, reference, record.key):
            found.setdefault(entity, set()).add(other.key)
    for target, reference in _NAMED.get(record.entity, ()):
        if (key := record.text(reference)) is not None:
            found.setdefault(target, set()).add(key)


_PLACED = {*LEVELS, "facility"}
_HANGING = {
    level: tuple(
        (entity.key, field.key)
        for entity in CATALOGUE.ledger()
        if entity.key not in _PLACED
        for field in entity.references()
        if field.target == level
    )
    for level in LEVELS
}
_NAMED = {
    level: tuple(
        (field.target, field.key)
        for field in CATALOGUE[level].references()
        if field.target not in _PLACED
    )
    for level in LEVELS
    if level != "park"
}
