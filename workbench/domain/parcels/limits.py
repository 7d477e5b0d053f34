# SPDX-License-Identifier: MIT
"""What new land must satisfy: plan limits, the local minimum, the self-hold share (S6-21, V30).

Every answer has three values: a limit that nobody stated is 待核, never kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.apportioning import CENT
from workbench.domain.explain import Missing
from workbench.domain.figures.land import Measure, counted_floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.indicators.averages import total
from workbench.domain.parcels.parts import Part
from workbench.domain.records.ledger import Record

_ZERO = Decimal(0)
Value = Callable[[Reading], Decimal | None]


@dataclass(frozen=True, slots=True)
class LimitCheck:
    """One requirement: truth None is 待核; value and limit in the unit of the rule.

    Rules: ``far_max`` ``far_min`` (ratios), ``density_max`` ``self_hold`` (fractions),
    ``min_land`` (㎡), ``fire_access`` (no number).
    """

    rule: str
    truth: bool | None
    value: Decimal | None = None
    limit: Decimal | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class LandFigures:
    """What stands on a piece of land: ratios, None when not known."""

    far: Decimal | None
    density: Decimal | None
    checks: tuple[LimitCheck, ...]

    @property
    def failed(self) -> tuple[LimitCheck, ...]:
        """Return what is certainly not met."""
        return tuple(check for check in self.checks if check.truth is False)


def land_figures(
    area: Decimal,
    parcels: Sequence[Record],
    buildings: Sequence[Record],
    params: Mapping[str, Decimal],
) -> LandFigures:
    """Return FAR, density and the checks of new land of ``area`` ㎡ made from parcels.

    The plan limits are those of the parcels, where they agree. Source of the minimum area:
    parameter ``split_min_land``, which each region sets for itself.
    """
    land = _Land(area, parcels, buildings, params)
    checks = (
        land.compared("far_max", land.far, "plan_far_max", at_most=True),
        land.compared("far_min", land.far_if_built, "plan_far_min", at_most=False),
        land.compared("density_max", land.density, "plan_density_max", at_most=True),
        land.minimum(),
        LimitCheck("fire_access", _fire_and_access(buildings)),
    )
    return LandFigures(land.far(Reading(params)), land.density(Reading(params)), checks)


def self_hold(parcel: Record, parts: Sequence[Part], areas: Sequence[Decimal]) -> LimitCheck | None:
    """Return whether the parts that go to others leave the share that must be held (V30).

    None when no part is marked as going to another holder.
    """
    if not any(part.transfers for part in parts):
        return None
    gone = sum((a for part, a in zip(parts, areas, strict=True) if part.transfers), _ZERO)
    kept = 1 - gone / sum(areas)
    limit = parcel.number("self_hold_ratio")
    if limit is None:
        return LimitCheck("self_hold", None, kept, None, (_missing(parcel, "self_hold_ratio"),))
    return LimitCheck("self_hold", kept >= limit, kept, limit)


@dataclass(frozen=True, slots=True)
class _Land:
    area: Decimal
    parcels: Sequence[Record]
    buildings: Sequence[Record]
    params: Mapping[str, Decimal]

    def far(self, reading: Reading) -> Decimal | None:
        """Return the counted floor area over the land."""
        return self._ratio(reading, counted_floor_area, "far")

    def far_if_built(self, reading: Reading) -> Decimal | None:
        """Return the FAR, unknown for land that is still to be built on."""
        if not self.buildings:
            reading.lacks("building", "gfa_actual")
            return None
        return self.far(reading)

    def density(self, reading: Reading) -> Decimal | None:
        """Return the footprint over the land."""
        return self._ratio(reading, _footprint, "density")

    def _ratio(self, reading: Reading, measure: Measure, stated: str) -> Decimal | None:
        if not self.buildings and any(parcel.number(stated) for parcel in self.parcels):
            # The ledger states a ratio and holds no building: what stands where is not known.
            reading.lacks("building", "parcel")
            return None
        amounts = [measure(reading, building) for building in self.buildings]
        amount = total(amounts) if amounts else Decimal(0)
        return None if amount is None else amount / self.area

    def compared(self, rule: str, value_of: Value, field: str, *, at_most: bool) -> LimitCheck:
        """Compare with a plan limit that all parcels share; the strictest is never guessed."""
        reading = Reading(self.params)
        value = value_of(reading)
        limits = {reading.need_number(parcel, field) for parcel in self.parcels}
        limit = limits.pop() if len(limits) == 1 else None
        if value is None or limit is None:
            return LimitCheck(rule, None, value, limit, reading.missing)
        return LimitCheck(rule, value <= limit if at_most else value >= limit, value, limit)

    def minimum(self) -> LimitCheck:
        """Compare the area with the local minimum, unknown where the region's is not kept."""
        reading = Reading(self.params)
        limit = reading.parameter("split_min_land")
        # 20亩 is kept as 13,333.333333㎡ and must reach 20亩: both are compared to 0.01㎡.
        truth = None if limit is None else self.area.quantize(CENT) >= limit.quantize(CENT)
        return LimitCheck("min_land", truth, self.area, limit, reading.missing)


def _footprint(reading: Reading, building: Record) -> Decimal | None:
    return reading.need_number(building, "base_area")


def _fire_and_access(buildings: Sequence[Record]) -> bool | None:
    """Return False when a building failed its fire acceptance; access is proven on paper only."""
    return False if any(b.text("fire_accept") == "未通过" for b in buildings) else None


def _missing(record: Record, field: str) -> Missing:
    return Missing(record.entity, record.key, field)
