# SPDX-License-Identifier: MIT
"""Figures that a row states twice: 土地面积 in 亩 and once more in ㎡, 月租金 beside 年租金.

The second column fills in where the first says nothing; where both speak and disagree, the row
says so.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from workbench.application.imports.column_cells import read_cells
from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.parsed import ParseContext, notice, warning
from workbench.domain.parsing.text import shown
from workbench.domain.parsing.units import canonical_unit
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher
from workbench.domain.tables.table import Column, Table
from workbench.domain.tables.watching import unwatched
from workbench.domain.values import Origin

_TOLERANCE, _CENT = Decimal("0.005"), Decimal("0.01")
_RENT = re.compile("(?P<of>.{0,4}?)(?P<period>[月年])度?(?P<rent>.{0,2}租.{1,3})")
_PER_YEAR = {"月": Decimal(12), "年": Decimal(1)}
_TWICE = frozenset({FieldType.AREA, FieldType.MONEY})


def find_twins(table: Table, spec: Entity, matcher: HeadingMatcher) -> list[tuple[str, Column]]:
    """Return the columns that state a field once more in another unit; they count as read."""
    twins: list[tuple[str, Column]] = []
    columns = table.by_field()
    for column in table.columns:
        if not column.open or column.numbers_rows or column.elsewhere:
            continue
        found = matcher.candidates(spec.key, column.heading)
        if not found or found[0].confidence < SURE or spec[found[0].field].type not in _TWICE:
            continue
        first = columns.get(found[0].field)
        if first is not None and (_is_other(first, column) or _periods(first, column)):
            column.elsewhere = True
            twins.append((found[0].field, column))
    return twins


def _is_other(first: Column, second: Column) -> bool:
    """Tell whether two columns give one figure in two units: their headings say the same else."""
    same = (first.heading.core, first.heading.parent) == (
        second.heading.core,
        second.heading.parent,
    )
    different = canonical_unit(first.unit) != canonical_unit(second.unit)
    return bool(second.unit) and same and different


def _periods(first: Column, second: Column) -> Decimal | None:
    """Return how often the first rent is due while the second is once: 12 for 月租金 and 年租金."""
    one, two = (_RENT.fullmatch(column.heading.core) for column in (first, second))
    if not (one and two) or (one["of"], one["rent"]) != (two["of"], two["rent"]):
        return None
    often = _PER_YEAR[one["period"]] / _PER_YEAR[two["period"]]
    return often if often != 1 else None


def compare_twins(
    table: Table, twins: Sequence[tuple[str, Column]], columns: Mapping[str, ColumnData]
) -> None:
    """Compare each figure with its twin, row by row."""
    for name, column in twins:
        data = columns[name]
        other = ColumnData(data.field, column, column.unit, [None] * len(table.rows))
        context = ParseContext(column.unit, None, table.sheet.date1904)
        cells = [row[column.position] for _, row in table.rows]
        read_cells(other, cells, context, None, unwatched)
        often = _periods(data.column, column) if data.column is not None else None
        for index, second in enumerate(other.values):
            first = data.values[index]
            if not isinstance(second, Decimal):
                continue
            raw = shown(cells[index]).strip()
            if often is not None:
                second = (second / often).quantize(_CENT)
            if first is None:
                data.values[index] = second
                data.origins[index] = other.origins.get(index) or Origin(raw, column.unit)
                said = notice("taken_from_twin", text=raw, header=column.heading.text)
                data.problems[index] = (*data.problems.get(index, ()), said)
            elif isinstance(first, Decimal) and abs(first - second) > abs(first) * _TOLERANCE:
                said = warning("stated_twice_differs", text=raw, header=column.heading.text)
                data.problems[index] = (*data.problems.get(index, ()), said)
