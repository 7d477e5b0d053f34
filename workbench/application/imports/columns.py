# SPDX-License-Identifier: MIT
"""Reads a table column by column: the same rules as ``parse``, with short cuts for plain cells.

Equal texts are parsed once, and numbers, dates and long texts that need no thought skip the
general reader; a test holds both ways to the same result.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from operator import itemgetter

from workbench.application.imports.left_out import name_left_out
from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import SCALE, Entity, Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.numbers import prepared, stored
from workbench.domain.parsing.parsed import (
    ParseContext,
    Parsed,
    Problem,
    notice,
    warning,
)  # fmt: skip
from workbench.domain.parsing.text import (
    BLANK_TOKENS,
    DITTO_TOKENS,
    NOT_APPLICABLE_TOKENS,
    shown,
)
from workbench.domain.parsing.units import (
    RefusedUnitError,
    canonical_unit,
    factor,
    is_area_unit,
    is_unit,
    times,
)
from workbench.domain.tables.finder import Column, Table
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.tables.heading_kinds import EITHER
from workbench.domain.tables.headings import SURE, Match
from workbench.domain.tables.watching import ROWS_PER_TICK, Tick, unwatched, watched
from workbench.domain.values import Origin, Value, ValueState

_LONGEST_TOKEN = max(map(len, BLANK_TOKENS | NOT_APPLICABLE_TOKENS)) + 1
_FRACTION = 1.5
_UNIT_HEADINGS = frozenset({"单位", "计量单位", "面积单位", "金额单位"})
_QUANTITY = frozenset({"数量", "规模", "数量(面积)", "资产数量"})
_AREAS = {"building": "gfa_cert", "parcel": "area_cert"}
_SPACE = " \t\r\n\u00a0\u3000\ufeff\u200b"
_SAFE_DIGITS = 9
_SAFE_INTEGER = 1e9
_LARGEST_FACTOR = 10_000
_SHARE_DIGITS = 10
_NO_TENANT = frozenset(
    {"空置", "闲置", "待租", "未出租", "空", "空房", "空闲", "自用", "待招商", "未租"}
)

_TOKENS_BEGIN = frozenset(
    word[0]
    for word in (*BLANK_TOKENS, *NOT_APPLICABLE_TOKENS, *_NO_TENANT, *DITTO_TOKENS)
    if word
)


def read_columns(
    table: Table, spec: Entity, chosen: Mapping[str, str], tick: Tick = unwatched
) -> tuple[dict[str, ColumnData], list[tuple[str, Problem]]]:
    """Return the values of every mapped column, and the problems of columns as a whole.

    ``chosen`` holds the units that a person named, by column letter; ``tick`` hears how many rows'
    worth is done.
    """
    columns: dict[str, ColumnData] = {}
    problems: list[tuple[str, Problem]] = []
    units = _unit_column(table)
    places = {column.position for column in table.by_field().values()}
    cells_at = _transposed(table, places)
    tick(0)
    for done, (name, column) in enumerate(table.by_field().items(), start=1):
        field = spec[name]
        cells = cells_at[column.position]
        unit = _unit(table, column, field, chosen)
        context, remarks = _context(field, cells, unit, table.sheet.date1904)
        data = ColumnData(field, column, unit, [None] * len(cells))
        own = units if units and units[0] is column else None

        def within(row: int, before: int = done - 1, of: int = len(places)) -> None:
            tick((before * len(table.rows) + row) // of)

        _read(data, cells, context, own[1] if own else None, within)
        problems += [(column.letter, remark) for remark in remarks]
        if _unit_is_assumed(field, unit, data):
            problems.append((column.letter, notice("unit_assumed", unit=field.unit)))
        if column.match and _may_be_planned(field, column):
            problems.append(
                (column.letter, warning("planned_or_present", header=column.heading.text))
            )
        if column.hidden:
            problems.append((column.letter, notice("hidden_column", column=column.letter)))
        columns[name] = data
        tick(done * len(table.rows) // len(places))
    return columns, problems + name_left_out(table, columns, units[0] if units else None)


def _may_be_planned(field: Field, column: Column) -> bool:
    """Tell whether a figure read as present stands under a heading that may speak of the plan."""
    return column.heading.parent in EITHER and standing(field.zh) is Standing.FACT and field.numeric


def _transposed(table: Table, places: set[int]) -> dict[int, Sequence[object]]:
    """Return the cells of columns, top to bottom."""
    if not table.rows or not places:
        return dict.fromkeys(places, ())
    taken = sorted(places)
    cells_of = itemgetter(*taken)
    rows = (cells_of(row) for _, row in table.rows)
    if len(taken) == 1:
        return {taken[0]: list(rows)}
    return dict(zip(taken, zip(*rows, strict=True), strict=True))


def _unit(table: Table, column: Column, field: Field, chosen: Mapping[str, str]) -> str:
    """Return a column's unit: a person's choice, the heading, then the sheet's 单位 line."""
    return chosen.get(column.letter) or column.unit or table.context.unit_for(field)


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
        surely = column.match is not None and column.match.exact
        if column.heading.core in _UNIT_HEADINGS and not surely:
            units = [str(row[column.position]) for _, row in table.rows]
            known = [unit for unit in units if unit.strip()]
            figures = table.columns[position - 1]
            _take_quantity(table, figures, known)
            if known and all(is_unit(unit) for unit in known) and figures.match:
                column.match = None
                return figures, units
    return None


def _take_quantity(table: Table, figures: Column, units: Sequence[str]) -> None:
    """Take 数量 for the area where every row's unit beside it is one of area."""
    area = _AREAS.get(table.entity)
    if area is None or area in table.by_field() or figures.match or figures.numbers_rows:
        return
    areas = bool(units) and all(is_area_unit(canonical_unit(unit)) for unit in units)
    if areas and figures.heading.core in _QUANTITY:
        figures.match = Match(area, SURE, exact=False)


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
    number = 0.0
    if type(cell) is float or type(cell) is int:
        number = float(cell)
    elif isinstance(cell, str) and cell and len(cell) < 20:
        with suppress(ValueError):
            number = float(prepared(cell).replace(",", ""))
    return number if isfinite(number) else 0.0


def _read(
    data: ColumnData, cells: Sequence[object], context: ParseContext, units: list[str] | None,
    tick: Tick,
) -> None:  # fmt: skip
    """Fill a column in by the quickest way that its kind of field allows."""
    if units is not None:
        for index in range(len(cells)):
            own = ParseContext(units[index].strip() or context.unit, None, context.date1904)
            _read_any(data, (index,), cells, own)
            if not index % ROWS_PER_TICK:
                tick(index)
        return
    quick = _QUICK.get(data.field.type)
    rest = range(len(cells)) if quick is None else quick(data, cells, context)
    _read_any(data, rest, cells, context, tick)


def _read_texts(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    """Take texts that are plainly text as they are; tokens for "nothing" hold no digit.

    Like the other quick readers it returns the rows that are left for the general one.
    """
    values = data.values
    slow = []
    tenant = data.field.key == "tenant"
    for index, cell in enumerate(cells):
        if type(cell) is str:
            if not cell:
                continue
            if (
                (
                    len(cell) > _LONGEST_TOKEN
                    or cell[-1].isdigit()
                    or ("\u4e00" <= cell[0] <= "\u9fff" and cell[0] not in _TOKENS_BEGIN)
                )
                and cell[0] not in _SPACE
                and cell[-1] not in _SPACE
                and cell[0] != "="
            ):
                values[index] = cell
                continue
            if tenant and cell.strip(_SPACE + "()（）[]【】") in _NO_TENANT:
                data.origins[index] = Origin(cell, None, ValueState.UNKNOWN)
                continue
        slow.append(index)
    return slow


def _read_numbers(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    by = _factor(data.field, context.unit)
    if by is not None and by > _LARGEST_FACTOR:
        by = None
    kind = data.field.type
    places = SCALE[kind]
    shift, as_is = _shift(by), by == 1
    values = data.values
    made: dict[object, Decimal] = {}
    slow = []
    for index, cell in enumerate(cells):
        if type(cell) is float and by is not None:
            if (known := made.get(cell)) is not None:
                values[index] = known
                continue
            text = repr(cell)
            whole, dot, fraction = text.partition(".")
            if dot and len(whole) < _SAFE_DIGITS and "e" not in fraction:
                if as_is and len(fraction) <= places:
                    value = Decimal(whole if fraction == "0" else text)
                elif len(fraction) <= shift:
                    value = Decimal(int(whole + fraction.ljust(shift, "0")))
                else:
                    value = stored(times(Decimal(text), by), kind)
                values[index] = made[cell] = value
                continue
        elif cell == "":
            continue
        slow.append(index)
    return slow


def _shift(by: Fraction | None) -> int:
    """Return how many places a factor such as 10,000 moves the point by; 0 for any other."""
    if by is None or by.denominator != 1 or str(by.numerator).rstrip("0") != "1":
        return 0
    return len(str(by.numerator)) - 1


def _factor(field: Field, unit: str) -> Fraction | None:
    """Return the column's factor, None where each cell must be looked at."""
    try:
        return factor(unit, field)
    except RefusedUnitError:
        return None


def _read_shares(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    values = data.values
    slow = []
    fractions = context.percent_scaled is False
    for index, cell in enumerate(cells):
        if type(cell) is float and fractions and isfinite(cell):
            text = repr(cell)
            if len(text) <= _SHARE_DIGITS and "e" not in text:
                values[index] = Decimal(text[:-2] if text.endswith(".0") else text)
                continue
        elif cell == "":
            continue
        slow.append(index)
    return slow


def _read_integers(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    values = data.values
    slow = []
    for index, cell in enumerate(cells):
        if (
            type(cell) is float
            and not context.unit
            and cell.is_integer()
            and abs(cell) < _SAFE_INTEGER
        ):
            values[index] = int(cell)
        elif cell != "":
            slow.append(index)
    return slow


def _read_dates(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    values = data.values
    slow = []
    for index, cell in enumerate(cells):
        if type(cell) is date and cell.year > 1900:
            values[index] = cell
        elif type(cell) is datetime and cell.year > 1900:
            values[index] = cell.date()
        elif cell != "":
            slow.append(index)
    return slow


def _read_any(
    data: ColumnData, indexes: Sequence[int] | range, cells: Sequence[object],
    context: ParseContext, tick: Tick = unwatched,
) -> None:  # fmt: skip
    """Parse cells one by one, each distinct text or number once."""
    texts: dict[str, _Reading] = {}
    numbers: dict[float, _Reading] = {}
    field, values, unit = data.field, data.values, data.unit
    for index in watched(indexes, tick):
        cell = cells[index]
        if type(cell) is str:
            if not cell:
                continue
            found = texts.get(cell)
            if found is None:
                found = texts[cell] = _reading(parse(field, cell, context), unit)
        elif type(cell) is float:
            found = numbers.get(cell)
            if found is None:
                found = numbers[cell] = _reading(parse(field, cell, context), unit)
        elif cell is None:
            continue
        else:
            found = _reading(parse(field, cell, context), unit)
        value, origin, problems = found
        values[index] = value
        if origin is not None:
            data.origins[index] = origin
        if problems:
            data.problems[index] = problems
    if not DITTO_TOKENS.isdisjoint(texts):
        _repeat_above(data, cells)


def _repeat_above(data: ColumnData, cells: Sequence[object]) -> None:
    """Take what the cell above says for 同上, and say so."""
    for index, cell in enumerate(cells):
        if index and isinstance(cell, str) and cell in DITTO_TOKENS:
            value = data.values[index] = data.values[index - 1]
            above = data.origins.get(index - 1)
            unit = above.unit if above is not None else data.ordinary_unit
            state = ValueState.KNOWN if value is not None else ValueState.UNKNOWN
            data.origins[index] = Origin(cell, unit, state)
            said = notice("same_as_above", text=shown(value))
            data.problems[index] = (said,) if value is not None else ()


def _reading(parsed: Parsed, unit: str) -> "_Reading":
    """Return value, origin if it differs from the column's ordinary one, and problems."""
    origin = parsed.origin
    plain_state = origin.state is ValueState.KNOWN and not origin.qualifier
    ordinary = parsed.value is not None and plain_state and (origin.unit or "") == unit
    return parsed.value, None if ordinary or origin.raw is None else origin, parsed.problems


_Reading = tuple[Value | None, Origin | None, tuple[Problem, ...]]
_QUICK: dict[FieldType, Callable[[ColumnData, Sequence[object], ParseContext], list[int]]] = {
    FieldType.TEXT: _read_texts,
    FieldType.REF: _read_texts,
    FieldType.CODE: _read_texts,
    FieldType.NUMBER: _read_numbers,
    FieldType.AREA: _read_numbers,
    FieldType.MONEY: _read_numbers,
    FieldType.SHARE: _read_shares,
    FieldType.INTEGER: _read_integers,
    FieldType.DATE: _read_dates,
}
