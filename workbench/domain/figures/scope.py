# SPDX-License-Identifier: MIT
"""What an assessment looks at: one park or some of its assets, at one as-of date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from workbench.domain.figures.reading import Shared
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.standards.edition import NO_STANDARDS, Standards
from workbench.domain.values import ValueState

Records = tuple[Record, ...]


def in_order(records: Iterable[Record]) -> Records:
    """Return records in an order that does not depend on how the ledger was read."""
    return tuple(sorted(records, key=lambda record: (record.position, record.key)))


@dataclass(frozen=True)
class Scope:
    """A park (or some assets of it) at a date, with the policy parameters in force then.

    ``asset_keys`` holds keys of parcels and buildings; a parcel brings its buildings along, and a
    building brings its parcel, because title and tenure hang on the land. None means the park.
    """

    ledger: Ledger
    park_key: str
    asset_keys: frozenset[str] | None
    as_of: date
    params: Mapping[str, Decimal]
    standards: Standards = NO_STANDARDS
    assessment: str = ""
    """The key of a named assessment, whose own pathway inputs go before the park's."""

    @cached_property
    def shared(self) -> Shared:
        """Return what the readings of this scope share."""
        return Shared()

    @property
    def whole_park(self) -> bool:
        """Tell whether the scope is the whole park."""
        return self.asset_keys is None

    @cached_property
    def assets_said(self) -> str:
        """Return what tells these assets from others of the ledger."""
        keys = ("*",) if self.asset_keys is None else sorted(self.asset_keys)
        return " ".join((self.park_key, *keys))

    @cached_property
    def park(self) -> Record | None:
        """Return the park record."""
        return self.ledger.find("park", self.park_key)

    @cached_property
    def _park_parcels(self) -> Records:
        return in_order(self.ledger.of_park("parcel", self.park_key))

    @cached_property
    def _park_buildings(self) -> Records:
        return in_order(self.ledger.of_park("building", self.park_key))

    def lacking(self, entity: str, field: str) -> str:
        """Return the key of the first record in scope that does not say a field, "" for none.

        When all of an entity's records say it, the first of them; of pathway inputs the nearest.
        """
        if entity == "context":
            nearest = self.context_for(field)
            return nearest.key if nearest is not None else ""
        rows: Iterable[Record] = (asset for asset in self.assets if asset.entity == entity)
        if entity not in ("parcel", "building"):
            rows = in_order(self.ledger.of_park(entity, self.park_key))
        found = tuple(rows)
        silent = (row for row in found if row.state(field) is ValueState.UNKNOWN)
        first = next(silent, None) or next(iter(found), None)
        return first.key if first is not None else ""

    @cached_property
    def buildings(self) -> Records:
        """Return the chosen buildings and those on the chosen parcels."""
        if self.asset_keys is None:
            return self._park_buildings
        chosen = self.asset_keys
        return tuple(
            b for b in self._park_buildings if b.key in chosen or b.text("parcel") in chosen
        )

    @cached_property
    def parcels(self) -> Records:
        """Return the chosen parcels and those under the chosen buildings."""
        if self.asset_keys is None:
            return self._park_parcels
        wanted = self.asset_keys | {b.text("parcel") for b in self.buildings}
        return tuple(p for p in self._park_parcels if p.key in wanted)

    @cached_property
    def assets(self) -> Records:
        """Return parcels and buildings."""
        return self.parcels + self.buildings

    def buildings_on(self, parcel: Record) -> Records:
        """Return every building of a parcel, chosen or not: its land figures count them all."""
        return in_order(self.ledger.pointing_at("building", "parcel", parcel.key))

    @cached_property
    def leases(self) -> Records:
        """Return the leases of the scope; a lease that names only the park counts for the park."""
        chosen = {building.key for building in self.buildings}
        kept = []
        for lease in self.ledger.of_park("lease", self.park_key):
            building = self.building_of(lease)
            if building is None:
                if self.whole_park:
                    kept.append(lease)
            elif building.key in chosen:
                kept.append(lease)
        return in_order(kept)

    def building_of(self, record: Record) -> Record | None:
        """Return the building that a lease or unit points at, directly or through its unit."""
        if building := self.ledger.find("building", record.text("building")):
            return building
        if unit := self.ledger.find("unit", record.text("unit")):
            return self.ledger.find("building", unit.text("building"))
        return None

    @cached_property
    def leases_by_building(self) -> Mapping[str, Records]:
        """Return the leases of each building; key "" holds those that name no building."""
        grouped: dict[str, list[Record]] = {}
        for lease in self.leases:
            building = self.building_of(lease)
            grouped.setdefault(building.key if building else "", []).append(lease)
        return {key: tuple(rows) for key, rows in grouped.items()}

    def encumbrances_on(self, asset: Record) -> Records:
        """Return the encumbrances that point at a parcel or building."""
        return in_order(self.ledger.pointing_at("encumbrance", asset.entity, asset.key))

    @cached_property
    def encumbrances(self) -> Records:
        """Return every encumbrance on the assets of the scope."""
        return tuple(row for asset in self.assets for row in self.encumbrances_on(asset))

    def valuations_of(self, asset: Record) -> Records:
        """Return the valuations that point at a parcel or building."""
        return in_order(self.ledger.pointing_at("valuation", asset.entity, asset.key))

    @cached_property
    def park_years(self) -> Records:
        """Return the yearly figures of the park."""
        return in_order(self.ledger.pointing_at("park_year", "park", self.park_key))

    @cached_property
    def facilities(self) -> Records:
        """Return the shared facilities of the park."""
        return in_order(self.ledger.pointing_at("facility", "park", self.park_key))

    def inputs_for(self, asset: str = "") -> Records:
        """Return the pathway inputs (路径前提补充) that hold for an asset, the nearest first.

        Those of the assessment go before those without one, and then those of the asset before
        those of all; without an asset, what was said of single assets does not count.
        """
        rows = in_order(self.ledger.pointing_at("context", "park", self.park_key))
        found = []
        for place, row in enumerate(rows):
            named = row.text("assessment") or ""
            own = row.text("parcel") or row.text("building") or ""
            if named in ("", self.assessment) and own in ("", asset):
                found.append((not named, not own, -place, row))
        return tuple(row for *_, row in sorted(found, key=lambda each: each[:3]))

    def context_for(self, field: str, asset: str = "") -> Record | None:
        """Return the nearest pathway inputs that know a field, else the nearest, or None."""
        rows = self.inputs_for(asset)
        return next((row for row in rows if row.get(field) is not None), rows[0] if rows else None)
