# SPDX-License-Identifier: MIT
"""Takes back the meaning of a heading where none of its cells can have it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.choices import OTHER
from workbench.domain.parsing.parsed import Fault
from workbench.domain.parsing.text import is_blank, shown
from workbench.domain.parsing.units import is_unit
from workbench.domain.tables.context import park_in
from workbench.domain.tables.headings.matcher import Match
from workbench.domain.tables.table import Column, Table

_LOOKED_AT = 50
_FEWEST = 2
"""One cell that cannot be read is asked about; it proves nothing against its column."""
_END, _TERM = "end_on", "term_years"
_YEARS = re.compile(r"\d{1,2}(?:\.0)?\s*年?$")
_METERED = re.compile("用[电水气]量|[电水气]费|表底|抄表|[本上]月读数|度数")
_RENT, _RENTS = "租", frozenset({"rent_price", "rent_total"})
_PARK, _HOUSE = "park", "building"
_PARKLIKE = re.compile("园|区|基地|park", re.I)
_TOTAL, _OTHER_PERIOD = "rent_total", re.compile("半年|季")
"""Periods that the total of a rent has not: it is by the month or the year."""
_FREE = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.REF, FieldType.CODE})
"""Kinds that take any text."""


def take_back_guesses(table: Table, spec: Entity) -> None:
    """Leave a guessed column without a field where every cell speaks against it.

    建筑面积_产证 over 12800.5 is not 权证状态, and 已收至 over 2026-06-30 no sum received, whatever
    the words have in common. Nor is the 单价 beside 用电量 a rent.
    """
    metered = any(_METERED.search(column.heading.core) for column in table.columns)
    for column in table.columns:
        if metered and _is_no_rent(column):
            column.match = None
        if column.match is None or (column.match.exact and column.match.field != _END):
            continue
        cells = (row[column.position] for _, row in table.rows)
        said = list(islice((cell for cell in cells if not is_blank(shown(cell))), _LOOKED_AT))
        column.match = _what_cells_leave(table, spec, column, column.match, said)


def _what_cells_leave(
    table: Table, spec: Entity, column: Column, guess: Match, said: Sequence[object]
) -> Match | None:
    """Return what is left of a guess before a column's cells: it, another field, or nothing."""
    field = spec[guess.field]
    if field.key == _END:
        term = _TERM in spec and _TERM not in table.by_field() and _are_years(said)
        return replace(guess, field=_TERM) if term else guess
    if field.key == _PARK:
        parks = _PARKLIKE.search(column.heading.joined) or any(map(_is_park, said))
        return guess if parks else _house(table, spec, guess)
    other_period = field.key == _TOTAL and _OTHER_PERIOD.search(column.heading.joined)
    return None if other_period or speak_against(field, said) else guess


def _is_no_rent(column: Column) -> bool:
    """Tell whether a column was taken for a rent without being called one."""
    taken = column.match is not None and column.match.field in _RENTS
    return taken and _RENT not in column.heading.joined


def _are_years(cells: Sequence[object]) -> bool:
    """Tell whether 使用期限 holds how long, not until when: 50年."""
    return bool(cells) and all(_YEARS.match(shown(cell).strip()) for cell in cells)


def _is_park(cell: object) -> bool:
    return bool(park_in(shown(cell)))


def _house(table: Table, spec: Entity, guess: Match) -> Match | None:
    """Return what 名称 is in a list of leases that names no park there: the house that is let."""
    free = _HOUSE in spec and _HOUSE not in table.by_field()
    return replace(guess, field=_HOUSE) if free else None


def speak_against(field: Field, cells: Sequence[object]) -> bool:
    """Tell whether there are cells and none of them can be a value of a field.

    Any text may be one of a field that takes texts, but 栋 and ㎡ are nobody.
    """
    if field.type in _FREE:
        return bool(cells) and all(isinstance(cell, str) and is_unit(cell) for cell in cells)
    return len(cells) >= _FEWEST and not any(_fits(field, cell) for cell in cells)


def _fits(field: Field, cell: object) -> bool:
    if isinstance(cell, Fault):
        return True  # nothing is known of what stood there
    parsed = parse(field, cell)
    guessed = parsed.value == OTHER and bool(parsed.problems)  # 其他 takes whatever is left
    return parsed.value is not None and not guessed
