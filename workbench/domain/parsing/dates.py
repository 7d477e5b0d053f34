# SPDX-License-Identifier: MIT
"""Reads dates as ledgers write them: by day, month or year, serials, terms; domain §3.3."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from workbench.domain.fields import Field
from workbench.domain.parsing.parsed import (
    ParseContext,
    Parsed,
    PercentNumber,
    Problem,
    error,
    notice,
    warning,
)  # fmt: skip
from workbench.domain.parsing.text import chinese_number, shown
from workbench.domain.parsing.traditional import simplified
from workbench.domain.parsing.unread_numbers import without_letters
from workbench.domain.values import Origin, ValueState

FIRST_YEAR, LAST_YEAR = 1900, 2200
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_000
_LONGEST = 80
_OPEN_ENDED = (
    "长期", "永久", "无限期", "无期限", "长久", "不定期", "无固定期限", "永续", "至今", "longterm",
)  # fmt: skip
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
_DAY = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}})[-./月](\d{{1,2}})(?:日|号)?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?!\d)")
_MONTH = re.compile(rf"(?<!\d)(\d{{4}}){_SEP}(\d{{1,2}})(?:月份?)?(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?:年度?)?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_DAY_FIRST_ALONE = re.compile(r"[ \t]*\d{1,2}[-./]\d{1,2}[-./]\d{4}")
DAY_MONTH_YEAR, MONTH_DAY_YEAR = "d/m/y", "m/d/y"
"""How a column of days writes them where the year comes last; it stands for the column's unit."""
ORDER_ASKED = "?/?/y"
"""The unit of a column of such days in which none tells the order: it is asked for once."""
_MONTHS_IN_YEAR = 12
_TIME = re.compile(r"(?<=\d)[t ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$|(?<=\d)t\d{2}:\d{2}.*$")
_FILLER = re.compile(
    r"^(?:[至到止截自从起约于为是前后期限有效日时间终迄:;,.、。()\[\]~—–\-/]|以前|左右|前后|"
    r"到期|届满|开始|生效|终止|签订|取得|竣工|建成|投用)*$"
)
_SINCE = re.compile("(?:一直)?(?:至今|以来|到现在|到今)$")
"""闲置 since 2018年至今: the day on which it began."""
_BRACKETS = re.compile(r"\([^()]*\)")
_VAGUE = {
    "底": 1.0, "末": 1.0, "初": 0.0, "上旬": 0.0, "中旬": 0.5, "下旬": 1.0, "上半年": 0.0,
    "下半年": 1.0, "春": 0.2, "夏": 0.45, "秋": 0.7, "冬": 1.0, "左右": None, "前后": None,
}  # fmt: skip
_QUARTER = re.compile(r"(\d{4})年?第?(?:([1-4一二三四])季度?|q([1-4]))(?:[底末]|[前内])?")
_SAME_YEAR = re.compile(
    r"(?<!\d)(\d{4})[年\-./](\d{1,2})(?:(?:月|[-./])(\d{1,2}))?[月日号]?([至到\-—~–]+)"
    r"(\d{1,2})(?:月(\d{1,2})[日号]?|月份?|[-./](\d{1,2}))(?!\d)"
)
"""2025年6月1日-8月31日, 2025.6.1-8.31, 2025年3月至12月: the year is written once."""
_MIDDLE = "中"
"""2025年中: the middle, where nothing else stands beside the date."""
_LISTED = re.compile(r"(\d{4})[、。,](\d{1,2})(?:[、。,](\d{1,2}))?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})")
_ABOUT = ("左右", "前后", "约")
"""What makes an estimate of a day that is written out."""

_TERM = re.compile(r"(?<!\d)(\d{1,2}(?:\.5)?|[一二三四五六七八九十]{1,3})个?(年|月)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Found:
    """A date in a text with the precision it was written in, and where it stood."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        return "日" if self.day else "月" if self.month else "年"


class _ImpossibleError(ValueError):
    """A date that no calendar has; carries the nearest one that exists, if any."""

    def __init__(self, nearest: date | None) -> None:
        super().__init__()
        self.nearest = nearest


def parse_date(field: Field, raw: object, context: ParseContext) -> Parsed:
    """Read a date cell; a month or year alone is its first day, or its last for an expiry."""
    if isinstance(raw, PercentNumber):
        raw = raw.value
    if isinstance(raw, datetime):
        return _known(raw, raw.date())
    if isinstance(raw, date):
        return _known(raw, raw)
    if isinstance(raw, bool) or raw is None:
        return _refuse(raw, error("not_a_date", text=shown(raw)))
    if isinstance(raw, int | float):
        return _from_number(field, raw, context)
    if isinstance(raw, str):
        return _from_text(field, raw, context)
    return _refuse(raw, error("not_a_date", text=shown(raw)))


def from_serial(serial: float, date1904: bool) -> date | None:
    """Return the day of an Excel serial number, or None outside 1927–2198."""
    if not _FIRST_SERIAL <= serial < _LAST_SERIAL:
        return None
    return (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=int(serial))


def _known(raw: object, day: date) -> Parsed:
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        return _refuse(raw, warning("placeholder_date", text=shown(raw)))
    return Parsed(day, Origin(shown(raw)))


def _from_number(field: Field, raw: float, context: ParseContext) -> Parsed:
    text = shown(raw)
    if raw in (0, 1):
        return _refuse(raw, warning("placeholder_date", text=text))
    if float(raw).is_integer():
        whole = int(raw)
        if _FIRST_SERIAL <= whole < _LAST_SERIAL and (day := from_serial(whole, context.date1904)):
            return Parsed(day, Origin(text), (notice("date_from_serial", text=text),))
        return _from_text(field, str(whole), context)
    if (day := from_serial(raw, context.date1904)) is not None:
        return Parsed(day, Origin(text), (notice("date_from_serial", text=text),))
    if re.fullmatch(r"(?:19|20)\d\d\.1", text):
        # Excel drops the zero of 2010.10, so 2010.1 may be January or October.
        return _refuse(raw, warning("ambiguous_month", f"{text[:4]}年10月", text=text))
    return _from_text(field, text, context)


def _from_text(field: Field, raw: str, context: ParseContext) -> Parsed:
    text = _prepared(raw)
    if len(text) > _LONGEST:
        return _refuse(raw, error("not_a_date", text=raw[:40] + "…"))
    if any(word in text for word in _OPEN_ENDED) and not _dates(text, strict=False):
        return _refuse(raw, warning("open_ended_date", text=raw.strip()))
    if re.fullmatch(r"\d{5,6}", text) and (day := from_serial(int(text), context.date1904)):
        return Parsed(day, Origin(raw), (notice("date_from_serial", text=raw.strip()),))
    if _DAY_FIRST.search(text) and not _DAY.search(text):
        text = _DAY_FIRST.sub(partial(_year_first, order=context.unit), text)
        if _DAY_FIRST.search(text):
            asked = context.unit == ORDER_ASKED
            said = notice("day_order_asked", text=raw.strip()) if asked else _explain(raw, text)
            return _refuse(raw, said)
    if quarter := _QUARTER.fullmatch(text):
        return _quarter(field, raw, quarter)
    text = _SAME_YEAR.sub(_with_year, text)
    try:
        found = _dates(text)
    except _ImpossibleError as fault:
        nearest = fault.nearest.isoformat() if fault.nearest else None
        return _refuse(raw, error("impossible_date", nearest, text=raw.strip()))
    if not found and (mended := without_letters(raw)) and _dates(_prepared(mended), strict=False):
        return _refuse(raw, error("letter_in_number", mended, text=raw.strip()))
    if not found:
        return _refuse(raw, _explain(raw, text))
    if len(found) == 1:
        return _one_date(field, raw, text, found[0])
    return _range(field, raw, text, found)


def _year_first(match: re.Match[str], order: str) -> str:
    """Return 2027-2-28 for 28/02/2027 where the order is known, or does not matter."""
    one, two, year = match.groups()
    if order == MONTH_DAY_YEAR:
        return f"{year}-{one}-{two}"
    same = int(one) == int(two)
    return f"{year}-{two}-{one}" if order == DAY_MONTH_YEAR or same else match[0]


def order_of_days(cells: Iterable[object]) -> str:
    """Return in which order a column writes its days where the year comes last.

    One day after the 12th tells it, unless another tells the contrary; ORDER_ASKED where none does,
    and "" where there are no such days or they contradict each other.
    """
    found: set[str] = set()
    for cell in cells:
        if type(cell) is not str or not (cell[1:2] in "-./" or cell[2:3] in "-./"):
            continue
        match = _DAY_FIRST.search(cell) if _DAY_FIRST_ALONE.match(cell) else None
        if match is None:
            continue
        one, two = int(match[1]), int(match[2])
        if one > _MONTHS_IN_YEAR >= two:
            found.add(DAY_MONTH_YEAR)
        elif two > _MONTHS_IN_YEAR >= one:
            found.add(MONTH_DAY_YEAR)
        elif one != two:
            found.add(ORDER_ASKED)
    told = found - {ORDER_ASKED}
    if len(told) == 1:
        return told.pop()
    return "" if told else "".join(found)


def _prepared(raw: str) -> str:
    """Return a date's text half-width, with Arabic digits and without spaces."""
    text = simplified(unicodedata.normalize("NFKC", raw).strip().lower())
    text = _TIME.sub("", text)
    text = re.sub(r"[\s\u00a0\u200b]+", "", text).replace("−", "-").replace("‐", "-")
    text = _ENGLISH.sub(lambda m: f"{m[3]}-{_MONTHS.index(m[2]) // 3 + 1}-{m[1]}", text)
    text = _ENGLISH_MONTH.sub(lambda m: f"{m[2]}-{_MONTHS.index(m[1]) // 3 + 1}", text)
    if written := _LISTED.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        parts = [part for part in written.groups() if part]
        text = "-".join(parts if len(parts[0]) > len(parts[1]) else parts[::-1])
    text = _CHINESE_YEAR.sub(lambda m: _digits(m[1].replace("o", "〇")) + "年", text)
    return _CHINESE_PART.sub(lambda m: _digits(m[1]), text)


def _digits(text: str) -> str:
    number = chinese_number(text)
    return text if number is None else str(number)


def _dates(text: str, strict: bool = True) -> list[_Found]:
    """Return the dates in a text, in order, each at the precision it is written in."""
    found: list[_Found] = []
    masked = text
    for pattern in (_DAY, _COMPACT, _MONTH, _COMPACT_MONTH, _YEAR):
        for match in pattern.finditer(masked):
            item = _check(match, strict)
            if item is not None:
                found.append(item)
        for item in found:
            masked = masked[: item.start] + "\0" * (item.end - item.start) + masked[item.end :]
    return sorted(found, key=lambda item: item.start)


def _check(match: re.Match[str], strict: bool) -> _Found | None:
    numbers = [int(group) for group in match.groups()]
    year, month, day = (*numbers, None, None)[:3]
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is not None and not 1 <= month <= 12:
        if strict:
            raise _ImpossibleError(None)
        return None
    if day is not None and month is not None:
        last = monthrange(year, month)[1]
        if not 1 <= day <= last:
            if strict:
                raise _ImpossibleError(date(year, month, last) if 1 <= day <= 31 else None)
            return None
    return _Found(year, month, day, match.start(), match.end())


def _one_date(field: Field, raw: str, text: str, found: _Found) -> Parsed:
    rest = text[: found.start] + text[found.end :]
    if not field.period_end:
        rest = _SINCE.sub("", rest)
    vague = rest if rest == _MIDDLE else next((word for word in _VAGUE if word in rest), "")
    if vague and found.day is None:
        return _vague(field, raw, found, vague)
    if not field.period_end and (length := _TERM.search(rest)) is None and "租期" in rest:
        return _refuse(raw, warning("not_a_date", text=raw.strip()))
    if length := _TERM.search(rest):
        return _with_term(field, raw, found, length)
    bare = _BRACKETS.sub("", rest)
    if not _FILLER.match(bare):
        suggestion = (found.last() if field.period_end else found.first()).isoformat()
        return _refuse(raw, warning("date_in_text", suggestion, text=raw.strip()))
    day = found.last() if field.period_end else found.first()
    problems: tuple[Problem, ...] = ()
    if bare != rest and len(rest) > len(bare) + 2:
        problems = (notice("text_after_date", text=raw.strip()),)
    if day.year == FIRST_YEAR:
        return _refuse(raw, warning("placeholder_date", text=raw.strip()))
    if about := next((word for word in _ABOUT if word in bare), ""):
        remark = notice("approximate", qualifier=about, text=raw.strip())
        return Parsed(day, Origin(raw, None, ValueState.ESTIMATED, about), (*problems, remark))
    qualifier = "" if found.day else found.precision
    return Parsed(day, Origin(raw, None, ValueState.KNOWN, qualifier), problems)


def _vague(field: Field, raw: str, found: _Found, word: str) -> Parsed:
    """Read 2015年底 or 2015年6月中旬: an estimate, marked as one."""
    position = 0.5 if word == _MIDDLE else _VAGUE[word]
    first, last = found.first(), found.last()
    if word == "上半年":
        last = date(found.year, 6, 30)
        position = 1.0 if field.period_end else 0.0
    elif word == "下半年":
        first = date(found.year, 7, 1)
        position = 1.0 if field.period_end else 0.0
    if position is None:
        position = 1.0 if field.period_end else 0.0
    day = first + timedelta(days=round((last - first).days * position))
    origin = Origin(raw, None, ValueState.ESTIMATED, word)
    return Parsed(day, origin, (notice("approximate", qualifier=word, text=raw.strip()),))


def _quarter(field: Field, raw: str, match: re.Match[str]) -> Parsed:
    """Read 2025年二季度 or 2025Q2: an estimate, its first day for a start, its last for an end."""
    number = match[2] or match[3]
    index = int(number) if number.isdigit() else "一二三四".index(number) + 1
    found = _Found(int(match[1]), 3 * index - (0 if field.period_end else 2), None, 0, 0)
    if not FIRST_YEAR < found.year <= LAST_YEAR:
        return _refuse(raw, warning("placeholder_date", text=raw.strip()))
    word = f"{'一二三四'[index - 1]}季度"
    remark = notice("approximate", qualifier=word, text=raw.strip())
    day = found.last() if field.period_end else found.first()
    return Parsed(day, Origin(raw, None, ValueState.ESTIMATED, word), (remark,))


def _with_year(match: re.Match[str]) -> str:
    """Write the year before the end of a period too: the next one where the months turn back."""
    year, month, day, dash, until, *days = match.groups()
    last = next((one for one in days if one), None)
    if not (1 <= int(month) <= 12 and 1 <= int(until) <= 12) or (day and last is None):
        return match[0]  # 12月 after a whole day may be a length
    turns = (int(until), int(last or 0)) < (int(month), int(day or 0))
    first = f"{year}-{month}" + (f"-{day}" if day else "")
    return f"{first}{dash}{int(year) + turns}-{until}" + (f"-{last}" if last else "")


def _with_term(field: Field, raw: str, start: _Found, length: re.Match[str]) -> Parsed:
    """Read 自2024年5月23日起，租期3年: the end is the day before the anniversary."""
    first = start.first()
    if not field.period_end:
        return Parsed(first, Origin(raw), (notice("date_from_range", text=raw.strip()),))
    number = length[1]
    amount = float(_digits(number)) if not number[0].isdigit() else float(number)
    months = round(amount * 12) if length[2] == "年" else round(amount)
    end = plus_months(first, months) - timedelta(days=1)
    remark = notice("derived_from_term", text=raw.strip(), date=end.isoformat())
    return Parsed(end, Origin(raw), (remark,))


def month_alone(field: Field, year: int, month: int) -> tuple[date, str]:
    """Return the day that a month alone means for a field, and the precision to keep with it."""
    found = _Found(year, month, None, 0, 0)
    return (found.last() if field.period_end else found.first()), found.precision


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month some months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _range(field: Field, raw: str, text: str, found: list[_Found]) -> Parsed:
    """Read 2020.8.6-2025.8.5: the first date for a start, the last for an end."""
    if len(found) > 2:
        return _refuse(raw, warning("several_dates", text=raw.strip()))
    between = text[found[0].end : found[1].start]
    if not between or not _FILLER.match(between):
        return _refuse(raw, warning("several_dates", text=raw.strip()))
    day = found[1].last() if field.period_end else found[0].first()
    return Parsed(day, Origin(raw), (notice("date_from_range", text=raw.strip()),))


def _explain(raw: str, text: str) -> Problem:
    """Say why a text is no date, and which date it might mean."""
    stripped = raw.strip()
    if match := _DAY_FIRST.search(text):
        one, two, year = (int(group) for group in match.groups())
        month, day = (two, one) if one > _MONTHS_IN_YEAR else (one, two)
        suggestion = None  # 03/02 may be either, and a click on all suggestions would choose
        if max(one, two) > _MONTHS_IN_YEAR:
            with suppress(ValueError):
                suggestion = date(year, month, day).isoformat()
        return warning("day_order", suggestion, text=stripped)
    if (match := _DAY.search(text)) and not FIRST_YEAR < int(match[1]) <= LAST_YEAR:
        return warning("placeholder_date", text=stripped)  # 9999-12-31
    if match := _SHORT_YEAR.search(text):
        return error("two_digit_year", "20" + text[match.start() :], text=stripped)
    return warning("not_a_date", text=stripped)


def _refuse(raw: object, problem: Problem) -> Parsed:
    return Parsed(None, Origin(shown(raw), None, ValueState.UNKNOWN), (problem,))
