# SPDX-License-Identifier: MIT
"""What a table lists where its title and its cells tell more than its headings."""

from collections.abc import Mapping, Sequence

from workbench.domain.fields import Catalogue, Entity, FieldType
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher, Match
from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.table import Table

_ROOMS, _LEASES = "unit", "lease"
_GENERIC = frozenset({"类型", "类别", "性质", "方式", "种类", "状态", "状况", "情况"})
"""Headings that say nothing without the cells below them."""
_DOUBTFUL = 0.6
_FEWEST = 2
_MOST_PERCENT = 1000


def rooms_listed(
    entity: str, headings: Mapping[int, Heading], lines: Sequence[str], catalogue: Catalogue,
    matcher: HeadingMatcher,
) -> str:  # fmt: skip
    """Return the entity of rooms for a list of leases that its title calls one of rooms, else "".

    Each row of 房源明细 is a room, let or not; its tenant becomes a lease beside it.
    """
    title = "".join(lines)
    if entity != _LEASES or any(word in title for word in catalogue[_LEASES].hints):
        return ""
    if not any(word in title for word in catalogue[_ROOMS].hints):
        return ""
    told = {m.field for m in matcher.assign(_ROOMS, headings).columns.values() if m.exact}
    return _ROOMS if {*catalogue[_ROOMS].required_any, "area"} <= told else ""


def settle_by_cells(table: Table, spec: Entity) -> None:
    """Take 类型 for the one field whose choices its cells are, and no count for a share."""
    for column in table.columns:
        match = column.match
        if match is not None and (match.exact or match.confidence >= SURE):
            continue
        cells = [row[column.position] for _, row in table.rows]
        if column.heading.core in _GENERIC and (field := _field_of(cells, table, spec)):
            column.match = Match(field, _DOUBTFUL, exact=False)
        elif match and spec[match.field].type is FieldType.SHARE and _are_counts(cells):
            column.match = None


def _field_of(cells: Sequence[object], table: Table, spec: Entity) -> str:
    """Return the one field that no column has and whose choices all the cells are, or ""."""
    words = {str(cell).strip() for cell in cells} - {""}
    surely = (column.match for column in table.columns)
    taken = {match.field for match in surely if match and match.exact}
    fields = [
        field.key
        for field in spec
        if field.type is FieldType.CHOICE
        and field.key not in taken
        and all(any(word in (c.value, *c.synonyms) for c in field.choices) for word in words)
    ]
    return fields[0] if len(words) >= _FEWEST and len(fields) == 1 else ""


def _are_counts(cells: Sequence[object]) -> bool:
    """Tell whether most figures are far above any percentage."""
    figures = [cell for cell in cells if isinstance(cell, int | float)]
    return bool(figures) and sum(cell > _MOST_PERCENT for cell in figures) * 2 > len(figures)
