# SPDX-License-Identifier: MIT
"""How many tenants there are: each lease says in which row of its annex its tenant stands first."""

from collections.abc import Mapping

from workbench.domain.figures.leases import is_active
from workbench.domain.report.model import Cell
from workbench.domain.report.sections.links import CALC_LEASES, column_range
from workbench.domain.report.sections.material import Material

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


def count_formula(m: Material) -> str:
    """Return how many different rows there are among the running leases."""
    running = sum(bool(is_active(m.reading, x, m.whole.as_of)) for x in m.whole.leases)
    rows = column_range(CALC_LEASES, _TENANT, running)
    return f"SUMPRODUCT((FREQUENCY({rows},{rows})>0)*1)" if running else ""


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
        if wild or names.setdefault(name.casefold(), key) != key:
            return None
    return table
