# SPDX-License-Identifier: MIT
"""The live formulas of total rows: sums, and ratios of what both columns know."""

from typing import TYPE_CHECKING

from workbench.domain.report.model import Cell, CellState, Column, Total, TotalKind

if TYPE_CHECKING:
    from workbench.excel.table_places import TablePlace


def total_formula(place: "TablePlace", column: Column, cell: Cell) -> str:
    """Return the formula of a total; one over nothing known says 待核, today or later."""
    cells = place.cells(column.key)
    if column.total.kind is TotalKind.SUM:
        can_wait = any(each.formula for each in place.table.cells(column.key))
        if can_wait or cell.state is CellState.UNKNOWN:
            return f'=IF(COUNT({cells})=0,"{place.table.marks.unknown}",SUM({cells}))'
        return f"=SUM({cells})"
    return _ratio_formula(place, column.total)


def _ratio_formula(place: "TablePlace", total: Total) -> str:
    """Divide the sums over the rows in which both columns hold a number, today or later."""
    top, bottom = place.cells(total.numerator), place.cells(total.denominator)
    whole = all(
        cell.number is not None and not cell.formula
        for key in (total.numerator, total.denominator)
        for cell in place.table.cells(key)
    )
    if whole:
        above, below = f"SUM({top})", f"SUM({bottom})"
    else:
        above = _where(bottom, top)
        below = _where(top, bottom)
    scaled = "" if total.factor == 1 else f"*{total.factor}"
    return f'=IFERROR({above}/{below}{scaled},"{place.table.marks.unknown}")'


def _where(known: str, summed: str) -> str:
    """Sum a column over the rows in which another holds any number, negative ones included."""
    return f'(SUMIF({known},">=0",{summed})+SUMIF({known},"<0",{summed}))'
