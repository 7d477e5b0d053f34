# SPDX-License-Identifier: MIT
"""One list of land and houses together: 资产类别, or every row's own name, tells which it is."""

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.domain.fields import Catalogue
from workbench.domain.parsing.choices import match_choice
from workbench.domain.parsing.text import DITTO_TOKENS
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.table import Column, Table
from workbench.domain.tables.told_by_cells import tells_assets_apart
from workbench.domain.tables.told_by_rows import kinds_by_number, kinds_of_rows, may_list

_LAND, _HOUSE, _KIND = "parcel", "building", "kind"
_IS_LAND = re.compile(
    r"^(?:土地|地块|宗地|空地|土地使用权|土地资产|[\u4e00-\u9fff]{0,6}(?:用地|土地|地块))$"
)


def repeat_above(rows: list[tuple[int, list[object]]]) -> None:
    """Write what the row above says into each cell that says 同上."""
    for index, (number, row) in enumerate(rows[1:], start=1):
        if not any(type(cell) is str and cell.strip() in DITTO_TOKENS for cell in row):
            continue
        above = rows[index - 1][1]
        rows[index] = (
            number,
            [
                one if type(cell) is str and cell.strip() in DITTO_TOKENS else cell
                for cell, one in zip(row, above, strict=True)
            ],
        )


def parted(table: Table, catalogue: Catalogue, matcher: HeadingMatcher) -> Iterator[Table]:
    """Yield the rows of a table of land or houses that are the other of the two, as a table.

    The ledger's sums add both up: they stay with the given table, which knows the other.
    """
    if table.entity not in (_LAND, _HOUSE):
        return
    other = _HOUSE if table.entity == _LAND else _LAND
    told, said = _kinds_of_rows(other, table, catalogue, matcher), table.sheet.said_rows
    # Where no row is of the kind that the headings say, what tells nothing goes with the rest.
    follow = table.entity if table.entity in told or other not in told else other
    kinds = [said.get(number, kind) for (number, _), kind in zip(table.rows, told, strict=True)]
    if other not in kinds:
        return
    repeat_above(table.rows)  # the row that 同上 speaks of may go to the other table
    rows = [row for row, kind in zip(table.rows, kinds, strict=True) if (kind or follow) == other]
    asked = frozenset(
        number for (number, _), kind in zip(table.rows, kinds, strict=True)
        if not kind or number in said
    )  # fmt: skip
    headings = {column.position: column.heading for column in table.columns}
    mapped = matcher.assign(other, headings)
    fields = {match.field for match in mapped.columns.values()}
    if not fields & {*catalogue[other].required_any, *catalogue[other].named_by}:
        return
    matches = dict(mapped.columns)
    for column in table.columns:  # what the cells told of a column holds for all rows
        own_match = column.match if column.position not in matches else None
        if own_match is None or own_match.field not in catalogue[other]:
            continue
        if own_match.field not in fields:
            matches[column.position] = own_match
            fields.add(own_match.field)
    made = [replace(column, match=matches.get(column.position)) for column in table.columns]
    taken = {number for number, _ in rows}
    table.rows = [row for row in table.rows if row[0] not in taken]
    for own, twin in zip(table.columns, made, strict=True):
        only_here, only_there = own.match and not twin.match, twin.match and not own.match
        own.elsewhere, twin.elsewhere = bool(only_there), bool(only_here)
    table.part, table.untold = table.entity, asked
    table.beside = replace(
        table, entity=other, columns=made, rows=rows, rejected=[], runner_up=table.entity,
        total=None, subtotals=[], part=other,
    )  # fmt: skip
    yield table.beside


def _kinds_of_rows(
    other: str, table: Table, catalogue: Catalogue, matcher: HeadingMatcher
) -> list[str]:
    """Return for each row of a list which of the two it is, "" for what tells nothing.

    Headings that leave no doubt tell it of every row.
    """
    headings = {column.position: column.heading for column in table.columns}
    if numbered := kinds_by_number(table):
        return numbered
    kinds = _kinds(table, matcher)
    if kinds is None and not may_list(other, table, headings, matcher):
        return [table.entity] * len(table.rows)
    if kinds is None:
        return list(kinds_of_rows(table))
    cells = [row[kinds.position] for _, row in table.rows]
    known = {cell: _kind_in(cell, catalogue) for cell in {*cells}}
    if all(known.values()):  # the names of a hundred thousand houses need no look
        return [known[cell] for cell in cells]
    named = kinds_of_rows(table)
    return [known[cell] or name for cell, name in zip(cells, named, strict=True)]


def _kinds(table: Table, matcher: HeadingMatcher) -> Column | None:
    """Return the column that says what each asset is: 资产类别, or 类别 over such kinds."""
    for column in table.columns:
        found = matcher.candidates(_HOUSE, column.heading)
        told = found and found[0].field == _KIND and found[0].exact
        if told and not column.heading.core.endswith("用途"):  # 仓储 is a use of land too
            return column
    return next((column for column in table.columns if tells_assets_apart(table, column)), None)


def _kind_in(cell: object, catalogue: Catalogue) -> str:
    """Return whether a kind is one of land or of houses; a cell that says neither is no land."""
    if not isinstance(cell, str) or not cell.strip():
        return ""
    if _IS_LAND.match("".join(cell.split())):
        return _LAND
    return _HOUSE if match_choice(catalogue[_HOUSE][_KIND], cell)[0] is not None else ""
