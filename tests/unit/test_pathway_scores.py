"""Scores of a pathway: rubric, origins, scenarios, answers of the analyst (domain §5c)."""

from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_context,
    a_demand,
    a_finance,
    a_lease,
    a_parcel,
    a_park,
    an_enterprise,
    with_values,
)
from tests.ranking_rig import run, the_park
from tests.shipped import content, texts
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import (
    RankingChoices,
)
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import (
    AnalystScore,
    FinancialOutcome,
    ScoreOrigin,
    return_score,
)
from workbench.domain.ranking.wording import (
    score_sentence,
)


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

    @pytest.mark.parametrize(("in_red_line", "score"), [(None, 60), (False, 100)])
    def test_a_veto_that_nobody_has_checked_caps_compliance_like_a_red_line(
        self, in_red_line, score
    ):
        """§5c: at most 60 while a red line is unknown; a veto (一票否决) is one."""
        said = {} if in_red_line is None else {"in_red_line": in_red_line}
        plot = a_parcel("land", plan_use="工业", end_on="2060-06-30",
                        adjacent_unsupplied_area=9000, **said)  # fmt: skip
        placing = run(a_park(), plot).ranking.placing("P03")
        assert {each.truth for each in placing.check.preconditions} == {True}
        found = placing.scores[Criterion.COMPLIANCE]
        assert found.value == score
        missing = {(each.entity, each.field) for each in found.trace.missing}
        assert missing == (set() if said else {("parcel", "in_red_line")})
        assert ("否决项待核 1 项，不超过 60" in score_sentence(found, texts())) == (not said)

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

    @pytest.mark.parametrize(
        ("wanted", "score"),
        [
            ("研发办公", 50),
            ("研发办公、宿舍", 50),
            ("厂房", 60),
            ("标准厂房或仓库", 60),
            (None, 60),
        ],
    )
    def test_a_signed_lead_for_a_building_of_another_kind_proves_nothing(self, wanted, score):
        """A lead for R&D offices gave a factory the 60 points of a matched tenant (§5c)."""
        park, land, building = the_park()
        factory = with_values(building, kind="标准厂房")
        lead = a_demand(park="park", stage="签约", need_kind=wanted)
        found = run(park, land, factory, lead).ranking.placing("P11").scores[Criterion.INDUSTRY]
        assert found.value == score
        assert ("别的楼栋类型" in score_sentence(found, texts())) is (score == 50)
        unknown = run(park, land, building, lead).ranking.placing("P11")
        assert unknown.scores[Criterion.INDUSTRY].value == 60

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
