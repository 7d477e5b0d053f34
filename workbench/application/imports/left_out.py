# SPDX-License-Identifier: MIT
"""Columns that are not imported, each named with the reason, so that nothing is lost unseen."""

from collections.abc import Mapping
from datetime import date

from workbench.application.imports.preview import ColumnData
from workbench.domain.parsing.parsed import Problem, notice, warning
from workbench.domain.parsing.text import shown
from workbench.domain.tables.finder import Column, Table
from workbench.domain.parsing.standing import Standing, may_stand, standing
from workbench.domain.tables.years import why_no_year, year_named
from workbench.domain.values import Origin, ValueState

LEFT_OUT = frozenset({"column_without_field", "forecast_left_out", "part_of_year_left_out"})
"""Codes of the problems that name a column left out."""
_FIGURES = (int, float, date)


def name_left_out(
    table: Table, columns: Mapping[str, ColumnData], measured: Column | None
) -> list[tuple[str, Problem]]:
    """Name the columns that hold something and bring nothing; ``measured`` has its unit beside it.

    A forecast (预期产值) whose heading names a field of achieved figures loses its values here.
    """
    found = [
        (column.letter, _why(table, column))
        for column in table.columns
        if column.match is None
        and not (column.numbers_rows or column.elsewhere)
        and (measured is None or column.position != measured.position + 1)
        and any(row[column.position] not in ("", None) for _, row in table.rows)
    ]
    return found + [
        (data.column.letter, warning("forecast_left_out", header=data.column.heading.text))
        for data in columns.values()
        if data.column is not None and _refuse_forecast(table, data, data.column)
    ]


def _why(table: Table, column: Column) -> Problem:
    header = column.heading.text
    why = why_no_year(header)
    if why and (why == "forecast" or year_named(header)):
        cells = (row[column.position] for _, row in table.rows)
        if any(isinstance(cell, _FIGURES) for cell in cells):
            return warning(f"{why}_left_out", header=header)
    return notice("column_without_field", header=header)


def _refuse_forecast(table: Table, data: ColumnData, column: Column) -> bool:
    """Take the values of a column of forecasts for unknown, keeping what the cells show."""
    said = standing(column.heading.joined + column.heading.extra)
    if said is not Standing.FORECAST or not data.field.numeric:
        return False
    if may_stand(data.field, said, by_name=False):
        return False
    for index, value in enumerate(data.values):
        if value is not None:
            raw = shown(table.rows[index][1][column.position])
            data.values[index] = None
            data.origins[index] = Origin(raw, None, ValueState.UNKNOWN)
    return True
