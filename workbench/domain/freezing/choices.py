# SPDX-License-Identifier: MIT
"""What people decided otherwise between two assessments: weights, scores, the pathway chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import ScoreOrigin

_DIGITS = 4
"""Decimals to which weights are compared, as they are shown in percent with two."""


@dataclass(frozen=True, slots=True)
class ChoiceChange:
    """One decision before and after; None where nobody decided.

    Kinds: ``method`` (of weighing), ``weight`` of a criterion, ``score`` of a pathway by a
    criterion, ``override`` (the pathway chosen by hand). ``reason`` is that of the newer one.
    """

    kind: str
    pathway: str = ""
    criterion: Criterion | None = None
    old: str | Decimal | None = None
    new: str | Decimal | None = None
    reason: str = ""


def choice_changes(old: Ranking, new: Ranking) -> Iterator[ChoiceChange]:
    """Yield what was decided otherwise, in the order in which it is decided."""
    methods = [each.weighed.weighting.method.value for each in (old, new)]
    if methods[0] != methods[1]:
        yield ChoiceChange("method", old=methods[0], new=methods[1])
    before, after = _weights(old), _weights(new)
    for criterion in CRITERIA:
        left, right = before.get(criterion), after.get(criterion)
        if left != right:
            yield ChoiceChange("weight", criterion=criterion, old=left, new=right)
    yield from _scores(old, new)
    chosen = [each.override.pathway if each.override else None for each in (old, new)]
    if chosen[0] != chosen[1]:
        reason = new.override.reason if new.override else ""
        yield ChoiceChange("override", old=chosen[0], new=chosen[1], reason=reason)


def _weights(ranking: Ranking) -> dict[Criterion, Decimal]:
    weights = ranking.weighed.weights
    if weights is None:
        return {}
    shown = (Decimal(str(round(weight, _DIGITS))) for weight in weights)
    return dict(zip(CRITERIA, shown, strict=True))


def _scores(old: Ranking, new: Ranking) -> Iterator[ChoiceChange]:
    """Yield the scores that an analyst gave, changed or took back."""
    before, after = _given(old), _given(new)
    for pathway, criterion in dict.fromkeys([*before, *after]):
        left, right = (side.get((pathway, criterion)) for side in (before, after))
        if left is None or right is None or left[0] != right[0]:
            old_value, new_value = (None if side is None else side[0] for side in (left, right))
            reason = right[1] if right else ""
            yield ChoiceChange("score", pathway, criterion, old_value, new_value, reason)


def _given(ranking: Ranking) -> Mapping[tuple[str, Criterion], tuple[Decimal, str]]:
    return {
        (placing.code, criterion): (score.value, score.reason)
        for placing in ranking.placings
        for criterion, score in placing.scores.items()
        if score.origin is ScoreOrigin.ANALYST
    }
