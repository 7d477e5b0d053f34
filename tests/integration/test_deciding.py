"""Decisions about the ranking and pathway inputs: kept, logged, undone; from files and commands."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from workbench.application.assessment.answering import AnswerPlace, place_of
from workbench.application.assessment.assessing_named import options_for
from workbench.cli.main import main
from workbench.domain.findings import InputError, RefusedError, UsageError
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.scores import ScoreOrigin
from workbench.domain.ranking.weighing import Weighting, WeightMethod
from workbench.domain.ranking.wording import score_sentence
from workbench.files.decision_card import read_decisions

RANKED = ("P00", "P09", "P11", "P13")
E6_TEXT = """
judgements = { compliance = { return = 2, funding = 3, time = 4, industry = 3, risk = 2 }, return = { funding = 2, time = 3, industry = 2, risk = 1 }, funding = { time = 2, industry = 1, risk = "1/2" }, time = { industry = "1/2", risk = "1/3" }, industry = { risk = "1/2" } }
score = [{ pathway = "P13", criterion = "risk", score = 75, reason = "结构已鉴定" }]
choice = { pathway = "P11", reason = "先稳租户" }
"""  # noqa: E501


@pytest.fixture
def services(program, tmp_path):
    services = program.create(str(tmp_path / "a.park"))
    services.editing.add("park", {"code": "P-01", "name": "滨河园"})
    yield services
    services.close()


@pytest.fixture
def park(services):
    return services.querying.records("park")[0].key


def read(text):
    return read_decisions(text, "决定.toml", RANKED)


class TestDeciding:
    def test_judgements_are_kept_logged_and_taken_back_in_one_step(self, services, park):
        before = services.deciding.weighting(park)
        assert not before.own
        judgements = dict(before.judgements)
        judgements[Criterion.COMPLIANCE, Criterion.TIME] = Fraction(5)
        services.deciding.weigh(park, "", Weighting(WeightMethod.AHP, judgements), "党委会讨论")
        kept = services.deciding.weighting(park)
        assert kept.own
        assert kept.judgements == judgements
        assert services.history.next_undo().label == "deciding.weigh"
        [record] = services.querying.records("criteria_weights")
        assert record.text("author")
        assert record.text("reason") == "党委会讨论"
        services.history.undo()
        assert services.deciding.weighting(park) == before

    def test_an_assessment_has_its_own_and_takes_the_rest_from_the_park(self, services, park):
        named = services.assessments.start("评估一", park, services.program.today())
        manual = Weighting(WeightMethod.MANUAL, manual={c: Decimal("0.1") for c in Criterion})
        services.deciding.weigh(park, "", manual)
        services.deciding.score(park, "", "P09", {Criterion.RISK: Decimal(70)}, "园区")
        found = services.deciding.choices(park, named.key)
        assert found.weighting.manual == manual.manual
        services.deciding.score(park, named.key, "P09", {Criterion.RISK: Decimal(50)}, "评估")
        found = services.deciding.choices(park, named.key)
        assert found.scores["P09"][Criterion.RISK].value == 50
        services.deciding.unscore(park, named.key, "P09", Criterion.RISK)
        found = services.deciding.choices(park, named.key)
        assert found.scores["P09"][Criterion.RISK].value == 70

    def test_scores_of_the_whole_park_say_nothing_about_one_asset(self, services, park):
        services.deciding.score(park, "", "P09", {Criterion.RISK: Decimal(70)}, "园区")
        services.deciding.choose(park, "", "P09", "园区")
        assert services.deciding.choices(park).scores
        alone = services.deciding.choices(park, whole_park=False)
        assert not alone.scores
        assert alone.override is None

    def test_scoring_one_place_again_changes_the_same_record(self, services, park):
        for value in (50, 60):
            services.deciding.score(park, "", "P09", {Criterion.RISK: Decimal(value)}, "核对")
        assert len(services.querying.records("pathway_score")) == 1

    def test_a_choice_needs_a_reason_and_can_be_withdrawn(self, services, park):
        with pytest.raises(RefusedError, match="choice_reason"):
            services.deciding.choose(park, "", "P11", "  ")
        services.deciding.choose(park, "", "P11", "先稳租户")
        override = services.deciding.choices(park).override
        assert (override.pathway, override.reason) == ("P11", "先稳租户")
        assert override.author
        services.deciding.withdraw(park, "")
        assert services.deciding.choices(park).override is None
        services.deciding.withdraw(park, "")

    @pytest.mark.parametrize(
        ("pathway", "value", "reason", "code"),
        [
            ("P09", 72, "理由", "score_step"),
            ("P09", 105, "理由", "score_step"),
            ("P09", 70, " ", "score_reason"),
            ("P07", 70, "理由", "never_ranked"),
            ("P99", 70, "理由", "no_such_pathway"),
        ],
    )
    def test_a_score_that_breaks_a_rule_is_refused_whole(
        self, services, park, pathway, value, reason, code
    ):
        scores = {Criterion.TIME: Decimal(60), Criterion.RISK: Decimal(value)}
        with pytest.raises((RefusedError, UsageError), match=code):
            services.deciding.score(park, "", pathway, scores, reason)
        assert not services.querying.records("pathway_score")

    def test_going_back_to_the_starting_weights(self, services, park):
        services.deciding.weigh(park, "", Weighting(WeightMethod.ENTROPY))
        services.deciding.start_over(park, "")
        assert not services.deciding.weighting(park).own


class TestAnswering:
    def test_answers_begin_a_record_and_then_change_it(self, services, park):
        place = AnswerPlace(park)
        services.answering.answer(place, {"debt_total": "1200", "structure_ok": "是"})
        record = services.answering.record(place)
        assert record.number("debt_total") == 12_000_000
        assert record.flag("structure_ok") is True
        services.answering.answer(place, {"structure_ok": ""})
        assert services.answering.record(place).flag("structure_ok") is None
        assert len(services.querying.records("context")) == 1
        services.history.undo()
        assert services.answering.record(place).flag("structure_ok") is True

    def test_the_answers_of_an_assessment_and_an_asset_stand_apart(self, services, park):
        services.editing.add("parcel", {"code": "L1", "park": park})
        parcel = services.querying.records("parcel")[0]
        named = services.assessments.start("评估一", park, services.program.today())
        for place in (AnswerPlace(park), place_of(park, named.key, []),
                      place_of(park, named.key, [parcel])):  # fmt: skip
            services.answering.answer(place, {"structure_ok": "是"})
        assert len(services.querying.records("context")) == 3

    def test_what_cannot_be_read_changes_nothing(self, services, park):
        place = AnswerPlace(park)
        services.answering.answer(place, {"structure_ok": "是"})
        with pytest.raises(RefusedError):
            services.answering.answer(place, {"debt_total": "12", "structure_ok": "也许"})
        assert services.answering.record(place).number("debt_total") is None


class TestDecisionFile:
    def test_e6_from_a_file(self):
        found = read(E6_TEXT)
        assert found.weighting.method is WeightMethod.AHP
        assert len(found.weighting.judgements) == 15
        assert found.weighting.judgements[Criterion.TIME, Criterion.RISK] == Fraction(1, 3)
        assert found.scores["P13"][Criterion.RISK].reason == "结构已鉴定"
        assert found.override.pathway == "P11"

    def test_a_judgement_may_be_given_the_other_way_round(self):
        found = read("judgements = { risk = { compliance = '1/2' } }")
        assert found.weighting.judgements == {(Criterion.COMPLIANCE, Criterion.RISK): Fraction(2)}

    def test_weights_are_shares(self):
        found = read("weights = { compliance = 0.3, risk = 0.7 }")
        assert found.weighting.method is WeightMethod.MANUAL
        assert found.weighting.manual[Criterion.RISK] == Decimal("0.7")

    @pytest.mark.parametrize(
        ("text", "code", "place"),
        [
            ("judgements = { compliance = { return = 2.5 } }", "not_among", "return"),
            ("judgements = { compliance = { speed = 2 } }", "unknown_key", "speed"),
            (
                "judgements = { compliance = { risk = 2 }, risk = { compliance = 2 } }",
                "duplicate", "compliance",
            ),
            ("score = [{ pathway = 'P07', criterion = 'risk', score = 50, reason = 'x' }]",
             "not_among", "pathway"),
            ("score = [{ pathway = 'P09', criterion = 'risk', score = 52, reason = 'x' }]",
             "wrong_kind", "score"),
            ("score = [{ pathway = 'P09', criterion = 'risk', score = 50 }]", "missing", "reason"),
            ("choice = { pathway = 'P11' }", "missing", "reason"),
            ("method = '猜'", "not_among", "method"),
            ("weight = 1", "unknown_key", "weight"),
            ("weights = [", "syntax", "-"),
        ],
    )  # fmt: skip
    def test_a_mistake_is_named_with_its_place(self, text, code, place):
        with pytest.raises(InputError) as refused:
            read(text)
        assert refused.value.code == f"content.error.{code}"
        assert refused.value.params["field"] == place
        assert refused.value.params["file"] == "决定.toml"


class TestCommands:
    @pytest.fixture
    def project(self, services):
        return services.project

    def run(self, capsys, *arguments):
        status = main(["--language", "zh", *arguments])
        return status, capsys.readouterr()

    def test_assess_with_decisions_ranks_and_keeps_them(self, project, tmp_path, capsys):
        card = tmp_path / "决定.toml"
        card.write_text(E6_TEXT, encoding="utf-8")
        shown = ("assess", project, "--park", "P-01", "--as-of", "2026-06-30")
        status, out = self.run(capsys, *shown, "--decisions", str(card), "--save", "一", "--json")
        first = json.loads(out.out)
        assert status in (0, 1)
        assert first["weights"]["cr"] == 0.0059
        assert first["override"]["pathway"] == "P11"
        _, out = self.run(capsys, *shown, "--assessment", "一", "--json")
        again = json.loads(out.out)
        for part in ("pathways", "weights", "robustness", "override"):
            assert again[part] == first[part]
        _, out = self.run(capsys, *shown, "--json")
        assert json.loads(out.out)["override"] is None

    def test_weights_that_do_not_sum_are_a_finding_and_the_rest_goes_on(
        self, project, tmp_path, capsys
    ):
        card = tmp_path / "w.toml"
        card.write_text("weights = { compliance = 0.5, return = 0.2, funding = 0, time = 0,"
                        " industry = 0, risk = 0 }", encoding="utf-8")  # fmt: skip
        status, out = self.run(
            capsys, "assess", project, "--park", "P-01", "--decisions", str(card)
        )
        assert status == 1
        assert "与 100% 相差 30.0 个百分点" in out.out
        assert "P00 维持现状" in out.out

    def test_an_answer_from_the_command_line_makes_a_precondition_true(self, project, capsys):
        status, _ = self.run(capsys, "set", project, "context", "P-01", "city_has_m0_rule=是")
        assert status == 0
        _, out = self.run(capsys, "assess", project, "--park", "P-01", "--json")
        p14 = next(p for p in json.loads(out.out)["pathways"] if p["code"] == "P14")
        assert next(c["result"] for c in p14["preconditions"] if c["id"] == "P14-1") is True
        status, out = self.run(capsys, "set", project, "context", "P-01", "city_has_m0_rule=也许")
        assert status == 2
        assert "也许" in out.err
        status, out = self.run(capsys, "set", project, "context", "P-99", "city_has_m0_rule=是")
        assert status == 2
        assert "P-99" in out.err


E5 = {
    "area": Decimal(20000), "rent": Decimal(15), "base_occupancy": Decimal("0.45"),
    "occupancy": tuple(map(Decimal, ("0.60", "0.72", "0.82", "0.88", "0.90"))),
    "capex": Decimal(9_000_000),
}  # fmt: skip


class TestScenarios:
    """Domain §5e E5 scores 财务收益 60: NPV −221.8 without terminal value, 614.2 with it."""

    def scored(self, services, park, assessment="", assets=()):
        options = options_for(services, park, assessment, assets)
        draft = services.assessing.run(
            park, assets or None, services.program.today(), options,
            ledger=services.querying.ledger(),
        )  # fmt: skip
        return draft.ranking.placing("P12").scores[Criterion.RETURN]

    def test_a_kept_scenario_scores_the_pathways_that_its_model_tests(self, services, park):
        before = self.scored(services, park)
        assert (before.value, before.origin) == (55, ScoreOrigin.START)
        services.scenarios.create(
            "招租方案", "lease_up", services.program.today(), park_key=park, stated=E5
        )
        after = self.scored(services, park)
        assert (after.value, after.origin) == (60, ScoreOrigin.AUTO)
        words = score_sentence(after, services.program.texts("zh_CN"))
        assert "招租方案" in words
        assert "614.16 万元（计终值）" in words
        assert "−221.81 万元（不计）" in words

    def test_the_scenario_of_another_scope_says_nothing_here(self, services, park):
        services.editing.add("building", {"name": "A1", "park": park})
        building = services.querying.records("building")[0].key
        services.scenarios.create(
            "招租方案", "lease_up", services.program.today(), park_key=park, stated=E5
        )
        other = self.scored(services, park, assets=(building,))
        assert other.origin is ScoreOrigin.START
        named = services.assessments.start("评估一", park, services.program.today())
        services.scenarios.create(
            "评估的方案", "lease_up", services.program.today(), park_key=park,
            stated=E5 | {"capex": Decimal(90_000_000)}, assessment_key=named.key,
        )  # fmt: skip
        assert self.scored(services, park).value == 60
        assert self.scored(services, park, named.key).value == 20

    def test_a_scenario_without_a_result_leaves_the_starting_score_and_says_so(
        self, services, park
    ):
        services.scenarios.create("空", "lease_up", services.program.today(), park_key=park)
        score = self.scored(services, park)
        assert score.origin is ScoreOrigin.START
        assert "空" in score_sentence(score, services.program.texts("zh_CN"))
