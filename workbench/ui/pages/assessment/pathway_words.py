# SPDX-License-Identifier: MIT
"""Pathways in words for the screen: verdicts, conditions, the finding, rows of the table."""

from workbench.domain.pathways.feasibility import ConditionCheck, Feasibility, PathwayCheck
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.scores import ScoreOrigin
from workbench.domain.ranking.wording import (
    closeness_sentence,
    override_sentence,
    problem_sentence,
    provisional_sentence,
    robustness_word,
    vikor_sentence,
)
from workbench.domain.records.ledger import Ledger
from workbench.ui.pages.assessment.result_words import missing_names
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.read_table import Cell, Row

TONES = {
    Feasibility.OPEN: "success",
    Feasibility.BLOCKED: "danger",
    Feasibility.NOT_YET: "warn",
    Feasibility.PENDING: "neutral",
}
ORIGIN_TONES = {
    ScoreOrigin.AUTO: "info",
    ScoreOrigin.START: "neutral",
    ScoreOrigin.ANALYST: "accent",
}


def path_name(check: PathwayCheck) -> str:
    """Return code and name of a pathway."""
    return f"{check.pathway.code} {check.pathway.name.get(language())}"


def verdict(check: PathwayCheck) -> str:
    """Return whether a pathway is open, in words."""
    return t(f"assessment.verdict_{check.feasibility.name.lower()}")


def condition_words(check: ConditionCheck) -> str:
    """Return a condition in words, with what leads out of it."""
    words = check.text.get(language())
    if check.red_line:
        words += t("assessment.red_line")
    return words + (t("assessment.way_out", code=check.way_out) if check.way_out else "")


def points(value: float | None) -> str:
    """Return a weighted sum with two decimals, "—" when there is none."""
    return "—" if value is None else f"{value:.2f}"


def percent(value: float) -> str:
    """Return a weight as a percentage with one decimal, without the sign."""
    return f"{value * 100:.1f}"


def headline(ranking: Ranking) -> str:
    """Return the finding: who is first, by how much, how firmly."""
    first, label = ranking.first, ranking.robustness
    if ranking.weighed.problem is not None:
        return t("pathways.not_weighed")
    if first is None:
        return t("pathways.nothing_ranked")
    if label is None or ranking.gap is None:
        return t(
            "pathways.first_alone", path=path_name(first.check), weighted=points(first.weighted)
        )
    return t(
        "pathways.first_provisional" if ranking.provisional else "pathways.first",
        path=path_name(first.check),
        weighted=points(first.weighted),
        gap=points(ranking.gap),
        label=robustness_word(label, texts_in_use()),
    )


def remarks(ranking: Ranking) -> list[tuple[str, str]]:
    """Return what must be said beside the finding, each with its tone."""
    words = texts_in_use()
    found: list[tuple[str, str]] = []
    if ranking.weighed.problem is not None:
        found.append((problem_sentence(ranking.weighed.problem, words), "danger"))
    if sentence := provisional_sentence(ranking, words):
        found.append((sentence, "warn"))
    if sentence := closeness_sentence(ranking, words):
        found.append((sentence, "warn"))
    if sentence := vikor_sentence(ranking, words):
        found.append((sentence, "warn"))
    if sentence := override_sentence(ranking, words):
        found.append((sentence, "accent"))
    if not ranking.weighed.weighting.own:
        found.append((t("pathways.unconfirmed"), "text2"))
    started = sum(
        score.origin is ScoreOrigin.START
        for placing in ranking.placings
        if placing.competes
        for score in placing.scores.values()
    )
    if started:
        found.append((t("pathways.started", count=started), "text2"))
    return found


def table_rows(ranking: Ranking, ledger: Ledger) -> list[Row]:
    """Return the ranked pathways, those that something stands against, then what attaches."""
    rows = [_placed(ranking, placing, ledger) for placing in ranking.placings]
    return rows + [_attached(check, ledger) for check in ranking.others]


def _placed(ranking: Ranking, placing: Placing, ledger: Ledger) -> Row:
    check = placing.check
    first, tone = fix_first(check, ledger)
    enabling = ranking.enabling(placing)
    detail = t("pathways.then_first", paths=" ".join(enabling)) if enabling else ""
    chosen = ranking.override is not None and ranking.override.pathway == placing.code
    rank = "—" if placing.rank is None else str(placing.rank)
    muted = "text" if placing.rank is not None else "text3"
    near = "" if placing.topsis is None else f"TOPSIS {placing.topsis:.4f}"
    return Row(
        placing.code,
        (
            Cell(f"{rank} ★" if chosen else rank, strong=True, tone=muted),
            Cell(path_name(check), detail=t(check.pathway.layer.text_key), strong=True),
            Cell(points(placing.weighted), detail=near, tone=muted, strong=placing.rank == 1),
            Cell(verdict(check), detail=_marks(check), tone=TONES[check.feasibility], pill=True),
            Cell(first or "—", detail=detail, tone=tone),
        ),
    )


def _attached(check: PathwayCheck, ledger: Ledger) -> Row:
    first, tone = fix_first(check, ledger)
    return Row(
        check.pathway.code,
        (
            Cell("—", tone="text3"),
            Cell(path_name(check), detail=t(check.pathway.layer.text_key), strong=True),
            Cell("—", tone="text3"),
            Cell(verdict(check), detail=_marks(check), tone=TONES[check.feasibility], pill=True),
            Cell(first or t("pathways.attach"), tone=tone),
        ),
    )


def _marks(check: PathwayCheck) -> str:
    """Return how many preconditions are met, not met, and open."""
    truths = [each.truth for each in check.preconditions]
    marks = ((True, "✔"), (False, "✘"), (None, t("assessment.pending")))
    return "  ".join(f"{mark} {truths.count(truth)}" for truth, mark in marks if truth in truths)


def fix_first(check: PathwayCheck, ledger: Ledger) -> tuple[str, str]:
    """Return what stands in the way, else what has to be found out, with its tone."""
    if check.to_fix:
        return "\n".join(condition_words(each) for each in check.to_fix), "text"
    missing = [cell for each in (*check.preconditions, *check.blocks) for cell in each.missing]
    unique = list(dict.fromkeys(missing))
    return (t("assessment.lacks", names=missing_names(unique, ledger)) if unique else ""), "text3"
