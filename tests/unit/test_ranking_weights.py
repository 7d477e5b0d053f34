"""Weights of the ranking and choices made by hand: judgements, sums, overrides (domain §5c)."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.ranking_rig import run, the_park
from tests.shipped import content, texts
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import (
    RankingChoices,
    choices_of,
    values_of,
    weighting_of,
    whole_step,
)
from workbench.domain.ranking.ranking import Override
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.weighing import (
    Weighting,
    WeightMethod,
    in_proportion,
    starting,
    weigh,
)
from workbench.domain.ranking.wording import (
    override_sentence,
    problem_sentence,
)
from workbench.domain.records.ledger import Record


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
