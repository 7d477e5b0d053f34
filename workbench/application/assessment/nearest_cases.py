# SPDX-License-Identifier: MIT
"""The nearest cases of many assets at once: one encoding of the library, one ranking."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

from workbench.application.assessment.assessing import AssessingService
from workbench.application.assessment.match_weighing import MatchWeights
from workbench.application.cases.library import CaseLibrary
from workbench.application.ports import Progress, Silent
from workbench.domain.cases.case import Case, CaseFeatures
from workbench.domain.matching.similarity import ENOUGH_COVERAGE
from workbench.domain.records.ledger import Record


@dataclass(frozen=True, slots=True)
class NearCase:
    """One case near an asset."""

    case: Case
    similarity: float
    coverage: float

    @property
    def standing(self) -> float:
        """Return similarity × coverage, by which cases are ranked."""
        return self.similarity * self.coverage

    @property
    def well_founded(self) -> bool:
        """Tell whether enough is known on both sides."""
        return self.coverage >= ENOUGH_COVERAGE


@dataclass(frozen=True, slots=True)
class NearOfAsset:
    """An asset with its features and its nearest cases, best first."""

    asset: Record
    features: CaseFeatures
    cases: tuple[NearCase, ...]


class NearestCases:
    """Ranks the library for each of a park's assets."""

    def __init__(
        self,
        assessing: AssessingService,
        library: CaseLibrary,
        weights: Callable[[str, str], MatchWeights],
    ) -> None:
        self._assessing = assessing
        self._library = library
        self._weights = weights

    def of_park(
        self,
        park_key: str,
        asset_keys: Collection[str] | None = None,
        as_of: date | None = None,
        count: int = 5,
        progress: Progress | None = None,
    ) -> tuple[NearOfAsset, ...]:
        """Return the nearest cases of each parcel and building (or of those asked for).

        Ranked as an assessment of that asset alone ranks them. UsageError for an unknown park or
        asset.
        """
        from workbench.domain.matching.index import CaseIndex  # numpy only where it is needed

        targets = self._assessing.targets(park_key, asset_keys, as_of, progress or Silent())
        weights = self._weights(park_key, "")
        vocabulary = self._assessing.vocabulary()
        if weights.usable:
            vocabulary = replace(vocabulary, weights=weights.values)
        index = CaseIndex(tuple(self._library.all().values()), vocabulary)
        found = index.nearest([features for _, features in targets], count)
        return tuple(
            NearOfAsset(
                asset,
                features,
                tuple(
                    NearCase(index.cases[at], float(alike), float(known))
                    for at, alike, known in zip(
                        found.case[row], found.similarity[row], found.coverage[row], strict=True
                    )
                ),
            )
            for row, (asset, features) in enumerate(targets)
        )
