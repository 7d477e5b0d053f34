# SPDX-License-Identifier: MIT
"""表6-7: every score with what stands for it: starting value, rule, or somebody's judgement."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import HIGHEST, Score, ScoreOrigin
from workbench.domain.ranking.wording import score_sentence
from workbench.domain.report.model import NOT_APPLICABLE, Cell, Column, ColumnKind, Row, Table, Tone
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.prefilled import Prefilled
from workbench.domain.report.sections.pathways.ranking import (
    ORIGIN_TONES,
    ORIGINS,
    path_label,
)
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say
from workbench.domain.report.sections.steps.step_words import quoted, to_verify


def origins_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-7: every score with its origin, and what would make it firmer."""
    columns = (
        Column("path", say(m, "col_path"), 28),
        Column("criterion", say(m, "col_criterion"), 17),
        Column("start", say(m, "col_start"), 8, ColumnKind.NUMBER, 1),
        Column("auto", say(m, "col_auto"), 8, ColumnKind.NUMBER, 1),
        Column("by_hand", say(m, "col_hand"), 8, ColumnKind.NUMBER, 1),
        Column("score", say(m, "col_score"), 8, ColumnKind.NUMBER, 1),
        Column("origin", say(m, "col_origin"), 9, ColumnKind.WORD),
        Column("sentence", say(m, "col_from"), 70),
        Column("missing", m.say("col.missing"), 30),
    )
    rows = [
        row
        for placing in ranking.placings
        for row in _rows(m, placing, Prefilled(m, ranking, placing))
    ]
    return Table(
        m.table_no("6-7"),
        say(m, "table_origins"),
        columns,
        tuple(rows),
        source_line=say(m, "source_origins"),
        notes=(say(m, "note_origins"),),
        key=ORIGINS,
        dense=True,
    )


def _rows(m: Material, placing: Placing, prefilled: Prefilled) -> list[Row]:
    return [_row(m, placing, criterion, prefilled.formula(criterion)) for criterion in CRITERIA]


def _row(m: Material, placing: Placing, criterion: Criterion, formula: str) -> Row:
    score = placing.scores[criterion]
    lacks = m.missing_names(score.trace.missing, 4) if score.trace.missing else "—"
    return (
        words(path_label(m, placing.check)),
        words(criterion_name(m, criterion)),
        Cell(_starting(placing, criterion)),
        _auto(score, formula),
        Cell(score.value, tone=Tone.STRONG) if _is_by_hand(score) else NOT_APPLICABLE,
        Cell(score.value, formula=_counting(m), tone=ORIGIN_TONES[score.origin]),
        Cell(m.label(score.origin), formula=_origin(m)),
        words(score_sentence(score, m.words)),
        Cell(lacks, tone=Tone.MUTED),
    )


def _is_by_hand(score: Score) -> bool:
    return score.origin is ScoreOrigin.ANALYST


def _starting(placing: Placing, criterion: Criterion) -> Decimal:
    starting = placing.check.pathway.starting_scores or {}
    return starting.get(criterion, HIGHEST)


def _auto(score: Score, formula: str) -> Cell:
    cell = NOT_APPLICABLE if score.computed is None else Cell(score.computed)
    return replace(cell, formula=formula)


def _counting(m: Material) -> str:
    """Return the score that counts: somebody's, else the rule's, else the starting value."""
    rest = f"IF(ISNUMBER({{auto}}),{{auto}},IF(ISNUMBER({{start}}),{{start}},{to_verify(m)}))"
    return f"IF(ISNUMBER({{by_hand}}),{{by_hand}},{rest})"


def _origin(m: Material) -> str:
    hand, auto, start = (
        quoted(m.label(each)) for each in (ScoreOrigin.ANALYST, ScoreOrigin.AUTO, ScoreOrigin.START)
    )
    return f"IF(ISNUMBER({{by_hand}}),{hand},IF(ISNUMBER({{auto}}),{auto},{start}))"
