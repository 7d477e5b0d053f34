# SPDX-License-Identifier: MIT
"""What a table lists where its title and its cells tell more than its headings."""

import re
from collections.abc import Mapping, Sequence

from workbench.domain.fields import Catalogue, Entity, Field, FieldType
from workbench.domain.parsing.choices import match_choice
from workbench.domain.tables.headings.lexicon import NEAR
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher, Match
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.table import Column, Table

_VALUATIONS = "valuation"
_OF_ASSETS = frozenset({"kind", "gfa_cert", "gfa_actual", "net_value", "cert_no", "right_holder"})
"""What tells of an asset beside its name, two of them at least."""
_ROOMS, _LEASES, _HOUSES, _LAND, _BURDENS = "unit", "lease", "building", "parcel", "encumbrance"
_OF_BURDENS = frozenset({"holder", "authority", "case_no", "amount"})
"""What a list of burdens keeps, two of them at least."""
_OF_A_BURDEN = re.compile("抵押|查封|冻结|担保|涉案")
_GENERIC = frozenset(
    {
        "类型", "类别", "性质", "方式", "种类", "状态", "状况", "情况", "进展", "进度", "阶段",
        "进展情况", "工作进展", "工作进度", "目前进展", "当前进展", "进展状态", "处置进展",
    }
)  # fmt: skip
"""Headings that say nothing without the cells below them."""
_SORTING = re.compile("(?:类型|类别|性质|情况|状况|状态|进展|进度|阶段|种类)$")
_ANSWERS = frozenset({"", "是", "否", "有", "无", "√", "×"})
"""Cells that answer a question and are no kind of anything."""
_OF_HOUSES = frozenset({"code", "cert_no", "cert_status", "original_value", "net_value"})
"""What a list of houses keeps and one of rooms does not."""
_DOUBTFUL = 0.6
_FEWEST = 2
_ENOUGH = 200
"""So many rows tell what a column holds."""
_MOST_PERCENT = 1000


def told_by_title(
    entity: str, headings: Mapping[int, Heading], lines: Sequence[str], catalogue: Catalogue,
    matcher: HeadingMatcher,
) -> str:  # fmt: skip
    """Return what a list is one of, against its headings' first meaning, "" for nothing."""
    told = (entity, headings, lines, catalogue, matcher)
    return (
        rooms_listed(*told)
        or burdens_listed(*told)
        or assets_appraised(entity, headings, catalogue, matcher)
    )


def rooms_told(
    entity: str, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of rooms for leases whose headings name house, room and area, else "".

    Where some of its rows have no tenant, the list is one of rooms.
    """
    told = {m.field for m in matcher.assign(_ROOMS, headings).columns.values() if m.exact}
    wanted = {"building", *catalogue[_ROOMS].required_any, "area"}
    return _ROOMS if entity == _LEASES and wanted <= told else ""


def burdens_listed(
    entity: str, headings: Mapping[int, Heading], lines: Sequence[str], catalogue: Catalogue,
    matcher: HeadingMatcher,
) -> str:  # fmt: skip
    """Return the entity of burdens for a list that its title calls one of them, else "".

    It names creditors, courts or cases and neither an area of what is burdened nor a tenant: its
    权利人 owns no land.
    """
    title = "".join(lines)
    if not any(word in title for word in catalogue[_BURDENS].hints):
        return ""
    kept = {
        match.field
        for position, match in matcher.assign(entity, headings).columns.items()
        if not _OF_A_BURDEN.search(headings[position].joined)
    }
    areas = any(catalogue[entity][field].type is FieldType.AREA for field in kept)
    owns = {_LAND: areas, _HOUSES: areas, _LEASES: "tenant" in kept}
    if owns.get(entity, True):
        return ""
    told = {m.field for m in matcher.assign(_BURDENS, headings).columns.values() if m.exact}
    return _BURDENS if len(told & _OF_BURDENS) > 1 else ""


def assets_appraised(
    entity: str, headings: Mapping[int, Heading], catalogue: Catalogue, matcher: HeadingMatcher
) -> str:
    """Return the entity of houses for a list of valuations that describes assets, else "".

    资产名称, 资产类型, 面积, 评估价值: each row is an asset, and its valuation stands beside it.
    """
    told = {m.field for m in matcher.assign(_HOUSES, headings).columns.values() if m.exact}
    named = told & {*catalogue[_HOUSES].required_any}
    return _HOUSES if entity == _VALUATIONS and named and len(told & _OF_ASSETS) > 1 else ""


def rooms_listed(
    entity: str, headings: Mapping[int, Heading], lines: Sequence[str], catalogue: Catalogue,
    matcher: HeadingMatcher,
) -> str:  # fmt: skip
    """Return the entity of rooms for a list of leases that its title calls one of rooms, else "".

    Each row of 房源明细 is a room, let or not; its tenant becomes a lease beside it. So is each row
    of a list of houses with 房号 that keeps no books and no certificates.
    """
    told = {m.field for m in matcher.assign(_ROOMS, headings).columns.values() if m.exact}
    if entity == _HOUSES and {"building", *catalogue[_ROOMS].required_any, "area"} <= told:
        kept = matcher.assign(_HOUSES, headings).columns.values()
        return "" if _OF_HOUSES & {match.field for match in kept} else _ROOMS
    title = "".join(lines)
    if entity != _LEASES or any(word in title for word in catalogue[_LEASES].hints):
        return ""
    if not any(word in title for word in catalogue[_ROOMS].hints):
        return ""
    return _ROOMS if {*catalogue[_ROOMS].required_any, "area"} <= told else ""


def settle_by_cells(table: Table, spec: Entity, matcher: HeadingMatcher) -> None:
    """Take 类型 for the one field whose choices its cells are, and no count for a share."""
    for column in table.columns:
        if (choices := _choices_of(column, spec, matcher)) is not None:
            _settle_choice(table, spec, column, choices, matcher)
    for column in table.columns:
        match = column.match
        if match is not None and (match.exact or match.confidence >= SURE):
            continue
        cells = [row[column.position] for _, row in table.rows]
        fewest = 1 if column.heading.core in _GENERIC and len(cells) >= _FEWEST else _FEWEST
        if _may_sort(column, cells) and (field := _field_of(cells, table, spec, fewest)):
            column.match = Match(field, _DOUBTFUL, exact=False)
        elif match and spec[match.field].type is FieldType.SHARE and _are_counts(cells):
            column.match = None


def _may_sort(column: Column, cells: Sequence[object]) -> bool:
    """Tell whether a heading leaves it to its cells what they sort: 类型, 债权性质."""
    if column.heading.core in _GENERIC:
        return True
    answers = {str(cell).strip() for cell in cells[:_ENOUGH]} <= _ANSWERS
    return column.open and _SORTING.search(column.heading.core) is not None and not answers


def _choices_of(column: Column, spec: Entity, matcher: HeadingMatcher) -> Field | None:
    """Return the field of choices that a column is called, whether it has it or another does."""
    match = column.match
    if match is None and not column.numbers_rows:
        match = next(iter(matcher.candidates(spec.key, column.heading)), None)
        match = match if match is not None and match.confidence >= NEAR else None
    field = spec[match.field] if match is not None else None
    return field if field is not None and field.type is FieldType.CHOICE else None


def _settle_choice(
    table: Table, spec: Entity, column: Column, field: Field, matcher: HeadingMatcher
) -> None:
    """Take the choices of 用地性质 for those that they are: 出让 is how land was obtained, no use.

    Where another column is called the same and all of its words are choices, it is the one.
    """
    words = _words_of(table, column)
    if not words or _are_choices(field, words):
        return
    none = not any(_are_choices(field, {word}) for word in words)
    others = table.columns if column.match is not None else ()
    for other in others:
        same = other.match is None and _choices_of(other, spec, matcher) is field
        theirs = _words_of(table, other) if same else set()
        if _are_choices(field, theirs) or (none and any(_are_choices(field, {w}) for w in theirs)):
            other.match, column.match = Match(field.key, 1.0, exact=True), None
            break
    if none:
        cells = [row[column.position] for _, row in table.rows]
        if told := _field_of(cells, table, spec, fewest=1):
            column.match = Match(told, _DOUBTFUL, exact=False)


def _words_of(table: Table, column: Column) -> set[str]:
    """Return what stands in the first cells of a column."""
    return {str(row[column.position]).strip() for _, row in table.rows[:_ENOUGH]} - {""}


def _are_choices(field: Field, words: set[str]) -> bool:
    return bool(words) and all(match_choice(field, word)[0] is not None for word in words)


def _field_of(cells: Sequence[object], table: Table, spec: Entity, fewest: int = _FEWEST) -> str:
    """Return the one field that no column has and whose choices all the cells are, or ""."""
    words = {str(cell).strip() for cell in cells} - {""}
    if words <= _ANSWERS:
        return ""
    surely = (column.match for column in table.columns)
    taken = {match.field for match in surely if match and match.exact}
    fields = [
        field.key
        for field in spec
        if field.type is FieldType.CHOICE
        and field.key not in taken
        and all(any(word in (c.value, *c.synonyms) for c in field.choices) for word in words)
    ]
    return fields[0] if len(words) >= fewest and len(fields) == 1 else ""


def _are_counts(cells: Sequence[object]) -> bool:
    """Tell whether most figures are far above any percentage."""
    figures = [cell for cell in cells if isinstance(cell, int | float)]
    return bool(figures) and sum(cell > _MOST_PERCENT for cell in figures) * 2 > len(figures)
