"""Indicators of the whole zone, of overlap and of the ledger: E7, E12 and their boundaries."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_lease,
    a_ledger,
    a_park,
    a_park_year,
    an_enterprise,
    not_applicable,
)
from tests.indicator_rig import AS_OF, missing, notes, of
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.market import industry_overlap
from workbench.domain.indicators.registry import INDICATORS

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

    def test_neighbours_of_which_too_little_is_known_are_not_called_missing(self):
        other = a_park("other", code="P-02", name="乙园")
        untold = a_lease(park="other", area=5, start_on="2024-01-01", end_on="2026-01-01")
        value = of("I-25", other, self.leases("park", 机械=60), untold)
        assert value.value is None
        assert {*notes(value)} == {"neighbours_unknown"}


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
