"""Case matching; golden numbers from domain §5e, E10."""

import itertools
import random
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_ledger,
    a_parcel,
    a_park,
    an_encumbrance,
)
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import (
    FEATURES,
    Case,
    CaseFeatures,
    CaseOrigin,
    CasePrecondition,
    FeatureVocabulary,
    StatedKind,
)
from workbench.domain.conditions import parse
from workbench.domain.facts.lookup import Facts
from workbench.domain.figures.scope import Scope
from workbench.domain.matching.features import target_features
from workbench.domain.matching.similarity import WeightsError, check_weights, match_cases
from workbench.domain.values import MU_IN_M2

WEIGHTS = {
    "distress": "0.22", "title_state": "0.14", "asset_kind": "0.12", "scale_m2": "0.10",
    "goals": "0.10", "city_tier": "0.10", "owner_type": "0.08", "finance_band": "0.08",
    "plan_constraint": "0.06",
}  # fmt: skip
FROM_LEDGER = {
    "city_tier": {"县城": "county"},
    "owner_type": {"民企": "private"},
    "asset_kind": {"工业": "industrial_land", "标准厂房": "standard_factory"},
    "goals": {"引入新项目": "attract_project", "化债": "relieve_debt"},
    "finance_band": {"高": "high"},
}
VOCABULARY = FeatureVocabulary(
    {name: Decimal(weight) for name, weight in WEIGHTS.items()},
    {},
    frozenset({("city_tier", "county_city", "county"), ("title_state", "defective", "seized")}),
    FROM_LEDGER,
)
OURS = CaseFeatures(
    distress=frozenset({"D5", "D6", "D7"}),
    title_state="seized",
    asset_kind="industrial_land",
    scale_m2=42 * MU_IN_M2,
    goals=frozenset({"attract_project", "relieve_debt"}),
    city_tier="county",
    owner_type="private",
    finance_band="high",
    plan_constraint="industrial_fixed",
)
C01 = CaseFeatures(
    distress=frozenset({"D5", "D6", "D7"}),
    title_state="seized",
    asset_kind="industrial_land",
    scale_m2=50 * MU_IN_M2,
    goals=frozenset({"attract_project", "relieve_debt", "save_quota"}),
    city_tier="county",
    plan_constraint="industrial_fixed",
)
C02 = CaseFeatures(
    distress=frozenset({"D4", "D6"}),
    asset_kind="park_renewal",
    scale_m2=56 * MU_IN_M2,
    goals=frozenset({"attract_project", "upgrade_industry"}),
    city_tier="prefecture",
    plan_constraint="industrial_fixed",
)
C03 = CaseFeatures(
    distress=frozenset({"D7"}),
    asset_kind="standard_factory",
    goals=frozenset({"relieve_debt", "retain_expand"}),
    city_tier="county_city",
    owner_type="soe",
    finance_band="high",
)


def a_case(id_, features, preconditions=()):
    name = Bilingual(id_, id_)
    return Case(
        id_, name, name, features, (), CaseOrigin.BUILT_IN, 1, name, preconditions=preconditions
    )


OURS_AS_OF = date(2025, 6, 30)
CASES = [a_case("C01", C01), a_case("C02", C02), a_case("C03", C03)]


@pytest.mark.parametrize(
    ("case", "similarity", "coverage", "standing"),
    [
        ("C01", 0.9513, 0.84, 0.7991),
        ("C02", 0.3369, 0.70, 0.2358),
        ("C03", 0.3381, 0.70, 0.2367),
    ],
)
def test_e10_similarity_coverage_and_standing(case, similarity, coverage, standing):
    match = next(m for m in match_cases(OURS, CASES, VOCABULARY) if m.case.id == case)
    assert match.similarity == pytest.approx(similarity, abs=0.0001)
    assert match.coverage == pytest.approx(coverage, abs=1e-9)
    assert match.standing == pytest.approx(standing, abs=0.0001)


def test_e10_ranks_by_similarity_times_coverage():
    assert [m.case.id for m in match_cases(OURS, CASES, VOCABULARY)] == ["C01", "C03", "C02"]


def test_the_result_does_not_depend_on_the_order_of_cases():
    expected = match_cases(OURS, CASES, VOCABULARY)
    for order in itertools.permutations(CASES):
        assert match_cases(OURS, order, VOCABULARY) == expected


def test_each_feature_is_explained_on_both_sides():
    match = match_cases(OURS, CASES[:1], VOCABULARY)[0]
    scores = {f.name: f for f in match.features}
    assert list(scores) == list(FEATURES)
    assert (scores["title_state"].ours, scores["title_state"].theirs) == ("seized", "seized")
    assert scores["goals"].score == pytest.approx(2 / 3)
    assert scores["owner_type"].score is None
    assert [f.name for f in match.nearest[:3]] == ["distress", "title_state", "asset_kind"]
    assert [f.name for f in match.different] == ["goals"]
    assert {f.name for f in match.incomparable} == {"owner_type", "finance_band"}


def test_an_unknown_feature_lowers_coverage_and_leaves_similarity_alone():
    known = match_cases(OURS, CASES[:1], VOCABULARY)[0]
    blank = match_cases(OURS, [a_case("X", CaseFeatures(title_state="seized"))], VOCABULARY)[0]
    assert (blank.similarity, blank.coverage) == (1.0, pytest.approx(0.14))
    assert not blank.well_founded
    assert known.well_founded


def test_a_perfect_match_names_what_cannot_be_compared_as_the_difference():
    match = match_cases(OURS, [a_case("X", CaseFeatures(title_state="seized"))], VOCABULARY)[0]
    assert match.different
    assert all(f.score is None for f in match.different)


def test_what_is_less_than_half_alike_is_a_difference():
    match = next(m for m in match_cases(OURS, CASES, VOCABULARY) if m.case.id == "C02")
    assert [f.name for f in match.different] == ["distress", "asset_kind", "city_tier", "goals"]
    assert [f.name for f in match.nearest] == ["scale_m2", "plan_constraint"]


def test_nothing_in_common_is_no_match_and_no_crash():
    match = match_cases(OURS, [a_case("X", CaseFeatures())], VOCABULARY)[0]
    assert (match.similarity, match.coverage, match.standing) == (0.0, 0.0, 0.0)


def test_adjacent_choices_are_half_alike_either_way_round():
    ours = CaseFeatures(title_state="defective")
    theirs = a_case("X", CaseFeatures(title_state="seized"))
    assert match_cases(ours, [theirs], VOCABULARY)[0].similarity == 0.5
    ours, theirs = theirs.features, a_case("X", ours)
    assert match_cases(ours, [theirs], VOCABULARY)[0].similarity == 0.5


def test_areas_a_factor_ten_apart_have_nothing_in_common():
    ours = CaseFeatures(scale_m2=Decimal(1000))
    for other, score in ((1000, 1.0), (10000, 0.0), (50000, 0.0), (100, 0.0)):
        theirs = a_case("X", CaseFeatures(scale_m2=Decimal(other)))
        assert match_cases(ours, [theirs], VOCABULARY)[0].similarity == pytest.approx(score)


def test_preconditions_of_the_case_are_asked_of_us():
    def ask(*words):
        return tuple(
            CasePrecondition(Bilingual(w, w), StatedKind.INFERRED, parse(w)) for w in words
        )

    conditions = ask("ctx.investor_identified", "ctx.creditors_agreed", "ctx.min_split_ok")
    known = {"ctx.investor_identified": True, "ctx.creditors_agreed": False}
    match = match_cases(OURS, [a_case("X", C01, conditions)], VOCABULARY, known.get)[0]
    assert [check.truth for check in match.preconditions] == [True, False, None]
    assert [check.text.zh for check in match.unmet] == [
        "ctx.creditors_agreed",
        "ctx.min_split_ok",
    ]
    assert match.unmet[1].missing == ("ctx.min_split_ok",)


@pytest.mark.parametrize(
    "broken",
    [
        {**VOCABULARY.weights, "goals": Decimal("0.2")},
        {**VOCABULARY.weights, "goals": Decimal("-0.1"), "distress": Decimal("0.42")},
        {k: v for k, v in VOCABULARY.weights.items() if k != "goals"},
        {**VOCABULARY.weights, "colour": Decimal(0)},
    ],
)
def test_weights_must_name_every_feature_and_sum_to_one(broken):
    with pytest.raises(WeightsError):
        check_weights(broken)


class TestOurSide:
    """What the ledger tells about our own features."""

    def features(self, *records):
        scope = Scope(a_ledger(records), "park", None, OURS_AS_OF, {})
        return target_features(Facts(scope, {}), (), VOCABULARY)

    def test_a_seized_county_parcel(self):
        found = self.features(
            a_park(city_tier="县城"),
            a_parcel("L", area_cert=28000, land_use="工业", plan_use="工业", holder_type="民企"),
            an_encumbrance(parcel="L", kind="查封", status="有效"),
            a_context(park="park", goals=["引入新项目", "化债"], finance_band="高"),
        )
        ours = found.features
        assert ours.title_state == "seized"
        assert ours.asset_kind == "industrial_land"
        assert ours.scale_m2 == 28000
        assert ours.goals == {"attract_project", "relieve_debt"}
        assert (ours.city_tier, ours.owner_type) == ("county", "private")
        assert (ours.finance_band, ours.plan_constraint) == ("high", "industrial_fixed")

    def test_what_is_blank_stays_unknown_and_is_named(self):
        found = self.features(a_park(), a_parcel("L"))
        assert found.features == CaseFeatures()
        assert ("parcel", "holder_type") in {
            (m.entity, m.field) for m in found.missing["owner_type"]
        }

    def test_buildings_decide_the_kind_by_area(self):
        found = self.features(
            a_park(),
            a_parcel("L", land_use="工业"),
            a_building(kind="标准厂房", gfa_actual=5000),
            a_building(kind="宿舍", gfa_actual=1000),
        )
        assert found.features.asset_kind == "standard_factory"

    def test_a_missing_certificate_is_a_defective_title(self):
        found = self.features(a_park(), a_parcel("L", cert_kind="无证", seizure=False))
        assert found.features.title_state == "defective"

    def test_a_changed_use_is_a_plan_constraint(self):
        found = self.features(a_park(), a_parcel(land_use="工业", plan_use="商服"))
        assert found.features.plan_constraint == "use_change"

    def test_the_order_of_records_does_not_matter(self):
        records = [a_park(), a_parcel("L", area_cert=1), a_parcel("M", area_cert=2)]
        records += [a_building(kind="标准厂房", gfa_actual=n) for n in range(1, 6)]
        expected = self.features(*records).features
        shuffled = records[:]
        random.Random(7).shuffle(shuffled)
        assert self.features(*shuffled).features == expected
