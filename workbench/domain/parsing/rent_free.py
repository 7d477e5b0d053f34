# SPDX-License-Identifier: MIT
"""Months free of rent as contracts say them: 前2个月免租, 免租期三个月, 首年免租, 不免租."""

import re
from decimal import Decimal

from workbench.domain.parsing.text import chinese_number

_N = r"\d{1,2}(?:\.\d+)?|[一二两三四五六七八九十]{1,3}"
_SPAN = rf"(?:(?P<months>{_N})个月|(?P<years>{_N})年|(?P<half_year>半年))"
_FREE = r"(?:免租金?|免收租金|免缴租金|免交租金|减免租金|装修)期?"
_TERM = r"(?:为|是|共|计|共计|合计)?:?"
_FIRST = r"(?:首|第一|第1|头)(?:(?P<year>年)|(?P<month>个?月))"
_READ = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:前|首|最初)?{_SPAN}的?(?:租金)?{_FREE}",
        rf"{_FREE}{_TERM}{_SPAN}",
        rf"免租期{_TERM}(?P<months>{_N})月",
        rf"{_FIRST}的?(?:租金)?{_FREE}",
        rf"{_FREE}{_TERM}{_FIRST}",
        _SPAN,
    )
)
_NONE = re.compile(rf"(?:无|没有|不享受|不设|未设){_FREE}|不{_FREE}|{_FREE}:?(?:无|没有)")
_KNOWN = {"year": Decimal(12), "half_year": Decimal(6), "month": Decimal(1)}


def rent_free_months(text: str) -> Decimal | None:
    """Return the months that words name; None for what names none, two, or a day of the calendar.

    ``text`` is half-width, without spaces. A year is 12 months. What may be meant otherwise
    (每年免租1个月, 第3个月免租, 3月免租) is no figure.
    """
    words = text.rstrip("。;,")
    if _NONE.fullmatch(words):
        return Decimal(0)
    for pattern in _READ:
        if (match := pattern.fullmatch(words)) is not None:
            return _months(match.groupdict())
    return None


def _months(found: dict[str, str | None]) -> Decimal | None:
    for key, known in _KNOWN.items():
        if found.get(key):
            return known
    if years := found.get("years"):
        return _number(years) * 12
    months = found.get("months")
    return None if months is None else _number(months)


def _number(digits: str) -> Decimal:
    return Decimal(digits) if digits[0].isdigit() else Decimal(chinese_number(digits) or 0)
