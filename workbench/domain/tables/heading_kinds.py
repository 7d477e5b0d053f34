# SPDX-License-Identifier: MIT
"""What kind of field the words and the unit of a heading allow, and whose figure it is.

规划容积率 is what a plan allows, 约定税收 what a contract asks for and 预计产值 what somebody hopes
for; none of them is what is there.
"""

import re
from enum import StrEnum

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.units import is_area_unit, is_money_unit, is_price_per_area
from workbench.domain.tables.heading_words import Heading

_NUMERIC = frozenset(
    {FieldType.NUMBER, FieldType.INTEGER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE}
)
_KIND_BY_TAIL: tuple[tuple[tuple[str, ...], frozenset[FieldType]], ...] = (
    (("户数", "家数", "个数", "数量", "人数", "次数", "层数", "数"), _NUMERIC),
    (("面积",), frozenset({FieldType.AREA})),
    (("率", "比例", "占比"), frozenset({FieldType.SHARE, FieldType.NUMBER, FieldType.TEXT})),
    (("金额", "价款", "价值", "原值", "净值", "总额", "余额"), frozenset({FieldType.MONEY})),
    (
        ("年限", "年期", "年数"),
        frozenset({FieldType.NUMBER, FieldType.INTEGER, FieldType.TEXT, FieldType.DATE}),
    ),
    (("日期", "时间"), frozenset({FieldType.DATE, FieldType.TEXT})),
    (("编号", "编码", "代码", "证号", "文号", "案号"), frozenset({FieldType.CODE, FieldType.REF})),
    (("名称",), frozenset({FieldType.TEXT, FieldType.REF})),
    (("单位", "部门"), frozenset({FieldType.TEXT, FieldType.REF, FieldType.CHOICE})),
    (("原因", "说明", "备注", "电话", "联系人"), frozenset({FieldType.TEXT, FieldType.CHOICE})),
)
_FREE = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.REF, FieldType.CODE})
"""Kinds of fields that are names and remarks: nobody plans or hopes for them."""


class Standing(StrEnum):
    """Whose figure a heading or a field speaks of."""

    FACT = "fact"
    PLANNED = "planned"
    AGREED = "agreed"
    FORECAST = "forecast"


_WORDS = (
    (Standing.FORECAST, re.compile("预计|预期|预估|预测|目标|力争|计划|拟")),
    (Standing.AGREED, re.compile("约定|承诺|出让合同")),
    (Standing.PLANNED, re.compile("规划|设计|控制指标|控规|可研|出让条件|供地条件")),
)
_WISHED = re.compile("需求|需要|意向|预算|挂牌")
"""Fields about what is to come, whatever their heading calls it."""
_LAND = "亩"
EITHER = frozenset({"规划指标", "规划指标情况", "规划技术指标"})
"""Parents under which clerks put what is built as often as what the plan allows."""
LEADS = {Standing.PLANNED: "规划", Standing.AGREED: "约定"}
"""The word before a figure's name in the titles of the fields that hold such figures."""


def standing(text: str) -> Standing:
    """Return whose figure a heading speaks of: 规划指标 planned, 预计 forecast, else a fact."""
    return next((kind for kind, words in _WORDS if words.search(text)), Standing.FACT)


def may_stand(field: Field, said: Standing, by_name: bool) -> bool:
    """Tell whether a heading of a standing may mean a field; ``by_name`` if it is called so.

    A date that ends something is always one to come, and land is there before its plan.
    """
    if field.type in _FREE or by_name:
        return True
    own = standing(field.zh)
    if said is own or _WISHED.search(field.zh):
        return True
    if said is Standing.PLANNED and own is Standing.FACT and field.display_unit == _LAND:
        return True
    return said is Standing.FORECAST and field.period_end and own is Standing.FACT


def plausible(word: str, field: Field) -> bool:
    """Tell whether a heading's last word (面积, 率, 日期 …) allows the kind of a field."""
    for tails, kinds in _KIND_BY_TAIL:
        if word.endswith(tails):
            return field.type in kinds
    return True


def fit(field: Field, heading: Heading) -> float:
    """Prefer a field whose kind agrees with the heading's unit; mistrust one that does not."""
    if not heading.unit:
        return 0.0
    if is_price_per_area(heading.unit):
        return -1.0 if field.type in (FieldType.MONEY, FieldType.AREA) else 0.0
    if is_area_unit(heading.unit):
        wanted = FieldType.AREA
    elif is_money_unit(heading.unit):
        wanted = FieldType.MONEY
    elif heading.unit in ("%", "‰"):
        wanted = FieldType.SHARE
    else:
        return 0.0 if field.numeric or field.type is FieldType.TEXT else -0.3
    if field.type is wanted:
        return 0.05
    return -0.3 if field.type in (FieldType.NUMBER, FieldType.TEXT) else -1.0
