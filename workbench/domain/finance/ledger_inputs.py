# SPDX-License-Identifier: MIT
"""What the ledger says about the inputs of the models: books, appraisals, space, rents, debts."""

from collections.abc import Callable
from decimal import Decimal

from workbench.domain.figures.leases import monthly_rent
from workbench.domain.figures.letting import occupancy, rentable_buildings
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.lease import running
from workbench.domain.indicators.money import latest_finance, latest_value

Figure = Callable[[Scope, Reading], Decimal | None]


def net_book_value(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the buildings' net book value (元), or None when one is not known."""
    if not scope.buildings:
        return None
    return total(reading.need_number(building, "net_value") for building in scope.buildings)


def appraised_value(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the buildings' newest appraised values up to the as-of date (元), all of them."""
    if not scope.buildings:
        return None
    return total(latest_value(scope, reading, building) for building in scope.buildings)


def rentable_area(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the area that can be let (㎡)."""
    areas = [area for _, area in rentable_buildings(reading, scope)]
    return total(areas) if areas else None


def occupied_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Return let ÷ rentable area at the as-of date."""
    return occupancy(reading, scope).figure.value


def running_rent(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the mean rent of the running leases, weighted by area (元/㎡·month)."""
    rents = area = Decimal(0)
    for lease, certain in running(scope, reading):
        size, rent = reading.need_number(lease, "area"), monthly_rent(reading, lease)
        if not certain or size is None or rent is None:
            return None
        rents, area = rents + rent * size, area + size
    return rents / area if area else None


def platform_figure(field: str) -> Figure:
    """Return a reader of one newest figure of the platform company (元)."""

    def read(scope: Scope, reading: Reading) -> Decimal | None:
        row = latest_finance(scope, reading, field)
        return None if row is None else reading.need_number(row, field)

    return read
