# SPDX-License-Identifier: MIT
"""Reads a table column by column: each column's unit, its scale, and what is to be said of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from math import isfinite

from workbench.application.imports.asked import asked_of, settle_denials
from workbench.application.imports.column_cells import read_cells
from workbench.application.imports.left_out import name_left_out
from workbench.application.imports.preview import ColumnData
from workbench.application.imports.settled_columns import AREAS, QUANTITY
from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.parsing.dates import (
    DAY_MONTH_YEAR,
    MONTH_DAY_YEAR,
    ORDER_ASKED,
    order_of_days,
)
from workbench.domain.parsing.numbers import prepared
from workbench.domain.parsing.parsed import (
    ParseContext,
    Problem,
    notice,
    warning,
)  # fmt: skip
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.parsing.units import (
    canonical_unit,
    factor,
    is_area_unit,
    is_unit,
)
from workbench.domain.tables.finder import Column, Table
from workbench.domain.tables.headings.kinds import EITHER
from workbench.domain.tables.headings.matcher import SURE, Match
from workbench.domain.tables.watching import Tick, unwatched

_FRACTION = 1.5
_QUALIFIED = re.compile(
    "^(?:约|近|超过?|逾|不[大小高低超少多][于过]|[<>≤≥~≈]=?)|(?:左右|以[上下内]|[余多])$"
)
"""What stands beside a number that is not exact."""
_TURNED_AT_ONCE = 5000
_TINY = 100_000
"""元: what is usually kept in 万元 and stays below was mostly written in 万元."""
_OF_LAND = frozenset({"亩", "公顷"})
_UNIT_HEADINGS = frozenset({"单位", "计量单位", "面积单位", "金额单位"})

_POWERS = {3: "千", 4: "万", 6: "百万", 8: "亿"}
"""Scales of units that belong to what a cell shows, not to the number that it holds."""


def read_columns(
    table: Table, spec: Entity, chosen: Mapping[str, str], tick: Tick = unwatched,
    beside: Iterable[ColumnData] = (),
) -> tuple[dict[str, ColumnData], list[tuple[str, Problem]]]:  # fmt: skip
    """Return the values of every mapped column, and the problems of columns as a whole.

    ``chosen`` holds the units that a person named, by column letter; ``tick`` hears how many rows'
    worth is done. ``beside`` are columns of the same rows that were read before.
    """
    columns: dict[str, ColumnData] = {}
    problems: list[tuple[str, Problem]] = []
    assumed: list[ColumnData] = []
    units = _unit_columns(table)
    places = {column.position for column in table.by_field().values()}
    cells_at = _transposed(table, places, tick)
    tick(0)
    orders = _orders_of_days(spec, table, cells_at, tick)
    for done, (name, column) in enumerate(table.by_field().items(), start=1):
        field = spec[name]
        cells = cells_at[column.position]
        unit = _unit(table, column, field, chosen, cells)
        context, remarks = _context(field, cells, unit, orders, table.sheet.date1904)
        if field.type is FieldType.DATE:
            unit = context.unit if context.unit != ORDER_ASKED else ""
        asked = asked_of(field, column.heading)
        data = ColumnData(asked, column, unit, [None] * len(cells))
        own = units.get(column.position)

        def within(row: int, before: int = done - 1, of: int = len(places)) -> None:
            tick((before * len(table.rows) + row) // of)

        read_cells(data, cells, context, own, within)
        if asked is not field:
            data.field = field
            remarks += settle_denials(data, column.heading)
        problems += [(column.address, remark) for remark in remarks]
        if _unit_is_assumed(field, unit, data):
            assumed.append(data)
            _say_bare_among_units(data)
        if column.match and _may_be_planned(field, column):
            problems.append(
                (column.address, warning("planned_or_present", header=column.heading.text))
            )
        if column.match and column.match.confidence < SURE:
            said = {"header": column.heading.text, "field": field.key, "entity": spec.key}
            problems.append((column.address, warning("column_guessed", **said)))
        if column.hidden:
            problems.append((column.address, notice("hidden_column", column=column.letter)))
        problems += _say_land(data)
        columns[name] = data
        tick(done * len(table.rows) // len(places))
    every = (*columns.values(), *beside)
    problems += [_assumed(data, every) for data in assumed]
    problems += _say_parts(table)
    return columns, problems + name_left_out(table, columns, units.keys())


def _say_parts(table: Table) -> list[tuple[str, Problem]]:
    """Say once of each column that holds several fields that it is read as one of each."""
    parts: dict[str, list[Column]] = {}
    for column in table.columns:
        if column.part is not None:
            parts.setdefault(column.part.whole.address, []).append(column)
    return [
        (
            columns[0].address,
            notice(
                "heading_parted", header=columns[0].part.whole.heading.text,
                parts="、".join(column.heading.text for column in columns),
            ),
        )
        for columns in parts.values()
        if columns[0].part is not None
    ]  # fmt: skip


def _assumed(data: ColumnData, columns: Iterable[ColumnData]) -> tuple[str, Problem]:
    """Say that a column states no unit, and aloud where columns of its kind state another one.

    A unit is never guessed by the size of the figures (domain §3.3): 净值 beside 原值（万元） is
    read in 元 until a person says what it is in.
    """
    assert data.column is not None
    field = data.field
    stated = {other.unit: other for other in columns if other.field.type is field.type}
    unlike = [
        f"{other.column.heading.text}（{unit}）"
        if unit not in other.column.heading.text
        else other.column.heading.text
        for unit, other in stated.items()
        if other.column is not None and unit and factor(unit, other.field) != 1
    ]
    if unlike:
        said = warning("unit_unlike", unit=field.unit, other=unlike[0])
    elif (largest := _tiny(data)) is not None:
        said = warning("unit_tiny", unit=field.unit, largest=f"{largest:,f}")
    else:
        said = notice("unit_assumed", unit=field.unit)
    return data.column.address, said


def _tiny(data: ColumnData) -> Decimal | None:
    """Return the largest amount, in 元, of a column that says no unit and is usually kept in 万元.

    None where one reaches ten units of 万元, or where none is known.
    """
    if data.field.type is not FieldType.MONEY or data.field.display_unit != "万元":
        return None
    amounts = [abs(value) for value in data.values if isinstance(value, Decimal) and value]
    largest = max(amounts, default=None)
    return largest if largest is not None and largest < _TINY else None


def _say_land(data: ColumnData) -> list[tuple[str, Problem]]:
    """Say that 占地（亩） of a house may be its plot's area, for nobody measures a footprint so."""
    if data.field.key != "base_area" or data.column is None:
        return []
    units = (data.unit, *(origin.unit or "" for origin in data.origins.values()))
    unit = next((unit for unit in units if unit in _OF_LAND), "")
    if not unit:
        return []
    said = warning("footprint_or_land", header=data.column.heading.text, unit=unit)
    return [(data.column.address, said)]


def _may_be_planned(field: Field, column: Column) -> bool:
    """Tell whether a figure read as present stands under a heading that may speak of the plan."""
    return column.heading.parent in EITHER and standing(field.zh) is Standing.FACT and field.numeric


def _transposed(table: Table, places: set[int], tick: Tick) -> dict[int, Sequence[object]]:
    """Return the cells of columns, top to bottom."""
    found: dict[int, list[object]] = {place: [] for place in places}
    for start in range(0, len(table.rows), _TURNED_AT_ONCE):
        tick(0)
        block = [row for _, row in table.rows[start : start + _TURNED_AT_ONCE]]
        for place, column in found.items():
            column += [row[place] for row in block]
    return {**found}


def _unit(
    table: Table, column: Column, field: Field, chosen: Mapping[str, str], cells: Sequence[object]
) -> str:
    """Return a column's unit: a person's choice, the heading, its first cell, the 单位 line."""
    if said := chosen.get(column.address):
        return said
    unit = (
        column.unit
        or _unit_on_top(field, cells)
        or table.context.unit_for(field, column.heading.parent + column.heading.core)
    )
    power = table.sheet.divided.get(table.sheet.left + column.stands_at, 0)
    return unit.removeprefix(_POWERS[power]) if power in _POWERS else unit


def _unit_on_top(field: Field, cells: Sequence[object]) -> str:
    """Return the unit that stands alone above a column's figures: 亩, then 45.3."""
    first = next((cell for cell in cells if cell not in ("", None)), None)
    measured = field.type in (FieldType.AREA, FieldType.MONEY)
    if not measured or not isinstance(first, str) or not is_unit(first):
        return ""
    return first.strip() if factor(first, field) is not None else ""


def _unit_is_assumed(field: Field, unit: str, data: ColumnData) -> bool:
    if unit or field.type not in (FieldType.AREA, FieldType.MONEY):
        return False
    return any(
        value is not None and ((origin := data.origins.get(index)) is None or not origin.unit)
        for index, value in enumerate(data.values)
    )


def _say_bare_among_units(data: ColumnData) -> None:
    """Ask about each figure without a unit in a column whose other cells say 亩 or 万元.

    35 below 120.5亩 is hardly 35 ㎡, and nobody would see it among a hundred rows.
    """
    units = [
        origin.unit
        for origin in data.origins.values()
        if origin.unit and factor(origin.unit, data.field) != 1
    ]
    if not units:
        return
    for index, value in enumerate(data.values):
        origin = data.origins.get(index)
        if value and (origin is None or not origin.unit):
            said = warning("unit_missing_beside", unit=data.field.unit, other=units[0])
            data.problems[index] = (*data.problems.get(index, ()), said)


def _unit_columns(table: Table) -> dict[int, list[str]]:
    """Return the units that stand row by row right of a figure (面积单位), by its position."""
    found: dict[int, list[str]] = {}
    for position, column in enumerate(table.columns[1:], start=1):
        surely = column.match is not None and column.match.exact
        if column.heading.core in _UNIT_HEADINGS and not surely:
            units = [str(row[column.position]) for _, row in table.rows]
            known = [unit for unit in units if unit.strip()]
            figures = table.columns[position - 1]
            _take_quantity(table, figures, known)
            if known and all(is_unit(unit) for unit in known) and figures.match:
                column.match = None
                found[figures.position] = units
    return found


def _take_quantity(table: Table, figures: Column, units: Sequence[str]) -> None:
    """Take 数量 for the area where most rows' unit beside it is one of area: machines are 2 台."""
    area = AREAS.get(table.entity)
    if area is None or area in table.by_field() or figures.match or figures.numbers_rows:
        return
    areas = sum(is_area_unit(canonical_unit(unit)) for unit in units) * 2 >= len(units) > 0
    if areas and figures.heading.core in QUANTITY:
        figures.match = Match(area, SURE, exact=False)


def _context(
    field: Field, cells: Sequence[object], unit: str, orders: Mapping[str, str], date1904: bool
) -> tuple[ParseContext, list[Problem]]:
    if field.type is FieldType.DATE:
        return _context_of_days(unit, orders.get(field.key, ""), date1904)
    if field.type is not FieldType.SHARE:
        return ParseContext(unit, None, date1904), []
    scaled, remarks = share_scale(cells, unit)
    return ParseContext("", scaled, date1904), remarks


def _orders_of_days(
    spec: Entity, table: Table, cells_at: Mapping[int, Sequence[object]], tick: Tick
) -> dict[str, str]:
    """Return in which order each column writes its days, by field.

    One that does not tell it follows the others, where these all tell the same.
    """
    orders: dict[str, str] = {}
    for name, column in table.by_field().items():
        if spec[name].type is FieldType.DATE:
            orders[name] = order_of_days(cells_at[column.position])
            tick(0)
    told = {*orders.values()} & {DAY_MONTH_YEAR, MONTH_DAY_YEAR}
    usual = told.pop() if len(told) == 1 else ORDER_ASKED
    return {name: usual if order == ORDER_ASKED else order for name, order in orders.items()}


def _context_of_days(chosen: str, order: str, date1904: bool) -> tuple[ParseContext, list[Problem]]:
    """Decide in which order 03/02/2027 is written: by a person's word, or by what days tell."""
    if chosen in (DAY_MONTH_YEAR, MONTH_DAY_YEAR):
        return ParseContext(chosen, None, date1904), []
    if not order:
        return ParseContext("", None, date1904), []
    told = order != ORDER_ASKED
    said = notice("day_order_read", order=order) if told else warning("day_order_unknown")
    return ParseContext(order, None, date1904), [said]


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
    """Return a number that carries no percent sign, 0 for anything else.

    约85 and ≤50 are percents; 约0.5 beside them tells nothing of the column.
    """
    number = 0.0
    if type(cell) is float or type(cell) is int:
        number = float(cell)
    elif isinstance(cell, str) and cell and len(cell) < 20:
        with suppress(ValueError):
            text = prepared(cell)
            bare = _QUALIFIED.sub("", text)
            number = float(bare.replace(",", ""))
            if bare != text and number <= _FRACTION:
                return 0.0
    return number if isfinite(number) else 0.0
