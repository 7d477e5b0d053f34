# SPDX-License-Identifier: MIT
"""Case matching (对标): which benchmark cases resemble an asset, why, and how much is known.

Gower similarity over the features known on both sides, ranked by similarity × coverage
(domain §5b). Unknown features never count for or against a case; they lower the coverage.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import FEATURES, Case, CaseFeatures, FeatureVocabulary
from workbench.domain.conditions import ConditionError, Lookup
from workbench.domain.matching.gower import SAME, logarithmic, nominal, overlap, pooled

Feature = str | Decimal | frozenset[str]
STANDING_DIGITS = 12
"""Decimals to which similarity × coverage is compared: what is beyond them is rounding."""
ENOUGH_COVERAGE = 0.6
"""Below this coverage a match rests on too little (依据不足)."""
_BELOW_HALF = 0.499


class WeightsError(ValueError):
    """The feature weights do not name every feature once, are negative, or do not sum to 1."""


@dataclass(frozen=True, slots=True)
class FeatureScore:
    """One feature on both sides; ``score`` is None unless both sides are known."""

    name: str
    ours: Feature | None
    theirs: Feature | None
    score: float | None
    weight: float

    @property
    def contribution(self) -> float:
        """Return weight × score, 0 when the feature is not known on both sides."""
        return 0.0 if self.score is None else self.weight * self.score


@dataclass(frozen=True, slots=True)
class PreconditionCheck:
    """A precondition of the case asked of our own asset; truth None is 待核."""

    text: Bilingual
    truth: bool | None
    missing: tuple[str, ...] = ()
    """The names of the condition that are not known."""


@dataclass(frozen=True)
class CaseMatch:
    """One case beside our asset."""

    case: Case
    features: tuple[FeatureScore, ...]
    similarity: float
    coverage: float
    preconditions: tuple[PreconditionCheck, ...] = ()

    @property
    def standing(self) -> float:
        """Return similarity × coverage, by which cases are ranked."""
        return self.similarity * self.coverage

    @property
    def comparable(self) -> bool:
        """Tell whether any feature is known on both sides; without one no likeness is known."""
        return self.coverage > 0

    @property
    def well_founded(self) -> bool:
        """Tell whether enough is known on both sides; otherwise the match is 依据不足."""
        return self.coverage >= ENOUGH_COVERAGE

    @property
    def different(self) -> tuple[FeatureScore, ...]:
        """Return the features that differ, the weightiest difference first.

        Never empty: where nothing is less than half alike the least alike stand here, and where
        all that is known is equal, what cannot be compared.
        """
        known = [f for f in self.features if f.score is not None and f.score < SAME]
        least = min((f.score for f in known if f.score is not None), default=SAME)
        apart = [f for f in known if f.score is not None and f.score <= max(least, _BELOW_HALF)]
        apart.sort(key=lambda f: (f.contribution - f.weight, FEATURES.index(f.name)))
        return tuple(apart) or self.incomparable

    @property
    def nearest(self) -> tuple[FeatureScore, ...]:
        """Return the features that are alike, the weightiest first, none that is a difference.

        What stands among the differences because nothing is less alike is no likeness either.
        """
        apart = self.different
        alike = [each for each in self.features if each.score and each not in apart]
        return tuple(sorted(alike, key=lambda f: (-f.contribution, FEATURES.index(f.name))))

    @property
    def incomparable(self) -> tuple[FeatureScore, ...]:
        """Return the features that one side does not say."""
        return tuple(feature for feature in self.features if feature.score is None)

    @property
    def unmet(self) -> tuple[PreconditionCheck, ...]:
        """Return the preconditions that we lack or do not know."""
        return tuple(check for check in self.preconditions if check.truth is not True)


def check_weights(weights: Mapping[str, Decimal]) -> None:
    """Refuse weights that are not one number ≥ 0 per feature with the sum 1 (± 0.000001)."""
    if set(weights) != set(FEATURES):
        raise WeightsError(f"weights for {sorted(weights)} instead of {sorted(FEATURES)}")
    if min(weights.values()) < 0:
        raise WeightsError("a weight is below 0")
    whole = sum(weights.values(), Decimal(0))
    if abs(whole - 1) > Decimal("0.000001"):
        raise WeightsError(f"the weights sum to {whole}, not 1")


def match_cases(
    ours: CaseFeatures,
    cases: Iterable[Case],
    vocabulary: FeatureVocabulary,
    lookup: Lookup | None = None,
) -> tuple[CaseMatch, ...]:
    """Return every case beside our asset, best first; ties are settled by the case id.

    Raises WeightsError when the weights of the vocabulary are not valid. ``lookup`` gives the
    values by which the preconditions of a case are asked of our asset.
    """
    check_weights(vocabulary.weights)
    matches = [_match(ours, case, vocabulary, lookup) for case in cases]
    return tuple(sorted(matches, key=_rank))


def _rank(match: CaseMatch) -> tuple[float, float, str]:
    standing = round(match.standing, STANDING_DIGITS)
    return -standing, -round(match.coverage, STANDING_DIGITS), match.case.id


def _match(
    ours: CaseFeatures, case: Case, vocabulary: FeatureVocabulary, lookup: Lookup | None
) -> CaseMatch:
    features = tuple(
        _score(name, getattr(ours, name), getattr(case.features, name), vocabulary)
        for name in FEATURES
    )
    whole = pooled((feature.score, feature.weight) for feature in features)
    checks = tuple(_ask(case, lookup)) if lookup else ()
    return CaseMatch(case, features, whole.similarity, whole.coverage, checks)


def _score(
    name: str, ours: Feature | None, theirs: Feature | None, vocabulary: FeatureVocabulary
) -> FeatureScore:
    weight = float(vocabulary.weights[name])
    score = None
    if ours is not None and theirs is not None:
        score = similarity_of(name, ours, theirs, vocabulary.are_adjacent)
    return FeatureScore(name, ours, theirs, score, weight)


def similarity_of(
    name: str, ours: Feature, theirs: Feature, are_adjacent: Callable[[str, str, str], bool]
) -> float | None:
    """Return how alike two known values are, 0–1; None when neither set holds anything.

    Sets by Jaccard; areas by max(0, 1 − |ln(a/b)| / ln 10); choices 1 when equal, ½ when adjacent.
    """
    if isinstance(ours, frozenset) and isinstance(theirs, frozenset):
        return overlap(ours, theirs)
    if isinstance(ours, Decimal) and isinstance(theirs, Decimal):
        return logarithmic(ours, theirs)
    return nominal(ours, theirs, adjacent=are_adjacent(name, str(ours), str(theirs)))


def _ask(case: Case, lookup: Lookup) -> Iterable[PreconditionCheck]:
    for precondition in case.preconditions:
        if precondition.condition is None:
            yield PreconditionCheck(precondition.text, None)
            continue
        try:
            verdict = precondition.condition.evaluate(lookup)
        except ConditionError:
            yield PreconditionCheck(precondition.text, None)
            continue
        yield PreconditionCheck(precondition.text, verdict.truth, verdict.missing)
