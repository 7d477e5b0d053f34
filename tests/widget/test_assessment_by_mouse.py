"""The assessment page with a mouse and a keyboard alone: links, sliders, matrix, override."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.weighing import WeightMethod
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.assessment.pathway_dialogs import ChoiceDialog
from workbench.ui.pages.assessment.weights_dialog import WeightsDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

LEFT = Qt.MouseButton.LeftButton
INDUSTRY = list(Criterion).index(Criterion.INDUSTRY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The sample park and its page for all tests; each takes back what it did."""
    made = a_rig(tmp_path_factory.mktemp("mouse"), sample=True)
    made.host.resize(1500, 900)
    record = made.services.assessments.of_park(made.context.park_key)[-1]
    made.context.choose_assessment(record.key)
    made.page = made.show(AssessmentPage)
    yield made
    made.close()


@pytest.fixture
def rig(shared, qtbot):
    with shared.lent(qtbot):
        yield shared


def tab(rig, number):
    """Click a tab of the header."""
    buttons = rig.page.header.tabs.findChildren(Button)
    QTest.mouseClick(buttons[number], LEFT)
    QApplication.processEvents()


def click_row(table, key, column=0):
    at = next(n for n, row in enumerate(table.rows()) if row.key == key)
    index = table.model().index(at, column)
    table.scrollTo(index)
    QApplication.processEvents()
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
    QApplication.processEvents()


def shown(widget, kind):
    return [each for each in widget.findChildren(kind) if each.isVisibleTo(widget)]


def words(widget):
    QApplication.processEvents()
    return "\n".join(label.text() for label in shown(widget, Label))


def press(rig, name):
    QApplication.processEvents()
    window = rig.host.window()
    [found] = [b for b in shown(window, Button) if b.accessibleName() == name]
    QTest.mouseClick(found, LEFT)
    QApplication.processEvents()


def dialog(rig, kind):
    [found] = [d for d in rig.host.window().findChildren(kind) if d.isVisible()]
    return found


def pick(box, key):
    """Open a choice with the mouse, move to an entry with the keyboard and take it."""
    QTest.mouseClick(box, LEFT)
    QApplication.processEvents()
    view = box.view()
    view.setCurrentIndex(box.model().index(box.findData(key), 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_problem_leads_from_its_rules_to_the_ledger_cells(rig):
    tab(rig, 1)
    diagnosis = rig.page.diagnosis
    click_row(diagnosis.table, "D5")
    assert "什么能推翻这个判断" in words(diagnosis.panel)
    links = shown(diagnosis.panel, TargetLink)
    assert links
    targets = set()
    for link in links:
        QTest.mouseClick(link, LEFT)
        targets.add(rig.shell.went[-1] if rig.shell.went else None)
    cells = [target for page, target in targets - {None} if page == "ledger"]
    ledger = rig.services.querying.ledger()
    assert cells
    for cell in cells:
        entity, key, *_ = cell.split(":")
        assert entity == "new" or ledger.find(entity, key) is not None


def test_a_row_of_the_comparison_leads_to_the_indicator_behind_our_figure(rig):
    tab(rig, 3)
    click_row(rig.page.matching.figures.table, "far")
    assert rig.page.header.tabs.current() == "indicators"
    assert rig.page.indicators.table.chosen() == "I-06"
    assert "I-06" in words(rig.page.indicators.panel)


def test_the_radar_scores_six_dimensions_and_a_row_leads_to_its_indicator(rig):
    """Design screen 05: six dimensions of 0–5; the other picture is the likeness of the cases."""
    tab(rig, 3)
    card = rig.page.matching.charts.radar
    head, *rows = card.scores.table()
    assert head[1] == "本资产"
    assert [row[0] for row in rows] == [
        "权属清晰", "空间效率", "租金水平", "产业匹配", "资金平衡", "配套条件",
    ]  # fmt: skip
    numbers = [float(row[1]) for row in rows if row[1] != "—"]
    assert numbers
    assert all(0 <= number <= 5 for number in numbers)
    click_row(rig.page.matching.charts.dimensions, "radar-title")
    assert rig.page.indicators.table.chosen() == "I-15"
    tab(rig, 3)
    likeness = card.views.findChildren(Button)[1]
    QTest.mouseClick(likeness, LEFT)
    QApplication.processEvents()
    assert card.likeness.isVisibleTo(card)
    assert not card.scores.isVisibleTo(card)
    assert "本资产" not in card.likeness.table()[0]


def test_a_weight_walks_under_the_mouse_and_the_keyboard_and_its_keeper_is_named(rig):
    tab(rig, 2)
    card = rig.page.pathways.weights
    assert "还没有人保存过" in words(card)
    slider = card.sliders[INDUSTRY]
    before = slider.value()
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    start = handle.center()
    QTest.mousePress(slider, LEFT, pos=start)
    QTest.mouseMove(slider, start + QPoint(slider.width() // 3, 0))
    QTest.mouseRelease(slider, LEFT, pos=start + QPoint(slider.width() // 3, 0))
    assert slider.value() > before
    dragged = slider.value()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == dragged + 1
    assert "未保存" in words(card)
    QTest.mouseClick(card.keep, LEFT)
    author = rig.program.settings.name_of_user()
    assert f"由 {author} 于 2026-11-23" in words(card)
    kept = rig.services.deciding.weighting(rig.context.park_key, rig.context.assessment_key)
    assert kept.method is WeightMethod.MANUAL
    rig.services.history.undo()
    assert "还没有人保存过" in words(card)


def test_a_judgement_picked_in_the_matrix_that_contradicts_is_named_with_its_remedy(rig):
    """Domain §5c: CR ≥ 0.10 blocks, the worst judgement is named with the value that mends it."""
    tab(rig, 2)
    press(rig, "判断权重")
    judging = dialog(rig, WeightsDialog)
    box = judging.box(Criterion.COMPLIANCE, Criterion.TIME)
    pick(box, "1/9")
    assert "合规可行比周期（反向）" in judging.problem()
    press(rig, "保存，暂不采用")
    assert rig.page.pathways.ranking.first is None
    record = rig.services.querying.record("assessment", rig.context.assessment_key)
    draft = rig.services.finalizing.draft(record)
    codes = [each.code for each in rig.services.finalizing.obstacles(record, draft)]
    assert "weights" in codes


def test_an_override_is_typed_with_its_reason_logged_and_undone(rig):
    tab(rig, 2)
    press(rig, "人工推荐")
    choosing = dialog(rig, ChoiceDialog)
    pick(choosing.path, "P04")
    assert not choosing.save.isEnabled()
    choosing.reason.setFocus()
    commit(choosing.reason, "区政府已列入计划")
    QTest.mouseClick(choosing.save, LEFT)
    assert rig.page.pathways.ranking.recommended == "P04"
    assert rig.page.pathways.ranking.override.reason == "区政府已列入计划"
    rig.services.history.undo()
    QApplication.processEvents()
    assert rig.page.pathways.ranking.override is None


def test_a_step_of_a_case_is_taken_into_the_checklist_and_back(rig):
    """Design screen 05: what can be borrowed, by the gap that it fills, added to the checklist."""
    tab(rig, 3)
    card = rig.page.matching.borrow
    rows = card.table.rows()
    points = [int(row.cells[1].text.split()[-1]) for row in rows if row.cells[1].text != "—"]
    assert points == sorted(points, reverse=True)
    free = next(row for row in rows if row.cells[2].text == "加入清单")
    code = free.cells[0].detail.split("　")[-1]
    click_row(card.table, free.key, column=2)
    record = rig.services.querying.record("assessment", rig.context.assessment_key)
    assert code in record.get("pathways")
    [row] = [row for row in card.table.rows() if row.key == free.key]
    assert row.cells[2].text == "已在清单"
    rig.services.history.undo()
    QApplication.processEvents()
    [row] = [row for row in card.table.rows() if row.key == free.key]
    assert row.cells[2].text == "加入清单"
