# SPDX-License-Identifier: MIT
"""Land figures of a scope: area, floor area counted for the plot ratio, and idle months."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope
from workbench.domain.figures.tenure import months_between
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import not_below_0

_ZERO = Decimal(0)
_NOT_HELD = frozenset({"批而未供", "已收回"})
_UNBUILT = frozenset({"批而未供", "供而未用"})
_NOT_STARTED = "供而未用"
IDLE = frozenset({"供而未用", "停建", "闲置"})
INDUSTRIAL = frozenset({"工业", "仓储", "M0新型产业"})


def held_parcels(reading: Reading, scope: Scope) -> Records:
    """Return the parcels that a user holds: not still unsupplied, not taken back."""
    return tuple(p for p in scope.parcels if reading.text(p, "status") not in _NOT_HELD)


def land_not_held(scope: Scope) -> tuple[int, Decimal | None]:
    """Return how many parcels of a scope no user holds, and their land (㎡) where all say it."""
    rows = [parcel for parcel in scope.parcels if parcel.text("status") in _NOT_HELD]
    return len(rows), land_of(rows)


def land_of(parcels: Iterable[Record]) -> Decimal | None:
    """Return the land (㎡) of parcels for a remark, which no formula waits for; None for a gap."""
    return total(p.number("area_cert") or p.number("area_actual") for p in parcels)


def land_area(reading: Reading, parcel: Record) -> Decimal | None:
    """Return the certified area (㎡), else the surveyed one; missing when neither is known."""
    area = reading.first_number(parcel, "area_cert", "area_actual")
    if area is None:
        reading.lacks("parcel", "area_cert", parcel.key)
    return area


def counted_floor_area(reading: Reading, building: Record) -> Decimal | None:
    """Return the floor area counted for the plot ratio: double above the height parameter.

    Source: 工业项目建设用地控制指标; the storey height limit is ``far_height_double`` (m).
    """
    area = floor_area(reading, building)
    is_known = reading.number(building, "floor_height") is not None
    if area is None or not (is_known or reading.keeps):
        return area
    limit = reading.parameter("far_height_double")
    if limit is None:
        return None if is_known else area
    return area * (1 + reading.is_above(building, "floor_height", limit))


@dataclass(frozen=True, slots=True)
class OnLand:
    """An amount standing on land (both ㎡), and whether it is what the ledger states itself."""

    amount: Decimal | None
    land: Decimal | None
    stated: int = 0

    @property
    def ratio(self) -> Decimal | None:
        """Return amount ÷ land, or None."""
        if self.amount is None or not self.land:
            return None
        return self.amount / self.land


Measure = Callable[[Reading, Record], Decimal | None]


def on_land(
    reading: Reading, scope: Scope, measure: Measure, stated_ratio: str, needed: str
) -> OnLand:
    """Sum a measure of the buildings over the land of a scope.

    A parcel without any building row takes the ratio that the ledger states (``far``,
    ``density``); unbuilt land counts as zero. Where buildings do not say on which parcel they
    stand, the park is taken as a whole.
    """
    parcels = held_parcels(reading, scope)
    if not parcels:
        reading.lacks("parcel", "area_cert")
        return OnLand(None, None)
    land = total([land_area(reading, parcel) for parcel in parcels])
    if scope.whole_park and any(b.text("parcel") is None for b in scope.buildings):
        amount = total([measure(reading, building) for building in scope.buildings])
        return OnLand(amount, land)
    amounts, stated = [], 0
    for parcel in parcels:
        buildings = scope.buildings_on(parcel)
        if buildings:
            amounts.append(total([measure(reading, building) for building in buildings]))
            continue
        ratio = reading.number(parcel, stated_ratio)
        stated += ratio is not None
        amounts.append(_without_buildings(reading, parcel, ratio, needed))
    return OnLand(total(amounts), land, stated)


def _without_buildings(
    reading: Reading, parcel: Record, ratio: Decimal | None, needed: str
) -> Decimal | None:
    if ratio is not None:
        area = land_area(reading, parcel)
        return None if area is None else area * ratio
    if reading.text(parcel, "status") in _UNBUILT:
        return _ZERO
    reading.lacks_record("building", needed, parcel)
    return None


def idle_months(reading: Reading, scope: Scope, parcel: Record) -> Decimal | None:
    """Return for how many months a parcel lies idle: 0 in use, None when it cannot be told.

    Not started: since the agreed start; stopped or empty: since ``idle_since``.
    """
    status, since = reading.text(parcel, "status"), reading.day(parcel, "idle_since")
    if status is None and since is None:
        reading.lacks("parcel", "status", parcel.key)
        return None
    if since is None and status not in IDLE:
        return _ZERO
    unstarted = status == _NOT_STARTED or since is None
    if unstarted and reading.day(parcel, "actual_start_on") is None:
        since = reading.day(parcel, "agreed_start_on") or since
    if since is None:
        reading.lacks("parcel", "idle_since", parcel.key)
        return None
    return not_below_0(months_between(since, scope.as_of))
