# SPDX-License-Identifier: MIT
"""What a person says once of every row of a list: 抵押 for all, where no cell tells the kind."""

from collections import Counter
from collections.abc import Mapping

from workbench.application.imports.preview import ColumnData, TablePreview
from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import notice
from workbench.domain.tables.finder import Table
from workbench.domain.values import Origin

ASKED: Mapping[str, str] = {"encumbrance": "kind"}
"""The field of an entity that a list may leave to its reader for all rows at once."""
_UNTOLD = "kind_untold"


def say_of_all(
    table: Table, spec: Entity, columns: dict[str, ColumnData], every: Mapping[str, str]
) -> None:
    """Fill the rows in that have nothing in a field with what was said of all of them."""
    for name, text in every.items():
        if name not in spec or spec[name].type is not FieldType.CHOICE:
            continue
        value = parse(spec[name], text).value
        if value is None:
            continue
        count = len(table.rows)
        data = columns.setdefault(name, ColumnData(spec[name], None, "", [None] * count))
        for index, known in enumerate(data.values):
            if known is None:
                data.values[index], data.origins[index] = value, Origin(text)
                data.problems[index] = (notice("said_of_all", text=text),)


def untold(preview: TablePreview) -> int:
    """Return of how many rows nothing told the field that may be said of all at once."""
    data = preview.columns.get(ASKED.get(preview.entity, ""))
    if data is None:
        return 0
    return sum(any(p.code == _UNTOLD for p in found) for found in data.problems.values())


def suggestion(preview: TablePreview) -> str:
    """Return what the words of most rows that leave it open speak of, "" for nothing."""
    data = preview.columns.get(ASKED.get(preview.entity, ""))
    found = Counter(
        problem.suggestion
        for problems in (data.problems.values() if data is not None else ())
        for problem in problems
        if problem.code == _UNTOLD and problem.suggestion
    )
    return found.most_common(1)[0][0] if found else ""
