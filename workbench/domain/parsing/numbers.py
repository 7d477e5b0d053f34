# SPDX-License-Identifier: MIT
"""Reads numbers, areas, money and shares as ledgers write them; domain §3.3."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import lru_cache

from workbench.domain.fields import SCALE, Field, FieldType
from workbench.domain.parsing.parsed import (
    ParseContext,
    Parsed,
    PercentNumber,
    Problem,
    error,
    notice,
    warning,
)  # fmt: skip
from workbench.domain.parsing.rent_free import rent_free_months
from workbench.domain.parsing.storeys import storeys_in
from workbench.domain.parsing.text import in_digits, shown
from workbench.domain.parsing.traditional import simplified
from workbench.domain.parsing.units import (
    SCALES,
    RefusedUnitError,
    canonical_unit,
    factor,
    guessed_unit,
    is_area_unit,
    is_money_unit,
    is_ratio,
    times,
    unit_factor,
)  # fmt: skip
from workbench.domain.parsing.unread_numbers import (
    DIGITS,
    decimal_of,
    explain,
    order_of,
    product_of,
    without_letters,
)
from workbench.domain.values import Origin, ValueState

_PLACES = {**SCALE, FieldType.INTEGER: 6}
_MOST_DIGITS = 18
"""What is stored is a whole number of the last place, in 64 bits."""
_PLAIN = re.compile(r"[0-9][0-9.,]*")
_SIMPLE = re.compile(r"[0-9]{1,11}(?:\.[0-9]{1,4})?")
"""A figure that every kind of number stores as it is written: most cells of a ledger."""
_ONE = Fraction(1)
_LARGEST = {kind: Decimal(10) ** (_MOST_DIGITS - SCALE.get(kind, 0)) for kind in _PLACES}
_QUANTA = {kind: Decimal(1).scaleb(-places) for kind, places in _PLACES.items()}
_LONGEST = 120
_HIGHEST_FRACTION = Decimal("1.5")
_TOLERANCE = Decimal("0.01")
_MOST_OF_ALL = 2
"""Up to 200 % a cell shown as a percentage is one; 5200 shown as 520000% is only shown so."""

_LEADS = (
    "约为 大约 大概 暂估 预估 估计 约 近 超过 超 逾 不低于 不小于 不少于 至少 "
    "不超过 不高于 不大于 最多 "
    ">= <= ≥ ≤ > < ≈ ~ ±"
)
_TAILS = "左右 上下 以上 以下 以内 余 多 许 +"
_BOUNDS = frozenset(
    [
        "不低于",
        "不小于",
        "不少于",
        "至少",
        "不超过",
        "不高于",
        "不大于",
        "最多",
        ">=",
        "<=",
        "≥",
        "≤",
        ">",
        "<",
        "以上",
        "以下",
        "以内",
        "+",
    ]
)
_AT_LEAST = frozenset({"不低于", "不小于", "不少于", "至少", ">=", "≥", ">", "以上", "+"})
UP_TO = frozenset({"不超过", "不高于", "不大于", "最多", "<=", "≤", "以下", "以内"})


def _either(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


_SCALE = "|".join(SCALES)
_FIGURE = re.compile(
    rf"^(?P<lead>{_either(_LEADS)})?"
    r"(?P<currency>¥|rmb|cny|人民币)?:?"
    r"(?P<share>百分之)?"
    rf"(?P<sign>[-+−])?(?:¥)?(?P<number>{DIGITS})(?P<exponent>e[-+]?\d{{1,3}})?"
    rf"(?P<middle>余|多|来)?(?P<scale>{_SCALE})?(?P<late>余|多)?"
    r"(?P<unit>[^\d()+~,;、。]*?)"
    rf"(?P<tail>{_either(_TAILS)})?"
    r"(?P<rest>\(.*\))?$"
)
_NEGATIVE = re.compile(rf"^\(¥?({DIGITS})\)$")
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?(?:全年|[末底])?(?:实际|完成)?")
"""2024年度, where a year is asked for."""
_ENCLOSED = re.compile(r"^\((\d[^()]*)\)$")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number found in a text: magnitude, the unit written beside it, and its qualifier."""

    number: Decimal
    unit: str
    qualifier: str
    rest: str
    signed: bool = False
    """Whether a sign of currency is all that stands beside it."""


def parse_number(field: Field, raw: object, context: ParseContext) -> Parsed:
    """Read a numeric cell into the field's normalized unit."""
    if isinstance(raw, str):
        return _simple(field, raw, context) or _from_text(field, raw, context)
    if isinstance(raw, PercentNumber) and field.type is FieldType.SHARE:
        return _finish(field, raw, Decimal(repr(raw.value)), "%", Fraction(1))
    if isinstance(raw, PercentNumber) and not is_ratio(field) and abs(raw.value) <= _MOST_OF_ALL:
        return _refuse(raw, warning("unit_unknown", unit="%", text=shown(raw)))
    number = raw.value if isinstance(raw, PercentNumber) else raw
    if isinstance(number, bool | date | time | timedelta):
        return _refuse(raw, error("not_a_number", text=shown(raw)))
    if isinstance(number, int | float | Decimal):
        try:
            value = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            return _refuse(raw, error("not_a_number", text=shown(raw)))
        return _with_context(field, raw, value, context)
    return _refuse(raw, error("not_a_number", text=shown(raw)))


def _simple(field: Field, raw: str, context: ParseContext) -> Parsed | None:
    """Read bare digits in the unit they are kept in, as ``_from_text`` would; None for others."""
    if field.type is FieldType.SHARE or _SIMPLE.fullmatch(raw) is None:
        return None
    unit = _kept_unit(context.unit, field.type, field.unit) if context.unit else ""
    if unit is None:
        return None
    digits = raw.rstrip("0").rstrip(".") if "." in raw else raw
    if field.type is not FieldType.INTEGER:
        return Parsed(Decimal(digits), Origin(raw, unit or None))
    return None if "." in digits else Parsed(int(digits), Origin(raw, unit or None))


@lru_cache(maxsize=512)
def _kept_unit(text: str, kind: FieldType, own: str) -> str | None:
    """Return a column's unit in one spelling; None unless figures in it are stored as written."""
    unit = canonical_unit(text)
    try:
        by = unit_factor(unit, kind, own)
    except RefusedUnitError:
        return None
    return unit if by == _ONE else None


def prepared(text: str) -> str:
    """Return a number's text half-width and lower case, with ㎡ in one spelling."""
    if _PLAIN.fullmatch(text):  # most cells of a ledger
        return text
    wide = unicodedata.normalize("NFKC", text.replace("㎡", "平方米").replace("㎥", "立方米"))
    wide = simplified(wide.strip().lower()).replace("−", "-").replace("－", "-").replace("'", "")
    wide = re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", ",", wide)
    wide = re.sub(r"(?<=\d)\s+(?=[\d.])", "、", wide)  # two figures are never one
    wide = re.sub(r"[\s\u00a0\u200b]+", "", wide)
    wide = re.sub(r"km2|k㎡", "平方公里", wide)
    wide = wide.replace("hm2", "公顷").replace("m^2", "平方米")
    wide = re.sub(r"(?<![a-z])m2", "平方米", wide)
    wide = re.sub(r"(?<=[\d万千亿])m3(?=/|$)", "立方米", wide)  # 1.5万m³/d
    return wide.replace("平方米", "㎡").replace("平米", "㎡")


def _from_text(field: Field, raw: str, context: ParseContext) -> Parsed:
    if len(raw) > _LONGEST:
        return _refuse(raw, error("not_a_number", text=raw[:40] + "…"))
    text = prepared(raw)
    if (match := _NEGATIVE.match(text)) is not None:
        return _with_context(field, raw, -decimal_of(match[1]), context)
    if field.unit == "层" and (storeys := storeys_in(text)):
        text = str(storeys[field.key == "floors_below"] or "") or text
    if field.key == "rank":
        text = order_of(text) or text
    share, words = ("百分之", text[3:]) if text.startswith("百分之") else ("", text)
    text = share + (in_digits(words) or words)
    if field.key == "year" and (year := _YEAR.fullmatch(text)) is not None:
        text = year[1]
    if field.type is FieldType.MONEY and (match := _ENCLOSED.match(text)) is not None:
        text = f"-{match[1]}"
    figure = _figure(text)
    if figure is None and (product := product_of(text, field)):
        return _from_product(field, raw, product, context)
    if (
        figure is None
        and field.key == "free_months"
        and (months := rent_free_months(text)) is not None
    ):
        return _free_months(field, raw, months)
    if figure is None:
        return _refuse(raw, explain(field, raw, text))
    return _from_figure(field, raw, figure, context)


def _free_months(field: Field, raw: str, months: Decimal) -> Parsed:
    """Read 前2个月免租 as 2 months, and say so."""
    parsed = _finish(field, raw, months, "月", Fraction(1))
    said = notice("free_months_read", text=raw.strip(), months=f"{months.normalize():f}")
    return Parsed(parsed.value, parsed.origin, (*parsed.problems, said))


def _from_product(field: Field, raw: str, product: str, context: ParseContext) -> Parsed:
    """Read 2×50MVA as 100 MVA, and say so."""
    figure = _figure(product)
    if figure is None:
        return _refuse(raw, explain(field, raw, product))
    parsed = _from_figure(field, raw, figure, context)
    said = notice("product_read", text=raw.strip(), product=product)
    return Parsed(parsed.value, parsed.origin, (*parsed.problems, said))


def _figure(text: str) -> _Figure | None:
    """Take a text apart: about · currency · number · scale · unit · or so · (second figure)."""
    match = _FIGURE.match(text)
    if match is None:
        return None
    with localcontext(prec=60):
        number = decimal_of(match["number"] + (match["exponent"] or ""))
        if match["sign"] in ("-", "−"):
            number = -number
    unit = (match["share"] or "") + (match["scale"] or "") + match["unit"]
    signed = bool(match["currency"]) and not unit
    if match["currency"] and not match["unit"]:
        unit += "元"
    qualifier = match["lead"] or match["middle"] or match["late"] or match["tail"] or ""
    return _Figure(number, unit, qualifier, (match["rest"] or "")[1:-1], signed)


def _from_figure(field: Field, raw: str, figure: _Figure, context: ParseContext) -> Parsed:
    unit = figure.unit
    if not unit:
        parsed = _with_context(field, raw, figure.number, context)
    else:
        parsed = _with_unit(field, raw, figure.number, unit, context)
    problems = list(parsed.problems)
    if figure.signed and is_money_unit(context.unit) and factor(context.unit, field) != _ONE:
        bare = f"{figure.number:f}{context.unit}"
        problems.append(warning("sign_beats_column", bare, text=raw.strip(), unit=context.unit))
        parsed = Parsed(parsed.value, parsed.origin, tuple(problems))
    if parsed.value is None or not (figure.qualifier or figure.rest):
        return parsed
    if field.key.endswith("_max") and figure.qualifier in _AT_LEAST:
        return _refuse(raw, warning("least_is_no_most", text=raw.strip()))
    origin = parsed.origin
    if figure.qualifier and not _is_limit(field, figure.qualifier):
        origin = Origin(origin.raw, origin.unit, ValueState.ESTIMATED, figure.qualifier)
        code = "bound" if figure.qualifier in _BOUNDS else "approximate"
        problems.append(notice(code, qualifier=figure.qualifier, text=raw.strip()))
    if figure.rest:
        problems.extend(_second_figure(field, parsed, figure.rest, raw, context))
    return Parsed(parsed.value, origin, tuple(problems))


def _is_limit(field: Field, qualifier: str) -> bool:
    """Tell whether a bound is what the field asks for: ≤2.0 where the largest FAR is."""
    return field.key.endswith("_max") and qualifier in UP_TO


def _second_figure(
    field: Field, first: Parsed, rest: str, raw: str, context: ParseContext
) -> list[Problem]:
    """Compare 50亩（33333㎡）: the first figure is kept, the second must agree within 1 %."""
    figure = _figure(rest)
    if figure is None or not figure.unit or not isinstance(first.value, Decimal):
        return [notice("text_after_number", text=raw.strip())]
    second = _with_unit(field, rest, figure.number, figure.unit, context).value
    if not isinstance(second, Decimal):
        return [notice("text_after_number", text=raw.strip())]
    if abs(second - first.value) > abs(first.value) * _TOLERANCE:
        return [warning("second_figure_differs", text=raw.strip())]
    return []


def _with_unit(
    field: Field, raw: object, number: Decimal, unit: str, context: ParseContext
) -> Parsed:
    """Apply a unit written in the cell, which beats the unit of the column."""
    unit = canonical_unit(unit)
    try:
        by = factor(unit, field)
    except RefusedUnitError:
        return _refuse(raw, error("unit_refused", unit=unit, text=shown(raw)))
    if by is None and unit in SCALES:
        return _with_scale(field, raw, number, unit, context)
    if by is None:
        if mended := without_letters(shown(raw)):
            return _refuse(raw, error("letter_in_number", mended, text=shown(raw)))
        guess = guessed_unit(unit, field)
        bare = None if guess is None else f"{number:f}{guess}"
        return _refuse(raw, warning("unit_unknown", bare, unit=unit, text=shown(raw)))
    return _finish(field, raw, number, unit, by)


def _with_scale(
    field: Field, raw: object, number: Decimal, scale: str, context: ParseContext
) -> Parsed:
    """Read 3.7万 in a column of ㎡ as 3.7万㎡, and in a column of 万㎡ as the same."""
    unit = canonical_unit(context.unit)
    if any(unit.startswith(own) for own in SCALES):
        unit = next(unit.removeprefix(own) for own in SCALES if unit.startswith(own))
    by = factor(unit, field) if unit else Fraction(1)
    return _finish(field, raw, number, scale + unit, (by or Fraction(1)) * SCALES[scale])


def _with_context(field: Field, raw: object, number: Decimal, context: ParseContext) -> Parsed:
    """Apply the unit of the column to a bare number."""
    if field.type is FieldType.SHARE:
        return _bare_share(field, raw, number, context)
    if not context.unit:
        return _finish(field, raw, number, "", _ONE)
    unit = canonical_unit(context.unit)
    try:
        by = factor(unit, field)
    except RefusedUnitError:
        return _refuse(raw, error("unit_refused", unit=unit, text=shown(raw)))
    if by is None and _belongs_elsewhere(unit, field):
        by, unit = Fraction(1), ""
    if by is None:
        return _refuse(raw, warning("unit_unknown", unit=unit, text=shown(raw)))
    return _finish(field, raw, number, unit, by)


def _belongs_elsewhere(unit: str, field: Field) -> bool:
    """Tell whether a sheet's unit line (㎡、万元) simply does not speak of this kind of figure."""
    return field.type in (FieldType.NUMBER, FieldType.INTEGER) and (
        is_area_unit(unit) or is_money_unit(unit)
    )


def _bare_share(field: Field, raw: object, number: Decimal, context: ParseContext) -> Parsed:
    """Read a bare number in a column of shares by the decision for the column (§3.3)."""
    if context.percent_scaled is None:
        if abs(number) <= _HIGHEST_FRACTION:
            return _finish(field, raw, number, "", _ONE)
        parsed = _finish(field, raw, number, "%", Fraction(1, 100))
        remark = notice("percent_scaled", text=shown(raw))
        return Parsed(parsed.value, parsed.origin, (*parsed.problems, remark))
    if context.percent_scaled:
        return _finish(field, raw, number, "%", Fraction(1, 100))
    return _finish(field, raw, number, "", _ONE)


def _finish(field: Field, raw: object, number: Decimal, unit: str, by: Fraction) -> Parsed:
    """Convert, round to what is stored, and keep raw text and unit beside it."""
    with localcontext(prec=60):
        value = number if by is _ONE or by == _ONE else times(number, by)
        if abs(value) >= _LARGEST[field.type]:
            return _refuse(raw, error("number_too_large", text=shown(raw)))
        value = stored(value, field.type)
    origin = Origin(shown(raw), unit or None)
    if field.type is not FieldType.INTEGER:
        return Parsed(value, origin)
    if value != value.to_integral_value():
        return _refuse(raw, warning("not_an_integer", str(round(value)), text=shown(raw)))
    return Parsed(int(value), origin)


def stored(value: Decimal, kind: FieldType) -> Decimal:
    """Return a number with no more decimals than are stored, and no trailing zeros."""
    quantum = _QUANTA[kind]
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_PLACES[kind]:
        value = value.quantize(quantum, rounding=ROUND_HALF_EVEN)
    value = value.normalize()
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else value


def _refuse(raw: object, problem: Problem) -> Parsed:
    return Parsed(None, Origin(shown(raw), None, ValueState.UNKNOWN), (problem,))
