# SPDX-License-Identifier: MIT
"""The units that lines around a table state: 单位：万元, 产值—亿元，税收—万元."""

import re
import unicodedata
from dataclasses import dataclass, replace

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.traditional import simplified
from workbench.domain.parsing.units import (
    canonical_unit,
    is_area_unit,
    is_money_unit,
    is_refused_money,
    is_refused_unit,
    is_unit,
)

_LINE = re.compile(
    r"(?<![编制填报建设使用产权责任主管牵头送表核位])(?:(?:金额|面积|计量|数量|货币)?单位|计量)\s*[:：]\s*(.+)$"
)
_CURRENCY = re.compile(r"(?:币种|币别|货币)\s*[:：]?\s*(美元|港元|港币|欧元|日元|英镑)")
_PROSE = re.compile(
    r"(?:(?:面积|金额|价值|货币|计量)(?:的?单位)?|单位)(?:统一|均|一律|都)*(?:为|以|按|是|采用|用)"
    r"([^\s\d,，。;；、:：]{1,6}?)(?:为单位|计算|计量|填报|填写|计|表示)?(?=[,，。;；、)）\s]|$)"
)
"""金额单位统一为万元 in an instruction above the table."""
_PAIRS = re.compile(r"([\u4e00-\u9fff、]{2,12})\s*[:：]\s*([^\s\d,，。;；、:：()（）]{1,6})")
"""面积：亩  投资、价款：万元, without the word 单位."""
_ENGLISH = re.compile(
    r"\b(areas?|land|gfa|prices?|amounts?|values?|money|rents?|figures?|all)\s+(?:are\s+|is\s+)?in\s+"
    r"([a-z\u4e00-\u9fff㎡²0-9 ,]{1,16}?)(?=\s*(?:[;)）.]|,\s|\band\b|$))",
    re.I,
)
"""area in mu, price in RMB 10k."""
_WISH = re.compile(
    r"(?:以|按|按照|用|换算成|单位为|单位是|单位)\s*([^\s,，。;；、]{1,6}?)(?:为单位|填写|填报|计|统计)?$"
)
_SPLIT = re.compile(r"[、,，;；\s]+")
_SPLIT_WORDS = re.compile(r"[、,，;；/]|\s(?![\dmtb]|thousand|million)")
"""Between the words of a title's brackets: RMB million is one."""
_ANY_FIGURE = re.compile(r"^(?:面积|金额|价值|长度|数量|价格|租金|货币|人民币)?[—\-:：–为是]*")
"""What stands before a unit that holds for every figure of its kind."""
_NAMED = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:的?单位)?[—\-–:为是]+(.+)")
"""产值—亿元: the unit of the figures of one name."""
_WORD_BEFORE = re.compile(
    "(产值|税收|收入|营收|利润|投资|土地|用地|占地|宗地|房屋|建筑|厂房|出让金|价款|原值|净值|估值|押金|"
    "保证金|欠租|债务|贷款)$"
)
"""What a 单位 right behind it is said of; the end of a title is none of them."""
_GENERAL = frozenset(
    {"面积", "金额", "价值", "长度", "数量", "价格", "租金", "货币", "人民币", "计量"}
)
_LAND = re.compile("^(?:土地|用地|占地|宗地|地块)(?:面积)?$")
_HOUSES = re.compile("^(?:房屋|建筑|房产|厂房)(?:面积)?$")
_LAND_UNITS = frozenset({"亩", "公顷"})
"""How areas of land are shown, by which a field is known as one of land."""
_BRACKETS = re.compile(r"[(（]([^()（）]{1,12})[)）]$")
_END_OF_TITLE = re.compile(r"[(（]([^()（）]{1,40})[)）][\s:：]*$")
"""（2024年末，万元） at the end of a title."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a line: of every area, of every sum of money, and of figures of one name."""

    area: str = ""
    money: str = ""
    named: tuple[tuple[str, str], ...] = ()
    words: str = ""
    """The part of the line that states them."""

    def __bool__(self) -> bool:
        return bool(self.area or self.money or self.named)


def units_of(line: str) -> Units:
    """Return the units that a line above or below a table states, money in the line's currency."""
    said = simplified(unicodedata.normalize("NFKC", line.replace("㎡", "平方米")))
    units = _units_said(said, line)
    if (foreign := _CURRENCY.search(said)) is None:
        return units
    scale = units.money.removesuffix("元") if is_money_unit(units.money) else ""
    return replace(units, money=f"{scale}{foreign[1]}", words=units.words or line.strip())


def _units_said(said: str, line: str) -> Units:
    if found := _LINE.search(said):
        before = _WORD_BEFORE.search(said[: found.start()])
        return _read(found[1], before[1] if before else "", _words(line))
    if pairs := [(of, unit) for of, unit in _PAIRS.findall(said) if _is_figure(unit)]:
        parts = [f"{one}:{unit}" for of, unit in pairs for one in of.split("、") if one]
        return _read("、".join(parts), "", line.strip())
    english = [u for _, unit in _ENGLISH.findall(said) if _is_figure(u := canonical_unit(unit))]
    if units := _PROSE.findall(said) or english:
        return _read("、".join(units), "", line.strip())
    if found := _END_OF_TITLE.search(said):
        words = map(canonical_unit, _SPLIT_WORDS.split(found[1]))
        if figures := [unit for unit in words if _is_figure(unit)]:
            return _read("、".join(figures), "", line.strip())
    return Units()


def units_in_name(name: str) -> Units:
    """Return the units in the brackets that end a sheet's name: 东川园（亩、万元）."""
    said = simplified(unicodedata.normalize("NFKC", name.replace("㎡", "平方米"))).strip()
    found = _BRACKETS.search(said)
    if found is None or not all(is_unit(part) for part in _SPLIT.split(found[1]) if part):
        return Units()
    return _read(found[1], "", name.strip())


def unit_in(comment: str) -> str:
    """Return the unit that a comment on a heading names: 单位：亩, 万元, or 按亩填写."""
    text = unicodedata.normalize("NFKC", comment.replace("㎡", "平方米"))
    for line in text.splitlines():
        bare = line.strip().strip("()。.;；").replace("人民币", "")
        if is_unit(bare):
            return canonical_unit(bare)
        if found := _LINE.search(bare) or _WISH.search(bare):
            first = next(iter(_SPLIT.split(found[1].strip("()。.;；"))), "")
            if is_unit(first):
                return canonical_unit(first)
    return ""


def named_unit(named: tuple[tuple[str, str], ...], heading: str, field: Field) -> str:
    """Return the unit that a line states for figures called like a heading, "" for none.

    用地—亩 holds for every area of land and 房屋—㎡ for every other.
    """
    land = field.display_unit in _LAND_UNITS
    for word, unit in named:
        fits = is_area_unit(unit) if field.type is FieldType.AREA else is_money_unit(unit)
        if not fits:
            continue
        if _LAND.match(word) or _HOUSES.match(word):
            if land == bool(_LAND.match(word)):
                return unit
        elif word in heading:
            return unit
    return ""


def _read(text: str, before: str, words: str) -> Units:
    """Read the parts of a line; ``before`` is what its 单位 is said of."""
    area = money = ""
    named: list[tuple[str, str]] = []
    bare = re.sub(r"\([^()]*(?:除外|注明)[^()]*\)", "", text).strip("()（）")
    for number, part in enumerate(_SPLIT.split(bare)):
        if number == 0 and before and before not in _GENERAL and _is_figure(part):
            named.append((before, canonical_unit(part)))
            continue
        if (of := _NAMED.fullmatch(part)) and of[1] not in _GENERAL and _is_figure(of[2]):
            named.append((of[1], canonical_unit(of[2])))
            continue
        for piece in (part, *part.split("/")):
            unit = canonical_unit(_ANY_FIGURE.sub("", piece))
            # One that is refused counts too: its figures are left out, and not taken for ours.
            if is_money_unit(unit) or is_refused_money(unit):
                money = money or unit
            elif is_area_unit(unit) or is_refused_unit(unit):
                area = area or unit
    return Units(area, money, tuple(named), words)


def _is_figure(unit: str) -> bool:
    return is_area_unit(unit) or is_money_unit(unit)


def _words(text: str) -> str:
    at = text.rfind("单位")
    return re.sub(r"\s+", " ", text[at:]).strip("（）() ")
