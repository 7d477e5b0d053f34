# SPDX-License-Identifier: MIT
"""Six dimensions of an asset, each scored 0–5 from its indicators: the radar of the comparison.

Weights and anchors are data. A dimension is the mean by weight over the indicators that are known;
without one it is not known. A case is scored by the same anchors, from what its source reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.references import Source

TOP = Decimal(5)
"""The best score."""
_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class DimensionItem:
    """An indicator of a dimension: it scores 0 at ``zero`` and 5 at ``full``, straight between."""

    indicator: str
    weight: Decimal
    zero: Decimal
    full: Decimal

    def score(self, value: Decimal) -> Decimal:
        """Return the score 0–5 of a value in the normalized unit of the indicator."""
        share = (value - self.zero) / (self.full - self.zero)
        return TOP * min(max(share, _ZERO), _ONE)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis; the weights of its indicators sum to 1."""

    id: str
    name: Bilingual
    source: Source
    items: tuple[DimensionItem, ...]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """What a dimension comes to; ``parts`` are the known indicators with value and score."""

    dimension: Dimension
    score: Decimal | None
    parts: tuple[tuple[DimensionItem, Decimal, Decimal], ...]

    @property
    def missing(self) -> Iterator[str]:
        """Yield the indicators of which nothing is known."""
        known = {item.indicator for item, *_ in self.parts}
        return (i.indicator for i in self.dimension.items if i.indicator not in known)


def score(dimension: Dimension, values: Mapping[str, Decimal | None]) -> DimensionScore:
    """Return the score of a dimension from indicator values in normalized units."""
    parts = tuple(
        (item, value, item.score(value))
        for item in dimension.items
        if (value := values.get(item.indicator)) is not None
    )
    weight = sum((item.weight for item, *_ in parts), _ZERO)
    whole = sum((item.weight * points for item, _, points in parts), _ZERO)
    return DimensionScore(dimension, whole / weight if weight else None, parts)
