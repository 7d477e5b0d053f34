# SPDX-License-Identifier: MIT
"""附表E-12: let area by industry here and in the other parks, of which I-25 is the overlap."""

from decimal import Decimal

from workbench.domain.indicators.market import industries
from workbench.domain.report.model import Cell, Column, ColumnKind, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range, live_cell
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import say

INDUSTRIES = "industries"
OVERLAP = "I-25"
_ZERO = Decimal(0)


def overlap_formula(m: Material) -> str:
    """Return 1 − ½ Σ |p − q| over the shares of the industries."""
    found = industries(m.scope, m.reading)
    count = len({*(found.ours or {}), *found.theirs})
    return f"1-SUM({column_range(INDUSTRIES, 'gap', count)})/2"


def industries_table(m: Material) -> Table | None:
    """Return 附表E-12, or None where the overlap is not known."""
    value = m.indicators.get(OVERLAP)
    found = industries(m.scope, m.reading)
    if value is None or value.value is None or found.ours is None:
        return None
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", m.say("col.industry"), 24),
        Column("ours", say(m, "col_our_area"), 13, ColumnKind.NUMBER),
        Column("theirs", say(m, "col_their_area"), 13, ColumnKind.NUMBER),
        Column("share", say(m, "col_our_share"), 13, ColumnKind.NUMBER, 6),
        Column("their_share", say(m, "col_their_share"), 13, ColumnKind.NUMBER, 6),
        Column("gap", say(m, "col_gap"), 13, ColumnKind.NUMBER, 6),
    )
    names = sorted({*found.ours, *found.theirs})
    here, there = sum(found.ours.values(), _ZERO), sum(found.theirs.values(), _ZERO)
    rows = []
    for number, name in enumerate(names, start=1):
        ours, theirs = found.ours.get(name, _ZERO), found.theirs.get(name, _ZERO)
        p, q = ours / here, theirs / there
        whole = {key: f"SUM({{{key}@1}}:{{{key}@{len(names)}}})" for key in ("ours", "theirs")}
        rows.append((
            Cell(number),
            words(name),
            live_cell(ours, m),
            Cell(theirs),
            Cell(p, formula=f"{{ours}}/{whole['ours']}"),
            Cell(q, formula=f"{{theirs}}/{whole['theirs']}"),
            Cell(abs(p - q), formula="ABS({share}-{their_share})"),
        ))  # fmt: skip
    return Table(
        m.table_no("E-12"), say(m, "table_industries"), columns, tuple(rows),
        source_line=m.say("source.ledger"), notes=(say(m, "note_industries"),),
        key=INDUSTRIES, dense=True,
    )  # fmt: skip
