# SPDX-License-Identifier: MIT
"""表6-5 and 表6-6: changed weights, stability intervals, tipping weights; what scores would do."""

from decimal import Decimal

from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import leader, rescaled
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.wording import flip_sentences, reversal_sentences, rule_sentence
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Row,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say

SENSITIVITY = "sensitivity"
_SHOWN = 9
"""So many pathways fit beside the names of the criteria."""


def sensitivity_blocks(m: Material, ranking: Ranking) -> list[Block]:
    """Return how firm the first place is, with the rule and what would change it."""
    if ranking.robustness is None:
        return [NotAssessed(say(m, "no_rival"))]
    share = f"{ranking.rules.weight_change * 100:g}"
    chart = Chart(
        ChartKind.HBAR,
        m.figure_no("6-2"),
        say(m, "chart_lead", percent=share),
        SENSITIVITY,
        "criterion",
        ("lead_down", "lead_up"),
    )
    changes = flip_sentences(ranking, m.words) or [m.words("ranking.no_flips")]
    changes += reversal_sentences(ranking, m.words) or [m.words("ranking.no_reversals")]
    return [
        Paragraph(rule_sentence(ranking, m.words)),
        Paragraph("\n".join(changes), strong=True),
        weights_changed(m, ranking),
        chart,
        tipping_table(m, ranking),
    ]


def weights_changed(m: Material, ranking: Ranking) -> Table:
    """Return 表6-5: who is first, and by how much, with each weight changed; stable between."""
    share = f"{ranking.rules.weight_change * 100:g}"
    columns = (
        Column("criterion", say(m, "col_criterion"), 36),
        Column("weight", say(m, "col_weight_percent"), 12, ColumnKind.NUMBER, 2),
        Column("first_down", say(m, "col_first_down", percent=share), 12, ColumnKind.WORD),
        Column("lead_down", say(m, "col_lead_down", percent=share), 12, ColumnKind.NUMBER, 2),
        Column("first_up", say(m, "col_first_up", percent=share), 12, ColumnKind.WORD),
        Column("lead_up", say(m, "col_lead_up", percent=share), 12, ColumnKind.NUMBER, 2),
        Column("low", say(m, "col_low"), 12, ColumnKind.NUMBER, 2),
        Column("high", say(m, "col_high"), 12, ColumnKind.NUMBER, 2),
    )
    rows = tuple(_changed(m, ranking, place) for place in range(len(CRITERIA)))
    return Table(
        m.table_no("6-5"),
        say(m, "table_sensitivity"),
        columns,
        rows,
        say(m, "unit_sensitivity"),
        say(m, "source_sensitivity"),
        notes=(say(m, "note_sensitivity"),),
        key=SENSITIVITY,
    )


def _changed(m: Material, ranking: Ranking, place: int) -> Row:
    decision, first = ranking.decision, ranking.first
    if decision is None or first is None:
        raise LookupError("nothing is ranked")
    weight, change = decision.weights[place], ranking.rules.weight_change
    swing = next(each for each in ranking.swings if each.criterion == place)
    winners = [
        leader(decision.weighing(rescaled(decision.weights, place, weight * factor)))
        for factor in (1 - change, 1 + change)
    ]
    lead = ranking.lead(first.code, CRITERIA[place])
    return (
        words(criterion_name(m, CRITERIA[place])),
        _percent(weight),
        _winner(winners[0], first.code),
        Cell(Decimal(repr(swing.down))),
        _winner(winners[1], first.code),
        Cell(Decimal(repr(swing.up))),
        _percent(lead.low) if lead else NOT_APPLICABLE,
        _percent(lead.high) if lead else NOT_APPLICABLE,
    )


def _winner(code: str, first: str) -> Cell:
    return Cell(code, tone=Tone.PLAIN if code == first else Tone.BAD)


def _percent(weight: float) -> Cell:
    return Cell(Decimal(repr(weight)) * 100)


def tipping_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-6: the weight of each criterion at which each other pathway becomes first."""
    rivals = [p for p in ranking.placings if p.rank is not None][1 : _SHOWN + 1]
    columns = (
        Column("criterion", say(m, "col_criterion"), 36),
        Column("weight", say(m, "col_weight_percent"), 12, ColumnKind.NUMBER, 2),
        *(Column(p.code.lower(), p.code, 12, ColumnKind.NUMBER, 2) for p in rivals),
    )
    rows = []
    for criterion in CRITERIA:
        tips = [ranking.tipping(placing.code, criterion) for placing in rivals]
        cells = [NOT_APPLICABLE if tip is None else _percent(tip) for tip in tips]
        weight = ranking.weighed.values[criterion]
        rows.append((words(criterion_name(m, criterion)), _percent(weight), *cells))
    return Table(
        m.table_no("6-6"),
        say(m, "table_tipping"),
        columns,
        tuple(rows),
        say(m, "unit_tipping"),
        say(m, "source_sensitivity"),
        notes=(say(m, "note_tipping"),),
    )
