"""Indicators of money, demand and platforms: value, missing input, boundary; E2 of domain §5e."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_demand,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    a_valuation,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
)
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, by_indicator, evaluate
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.references import IndicatorReference

AS_OF = date(2025, 6, 30)
PARAMS = {
    "ref_tax_per_mu": Decimal("45.27"),
    "ref_invest_per_mu": Decimal("598.95"),
    "collection": Decimal("0.96"),
    "opex_ratio": Decimal("0.18"),
    "property_tax_rent": Decimal("0.12"),
}
TEN_MU = Decimal(10) * 10000 / 15
RUNNING = {"start_on": "2024-01-01", "end_on": "2026-12-31"}


def of(id_, *records, assets=None, params=PARAMS, park=None, references=None):
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(park or a_park(), *records), "park", keys, AS_OF, params)
    return evaluate(INDICATORS[id_], scope, references or {})


def missing(value):
    return {(m.entity, m.key, m.field) for m in value.trace.missing}


def notes(value):
    return {note.code: note.params for note in value.notes}


class TestPerMu:
    def test_tax_of_the_firms_over_the_land_they_use(self):
        value = of(
            "I-13",
            an_enterprise("A", name="甲"),
            an_enterprise("B", name="乙"),
            an_enterprise("C", name="丙"),
            an_enterprise_year(
                enterprise="A", year=2024, tax_paid=4_000_000, land_area_used=TEN_MU
            ),
            an_enterprise_year(enterprise="A", year=2023, tax_paid=1, land_area_used=TEN_MU),
            an_enterprise_year(enterprise="B", year=2024, tax_paid=0, land_area_used=TEN_MU),
        )
        assert value.value == 20
        assert notes(value)["by_firms"] == {"count": 2, "of": 3}
        assert (value.yardstick, value.band) == (Decimal("45.27"), Band.RED)

    @pytest.mark.parametrize(
        ("tax", "band"), [(400_000, Band.GREEN), (200_000, Band.YELLOW), (199_000, Band.RED)]
    )
    def test_the_agreed_tax_is_the_yardstick_where_every_parcel_has_one(self, tax, band):
        records = [
            a_parcel("L", agreed_tax_per_mu=4),
            an_enterprise("A", name="甲"),
            an_enterprise_year(enterprise="A", year=2024, tax_paid=tax, land_area_used=TEN_MU),
        ]
        value = of("I-13", *records)
        assert (value.yardstick, value.band) == (4, band)
        assert of("I-13", *records, a_parcel("M")).yardstick == Decimal("45.27")

    def test_without_firms_the_park_year_stands_in(self):
        year = a_park_year(year=2024, industrial_tax=4_000_000, industrial_land=TEN_MU)
        value = of("I-13", year)
        assert value.value == 40
        assert set(notes(value)) == {"by_year"}

    def test_nothing_recorded_is_unknown(self):
        value = of("I-13")
        assert value.band is Band.PENDING
        assert ("enterprise_year", "", "tax_paid") in missing(value)

    def test_a_firm_without_land_is_named(self):
        value = of(
            "I-12",
            an_enterprise("A", name="甲"),
            an_enterprise_year("Y", enterprise="A", year=2024, output_value=1),
        )
        assert ("enterprise_year", "Y", "land_area_used") in missing(value)

    def test_output_without_an_agreed_value_is_not_rated(self):
        value = of(
            "I-12",
            an_enterprise("A", name="甲"),
            an_enterprise_year(
                enterprise="A", year=2024, output_value=3_000_000, land_area_used=TEN_MU
            ),
        )
        assert value.value == 30
        assert value.band is Band.UNRATED
        assert "no_yardstick" in notes(value)

    def test_chosen_buildings_bring_their_tenants_only(self):
        value = of(
            "I-13",
            a_park("other"),
            a_building("B"),
            an_enterprise("A", name="甲"),
            an_enterprise("C", name="丙"),
            a_lease(building="B", tenant="A", **RUNNING),
            an_enterprise_year(enterprise="A", year=2024, tax_paid=1e6, land_area_used=TEN_MU),
            an_enterprise_year(enterprise="C", year=2024, tax_paid=9e6, land_area_used=TEN_MU),
            assets=["B"],
        )
        assert value.value == 10

    def test_investment_prefers_the_cumulative_figure_of_the_park(self):
        year = a_park_year(year=2024, fixed_investment=60_000_000, industrial_land=TEN_MU)
        value = of("I-11", year)
        assert value.value == 600
        assert value.band is Band.GREEN


class TestMortgage:
    RECORDS = (
        a_building("B", mortgage=False),
        a_valuation(building="B", base_date="2024-01-01", value=1000),
        a_valuation(building="B", base_date="2023-01-01", value=5),
        a_valuation(building="B", base_date="2026-01-01", value=7),
        an_encumbrance(building="B", kind="抵押", status="有效", amount=500),
        an_encumbrance(building="B", kind="最高额抵押", status="有效", amount=100),
        an_encumbrance(building="B", kind="抵押", status="已解除", amount=900),
    )

    def test_amounts_in_force_over_the_newest_appraisal(self):
        value = of("I-17", *self.RECORDS)
        assert (value.value, value.band) == (Decimal("0.6"), Band.GREEN)

    @pytest.mark.parametrize(
        ("extra", "band"), [(1, Band.YELLOW), (200, Band.YELLOW), (201, Band.RED)]
    )
    def test_bands_end_at_60_and_80_percent(self, extra, band):
        row = an_encumbrance(building="B", kind="抵押", status="有效", amount=extra)
        assert of("I-17", *self.RECORDS, row).band is band

    def test_an_unmortgaged_asset_is_zero_and_a_blank_one_unknown(self):
        assert of("I-17", a_building(mortgage=False)).value == 0
        assert missing(of("I-17", a_building("B"))) == {("building", "B", "mortgage")}

    def test_a_mortgage_without_amount_or_appraisal_is_unknown(self):
        building = a_building("B")
        bare = an_encumbrance("E", building="B", kind="抵押", status="有效")
        assert missing(of("I-17", building, bare)) == {
            ("encumbrance", "E", "amount"),
            ("valuation", "", "value"),
        }
        assert of("I-17", a_building(mortgage=True)).value is None

    def test_a_building_says_that_the_mortgage_is_its_whole_parcels(self):
        records = (
            a_parcel("L"),
            *(a_building(key, parcel="L", mortgage=False) for key in ("B1", "B2", "B3")),
            an_encumbrance("E", parcel="L", kind="抵押", status="有效", amount=40),
            a_valuation("V", parcel="L", value=100, base_date="2024-06-30"),
        )
        one, every = of("I-17", *records, assets=["B1"]), of("I-17", *records)
        assert (one.value, every.value) == (Decimal("0.4"), Decimal("0.4"))
        assert [(n.code, n.params) for n in one.notes] == [("parcel_mortgage", {"count": 2})]
        assert every.notes == ()


class TestFinance:
    @pytest.mark.parametrize(
        ("debts", "band"), [(600, Band.GREEN), (700, Band.YELLOW), (701, Band.RED)]
    )
    def test_debt_ratio_bands(self, debts, band):
        value = of(
            "I-42", a_finance(as_of="2024-12-31", total_assets=1000, total_liabilities=debts)
        )
        assert (value.value, value.band) == (Decimal(debts) / 1000, band)

    def test_e2_debt_ratio_before_and_after(self):
        before = a_finance(as_of="2024-12-31", total_assets=26000, total_liabilities=18200)
        assert of("I-42", before).value == Decimal("0.70")
        after = a_finance(as_of="2025-03-31", total_assets=25376.37, total_liabilities=17200)
        assert round(of("I-42", before, after).value * 100, 2) == Decimal("67.78")

    def test_figures_after_the_date_are_not_used(self):
        late = a_finance(as_of="2025-07-01", total_assets=100, total_liabilities=10)
        value = of("I-42", late)
        assert value.value is None
        assert ("finance", "", "total_assets") in missing(value)

    def test_a_blank_names_its_row(self):
        value = of("I-42", a_finance("F", as_of="2024-12-31", total_assets=100))
        assert missing(value) == {("finance", "F", "total_liabilities")}

    def test_several_companies_need_to_know_which_runs_the_park(self):
        rows = [
            a_finance(enterprise="A", as_of="2024-12-31", total_assets=100, total_liabilities=50),
            a_finance(enterprise="B", as_of="2024-12-31", total_assets=100, total_liabilities=90),
        ]
        assert missing(of("I-42", *rows)) == {("park", "park", "platform_entity")}
        assert of("I-42", *rows, park=a_park(platform_entity="B")).value == Decimal("0.9")

    @pytest.mark.parametrize(
        ("cash", "band"), [(100, Band.GREEN), (50, Band.YELLOW), (49, Band.RED)]
    )
    def test_short_term_cover_bands(self, cash, band):
        assert of("I-43", a_finance(as_of="2024-12-31", cash=cash, due_12m=100)).band is band

    def test_the_only_company_is_not_taken_for_a_second_park(self):
        row = a_finance(as_of="2024-12-31", enterprise="E", total_assets=100, total_liabilities=70)
        assert of("I-42", row).value == Decimal("0.7")
        value = of("I-42", row, a_park("other", name="二园"))
        assert value.value is None
        assert missing(value) == {("park", "park", "platform_entity")}

    def test_nothing_due_gives_no_ratio(self):
        value = of("I-43", a_finance(as_of="2024-12-31", cash=1, due_12m=0))
        assert value.value is None
        assert "zero_base" in notes(value)

    def test_interest_cover_is_a_bound_without_income_tax(self):
        value = of("I-44", a_finance(as_of="2024-12-31", net_profit=-10, interest_expense=100))
        assert (value.value, value.band) == (Decimal("0.9"), Band.RED)
        assert "without_income_tax" in notes(value)
        assert of("I-44").value is None

    def test_a_band_of_a_bound_says_up_to_what_it_holds(self):
        """1.13 without income tax is at most (0.13 ÷ 0.75 + 1): yellow either way."""
        row = a_finance(as_of="2024-12-31", net_profit=13, interest_expense=100)
        value = of("I-44", row, params=PARAMS | {"cit_rate": Decimal("0.25")})
        assert (value.value, value.band) == (Decimal("1.13"), Band.YELLOW)
        highest = notes(value)["with_highest_tax"]["high"]
        assert round(highest, 4) == Decimal("1.1733")

    def test_interest_cover_adds_income_tax_back(self):
        row = a_finance(as_of="2024-12-31", net_profit=75, income_tax=25, interest_expense=100)
        value = of("I-44", row)
        assert (value.value, value.band, notes(value)) == (Decimal(2), Band.GREEN, {})


class TestReturn:
    LEASE = a_lease(
        building="B", area=1000, rent_price=10, rent_unit="元/㎡·月", tenant="T", **RUNNING
    )

    def test_noi_is_estimated_by_parameters(self):
        value = of("I-45", a_building("B"), self.LEASE)
        assert value.value == Decimal("12") * Decimal("0.96") * Decimal("0.70")
        assert set(value.trace.parameters) == {"collection", "opex_ratio", "property_tax_rent"}
        assert of("I-45", a_building("B"), self.LEASE, params={}).value is None

    def test_noi_takes_the_costs_of_the_ledger_where_every_building_has_them(self):
        building = a_building("B", opex_12m=20_000, holding_taxes_12m=14_400)
        value = of("I-45", building, self.LEASE)
        assert value.value == Decimal("12") * Decimal("0.96") - Decimal("3.44")
        assert set(notes(value)) == {"ledger_costs"}
        assert set(value.trace.parameters) == {"collection"}
        half = of("I-45", building, a_building("C", opex_12m=1), self.LEASE)
        assert set(notes(half)) == {"estimated_costs"}

    @pytest.mark.parametrize(
        ("book", "band"),
        [(1_612_800, Band.GREEN), (2_688_000, Band.YELLOW), (2_700_000, Band.RED)],
    )
    def test_return_on_book_bands(self, book, band):
        value = of("I-46", a_building("B", net_value=book), self.LEASE)
        assert value.band is band

    def test_book_value_is_needed(self):
        value = of("I-46", a_building("B"), self.LEASE)
        assert missing(value) == {("building", "B", "net_value")}

    def test_capitalisation_over_the_appraised_value(self):
        appraisal = a_valuation(building="B", base_date="2025-01-01", value=1_000_000)
        assert of("I-47", a_building("B"), self.LEASE, appraisal).value == Decimal("0.08064")
        assert of("I-47", a_building("B"), self.LEASE).value is None

    def test_dispatch_rate_e12(self):
        appraisal = a_valuation(building="B", base_date="2025-01-01", value=100_000)
        for cash, band in ((3900, Band.GREEN), (3700, Band.RED)):
            context = a_context(park="park", distributable_cash=cash)
            value = of("I-48", a_building("B"), appraisal, context)
            assert (value.value, value.band) == (Decimal(cash) / 100_000, band)
        assert ("context", "", "distributable_cash") in missing(of("I-48", a_building("B")))


class TestMarket:
    BUILDINGS = (
        a_building(kind="标准厂房", rentable_area=1000, use_status="空置"),
        a_building(kind="研发办公", rentable_area=1000, use_status="空置"),
        a_building(kind="仓库", rentable_area=1000, leased_area=1000),
    )

    def test_serious_demand_for_kinds_that_stand_empty(self):
        value = of(
            "I-28",
            *self.BUILDINGS,
            a_demand(park="park", need_kind="标准厂房", need_area=1000, stage="洽谈"),
            a_demand(park="park", need_kind="标准厂房", need_area=5000, stage="线索"),
            a_demand(park="park", need_kind="仓库", need_area=5000, stage="签约"),
        )
        assert (value.value, value.band) == (Decimal("0.5"), Band.YELLOW)

    @pytest.mark.parametrize(
        ("assets", "shared"), [(("A",), 2), (("A", "B"), 1), (("A", "B", "C"), 0), (None, 0)]
    )
    def test_the_leads_of_a_park_are_shared_by_its_other_vacant_buildings(self, assets, shared):
        half = {"kind": "标准厂房", "rentable_area": 1000}
        value = of(
            "I-28",
            a_building("A", use_status="空置", **half),
            a_building("B", use_status="空置", **half),
            a_building("C", **half),
            a_building("D", leased_area=1000, **half),
            a_building("E", kind="仓库", rentable_area=1000, use_status="空置"),
            a_demand(park="park", need_kind="标准厂房", need_area=1000, stage="洽谈"),
            assets=assets,
        )
        assert notes(value).get("park_leads", {"count": 0}) == {"count": shared}
        if value.value is not None:  # a third vacancy is not known
            assert (value.band is Band.PENDING) is (shared > 0)

    def test_demand_that_is_not_recorded_is_unknown(self):
        assert missing(of("I-28", *self.BUILDINGS)) == {("demand", "", "need_area")}

    def test_users_of_the_platform_per_tenant(self):
        lease = TestReturn.LEASE
        value = of("I-50", a_building("B"), lease, park=a_park(digital_platform_mau=0))
        assert (value.value, value.band) == (0, Band.RED)
        assert missing(of("I-50", a_building("B"), lease)) == {
            ("park", "park", "digital_platform_mau")
        }


def test_published_values_stand_beside_the_indicator():
    reference = IndicatorReference("I-42", None, Decimal("0.6"), None, "%", None, None)
    value = of("I-42", references=by_indicator([reference]))
    assert value.reference is reference
    assert of("I-43").reference is None


def test_published_values_of_the_same_sort_of_building_come_first():
    """An R&D building was held against the occupancy of factories (79.8 %), not of its sort."""
    factory, office = (
        IndicatorReference("I-01", None, Decimal(value), None, "%", None, None, frozenset({kind}))
        for value, kind in (("0.798", "标准厂房"), ("0.7", "研发办公"))
    )
    listed = by_indicator([factory, office])
    rooms, hall = a_building("A", kind="研发办公"), a_building("B", kind="标准厂房")
    assert of("I-01", rooms, references=listed).reference is office
    assert of("I-01", hall, references=listed).reference is factory
    assert of("I-01", rooms, hall, references=listed).reference is factory


@pytest.mark.parametrize(
    ("holder", "note"),
    [
        ("锦程科技", "company_not_holder"),
        (None, "company_holder_unknown"),
        ("平台", "company_accounts"),
    ],
)
def test_accounts_of_a_company_are_not_those_of_single_assets_and_say_so(holder, note):
    """The platform company's debt stood for a parcel of another right holder without a word."""
    records = [
        a_parcel("L", right_holder=holder), an_enterprise("P", name="平台"),
        a_finance(enterprise="P", as_of="2024-12-31", total_assets=100, total_liabilities=70),
    ]  # fmt: skip
    said = set(notes(of("I-42", *records, assets=["L"])))
    assert said == {"by_finance", note}
    assert set(notes(of("I-42", *records))) == {"by_finance"}


def test_ids_are_in_order_and_inputs_are_declared():
    assert list(INDICATORS) == sorted(INDICATORS)
    required = {f"I-{n:02}" for n in (*range(1, 15), 16, 17, 18, 22, 42, 52)}
    assert required <= set(INDICATORS)
    assert all(indicator.inputs for indicator in INDICATORS.values())
