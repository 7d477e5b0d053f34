# SPDX-License-Identifier: MIT
"""One list of land and houses together: 资产类别, or every row's own name, tells which it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from workbench.domain.fields import Catalogue
from workbench.domain.parsing.choices import match_choice
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.table import Column, Table
from workbench.domain.tables.told_by_rows import kinds_of_rows, may_list

_LAND, _HOUSE, _KIND = "parcel", "building", "kind"
_IS_LAND = re.compile(
    r"^(?:土地|地块|宗地|空地|土地使用权|土地资产|[\u4e00-\u9fff]{0,6}(?:用地|土地|地块))$"
)


def parted(table: Table, catalogue: Catalogue, matcher: HeadingMatcher) -> Iterator[Table]:
    """Yield the rows of a table of land or houses that are the other of the two, as a table.

    The ledger's sums add both up: they stay with the given table, which knows the other.
    """
    if table.entity not in (_LAND, _HOUSE):
        return
    other = _HOUSE if table.entity == _LAND else _LAND
    rows = _rows_of(other, table, catalogue, matcher)
    if not rows:
        return
    headings = {column.position: column.heading for column in table.columns}
    mapped = matcher.assign(other, headings)
    fields = {match.field for match in mapped.columns.values()}
    if not fields & {*catalogue[other].required_any, *catalogue[other].named_by}:
        return
    matches = dict(mapped.columns)
    for column in table.columns:  # what the cells told of a column holds for all rows
        told = column.match if column.position not in matches else None
        if told is not None and told.field in catalogue[other] and told.field not in fields:
            matches[column.position] = told
            fields.add(told.field)
    made = [replace(column, match=matches.get(column.position)) for column in table.columns]
    taken = {number for number, _ in rows}
    table.rows = [row for row in table.rows if row[0] not in taken]
    for own, twin in zip(table.columns, made, strict=True):
        only_here, only_there = own.match and not twin.match, twin.match and not own.match
        own.elsewhere, twin.elsewhere = bool(only_there), bool(only_here)
    table.part = table.entity
    table.beside = replace(
        table, entity=other, columns=made, rows=rows, rejected=[], runner_up=table.entity,
        total=None, subtotals=[], part=other,
    )  # fmt: skip
    yield table.beside


def _rows_of(
    other: str, table: Table, catalogue: Catalogue, matcher: HeadingMatcher
) -> list[tuple[int, list[object]]]:
    """Return the rows of a list that are of the other kind than the rest."""
    kinds = _kinds(table, matcher)
    if kinds is not None:
        cells = {row[kinds.position] for _, row in table.rows}
        theirs = {cell for cell in cells if _is(other, cell, catalogue)}
        return [row for row in table.rows if row[1][kinds.position] in theirs] if theirs else []
    headings = {column.position: column.heading for column in table.columns}
    if not may_list(other, table, headings, matcher):
        return []
    told = list(takewhile(bool, kinds_of_rows(table)))
    whole = len(told) == len(table.rows)
    return [row for row, kind in zip(table.rows, told, strict=False) if whole and kind == other]


def _kinds(table: Table, matcher: HeadingMatcher) -> Column | None:
    """Return the column that says what each asset is: 资产类别."""
    for column in table.columns:
        found = matcher.candidates(_HOUSE, column.heading)
        told = found and found[0].field == _KIND and found[0].exact
        if told and not column.heading.core.endswith("用途"):  # 仓储 is a use of land too
            return column
    return None


def _is(entity: str, cell: object, catalogue: Catalogue) -> bool:
    """Tell whether a kind is one of land, or of houses."""
    if not isinstance(cell, str) or not cell.strip():
        return False
    land = _IS_LAND.match("".join(cell.split())) is not None
    if entity == _LAND:
        return land
    return not land and match_choice(catalogue[_HOUSE][_KIND], cell)[0] is not None
