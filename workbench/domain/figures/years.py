# SPDX-License-Identifier: MIT
"""Yearly records: the newest one, not after the as-of date, that has what a figure needs."""

from collections.abc import Iterable
from decimal import Decimal

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.records.ledger import Record


def newest(reading: Reading, rows: Iterable[Record], scope: Scope, *fields: str) -> Record | None:
    """Return the newest row up to the as-of year in which every field is known, or None."""
    dated: list[tuple[Decimal, str, Record]] = []
    for row in in_order(rows):
        year = reading.number(row, "year")
        if year is not None and year <= scope.as_of.year:
            dated.append((year, row.key, row))
    for _, _, row in sorted(dated, key=lambda item: item[:2], reverse=True):
        values = [reading.number(row, field) for field in fields]
        if None not in values:
            return row
    return None


def latest_year(reading: Reading, scope: Scope, *fields: str) -> Record | None:
    """Return the park's newest year in which every field is known, or None."""
    return newest(reading, scope.park_years, scope, *fields)
