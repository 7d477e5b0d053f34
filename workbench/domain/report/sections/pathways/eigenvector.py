# SPDX-License-Identifier: MIT
"""表6-15, the principal eigenvector of the judgements step by step (power iteration), live."""

from decimal import Decimal
from itertools import islice

from workbench.domain.ranking.pairwise import Judged, iterations
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.report.model import Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

WEIGHTS, EIGENVECTOR = "weights", "eigenvector"
STEPS = 24
"""So many steps settle every matrix that is accepted, other judgements of a reader included."""
_SETTLED = 1e-10


def is_settled(judged: Judged) -> bool:
    """Tell whether the steps of the table come to the weights; those of a wild matrix may not."""
    *_, (weights, _) = islice(iterations(judged.matrix), STEPS)
    return all(abs(a - b) <= _SETTLED * b for a, b in zip(weights, judged.weights, strict=True))


def settled_weight(place: int) -> str:
    """Return a weight as the last step of the table has it."""
    return f"{{{EIGENVECTOR}!{CRITERIA[place].value}@{STEPS}}}"


def eigenvector_table(m: Material, judged: Judged) -> Table:
    """Return the steps: Σ A·w, and the weights A·w ÷ Σ A·w that go into the next."""
    columns = (
        Column("no", say(m, "col_step"), 5, ColumnKind.ORDINAL),
        *(Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 8) for c in CRITERIA),
        Column("whole", "Σ A·w", 12, ColumnKind.NUMBER, 8),
    )
    rows: list[Row] = []
    for step, (weights, whole) in enumerate(islice(iterations(judged.matrix), STEPS), start=1):
        products = [_product(place, step) for place in range(judged.size)]
        rows.append((
            Cell(step),
            *(
                Cell(Decimal(repr(weight)), formula=f"{product}/{{whole}}")
                for weight, product in zip(weights, products, strict=True)
            ),
            Cell(Decimal(repr(whole)), formula="+".join(products)),
        ))  # fmt: skip
    return Table(
        m.table_no("6-15"), say(m, "table_eigenvector"), columns, tuple(rows),
        source_line=say(m, "source_eigenvector"), notes=(say(m, "note_eigenvector"),),
        key=EIGENVECTOR, dense=True,
    )  # fmt: skip


def _product(place: int, step: int) -> str:
    """Return A·w of a criterion with the weights of the step before, equal ones at first."""
    first, last = CRITERIA[0].value, CRITERIA[-1].value
    row = f"{{{WEIGHTS}!{first}@{place + 1}}}:{{{WEIGHTS}!{last}@{place + 1}}}"
    if step == 1:
        return f"SUM({row})/{len(CRITERIA)}"
    return f"SUMPRODUCT({row},{{{first}@{step - 1}}}:{{{last}@{step - 1}}})"
