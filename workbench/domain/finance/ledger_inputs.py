# SPDX-License-Identifier: MIT
"""What the ledger says about the inputs of the models: books, appraisals, space, rents, debts."""

import re
from collections.abc import Callable
from decimal import Decimal

from workbench.domain.figures.accounts import latest_finance, latest_value
from workbench.domain.figures.encumbrances import MORTGAGES, is_in_force, of_kinds
from workbench.domain.figures.land import (
    counted_floor_area,
    held_parcels,
    land_area,
    on_land,
)  # fmt: skip
from workbench.domain.figures.leases import (
    ACTIVE,
    LeaseStatus,
    is_priced,
    lease_status,
    monthly_rent,
)  # fmt: skip
from workbench.domain.figures.letting import occupancy, rentable_buildings
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import years_until
from workbench.domain.finance.inputs import Row
from workbench.domain.indicators.averages import total
from workbench.domain.indicators.earnings import operating_income
from workbench.domain.indicators.lease import running
from workbench.domain.parsing.numbers import prepared
from workbench.domain.parsing.rent_free import rent_free_months
from workbench.domain.records.ledger import Record

Figure = Callable[[Scope, Reading], Decimal | None]


def net_book_value(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the buildings' net book value (元), or None when one is not known."""
    if not scope.buildings:
        return None
    return total(reading.need_number(building, "net_value") for building in scope.buildings)


def appraised_value(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the buildings' newest appraised values up to the as-of date (元), all of them."""
    if not scope.buildings:
        return None
    return total(latest_value(scope, reading, building) for building in scope.buildings)


def rentable_area(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the area that can be let (㎡)."""
    areas = [area for _, area in rentable_buildings(reading, scope)]
    return total(areas) if areas else None


def occupied_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Return let ÷ rentable area at the as-of date."""
    return occupancy(reading, scope).figure.value


def running_rent(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the mean rent of the running leases, weighted by area (元/㎡·month).

    Swaps, loans and rent-free leases have no rent and do not count.
    """
    rents = area = Decimal(0)
    for lease, certain in running(scope, reading):
        if not is_priced(reading, lease):
            continue
        size, rent = reading.need_number(lease, "area"), monthly_rent(reading, lease)
        if not certain or size is None or rent is None:
            return None
        rents, area = rents + rent * size, area + size
    return rents / area if area else None


def rent_roll(scope: Scope, reading: Reading) -> tuple[Row, ...] | None:
    """Return the leases that run at the as-of date or start later, rents in 元/㎡·month.

    What a lease does not say stays unknown in its row, its days and free months too. A lease of
    which no step is told has none; a step in words that nobody can read is unknown.
    """
    rows = []
    for lease in scope.leases:
        status = lease_status(reading, lease, scope.as_of)
        if status not in (*ACTIVE, LeaseStatus.NOT_STARTED, None):
            continue
        tenant = scope.ledger.find("enterprise", reading.text(lease, "tenant"))
        name = reading.text(lease, "contract_no") or (tenant.label if tenant else lease.label)
        step = rent_step(reading.text(lease, "escalation") or "")
        priced = is_priced(reading, lease)
        rows.append({
            "name": name,
            "area": reading.need_number(lease, "area"),
            "rent": monthly_rent(reading, lease) if priced else Decimal(0),
            "start_on": reading.day(lease, "start_on"),
            "end_on": reading.day(lease, "terminated_on") or reading.day(lease, "end_on"),
            "free_months": _free_months(reading, lease),
            "step_months": None if step is None else Decimal(step[0]),
            "step_rate": None if step is None else step[1],
        })  # fmt: skip
    return tuple(rows) or None


def _free_months(reading: Reading, lease: Record) -> Decimal | None:
    """Return the free months that are kept, or those that words kept unread name."""
    months = reading.number(lease, "free_months")
    origin = lease.origins.get("free_months")
    if months is not None or origin is None or not origin.raw:
        return months
    return rent_free_months(prepared(origin.raw))


_NO_STEP = re.compile(r"^\s*(?:无|没有|否|不递增|不涨|不调|不上浮|0\s*$)|固定|不变")
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_YEARS = re.compile(r"[每逢满]\s*([一二两三四五\d]*)\s*(?:个)?\s*(年|月)")
_DIGITS = {"": 1, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def rent_step(words: str) -> tuple[int, Decimal] | None:
    """Return the months between rent steps and the step, read from words such as 每两年递增5%.

    (0, 0) for no words and for 租金不变. None for words that name no percentage, or a year from
    which steps begin (第三年起…): no step is invented, and none is taken for nought.
    """
    rate = _RATE.search(words)
    if rate is None:
        return (0, Decimal(0)) if not words.strip() or _NO_STEP.search(words) else None
    if "第" in words:
        return None
    every = _YEARS.search(words)
    number = every.group(1) if every else ""
    times = int(number) if number.isdigit() else _DIGITS.get(number, 1)
    months = times if every and every.group(2) == "月" else times * 12
    return months, Decimal(rate.group(1)) / 100


def platform_figure(field: str) -> Figure:
    """Return a reader of one newest figure of the platform company (元)."""

    def read(scope: Scope, reading: Reading) -> Decimal | None:
        row = latest_finance(scope, reading, field)
        return None if row is None else reading.need_number(row, field)

    return read


def context_flag(field: str) -> Callable[[Scope, Reading], bool | None]:
    """Return a reader of a three-state answer that the analyst gave about the pathways."""

    def read(scope: Scope, reading: Reading) -> bool | None:
        context = scope.context_for(field)
        return None if context is None else reading.flag(context, field)

    return read


def context_number(field: str) -> Figure:
    """Return a reader of a number that the analyst gave about the pathways."""

    def read(scope: Scope, reading: Reading) -> Decimal | None:
        context = scope.context_for(field)
        return None if context is None else reading.number(context, field)

    return read


def parcel_area(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the land of the parcels that are held (㎡), or None when one is not known."""
    parcels = held_parcels(reading, scope)
    return total(land_area(reading, parcel) for parcel in parcels) if parcels else None


def remaining_term(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the years that the parcels' rights still run: the shortest of them (C01's rule)."""
    ends = [reading.need_day(parcel, "end_on") for parcel in held_parcels(reading, scope)]
    known = [end for end in ends if end is not None]
    if not known or len(known) < len(ends):
        return None
    years = years_until(min(known), scope.as_of)
    return round(years, 2) if years > 0 else None


def noi_today(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the yearly NOI of the running leases (元), as the indicator I-45 has it."""
    income = operating_income(scope, reading)
    return None if income is None else income.amount


def vacant_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Return 1 − let ÷ rentable area at the as-of date, not below 0."""
    let = occupied_share(scope, reading)
    return None if let is None else max(1 - let, Decimal(0))


def book_cost(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the buildings' original value (元), or None when one is not known."""
    if not scope.buildings:
        return None
    return total(reading.need_number(building, "original_value") for building in scope.buildings)


def plot_ratio(scope: Scope, reading: Reading) -> Decimal | None:
    """Return counted floor ÷ land of the parcels that are held, to four decimals."""
    found = on_land(reading, scope, counted_floor_area, "far", "gfa_actual").ratio
    return None if found is None else round(found, 4)


def plan_ratio(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the lowest plot ratio that a plan allows on the parcels, all of them known."""
    limits = [reading.number(parcel, "plan_far_max") for parcel in held_parcels(reading, scope)]
    known = [limit for limit in limits if limit is not None]
    return min(known) if known and len(known) == len(limits) else None


def mortgage_debt(scope: Scope, reading: Reading) -> Decimal | None:
    """Return what the mortgages in force secure (元); None when one cannot be told."""
    rows = of_kinds(reading, scope.encumbrances, MORTGAGES)
    states = [(row, is_in_force(reading, row, scope.as_of)) for row in rows]
    if not rows or any(state is None for _, state in states):
        return None
    return total(reading.need_number(row, "amount") for row, state in states if state)
