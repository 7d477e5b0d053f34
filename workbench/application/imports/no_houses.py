# SPDX-License-Identifier: MIT
"""Rows of a list of houses that are none: machines, vehicles, roads and walls; or perhaps land.

They are shown under review, so that nothing is lost and no machine becomes a building unseen.
"""

import re
from collections.abc import Mapping

from workbench.application.imports.preview import ColumnData, Difference, Outcome, TablePreview
from workbench.domain.parsing.choices import OTHER, match_choice
from workbench.domain.parsing.parsed import warning
from workbench.domain.parsing.text import plain, shown
from workbench.domain.tables.table import Table
from workbench.domain.values import Origin, ValueState

_NO_HOUSE = re.compile(
    "^(?!.*(?:[房楼库间]|建筑物))(?:.*(?:设备|机械|机器|车辆|运输|家具|器具|仪器|工具|构筑物|"
    "无形资产|软件|专利|商标|苗木|存货|管网|管线|围墙|道路))"
)
_NAMED_SO = re.compile(
    r"(?:设备|机组|变压器|锅炉|电梯|车辆|叉车|围墙|道路|管网|管线|路灯|绿化|苗木|[机水深]井)"
    r"(?:一批|[\d一二三四五六七八九十]+[台套辆部批])?(?:[(（].*[)）])?$"
)
"""What the names of things end with that are none, where no area says otherwise."""
_PERHAPS_NO_HOUSE = frozenset({None, OTHER, "公用设施"})
"""What 机器设备 and 构筑物 are read as: nothing, the rest, or a house for machines."""
_NO_BUILDING = "no_building"
_NONE_OF_IT = {"building": _NO_BUILDING, "parcel": "no_land"}
_AREAS = {
    "building": ("gfa_cert", "gfa_actual", "base_area", "rentable_area"),
    "parcel": ("area_cert", "area_actual"),
}
_ANY_HOUSE = frozenset(
    {
        "房屋", "房屋建筑物", "房屋建筑", "建筑物", "房产", "房屋及建筑物", "房屋及构筑物",
        "不动产", "房屋类", "固定资产", "房建", "建筑",
    }
)  # fmt: skip
"""Kinds that say no more than that a building is one."""


def forget_empty_kinds(table: Table, columns: Mapping[str, ColumnData]) -> None:
    """Leave the kind of 房屋建筑物 unknown, with the one that the name tells as a suggestion."""
    kinds, names = columns.get("kind"), columns.get("name")
    if kinds is None or kinds.column is None:
        return
    at = kinds.column.position
    for index in kinds.problems:
        raw = shown(table.rows[index][1][at])
        if kinds.values[index] != OTHER or plain(raw) not in _ANY_HOUSE:
            continue
        name = names.values[index] if names is not None else None
        told = match_choice(kinds.field, name)[0] if isinstance(name, str) else None
        kinds.values[index] = None
        kinds.origins[index] = Origin(raw, None, ValueState.UNKNOWN)
        kinds.problems[index] = (
            warning("kind_says_nothing", told if told != OTHER else None, text=raw),
        )


def ask_what_rows_are(preview: TablePreview) -> None:
    """Ask of each row of a list of land and houses that tells of neither which of them it is."""
    untold = preview.table.untold
    for index, (number, _) in enumerate(preview.table.rows if untold else ()):
        if number in untold:
            name = str(preview.values(index).get("name", ""))
            said = warning("asset_untold", text=name, entity=preview.entity)
            preview.row_problems.setdefault(index, []).append(("name", said))


def review_what_is_no_house(preview: TablePreview) -> None:
    """Put the new rows under review whose kind, or whose name, is that of no building or land."""
    if preview.entity not in _AREAS:
        return
    kinds = preview.columns.get("kind") if preview.entity == "building" else None
    for index, kind in enumerate(kinds.values if kinds is not None and kinds.column else ()):
        if preview.outcomes[index] is not Outcome.NEW or kind not in _PERHAPS_NO_HOUSE:
            continue
        raw = preview.raw(index, "kind")
        if _NO_HOUSE.match(plain(raw)):
            leave_to_person(preview, index, "kind", raw, _NO_BUILDING)
    areas = [
        data for name in _AREAS[preview.entity] if (data := preview.columns.get(name)) is not None
    ]
    names = preview.columns.get("name")
    for index, name in enumerate(names.values if names is not None else ()):
        if (
            isinstance(name, str)
            and preview.outcomes[index] is Outcome.NEW
            and all(data.values[index] is None for data in areas)
            and _NAMED_SO.search(name)
        ):
            leave_to_person(preview, index, "name", name, _NONE_OF_IT[preview.entity])


def leave_to_person(preview: TablePreview, index: int, field: str, text: str, code: str) -> None:
    """Leave it to a person whether a row is such a record; taking it adds it."""
    preview.outcomes[index] = Outcome.REVIEW
    preview.doubted.add(index)
    preview.differences[index] = (Difference(field, None, text.strip()),)
    problem = warning(code, text=text.strip())
    preview.row_problems.setdefault(index, []).append((field, problem))
