# SPDX-License-Identifier: MIT
"""Which column names the records of a table whose headings name none: better asked than lost."""

import re
from collections.abc import Sequence

from workbench.domain.fields import Entity
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.parsing.text import is_blank
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher, Match
from workbench.domain.tables.rows import Reason
from workbench.domain.tables.table import Column, Table

DOUBTFUL = 0.6
"""How sure a key is that nothing but its place and its cells tell."""
_CODE = re.compile(r"(?i)0\d|.*[a-z#\-]")
"""A text that no count would be written as: 001, A-1, 3#."""
_FIGURE = re.compile(
    r"[\s\d.,，±+\-—~～约%％‰()（）]*(?:[万亿]?元|[万公]?[亩顷㎡m²]|平方米|万?平米|个?[年月日人户层])?\s*$"
)
"""A text that is a figure, however it is written: it names nothing."""
_NAMING = ("name", "tenant", "enterprise")
"""Fields that a text which differs from row to row can be."""
_ROOM, _FLOOR = "unit_no", "floor"
_SORTS = re.compile(
    r"[类型种]别?$|费用?$|[价电量率]$|价格|报价|押金|性质|用途|级别?|分类|状[态况]|情况|年|月|日期|时间|区域|地区|街道|[乡镇]|部门|指标|科目|"
    r"备注|说明|问题|建议|地址|坐落|位置|四至|电话|联系|负责|结构|方式|来源|依据|措施|内容|意见|进[度展]|[原成]因"
)
"""Headings of what sorts, dates, prices or describes things, and of where they lie."""
_COUNTS = re.compile(r"[宗栋幢个家户项块台套件]数|数量|占比|比重|合计|小计")
"""Headings of sums over several things: such a table lists sorts, not things."""
_LOOKED_AT, _FEWEST, _LONGEST = 60, 3, 30


def nameless(table: Table, spec: Entity) -> bool:
    """Tell whether there are rows in which nothing names a record."""
    if any(row.reason is Reason.BLANK_KEY for row in table.rejected):
        return True
    by_field = table.by_field()
    keys = [by_field[name].position for name in spec.required_any if name in by_field]
    keys = keys or [by_field[name].position for name in spec.named_by if name in by_field]
    return any(all(is_blank(str(row[key])) for key in keys) for _, row in table.rows)


def settle_key(table: Table, spec: Entity, matcher: HeadingMatcher) -> None:
    """Take 库房编号 or 物业名称 for the key of a table without one.

    A heading that means something elsewhere (统一社会信用代码) is no key of this.
    """
    if _has_key(table, spec):
        return
    if _ROOM in spec.required_any and (floor := table.by_field().get(_FLOOR)):
        floor.match = Match(_ROOM, DOUBTFUL, exact=False)  # 3号楼 4F is what may be let
        return
    for tails, key in ((("编号", "编码", "代码"), "code"), (("名称",), "name")):
        column = next((c for c in _free(table, matcher) if c.heading.core.endswith(tails)), None)
        if key in spec.required_any and column is not None:
            column.match = Match(key, DOUBTFUL, exact=False)


def settle_numbering(table: Table, spec: Entity) -> None:
    """Take 编号 for the code where it does not just count; a record of several lines has it once.

    Where the records of a table have no code it is at least seen to be left out.
    """
    numbering = next((c for c in table.columns if c.numbers_rows), None)
    if numbering is None or numbering.heading.core != "编号":
        return
    lines = [str(row[numbering.position]).strip() for _, row in table.rows]
    cells = [cell for cell in lines if cell]
    different = len(set(cells)) == len(cells) or all(map(_CODE.match, cells))
    if not (any(map(_CODE.match, cells)) and different and 2 * len(cells) > len(lines)):
        return
    numbering.numbers_rows = False
    if "code" in spec and "code" not in table.by_field():
        numbering.match = Match("code", SURE, exact=False)


def naming_column(
    table: Table, spec: Entity, matcher: HeadingMatcher, rows: Sequence[Sequence[object]]
) -> tuple[int, str] | None:
    """Return the place of the column whose texts differ from row to row, and the field it names.

    ``rows`` are those below the header. None where the table has a key, sorts its rows or counts,
    or where the places tell its records apart.
    """
    field = next((name for name in _NAMING if name in spec.required_any), None)
    heads = [column.heading.core for column in table.columns]
    if field is None or _has_key(table, spec) or any(map(_COUNTS.search, heads)):
        return None
    known = table.by_field()
    places = [known[name].position for name in spec.named_by if name in known]
    if any(_tells_apart([row[at] for row in rows[:_LOOKED_AT]]) for at in places):
        return None
    for column in _free(table, matcher):
        said = column.heading
        if said.unit or _SORTS.search(said.core) or standing(said.core) is not Standing.FACT:
            continue
        if _tells_apart([row[column.position] for row in rows[:_LOOKED_AT]]):
            return column.position, field
    return None


def _tells_apart(cells: Sequence[object]) -> bool:
    """Tell whether cells are short words that differ from row to row."""
    filled = [cell for cell in cells if cell not in ("", None)]
    words = [
        cell.strip()
        for cell in filled
        if isinstance(cell, str) and not is_blank(cell) and not _FIGURE.match(cell)
    ]
    short = [word for word in words if len(word) <= _LONGEST]
    return len(short) >= max(_FEWEST, len(filled) - 1, len(cells) // 2) and len(set(short)) == len(
        short
    )


def _has_key(table: Table, spec: Entity) -> bool:
    return any(name in table.by_field() for name in spec.required_any)


def _free(table: Table, matcher: HeadingMatcher) -> list[Column]:
    """Return the columns that nothing is known of, here or elsewhere."""
    return [
        column
        for column in table.columns
        if column.match is None
        and not column.numbers_rows
        and not column.elsewhere
        and not matcher.is_heading(column.heading.core)
    ]
