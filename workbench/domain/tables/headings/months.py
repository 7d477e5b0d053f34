# SPDX-License-Identifier: MIT
"""Headings that are dates or months: the columns of a rent roll, month by month."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from workbench.domain.tables.headings.words import Heading
from workbench.domain.tables.sheets import RawSheet

_NEAR_TOP = 30
FEWEST_MONTHS = 3
"""How many months beside each other make columns month by month."""
_A_DAY = timedelta(days=1)
_NAMED = r"(?:(?:19|20)\d\d[年./-])?(?:0?[1-9]|1[0-2]|[一二三四五六七八九]|十[一二]?)月份?"
MONTH_NAME = re.compile(rf"\s*{_NAMED}")
"""How a column of a rent roll begins: 1月, 2024年1月, 一月份应收; it tells nothing of the row."""
_MONTH = re.compile(rf"{_NAMED}|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])(?!\d)")


def name_months(sheet: RawSheet, is_heading: Callable[[str], bool]) -> None:
    """Write dates that head columns month by month as words: 2025年1月 for 2025-01-01.

    The days of an asset in three columns, or of one field across a turned table, stay days.
    """
    for position, row in enumerate(sheet.rows[:_NEAR_TOP]):
        days = [cell for cell in row if isinstance(cell, date)]
        if len(days) >= FEWEST_MONTHS and _run_on(days) and _heads(row, is_heading):
            sheet.rows[position] = [
                f"{cell.year}年{cell.month}月" if isinstance(cell, date) else cell for cell in row
            ]


def _run_on(days: Sequence[date]) -> bool:
    """Tell whether each date is the first, or each the last, of the month after the one before."""
    months = [day.year * 12 + day.month for day in days]
    whole = all(day.day == 1 for day in days) or all((day + _A_DAY).day == 1 for day in days)
    return whole and all(after - before == 1 for before, after in pairwise(months))


def _heads(row: Sequence[object], is_heading: Callable[[str], bool]) -> bool:
    """Tell whether a row holds dates and headings, or dates alone below other headings."""
    words = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    others = [cell for cell in row if not isinstance(cell, str | date) and cell is not None]
    headings = sum(map(is_heading, words))
    return not others and (not words or (headings > 1 and headings * 2 >= len(words)))


def month_of(heading: Heading) -> str:
    """Return the month that a column is about, "" for none."""
    found = _MONTH.match(heading.core) or _MONTH.match(heading.parent)
    return found[0] if found else ""


def beside_month(heading: Heading) -> str:
    """Return what a month's heading says besides: 实收 of 1月实收; alike for all of one kind."""
    return _MONTH.sub("", heading.parent + heading.core)
