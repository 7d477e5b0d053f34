"""Scoring and ranking of pathways: rubric, origins, filter, weights, overrides (domain §5c)."""

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_demand,
    a_finance,
    a_lease,
    a_ledger,
    a_parcel,
    a_park,
    an_encumbrance,
    an_enterprise,
)
from tests.report_rig import AS_OF, FixedClock, content, texts
from workbench.application.assessment.assess_report import assess_report
from workbench.application.assessment.assessing import AssessingService, AssessmentOptions
from workbench.domain.feasibility import Feasibility
from workbench.domain.ledger import Record
from workbench.domain.pathways import Criterion
from workbench.domain.ranking.choices import (
    RankingChoices,
    choices_of,
    values_of,
    weighting_of,
    whole_step,
)
from workbench.domain.ranking.ranking import Override, rank_pathways
from workbench.domain.ranking.robustness import Robustness
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import (
    AnalystScore,
    FinancialOutcome,
    ScoreOrigin,
    return_score,
)
from workbench.domain.ranking.weighing import (
    Weighting,
    WeightMethod,
    in_proportion,
    starting,
    weigh,
)
from workbench.domain.ranking.wording import (
    closeness_sentence,
    flip_sentences,
    override_sentence,
    problem_sentence,
    provisional_sentence,
    score_sentence,
)

CODES = ("P09", "P11", "P06", "P04")
E6_SCORES = {
    "P09": (85, 70, 90, 80, 45, 75),
    "P11": (90, 50, 85, 90, 50, 80),
    "P06": (65, 85, 35, 35, 90, 45),
    "P04": (70, 40, 30, 45, 40, 60),
}


def the_park():
    """A park whose transfer, letting, joint venture and take-back are not ruled out."""
    return [
        a_park(),
        a_parcel("land", obtain_mode="出让", land_use="工业", plan_use="工业", status="低效",
                 end_on="2060-06-30", seizure=False, mortgage=False),
        a_building("B1", parcel="land", gfa_actual=30000, rentable_area=28000, cert_status="已办结",
                   fire_accept="通过", safety_grade="B", use_status="部分出租",
                   planning_accept="通过"),
    ]  # fmt: skip


def run(*records, assets=None, **options):
    service = AssessingService(None, content, FixedClock())
    asked = AssessmentOptions(**options)
    return service.run("park", assets, AS_OF, asked, ledger=a_ledger(*records))


def said(scores):
    reason = "E6"
    return {
        code: {c: AnalystScore(Decimal(v), reason) for c, v in zip(CRITERIA, row, strict=True)}
        for code, row in scores.items()
    }


def only(draft, codes):
    """The ranking among these pathways alone."""
    kept = [p for p in draft.ranking.placings if p.code in codes]
    weighting, rules = draft.ranking.weighed.weighting, draft.ranking.rules
    scores = {p.code: p.scores for p in kept}
    return rank_pathways([p.check for p in kept], scores, weighting, rules)


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


class TestScores:
    def test_compliance_counts_true_and_four_tenths_of_unknown_capped_by_a_red_line(self):
        scores = run(*the_park()).ranking.placing("P13").scores
        compliance = scores[Criterion.COMPLIANCE]
        check = next(p.check for p in run(*the_park()).ranking.placings if p.code == "P13")
        truths = [c.truth for c in check.preconditions]
        plain = 100 * (truths.count(True) + 0.4 * truths.count(None)) / len(truths)
        assert None in truths
        assert compliance.value == min(Decimal(str(round(plain, 1))), Decimal(60))
        assert compliance.origin is ScoreOrigin.AUTO
        assert set(compliance.trace.missing) == {m for c in check.preconditions for m in c.missing}

    def test_an_answer_lifts_compliance_and_names_its_cell(self):
        context = a_context("answers", park="park", structure_ok=True, env_ok=True)
        before = run(*the_park()).ranking.placing("P13").scores[Criterion.COMPLIANCE]
        after = run(*the_park(), context).ranking.placing("P13").scores[Criterion.COMPLIANCE]
        assert after.value > before.value
        used = {(i.entity, i.key, i.field) for i in after.trace.inputs}
        assert ("context", "answers", "structure_ok") in used

    @pytest.mark.parametrize(
        ("code", "score"),
        [("P11", 100), ("P09", 100), ("P06", 80), ("P13", 60), ("P05", 40), ("P19", 60)],
    )
    def test_time_is_the_middle_of_the_usual_duration(self, code, score):
        found = run(*the_park()).ranking.placing(code).scores[Criterion.TIME]
        assert found.value == score
        assert found.origin is ScoreOrigin.AUTO

    def test_risk_is_the_worst_level_of_the_risks_of_the_path(self):
        ranking = run(*the_park()).ranking
        values = {p.code: p.scores[Criterion.RISK].value for p in ranking.placings}
        assert values["P09"] == 60
        assert values["P03"] == 40
        sentence = score_sentence(ranking.placing("P09").scores[Criterion.RISK], texts())
        assert "R2 流拍或二次降价 3×4=12" in sentence
        assert "评分锚点“只有中等风险”" in sentence

    def test_without_a_scenario_return_and_funding_are_starting_scores_and_say_so(self):
        scores = run(*the_park()).ranking.placing("P09").scores
        for criterion, value in ((Criterion.RETURN, 70), (Criterion.FUNDING, 90)):
            assert (scores[criterion].value, scores[criterion].origin) == (value, ScoreOrigin.START)
            assert "没有测算方案" in score_sentence(scores[criterion], texts())

    @pytest.mark.parametrize(
        ("with_terminal", "without", "irr", "share", "score"),
        [
            (-5, -9, None, None, 20),
            (1, -9, None, None, 40),
            (50, -9, "0.11", None, 60),
            (50, 20, "0.09", None, 60),
            (50, 20, "0.10", None, 80),
            (50, 20, "0.13", None, 100),
            (-5, -9, None, "0.9", 100),
            (None, None, None, "0.5", None),
        ],
    )
    def test_return_follows_the_rubric_of_5c(self, with_terminal, without, irr, share, score):
        def of(value):
            return None if value is None else Decimal(str(value))

        outcome = FinancialOutcome(
            "P09", "基准", of(with_terminal), of(without), of(irr), Decimal("0.08"), of(share),
            Decimal(100),
        )  # fmt: skip
        assert return_score(outcome, content().ranking) == score

    @pytest.mark.parametrize(
        ("gap", "score"), [(0, 100), (4, 80), (5, 60), (10, 40), (20, 40), (21, 20)]
    )
    def test_funding_is_the_gap_over_the_platforms_cash(self, gap, score):
        company = an_enterprise("E", name="平台公司")
        finance = a_finance("F", enterprise="E", as_of="2025-03-31", cash=100)
        outcomes = {"P09": FinancialOutcome("P09", "基准", peak_gap=Decimal(gap))}
        found = run(*the_park(), company, finance, outcomes=outcomes).ranking.placing("P09")
        funding = found.scores[Criterion.FUNDING]
        assert (funding.value, funding.origin) == (score, ScoreOrigin.AUTO)
        if gap:
            assert ("finance", "F", "cash") in {
                (i.entity, i.key, i.field) for i in funding.trace.inputs
            }

    def test_a_gap_without_known_cash_is_not_scored_as_none(self):
        outcomes = {"P09": FinancialOutcome("P09", "基准", peak_gap=Decimal(5))}
        funding = (
            run(*the_park(), outcomes=outcomes).ranking.placing("P09").scores[Criterion.FUNDING]
        )
        assert (funding.value, funding.origin) == (90, ScoreOrigin.START)
        assert ("finance", "", "cash") in {
            (m.entity, m.key, m.field) for m in funding.trace.missing
        }

    def test_signed_tenants_raise_industry_a_lead_firm_more(self):
        firm = an_enterprise("E", name="龙头企业", chain_role="链主企业")
        lead = a_demand(park="park", enterprise="E", stage="签约")
        plain = an_enterprise("F", name="配套企业")
        other = a_demand(park="park", enterprise="F", stage="落地")
        talks = a_demand(park="park", enterprise="F", stage="洽谈")

        def industry(*records):
            score = run(*the_park(), *records).ranking.placing("P11").scores[Criterion.INDUSTRY]
            return score.value, score.origin

        assert industry() == (50, ScoreOrigin.START)
        assert industry(plain, talks) == (50, ScoreOrigin.START)
        assert industry(plain, other) == (60, ScoreOrigin.AUTO)
        assert industry(firm, lead) == (80, ScoreOrigin.AUTO)

    def test_signed_tenants_never_lower_a_starting_score(self):
        firm = an_enterprise("F", name="配套企业")
        lead = a_demand(park="park", enterprise="F", stage="签约")
        score = run(*the_park(), firm, lead).ranking.placing("P06").scores[Criterion.INDUSTRY]
        assert (score.value, score.origin) == (90, ScoreOrigin.START)

    def test_an_analyst_speaks_last_with_a_reason_and_what_stood_there(self):
        choices = RankingChoices(
            scores={"P09": {Criterion.RISK: AnalystScore(Decimal(75), "买家已签意向")}}
        )
        score = run(*the_park(), choices=choices).ranking.placing("P09").scores[Criterion.RISK]
        assert (score.value, score.origin) == (75, ScoreOrigin.ANALYST)
        assert score.instead_of == 60
        assert "买家已签意向" in score_sentence(score, texts())

    def test_keeping_things_as_they_are_scores_by_todays_income(self):
        let = a_lease(building="B1", area=10000, rent_price=15, start_on="2024-01-01",
                      end_on="2027-12-31", status="履行中")  # fmt: skip
        unknown = run(*the_park()).ranking.placing("P00").scores[Criterion.RETURN]
        assert (unknown.value, unknown.origin) == (40, ScoreOrigin.START)
        assert unknown.trace.missing
        draft = run(*the_park(), let)
        known = draft.ranking.placing("P00").scores[Criterion.RETURN]
        income = draft.indicators["I-45"]
        if income.value is not None:
            assert known.origin is ScoreOrigin.AUTO
            assert known.trace.inputs == income.trace.inputs

    def test_starting_scores_are_those_of_domain_5c(self):
        table = {
            "P02": "60/65/75/70/70/55", "P03": "70/55/75/75/60/70", "P04": "65/40/25/55/45/55",
            "P05": "55/65/25/20/85/45", "P06": "60/75/35/35/90/45", "P09": "75/70/90/70/50/70",
            "P11": "90/50/85/90/50/80", "P12": "80/55/80/80/65/65", "P13": "75/65/45/45/70/65",
            "P14": "45/70/35/35/65/45", "P15": "60/50/70/35/45/40", "P16": "55/60/65/45/60/45",
            "P20": "80/35/85/50/40/50", "P21": "70/45/80/65/40/60",
        }  # fmt: skip
        for code, row in table.items():
            scores = content().pathways[code].starting_scores
            assert "/".join(str(scores[c]) for c in CRITERIA) == row


class TestWeights:
    def test_the_products_own_judgements_are_e6_and_unconfirmed(self):
        weighed = weigh(starting(content().ranking.judgements))
        assert not weighed.weighting.own
        assert weighed.judged.ratio == pytest.approx(0.0059, abs=5e-5)

    def test_inconsistent_judgements_rank_nothing_and_name_judgement_triple_and_remedy(self):
        judgements = dict(content().ranking.judgements)
        judgements[Criterion.COMPLIANCE, Criterion.TIME] = Fraction(1, 9)
        choices = RankingChoices(Weighting(WeightMethod.AHP, judgements, own=True))
        ranking = run(*the_park(), choices=choices).ranking
        assert ranking.first is None
        assert ranking.robustness is None
        assert all(p.rank is None and p.weighted is None for p in ranking.placings)
        problem = ranking.weighed.problem
        assert problem.code == "inconsistent_mend"
        assert problem.criteria == (Criterion.COMPLIANCE, Criterion.TIME)
        assert problem.shown["given"] == "1/9"
        mended = judgements | {problem.criteria: Fraction(problem.shown["value"])}
        assert weigh(Weighting(WeightMethod.AHP, mended)).judged.acceptable
        for language in ("zh_CN", "en"):
            words = problem_sentence(problem, texts(language))
            assert "1/9" in words
            assert problem.shown["after"] in words

    def test_a_missing_judgement_is_named(self):
        judgements = dict(content().ranking.judgements)
        del judgements[Criterion.TIME, Criterion.RISK]
        problem = weigh(Weighting(WeightMethod.AHP, judgements)).problem
        assert problem.code == "incomplete"
        assert set(problem.criteria) == {Criterion.TIME, Criterion.RISK}
        assert "周期" in problem_sentence(problem, texts())

    @pytest.mark.parametrize(
        ("weights", "code"),
        [
            ("0.30 0.20 0.10 0.10 0.10 0.10", "weights_sum"),
            ("0.40 0.20 0.20 0.10 0.10 0.10", "weights_sum"),
            ("1.20 -0.20 0 0 0 0", "weights_range"),
            ("0.50 0.50", "weights_missing"),
        ],
    )
    def test_weights_by_hand_that_cannot_be_used_say_why(self, weights, code):
        manual = dict(zip(CRITERIA, map(Decimal, weights.split()), strict=False))
        weighed = weigh(Weighting(WeightMethod.MANUAL, manual=manual))
        assert weighed.weights is None
        assert weighed.problem.code == code
        assert problem_sentence(weighed.problem, texts())

    def test_rounded_weights_of_e6_are_taken_though_they_sum_to_1_0001(self):
        rounded = ("0.3327", "0.1947", "0.1072", "0.0636", "0.1072", "0.1947")
        manual = dict(zip(CRITERIA, map(Decimal, rounded), strict=True))
        weighed = weigh(Weighting(WeightMethod.MANUAL, manual=manual))
        assert sum(weighed.weights) == pytest.approx(1)

    def test_weights_in_proportion_sum_exactly_to_one(self):
        manual = dict.fromkeys(CRITERIA, Decimal("0.15"))
        assert sum(in_proportion(manual).values()) == 1

    def test_weights_by_entropy_come_from_the_scores_that_compete(self):
        choices = RankingChoices(Weighting(WeightMethod.ENTROPY, own=True))
        ranking = run(*the_park(), choices=choices).ranking
        assert sum(ranking.weighed.weights) == pytest.approx(1)
        assert ranking.weighed.judged is None
        assert ranking.first is not None

    def test_other_weights_over_the_same_scores_rank_as_if_computed_anew(self):
        manual = dict.fromkeys(CRITERIA, Decimal("0.1")) | {Criterion.INDUSTRY: Decimal("0.5")}
        weighting = Weighting(WeightMethod.MANUAL, manual=manual, own=True)
        walked = run(*the_park()).ranking.weighed_by(weighting)
        anew = run(*the_park(), choices=RankingChoices(weighting)).ranking
        assert walked == anew


class TestChoices:
    def test_a_weighting_survives_its_record(self):
        weighting = starting(content().ranking.judgements)
        manual = Weighting(
            WeightMethod.MANUAL, weighting.judgements, dict.fromkeys(CRITERIA, Decimal("0.1"))
        )
        for each in (weighting, manual, Weighting(WeightMethod.ENTROPY)):
            values = {k: v for k, v in values_of(each).items() if v is not None}
            kept = weighting_of(Record("criteria_weights", "W", values))
            assert (kept.method, kept.judgements, kept.manual) == (
                each.method, each.judgements, each.manual,
            )  # fmt: skip
            assert kept.own

    def test_later_scores_and_new_choices_go_before_earlier_ones(self):
        def score(value, reason):
            values = {"pathway": "P09", "criterion": "risk", "score": Decimal(value),
                      "reason": reason}  # fmt: skip
            return Record("pathway_score", reason, values)

        kept = choices_of(None, [score(50, "园区"), score(70, "评估")], None)
        assert kept.scores["P09"][Criterion.RISK].reason == "评估"
        new = RankingChoices(override=Override("P11", "先稳租户"))
        joined = new.over(kept)
        assert joined.override.pathway == "P11"
        assert joined.scores == kept.scores

    def test_a_choice_against_what_stands_in_its_way_is_kept_and_said(self):
        choices = RankingChoices(override=Override("P15", "领导决定", "王工"))
        ranking = run(*the_park(), choices=choices).ranking
        assert ranking.recommended == "P15"
        assert ranking.first.code != "P15"
        words = override_sentence(ranking, texts())
        assert "领导决定" in words
        assert "王工" in words

    @pytest.mark.parametrize(("value", "good"), [(0, True), (75, True), (72, False), (105, False)])
    def test_analysts_score_in_steps_of_five(self, value, good):
        assert whole_step(Decimal(value)) is good


class TestPathwayInputs:
    def test_the_assessments_answer_goes_before_the_parks(self):
        park = a_context("general", park="park", structure_ok=False)
        own = a_context("own", park="park", assessment="A1", structure_ok=True)
        records = (*the_park(), park, own)

        def truth(**options):
            checks = run(*records, **options).pathways
            p13 = next(c for c in checks if c.pathway.code == "P13")
            return next(c.truth for c in p13.preconditions if c.id == "P13-2")

        assert truth() is False
        assert truth(assessment="A1") is True
        assert truth(assessment="A2") is False

    def test_an_assets_answer_counts_for_that_asset_only(self):
        own = a_context("own", park="park", building="B1", structure_ok=True)
        other = a_building("B2", parcel="land", gfa_actual=1000)
        records = (*the_park(), own, other)

        def truth(assets):
            checks = run(*records, assets=assets).pathways
            p13 = next(c for c in checks if c.pathway.code == "P13")
            return next(c.truth for c in p13.preconditions if c.id == "P13-2")

        assert truth(["B1"]) is True
        assert truth(None) is None
        assert truth(["B1", "B2"]) is None

    def test_a_blank_answer_is_unknown_and_never_no(self):
        blank = a_context("own", park="park", assessment="A1")
        general = a_context("general", park="park", structure_ok=True)
        checks = run(*the_park(), blank, general, assessment="A1").pathways
        p13 = next(c for c in checks if c.pathway.code == "P13")
        assert next(c.truth for c in p13.preconditions if c.id == "P13-2") is True


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
