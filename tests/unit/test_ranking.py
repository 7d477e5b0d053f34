"""Scoring and ranking of pathways: rubric, origins, filter, weights, overrides (domain §5c)."""

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_demand,
    a_finance,
    a_park,
    an_encumbrance,
    an_enterprise,
)
from tests.ranking_rig import CODES, E6_SCORES, only, run, said, the_park
from tests.shipped import AS_OF, texts
from workbench.application.assessment.assess_report import assess_report
from workbench.domain.pathways.feasibility import Feasibility
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import (
    RankingChoices,
)
from workbench.domain.ranking.robustness import Decision, Robustness, leads
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import (
    AnalystScore,
)
from workbench.domain.ranking.wording import (
    closeness_sentence,
    flip_sentences,
    provisional_sentence,
    vikor_sentence,
)


class TestE6:
    def test_e6_domain_whole_chain_from_scores_to_unsteady(self):
        ranking = run(*the_park(), choices=RankingChoices(scores=said(E6_SCORES))).ranking
        found = {p.code: p for p in ranking.placings if p.code in CODES}
        sums = [round(found[code].weighted, 2) for code in CODES]
        assert sums == [76.06, 75.44, 62.56, 53.12]
        assert ranking.weighed.judged.ratio == pytest.approx(0.0059, abs=5e-5)

    def test_e6_domain_topsis_flips_and_label_among_the_four(self):
        four = only(run(*the_park(), choices=RankingChoices(scores=said(E6_SCORES))), CODES)
        assert [p.code for p in four.placings] == list(CODES)
        assert [p.rank for p in four.placings] == [1, 2, 3, 4]
        assert [round(p.topsis, 4) for p in four.placings] == [0.6579, 0.5875, 0.4769, 0.1835]
        assert four.robustness is Robustness.UNSTEADY
        assert four.tipping("P06", Criterion.INDUSTRY) == pytest.approx(0.325, abs=5e-4)
        assert four.tipping("P09", Criterion.INDUSTRY) is None
        assert four.close
        assert "0.62" in closeness_sentence(four, texts())
        sentences = flip_sentences(four, texts())
        assert "合规可行的权重+30%，第一名变为 P11" in sentences
        assert "财务收益的权重−30%，第一名变为 P11" in sentences


class TestVikor:
    """The first needs Q(second) − Q(first) ≥ 1/(n−1): Opricovic & Tzeng 2007, condition C1."""

    @pytest.fixture
    def four(self):
        return only(run(*the_park(), choices=RankingChoices(scores=said(E6_SCORES))), CODES)

    def with_q(self, ranking, **values):
        rows = [replace(p, vikor=values[p.code]) for p in ranking.placings]
        return replace(ranking, placings=tuple(rows))

    @pytest.mark.parametrize(
        ("second", "told"), [(0.43, ""), (0.4, "只差 0.3000，不到 1÷（n−1）＝0.3333")]
    )
    def test_an_advantage_below_one_by_the_rivals_is_told(self, four, second, told):
        first, *others = (p.code for p in four.placings)
        near = self.with_q(four, **{first: 0.1 - (second == 0.43) * 0.01} | {
            code: second + place for place, code in enumerate(others)})  # fmt: skip
        sentence = vikor_sentence(near, texts())
        assert told in sentence
        assert bool(sentence) is bool(told)

    def test_another_first_place_is_told(self, four):
        values = dict(zip((p.code for p in four.placings), (0.9, 0.0, 0.5, 1.0), strict=True))
        sentence = vikor_sentence(self.with_q(four, **values), texts())
        assert sentence.startswith(f"VIKOR 的第一名是 {four.placings[1].code}")


class TestFilter:
    def test_what_is_ruled_out_stays_in_the_table_with_its_reason_and_way_out(self):
        seized = an_encumbrance(parcel="land", kind="查封", start_on="2024-01-01",
                                end_on="2027-01-01", status="有效")  # fmt: skip
        ranking = run(*the_park(), seized).ranking
        sale = ranking.placing("P09")
        assert sale.check.feasibility is Feasibility.NOT_YET
        assert sale.rank is None
        assert sale.topsis is None
        assert sale.weighted is not None
        assert ranking.enabling(sale) == ("P01",)
        assert any(check.id == "P09-3" for check in sale.check.to_fix)
        competing = [p for p in ranking.placings if p.rank is not None]
        assert all(p.competes for p in competing)
        assert ranking.placings[: len(competing)] == tuple(competing)

    def test_overlays_and_enabling_steps_are_never_ranked(self):
        ranking = run(*the_park()).ranking
        ranked = {p.code for p in ranking.placings}
        assert ranked.isdisjoint({"P01", "P07", "P08", "P10", "P17", "P18"})
        assert {c.pathway.code for c in ranking.others} == {
            "P01", "P07", "P08", "P10", "P17", "P18",
        }  # fmt: skip

    def test_p00_is_always_an_alternative(self):
        ranking = run(*the_park()).ranking
        keep = ranking.placing("P00")
        assert keep.rank is not None
        values = {c: s.value for c, s in keep.scores.items()}
        assert (values[Criterion.FUNDING], values[Criterion.TIME]) == (100, 100)
        assert values[Criterion.INDUSTRY] == 20
        assert ranking.overlays_for("P00") == ()

    def test_bundles_keep_their_order_and_bring_their_overlays(self):
        ranking = run(*the_park()).ranking
        [bundle] = ranking.bundles_with("P05")
        assert bundle.steps == ("P04", "P05", "P06")
        attached = {c.pathway.code for c in ranking.overlays_for("P05")}
        assert {"P07", "P08"} <= attached


class TestProvisional:
    """What is not known must not look like a verdict (domain §0, 2: unknown is never false)."""

    def test_nothing_known_recommends_nothing(self):
        ranking = run(a_park()).ranking
        assert ranking.first.code == "P00"
        assert ranking.provisional
        assert "维持现状只是暂列第一" in provisional_sentence(ranking, texts())

    def test_an_unverified_rival_that_would_pass_the_first_is_named_with_its_points(self):
        choices = RankingChoices(
            scores={"P12": {Criterion.COMPLIANCE: AnalystScore(Decimal(100), "已核")},
                    "P13": {Criterion.RISK: AnalystScore(Decimal(100), "已鉴定"),
                            Criterion.RETURN: AnalystScore(Decimal(100), "已测算")}}
        )  # fmt: skip
        ranking = run(*the_park(), choices=choices).ranking
        assert "P13" in ranking.contenders
        best = ranking.placing("P13")
        gain = ranking.weighed.values[Criterion.COMPLIANCE] * float(
            100 - best.scores[Criterion.COMPLIANCE].value
        )
        assert ranking.contenders["P13"] == pytest.approx(best.weighted + gain)
        assert f"P13（{best.weighted + gain:.2f} 分）" in provisional_sentence(ranking, texts())

    def test_an_analyst_who_scored_compliance_has_spoken_about_the_unknown(self):
        said_so = AnalystScore(Decimal(60), "已问过主管部门")
        choices = RankingChoices(scores={"P13": {Criterion.COMPLIANCE: said_so}})
        assert "P13" not in run(*the_park(), choices=choices).ranking.contenders


def test_the_same_records_in_any_order_give_the_same_ranking_bit_for_bit():
    company = an_enterprise("E", name="平台公司", chain_role="龙头")
    records = [*the_park(), company, a_finance("F", enterprise="E", as_of="2025-03-31", cash=100),
               a_demand("D", park="park", enterprise="E", stage="签约")]  # fmt: skip
    plain = assess_report(run(*records), texts())
    for seed in range(3):
        shuffled = random.Random(seed).sample(records, len(records))
        again = assess_report(run(*shuffled), texts())
        for part in ("pathways", "weights", "robustness", "recommended"):
            assert again[part] == plain[part]


def test_the_document_has_the_fields_of_the_contract():
    document = assess_report(run(*the_park()), texts())
    first = next(p for p in document["pathways"] if p["rank"] == 1)
    assert set(first["scores"]) == {c.value for c in CRITERIA}
    assert isinstance(first["weighted"], float)
    assert isinstance(first["topsis"], float)
    assert document["weights"]["method"] == "AHP"
    assert document["weights"]["cr"] == 0.0059
    assert document["weights"]["values"]["compliance"] == 0.3327
    assert document["robustness"]["label"] in {"稳健", "较稳健", "不稳健"}
    overlay = next(p for p in document["pathways"] if p["code"] == "P07")
    assert (overlay["scores"], overlay["weighted"], overlay["rank"]) == ({}, None, None)
    assert date.fromisoformat(document["as_of"]) == AS_OF


def test_a_tie_that_rounding_hides_is_a_tie_between_the_weights_too():
    """At weight 0 both come to 0.6 but for the last bit; A is behind at every other weight."""
    rows = ((10.0, 0.1 + 0.2, 0.3), (20.0, 0.3, 0.1 + 0.2))
    found = leads(Decision(("A", "B"), rows, (0.5, 0.25, 0.25)))
    [only] = [each for each in found if (each.code, each.criterion) == ("A", 0)]
    assert (only.low, only.high) == (0.0, 0.0)
