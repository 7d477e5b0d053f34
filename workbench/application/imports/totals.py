# SPDX-License-Identifier: MIT
"""Compares the ledger's own 合计 with the sum of the rows taken in (rule V28)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.application.imports.preview import ColumnData, ControlTotal, Outcome, TablePreview
from workbench.domain.display import with_unit
from workbench.domain.fields import FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, warning

TOLERANCE = Decimal("0.005")
"""Relative difference above which a total disagrees (domain §3.4, V28W)."""

_NESTED = 8
"""How many groups back a nested 小计 is looked for."""

_ADDITIVE = (FieldType.AREA, FieldType.MONEY)


def _counts(preview: TablePreview, index: int) -> bool:
    """Tell whether a row is part of the ledger's total: not a second statement of another row."""
    if preview.outcomes[index] is not Outcome.REVIEW:
        return True
    problems = preview.row_problems.get(index, ())
    return all(problem.code != "duplicate_key_conflict" for _, problem in problems)


def compare_totals(preview: TablePreview, before: Sequence[TablePreview] = ()) -> None:
    """Fill in the control totals of a table, with a finding for each sum that disagrees.

    ``before`` are the tables above it on its sheet: the last 合计 of a sheet may sum them all.
    """
    if preview.table.total is None and not preview.table.subtotals:
        return
    counted = [index for index in preview.kept() if _counts(preview, index)]
    for name, data in preview.columns.items():
        if data.column is None or data.field.type not in _ADDITIVE:
            continue
        if preview.table.total is not None:
            _compare_total(preview, name, data, counted, preview.table.total, before)
        if preview.table.subtotals:
            _compare_subtotals(preview, data, counted)


def _wider_sums(
    preview: TablePreview,
    name: str,
    data: ColumnData,
    counted: list[int],
    before: Sequence[TablePreview],
) -> Iterator[Decimal]:
    """Yield what a 合计 may also sum: rows without a tenant, and the tables above on its sheet."""
    nameless = [at for at, outcome in enumerate(preview.outcomes) if outcome is Outcome.REJECTED]
    yield _sum_of(data, sorted([*counted, *nameless]))
    yield _sum_of(data, counted) + sum(
        _sum_of(other.columns[name], [i for i in other.kept() if _counts(other, i)])
        for other in before
        if name in other.columns
    )


def _compare_total(
    preview: TablePreview,
    name: str,
    data: ColumnData,
    counted: list[int],
    total: tuple[int, list[object]],
    before: Sequence[TablePreview],
) -> None:
    number, row = total
    stated = _stated(data, row)
    if stated is None:
        return
    computed = _sum_of(data, counted)
    agrees = _agree(stated, computed)
    if not agrees:
        for whole in _wider_sums(preview, name, data, counted, before):
            if _agree(stated, whole):
                computed, agrees = whole, True
                break
    preview.totals.append(ControlTotal(name, number, stated, computed, agrees))
    if not agrees:
        _complain(preview, data, "V28W", number, stated, computed)


def _compare_subtotals(preview: TablePreview, data: ColumnData, counted: list[int]) -> None:
    """Find each 小计 that is the sum of no run of rows ending above it.

    A 小计 may close the rows since the 小计 before it or, nested, since any earlier one.
    """
    numbers = [preview.table.rows[index][0] for index in counted]
    starts = [0]
    for number, row in preview.table.subtotals:
        stop = bisect_left(numbers, number)
        stated = _stated(data, row)
        if stated is not None and stop > starts[-1]:
            near = _sum_of(data, counted[starts[-1] : stop])
            wider = (_sum_of(data, counted[start:stop]) for start in {0, *starts[-_NESTED:]})
            if not _agree(stated, near) and not any(_agree(stated, sum_) for sum_ in wider):
                _complain(preview, data, "subtotal_differs", number, stated, near)
        starts.append(stop)


def _stated(data: ColumnData, row: list[object]) -> Decimal | None:
    assert data.column is not None
    value = parse(data.field, row[data.column.position], ParseContext(data.unit)).value
    return value if isinstance(value, Decimal) else None


def _sum_of(data: ColumnData, indices: list[int]) -> Decimal:
    figures = (data.values[index] for index in indices)
    return sum((value for value in figures if isinstance(value, Decimal)), Decimal(0))


def _agree(stated: Decimal, computed: Decimal) -> bool:
    return abs(stated - computed) <= abs(computed) * TOLERANCE


def _complain(
    preview: TablePreview, data: ColumnData, code: str, row: int, stated: Decimal, computed: Decimal
) -> None:
    assert data.column is not None
    said, summed = with_unit(stated, data.field), with_unit(computed, data.field)
    params = {"row": str(row), "stated": said, "computed": summed}
    preview.problems.append((data.column.letter, warning(code, **params)))
