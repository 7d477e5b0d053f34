# SPDX-License-Identifier: MIT
"""表6-12 to 表6-14: what the weighted sums would be if one weight changed, as live formulas.

A weight w of a criterion with scores s gives w·s + (1 − w)·r, where r is the weighted sum under
the other weights alone: a straight line, by which 表6-5 and 表6-6 find who leads where.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import EPSILON, Decision, unbeaten, walk
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.report.model import NOT_APPLICABLE, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import WEIGHTS
from workbench.domain.report.sections.pathways.ranking import SCORES, path_label, ranked
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

RESTS, SHIFTS, LEADS = "rests", "shifts", "leads"
MOST_LEADS = 10
"""So many pathways fit beside the names of the criteria."""
_TIE = f"{EPSILON / 2:.10f}"
_NOTHING = f"{EPSILON:.9f}"


def weight_formula(place: int, factor: str = "*100") -> str:
    """Return a criterion's weight, in percent."""
    return f"{{{WEIGHTS}!weight@{place + 1}}}{factor}"


def lead_formula(column: str, rivals: int) -> str:
    """Return by how much today's first leads the best other in a column of 表6-13."""
    return f"{{{SHIFTS}!{column}@1}}-MAX({{{SHIFTS}!{column}@2}}:{{{SHIFTS}!{column}@{rivals}}})"


def winner_formula(column: str, rivals: int) -> str:
    """Return who is largest in a column of 表6-13; of a tie, the smallest code."""
    sums, places, codes = (column_range(SHIFTS, key, rivals) for key in (column, "no", "code"))
    best = f"SUMPRODUCT(MAX(({sums}>=MAX({sums})-{_TIE})*({rivals + 1}-{places})))"
    return f"INDEX({codes},MATCH({rivals + 1}-{best},{places},0))"


def tip_formula(place: int, row: int) -> str:
    """Return the weight nearest to today's at which the pathway of a row of 表6-14 leads."""
    criterion = CRITERIA[place].value
    low, high = (f"{{{LEADS}!{end}_{criterion}@{row}}}" for end in ("low", "high"))
    tip = f"IF({low}>{weight_formula(place, '')},{low},{high})*100"
    return f'IF(ISNUMBER({low}),IF({low}>{high},"—",{tip}),"—")'


def shift_tables(m: Material, ranking: Ranking, decision: Decision) -> list[Table]:
    """Return 表6-12 and 表6-13: the sums without each weight, and with it lower and higher."""
    change = ranking.rules.weight_change
    by_code = sorted(decision.codes)
    heads = tuple((Cell(by_code.index(code) + 1), words(code)) for code in decision.codes)
    kinds = {
        "rest": _Kind(0.0, _rest),
        "down": _Kind(1 - change, _with(1 - change)),
        "up": _Kind(1 + change, _with(1 + change)),
    }
    tables = []
    for number, name, keys in (("6-12", RESTS, ("rest",)), ("6-13", SHIFTS, ("down", "up"))):
        columns = [
            Column("no", say(m, "col_place"), 6, ColumnKind.ORDINAL),
            Column("code", say(m, "col_path"), 8, ColumnKind.CODE),
        ]
        cells: list[tuple[Cell, ...]] = []
        for key in keys:
            for place, c in enumerate(CRITERIA):
                title = say(m, f"col_{key}", criterion=criterion_name(m, c),
                            percent=f"{change * 100:g}")  # fmt: skip
                columns.append(Column(f"{key}_{c.value}", title, 11, ColumnKind.NUMBER, 3))
                cells.append(kinds[key].cells(decision, place))
        rows = tuple(
            (*head, *row) for head, row in zip(heads, zip(*cells, strict=True), strict=True)
        )
        tables.append(Table(
            m.table_no(number), say(m, f"table_{name}"), tuple(columns), rows,
            say(m, "unit_scores"), say(m, "source_sensitivity"), (say(m, f"note_{name}"),),
            key=name, apart=name == SHIFTS, dense=True,
        ))  # fmt: skip
    return tables


@dataclass(frozen=True)
class _Kind:
    """The sums with a weight changed by a factor, and how they are written."""

    factor: float
    formula: Callable[[int, int], str]

    def cells(self, decision: Decision, place: int) -> tuple[Cell, ...]:
        sums = walk(decision, place, decision.weights[place] * self.factor)
        return tuple(
            Cell(Decimal(repr(value)), formula=self.formula(place, row))
            for row, value in enumerate(sums, start=1)
        )


def _rest(place: int, row: int) -> str:
    """Return the sum under the other weights alone; without any, all others weigh the same."""
    weight, score = weight_formula(place, ""), f"{{{SCORES}!{CRITERIA[place].value}@{row}}}"
    others = "+".join(f"{{{SCORES}!{c.value}@{row}}}" for c in CRITERIA if c is not CRITERIA[place])
    alone = f"({others})/{len(CRITERIA) - 1}"
    whole = f"({{{SCORES}!weighted@{row}}}-{weight}*{score})/(1-{weight})"
    return f"IF(1-{weight}<={_NOTHING},{alone},{whole})"


def _with(factor: float) -> Callable[[int, int], str]:
    def formula(place: int, row: int) -> str:
        key = CRITERIA[place].value
        weight = f"MIN(1,{weight_formula(place, '')}*{factor:g})"
        return f"{weight}*{{{SCORES}!{key}@{row}}}+(1-{weight})*{{{RESTS}!rest_{key}@{row}}}"

    return formula


def leads_table(m: Material, ranking: Ranking, decision: Decision) -> Table:
    """Return 表6-14: from and up to which weight of each criterion nobody is ahead."""
    columns = [Column("path", say(m, "col_path"), 30)]
    for c in CRITERIA:
        for end in ("low", "high"):
            title = say(m, f"col_lead_{end}", criterion=criterion_name(m, c))
            columns.append(Column(f"{end}_{c.value}", title, 10, ColumnKind.NUMBER, 4))
    rows: list[Row] = []
    for row, placing in enumerate(ranked(ranking)[:MOST_LEADS], start=1):
        cells: list[Cell] = []
        for place, c in enumerate(CRITERIA):
            span = unbeaten(decision, place, row - 1)
            low, high = _ends(c, row, len(decision.codes))
            cells += [_end(span and span[0], low), _end(span and span[1], high)]
        rows.append((words(path_label(m, placing.check)), *cells))
    return Table(
        m.table_no("6-14"), say(m, "table_leads"), tuple(columns), tuple(rows),
        "", say(m, "source_sensitivity"), (say(m, "note_leads"),),
        key=LEADS, apart=True, dense=True,
    )  # fmt: skip


def _end(weight: float | None, formula: str) -> Cell:
    if weight is None:
        return replace(NOT_APPLICABLE, formula=formula)
    return Cell(Decimal(repr(weight)), formula=formula)


def _ends(criterion: Criterion, row: int, rivals: int) -> tuple[str, str]:
    """Return from where and up to where a pathway's line lies on or above every other.

    ``without`` and ``alone`` are its leads over each other at the weights 0 and 1.
    """
    rest, scores = f"rest_{criterion.value}", criterion.value
    without = f"({{{RESTS}!{rest}@{row}}}-{column_range(RESTS, rest, rivals)})"
    alone = f"({{{SCORES}!{scores}@{row}}}-{column_range(SCORES, scores, rivals)})"
    behind, behind_alone = f"({without}<-{_NOTHING})", f"({alone}<-{_NOTHING})"
    crossing = f"{without}/({without}-{alone}+({without}={alone}))"
    never = f"SUMPRODUCT({behind}*{behind_alone})>0"
    low = f"SUMPRODUCT(MAX({behind}*{crossing}))"
    high = f"1-SUMPRODUCT(MAX((1-{behind})*{behind_alone}*(1-{crossing})))"
    return f'IF({never},"—",{low})', f'IF({never},"—",{high})'
