# SPDX-License-Identifier: MIT
"""A ranking as a JSON document: scores with origins, weights, robustness, what to judge by hand."""

from workbench.application.plain import Plain, plain
from workbench.application.ports import Texts
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import Score
from workbench.domain.ranking.weighing import Weighed, saaty_text
from workbench.domain.ranking.wording import (
    closeness_sentence,
    override_sentence,
    problem_sentence,
    provisional_sentence,
    reversal_sentences,
    rule_sentence,
    score_sentence,
    vikor_sentence,
)

Document = dict[str, Plain]
_POINTS, _SHARE = 2, 4


def placing_report(ranking: Ranking, code: str, texts: Texts) -> Document:
    """Return scores, figures, rank and what comes first of one pathway; null where not ranked."""
    placing = ranking.placing(code)
    if placing is None:
        return {"scores": {}, "weighted": None, "topsis": None, "rank": None}
    return {
        "scores": {c.value: plain(score.value) for c, score in placing.scores.items()},
        "score_origins": {c.value: _score(score, texts) for c, score in placing.scores.items()},
        "weighted": _rounded(placing.weighted, _POINTS),
        "topsis": _rounded(placing.topsis, _SHARE),
        "vikor": _rounded(placing.vikor, _SHARE),
        "rank": placing.rank,
        "first": list(ranking.enabling(placing)),
        "tipping": {c.value: _rounded(ranking.tipping(code, c), _SHARE) for c in CRITERIA},
        "bundles": [
            {"code": bundle.code, "steps": [*bundle.steps], "overlays": [*bundle.overlays]}
            for bundle in ranking.bundles_with(code)
        ],
        "overlays": [
            {"code": each.pathway.code, "feasible": each.feasibility.value}
            for each in ranking.overlays_for(code)
        ],
    }


def _score(score: Score, texts: Texts) -> Plain:
    return {
        "origin": score.origin.value,
        "from": score_sentence(score, texts),
        "reason": score.reason or None,
        "missing": [
            {"entity": m.entity, "key": m.key, "field": m.field} for m in score.trace.missing
        ],
    }


def ranking_report(ranking: Ranking, texts: Texts) -> Document:
    """Return weights, robustness, the recommendation and what a person must judge."""
    label, override = ranking.robustness, ranking.override
    return {
        "weights": _weights(ranking.weighed, texts),
        "robustness": {
            "label": None if label is None else label.value,
            "flips": _flips(ranking),
            "rule": rule_sentence(ranking, texts),
            "intervals": _intervals(ranking),
            "rank_reversals": list(reversal_sentences(ranking, texts)),
        },
        "recommended": ranking.recommended or None,
        "first_by": {
            "weighted": ranking.first.code if ranking.first else None,
            "topsis": ranking.topsis_first or None,
            "vikor": ranking.vikor_first or None,
        },
        "contenders": {c: _rounded(v, _POINTS) for c, v in sorted(ranking.contenders.items())},
        "provisional": provisional_sentence(ranking, texts) or None,
        "close": closeness_sentence(ranking, texts) or None,
        "vikor": vikor_sentence(ranking, texts) or None,
        "override": None
        if override is None
        else {
            "pathway": override.pathway,
            "reason": override.reason,
            "author": override.author or None,
            "text": override_sentence(ranking, texts),
        },
    }


def _weights(weighed: Weighed, texts: Texts) -> Plain:
    judged, problem = weighed.judged, weighed.problem
    return {
        "method": weighed.weighting.method.value,
        "confirmed": weighed.weighting.own,
        "cr": None if judged is None else _rounded(judged.ratio, _SHARE),
        "ci": None if judged is None else _rounded(judged.index, _SHARE),
        "ri": None if judged is None else judged.random_index,
        "lambda_max": None if judged is None else _rounded(judged.largest_eigenvalue, _SHARE),
        "values": {c.value: _rounded(w, _SHARE) for c, w in weighed.values.items()},
        "judgements": {
            f"{a.value}/{b.value}": saaty_text(float(value))
            for (a, b), value in weighed.weighting.judgements.items()
        },
        "problem": None if problem is None else problem_sentence(problem, texts),
    }


def _flips(ranking: Ranking) -> list[Plain]:
    by_weight: list[Plain] = [
        {
            "kind": "weight",
            "criterion": CRITERIA[flip.criterion].value,
            "change": flip.change,
            "first": flip.winner,
        }
        for flip in ranking.weight_flips
    ]
    by_score: list[Plain] = [
        {
            "kind": "score",
            "pathway": flip.code,
            "criterion": CRITERIA[flip.criterion].value,
            "change": flip.change,
            "first": flip.winner,
        }
        for flip in ranking.score_flips
    ]
    return by_weight + by_score


def _intervals(ranking: Ranking) -> Plain:
    """Return between which weights of each criterion the first place stays."""
    code = ranking.first.code if ranking.first else ""
    found: dict[str, Plain] = {}
    for criterion in CRITERIA:
        if lead := ranking.lead(code, criterion):
            found[criterion.value] = [_rounded(lead.low, _SHARE), _rounded(lead.high, _SHARE)]
    return found


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
