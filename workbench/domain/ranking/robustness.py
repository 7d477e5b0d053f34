# SPDX-License-Identifier: MIT
"""How well a ranking stands: changed weights, changed scores, tipping weights, left-out rivals."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.domain.ranking.methods import Figures, topsis, weighted_sum

EPSILON = 1e-9
"""Weighted sums that differ by less are a tie."""


class Robustness(StrEnum):
    """How well the first place stands (the rule is text ``ranking.rule``)."""

    STEADY = "稳健"
    FAIRLY = "较稳健"
    UNSTEADY = "不稳健"


@dataclass(frozen=True, slots=True)
class Decision:
    """Alternatives by code with their scores (all: more is better), and the weights."""

    codes: tuple[str, ...]
    rows: tuple[Figures, ...]
    weights: Figures

    def weighing(self, weights: Figures) -> "Decision":
        """Return the same alternatives under other weights."""
        return replace(self, weights=weights)

    def without(self, code: str) -> "Decision":
        """Return the decision among the other alternatives."""
        kept = [i for i, each in enumerate(self.codes) if each != code]
        return Decision(
            tuple(self.codes[i] for i in kept), tuple(self.rows[i] for i in kept), self.weights
        )


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """One weight up or down (a factor of itself), others rescaled: somebody else is first."""

    criterion: int
    change: float
    winner: str


@dataclass(frozen=True, slots=True)
class ScoreFlip:
    """One score of one alternative up or down: somebody else is first."""

    code: str
    criterion: int
    change: float
    winner: str


@dataclass(frozen=True, slots=True)
class Lead:
    """Between which weights of a criterion an alternative is first, others rescaled.

    ``low`` and ``high`` lie within 0–1, both included.
    """

    code: str
    criterion: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reversal:
    """Leaving one alternative out changes TOPSIS's order of the others."""

    left_out: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def swapped(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs that stand the other way round, as they stood before."""
        place = {code: at for at, code in enumerate(self.after)}
        return tuple(
            (first, second)
            for at, first in enumerate(self.before)
            for second in self.before[at + 1 :]
            if place[first] > place[second]
        )


def order(codes: tuple[str, ...], figures: Figures) -> tuple[str, ...]:
    """Return the codes, the largest figure first; ties stand by code."""
    return tuple(code for _, code in sorted(_keys(codes, figures)))


def _keys(codes: tuple[str, ...], figures: Figures) -> Iterator[tuple[float, str]]:
    return ((-round(figure / EPSILON), code) for figure, code in zip(figures, codes, strict=True))


def ranks(codes: tuple[str, ...], figures: Figures) -> dict[str, int]:
    """Return the rank of each code; a tie shares its rank."""
    keys = dict(zip(codes, (key for key, _ in _keys(codes, figures)), strict=True))
    return {code: 1 + sum(other < keys[code] for other in keys.values()) for code in codes}


def leader(decision: Decision) -> str:
    """Return who is first by weighted sum; of a tie, the smallest code."""
    return order(decision.codes, weighted_sum(decision.rows, decision.weights))[0]


def rescaled(weights: Figures, criterion: int, weight: float) -> Figures:
    """Return the weights with one set (0–1) and the others shrunk or grown in proportion."""
    weight = min(max(weight, 0.0), 1.0)
    rest = 1 - weights[criterion]
    if rest <= EPSILON:
        share = (1 - weight) / max(len(weights) - 1, 1)
        return tuple(weight if i == criterion else share for i in range(len(weights)))
    factor = (1 - weight) / rest
    return tuple(weight if i == criterion else w * factor for i, w in enumerate(weights))


def weight_flips(decision: Decision, change: float) -> tuple[WeightFlip, ...]:
    """Return every single weight whose change by ±``change`` of itself alters the first place."""
    first, found = leader(decision), []
    for criterion, weight in enumerate(decision.weights):
        for sign in (1, -1):
            changed = rescaled(decision.weights, criterion, weight * (1 + sign * change))
            winner = leader(decision.weighing(changed))
            if winner != first:
                found.append(WeightFlip(criterion, sign * change, winner))
    return tuple(found)


def score_flips(decision: Decision, change: float) -> tuple[ScoreFlip, ...]:
    """Return every single score whose change by ±``change`` points alters the first place."""
    first = leader(decision)
    sums = dict(zip(decision.codes, weighted_sum(decision.rows, decision.weights), strict=True))
    found = []
    for code, row in zip(decision.codes, decision.rows, strict=True):
        # Only losing points can cost the first place, only gaining them can win it.
        signed = -change if code == first else change
        for criterion, score in enumerate(row):
            moved = min(max(score + signed, 0.0), 100.0) - score
            changed = sums | {code: sums[code] + decision.weights[criterion] * moved}
            winner = order(tuple(changed), tuple(changed.values()))[0]
            if winner != first:
                found.append(ScoreFlip(code, criterion, signed, winner))
    return tuple(found)


def walk(decision: Decision, criterion: int, weight: float) -> Figures:
    """Return the weighted sums when one weight is set (0–1) and the others are rescaled."""
    return weighted_sum(decision.rows, rescaled(decision.weights, criterion, weight))


@dataclass(frozen=True, slots=True)
class LeadSwing:
    """By how many points today's first leads the best other when one weight falls and rises.

    Below zero somebody else is first.
    """

    criterion: int
    down: float
    up: float


def lead_swings(decision: Decision, change: float) -> tuple[LeadSwing, ...]:
    """Return the lead of today's first under each single weight changed by ±``change``."""
    place = decision.codes.index(leader(decision))

    def lead(criterion: int, weight: float) -> float:
        sums = walk(decision, criterion, weight)
        return sums[place] - max(s for at, s in enumerate(sums) if at != place)

    if len(decision.codes) < 2:
        return ()
    return tuple(
        LeadSwing(c, lead(c, weight * (1 - change)), lead(c, weight * (1 + change)))
        for c, weight in enumerate(decision.weights)
    )


def leads(decision: Decision) -> tuple[Lead, ...]:
    """Return, by criterion and alternative, between which weights the alternative is first."""
    found = []
    for criterion in range(len(decision.weights)):
        for place, code in enumerate(decision.codes):
            span = unbeaten(decision, criterion, place)
            if span is not None and span[0] <= span[1]:
                found.append(Lead(code, criterion, *span))
    return tuple(found)


def unbeaten(decision: Decision, criterion: int, place: int) -> tuple[float, float] | None:
    """Return from and up to which weight (0–1) of a criterion nobody is ahead of an alternative.

    The first lies above the second where one rival or another always is, and None is returned
    where the same rival is at every weight.
    """
    rest = walk(decision, criterion, 0.0)
    low, high = 0.0, 1.0
    for other in range(len(decision.codes)):
        at_zero = _beyond_rounding(rest[place] - rest[other])
        at_one = _beyond_rounding(decision.rows[place][criterion] - decision.rows[other][criterion])
        if at_zero < 0 and at_one < 0:
            return None
        if at_zero < 0:
            low = max(low, at_zero / (at_zero - at_one))
        elif at_one < 0:
            high = min(high, at_zero / (at_zero - at_one))
    return low, high


def _beyond_rounding(lead: float) -> float:
    return 0.0 if abs(lead) <= EPSILON else lead


def reversals(decision: Decision) -> tuple[Reversal, ...]:
    """Return each alternative (but the first) whose absence changes TOPSIS's order of the rest."""
    before = order(decision.codes, topsis(decision.rows, decision.weights))
    found = []
    for code in before[:0:-1]:
        fewer = decision.without(code)
        after = order(fewer.codes, topsis(fewer.rows, fewer.weights))
        kept = tuple(each for each in before if each != code)
        if after != kept:
            found.append(Reversal(code, kept, after))
    return tuple(found)


def robustness(
    weight_changes: tuple[WeightFlip, ...], score_changes: tuple[ScoreFlip, ...]
) -> Robustness:
    """Return the label: a flipping weight outweighs a flipping score."""
    if weight_changes:
        return Robustness.UNSTEADY
    return Robustness.FAIRLY if score_changes else Robustness.STEADY
