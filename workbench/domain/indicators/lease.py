# SPDX-License-Identifier: MIT
"""Indicators of leases: collection, rent, stay, expiry, concentration (I-18…I-24, I-26, I-27)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from statistics import median

from workbench.domain.figures.firms import firms
from workbench.domain.figures.lacking import lacks_leases
from workbench.domain.figures.leases import (
    is_active,
    is_priced,
    monthly_rent,
    remaining_years,
    runs,
    tenancies,
)  # fmt: skip
from workbench.domain.figures.nearest import nearest_number
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.survival import kaplan_meier
from workbench.domain.figures.tenure import add_months
from workbench.domain.indicators.averages import Figure, Mean, Share, Shares, steady_sum
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Band,
    Compute,
    Direction,
    Indicator,
    Note,
    Outcome,
    between,
    down,
    outcome_of,
    up,
)  # fmt: skip
from workbench.domain.records.ledger import Record
from workbench.domain.values import ValueState
from workbench.domain.workings.numbers import NotAfter, either

_ZERO = Decimal(0)
_EXIT_MONTHS = -36
_HHI_GOOD, _HHI_FAIR = Decimal(1500), Decimal(2500)
_DATE_INPUTS = ("lease.start_on", "lease.end_on", "lease.terminated_on")
_AREA_INPUTS = (*_DATE_INPUTS, "lease.area")
RENT_INPUTS = (
    *_AREA_INPUTS, "lease.rent_price", "lease.rent_unit", "lease.rent_total",
    "lease.rent_total_period", "lease.lease_mode",
)  # fmt: skip


def running(scope: Scope, reading: Reading) -> Iterator[tuple[Record, bool]]:
    """Yield the leases that run at the as-of date, or may; the second tells that it is certain."""
    for lease in scope.leases:
        active = is_active(reading, lease, scope.as_of)
        if active is not False:
            yield lease, active is True


def counted(scope: Scope, reading: Reading) -> Iterator[tuple[Record, bool | None]]:
    """Yield the leases that run or may, and whether they do; a reading that keeps, also others."""
    for lease in scope.leases:
        active = is_active(reading, lease, scope.as_of)
        if active is not False or reading.keeps:
            yield lease, active


def while_it_runs(reading: Reading, lease: Record, active: bool | None) -> Share:
    """Return how an amount of a lease counts: while it runs, and not known where that is not."""
    return partial(reading.given, runs(lease), holds=active)


def _no_leases(scope: Scope, reading: Reading, field: str) -> None:
    if not scope.leases:
        lacks_leases(scope, reading, field)


def _of_running(compute: Compute) -> Compute:
    """Return a computation that says so where there are leases and none of them runs."""

    def told(scope: Scope, reading: Reading) -> Outcome:
        outcome = compute(scope, reading)
        is_open = outcome.value is None and scope.leases and not reading.missing
        if is_open and not list(running(scope, reading)):
            return replace(outcome, notes=(Note("no_tenant"), *outcome.notes))
        return outcome

    return told


def _collection(scope: Scope, reading: Reading) -> Outcome:
    """Take the leases that run, and the ended ones for which rent was due."""
    shares = Shares()
    for lease in scope.leases:
        due = reading.number(lease, "receivable_12m")
        if due is None:
            if is_active(reading, lease, scope.as_of) is False:
                continue
            reading.lacks("lease", "receivable_12m", lease.key)
        received = reading.number(lease, "received_12m")
        if received is None or reading.keeps:
            arrears = reading.number(lease, "arrears")
            received = either(received, None if due is None or arrears is None else due - arrears)
        if received is None:
            reading.lacks("lease", "received_12m", lease.key)
        shares.add(received, due)
    _no_leases(scope, reading, "receivable_12m")
    return outcome_of(shares.figure())


def average_rent(scope: Scope, reading: Reading) -> tuple[Figure, int]:
    """Return the area-weighted rent (元/㎡·month) of priced leases, and how many include tax."""
    mean, with_tax = Mean(), 0
    for lease, active in counted(scope, reading):
        if is_priced(reading, lease):
            rent = monthly_rent(reading, lease)
            _add_to_mean(mean, reading, lease, active, rent)
            with_tax += active is not False and reading.flag(lease, "tax_included") is not False
    _no_leases(scope, reading, "rent_price")
    return mean.figure(), with_tax


def _add_to_mean(
    mean: Mean, reading: Reading, lease: Record, active: bool | None, value: Decimal | None
) -> None:
    """Weigh a value of a lease by its area, while it runs; the area counts also where it may."""
    share = while_it_runs(reading, lease, active) if active is not None else None
    weigh = partial(reading.need_number, lease, "area")
    mean.add(value if active is not None else None, weigh, share, counts=active is not False)


def _rent(scope: Scope, reading: Reading) -> Outcome:
    figure, with_tax = average_rent(scope, reading)
    notes = (Note("rent_tax_unclear", {"count": with_tax}),) if with_tax else ()
    return outcome_of(figure, *notes)


def _rent_gap(scope: Scope, reading: Reading) -> Outcome:
    figure, _ = average_rent(scope, reading)
    market = nearest_number(scope, reading, "local_rent_market")
    if figure.value is None or not market:
        return UNKNOWN
    return outcome_of(Figure(figure.value / market - 1, figure.coverage))


def _stay(scope: Scope, reading: Reading) -> Outcome:
    """Average what has ended; beside it the median, and the median with running stays censored."""
    stays = tenancies(reading, scope.leases, scope.as_of)
    ended = [years for stay in stays if (years := stay.years) is not None]
    if not ended:
        _no_leases(scope, reading, "end_on")
        return Outcome(notes=(Note("no_ended_tenancy"),) if scope.leases else ())
    params = {"count": len(ended), "running": len(stays) - len(ended), "median": median(ended)}
    lasting = kaplan_meier(
        [(stay.years_by(stay.end or scope.as_of), stay.end is not None) for stay in stays]
    ).median
    survival = Note("survival_open") if lasting is None else Note("survival", {"median": lasting})
    return Outcome(steady_sum(ended) / len(ended), (Note("tenancies", params), survival))


def _expiry(scope: Scope, reading: Reading) -> Outcome:
    mean = Mean()
    for lease, active in counted(scope, reading):
        years = None if active is None else remaining_years(reading, lease, scope.as_of)
        _add_to_mean(mean, reading, lease, active, years)
    _no_leases(scope, reading, "end_on")
    return outcome_of(mean.figure())


def _add_share(
    shares: Shares,
    reading: Reading,
    lease: Record,
    active: bool | None,
    part: Decimal | None,
    area: Decimal | None,
) -> None:
    """Add a part of a lease's area, both while it runs; one that may run adds only to the gap."""
    if active is None:
        shares.add(None, area)
        return
    share = while_it_runs(reading, lease, active)
    shares.add(share(part), share(area))


def _expiring_soon(scope: Scope, reading: Reading) -> Outcome:
    shares, limit = Shares(), add_months(scope.as_of, 12)
    for lease, active in counted(scope, reading):
        area, end = reading.need_number(lease, "area"), reading.need_day(lease, "end_on")
        ends = end is not None and end <= limit
        soon = _ZERO if end is None else reading.given(NotAfter(end, limit), area, holds=ends)
        _add_share(shares, reading, lease, active, soon, area)
    _no_leases(scope, reading, "end_on")
    return outcome_of(shares.figure())


def _concentration(scope: Scope, reading: Reading) -> Outcome:
    """Return the largest tenant's share of the let area (CR1); CR3 and HHI go into the remark."""
    let: dict[str, Decimal] = {}
    shares = Shares()
    for lease, active in counted(scope, reading):
        tenant, area = reading.need_text(lease, "tenant"), reading.need_number(lease, "area")
        part = None if tenant is None else area
        _add_share(shares, reading, lease, active, part, area)
        counts = while_it_runs(reading, lease, active)(part)
        if tenant is not None and counts is not None:
            let[tenant] = let.get(tenant, _ZERO) + counts
    _no_leases(scope, reading, "tenant")
    known_share = shares.figure()
    whole = sum(let.values(), _ZERO)
    if known_share.value is None or not whole:
        return UNKNOWN
    ranked = sorted((area / whole for area in let.values()), reverse=True)
    hhi = sum(((share * 100) ** 2 for share in ranked), _ZERO)
    note = Note("concentration", {"cr3": sum(ranked[:3], _ZERO), "hhi": hhi, "count": len(ranked)})
    rated = Note(f"hhi_{_hhi_band(hhi).name.lower()}")
    return outcome_of(Figure(ranked[0], known_share.coverage), note, rated)


def _hhi_band(hhi: Decimal) -> Band:
    """Return the band of the index itself: below 1,500, to 2,500, above."""
    if hhi < _HHI_GOOD:
        return Band.GREEN
    return Band.YELLOW if hhi <= _HHI_FAIR else Band.RED


def industry_of(scope: Scope, reading: Reading, lease: Record) -> str | None:
    """Return a tenant's industry, else the one written in the lease."""
    tenant = scope.ledger.find("enterprise", lease.text("tenant"))
    name = None if tenant is None else reading.text(tenant, "industry_name")
    name = name or reading.text(lease, "industry")
    if name is None:
        entity, key = ("enterprise", tenant.key) if tenant else ("lease", lease.key)
        reading.lacks(entity, "industry_name" if tenant else "industry", key)
    return name


def _matching(scope: Scope, reading: Reading) -> Outcome:
    """Compare by name: one contains the other, the ending 业 or 产业 left out."""
    park, shares = scope.park, Shares()
    leads = reading.value(park, "lead_industries") if park else None
    if not isinstance(leads, tuple) or not leads:
        reading.lacks("park", "lead_industries", scope.park_key)
        return UNKNOWN
    stems = [_stem(lead) for lead in leads]
    for lease, active in counted(scope, reading):
        area, name = reading.need_number(lease, "area"), industry_of(scope, reading, lease)
        own = None if name is None else _stem(name)
        fits = own is not None and any(stem in own or own in stem for stem in stems)
        part = area if fits else _ZERO
        _add_share(shares, reading, lease, active, part if own else None, area)
    _no_leases(scope, reading, "industry")
    return outcome_of(shares.figure())


def _stem(industry: str) -> str:
    return industry.strip().removesuffix("业").removesuffix("产") or industry


def _policy_dependence(scope: Scope, reading: Reading) -> Outcome:
    """Count the area of tenants with running incentives or inside their rent-free months."""
    shares = Shares()
    for lease, active in counted(scope, reading):
        area = reading.need_number(lease, "area")
        part = _dependent(scope, reading, lease, area)
        _add_share(shares, reading, lease, active, part, area)
    _no_leases(scope, reading, "free_months")
    exits = policy_exit_share(scope, reading)
    notes = () if exits is None else (Note("policy_exits", {"share": exits}),)
    return outcome_of(shares.figure(), *notes)


def policy_exit_share(scope: Scope, reading: Reading) -> Decimal | None:
    """Return exits because incentives ended ÷ all exits in 36 months; None without any exit."""
    begin, exits = add_months(scope.as_of, _EXIT_MONTHS), []
    for firm in firms(reading, scope):
        left = reading.day(firm, "moved_out_on")
        if left is not None and begin < left <= scope.as_of:
            exits.append(reading.text(firm, "out_reason"))
    if not exits or None in exits:
        return None
    return Decimal(exits.count("政策到期")) / len(exits)


def _dependent(
    scope: Scope, reading: Reading, lease: Record, area: Decimal | None
) -> Decimal | None:
    """Return how much of a lease's area depends on incentives, or None."""
    depends = _depends_on_policy(scope, reading, lease)
    if not reading.keeps or depends is None or area is None:
        return None if depends is None else area if depends else _ZERO
    day, start, free = scope.as_of, reading.day(lease, "start_on"), lease.number("free_months")
    by_policy = _in_incentives(scope, reading, lease, area)
    if not start or not free:
        return by_policy
    until = add_months(start, int(free))
    over, holds = NotAfter(until, day), until <= day
    if by_policy is None:  # after its rent-free months nobody knows: divided by 0 then
        return area / (1 - (reading.given(over, Decimal(1), holds=holds) or _ZERO))
    rest = reading.given(over, area - by_policy, holds=holds)
    return None if rest is None else area - rest


def _in_incentives(scope: Scope, reading: Reading, lease: Record, area: Decimal) -> Decimal | None:
    """Return a tenant's area while its incentives run, else 0; None where that is not known."""
    tenant, day = scope.ledger.find("enterprise", lease.text("tenant")), scope.as_of
    end = None if tenant is None else reading.day(tenant, "policy_end")
    if tenant is None or end is None:
        none = tenant is not None and tenant.state("policy_end") is ValueState.NOT_APPLICABLE
        return _ZERO if none else None
    begin, amount = reading.day(tenant, "policy_start"), area
    if begin is not None:
        amount = reading.given(NotAfter(begin, day), area, holds=begin <= day) or _ZERO
    return reading.given(NotAfter(day, end), amount, holds=day <= end)


def _depends_on_policy(scope: Scope, reading: Reading, lease: Record) -> bool | None:
    start, free = reading.day(lease, "start_on"), reading.number(lease, "free_months")
    if start and free and add_months(start, int(free)) > scope.as_of:
        return True
    tenant = scope.ledger.find("enterprise", lease.text("tenant"))
    if tenant is None:
        reading.lacks("lease", "tenant", lease.key)
        return None
    end = reading.need_day(tenant, "policy_end")
    if end is not None:
        begin = reading.day(tenant, "policy_start")
        return end >= scope.as_of and (begin is None or begin <= scope.as_of)
    return False if tenant.state("policy_end") is ValueState.NOT_APPLICABLE else None


LEASE_INDICATORS = (
    Indicator("I-18", "租金收缴率", "Rent collected", "%",
              (*_DATE_INPUTS, "lease.receivable_12m", "lease.received_12m", "lease.arrears"),
              _collection, Direction.UP, up("0.95", "0.85"), decimals=1),
    Indicator("I-19", "平均租金", "Average rent", "元/㎡·月",
              (*RENT_INPUTS, "lease.tax_included"), _of_running(_rent)),
    Indicator("I-20", "租金偏离度", "Rent against the market", "%",
              (*RENT_INPUTS, "lease.tax_included", "context.local_rent_market"),
              _of_running(_rent_gap), Direction.BETWEEN,
              between(("-0.10", "0.10"), ("-0.20", "0.20")), decimals=1),
    Indicator("I-21", "平均驻留时间", "Average stay", "年", (*_DATE_INPUTS, "lease.tenant"), _stay,
              Direction.UP, up("5", "2.7")),
    Indicator("I-22", "加权平均剩余租期", "Remaining lease term (WALE)", "年", _AREA_INPUTS,
              _of_running(_expiry), Direction.UP, up("3", "1.5")),
    Indicator("I-23", "12个月到期占比", "Expiring within 12 months", "%", _AREA_INPUTS,
              _of_running(_expiring_soon), Direction.DOWN, down("0.20", "0.40"), decimals=1),
    Indicator("I-24", "企业集中度CR1", "Largest tenant's share", "%",
              (*_AREA_INPUTS, "lease.tenant"), _of_running(_concentration), Direction.DOWN,
              down("0.20", "0.40"), decimals=1),
    Indicator("I-26", "主导产业匹配率", "Lead-industry match", "%",
              (*_AREA_INPUTS, "lease.industry", "enterprise.industry_name",
               "park.lead_industries"),
              _of_running(_matching), Direction.UP, up("0.70", "0.50"), decimals=1),
    Indicator("I-27", "政策依赖度", "Dependence on incentives", "%",
              (*_AREA_INPUTS, "lease.free_months", "enterprise.policy_start",
               "enterprise.policy_end", "enterprise.moved_out_on", "enterprise.out_reason",
               "enterprise.name", "parcel.right_holder", "parcel.occupier",
               "building.right_holder", "building.occupier"),
              _of_running(_policy_dependence), Direction.DOWN, down("0.30", "0.50"), decimals=1),
)  # fmt: skip
