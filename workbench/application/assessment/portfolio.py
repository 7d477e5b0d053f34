# SPDX-License-Identifier: MIT
"""Many parks or assets side by side: the same indicators of each, ranked by how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workbench.application.ports import Progress, Silent, tracked
from workbench.domain.content import Content
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.indicators.indicator import Band, IndicatorValue, by_indicator, evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.natural_order import natural_order
from workbench.domain.records.ledger import Ledger, Record

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessingService

PARK_INDICATORS = (
    "I-01", "I-04", "I-05", "I-06", "I-13", "I-15", "I-16", "I-18", "I-23", "I-42", "I-52",
)  # fmt: skip
ASSET_INDICATORS = ("I-01", "I-04", "I-06", "I-14", "I-15", "I-16", "I-17", "I-23", "I-46")
"""What is compared; an asset has no figures of the whole park."""
MOST_ASSETS = 300
"""How many assets are computed at once; the rest is named, never dropped silently."""


@dataclass(frozen=True)
class PortfolioRow:
    """One park or asset with its indicators."""

    record: Record
    park: Record
    values: Mapping[str, IndicatorValue]

    def count(self, band: Band) -> int:
        """Return how many indicators are in a band."""
        return sum(value.band is band for value in self.values.values())

    @property
    def standing(self) -> tuple[int, int, int, tuple[int | str, ...], str]:
        """Return by what rows are ranked: most red, then yellow, then least known, then name."""
        return (
            -self.count(Band.RED),
            -self.count(Band.YELLOW),
            -self.count(Band.PENDING),
            natural_order(self.record.label),
            self.record.key,
        )


@dataclass(frozen=True)
class Portfolio:
    """The rows in their ranking, the indicators compared, and how many assets were left out.

    ``ledger`` and ``as_of`` are those of the figures, so that each can be explained as it was.
    """

    rows: tuple[PortfolioRow, ...]
    indicators: tuple[str, ...]
    ledger: Ledger
    as_of: date
    left_out: int = 0

    def scope_of(self, assessing: "AssessingService", row: PortfolioRow) -> Scope:
        """Return what the figures of a row were computed from."""
        return _scope(assessing, self.ledger, row.record, row.park, self.as_of)


def of_parks(
    assessing: "AssessingService",
    content: Content,
    ledger: Ledger,
    as_of: date,
    progress: Progress | None = None,
) -> Portfolio:
    """Return every park of a project."""
    parks = in_order(ledger.all("park"))
    rows = [
        _row(assessing, content, ledger, park, park, as_of, PARK_INDICATORS)
        for park in tracked(parks, progress or Silent())
    ]
    ranked = tuple(sorted(rows, key=lambda row: row.standing))
    return Portfolio(ranked, PARK_INDICATORS, ledger, as_of)


def of_assets(
    assessing: "AssessingService",
    content: Content,
    ledger: Ledger,
    park: Record,
    as_of: date,
    progress: Progress | None = None,
) -> Portfolio:
    """Return the buildings of a park, and its parcels without a building."""
    scope = assessing.scope(park.key, None, as_of, ledger)
    built = {building.text("parcel") for building in scope.buildings}
    assets = [*scope.buildings, *(p for p in scope.parcels if p.key not in built)]
    chosen: Sequence[Record] = assets[:MOST_ASSETS]
    rows = [
        _row(assessing, content, ledger, asset, park, as_of, ASSET_INDICATORS)
        for asset in tracked(chosen, progress or Silent())
    ]
    ranked = tuple(sorted(rows, key=lambda row: row.standing))
    return Portfolio(ranked, ASSET_INDICATORS, ledger, as_of, len(assets) - len(chosen))


def _row(
    assessing: "AssessingService",
    content: Content,
    ledger: Ledger,
    record: Record,
    park: Record,
    as_of: date,
    ids: tuple[str, ...],
) -> PortfolioRow:
    scope = _scope(assessing, ledger, record, park, as_of)
    references = by_indicator(content.indicator_references)
    return PortfolioRow(
        record, park, {id_: evaluate(INDICATORS[id_], scope, references) for id_ in ids}
    )


def _scope(
    assessing: "AssessingService", ledger: Ledger, record: Record, park: Record, as_of: date
) -> Scope:
    assets = None if record.entity == "park" else [record.key]
    return assessing.scope(park.key, assets, as_of, ledger)
