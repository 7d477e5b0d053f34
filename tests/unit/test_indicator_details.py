"""What §4 says beside the formulas: plan, median, rented land, land under a building, survival."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    an_encumbrance,
    an_enterprise,
    an_enterprise_year,
    not_applicable,
    with_values,
)
from tests.indicator_probes import FOREVER, MU, clarity, tenants
from tests.shipped import texts
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.survival import kaplan_meier
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.registry import INDICATORS

AS_OF = date(2025, 6, 30)
PARAMS = {
    "far_height_double": Decimal(8), "cit_rate": Decimal("0.25"), "ref_tax_per_mu": Decimal(45),
}  # fmt: skip


def of(id_, *records, params=PARAMS):
    scope = Scope(a_ledger(a_park(), *records), "park", None, AS_OF, params)
    return evaluate(INDICATORS[id_], scope, {})


def notes(value):
    return {note.code: note.params for note in value.notes}


def missing(value):
    return {(m.entity, m.key, m.field) for m in value.trace.missing}


class TestPlanOfThePlotRatio:
    """§4 I-06: against plan_far_min..max; below 0.6 red, from 1.0 green."""

    @pytest.mark.parametrize(
        ("far", "low", "high", "band", "note"),
        [
            (1.2, 0.8, 1.2, Band.GREEN, set()),
            (1.3, 0.8, 1.2, Band.YELLOW, {"above_plan"}),
            (1.1, 1.2, 2, Band.YELLOW, {"below_plan"}),
            (0.9, 0.8, 1.2, Band.YELLOW, set()),
            (0.5, 0.8, 1.2, Band.RED, {"below_plan"}),
            (1.3, None, None, Band.GREEN, set()),
        ],
    )
    def test_what_the_plan_does_not_allow_is_never_green(self, far, low, high, band, note):
        parcel = a_parcel(area_cert=1000, far=far, plan_far_min=low, plan_far_max=high)
        value = of("I-06", parcel)
        assert (value.band, set(notes(value)) - {"stated_parcels"}) == (band, note)

    def test_a_plan_that_one_parcel_lacks_is_not_compared(self):
        rows = [a_parcel(area_cert=1000, far=2, plan_far_max=1), a_parcel(area_cert=1000, far=2)]
        assert of("I-06", *rows).band is Band.GREEN


def test_i05_land_never_started_counts_from_its_agreed_start():
    """§4 I-05: not started: months since agreed_start_on; stopped or empty: since idle_since."""
    parcel = a_parcel(
        status="供而未用", agreed_start_on="2023-06-30", idle_since="2025-01-30", area_cert=1
    )
    assert of("I-05", parcel).value == 24
    assert of("I-05", with_values(parcel, status="停建")).value == 5
    assert of("I-05", with_values(parcel, agreed_start_on=None)).value == 5


class TestYieldsOfFirms:
    def firm(self, key, output, **more):
        return [
            an_enterprise(key, name=key),
            an_enterprise_year(f"{key}y", enterprise=key, year=2024, land_area_used=10 * MU,
                               output_value=output * 100_000, **more),
        ]  # fmt: skip

    def test_i12_without_an_agreed_output_the_median_of_the_firms_is_the_yardstick(self):
        """§4 I-12: against the contract's output or the park's P50."""
        rows = [*self.firm("甲", 100), *self.firm("乙", 300), *self.firm("丙", 800)]
        value = of("I-12", *rows)
        assert (value.value, value.yardstick, value.band) == (400, 300, Band.GREEN)
        assert notes(value)["park_median"] == {"value": 300}
        assert of("I-12", *rows[:4]).band is Band.UNRATED
        agreed = a_parcel(area_cert=1, agreed_output_per_mu=500)
        assert of("I-12", *rows, agreed).yardstick == 500

    LAND = (
        a_parcel("L", area_cert=10_000),
        a_building("B", parcel="L", gfa_actual=15_000),
        a_lease(building="B", tenant="甲", area=1000, **FOREVER),
        an_enterprise("甲", name="甲"),
        an_enterprise_year("y", enterprise="甲", year=2024, tax_paid=1_000_000),
    )

    def test_i13_rented_space_becomes_land_by_the_plot_ratio(self):
        """§4 I-13: land used = owned + rented gfa ÷ FAR: 1,000 ÷ 1.5 ㎡ = 1 亩."""
        value = of("I-13", *self.LAND)
        assert (value.value, notes(value)["rented_land"]) == (100, {"count": 1})

    def test_i13_a_firm_with_land_of_its_own_must_say_how_much(self):
        value = of("I-13", *self.LAND, a_parcel("M", right_holder="甲"))
        assert value.value is None
        assert ("enterprise_year", "y", "land_area_used") in missing(value)

    def test_i13_a_lease_that_may_have_ended_is_no_land(self):
        open_ended = with_values(self.LAND[2], end_on=None)
        value = of("I-13", *self.LAND[:2], open_ended, *self.LAND[3:])
        assert value.value is None


class TestLandUnderABuilding:
    """US04: two seizures and one mortgage on a parcel, and I-15 follows."""

    RECORDS = tuple(clarity(Decimal(100))[1:])
    BUILDING = with_values(RECORDS[0], parcel="L")
    CLEAR = a_parcel("L", area_cert=1, seizure=False, mortgage=False, litigation=False)

    @pytest.mark.parametrize(
        ("row", "points"),
        [
            ({"kind": "查封"}, 75), ({"kind": "抵押", "mortgagee_consent": "不同意"}, 90),
            ({"kind": "抵押", "mortgagee_consent": "同意"}, 100), ({"kind": "诉讼"}, 95),
        ],
    )  # fmt: skip
    def test_us04_what_burdens_the_land_burdens_the_building(self, row, points):
        burden = an_encumbrance(parcel="L", status="有效", **row)
        assert of("I-15", self.BUILDING, self.CLEAR, burden).value == points
        assert of("I-15", self.BUILDING, self.CLEAR).value == 100

    def test_land_that_says_nothing_is_not_asked_for(self):
        value = of("I-15", self.BUILDING, a_parcel("L", area_cert=1))
        assert (value.value, missing(value)) == (100, set())

    def test_a_mortgage_of_both_needs_both_to_agree(self):
        rows = [an_encumbrance(building="B", kind="抵押", status="有效", mortgagee_consent="同意"),
                an_encumbrance("E", parcel="L", kind="抵押", status="有效")]  # fmt: skip
        value = of("I-15", self.BUILDING, self.CLEAR, *rows)
        assert (value.value, value.band) == (90, Band.GREEN)
        assert missing(value) == {("encumbrance", "E", "mortgagee_consent")}

    def test_an_acceptance_that_does_not_apply_is_none_that_lacks(self):
        building = not_applicable(self.BUILDING, "fire_accept")
        assert of("I-15", building, self.CLEAR).value == 100


class TestStays:
    def test_kaplan_meier_1958_on_the_remissions_of_freireich_1963(self):
        """6-MP group of 21, as printed in Kleinbaum & Klein, Survival Analysis, chapter 2."""
        ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
        running = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        rows = [(Decimal(t), True) for t in ended] + [(Decimal(t), False) for t in running]
        found = kaplan_meier(rows)
        assert [(int(t), str(round(s, 4))) for t, s in found.steps] == [
            (6, "0.8571"), (7, "0.8067"), (10, "0.7529"), (13, "0.6902"), (16, "0.6275"),
            (22, "0.5378"), (23, "0.4482"),
        ]  # fmt: skip
        assert found.median == 23

    def test_without_running_stays_it_is_the_plain_median(self):
        rows = [(Decimal(t), True) for t in (1, 2, 3)]
        assert kaplan_meier(rows).median == 2
        assert kaplan_meier([(Decimal(4), False)]).median is None
        assert kaplan_meier([]).steps == ()

    def test_i21_running_stays_count_as_longer_than_they_are(self):
        """§4 I-21: also the median and Kaplan-Meier with active tenancies censored."""
        ended = [
            a_lease(park="park", start_on="2020-01-01", end_on=f"202{n}-12-31") for n in (0, 2)
        ]
        running = [a_lease(park="park", start_on="2016-01-01", end_on="2030-01-01") for _ in "ab"]
        assert round(notes(of("I-21", *ended))["survival"]["median"], 2) == 1
        assert round(notes(of("I-21", *ended, running[0]))["survival"]["median"], 2) == 3
        assert "survival_open" not in notes(of("I-21", *ended, *running))
        assert "survival_open" in notes(of("I-21", ended[0], *running))


def test_i24_says_how_the_index_of_concentration_stands():
    """§4 I-24: HHI below 1,500, to 2,500, above."""
    for largest, code in (("0.2", "hhi_green"), ("0.42", "hhi_yellow"), ("0.6", "hhi_red")):
        assert code in notes(of("I-24", *tenants(Decimal(largest))[1:]))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_band_of_the_index_does_not_pass_for_the_verdict(language):
    """A park that is green by CR1 read "rated yellow by HHI"."""
    for band in ("green", "yellow", "red"):
        told = texts(language)(f"indicators.note_hhi_{band}")
        assert "CR1" in told
        assert "评为" not in told


class TestInterestCoverWithoutIncomeTax:
    """A bound has a band only where no tax of up to 25 % would change it."""

    @pytest.mark.parametrize(
        ("profit", "band"),
        [(-10, Band.RED), (0, Band.YELLOW), (70, Band.YELLOW), (74, Band.YELLOW),
         (75, Band.PENDING), (99, Band.PENDING), (100, Band.GREEN)],
    )  # fmt: skip
    def test_band_of_the_bound(self, profit, band):
        row = a_finance("F", as_of="2024-12-31", net_profit=profit, interest_expense=100)
        value = of("I-44", row)
        assert (value.value, value.band) == (Decimal(profit + 100) / 100, band)
        assert (("finance", "F", "income_tax") in missing(value)) is (band is Band.PENDING)

    def test_without_the_rate_the_bound_waits(self):
        row = a_finance(as_of="2024-12-31", net_profit=10, interest_expense=100)
        assert of("I-44", row, params={}).band is Band.PENDING


class TestUsersPerTenant:
    PARK = a_park(digital_platform_mau=10)

    def test_i50_a_lease_that_may_run_leaves_the_count_open(self):
        rows = [a_lease(park="park", tenant="T", **FOREVER), a_lease("L", park="park", tenant="U")]
        scope = Scope(a_ledger(self.PARK, rows), "park", None, AS_OF, {})
        value = evaluate(INDICATORS["I-50"], scope, {})
        assert value.value is None
        assert ("lease", "L", "end_on") in missing(value)

    def test_i50_nine_leases_that_run_do_not_make_good_for_one_that_may(self):
        """With fewer tenants below the line the platform would look busier than it is."""
        rows = [a_lease(f"L{n}", park="park", tenant=f"T{n}", **FOREVER) for n in range(9)]
        ended = a_lease("E", park="park", tenant="E", end_on="2021-01-01")
        scope = Scope(a_ledger(self.PARK, *rows, ended), "park", None, AS_OF, {})
        assert evaluate(INDICATORS["I-50"], scope, {}).value == Decimal(10) / 9
        open_ = a_lease("O", park="park", tenant="O")
        scope = Scope(a_ledger(self.PARK, *rows, ended, open_), "park", None, AS_OF, {})
        assert evaluate(INDICATORS["I-50"], scope, {}).value is None

    def test_i50_a_park_without_a_running_tenant_has_none(self):
        ended = a_lease(park="park", tenant="T", start_on="2020-01-01", end_on="2021-01-01")
        scope = Scope(a_ledger(self.PARK, ended), "park", None, AS_OF, {})
        value = evaluate(INDICATORS["I-50"], scope, {})
        assert (value.value, set(notes(value))) == (None, {"no_tenant"})
