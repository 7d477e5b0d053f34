"""Indicators of land, title, zone and ledger: value, missing input, boundary; E0, E7, E12."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_parcel,
    a_park_year,
    with_values,
)
from tests.indicator_rig import missing, notes, of
from workbench.domain.indicators.indicator import Band
from workbench.domain.values import MU_IN_M2, mu


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

    def test_land_for_other_uses_is_left_out_of_living_land_and_said_so(self):
        records = [
            a_parcel("L", land_use="工业", area_cert=1000),
            a_parcel("M", land_use="商服", area_cert=900),
            a_building("A", parcel="L", kind="标准厂房", gfa_actual=1000),
            a_building("B", parcel="M", kind="宿舍", gfa_actual=700),
            a_building("C", parcel="M", kind="研发办公", gfa_actual=300),
        ]
        value = of("I-10", *records)
        assert value.value == 0
        assert notes(value)["other_uses"] == {"count": 1, "buildings": 1}
        assert "other_uses" not in notes(of("I-10", records[0], records[2]))

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


def test_the_ratios_of_a_building_say_that_its_neighbours_on_the_land_count_too():
    """2.90 stood for a building of 21,450 ㎡ on 16,400 ㎡, which alone would come to 1.31."""
    records = [
        a_parcel("L", area_cert=10000),
        a_building("A", parcel="L", gfa_actual=13000, base_area=2000),
        a_building("B", parcel="L", gfa_actual=16000, base_area=3000),
    ]
    found = of("I-06", *records, assets=["A"])
    assert found.value == Decimal("2.9")
    assert notes(found)["whole_parcels"] == {"count": 1}
    assert "whole_parcels" not in notes(of("I-06", *records, assets=["L"]))
    assert "whole_parcels" not in notes(of("I-06", *records))
