# SPDX-License-Identifier: MIT
"""Space of a building that was given up after its vacancy began: it is vacant for less long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import months_between
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import NotAfter

_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A lease that ended after the vacancy of its building began: area (㎡), months since then."""

    area: Decimal
    months: Decimal


def given_up_since(
    reading: Reading, scope: Scope, building: Record, since: date
) -> tuple[GivenUp, ...]:
    """Return what leases gave up from a day on and no lease took up again, up to the as-of date.

    A lease that began later takes the space up unless both name different units. A reading that
    remembers also returns leases that do not count on the as-of date, with an area of 0.
    """
    rows = scope.leases_by_building.get(building.key, ())
    found = (_given_up(reading, scope, lease, rows, since) for lease in rows)
    return tuple(each for each in found if each is not None and (each.area or reading.keeps))


def _given_up(
    reading: Reading, scope: Scope, lease: Record, rows: Sequence[Record], since: date
) -> GivenUp | None:
    terminated = reading.day(lease, "terminated_on")
    end, area = terminated or reading.day(lease, "end_on"), reading.number(lease, "area")
    if end is None or not area:
        return None
    if terminated is None and reading.keeps:  # once it is terminated, which day counts is not said
        area /= _ONE - reading.is_above(lease, "terminated_on", _ZERO)
    area *= _while(reading, since, end)
    area *= _ONE - _while(reading, scope.as_of, end)
    for other in rows:
        start = reading.day(other, "start_on")
        if other is not lease and start is not None and _may_follow(reading, lease, other):
            area *= _while(reading, start, _followed_from(reading, lease, other) or end)
    return GivenUp(area, months_between(end, scope.as_of))


def _while(reading: Reading, first: date, second: date) -> Decimal:
    """Return 1 while a day is not later than another, else 0."""
    found = reading.given(NotAfter(first, second), _ONE, holds=first <= second)
    return _ZERO if found is None else found


def _may_follow(reading: Reading, lease: Record, other: Record) -> bool:
    units = reading.text(lease, "unit"), reading.text(other, "unit")
    return None in units or units[0] == units[1]


def _followed_from(reading: Reading, lease: Record, other: Record) -> date | None:
    """Return from when a later lease is a renewal: of the same tenant one may begin before."""
    tenant = reading.text(lease, "tenant")
    is_same = tenant is not None and tenant == reading.text(other, "tenant")
    return reading.day(lease, "start_on") if is_same else None
