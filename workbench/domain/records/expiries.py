# SPDX-License-Identifier: MIT
"""Encumbrances by the day they end, seen from the as-of date: overdue first (V15, US04)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.figures.encumbrances import SEIZURES, by_rank, is_in_force
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import in_order
from workbench.domain.records.ledger import Ledger, Record

FIRST, QUEUED, ADVANCE = "first", "queued", "advance"


class ExpiryStage(StrEnum):
    """How near the end of an encumbrance is, nearest first; NO_DATE is not known, never later."""

    OVERDUE = "overdue"
    WITHIN_30 = "within_30"
    WITHIN_90 = "within_90"
    WITHIN_180 = "within_180"
    NO_DATE = "no_date"
    LATER = "later"


_STEPS = ((30, ExpiryStage.WITHIN_30), (90, ExpiryStage.WITHIN_90), (180, ExpiryStage.WITHIN_180))
_ORDER = {stage: at for at, stage in enumerate(ExpiryStage)}


@dataclass(frozen=True, slots=True)
class Expiry:
    """One encumbrance that is, or may be, in force; ``days`` until it ends, negative when past.

    ``in_force`` None is 待核; ``order`` is its place among the asset's seizures, 1 = 首封;
    ``renewal`` says that a seizure has passed its end and still counts: was it renewed (V15)?
    """

    row: Record
    asset: Record | None
    in_force: bool | None
    days: int | None
    stage: ExpiryStage
    order: int | None
    renewal: bool


def expiries(
    ledger: Ledger, rows: Iterable[Record], as_of: date, within: int | None = None
) -> list[Expiry]:
    """Return the encumbrances not yet ended: overdue first, then by days left, undated before late.

    ``within`` keeps what ends in so many days, what is overdue, and what has no end date.
    """
    found = [expiry for row in rows if (expiry := expiry_of(ledger, row, as_of)) is not None]
    if within is not None:
        found = [item for item in found if item.days is None or item.days <= within]
    return sorted(found, key=_nearness)


def expiry_of(ledger: Ledger, row: Record, as_of: date) -> Expiry | None:
    """Return when an encumbrance ends; None for one that has ended or not begun."""
    alive = is_in_force(Reading({}), row, as_of)
    if alive is False:
        return None
    asset = asset_of(ledger, row)
    end = row.day("end_on")
    days = None if end is None else (end - as_of).days
    renewal = days is not None and days < 0 and row.text("kind") in SEIZURES
    order = seizure_order(ledger, asset, as_of).get(row.key) if asset is not None else None
    return Expiry(row, asset, alive, days, _stage(days), order, renewal)


def asset_of(ledger: Ledger, row: Record) -> Record | None:
    """Return what an encumbrance burdens: its building, else its parcel."""
    building = ledger.find("building", row.text("building"))
    return building or ledger.find("parcel", row.text("parcel"))


def seizure_order(ledger: Ledger, asset: Record, as_of: date) -> dict[str, int]:
    """Return the place of every seizure of an asset that may be in force, by key; 1 = 首封."""
    reading = Reading({})
    rows = [
        row
        for row in in_order(ledger.pointing_at("encumbrance", asset.entity, asset.key))
        if row.text("kind") in SEIZURES and is_in_force(reading, row, as_of) is not False
    ]
    return {row.key: at for at, row in enumerate(queue(rows), start=1)}


def queue(rows: Sequence[Record]) -> list[Record]:
    """Return seizures in order: by rank; a queued one never comes first where no rank says so.

    Where only queued ones have a rank, it is their place behind the seizures that they wait for.
    """
    queued = {row.key for row in rows if row.text("kind") == "轮候查封"}
    ranked = {row.key for row in rows if row.number("rank") is not None}
    ordered = by_rank(rows)
    if ranked - queued:
        return sorted(ordered, key=lambda row: (_rank_of(row), row.key in queued))
    return sorted(ordered, key=lambda row: row.key in queued)


def _rank_of(row: Record) -> Decimal:
    rank = row.number("rank")
    return Decimal("Infinity") if rank is None else rank


def _stage(days: int | None) -> ExpiryStage:
    if days is None:
        return ExpiryStage.NO_DATE
    if days < 0:
        return ExpiryStage.OVERDUE
    return next((stage for most, stage in _STEPS if days <= most), ExpiryStage.LATER)


def _nearness(item: Expiry) -> tuple[int, int, int, int, str]:
    days = 0 if item.days is None else item.days
    return _ORDER[item.stage], days, item.order or 0, item.row.position, item.row.key
