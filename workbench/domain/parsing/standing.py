# SPDX-License-Identifier: MIT
"""Whose figure a heading, a field or a cell speaks of: what is there, planned, agreed or hoped for.

规划容积率 is what a plan allows, 约定税收 and 容积率要求 what a contract asks for and 预计产值 what
somebody hopes for; none of them is what is there.
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
    (Standing.AGREED, re.compile("约定|承诺|出让合同|要求")),
    (Standing.PLANNED, re.compile("规划|设计|控制指标|控规|可研|出让条件|供地条件")),
)
_HOPED = re.compile(_TO_COME)
_FORESEEN = re.compile(f"{_TO_COME}|规划")
"""Words that make a cell's figure one to come; 预估 and 暂估 estimate what is there."""
_IN_REMARKS = (
    (Standing.FORECAST, re.compile("预计|预期|预测|力争|目标值|暂按")),
    (
        Standing.PLANNED,
        re.compile(
            "(?<![模虚])拟(?!合)|(?<!本)计划(?!内|单列|生育)|打算|洽谈|意向|(?:合同|协议)(?:未|待|尚未)签"
        ),
    ),
)
"""Sentences have 目标企业, 虚拟 and 计划内 too, which a cell of figures has not."""
_NOT_BUILT = re.compile(
    r"^(?:拟新?建|待建|筹建|计划(?:新建|建设)|规划(?:新建|建设)?(?=[\dA-Z一二三四五六七八九十厂研楼仓标综宿]))"
    r"|[(（](?:拟新?建|待建|筹建|未建|规划(?![编证名许用条])|计划|远期|预留)[^()（）]*[)）]"
    r"|\((?i:planned|proposed|to be built|future)[^()]*\)"
)
_NOT_LET = re.compile(
    r"^(?:拟引进|拟入驻|待引进|待签|拟签|洽谈中|意向(?:客户|企业|单位))"
    r"|[(（](?:意向|拟|预计|洽谈|在谈|待签|未签|预租|预订)[^()（）续退搬迁腾解]*[)）]$"
    r"|\((?i:prospective|proposed|potential|to sign|not signed)[^()]*\)$"
)
"""规划4号楼, 三期厂房（拟建）; 乙公司（意向）, yet not （拟续租）: names of what is not there."""
_GONE = {
    "tenant": re.compile(
        r"[(（](?:已|均已)?(?:退租|搬离|搬走|迁出|解约|清退|腾退|终止|注销|撤场)[^()（）]*[)）]$"
    ),
    "name": re.compile(r"[(（](?:已)?(?:拆除|拆|出售|处置|转让|灭失|报废|核销)(?:完毕)?[)）]$"),
}
"""Names of what was there: 美华公司（已退租）, 旧仓库（已拆除）."""
_LIST_TO_COME = re.compile(
    "拟新?建|计划(?:新建|建设)|(?:新建|建设)计划|规划(?:新建|建设)?项目|谋划项目|储备项目|"
    "意向(?:客户|企业|单位|租赁|入驻|承租)|拟(?:引进|入驻|签约|租)|未签约|在谈|洽谈"
)
_LIST_OF_MORE = re.compile("已建|建成|既有|存量|现有|现状|在租|已签")
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


def foreseen_in_name(field: Field, text: str) -> bool:
    """Tell whether a name says that its house is not built, or its tenant has not signed, yet."""
    return (_NOT_LET if field.key == "tenant" else _NOT_BUILT).search(text) is not None


def gone_in_name(field: Field, text: str) -> bool:
    """Tell whether a name says that its tenant has left, or that its house is there no more."""
    return field.key in _GONE and _GONE[field.key].search(text) is not None


def foreseen_in_title(text: str) -> bool:
    """Tell whether a title names a list of plans or hopes only: 2026年拟建厂房计划."""
    return _LIST_TO_COME.search(text) is not None and _LIST_OF_MORE.search(text) is None


def foreseen_in_remark(clause: str) -> Standing | None:
    """Return whether a clause of a remark speaks of a forecast or of a plan; None for neither."""
    return next((kind for kind, words in _IN_REMARKS if words.search(clause)), None)
