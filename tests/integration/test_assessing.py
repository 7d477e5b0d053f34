"""Assessments with the shipped content: E10 from a ledger, JSON of the contract, sentences."""

import json
from datetime import date
from random import Random

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_finance,
    a_ledger,
    a_parcel,
    a_park,
    an_encumbrance,
)
from tests.random_park import a_small_park
from tests.unit.test_checks import FAULTS
from tests.unit.test_checks import findings as checked
from workbench.application.assessment.assess_report import assess_report, indicators_report
from workbench.application.assessment.assessing import (
    AssessingService,
    AssessmentOptions,
    digest_of,
)
from workbench.application.assessment.explaining import match_sentences
from workbench.domain.checks.registry import sentence_key
from workbench.domain.facts.missing_names import missing_name
from workbench.domain.figures.scope import Scope
from workbench.domain.findings import UsageError
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.values import MU_IN_M2

AS_OF = date(2025, 6, 30)
LANGUAGES = ("zh_CN", "en")
E10_PARK = (
    a_park(city_tier="县城"),
    a_parcel(
        "L", code="D-01", area_cert=42 * MU_IN_M2, land_use="工业", plan_use="工业",
        holder_type="民企", far=0.4, status="低效", cert_kind="不动产权证", cert_no="证1",
        obtain_mode="出让", end_on="2040-01-01",
    ),
    a_building("B", parcel="M", gfa_actual=5000, kind="标准厂房"),
    a_parcel("M", code="D-02", area_cert=10000),
    an_encumbrance(parcel="L", kind="查封", status="有效"),
    a_finance(as_of="2024-12-31", total_assets=100, total_liabilities=75),
    a_context(park="park", goals=["引入新项目", "化债"], finance_band="高"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped():
    from workbench.bootstrap import Program

    return Program()


@pytest.fixture
def assessing(shipped):
    return AssessingService(None, lambda: shipped.content, shipped.clock)


@pytest.fixture
def draft(assessing):
    return assessing.run("park", ["L"], AS_OF, ledger=a_ledger(E10_PARK))


def test_e10_a_seized_county_parcel_is_nearest_to_c01(draft):
    first = draft.matches[0]
    assert first.case.id == "C01"
    assert first.similarity == pytest.approx(0.9513, abs=0.0001)
    assert first.coverage == pytest.approx(0.84)
    others = {m.case.id: m for m in draft.matches}
    assert others["C02"].standing == pytest.approx(0.2358, abs=0.0001)
    assert others["C03"].standing == pytest.approx(0.2367, abs=0.0001)


def test_the_report_has_the_form_of_the_contract(draft, shipped):
    document = json.loads(json.dumps(assess_report(draft, shipped.texts("zh_CN"))))
    d5 = next(d for d in document["diagnosis"] if d["type"] == "D5")
    assert (d5["severity"], d5["level"]) == (50, "中")
    assert d5["rules"][0] == {
        "id": "D5-1",
        "text": "存在有效查封（含轮候、预查封、冻结）",
        "true": True,
        "value": 1,
        "threshold": 0,
        "points": 50,
        "missing": [],
    }
    match = document["matches"][0]
    assert (match["case"], match["similarity"], match["coverage"]) == ("C01", 0.9513, 0.84)
    names = {f["key"]: f for f in match["features"]}
    assert names["scale_m2"]["ours"] == "28,000㎡（42.0亩）"
    assert names["owner_type"]["theirs"] is None
    assert match["not_stated"]
    assert match["do_not_copy"]
    pathways = {p["code"]: p for p in document["pathways"]}
    assert len(pathways) == 22
    assert {p["feasible"] for p in pathways.values()} <= {"可行", "不可行", "暂不具备", "待核"}
    seized = next(c for c in pathways["P01"]["preconditions"] if c["id"] == "P01-1")
    assert (seized["result"], seized["evidence"]) == (True, "enc.active_seizure=True")


def test_indicators_have_the_form_of_the_contract(draft, shipped):
    texts = shipped.texts("zh_CN")
    document = indicators_report(draft.scope, draft.indicators, texts)
    document = json.loads(json.dumps(document))
    assert (document["park"], document["as_of"]) == ("示例园区", "2025-06-30")
    by_id = {item["id"]: item for item in document["indicators"]}
    assert list(by_id) == list(INDICATORS)
    ratio = by_id["I-06"]
    assert (ratio["value"], ratio["band"], ratio["missing"]) == (0.4, "红", [])
    assert {"entity": "parcel", "key": "L", "field": "far", "value": 0.4} in ratio["inputs"]
    assert ratio["reference"]["value"] == 0.98
    unknown = by_id["I-01"]
    assert (unknown["value"], unknown["band"]) == (None, "待核")
    assert unknown["missing"] == [{"entity": "building", "key": "", "field": "rentable_area"}]
    assert "克而瑞" in unknown["reference"]["source"]


def test_the_analysts_word_replaces_the_ledgers(assessing):
    options = AssessmentOptions(goals=frozenset({"raise_occupancy"}), finance_band="low")
    draft = assessing.run("park", ["L"], AS_OF, options, ledger=a_ledger(E10_PARK))
    assert draft.target.features.goals == {"raise_occupancy"}
    assert draft.target.features.finance_band == "low"


def test_a_run_is_the_same_for_any_order_of_records(assessing, draft):
    records = list(E10_PARK)
    Random(3).shuffle(records)
    again = assessing.run("park", ["L"], AS_OF, ledger=a_ledger(records))
    assert again.indicators == draft.indicators
    assert again.distresses == draft.distresses
    assert again.matches == draft.matches
    assert again.pathways == draft.pathways
    assert again.inputs_digest == draft.inputs_digest


def test_the_digest_changes_with_any_cell():
    ledger = a_ledger(a_park(), a_parcel("L", area_cert=1))
    assert digest_of(ledger) == digest_of(a_ledger(a_parcel("L", area_cert=1.0), a_park()))
    assert digest_of(ledger) != digest_of(a_ledger(a_park(), a_parcel("L", area_cert=2)))


def test_unknown_parks_and_assets_are_refused_in_words(assessing, shipped):
    with pytest.raises(UsageError) as refused:
        assessing.run("nowhere", ledger=a_ledger(E10_PARK))
    assert "nowhere" in shipped.texts("zh_CN")(refused.value.code, **refused.value.params)
    with pytest.raises(UsageError) as refused:
        assessing.run("park", ["X-9"], AS_OF, ledger=a_ledger(E10_PARK))
    assert "X-9" in shipped.texts("en")(refused.value.code, **refused.value.params)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_its_sentence(shipped, language):
    texts = shipped.texts(language)
    for _, _, records in FAULTS:
        for finding in checked(records):
            assert "{" not in texts(sentence_key(finding), **finding.params)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_can_be_said(assessing, shipped, language):
    texts, types = shipped.texts(language), shipped.content.diagnosis.types
    for seed in range(12):
        ledger = a_ledger(a_small_park(Random(seed)))
        draft = assessing.run("park", None, AS_OF, ledger=ledger)
        json.dumps(assess_report(draft, texts))
        json.dumps(indicators_report(draft.scope, draft.indicators, texts))
        gaps = [m for d in draft.distresses for m in d.missing]
        gaps += [m for p in draft.pathways for c in p.preconditions for m in c.missing]
        assert all(missing_name(gap, ledger, texts) for gap in gaps)
        for match in draft.matches[:2]:
            sentences = match_sentences(match, texts, types)
            assert len(sentences) >= 3
            assert match.different


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_its_formula_in_words(shipped, language):
    texts = shipped.texts(language)
    assert all(texts.has(indicator.formula) for indicator in INDICATORS.values())


def test_a_stored_project_gives_the_same_result_as_its_snapshot(services):
    services.editing.add("park", {"code": "P-01", "name": "甲园", "province": "皖"})
    park = services.querying.park("P-01")
    stored = services.assessing.run(park.key, None, AS_OF)
    snapshot = services.assessing.run(park.key, None, AS_OF, ledger=services.querying.ledger())
    assert stored.indicators == snapshot.indicators
    assert stored.inputs_digest == snapshot.inputs_digest


def test_a_chosen_building_brings_its_land():
    scope = Scope(a_ledger(E10_PARK), "park", frozenset({"B"}), AS_OF, {})
    assert [asset.key for asset in scope.assets] == ["M", "B"]
