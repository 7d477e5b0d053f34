# SPDX-License-Identifier: MIT
"""Ranks what is open among the pathways, says how firm that is, and keeps the rest with reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.domain.pathways.feasibility import Feasibility, PathwayCheck
from workbench.domain.pathways.pathway import Bundle, Criterion, Layer
from workbench.domain.ranking.methods import topsis, vikor, weighted_sum
from workbench.domain.ranking.robustness import (
    Decision,
    Lead,
    LeadSwing,
    Reversal,
    Robustness,
    ScoreFlip,
    WeightFlip,
    lead_swings,
    leads,
    order,
    ranks,
    reversals,
    robustness,
    score_flips,
    weight_flips,
)
from workbench.domain.ranking.rules import CRITERIA, RankingRules
from workbench.domain.ranking.scores import HIGHEST, KEEP_AS_IS, ScoreOrigin, Scores
from workbench.domain.ranking.weighing import Weighed, Weighting, weigh

OVERLAYS = (Layer.FINANCING_OVERLAY, Layer.GOVERNANCE_OVERLAY, Layer.FINANCING_EXIT)
_COMPETING = frozenset({Feasibility.OPEN, Feasibility.PENDING})


@dataclass(frozen=True, slots=True)
class Override:
    """A person's choice against (or with) the computed first place, and why."""

    pathway: str
    reason: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """One pathway in the ranking; figures are None for what does not compete.

    ``weighted`` (0–100) is given for every scored pathway once there are weights.
    """

    check: PathwayCheck
    scores: Scores
    weighted: float | None = None
    topsis: float | None = None
    vikor: float | None = None
    rank: int | None = None

    @property
    def code(self) -> str:
        """Return the pathway's code."""
        return self.check.pathway.code

    @property
    def competes(self) -> bool:
        """Tell whether nothing known stands in the way."""
        return self.check.feasibility in _COMPETING

    @property
    def row(self) -> tuple[float, ...]:
        """Return the scores in the order of the criteria."""
        return tuple(float(self.scores[criterion].value) for criterion in CRITERIA)


@dataclass(frozen=True)
class Ranking:
    """The scored pathways: those that compete by rank, then those that something stands against.

    ``weighed.weights`` None means that the weights cannot be used: nothing is ranked then.
    """

    rules: RankingRules
    weighed: Weighed
    placings: tuple[Placing, ...]
    others: tuple[PathwayCheck, ...]
    """Enabling steps, overlays and exits, which are never ranked."""
    bundles: tuple[Bundle, ...] = ()
    override: Override | None = None

    @cached_property
    def decision(self) -> Decision | None:
        """Return what competes under these weights, or None."""
        competing = [placing for placing in self.placings if placing.rank is not None]
        if self.weighed.weights is None or not competing:
            return None
        return Decision(
            tuple(placing.code for placing in competing),
            tuple(placing.row for placing in competing),
            self.weighed.weights,
        )

    def placing(self, code: str) -> Placing | None:
        """Return a pathway's place, or None for one that is not scored."""
        return next((placing for placing in self.placings if placing.code == code), None)

    @property
    def first(self) -> Placing | None:
        """Return the computed first place."""
        found = self.placings[0] if self.placings else None
        return found if found is not None and found.rank is not None else None

    @property
    def pending(self) -> tuple[Placing, ...]:
        """Return the ranked pathways of which something must still be verified."""
        return tuple(
            placing
            for placing in self.placings
            if placing.rank is not None and placing.check.feasibility is Feasibility.PENDING
        )

    @cached_property
    def contenders(self) -> Mapping[str, float]:
        """Return what would pass the first if all that is unknown about it turned out well.

        By code, the weighted sum with full compliance; an analyst's own score is left alone.
        """
        first, weights = self.first, self.weighed.weights
        if first is None or first.weighted is None or weights is None:
            return {}
        found = {}
        for placing in self.pending:
            score = placing.scores[Criterion.COMPLIANCE]
            if placing.weighted is None or score.origin is ScoreOrigin.ANALYST:
                continue
            gain = weights[CRITERIA.index(Criterion.COMPLIANCE)] * float(HIGHEST - score.value)
            if placing.code != first.code and placing.weighted + gain > first.weighted:
                found[placing.code] = placing.weighted + gain
        return found

    @property
    def provisional(self) -> bool:
        """Tell whether the first place may only stand first because too little is known.

        Either it is not verified itself, or it is keeping things as they are, which needs no
        precondition, while an action is not verified, or such an action would pass it.
        """
        first = self.first
        if first is None:
            return False
        as_is = first.code == KEEP_AS_IS and bool(self.pending)
        return first in self.pending or as_is or bool(self.contenders)

    @property
    def recommended(self) -> str:
        """Return the pathway that a person chose, else the first place, else ""."""
        if self.override is not None:
            return self.override.pathway
        return self.first.code if self.first else ""

    @property
    def topsis_first(self) -> str:
        """Return who is first by TOPSIS, "" when nothing is ranked."""
        return self._best({p.code: p.topsis for p in self.placings if p.topsis is not None})

    @property
    def vikor_first(self) -> str:
        """Return who is first by VIKOR, where less is better."""
        return self._best({p.code: -p.vikor for p in self.placings if p.vikor is not None})

    @staticmethod
    def _best(figures: Mapping[str, float]) -> str:
        return order(tuple(figures), tuple(figures.values()))[0] if figures else ""

    @property
    def gap(self) -> float | None:
        """Return by how many points the first leads the second, None without a second."""
        ranked = [p.weighted for p in self.placings if p.rank is not None]
        if len(ranked) < 2 or ranked[0] is None or ranked[1] is None:
            return None
        return ranked[0] - ranked[1]

    @property
    def close(self) -> bool:
        """Tell whether a person must judge: methods disagree, or the lead is below three points."""
        if self.gap is None or self.first is None:
            return False
        return self.gap < self.rules.close or self.topsis_first != self.first.code

    @cached_property
    def weight_flips(self) -> tuple[WeightFlip, ...]:
        """Return the single weights whose change alters the first place."""
        return weight_flips(self.decision, self.rules.weight_change) if self.decision else ()

    @cached_property
    def score_flips(self) -> tuple[ScoreFlip, ...]:
        """Return the single scores whose change alters the first place."""
        return score_flips(self.decision, self.rules.score_change) if self.decision else ()

    @cached_property
    def leads(self) -> tuple[Lead, ...]:
        """Return between which weights each pathway is first."""
        return leads(self.decision) if self.decision else ()

    @cached_property
    def swings(self) -> tuple[LeadSwing, ...]:
        """Return the lead of the first place under each changed weight."""
        return lead_swings(self.decision, self.rules.weight_change) if self.decision else ()

    @cached_property
    def reversals(self) -> tuple[Reversal, ...]:
        """Return whose absence changes TOPSIS's order of the others."""
        return reversals(self.decision) if self.decision else ()

    @property
    def robustness(self) -> Robustness | None:
        """Return how firm the first place is, None without a rival."""
        if self.decision is None or len(self.decision.codes) < 2:
            return None
        return robustness(self.weight_flips, self.score_flips)

    def lead(self, code: str, criterion: Criterion) -> Lead | None:
        """Return between which weights of a criterion a pathway is first, or None if never."""
        place = CRITERIA.index(criterion)
        return next((x for x in self.leads if (x.code, x.criterion) == (code, place)), None)

    def tipping(self, code: str, criterion: Criterion) -> float | None:
        """Return the weight nearest to today's at which a pathway that is not first becomes so."""
        found, weights = self.lead(code, criterion), self.weighed.weights
        if found is None or weights is None or (self.first and code == self.first.code):
            return None
        today = weights[CRITERIA.index(criterion)]
        return found.low if found.low > today else found.high

    def enabling(self, placing: Placing) -> tuple[str, ...]:
        """Return the pathways that must come first, or that are the way out."""
        ways = (check.way_out for check in placing.check.to_fix if check.way_out)
        return tuple(dict.fromkeys(ways))

    def bundles_with(self, code: str) -> tuple[Bundle, ...]:
        """Return the bundles in which a pathway is a step, their order kept."""
        return tuple(bundle for bundle in self.bundles if code in bundle.steps)

    def overlays_for(self, code: str) -> tuple[PathwayCheck, ...]:
        """Return the overlays that bundles attach to an action, else every one that is open."""
        overlays = [each for each in self.others if each.pathway.layer in OVERLAYS]
        wanted = {o for bundle in self.bundles_with(code) for o in bundle.overlays}
        if code == KEEP_AS_IS:
            return ()
        return tuple(
            each
            for each in overlays
            if each.pathway.code in wanted or each.feasibility in _COMPETING
        )

    def weighed_by(self, weighting: Weighting) -> "Ranking":
        """Return the ranking of the same scores under other weights."""
        scored = [(placing.check, placing.scores) for placing in self.placings]
        return _ranked(scored, weighting, self.rules, self.others, self.bundles, self.override)


Scored = Sequence[tuple[PathwayCheck, Scores]]


def rank_pathways(
    checks: Sequence[PathwayCheck],
    scores: Mapping[str, Scores],
    weighting: Weighting,
    rules: RankingRules,
    bundles: Sequence[Bundle] = (),
    override: Override | None = None,
) -> Ranking:
    """Return the ranking of the checked pathways; those without scores never compete."""
    scored = [(check, scores[code]) for check in checks if (code := check.pathway.code) in scores]
    others = tuple(check for check in checks if check.pathway.code not in scores)
    return _ranked(scored, weighting, rules, others, tuple(bundles), override)


def _ranked(
    scored: Scored,
    weighting: Weighting,
    rules: RankingRules,
    others: tuple[PathwayCheck, ...],
    bundles: tuple[Bundle, ...],
    override: Override | None,
) -> Ranking:
    plain = [Placing(check, scores) for check, scores in scored]
    # A fixed order, so that sums of the same numbers are the same to the last bit.
    plain.sort(key=lambda placing: placing.code)
    competing = [placing for placing in plain if placing.competes]
    weighed = weigh(weighting, [placing.row for placing in competing])
    if weighed.weights is None:
        placings = tuple(sorted(plain, key=lambda p: (not p.competes, p.code)))
        return Ranking(rules, weighed, placings, others, bundles, override)
    placings = _placed(plain, competing, weighed.weights)
    return Ranking(rules, weighed, placings, others, bundles, override)


def _placed(
    plain: Sequence[Placing], competing: Sequence[Placing], weights: tuple[float, ...]
) -> tuple[Placing, ...]:
    codes = tuple(placing.code for placing in competing)
    rows = [placing.row for placing in competing]
    sums = dict(
        zip((p.code for p in plain), weighted_sum([p.row for p in plain], weights), strict=True)
    )
    near = dict(zip(codes, topsis(rows, weights), strict=True)) if rows else {}
    mixed = dict(zip(codes, vikor(rows, weights).compromise, strict=True)) if rows else {}
    places = ranks(codes, tuple(sums[code] for code in codes))
    placed = [
        Placing(
            p.check,
            p.scores,
            sums[p.code],
            near.get(p.code),
            mixed.get(p.code),
            places.get(p.code),
        )
        for p in plain
    ]
    following = order(tuple(sums), tuple(sums.values()))
    by_sum = {code: place for place, code in enumerate(following)}
    placed.sort(key=lambda p: (p.rank is None, by_sum[p.code]))
    return tuple(placed)
