# SPDX-License-Identifier: MIT
"""表6-2 and 表6-0, the scores with their weighted sums and ranks, and what each method says."""

from decimal import Decimal

from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import ScoreOrigin
from workbench.domain.ranking.wording import robustness_word
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Cell,
    Column,
    ColumnKind,
    Row,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.eigenvector import WEIGHTS
from workbench.domain.report.sections.pathways.feasibility import VERDICT_TONES
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

TIED = 9
"""Decimals that tell weighted sums apart (``robustness.EPSILON``): a tie shares its rank."""
SCORES, STANDING, ORIGINS = "scores", "standing", "origins"
ORIGIN_TONES = {
    ScoreOrigin.AUTO: Tone.PLAIN,
    ScoreOrigin.START: Tone.MUTED,
    ScoreOrigin.ANALYST: Tone.STRONG,
}


def path_label(m: Material, check: PathwayCheck) -> str:
    """Return code and name of a pathway."""
    return f"{check.pathway.code} {m.text(check.pathway.name)}"


def number(value: float | None, formula: str = "") -> Cell:
    """Return a computed figure; what does not compete has none."""
    return NOT_APPLICABLE if value is None else Cell(Decimal(repr(value)), formula=formula)


def ranked(ranking: Ranking) -> list[Placing]:
    """Return what competes, by rank."""
    return [placing for placing in ranking.placings if placing.rank is not None]


def scores_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-2 评分: six scores, weighted sum, TOPSIS, rank, robustness, changes by hand."""
    columns = (
        Column("path", say(m, "col_path"), 36),
        *(Column(c.value, criterion_name(m, c), 12, ColumnKind.NUMBER, 1) for c in CRITERIA),
        Column("weighted", say(m, "col_weighted"), 12, ColumnKind.NUMBER, 2),
        Column("topsis", "TOPSIS", 10, ColumnKind.NUMBER, 4),
        Column("rank", say(m, "col_rank"), 8, ColumnKind.ORDINAL),
        Column("firm", say(m, "col_robustness"), 12, ColumnKind.WORD),
        Column("by_hand", say(m, "col_by_hand"), 34),
    )
    rows = tuple(_scored(m, ranking, placing) for placing in ranking.placings)
    return Table(
        m.table_no("6-2"),
        say(m, "table_scores"),
        columns,
        rows,
        say(m, "unit_scores"),
        say(m, "source_scores"),
        notes=(say(m, "note_scores"),),
        frozen_columns=1,
        key=SCORES,
    )


def _scored(m: Material, ranking: Ranking, placing: Placing) -> Row:
    decision = ranking.decision
    weights = decision is not None or placing.weighted is not None
    parts = (
        f"{{{c.value}}}*{{{WEIGHTS}!weight@{place}}}" for place, c in enumerate(CRITERIA, start=1)
    )
    weighted = number(placing.weighted, "+".join(parts) if weights else "")
    is_first = ranking.first is not None and placing.code == ranking.first.code
    label = ranking.robustness if is_first else None
    return (
        words(path_label(m, placing.check)),
        *(_score_cell(placing, c, _origin_of(ranking, placing, c)) for c in CRITERIA),
        weighted,
        _nearness(ranking, placing),
        _rank(ranking, placing),
        optional(robustness_word(label, m.words) if label else _verdict(m, placing)),
        optional(_by_hand(m, ranking, placing) or "—"),
    )


def _score_cell(placing: Placing, criterion: Criterion, formula: str) -> Cell:
    score = placing.scores[criterion]
    return Cell(score.value, formula=formula, tone=ORIGIN_TONES[score.origin])


def _origin_of(ranking: Ranking, placing: Placing, criterion: Criterion) -> str:
    """Return the score in the table that says where it comes from."""
    row = ranking.placings.index(placing) * len(CRITERIA) + CRITERIA.index(criterion) + 1
    return f"{{{ORIGINS}!score@{row}}}"


def _nearness(ranking: Ranking, placing: Placing) -> Cell:
    """Return TOPSIS's figure, taken live from the table that computes it."""
    codes = [each.code for each in ranked(ranking)]
    if placing.code not in codes:
        return number(None)
    return number(placing.topsis, f"{{topsis!nearness@{codes.index(placing.code) + 1}}}")


def _rank(ranking: Ranking, placing: Placing) -> Cell:
    if placing.rank is None:
        return NOT_APPLICABLE
    others = f"{{weighted@1}}:{{weighted@{len(ranked(ranking))}}}"
    better = f"(ROUND({others},{TIED})>ROUND({{weighted}},{TIED}))"
    return Cell(placing.rank, formula=f"1+SUMPRODUCT({better}*1)")


def _verdict(m: Material, placing: Placing) -> str:
    """Return why a pathway does not compete, "—" for one that does."""
    return "—" if placing.competes else m.say(f"verdict.{placing.check.feasibility.name.lower()}")


def _by_hand(m: Material, ranking: Ranking, placing: Placing) -> str:
    """Return what people changed about a pathway, with their reasons."""
    said = []
    for criterion, score in placing.scores.items():
        if score.origin is ScoreOrigin.ANALYST:
            before = "—" if score.instead_of is None else f"{score.instead_of.normalize():f}"
            said.append(
                say(
                    m,
                    "changed_score",
                    name=criterion_name(m, criterion),
                    before=before,
                    after=f"{score.value.normalize():f}",
                    reason=score.reason,
                )
            )
    if ranking.override is not None and ranking.override.pathway == placing.code:
        said.append(say(m, "recommended", reason=ranking.override.reason))
    return "\n".join(said)


def standing_table(m: Material, ranking: Ranking) -> Table:
    """Return what competes by rank: three methods side by side, verdict, what comes first."""
    columns = (
        Column("path", say(m, "col_path"), 36),
        Column("weighted", say(m, "col_weighted"), 12, ColumnKind.NUMBER, 2),
        Column("topsis", "TOPSIS", 12, ColumnKind.NUMBER, 4),
        Column("vikor", say(m, "col_vikor"), 12, ColumnKind.NUMBER, 4),
        Column("verdict", m.say("col.conclusion"), 12, ColumnKind.WORD),
    )
    rows = tuple(_standing(m, placing, at) for at, placing in enumerate(ranked(ranking), start=1))
    return Table(
        m.table_no("6-0"),
        say(m, "table_standing"),
        columns,
        rows,
        source_line=say(m, "source_standing"),
        key=STANDING,
    )


def _standing(m: Material, placing: Placing, row: int) -> Row:
    verdict = placing.check.feasibility
    return (
        words(path_label(m, placing.check)),
        number(placing.weighted, f"{{{SCORES}!weighted@{row}}}"),
        number(placing.topsis, f"{{{SCORES}!topsis@{row}}}"),
        number(placing.vikor, f"{{vikor!compromise@{row}}}"),
        Cell(m.say(f"verdict.{verdict.name.lower()}"), tone=VERDICT_TONES[verdict]),
    )
