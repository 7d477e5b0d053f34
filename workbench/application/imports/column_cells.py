# SPDX-License-Identifier: MIT
"""Reads a column's cells: the same rules as ``parse``, with short cuts for plain ones.

Equal texts are parsed once, and numbers, dates and long texts that need no thought skip the
general reader; a test holds both ways to the same result.
"""

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import SCALE, Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.numbers import stored
from workbench.domain.parsing.parsed import ParseContext, Parsed, Problem, notice, warning
from workbench.domain.parsing.text import (
    BLANK_TOKENS,
    DITTO_TOKENS,
    NOT_APPLICABLE_TOKENS,
    OUTSIDE,
    shown,
)
from workbench.domain.parsing.units import RefusedUnitError, factor, times
from workbench.domain.parsing.written_dates import FIRST_YEAR, LAST_YEAR
from workbench.domain.tables.watching import ROWS_PER_TICK, Tick, unwatched
from workbench.domain.values import Origin, Value, ValueState

_LONGEST_TOKEN = max(map(len, BLANK_TOKENS | NOT_APPLICABLE_TOKENS)) + 1
_ISO_LENGTH = len("2035-06-30")
_SAFE_DIGITS = 9
_SAFE_INTEGER = 1e9
_LARGEST_FACTOR = 10_000
_SHARE_DIGITS = 10
_NO_TENANT = frozenset(
    {
        "空置",
        "闲置",
        "待租",
        "未出租",
        "空",
        "空房",
        "空闲",
        "自用",
        "待招商",
        "未租",
        "招租中",
        "VACANT",
        "Vacant",
        "vacant",
        "Available",
        "available",
        "AVAILABLE",
    }
)

_SEVERAL_TENANTS = frozenset(
    {
        "多家", "多户", "若干", "多家企业", "多户企业", "多个租户", "多家租户", "散租", "散户",
        "零散租户",
    }
)  # fmt: skip
_AND_OTHERS = re.compile(
    r"等(?:[\d一二三四五六七八九十百]+[余多]?[家户个])?(?:企业|公司|单位|租户|商户)?\s*$"
)
"""华星电子等, 甲公司等12家企业: a house of several tenants."""
_ASIDE = re.compile(r"(?<=.)[(（][^()（）]*[)）]\s*$")
"""What is said aside of nobody: 自用（管委会）."""
_ENDS_OF_NOBODY = ("自用", "空置", "闲置", "待租", "未出租", "未租", "招租", "空置中", "招租中")
"""How it ends when nobody rents, whoever is named first: 管委会自用, 已退租空置."""
_NOBODY = _NO_TENANT | _SEVERAL_TENANTS
_NO_HOLDER = frozenset(
    {
        "流拍", "流标", "未成交", "未出让", "待出让", "待成交", "未供", "未供地", "撤牌", "撤回",
        "终止", "中止", "无人竞买", "无人报名", "废标", "收回", "已收回",
    }
)  # fmt: skip
"""What stands under 竞得人 or 权利人 where nobody bought."""
_TOKENS_BEGIN = frozenset(
    word[0]
    for words in (BLANK_TOKENS, NOT_APPLICABLE_TOKENS, _NO_TENANT, _SEVERAL_TENANTS, DITTO_TOKENS)
    for word in words
    if word
)


def read_cells(
    data: ColumnData, cells: Sequence[object], context: ParseContext, units: list[str] | None,
    tick: Tick,
) -> None:  # fmt: skip
    """Fill a column in by the quickest way that its kind of field allows."""
    said: Set[str] = set()
    if units is None:
        quick = _QUICK.get(data.field.type)
        rest = range(len(cells)) if quick is None else quick(data, cells, context)
        said = _read_any(data, rest, cells, context, tick)
    else:
        for index in range(len(cells)):
            own = ParseContext(units[index].strip() or context.unit, None, context.date1904)
            said |= _read_any(data, (index,), cells, own)
            if not index % ROWS_PER_TICK:
                tick(index)
    _repeat_above(data, cells, said)
    if data.field.key == "right_holder":
        _forget_nobody(data)


def _forget_nobody(data: ColumnData) -> None:
    """Leave the holder of land unknown that was not sold: 流拍 is nobody's name."""
    for index, name in enumerate(data.values):
        if name in _NO_HOLDER:
            data.values[index] = None
            data.origins[index] = Origin(str(name), None, ValueState.UNKNOWN)


def _read_texts(data: ColumnData, cells: Sequence[object], context: ParseContext) -> list[int]:
    """Take texts that are plainly text as they are; tokens for "nothing" hold no digit.

    Like the other quick readers it returns the rows that are left for the general one.
    """
    values = data.values
    slow = []
    tenant, code = data.field.key == "tenant", data.field.type is FieldType.CODE
    for index, cell in enumerate(cells):
        if type(cell) is str:
            if not cell:
                continue
            if (
                (
                    len(cell) > _LONGEST_TOKEN
                    or cell[-1].isdigit()
                    or "0" <= cell[0] <= "9"
                    or ("\u4e00" <= cell[0] <= "\u9fff" and cell[0] not in _TOKENS_BEGIN)
                )
                and cell[0] not in OUTSIDE
                and cell[-1] not in OUTSIDE
                and cell[0] != "="
                and not (code and ("E+" in cell or "e+" in cell))
                and not (
                    tenant
                    and (_ASIDE.sub("", cell).endswith(_ENDS_OF_NOBODY) or _AND_OTHERS.search(cell))
                )
            ):
                values[index] = cell
                continue
            if tenant and _ASIDE.sub("", cell).rstrip(OUTSIDE).endswith(_ENDS_OF_NOBODY):
                data.origins[index] = Origin(cell, None, ValueState.UNKNOWN)
                continue
            if tenant and _AND_OTHERS.search(cell):
                data.origins[index] = Origin(cell, None, ValueState.UNKNOWN)
                data.problems[index] = (warning("not_one_tenant", text=cell.strip()),)
                continue
            if tenant and (said := _ASIDE.sub("", cell).strip(OUTSIDE + "()（）[]【】")) in _NOBODY:
                data.origins[index] = Origin(cell, None, ValueState.UNKNOWN)
                if said in _SEVERAL_TENANTS:
                    data.problems[index] = (warning("not_one_tenant", text=said),)
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
        if type(cell) is date and FIRST_YEAR < cell.year <= LAST_YEAR:
            values[index] = cell
        elif type(cell) is datetime and FIRST_YEAR < cell.year <= LAST_YEAR:
            values[index] = cell.date()
        elif type(cell) is str and (day := _iso_day(cell)) is not None:
            values[index] = day
        elif cell != "":
            slow.append(index)
    return slow


def _iso_day(text: str) -> date | None:
    """Return the day of 2035-06-30, as systems write it; None for any other text."""
    if len(text) != _ISO_LENGTH or not text[4] == text[7] == "-":
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR < day.year <= LAST_YEAR else None


def _read_any(
    data: ColumnData, indexes: Sequence[int] | range, cells: Sequence[object],
    context: ParseContext, tick: Tick = unwatched,
) -> Set[str]:  # fmt: skip
    """Parse cells one by one, each distinct text or number once; return the texts."""
    texts: dict[str, _Reading] = {}
    numbers: dict[float, _Reading] = {}
    for start in range(0, len(indexes), ROWS_PER_TICK):
        tick(start)
        _read_part(data, indexes[start : start + ROWS_PER_TICK], cells, context, texts, numbers)
    return texts.keys()


def _read_part(
    data: ColumnData, indexes: Sequence[int] | range, cells: Sequence[object],
    context: ParseContext, texts: dict[str, "_Reading"], numbers: dict[float, "_Reading"],
) -> None:  # fmt: skip
    """Parse some cells, with what is known of the same texts and numbers before them."""
    field, values, unit = data.field, data.values, data.unit
    for index in indexes:
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
        values[index], origin, problems = found
        if origin is not None:
            data.origins[index] = origin
        if problems:
            data.problems[index] = problems


def _repeat_above(data: ColumnData, cells: Sequence[object], texts: Set[str]) -> None:
    """Take what the cell above says for 同上, and say so; ``texts`` are those in the cells."""
    if DITTO_TOKENS.isdisjoint(texts):
        return
    if cells and isinstance(cells[0], str) and cells[0] in DITTO_TOKENS:
        data.values[0] = None
        data.origins[0] = Origin(cells[0], None, ValueState.UNKNOWN)
        data.problems[0] = (warning("nothing_above", text=cells[0]),)
    for index, cell in enumerate(cells):
        if index and isinstance(cell, str) and cell in DITTO_TOKENS:
            value = data.values[index] = data.values[index - 1]
            known = ValueState.KNOWN if value is not None else ValueState.UNKNOWN
            above = data.origins.get(index - 1) or Origin(None, data.ordinary_unit, known)
            data.origins[index] = replace(above, raw=cell)  # what is about 300 stays about 300
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
