# SPDX-License-Identifier: MIT
"""How a dragged fill goes on, as in Excel: numbers and dates by their step, numbered names by one.

Only what is plainly a series is continued; everything else is repeated.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import TypeVar

_NUMBERED = re.compile(r"(.*?\D)(\d{1,9})")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = 12
_Number = TypeVar("_Number", int, Decimal)


def continued(texts: Sequence[str], count: int) -> list[str] | None:
    """Return the next ``count`` texts after a run of cells, None when it is no series.

    One date goes on by days and one numbered name by one; numbers need two cells for their step.
    """
    if not texts or count < 1:
        return None
    if all(_DAY.fullmatch(text) for text in texts):
        return _dates(texts, count)
    numbers = [_number(text) for text in texts]
    if any(number is not None for number in numbers):
        return _numbers([number for number in numbers if number is not None], len(texts), count)
    return _numbered(texts, count)


def _dates(texts: Sequence[str], count: int) -> list[str] | None:
    try:
        days = [date.fromisoformat(text) for text in texts]
    except ValueError:
        return None
    months = _same_step([day.year * _MONTHS + day.month - 1 for day in days])
    same_day = len({day.day for day in days}) == 1
    try:
        if len(days) > 1 and months and same_day:
            return [_month_on(days[-1], months * n).isoformat() for n in range(1, count + 1)]
        step = _same_step([day.toordinal() for day in days]) if len(days) > 1 else 1
        if step is None:
            return None
        return [(days[-1] + timedelta(days=step * n)).isoformat() for n in range(1, count + 1)]
    except (OverflowError, ValueError):
        return None


def _month_on(day: date, months: int) -> date:
    """Return the same day some months on; the last of the month where there is no such day."""
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))


def _number(text: str) -> Decimal | None:
    """Return a plain number; digits with leading zeros are a code and none."""
    if text.isdigit() and text != "0" and text.startswith("0"):
        return None
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _numbers(numbers: Sequence[Decimal], cells: int, count: int) -> list[str] | None:
    step = _same_step(numbers) if len(numbers) == cells else None  # one alone has no step
    if step is None:
        return None
    return [f"{numbers[-1] + step * n:f}" for n in range(1, count + 1)]


def _numbered(texts: Sequence[str], count: int) -> list[str] | None:
    parts = [_NUMBERED.fullmatch(text) for text in texts]
    found = [part.groups() for part in parts if part is not None]
    if len(found) != len(texts) or len({stem for stem, _ in found}) != 1:
        return None
    numbers = [int(digits) for _, digits in found]
    step = _same_step(numbers) if len(numbers) > 1 else 1
    stem, digits = found[-1]
    if step is None or numbers[-1] + step * count < 0:
        return None
    return [f"{stem}{numbers[-1] + step * n:0{len(digits)}d}" for n in range(1, count + 1)]


def _same_step(values: Sequence[_Number]) -> _Number | None:
    """Return the step from each value to the next, None when it is not always the same."""
    steps = {after - before for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 else None
