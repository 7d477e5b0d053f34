# SPDX-License-Identifier: MIT
"""The firms of a scope, their yearly figures, and the land that tenants use."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from workbench.domain.figures.leases import is_active, runs
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.figures.years import Preferred, newest
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Ledger, Record

_ONE = Decimal(1)
_LINKS = (("park", "platform_entity"), ("lease", "tenant"), ("demand", "enterprise"))
"""The fields that hold a firm of a park."""
_HOLDER_FIELDS = ("right_holder", "occupier")
RENTED_LAND_INPUTS = (
    "enterprise.name", "enterprise.moved_out_on",
    "lease.area", "lease.start_on", "lease.end_on", "lease.terminated_on",
    "parcel.area_cert", "parcel.area_actual", "building.gfa_actual", "building.gfa_cert",
    *(f"{entity}.{field}" for entity in ("parcel", "building") for field in _HOLDER_FIELDS),
)  # fmt: skip


def firms(reading: Reading, scope: Scope) -> Records:
    """Return the tenants of a scope and, by name, its right holders and occupiers.

    In a ledger of one park every firm belongs to that park; of a park among others so do the firms
    of its leads, or a second park would change what is known of the first.
    """
    if scope.whole_park and len(scope.ledger.all("park")) <= 1:
        return in_order(scope.ledger.all("enterprise"))
    tenants = {lease.text("tenant") for lease in scope.leases}
    if scope.whole_park:
        leads = scope.ledger.pointing_at("demand", "park", scope.park_key)
        tenants |= {lead.text("enterprise") for lead in leads}
    names = _holders(scope, reading)
    return in_order(
        firm
        for firm in scope.ledger.all("enterprise")
        if firm.key in tenants or (names and reading.text(firm, "name") in names)
    )


def only_elsewhere(ledger: Ledger, park_key: str) -> frozenset[str]:
    """Return the keys of the firms that are known in other parks alone.

    So they are as tenants, leads, right holders, occupiers or platform companies; a firm of no
    park may be of any of them.
    """
    if len(ledger.all("park")) <= 1:
        return frozenset()
    parks: dict[str, set[str]] = {}
    for firm, park in _known_in(ledger):
        parks.setdefault(firm, set()).add(park)
    return frozenset(firm for firm, there in parks.items() if park_key not in there)


def _known_in(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Yield firms with a park that knows them."""
    named: dict[str, list[str]] = {}
    for firm in ledger.all("enterprise"):
        if name := firm.text("name"):
            named.setdefault(name, []).append(firm.key)
    held = [
        (record, named.get(record.text(field) or "", ()))
        for entity in ("parcel", "building")
        for record in ledger.all(entity)
        for field in _HOLDER_FIELDS
    ]
    linked = [
        (record, [key])
        for entity, field in _LINKS
        for record in ledger.all(entity)
        if (key := record.text(field))
    ]
    for record, keys in (*held, *linked):
        park = ledger.park_of(record) if keys else None
        yield from ((key, park.key) for key in keys if park is not None)


def has_left(reading: Reading, scope: Scope, firm: Record) -> bool:
    """Tell whether a firm had moved out by the as-of date."""
    left = reading.day(firm, "moved_out_on")
    return left is not None and left <= scope.as_of


def _holders(scope: Scope, reading: Reading) -> set[str | None]:
    return {reading.text(asset, field) for asset in scope.assets for field in _HOLDER_FIELDS} - {
        None
    }


def newest_years(
    reading: Reading, scope: Scope, of: Records, *fields: str
) -> Iterator[tuple[Record, Record]]:
    """Yield each firm with its newest year in which the figures are known; name what lacks."""
    for firm in of:
        rows = scope.ledger.pointing_at("enterprise_year", "enterprise", firm.key)
        row = newest(reading, rows, scope, *fields, owner=firm)
        if row is not None:
            yield firm, row
            continue
        last = newest(reading, rows, scope, owner=firm)
        for field in fields:
            if last is not None and last.number(field) is None:
                reading.lacks("enterprise_year", field, last.key)


def firm_year(
    reading: Reading, scope: Scope, firm: Record, needed: str, wanted: str
) -> Record | None:
    """Return a firm's newest year with both figures, else with the needed one, else None.

    What the newest year lacks is named where no year has the needed figure.
    """
    rows = scope.ledger.pointing_at("enterprise_year", "enterprise", firm.key)
    both_first: Preferred = ((wanted,), ())
    row = newest(
        reading, rows, scope, needed, preferred=both_first, owner=firm, open_too=reading.keeps
    )
    last = newest(reading, rows, scope, owner=firm) if row is None else None
    if last is not None:
        reading.lacks("enterprise_year", needed, last.key)
    return row


def rented_land(scope: Scope, reading: Reading, of: Collection[str]) -> dict[str, Decimal]:
    """Return the land (㎡) that the running leases of firms come to by plot ratio, where known.

    ``of`` holds keys of firms. One that holds land or buildings itself uses more than it rents:
    its own figure is needed, and it is left out, as is one with a lease that may run.
    """
    shares: dict[str, list[Decimal | None]] = {}
    for lease in scope.leases if of else ():
        tenant = lease.text("tenant") or ""
        if tenant not in of:
            continue
        if (active := is_active(reading, lease, scope.as_of)) is not False or reading.keeps:
            share = land_share(scope, reading, lease) if active is not None else None
            shares.setdefault(tenant, []).append(share)
    holders = _holders(scope, reading) if shares else set()
    found = {}
    for key, parts in shares.items():
        firm, land = scope.ledger.find("enterprise", key), total(parts)
        if firm and land and reading.text(firm, "name") not in holders:
            # where no lease runs the land is not known, not 0: a formula over leases that end
            # shall fail there
            found[key] = _ONE / (_ONE / land) if reading.keeps else land
    return found


def land_share(scope: Scope, reading: Reading, lease: Record) -> Decimal | None:
    """Return let floor area ÷ plot ratio of the parcel (㎡ of land), or None."""
    area, building = reading.number(lease, "area"), scope.building_of(lease)
    if reading.keeps:
        active = is_active(reading, lease, scope.as_of)
        area = reading.given(runs(lease), area, holds=active)
    parcel = None if building is None else scope.ledger.find("parcel", building.text("parcel"))
    if area is None or parcel is None:
        return None
    land = reading.number(parcel, "area_cert") or reading.number(parcel, "area_actual")
    floors = total([floor_area(reading, b) for b in scope.buildings_on(parcel)])
    return None if not land or not floors else area * land / floors
