# SPDX-License-Identifier: MIT
"""Indicators against the market: overlap with neighbours, demand, platform use (I-25, 28, 50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from workbench.domain.explain import Missing
from workbench.domain.figures.lacking import lacks_buildings, lacks_leases
from workbench.domain.figures.letting import lettings, vacant_area
from workbench.domain.figures.reading import NEIGHBOURS, Reading
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.indicators.averages import ENOUGH, total
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Band,
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
    up,
)
from workbench.domain.indicators.lease import industry_of, running

_ZERO = Decimal(0)
_NO_LEASE = ("lease", "industry")
_DEMAND_BANDS = up("1", "0.5")
_SERIOUS = frozenset({"洽谈", "签约"})
_LEASE_INPUTS = (
    "lease.area", "lease.start_on", "lease.end_on", "lease.terminated_on", "lease.industry",
    "enterprise.industry_name",
)  # fmt: skip


def industry_overlap(ours: Mapping[str, Decimal], theirs: Mapping[str, Decimal]) -> Decimal:
    """Return 1 − ½·Σ|pᵢ − qᵢ| of two distributions of shares: 1 is the same mix, 0 none shared."""
    names = sorted(ours.keys() | theirs.keys())
    gaps = (abs(ours.get(n, _ZERO) - theirs.get(n, _ZERO)) for n in names)
    return 1 - sum(gaps, _ZERO) / 2


def _areas_by_industry(scope: Scope, reading: Reading) -> dict[str, Decimal] | None:
    """Return the let area per industry, or None when less than 95 % of it has an industry."""
    areas: dict[str, Decimal] = {}
    known, every = _ZERO, list[Decimal | None]()
    for lease, certain in running(scope, reading):
        area, industry = reading.need_number(lease, "area"), industry_of(scope, reading, lease)
        every.append(area)
        if certain and industry is not None and area is not None:
            known += area
            areas[industry] = areas.get(industry, _ZERO) + area
    everything = total(every)
    return areas if everything and known >= everything * ENOUGH else None


def _shares(areas: Mapping[str, Decimal]) -> dict[str, Decimal]:
    whole = sum(areas.values(), _ZERO)
    return {industry: area / whole for industry, area in areas.items()}


@dataclass(frozen=True, slots=True)
class Industries:
    """Let area (㎡) by industry: ours (None: too little is known), the other parks' together."""

    ours: Mapping[str, Decimal] | None
    theirs: Mapping[str, Decimal]
    neighbours: int
    let_elsewhere: bool
    """Whether another park has a lease at all, however little is known of it."""
    lacking: Mapping[str, tuple[Missing, ...]]
    """What is missing of each other park, by its key; empty where it counts."""


def industries(scope: Scope, reading: Reading) -> Industries:
    """Return the let area by industry of a park and of the other parks of the project."""
    others = [p for p in in_order(scope.ledger.all("park")) if p.key != scope.park_key]
    ours = _areas_by_industry(scope, reading)
    theirs: dict[str, Decimal] = {}
    counted, let_elsewhere = 0, False
    lacking: dict[str, tuple[Missing, ...]] = {}
    for park in others:
        neighbour = Scope(scope.ledger, park.key, None, scope.as_of, scope.params)
        found, gaps = reading.aside(partial(_areas_by_industry, neighbour))
        areas = found or {}
        lacking[park.key] = () if areas else gaps
        let_elsewhere = let_elsewhere or bool(neighbour.leases)
        counted += bool(areas)
        for industry, area in areas.items():
            theirs[industry] = theirs.get(industry, _ZERO) + area
    return Industries(ours, theirs, counted, let_elsewhere, lacking)


def _overlap(scope: Scope, reading: Reading) -> Outcome:
    """Compare with the other parks of the project taken together."""
    found = industries(scope, reading)
    if not found.theirs:
        _name_neighbours(scope, reading, found)
        note = "neighbours_unknown" if found.let_elsewhere else "no_neighbour"
        return Outcome(notes=(Note(note),))
    if found.ours is None:
        return UNKNOWN
    return Outcome(
        industry_overlap(_shares(found.ours), _shares(found.theirs)),
        (Note("neighbours", {"count": found.neighbours}),),
    )


def _name_neighbours(scope: Scope, reading: Reading, found: Industries) -> None:
    """Name what each other park lacks by field, for their leases are not those of this park."""
    if not found.lacking:
        reading.lacks(NEIGHBOURS, "leases")
    for key, gaps in found.lacking.items():
        park = scope.ledger.find("park", key)
        fields = dict.fromkeys((gap.entity, gap.field) for gap in gaps) or {_NO_LEASE: None}
        for entity, field in fields:
            if park is not None:
                reading.lacks_record(entity, field, park)


def _demand(scope: Scope, reading: Reading) -> Outcome:
    """Count serious demand for the kinds of space that stand empty."""
    empty: dict[str, list[Decimal | None]] = {}
    for position in lettings(reading, scope):
        vacant = vacant_area(reading, position)
        if vacant != 0:
            kind = reading.need_text(position.building, "kind") or ""
            empty.setdefault(kind, []).append(vacant)
    leads = in_order(scope.ledger.pointing_at("demand", "park", scope.park_key))
    serious = [lead for lead in leads if reading.text(lead, "stage") in _SERIOUS]
    needs: list[Decimal | None] = []
    for lead in serious:
        wanted_kind = reading.need_text(lead, "need_kind")
        if wanted_kind is None or wanted_kind in empty:
            area = None if wanted_kind is None else reading.need_number(lead, "need_area")
            needs.append(area)
    vacancy = total(area for areas in empty.values() for area in areas)
    if not leads:
        reading.lacks("demand", "need_area")
    if not scope.buildings:
        lacks_buildings(scope, reading, "rentable_area")
    if not leads or not scope.buildings:
        return UNKNOWN
    if vacancy == 0:
        return Outcome(notes=(Note("nothing_vacant"),))
    wanted = total(needs)
    if wanted is None or vacancy is None or "" in empty:
        return UNKNOWN
    leads_note = Note("leads", {"count": len(needs)})
    ratio, shared = wanted / vacancy, _shared_leads(scope, frozenset(empty))
    # others share these leads, so the ratio is at most this: only red is sure then
    is_open = shared and _DEMAND_BANDS.band(ratio) is not Band.RED
    return Outcome(ratio, (leads_note, *shared), band=Band.PENDING if is_open else None)


def _shared_leads(scope: Scope, kinds: frozenset[str]) -> tuple[Note, ...]:
    """Return the note that other vacant buildings of some kinds share the leads of the park."""
    rest = _vacant_elsewhere(scope, kinds)
    return (Note("park_leads", {"count": rest}),) if rest else ()


def _vacant_elsewhere(scope: Scope, kinds: frozenset[str]) -> int:
    """Return how many other buildings of some kinds are vacant too, or may be: they share leads."""
    if scope.whole_park:
        return 0
    park = Scope(scope.ledger, scope.park_key, None, scope.as_of, scope.params)
    own, aside = {building.key for building in scope.buildings}, Reading(scope.params)
    return sum(
        each.building.key not in own
        and each.building.text("kind") in kinds
        and vacant_area(aside, each) != 0
        for each in lettings(aside, park)
    )


def _activity(scope: Scope, reading: Reading) -> Outcome:
    """Use monthly active users per running tenant; leases that may run leave the count open."""
    rows = [(reading.need_text(r, "tenant"), sure) for r, sure in running(scope, reading)]
    tenants = {tenant for tenant, sure in rows if sure and tenant is not None}
    nameless = sum(tenant is None for tenant, _ in rows)
    is_open = any(not sure for _, sure in rows)
    users = reading.need_number(scope.park, "digital_platform_mau") if scope.park else None
    if not scope.leases:
        lacks_leases(scope, reading, "tenant")
    elif not rows:
        return Outcome(notes=(Note("no_tenant"),))
    if users is None or not tenants or is_open or nameless > (1 - ENOUGH) * len(rows):
        return UNKNOWN
    return Outcome(users / len(tenants))


MARKET_INDICATORS = (
    Indicator("I-25", "产业重叠度", "Industry overlap", "", _LEASE_INPUTS, _overlap,
              Direction.DOWN, down("0.4", "0.6")),
    Indicator("I-28", "需求满足比", "Demand against vacancy", "",
              ("demand.need_area", "demand.need_kind", "demand.stage", "building.kind",
               "building.rentable_area", "building.leased_area", "building.self_use_area",
               "building.lent_area", "building.vacant_area", "building.use_status", "lease.area",
               "lease.start_on", "lease.end_on", "lease.terminated_on"),
              _demand, Direction.UP, _DEMAND_BANDS),
    Indicator("I-50", "平台活跃度", "Platform activity", "",
              ("park.digital_platform_mau", "lease.tenant", "lease.start_on", "lease.end_on",
               "lease.terminated_on"),
              _activity, Direction.UP, up("0.5", "0.2")),
)  # fmt: skip
