# SPDX-License-Identifier: MIT
"""The weights of the criteria: from judgements, by hand, or from the scores themselves."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbench.domain.labels import Labelled
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.methods import entropy_weights
from workbench.domain.ranking.pairwise import Judged, JudgementError, judge, reciprocal_matrix
from workbench.domain.ranking.rules import CRITERIA, CriterionPair, criterion_pairs

SUM_TOLERANCE = Decimal("0.0005")
"""How far weights by hand may miss 1, so that rounded ones are taken; they are then rescaled."""


class WeightMethod(Labelled):
    """How weights come about."""

    AHP = "AHP"
    MANUAL = "手工"
    ENTROPY = "熵权"


@dataclass(frozen=True, slots=True)
class WeightProblem:
    """Why weights cannot be used: a sentence ``ranking.<code>``, and the criteria it is about."""

    code: str
    shown: Mapping[str, Any] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    triple: tuple[Criterion, ...] = ()
    """The three criteria whose judgements contradict most."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """What somebody wants the criteria to weigh; ``own`` is False for the starting judgements.

    ``judgements`` may be incomplete, ``manual`` holds fractions of one.
    """

    method: WeightMethod
    judgements: Mapping[CriterionPair, Fraction] = field(default_factory=dict)
    manual: Mapping[Criterion, Decimal] = field(default_factory=dict)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a weighting comes to: weights (sum 1) in the order of the criteria, or why not.

    ``judged`` is there for every complete matrix, accepted or not.
    """

    weighting: Weighting
    weights: tuple[float, ...] | None
    judged: Judged | None = None
    problem: WeightProblem | None = None

    @property
    def values(self) -> dict[Criterion, float]:
        """Return the weights by criterion; empty when they cannot be used."""
        return dict(zip(CRITERIA, self.weights, strict=True)) if self.weights else {}


def weigh(weighting: Weighting, rows: Sequence[Sequence[float]] = ()) -> Weighed:
    """Return the weights; ``rows`` are the scores of the alternatives, for weights by entropy."""
    match weighting.method:
        case WeightMethod.AHP:
            return _by_judgement(weighting)
        case WeightMethod.MANUAL:
            return _by_hand(weighting)
        case WeightMethod.ENTROPY:
            equal = (1 / len(CRITERIA),) * len(CRITERIA)
            return Weighed(weighting, entropy_weights(rows) if rows else equal)


def _by_judgement(weighting: Weighting) -> Weighed:
    given = weighting.judgements
    upper = [[given.get((a, b)) for b in CRITERIA[i + 1 :]] for i, a in enumerate(CRITERIA[:-1])]
    try:
        judged = judge(reciprocal_matrix(upper))
    except JudgementError as error:
        lacking = tuple(dict.fromkeys(CRITERIA[place] for pair in error.pairs for place in pair))
        problem = WeightProblem(error.code, {"count": len(error.pairs)}, lacking)
        return Weighed(weighting, None, problem=problem)
    if judged.acceptable:
        return Weighed(weighting, judged.weights, judged)
    return Weighed(weighting, None, judged, _inconsistent(judged))


def _inconsistent(judged: Judged) -> WeightProblem:
    shown: dict[str, Any] = {"cr": f"{judged.ratio:.3f}"}
    mending = judged.mending
    triple = tuple(CRITERIA[place] for place in judged.worst_triple or ())
    if mending is None:
        return WeightProblem("inconsistent", shown, (), triple)
    shown |= {
        "given": saaty_text(mending.given),
        "value": saaty_text(float(mending.value)),
        "after": f"{mending.ratio:.3f}",
    }
    code = "inconsistent_mend" if mending.enough else "inconsistent_lower"
    return WeightProblem(code, shown, tuple(CRITERIA[place] for place in mending.pair), triple)


def saaty_text(value: float) -> str:
    """Return a judgement as people write it: 3 or 1/3; others with two decimals."""
    if value >= 1:
        return f"{value:.0f}" if math.isclose(value, round(value)) else f"{value:.2f}"
    under = 1 / value
    return f"1/{under:.0f}" if math.isclose(under, round(under)) else f"{value:.2f}"


def _by_hand(weighting: Weighting) -> Weighed:
    given = weighting.manual
    if lacking := [c for c in CRITERIA if c not in given]:
        return Weighed(
            weighting, None, problem=WeightProblem("weights_missing", {}, tuple(lacking))
        )
    if wrong := [c for c in CRITERIA if not 0 <= given[c] <= 1]:
        return Weighed(weighting, None, problem=WeightProblem("weights_range", {}, tuple(wrong)))
    total = sum(given.values(), Decimal(0))
    if abs(total - 1) > SUM_TOLERANCE:
        problem = WeightProblem(
            "weights_sum", {"sum": f"{total * 100:f}", "gap": f"{abs(1 - total) * 100:f}"}
        )
        return Weighed(weighting, None, problem=problem)
    return Weighed(weighting, tuple(float(given[c] / total) for c in CRITERIA))


def in_proportion(manual: Mapping[Criterion, Decimal]) -> dict[Criterion, Decimal]:
    """Return weights by hand scaled to one, to four decimals; the largest takes the rounding."""
    total = sum(manual.values(), Decimal(0))
    if not total:
        return dict(manual)
    step = Decimal("0.0001")
    scaled = {c: (value / total).quantize(step) for c, value in manual.items()}
    largest = max(scaled, key=lambda c: (scaled[c], c.value))
    scaled[largest] += 1 - sum(scaled.values(), Decimal(0))
    return scaled


def starting(judgements: Mapping[CriterionPair, Fraction]) -> Weighting:
    """Return the product's own weighting, which an analyst has not confirmed."""
    return Weighting(
        WeightMethod.AHP, {pair: judgements[pair] for pair in criterion_pairs()}, own=False
    )
