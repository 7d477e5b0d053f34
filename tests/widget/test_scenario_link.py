"""The scenario page says what a scenario scores, and lets it be said otherwise."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.page_rig import one_park, unnamed
from workbench.ui.pages.scenario.link import LinkDialog
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.widgets.dialog import Confirmation
from workbench.ui.widgets.label import Label

AS_OF = date(2026, 6, 30)


rig = one_park


def test_a_scenario_is_linked_to_a_pathway_and_an_assessment(rig, qtbot):
    park = rig.context.park_key
    rig.services.scenarios.create("转让", "transfer", AS_OF, park_key=park)
    rig.services.assessments.start("年度评估", park, AS_OF)
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    assert "P09" in page.link.words.text()
    QTest.mouseClick(page.link.change, Qt.MouseButton.LeftButton)
    [dialog] = rig.host.findChildren(LinkDialog)
    assert unnamed(dialog) == []
    dialog.pathway.choose("P16")
    dialog.assessment.setCurrentIndex(1)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert not any(d.isVisible() for d in rig.host.findChildren(LinkDialog))
    assert "P16" in page.link.words.text()
    assert "年度评估" in page.link.words.text()


def test_deleting_a_scenario_says_whose_scores_rest_on_it(rig, qtbot):
    park = rig.context.park_key
    rig.services.scenarios.create("转让", "transfer", AS_OF, park_key=park, pathway="P16")
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    QTest.mouseClick(page.bar.remove, Qt.MouseButton.LeftButton)
    [asked] = [d for d in rig.host.findChildren(Confirmation) if d.isVisible()]
    said = "".join(label.text() for label in asked.findChildren(Label))
    assert "它是 P16" in said
    assert "同一范围的任何评估" in said
