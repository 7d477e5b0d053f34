# SPDX-License-Identifier: MIT
"""Finds the days, months and years that a text writes, each at its own precision; domain §3.3."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from workbench.domain.parsing.text import chinese_number
from workbench.domain.parsing.traditional import simplified

FIRST_YEAR, LAST_YEAR = 1900, 2200
_CHINESE = "零〇○Ｏ一二三四五六七八九十"
_CHINESE_YEAR = re.compile(rf"([{_CHINESE}o]{{4}})年")
_CHINESE_PART = re.compile(rf"([{_CHINESE}]{{1,3}})(?=[月日号年])")
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_ENGLISH = re.compile(
    r"(?<!\d)(\d{1,2})[-./]?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-.,/]*(\d{4})(?!\d)"
)
_ENGLISH_MONTH = re.compile(
    r"(?<![a-z\d])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-.,/]*(\d{4})(?!\d)"
)
_SEP = r"[-./年]"
DAY = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}})[-./月](\d{{1,2}})(?:日|号)?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}})(?:月份?)?(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?:年度?)?(?!\d)")
_SAME_YEAR = re.compile(
    r"(?<!\d)(\d{4})[年\-./](\d{1,2})(?:(?:月|[-./])(\d{1,2}))?[月日号]?([至到\-—~–]+)"
    r"(\d{1,2})(?:月(\d{1,2})[日号]?|月份?|[-./](\d{1,2}))(?!\d)"
)
"""2025年6月1日-8月31日, 2025.6.1-8.31, 2025年3月至12月: the year is written once."""
_LISTED = re.compile(r"(\d{4})[、。,](\d{1,2})(?:[、。,](\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})")
_TIME = re.compile(r"(?<=\d)[t ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$|(?<=\d)t\d{2}:\d{2}.*$")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text with the precision it was written in, and where it stood."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """Return its last day."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        """Return 日, 月 or 年: what it is written by."""
        return "日" if self.day else "月" if self.month else "年"


class ImpossibleDateError(ValueError):
    """A date that no calendar has; carries the nearest one that exists, if any."""

    def __init__(self, nearest: date | None) -> None:
        super().__init__()
        self.nearest = nearest


def prepared(raw: str) -> str:
    """Return a date's text half-width, with Arabic digits and without spaces."""
    text = simplified(unicodedata.normalize("NFKC", raw).strip().lower())
    text = _TIME.sub("", text)
    text = re.sub(r"[\s\u00a0\u200b]+", "", text).replace("−", "-").replace("‐", "-")
    text = _ENGLISH.sub(lambda m: f"{m[3]}-{_MONTHS.index(m[2]) // 3 + 1}-{m[1]}", text)
    text = _ENGLISH_MONTH.sub(lambda m: f"{m[2]}-{_MONTHS.index(m[1]) // 3 + 1}", text)
    if written := _LISTED.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        parts = [part for part in written.groups() if part]
        text = "-".join(parts if len(parts[0]) > len(parts[1]) else parts[::-1])
    text = _CHINESE_YEAR.sub(lambda m: digits_in(m[1].replace("o", "〇")) + "年", text)
    return _CHINESE_PART.sub(lambda m: digits_in(m[1]), text)


def digits_in(text: str) -> str:
    """Return a Chinese number in Arabic digits, and any other text as it is."""
    number = chinese_number(text)
    return text if number is None else str(number)


def dates_in(text: str, strict: bool = True) -> list[WrittenDate]:
    """Return the dates in a text, in order, each at the precision it is written in."""
    found: list[WrittenDate] = []
    masked = text
    for pattern in (DAY, _COMPACT, _MONTH, _COMPACT_MONTH, _YEAR):
        for match in pattern.finditer(masked):
            item = _check(match, strict)
            if item is not None:
                found.append(item)
        for item in found:
            masked = masked[: item.start] + "\0" * (item.end - item.start) + masked[item.end :]
    return sorted(found, key=lambda item: item.start)


def _check(match: re.Match[str], strict: bool) -> WrittenDate | None:
    numbers = [int(group) for group in match.groups()]
    year, month, day = (*numbers, None, None)[:3]
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is not None and not 1 <= month <= 12:
        if strict:
            raise ImpossibleDateError(None)
        return None
    if day is not None and month is not None:
        last = monthrange(year, month)[1]
        if not 1 <= day <= last:
            if strict:
                raise ImpossibleDateError(date(year, month, last) if 1 <= day <= 31 else None)
            return None
    return WrittenDate(year, month, day, match.start(), match.end())


def with_years(text: str) -> str:
    """Return a text with the year before both ends of each period in it."""
    return _SAME_YEAR.sub(_with_year, text)


def _with_year(match: re.Match[str]) -> str:
    """Write the year before the end of a period too: the next one where the months turn back."""
    year, month, day, dash, until, *days = match.groups()
    last = next((one for one in days if one), None)
    if not (1 <= int(month) <= 12 and 1 <= int(until) <= 12) or (day and last is None):
        return match[0]  # 12月 after a whole day may be a length
    turns = (int(until), int(last or 0)) < (int(month), int(day or 0))
    first = f"{year}-{month}" + (f"-{day}" if day else "")
    return f"{first}{dash}{int(year) + turns}-{until}" + (f"-{last}" if last else "")
