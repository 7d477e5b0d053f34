# SPDX-License-Identifier: MIT
"""The results of an assessment in canonical form, and where two such forms differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from workbench.domain.diagnosis.diagnosing import Distress
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import Finding
from workbench.domain.freezing.canonical import canonical
from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.matching.features import TargetFeatures
from workbench.domain.matching.similarity import CaseMatch
from workbench.domain.pathways.feasibility import PathwayCheck
from workbench.domain.ranking.ranking import Ranking

MOST_MATCHES = 100
"""How many matches are frozen, the best first; a library may hold thousands of cases."""


class Found(Protocol):
    """What an assessment found."""

    @property
    def scope(self) -> Scope: ...  # noqa: D102
    @property
    def indicators(self) -> Mapping[str, IndicatorValue]: ...  # noqa: D102
    @property
    def distresses(self) -> Sequence[Distress]: ...  # noqa: D102
    @property
    def target(self) -> TargetFeatures: ...  # noqa: D102
    @property
    def matches(self) -> Sequence[CaseMatch]: ...  # noqa: D102
    @property
    def pathways(self) -> Sequence[PathwayCheck]: ...  # noqa: D102
    @property
    def ranking(self) -> Ranking: ...  # noqa: D102
    @property
    def findings(self) -> Sequence[Finding]: ...  # noqa: D102


def results_of(found: Found) -> dict[str, Any]:
    """Return everything that an assessment found, in canonical form."""
    return {
        "indicators": {id_: canonical(value) for id_, value in found.indicators.items()},
        "diagnosis": {d.type.code: canonical(d) for d in found.distresses},
        "target": canonical(found.target),
        "matches": {
            match.case.id: {"place": place, **canonical(match)}
            for place, match in enumerate(found.matches[:MOST_MATCHES], start=1)
        },
        "pathways": {
            check.pathway.code: {"feasible": check.feasibility.value, **canonical(check)}
            for check in found.pathways
        },
        "ranking": _ranking(found.ranking),
        "findings": [canonical(finding) for finding in found.findings],
    }


def _ranking(ranking: Ranking) -> dict[str, Any]:
    return {
        "weighed": canonical(ranking.weighed),
        "recommended": ranking.recommended,
        "override": canonical(ranking.override),
        "placings": {
            placing.code: {"rank": placing.rank, **canonical(placing)}
            for placing in ranking.placings
        },
    }


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place in which two canonical forms differ; None stands for nothing there."""

    path: tuple[str, ...]
    old: Any
    new: Any


def deviations(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[Deviation]:
    """Yield every place in which two canonical forms differ, in order."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from deviations(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from deviations(left, right, (*path, str(place)))
    elif old != new or type(old) is not type(new):
        yield Deviation(path, old, new)
