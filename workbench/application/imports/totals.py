# SPDX-License-Identifier: MIT
"""Compares the ledger's own 合计 with the sum of the rows taken in (rule V28)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.application.imports.preview import (
    ColumnData,
    ControlTotal,
    Outcome,
    Preview,
    TablePreview,
)
from workbench.application.imports.words import MEASURE
from workbench.domain.display import shown
from workbench.domain.fields import FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, notice, warning
from workbench.domain.values import Value

TOLERANCE = Decimal("0.005")
"""Relative difference above which a total disagrees (domain §3.4, V28W)."""

_NESTED = 8
"""How many groups back a nested 小计 is looked for."""

_TOTAL, _SUBTOTAL = _CODES = ("V28W", "subtotal_differs")
_BELOW = "rows_below_total"
_ADDITIVE = (FieldType.AREA, FieldType.MONEY)


@dataclass(frozen=True, slots=True)
class _Summed:
    """One column that a 合计 may sum: where it was read, and its cells down the sheet.

    ``numbers`` are the rows of the sheet that ``cells`` stand in; ``nameless`` are the cells of
    rows that name no record of their own.
    """

    preview: TablePreview
    name: str
    data: ColumnData
    numbers: Sequence[int]
    cells: Sequence[Value | None]
    nameless: Sequence[Value | None]


def compare_all_totals(preview: Preview) -> None:
    """Fill in the control totals of every table, with a finding for each sum that disagrees."""
    previews = {id(table.table): table for table in preview.tables()}
    above: dict[tuple[str, str, str], list[TablePreview]] = {}
    for table in preview.tables():
        alike = above.setdefault((table.file, table.table.sheet.name, table.entity), [])
        beside = table.table.beside
        compare_totals(table, alike, previews.get(id(beside)) if beside is not None else None)
        alike.append(table)


def compare_again(preview: Preview) -> None:
    """Compare anew after values were corrected; what a person has looked at stays off the list."""
    for table in preview.tables():
        table.totals.clear()
        table.problems[:] = [
            item for item in table.problems if item[1].code not in (*_CODES, _BELOW)
        ]
    compare_all_totals(preview)


def compare_totals(
    preview: TablePreview, before: Sequence[TablePreview] = (), beside: TablePreview | None = None
) -> None:
    """Fill in the control totals of a table, with a finding for each sum that disagrees.

    ``before`` are the tables above it on its sheet: the last 合计 of a sheet may sum them all.
    ``beside`` is the table made of the other rows of its list: the sums add up both.
    """
    table = preview.table
    if table.total is None and not table.subtotals:
        return
    _tell_rows_below(preview)
    for column in _columns(preview, beside):
        if table.total is not None:
            _compare_total(column, table.total, before)
        if table.subtotals:
            _compare_subtotals(column, table.subtotals)


def _tell_rows_below(preview: TablePreview) -> None:
    """Say how many records stand below the ledger's 合计, which does not add them up."""
    total, rows = preview.table.total, preview.table.rows
    if total is None or not rows or total[0] < rows[0][0]:
        return
    below = sum(number > total[0] for number, _ in rows)
    if below:
        said = notice(_BELOW, row=str(total[0]), count=str(below))
        preview.problems.append(("", said))


def _columns(preview: TablePreview, beside: TablePreview | None) -> Iterator[_Summed]:
    """Yield the columns that a 合计 may sum, each once, with the cells of both tables."""
    ours = list(_summed(preview))
    if beside is None:
        yield from ours
        return
    theirs = {_position(column): column for column in _summed(beside)}
    for column in ours:
        other = theirs.pop(_position(column), None)
        same = other is not None and other.data.field.type is column.data.field.type
        yield _joined(column, other if other is not None and same else _unread(column, beside))
    for column in theirs.values():
        yield _joined(column, _unread(column, preview))


def _unread(column: _Summed, table: TablePreview) -> _Summed:
    """Return the cells of a column in the rows of a table that has no field for it."""
    context, at = ParseContext(column.data.unit), _position(column)
    cells = [parse(column.data.field, row[at], context).value for _, row in table.table.rows]
    return replace(column, numbers=[n for n, _ in table.table.rows], cells=cells, nameless=())


def _position(column: _Summed) -> int:
    assert column.data.column is not None
    return column.data.column.position


def _summed(preview: TablePreview) -> Iterator[_Summed]:
    """Yield the columns of one table that add up; a second statement of a row counts once."""
    counted = [index for index in preview.kept() if _counts(preview, index)]
    nameless = [
        at
        for at, outcome in enumerate(preview.outcomes)
        if outcome is Outcome.REJECTED or at in preview.continues
    ]
    rows = preview.table.rows
    numbers = [rows[index][0] for index in counted]
    for name, data in preview.columns.items():
        if data.column is None or data.field.type not in _ADDITIVE:
            continue
        values = data.values
        cells = values if len(counted) == len(rows) else [values[index] for index in counted]
        left = [values[index] for index in nameless]
        yield _Summed(preview, name, data, numbers, cells, left)


def _joined(one: _Summed, other: _Summed) -> _Summed:
    """Return a column with the cells that another table of the same list has in it."""
    pairs = [*zip(one.numbers, one.cells, strict=True)]
    pairs += zip(other.numbers, other.cells, strict=True)
    pairs.sort(key=lambda pair: pair[0])
    numbers, cells = [number for number, _ in pairs], [cell for _, cell in pairs]
    return replace(one, numbers=numbers, cells=cells, nameless=[*one.nameless, *other.nameless])


def _counts(preview: TablePreview, index: int) -> bool:
    """Tell whether a row is part of the ledger's total: not a second statement of another row."""
    if index in preview.continues:
        return False
    if preview.outcomes[index] is not Outcome.REVIEW:
        return True
    problems = preview.row_problems.get(index, ())
    return all(problem.code != "duplicate_key_conflict" for _, problem in problems)


def _wider_sums(column: _Summed, before: Sequence[TablePreview]) -> Iterator[Decimal]:
    """Yield what a 合计 may also sum: rows without a tenant, and the tables above on its sheet."""
    own = _sum_of(column.cells)
    yield own + _sum_of(column.nameless)
    yield own + sum(
        _sum_of(other.cells)
        for table in before
        for other in _summed(table)
        if other.name == column.name
    )


def _compare_total(
    column: _Summed, total: tuple[int, list[object]], before: Sequence[TablePreview]
) -> None:
    number, row = total
    stated = _stated(column.data, row)
    if stated is None:
        return
    above = bisect_left(column.numbers, number)
    computed = _sum_of(column.cells[:above] if above else column.cells)
    agrees = _agree(stated, computed)
    if not agrees:
        for whole in _wider_sums(column, before):
            if _agree(stated, whole):
                computed, agrees = whole, True
                break
    preview = column.preview
    preview.totals.append(ControlTotal(column.name, number, stated, computed, agrees))
    if not agrees:
        _complain(column, _TOTAL, number, stated, computed)


def _compare_subtotals(column: _Summed, subtotals: Sequence[tuple[int, list[object]]]) -> None:
    """Find each 小计 that is the sum of no run of rows ending above it.

    A 小计 may close the rows since the 小计 before it or, nested, since any earlier one.
    """
    starts = [0]
    for number, row in subtotals:
        stop = bisect_left(column.numbers, number)
        stated = _stated(column.data, row)
        if stated is not None and stop > starts[-1]:
            near = _sum_of(column.cells[starts[-1] : stop])
            wider = (_sum_of(column.cells[start:stop]) for start in {0, *starts[-_NESTED:]})
            if not _agree(stated, near) and not any(_agree(stated, sum_) for sum_ in wider):
                _complain(column, _SUBTOTAL, number, stated, near)
        starts.append(stop)


def _stated(data: ColumnData, row: list[object]) -> Decimal | None:
    assert data.column is not None
    value = parse(data.field, row[data.column.position], ParseContext(data.unit)).value
    return value if isinstance(value, Decimal) else None


def _sum_of(cells: Sequence[Value | None]) -> Decimal:
    return sum((cell for cell in cells if isinstance(cell, Decimal)), Decimal(0))


def _agree(stated: Decimal, computed: Decimal) -> bool:
    return abs(stated - computed) <= abs(computed) * TOLERANCE


def _complain(column: _Summed, code: str, row: int, stated: Decimal, computed: Decimal) -> None:
    field = column.data.field
    assert column.data.column is not None
    if (column.data.column.address, code, str(row)) in column.preview.acknowledged:
        return
    params = {
        "row": str(row), "stated": shown(stated, field), "computed": shown(computed, field),
        MEASURE: field.shown_unit,
    }  # fmt: skip
    column.preview.problems.append((column.data.column.address, warning(code, **params)))
