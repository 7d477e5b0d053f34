# SPDX-License-Identifier: MIT
"""Whose figure a heading, a field or a cell speaks of: what is there, planned, agreed or hoped for.

规划容积率 is what a plan allows, 约定税收 what a contract asks for and 预计产值 what somebody hopes
for; none of them is what is there.
"""

import re
from enum import StrEnum

from workbench.domain.fields import Field, FieldType

_FREE = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.REF, FieldType.CODE})
"""Kinds of fields that are names and remarks: nobody plans or hopes for them."""


class Standing(StrEnum):
    """Whose figure a heading or a field speaks of."""

    FACT = "fact"
    PLANNED = "planned"
    AGREED = "agreed"
    FORECAST = "forecast"


_TO_COME = "预计|预期|预测|目标|力争|计划|拟"
_WORDS = (
    (Standing.FORECAST, re.compile(f"{_TO_COME}|预估")),
    (Standing.AGREED, re.compile("约定|承诺|出让合同")),
    (Standing.PLANNED, re.compile("规划|设计|控制指标|控规|可研|出让条件|供地条件")),
)
_HOPED = re.compile(_TO_COME)
_FORESEEN = re.compile(f"{_TO_COME}|规划")
"""Words that make a cell's figure one to come; 预估 and 暂估 estimate what is there."""
_IN_REMARKS = (
    (Standing.FORECAST, re.compile("预计|预期|预测|力争|目标值|暂按")),
    (
        Standing.PLANNED,
        re.compile("(?<![模虚])拟(?!合)|(?<!本)计划(?!内|单列|生育)|打算|正在洽谈|意向"),
    ),
)
"""Sentences have 目标企业, 虚拟 and 计划内 too, which a cell of figures has not."""
_WISHED = re.compile("需求|需要|意向|预算|挂牌")
"""Fields about what is to come, whatever their heading calls it."""
_LAND = "亩"


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


def foreseen_in(field: Field, text: str) -> bool:
    """Tell whether a cell under a field of facts says 预计80 or 4500（规划）: nothing there yet."""
    if text.isascii() or not _FORESEEN.search(text) or standing(field.zh) is not Standing.FACT:
        return False
    said = Standing.FORECAST if _HOPED.search(text) else Standing.PLANNED
    return not may_stand(field, said, by_name=False)


def foreseen_in_remark(clause: str) -> Standing | None:
    """Return whether a clause of a remark speaks of a forecast or of a plan; None for neither."""
    return next((kind for kind, words in _IN_REMARKS if words.search(clause)), None)
