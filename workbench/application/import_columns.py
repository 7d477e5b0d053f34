# SPDX-License-Identifier: MIT
"""Reads a table column by column: the same rules as ``parse``, with short cuts for plain cells.

Equal texts are parsed once, and numbers, dates and long texts that need no thought skip the
general reader; a test holds both ways to the same result.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from workbench.application.import_preview import ColumnData, ImportOptions
from workbench.domain.fields import SCALE, Entity, Field, FieldType
from workbench.domain.parsed import (
    Fault,
    ParseContext,
    Parsed,
    PercentNumber,
    Problem,
    notice,
    warning,
)  # fmt: skip
from workbench.domain.parsing import parse
from workbench.domain.parsing_numbers import prepared, stored
from workbench.domain.parsing_text import BLANK_TOKENS, NOT_APPLICABLE_TOKENS
from workbench.domain.parsing_units import RefusedUnitError, factor, is_unit
from workbench.domain.tables import Column, Table
from workbench.domain.values import Origin, Value, ValueState

_LONGEST_TOKEN = max(map(len, BLANK_TOKENS | NOT_APPLICABLE_TOKENS)) + 1
_MOST_REMEMBERED = 50_000
_FRACTION = 1.5
_PLAIN_TEXT = frozenset({FieldType.TEXT, FieldType.REF, FieldType.CODE})
_SPACE = " \t\r\n\u00a0\u3000\ufeff\u200b"
_NUMBERS = (FieldType.NUMBER, FieldType.AREA, FieldType.MONEY)
_NO_TENANT = frozenset(
    {"空置", "闲置", "待租", "未出租", "空", "空房", "空闲", "自用", "待招商", "未租"}
)


def read_columns(
    table: Table, spec: Entity, options: ImportOptions
) -> tuple[dict[str, ColumnData], list[tuple[str, Problem]]]:
    """Return the values of every mapped column, and the problems of columns as a whole."""
    columns: dict[str, ColumnData] = {}
    problems: list[tuple[str, Problem]] = []
    units = _unit_column(table)
    for name, column in table.by_field().items():
        field = spec[name]
        cells = [row[column.position] for _, row in table.rows]
        unit = _unit(table, column, field, options)
        context, remarks = _context(field, cells, unit, table.sheet.date1904)
        data = ColumnData(field, column, unit, [None] * len(cells))
        own = units if units and units[0] is column else None
        _read(data, cells, context, own[1] if own else None)
        problems += [(column.letter, remark) for remark in remarks]
        if _unit_is_assumed(field, unit, data):
            problems.append((column.letter, notice("unit_assumed", unit=field.unit)))
        if column.hidden:
            problems.append((column.letter, notice("hidden_column", column=column.letter)))
        columns[name] = data
    return columns, problems


def _unit(table: Table, column: Column, field: Field, options: ImportOptions) -> str:
    """Return a column's unit: a person's choice, the heading, then the sheet's 单位 line."""
    place = (table.sheet.name, table.header_rows[0], column.letter)
    return options.units.get(place) or column.unit or table.context.unit_for(field)


def _unit_is_assumed(field: Field, unit: str, data: ColumnData) -> bool:
    if unit or field.type not in (FieldType.AREA, FieldType.MONEY):
        return False
    return any(
        value is not None and ((origin := data.origins.get(index)) is None or not origin.unit)
        for index, value in enumerate(data.values)
    )


def _unit_column(table: Table) -> tuple[Column, list[str]] | None:
    """Return the figure column whose unit stands row by row in the column 单位 to its right."""
    for position, column in enumerate(table.columns[1:], start=1):
        if column.match is None and column.heading.core in ("单位", "计量单位", "面积单位"):
            units = [str(row[column.position]) for _, row in table.rows]
            known = [unit for unit in units if unit.strip()]
            figures = table.columns[position - 1]
            if known and all(is_unit(unit) for unit in known) and figures.match:
                return figures, units
    return None


def _context(
    field: Field, cells: Sequence[object], unit: str, date1904: bool
) -> tuple[ParseContext, list[Problem]]:
    if field.type is not FieldType.SHARE:
        return ParseContext(unit, None, date1904), []
    scaled, remarks = share_scale(cells, unit)
    return ParseContext("", scaled, date1904), remarks


def share_scale(cells: Sequence[object], unit: str) -> tuple[bool | None, list[Problem]]:
    """Decide whether bare numbers in a column of shares are percents (§3.3: never in silence)."""
    bare = [abs(number) for cell in cells if (number := _bare_number(cell))]
    small = [number for number in bare if number <= _FRACTION]
    large = [number for number in bare if number > _FRACTION]
    if small and large:
        if unit == "%":
            return True, [notice("small_percents", count=str(len(small)))]
        return None, [warning("mixed_shares", small=str(len(small)), large=str(len(large)))]
    if unit == "%":
        if small and max(small) <= 1:
            return False, [warning("fractions_under_percent")]
        return True, []
    return bool(large), []


def _bare_number(cell: object) -> float:
    """Return a number that carries no percent sign, 0 for anything else."""
    if type(cell) is float or type(cell) is int:
        return float(cell)
    if isinstance(cell, str) and cell and len(cell) < 20:
        try:
            return float(prepared(cell).replace(",", ""))
        except ValueError:
            return 0.0
    return 0.0


def _read(
    data: ColumnData, cells: Sequence[object], context: ParseContext, units: list[str] | None
) -> None:
    """Fill a column in by the quickest way that its kind of field allows."""
    if units is not None:
        for index, cell in enumerate(cells):
            own = ParseContext(units[index].strip() or context.unit, None, context.date1904)
            _take(data, index, parse(data.field, cell, own))
        return
    kind = data.field.type
    if kind in _PLAIN_TEXT:
        _read_texts(data, cells, context)
    elif kind in _NUMBERS:
        _read_numbers(data, cells, context)
    elif kind is FieldType.DATE:
        _read_dates(data, cells, context)
    else:
        _read_any(data, range(len(cells)), cells, context)


def _read_texts(data: ColumnData, cells: Sequence[object], context: ParseContext) -> None:
    values = data.values
    slow = []
    tenant = data.field.key == "tenant"
    for index, cell in enumerate(cells):
        if type(cell) is str:
            if not cell:
                continue
            if (
                len(cell) > _LONGEST_TOKEN
                and cell[0] not in _SPACE
                and cell[-1] not in _SPACE
                and (cell[0] != "=")
            ):
                values[index] = cell
                continue
            if tenant and cell.strip() in _NO_TENANT:
                data.origins[index] = Origin(cell, None, ValueState.UNKNOWN)
                continue
        slow.append(index)
    _read_any(data, slow, cells, context)


def _read_numbers(data: ColumnData, cells: Sequence[object], context: ParseContext) -> None:
    by = _factor(data.field, context.unit)
    kind = data.field.type
    places = SCALE[kind]
    values = data.values
    slow = []
    scale = by.numerator if by is not None and by.denominator == 1 else None
    for index, cell in enumerate(cells):
        if type(cell) is float and scale is not None:
            text = repr(cell)
            whole, dot, fraction = text.partition(".")
            if dot and len(fraction) <= places and len(whole) < 15 and "e" not in fraction:
                if scale == 1:
                    values[index] = Decimal(whole if fraction == "0" else text)
                else:
                    values[index] = stored(Decimal(text) * scale, kind)
                continue
        elif cell == "":
            continue
        slow.append(index)
    _read_any(data, slow, cells, context)


def _factor(field: Field, unit: str) -> Fraction | None:
    """Return the column's factor, None where each cell must be looked at."""
    try:
        return factor(unit, field)
    except RefusedUnitError:
        return None


def _read_dates(data: ColumnData, cells: Sequence[object], context: ParseContext) -> None:
    values = data.values
    slow = []
    for index, cell in enumerate(cells):
        if type(cell) is date and cell.year > 1900:
            values[index] = cell
        elif type(cell) is datetime and cell.year > 1900:
            values[index] = cell.date()
        elif cell != "":
            slow.append(index)
    _read_any(data, slow, cells, context)


def _read_any(
    data: ColumnData, indexes: Sequence[int] | range, cells: Sequence[object], context: ParseContext
) -> None:
    """Parse cells one by one, each distinct text or number once."""
    seen: dict[object, Parsed] = {}
    field = data.field
    for index in indexes:
        cell = cells[index]
        if cell == "" or cell is None:
            continue
        if isinstance(cell, Fault | PercentNumber) or len(seen) > _MOST_REMEMBERED:
            parsed = parse(field, cell, context)
        else:
            memory = (type(cell), cell)
            found = seen.get(memory)
            if found is None:
                found = seen[memory] = parse(field, cell, context)
            parsed = found
        _take(data, index, parsed)


def _take(data: ColumnData, index: int, parsed: Parsed) -> None:
    value: Value | None = parsed.value
    data.values[index] = value
    if parsed.problems:
        data.problems[index] = parsed.problems
    origin = parsed.origin
    if origin.raw is None:
        return
    plain_state = origin.state is ValueState.KNOWN and not origin.qualifier
    if value is None or not plain_state or (origin.unit or "") != data.unit:
        data.origins[index] = origin
