"""Indicators of space and leases: value, missing input, boundary; E11 of domain §5e."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_lease,
    a_ledger,
    a_park,
    a_unit,
    an_enterprise,
    not_applicable,
)
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.registry import INDICATORS

AS_OF = date(2025, 6, 30)
E11_LEASES = [
    ("A", "2024-01-01", "2026-12-31", 3000, 15),
    ("B", "2025-01-01", "2027-12-31", 5000, 14),
    ("C", "2023-07-01", "2025-09-30", 2000, 16),
]


def of(id_, *records, assets=None, params=None):
    """Compute one indicator over a park with these records."""
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(a_park(), *records), "park", keys, AS_OF, params or {})
    return evaluate(INDICATORS[id_], scope, {})


def missing(value):
    return {(m.entity, m.key, m.field) for m in value.trace.missing}


def notes(value):
    return {note.code: note.params for note in value.notes}


@pytest.fixture
def e11():
    leases = [
        a_lease(
            building="B1", tenant=tenant, start_on=start, end_on=end, area=area,
            rent_price=rent, rent_unit="元/㎡·月", tax_included=False,
        )
        for tenant, start, end, area, rent in E11_LEASES
    ]  # fmt: skip
    return [a_building("B1", rentable_area=20000), *leases]


class TestE11:
    """Three running leases on 20,000 ㎡ at 2025-06-30."""

    def test_occupancy_is_50_percent(self, e11):
        value = of("I-01", *e11)
        assert value.value == Decimal("0.5")
        assert value.band is Band.RED

    def test_wale_is_1_752_years(self, e11):
        assert round(of("I-22", *e11).value, 3) == Decimal("1.752")

    def test_average_rent_is_14_70(self, e11):
        assert of("I-19", *e11).value == Decimal("14.7")

    def test_cr1_is_50_percent_and_hhi_3800(self, e11):
        value = of("I-24", *e11)
        assert value.value == Decimal("0.5")
        assert notes(value)["concentration"]["hhi"] == 3800
        assert notes(value)["concentration"]["cr3"] == 1

    def test_a_fifth_expires_within_twelve_months(self, e11):
        value = of("I-23", *e11)
        assert value.value == Decimal("0.2")
        assert value.band is Band.GREEN

    def test_four_ended_tenancies_average_below_2_7_years_and_are_red(self):
        ended = [
            ("2020-03-01", "2023-02-28"),
            ("2021-06-15", "2024-06-14"),
            ("2019-01-01", "2020-12-31"),
            ("2022-09-01", "2024-11-30"),
        ]
        value = of("I-21", *(a_lease(park="park", start_on=s, end_on=e) for s, e in ended))
        assert round(value.value, 3) == Decimal("2.563")
        assert value.band is Band.RED


class TestOccupancy:
    def test_stated_let_area_is_the_basis_without_leases(self):
        value = of("I-01", a_building("B1", rentable_area=1000, leased_area=850))
        assert (value.value, value.band) == (Decimal("0.85"), Band.GREEN)
        assert set(notes(value)) == {"basis_stated"}

    @pytest.mark.parametrize(
        ("let", "band"), [(849, Band.YELLOW), (600, Band.YELLOW), (599, Band.RED)]
    )
    def test_bands_start_at_85_and_60_percent(self, let, band):
        assert of("I-01", a_building(rentable_area=1000, leased_area=let)).band is band

    def test_it_is_area_weighted_not_a_mean_of_rates(self):
        value = of(
            "I-01",
            a_building(rentable_area=9000, leased_area=0),
            a_building(rentable_area=1000, leased_area=1000),
        )
        assert value.value == Decimal("0.1")

    def test_a_building_without_lease_or_statement_is_unknown_not_empty(self):
        value = of(
            "I-01",
            a_building("B1", rentable_area=1000, leased_area=900),
            a_building("B2", rentable_area=1000),
        )
        assert (value.value, value.band) == (None, Band.PENDING)
        assert ("building", "B2", "leased_area") in missing(value)
        assert notes(value)["basis_unknown"] == {"count": 1}

    def test_up_to_5_percent_of_the_area_may_be_unknown_and_is_said(self):
        value = of(
            "I-01",
            a_building("B1", rentable_area=950, leased_area=475),
            a_building("B2", rentable_area=50),
        )
        assert value.value == Decimal("0.5")
        assert notes(value)["coverage"] == {"share": Decimal("0.95")}
        assert ("building", "B2", "leased_area") in missing(value)

    def test_below_95_percent_it_is_not_given(self):
        value = of(
            "I-01",
            a_building(rentable_area=949, leased_area=475),
            a_building(rentable_area=51),
        )
        assert value.value is None

    def test_an_unknown_rentable_area_counts_with_its_floor_area(self):
        known = a_building(rentable_area=10000, leased_area=5000)
        assert of("I-01", known, a_building(gfa_actual=100)).value == Decimal("0.5")
        assert of("I-01", known, a_building(gfa_actual=5000)).value is None
        assert of("I-01", known, a_building()).value is None

    def test_a_status_of_vacant_means_nothing_let(self):
        value = of("I-01", a_building(rentable_area=1000, use_status="空置"))
        assert value.value == 0
        assert set(notes(value)) == {"basis_status"}

    def test_leases_win_over_the_stated_area_and_a_mixed_basis_is_said(self):
        value = of(
            "I-01",
            a_building("B1", rentable_area=1000, leased_area=1000),
            a_building("B2", rentable_area=1000, leased_area=400),
            a_lease(building="B1", area=600, start_on="2024-01-01", end_on="2026-01-01"),
        )
        assert value.value == Decimal("0.5")
        assert set(notes(value)) == {"basis_leases", "basis_stated"}

    def test_a_lease_of_a_unit_counts_for_its_building(self):
        value = of(
            "I-01",
            a_building("B1", rentable_area=1000),
            a_unit("U1", building="B1", area=600),
            a_lease(unit="U1", area=600, start_on="2024-01-01", end_on="2026-01-01"),
        )
        assert value.value == Decimal("0.6")

    def test_leases_without_a_building_count_for_the_whole_park(self):
        value = of(
            "I-01",
            a_building("B1", rentable_area=1000, leased_area=1000),
            a_lease(park="park", area=250, start_on="2024-01-01", end_on="2026-01-01"),
        )
        assert value.value == Decimal("0.25")
        assert notes(value) == {"leases_by_park": {"count": 1}}

    def test_buildings_that_are_not_let_out_are_left_out(self):
        value = of(
            "I-01",
            a_building(rentable_area=1000, leased_area=500),
            not_applicable(a_building(gfa_actual=9000), "rentable_area"),
            a_building(rentable_area=0),
        )
        assert value.value == Decimal("0.5")

    def test_ended_leases_and_leases_without_dates(self):
        building = a_building("B1", rentable_area=1000)
        ended = a_lease(building="B1", area=600, start_on="2020-01-01", end_on="2025-06-29")
        assert of("I-01", building, ended).value == 0
        undated = a_lease("L", building="B1", area=600)
        value = of("I-01", building, undated)
        assert value.value is None
        assert ("lease", "L", "end_on") in missing(value)

    def test_no_building_at_all_names_what_is_needed(self):
        value = of("I-01")
        assert value.value is None
        assert missing(value) == {("building", "", "rentable_area")}

    def test_a_scope_of_some_assets_looks_at_these_only(self):
        records = [
            a_building("B1", rentable_area=1000, leased_area=1000),
            a_building("B2", rentable_area=1000, leased_area=0),
        ]
        assert of("I-01", *records, assets=["B2"]).value == 0


class TestVacancy:
    def test_let_vacant_own_and_lent_make_the_whole(self):
        building = a_building(rentable_area=1000, leased_area=500, self_use_area=200, lent_area=100)
        assert of("I-02", building).value == Decimal("0.2")
        assert of("I-03", building).value == Decimal("0.8")

    def test_the_stated_vacancy_stands_in_when_own_use_is_not_known(self):
        building = a_building(rentable_area=1000, leased_area=500, vacant_area=300)
        assert of("I-02", building).value == Decimal("0.3")

    def test_own_use_that_is_not_known_is_named(self):
        value = of("I-02", a_building("B1", rentable_area=1000, leased_area=500))
        assert value.value is None
        assert missing(value) == {
            ("building", "B1", "self_use_area"),
            ("building", "B1", "lent_area"),
        }

    def test_a_use_status_other_than_lent_says_that_nothing_is_lent(self):
        building = a_building(
            rentable_area=1000, leased_area=500, self_use_area=100, use_status="部分出租"
        )
        assert of("I-02", building).value == Decimal("0.4")

    def test_own_use_that_does_not_apply_is_zero(self):
        building = a_building(rentable_area=1000, leased_area=600)
        building = not_applicable(building, "self_use_area", "lent_area")
        assert of("I-02", building).value == Decimal("0.4")
        assert of("I-02", building).band is Band.YELLOW

    @pytest.mark.parametrize(
        ("let", "band"), [(850, Band.GREEN), (600, Band.YELLOW), (599, Band.RED)]
    )
    def test_bands_end_at_15_and_40_percent(self, let, band):
        building = a_building(rentable_area=1000, leased_area=let, self_use_area=0, lent_area=0)
        assert of("I-02", building).band is band

    @pytest.mark.parametrize(
        ("let", "band"), [(900, Band.GREEN), (700, Band.YELLOW), (699, Band.RED)]
    )
    def test_use_is_green_from_90_percent(self, let, band):
        building = a_building(rentable_area=1000, leased_area=let, self_use_area=0, lent_area=0)
        assert of("I-03", building).band is band

    def test_leases_of_the_park_leave_the_rest_vacant(self):
        building = a_building(rentable_area=1000, self_use_area=100, lent_area=0)
        lease = a_lease(park="park", area=500, start_on="2024-01-01", end_on="2026-01-01")
        assert of("I-02", building, lease).value == Decimal("0.4")


class TestTimeVacant:
    def test_it_is_weighted_by_the_vacant_area(self):
        value = of(
            "I-04",
            a_building(rentable_area=300, use_status="空置", vacant_since="2024-06-30"),
            a_building(rentable_area=100, use_status="空置", vacant_since="2023-06-30"),
        )
        assert value.value == 15
        assert value.band is Band.YELLOW

    @pytest.mark.parametrize(
        ("since", "band"),
        [("2024-12-30", Band.GREEN), ("2024-11-30", Band.YELLOW), ("2023-11-30", Band.RED)],
    )
    def test_bands_end_at_6_and_18_months(self, since, band):
        building = a_building(rentable_area=300, use_status="空置", vacant_since=since)
        assert of("I-04", building).band is band

    def test_the_start_of_the_vacancy_is_needed(self):
        value = of("I-04", a_building("B1", rentable_area=300, use_status="空置"))
        assert value.value is None
        assert ("building", "B1", "vacant_since") in missing(value)

    @pytest.mark.parametrize(
        ("changed", "next_lease", "months"),
        [
            ({}, None, 15),
            ({"end_on": "2024-06-29", "terminated_on": "2025-03-30"}, None, 15),
            ({"end_on": "2023-06-29"}, None, 24),
            ({"end_on": "2025-06-30"}, None, 24),
            ({}, {"start_on": "2025-04-01"}, 24),
            ({"unit": "U1"}, {"start_on": "2025-04-01", "unit": "U2"}, 15),
            ({"tenant": "E"}, {"start_on": "2025-01-01", "tenant": "E"}, 24),
            ({"tenant": "E"}, {"start_on": "2025-01-01", "tenant": "F"}, 15),
            ({"area": 90}, None, 24 - Decimal("2.1") * 9),
            ({"area": 101}, None, 24),
        ],
    )
    def test_space_given_up_later_is_vacant_since_its_lease_ended(
        self, changed, next_lease, months
    ):
        building = a_building("B", rentable_area=100, self_use_area=0, lent_area=0,
                              vacant_since="2023-06-30")  # fmt: skip
        lease = {"area": Decimal(100) * 3 / 7, "start_on": "2020-01-01", "end_on": "2025-03-30",
                 "building": "B"} | changed  # fmt: skip
        rows = [building, a_lease(**lease)]
        if next_lease is not None:
            rows.append(a_lease(building="B", area=0, end_on="2029-01-01", **next_lease))
        assert of("I-04", *rows).value == months

    def test_a_full_park_has_no_time_vacant(self):
        value = of("I-04", a_building(rentable_area=300, leased_area=300))
        assert value.value == 0
        assert set(notes(value)) == {"nothing_vacant"}


class TestLeaseIndicators:
    def test_collection_is_received_over_due(self):
        value = of(
            "I-18",
            a_lease(park="park", start_on="2024-01-01", end_on="2026-01-01",
                    receivable_12m=100, received_12m=80),
            a_lease(park="park", start_on="2024-01-01", end_on="2026-01-01",
                    receivable_12m=300, arrears=0),
        )  # fmt: skip
        assert value.value == Decimal("0.95")
        assert value.band is Band.GREEN

    def test_collection_names_the_lease_without_figures(self):
        value = of("I-18", a_lease("L", park="park", start_on="2024-01-01", end_on="2026-01-01"))
        assert value.value is None
        assert ("lease", "L", "receivable_12m") in missing(value)

    def test_a_zero_rent_due_everywhere_has_no_rate(self):
        lease = a_lease(park="park", start_on="2024-01-01", end_on="2026-01-01",
                        receivable_12m=0, received_12m=0)  # fmt: skip
        assert of("I-18", lease).value is None

    def test_rent_against_the_market(self, e11):
        value = of("I-20", *e11, a_context(park="park", local_rent_market="14"))
        assert value.value is None
        value = of("I-20", *e11, a_context(park="park", local_rent_market=14))
        assert value.value == Decimal("0.05")
        assert value.band is Band.GREEN
        assert ("context", "", "local_rent_market") in missing(of("I-20", *e11))

    def test_the_rent_says_how_many_leases_may_include_tax(self, e11):
        assert notes(of("I-19", *e11)) == {}
        open_tax = a_lease(building="B1", start_on="2024-01-01", end_on="2026-01-01", area=100,
                           rent_price=10, rent_unit="元/㎡·月")  # fmt: skip
        assert notes(of("I-19", *e11, open_tax))["rent_tax_unclear"] == {"count": 1}

    def test_tenants_in_lead_industries_are_found_by_name(self):
        park = a_park(lead_industries=["装备制造", "新材料产业"])
        leases = [
            a_lease(park="park", tenant="T1", area=700, start_on="2024-01-01", end_on="2026-01-01"),
            a_lease(park="park", area=300, industry="现代物流", start_on="2024-01-01",
                    end_on="2026-01-01"),
        ]  # fmt: skip
        firm = an_enterprise("T1", name="甲", industry_name="高端装备制造业")
        scope = Scope(a_ledger(park, firm, leases), "park", None, AS_OF, {})
        value = evaluate(INDICATORS["I-26"], scope, {})
        assert (value.value, value.band) == (Decimal("0.7"), Band.GREEN)

    def test_lead_industries_are_needed(self):
        assert missing(of("I-26")) >= {("park", "park", "lead_industries")}

    def test_dependence_counts_incentives_and_free_rent(self):
        dates = {"park": "park", "start_on": "2025-01-01", "end_on": "2026-12-31"}
        value = of(
            "I-27",
            an_enterprise("T1", policy_end="2025-12-31"),
            an_enterprise("T2", policy_end="2024-12-31"),
            a_lease(tenant="T1", area=300, **dates),
            a_lease(tenant="T2", area=500, **dates),
            a_lease(tenant="T2", area=200, free_months=12, **dates),
        )
        assert (value.value, value.band) == (Decimal("0.5"), Band.YELLOW)

    def test_dependence_says_how_many_exits_came_with_the_end_of_incentives(self):
        value = of(
            "I-27",
            an_enterprise("T1", policy_end="2024-12-31"),
            an_enterprise("X1", moved_out_on="2024-06-30", out_reason="政策到期"),
            an_enterprise("X2", moved_out_on="2024-06-30", out_reason="扩张"),
            an_enterprise("X3", moved_out_on="2022-06-29", out_reason="政策到期"),
            a_lease(park="park", tenant="T1", area=1, start_on="2024-01-01", end_on="2026-01-01"),
        )
        notes = {note.code: note.params for note in value.notes}
        assert notes["policy_exits"] == {"share": Decimal("0.5")}

    def test_incentives_that_are_not_known_are_named(self):
        value = of(
            "I-27",
            an_enterprise("T1"),
            a_lease(park="park", tenant="T1", area=1, start_on="2024-01-01", end_on="2026-01-01"),
        )
        assert value.value is None
        assert ("enterprise", "T1", "policy_end") in missing(value)

    def test_no_lease_at_all_is_unknown(self):
        for id_ in ("I-18", "I-19", "I-21", "I-22", "I-23", "I-24"):
            value = of(id_)
            assert value.band is Band.PENDING
            assert value.trace.missing
