# SPDX-License-Identifier: MIT
"""How each building is used: let, own use, lent and vacant area, and where the figures come from.

Leases decide where the scope has any; otherwise the let area that the ledger states. The two are
never mixed silently: ``Letting.basis`` says which one stands behind each building.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from workbench.domain.figures.leases import is_active, runs
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import Figure, Shares, total
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState
from workbench.domain.workings.numbers import either, first_of, not_below_0, standing

_ZERO = Decimal(0)
_NOTHING_LET = frozenset({"空置", "自用", "出借", "在建", "停用", "待拆"})
_NOTHING_OF = {
    "self_use_area": frozenset({"空置", "出租"}),
    "lent_area": frozenset({"空置", "出租", "部分出租", "自用"}),
}
"""The use status that says, for a blank area, that there is none of it."""


class Basis(StrEnum):
    """Where a building's let area comes from."""

    LEASES = "leases"
    STATED = "stated"
    STATUS = "status"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Letting:
    """The areas (㎡) of one rentable building; None is not known."""

    building: Record
    rentable: Decimal | None
    leased: Decimal | None
    basis: Basis


def rentable_buildings(reading: Reading, scope: Scope) -> list[tuple[Record, Decimal | None]]:
    """Return the buildings that can be let with their rentable area (㎡), None if not known.

    A building whose rentable area is 0 or does not apply (不适用) is left out.
    """
    return [
        (building, area)
        for building in scope.buildings
        if (area := _rentable(reading, building)) is None or area > 0
    ]


def _rentable(reading: Reading, building: Record) -> Decimal | None:
    """Return the rentable area (㎡): None if not known, 0 for a building that is never let."""
    if building.state("rentable_area") is ValueState.NOT_APPLICABLE:
        return _ZERO
    return reading.need_number(building, "rentable_area")


def lettings(reading: Reading, scope: Scope) -> tuple[Letting, ...]:
    """Return the letting position of every rentable building, found once for many figures."""

    def found(own: Reading) -> tuple[Letting, ...]:
        return tuple(
            Letting(building, rentable, *_leased(own, scope, building))
            for building, rentable in rentable_buildings(own, scope)
        )

    return reading.recall(f"lettings {scope.as_of}", scope.assets_said, found)


def letting_of(reading: Reading, scope: Scope, building: Record) -> Letting | None:
    """Return the letting position of one building, None when it is never let."""
    rentable = _rentable(reading, building)
    if rentable is not None and rentable <= 0:
        return None
    return Letting(building, rentable, *_leased(reading, scope, building))


def _leased(reading: Reading, scope: Scope, building: Record) -> tuple[Decimal | None, Basis]:
    """Return what is let of a building, found once for the many figures that ask."""
    question = f"let {scope.as_of}"
    return reading.recall(question, building.key, lambda own: _let(own, scope, building))


def _let(reading: Reading, scope: Scope, building: Record) -> tuple[Decimal | None, Basis]:
    rows = scope.leases_by_building.get(building.key, ())
    if rows:
        return active_area(reading, scope, rows), Basis.LEASES
    stated = reading.number(building, "leased_area")
    if stated is not None:
        # of the status nothing is used today; it is what counts once a reader blanks the area
        is_rest_known = reading.keeps and building.text("use_status") in _NOTHING_LET
        return first_of(stated, stated, _ZERO) if is_rest_known else stated, Basis.STATED
    if reading.text(building, "use_status") in _NOTHING_LET:
        return _ZERO, Basis.STATUS
    reading.lacks("building", "leased_area", building.key)
    return None, Basis.UNKNOWN


def active_area(reading: Reading, scope: Scope, leases: Iterable[Record]) -> Decimal | None:
    """Return the area (㎡) let by running leases; None when a date or an area is not known."""
    areas: list[Decimal | None] = []
    for lease in leases:
        active = is_active(reading, lease, scope.as_of)
        if active is not False or reading.keeps:
            area = reading.need_number(lease, "area") if active is not None else None
            areas.append(reading.given(runs(lease), area, holds=active))
    return total(areas)


def basis_counts(positions: Iterable[Letting]) -> Counter[Basis]:
    """Count the buildings per basis."""
    return Counter(position.basis for position in positions)


@dataclass(frozen=True, slots=True)
class Use:
    """A share of the rentable area, the positions behind it, and the leases without a building.

    Leases that name no building can only be counted for the whole park: then the park's leases
    are taken as complete, and ``positions`` is empty.
    """

    figure: Figure
    positions: tuple[Letting, ...] = ()
    unplaced: int = 0


def occupancy(reading: Reading, scope: Scope) -> Use:
    """Return Σ let ÷ Σ rentable."""
    shares = Shares()
    if unplaced := len(scope.leases_by_building.get("", ())):
        areas = [area for _, area in rentable_buildings(reading, scope)]
        leased = active_area(reading, scope, scope.leases)
        shares.add(leased, total(areas) if areas else None)
        return Use(shares.figure(), unplaced=unplaced)
    positions = lettings(reading, scope)
    for position in positions:
        weight = position.rentable
        if weight is None or reading.keeps:
            weight = either(weight, floor_area(reading, position.building))
        shares.add(position.leased, position.rentable, weight)
    return Use(shares.figure(), positions)


def vacancy(reading: Reading, scope: Scope) -> Use:
    """Return Σ vacant ÷ Σ rentable."""
    shares = Shares()
    if unplaced := len(scope.leases_by_building.get("", ())):
        buildings = rentable_buildings(reading, scope)
        rentable = total(area for _, area in buildings) if buildings else None
        leased = active_area(reading, scope, scope.leases)
        others = total(
            _needed_use(reading, building, field)
            for building, _ in buildings
            for field in ("self_use_area", "lent_area")
        )
        vacant = None
        if rentable is not None and leased is not None and others is not None:
            vacant = not_below_0(rentable - leased - others)
        shares.add(vacant, rentable)
        return Use(shares.figure(), unplaced=unplaced)
    positions = lettings(reading, scope)
    for position in positions:
        shares.add(vacant_area(reading, position), position.rentable)
    return Use(shares.figure(), positions)


def floor_area(reading: Reading, building: Record) -> Decimal | None:
    """Return the actual floor area (㎡), else the certified one; missing when neither is known."""
    area = reading.first_number(building, "gfa_actual", "gfa_cert")
    if area is None:
        reading.lacks("building", "gfa_actual", building.key)
    return area


def vacant_area(reading: Reading, position: Letting) -> Decimal | None:
    """Return rentable − let − own use − lent (㎡, at least 0), else the vacancy that is stated."""
    building, rentable, leased = position.building, position.rentable, position.leased
    blanks: list[str] = []
    if rentable is not None and leased is not None:
        if leased >= rentable and not reading.keeps:
            return _ZERO
        own = _other_use(reading, building, "self_use_area", blanks)
        lent = _other_use(reading, building, "lent_area", blanks)
        if own is not None and lent is not None:
            rest = not_below_0(rentable - leased - own - lent)
            return either(rest, _without_other_use(reading, position))
        if leased >= rentable:
            if reading.keeps:  # what else is needed while it is let in part
                _lack(reading, building, blanks)
            return _ZERO
    stated = reading.number(building, "vacant_area")
    if stated is None:
        _lack(reading, building, blanks)
    return stated


def _without_other_use(reading: Reading, position: Letting) -> Decimal | None:
    """Return what is vacant (㎡) once own use or lent area is blanked; None where none can be.

    Whether all is let, so that nothing is vacant whatever is stated, is judged as it is today.
    """
    rentable, leased = position.rentable, position.leased
    if not reading.keeps or rentable is None or leased is None:
        return None
    is_all_let = leased >= rentable
    spare = _ZERO if is_all_let else reading.spare_number(position.building, "vacant_area")
    return None if spare is None else standing(spare, rentable, leased)


def _lack(reading: Reading, building: Record, blanks: Iterable[str]) -> None:
    for field in blanks:
        reading.lacks("building", field, building.key)


def _needed_use(reading: Reading, building: Record, field: str) -> Decimal | None:
    """Return own-use or lent area; a blank that nothing stands for is missing."""
    blanks: list[str] = []
    area = _other_use(reading, building, field, blanks)
    _lack(reading, building, blanks)
    return area


def _other_use(reading: Reading, building: Record, field: str, blanks: list[str]) -> Decimal | None:
    """Return own-use or lent area; for a blank one the use status may say that there is none."""
    area = reading.number(building, field)
    if area is not None:
        # of the status nothing is used today; it is what counts once a reader blanks the area
        is_rest_known = reading.keeps and building.text("use_status") in _NOTHING_OF[field]
        return first_of(area, area, _ZERO) if is_rest_known else area
    if building.state(field) is ValueState.NOT_APPLICABLE:
        return _ZERO
    if reading.text(building, "use_status") in _NOTHING_OF[field]:
        return _ZERO
    blanks.append(field)
    return None
