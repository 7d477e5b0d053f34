# SPDX-License-Identifier: MIT
"""Says beside a sorted table, by a formula, when its rows no longer stand in the order of a column.

Rows are sorted once, when the report is written; what is changed in the workbook later moves the
numbers, not the rows.
"""

from workbench.domain.report.model import Cell, CellState, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_part
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, say, to_verify

_LABEL = 20.0
"""The width of the words of a line, which stand in one."""
_DECIMALS = 9
"""Numbers that agree so far are a tie, which stands in any order."""


def order_check(m: Material, table: Table, column: str, rows: int, *more: Row) -> list[Table]:
    """Return a line that compares the first rows with their order, the largest first, and more.

    Nothing for fewer than two rows.
    """
    lines = [*([_line(m, table, column, rows)] if rows > 1 else []), *more]
    if not lines:
        return []
    columns = (
        Column("what", say(m, "col_order"), max(table.columns[0].width, _LABEL), ColumnKind.CODE),
        Column("state", say(m, "col_order_state"), 12, ColumnKind.WORD),
    )
    key = f"{table.name}_order"
    return [Table("", "", columns, tuple(lines), header=False, key=key, dense=table.dense)]


def _line(m: Material, table: Table, column: str, rows: int) -> Row:
    title = table.columns[table.place(column)].title
    upper, lower = (
        column_part(table.name, column, first, last) for first, last in ((1, rows - 1), (2, rows))
    )
    whole = column_part(table.name, column, 1, rows)
    risen = f"SUMPRODUCT((ROUND({upper},{_DECIMALS})<ROUND({lower},{_DECIMALS}))*1)"
    kept, moved = say(m, "order_kept"), say(m, "order_moved")
    state = f"IF({risen}>0,{quoted(moved)},{quoted(kept)})"
    formula = f"IF(COUNT({whole})<{rows},{to_verify(m)},{state})"
    known = all(cell.number is not None for cell in table.cells(column)[:rows])
    cell = Cell(kept, formula=formula) if known else Cell(None, CellState.UNKNOWN, formula)
    return words(say(m, "order_of", column=title)), cell
