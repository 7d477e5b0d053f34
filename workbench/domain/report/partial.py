# SPDX-License-Identifier: MIT
"""Which rows a total leaves out."""

from workbench.domain.report.model import CellState, Table, TotalKind, total_cell


def partial_rows(table: Table) -> int:
    """Return how many rows are left out of a partial sum; a total of nothing known has none."""
    partial = [
        table.place(column.key)
        for column in table.columns
        if column.total.kind is TotalKind.SUM
        and total_cell(table, column).state is CellState.PARTIAL
    ]
    return sum(any(row[i].state is CellState.UNKNOWN for i in partial) for row in table.rows)
