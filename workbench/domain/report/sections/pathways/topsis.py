# SPDX-License-Identifier: MIT
"""表6-8, TOPSIS step by step with live formulas: weighted scores, distances, nearness."""

import math
from decimal import Decimal

from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.report.model import Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import WEIGHTS
from workbench.domain.report.sections.pathways.ranking import SCORES, path_label, ranked
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

TOPSIS = "topsis"


def topsis_table(m: Material, ranking: Ranking) -> Table:
    """Return the weighted, normalized scores of what competes, both distances and the nearness."""
    columns = (
        Column("path", say(m, "col_path"), 36),
        *(Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 4) for c in CRITERIA),
        Column("ideal", say(m, "col_to_ideal"), 12, ColumnKind.NUMBER, 4),
        Column("worst", say(m, "col_to_worst"), 12, ColumnKind.NUMBER, 4),
        Column("nearness", "TOPSIS", 12, ColumnKind.NUMBER, 4),
    )
    return Table(
        m.table_no("6-8"),
        say(m, "table_topsis"),
        columns,
        _rows(m, ranking),
        source_line=say(m, "source_topsis"),
        notes=(say(m, "note_topsis"),),
        key=TOPSIS,
        apart=True,
    )


def _rows(m: Material, ranking: Ranking) -> tuple[Row, ...]:
    placings, weights = ranked(ranking), ranking.weighed.weights or ()
    lengths = [math.sqrt(math.fsum(p.row[at] ** 2 for p in placings)) for at in range(len(weights))]
    scaled = [
        [w * s / d if d else 0.0 for w, s, d in zip(weights, p.row, lengths, strict=True)]
        for p in placings
    ]
    best = [max(column) for column in zip(*scaled, strict=True)]
    least = [min(column) for column in zip(*scaled, strict=True)]
    rows = []
    for at, (placing, values) in enumerate(zip(placings, scaled, strict=True), start=1):
        rows.append(
            (
                words(path_label(m, placing.check)),
                *(
                    Cell(Decimal(repr(value)), formula=_scaled(place, at, len(placings)))
                    for place, value in enumerate(values)
                ),
                Cell(
                    Decimal(repr(math.dist(values, best))), formula=_distance("MAX", len(placings))
                ),
                Cell(
                    Decimal(repr(math.dist(values, least))), formula=_distance("MIN", len(placings))
                ),
                Cell(
                    Decimal(repr(placing.topsis)),
                    formula="IF({ideal}+{worst}=0,0.5,{worst}/({ideal}+{worst}))",
                ),
            )
        )
    return tuple(rows)


def _scaled(place: int, row: int, last: int) -> str:
    """Return weight × score ÷ length of the column of scores."""
    key = CRITERIA[place].value
    column = f"{{{SCORES}!{key}@1}}:{{{SCORES}!{key}@{last}}}"
    score, weight = f"{{{SCORES}!{key}@{row}}}", f"{{{WEIGHTS}!weight@{place + 1}}}"
    return f"IF(SUMSQ({column})=0,0,{weight}*{score}/SQRT(SUMSQ({column})))"


def _distance(end: str, last: int) -> str:
    """Return the distance of a row to the best (MAX) or worst (MIN) of every column."""
    parts = (f"({{{c.value}}}-{end}({{{c.value}@1}}:{{{c.value}@{last}}}))^2" for c in CRITERIA)
    return f"SQRT({'+'.join(parts)})"
