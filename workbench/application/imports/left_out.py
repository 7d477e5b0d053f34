# SPDX-License-Identifier: MIT
"""Columns that are not imported, each named with the reason, so that nothing is lost unseen."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import Problem, notice, warning
from workbench.domain.parsing.standing import Standing, may_stand, standing
from workbench.domain.parsing.text import shown
from workbench.domain.tables.finder import Column, Table
from workbench.domain.tables.headings.months import beside_month, month_of
from workbench.domain.tables.headings.words import YEAR_WORD
from workbench.domain.tables.letters import column_letter
from workbench.domain.tables.years import YEAR, by_years, why_no_year, year_named
from workbench.domain.values import Origin, ValueState

LEFT_OUT = frozenset(
    {
        "column_without_field", "forecast_left_out", "part_of_year_left_out", "months_left_out",
        "computed_left_out", "column_without_heading", "cells_not_parted",
        "years_left_out",
    }
)  # fmt: skip
"""Codes of the problems that name a column left out."""
_FIGURES = (int, float, date)
_A_FEW = 2
_PART = "part_of_year"
_WHOLE_YEAR = "_12m"
"""How the keys of figures of the last twelve months end."""
_FIGURE = Field("figure", "", "", FieldType.MONEY)
_COMPUTED = re.compile("^(?:上*年度|本年度?)?(?:亩均|地均|单位面积)|投资强度$|^综合容积率$")
"""Figures that are worked out from others and never typed: 亩均税收."""


def name_left_out(
    table: Table, columns: Mapping[str, ColumnData], measured: Collection[int]
) -> list[tuple[str, Problem]]:
    """Name the columns that hold something and bring nothing; ``measured`` have units beside them.

    A forecast (预期产值) whose heading names a field of achieved figures loses its values here.
    """
    out = [
        column
        for column in table.columns
        if column.match is None
        and not (column.numbers_rows or column.elsewhere)
        and column.position - 1 not in measured
        and any(row[column.position] not in ("", None) for _, row in table.rows)
    ]
    monthly, yearly = list(_months(out)), by_years(out)
    taken = {column.position for run in (*monthly, *yearly.values()) for column in run}
    found = [(run[0].address, _say_months(table, run)) for run in monthly]
    found += [(run[0].address, _say_years(run)) for run in yearly.values()]
    found += [(c.address, _why(table, c)) for c in out if c.position not in taken]
    found += [(at, warning("column_without_heading", column=at)) for at in _unheaded(table)]
    found += [(c.address, _say_whole(table, c)) for c in table.columns
              if c.match is not None and c.position in table.unparted]  # fmt: skip
    return (
        found
        + [
            (data.column.address, warning("forecast_left_out", header=data.column.heading.text))
            for data in columns.values()
            if data.column is not None and _refuse_forecast(table, data, data.column)
        ]
        + [
            (data.column.address, warning("part_of_year_left_out", header=data.column.heading.text))
            for data in columns.values()
            if data.column is not None and _refuse_part(table, data, data.column)
        ]
    )


def _unheaded(table: Table) -> list[str]:
    """Return the letters of the columns among the headed ones that hold cells and no heading."""
    if table.places is not None or table.borrowed:  # not all columns are this table's
        return []
    known = {column.stands_at for column in table.columns}
    return [
        column_letter(table.sheet.left + at)
        for at in range(min(known), max(known))
        if at not in known and any(row[at] not in ("", None) for _, row in table.rows)
    ]


def _months(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Yield the columns of figures month by month, those of one kind together."""
    runs: dict[str, list[Column]] = {}
    for column in columns:
        if month_of(column.heading):
            runs.setdefault(beside_month(column.heading), []).append(column)
    yield from (run for run in runs.values() if len(run) > _A_FEW)


def _say_months(table: Table, run: Sequence[Column]) -> Problem:
    """Say once of all months what they add up to, for the ledger keeps no figures by month."""
    total = Decimal(0)
    for column in run:
        for _, row in table.rows:
            cell = row[column.position]
            if type(cell) is float or (isinstance(cell, str) and cell):
                value = parse(_FIGURE, cell).value
                total += value if isinstance(value, Decimal) else 0
    first, last = run[0].heading.text, run[-1].heading.text
    return warning(
        "months_left_out", first=first, last=last, count=str(len(run)), total=f"{total:,f}"
    )


def _say_whole(table: Table, column: Column) -> Problem:
    """Say of a column that its heading names several fields and its cells are not parted so."""
    whole = table.unparted[column.position]
    return warning(
        "cells_not_parted", header=column.heading.text, parts="、".join(whole.names),
        cell=str(whole.row), text=whole.text, count=str(whole.count),
    )  # fmt: skip


def _say_years(run: Sequence[Column]) -> Problem:
    """Say once of several years' figures of one thing that none of them is kept."""
    header = run[0].heading.text.rpartition("_")[0]
    years = "、".join(column.heading.core for column in run)
    return warning("years_left_out", header=header, years=years)


def _why(table: Table, column: Column) -> Problem:
    header = column.heading.text
    if column.position in table.unparted:
        return _say_whole(table, column)
    bare = YEAR_WORD.sub("", column.heading.core)
    if _COMPUTED.search(bare or column.heading.parent):
        return notice("computed_left_out", header=header)
    why = why_no_year(header)
    if why and (why == "forecast" or year_named(header)):
        cells = (row[column.position] for _, row in table.rows)
        if any(isinstance(cell, _FIGURES) for cell in cells):
            return warning(f"{why}_left_out", header=header)
    return notice("column_without_field", header=header)


def _refuse_part(table: Table, data: ColumnData, column: Column) -> bool:
    """Take 一季度应收 for unknown where a whole year's figure is kept."""
    yearly = data.field.key.endswith(_WHOLE_YEAR) or YEAR in table.constants
    if not yearly or not data.field.numeric or why_no_year(column.heading.text) != _PART:
        return False
    _forget(table, data, column)
    return True


def _forget(table: Table, data: ColumnData, column: Column) -> None:
    """Take a column's values for unknown, keeping what the cells show."""
    for index, value in enumerate(data.values):
        if value is not None:
            raw = shown(table.rows[index][1][column.position])
            data.values[index] = None
            data.origins[index] = Origin(raw, None, ValueState.UNKNOWN)


def _refuse_forecast(table: Table, data: ColumnData, column: Column) -> bool:
    """Take the values of a column of forecasts for unknown, keeping what the cells show."""
    said = standing(column.heading.joined + column.heading.extra)
    if said is not Standing.FORECAST or not data.field.numeric:
        return False
    if may_stand(data.field, said, by_name=False):
        return False
    _forget(table, data, column)
    return True
