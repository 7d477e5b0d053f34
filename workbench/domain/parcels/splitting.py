# SPDX-License-Identifier: MIT
"""Splits a parcel: the new parcels, what moves onto which, and the end of the old one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.apportioning import apportion
from workbench.domain.fields import Catalogue
from workbench.domain.figures.encumbrances import DISPUTES, MORTGAGES, SEIZURES
from workbench.domain.findings import RefusedError
from workbench.domain.parcels.carrying import carried_fields, origin_names
from workbench.domain.parcels.parts import Part, SplitPlan, part_areas, shares
from workbench.domain.records.changes import CellState, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell, changed, deletion, made
from workbench.domain.records.referring import (
    Surroundings,
    moved_assessments,
    moved_evidence,
    referring,
)

_FLAGS = (("seizure", SEIZURES), ("mortgage", MORTGAGES), ("litigation", DISPUTES))


@dataclass(frozen=True, slots=True)
class Split:
    """What a split writes, the keys of the new parcels, and the appraisals that end with it."""

    records: tuple[RecordChange, ...]
    keys: tuple[str, ...]
    ended_valuations: tuple[Record, ...]


def split(parcel: Record, plan: SplitPlan, around: Surroundings) -> Split:
    """Return the changes that divide a parcel; nothing of its area, price or limits is lost.

    RefusedError when areas do not add up, codes clash, or a building or limit has no part.
    """
    areas = part_areas(parcel, plan.parts).areas
    _check_codes(parcel, plan.parts, around)
    standing = list(referring(around, "parcel", parcel.key))
    home = _homes(plan.parts, [r for name, r in standing if _stands_on(name, r)])
    rows = [r for name, r in standing if name == "parcel" and r.entity == "encumbrance"]
    stays = {row.key: _places(plan, row) for row in rows if row.get("building") is None}
    keys = tuple(around.new_key() for _ in plan.parts)
    made_parts = _new_parcels(parcel, plan.parts, keys, areas, rows, stays, around.catalogue)
    moved: list[RecordChange] = []
    ended: list[Record] = []
    for field, record in standing:
        if record.key in stays:
            moved += _divided(record, keys, areas, stays[record.key], around)
        elif record.entity == "valuation" and record.get("building") is None:
            ended.append(record)
        else:
            at = home.get(record.text("building") or record.key, 0)
            moved += _moved(record, {field: keys[at]})
    moved += moved_evidence(around, "parcel", parcel.key, keys)
    moved += moved_assessments(around, [parcel.key], keys)
    closed = [deletion(record) for record in ended]
    return Split((*made_parts, *moved, *closed, deletion(parcel)), keys, tuple(ended))


def _stands_on(field: str, record: Record) -> bool:
    return field == "parcel" and record.entity == "building"


def _check_codes(parcel: Record, parts: Sequence[Part], around: Surroundings) -> None:
    taken = {r.text("code") for r in around.all("parcel") if r.key != parcel.key}
    seen: set[str] = set()
    for part in parts:
        if not part.code.strip():
            raise RefusedError("splitting.no_code")
        if part.code in seen or part.code in taken:
            raise RefusedError("splitting.code_taken", code=part.code)
        seen.add(part.code)


def _homes(parts: Sequence[Part], buildings: Sequence[Record]) -> Mapping[str, int]:
    """Return the part of every building; each must have exactly one."""
    home: dict[str, int] = {}
    for at, part in enumerate(parts):
        for key in part.buildings:
            if key in home:
                raise RefusedError("splitting.building_twice", name=_label(buildings, key))
            home[key] = at
    if left := [building for building in buildings if building.key not in home]:
        names = "、".join(building.label for building in left)
        raise RefusedError("splitting.buildings_left", names=names)
    if strangers := home.keys() - {building.key for building in buildings}:
        raise RefusedError("splitting.not_on_parcel", key=min(strangers))
    return home


def _label(records: Sequence[Record], key: str) -> str:
    return next((record.label for record in records if record.key == key), key)


def _places(plan: SplitPlan, row: Record) -> tuple[int, ...]:
    places = plan.stays_on.get(row.key, tuple(range(len(plan.parts))))
    if not places or not set(places) <= set(range(len(plan.parts))):
        raise RefusedError("splitting.limit_nowhere", name=row.label)
    return tuple(sorted(set(places)))


def _new_parcels(
    parcel: Record,
    parts: Sequence[Part],
    keys: Sequence[str],
    areas: Sequence[Decimal],
    rows: Sequence[Record],
    stays: Mapping[str, tuple[int, ...]],
    catalogue: Catalogue,
) -> Iterator[RecordChange]:
    amounts = shares(parcel, areas)
    for at, part in enumerate(parts):
        cells = {name: cell(parcel, name) for name in carried_fields(catalogue)}
        cells |= {name: CellState(of[at]) for name, of in amounts.items()}
        cells |= {
            "code": CellState(part.code),
            "name": CellState(part.name or None),
            "derived_from": CellState(origin_names([parcel])),
        }
        for flag in _freed(rows, stays, at):
            cells[flag] = CellState(value=False)
        yield made("parcel", keys[at], cells)


def _freed(rows: Sequence[Record], stays: Mapping[str, tuple[int, ...]], at: int) -> Iterator[str]:
    """Yield the stated flags that no longer hold for a part: every row of the kind went away."""
    for flag, kinds in _FLAGS:
        of_kind = [row.key for row in rows if row.text("kind") in kinds]
        if of_kind and not any(at in stays.get(key, (at,)) for key in of_kind):
            yield flag


def _divided(
    row: Record,
    keys: Sequence[str],
    areas: Sequence[Decimal],
    places: tuple[int, ...],
    around: Surroundings,
) -> Iterator[RecordChange]:
    """Yield one row per part that an encumbrance stays on; the amounts add up to the old one."""
    amount = row.number("amount")
    parts: Sequence[Decimal | None] = [None] * len(places)
    if amount is not None:
        parts = apportion(amount, [areas[at] for at in places])
    yield from _moved(row, {"parcel": keys[places[0]], "amount": parts[0]})
    for at, part in zip(places[1:], parts[1:], strict=True):
        cells = {name: cell(row, name) for name in row.values.keys() | row.origins.keys()}
        cells |= {"parcel": CellState(keys[at]), "amount": CellState(part)}
        if part is None:
            cells["amount"] = cell(row, "amount")
        yield made("encumbrance", around.new_key(), cells)


def _moved(record: Record, values: Mapping[str, str | Decimal | None]) -> Iterator[RecordChange]:
    if (change := changed(record, values)) is not None:
        yield change
