# SPDX-License-Identifier: MIT
"""表6-11, VIKOR step by step with live formulas: losses, utility S, regret R, compromise Q."""

from decimal import Decimal

from workbench.domain.ranking.methods import VIKOR_BALANCE, losses, vikor
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import Decision
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.report.model import Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import WEIGHTS
from workbench.domain.report.sections.pathways.ranking import SCORES, path_label, ranked
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

VIKOR = "vikor"


def vikor_table(m: Material, ranking: Ranking, decision: Decision) -> Table:
    """Return what each pathway loses to the best by criterion, and what that comes to."""
    columns = (
        Column("path", say(m, "col_path"), 24),
        *(Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 4) for c in CRITERIA),
        Column("utility", "S", 12, ColumnKind.NUMBER, 4),
        Column("regret", "R", 12, ColumnKind.NUMBER, 4),
        Column("compromise", "Q", 12, ColumnKind.NUMBER, 4),
    )
    found, count = vikor(decision.rows, decision.weights), len(decision.codes)
    lost = losses(decision.rows, decision.weights)
    first, last = CRITERIA[0].value, CRITERIA[-1].value
    mixed = "+".join(
        f"{share:g}*{_scaled(key, count)}"
        for key, share in (("utility", VIKOR_BALANCE), ("regret", 1 - VIKOR_BALANCE))
    )
    rows: list[Row] = []
    for at, placing in enumerate(ranked(ranking)):
        rows.append((
            words(path_label(m, placing.check)),
            *(
                Cell(Decimal(repr(value)), formula=_loss(place, at + 1, count))
                for place, value in enumerate(lost[at])
            ),
            Cell(Decimal(repr(found.utility[at])), formula=f"SUM({{{first}}}:{{{last}}})"),
            Cell(Decimal(repr(found.regret[at])), formula=f"MAX({{{first}}}:{{{last}}})"),
            Cell(Decimal(repr(found.compromise[at])), formula=mixed),
        ))  # fmt: skip
    return Table(
        m.table_no("6-11"), say(m, "table_vikor"), columns, tuple(rows),
        source_line=say(m, "source_vikor"), notes=(say(m, "note_vikor"),), key=VIKOR, dense=True,
    )  # fmt: skip


def _loss(place: int, row: int, last: int) -> str:
    """Return weight × distance to the best ÷ distance of the worst to the best."""
    key = CRITERIA[place].value
    column = column_range(SCORES, key, last)
    score, weight = f"{{{SCORES}!{key}@{row}}}", f"{{{WEIGHTS}!weight@{place + 1}}}"
    width = f"(MAX({column})-MIN({column}))"
    return f"IF({width}=0,0,{weight}*(MAX({column})-{score})/{width})"


def _scaled(key: str, last: int) -> str:
    column = f"{{{key}@1}}:{{{key}@{last}}}"
    width = f"(MAX({column})-MIN({column}))"
    return f"IF({width}=0,0,({{{key}}}-MIN({column}))/{width})"
