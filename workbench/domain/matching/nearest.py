# SPDX-License-Identifier: MIT
"""The nearest benchmark cases: of a large library they are found first, then compared in full."""

from collections.abc import Sequence

from workbench.domain.cases.case import Case, CaseFeatures, FeatureVocabulary
from workbench.domain.conditions import Lookup
from workbench.domain.matching.similarity import CaseMatch, match_cases

SMALL_LIBRARY = 200
"""Up to so many cases each is compared in full; of more the nearest are found first."""
NEAREST = 50
"""How many of a larger library are compared in full."""


def nearest_cases(
    ours: CaseFeatures,
    cases: Sequence[Case],
    vocabulary: FeatureVocabulary,
    lookup: Lookup | None = None,
    *,
    small: int = SMALL_LIBRARY,
    count: int = NEAREST,
) -> tuple[CaseMatch, ...]:
    """Return all cases of a small library beside our asset, of a larger one the nearest.

    The ranking is that of ``match_cases``, whichever way it was found; raises WeightsError.
    """
    if len(cases) <= small:
        return match_cases(ours, cases, vocabulary, lookup)
    from workbench.domain.matching.index import CaseIndex  # numpy only where it is needed

    index = CaseIndex(cases, vocabulary)
    places = index.nearest([ours], count).case[0]
    return match_cases(ours, [index.cases[at] for at in places], vocabulary, lookup)
