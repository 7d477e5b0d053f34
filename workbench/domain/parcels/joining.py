# SPDX-License-Identifier: MIT
"""Joins adjacent parcels into one: amounts are added, everything else moves over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.facts.truth import all_of, negated
from workbench.domain.fields import Catalogue
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import RefusedError
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.title import is_mortgage_clear, is_seized
from workbench.domain.parcels.carrying import DIVISIBLE, carried_fields, origin_names
from workbench.domain.parcels.limits import LimitCheck
from workbench.domain.records.changes import CellState, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import cell, changed, deletion, made
from workbench.domain.records.referring import Surroundings, moved_assessments, referring
from workbench.domain.values import Value

FEWEST = 2
_SAME = ("right_holder", "obtain_mode", "land_use", "end_on")
_SHARE_PLACES = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """Which parcels become one; ``chosen`` says, per field, whose value holds where they differ.

    A field that differs and is not chosen is 待核 on the new parcel.
    """

    parcels: tuple[str, ...]
    code: str
    name: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Join:
    """What a join writes, and the key of the new parcel."""

    records: tuple[RecordChange, ...]
    key: str


def differing(
    parcels: Sequence[Record], catalogue: Catalogue
) -> Mapping[str, tuple[Value | None, ...]]:
    """Return the fields on which the parcels do not agree, with each one's value."""
    return {
        name: tuple(parcel.get(name) for parcel in parcels)
        for name in carried_fields(catalogue)
        if name != "price_paid_ratio" and len({parcel.get(name) for parcel in parcels}) > 1
    }


def sums(parcels: Sequence[Record]) -> Mapping[str, Decimal | None]:
    """Return the added amounts; a sum with an unknown part is unknown."""
    return {name: total(parcel.number(name) for parcel in parcels) for name in DIVISIBLE}


def paid_share(parcels: Sequence[Record]) -> Decimal | None:
    """Return Σ paid ÷ Σ price, so that no 元 paid is lost; the common share if all have one."""
    ratios = [parcel.number("price_paid_ratio") for parcel in parcels]
    if len(set(ratios)) == 1:
        return ratios[0]
    prices = [parcel.number("grant_price") for parcel in parcels]
    price = total(prices)
    paid = total(
        None if p is None or r is None else p * r for p, r in zip(prices, ratios, strict=True)
    )
    return None if not price or paid is None else (paid / price).quantize(_SHARE_PLACES)


def join(plan: JoinPlan, parcels: Sequence[Record], around: Surroundings) -> Join:
    """Return the changes that make one parcel of several; RefusedError when they cannot be one."""
    _check(plan, parcels, around)
    key = around.new_key()
    old = [parcel.key for parcel in parcels]
    moved: dict[tuple[str, str], RecordChange] = {}
    for parcel in parcels:
        for name, record in referring(around, "parcel", parcel.key):
            if change := changed(record, {name: key} | _noted(record, name, parcel)):
                moved[record.entity, record.key] = change
    cells = {
        **dict(_common_cells(plan, parcels, around.catalogue)),
        **{name: CellState(amount) for name, amount in sums(parcels).items()},
        "price_paid_ratio": CellState(paid_share(parcels)),
        "code": CellState(plan.code),
        "name": CellState(plan.name or None),
        "derived_from": CellState(origin_names(list(parcels))),
    }
    evidence = [
        change
        for record in around.all("evidence")
        if record.text("owner_entity") == "parcel" and record.text("owner_key") in old
        if (change := changed(record, {"owner_key": key}))
    ]
    changes = (
        made("parcel", key, cells),
        *moved.values(),
        *evidence,
        *moved_assessments(around, old, [key]),
        *(deletion(parcel) for parcel in parcels),
    )
    return Join(changes, key)


def join_checks(parcels: Sequence[Record], scope: Scope) -> tuple[LimitCheck, ...]:
    """Return what should hold before parcels become one; truth None is 待核."""
    reading = Reading(scope.params)
    agree = [LimitCheck(f"same_{name}", _agree(parcels, name)) for name in _SAME]
    free = all_of(negated(is_seized(reading, scope, parcel)) for parcel in parcels)
    clear = all_of(is_mortgage_clear(reading, scope, parcel) for parcel in parcels)
    return (
        *agree,
        LimitCheck("no_seizure", free),
        LimitCheck("mortgagees_agree", clear),
        LimitCheck("adjacent", None),
    )


def _agree(parcels: Sequence[Record], name: str) -> bool | None:
    values = {parcel.get(name) for parcel in parcels}
    known = values - {None}
    if len(known) > 1:
        return False
    return None if None in values else True


def _check(plan: JoinPlan, parcels: Sequence[Record], around: Surroundings) -> None:
    if len(parcels) < FEWEST:
        raise RefusedError("splitting.join_too_few")
    if len({parcel.text("park") for parcel in parcels}) > 1:
        raise RefusedError("splitting.join_parks")
    if not plan.code.strip():
        raise RefusedError("splitting.no_code")
    old = {parcel.key for parcel in parcels}
    if any(r.text("code") == plan.code and r.key not in old for r in around.all("parcel")):
        raise RefusedError("splitting.code_taken", code=plan.code)


def _common_cells(
    plan: JoinPlan, parcels: Sequence[Record], catalogue: Catalogue
) -> Iterator[tuple[str, CellState]]:
    """Yield the cells that all share, or that were chosen among those that differ."""
    for name in carried_fields(catalogue):
        cells = [cell(parcel, name) for parcel in parcels]
        if len({c.value for c in cells}) == 1:
            yield name, cells[0]
            continue
        for parcel, found in zip(parcels, cells, strict=True):
            if plan.chosen.get(name) == parcel.key:
                yield name, found


def _noted(record: Record, name: str, parcel: Record) -> dict[str, str]:
    """Keep on which land a limit stood before, since it reaches no further by itself."""
    if record.entity != "encumbrance" or name != "parcel":
        return {}
    words = f"合并前设于{parcel.text('code') or parcel.label}"
    note = record.text("note")
    return {"note": f"{note}；{words}" if note else words}
