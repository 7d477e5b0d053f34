# SPDX-License-Identifier: MIT
"""表6-5 and 表6-6: changed weights, stability intervals, tipping weights; what scores would do."""

from dataclasses import replace
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
from workbench.domain.report.sections.pathways.ranking import ranked
from workbench.domain.report.sections.pathways.ranking_words import criterion_name, say
from workbench.domain.report.sections.pathways.shifts import (
    LEADS,
    MOST_LEADS,
    lead_formula,
    tip_formula,
    weight_formula,
    winner_formula,
)

SENSITIVITY = "sensitivity"


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
        Paragraph("\n".join(say(m, "sentence", text=each) for each in changes), strong=True),
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
    criterion, rivals = CRITERIA[place], len(decision.codes)
    lead = ranking.lead(first.code, criterion)
    low, high = (f"{{{LEADS}!{end}_{criterion.value}@1}}*100" for end in ("low", "high"))
    return (
        words(criterion_name(m, criterion)),
        _percent(weight, weight_formula(place)),
        _winner(winners[0], first.code, winner_formula(f"down_{criterion.value}", rivals)),
        Cell(Decimal(repr(swing.down)), formula=lead_formula(f"down_{criterion.value}", rivals)),
        _winner(winners[1], first.code, winner_formula(f"up_{criterion.value}", rivals)),
        Cell(Decimal(repr(swing.up)), formula=lead_formula(f"up_{criterion.value}", rivals)),
        _percent(lead.low, low) if lead else NOT_APPLICABLE,
        _percent(lead.high, high) if lead else NOT_APPLICABLE,
    )


def _winner(code: str, first: str, formula: str) -> Cell:
    return Cell(code, formula=formula, tone=Tone.PLAIN if code == first else Tone.BAD)


def _percent(weight: float, formula: str) -> Cell:
    return Cell(Decimal(repr(weight)) * 100, formula=formula)


def _tip(weight: float | None, formula: str) -> Cell:
    return replace(NOT_APPLICABLE, formula=formula) if weight is None else _percent(weight, formula)


def tipping_table(m: Material, ranking: Ranking) -> Table:
    """Return 表6-6: the weight of each criterion at which each other pathway becomes first."""
    rivals = ranked(ranking)[1:MOST_LEADS]
    columns = (
        Column("criterion", say(m, "col_criterion"), 36),
        Column("weight", say(m, "col_weight_percent"), 12, ColumnKind.NUMBER, 2),
        *(Column(p.code.lower(), p.code, 12, ColumnKind.NUMBER, 2) for p in rivals),
    )
    rows = []
    for place, criterion in enumerate(CRITERIA):
        cells = [
            _tip(ranking.tipping(placing.code, criterion), tip_formula(place, row))
            for row, placing in enumerate(rivals, start=2)
        ]
        weight = _percent(ranking.weighed.values[criterion], weight_formula(place))
        rows.append((words(criterion_name(m, criterion)), weight, *cells))
    return Table(
        m.table_no("6-6"),
        say(m, "table_tipping"),
        columns,
        tuple(rows),
        say(m, "unit_tipping"),
        say(m, "source_sensitivity"),
        notes=(say(m, "note_tipping"),),
    )
