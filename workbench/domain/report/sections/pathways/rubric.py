# SPDX-License-Identifier: MIT
"""表6-16: where the pre-filled scores change from step to step, and what all of them ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.display import choice_title
from workbench.domain.figures.accounts import latest_finance
from workbench.domain.pathways.feasibility import Feasibility
from workbench.domain.ranking.rules import Bounds
from workbench.domain.ranking.scores import LEAD, MATCHED
from workbench.domain.ranking.signed_leads import SIGNED, leads_of, signed_leads
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import WAN, exact, optional, wan, words
from workbench.domain.report.sections.links import INDICATORS, column_range
from workbench.domain.report.sections.live.judged import place_of
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.feasibility import (
    FEASIBILITY,
    moved_of,
    verdict_word,
)
from workbench.domain.report.sections.pathways.ranking_words import say
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.workings.numbers import At

RUBRIC = "rubric"
CASH, SIGNED_LEADS, LEAD_PROJECTS = "cash", "signed", "lead_projects"
MOVED, RIVALS = "moved", "rivals"
"""How much was changed of what the program judged for the scores, and of what competes."""
NO_RIVALS = "none"
"""Stands for the columns that compare pathways in a table that has none."""
_NOI = "I-45"
_MOST_LEADS = 60
"""So many signed leads are asked one by one for the role of their firm."""
_BOUNDS = (
    *(f"months{n}" for n in range(1, 5)), *(f"gap{n}" for n in range(1, 4)),
    "margin1", "margin2", "net_cash", "nothing", "unknown_counts", "red_line_cap",
    "matched", "lead",
)  # fmt: skip
_ORDER = (*_BOUNDS, SIGNED_LEADS, LEAD_PROJECTS, CASH, MOVED, RIVALS)


def bound(key: str) -> str:
    """Return the cell of a bound, or of what every pathway's score asks."""
    return f"{{{RUBRIC}!value@{_ORDER.index(key) + 1}}}"


@dataclass(frozen=True, slots=True)
class _Bound:
    """A number as the table shows it: its unit's text key and the text key of its source."""

    cell: Cell
    unit: str
    source: str = "from_rubric"


def rubric_table(m: Material) -> Table:
    """Return 表6-16: bounds that somebody set, then what the ledger says of the whole park."""
    shown = _shown(m)
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", say(m, "col_bound"), 46),
        Column("value", m.say("col.value"), 12, ColumnKind.NUMBER),
        Column("unit", m.say("col.unit"), 12, ColumnKind.WORD),
        Column("source", say(m, "col_bound_from"), 50),
    )
    rows: list[Row] = [
        (
            Cell(number),
            words(say(m, f"bound_{key}")),
            shown[key].cell,
            words(say(m, f"unit_{shown[key].unit}") if shown[key].unit else "—"),
            optional(say(m, shown[key].source)),
        )
        for number, key in enumerate(_ORDER, start=1)
    ]
    return Table(
        m.table_no("6-16"), say(m, "table_rubric"), columns, tuple(rows),
        source_line=say(m, "source_rubric"), notes=(say(m, "note_rubric"),),
        key=RUBRIC, dense=True,
    )  # fmt: skip


def _shown(m: Material) -> Mapping[str, _Bound]:
    if m.ranking is None:
        raise LookupError("nothing is scored")
    signed, leading = _leads(m)
    found = {key: _Bound(exact(value), unit) for key, (value, unit) in _set(m).items()}
    found |= {
        key: _Bound(exact(Decimal(value)), unit, "from_program")
        for key, value, unit in (
            ("matched", MATCHED, "points"), ("lead", LEAD, "points"),
        )
    }  # fmt: skip
    return found | {
        SIGNED_LEADS: _Bound(signed, "leads", "from_leads"),
        LEAD_PROJECTS: _Bound(leading, "leads", "from_firms"),
        CASH: _Bound(_cash(m), "wan", "from_finance"),
        MOVED: _Bound(_count(0, "+".join(_moved(m))), "", "from_unmoved"),
        RIVALS: _Bound(_count(0, _other_rivals(m)), "", "from_verdicts"),
    }


def _other_rivals(m: Material) -> str:
    """Return how many pathways compete that did not, or no longer do, by their verdicts."""
    out = [quoted(verdict_word(m, each)) for each in (Feasibility.BLOCKED, Feasibility.NOT_YET)]
    found: list[str] = []
    for row, check in enumerate(m.pathways, start=1):
        result = f"{{{FEASIBILITY}!result@{row}}}"
        is_out = check.feasibility in (Feasibility.BLOCKED, Feasibility.NOT_YET)
        test = ",".join(f"{result}={word}" for word in out)
        found.append(f"IF(OR({test}),{int(not is_out)},{int(is_out)})")
    return "+".join(found)


def _moved(m: Material) -> list[str]:
    """Return what says that the program would give another score than is counted here."""
    flags = [flag for check in m.pathways for flag in moved_of(m, check)]
    flags += m.live.unmoved.moved([_NOI])
    if m.indicators[_NOI].value is not None:
        # the program estimates a cost that is blanked; a score is not one of which nothing is known
        flags.append(
            f"IF(ISNUMBER({{{INDICATORS}!ours@{list(m.indicators).index(_NOI) + 1}}}),0,1)"
        )
    flags += m.live.unmoved.references({"finance", "demand", "enterprise"})
    # a count of leads that waits is not one of no leads
    flags += [f"IF(ISNUMBER({bound(key)}),0,1)" for key in (SIGNED_LEADS, LEAD_PROJECTS)]
    return list(dict.fromkeys(flags))


def while_judged_so(m: Material, table: Table, *of_rivals: str) -> Table:
    """Return a table of scores that says 待核 once the program would give other ones.

    A condition that is open because something was changed is none of which nothing is known. The
    columns ``of_rivals``, or all without them, wait as well once other pathways compete.
    """
    alone, compared = [bound(MOVED)], [bound(MOVED), bound(RIVALS)]
    flags = [compared if not of_rivals or c.key in of_rivals else alone for c in table.columns]
    rows = (
        tuple(
            replace(cell, formula=while_0(m, own, cell.formula))
            for cell, own in zip(row, flags, strict=True)
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _set(m: Material) -> Mapping[str, tuple[Decimal, str]]:
    """Return the bounds of the content with the unit in which they are shown."""
    bounds: Bounds = m.ranking.rules.bounds  # type: ignore[union-attr]  # asked by _shown
    found = {f"months{n}": (each, "months") for n, each in enumerate(bounds.months, start=1)}
    found |= {f"gap{n}": (each * 100, "percent") for n, each in enumerate(bounds.gap_of_cash, 1)}
    found |= {
        f"margin{n}": (each * 100, "pp") for n, each in enumerate(bounds.return_margins, start=1)
    }
    return found | {
        "net_cash": (bounds.net_cash_share * 100, "percent"),
        "nothing": (bounds.nothing * 100, "percent"),
        "unknown_counts": (bounds.unknown_counts, ""),
        "red_line_cap": (bounds.red_line_cap, "points"),
    }


def _cash(m: Material) -> Cell:
    """Return the platform company's cash of its newest figures, from the annex."""
    row = latest_finance(m.scope, m.reading, "cash")
    value = None if row is None else m.reading.number(row, "cash")
    formula = "" if row is None else m.live.of_cell(row, "cash", WAN)
    return replace(wan(value), formula=formula)


def _leads(m: Material) -> tuple[Cell, Cell]:
    """Return how many leads for such assets have signed, and how many are of a lead firm."""
    parted = signed_leads(m.scope, m.reading)
    signed, elsewhere = parted.matched, parted.elsewhere
    apart = {lead.key for lead in elsewhere}
    leads = tuple(lead for lead in leads_of(m.scope) if lead.key not in apart)
    firms = {lead.key: _firm(m, lead) for lead in leads}
    leading = sum(_is_leading(m, firms[lead.key]) for lead in signed)
    listing = m.annex.get("demand")
    table = listing.tables.get("stage") if listing is not None else None
    if (
        listing is None
        or table is None
        or {r.key for r in listing.records} != {lead.key for lead in leads_of(m.scope)}
        or len(elsewhere) > _MOST_LEADS
    ):
        return _count(len(signed)), _count(leading)
    stages = column_range(table, "stage", len(listing.records))
    words_ = [_stage(m, word) for word in sorted(SIGNED)]
    count = "+".join(f"COUNTIF({stages},{word})" for word in words_)
    for lead in elsewhere:
        place = place_of(m, lead, "stage")
        count += "".join(f"-COUNTIF({place},{word})" for word in words_)
    asked = [At("demand", lead.key, "need_kind") for lead in (*signed, *elsewhere)]
    asked += [At("building", building.key, "kind") for building in m.scope.buildings if asked]
    counts = (count, _leading(m, leads, firms))
    signed_now, leading_now = (
        m.live.unmoved.guard(each, asked, (), m.table_no("6-16")) for each in counts
    )
    return _count(len(signed), signed_now), _count(leading, leading_now)


def _count(number: int, formula: str = "") -> Cell:
    return Cell(number, formula=formula, decimals=0)


def _stage(m: Material, stage: str) -> str:
    return quoted(choice_title(stage, m.whole.ledger.catalogue["demand"]["stage"], m.language))


def _firm(m: Material, lead: Record) -> Record | None:
    """Return the firm of a lead, whose role in its chain counts."""
    return m.scope.ledger.find("enterprise", lead.text("enterprise"))


def _is_leading(m: Material, firm: Record | None) -> bool:
    role = firm.text("chain_role") if firm is not None else None
    named = m.ranking.rules.lead_roles if m.ranking is not None else frozenset[str]()
    return bool(role) and any(word in (role or "") for word in named)


def _leading(m: Material, leads: tuple[Record, ...], firms: Mapping[str, Record | None]) -> str:
    """Return the count over the leads of a firm, "" where the annex does not show its role."""
    parts: list[str] = []
    for lead in leads:
        firm = firms[lead.key]
        if firm is None:
            continue
        stage, role = place_of(m, lead, "stage"), place_of(m, firm, "chain_role")
        if not stage or not role or len(parts) >= _MOST_LEADS:
            return ""
        named = sorted(m.ranking.rules.lead_roles) if m.ranking is not None else []
        is_signed = ",".join(f"{stage}={_stage(m, word)}" for word in sorted(SIGNED))
        is_lead = ",".join(f"ISNUMBER(SEARCH({quoted(word)},{role}))" for word in named)
        parts.append(f"IF(OR({is_signed}),IF(OR({is_lead}),1,0),0)")
    return "+".join(parts) or ""
