"""The assessment page: figures with their cells, diagnosis with rules, cases with reasons."""

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.unit.test_grading import E8
from tests.unit.test_standards import E7_YEAR
from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from workbench.ui.assessed import DraftState
from workbench.ui.pages.assessment.dialogs import KeepDialog, StartDialog
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.assessment.scope_dialog import ScopeDialog
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.charts.lines import Lines
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import ReadTable
from workbench.ui.widgets.target_link import TargetLink

rig = one_park


@pytest.fixture
def sample(tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, sample=True)
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """The sample park and its page for those who look at what it says and change no scope."""
    made = a_rig(tmp_path_factory.mktemp("assessment"), sample=True)
    yield made, made.show(AssessmentPage)
    made.close()


@pytest.fixture
def looked_at(shared, qtbot):
    made, page = shared
    with made.lent(qtbot):
        yield made, page


def shown(rig, qtbot):
    page = rig.show(AssessmentPage)
    rig.settle(qtbot)
    return page


def visible(page, kind):
    QApplication.processEvents()  # what was just laid out is shown in the next round
    return [widget for widget in page.findChildren(kind) if widget.isVisibleTo(page)]


def open_dialog(page, kind):
    [dialog] = [d for d in page.window().findChildren(kind) if d.isVisible()]
    return dialog


def button(page, words):
    [found] = [b for b in visible(page, Button) if b.accessibleName() == words]
    return found


def assets(rig):
    querying = rig.services.querying
    return [*querying.records("parcel"), *querying.records("building")]


def row(page, indicator):
    rows = {row.key: row for row in page.indicators.table.rows()}
    return rows[indicator].cells


def test_an_empty_park_leads_to_the_ledger(rig, qtbot):
    page = shown(rig, qtbot)
    qtbot.mouseClick(button(page, "打开资产台账"), Qt.MouseButton.LeftButton)
    assert rig.shell.went == [("ledger", "")]


def test_what_is_missing_is_named_and_never_zero(rig, qtbot):
    rig.services.editing.add("building", {"park": "P-01", "name": "A1"})
    page = shown(rig, qtbot)
    cells = row(page, "I-01")
    assert cells[2].text == "待核"
    assert "A1" in cells[1].detail
    assert cells[3].text == "待核"


def test_a_number_leads_to_the_ledger_cells_behind_it(rig, qtbot):
    rig.services.editing.add(
        "building",
        {"park": "P-01", "name": "A1", "rentable_area": "1000", "leased_area": "500"},
    )
    page = shown(rig, qtbot)
    assert row(page, "I-01")[2].text == "50%"
    page.show_target("indicator:I-01")
    [building] = rig.services.querying.records("building")
    links = {link.accessibleName(): link for link in visible(page.indicators.panel, TargetLink)}
    [rentable] = [link for name, link in links.items() if "可租面积" in name]
    qtbot.mouseClick(rentable, Qt.MouseButton.LeftButton)
    assert rig.shell.went == [("ledger", f"building:{building.key}:rentable_area")]


def test_a_change_of_the_ledger_is_computed_at_once_while_the_page_is_shown(rig, qtbot):
    key = rig.services.editing.add(
        "building",
        {"park": "P-01", "name": "A1", "rentable_area": "1000", "leased_area": "500"},
    )
    page = shown(rig, qtbot)
    rig.services.editing.edit("building", key, "leased_area", "900")
    rig.settle(qtbot)
    assert row(page, "I-01")[2].text == "90%"
    assert rig.context.assessed.state is DraftState.READY


def test_a_result_is_kept_until_something_changes(looked_at, qtbot):
    sample, page = looked_at
    runs = len(sample.shell.watched)
    page.hide()
    page.show()
    sample.settle(qtbot)
    assert len(sample.shell.watched) == runs


def test_the_diagnosis_shows_rules_with_value_threshold_and_points(looked_at):
    _, page = looked_at
    page.show_target("diagnosis:D5")
    words = "\n".join(label.text() for label in visible(page.diagnosis.panel, Label))
    assert "50 分" in words
    assert "什么能推翻这个判断" in words
    [line] = [r for r in page.diagnosis.table.rows() if r.key == "D5"]
    assert line.cells[0].detail == "约束"


def test_a_thin_basis_is_said_and_forecasts_stay_forecasts(looked_at):
    sample, page = looked_at
    page.show_target("match:C01")
    rows = {r.key: [cell.text for cell in r.cells] for r in page.matching.table.rows()}
    thin = {m.case.id for m in sample.context.assessed.draft.matches if not m.well_founded}
    assert thin
    assert {key for key, cells in rows.items() if cells[-1] == "依据不足"} == thin
    tables = visible(page.matching.detail, ReadTable)
    facts = {r.key: [c.text for c in r.cells] for table in tables for r in table.rows()}
    assert facts["annual_output"][1:3] == ["35 亿元", "预计"]


def test_goals_are_written_to_the_ledger_and_can_be_undone(looked_at, qtbot):
    sample, page = looked_at
    page.show_target("matching")
    box = page.matching.goals.box("产业升级")
    before = box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 8)
    sample.settle(qtbot)
    [record] = sample.services.querying.records("context")
    assert ("产业升级" in record.get("goals")) is not before
    sample.services.history.undo()
    sample.settle(qtbot)
    assert page.matching.goals.box("产业升级").isChecked() is before


def test_the_newest_assessment_brings_its_assets_and_its_date(looked_at):
    sample, _ = looked_at
    [record] = sample.services.assessments.of_park()
    scope = sample.context.assessed.draft.scope
    assert scope.asset_keys == frozenset(record.get("assets"))
    assert scope.as_of == record.day("as_of")
    assert sample.context.assessed.draft.matches[0].case.id == "C01"


def test_other_assets_can_be_assessed_and_the_page_says_that_they_differ(sample, qtbot):
    page = shown(sample, qtbot)
    [chosen] = sample.context.assessed.assets
    other = next(r for r in sample.services.querying.records("parcel") if r.key != chosen)
    qtbot.mouseClick(button(page, "所选 1 项资产"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(page, ScopeDialog)
    dialog.tick(chosen, False)
    dialog.list.setCurrentRow([i.key for i in assets(sample)].index(other.key))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.mouseClick(button(dialog, "评估所选 1 项"), Qt.MouseButton.LeftButton)
    sample.settle(qtbot)
    assert sample.context.assessed.draft.scope.asset_keys == frozenset({other.key})
    assert "范围或基准日与所选评估不同" in [label.text() for label in visible(page, Label)]


def test_another_date_computes_anew(sample, qtbot):
    page = shown(sample, qtbot)
    page.header.day.selectAll()
    qtbot.keyClicks(page.header.day, "2025-12-31")
    qtbot.keyClick(page.header.day, Qt.Key.Key_Return)
    sample.settle(qtbot)
    assert sample.context.assessed.draft.scope.as_of == date(2025, 12, 31)


def test_a_result_is_kept_with_a_new_assessment(sample, qtbot):
    before = {record.key for record in sample.services.assessments.of_park()}
    page = shown(sample, qtbot)
    qtbot.mouseClick(page.header.keep, Qt.MouseButton.LeftButton)
    asking = open_dialog(page, KeepDialog)
    asking.choice.choose("")
    qtbot.mouseClick(button(asking, "保存评估"), Qt.MouseButton.LeftButton)
    dialog = open_dialog(page, StartDialog)
    qtbot.mouseClick(button(dialog, "开始评估"), Qt.MouseButton.LeftButton)
    sample.settle(qtbot)
    [record] = [r for r in sample.services.assessments.of_park() if r.key not in before]
    kept = json.loads(record.text("result"))
    assert len(kept["indicators"]) == len(sample.context.assessed.draft.indicators)
    assert kept["matches"][0]["case"] == sample.context.assessed.draft.matches[0].case.id
    assert record.label in sample.shell.toasts[-1]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_tab_speaks_both_languages_and_is_named(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language, sample=True)
    page = shown(rig, qtbot)
    for target in ("indicators", "diagnosis", "matching"):
        page.show_target(target)
        assert unnamed(page) == []
    for indicator in rig.context.assessed.draft.indicators:
        page.show_target(f"indicator:{indicator}")
    for distress in rig.context.assessed.draft.distresses:
        page.show_target(f"diagnosis:{distress.type.code}")
    for match in rig.context.assessed.draft.matches:
        page.show_target(f"match:{match.case.id}")
    rig.close()


def test_a_closed_page_is_collected(sample, qtbot):
    shown(sample, qtbot).deleteLater()
    assert is_collected(sample, AssessmentPage)


def test_a_pathway_says_what_stands_in_its_way(looked_at, qtbot):
    sample, page = looked_at
    page.show_target("pathway:P09")
    rows = {row.key: row.cells for row in page.pathways.table.rows()}
    assert rows["P09"][0].text == "—"
    assert rows["P09"][3].text == "暂不具备"
    assert "没有有效查封（红线）（先走 P01）" in rows["P09"][4].text
    words = [label.text() for label in visible(page, Label)]
    assert "分割单元达到当地最小面积" in words
    links = visible(page.pathways.panel, TargetLink)
    target = next(link for link in links if link.text() == "已办结")
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
    assert sample.shell.went[-1][0] == "ledger"


def test_an_assessment_chosen_on_another_page_brings_its_scope_and_date(sample, qtbot):
    record = sample.services.assessments.of_park(sample.context.park_key)[-1]
    sample.context.choose_assessment(record.key)
    assert sample.context.as_of == record.day("as_of")
    page = shown(sample, qtbot)
    assert page.assessed.assets == frozenset(record.get("assets"))


def test_a_figure_says_who_entered_its_cells_and_when(rig, qtbot):
    rig.services.editing.add("building", {"park": "P-01", "name": "A1", "rentable_area": "1000",
                                          "leased_area": "400"})  # fmt: skip
    for year, built in (("2023", "80"), ("2024", "90")):
        rig.services.editing.add("park_year", {"park": "P-01", "year": year, "supplied_land": "100",
                                               "built_land": built})  # fmt: skip
    page = shown(rig, qtbot)
    page.indicators.show_indicator("I-31")
    assert [chart.table()[1:] for chart in visible(page.indicators.panel, Lines)]
    page.indicators.show_indicator("I-01")
    [ask] = [w for w in visible(page, TargetLink) if "谁录入" in w.accessibleName()]
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    said = [label.text() for label in visible(page.indicators.panel, Label)]
    assert any(rig.program.settings.name_of_user() in text and "20" in text for text in said)


def test_the_land_use_score_and_the_grades_are_opened_level_by_level(rig, qtbot):
    """domain E7: A 91.94, B 66.42, C 70.00, total 84.64; E8: two A of ten firms."""
    year = {name: str(value) for name, value in E7_YEAR.items()}
    rig.services.editing.add("park_year", {"park": "P-01", **year})
    rig.services.editing.add("building", {"park": "P-01", "name": "A1"})
    for name, (mu, tax) in E8.items():
        rig.services.editing.add("enterprise", {"name": name})
        row = {"enterprise": name, "year": "2024"}
        row |= {"land_area_used": f"{mu}亩", "tax_paid": f"{tax}万元"}
        rig.services.editing.add("enterprise_year", row)
    page = shown(rig, qtbot)
    page.indicators.show_indicator("I-41")
    said = [label.text() for label in visible(page.indicators.panel, Label)]
    assert {"91.94", "66.42", "70.00", "84.64", "中度集约"} <= set(said)
    page.indicators.show_indicator("I-13")
    said = [label.text() for label in visible(page.indicators.panel, Label)]
    assert said[said.index("A") + 1] == "2"


def test_figures_of_cases_stand_beside_ours_and_lead_to_how_ours_came_about(looked_at):
    """§5b: a forecast (预计) of a case is shown with its standing and measures nothing."""
    _, page = looked_at
    page.show_target("matching")
    for case in ("C01", "C02", "C03", "C04", "C06"):
        page.assessed.compare(case, True)
    figures = page.matching.figures
    rows = {row.key: row.cells for row in figures.table.rows()}
    assert len(rows["tax"]) == 8
    assert rows["tax"][2].text == "800 万元/亩"
    assert "预计" in rows["tax"][2].detail
    assert rows["tax"][5].text == "30 万元/亩"
    far = rows["far"]
    assert (far[2].text, far[-1].text) == ("1.5", "")
    assert "规划" in far[2].detail
    assert page.matching.goals.band.chosen() == "高"
    series = page.matching.charts.radar.scores.table()[0]
    assert series[1] == "本资产"
    assert len(series) == 7
    figures.table.row_opened.emit("far")
    assert page.indicators.isVisible()
    assert page.indicators.table.chosen() == "I-06"
