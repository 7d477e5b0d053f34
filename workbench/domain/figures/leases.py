# SPDX-License-Identifier: MIT
"""Leases at an as-of date: status, remaining term, comparable rent, and tenancies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from workbench.domain.figures.reading import Reading
from workbench.domain.figures.tenure import DAYS_IN_YEAR, days_between, years_until
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import At, Judged


class LeaseStatus(StrEnum):
    """Where a lease stands at the as-of date."""

    NOT_STARTED = "未起租"
    RUNNING = "履行中"
    EXPIRING = "即将到期"
    EXPIRED = "已到期未续"
    TERMINATED = "已终止"


ACTIVE = frozenset({LeaseStatus.RUNNING, LeaseStatus.EXPIRING})
EXPIRING_DAYS = 90
_RENEWAL_GAP = timedelta(days=31)
UNPRICED_MODES = frozenset({"免租", "置换", "出借"})
"""The ways of letting that have no market rent."""
_MONTHS = Decimal(12)
PER_M2_MONTH = {
    "元/㎡·月": Decimal(1),
    "元/㎡·天": Decimal(365) / _MONTHS,
    "元/㎡·年": 1 / _MONTHS,
}
"""What a price in each unit is in 元/㎡·month."""
_TOTAL_PER_MONTH = {"元/月": Decimal(1), "元/年": 1 / _MONTHS, "万元/年": Decimal(10000) / _MONTHS}
_PERIODS = {"月": Decimal(1), "年": 1 / _MONTHS}


def lease_status(reading: Reading, lease: Record, as_of: date) -> LeaseStatus | None:
    """Return a lease's status, its last day included; None (and named missing) without dates."""
    return reading.recall(f"status {as_of}", lease.key, lambda own: _status(own, lease, as_of))


def _status(reading: Reading, lease: Record, as_of: date) -> LeaseStatus | None:
    terminated = reading.day(lease, "terminated_on")
    if terminated is not None and terminated < as_of:
        return LeaseStatus.TERMINATED
    end = reading.day(lease, "end_on")
    if end is not None and end < as_of:
        return LeaseStatus.EXPIRED
    start = reading.day(lease, "start_on")
    if start is not None and start > as_of:
        return LeaseStatus.NOT_STARTED
    if start is None or end is None:  # only now a date is needed that nobody knows
        reading.need_day(lease, "end_on")
        reading.need_day(lease, "start_on")
        return None
    ends_soon = end <= as_of + timedelta(days=EXPIRING_DAYS)
    return LeaseStatus.EXPIRING if ends_soon else LeaseStatus.RUNNING


def is_active(reading: Reading, lease: Record, as_of: date) -> bool | None:
    """Tell whether a lease runs at the as-of date; None when its dates do not tell."""
    status = lease_status(reading, lease, as_of)
    return None if status is None else status in ACTIVE


def runs(lease: Record) -> At:
    """Return where a report counts whether a lease runs."""
    return At(lease.entity, lease.key, Judged.RUNS)


def remaining_years(reading: Reading, lease: Record, as_of: date) -> Decimal | None:
    """Return the years that a running lease still has."""
    end = reading.need_day(lease, "end_on")
    return None if end is None else years_until(end, as_of)


def is_priced(reading: Reading, lease: Record) -> bool:
    """Tell whether a lease has a market rent at all; swaps, loans and rent-free leases do not."""
    return reading.text(lease, "lease_mode") not in UNPRICED_MODES


def monthly_rent(reading: Reading, lease: Record) -> Decimal | None:
    """Return the rent in 元/㎡·month, from the unit price or else from the stated total."""
    return reading.recall("rent", lease.key, lambda own: _monthly_rent(own, lease))


def _monthly_rent(reading: Reading, lease: Record) -> Decimal | None:
    price = reading.number(lease, "rent_price")
    if price is None:
        return _rent_from_total(reading, lease)
    unit = reading.need_text(lease, "rent_unit")
    if unit is None:
        return None
    per_m2 = reading.by_word(lease, "rent_unit", PER_M2_MONTH)
    if per_m2 is not None:
        return price * per_m2
    return _spread(reading, lease, price, reading.by_word(lease, "rent_unit", _TOTAL_PER_MONTH))


def _rent_from_total(reading: Reading, lease: Record) -> Decimal | None:
    whole = reading.number(lease, "rent_total")
    if whole is None:
        reading.lacks("lease", "rent_price", lease.key)
        return None
    if reading.need_text(lease, "rent_total_period") is None:
        return None
    return _spread(reading, lease, whole, reading.by_word(lease, "rent_total_period", _PERIODS))


def _spread(
    reading: Reading, lease: Record, whole: Decimal, per_month: Decimal | None
) -> Decimal | None:
    """Return an amount per month or year as 元/㎡·month; an unknown unit is not guessed."""
    area = reading.need_number(lease, "area")
    return whole * per_month / area if area and per_month is not None else None


@dataclass(frozen=True, slots=True)
class Tenancy:
    """An unbroken stay of one tenant; ``end`` is its last day, None while it goes on."""

    start: date
    end: date | None

    @property
    def years(self) -> Decimal | None:
        """Return the length in years, both days included, or None while it goes on."""
        return None if self.end is None else self.years_by(self.end)

    def years_by(self, day: date) -> Decimal:
        """Return the years from the start to a day, both included."""
        return (days_between(self.start, day) + 1) / DAYS_IN_YEAR


def tenancies(reading: Reading, leases: Iterable[Record], as_of: date) -> list[Tenancy]:
    """Join each tenant's successive leases into stays; a lease without a tenant is its own stay."""
    grouped: dict[str, list[tuple[date, date]]] = {}
    for lease in leases:
        start, end = reading.need_day(lease, "start_on"), reading.day(lease, "terminated_on")
        end = end or reading.need_day(lease, "end_on")
        if start is not None and end is not None and start <= min(end, as_of):
            tenant = reading.text(lease, "tenant") or lease.key
            grouped.setdefault(tenant, []).append((start, end))
    return [stay for spans in grouped.values() for stay in _joined(sorted(spans), as_of)]


def _joined(spans: Sequence[tuple[date, date]], as_of: date) -> list[Tenancy]:
    """Join spans whose gap is at most a month; a stay that reaches the as-of date goes on."""
    stays: list[tuple[date, date]] = []
    for start, end in spans:
        if stays and start <= stays[-1][1] + _RENEWAL_GAP:
            stays[-1] = (stays[-1][0], max(stays[-1][1], end))
        else:
            stays.append((start, end))
    return [Tenancy(start, end if end < as_of else None) for start, end in stays]
