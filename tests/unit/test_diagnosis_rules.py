"""The shipped rules against the table of domain §5a: points, thresholds on both sides, pathways."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from tests.builders import (
    a_building,
    a_demand,
    a_ledger,
    a_parcel,
    a_park,
    a_record,
    a_valuation,
    an_enterprise,
    an_enterprise_year,
)
from tests.shipped import content
from tests.standards import STANDARDS
from workbench.domain.conditions import parse
from workbench.domain.diagnosis.measures import asks_not, measured_in
from workbench.domain.diagnosis.rules import Causality, SeverityLevel
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.registry import INDICATORS, evaluate
from workbench.domain.pathways.pathway import Layer

RULES = content().diagnosis
LESS, LEAST, MORE = "<", "≥", ">"
STEP = Decimal("0.0001")
AS_OF = date(2025, 6, 30)
MEASURED = {
    "D1-1": ("I_01", LESS, "0.60", 40),
    "D1-2": ("I_28", LESS, "0.5", 25),
    "D1-3": ("I_04", MORE, "18", 15),
    "D1-4": ("demand.lost_for_specification", LEAST, "3", 20),
    "D2-1": ("I_25", MORE, "0.6", 40),
    "D2-2": ("I_26", LESS, "0.50", 25),
    "D2-3": ("park.same_industry_nearby", LEAST, "3", 20),
    "D2-4": ("I_20", LESS, "-0.15", 15),
    "D3-1": ("I_27", MORE, "0.50", 40),
    "D3-2": ("park.months_to_policy_end", "≤", "12", 20),
    "D3-3": ("tenant.policy_exit_share", MORE, "0.40", 25),
    "D3-4": ("I_21", LESS, "2.7", 15),
    "D4-1": ("I_29", LESS, "60", 45),
    "D4-4": ("facility.beds_per_employee", LESS, "0.1", 15),
    "D6-3": ("I_05", LEAST, "12", 30),
    "D6-5": ("I_14", LESS, "15", 10),
    "D7-1": ("I_42", MORE, "0.70", 30),
    "D7-2": ("I_43", LESS, "0.5", 25),
    "D7-3": ("I_44", LESS, "1", 20),
    "D7-4": ("I_17", MORE, "0.80", 15),
    "D8-1": ("I_49", LESS, "0.20", 40),
    "D8-3": ("I_50", LESS, "0.2", 20),
    "D8-4": ("innovation.platforms_without_operator", MORE, "0", 10),
    "D9-1": ("I_23", MORE, "0.40", 30),
    "D9-2": ("I_24", MORE, "0.40", 30),
    "D9-3": ("I_18", LESS, "0.85", 30),
    "D9-4": ("lease.related_party_share", MORE, "0.30", 10),
    "D10-1": ("I_52", LESS, "0.80", 60),
}
YES_NO = {
    "D4-2": ("facility.any_short", True, 25),
    "D4-3": ("facility.blamed_for_exit", True, 15),
    "D5-1": ("enc.active_seizure", True, 50),
    "D5-2": ("title.certified", False, 25),
    "D5-4": ("enc.dispute", True, 20),
    "D5-5": ("title.accepted", False, 15),
    "D5-6": ("title.allocated_land", True, 10),
    "D6-4": ("land.low_efficiency_listed", True, 15),
}
BOTH = {"D5-3": 10, "D6-1": 30, "D6-2": 30, "D7-5": 15, "D8-2": 30}
"""Rules over two values, tried below one by one."""
PATHWAYS = {
    "D1": "P05 P13 P12 P11", "D2": "P06 P07 P12 P16", "D3": "P10 P12 P07", "D4": "P05 P19 P12",
    "D5": "P01 P15", "D6": "P02 P03 P04 P05 P13 P14 P20", "D7": "P09 P17 P18 P11 P16",
    "D8": "P07 P12", "D9": "P11 P12", "D10": "",
}  # fmt: skip
CAUSES = {"D1", "D2", "D3", "D4", "D8"}


def rule(id_):
    return next(each for each in RULES.rules if each.id == id_)


def truth(id_, **values):
    known = {name.replace("__", "."): value for name, value in values.items()}
    return rule(id_).condition.evaluate(known.get).truth


def test_domain_5a_has_these_rules_and_no_others():
    assert {each.id for each in RULES.rules} == {*MEASURED, *YES_NO, *BOTH}
    points = {each.id: each.points for each in RULES.rules}
    assert points == {
        **{id_: row[-1] for id_, row in {**MEASURED, **YES_NO}.items()}, **BOTH,
    }  # fmt: skip


@pytest.mark.parametrize("id_", MEASURED)
def test_domain_5a_threshold_of_a_measured_rule_on_both_sides(id_):
    name, side, edge, _ = MEASURED[id_]
    edge = Decimal(edge)
    answers = [
        rule(id_).condition.evaluate({name: value}.get).truth
        for value in (edge - STEP, edge, edge + STEP)
    ]
    assert answers == {
        LESS: [True, False, False], MORE: [False, False, True], LEAST: [False, True, True],
        "≤": [True, True, False],
    }[side]  # fmt: skip
    assert rule(id_).condition.evaluate({}.get).truth is None
    assert (rule(id_).threshold, rule(id_).measure) == (edge, name)


@pytest.mark.parametrize("id_", YES_NO)
def test_domain_5a_a_yes_no_rule_and_its_unknown(id_):
    name, wanted, _ = YES_NO[id_]
    evaluate = rule(id_).condition.evaluate
    assert [evaluate({name: value}.get).truth for value in (wanted, not wanted, None)] == [
        True, False, None,
    ]  # fmt: skip


def test_a_rule_against_a_share_of_a_reference_tells_its_value_in_the_unit_of_what_it_measures():
    """Seen: "Tax per mu below 50% of the reference: 1,263.51%" for CNY 126,351 per mu."""
    assert measured_in(rule("D6-2"), "zh_CN") == (1, " 万元/亩")
    assert measured_in(rule("D6-2"), "en") == (1, " CNY 10k/mu")
    assert measured_in(rule("D1-1"), "en") == (100, "%")
    plain = {each.id for each in RULES.rules if each.percent and measured_in(each, "en")[0] == 1}
    assert plain == {"D6-2"}


def test_the_answer_to_a_rule_that_asks_whether_something_is_not_so_is_turned_round():
    """Seen in 表4-1: "宗地或楼栋未办证：否" where a certificate is lacking."""
    asking = {each.id for each in RULES.rules if asks_not(each)}
    assert {"D5-2", "D5-5"} <= asking
    assert "D5-1" not in asking


def test_d5_3_3_percent_is_in_the_rule_alone():
    """Domain §5a: V04 >3 % (10); a known gap is enough, no gap is said only of all areas."""
    three, above = Decimal("0.03"), Decimal("0.03") + STEP
    assert truth("D5-3", title__known_area_gap=above) is True
    assert truth("D5-3", title__known_area_gap=three) is None
    assert truth("D5-3", title__known_area_gap=three, title__areas_compared=True) is False
    assert truth("D5-3") is None
    assert rule("D5-3").threshold == three
    assert rule("D5-3").measure == "title.known_area_gap"
    assert rule("D5-3").describe("zh_CN") == "证载面积与实测面积相差超过3%"


def test_d6_plot_ratio_below_0_6_or_a_gap_above_0_5():
    assert truth("D6-1", I_06=Decimal("0.5999"), I_07=Decimal(0)) is True
    assert truth("D6-1", I_06=Decimal("0.6"), I_07=Decimal("0.5")) is False
    assert truth("D6-1", I_06=Decimal("0.6"), I_07=Decimal("0.5001")) is True
    assert truth("D6-1", I_06=Decimal("0.6")) is None
    assert truth("D6-1", I_07=Decimal("0.6")) is True


def test_d6_tax_below_half_of_the_reference():
    half = Decimal("22.635")
    for tax, expected in ((half - STEP, True), (half, False)):
        assert truth("D6-2", I_13=tax, ref__tax_per_mu=Decimal("45.27")) is expected
    assert truth("D6-2", I_13=half) is None


def test_d7_a_large_share_of_the_platform_that_returns_little():
    share, low = Decimal("0.3001"), Decimal("0.0299")
    name = "fin__asset_share_of_platform"
    assert truth("D7-5", **{name: share}, I_46=low) is True
    assert truth("D7-5", **{name: Decimal("0.30")}, I_46=low) is False
    assert truth("D7-5", **{name: share}, I_46=Decimal("0.03")) is False
    assert truth("D7-5", **{name: share}) is None
    assert truth("D7-5", I_46=Decimal("0.05")) is False


def test_d8_public_money_without_any_contract():
    spend, amount = "innovation__fiscal_spend", "innovation__contract_amount"
    assert truth("D8-2", **{spend: Decimal(1), amount: Decimal(0)}) is True
    assert truth("D8-2", **{spend: Decimal(0), amount: Decimal(0)}) is False
    assert truth("D8-2", **{spend: Decimal(1), amount: Decimal(1)}) is False
    assert truth("D8-2", **{spend: Decimal(1)}) is None


@pytest.mark.parametrize("code", PATHWAYS)
def test_domain_5a_pathways_causality_and_falsifier_of_a_type(code):
    """§1.2: causes (D1–D4, D8) are kept apart from results."""
    found = RULES.types[code]
    assert found.pathways == tuple(PATHWAYS[code].split())
    assert (found.causality is Causality.CAUSE) is (code in CAUSES)
    assert found.falsifier.zh
    assert found.falsifier.en
    assert all(content().pathways[path].layer in Layer for path in found.pathways)
    assert all(each.source for each in RULES.of(code))


def test_domain_5a_levels():
    levels = [RULES.scale.level(n) for n in (9, 10, 29, 30, 59, 60, 100)]
    light, medium, severe = SeverityLevel.LIGHT, SeverityLevel.MEDIUM, SeverityLevel.SEVERE
    assert levels == [SeverityLevel.NONE, light, light, medium, medium, severe, severe]


def test_a_rule_whose_text_says_another_number_than_its_condition_cannot_be_written():
    """The number in the sentence is the one that is computed with."""
    edited = rule("D1-1").condition
    assert edited.numbers == parse("I_01 < 0.60").numbers
    assert "60%" in rule("D1-1").describe("zh_CN")
    assert "{" not in "".join(each.describe(lang) for each in RULES.rules for lang in ("zh", "en"))


class TestWhatTheLedgerSays:
    """A blank leaves a rule undecided: it never counts as a no."""

    def fact(self, name, *records, **params):
        scope = Scope(a_ledger(a_park(), *records), "park", None, AS_OF, params, STANDARDS)
        found = Facts(scope, {}).fact(name)
        return found.value, {(m.entity, m.field) for m in found.missing}

    def lead(self, **values):
        return a_demand(park="park", **values)

    def test_d1_4_a_lost_lead_without_a_reason_leaves_the_count_open(self):
        lost = [self.lead(stage="流失", lost_reason=why) for why in ("电力不足", "层高", "价格")]
        name = "demand.lost_for_specification"
        assert self.fact(name, *lost, self.lead(stage="签约")) == (2, set())
        silent = self.lead(stage="流失")
        assert self.fact(name, *lost, silent) == (None, {("demand", "lost_reason")})
        assert self.fact(name, *lost, self.lead())[0] is None

    @pytest.mark.parametrize(
        ("second", "in_force"),
        [
            ({"base_date": "2025-02-01"}, True),
            ({"base_date": "2023-02-01"}, False),
            ({"base_date": "2023-02-01", "valid_to": "2025-12-31"}, True),
            ({}, None),
        ],
    )
    def test_an_appraisal_that_expired_is_not_made_good_by_one_of_another_building(
        self, second, in_force
    ):
        assets = [a_building("B1"), a_building("B2"), a_building("B3")]
        rows = [
            a_valuation("V1", building="B1", base_date="2025-01-31", value=1),
            a_valuation("V2", building="B2", value=2, **second),
        ]
        gaps = set() if in_force is not None else {("valuation", "base_date")}
        found = self.fact("value.valid", *assets, *rows, valuation_valid_months=Decimal(12))
        assert found == (in_force, gaps)

    def test_a_total_of_appraisals_waits_for_every_asset_and_the_known_part_is_at_least_that(self):
        assets = [a_parcel("P1"), a_building("B1", parcel="P1"), a_building("B2", parcel="P2")]
        rows = [a_valuation("V1", parcel="P1", base_date="2025-01-31", value=3)]
        told = partial(self.fact, valuation_valid_months=Decimal(12))
        assert told("value.known_appraised", *assets, *rows) == (3, set())
        assert told("value.appraised", *assets, *rows) == (None, {("valuation", "value")})
        rows.append(a_valuation("V2", building="B2", base_date="2025-01-31", value=4))
        assert told("value.appraised", *assets, *rows) == (7, set())
        expired = a_valuation("V1", parcel="P1", base_date="2023-01-31", value=3)
        assert told("value.appraised", *assets, expired, rows[1])[0] is None

    @pytest.mark.parametrize(
        ("holders", "held"),
        [(["民企"], False), (["民企", "国企"], True), (["民企", "不详"], None), ([], None)],
    )
    def test_a_platform_that_manages_the_park_does_not_hold_its_land(self, holders, held):
        rows = [a_parcel(f"P{n}", holder_type=h) for n, h in enumerate(holders)]
        scope = Scope(a_ledger(a_park(manager_type="平台公司"), *rows), "park", None, AS_OF, {})
        assert Facts(scope, {}).fact("owner.state_held_land").value is held
        assert Facts(scope, {}).fact("owner.state_owned").value is True

    @pytest.mark.parametrize(
        ("stage", "kind", "count"),
        [("洽谈", "标准厂房", 1), ("流失", "标准厂房", None), ("洽谈", "研发办公", None)],
    )
    def test_who_looks_for_such_a_building_may_buy_one_without_a_tenant(self, stage, kind, count):
        rows = [
            a_building("B1", kind="标准厂房"), an_enterprise("F", purchase_intent=True),
            self.lead(enterprise="F", stage=stage, need_kind=kind),
        ]  # fmt: skip
        scope = Scope(a_ledger(a_park(), *rows), "park", frozenset({"B1"}), AS_OF, {})
        assert Facts(scope, {}).fact("demand.purchase_intents").value == count

    @pytest.mark.parametrize(
        ("power", "short"),
        [
            (["正常"], False), (["不足"], True), (["停用"], True), (["规划"], True),
            (["在建", "规划"], True), (["正常", "停用"], False), (["正常", "不足"], True),
            ([None], None), ([], None),
        ],
    )  # fmt: skip
    def test_d4_2_a_required_kind_that_is_insufficient_or_does_not_work(self, power, short):
        rows = [a_record("facility", park="park", kind="供电", status=s) for s in power]
        road = a_record("facility", park="park", kind="道路", status="正常")
        assert self.fact("facility.any_short", *rows, road)[0] is short

    def test_d4_4_beds_need_the_staff_of_the_firms_that_are_there(self):
        beds = a_record(
            "facility", park="park", kind="宿舍/公寓", capacity=10, capacity_unit="床",
        )  # fmt: skip
        firms = [an_enterprise("A"), an_enterprise_year(enterprise="A", year=2024, employees=100)]
        gone = an_enterprise("B", moved_out_on="2020-01-01")
        name = "facility.beds_per_employee"
        assert self.fact(name, beds, *firms, gone)[0] == Decimal("0.1")
        assert self.fact(name, beds, *firms, an_enterprise("C")) == (
            None, {("enterprise_year", "employees")},
        )  # fmt: skip

    def test_d5_3_no_gap_is_said_only_when_all_are_measured(self):
        flat, gap = {"area_cert": 100, "area_actual": 100}, {"area_cert": 100, "area_actual": 90}
        unmeasured = a_parcel(area_cert=100)
        assert self.fact("title.area_gap", a_parcel(**flat))[0] == 0
        assert self.fact("title.area_gap", a_parcel(**flat), unmeasured)[0] is None
        assert self.fact("title.area_gap", a_parcel(**gap), unmeasured)[0] is None
        known, compared = "title.known_area_gap", "title.areas_compared"
        assert self.fact(known, a_parcel(**gap), unmeasured)[0] == Decimal("0.1")
        assert self.fact(compared, a_parcel(**gap), unmeasured) == (
            None, {("parcel", "area_actual")},
        )  # fmt: skip
        assert self.fact(compared, a_parcel(**gap))[0] is True
        assert self.fact(compared)[0] is None
        assert self.fact("title.area_gap", a_building(gfa_cert=1, gfa_actual=1))[0] == 0

    def test_i13_the_tax_of_a_firm_that_left_is_not_that_of_the_park(self):
        rows = []
        for key, tax, left in (("A", 100, None), ("B", 900, "2023-01-01")):
            rows += [
                an_enterprise(key, name=key, moved_out_on=left),
                an_enterprise_year(enterprise=key, year=2022, tax_paid=tax * 10_000,
                                   land_area_used=Decimal(20_000) / 3),
            ]  # fmt: skip
        params = {"ref_tax_per_mu": Decimal("45.27")}
        scope = Scope(a_ledger(a_park(), rows), "park", None, AS_OF, params)
        assert evaluate(INDICATORS["I-13"], scope, {}).value == 10
