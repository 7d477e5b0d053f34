# SPDX-License-Identifier: MIT
"""Cross-checks of leases and their tenants (V09, V11, V22…V24, V27, V32)."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.checks.rules import CheckContext, check, complaint, m2, plain_number
from workbench.domain.figures.leases import is_priced, monthly_rent
from workbench.domain.findings import Finding, Level
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record

Findings = Iterator[Finding]
_LOWEST_RENT, _HIGHEST_RENT = Decimal(3), Decimal(200)
_SLACK = Decimal("1.01")
_ONE_YUAN = Decimal(1)
_OCCUPIED = frozenset({"自用", "出租", "部分出租", "出借", "被占用"})
_NOT_PASSED = frozenset({"未通过", "未办"})


def _overlap_on_unit(context: CheckContext, unit: Record) -> Findings:
    """V09: leases that run on one unit at the same time fit into its area."""
    running = context.running(context.ledger.pointing_at("lease", "unit", unit.key))
    area, let = unit.number("area"), total(lease.number("area") for lease in running)
    if len(running) < 2 and (area is None or let is None or let <= area * _SLACK):
        return
    contracts = "、".join(context.ledger.name_of(lease) for lease in running)
    if area is not None and let is not None:
        if let > area * _SLACK:
            yield complaint(
                "V09", Level.ERROR, unit, "area", "area", let=m2(let), area=m2(area),
                contracts=contracts,
            )  # fmt: skip
        return
    yield complaint("V09", Level.ERROR, unit, "unit_no", "overlap", contracts=contracts)


def _let_beyond_rentable(context: CheckContext, building: Record) -> Findings:
    """V09: running leases of a building fit into its rentable area."""
    rentable = building.number("rentable_area")
    running = context.running(context.leases_of(building))
    let = total(lease.number("area") for lease in running)
    if running and rentable and let is not None and let > rentable * _SLACK:
        yield complaint(
            "V09", Level.ERROR, building, "rentable_area", "building", let=m2(let),
            rentable=m2(rentable),
        )  # fmt: skip


def _unlikely_rent(context: CheckContext, lease: Record) -> Findings:
    """V11: a rent lies within 3–200 元/㎡·month, else its unit is probably wrong."""
    reading = context.reading
    rent = monthly_rent(reading, lease) if is_priced(reading, lease) else None
    if rent is not None and not _LOWEST_RENT <= rent <= _HIGHEST_RENT:
        yield complaint("V11", Level.WARNING, lease, "rent_price", rent=plain_number(rent))


def _let_on_allocated_land(context: CheckContext, parcel: Record) -> Findings:
    """V22: letting on allocated land needs an approval or a supplementary payment."""
    if parcel.text("obtain_mode") != "划拨":
        return
    leases = [row for b in context.buildings_on(parcel) for row in context.leases_of(b)]
    if running := context.running(leases):
        yield complaint("V22", Level.WARNING, parcel, "obtain_mode", count=len(running))


def _is_let(context: CheckContext, building: Record) -> bool:
    stated = building.number("leased_area")
    return bool(stated) or bool(context.running(context.leases_of(building)))


def _let_without_fire_acceptance(context: CheckContext, building: Record) -> Findings:
    """V23: what is let has passed its fire acceptance."""
    state = building.text("fire_accept")
    if state in _NOT_PASSED and _is_let(context, building):
        yield complaint("V23", Level.WARNING, building, "fire_accept", state=state)


def _unsafe_and_occupied(context: CheckContext, building: Record) -> Findings:
    """V24: a building graded C or D for safety is empty."""
    grade = building.text("safety_grade")
    if grade not in ("C", "D"):
        return
    if building.text("use_status") in _OCCUPIED or _is_let(context, building):
        yield complaint("V24", Level.WARNING, building, "safety_grade", grade=grade)


def _rent_account(_: CheckContext, lease: Record) -> Findings:
    """V27: received is at most due; arrears are the difference."""
    due, received = lease.number("receivable_12m"), lease.number("received_12m")
    if due is None or received is None:
        return
    if received > due + _ONE_YUAN:
        yield complaint(
            "V27", Level.WARNING, lease, "received_12m", "received",
            received=plain_number(received), due=plain_number(due),
        )  # fmt: skip
    arrears = lease.number("arrears")
    if arrears is not None and received <= due and abs(due - received - arrears) > _ONE_YUAN:
        yield complaint(
            "V27", Level.WARNING, lease, "arrears", "arrears", plain_number(due - received),
            arrears=plain_number(arrears), computed=plain_number(due - received),
        )  # fmt: skip


def _gone_but_leasing(context: CheckContext, firm: Record) -> Findings:
    """V32: a firm that has moved out has no running lease."""
    left = firm.day("moved_out_on")
    if left is None or left > context.as_of:
        return
    running = context.running(context.ledger.pointing_at("lease", "tenant", firm.key))
    if running:
        contracts = "、".join(context.ledger.name_of(lease) for lease in running)
        yield complaint("V32", Level.WARNING, firm, "moved_out_on", left=left, contracts=contracts)


LEASE_CHECKS = (
    check("V09", "unit", _overlap_on_unit),
    check("V09", "building", _let_beyond_rentable, "rentable_area", beside="lease"),
    check("V11", "lease", _unlikely_rent),
    check("V22", "parcel", _let_on_allocated_land, "obtain_mode", beside="lease"),
    check("V23", "building", _let_without_fire_acceptance, "fire_accept"),
    check("V24", "building", _unsafe_and_occupied, "safety_grade"),
    check("V27", "lease", _rent_account, "receivable_12m received_12m"),
    check("V32", "enterprise", _gone_but_leasing, "moved_out_on", beside="lease"),
)
