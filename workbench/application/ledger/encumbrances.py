# SPDX-License-Identifier: MIT
"""What burdens the assets: what ends when, and what blocks what."""

from datetime import date

from workbench.application.assessment.assessing import AssessingService
from workbench.application.ledger.querying import Querying
from workbench.application.ports import Clock
from workbench.domain.content import Content
from workbench.domain.pathways.blocking import Burden, burdens_of
from workbench.domain.records.expiries import Expiry, expiries
from workbench.domain.records.ledger import Record
from workbench.domain.records.neighbourhood import neighbourhood


class Encumbrances:
    """Reads encumbrances against the as-of date."""

    def __init__(
        self, querying: Querying, assessing: AssessingService, content: Content, clock: Clock
    ) -> None:
        self._querying = querying
        self._assessing = assessing
        self._content = content
        self._clock = clock

    def expiries(
        self, park_key: str = "", as_of: date | None = None, within: int | None = None
    ) -> list[Expiry]:
        """Return what has not ended, overdue first; of one park, or of the whole project."""
        ledger = self._querying.ledger()
        rows = ledger.all("encumbrance")
        if park_key:
            parks = ((row, ledger.park_of(row)) for row in rows)
            rows = [row for row, park in parks if park is not None and park.key == park_key]
        return expiries(ledger, rows, self._day(as_of), within)

    def blocks(self, asset: Record, as_of: date | None = None) -> tuple[Burden, ...]:
        """Return what each encumbrance of a parcel or building blocks; none without a park."""
        ledger = self._querying.ledger()
        park = ledger.park_of(asset)
        if park is None:
            return ()
        near = neighbourhood(ledger, asset)
        scope = self._assessing.scope(park.key, [asset.key], self._day(as_of), near)
        return burdens_of(scope, self._content.pathways.values())

    def burdened(self, park_key: str, as_of: date | None = None) -> list[Record]:
        """Return the parcels and buildings of a park that an encumbrance may burden."""
        found: dict[str, Record] = {}
        for item in self.expiries(park_key, as_of):
            if item.asset is not None:
                found.setdefault(item.asset.key, item.asset)
        return list(found.values())

    def _day(self, as_of: date | None) -> date:
        return as_of or self._clock.now().date()
