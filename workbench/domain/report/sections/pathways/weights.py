# SPDX-License-Identifier: MIT
"""表6-3 and 表6-4: judgements, weights and consistency, the random index printed beside them."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.ranking.methods import entropy_spreads
from workbench.domain.ranking.pairwise import LIMIT, RANDOM_INDEX, Judged
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.weighing import WeightMethod
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
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import (
    WEIGHTS,
    is_settled,
    settled_weight,
)
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

N = len(CRITERIA)


def weights_blocks(m: Material, ranking: Ranking) -> list[Block]:
    """Return the weights with their method and matrix, and the consistency."""
    weighed = ranking.weighed
    blocks: list[Block] = [weights_table(m, ranking)]
    if weighed.judged is not None:
        blocks += [consistency_table(m, weighed.judged), random_table(m)]
    return blocks


def weights_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-3: what the weights are made of, the weights, and the proof that they fit it.

    A weight w of a consistent matrix A fulfils A·w = λ·w: the quotient is the same in every row.
    """
    weighed = ranking.weighed
    parts = _Parts(ranking)
    columns = [Column("criterion", say(m, "col_criterion"), 36)]
    if parts.matrix is not None:
        columns += [
            Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 4) for c in CRITERIA
        ]
    if parts.given is not None:
        columns.append(Column("given", say(m, "col_given"), 14, ColumnKind.NUMBER, 4))
    if parts.spreads is not None:
        columns.append(Column("spread", say(m, "col_spread"), 14, ColumnKind.NUMBER, 4))
    columns.append(Column("weight", say(m, "col_weight"), 12, ColumnKind.NUMBER, 4))
    if parts.matrix is not None:
        columns.append(Column("product", "A·w", 12, ColumnKind.NUMBER, 4))
        columns.append(Column("quotient", "A·w ÷ w", 12, ColumnKind.NUMBER, 4))
    rows = tuple((words(criterion_name(m, CRITERIA[at])), *parts.row(at)) for at in range(N))
    return Table(
        m.table_no("6-3"),
        say(m, "table_weights"),
        tuple(columns),
        rows,
        say(m, "method", method=m.label(weighed.weighting.method)),
        say(m, "source_weights"),
        notes=(say(m, "note_weights"),) if parts.matrix is not None else (),
        key=WEIGHTS,
    )


class _Parts:
    """What the weights are made of: judgements, weights by hand, or the spread of the scores."""

    def __init__(self, ranking: Ranking) -> None:
        weighed, decision = ranking.weighed, ranking.decision
        method = weighed.weighting.method
        self.weights = weighed.judged.weights if weighed.judged is not None else weighed.weights
        self.matrix = weighed.judged if weighed.weighting.judgements else None
        self.given = weighed.weighting.manual if method is WeightMethod.MANUAL else None
        self.spreads: Sequence[float] | None = None
        if method is WeightMethod.ENTROPY and decision is not None and len(decision.rows) > 1:
            self.spreads, self._rows = entropy_spreads(decision.rows), len(decision.rows)
        self._settled = self.matrix is not None and is_settled(self.matrix)

    def row(self, place: int) -> Row:
        """Return the cells of a criterion after its name."""
        weight = UNKNOWN
        if self.weights is not None:
            formula = self._weight_formula(place)
            weight = Cell(Decimal(repr(self.weights[place])), formula=formula)
        if self.matrix is not None:
            return (
                *(_judgement(self.matrix, place, column) for column in range(N)),
                weight,
                *_proof(self.matrix, place),
            )
        if self.given is not None:
            stated = self.given.get(CRITERIA[place])
            return (UNKNOWN if stated is None else Cell(stated), weight)
        if self.spreads is not None:
            spread = Decimal(repr(self.spreads[place]))
            return (Cell(spread, formula=_spread_formula(place, self._rows)), weight)
        return (weight,)

    def _weight_formula(self, place: int) -> str:
        if self._settled:
            return settled_weight(place)
        if self.given is not None:
            return f"{{given}}/SUM({{given@1}}:{{given@{N}}})"
        if self.spreads is not None:
            whole = f"SUM({{spread@1}}:{{spread@{N}}})"
            return f"IF({whole}<=0.000000000001,1/{N},{{spread}}/{whole})"
        return ""


def _proof(judged: Judged, place: int) -> tuple[Cell, Cell]:
    product = sum(a * w for a, w in zip(judged.matrix[place], judged.weights, strict=True))
    parts = (f"{{{c.value}}}*{{weight@{other}}}" for other, c in enumerate(CRITERIA, start=1))
    return (
        Cell(Decimal(repr(product)), formula="+".join(parts)),
        Cell(Decimal(repr(product / judged.weights[place])), formula="{product}/{weight}"),
    )


def _spread_formula(place: int, rows: int) -> str:
    """Return 1 + Σ p·ln p ÷ ln n over the shares p of the scores of a criterion."""
    column = column_range("scores", CRITERIA[place].value, rows)
    share = f"{column}/SUM({column})"
    terms = f"SUMPRODUCT({share}*LN({share}+({column}<=0)))"
    return f"IF(SUM({column})=0,0,1+{terms}/LN({rows}))"


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
        Cell(Decimal(repr(judged.random_index)), formula=f"{{random_index!n{judged.size}@1}}"),
        Cell(Decimal(repr(judged.ratio)), formula="{index}/{random}"),
        Cell(
            say(m, "accepted" if judged.acceptable else "refused"),
            formula=f'IF({{ratio}}<{LIMIT:g},"{say(m, "accepted")}","{say(m, "refused")}")',
            tone=tone,
        ),
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
    number, title = m.table_no("6-4b"), say(m, "table_random")
    source = say(m, "source_random")
    return Table(number, title, columns, (row,), source_line=source, key="random_index")
