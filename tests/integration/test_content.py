# SPDX-License-Identifier: MIT
from decimal import Decimal
from math import log

import pytest

from tests.content_rig import NAMES
from workbench.domain import parameters, references
from workbench.domain.cases import case as case_terms
from workbench.domain.cases.contradictions import CONTRADICTION_CODES, contradictions
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.checklist import review, state, template
from workbench.domain.condition_names import (
    DERIVED_NAMES,
    INDICATOR,
    PARAMETER_PREFIX,
)
from workbench.domain.diagnosis import rules as diagnosis_rules
from workbench.domain.facts.derived import DERIVED
from workbench.domain.labels import Labelled, label_key
from workbench.domain.pathways import pathway as pathway_terms
from workbench.domain.ranking import scores, weighing
from workbench.domain.report import risks
from workbench.domain.standards import grading, intensity
from workbench.files.content.loading import load_content

MODULES = (
    case_terms, state, template, review, diagnosis_rules, parameters, pathway_terms,
    references, risks, intensity, grading, scores, weighing,
)  # fmt: skip
ARTICLE = "大公国际，《存量焕新，价值再造：产业园区存量盘活的困境与破局（上）》"


def test_the_shipped_content_is_whole(content):
    assert list(content.cases) == [f"C{n:02}" for n in range(1, 13)]
    assert list(content.pathways) == [f"P{n:02}" for n in range(22)]
    assert list(content.bundles) == ["B1", "B2", "B3"]
    assert list(content.diagnosis.types) == [f"D{n}" for n in range(1, 11)]
    assert list(content.risks) == [f"R{n}" for n in range(1, 17)]
    assert [m.id for m in content.market] == [f"M{n}" for n in range(1, 14)]


def test_the_checklist_has_90_items_in_8_stages(content):
    """Domain §6: 90 items with stable ids."""
    items = content.checklist.items
    assert len(items) == len({item.id for item in items}) == 90
    assert {item.stage for item in items} == set(template.Stage)
    assert sum(item.red_line for item in items) == 33
    assert content.checklist.find("S6-61").red_line


def _score(feature, ours, theirs, vocabulary):
    if isinstance(ours, frozenset):
        return len(ours & theirs) / len(ours | theirs)
    if isinstance(ours, Decimal):
        return max(0.0, 1 - abs(log(ours / theirs)) / log(10))
    if ours == theirs:
        return 1.0
    return 0.5 if vocabulary.are_adjacent(feature, ours, theirs) else 0.0


@pytest.mark.parametrize(
    ("case", "similarity", "coverage"),
    [("C01", 0.9513, 0.84), ("C02", 0.3369, 0.70), ("C03", 0.3381, 0.70)],
)
def test_e10_comes_out_of_the_shipped_features(content, case, similarity, coverage):
    """golden_examples.py E10: 42 亩 of seized industrial land of a private firm in a county."""
    target = case_terms.CaseFeatures(
        distress=frozenset({"D5", "D6", "D7"}),
        title_state="seized",
        asset_kind="industrial_land",
        scale_m2=42 * case_terms.MU_IN_M2,
        goals=frozenset({"attract_project", "relieve_debt"}),
        city_tier="county",
        owner_type="private",
        finance_band="high",
        plan_constraint="industrial_fixed",
    )
    theirs = content.cases[case].features
    weights = {f: float(w) for f, w in content.features.weights.items()}
    known = [f for f in case_terms.FEATURES if getattr(theirs, f) is not None]
    total = sum(weights[f] for f in known)
    scores = {f: _score(f, getattr(target, f), getattr(theirs, f), content.features) for f in known}
    assert sum(weights[f] * scores[f] for f in known) / total == pytest.approx(similarity, abs=5e-5)
    assert total == pytest.approx(coverage)


def test_e0_only_jinzhai_contradicts_itself_and_nobody_has_waived_it(content):
    found = {code: contradictions(case) for code, case in content.cases.items()}
    assert [code for code, list_ in found.items() if list_] == ["C01"]
    contradiction, *outliers = found["C01"]
    per_mu = {each.facts[0]: each.params["per_mu"] for each in outliers}
    assert per_mu == {"annual_output": 7000, "annual_tax": 800}  # 万元/亩, §1.3: 待核
    assert round(contradiction.params["implied_mu"], 1) == Decimal("37.0")
    assert contradiction.waived is None


def test_e0_inferred_figures_follow_from_the_stated_ones(content):
    longwen, yongji = content.cases["C02"], content.cases["C03"]
    booked = longwen.fact("prebooked_area").value
    starter, phase = longwen.fact("gfa_starter").value, longwen.fact("gfa_phase_1").value
    thousandth = Decimal("0.001")
    assert longwen.fact("prebooked_of_starter").value == (booked / starter).quantize(thousandth)
    assert longwen.fact("prebooked_of_phase_1").value == (booked / phase).quantize(thousandth)
    assert longwen.fact("starter_of_phase_1").value == (starter / phase).quantize(thousandth)
    assert longwen.fact("partner_profit").value == 1 - longwen.fact("profit_share").value
    assert yongji.fact("price_per_building").value == yongji.fact("price").value / 3


def test_forecasts_of_the_seed_cases_are_marked_as_such(content):
    jinzhai = content.cases["C01"]
    for key in ("annual_output", "annual_tax", "jobs"):
        assert jinzhai.fact(key).status is references.OutcomeStatus.FORECAST
    assert content.cases["C03"].fact("debt_ratio_change").basis is case_terms.ChangeBasis.UNSTATED


@pytest.mark.parametrize("case", ["C01", "C02", "C03"])
def test_every_fact_of_the_article_names_the_article_and_the_office_it_cites(content, case):
    for fact in content.cases[case].facts:
        line = fact.source.cite("zh_CN")
        assert ARTICLE in line
        assert "厅，《" in line


def test_the_further_cases_name_a_publisher_and_a_place_to_look(content):
    for code in [f"C{n:02}" for n in range(4, 13)]:
        for source in content.cases[code].sources:
            assert source.site
            assert source.publisher.zh
            assert source.publisher.en


def test_every_case_says_what_it_leaves_open_and_what_not_to_copy(content):
    for case in content.cases.values():
        assert case.not_stated
        assert case.do_not_copy
        assert case.borrow


def test_every_red_line_of_a_pathway_has_a_condition_and_every_ranked_one_scores(content):
    """Domain §5c: 14 pathways and P00 start with scores; overlays and exits have none."""
    unranked = {code for code, p in content.pathways.items() if not p.ranked}
    assert unranked == {"P01", "P07", "P08", "P10", "P17", "P18"}
    full = [p for p in content.pathways.values() if p.ranked and p.code != "P00"]
    assert all(set(p.starting_scores) == set(pathway_terms.Criterion) for p in full)
    p09 = content.pathways["P09"].starting_scores
    assert [int(p09[c]) for c in pathway_terms.Criterion] == [75, 70, 90, 70, 50, 70]


def test_every_derived_name_is_computed():
    """A condition over a name that nothing computes would be 待核 for ever."""
    assert set(DERIVED) == set(DERIVED_NAMES)


def test_conditions_use_only_known_names(content):
    used = {
        name
        for pathway in content.pathways.values()
        for part in (*pathway.preconditions, *pathway.blocks)
        for name in part.condition.names
    } | {name for rule in content.diagnosis.rules for name in rule.condition.names}
    codes = content.parameters.codes()
    for name in used:
        assert (
            name in DERIVED_NAMES
            or name in NAMES
            or INDICATOR.fullmatch(name)
            or name.removeprefix(PARAMETER_PREFIX) in codes
        ), name
    older = {"title.area_gap"}  # in the rules that projects made their own before
    unused = set(DERIVED_NAMES) - used - {"owner.state_owned"} - older
    assert not unused


def test_a_text_in_a_condition_is_a_choice_of_its_field(content):
    """A typing error in 'parcel.status' would otherwise be false for ever."""
    for pathway in content.pathways.values():
        for part in (*pathway.preconditions, *pathway.blocks):
            for name in part.condition.names & NAMES:
                entity, _, key = name.partition(".")
                if entity == "ctx" or not CATALOGUE[entity][key].choices:
                    continue
                allowed = {choice.value for choice in CATALOGUE[entity][key].choices}
                written = set(part.condition.text.split("'")[1::2])
                others = {n for n in part.condition.names if n != name}
                assert written <= allowed or others, part.id


def test_rules_show_their_own_thresholds(content):
    rules = {rule.id: rule for rule in content.diagnosis.rules}
    assert rules["D1-1"].describe("zh_CN") == "出租率低于60%"
    assert (
        rules["D6-1"].describe("en")
        == "Plot ratio below 0.6, or more than 0.5 below the planned maximum"
    )
    assert rules["D2-4"].threshold == Decimal("-0.15")
    assert rules["D5-1"].threshold is None
    assert rules["D5-1"].measure == "enc.active_seizure"


@pytest.mark.parametrize(
    ("type_code", "points"),
    [("D1", [40, 25, 15, 20]), ("D5", [50, 25, 10, 20, 15, 10]), ("D10", [60])],
)
def test_points_are_those_of_domain_5a(content, type_code, points):
    assert [rule.points for rule in content.diagnosis.of(type_code)] == points


@pytest.mark.parametrize(
    ("severity", "level"),
    [(60, "SEVERE"), (59, "MEDIUM"), (30, "MEDIUM"), (29, "LIGHT"), (10, "LIGHT"), (9, "NONE")],
)
def test_severity_levels_are_those_of_domain_5a(content, severity, level):
    assert content.diagnosis.scale.level(severity) is diagnosis_rules.SeverityLevel[level]


def test_risk_levels_follow_probability_and_impact(content):
    """Domain §7.4: ≥ 15 high, 8–14 medium, below low."""
    levels = {code: risk.level.name for code, risk in content.risks.items()}
    assert levels["R1"] == levels["R7"] == "HIGH"
    assert levels["R3"] == levels["R6"] == "MEDIUM"
    assert risks.risk_level(1, 7).name == "LOW"


def test_parameters_are_exact_and_none_claims_to_be_verified(content):
    values = {p.code: p.value for p in content.parameters}
    assert values["start_share_min"] == Decimal(1) / 3
    assert values["stamp_transfer"] == Decimal("0.0005")
    assert [b[1] for b in values["lat_brackets"]] == [
        Decimal("0.30"), Decimal("0.40"), Decimal("0.50"), Decimal("0.60"),
    ]  # fmt: skip
    assert content.parameters.unverified() == content.parameters.params


def test_references_of_an_indicator_carry_their_source(content):
    factory = next(r for r in content.indicator_references if r.indicator == "I-01")
    assert factory.value == Decimal("0.798")
    assert "克而瑞" in factory.source.cite("zh_CN")


def test_the_edition_is_stable_and_changes_with_any_file(content, copy):
    seed, template = copy
    assert load_content(seed, template).edition == content.edition
    template.write_text(template.read_text("utf-8") + "\n# noted\n", "utf-8")
    assert load_content(seed, template).edition != content.edition


def _labelled():
    return [
        member
        for module in MODULES
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Labelled) and kind is not Labelled
        for member in kind
    ]


def test_every_code_has_a_label_in_both_languages(content, texts):
    keys = {member.text_key for member in _labelled()}
    keys |= {label_key("feature", name) for name in case_terms.FEATURES}
    keys |= {label_key(f, code) for f, codes in content.features.codes.items() for code in codes}
    keys |= {label_key("derived", name) for name in DERIVED_NAMES}
    keys |= {f"content.contradiction.{code}" for code in CONTRADICTION_CODES}
    assert len(keys) > 150
    for language in texts:
        assert [key for key in sorted(keys) if not language.has(key)] == []


def test_standards_written_before_there_were_dimensions_are_still_read(copy):
    """An assessment that was frozen then opens; its radar has no scores."""
    seed, template_file = copy
    path = seed / "standards.toml"
    before, _, _ = path.read_text("utf-8").partition("[[dimension]]")
    path.write_text(before, "utf-8")
    standards = load_content(seed, template_file, NAMES).standards
    assert standards.dimensions == ()
    assert standards.intensity
