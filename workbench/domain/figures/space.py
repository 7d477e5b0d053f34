# SPDX-License-Identifier: MIT
"""How space is used: how each building is used, and what stands on each parcel."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.figures.land import counted_floor_area, land_area
from workbench.domain.figures.letting import Letting, lettings, vacant_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import total
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState
from workbench.domain.workings.numbers import At, Kept, Made, first_of, not_below_0
from workbench.domain.workings.terms import without

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BuildingUse:
    """One building: rentable, let, own-use, lent and vacant area (㎡); None is not known."""

    building: Record
    position: Letting | None
    own: Decimal | None
    lent: Decimal | None
    vacant: Decimal | None

    @property
    def rentable(self) -> Decimal | None:
        """Return the rentable area."""
        return self.position.rentable if self.position else None

    @property
    def let(self) -> Decimal | None:
        """Return the let area."""
        return self.position.leased if self.position else None

    @property
    def is_rentable(self) -> bool:
        """Tell whether the building can be let at all."""
        return self.position is not None

    @property
    def split(self) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
        """Return own use, let, vacant and lent area, or None unless all are known."""
        let, vacant, rentable = self.let, self.vacant, self.rentable
        if let is None or vacant is None or rentable is None:
            return None
        rest = rentable - let - vacant
        own, lent = self.own, self.lent
        if own is None and lent is None and rest > 0:
            return None
        own_use = _or_the_rest(own, rest - (lent or ZERO))
        lent_out = _or_the_rest(lent, rest - (own_use if own is None else own))
        return own_use, let, vacant, lent_out


def _or_the_rest(area: Decimal | None, rest: Decimal) -> Decimal:
    """Return an area (㎡), for one that is not known what the others leave.

    One that knows its cell remembers the rest too, where that can do without it.
    """
    spare = not_below_0(rest)
    if area is None:
        return spare
    if not (isinstance(area, Kept) and area.made is Made.CELL):
        return area
    cell = frozenset(each for each in area.parts if isinstance(each, At))
    return area if without(spare, cell) is None else first_of(area, area, spare)


def uses(scope: Scope, reading: Reading) -> tuple[BuildingUse, ...]:
    """Return the use of every building of a scope, found once for many figures."""

    def found(own: Reading) -> tuple[BuildingUse, ...]:
        positions = {position.building.key: position for position in lettings(own, scope)}
        return tuple(_use(each, positions.get(each.key), own) for each in scope.buildings)

    return reading.recall(f"uses {scope.as_of}", scope.assets_said, found)


def _use(building: Record, position: Letting | None, reading: Reading) -> BuildingUse:
    return BuildingUse(
        building,
        position,
        _area(reading, building, "self_use_area"),
        _area(reading, building, "lent_area"),
        vacant_area(reading, position) if position else None,
    )


def _area(reading: Reading, building: Record, field: str) -> Decimal | None:
    if building.state(field) is ValueState.NOT_APPLICABLE:
        return ZERO
    return reading.number(building, field)


def plot_ratio(scope: Scope, reading: Reading, parcel: Record) -> Decimal | None:
    """Return the plot ratio of a parcel from its buildings, or None when it has none."""
    buildings = scope.buildings_on(parcel)
    land = land_area(reading, parcel)
    if not buildings or not land:
        return None
    counted = total(counted_floor_area(reading, building) for building in buildings)
    return None if counted is None else counted / land
