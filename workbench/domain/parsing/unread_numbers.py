# SPDX-License-Identifier: MIT
"""Texts that are no plain number: why each is none, and the figure that it may stand for."""

import re
import unicodedata
from decimal import Decimal

from workbench.domain.fields import Field, FieldType
from workbench.domain.parsing.parsed import Problem, error, warning
from workbench.domain.parsing.text import chinese_number

DIGITS = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?|\.\d+"
"""The digits of one number, with thousands separators or without."""
_SUM = re.compile(rf"^(?:{DIGITS})[^\d+(),]*(?:\+(?:{DIGITS})[^\d+(),]*)+$")
_SUM_PART = re.compile(rf"({DIGITS})([^\d+(),]*)")
_RANGE = re.compile(
    rf"^(?P<low>{DIGITS})(?P<unit1>[^\d()+~,\-—–至到]*)(?:-|—|——|–|~|至|到)"
    rf"(?P<high>{DIGITS})(?P<unit2>[^\d()+,]*)$"
)
_PRODUCT = re.compile(rf"^(\d{{1,2}})(?:台|组|座|套|个)?[×xX*](?:{DIGITS})[^\d()+,×x*]*$")
_TIMES = re.compile(r"[×xX*]")
_COUNTED = frozenset({"", "kVA"})
"""Units of fields that sum up several alike; 2×10t of a crane is no 20t, nor 3×6m a height."""
_ORDER = re.compile(
    r"(?:首|第?([一二三四五六七八九十]{1,3}|\d{1,2}))(?:顺位|轮候|顺序|[轮位次押封])(?:轮候|查封|抵押)?"
    r"|(?:轮候|轮封|顺位)(?:查封)?第?([一二三四五六七八九十]{1,3}|\d{1,2})[轮位次]?"
)
"""A place in a queue: 第二顺位, 首封, 第1轮候, 轮候2."""
_MONTHS = re.compile(r"(\d+(?:\.\d+)?)个?月")
_FLOORS = re.compile(r"\d{1,2}f?/(\d{1,2})f?|地上(\d{1,2})层.*")
_PARTS = re.compile(r"[,;、。]")
_PART = re.compile(rf"^(?=.*[^\d.])[^\d]{{0,8}}?({DIGITS})([^\d()]{{0,8}})$")
"""One of 首层6米，其余4.5米; bare digits between commas are no such list."""
_MIXED = re.compile(r"[\d.,oOlI|]*\d[\d.,oOlI|]*")
_LETTERS = str.maketrans("oOlI|", "00111")
"""Letters that typists and scanners take for 0 and 1."""


def decimal_of(digits: str) -> Decimal:
    """Return the number that digits with separators stand for."""
    return Decimal(digits.replace(",", "").replace(" ", ""))


def without_letters(text: str) -> str:
    """Return 50亩 for 5O亩 and 12000 for l2OOO, "" where no letter stands for a digit."""
    wide = unicodedata.normalize("NFKC", text.replace("㎡", "平方米")).strip()
    pieces, last = [], 0
    for match in _MIXED.finditer(wide):
        piece = match[0]
        beside = wide[match.start() - 1 : match.start()] + wide[match.end() : match.end() + 1]
        if not re.search("[a-zA-Z]", beside) or piece[-1].isdigit():
            piece = piece.translate(_LETTERS)
        pieces += [wide[last : match.start()], piece]
        last = match.end()
    mended = "".join((*pieces, wide[last:]))
    return mended if mended != wide else ""


def order_of(text: str) -> str:
    """Return 2 for 第二顺位 and 1 for 首封, "" for what is no place in a queue."""
    found = _ORDER.fullmatch(text)
    if found is None:
        return ""
    place = found[1] or found[2] or "一"
    return place if place.isdigit() else str(chinese_number(place))


def product_of(text: str, field: Field) -> str:
    """Return 100mva for 2×50mva, several alike of a capacity; "" for anything else.

    Only figures that are counted so are multiplied: 30×50 under an area may be two sides.
    """
    counted = field.type in (FieldType.NUMBER, FieldType.INTEGER) and field.unit in _COUNTED
    if not counted or not _PRODUCT.match(text):
        return ""
    count, each = _TIMES.split(text, maxsplit=1)
    figure = _SUM_PART.match(each)
    if figure is None or not (figure[2] or field.unit):
        return ""
    total = decimal_of(re.sub(r"\D", "", count)) * decimal_of(figure[1])
    return f"{total.normalize():f}{figure[2]}"


def explain(field: Field, raw: str, text: str) -> Problem:
    """Say why a text is no number, and what it might mean; ``text`` is ``raw`` half-width."""
    stripped = raw.strip()
    if mended := without_letters(stripped):
        return error("letter_in_number", mended, text=stripped)
    if _SUM.match(text):
        parts = _SUM_PART.findall(text)
        units = {unit for _, unit in parts if unit}
        suggestion = None
        if len(units) <= 1:
            total = sum((decimal_of(number) for number, _ in parts), Decimal(0))
            suggestion = f"{total:f}{units.pop() if units else ''}"
        return warning("sum_not_a_number", suggestion, text=stripped)
    if (match := _RANGE.match(text)) is not None:
        middle = (decimal_of(match["low"]) + decimal_of(match["high"])) / 2
        unit = match["unit2"] or match["unit1"]
        return warning("range_not_a_number", f"{middle.normalize():f}{unit}", text=stripped)
    if field.unit == "月" and (months := _MONTHS.findall(text)) and len(months) == 1:
        return warning("number_in_text", months[0], text=stripped)
    if field.unit == "层" and (floors := _FLOORS.fullmatch(text)):
        return warning("number_in_text", floors[1] or floors[2], text=stripped)
    parts = [_PART.match(part) for part in _PARTS.split(text.rstrip(",;、。"))]
    if len(parts) > 1 and (first := parts[0]) is not None and all(parts):
        return warning("several_numbers", f"{first[1]}{first[2]}", text=stripped)
    numbers = re.findall(DIGITS, text)
    suggestion = numbers[0] if len(numbers) == 1 else None
    return warning("not_a_number", suggestion, text=stripped)
