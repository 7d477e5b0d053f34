# SPDX-License-Identifier: MIT
"""What the asset register shows of an asset that no single cell holds: computed by the rules."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from workbench.domain.figures.encumbrances import DISPUTES, MORTGAGES, SEIZURES, is_burdened
from workbench.domain.figures.land import counted_floor_area, idle_months, land_area
from workbench.domain.figures.leases import is_active, is_priced, monthly_rent
from workbench.domain.figures.letting import Letting, floor_area, lettings, vacant_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import years_until
from workbench.domain.indicators.averages import Mean, Shares, total
from workbench.domain.ledger import Record

_BURDENS = (
    ("seizure", SEIZURES),
    ("mortgage", MORTGAGES),
    ("litigation", DISPUTES),
)
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


class AssetReading:
    """Computes the figures of every parcel and building of one park, each once."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._reading = Reading(scope.params)
        self._lettings = {
            position.building.key: position for position in lettings(self._reading, self._scope)
        }

    def lettings(self) -> list[Letting]:
        """Return the letting position of every rentable building."""
        return list(self._lettings.values())

    def vacant(self, position: Letting) -> Decimal | None:
        """Return a position's vacant area (㎡)."""
        return vacant_area(self._reading, position)

    def figures(self) -> dict[tuple[str, str], AssetFigures]:
        """Return the figures by entity and key."""
        found = {("building", b.key): self._building(b) for b in self._scope.buildings}
        for parcel in self._scope.parcels:
            found["parcel", parcel.key] = self._parcel(parcel)
        return found

    def _building(self, building: Record) -> AssetFigures:
        position = self._lettings.get(building.key)
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
            if position := self._lettings.get(building.key):
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
