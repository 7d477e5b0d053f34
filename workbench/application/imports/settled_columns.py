# SPDX-License-Identifier: MIT
"""Columns whose field their units and neighbours show where their headings leave it open."""

import re
from collections.abc import Mapping, Sequence

from workbench.domain.parsing.units import is_area_unit
from workbench.domain.tables.headings.matcher import SURE, Match
from workbench.domain.tables.keys import DOUBTFUL
from workbench.domain.tables.table import Column, Table

AREAS = {"building": "gfa_cert", "parcel": "area_cert"}
QUANTITY = frozenset({"数量", "规模", "数量面积", "资产数量", "资产规模", "面积规模", "资产体量"})
"""Headings of how much there is of an asset, whose unit tells of what."""
_PER_PERIOD = re.compile(r"^[万千百亿]*元/[年月]$")
_PER_AREA = re.compile("/ ?(?:㎡|平方?米?|m²|m2)")
_LEAST_TOTAL = 200
"""元: no room is let for less a month, and few square metres for more."""
_PREMISES = frozenset(
    {
        "仓库",
        "库房",
        "厂房",
        "房屋",
        "房产",
        "楼宇",
        "物业",
        "商铺",
        "场地",
        "出租资产",
        "租赁资产",
        "承租资产",
        "物业名称",
    }
)
"""Headings under which a list of leases names what is let."""
_HOUSE_NUMBERS = frozenset({"栋号", "楼号", "幢号", "楼栋号"})
_HOUSES_OF_ROOMS = frozenset({"公寓楼", "宿舍楼", "楼座", "大楼", "厂房", "仓库", "房屋"})
"""Headings under which a list of rooms names their house; elsewhere they are kinds of houses."""
_STOREYS = frozenset({"楼层", "租赁楼层", "承租楼层", "所在楼层", "层"})
_FLOOR_AREAS = frozenset({"建筑面积", "房屋面积", "房屋建筑面积", "建面"})
"""Areas of houses: in a list of leases they are what is let, where nothing else is."""
_UNITS = frozenset({"单位", "计量单位"})
_COUNTS = frozenset({"数量", "数目", "个数", "台数", "座数"})
_END = "终止日"
"""A heading of leases that says either end: the neighbours tell which."""
_PROBLEMS = frozenset(
    {
        "存在问题", "存在的问题", "存在问题及建议", "主要问题", "问题及建议", "存在困难",
        "问题说明", "情况说明", "基本情况", "现状描述",
    }
)  # fmt: skip
"""Headings of remarks, where no column is headed 备注."""


def settle_columns(table: Table) -> None:
    """Give the columns that nobody chose the field that their units and neighbours show."""
    columns = table.by_field()
    if "note" not in columns:
        _take(table, _PROBLEMS, "note")
    if (area := AREAS.get(table.entity)) is not None and area not in columns:
        _take_sizes(table, area)
    if table.entity == "building" and "code" not in columns:
        _settle_numbers(table, columns)
    if table.entity == "facility":
        _settle_count(table, columns)
    if table.entity == "unit" and "building" not in columns:
        _take(table, _HOUSES_OF_ROOMS, "building")
    if table.entity == "lease":
        _settle_rent(table, columns)
        _settle_end(table, columns)
        _settle_place(table, columns)
        if "area" not in columns:
            _take(table, _FLOOR_AREAS, "area")


def _settle_numbers(table: Table, columns: Mapping[str, Column]) -> None:
    """Take 栋号 for the code where 房产名称 beside it names the house."""
    named = columns.get("name")
    if named is None or named.chosen or named.heading.core not in _HOUSE_NUMBERS:
        return
    for column in table.columns:
        if column.open and column.heading.core.endswith("名称"):
            named.match, column.match = Match("code", SURE, exact=False), named.match
            return


def _settle_count(table: Table, columns: Mapping[str, Column]) -> None:
    """Leave 单位 to the 数量 before it: 2 座 says nothing of what a plant can do."""
    unit = columns.get("capacity_unit")
    if unit is None or unit.chosen or unit.heading.core not in _UNITS:
        return
    before = [column for column in table.columns if column.position < unit.position]
    if before and before[-1].heading.core in _COUNTS and before[-1].match is None:
        unit.match = None


def _settle_rent(table: Table, columns: Mapping[str, Column]) -> None:
    """Take a rent per year or month for the total, and one per area for the price."""
    price, total = columns.get("rent_price"), columns.get("rent_total")
    if price is not None and price.match and not (price.chosen or total):
        if _PER_PERIOD.match(price.unit):
            price.match = Match("rent_total", price.match.confidence, price.match.exact)
    elif (
        total is not None
        and not (total.chosen or total.unit or price)
        and _are_prices([row[total.position] for _, row in table.rows])
    ):
        total.match = Match("rent_price", DOUBTFUL, exact=False)


def _are_prices(cells: Sequence[object]) -> bool:
    """Tell whether 首年租金 heads prices: 18元/㎡/月, or figures that no total could be."""
    if any(isinstance(cell, str) and _PER_AREA.search(cell) for cell in cells):
        return True
    figures = [cell for cell in cells if isinstance(cell, float) and cell]
    return len(figures) > 1 and max(figures) < _LEAST_TOTAL


def _settle_end(table: Table, columns: Mapping[str, Column]) -> None:
    """Take 终止日 for the end of the term, or, beside a column that says it, for the early end."""
    for column in table.columns:
        if column.heading.core == _END and not column.chosen:
            others = {field for field, other in columns.items() if other is not column}
            field = "terminated_on" if "end_on" in others else "end_on"
            column.match = None if field in others else Match(field, SURE, exact=False)


def _settle_place(table: Table, columns: Mapping[str, Column]) -> None:
    """Say where a lease is: a unit without a building to be in is a location."""
    unit = columns.get("unit")
    if unit is not None and not {"building", "location"} & columns.keys():
        if not unit.chosen:
            assert unit.match is not None
            unit.match = Match("location", unit.match.confidence, unit.match.exact)
        return
    if not {"unit", "building"} & columns.keys():
        _take(table, _PREMISES, "building" if "location" in columns else "location")
    if not {"unit", "location"} & table.by_field().keys():
        _take(table, _STOREYS, "location")


def _take_sizes(table: Table, area: str) -> None:
    """Take 资产规模（㎡） for the area: what is counted in ㎡ is one."""
    for column in table.columns:
        if column.open and column.heading.core in QUANTITY and is_area_unit(column.unit):
            column.match = Match(area, SURE, exact=False)
            return


def _take(table: Table, words: frozenset[str], field: str) -> None:
    """Give a field to the first column without one that is headed by one of the words."""
    for column in table.columns:
        if column.open and column.heading.core in words:
            column.match = Match(field, SURE, exact=False)
            return
