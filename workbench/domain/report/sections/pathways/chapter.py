# SPDX-License-Identifier: MIT
"""Sheet 6, the pathways (路径比选): which are open, scores, weights, ranking, how firm it is."""

from collections.abc import Iterable

from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.scores import ScoreOrigin
from workbench.domain.ranking.wording import (
    closeness_sentence,
    override_sentence,
    problem_sentence,
    provisional_sentence,
    robustness_word,
    vikor_sentence,
)
from workbench.domain.report.model import (
    Block,
    Chart,
    ChartKind,
    Heading,
    NotAssessed,
    Paragraph,
    Sheet,
    Table,
)
from workbench.domain.report.sections.front import named_by
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.order_checks import order_check
from workbench.domain.report.sections.pathways.drawn import drawn_table, tested_table
from workbench.domain.report.sections.pathways.eigenvector import eigenvector_table, is_settled
from workbench.domain.report.sections.pathways.feasibility import counted, pathways_table
from workbench.domain.report.sections.pathways.origins import origins_table
from workbench.domain.report.sections.pathways.ranking import (
    SCORES,
    STANDING,
    path_label,
    ranked,
    scores_table,
    standing_table,
)
from workbench.domain.report.sections.pathways.ranking_words import say
from workbench.domain.report.sections.pathways.rubric import (
    NO_RIVALS,
    rubric_table,
    while_judged_so,
)
from workbench.domain.report.sections.pathways.sensitivity import sensitivity_blocks
from workbench.domain.report.sections.pathways.shifts import leads_table, shift_tables
from workbench.domain.report.sections.pathways.topsis import topsis_table
from workbench.domain.report.sections.pathways.vikor import vikor_table
from workbench.domain.report.sections.pathways.weights import weights_blocks
from workbench.domain.report.sections.scope_texts import scope_note


def pathways_sheet(m: Material) -> Sheet:
    """Return sheet 6."""
    title = m.say("sheet.pathways")
    if not m.pathways or m.ranking is None:
        return Sheet("pathways", title, title, (NotAssessed(m.say("no_feasibility")),))
    ranking = m.ranking
    blocks: list[Block] = [*scope_note(m), *finding(m, ranking), Paragraph(m.say("layers_note"))]
    blocks += _standing(m, ranking)
    blocks += [Heading(say(m, "heading_feasibility")), Paragraph(counted(m), strong=True)]
    scores = while_judged_so(m, scores_table(m, ranking), "topsis", "rank")
    blocks += [pathways_table(m), Heading(say(m, "heading_scores")), scores]
    blocks += _judged_so(m, order_check(m, scores, "weighted", len(ranked(ranking))))
    blocks += [Heading(say(m, "heading_weights")), *_weights(m, ranking)]
    found = sensitivity_blocks(m, ranking)
    blocks += [Heading(say(m, "heading_sensitivity")), *_judged_so(m, found)]
    blocks.append(Paragraph(say(m, "workings_in_annex")))
    return Sheet("pathways", title, title, tuple(blocks))


def _standing(m: Material, ranking: Ranking) -> list[Block]:
    """Return where the pathways stand and its figure, which fill the first page of the chapter."""
    if ranking.decision is None:
        return []
    chart = Chart(
        ChartKind.HBAR,
        m.figure_no("6-1"),
        say(m, "chart_weighted"),
        STANDING,
        "path",
        ("weighted",),
        maximum=100,
    )
    return [while_judged_so(m, standing_table(m, ranking), "topsis", "vikor"), chart]


def _judged_so(m: Material, blocks: Iterable[Block]) -> list[Block]:
    """Return blocks of which the tables over the scores are 待核 once these are."""
    return [while_judged_so(m, each) if isinstance(each, Table) else each for each in blocks]


def _weights(m: Material, ranking: Ranking) -> list[Block]:
    blocks = weights_blocks(m, ranking)
    return _judged_so(m, blocks) if any(_of_scores(block) for block in blocks) else blocks


def _of_scores(table: Block) -> bool:
    """Tell whether a table of weights takes them from the scores."""
    rows = table.rows if isinstance(table, Table) else ()
    return any(f"{{{SCORES}!" in cell.formula for row in rows for cell in row)


def workings(m: Material) -> list[Block]:
    """Return for the annex what the scores were made from, and the methods step by step."""
    ranking = m.ranking
    if not m.pathways or ranking is None:
        return []
    origins = while_judged_so(m, origins_table(m, ranking), NO_RIVALS)
    blocks: list[Block] = [Heading(say(m, "heading_origins")), origins]
    blocks += [rubric_table(m), drawn_table(m, ranking)]
    if (by_scenario := tested_table(m, ranking)) is not None:
        blocks.append(by_scenario)
    if ranking.decision is not None:
        decision = ranking.decision
        steps: list[Block] = [topsis_table(m, ranking), vikor_table(m, ranking, decision)]
        if ranking.robustness is not None:
            steps += [*shift_tables(m, ranking, decision), leads_table(m, ranking, decision)]
        blocks += [Heading(say(m, "heading_topsis")), *_judged_so(m, steps)]
    judged = ranking.weighed.judged
    if judged is not None and is_settled(judged):
        blocks.append(eigenvector_table(m, judged))
    return blocks


def finding(m: Material, ranking: Ranking) -> list[Block]:
    """Say who is first and how firmly, what a person decided, and what must be known beside it."""
    found: list[Block] = []
    if ranking.weighed.problem is not None:
        found.append(NotAssessed(problem_sentence(ranking.weighed.problem, m.words)))
    elif ranking.first is not None:
        found.append(Paragraph(first_text(m, ranking), strong=True))
    else:
        found.append(NotAssessed(say(m, "nothing_ranked")))
    if sentence := provisional_sentence(ranking, m.words, named=named_by(m)):
        found.append(NotAssessed(say(m, "sentence", text=sentence)))
    if sentence := closeness_sentence(ranking, m.words):
        found.append(Paragraph(say(m, "sentence", text=sentence), strong=True))
    if sentence := vikor_sentence(ranking, m.words):
        found.append(Paragraph(say(m, "sentence", text=sentence), strong=True))
    if sentence := override_sentence(ranking, m.words):
        found.append(Paragraph(say(m, "sentence", text=sentence), strong=True))
    if not ranking.weighed.weighting.own:
        found.append(Paragraph(say(m, "unconfirmed")))
    started = sum(
        score.origin is ScoreOrigin.START
        for placing in ranking.placings
        if placing.competes
        for score in placing.scores.values()
    )
    if started:
        found.append(Paragraph(say(m, "started", count=started)))
    return found


def first_text(m: Material, ranking: Ranking) -> str:
    """Return the first place with its lead and how firm it is."""
    first, label = ranking.first, ranking.robustness
    if first is None or first.weighted is None:
        return say(m, "nothing_ranked")
    name = path_label(m, first.check)
    words = say(m, "first_alone", path=name, weighted=f"{first.weighted:.2f}")
    if label is not None and ranking.gap is not None:
        words = say(
            m,
            "first_provisional" if provisional_sentence(ranking, m.words) else "first",
            path=name,
            weighted=f"{first.weighted:.2f}",
            gap=f"{ranking.gap:.2f}",
            label=robustness_word(label, m.words),
        )
    return words
