"""Indicators of land, title, zone and ledger: value, missing input, boundary; E0, E7, E12."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    an_encumbrance,
    an_enterprise,
    not_applicable,
    with_values,
)
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.market import industry_overlap
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.values import MU_IN_M2, mu

AS_OF = date(2025, 6, 30)
PARAMS = {"far_height_double": Decimal(8)}


def of(id_, *records, assets=None, params=PARAMS):
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(a_park(), *records), "park", keys, AS_OF, params)
    return evaluate(INDICATORS[id_], scope, {})


def missing(value):
    return {(m.entity, m.key, m.field) for m in value.trace.missing}


def notes(value):
    return {note.code: note.params for note in value.notes}


class TestE0:
    """Unit conversions and sanity of the seed figures."""

    def test_50_and_56_mu_in_square_metres(self):
        assert round(50 * MU_IN_M2, 2) == Decimal("33333.33")
        assert round(56 * MU_IN_M2, 2) == Decimal("37333.33")

    def test_37000_square_metres_at_1_5_need_37_mu(self):
        site = Decimal(37000) / Decimal("1.5")
        assert round(site, 2) == Decimal("24666.67")
        assert round(mu(site), 2) == Decimal("37.00")

    def test_277000_square_metres_on_56_mu_would_be_7_42(self):
        value = of(
            "I-06",
            a_parcel("L", area_cert=56 * MU_IN_M2),
            a_building(parcel="L", gfa_actual=277000),
        )
        assert round(value.value, 2) == Decimal("7.42")

    @pytest.mark.parametrize(
        ("per_hectare", "per_mu"), [("8984.3", "598.95"), ("678.99", "45.27"), ("539.96", "36.00")]
    )
    def test_per_hectare_is_fifteen_times_per_mu(self, per_hectare, per_mu):
        amount = Decimal(per_hectare) * 10000
        land = Decimal(10000)
        year = a_park_year(
            year=2024, fixed_investment=amount, industrial_land=land, industrial_tax=amount
        )
        assert of("I-36", year).value == Decimal(per_hectare)
        assert round(of("I-11", year).value, 2) == Decimal(per_mu)


class TestPlotRatio:
    def test_e12_storeys_above_8_metres_count_double(self):
        records = [
            a_parcel("L", area_cert=20000),
            a_building(parcel="L", gfa_actual=4000),
            a_building(parcel="L", gfa_actual=6000, floor_height=9),
        ]
        assert of("I-06", *records).value == Decimal("0.8")
        records[2] = with_values(records[2], floor_height=8)
        assert of("I-06", *records).value == Decimal("0.5")

    def test_the_height_limit_is_a_parameter(self):
        records = [
            a_parcel("L", area_cert=20000),
            a_building(parcel="L", gfa_actual=6000, floor_height=9),
        ]
        value = of("I-06", *records, params={})
        assert value.value is None
        assert ("parameter", "", "far_height_double") in missing(value)
        assert of("I-06", *records).trace.parameters == {"far_height_double": 8}

    @pytest.mark.parametrize(
        ("floors", "band"), [(1000, Band.GREEN), (600, Band.YELLOW), (599, Band.RED)]
    )
    def test_bands_start_at_1_0_and_0_6(self, floors, band):
        value = of("I-06", a_parcel("L", area_cert=1000), a_building(parcel="L", gfa_actual=floors))
        assert value.band is band

    def test_a_building_without_floor_area_is_named(self):
        value = of("I-06", a_parcel("L", area_cert=1000), a_building("B", parcel="L"))
        assert value.value is None
        assert missing(value) == {("building", "B", "gfa_actual")}

    def test_the_stated_ratio_stands_in_where_no_building_is_on_record(self):
        value = of(
            "I-06", a_parcel("L", area_cert=1000, far=1.2), a_parcel("M", area_cert=1000, far=0.8)
        )
        assert value.value == 1
        assert notes(value) == {"stated_parcels": {"count": 2}}

    def test_unbuilt_land_counts_as_empty_and_unsupplied_land_not_at_all(self):
        value = of(
            "I-06",
            a_parcel("L", area_cert=1000, far=1.0),
            a_parcel("M", area_cert=1000, status="供而未用"),
            a_parcel("N", area_cert=8000, status="批而未供"),
        )
        assert value.value == Decimal("0.5")

    def test_buildings_without_a_parcel_count_for_the_park(self):
        value = of("I-06", a_parcel("L", area_cert=1000), a_building(gfa_actual=500))
        assert value.value == Decimal("0.5")

    def test_one_chosen_building_still_has_the_ratio_of_its_whole_parcel(self):
        value = of(
            "I-06",
            a_parcel("L", area_cert=1000),
            a_building("B", parcel="L", gfa_actual=500),
            a_building("C", parcel="L", gfa_actual=500),
            assets=["B"],
        )
        assert value.value == 1

    def test_the_gap_is_to_the_planned_maximum_and_never_negative(self):
        land = a_parcel("L", area_cert=1000, plan_far_max=2)
        assert of("I-07", land, a_building(parcel="L", gfa_actual=500)).value == Decimal("1.5")
        assert of("I-07", land, a_building(parcel="L", gfa_actual=2500)).value == 0
        value = of("I-07", a_parcel("L", area_cert=1000, far=1))
        assert missing(value) == {("parcel", "L", "plan_far_max")}


class TestCoverOfLand:
    @pytest.mark.parametrize(
        ("base", "band"),
        [(299, Band.YELLOW), (300, Band.GREEN), (500, Band.GREEN), (501, Band.YELLOW)],
    )
    def test_density_is_best_between_30_and_50_percent(self, base, band):
        value = of("I-08", a_parcel("L", area_cert=1000), a_building(parcel="L", base_area=base))
        assert value.value == Decimal(base) / 1000
        assert value.band is band

    def test_density_needs_every_footprint(self):
        value = of("I-08", a_parcel("L", area_cert=1000), a_building("B", parcel="L"))
        assert missing(value) == {("building", "B", "base_area")}

    def test_coverage_takes_the_yearly_figure_with_yards(self):
        value = of("I-09", a_park_year(year=2024, ind_base_area=55, industrial_land=100))
        assert (value.value, value.band) == (Decimal("0.55"), Band.GREEN)
        assert notes(value) == {"by_year": {"year": 2024}}

    def test_coverage_from_buildings_alone_is_a_bound_and_only_settles_green(self):
        land = a_parcel("L", area_cert=1000)
        enough = of("I-09", land, a_building(parcel="L", base_area=400))
        assert (enough.value, enough.band) == (Decimal("0.4"), Band.GREEN)
        short = of("I-09", land, a_building(parcel="L", base_area=399))
        assert (short.value, short.band) == (Decimal("0.399"), Band.PENDING)
        assert "without_yards" in notes(short)
        assert of("I-09", land).value is None

    def test_coverage_counts_structures_and_yards_where_every_parcel_says_both(self):
        land = a_parcel("L", area_cert=1000, structures_area=30, yards_area=20)
        building = a_building(parcel="L", base_area=349)
        value = of("I-09", land, building)
        assert (value.value, value.band) == (Decimal("0.399"), Band.YELLOW)
        assert "without_yards" not in notes(value)
        half = of("I-09", a_parcel("L", area_cert=1000, structures_area=30), building)
        assert missing(half) == {("parcel", "L", "yards_area")}

    def test_living_land_that_was_measured_comes_before_floor_area(self):
        land = a_parcel("L", land_use="工业", area_cert=1000, living_land=71)
        value = of("I-10", land, a_building(parcel="L", kind="标准厂房", gfa_actual=930))
        assert (value.value, value.band) == (Decimal("0.071"), Band.YELLOW)
        assert notes(value) == {}

    def test_living_facilities_by_floor_area_on_industrial_land(self):
        records = [
            a_parcel("L", land_use="工业"),
            a_building(parcel="L", kind="标准厂房", gfa_actual=930),
            a_building(parcel="L", kind="宿舍", gfa_actual=70),
        ]
        value = of("I-10", *records)
        assert (value.value, value.band) == (Decimal("0.07"), Band.GREEN)
        assert of("I-10", *records, a_building("B", parcel="L", gfa_actual=500)).value is None
        assert of("I-10", a_parcel("L", land_use="商服")).value is None


class TestIdleLand:
    @pytest.mark.parametrize(
        ("since", "months", "band"),
        [
            ("2024-07-01", 11, Band.GREEN),
            ("2024-06-30", 12, Band.YELLOW),
            ("2023-06-30", 24, Band.RED),
        ],
    )
    def test_legal_bands_at_12_and_24_months(self, since, months, band):
        value = of("I-05", a_parcel("L", status="闲置", idle_since=since))
        assert (value.value, value.band) == (months, band)

    def test_land_not_started_counts_from_its_agreed_date(self):
        value = of("I-05", a_parcel("L", status="供而未用", agreed_start_on="2023-12-30"))
        assert value.value == 18

    def test_it_is_weighted_by_the_idle_land_only(self):
        value = of(
            "I-05",
            a_parcel(area_cert=300, status="闲置", idle_since="2024-06-30"),
            a_parcel(area_cert=100, status="停建", idle_since="2023-06-30"),
            a_parcel(area_cert=9000, status="已建成"),
        )
        assert value.value == 15
        assert notes(value)["idle_parcels"] == {"count": 2, "longest": 24}

    def test_land_in_use_is_not_idle_and_a_blank_status_is_unknown(self):
        assert of("I-05", a_parcel(status="已建成")).value == 0
        assert missing(of("I-05", a_parcel("L"))) == {("parcel", "L", "status")}
        assert missing(of("I-05", a_parcel("L", status="闲置"))) == {("parcel", "L", "idle_since")}


class TestTenure:
    def test_years_are_days_over_365_25_weighted_by_land(self):
        value = of("I-14", a_parcel(end_on="2040-06-30"))
        assert value.value == Decimal(5479) / Decimal("365.25")
        assert value.band is Band.YELLOW

    def test_weights(self):
        near, far = (
            a_parcel(area_cert=300, end_on="2026-06-30"),
            a_parcel(area_cert=100, end_on="2030-06-30"),
        )
        expected = (300 * Decimal(365) + 100 * Decimal(1826)) / 400 / Decimal("365.25")
        assert of("I-14", near, far).value == pytest.approx(expected, rel=Decimal("1e-20"))

    @pytest.mark.parametrize(
        ("end", "band"),
        [("2055-07-01", Band.GREEN), ("2055-06-29", Band.YELLOW), ("2040-06-29", Band.RED)],
    )
    def test_bands_start_at_30_and_15_years(self, end, band):
        assert of("I-14", a_parcel(end_on=end)).band is band

    def test_an_expired_right_is_negative_not_zero(self):
        assert of("I-14", a_parcel(end_on="2024-06-30")).value < 0

    def test_allocated_land_has_no_term(self):
        value = of("I-14", a_parcel(obtain_mode="划拨"), a_parcel(end_on="2040-06-30"))
        assert value.value is not None
        assert notes(value) == {"termless": {"count": 1}}
        assert of("I-14", not_applicable(a_parcel(), "end_on")).value is None

    def test_the_end_date_is_needed(self):
        assert ("parcel", "L", "end_on") in missing(of("I-14", a_parcel("L")))


CLEAR = {
    "gfa_cert": 1000, "gfa_actual": 1000, "cert_status": "已办结", "seizure": False,
    "mortgage": False, "litigation": False, "planning_accept": "通过", "fire_accept": "通过",
    "completion_accept": "不适用",
}  # fmt: skip


class TestTitle:
    def test_a_clear_building_has_100_points(self):
        value = of("I-15", a_building("B", **CLEAR))
        assert (value.value, value.band) == (100, Band.GREEN)

    @pytest.mark.parametrize(
        ("flaw", "points"),
        [
            ({"cert_status": "办理中"}, 65),
            ({"gfa_actual": 960}, 90),
            ({"seizure": True}, 75),
            ({"mortgage": True}, 90),
            ({"fire_accept": "未办"}, 85),
            ({"litigation": True}, 95),
        ],
    )
    def test_each_flaw_takes_its_points(self, flaw, points):
        assert of("I-15", a_building("B", **CLEAR | flaw)).value == points

    def test_a_mortgage_with_consent_takes_nothing(self):
        row = an_encumbrance(building="B", kind="抵押", status="有效", mortgagee_consent="同意")
        assert of("I-15", a_building("B", **CLEAR), row).value == 100
        refused = with_values(row, mortgagee_consent="不同意")
        assert of("I-15", a_building("B", **CLEAR), refused).value == 90

    def test_what_is_not_known_scores_nothing_and_leaves_the_band_open(self):
        value = of("I-15", a_building("B", **CLEAR | {"seizure": None}))
        assert (value.value, value.band) == (75, Band.PENDING)
        assert notes(value) == {"unknown_items": {"count": 1}}
        assert ("building", "B", "seizure") in missing(value)

    def test_a_blank_that_cannot_change_the_band_leaves_it_settled(self):
        value = of("I-15", a_building("B", **CLEAR | {"litigation": None}))
        assert (value.value, value.band) == (95, Band.GREEN)

    def test_nothing_known_is_no_score(self):
        assert of("I-15", a_building("B", gfa_actual=1)).value is None
        assert of("I-15").value is None

    def test_land_alone_is_scaled_to_100(self):
        land = a_parcel(
            area_cert=1, area_actual=1, cert_kind="不动产权证", seizure=False, mortgage=False,
            litigation=False,
        )  # fmt: skip
        assert of("I-15", land).value == 100

    def test_a_seized_building_makes_its_whole_parcel_count(self):
        value = of(
            "I-16",
            a_parcel("L", area_cert=300, seizure=False),
            a_parcel("M", area_cert=100, seizure=False),
            a_building("B", parcel="M", seizure=False),
            an_encumbrance(building="B", kind="轮候查封", status="有效"),
        )
        assert (value.value, value.band) == (Decimal("0.25"), Band.RED)

    @pytest.mark.parametrize(
        ("area", "band"), [(0, Band.GREEN), (100, Band.YELLOW), (101, Band.RED)]
    )
    def test_seizure_bands_end_at_0_and_10_percent(self, area, band):
        seized = [a_parcel(area_cert=area, seizure=True)] if area else []
        value = of("I-16", a_parcel(area_cert=1000 - area, seizure=False), *seized)
        assert value.band is band

    def test_a_released_or_future_seizure_does_not_count(self):
        land = a_parcel("L", area_cert=100)
        released = an_encumbrance(parcel="L", kind="查封", status="已解除")
        assert of("I-16", land, released).value == 0
        future = an_encumbrance(parcel="L", kind="查封", status="有效", start_on="2025-07-01")
        assert of("I-16", land, future).value == 0

    def test_no_row_and_no_statement_is_unknown(self):
        value = of("I-16", a_parcel("L", area_cert=100))
        assert value.value is None
        assert missing(value) == {("parcel", "L", "seizure")}

    def test_a_statement_about_the_land_answers_for_a_blank_building(self):
        land = a_parcel("L", area_cert=100, seizure=False)
        assert of("I-16", land, a_building("B", parcel="L")).value == 0
        assert of("I-16", land, a_building("B", parcel="L", seizure=True)).value == 1

    def test_buildings_without_land_count_by_floor_area(self):
        value = of(
            "I-16",
            a_building(gfa_actual=100, seizure=True),
            a_building(gfa_actual=300, seizure=False),
        )
        assert value.value == Decimal("0.25")
        assert "seized_by_floor" in notes(value)


E7_YEAR = {
    "built_land": 180, "ready_unsupplied": 20, "supplied_land": 190, "supply_ready_land": 200,
    "industrial_land": 110, "idle_land": "5.7", "ind_gfa": "104.5", "ind_base_area": "60.5",
}  # fmt: skip


class TestZone:
    """E7: A=180 B21=20 D=190 A2=110 G=5.7 ha; 104.5 and 60.5 万㎡; 660,000 and 49,500 万元."""

    @pytest.mark.parametrize(
        ("id_", "expected"),
        [
            ("I-30", "0.9500"), ("I-31", "0.9474"), ("I-33", "0.6111"), ("I-34", "0.95"),
            ("I-35", "0.5500"), ("I-36", "6000"), ("I-37", "450"), ("I-39", "0.03"),
        ],
    )  # fmt: skip
    def test_e7_ratios(self, id_, expected):
        hectares = {name: Decimal(value) * 10000 for name, value in E7_YEAR.items()}
        year = a_park_year(
            year=2024, fixed_investment=6_600_000_000, industrial_tax=495_000_000, **hectares
        )
        assert round(of(id_, year).value, 4) == Decimal(expected)

    def test_development_leaves_unbuildable_land_out(self):
        year = a_park_year(year=2024, supply_ready_land=80, total_land=120, unbuildable_land=20)
        assert of("I-32", year).value == Decimal("0.8")

    def test_the_newest_complete_year_up_to_the_date_is_used(self):
        years = [
            a_park_year(year=2023, supplied_land=80, supply_ready_land=100),
            a_park_year(year=2024, supplied_land=90),
            a_park_year(year=2026, supplied_land=10, supply_ready_land=100),
        ]
        value = of("I-30", *years)
        assert value.value == Decimal("0.8")
        assert notes(value) == {"by_year": {"year": 2023}}

    def test_missing_figures_are_named_on_the_newest_year(self):
        summed = a_park_year(year=2024, supplied_land=90, built_land=80, ready_unsupplied=20)
        assert of("I-30", summed).value == Decimal("0.9")  # D/(A+B21)
        value = of("I-30", a_park_year("Y", year=2024, supplied_land=90))
        assert missing(value) == {("park_year", "Y", "supply_ready_land")}
        assert missing(of("I-30")) == {
            ("park_year", "", "supplied_land"),
            ("park_year", "", "supply_ready_land"),
        }

    def test_a_zero_denominator_gives_no_ratio(self):
        value = of("I-31", a_park_year(year=2024, built_land=1, supplied_land=0))
        assert value.value is None
        assert "zero_base" in notes(value)

    @pytest.mark.parametrize(("idle", "band"), [(0, Band.GREEN), (2, Band.YELLOW), (3, Band.RED)])
    def test_idle_land_bands(self, idle, band):
        assert of("I-39", a_park_year(year=2024, idle_land=idle, supplied_land=100)).band is band

    def test_residents_per_hectare(self):
        year = a_park_year(year=2024, resident_pop=500, built_land=100000)
        assert of("I-40", year).value == 50

    def test_yearly_figures_say_nothing_about_single_assets(self):
        year = a_park_year(year=2024, supplied_land=80, supply_ready_land=100)
        assert of("I-30", year, a_building("B"), assets=["B"]).value is None


def test_e12_industry_overlap_is_0_70():
    ours = dict(zip("abcd", map(Decimal, ("0.5", "0.3", "0.2", "0")), strict=True))
    theirs = dict(zip("abcd", map(Decimal, ("0.4", "0.2", "0.1", "0.3")), strict=True))
    assert industry_overlap(ours, theirs) == Decimal("0.70")


class TestOverlap:
    def leases(self, park, **areas):
        return [
            a_lease(park=park, area=area, industry=name, start_on="2024-01-01", end_on="2026-01-01")
            for name, area in areas.items()
        ]

    def test_the_other_parks_of_the_project_are_the_neighbours(self):
        other = a_park("other", code="P-02", name="乙园")
        leases = self.leases("park", 机械=60, 电子=40) + self.leases("other", 机械=30, 食品=70)
        value = of("I-25", other, leases)
        assert (value.value, value.band) == (Decimal("0.3"), Band.GREEN)

    def test_without_a_neighbour_it_is_unknown(self):
        value = of("I-25", self.leases("park", 机械=60))
        assert value.value is None
        assert "no_neighbour" in notes(value)


class TestCompleteness:
    def test_it_is_filled_over_applicable_fields(self):
        park = a_park(kind="经开区", city_tier="县城")
        building = a_building("B", kind="仓库", rentable_area=1)
        scope = Scope(a_ledger(park, building), "park", None, AS_OF, {})
        value = evaluate(INDICATORS["I-52"], scope, {})
        assert notes(value)["completeness"] == {"filled": 4, "applicable": 9}
        assert (value.value, value.band) == (Decimal(4) / 9, Band.RED)

    def test_fields_that_do_not_apply_are_left_out(self):
        building = not_applicable(a_building("B", kind="仓库"), "rentable_area")
        with_it = of("I-52", building)
        without = of("I-52", a_building("B", kind="仓库"))
        assert notes(with_it)["completeness"]["applicable"] == (
            notes(without)["completeness"]["applicable"] - 1
        )

    def test_each_blank_is_named(self):
        value = of("I-52", a_building("B"), an_enterprise("E", name="甲"))
        assert {("building", "B", "fire_accept"), ("enterprise", "E", "status")} <= missing(value)

    def test_an_empty_ledger_is_unknown(self):
        assert of("I-52").value is None
