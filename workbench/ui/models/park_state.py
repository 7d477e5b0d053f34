# SPDX-License-Identifier: MIT
"""The chosen park as the pages see it at one moment: records, computed figures, problems."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checks import check_ledger
from workbench.domain.ledger import Ledger, Record
from workbench.domain.scope import Scope
from workbench.ui.context import UiContext
from workbench.ui.models.asset_figures import NO_FIGURES, AssetFigures, AssetReading
from workbench.ui.models.asset_register import ASSET_ENTITIES, in_register_order
from workbench.ui.models.field_cells import missing_fields
from workbench.ui.models.problems import ProblemIndex


@dataclass(frozen=True)
class ParkState:
    """One snapshot of one park; what is asked for is computed once."""

    ledger: Ledger
    """The park's records, and those that belong to no park, so that none is out of reach."""
    scope: Scope | None
    """None while the project has no park."""
    as_of: date

    @cached_property
    def reading(self) -> AssetReading | None:
        """Return what computes the assets' figures."""
        return None if self.scope is None else AssetReading(self.scope)

    @cached_property
    def figures(self) -> dict[tuple[str, str], AssetFigures]:
        """Return the computed figures of parcels and buildings."""
        return {} if self.reading is None else self.reading.figures()

    @cached_property
    def problems(self) -> ProblemIndex:
        """Return the findings of the ledger's checks."""
        if self.scope is None:
            return ProblemIndex()
        return ProblemIndex.of(check_ledger(self.ledger, self.as_of, self.scope.params))

    @cached_property
    def assets(self) -> list[Record]:
        """Return land, buildings and facilities in the order of the register."""
        return in_register_order(self.ledger)

    @cached_property
    def missing(self) -> int:
        """Return how many needed values of assets are not known."""
        return sum(len(missing_fields(r, CATALOGUE[r.entity])) for r in self.assets)

    def figures_of(self, record: Record) -> AssetFigures:
        """Return an asset's figures; those of anything else are empty."""
        return self.figures.get((record.entity, record.key), NO_FIGURES)

    def asset_count(self) -> int:
        """Return how many assets there are."""
        return sum(len(self.ledger.all(entity)) for entity in ASSET_ENTITIES)


class _Kept:
    """The state made last: pages that follow the same change share it."""

    whole: Ledger | None = None
    key: tuple[str, date] | None = None
    state: ParkState | None = None


def park_state(context: UiContext) -> ParkState:
    """Return the state of the chosen park now."""
    whole = context.services.querying.ledger()
    key = (context.park_key, context.as_of)
    if _Kept.state is not None and _Kept.whole is whole and _Kept.key == key:
        return _Kept.state
    ledger = _within(whole, context.park_key)
    scope = None
    if whole.find("park", context.park_key) is not None:
        scope = context.services.assessing.scope(
            context.park_key, as_of=context.as_of, ledger=ledger
        )
    state = ParkState(ledger, scope, context.as_of)
    _Kept.whole, _Kept.key, _Kept.state = whole, key, state
    return state


def _within(whole: Ledger, park_key: str) -> Ledger:
    """Return the park's records, every park, and what belongs to no park."""
    kept = {}
    for entity in CATALOGUE.ledger():
        rows = whole.all(entity.key)
        if entity.key == "park" or whole.find("park", park_key) is None:
            kept[entity.key] = list(rows)
            continue
        parks = ((record, whole.park_of(record)) for record in rows)
        kept[entity.key] = [r for r, park in parks if park is None or park.key == park_key]
    return Ledger(kept)
