"""Sheet 6 of the report: 表6-1 to 表6-8, live formulas, what is refused, what is provisional."""

from decimal import Decimal
from fractions import Fraction

import pytest

from tests.builders import a_building, a_parcel, a_park
from tests.ranking_rig import E6_SCORES
from tests.report_rig import content, report_of, table_of, words_of
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.choices import RankingChoices
from workbench.domain.ranking.pairwise import judge, reciprocal_matrix
from workbench.domain.ranking.ranking import Override
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.scores import AnalystScore
from workbench.domain.ranking.weighing import Weighting, WeightMethod
from workbench.domain.report.model import CellState, Tone
from workbench.domain.report.sections.pathways.eigenvector import is_settled


def a_site():
    return [
        a_park(),
        a_parcel("land", obtain_mode="出让", land_use="工业", plan_use="工业", status="低效",
                 seizure=False, mortgage=False),
        a_building("B1", parcel="land", gfa_actual=30000, rentable_area=28000, cert_status="已办结",
                   fire_accept="通过", safety_grade="B"),
    ]  # fmt: skip


def e6(override=None):
    scores = {
        code: {c: AnalystScore(Decimal(v), "E6") for c, v in zip(CRITERIA, row, strict=True)}
        for code, row in E6_SCORES.items()
    }
    return RankingChoices(scores=scores, override=override)


def row_of(table, code):
    return next(row for row in table.rows if str(row[0].value).startswith(code))


@pytest.fixture(scope="module")
def report():
    return report_of(*a_site(), choices=e6(Override("P11", "先稳住租户", "王工")))


def test_table_6_2_weighs_e6_by_live_formulas_over_the_weights(report):
    """Domain §5e E6: 76.06 and 75.44, under the weights of 表6-3."""
    table = table_of(report, "pathways", "表6-2")
    place = table.place("weighted")
    sale, lease = row_of(table, "P09"), row_of(table, "P11")
    assert round(sale[place].number, 2) == Decimal("76.06")
    assert round(lease[place].number, 2) == Decimal("75.44")
    formula = sale[place].formula
    assert '"待核",{compliance}*{weights!weight@1}+{return}*{weights!weight@2}+' in formula
    rank = sale[table.place("rank")]
    assert rank.value == 1
    assert '"待核",1+SUMPRODUCT(' in rank.formula
    assert sale[table.place("compliance")].tone is Tone.STRONG


def test_what_people_changed_stands_beside_the_score_with_its_reason(report):
    table = table_of(report, "pathways", "表6-2")
    words = row_of(table, "P11")[table.place("by_hand")].value
    assert "人工推荐：先稳住租户" in words
    assert "：E6" in words
    assert row_of(table, "P13")[table.place("by_hand")].value == "—"


def test_the_matrix_stands_with_its_mirror_as_formulas_and_its_proof(report):
    table = table_of(report, "pathways", "表6-3")
    weights = [round(cell.number, 4) for cell in table.cells("weight")]
    assert weights == [Decimal(w) for w in
                       ("0.3327", "0.1947", "0.1072", "0.0636", "0.1072", "0.1947")]  # fmt: skip
    assert table.rows[1][table.place("compliance")].formula == "1/{return@1}"
    quotients = [float(cell.number) for cell in table.cells("quotient")]
    assert quotients == pytest.approx([6.0368] * 6, abs=5e-5)


def test_consistency_and_the_random_index_are_printed(report):
    table = table_of(report, "pathways", "表6-4")
    [row] = table.rows
    assert round(row[table.place("ratio")].number, 4) == Decimal("0.0059")
    assert row[table.place("ratio")].formula == "{index}/{random}"
    random_index = table_of(report, "pathways", "平均随机一致性指标 RI")
    assert [str(cell.number) for cell in random_index.rows[0][1:]] == [
        "0.58", "0.9", "1.12", "1.24", "1.32", "1.41", "1.45", "1.49",
    ]  # fmt: skip


def test_sensitivity_names_the_flips_of_e6(report):
    """Domain §5e E6: 合规 +30 % or 财务 −30 % puts P11 first."""
    table = table_of(report, "pathways", "表6-5")
    compliance, returns = table.rows[0], table.rows[1]
    assert compliance[table.place("first_up")].value == "P11"
    assert compliance[table.place("lead_up")].number < 0
    assert returns[table.place("first_down")].value == "P11"
    words = words_of(report, "pathways")
    assert "不稳健" in words
    assert "合规可行的权重+30%，第一名变为 P11" in words
    assert "判定规则" in words


def test_the_reader_learns_first_of_the_choice_and_that_the_result_is_close(report):
    words = words_of(report, "pathways")
    assert "人工推荐 P11（计算排名第 2）：先稳住租户。决定人：王工" in words
    assert "结论接近，需人工判断" in words
    assert "人工推荐：P11" in words_of(report, "summary")


def test_every_score_has_a_row_that_says_where_it_comes_from(report):
    table = table_of(report, "annex_e", "表6-7")
    scored = [p for p in content().pathways.values() if p.ranked]
    assert len(table.rows) == 6 * len(scored)
    assert {cell.value for cell in table.cells("origin")} == {"自动", "起始分", "分析员"}
    assert all(cell.value for cell in table.cells("sentence"))


def test_what_is_ruled_out_keeps_its_scores_and_has_no_rank():
    report = report_of(*a_site(), choices=e6())
    table = table_of(report, "pathways", "表6-2")
    ranks = table.cells("rank")
    unranked = [row for row, rank in zip(table.rows, ranks, strict=True)
                if rank.state is CellState.NOT_APPLICABLE]  # fmt: skip
    for row in unranked:
        assert row[table.place("weighted")].number is not None
        assert row[table.place("firm")].value in ("不可行", "暂不具备")


def test_weights_that_cannot_be_used_keep_the_report_a_draft_and_say_why():
    judgements = dict(content().ranking.judgements)
    judgements[Criterion.COMPLIANCE, Criterion.TIME] = Fraction(1, 9)
    choices = RankingChoices(Weighting(WeightMethod.AHP, judgements, own=True))
    report = report_of(*a_site(), choices=choices)
    assert report.is_draft
    assert any("权重不采用" in item for item in report.open_items)
    assert "权重不采用" in words_of(report, "pathways")
    table = table_of(report, "pathways", "表6-2")
    assert all(cell.state is CellState.NOT_APPLICABLE for cell in table.cells("weighted"))
    consistency = table_of(report, "pathways", "表6-4")
    assert consistency.rows[0][consistency.place("accepted")].value == "不采用"
    assert "推荐路径尚未评估" in words_of(report, "summary")


def test_weights_by_hand_are_printed_without_a_matrix():
    manual = {c: Decimal("0.1") for c in CRITERIA} | {Criterion.INDUSTRY: Decimal("0.5")}
    choices = RankingChoices(Weighting(WeightMethod.MANUAL, manual=manual, own=True))
    table = table_of(report_of(*a_site(), choices=choices), "pathways", "表6-3")
    assert [column.key for column in table.columns] == ["criterion", "given", "weight"]
    assert [str(cell.number) for cell in table.cells("weight")] == [
        "0.1", "0.1", "0.1", "0.1", "0.5", "0.1",
    ]  # fmt: skip


def test_english_speaks_english():
    words = words_of(report_of(*a_site(), language="en", choices=e6()), "pathways")
    assert "First by score for the time being: P09" in words
    assert not any("一" <= sign <= "鿿" for sign in words.replace("待核", ""))


def test_the_steps_of_table_6_15_come_to_the_weights_of_a_matrix_that_is_barely_accepted():
    upper = [
        [2, 3, 4, 3, 6],
        [4, 3, 2, 1],
        [2, 3, Fraction(1, 2)],
        [Fraction(1, 2), Fraction(1, 3)],
        [Fraction(1, 4)],
    ]
    judged = judge(reciprocal_matrix(upper))
    assert 0.05 < judged.ratio < 0.1
    assert is_settled(judged)
