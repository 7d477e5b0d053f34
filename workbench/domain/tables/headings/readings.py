# SPDX-License-Identifier: MIT
"""The words by which a heading is looked up: its own, those above it, and what its unit adds."""

import re
from collections.abc import Iterator

from workbench.domain.parsing.standing import Standing
from workbench.domain.parsing.units import is_price_per_area
from workbench.domain.tables.headings.kinds import EITHER, LEADS, noun_of_unit
from workbench.domain.tables.headings.lexicon import NEAR
from workbench.domain.tables.headings.words import Heading, chinese_part

_SUMS = frozenset(
    {
        "合计", "小计", "总计", "共计", "累计", "总量", "总数", "总额", "绝对值", "绝对额",
        "完成数", "完成值", "实际数", "实绩",
    }
)  # fmt: skip
"""Headings that only add up the columns beside them, or say no more than that here is a figure."""
_OF_ABOVE = _SUMS | {"金额", "数值", "总面积"}
"""Headings whose figure is what the heading above them says."""
_NOUNS = ("面积", "租金", "金额", "价值", "日期", "时间")
"""What the last words of an upper heading call the figures below it."""
MAY_MEAN_TWO = 0.75
"""How sure a heading is that may mean one of two fields: below what is taken unasked."""
PART = 0.9
"""How sure one of the words of 债权人/申请人 is."""
_ASKING = frozenset({"是否", "有无", "情况", "状况", "内容", "地上/地下", "地上地下", "地上/总"})
_ABOUT = re.compile("(?:基本)?(?:情况|状况|信息|资料)$")
"""What ends an upper heading and is no part of the words below: 闲置情况_起始时间."""
_SURVEY_CODE = re.compile(r"([\u4e00-\u9fff]{3,})[a-z]\d{0,2}")
"""住宅用地A1: the letters of the survey of land behind the words."""
_STOREY = "层"
_OF_FIRMS = ("家", "户")


def readings_of(heading: Heading, said: Standing, about: str) -> list[tuple[str, float]]:
    """Return the words to look up, with the trust that each deserves.

    ``about`` is the heading with what the one above it is about, where that is a field's name.
    """
    readings = [(heading.joined, 1.0)]
    if said in LEADS and (heading.parent or heading.extra):  # 规划指标_容积率 is 规划容积率
        trust = NEAR if heading.parent not in EITHER else MAY_MEAN_TWO - 0.05
        readings.append((LEADS[said] + heading.core, trust))
    if heading.parent and heading.core in _OF_ABOVE:  # 用地面积_合计 beside 自有 and 租赁
        readings.append((heading.parent, 0.9))
    if heading.extra:
        readings.append((heading.core + heading.extra, 1.0))
    readings += _under_parent(heading, about)
    readings += [(part, PART) for part in _parts(heading.core)]
    if heading.extra:
        readings.append((heading.extra, 0.9))
    if coded := _SURVEY_CODE.fullmatch(heading.core):
        readings.append((coded[1], NEAR))
    if chinese := chinese_part(heading.core):
        readings.append((chinese, 0.95))
    if heading.core.endswith("租金") and is_price_per_area(heading.unit):
        readings.insert(0, (f"{heading.core}单价", 1.0))
    readings += _by_unit(heading)
    if heading.parent and heading.core in _ASKING:
        readings += [(heading.parent, 0.8), (heading.above, 0.8)]
    return [(word, weight) for word, weight in readings if word and word not in _SUMS]


def _parts(core: str) -> list[str]:
    """Return the words of 债权人/申请人; of 建筑/土地面积 both are areas."""
    parts = core.split("/")
    noun = "面积" if core.endswith("面积") else ""
    return [part if part.endswith(noun) else part + noun for part in parts if part != core]


def _by_unit(heading: Heading) -> Iterator[tuple[str, float]]:
    """Yield the words of a heading whose unit says what of a thing is meant."""
    if heading.unit == _STOREY:  # 地上（层）
        yield f"{heading.core}层数", NEAR
    if heading.unit in _OF_FIRMS and heading.core.endswith("企业"):
        yield f"{heading.core}数", NEAR  # 入驻企业（家）
    if noun := noun_of_unit(heading):  # 土地证（亩） is 土地证面积
        yield heading.core + noun, 0.85


def told_about(heading: Heading) -> str:
    """Return 闲置起始时间 for 闲置情况_起始时间, "" where the upper heading says no 情况."""
    about = _ABOUT.sub("", heading.above)
    return about + heading.core if about and about != heading.above else ""


def _under_parent(heading: Heading, about: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a heading that stands below another.

    闲置情况_起始时间 is the day from which land is idle, and only then that of a right.
    """
    if heading.parent:
        yield heading.core, PART if about else 1.0
    if about:
        yield about, 1.0
    if heading.above:  # 建筑面积_证载 is 证载建筑面积
        yield heading.core + heading.above, 0.95
        for noun in _NOUNS:  # and _可租 is 可租面积; 用地面积_合计 is surer than _出让
            if heading.above.endswith(noun):
                yield heading.core + noun, 0.85
