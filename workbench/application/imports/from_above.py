# SPDX-License-Identifier: MIT
"""Lists that name an owner once per group: 1号楼 beside its first room, 甲公司 beside 2023."""

from collections.abc import Mapping
from itertools import pairwise

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity
from workbench.domain.parsing.parsed import notice
from workbench.domain.tables.finder import Table
from workbench.domain.values import Origin, Value

_NAMED_ONCE: Mapping[str, tuple[str, str]] = {
    "unit": ("building", "unit_no"), "enterprise_year": ("enterprise", "year"),
}  # fmt: skip
"""What a list may name at the first row of a group only, and what tells the group's rows apart."""


def repeat_owners(table: Table, spec: Entity, columns: Mapping[str, ColumnData]) -> None:
    """Take the house of a room, or the firm of a year, from the row above where its cell is empty.

    Not where the list names one in two rows on end, where every field has its column as in our own
    export, or where two rows of a group would be the same: there a blank is one that nobody knows.
    """
    owner, member = _NAMED_ONCE.get(spec.key, ("", ""))
    owners, members = columns.get(owner), columns.get(member)
    if owners is None or owners.column is None or members is None or not owners.values:
        return
    at, names = owners.column.position, owners.values
    blank = [not str(row[at] or "").strip() for _, row in table.rows]
    whole = all(field.key in columns and columns[field.key].column for field in spec)
    if (
        not any(blank)
        or blank[0]
        or whole
        or any(a is not None and a == b for a, b in pairwise(names))
    ):
        return
    filled: list[Value | None] = []
    for name, empty in zip(names, blank, strict=True):
        filled.append(filled[-1] if empty and filled else name)
    apart = [pair for pair in zip(filled, members.values, strict=True) if None not in pair]
    if len(set(apart)) < len(apart):
        return
    for index, empty in enumerate(blank):
        if empty and filled[index] is not None:
            text = str(filled[index])
            owners.values[index], owners.origins[index] = filled[index], Origin(text)
            owners.problems[index] = (notice("owner_from_above", text=text),)
