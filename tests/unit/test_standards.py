"""Scoring of land use and grading of firms: E7 and E8 of domain §5e, sums and bounds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    a_building,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    a_record,
    an_enterprise,
    an_enterprise_year,
)
from tests.standards import E7_SCHEME, STANDARDS, WORDS, a_scheme, item
from workbench.domain.conditions import parse
from workbench.domain.figures.grading import grade_firms
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Band, evaluate
from workbench.domain.indicators.intensity import intensity
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.indicators.trend import trend
from workbench.domain.standards.grading import (
    Candidate,
    GradeItem,
    GradeMethod,
    GradeRule,
    Ratio,
    Yield,
    grade,
)
from workbench.domain.standards.intensity import (
    Measure,
    Tier,
    ZoneType,
    score_zone,
    tier_of,
    zone_type_of,
)

AS_OF = date(2025, 6, 30)
HA = 10000
E7_YEAR = {
    "year": 2024, "built_land": 180 * HA, "ready_unsupplied": 20 * HA, "supplied_land": 190 * HA,
    "industrial_land": 110 * HA, "residential_land": 20 * HA, "idle_land": 57000,
    "gfa_total": 171 * HA, "base_area_total": 54 * HA, "ind_gfa": 104.5 * HA,
    "ind_base_area": 60.5 * HA, "fixed_investment": 660_000 * HA, "industrial_tax": 49_500 * HA,
}  # fmt: skip


def scope_of(*records, assets=None):
    return Scope(a_ledger(*records), "park", assets, AS_OF, {}, STANDARDS)


def of(id_, *records, assets=None):
    return evaluate(INDICATORS[id_], scope_of(*records, assets=assets), {})


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


E8 = {
    "甲": (60, 4200), "乙": (20, 900), "丙": (35, 1225), "丁": (12, 120), "戊": (50, 2500),
    "己": (80, 2000), "庚": (15, 675), "辛": (25, 375), "壬": (40, 3000), "癸": (30, 60),
}  # fmt: skip


def a_candidate(name, mu, tax, code="", **more):
    yields = {Yield.TAX_PER_MU: Ratio(tax and Decimal(tax), mu and Decimal(mu))}
    return Candidate(name, name, code, tax and Decimal(tax), yields, **more)


def e8(method=GradeMethod.BENCHMARK_RATIO, order=None, **more):
    firms = [a_candidate(name, mu, tax) for name, (mu, tax) in E8.items()]
    return grade(a_scheme(method, **more), order(firms) if order else firms)


class TestGrading:
    def test_e8_ten_firms_against_twice_the_mean(self):
        found = e8(cap=None)
        assert rounded(found.bases[Yield.TAX_PER_MU] / 2) == "41.02"
        points = {f.candidate.name: round(f.points, 1) for f in found.firms}
        assert (str(points["壬"]), str(points["癸"])) == ("91.4", "2.4")
        classes = "".join(f.candidate.name for f in found.firms)
        assert classes == "壬甲戊乙庚丙己辛丁癸"
        assert [found.count(name) for name in "ABCD"] == [2, 4, 3, 1]

    def test_e8_between_least_and_most(self):
        points = {f.candidate.name: round(f.points, 1) for f in e8(GradeMethod.MINMAX_20_80).firms}
        assert (points["壬"], str(points["甲"]), points["癸"]) == (100, "94.5", 20)

    def test_e8_a_tie_goes_to_the_larger_total_tax_then_to_the_credit_code(self):
        assert E8["乙"][1] / E8["乙"][0] == E8["庚"][1] / E8["庚"][0] == 45
        for order in (list, reversed):
            names = [f.candidate.name for f in e8(order=order).firms]
            assert names.index("乙") < names.index("庚")
        same = [a_candidate("后", 10, 100, "9134"), a_candidate("先", 10, 100, "9133")]
        assert [f.candidate.name for f in grade(a_scheme(), same).firms] == ["先", "后"]

    def test_a_ratio_is_capped_at_1_unless_the_scheme_says_otherwise(self):
        base = (GradeItem(Yield.TAX_PER_MU, Decimal(45), base=Decimal("24.097")),)
        firm = a_candidate("甲", 10, "4819.4")
        assert grade(a_scheme(items=base), [firm]).firms[0].points == 45
        free = grade(a_scheme(items=base, cap=None), [firm]).firms[0].points
        assert rounded(free) == rounded(45 * Decimal("4819.4") / 10 / Decimal("24.097"))

    def test_a_firm_without_an_input_waits_and_takes_no_place(self):
        found = grade(a_scheme(), [a_candidate("甲", None, 100), a_candidate("乙", 10, 100)])
        assert [(f.candidate.name, f.rank) for f in found.firms] == [("乙", 1), ("甲", None)]
        waiting = found.firms[1]
        assert (waiting.grade, waiting.missing) == (None, (Yield.TAX_PER_MU,))

    def test_exempt_firms_are_not_graded_and_bonus_points_are_added(self):
        exempt = GradeRule(WORDS, parse("firm.land_mu < 3"))
        bonus = GradeRule(WORDS, parse("firm.hightech"), Decimal(2))
        scheme = a_scheme(exemptions=(exempt,), adjustments=(bonus,), exempt_grade="T")
        small = a_candidate("小", 2, 900, exempt=(True,), adjust=(None,))
        high = a_candidate("高", 10, 100, exempt=(False,), adjust=(True,))
        plain = a_candidate("平", 10, 100, exempt=(None,), adjust=(False,))
        found = {f.candidate.name: f for f in grade(scheme, [small, high, plain]).firms}
        assert (found["小"].grade, found["小"].points, found["小"].exempt_by) == ("T", None, WORDS)
        assert found["高"].points - found["平"].points == 2

    def test_firms_that_are_all_alike_all_have_full_points(self):
        firms = [a_candidate("甲", 10, 100), a_candidate("乙", 10, 100)]
        points = [f.points for f in grade(a_scheme(GradeMethod.MINMAX_20_80), firms).firms]
        assert points == [100, 100]

    @given(st.permutations(list(E8)))
    def test_any_order_of_firms_gives_the_same_classes(self, names):
        expected = [(f.candidate.name, f.grade) for f in e8().firms]
        found = grade(a_scheme(), [a_candidate(name, *E8[name]) for name in names])
        assert [(f.candidate.name, f.grade) for f in found.firms] == expected


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


class TestFirmsOfAPark:
    def graded(self, *records, scheme=None):
        reading = Reading({})
        found = grade_firms(scope_of(a_park(), *records), reading, scheme or a_scheme())
        return {f.candidate.name: f for f in found.firms}, reading

    def test_land_is_what_the_ledger_says(self):
        firm = an_enterprise("E", name="甲")
        year = an_enterprise_year(
            enterprise="E", year=2024, land_area_used=Decimal(20000) / 3, tax_paid=1_000_000
        )
        found, reading = self.graded(firm, year)
        ratio = found["甲"].candidate.yields[Yield.TAX_PER_MU]
        assert (ratio.upper, round(ratio.lower, 6)) == (100, 10)
        assert {cell.field for cell in reading.inputs} >= {"land_area_used", "tax_paid", "year"}

    def test_rented_floor_area_becomes_land_by_the_plot_ratio(self):
        records = [
            a_parcel("L", area_cert=10000),
            a_building("B", parcel="L", gfa_actual=15000, rentable_area=15000),
            an_enterprise("E", name="甲"),
            an_enterprise_year(enterprise="E", year=2024, tax_paid=1_000_000),
            a_lease(building="B", tenant="E", area=3000, start_on="2024-01-01",
                    end_on="2026-12-31"),
            a_lease(building="B", tenant="E", area=9000, start_on="2020-01-01",
                    end_on="2021-12-31"),
        ]  # fmt: skip
        found, _ = self.graded(*records)
        assert round(found["甲"].candidate.yields[Yield.TAX_PER_MU].lower, 6) == 3

    def test_a_firm_without_land_waits_and_one_that_left_is_not_listed(self):
        found, _ = self.graded(
            an_enterprise("E", name="甲"),
            an_enterprise("F", name="乙", moved_out_on="2024-12-31"),
            an_enterprise_year(enterprise="E", year=2024, tax_paid=1),
        )
        assert {name: f.grade for name, f in found.items()} == {"甲": None}

    def test_rules_speak_of_the_firm(self):
        rules = ["firm.scale == '规下' and firm.land_mu < 3", "firm.months_in_park < 48",
                 "firm.hightech", "firm.industry > 3"]  # fmt: skip
        scheme = a_scheme(exemptions=tuple(GradeRule(WORDS, parse(rule)) for rule in rules))
        firm = an_enterprise(
            "E", name="甲", scale="规下", moved_in_on="2021-06-30", industry_name="食品"
        )
        year = an_enterprise_year(
            enterprise="E", year=2024, land_area_used=Decimal(2000), tax_paid=1_000_000
        )
        found, _ = self.graded(firm, year, scheme=scheme)
        assert found["甲"].candidate.exempt == (False, False, None, None)


def a_facility(key="", **values):
    return a_record("facility", key, park="park", **values)


POWER = {"kind": "供电", "status": "正常", "capacity": 80, "required": 100}
ROAD = {"kind": "道路", "status": "正常"}


class TestFacilities:
    def test_each_required_kind_counts_by_its_weight_up_to_what_is_required(self):
        value = of("I-29", a_park(), a_facility(**POWER), a_facility(**ROAD))
        assert (value.value, value.band) == (Decimal(88), Band.GREEN)
        assert value.notes[0].params == {"count": 2, "unmet": 1}

    @pytest.mark.parametrize(("capacity", "band"), [("66.67", Band.GREEN), ("66.66", Band.YELLOW)])
    def test_bands_start_at_80(self, capacity, band):
        power = {**POWER, "capacity": Decimal(capacity)}
        value = of("I-29", a_park(), a_facility(**power), a_facility(**ROAD))
        assert value.band is band

    def test_more_than_required_does_not_make_up_for_another(self):
        power = {**POWER, "capacity": 900}
        road = {**ROAD, "status": "停用"}
        value = of("I-29", a_park(), a_facility(**power), a_facility(**road))
        assert value.value == 60

    def test_a_kind_without_record_or_capacity_is_not_known(self):
        value = of("I-29", a_park(), a_facility(**POWER))
        assert value.value is None
        power = {**POWER, "required": None}
        value = of("I-29", a_park(), a_facility("P", **power), a_facility(**ROAD))
        assert [(m.key, m.field) for m in value.trace.missing] == [("P", "required")]

    def test_a_lead_industry_may_need_more(self):
        park = a_park(lead_industries=["精细化工"])
        rows = [a_facility(**POWER), a_facility(**ROAD)]
        assert of("I-29", park, *rows).value is None
        waste = a_facility(kind="固废", status="规划")
        assert of("I-29", park, *rows, waste).value == 44


class TestPlatformsAndAsleepAssets:
    def test_platforms_with_contracts_over_all(self):
        value = of("I-49", a_park(innovation_platforms=5, platforms_with_contracts=1))
        assert (value.value, value.band) == (Decimal("0.2"), Band.YELLOW)
        value = of("I-49", a_park(innovation_platforms=10, platforms_with_contracts=1))
        assert value.band is Band.RED
        assert of("I-49", a_park(innovation_platforms=5)).trace.missing[0].field == (
            "platforms_with_contracts"
        )
        none = of("I-49", a_park(innovation_platforms=0, platforms_with_contracts=0))
        assert (none.value, [n.code for n in none.notes]) == (None, ["no_platform"])

    def test_asleep_book_value_with_renewal_and_its_return(self):
        value = of(
            "I-51",
            a_park(),
            a_building(use_status="空置", net_value=100),
            a_building(use_status="出租", net_value=600, revived_on="2024-05-01",
                       revival_income=30),
            a_building(use_status="自用", net_value=200, revived_on="2026-01-01"),
            a_parcel(status="闲置", net_value=100),
            a_parcel(status="已建成"),
        )  # fmt: skip
        assert (value.value, value.band) == (Decimal("0.2"), Band.YELLOW)
        notes = {note.code: note.params for note in value.notes}
        assert notes["renewal_return"] == {
            "share": Decimal("0.75"), "return_share": Decimal("0.05"),
        }  # fmt: skip
        assert notes["land_without_value"] == {"count": 1}

    def test_a_building_without_state_or_value_is_named(self):
        value = of("I-51", a_park(), a_building("B", net_value=100), a_building("C"))
        assert value.value is None
        assert {(m.key, m.field) for m in value.trace.missing} == {
            ("B", "use_status"), ("C", "net_value"), ("C", "use_status"),
        }  # fmt: skip

    @pytest.mark.parametrize(("asleep", "band"), [(10, Band.GREEN), (11, Band.YELLOW)])
    def test_asleep_share_is_green_up_to_a_tenth(self, asleep, band):
        records = [
            a_building(use_status="停用", net_value=asleep),
            a_building(use_status="出租", net_value=100 - asleep),
        ]
        assert of("I-51", a_park(), *records).band is band


class TestShippedStandards:
    """What ships is what §4.1 and §4.2 print."""

    def shipped(self):
        from tests.report_rig import content

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
