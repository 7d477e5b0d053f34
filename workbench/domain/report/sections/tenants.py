# SPDX-License-Identifier: MIT
"""The ten largest tenants (租户前十): 表2-4."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.domain.figures.leases import is_active, is_priced, monthly_rent
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    SUM,
    UNKNOWN,
    ZERO,
    Block,
    Cell,
    Column,
    ColumnKind,
    NotAssessed,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import WAN, day, figure, of_field, share, words
from workbench.domain.report.sections.links import CALC_LEASES, column_range, live_cell
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.tenant_rows import area_of_tenant, while_they_run
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.order_checks import order_check

LARGEST = 10


@dataclass(frozen=True, slots=True)
class Tenant:
    """One tenant with its running leases; ``firm`` is None when the ledger has no record of it."""

    name: str | None
    firm: Record | None
    leases: tuple[Record, ...]
    area: Decimal | None


def tenants(m: Material) -> list[Tenant]:
    """Return the tenants with running leases, largest first; an unknown area comes last."""
    grouped: dict[str, list[Record]] = {}
    for lease in m.whole.leases:
        if is_active(m.reading, lease, m.whole.as_of):
            grouped.setdefault(lease.text("tenant") or lease.key, []).append(lease)
    found = []
    for key, leases in grouped.items():
        firm = m.whole.ledger.find("enterprise", key)
        name = firm.label if firm else leases[0].text("tenant")
        area = total(m.reading.number(lease, "area") for lease in leases)
        found.append(Tenant(name, firm, tuple(leases), area))
    return sorted(found, key=lambda tenant: (-(tenant.area or ZERO), tenant.name or ""))


def tenants_table(m: Material) -> list[Block]:
    """Return 表2-4 租户前十, or say that there is no running lease."""
    found = tenants(m)
    if not found:
        lease = m.scope.ledger.catalogue["lease"].title(m.language)
        none = m.say("no_records", entity=lease)
        return [NotAssessed(m.say("no_running_leases") if m.whole.leases else none)]
    t = m.say
    whole = _let(m, found)
    columns = (
        Column("tenant", t("col.tenant"), 18),
        Column("industry", t("col.industry"), 11),
        Column("area", t("col.area_m2"), 11, ColumnKind.NUMBER, total=SUM),
        Column("share", t("col.share"), 8, ColumnKind.NUMBER, total=SUM),
        Column("rent", t("col.rent"), 9, ColumnKind.NUMBER),
        Column("period", t("col.period"), 13.5),
        Column("free", t("col.free"), 8, ColumnKind.NUMBER, 1),
        Column("arrears", t("col.arrears"), 10, ColumnKind.NUMBER, total=SUM),
        Column("policy_end", t("col.policy_end"), 11.5, ColumnKind.DATE),
        Column("intent", t("col.intent"), 13),
    )
    part_of = _share_formula(m)
    rows = tuple(_row(m, tenant, whole, part_of) for tenant in found[:LARGEST])
    note = t("note.tenants", shown=len(rows), all=len(found))
    table = Table(
        m.table_no("2-4"),
        t("table.tenants"),
        columns,
        rows,
        t("unit.tenants"),
        t("source.leases"),
        notes=(note,),
        total_label=t("total_shown"),
        key="largest_tenants",
    )
    return [table, *order_check(m, table, "area", len(rows))]


def _let(m: Material, running: Sequence[Tenant]) -> Decimal | None:
    """Return the area of all running leases, None while another one may run: it is no 0."""
    day = m.whole.as_of
    if any(is_active(m.reading, lease, day) is None for lease in m.whole.leases):
        return None
    return total(tenant.area for tenant in running)


def _row(m: Material, tenant: Tenant, whole: Decimal | None, part_of: str) -> tuple[Cell, ...]:
    part = tenant.area / whole if tenant.area is not None and whole else None
    firm = tenant.firm
    arrears = total(m.reading.number(x, "arrears") for x in tenant.leases)
    return (
        words(tenant.name),
        _industry(m, tenant),
        replace(figure(tenant.area), formula=area_of_tenant(m, tenant.leases)),
        replace(share(part), formula=part_of),
        _while_running(m, tenant, _rent(m, tenant.leases)),
        _period(m, tenant.leases),
        _free(m, tenant.leases),
        _while_running(m, tenant, live_cell(arrears, m, WAN)),
        of_field(firm, "policy_end", m.whole.ledger, m.language) if firm else day(None),
        _intent(m, firm),
    )


def _while_running(m: Material, tenant: Tenant, cell: Cell) -> Cell:
    return replace(cell, formula=while_they_run(m, tenant.leases, cell.formula))


def _industry(m: Material, tenant: Tenant) -> Cell:
    if tenant.firm and (industry := tenant.firm.text("industry_name")):
        return words(industry)
    return words(tenant.leases[0].text("industry"))


def _rent(m: Material, leases: Sequence[Record]) -> Cell:
    """Return the area-weighted rent in 元/㎡·month over the leases that have a rent."""
    priced = [lease for lease in leases if is_priced(m.reading, lease)]
    if not priced:
        return NOT_APPLICABLE
    areas = [m.reading.number(lease, "area") for lease in priced]
    rents = [monthly_rent(m.reading, lease) for lease in priced]
    amount = total(
        None if a is None or r is None else a * r for a, r in zip(areas, rents, strict=True)
    )
    area = total(areas)
    return UNKNOWN if amount is None or not area else live_cell(amount / area, m)


def _share_formula(m: Material) -> str:
    """Divide by the area of all running leases, which the calculation adds up."""
    count = len(m.whole.leases)
    every = f"{{{CALC_LEASES}!area@{count + 1}}}"
    counted = {every: (column_range(CALC_LEASES, "area", count), count)}
    return guarded(f"{{area}}/{every}*100", m, counted)


def _period(m: Material, leases: Sequence[Record]) -> Cell:
    starts = [lease.day("start_on") for lease in leases]
    ends = [lease.day("end_on") for lease in leases]
    return words(
        m.say("period", start=_edge(m, starts, first=True), end=_edge(m, ends, first=False))
    )


def _edge(m: Material, days: Sequence[date | None], *, first: bool) -> str:
    known = [each for each in days if each is not None]
    if len(known) < len(days):
        return m.say("to_verify")
    return (min(known) if first else max(known)).isoformat()


def _free(m: Material, leases: Sequence[Record]) -> Cell:
    if len(leases) == 1:
        return of_field(leases[0], "free_months", m.whole.ledger, m.language)
    known = [n for lease in leases if (n := lease.number("free_months")) is not None]
    return figure(max(known)) if len(known) == len(leases) else UNKNOWN


def _intent(m: Material, firm: Record | None) -> Cell:
    """Return whether a tenant wants to expand or to buy."""
    if firm is None:
        return UNKNOWN
    wishes = []
    if firm.text("status") == "扩产意向" or firm.number("expansion_need_area"):
        wishes.append(m.say("wants_expand"))
    if (buys := firm.flag("purchase_intent")) is not None:
        wishes.append(m.say("wants_buy" if buys else "no_buy"))
    tone = Tone.STRONG if buys else Tone.PLAIN
    return Cell("\n".join(wishes), tone=tone) if wishes else UNKNOWN
