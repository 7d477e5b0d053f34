"""Scoring of land use: E7 of domain §5e, its trend, and the standards that are shipped."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    a_building,
    a_ledger,
    a_park,
    a_park_year,
)
from tests.standards import AS_OF, E7_SCHEME, item, of, scope_of
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.intensity import intensity
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.indicators.trend import trend
from workbench.domain.standards.intensity import (
    Measure,
    Tier,
    ZoneType,
    score_zone,
    tier_of,
    zone_type_of,
)

HA = 10000
E7_YEAR = {
    "year": 2024, "built_land": 180 * HA, "ready_unsupplied": 20 * HA, "supplied_land": 190 * HA,
    "industrial_land": 110 * HA, "residential_land": 20 * HA, "idle_land": 57000,
    "gfa_total": 171 * HA, "base_area_total": 54 * HA, "ind_gfa": 104.5 * HA,
    "ind_base_area": 60.5 * HA, "fixed_investment": 660_000 * HA, "industrial_tax": 49_500 * HA,
}  # fmt: skip


def rounded(value):
    return str(round(value, 2))


class TestLandUse:
    def test_e7_land_use_score_is_84_64_with_its_sub_scores(self):
        found = intensity(scope_of(a_park(), a_park_year(**E7_YEAR)), Reading({}))
        score, _ = found
        assert {g.goal.code: rounded(g.score) for g in score.goals} == {
            "A": "91.94", "B": "66.42", "C": "70.00",
        }  # fmt: skip
        assert rounded(score.total) == "84.64"
        assert score.tier is Tier.MEDIUM
        values = {i.item.measure: i.value for g in score.goals for p in g.parts for i in p.items}
        shown = {
            m: rounded(v * (100 if v <= 1 and "far" not in m else 1)) for m, v in values.items()
        }
        assert list(shown.values()) == [
            "95.00", "94.74", "61.11", "0.95", "30.00", "0.95", "55.00", "6000.00", "450.00",
            "3.00",
        ]  # fmt: skip

    def test_the_indicator_is_the_total_with_its_tier_as_band(self):
        value = of("I-41", a_park(), a_park_year(**E7_YEAR))
        assert (rounded(value.value), value.band) == ("84.64", Band.GREEN)
        assert value.trace.parameters == {"intensity_scheme": "e7"}

    def test_what_a_year_lacks_is_named(self):
        value = of("I-41", a_park(), a_park_year("Y", **{**E7_YEAR, "gfa_total": None}))
        assert value.value is None
        assert [(m.entity, m.key, m.field) for m in value.trace.missing] == [
            ("park_year", "Y", "gfa_total")
        ]

    def test_an_extension_zone_counts_a_fifth_by_its_developed_rate(self):
        extension = {
            "ext_total_land": 100 * HA, "ext_unbuildable_land": 20 * HA,
            "ext_supply_ready_land": 40 * HA,
        }  # fmt: skip
        value = of("I-41", a_park(), a_park_year(**E7_YEAR, **extension))
        assert rounded(value.value) == rounded(Decimal("84.6352") * Decimal("0.8") + 10)

    def test_a_zone_of_another_type_asks_for_its_type(self):
        other = {**E7_YEAR, "residential_land": 60 * HA}
        value = of("I-41", a_park(), a_park_year(**other))
        assert [(m.entity, m.field) for m in value.trace.missing] == [("park", "zone_type")]
        assert of("I-41", a_park(zone_type="工业主导型"), a_park_year(**other)).value is not None
        bonded = a_park(kind="海关特殊监管区")
        assert of("I-41", bonded, a_park_year(**other)).value is not None

    def test_a_type_without_scheme_and_some_assets_have_no_score(self):
        value = of("I-41", a_park(zone_type="产城融合型"), a_park_year(**E7_YEAR))
        assert [(m.entity, m.field) for m in value.trace.missing] == [
            ("parameter", "intensity_scheme")
        ]
        building = a_building("B")
        assets = frozenset({"B"})
        assert of("I-41", a_park(), building, a_park_year(**E7_YEAR), assets=assets).value is None

    @pytest.mark.parametrize(
        ("industrial", "homes", "bonded", "expected"),
        [
            ("0.31", "0.24", False, ZoneType.INDUSTRY),
            ("0.30", "0.25", False, ZoneType.CITY),
            ("0.31", "0.25", False, ZoneType.OTHER),
            ("0.30", "0.24", False, ZoneType.OTHER),
            ("0.10", "0.10", True, ZoneType.INDUSTRY),
        ],
    )
    def test_type_of_a_zone_at_its_boundaries(self, industrial, homes, bonded, expected):
        found = zone_type_of(Decimal(industrial), Decimal(homes), Decimal(1), bonded=bonded)
        assert found is expected

    @pytest.mark.parametrize(
        ("score", "tier"),
        [("85", Tier.HIGH), ("84.99", Tier.MEDIUM), ("70", Tier.MEDIUM), ("69.99", Tier.LOW),
         ("55", Tier.LOW), ("54.99", Tier.POOR)],
    )  # fmt: skip
    def test_tiers_start_at_85_70_and_55(self, score, tier):
        assert tier_of(Decimal(score)) is tier

    @given(st.decimals(0, 10**6, places=4))
    def test_a_score_stays_between_0_and_100(self, value):
        scored = (item(Measure.FAR, "1", "1.2"), item(Measure.IDLE_RATE, "1", "0", "0.1"))
        assert all(0 <= one.score(value) <= 100 for one in scored)

    @given(st.lists(st.decimals(0, 10**4, places=3), min_size=10, max_size=10))
    def test_the_whole_stays_between_0_and_100(self, values):
        measures = [i.measure for i in E7_SCHEME.items()]
        score = score_zone(E7_SCHEME, dict(zip(measures, values, strict=True)))
        assert 0 <= score.total <= 100


class TestTrend:
    def test_each_year_stands_for_itself_and_later_ones_do_not_count(self):
        years = [
            a_park_year(year=2022, built_land=80, supplied_land=100),
            a_park_year(year=2023, built_land=85),
            a_park_year(year=2024, built_land=90, supplied_land=100),
            a_park_year(year=2026, built_land=99, supplied_land=100),
        ]
        found = trend(INDICATORS["I-31"], scope_of(a_park(), *years))
        assert found == [(2022, Decimal("0.8")), (2024, Decimal("0.9"))]

    def test_what_has_no_yearly_figures_has_no_trend(self):
        assert trend(INDICATORS["I-01"], scope_of(a_park())) == []
        year = a_park_year(year=2024, built_land=90, supplied_land=100)
        assert trend(INDICATORS["I-31"], scope_of(a_park(), year, assets=frozenset({"B"}))) == []


class TestShippedStandards:
    """What ships is what §4.1 and §4.2 print."""

    def shipped(self):
        from tests.shipped import content

        return content().standards

    def test_e7_the_shipped_scheme_of_industrial_zones_gives_84_64(self):
        scope = Scope(a_ledger(a_park(), a_park_year(**E7_YEAR)), "park", None, AS_OF, {},
                      self.shipped())  # fmt: skip
        value = evaluate(INDICATORS["I-41"], scope, {})
        assert rounded(value.value) == "84.64"

    def test_domain_4_1_the_measures_of_each_type_of_zone(self):
        """工业主导型 = I-30,31,33,06,08,34,35,36,37,39; 产城融合型 = I-30,31,06,08,38,40,39."""
        measures = {
            kind: {item.measure for item in self.shipped().scheme_for(kind).items()}
            for kind in (ZoneType.INDUSTRY, ZoneType.CITY)
        }
        both = {Measure.SUPPLY_RATE, Measure.BUILT_RATE, Measure.FAR, Measure.DENSITY,
                Measure.IDLE_RATE}  # fmt: skip
        assert measures[ZoneType.INDUSTRY] == both | {
            Measure.INDUSTRIAL_RATE, Measure.INDUSTRIAL_FAR, Measure.INDUSTRIAL_COVERAGE,
            Measure.INVESTMENT, Measure.INDUSTRIAL_TAX,
        }  # fmt: skip
        assert measures[ZoneType.CITY] == both | {Measure.TAX, Measure.POPULATION}
        for kind in measures:
            goals = self.shipped().scheme_for(kind).goals
            assert sum(g.weight for g in goals) == 1
            assert all(sum(p.weight for p in g.parts) == 1 for g in goals)

    @pytest.mark.parametrize(
        ("region", "weights", "classes"),
        [
            ("淮安市", [45, 35], ["0.2", "0.6", "0.95", "1"]),
            ("安徽省", [45, 20, 15, 15, 5], ["0.25", "0.7", "0.95", "1"]),
            ("台州市", [30, 20, 20, 10, 10], ["0.2", "0.6", "0.95", "1"]),
        ],
    )
    def test_domain_4_2_weights_and_classes_of_a_place(self, region, weights, classes):
        scheme = self.shipped().grading_for([region])
        assert [item.weight for item in scheme.items] == weights
        assert [cut.up_to for cut in scheme.cut_offs] == [Decimal(c) for c in classes]
