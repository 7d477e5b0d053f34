"""Diagnosis: severity, confidence, evidence; D5, D6, D7 and D10 on a park's own figures."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_finance,
    a_ledger,
    a_parcel,
    a_park,
    a_park_year,
    an_encumbrance,
    with_values,
)
from workbench.domain.bilingual import Bilingual
from workbench.domain.condition_names import DERIVED_NAMES
from workbench.domain.conditions import parse
from workbench.domain.diagnosis.diagnosing import diagnose
from workbench.domain.diagnosis.rules import (
    Causality,
    DiagnosisRule,
    DiagnosisRules,
    DistressType,
    SeverityLevel,
    SeverityScale,
)
from workbench.domain.facts.derived import DERIVED
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.registry import evaluate_all
from workbench.domain.pathways.feasibility import Feasibility, check_pathways
from workbench.domain.pathways.pathway import (
    Block,
    Layer,
    Pathway,
    PathwayOrigin,
    Precondition,
)
from workbench.domain.references import Reliability, Source

AS_OF = date(2025, 6, 30)
PARAMS = {
    "far_height_double": Decimal(8),
    "ref_tax_per_mu": Decimal("45.27"),
    "valuation_valid_months": Decimal(12),
}
WORDS = Bilingual("话", "words")
SOURCE = Source("s", WORDS, WORDS, Reliability.DEFAULT)
RULES = {
    "D5": [
        ("enc.active_seizure", 50), ("not title.certified", 25), ("title.area_gap > 0.03", 10),
        ("enc.dispute", 20), ("not title.accepted", 15), ("title.allocated_land", 10),
    ],
    "D6": [
        ("I_06 < 0.6 or I_07 > 0.5", 30), ("I_13 < 0.50 * ref.tax_per_mu", 30), ("I_05 >= 12", 30),
        ("land.low_efficiency_listed", 15), ("I_14 < 15", 10),
    ],
    "D7": [
        ("I_42 > 0.70", 30), ("I_43 < 0.5", 25), ("I_44 < 1", 20), ("I_17 > 0.80", 15),
        ("fin.asset_share_of_platform > 0.30 and I_46 < 0.03", 15),
    ],
    "D10": [("I_52 < 0.80", 60)],
}  # fmt: skip
"""The rules of domain §5a for the types whose inputs a ledger can hold."""


def rules(table=None):
    types, found = {}, []
    for code, lines in (table or RULES).items():
        types[code] = DistressType(code, WORDS, Causality.RESULT, ("P01",), WORDS, WORDS)
        for number, (text, points) in enumerate(lines, start=1):
            found.append(
                DiagnosisRule(f"{code}-{number}", code, WORDS, parse(text), points, SOURCE)
            )
    return DiagnosisRules(types, tuple(found), SeverityScale(10, 30, 60))


def facts_of(*records, assets=None):
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(records), "park", keys, AS_OF, PARAMS)
    return Facts(scope, evaluate_all(scope, {}))


def diagnosed(*records, table=None):
    return {d.type.code: d for d in diagnose(rules(table), facts_of(*records))}


CLEAR_LAND = a_parcel(
    "L", area_cert=1000, area_actual=1000, cert_kind="不动产权证", cert_no="证1", seizure=False,
    mortgage=False, litigation=False, obtain_mode="出让", end_on="2060-01-01", status="已建成",
    plan_far_max=1.2, far=1,
)  # fmt: skip
CLEAR_BUILDING = a_building(
    "B", parcel="L", gfa_cert=1000, gfa_actual=1000, cert_status="已办结", seizure=False,
    mortgage=False, litigation=False, planning_accept="通过", fire_accept="通过",
    completion_accept="通过", net_value=100,
)  # fmt: skip
SEIZURE = an_encumbrance("S", parcel="L", kind="查封", status="有效")


class TestD5:
    def test_clear_title_is_no_distress_and_certain(self):
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING)["D5"]
        assert (found.severity, found.level, found.confidence) == (0, SeverityLevel.NONE, 1)

    def test_a_seizure_is_50_points_with_its_cells_as_evidence(self):
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING, SEIZURE)["D5"]
        assert (found.severity, found.level) == (50, SeverityLevel.MEDIUM)
        assert [r.rule.id for r in found.triggered] == ["D5-1"]
        cells = {(c.entity, c.key, c.field) for c in found.evidence}
        assert {("encumbrance", "S", "kind"), ("encumbrance", "S", "status")} <= cells

    def test_a_mortgage_is_no_evidence_of_a_seizure(self):
        mortgage = an_encumbrance("M", parcel="L", kind="抵押", status="有效")
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING, SEIZURE, mortgage)["D5"]
        keys = {cell.key for cell in found.evidence if cell.entity == "encumbrance"}
        assert keys == {"S"}

    def test_removing_the_seizure_lowers_d5(self):
        with_it = diagnosed(a_park(), CLEAR_LAND, SEIZURE)["D5"].severity
        without = diagnosed(a_park(), CLEAR_LAND)["D5"].severity
        assert with_it - without == 50

    @pytest.mark.parametrize(
        ("flaw", "severity"),
        [
            ({"cert_kind": "无证"}, 25),
            ({"area_actual": 960}, 10),
            ({"litigation": True}, 20),
            ({"obtain_mode": "划拨"}, 10),
            ({"cert_kind": "办理中", "seizure": True, "litigation": True, "area_actual": 900}, 100),
        ],
    )
    def test_each_flaw_adds_its_points_up_to_100(self, flaw, severity):
        found = diagnosed(a_park(), with_values(CLEAR_LAND, **flaw), CLEAR_BUILDING)["D5"]
        assert found.severity == severity

    def test_failed_acceptance_is_15_points(self):
        building = with_values(CLEAR_BUILDING, fire_accept="未办")
        assert diagnosed(a_park(), CLEAR_LAND, building)["D5"].severity == 15

    def test_a_blank_lowers_confidence_not_severity(self):
        land = with_values(CLEAR_LAND, seizure=None)
        found = diagnosed(a_park(), land, CLEAR_BUILDING)["D5"]
        assert found.severity == 0
        assert found.confidence == Decimal(80) / 130
        assert [(m.key, m.field) for m in found.missing] == [("L", "seizure")]
        assert found.rules[0].truth is None


class TestD6:
    def test_idle_empty_short_term_land_is_severe(self):
        land = with_values(
            CLEAR_LAND, far=0.4, status="闲置", idle_since="2024-01-01", end_on="2030-01-01",
            low_eff_kind="停产",
        )  # fmt: skip
        found = diagnosed(a_park(), land)["D6"]
        assert found.severity == 30 + 30 + 15 + 10
        assert found.level is SeverityLevel.SEVERE
        assert found.confidence == Decimal(85) / 115
        assert {m.field for m in found.missing} == {"tax_paid", "land_area_used"}

    @pytest.mark.parametrize(("tax", "truth"), [(226_000, True), (227_000, False)])
    def test_tax_below_half_of_the_reference(self, tax, truth):
        year = a_park_year(year=2024, industrial_tax=tax, industrial_land=Decimal(10000) / 15)
        found = diagnosed(a_park(), CLEAR_LAND, year)["D6"]
        assert found.rules[1].truth is truth
        assert found.rules[1].value == Decimal(tax) / 10000

    def test_a_plot_ratio_gap_is_enough_without_a_low_ratio(self):
        land = with_values(CLEAR_LAND, far=0.7, plan_far_max=1.21)
        assert diagnosed(a_park(), land)["D6"].rules[0].truth is True


class TestD7:
    FINANCE = a_finance(
        as_of="2024-12-31", total_assets=1000, total_liabilities=700, cash=50, due_12m=100,
        net_profit=0, interest_expense=10,
    )  # fmt: skip

    def test_at_the_thresholds_nothing_is_true(self):
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING, self.FINANCE)["D7"]
        assert (found.severity, found.confidence) == (0, 1)

    def test_beyond_the_thresholds_everything_is(self):
        worse = with_values(self.FINANCE, total_liabilities=701, cash=49, net_profit=-1)
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING, worse)["D7"]
        assert found.severity == 75
        assert found.level is SeverityLevel.SEVERE

    def test_a_small_share_of_the_platform_settles_the_last_rule_without_its_return(self):
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING, self.FINANCE)["D7"]
        assert found.rules[4].truth is False

    def test_no_finances_is_low_confidence_not_health(self):
        found = diagnosed(a_park(), CLEAR_LAND, CLEAR_BUILDING)["D7"]
        assert found.severity == 0
        assert found.confidence == Decimal(15) / 105
        assert ("finance", "total_assets") in {(m.entity, m.field) for m in found.missing}


def test_d10_a_thin_ledger_is_severe():
    found = diagnosed(a_park(), a_parcel("L"))["D10"]
    assert (found.severity, found.level, found.confidence) == (60, SeverityLevel.SEVERE, 1)


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (9, SeverityLevel.NONE),
        (10, SeverityLevel.LIGHT),
        (29, SeverityLevel.LIGHT),
        (30, SeverityLevel.MEDIUM),
        (59, SeverityLevel.MEDIUM),
        (60, SeverityLevel.SEVERE),
    ],
)
def test_levels_start_at_10_30_and_60(points, level):
    found = diagnosed(a_park(), table={"D1": [("park.code == 'P-01'", points)]})["D1"]
    assert (found.severity, found.level) == (points, level)


def test_a_rule_that_compares_unlike_things_is_left_out_and_lowers_confidence():
    table = {"D1": [("park.code > 5", 40), ("park.code == 'P-01'", 60)]}
    found = diagnosed(a_park(), table=table)["D1"]
    assert found.rules[0].faulty
    assert (found.severity, found.confidence) == (60, Decimal("0.6"))


def test_an_indicator_that_was_not_computed_is_named():
    scope = Scope(a_ledger(a_park()), "park", None, AS_OF, PARAMS)
    fact = Facts(scope, {}).fact("I_29")
    assert [(m.entity, m.field) for m in fact.missing] == [("indicator", "I-29")]


class TestFacts:
    def test_every_derived_name_has_a_computation(self):
        assert set(DERIVED) == set(DERIVED_NAMES)

    def test_fields_of_several_assets_agree_or_are_mixed(self):
        facts = facts_of(a_park(), a_parcel("L", land_use="工业"), a_parcel("M", land_use="工业"))
        assert facts.lookup("parcel.land_use") == "工业"
        facts = facts_of(a_park(), a_parcel(land_use="工业"), a_parcel(land_use="商服"))
        fact = facts.fact("parcel.land_use")
        assert (fact.value, fact.mixed, fact.missing) == (None, True, ())
        facts = facts_of(a_park(), a_parcel(land_use="工业"), a_parcel("M"))
        assert [m.key for m in facts.fact("parcel.land_use").missing] == ["M"]

    def test_numbers_of_several_assets_are_read_cautiously(self):
        facts = facts_of(
            a_park(),
            a_parcel(price_paid_ratio=1, self_hold_ratio=0, in_red_line=False),
            a_parcel(price_paid_ratio=0.5, self_hold_ratio=1, in_red_line=True),
        )
        assert facts.lookup("parcel.price_paid_ratio") == Decimal("0.5")
        assert facts.lookup("parcel.self_hold_ratio") == 1
        assert facts.lookup("parcel.in_red_line") is True

    def test_context_and_parameters_are_looked_up(self):
        facts = facts_of(a_park(), a_context(park="park", investor_identified=False))
        assert facts.lookup("ctx.investor_identified") is False
        assert facts.lookup("ctx.debt_total") is None
        assert facts.lookup("param.ref_tax_per_mu") == Decimal("45.27")
        assert facts.fact("param.nothing").missing[0].entity == "parameter"

    def test_a_false_answer_needs_every_asset_a_true_one_only_one(self):
        known = a_parcel("L", seizure=False)
        assert facts_of(a_park(), known).lookup("enc.active_seizure") is False
        assert facts_of(a_park(), known, a_parcel()).lookup("enc.active_seizure") is None
        seized = a_parcel(seizure=True)
        assert facts_of(a_park(), known, seized, a_parcel()).lookup("enc.active_seizure") is True


class TestFeasibility:
    def check(self, *records, pre=(), block=()):
        pathway = Pathway(
            "P99", WORDS, Layer.ASSET, PathwayOrigin.POLICY, frozenset(),
            tuple(Precondition(w, WORDS, parse(w), enabled_by="P01") for w in pre),
            tuple(Block(w, WORDS, parse(w), instead="P15") for w in block),
            (), (), (), 1, 2, 1, (), None, (SOURCE,), 1,
        )  # fmt: skip
        return check_pathways([pathway], facts_of(a_park(), *records))[0]

    @pytest.mark.parametrize(
        ("pre", "block", "expected"),
        [
            (["park.code == 'P-01'"], ["park.code == 'X'"], Feasibility.OPEN),
            (["park.code == 'X'"], ["ctx.guarantee_clause"], Feasibility.NOT_YET),
            (["park.code == 'X'"], ["park.code == 'P-01'"], Feasibility.BLOCKED),
            (["ctx.exit_clause"], [], Feasibility.PENDING),
            (["park.code == 'P-01'"], ["ctx.guarantee_clause"], Feasibility.PENDING),
            ([], [], Feasibility.OPEN),
        ],
    )
    def test_blocks_outweigh_lacks_and_lacks_outweigh_blanks(self, pre, block, expected):
        assert self.check(pre=pre, block=block).feasibility is expected

    def test_what_stands_in_the_way_names_its_way_out(self):
        check = self.check(pre=["not enc.active_seizure", "park.code == 'P-01'"])
        assert check.feasibility is Feasibility.PENDING
        check = self.check(a_parcel(seizure=True), pre=["not enc.active_seizure"])
        assert [(c.id, c.way_out) for c in check.to_fix] == [("not enc.active_seizure", "P01")]
        assert check.preconditions[0].values == (("enc.active_seizure", True),)
        assert {c.field for c in check.preconditions[0].inputs} == {"seizure"}
