# SPDX-License-Identifier: MIT
"""The ranking in words: where a score comes from, why weights cannot be used, how firm it is."""

from collections.abc import Callable, Iterable

from workbench.domain.bilingual import Bilingual
from workbench.domain.facts.missing_names import Words
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import Robustness
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import KEEP_AS_IS, Score, ScoreOrigin
from workbench.domain.ranking.weighing import WeightProblem

_LABELS = {
    Robustness.STEADY: "ranking.steady",
    Robustness.FAIRLY: "ranking.fairly",
    Robustness.UNSTEADY: "ranking.unsteady",
}


def names_of(criteria: Iterable[Criterion], words: Words) -> str:
    """Return the names of criteria, listed."""
    return words("ranking.comma").join(words(criterion.text_key) for criterion in criteria)


def problem_sentence(problem: WeightProblem, words: Words) -> str:
    """Say why weights cannot be used, which judgement disturbs, and what would mend it."""
    names = [words(criterion.text_key) for criterion in problem.criteria]
    params = dict(problem.shown) | {
        "names": words("ranking.comma").join(names),
        "triple": names_of(problem.triple, words),
    }
    if problem.code.startswith("inconsistent_"):
        params |= {"first": names[0], "second": names[1]}
    return words(f"ranking.{problem.code}", **params)


def score_sentence(score: Score, words: Words) -> str:
    """Say where a score comes from; an analyst's also what stood there before, and why."""
    shown = {
        name: value.get(words.language) if isinstance(value, Bilingual) else value
        for name, value in score.shown.items()
    }
    prefilled = words(score.trace.formula, **shown)
    if score.origin is not ScoreOrigin.ANALYST:
        return prefilled
    before = "—" if score.instead_of is None else f"{score.instead_of.normalize():f}"
    return words("ranking.by_analyst", reason=score.reason, before=before, prefilled=prefilled)


def robustness_word(label: Robustness, words: Words) -> str:
    """Return a robustness in words."""
    return words(_LABELS[label])


def flip_sentences(ranking: Ranking, words: Words) -> list[str]:
    """Say which changes put somebody else first: weights one by one, scores by pathway."""
    found = []
    for flip in ranking.weight_flips:
        name = words(CRITERIA[flip.criterion].text_key)
        percent = f"{flip.change * 100:+.0f}".replace("-", "−")
        found.append(words("ranking.weight_flip", name=name, change=percent, path=flip.winner))
    grouped: dict[tuple[str, float, str], list[Criterion]] = {}
    for moved in ranking.score_flips:
        key = (moved.code, moved.change, moved.winner)
        grouped.setdefault(key, []).append(CRITERIA[moved.criterion])
    for (code, change, winner), criteria in grouped.items():
        points = f"{change:+.0f}".replace("-", "−")
        names = names_of(criteria, words)
        found.append(
            words("ranking.score_flip", path=code, names=names, change=points, winner=winner)
        )
    return found


def closeness_sentence(ranking: Ranking, words: Words) -> str:
    """Say that a person must judge, and why; "" when the first place is clear."""
    first = ranking.first
    if not ranking.close or first is None or ranking.gap is None:
        return ""
    if ranking.topsis_first != first.code:
        return words("ranking.methods_differ", first=first.code, topsis=ranking.topsis_first)
    return words("ranking.narrow", gap=f"{ranking.gap:.2f}", close=f"{ranking.rules.close:g}")


def vikor_sentence(ranking: Ranking, words: Words, named: Callable[[str], str] = str) -> str:
    """Say that VIKOR puts another first, or two too near for its own condition; "" for neither.

    The first has an acceptable advantage if Q of the second is at least 1/(n−1) higher
    (Opricovic & Tzeng 2007).
    """
    rows = [(p.vikor, p.code) for p in ranking.placings if p.vikor is not None]
    first, by_vikor = ranking.first, ranking.vikor_first
    if first is None or len(rows) <= 1:
        return ""
    if by_vikor != first.code:
        return words("ranking.vikor_differs", first=named(first.code), vikor=named(by_vikor))
    [ahead] = (q for q, code in rows if code == by_vikor)
    near, second = min(each for each in rows if each[1] != by_vikor)
    least = 1 / (len(rows) - 1)
    if near - ahead >= least:
        return ""
    return words(
        "ranking.vikor_near", first=named(by_vikor), second=named(second),
        gap=f"{near - ahead:.4f}", least=f"{least:.4f}",
    )  # fmt: skip


def provisional_sentence(
    ranking: Ranking, words: Words, most: int = 0, named: Callable[[str], str] = str
) -> str:
    """Say that the first place only stands first for the time being, and why; "" if it is firm.

    Of those that may pass it ``most`` are told and the rest is counted; 0 tells all. ``named``
    gives what a code is called.
    """
    first = ranking.first
    if first is None or not ranking.provisional:
        return ""
    contenders = sorted(ranking.contenders.items(), key=lambda each: (-each[1], each[0]))
    told = contenders[:most] if most else contenders
    rivals = words("ranking.comma").join(
        words("ranking.rival", path=named(code), points=f"{points:.2f}") for code, points in told
    )
    if len(contenders) > len(told):
        rivals = words("ranking.rivals_more", rivals=rivals, count=len(contenders))
    passed = words("ranking.may_pass", rivals=rivals) if rivals else ""
    if first.code == KEEP_AS_IS:
        return words("ranking.provisional_as_is", count=len(ranking.pending)) + passed
    checks = (*first.check.preconditions, *first.check.blocks)
    if count := sum(check.truth is None for check in checks):
        return words("ranking.provisional", path=named(first.code), count=count) + passed
    return words("ranking.provisional_passed", path=named(first.code), rivals=rivals)


def reversal_sentences(ranking: Ranking, words: Words) -> list[str]:
    """Say whose absence changes TOPSIS's order of the others, once for the same change."""
    left_out: dict[str, list[str]] = {}
    for each in ranking.reversals:
        pairs = words("ranking.comma").join("/".join(pair) for pair in each.swapped)
        left_out.setdefault(pairs, []).append(each.left_out)
    return [
        words("ranking.reversal", path=words("ranking.or").join(paths), pairs=pairs)
        for pairs, paths in left_out.items()
    ]


def rule_sentence(ranking: Ranking, words: Words) -> str:
    """Return the rule by which a first place is called firm."""
    return words(
        "ranking.rule",
        weight=f"{ranking.rules.weight_change * 100:g}",
        score=f"{ranking.rules.score_change:g}",
        close=f"{ranking.rules.close:g}",
    )


def override_sentence(ranking: Ranking, words: Words) -> str:
    """Say what a person recommends, why, and what the computation says about it; "" if nothing."""
    override = ranking.override
    if override is None:
        return ""
    placing = ranking.placing(override.pathway)
    params = {"path": override.pathway, "reason": override.reason, "author": override.author or "—"}
    if placing is None or placing.rank is None:
        return words("ranking.override_unranked", **params)
    return words("ranking.override", rank=placing.rank, **params)
