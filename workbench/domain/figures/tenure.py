# SPDX-License-Identifier: MIT
"""Time against the as-of date: remaining years, whole months, and legal idleness of land."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.workings.numbers import Dated, Made, between, moved

DAYS_IN_YEAR = Decimal("365.25")
ALLOCATED = "划拨"
"""How land is obtained that is held without a term."""


def years_until(end: date, as_of: date) -> Decimal:
    """Return the years from the as-of date to an end date; negative when it has passed."""
    return days_between(as_of, end) / DAYS_IN_YEAR


def days_between(start: date, end: date) -> Decimal:
    """Return the days from one date to another; negative when the second is earlier."""
    return between(lambda first, last: (last - first).days, start, end, Made.DAYS)


def months_between(start: date, end: date) -> Decimal:
    """Return the whole months from one date to another, as a number that remembers its dates."""
    return between(months_since, start, end, Made.MONTHS)


def months_since(start: date, as_of: date) -> int:
    """Return the whole months from a date to the as-of date (the day of month must be reached)."""
    months = (as_of.year - start.year) * 12 + as_of.month - start.month
    return months - (as_of.day < start.day)


def add_months(day: date, months: int) -> date:
    """Return the date some months later, at most the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    found = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return moved(day, found, months) if isinstance(day, Dated) else found


class IdleStage(StrEnum):
    """Where undeveloped land stands between its agreed start and forfeiture."""

    NOT_DUE = "未到期"
    FEE = "闲置满1年"
    RECALL = "闲置满2年"


@dataclass(frozen=True, slots=True)
class IdleLand:
    """How long land lies idle, and the fee (元) while a fee is the remedy."""

    months: int
    stage: IdleStage
    fee: Decimal | None


def idle_land(
    agreed_start: date, as_of: date, price: Decimal | None, params: Mapping[str, Decimal]
) -> IdleLand | None:
    """Return the legal stage of land not started since its agreed date (部令53号).

    Needs the parameters ``idle_months_fee``, ``idle_months_recall`` and ``idle_fee_rate``; None
    when one of them is not known. The fee is None when the land price is not known.
    """
    limits = [params.get(c) for c in ("idle_months_fee", "idle_months_recall", "idle_fee_rate")]
    fee_from, recall_from, rate = limits
    if fee_from is None or recall_from is None or rate is None:
        return None
    months = months_since(agreed_start, as_of)
    if months < fee_from:
        return IdleLand(months, IdleStage.NOT_DUE, Decimal(0))
    if months < recall_from:
        return IdleLand(months, IdleStage.FEE, None if price is None else price * rate)
    return IdleLand(months, IdleStage.RECALL, Decimal(0))
