# SPDX-License-Identifier: MIT
"""What stands around a table: title, 单位 line, as-of date, and the park it belongs to."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.traditional import simplified
from workbench.domain.tables.headings.words import normalize
from workbench.domain.tables.unit_lines import Units, named_unit, units_of

_LONGEST_LINE = 4000
"""So much of a line above a table is looked at: a file may hold any number of characters."""
_ORDINAL = re.compile(
    r"^(?:附[件表]\s*[\d一二三四五六七八九十]*\s*[:：、.]?|表\s*\d+(?:-\d+)?\s*[:：、.]?|"
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?\s*[、.．)）]\s*|第[一二三四五六七八九十\d]+部分\s*)+"
)
_YEAR = re.compile(
    r"^(?:截[至止])?(?:19|20)\d\d\s*"
    r"(?:[./-]\d{1,2}(?:[./-]\d{1,2})?|年?度?(?:\d{1,2}月(?:\d{1,2}日)?)?)(?:底|末|止)?[,，]?\s*"
)
_PARK_WORDS = (
    "产业园区|工业园区|产业园|工业园|科技园|科创园|物流园|创业园|软件园|孵化园|创意园|园区|开发区|"
    "高新区|经开区|保税区|综保区|示范区|集聚区|工业区|集中区|产业基地|制造基地|基地|科技城|产业城|"
    "创新港|片区|园"
)
_AFTER_PARK = (
    "资产|国有|公有|自持|自有|房屋|房产|土地|宗地|地块|厂房|仓库|楼宇|车间|楼栋|建筑|租赁|出租|综合|存量|闲置|低效|配套|设施|企业|台账|"
    "明细|汇总|情况|统计|清单|登记|信息|盘活|入驻|各|截至|固定|工业|用地|合同|基本|"
    r"[(（\[【\d—\-_:：\s]|二〇|$"
)
_PARK = re.compile(rf"^([^,，。;；:：]{{1,28}}?(?:{_PARK_WORDS}))(?={_AFTER_PARK})")
_SURE_WORDS = _PARK_WORDS.removesuffix("|片区|园").replace("|产业基地|制造基地|基地", "")
_NAMED_LEDGER = re.compile(
    rf"^([^,，。;；:：]{{1,28}}(?:{_SURE_WORDS}))"
    r"(?=[^,，。;；:：]{0,24}(?:台[账帐]|清单|明细|一览|汇总|名录|清册|档案|卡片|情况|指标|年报|[^代报]表))"
)
"""滨江产业园标准厂房台账: whatever stands between, a ledger of something belongs to the park."""
_OWNER = re.compile(
    r"^(?:.{2,30}(?:公司|管委会|管理委员会)|.{2,20}集团|.{2,8}(?:产投|城投|建投|国投|交投|控股|国资|开投))(?=.{2,})"
)
_ASIDE = re.compile(r"[(（]([^()（）]{4,20})[)）]$")
"""What a title says of its list in brackets: 房屋清册（江滨产业园）."""
_ENGLISH_PARK = re.compile(
    r"(?:^|[–—|:-]\s+)((?:[A-Z0-9][\w'&.]*\s+(?:of\s+|and\s+|&\s+)?){1,6}"
    r"(?:\w*[Pp]ark|Zone|Estate|Campus|Cluster|Base|Hub))"
    r"(?=\s*(?:['’]s\b|[–—|:,(-]|$|(?:\w+\s+){0,4}"
    r"(?:Register|List|Ledger|Roll|Schedule|Inventory|Assets?|Tenanc\w+|Leases?)\b))"
)
"""Linyi Economic Zone - Land Register, Building Register – Harbour Tech Park."""
_ENGLISH_NOBODYS = re.compile(
    r"^(?:(?:The|Our|Each|Every|All) )?(?:(?:Industrial|Business) )?(?:Park|Zone|Estate)$"
)
_NOBODYS = re.compile(
    r"^(?:全[国市县区省镇园]|.{0,6}各类?|本|我[区市县]|所属|下属|辖区内?|所有|部分|[市区县省]属|"
    r"国有|国企|重点|存量|闲置|低效|企业|主要|在营|在建|已建|拟建|运营|公司|发行人)*"
    rf"(?:{_PARK_WORDS})$"
)
"""各产业园, 市属国企园区: parks in general."""
_SEVERAL = re.compile(
    r"(?:[两双多几]|[\d一二三四五六七八九十几多两]+[个大])(?:产业|工业)?园区?$"
    r"|^[二三四五六七八九十](?:产业|工业)?园区?$"
)
"""两园, 云溪等三个园区: more than one, so none of them; 创新二园 is one."""
_PLACEHOLDER = re.compile(r"[×✕*＊某]|x{2}", re.I)
"""××市产业园区 in the title of a form is nobody's name."""
_PARK_LINE = re.compile(
    r"(?:^|[\s;；])(?:所属|所在)?(?:园区名称|园区|开发区名称|产业园名称|项目名称)\s*[:：]\s*([^\s:：;；,，]+)"
)
_RENT_UNIT = re.compile(r"元/(?:平方米|平米|m2)[/·.•]?(?:天|日|月|年)")
_UNITS_IN_BRACKETS = re.compile(r"[(（][^()（）]*单位\s*[:：][^()（）]*[)）]")
_AS_OF = re.compile(
    r"(?:基准日|截止日期|截至日期|截止时间|截至时间|时点|统计日期|统计时间|截至|截止)(?:期|为)?\s*[:：]?\s*"
    r"([0-9０-９〇零一二三四五六七八九十]{2,4}\s*[年./\-][^\s;；,，)）]*)"
)
_FORM_WORDS = re.compile("单位|日期|时间|基准日|填表|填报|编制|制表|审核|联系|负责|截至|部门")
_PAIRS = re.compile(r"([\u4e00-\u9fff（）()/]{2,10})\s*[:：]\s*([^\s:：;；]+)")
_BASE_DAY = re.compile(
    r"(评估基准日|价值时点|基准日)(?:为|是)?((?:19|20)\d\d[^\s,，;；:：()（）]*)"
)
"""评估基准日2025年6月30日, without a colon."""
_DAY = Field("as_of", "", "", FieldType.DATE, period_end=True)


@dataclass(frozen=True, slots=True)
class Context:
    """What the lines above a table say; ``label`` is the nearest section heading."""

    title: str = ""
    label: str = ""
    unit_line: str = ""
    area_unit: str = ""
    money_unit: str = ""
    named_units: tuple[tuple[str, str], ...] = ()
    """The units of figures of one name: (产值, 亿元)."""
    rent_unit: str = ""
    park: str = ""
    as_of: date | None = None
    stated: tuple[tuple[str, str], ...] = ()
    """What the lines right above the table state: (权属单位, 云湖开发公司)."""

    def unit_for(self, field: Field, heading: str = "") -> str:
        """Return the unit of the 单位 line that fits a field below a heading, or ""."""
        if unit := self.named_units and named_unit(self.named_units, heading, field):
            return unit
        if field.type is FieldType.AREA:
            return self.area_unit
        return self.money_unit if field.type is FieldType.MONEY else ""

    def with_units(self, units: Units) -> "Context":
        """Return the same with the units of one more line, which beat those before."""
        if not units:
            return self
        return replace(
            self, unit_line=units.words, area_unit=units.area or self.area_unit,
            money_unit=units.money or self.money_unit,
            named_units=(*units.named, *self.named_units),
        )  # fmt: skip


def read_context(lines: Iterable[str], above: Context) -> Context:
    """Read the lines above a table on top of what holds for the whole sheet."""
    context = replace(above, label="", stated=())
    stated = False
    for line in lines:
        if text := line[:_LONGEST_LINE].strip():
            stated = stated or bool(_PARK_LINE.search(text))
            context = _with_line(context, text)
            if pairs := pairs_in(text):
                context = replace(context, stated=(*context.stated, *pairs))
    if not stated and (park := park_in(context.label)):
        context = replace(context, park=park)
    elif not context.park:
        context = replace(context, park=park_in(context.title))
    return context


def _with_line(context: Context, text: str) -> Context:
    units = units_of(text)
    if units.words == text.strip() and context.unit_line:  # an instruction, below a line of units
        units = replace(units, words=context.unit_line)
    context = context.with_units(units)
    said = simplified(unicodedata.normalize("NFKC", text.replace("㎡", "平方米")))
    if found := _RENT_UNIT.search(said):
        context = replace(context, rent_unit=found[0])
    return _with_words(context, text)


def _with_words(context: Context, text: str) -> Context:
    """Take the day, the park and the title from a line."""
    if found := _AS_OF.search(text):
        day = parse(_DAY, found[1]).value
        if isinstance(day, date):
            context = replace(context, as_of=day)
    if found := _PARK_LINE.search(text):
        context = replace(context, park=found[1])
    elif not _is_form_line(text := _UNITS_IN_BRACKETS.sub("", text).strip()):
        if context.title:
            context = replace(context, label=text)
        else:
            context = replace(context, title=text, label=text)
    return context


def with_units_below(context: Context, notes: Iterable[str]) -> Context:
    """Take the units from the notes below a table where no line above it states any."""
    if context.area_unit or context.money_unit or context.named_units:
        return context
    for text in notes:
        if units := units_of(text.strip()):
            return context.with_units(units)
    return context


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Return what a line states by name: 权属单位：云湖开发公司  坐落：兴业路1号."""
    pairs = (*_PAIRS.findall(text), *_BASE_DAY.findall(text))
    return [(normalize(name), said) for name, said in pairs]


def _is_form_line(text: str) -> bool:
    """Tell whether a line is filled in by the clerk (填报单位：… 单位：…) and no title."""
    return bool(re.search(r"[:：]", text)) and bool(_FORM_WORDS.search(simplified(text)))


def bare_label(text: str) -> str:
    """Return a section heading without its number: 一、出让用地 → 出让用地."""
    return _YEAR.sub("", _ORDINAL.sub("", text.strip())).strip()


def park_in(text: str) -> str:
    """Return the park that a title, group label or sheet name speaks of, or ""."""
    if english := _ENGLISH_PARK.search(bare_label(text)):
        return "" if _ENGLISH_NOBODYS.match(english[1]) else english[1]
    bare = re.sub(r"\s+", "", bare_label(text))
    after_owner = bare[match.end() :] if (match := _OWNER.match(simplified(bare))) else bare
    if after_owner != bare and (name := _park_at_start(after_owner)):
        return name
    if name := _park_at_start(bare):
        return name
    aside = _ASIDE.search(bare)
    return _park_at_start(aside[1]) if aside else ""


def owner_in(text: str) -> str:
    """Return the firm or committee that a title begins with, or ""."""
    bare = re.sub(r"\s+", "", bare_label(text))
    found = _OWNER.match(simplified(bare))
    return bare[: found.end()] if found else ""


def _park_at_start(text: str) -> str:
    plain = simplified(text)
    match = _PARK.match(plain) or _NAMED_LEDGER.match(plain)
    name = match[1] if match else ""
    nobodys = _PLACEHOLDER.search(name) or _NOBODYS.match(name) or _SEVERAL.search(name)
    return "" if nobodys else text[: len(name)]
