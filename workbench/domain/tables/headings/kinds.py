# SPDX-License-Identifier: MIT
"""What kind of field the words and the unit of a heading allow."""

import re

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.standing import Standing
from workbench.domain.parsing.units import is_area_unit, is_money_unit, is_price_per_area
from workbench.domain.tables.headings.words import Heading

_NUMERIC = frozenset(
    {FieldType.NUMBER, FieldType.INTEGER, FieldType.AREA, FieldType.MONEY, FieldType.SHARE}
)
_KIND_BY_TAIL: tuple[tuple[tuple[str, ...], frozenset[FieldType]], ...] = (
    (("户数", "家数", "个数", "数量", "人数", "次数", "层数", "数"), _NUMERIC),
    (("面积",), frozenset({FieldType.AREA})),
    (("单价",), frozenset({FieldType.NUMBER})),
    (("率", "比例", "占比"), frozenset({FieldType.SHARE, FieldType.NUMBER, FieldType.TEXT})),
    (("金额", "价款", "价值", "原值", "净值", "总额", "余额"), frozenset({FieldType.MONEY})),
    (("收入", "利润", "产值", "税收"), frozenset({FieldType.MONEY, FieldType.NUMBER})),
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
_COUNTS = frozenset("家户个人栋幢座间宗台套")
_FREE = frozenset({FieldType.TEXT, FieldType.TEXTS, FieldType.REF, FieldType.CODE})
EITHER = frozenset({"规划指标", "规划指标情况", "规划技术指标"})
"""Parents under which clerks put what is built as often as what the plan allows."""
LEADS = {Standing.PLANNED: "规划", Standing.AGREED: "约定"}
"""The word before a figure's name in the titles of the fields that hold such figures."""


def plausible(word: str, field: Field) -> bool:
    """Tell whether a heading's last word (面积, 率, 日期 …) allows the kind of a field."""
    for tails, kinds in _KIND_BY_TAIL:
        if word.endswith(tails):
            return field.type in kinds
    return True


_APPRAISED = re.compile("评估|估价|估值")
_VALUATION = "valuation"


def is_appraisal_of(entity: str, field: Field, heading: Heading) -> bool:
    """Tell whether a heading's upper levels make a figure an appraiser's: 评估价值_净值.

    No other record keeps one: what a book says of a house is no appraisal.
    """
    if entity == _VALUATION or field.type is not FieldType.MONEY:
        return False
    return bool(heading.parent) and _APPRAISED.search(heading.parent) is not None


_MEASURES = ("面积", "单价", "租金", "价", "数", "率", "规模")
_SHORTEST_THING = 2
"""What the names of measures end with, and how long the name of a thing is at least."""

CERTIFIED, ACTUAL = "_cert", "_actual"
"""How the keys of an area as certified and as it is end."""
_NAMES_CERTIFICATE = re.compile("证|登记|产权")
_PLAIN = frozenset(
    {"建筑面积", "房屋建筑面积", "总建筑面积", "土地面积", "用地面积", "占地面积", "宗地面积"}
)


def fit(field: Field, heading: Heading) -> float:
    """Prefer a field whose kind agrees with the heading's unit; mistrust one that does not.

    Of 供应面积 and 登记面积 the one that names a certificate is the certified.
    """
    certified = field.key.endswith(CERTIFIED) and names_certificate(heading)
    return _fit_of_unit(field, heading) + (0.02 if certified else 0.0)


def names_certificate(heading: Heading) -> bool:
    """Tell whether an area's heading says that a certificate states it: 产权面积."""
    return _NAMES_CERTIFICATE.search(heading.joined) is not None


def noun_of_unit(heading: Heading) -> str:
    """Return what a heading that only names a thing leaves to its unit: 面积 for 土地证（亩）."""
    if len(heading.core) < _SHORTEST_THING or heading.core.endswith(_MEASURES):
        return ""
    return "面积" if is_area_unit(heading.unit) else ""


def is_plain_area(heading: Heading) -> bool:
    """Tell whether an area's heading does not say who states it: 建筑面积."""
    return heading.core in _PLAIN and not names_certificate(heading)


def _fit_of_unit(field: Field, heading: Heading) -> float:
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
    elif heading.unit in _COUNTS and field.type in _FREE:
        return -1.0  # 入驻企业（家） holds how many, not who
    else:
        return 0.0 if field.numeric or field.type is FieldType.TEXT else -0.3
    if field.type is wanted:
        return 0.05
    return -0.3 if field.type in (FieldType.NUMBER, FieldType.TEXT) else -1.0
