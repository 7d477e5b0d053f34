# SPDX-License-Identifier: MIT
"""What the ledger's figures for the models count of, and what their numbers alone do not tell."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.catalogue.declare import area, money
from workbench.domain.display import Quantity
from workbench.domain.figures.land import held_parcels
from workbench.domain.figures.leases import is_priced
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope
from workbench.domain.figures.unrenewed import unrenewed_leases
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.lease import running
from workbench.domain.records.ledger import Record

_PRICE, _AREA = money("price", "价款", "Price"), area("area", "面积", "Area")
_NAMED = 3
_CENT = Decimal("0.01")


def grant_price(scope: Scope, reading: Reading) -> Decimal | None:
    """Return what was paid for the land of the scope (元), all of it known.

    Of a parcel on which only some buildings are chosen, that is their share by floor area: the
    tax of a sale takes off the land of what is sold, not that of the whole parcel.
    """
    parcels = held_parcels(reading, scope)
    return total(_paid(scope, reading, each) for each in parcels) if parcels else None


def _paid(scope: Scope, reading: Reading, parcel: Record) -> Decimal | None:
    price = reading.number(parcel, "grant_price")
    if _is_whole(scope, parcel) or price is None:
        return price
    chosen, standing = _floors(scope, reading, parcel)
    return (price * chosen / standing).quantize(_CENT) if chosen and standing else None


def _is_whole(scope: Scope, parcel: Record) -> bool:
    """Tell whether all of a parcel is looked at: itself, or every building on it."""
    keys = scope.asset_keys
    return keys is None or parcel.key in keys or not _left_out(scope, parcel)


def _left_out(scope: Scope, parcel: Record) -> Records:
    chosen = {building.key for building in scope.buildings}
    return tuple(b for b in scope.buildings_on(parcel) if b.key not in chosen)


def _floors(
    scope: Scope, reading: Reading, parcel: Record
) -> tuple[Decimal | None, Decimal | None]:
    """Return the floor area of the chosen buildings and of all on a parcel (㎡), each known."""
    standing = scope.buildings_on(parcel)
    chosen = {building.key for building in scope.buildings}
    return (
        total(floor_area(reading, each) for each in standing if each.key in chosen),
        total(floor_area(reading, each) for each in standing),
    )


def land_shared(scope: Scope, reading: Reading) -> Finding | None:
    """Say how the price of a parcel was divided among its buildings, or why it was not."""
    shared = [
        (each, price)
        for each in held_parcels(reading, scope)
        if not _is_whole(scope, each) and (price := reading.number(each, "grant_price"))
    ]
    if not shared:
        return None
    floors = [_floors(scope, reading, each) for each, _ in shared]
    chosen, standing = (total(pair[at] for pair in floors) for at in (0, 1))
    names = _names([each for each, _ in shared])
    whole = Quantity(sum((price for _, price in shared), Decimal(0)), _PRICE)
    if not all(all(pair) for pair in floors) or chosen is None or standing is None:
        lacking = [
            building
            for each, _ in shared
            for building in scope.buildings_on(each)
            if not floor_area(reading, building)
        ]
        params = {"parcels": names, "whole": whole, "buildings": _names(lacking)}
        return Finding("land_not_shared", Level.WARNING, params=params)
    return Finding("land_shared", Level.INFO, params={
        "parcels": names, "whole": whole,
        "chosen": Quantity(chosen, _AREA), "standing": Quantity(standing, _AREA),
    })  # fmt: skip


def rent_of_leases(scope: Scope, reading: Reading) -> Finding | None:
    """Say of which leases a rent is the mean: it is no survey of the market."""
    found = [lease for lease, _ in running(scope, reading) if is_priced(reading, lease)]
    let = total(lease.number("area") for lease in found)
    if not found or let is None:
        return None
    params = {"count": len(found), "area": Quantity(let, _AREA), "as_of": scope.as_of.isoformat()}
    return Finding("rent_of_leases", Level.INFO, params=params)


def expired_left_out(scope: Scope, reading: Reading) -> Finding | None:
    """Say which leases have ended without a renewal: their space counts as vacant."""
    found = unrenewed_leases(scope, reading)
    if not found:
        return None
    areas = [lease.number("area") for lease in found]
    let = sum((each for each in areas if each is not None), Decimal(0))
    params = {"count": len(found), "area": Quantity(let, _AREA), "names": _names(found)}
    return Finding("expired_left_out", Level.WARNING, params=params)


def _names(records: Sequence[Record]) -> str:
    told = "、".join(record.label for record in records[:_NAMED])
    return f"{told}…" if len(records) > _NAMED else told
