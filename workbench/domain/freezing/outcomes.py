# SPDX-License-Identifier: MIT
"""The results of an assessment as two of them are compared: by what they are of, rounded."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Context, Decimal
from types import MappingProxyType
from typing import Any

from workbench.domain.figures.scale import ScaleFigure, scale
from workbench.domain.findings import Finding
from workbench.domain.freezing.results import Found

_DIGITS = Context(prec=20)


def sizes(found: Found) -> Mapping[str, ScaleFigure]:
    """Return how large the whole park is."""
    scope = found.scope
    return scale(scope if scope.whole_park else replace(scope, asset_keys=None))


def _known_sizes(found: Found) -> dict[str, Decimal | None]:
    return {key: figure.value for key, figure in sizes(found).items()}


def values(found: Found) -> dict[str, tuple[Decimal | None, str]]:
    """Return the indicators: value, to twenty digits, and band.

    Beyond them a sum in another order differs, which is no change.
    """
    return {
        id_: (value.value and _DIGITS.plus(value.value), value.band.value)
        for id_, value in found.indicators.items()
    }


def severities(found: Found) -> dict[str, tuple[int, str, Decimal]]:
    """Return the types of distress: severity, level and confidence."""
    return {
        d.type.code: (d.severity, d.level.value, round(d.confidence, 4)) for d in found.distresses
    }


def standings(found: Found) -> dict[str, tuple[int, float, float]]:
    """Return the cases: place, similarity and coverage."""
    return {
        match.case.id: (place, round(match.similarity, 4), round(match.coverage, 4))
        for place, match in enumerate(found.matches, start=1)
    }


def verdicts(found: Found) -> dict[str, str]:
    """Return which pathways are feasible."""
    return {check.pathway.code: check.feasibility.value for check in found.pathways}


def weighted(found: Found) -> dict[str, float | None]:
    """Return the weighted scores of the pathways, to four decimals."""
    return {
        placing.code: None if placing.weighted is None else round(placing.weighted, 4)
        for placing in found.ranking.placings
    }


def ranks(found: Found) -> dict[str, int | None]:
    """Return the places of the pathways in the ranking."""
    return {placing.code: placing.rank for placing in found.ranking.placings}


def complaints(found: Found) -> dict[tuple[str, ...], Finding]:
    """Return the complaints about ledger records by code and place; the last of one place."""
    return {(f.code, f.entity, f.key, f.field): f for f in found.findings if f.entity}


RESULTS: Mapping[str, Callable[[Found], Mapping[Any, Any]]] = MappingProxyType(
    {
        "scale": _known_sizes,
        "indicator": values,
        "diagnosis": severities,
        "match": standings,
        "pathway": verdicts,
        "score": weighted,
        "rank": ranks,
        "finding": complaints,
    }
)
"""The results of each kind of change, by what they are of."""
