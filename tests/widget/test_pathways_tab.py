"""The pathways tab: ranking with reasons, walking weights; judging, scoring, answering."""

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, unnamed
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.weighing import Weighting, WeightMethod
from workbench.ui.pages.assessment.answers_dialog import AnswersDialog
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.assessment.pathway_dialogs import ChoiceDialog, ScoreDialog
from workbench.ui.pages.assessment.weights_card import STEPS
from workbench.ui.pages.assessment.weights_dialog import WeightsDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.charts.tornado import Swing, Tornado
from workbench.ui.widgets.label import Label

INDUSTRY = list(Criterion).index(Criterion.INDUSTRY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The sample park and its page for all tests; each takes back what it did."""
    made = a_rig(tmp_path_factory.mktemp("pathways"), sample=True)
    [record] = made.services.assessments.of_park(made.context.park_key)
    made.context.choose_assessment(record.key)
    page = made.show(AssessmentPage)
    yield made, page, record.key
    made.close()


@pytest.fixture
def sample(shared, qtbot):
    made, _page, assessment = shared
    with made.lent(qtbot):
        yield made
        made.context.choose_assessment(assessment)


@pytest.fixture
def page(shared, sample):
    _rig, page, _assessment = shared
    page.show_target("pathways")
    QApplication.processEvents()
    return page


@pytest.fixture
def tab(page):
    return page.pathways


def dialog(tab, kind):
    [found] = [d for d in tab.window().findChildren(kind) if d.isVisible()]
    return found


def press(tab, words, qtbot):
    QApplication.processEvents()  # what was just laid out is shown in the next round
    buttons = [b for b in tab.window().findChildren(Button) if b.isVisibleTo(tab.window())]
    [found] = [b for b in buttons if b.accessibleName() == words]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def order(tab):
    return [row.key for row in tab.table.rows() if row.cells[0].text not in ("—", "— ★")]


def words(widget):
    QApplication.processEvents()
    return "\n".join(x.text() for x in widget.findChildren(Label) if x.isVisibleTo(widget))


def test_the_table_ranks_with_reasons_and_keeps_what_is_ruled_out(tab):
    rows = {row.key: row.cells for row in tab.table.rows()}
    ranking = tab.ranking
    assert order(tab) == [p.code for p in ranking.placings if p.rank is not None]
    first = ranking.first
    assert rows[first.code][2].text == f"{first.weighted:.2f}"
    assert rows[first.code][2].detail == f"TOPSIS {first.topsis:.4f}"
    assert len(rows) == 22
    assert rows["P07"][0].text == "—"
    assert first.code in words(tab.finding)
    assert "尚未由分析员确认" in words(tab.finding)


def test_the_panel_says_of_each_score_where_it_comes_from(tab):
    tab.show_pathway("P13")
    shown = words(tab.panel)
    assert "没有测算方案，用起始分" in shown
    assert "常见工期 9–18 个月（规划缺省值，不是本资产的工期），中点 13.5 个月" in shown
    assert "起始分" in shown
    assert "临界权重" in shown


def test_walking_a_weight_moves_the_order_live_and_can_be_taken_back(tab, qtbot):
    before = order(tab)
    kept = tab.ranking
    slider = tab.weights.sliders[INDUSTRY]
    slider.setFocus()
    slider.setValue(round(0.8 * STEPS))
    assert tab.ranking is not kept
    assert order(tab) != before
    assert order(tab)[0] == "P05"
    assert sum(tab.ranking.weighed.weights) == pytest.approx(1)
    assert "未保存" in words(tab.weights)
    qtbot.mouseClick(tab.weights.back, Qt.MouseButton.LeftButton)
    assert order(tab) == before
    assert tab.ranking is kept


def test_walked_weights_are_kept_in_one_step_that_undo_takes_back(sample, tab, qtbot):
    before = order(tab)
    tab.weights.sliders[INDUSTRY].setValue(round(0.8 * STEPS))
    walked = order(tab)
    qtbot.mouseClick(tab.weights.keep, Qt.MouseButton.LeftButton)
    key = sample.context.assessment_key
    kept = sample.services.deciding.weighting(sample.context.park_key, key)
    assert kept.method is WeightMethod.MANUAL
    assert sum(kept.manual.values()) == 1
    assert order(tab) == walked
    assert "直接给定" in words(tab.weights)
    sample.services.history.undo()
    QApplication.processEvents()
    assert order(tab) == before


def test_an_inconsistent_matrix_names_the_judgement_and_its_remedy(sample, tab, qtbot):
    press(tab, "判断权重", qtbot)
    judging = dialog(tab, WeightsDialog)
    assert judging.problem() == ""
    judging.box(Criterion.COMPLIANCE, Criterion.TIME).choose("1/9")
    assert "合规可行比周期（反向）" in judging.problem()
    assert "CR=0.444" in judging.problem()
    press(tab, "改为 6", qtbot)
    assert judging.problem() == ""
    assert judging.box(Criterion.COMPLIANCE, Criterion.TIME).chosen() == "6"
    press(tab, "保存权重", qtbot)
    kept = sample.services.deciding.weighting(
        sample.context.park_key, sample.context.assessment_key
    )
    assert kept.judgements[Criterion.COMPLIANCE, Criterion.TIME] == Fraction(6)
    assert "尚未由分析员确认" not in words(tab.finding)


def test_a_matrix_that_cannot_be_used_is_kept_but_ranks_nothing(sample, tab, qtbot):
    press(tab, "判断权重", qtbot)
    judging = dialog(tab, WeightsDialog)
    judging.box(Criterion.COMPLIANCE, Criterion.TIME).choose("")
    assert "还差 1 项" in judging.problem()
    press(tab, "保存，暂不采用", qtbot)
    assert tab.ranking.first is None
    assert order(tab) == []
    assert "还差 1 项" in words(tab.finding)
    assert not tab.weights.sliders[0].isEnabled()
    assert "0.0%" not in words(tab.weights)
    assert "还差 1 项" in words(tab.weights)
    assert sample.services.history.next_undo().label == "deciding.weigh"


def test_weights_by_hand_show_their_sum_and_can_be_scaled(tab, qtbot):
    press(tab, "判断权重", qtbot)
    judging = dialog(tab, WeightsDialog)
    judging.method.choose("手工")
    editor = judging.manual.editors[Criterion.COMPLIANCE]
    editor.selectAll()
    qtbot.keyClicks(editor, "50")
    assert "与 100% 相差" in judging.problem()
    editor.selectAll()
    qtbot.keyClicks(editor, "abc")
    assert editor.property("state") == "error"
    editor.selectAll()
    qtbot.keyClicks(editor, "50")
    press(tab, "按比例归一", qtbot)
    assert judging.problem() == ""
    assert sum(judging.manual.weights().values()) == 1


def test_a_score_needs_a_reason_and_can_be_taken_back(sample, tab, qtbot):
    tab.show_pathway("P13")
    press(tab, "改评分", qtbot)
    scoring = dialog(tab, ScoreDialog)
    assert not scoring.save.isEnabled()
    box = scoring.boxes[Criterion.RISK]
    box.setCurrentIndex(box.findData("90"))
    box.activated.emit(box.currentIndex())
    assert "评分标准：风险（反向）" in words(scoring)
    assert not scoring.save.isEnabled()
    scoring.reason.setFocus()
    commit(scoring.reason, "结构已鉴定")
    assert scoring.save.isEnabled()
    press(tab, "保存评分", qtbot)
    score = tab.ranking.placing("P13").scores[Criterion.RISK]
    assert (score.value, score.reason) == (90, "结构已鉴定")
    assert "分析员：结构已鉴定（原为 60" in words(tab.panel)
    press(tab, "改评分", qtbot)
    scoring = dialog(tab, ScoreDialog)
    scoring.boxes[Criterion.RISK].choose("")
    scoring.boxes[Criterion.RISK].activated.emit(0)
    press(tab, "保存评分", qtbot)
    assert tab.ranking.placing("P13").scores[Criterion.RISK].value == 60
    assert not sample.services.querying.records("pathway_score")


def test_a_person_may_recommend_another_with_a_reason(sample, tab, qtbot):
    press(tab, "人工推荐", qtbot)
    choosing = dialog(tab, ChoiceDialog)
    choosing.path.choose("P04")
    assert not choosing.save.isEnabled()
    choosing.reason.setFocus()
    commit(choosing.reason, "区政府已列入计划")
    press(tab, "推荐这条路径", qtbot)
    assert tab.ranking.recommended == "P04"
    assert "人工推荐 P04" in words(tab.finding)
    marked = {row.key: row.cells[0].text for row in tab.table.rows()}
    assert marked["P04"].endswith("★")
    press(tab, "撤回推荐", qtbot)
    assert tab.ranking.override is None


def test_an_answer_turns_a_precondition_from_unknown_to_met(sample, page, tab, qtbot):
    tab.show_pathway("P13")
    before = tab.ranking.placing("P13").scores[Criterion.COMPLIANCE].value
    press(tab, "补充前提", qtbot)
    asking = dialog(tab, AnswersDialog)
    assert "只用于评估" in words(asking)
    assert set(asking.editors) == {"structure_ok", "env_ok"}
    asking.editors["structure_ok"].choose("是")
    press(tab, "保存答案", qtbot)
    sample.settle(qtbot)
    placing = tab.ranking.placing("P13")
    assert next(c.truth for c in placing.check.preconditions if c.id == "P13-2") is True
    assert placing.scores[Criterion.COMPLIANCE].value > before
    [record] = [
        r for r in sample.services.querying.records("context") if r.get("assessment") is not None
    ]
    assert record.text("assessment") == sample.context.assessment_key
    assert record.flag("structure_ok") is True


def test_an_answer_that_cannot_be_read_keeps_the_dialog_and_what_was_typed(sample, tab, qtbot):
    tab.show_pathway("P05")
    press(tab, "补充前提", qtbot)
    asking = dialog(tab, AnswersDialog)
    editor = asking.editors["owners_consent_ratio"]
    editor.setFocus()
    qtbot.keyClicks(editor, "most")
    press(tab, "保存答案", qtbot)
    assert "most" in asking.refusal()
    assert editor.text() == "most"
    assert asking.isVisible()


def test_single_assets_without_an_assessment_ask_for_one_first(sample, page, tab, qtbot):
    sample.context.choose_assessment("")
    sample.settle(qtbot)
    assert page.assessed.assets
    press(tab, "人工推荐", qtbot)
    assert "请先保存评估" in sample.shell.toasts[-1]


def test_another_assessment_brings_its_own_weights(sample, page, tab, qtbot):
    context = sample.context
    other = sample.services.assessments.start("另一个", context.park_key, context.as_of)
    manual = {c: Decimal(0) for c in Criterion} | {Criterion.INDUSTRY: Decimal(1)}
    weighting = Weighting(WeightMethod.MANUAL, manual=manual)
    sample.services.deciding.weigh(context.park_key, other.key, weighting)
    before = order(tab)
    context.choose_assessment(other.key)
    sample.settle(qtbot)
    assert order(tab) != before
    assert tab.ranking.weighed.values[Criterion.INDUSTRY] == 1


def test_a_pathway_goes_to_the_checklist_with_what_must_come_first(sample, tab, qtbot):
    key = sample.context.assessment_key
    tab.show_pathway("P09")
    press(tab, "用于清单", qtbot)
    chosen = sample.services.querying.record("assessment", key).get("pathways")
    assert chosen.index("P01") < chosen.index("P09")
    tab.show_pathway("P05")
    press(tab, "按这个组合列清单", qtbot)
    chosen = sample.services.querying.record("assessment", key).get("pathways")
    assert {"P04", "P05", "P06", "P07", "P08"} <= set(chosen)
    assert "P08" in sample.shell.toasts[-1]


def test_everything_on_the_tab_can_be_named(page):
    assert unnamed(page) == []


def test_a_tornado_stands_widest_first_and_says_its_figures(qtbot):
    chart = Tornado("领先", ("−30%", "+30%"), 1.0, [Swing("甲", 0.5, 1.5), Swing("乙", -2, 4)])
    qtbot.addWidget(chart)
    assert [row[0] for row in chart.table()[1:]] == ["乙", "甲"]
    assert "−2" in chart.accessibleDescription()
    assert not chart.grab().isNull()
