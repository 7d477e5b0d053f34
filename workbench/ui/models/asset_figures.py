# SPDX-License-Identifier: MIT
"""What the asset register shows of an asset that no single cell holds: computed by the rules."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from workbench.domain.figures.encumbrances import DISPUTES, MORTGAGES, SEIZURES, is_burdened
from workbench.domain.figures.land import counted_floor_area, idle_months, land_area
from workbench.domain.figures.leases import is_active, is_priced, monthly_rent
from workbench.domain.figures.letting import (
    Letting,
    floor_area,
    letting_of,
    lettings,
    vacant_area,
)
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.figures.tenure import years_until
from workbench.domain.indicators.averages import Mean, Shares, total
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.subtotals import Subtotal, summed, weighted

_BURDENS = (
    ("seizure", SEIZURES),
    ("mortgage", MORTGAGES),
    ("litigation", DISPUTES),
)
BURDENS = tuple(name for name, _ in _BURDENS)
"""What may burden an asset, the worst first."""
_FEW = Decimal("0.6")
_EMPTY_WORDS = frozenset({"空置", "停用", "闲置", "停建", "供而未用"})
_BAD_TITLES = frozenset({"未办理", "需重新测绘", "历史遗留", "无证"})
_ONE_YEAR = 12


@dataclass(frozen=True, slots=True)
class AssetFigures:
    """Areas in ㎡, shares as fractions, rent in 元/㎡·month; None is unknown or does not apply."""

    floor_area: Decimal | None = None
    far: Decimal | None = None
    occupancy: Decimal | None = None
    vacant: Decimal | None = None
    rentable: Decimal | None = None
    rent: Decimal | None = None
    years_left: Decimal | None = None
    burdens: tuple[str, ...] = ()
    """What is in force: ``seizure``, ``mortgage``, ``litigation``."""
    idle: bool = False
    under_used: bool = False
    title_problem: bool = False


NO_FIGURES = AssetFigures()


class _NearLeases(Mapping[str, Records]):
    """The leases of a building, looked up when asked, so that one asset costs no whole park."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @override
    def get(self, key: str, default: Any = ()) -> Any:
        ledger = self._ledger
        rows = list(ledger.pointing_at("lease", "building", key))
        for unit in ledger.pointing_at("unit", "building", key):
            rows += [
                lease
                for lease in ledger.pointing_at("lease", "unit", unit.key)
                if ledger.find("building", lease.text("building")) is None
            ]
        return in_order(rows) if rows else default

    @override
    def __getitem__(self, key: str) -> Records:
        return tuple(self.get(key))

    @override
    def __iter__(self) -> Iterator[str]:
        return (building.key for building in self._ledger.all("building"))

    @override
    def __len__(self) -> int:
        return len(self._ledger.all("building"))


class _NearScope(Scope):
    """A scope that looks only at what hangs on the asset that is asked about."""

    @cached_property
    @override
    def leases_by_building(self) -> Mapping[str, Records]:
        return _NearLeases(self.ledger)


class AssetReading:
    """Computes the figures of parcels and buildings of one park, each when it is asked for."""

    def __init__(self, scope: Scope) -> None:
        self._whole = scope
        self._scope = _NearScope(scope.ledger, scope.park_key, None, scope.as_of, scope.params)

    def lettings(self) -> tuple[Letting, ...]:
        """Return the letting position of every rentable building."""
        return lettings(Reading(self._whole.params), self._whole)

    def vacant(self, position: Letting) -> Decimal | None:
        """Return a position's vacant area (㎡)."""
        return vacant_area(Reading(self._whole.params), position)

    def figures_of(self, asset: Record) -> AssetFigures:
        """Return the figures of a parcel or building; those of anything else are empty."""
        # Nobody asks for the trace of a table's cell, so its notes are not kept.
        self._reading = Reading(self._scope.params)
        if asset.entity == "building":
            return self._building(asset)
        return self._parcel(asset) if asset.entity == "parcel" else NO_FIGURES

    def _letting(self, building: Record) -> Letting | None:
        return letting_of(self._reading, self._scope, building)

    def _building(self, building: Record) -> AssetFigures:
        position = self._letting(building)
        shares = Shares()
        vacant = None
        if position is not None:
            shares.add(position.leased, position.rentable)
            vacant = vacant_area(self._reading, position)
        occupancy = shares.figure().value
        burdens = self._burdens(building)
        idle = building.text("use_status") in _EMPTY_WORDS or occupancy == 0
        return AssetFigures(
            floor_area=floor_area(self._reading, building),
            occupancy=occupancy,
            vacant=vacant,
            rentable=None if position is None else position.rentable,
            rent=self._rent([building]),
            burdens=burdens,
            idle=idle,
            under_used=not idle and occupancy is not None and occupancy < _FEW,
            title_problem=bool(burdens) or building.text("cert_status") in _BAD_TITLES,
        )

    def _parcel(self, parcel: Record) -> AssetFigures:
        buildings = self._scope.buildings_on(parcel)
        shares = Shares()
        for building in buildings:
            if position := self._letting(building):
                shares.add(position.leased, position.rentable)
        end = parcel.day("end_on")
        burdens = self._burdens(parcel)
        months = idle_months(self._reading, self._scope, parcel)
        idle = parcel.text("status") in _EMPTY_WORDS or (months or 0) >= _ONE_YEAR
        low = parcel.text("status") == "低效" or parcel.get("low_eff_kind") is not None
        return AssetFigures(
            floor_area=self._floor_area_on(buildings),
            far=self._far(parcel, buildings),
            occupancy=shares.figure().value if len(shares) else None,
            rent=self._rent(buildings),
            years_left=None if end is None else years_until(end, self._scope.as_of),
            burdens=burdens,
            idle=idle,
            under_used=low and not idle,
            title_problem=bool(burdens) or parcel.text("cert_kind") in _BAD_TITLES,
        )

    def _floor_area_on(self, buildings: tuple[Record, ...]) -> Decimal | None:
        if not buildings:
            return None
        return total(floor_area(self._reading, building) for building in buildings)

    def _far(self, parcel: Record, buildings: tuple[Record, ...]) -> Decimal | None:
        """Return floor area ÷ land; a parcel without any building row takes the stated ratio."""
        if not buildings:
            return parcel.number("far")
        counted = total(counted_floor_area(self._reading, building) for building in buildings)
        land = land_area(self._reading, parcel)
        return counted / land if counted is not None and land else None

    def _rent(self, buildings: tuple[Record, ...] | list[Record]) -> Decimal | None:
        """Return the mean rent of the running leases, weighted by area."""
        mean = Mean()
        for building in buildings:
            for lease in self._scope.leases_by_building.get(building.key, ()):
                running = is_active(self._reading, lease, self._scope.as_of)
                if running and is_priced(self._reading, lease):
                    area = partial(lease.number, "area")
                    mean.add(monthly_rent(self._reading, lease), area)
        return mean.figure().value if len(mean) else None

    def _burdens(self, asset: Record) -> tuple[str, ...]:
        return tuple(
            flag
            for flag, kinds in _BURDENS
            if is_burdened(self._reading, self._scope, asset, kinds, flag)
        )


def computed_subtotal(
    name: str, records: Iterable[Record], figures_of: Callable[[Record], AssetFigures]
) -> Subtotal | None:
    """Return the subtotal of a computed column over buildings; None for one that has none.

    A parcel's figures are those of its buildings, so it counts for nothing beside them.
    """
    figures = [figures_of(record) for record in records if record.entity == "building"]
    if name == "floor_area" and figures:
        return summed(item.floor_area for item in figures)
    if name == "occupancy" and (let := [item for item in figures if item.rentable is not None]):
        return weighted((item.occupancy, partial(_rentable_of, item)) for item in let)
    return None


def _rentable_of(figures: AssetFigures) -> Decimal | None:
    return figures.rentable
