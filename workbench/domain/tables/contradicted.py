# SPDX-License-Identifier: MIT
"""Takes back the meaning that a heading only resembles where none of its cells can have it."""

import re
from collections.abc import Sequence

from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.parsing.text import is_blank, shown
from workbench.domain.tables.headings import SURE
from workbench.domain.tables.table import Table

_MOST_LOOKED_AT = 200
_DIGIT = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿]")
_FIGURE = re.compile(
    r"^[约≈≥≤><+\-]?[\d０-９][\d０-９,，.．]*[万亿]?(?:㎡|m2|平方米|平米|亩|公顷|元|%)?$"
)
_CHOSEN = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_COUNTED = frozenset(
    {FieldType.NUMBER, FieldType.INTEGER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE,
     FieldType.DATE}
)  # fmt: skip


def take_back_guesses(table: Table, spec: Entity) -> None:
    """Leave a guessed column without a field where every cell speaks against it.

    建筑面积_产证 over 12800.5 is not 权证状态, whatever the words have in common.
    """
    for column in table.columns:
        guessed = column.match is not None and not column.match.exact
        if column.match is None or not guessed or column.match.confidence >= SURE:
            continue
        cells = [row[column.position] for _, row in table.rows[:_MOST_LOOKED_AT]]
        if _contradicted(spec[column.match.field], [c for c in cells if not is_blank(shown(c))]):
            column.match = None


def _contradicted(field: Field, cells: Sequence[object]) -> bool:
    """Tell whether there are cells and none of them can be a value of a field."""
    if not cells:
        return False
    if field.type in _CHOSEN:
        return all(_is_figure(cell) for cell in cells)
    if field.type in _COUNTED:
        return all(isinstance(cell, str) and not _DIGIT.search(cell) for cell in cells)
    return False


def _is_figure(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(_FIGURE.match(cell.strip()))
    return isinstance(cell, int | float) and not isinstance(cell, bool)
