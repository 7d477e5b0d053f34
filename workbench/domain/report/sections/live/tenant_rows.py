# SPDX-License-Identifier: MIT
"""How many tenants there are: each lease says in which row of its annex its tenant stands first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from unicodedata import normalize

from workbench.domain.figures.leases import is_active
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import ZERO, Cell
from workbench.domain.report.sections.cells import figure
from workbench.domain.report.sections.links import AS_OF_TABLE, CALC_LEASES, column_range
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.workings.numbers import At

_WILD = frozenset("*?~")
_LONGEST = 255
"""MATCH looks for no longer texts."""
_LEASE, _TENANT = "lease", "tenant"


def first_rows(m: Material) -> Mapping[str, Cell]:
    """Return by lease the first row of annex B with its tenant; one without is a tenant itself."""
    firsts: dict[str, int] = {}
    found: dict[str, Cell] = {}
    place_of = _places(m)
    for row, lease in enumerate(m.whole.leases, start=1):
        first = firsts.setdefault(lease.text(_TENANT) or lease.key, row)
        formula = ""
        if place_of is not None:
            own = f"{{{place_of}!{_TENANT}@{row}}}"
            every = column_range(place_of, _TENANT, len(m.whole.leases))
            formula = f'IF({own}="{m.say("to_verify")}",{row},MATCH({own},{every},0))'
        found[lease.key] = Cell(first, formula=formula)
    return found


def areas_of_tenants(m: Material) -> list[Cell]:
    """Return by lease the area that its tenant has let in all, from the rows of 附表E-3."""
    leases, own = m.whole.leases, list[str]()
    sums: dict[str, Decimal | None] = {}
    for lease in leases:
        key = lease.text(_TENANT) or lease.key
        if not is_active(m.reading, lease, m.whole.as_of):
            own.append("")
            continue
        own.append(key)
        area, so_far = m.reading.number(lease, "area"), sums.get(key, ZERO)
        sums[key] = None if area is None or so_far is None else so_far + area
    rows, areas = (column_range(CALC_LEASES, key, len(leases)) for key in (_TENANT, "area"))
    unknown = f'"{m.say("to_verify")}"'
    open_ = f"COUNTIFS({rows},{{{_TENANT}}},{areas},{unknown})>0"
    known = f"IF({open_},{unknown},SUMIF({rows},{{{_TENANT}}},{areas}))"
    formula = f"IF(COUNT({{{_TENANT}}})=0,0,{known})"
    areas_of = [sums.get(key, ZERO) for key in own]
    return [replace(figure(area), formula=formula) for area in areas_of]


def first_row(m: Material, lease: Record) -> int:
    """Return the first row of annex B with the tenant of a lease, by which 附表E-3 knows it."""
    own = lease.text(_TENANT)
    rows = enumerate(m.whole.leases, start=1)
    return next(row for row, each in rows if (each is lease) or (own and each.text(_TENANT) == own))


def area_of_tenant(m: Material, leases: Sequence[Record]) -> str:
    """Return the area that one tenant has let in all, over whatever leases of it run."""
    first, count = first_row(m, leases[0]), len(m.whole.leases)
    rows, areas = (column_range(CALC_LEASES, key, count) for key in (_TENANT, "area"))
    unknown = f'"{m.say("to_verify")}"'
    found = f"SUMIF({rows},{first},{areas})"
    known = f"IF(COUNTIFS({rows},{first},{areas},{unknown})>0,{unknown},{found})"
    return _while_tenants_stand(m, known)


def while_they_run(m: Material, leases: Sequence[Record], formula: str) -> str:
    """Return a formula over the running leases of one tenant, 待核 once others of it run."""
    rows = column_range(CALC_LEASES, _TENANT, len(m.whole.leases))
    numbers = column_range(CALC_LEASES, "no", len(m.whole.leases))
    first, every = first_row(m, leases[0]), {lease.key for lease in leases}
    today = sum(row for row, each in enumerate(m.whole.leases, start=1) if each.key in every)
    same = f"SUMPRODUCT(({rows}={first})*{numbers})={today}"
    unknown = f'"{m.say("to_verify")}"'
    return _while_tenants_stand(m, f"IF({same},{formula},{unknown})") if formula else ""


def _while_tenants_stand(m: Material, formula: str) -> str:
    asked = (At(_LEASE, lease.key, _TENANT) for lease in m.whole.leases)
    return m.live.unmoved.guard(formula, asked, (), m.table_no("2-4"))


def count_formula(m: Material) -> str:
    """Return how many tenants the running leases have, 待核 while a lease may run or not."""
    leases = len(m.whole.leases)
    if not leases:
        return ""
    runs, unknown = column_range(CALC_LEASES, "runs", leases), f'"{m.say("to_verify")}"'
    return f"IF(COUNT({runs})<{leases},{unknown},{_firms(leases)})"


def _firms(leases: int) -> str:
    """Return how many different rows there are: of none LibreOffice counts an error."""
    rows = column_range(CALC_LEASES, _TENANT, leases)
    return f"IF(COUNT({rows})=0,0,SUMPRODUCT((FREQUENCY({rows},{rows})>0)*1))"


def largest_share(m: Material) -> str:
    """Return the largest tenant's share of the let area, in percent.

    "" where a lease has no tenant, or does not tell whether it runs or how large it is: a share of
    the others is no formula over all.
    """
    if not _all_named(m) or not all(_is_told(m, lease) for lease in m.whole.leases):
        return ""
    count = len(m.whole.leases)
    areas, sums = (column_range(CALC_LEASES, key, count) for key in ("area", "tenant_area"))
    share = f"MAX({sums})/{{{CALC_LEASES}!area@{count + 1}}}*100"
    return guarded(share, m, {sums: (areas, count)})


def users_per_tenant(m: Material) -> str:
    """Return monthly users by running tenants, "" where a tenant has no name."""
    listing, park = m.annex.get("park"), m.whole.park
    place = listing.place(park.key, "digital_platform_mau") if listing and park else None
    if place is None or not _all_named(m):
        return ""
    runs = column_range(CALC_LEASES, "runs", len(m.whole.leases))
    quotient = f"{{{place}}}/{_firms(len(m.whole.leases))}"
    unknown = f'"{m.say("to_verify")}"'
    known = f"COUNT({{{place}}})+COUNT({runs})<{len(m.whole.leases) + 1}"
    return f"IFERROR(IF({known},{unknown},{quotient}),{unknown})"


def while_the_same_run(m: Material, formula: str) -> str:
    """Return a formula that holds for the leases that run today, and is 待核 once others do.

    Which stays have ended is judged by the program; the rows that run are known by their sum.
    """
    leases, unknown = m.whole.leases, f'"{m.say("to_verify")}"'
    runs, numbers = (column_range(CALC_LEASES, key, len(leases)) for key in ("runs", "no"))
    today = sum(
        row for row, lease in enumerate(leases, 1) if is_active(m.reading, lease, m.whole.as_of)
    )
    day = m.whole.as_of
    same = f"SUMPRODUCT(({runs}=1)*{numbers})={today}"
    then = f"{{{AS_OF_TABLE}!day@1}}=DATE({day.year},{day.month},{day.day})"
    return f"IF(AND({same},{then}),{formula},{unknown})"


def _is_told(m: Material, lease: Record) -> bool:
    runs_ = is_active(m.reading, lease, m.whole.as_of)
    return runs_ is False or (runs_ is True and m.reading.number(lease, "area") is not None)


def _all_named(m: Material) -> bool:
    """Tell whether every lease has a tenant, and names tell the tenants apart."""
    leases = m.whole.leases
    return bool(leases) and all(x.text(_TENANT) for x in leases) and _places(m) is not None


def _places(m: Material) -> str | None:
    """Return the table in which tenants stand by names that MATCH tells apart, else None."""
    listing = m.annex.get(_LEASE)
    table = listing.tables.get(_TENANT) if listing is not None else None
    if table is None:
        return None
    names: dict[str, str] = {}
    for key in {text for lease in m.whole.leases if (text := lease.text(_TENANT))}:
        firm = m.whole.ledger.find("enterprise", key)
        name = firm.label if firm else key
        wild = bool(_WILD & set(name)) or len(name) > _LONGEST
        if wild or names.setdefault(normalize("NFKC", name).casefold(), key) != key:
            return None
    return table
