# SPDX-License-Identifier: MIT
"""The firms of a scope, and their yearly figures."""

from collections.abc import Iterator

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Records, Scope, in_order
from workbench.domain.figures.years import newest
from workbench.domain.ledger import Record


def firms(reading: Reading, scope: Scope) -> Records:
    """Return the tenants of a scope and, by name, its right holders and occupiers.

    In a ledger of one park every firm belongs to that park.
    """
    if scope.whole_park and len(scope.ledger.all("park")) <= 1:
        return in_order(scope.ledger.all("enterprise"))
    tenants = {lease.text("tenant") for lease in scope.leases}
    fields = ("right_holder", "occupier")
    names = {reading.text(asset, field) for asset in scope.assets for field in fields} - {None}
    return in_order(
        firm
        for firm in scope.ledger.all("enterprise")
        if firm.key in tenants or (names and reading.text(firm, "name") in names)
    )


def newest_years(
    reading: Reading, scope: Scope, of: Records, *fields: str
) -> Iterator[tuple[Record, Record]]:
    """Yield each firm with its newest year in which the figures are known; name what lacks."""
    for firm in of:
        rows = scope.ledger.pointing_at("enterprise_year", "enterprise", firm.key)
        row = newest(reading, rows, scope, *fields)
        if row is not None:
            yield firm, row
            continue
        last = newest(reading, rows, scope)
        for field in fields:
            if last is not None and last.number(field) is None:
                reading.lacks("enterprise_year", field, last.key)
