# SPDX-License-Identifier: MIT
"""Which rows a total leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.report.model import (
    CellState,
    Column,
    Table,
    TotalKind,
    known_pairs,
    total_cell,
)


def partial_rows(table: Table) -> int:
    """Return how many rows are left out of a partial sum; a total of nothing known has none."""
    partial = [
        table.place(column.key)
        for column in table.columns
        if column.total.kind is TotalKind.SUM
        and total_cell(table, column).state is CellState.PARTIAL
    ]
    return sum(any(row[i].state is CellState.UNKNOWN for i in partial) for row in table.rows)


@dataclass(frozen=True, slots=True)
class NarrowRatio:
    """A ratio of totals over fewer rows than the totals: of ``rows`` that know both of its sides.

    ``left`` know one side only, and stand in a total all the same.
    """

    column: Column
    top: Column
    bottom: Column
    above: Decimal
    below: Decimal
    rows: int
    left: int


def narrower_ratios(table: Table) -> Iterator[NarrowRatio]:
    """Yield the ratios that are others than those of the totals that a reader sees beside them."""
    for column in table.columns:
        of = column.total
        if of.kind is not TotalKind.RATIO or total_cell(table, column).number is None:
            continue
        pairs = known_pairs(table, of)
        top, bottom = (table.columns[table.place(key)] for key in (of.numerator, of.denominator))
        above, below = (sum((pair[side] for pair in pairs), Decimal(0)) for side in (0, 1))
        if (above, below) == (_printed(table, top), _printed(table, bottom)):
            continue
        known = zip(table.cells(top.key), table.cells(bottom.key), strict=True)
        left = sum((one.number is None) != (other.number is None) for one, other in known)
        yield NarrowRatio(column, top, bottom, above, below, len(pairs), left)


def _printed(table: Table, column: Column) -> Decimal:
    known = (cell.number for cell in table.cells(column.key))
    return sum((number for number in known if number is not None), Decimal(0))
