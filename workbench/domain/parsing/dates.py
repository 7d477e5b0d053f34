# SPDX-License-Identifier: MIT
"""Reads dates as ledgers write them: by day, month or year, serials, terms; domain §3.3."""

import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
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
from workbench.domain.parsing.text import shown
from workbench.domain.parsing.unread_numbers import without_letters
from workbench.domain.parsing.written_dates import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    ImpossibleDateError,
    WrittenDate,
    dates_in,
    digits_in,
    prepared,
    with_years,
)
from workbench.domain.values import Origin, ValueState

_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_000
_LONGEST = 80
_OPEN_ENDED = (
    "长期", "永久", "无限期", "无期限", "长久", "不定期", "无固定期限", "永续", "至今", "longterm",
)  # fmt: skip
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_DAY_FIRST_ALONE = re.compile(r"[ \t]*\d{1,2}[-./]\d{1,2}[-./]\d{4}")
DAY_MONTH_YEAR, MONTH_DAY_YEAR = "d/m/y", "m/d/y"
"""How a column of days writes them where the year comes last; it stands for the column's unit."""
ORDER_ASKED = "?/?/y"
"""The unit of a column of such days in which none tells the order: it is asked for once."""
_MONTHS_IN_YEAR = 12
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
_MIDDLE = "中"
"""2025年中: the middle, where nothing else stands beside the date."""
_ABOUT = ("左右", "前后", "约")
"""What makes an estimate of a day that is written out."""

_TERM = re.compile(r"(?<!\d)(\d{1,2}(?:\.5)?|[一二三四五六七八九十]{1,3})个?(年|月)(?!\d)")


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
    text = prepared(raw)
    if len(text) > _LONGEST:
        return _refuse(raw, error("not_a_date", text=raw[:40] + "…"))
    if any(word in text for word in _OPEN_ENDED) and not dates_in(text, strict=False):
        return _refuse(raw, warning("open_ended_date", text=raw.strip()))
    if re.fullmatch(r"\d{5,6}", text) and (day := from_serial(int(text), context.date1904)):
        return Parsed(day, Origin(raw), (notice("date_from_serial", text=raw.strip()),))
    if _DAY_FIRST.search(text) and not DAY.search(text):
        text = _DAY_FIRST.sub(partial(_year_first, order=context.unit), text)
        if _DAY_FIRST.search(text):
            asked = context.unit == ORDER_ASKED
            said = notice("day_order_asked", text=raw.strip()) if asked else _explain(raw, text)
            return _refuse(raw, said)
    if quarter := _QUARTER.fullmatch(text):
        return _quarter(field, raw, quarter)
    return _from_dates(field, raw, with_years(text))


def _from_dates(field: Field, raw: str, text: str) -> Parsed:
    try:
        found = dates_in(text)
    except ImpossibleDateError as fault:
        nearest = fault.nearest.isoformat() if fault.nearest else None
        return _refuse(raw, error("impossible_date", nearest, text=raw.strip()))
    if not found and (mended := without_letters(raw)) and dates_in(prepared(mended), strict=False):
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


def _one_date(field: Field, raw: str, text: str, found: WrittenDate) -> Parsed:
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


def _vague(field: Field, raw: str, found: WrittenDate, word: str) -> Parsed:
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
    found = WrittenDate(int(match[1]), 3 * index - (0 if field.period_end else 2), None, 0, 0)
    if not FIRST_YEAR < found.year <= LAST_YEAR:
        return _refuse(raw, warning("placeholder_date", text=raw.strip()))
    word = f"{'一二三四'[index - 1]}季度"
    remark = notice("approximate", qualifier=word, text=raw.strip())
    day = found.last() if field.period_end else found.first()
    return Parsed(day, Origin(raw, None, ValueState.ESTIMATED, word), (remark,))


def _with_term(field: Field, raw: str, start: WrittenDate, length: re.Match[str]) -> Parsed:
    """Read 自2024年5月23日起，租期3年: the end is the day before the anniversary."""
    first = start.first()
    if not field.period_end:
        return Parsed(first, Origin(raw), (notice("date_from_range", text=raw.strip()),))
    number = length[1]
    amount = float(digits_in(number)) if not number[0].isdigit() else float(number)
    months = round(amount * 12) if length[2] == "年" else round(amount)
    end = plus_months(first, months) - timedelta(days=1)
    remark = notice("derived_from_term", text=raw.strip(), date=end.isoformat())
    return Parsed(end, Origin(raw), (remark,))


def month_alone(field: Field, year: int, month: int) -> tuple[date, str]:
    """Return the day that a month alone means for a field, and the precision to keep with it."""
    found = WrittenDate(year, month, None, 0, 0)
    return (found.last() if field.period_end else found.first()), found.precision


def plus_months(day: date, months: int) -> date:
    """Return the same day of the month some months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _range(field: Field, raw: str, text: str, found: list[WrittenDate]) -> Parsed:
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
    if (match := DAY.search(text)) and not FIRST_YEAR < int(match[1]) <= LAST_YEAR:
        return warning("placeholder_date", text=stripped)  # 9999-12-31
    if match := _SHORT_YEAR.search(text):
        return error("two_digit_year", "20" + text[match.start() :], text=stripped)
    return warning("not_a_date", text=stripped)


def _refuse(raw: object, problem: Problem) -> Parsed:
    return Parsed(None, Origin(shown(raw), None, ValueState.UNKNOWN), (problem,))
