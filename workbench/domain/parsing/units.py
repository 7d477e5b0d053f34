# SPDX-License-Identifier: MIT
"""Units of measure as ledgers write them, and the exact factor to the normalized unit."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.traditional import simplified

SCALES = {
    "十亿": 10**9,
    "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100,
}  # fmt: skip
_Factors = Mapping[str, Fraction]


def _with_scales(table: Mapping[str, int | Fraction], alone: bool = False) -> _Factors:
    """Return units with and without a scale in front: 元, 万元, 百万元.

    ``alone`` holds for money, of which the scale is enough: 万 is 万元.
    """
    scaled = {scale: Fraction(power) for scale, power in SCALES.items()} if alone else {}
    for unit, value in table.items():
        for scale, power in SCALES.items():
            scaled[scale + unit] = Fraction(value) * power
    return scaled | {unit: Fraction(value) for unit, value in table.items()}


_AREA = _with_scales({
    "㎡": 1, "平方米": 1, "平米": 1, "平方": 1, "平": 1, "方米": 1, "sqm": 1, "公亩": 100,
    "亩": Fraction(2000, 3), "mu": Fraction(2000, 3),
    "公顷": 10000, "ha": 10000, "平方公里": 10**6, "平方千米": 10**6,
})  # fmt: skip
_MONEY = _with_scales(
    dict.fromkeys(("元", "圆", "块", "人民币", "rmb", "cny", "元整", "人民币元"), 1), alone=True
)
_TIME: _Factors = {
    "月": Fraction(1), "个月": Fraction(1), "年": Fraction(12), "天": Fraction(12, 365),
    "日": Fraction(12, 365), "季": Fraction(3), "季度": Fraction(3),
}  # fmt: skip
_LENGTH = _with_scales({"m": 1, "米": 1, "公尺": 1,
           "cm": Fraction(1, 100), "厘米": Fraction(1, 100),
           "mm": Fraction(1, 1000), "毫米": Fraction(1, 1000)})  # fmt: skip
_WEIGHT = _with_scales({"t": 1, "吨": 1, "kg": Fraction(1, 1000), "公斤": Fraction(1, 1000)})
_FORCE = _with_scales({"kn": 1, "千牛": 1,
          "t": Fraction(980665, 100000), "吨": Fraction(980665, 100000),
          "kg": Fraction(980665, 10**8), "公斤": Fraction(980665, 10**8)})  # fmt: skip
_POWER = _with_scales({"kva": 1, "千伏安": 1, "mva": 1000, "兆伏安": 1000})
_COAL = _with_scales({"吨标煤": 1, "吨标准煤": 1, "tce": 1, "万吨标煤": 10**4})
_VOLUME = _with_scales({"m3": 1, "m³": 1, "立方米": 1, "立方": 1, "方": 1, "升": Fraction(1, 1000)})
_PER = frozenset({"h", "hr", "小时", "时", "d", "s", "秒", "min", "分钟"})
"""What stands only below the stroke of a rate, and is not converted: t/h, m³/d."""
_COUNT = _with_scales(dict.fromkeys(
    ("层", "个", "家", "人", "户", "部", "台", "套", "幢", "栋", "名", "项", "件", "条", "座",
     "间", "f", "辆", "宗", "块", "次", "位", "床", "桩", "枪", "泊位"), 1
))  # fmt: skip
_SHARE: _Factors = {
    "%": Fraction(1, 100), "百分比": Fraction(1, 100), "百分之": Fraction(1, 100),
    "‰": Fraction(1, 1000),
}  # fmt: skip
_REFUSED_AREAS = frozenset(
    ("平方尺", "平方英尺", "平方呎", "呎", "尺", "坪", "英亩", "sf", "sqft", "ft2", "ft²", "acre",
     "acres")
)  # fmt: skip
_REFUSED_MONEY = (
    "美元", "美金", "usd", "us$", "$", "港元", "港币", "hkd", "欧元", "eur", "日元", "英镑",
    "新台币",
)  # fmt: skip
_REFUSED = (*_REFUSED_AREAS, *_REFUSED_MONEY, "ft", "feet")
_KINDS: dict[str, tuple[_Factors, ...]] = {
    "m": (_LENGTH,), "t": (_WEIGHT,), "kVA": (_POWER,), "吨标煤": (_COAL,), "年": (_TIME,),
    "月": (_TIME,), "kN/㎡": (_FORCE, _AREA),
}  # fmt: skip
_MEASURES = frozenset[str]().union(
    _AREA, _MONEY, _SHARE, _LENGTH, _WEIGHT, _POWER, _COAL, _COUNT, _TIME, _FORCE
) - {"平", "块", "方米", "f", "百分之"}
"""What is a unit when it stands alone; the words left out mean other things too."""
_OF_RATES = frozenset[str]().union(
    _MONEY, _AREA, _TIME, _COUNT, _WEIGHT, _FORCE, _LENGTH, _VOLUME, _POWER
)
_SEPARATOR = re.compile(r"[/·•.*／每×∙・]+")
_CURRENCY = re.compile(r"^(?:人民币|rmb|cny)(?=[十百千万亿]*元|[十百千万亿]+$)")
"""What stands before the unit in RMB 万元."""
_TEN_THOUSAND = re.compile(
    r"^(?:(?:rmb|cny)(?:10k|10,?000)|(?:10k|10,?000)(?:rmb|cny|yuan))(?![\d,])"
)
_ENGLISH_SCALE = re.compile(
    r"^(?:(?:rmb|cny|yuan)(million|m|mn|thousand|billion|bn)|"
    r"(million|thousand|billion)(?:rmb|cny|yuan))$"
)
_SCALED_MONEY = {
    "million": "百万元", "m": "百万元", "mn": "百万元", "thousand": "千元",
    "billion": "十亿元", "bn": "十亿元",
}  # fmt: skip
_TAIL = re.compile(r"^(?:单位|计量单位|金额单位|面积单位)[:为]?")


class RefusedUnitError(ValueError):
    """A unit that we do not convert, such as 平方尺."""


@lru_cache(maxsize=1024)
def canonical_unit(text: str) -> str:
    """Return a unit in one spelling: half-width, ㎡ for all its forms, no spaces."""
    unit = simplified(unicodedata.normalize("NFKC", text).lower())
    unit = re.sub(r"[\s\u00a0()\[\]〔〕【】]+", "", unit)
    unit = _CURRENCY.sub("", _TAIL.sub("", unit).strip(":,;、。"))
    for spelled, canonical in (
        ("km2", "平方公里"), ("hm2", "公顷"), ("㎢", "平方公里"), ("m2", "㎡"), ("m^2", "㎡"),
        ("平方公尺", "㎡"), ("平方米", "㎡"), ("平米", "㎡"),
        ("squaremetres", "㎡"), ("squaremeters", "㎡"), ("squaremetre", "㎡"),
        ("squaremeter", "㎡"), ("sq.m.", "㎡"), ("sq.m", "㎡"),
        ("hectares", "公顷"), ("hectare", "公顷"),
    ):  # fmt: skip
        unit = unit.replace(spelled, canonical)
    if scaled := _ENGLISH_SCALE.match(unit):
        return _SCALED_MONEY[scaled[1] or scaled[2]]
    return _TEN_THOUSAND.sub("万元", unit)


def factor(unit: str, field: Field) -> Fraction | None:
    """Return the factor from a unit to the field's normalized unit, or None if they do not fit.

    Raises RefusedUnitError for units that are never converted.
    """
    unit = canonical_unit(unit)
    if unit in _SHARE and is_ratio(field):
        return _SHARE[unit]
    return unit_factor(unit, field.type, field.unit)


def is_ratio(field: Field) -> bool:
    """Tell whether a field is a bare ratio that may be written as a share: a FAR of 120%."""
    return field.type is FieldType.NUMBER and not (field.unit or field.unit_in)


@lru_cache(maxsize=1024)
def unit_factor(unit: str, kind: FieldType, own: str) -> Fraction | None:
    """Return what ``factor`` gives for a canonical unit and a field of this type and unit."""
    if not unit:
        return Fraction(1)
    if kind is FieldType.AREA:
        found = _AREA.get(unit)
    elif kind is FieldType.MONEY:
        found = _MONEY.get(_without_period(unit))
    elif kind is FieldType.SHARE:
        found = _SHARE.get(unit)
    else:
        found = _number_factor(unit, own)
    if found is None and any(word in unit for word in _REFUSED):
        raise RefusedUnitError(unit)
    return found


def is_unit(text: str) -> bool:
    """Tell whether a text is nothing but a unit of measure."""
    unit = canonical_unit(text)
    if not unit or len(unit) > 12:
        return False
    return unit in _MEASURES or _is_rate(unit)


def is_refused_unit(text: str) -> bool:
    """Tell whether a text is nothing but a unit of area or money that is never converted."""
    unit = canonical_unit(text).replace(".", "")
    return unit in _REFUSED_AREAS or is_refused_money(unit)


def is_refused_money(unit: str) -> bool:
    """Tell whether a unit is one of another currency: 万美元."""
    return unit.lstrip("".join(SCALES)) in _REFUSED_MONEY


def is_money_unit(unit: str) -> bool:
    """Tell whether a unit is one of money: 元, 万元, 亿元."""
    return canonical_unit(unit) in _MONEY


def is_area_unit(unit: str) -> bool:
    """Tell whether a unit is one of area: ㎡, 亩, 公顷, 万㎡."""
    return canonical_unit(unit) in _AREA


def is_price_per_area(unit: str) -> bool:
    """Tell whether a unit is money per area: 元/㎡, 元/㎡·月, 万元/亩."""
    parts = [part for part in _SEPARATOR.split(canonical_unit(unit)) if part]
    return len(parts) > 1 and is_money_unit(parts[0]) and is_area_unit(parts[1])


def _without_period(unit: str) -> str:
    """Return the money of 万元/年: a total per period is money still."""
    head, *periods = _SEPARATOR.split(unit)
    return head if periods and all(part in _TIME for part in periods) else unit


def _is_rate(unit: str) -> bool:
    parts = [part for part in _SEPARATOR.split(unit) if part]
    if len(parts) < 2:
        return False
    if parts[-1] in _PER:
        parts = parts[:-1]
    return _OF_RATES.issuperset(parts)


def _number_factor(unit: str, own: str) -> Fraction | None:
    """Return the factor for a plain number, whose unit may be a rate such as 万元/亩."""
    target = canonical_unit(own)
    if unit == target:
        return Fraction(1)
    if not target:
        return _scale_alone(unit)
    tables = _KINDS.get(own)
    if tables is not None and len(tables) == 1:
        return _ratio(unit, target, tables[0])
    if "/" in target:
        return _rate_factor(unit, target, tables)
    return _COUNT.get(unit) if target in _COUNT else None


def _scale_alone(unit: str) -> Fraction | None:
    """Return the 10,000 of 万吨/日 for a figure that is kept in whatever unit it has."""
    for scale, power in SCALES.items():
        rest = unit.removeprefix(scale)
        if rest and rest != unit and (is_unit(rest) or rest in _COUNT):
            return Fraction(power)
    if unit in _SHARE:
        return None  # 65% of what a plant can do is no quantity
    return Fraction(1) if is_unit(unit) else _COUNT.get(unit)


def guessed_unit(unit: str, field: Field) -> str | None:
    """Return the unit that was probably meant by one that does not fit; "" for a mere count.

    2t under 承重 means t/㎡; what 12元/平 means under 月租金 only the clerk knows: None.
    """
    target = canonical_unit(field.unit)
    if unit in _SHARE:
        return None
    if field.type in (FieldType.NUMBER, FieldType.INTEGER):
        if not target or target in _COUNT:
            return ""
        _, slash, below = target.partition("/")
        whole = f"{unit}/{below}"
        if slash and "/" not in unit and unit_factor(whole, field.type, field.unit) is not None:
            return whole
    return None


def _ratio(unit: str, target: str, table: _Factors) -> Fraction | None:
    ours, theirs = table.get(target), table.get(unit)
    return theirs / ours if ours and theirs else None


def _rate_factor(unit: str, target: str, tables: tuple[_Factors, ...] | None) -> Fraction | None:
    """Convert 元/㎡ to 万元/亩 and the like: the first part multiplies, the others divide."""
    ours = [part for part in _SEPARATOR.split(target) if part]
    theirs = [part for part in _SEPARATOR.split(unit) if part]
    if len(ours) != len(theirs):
        return None
    kinds = (*(tables or (_MONEY, _AREA)), _TIME)
    result = Fraction(1)
    for index, (own, their) in enumerate(zip(ours, theirs, strict=True)):
        part = _ratio(their, own, kinds[min(index, len(kinds) - 1)])
        if part is None:
            return None
        result = result * part if index == 0 else result / part
    return result


def times(number: Decimal, by: Fraction) -> Decimal:
    """Return an exact product as a decimal (rounded only where the fraction does not end)."""
    return number * by.numerator / by.denominator if by.denominator != 1 else number * by.numerator
