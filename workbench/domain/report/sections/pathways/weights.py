# SPDX-License-Identifier: MIT
"""表6-3 and 表6-4: judgements, weights and consistency, the random index printed beside them."""

from decimal import Decimal

from workbench.domain.ranking.pairwise import LIMIT, RANDOM_INDEX, Judged
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.weighing import Weighed
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    Column,
    ColumnKind,
    Row,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

WEIGHTS = "weights"
N = len(CRITERIA)


def weights_blocks(m: Material, ranking: Ranking) -> list[Block]:
    """Return the weights with their method and matrix, and the consistency."""
    weighed = ranking.weighed
    blocks: list[Block] = [weights_table(m, weighed)]
    if weighed.judged is not None:
        blocks += [consistency_table(m, weighed.judged), random_table(m)]
    return blocks


def weights_table(m: Material, weighed: Weighed) -> Table:
    """Return 表6-3: the matrix (if there is one), the weights, and the proof that they fit it.

    A weight w of a consistent matrix A fulfils A·w = λ·w: the quotient is the same in every row.
    """
    has_matrix = bool(weighed.weighting.judgements) and weighed.judged is not None
    columns = [Column("criterion", say(m, "col_criterion"), 36)]
    if has_matrix:
        columns += [
            Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 4) for c in CRITERIA
        ]
    columns.append(Column("weight", say(m, "col_weight"), 12, ColumnKind.NUMBER, 4))
    if has_matrix:
        columns.append(Column("product", "A·w", 12, ColumnKind.NUMBER, 4))
        columns.append(Column("quotient", "A·w ÷ w", 12, ColumnKind.NUMBER, 4))
    rows = tuple(_row(m, weighed, place, has_matrix=has_matrix) for place in range(N))
    return Table(
        m.table_no("6-3"),
        say(m, "table_weights"),
        tuple(columns),
        rows,
        say(m, "method", method=m.label(weighed.weighting.method)),
        say(m, "source_weights"),
        notes=(say(m, "note_weights"),) if has_matrix else (),
        key=WEIGHTS,
    )


def _row(m: Material, weighed: Weighed, place: int, *, has_matrix: bool) -> Row:
    judged = weighed.judged
    weights = judged.weights if judged is not None else weighed.weights
    weight = UNKNOWN if weights is None else Cell(Decimal(repr(weights[place])))
    name = words(criterion_name(m, CRITERIA[place]))
    if judged is None or not has_matrix:
        return (name, weight)
    matrix = [_judgement(judged, place, column) for column in range(N)]
    product = sum(a * w for a, w in zip(judged.matrix[place], judged.weights, strict=True))
    parts = (f"{{{c.value}}}*{{weight@{other}}}" for other, c in enumerate(CRITERIA, start=1))
    return (
        name,
        *matrix,
        weight,
        Cell(Decimal(repr(product)), formula="+".join(parts)),
        Cell(Decimal(repr(product / judged.weights[place])), formula="{product}/{weight}"),
    )


def _judgement(judged: Judged, row: int, column: int) -> Cell:
    """Return a judgement; below the diagonal a formula that mirrors the upper half."""
    value = Decimal(repr(judged.matrix[row][column]))
    if row <= column:
        return Cell(value)
    return Cell(value, formula=f"1/{{{CRITERIA[row].value}@{column + 1}}}")


def consistency_table(m: Material, judged: Judged) -> Table:
    """Return 表6-4: λmax, CI, RI, CR, and whether the matrix is accepted."""
    columns = (
        Column("what", say(m, "col_what"), 36),
        Column("eigenvalue", "λmax", 12, ColumnKind.NUMBER, 4),
        Column("index", "CI", 12, ColumnKind.NUMBER, 4),
        Column("random", "RI", 12, ColumnKind.NUMBER, 2),
        Column("ratio", "CR", 12, ColumnKind.NUMBER, 4),
        Column("accepted", say(m, "col_accepted"), 12, ColumnKind.WORD),
    )
    tone = Tone.GOOD if judged.acceptable else Tone.BAD
    row = (
        words(say(m, "consistency", n=judged.size)),
        Cell(
            Decimal(repr(judged.largest_eigenvalue)),
            formula=f"AVERAGE({{{WEIGHTS}!quotient@1}}:{{{WEIGHTS}!quotient@{judged.size}}})",
        ),
        Cell(
            Decimal(repr(judged.index)),
            formula=f"MAX(0,({{eigenvalue}}-{judged.size})/({judged.size}-1))",
        ),
        Cell(Decimal(repr(judged.random_index))),
        Cell(Decimal(repr(judged.ratio)), formula="{index}/{random}"),
        Cell(say(m, "accepted" if judged.acceptable else "refused"), tone=tone),
    )
    return Table(
        m.table_no("6-4"),
        say(m, "table_consistency"),
        columns,
        (row,),
        source_line=say(m, "source_consistency", limit=f"{LIMIT:.2f}"),
    )


def random_table(m: Material) -> Table:
    """Return the random index by the number of criteria."""
    columns = (
        Column("n", "n", 36),
        *(Column(f"n{n}", str(n), 12, ColumnKind.NUMBER, 2) for n in RANDOM_INDEX),
    )
    row = (optional("RI"), *(Cell(Decimal(repr(value))) for value in RANDOM_INDEX.values()))
    number, title = m.table_no("6-10"), say(m, "table_random")
    return Table(number, title, columns, (row,), source_line=say(m, "source_random"))
