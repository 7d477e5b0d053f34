# SPDX-License-Identifier: MIT
"""Facts about tenants, demand, facilities and money, computed from several cells of a scope."""

from decimal import Decimal

from workbench.domain.facts.title import Derive
from workbench.domain.facts.truth import any_of
from workbench.domain.figures.accounts import latest_finance
from workbench.domain.figures.firms import firms, has_left, newest_years
from workbench.domain.figures.leases import monthly_rent
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.figures.tenure import months_since
from workbench.domain.indicators.averages import ENOUGH, Shares, total
from workbench.domain.indicators.facilities import required_kinds
from workbench.domain.indicators.lease import policy_exit_share, running
from workbench.domain.indicators.money import tax_yardstick
from workbench.domain.records.ledger import Record
from workbench.domain.values import Value

_ZERO = Decimal(0)
SPECIFICATION = ("电力", "供电", "用电", "层高", "荷载", "承重", "洁净")
FACILITY = "配套"
_INSUFFICIENT, _WORKING = "不足", "正常"
_BED_UNITS = ("床", "人")
LOST = "流失"
"""The stage of a lead that looks no more."""
FACT = "fact"
"""The entity under which a fact is named that no ledger field holds."""


def _related_party_share(scope: Scope, reading: Reading) -> Decimal | None:
    shares = Shares()
    for lease, certain in running(scope, reading):
        area, rent = reading.need_number(lease, "area"), monthly_rent(reading, lease)
        amount = None if area is None or rent is None or not certain else area * rent
        related = _is_related(scope, reading, lease)
        part = None if related is None else amount if related else _ZERO
        shares.add(part, amount)
    if not scope.leases:
        reading.lacks("lease", "related_party")
    return shares.figure().value


def _is_related(scope: Scope, reading: Reading, lease: Record) -> bool | None:
    flag = reading.flag(lease, "related_party")
    if flag is not None:
        return flag
    tenant = scope.ledger.find("enterprise", lease.text("tenant"))
    flag = None if tenant is None else reading.flag(tenant, "related_party")
    if flag is None:
        reading.lacks("lease", "related_party", lease.key)
    return flag


def _policy_exit_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Without any recorded exit the share is not known."""
    share = policy_exit_share(scope, reading)
    if share is None:
        reading.lacks("enterprise", "moved_out_on")
    return share


def possible_buyers(scope: Scope, reading: Reading) -> tuple[Record, ...]:
    """Return the firms of a scope and those that look for its kinds of building in the park.

    A vacant building has no tenant: whoever buys it comes from the leads.
    """
    kinds = {reading.text(building, "kind") for building in scope.buildings} - {None}
    looking = {
        reading.text(lead, "enterprise")
        for lead in _leads(scope)
        if reading.text(lead, "stage") != LOST and reading.text(lead, "need_kind") in kinds
    }
    there = firms(reading, scope)
    keys = {firm.key for firm in there}
    every = scope.ledger.all("enterprise") if looking else ()
    return in_order((*there, *(f for f in every if f.key in looking and f.key not in keys)))


def _purchase_intents(scope: Scope, reading: Reading) -> Decimal | None:
    flags = [reading.flag(firm, "purchase_intent") for firm in possible_buyers(scope, reading)]
    wanting = flags.count(True)
    if wanting or (flags and None not in flags):
        return Decimal(wanting)
    reading.lacks("enterprise", "purchase_intent")
    return None


def _leads(scope: Scope) -> tuple[Record, ...]:
    return in_order(scope.ledger.pointing_at("demand", "park", scope.park_key))


def _lost_for_specification(scope: Scope, reading: Reading) -> Decimal | None:
    """Count leads lost over the specification; one without stage or reason leaves it open."""
    leads, lost, unsaid = _leads(scope), 0, 0
    for lead in leads:
        stage = reading.need_text(lead, "stage")
        reason = reading.need_text(lead, "lost_reason") if stage == LOST else ""
        unsaid += stage is None or reason is None
        lost += any(word in (reason or "") for word in SPECIFICATION)
    if not leads:
        reading.lacks("demand", "lost_reason")
    return Decimal(lost) if leads and not unsaid else None


def _blamed_for_exit(scope: Scope, reading: Reading) -> bool | None:
    for lead in _leads(scope):
        if FACILITY in (reading.text(lead, "lost_reason") or ""):
            return True
    reading.lacks("demand", "lost_reason")
    return None


def _any_short(scope: Scope, reading: Reading) -> bool | None:
    """Look at the required kinds; one without a record may only be unrecorded.

    A kind is short where one is insufficient, or where none works: stopped, unfinished, planned.
    """
    needs = required_kinds(scope, reading)
    if needs is None:
        return None
    states: dict[str, list[str | None]] = {need.kind: [] for need in needs}
    for row in scope.facilities:
        if (kind := reading.text(row, "kind")) in states:
            states[kind].append(reading.need_text(row, "status"))
    if not all(states.values()):
        reading.lacks("facility", "kind")
    return any_of(_is_short(of_kind) for of_kind in states.values())


def _is_short(states: list[str | None]) -> bool | None:
    if _INSUFFICIENT in states:
        return True
    if not states or None in states:
        return None
    return _WORKING not in states


def _beds_per_employee(scope: Scope, reading: Reading) -> Decimal | None:
    rows = scope.facilities
    beds: list[Decimal | None] = []
    for row in rows:
        if reading.text(row, "kind") == "宿舍/公寓":
            unit = reading.need_text(row, "capacity_unit") or ""
            in_beds = any(word in unit for word in _BED_UNITS)
            beds.append(reading.need_number(row, "capacity") if in_beds else None)
    if not beds:
        reading.lacks("facility", "capacity")
        return None
    there = [firm for firm in firms(reading, scope) if not has_left(reading, scope, firm)]
    found = [row for _, row in newest_years(reading, scope, tuple(there), "employees")]
    staff = sum((reading.number(row, "employees") or _ZERO for row in found), _ZERO)
    if not staff or len(found) < ENOUGH * len(there):
        reading.lacks("enterprise_year", "employees")
        return None
    capacity = total(beds)
    return None if capacity is None else capacity / staff


def _months_to_policy_end(scope: Scope, reading: Reading) -> Decimal | None:
    if scope.park is None:
        return None
    end = reading.need_day(scope.park, "policy_package_end")
    return None if end is None else Decimal(-months_since(end, scope.as_of))


def _asset_share_of_platform(scope: Scope, reading: Reading) -> Decimal | None:
    row = latest_finance(scope, reading, "total_assets")
    book = total([reading.need_number(b, "net_value") for b in scope.buildings])
    assets = None if row is None else reading.need_number(row, "total_assets")
    return None if book is None or not assets else book / assets


def _tax_yardstick(scope: Scope, reading: Reading) -> Decimal | None:
    return tax_yardstick(scope, reading)


def _not_kept(name: str) -> Derive:
    """Return the answer for what the ledger has no field for: not known, and what to ask for."""

    def unknown(_: Scope, reading: Reading) -> Value | None:
        reading.lacks(FACT, name)
        return None

    return unknown


def _of_park(field: str) -> Derive:
    """Return the answer that the park record holds itself."""

    def answer(scope: Scope, reading: Reading) -> Value | None:
        if scope.park is None:
            reading.lacks("park", field)
            return None
        return reading.need_number(scope.park, field)

    return answer


DERIVED_PEOPLE: dict[str, Derive] = {
    "lease.related_party_share": _related_party_share,
    "tenant.policy_exit_share": _policy_exit_share,
    "demand.purchase_intents": _purchase_intents,
    "demand.lost_for_specification": _lost_for_specification,
    "park.same_industry_nearby": _of_park("same_industry_nearby"),
    "park.months_to_policy_end": _months_to_policy_end,
    "facility.any_short": _any_short,
    "facility.blamed_for_exit": _blamed_for_exit,
    "facility.beds_per_employee": _beds_per_employee,
    "fin.asset_share_of_platform": _asset_share_of_platform,
    "fin.dscr": _not_kept("fin.dscr"),
    "innovation.fiscal_spend": _of_park("innovation_spend_24m"),
    "innovation.contract_amount": _of_park("innovation_contracts_24m"),
    "innovation.platforms_without_operator": _of_park("platforms_without_operator"),
    "ref.tax_per_mu": _tax_yardstick,
}
