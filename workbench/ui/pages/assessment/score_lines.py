# SPDX-License-Identifier: MIT
"""The scores behind an indicator: land use goal by goal (I-41), firms by grade (I-13)."""

from workbench.domain.display import grouped
from workbench.domain.figures.grading import grading_of
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.intensity import intensity
from workbench.ui.texts import language, t

LAND_USE, TAX_PER_MU = "I-41", "I-13"
Lines = list[tuple[str, str]]


def score_lines(indicator: str, scope: Scope) -> tuple[str, Lines]:
    """Return a heading and lines of name and score; no lines for other indicators."""
    if indicator == LAND_USE:
        return t("assessment.score_table"), _land_use(scope)
    if indicator == TAX_PER_MU:
        return t("assessment.grade_counts"), _grades(scope)
    return "", []


def _land_use(scope: Scope) -> Lines:
    found = intensity(scope, Reading(scope.params, scope.shared))
    if found is None:
        return []
    score, lines = found[0], []
    for goal in score.goals:
        name = f"{goal.goal.code} {goal.goal.name.get(language())}"
        words = t("assessment.score_line", name=name, weight=goal.goal.weight)
        lines.append((words, grouped(goal.score, 2)))
        for part in goal.parts:
            lines += [(t(i.item.measure.text_key), grouped(i.score, 2)) for i in part.items]
    return [*lines, (t(score.tier.text_key), grouped(score.total, 2))]


def _grades(scope: Scope) -> Lines:
    grading = grading_of(scope, Reading(scope.params, scope.shared))
    if grading is None or not any(firm.rank for firm in grading.firms):
        return []
    lines = [(name, str(grading.count(name))) for name in grading.classes]
    scheme = grading.scheme.name.get(language())
    words = t("assessment.grade_scheme", name=scheme, waiting=grading.count(None))
    return [*lines, (words, "")]
