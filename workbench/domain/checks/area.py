# SPDX-License-Identifier: MIT
"""Cross-checks of areas, ratios and letting figures (V01, V04…V08, V34)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks.rules import CheckContext, check, complaint, m2, percent, plain_number
from workbench.domain.fields import Field, FieldType
from workbench.domain.figures.land import INDUSTRIAL, counted_floor_area, land_area
from workbench.domain.figures.letting import active_area
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record

Findings = Iterator[Finding]
_POSITIVE = frozenset({"area_cert", "area_actual", "gfa_actual", "gfa_cert", "area"})
_SIGNED = frozenset({"net_profit", "profit", "op_cashflow"})
_UNBOUNDED_SHARES = frozenset({"fund_return_ratio"})
_PLOT_RATIOS = frozenset({"far", "plan_far_min", "plan_far_max"})
_LARGEST_FAR = Decimal(10)
_MOST = {FieldType.SHARE: Decimal(1), FieldType.NUMBER: _LARGEST_FAR}
_PARK_SLACK = Decimal("1.05")
_GAP, _RED_GAP = Decimal("0.03"), Decimal("0.10")
_FAR_SLACK = Decimal("0.05")
_PARK_GAP = Decimal("0.05")
_ONE_PERCENT = Decimal("0.01")
_TWO_POINTS = Decimal("0.02")
_BOUNDED = {
    entity.key: tuple(
        (
            field.key,
            field,
            _MOST.get(field.type, Decimal("Infinity")),
            not (field.type is FieldType.AREA and field.key in _POSITIVE),
        )
        for field in entity
        if field.type in (FieldType.AREA, FieldType.MONEY, FieldType.SHARE)
        or field.key in _PLOT_RATIOS
    )
    for entity in CATALOGUE.ledger()
}
_LOW_FAR, _HIGH_FAR, _DENSE = Decimal("0.5"), Decimal(4), Decimal("0.60")
_UNBUILT = frozenset({"批而未供", "供而未用", "在建", "停建", "已收回"})


def _impossible_numbers(_: CheckContext, record: Record) -> Findings:
    """V01: areas above 0, money not below 0, shares within 0–1, plot ratios within 0–10."""
    values = record.values
    for key, field, most, zero in _BOUNDED[record.entity]:
        # This runs over every cell of a ledger: blanks and ordinary amounts pass at once.
        cell = values.get(key)
        if cell is None or (type(cell) is Decimal and (0 < cell <= most if cell else zero)):
            continue
        value = record.number(key)
        if value is not None and (variant := _impossible(field, value)):
            shown = percent(value) if variant == "share" else plain_number(value)
            yield complaint("V01", Level.ERROR, record, field.key, variant, value=shown)


def _out_of_bounds(_: CheckContext, records: Sequence[Record]) -> list[Record]:
    """Return the records with a number that is not plainly possible, column by column."""
    odd: set[int] = set()
    rows = [record.values for record in records]
    present = set().union(*rows)
    for key, _field, most, zero in _BOUNDED[records[0].entity] if records else ():
        if key not in present:
            continue
        for place, values in enumerate(rows):
            cell = values.get(key)
            if cell is None or (type(cell) is Decimal and (0 < cell <= most if cell else zero)):
                continue
            odd.add(place)
    return [records[place] for place in sorted(odd)]


def _impossible(field: Field, value: Decimal) -> str:
    """Return which sentence an impossible value gets, or "" for a possible one."""
    match field.type:
        case FieldType.AREA if value < 0 or (value == 0 and field.key in _POSITIVE):
            return "area"
        case FieldType.MONEY if value < 0 and field.key not in _SIGNED:
            return "money"
        case FieldType.SHARE if not 0 <= value <= 1 and field.key not in _UNBOUNDED_SHARES:
            return "share"
        case FieldType.NUMBER if field.key in _PLOT_RATIOS and not 0 <= value <= _LARGEST_FAR:
            return "far"
        case _:
            return ""


def _larger_than_the_park(context: CheckContext, parcel: Record) -> Findings:
    """V01: a parcel is no larger than its park."""
    park = context.ledger.park_of(parcel)
    area, whole = parcel.number("area_cert"), park.number("planned_area") if park else None
    if area is not None and whole and area > whole * _PARK_SLACK:
        yield complaint(
            "V01", Level.ERROR, parcel, "area_cert", "park_area", value=m2(area), park=m2(whole)
        )


def _certified_against_actual(_: CheckContext, record: Record) -> Findings:
    """V04: certified and actual area more than 3 % apart, red above 10 %."""
    fields = ("gfa_cert", "gfa_actual") if record.entity == "building" else (
        "area_cert", "area_actual",
    )  # fmt: skip
    certified, actual = (record.number(field) for field in fields)
    if not certified or actual is None or certified < 0:
        return
    gap = abs(certified - actual) / certified
    if gap > _GAP:
        yield complaint(
            "V04",
            Level.WARNING,
            record,
            fields[1],
            "red" if gap > _RED_GAP else "",
            certified=m2(certified),
            actual=m2(actual),
            gap=percent(gap),
        )


def _buildings_against_land(context: CheckContext, parcel: Record) -> Findings:
    """V05: footprints within the land; floor area over land agrees with the stated ratio."""
    buildings, land = context.buildings_on(parcel), land_area(context.reading, parcel)
    if not buildings or not land:
        return
    footprint = total(b.number("base_area") for b in buildings)
    if footprint is not None and footprint > land:
        yield complaint(
            "V05", Level.WARNING, parcel, "area_cert", "base", base=m2(footprint), land=m2(land)
        )
    stated = parcel.number("far")
    floors = total([counted_floor_area(context.reading, building) for building in buildings])
    if stated is None or floors is None:
        return
    computed = floors / land
    if abs(computed - stated) > _FAR_SLACK:
        yield complaint(
            "V05",
            Level.WARNING,
            parcel,
            "far",
            "far",
            plain_number(computed),
            stated=plain_number(stated),
            computed=plain_number(computed),
        )


def _parcels_against_park(context: CheckContext, park: Record) -> Findings:
    """V06: the parcels add up to the planned or the built area of the park, within 5 %."""
    parcels = context.ledger.pointing_at("parcel", "park", park.key)
    whole = total([land_area(context.reading, parcel) for parcel in parcels])
    stated = {f: a for f in ("planned_area", "built_area") if (a := park.number(f))}
    if not parcels or whole is None or not stated:
        return
    field = min(stated, key=lambda name: abs(stated[name] - whole))
    if abs(stated[field] - whole) / stated[field] > _PARK_GAP:
        yield complaint(
            "V06", Level.WARNING, park, field, parcels=m2(whole), stated=m2(stated[field])
        )


def _parts_against_rentable(_: CheckContext, building: Record) -> Findings:
    """V07: let + own + lent + vacant fit into the rentable area; stated vacancy is the rest."""
    rentable = building.number("rentable_area")
    if not rentable:
        return
    names = ("leased_area", "self_use_area", "lent_area", "vacant_area")
    parts = [building.number(name) for name in names]
    used = sum((part for part in parts if part is not None), Decimal(0))
    if used > rentable * (1 + _ONE_PERCENT):
        yield complaint(
            "V07", Level.ERROR, building, "rentable_area", used=m2(used), rentable=m2(rentable)
        )
        return
    let, own, lent, vacant = parts
    if let is None or own is None or lent is None or vacant is None:
        return
    rest = rentable - let - own - lent
    if abs(vacant - rest) > rentable * _ONE_PERCENT:
        yield complaint(
            "V07", Level.ERROR, building, "vacant_area", "vacant", m2(rest),
            vacant=m2(vacant), rest=m2(rest),
        )  # fmt: skip


def _rentable_against_floor(_: CheckContext, building: Record) -> Findings:
    """V07: no more is rentable than there is floor area, the larger of the two that are known."""
    rentable = building.number("rentable_area")
    floors = [a for f in ("gfa_actual", "gfa_cert") if (a := building.number(f))]
    if not rentable or not floors or rentable <= (floor := max(floors)) * (1 + _ONE_PERCENT):
        return
    yield complaint(
        "V07", Level.WARNING, building, "rentable_area", "floor",
        rentable=m2(rentable), floor=m2(floor),
    )  # fmt: skip


def _stated_occupancy(context: CheckContext, building: Record) -> Findings:
    """V08: stated occupancy and vacancy agree with the areas within 2 percentage points."""
    rentable = building.number("rentable_area")
    if not rentable:
        return
    stated = building.number("occupancy")
    if stated is not None:
        let, basis = _let_area(context, building)
        if let is not None and abs(stated - (share := let / rentable)) > _TWO_POINTS:
            computed = percent(share)
            yield complaint(
                "V08", Level.WARNING, building, "occupancy", basis, computed,
                stated=percent(stated), computed=computed,
            )  # fmt: skip
    stated, vacant = building.number("vacancy"), building.number("vacant_area")
    if stated is None or vacant is None:
        return
    if abs(stated - (share := vacant / rentable)) > _TWO_POINTS:
        computed = percent(share)
        yield complaint(
            "V08", Level.WARNING, building, "vacancy", "vacancy", computed,
            stated=percent(stated), computed=computed,
        )  # fmt: skip


def _let_area(context: CheckContext, building: Record) -> tuple[Decimal | None, str]:
    """Return the area let and what tells it: the leases, else the building's own figure."""
    if leases := context.leases_of(building):
        return active_area(context.reading, context.scope_of(building), leases), "leases"
    return building.number("leased_area"), "area"


def _unlikely_industrial_land(context: CheckContext, parcel: Record) -> Findings:
    """V34: industrial plot ratio below 0.5 or above 4, density above 60 %."""
    if parcel.text("land_use") not in INDUSTRIAL or parcel.text("status") in _UNBUILT:
        return
    far, density = parcel.number("far"), parcel.number("density")
    if far is not None and not _LOW_FAR <= far <= _HIGH_FAR:
        yield complaint("V34", Level.WARNING, parcel, "far", "far", value=plain_number(far))
    if density is not None and _DENSE < density <= 1:
        yield complaint("V34", Level.WARNING, parcel, "density", "density", value=percent(density))


AREA_CHECKS = (
    check(
        "V01",
        " ".join(entity.key for entity in CATALOGUE.ledger()),
        _impossible_numbers,
        screen=_out_of_bounds,
    ),
    check("V01", "parcel", _larger_than_the_park, "area_cert", beside="park"),
    check("V04", "parcel", _certified_against_actual, "area_cert area_actual"),
    check("V04", "building", _certified_against_actual, "gfa_cert gfa_actual"),
    check("V05", "parcel", _buildings_against_land, "area_cert|area_actual", beside="building"),
    check("V06", "park", _parcels_against_park, "planned_area|built_area", beside="parcel"),
    check("V07", "building", _parts_against_rentable, "rentable_area"),
    check("V07", "building", _rentable_against_floor, "rentable_area gfa_actual|gfa_cert"),
    check("V08", "building", _stated_occupancy, "rentable_area occupancy|vacancy"),
    check("V34", "parcel", _unlikely_industrial_land, "land_use far|density"),
)
