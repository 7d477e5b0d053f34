"""Leases at an as-of date; golden numbers from domain §5e, E11 and E12."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import a_building, a_lease, a_ledger, a_park, an_enterprise
from workbench.domain.figures.leases import (
    LeaseStatus,
    is_priced,
    lease_status,
    monthly_rent,
    remaining_years,
    tenancies,
)
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scale import scale
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.tenure import IdleStage, add_months, idle_land, months_since

AS_OF = date(2025, 6, 30)
IDLE_PARAMS = {
    "idle_months_fee": Decimal(12),
    "idle_months_recall": Decimal(24),
    "idle_fee_rate": Decimal("0.20"),
}


def a_reading() -> Reading:
    return Reading({})


@pytest.mark.parametrize(
    ("start", "end", "terminated", "status"),
    [
        ("2025-07-01", "2026-06-30", None, LeaseStatus.NOT_STARTED),
        ("2025-06-30", "2026-06-30", None, LeaseStatus.RUNNING),
        ("2024-01-01", "2025-09-29", None, LeaseStatus.RUNNING),
        ("2024-01-01", "2025-09-28", None, LeaseStatus.EXPIRING),
        ("2024-01-01", "2025-06-30", None, LeaseStatus.EXPIRING),
        ("2024-01-01", "2025-06-29", None, LeaseStatus.EXPIRED),
        ("2024-01-01", "2026-06-30", "2025-06-29", LeaseStatus.TERMINATED),
        ("2024-01-01", "2026-06-30", "2025-06-30", LeaseStatus.RUNNING),
    ],
)
def test_status_counts_the_last_day_as_let(start, end, terminated, status):
    lease = a_lease(start_on=start, end_on=end, terminated_on=terminated)
    assert lease_status(a_reading(), lease, AS_OF) is status


def test_a_lease_without_dates_has_no_status_and_names_them():
    reading = a_reading()
    assert lease_status(reading, a_lease("L", area=100), AS_OF) is None
    assert {(m.key, m.field) for m in reading.missing} == {("L", "start_on"), ("L", "end_on")}


@pytest.mark.parametrize(
    ("price", "unit", "area", "expected"),
    [
        (0.5, "元/㎡·天", 800, "15.2083"),
        (180, "元/㎡·年", 800, "15"),
        (12, "万元/年", 800, "12.5"),
        (10000, "元/月", 800, "12.5"),
        (120000, "元/年", 800, "12.5"),
        (15, "元/㎡·月", None, "15"),
    ],
)
def test_e12_rents_become_yuan_per_square_metre_and_month(price, unit, area, expected):
    lease = a_lease(rent_price=price, rent_unit=unit, area=area)
    assert round(monthly_rent(a_reading(), lease), 4) == Decimal(expected)


def test_a_stated_total_stands_in_for_a_unit_price():
    lease = a_lease(rent_total=120000, rent_total_period="年", area=800)
    assert monthly_rent(a_reading(), lease) == Decimal("12.5")


def test_a_rent_without_unit_is_not_guessed():
    reading = a_reading()
    assert monthly_rent(reading, a_lease("L", rent_price=15, area=800)) is None
    assert [(m.key, m.field) for m in reading.missing] == [("L", "rent_unit")]


def test_a_zero_rent_is_a_rent():
    lease = a_lease(rent_price=0, rent_unit="元/㎡·月", area=800)
    assert monthly_rent(a_reading(), lease) == 0


def test_swaps_and_loans_have_no_market_rent():
    assert not is_priced(a_reading(), a_lease(lease_mode="出借"))
    assert is_priced(a_reading(), a_lease(lease_mode="公开招租"))
    assert is_priced(a_reading(), a_lease())


def test_remaining_years_use_365_25_days():
    lease = a_lease(end_on="2026-12-31")
    assert remaining_years(a_reading(), lease, AS_OF) == Decimal(549) / Decimal("365.25")


E11_ENDED = [
    ("2020-03-01", "2023-02-28"),
    ("2021-06-15", "2024-06-14"),
    ("2019-01-01", "2020-12-31"),
    ("2022-09-01", "2024-11-30"),
]


def test_e11_four_ended_tenancies_last_2_563_years_on_average():
    leases = [a_lease(start_on=start, end_on=end) for start, end in E11_ENDED]
    years = [stay.years for stay in tenancies(a_reading(), leases, AS_OF)]
    assert round(sum(years) / 4, 3) == Decimal("2.563")


def test_a_renewal_within_a_month_prolongs_the_stay():
    leases = [
        a_lease(tenant="T", start_on="2020-01-01", end_on="2021-12-31"),
        a_lease(tenant="T", start_on="2022-01-20", end_on="2023-12-31"),
        a_lease(tenant="T", start_on="2025-01-01", end_on="2026-12-31"),
    ]
    stays = tenancies(a_reading(), leases, AS_OF)
    assert [(s.start.year, s.end and s.end.year) for s in stays] == [(2020, 2023), (2025, None)]


@pytest.mark.parametrize(
    ("day", "months", "stage", "fee"),
    [
        ("2023-02-28", 11, IdleStage.NOT_DUE, 0),
        ("2023-03-01", 12, IdleStage.FEE, 120),
        ("2024-02-29", 23, IdleStage.FEE, 120),
        ("2024-03-01", 24, IdleStage.RECALL, 0),
    ],
)
def test_e12_idle_land_goes_from_fee_to_recall(day, months, stage, fee):
    found = idle_land(date(2022, 3, 1), date.fromisoformat(day), Decimal(600), IDLE_PARAMS)
    assert (found.months, found.stage, found.fee) == (months, stage, fee)


def test_idle_land_without_its_parameters_or_price_is_not_invented():
    assert idle_land(date(2022, 3, 1), AS_OF, Decimal(600), {}) is None
    assert idle_land(date(2024, 3, 1), AS_OF, None, IDLE_PARAMS).fee is None


def test_months_count_only_when_the_day_is_reached():
    assert months_since(date(2024, 1, 31), date(2024, 2, 29)) == 0
    assert months_since(date(2024, 1, 29), date(2024, 2, 29)) == 1


def test_adding_months_stays_inside_the_month():
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 12, 15), 12) == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("third", "tenants"),
    [
        ({"start_on": "2024-01-01", "end_on": "2026-01-01"}, 2),
        ({"start_on": "2024-01-01", "end_on": "2025-01-01"}, 1),
        ({"start_on": "2024-01-01"}, None),
        ({"start_on": "2026-01-01"}, 1),
    ],
)
def test_how_many_firms_rent_is_not_known_while_a_lease_may_run_or_not(third, tenants):
    terms = {"start_on": "2024-01-01", "end_on": "2027-01-01", "building": "B"}
    leases = [a_lease("A", tenant="F", **terms), a_lease("C", tenant="F", **terms),
              a_lease("D", tenant="G", building="B", **third)]  # fmt: skip
    firms = [an_enterprise("F", name="甲"), an_enterprise("G", name="乙")]
    ledger = a_ledger(a_park(), a_building("B"), *firms, *leases)
    found = scale(Scope(ledger, "park", None, AS_OF, {}))["tenants"]
    assert found.value == tenants
    gaps = {(each.key, each.field) for each in found.trace.missing}
    assert (("D", "end_on") in gaps) == (tenants is None)
