# SPDX-License-Identifier: MIT
"""Headings that are dates or months: the columns of a rent roll, month by month."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from workbench.domain.tables.heading_words import Heading
from workbench.domain.tables.sheets import RawSheet

_NEAR_TOP = 30
_FEWEST = 3
_MONTH = re.compile(
    r"(?:(?:19|20)\d\d[年./-])?(?:0?[1-9]|1[0-2]|[一二三四五六七八九]|十[一二]?)月份?"
    r"|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])(?!\d)"
)


def name_months(sheet: RawSheet) -> None:
    """Write dates that head columns month by month as words: 2025年1月 for 2025-01-01."""
    for position, row in enumerate(sheet.rows[:_NEAR_TOP]):
        days = [cell for cell in row if isinstance(cell, date)]
        if len(days) >= _FEWEST and _run_on(days) and _heads(row):
            sheet.rows[position] = [
                f"{cell.year}年{cell.month}月" if isinstance(cell, date) else cell for cell in row
            ]


def _run_on(days: Sequence[date]) -> bool:
    """Tell whether each date is the month after the one before."""
    months = [day.year * 12 + day.month for day in days]
    return all(after - before == 1 for before, after in pairwise(months))


def _heads(row: Sequence[object]) -> bool:
    """Tell whether a row holds nothing but words and dates."""
    return all(cell in ("", None) or isinstance(cell, str | date) for cell in row)


def month_of(heading: Heading) -> str:
    """Return the month that a column is about, "" for none."""
    found = _MONTH.match(heading.core) or _MONTH.match(heading.parent)
    return found[0] if found else ""


def beside_month(heading: Heading) -> str:
    """Return what a month's heading says besides: 实收 of 1月实收; alike for all of one kind."""
    return _MONTH.sub("", heading.parent + heading.core)
