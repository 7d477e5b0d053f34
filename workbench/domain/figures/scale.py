# SPDX-License-Identifier: MIT
"""How large the assets of a scope are: land, floor area, rentable, let, vacant, net value, tenants.

The summary of a report opens with them, and two versions are compared in them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.display import FACTORS
from workbench.domain.explain import Trace
from workbench.domain.figures.land import land_area
from workbench.domain.figures.leases import is_active
from workbench.domain.figures.letting import floor_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.space import uses
from workbench.domain.indicators.averages import total


@dataclass(frozen=True, slots=True)
class ScaleFigure:
    """One figure (㎡, 元 or a count; None is 待核) and the ledger cells behind it."""

    key: str
    value: Decimal | None
    trace: Trace

    @property
    def is_count(self) -> bool:
        """Tell whether the figure counts records."""
        return self.key in _COUNTS

    @property
    def shown(self) -> Decimal | None:
        """Return the figure in the unit in which it is read: 亩, ㎡, 万元 or a count."""
        return None if self.value is None else self.value / shown_unit(self.key)


_COUNTS = frozenset({"parcels", "buildings", "tenants"})
_UNITS = {"land": "亩", "net": "万元"}


def shown_unit(key: str) -> Decimal:
    """Return how many ㎡, 元 or records one of the unit is in which a figure is read."""
    return FACTORS[_UNITS.get(key, "㎡")]


def scale(scope: Scope) -> dict[str, ScaleFigure]:
    """Return every figure of a scope by its key, in the order in which they are read."""
    found = {}
    for key, compute in FIGURES.items():
        reading = Reading(scope.params, scope.shared)
        value = compute(scope, reading)
        trace = Trace(f"report.scale.{key}", reading.inputs, reading.missing)
        found[key] = ScaleFigure(key, value, trace)
    return found


def _sum(rows: Sequence[Decimal | None]) -> Decimal | None:
    """Return the sum; None when one is not known, or when there is nothing to add."""
    return total(rows) if rows else None


def _land(scope: Scope, reading: Reading) -> Decimal | None:
    return _sum([land_area(reading, parcel) for parcel in scope.parcels])


def _floor(scope: Scope, reading: Reading) -> Decimal | None:
    return _sum([floor_area(reading, building) for building in scope.buildings])


def _net(scope: Scope, reading: Reading) -> Decimal | None:
    return _sum([reading.need_number(building, "net_value") for building in scope.buildings])


def _use(name: str) -> Callable[[Scope, Reading], Decimal | None]:
    def of(scope: Scope, reading: Reading) -> Decimal | None:
        return _sum([getattr(use, name) for use in uses(scope, reading) if use.is_rentable])

    return of


def _tenants(scope: Scope, reading: Reading) -> Decimal | None:
    """Count the firms with a running lease; a lease without a tenant counts as one.

    While it is not known whether a lease runs, neither is the number.
    """
    runs = [(lease, is_active(reading, lease, scope.as_of)) for lease in scope.leases]
    if not runs or any(state is None for _, state in runs):
        return None
    firms = {reading.text(lease, "tenant") or lease.key for lease, state in runs if state}
    return Decimal(len(firms))


FIGURES: dict[str, Callable[[Scope, Reading], Decimal | None]] = {
    "parcels": lambda scope, _: Decimal(len(scope.parcels)),
    "land": _land,
    "gfa": _floor,
    "buildings": lambda scope, _: Decimal(len(scope.buildings)),
    "rentable": _use("rentable"),
    "let": _use("let"),
    "tenants": _tenants,
    "vacant": _use("vacant"),
    "net": _net,
}
"""How each figure is computed, in the order in which they are read."""
