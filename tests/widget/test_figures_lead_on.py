# SPDX-License-Identifier: MIT
"""A figure leads to its grounds, then to the ledger cell, and to who entered it (domain §4, §5)."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from tests.widget.ledger_rig import small_park
from tests.widget.page_rig import unnamed
from workbench.ui.pages.assessment.page import AssessmentPage
from workbench.ui.pages.home.page import HomePage, TileBox
from workbench.ui.pages.scenario.grounds import GroundsDialog
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

rig = small_park


def links(widget):
    QApplication.processEvents()
    return [link for link in widget.findChildren(TargetLink) if link.isVisible()]


def press(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def words(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(Label)]


def test_the_money_score_of_a_pathway_leads_to_its_scenario(rig, qtbot):
    """§5c: 财务收益 rests on a scenario; the score opens that one, not another of the park."""
    scenarios, day = rig.services.scenarios, rig.context.as_of
    scenarios.create("别的方案", "lease_up", day, park_key=rig.context.park_key)
    sale = scenarios.create("整体转让", "transfer", day, park_key=rig.context.park_key)
    page = rig.show(AssessmentPage)
    rig.settle(qtbot)
    page.show_target("pathway:P09")
    found = [link for link in links(page.pathways.panel) if "整体转让" in link.accessibleName()]
    assert found, "the scores of P09 rest on the scenario of a transfer"
    press(qtbot, found[0])
    [(place, target)] = rig.shell.went
    assert place == "scenario"
    opened = rig.show(ScenarioPage)
    opened.show_target(target)
    assert opened.record().key == sale.key


def test_a_pathway_says_who_entered_the_cells_that_it_rests_on(rig, qtbot):
    page = rig.show(AssessmentPage)
    rig.settle(qtbot)
    panel = page.pathways.panel
    codes = [row.key for row in page.pathways.table.rows()]
    for code in codes:
        page.show_target(f"pathway:{code}")
        ask = [link for link in links(panel) if link.text() == "谁录入、出处与证据"]
        if ask:
            break
    before = words(panel)
    press(qtbot, ask[0])
    assert any("2026-11-23" in said for said in set(words(panel)) - set(before))


def test_an_answer_of_a_scenario_opens_its_grounds_and_the_ledger_cell(rig, qtbot):
    """From 净现值 to its lines and inputs, to the cell of the ledger, and who typed it."""
    park, day = rig.context.park_key, rig.context.as_of
    rig.services.scenarios.create("自持", "hold", day, park_key=park, assets=[rig.keys["B1"]])
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    seen, said = [], set()
    for box in page.tiles.findChildren(TileBox):
        press(qtbot, box)
        [dialog] = [d for d in rig.host.findChildren(GroundsDialog) if d.isVisible()]
        seen += [link for link in links(dialog) if link.text() != "谁录入、出处与证据"]
        assert not unnamed(dialog)
        said.update(words(dialog))
        if seen:
            break
        dialog.close_dialog()
        QApplication.processEvents()
    assert any(each.startswith("− ") for each in said), "a cost is taken off"
    who = next(link for link in links(dialog) if link.text() == "谁录入、出处与证据")
    press(qtbot, who)
    assert any("2026-11-23" in said for said in words(dialog))
    press(qtbot, seen[0])
    place, target = rig.shell.went[-1]
    assert (place, target.split(":")[0] in {"building", "lease", "parcel"}) == ("ledger", True)


def test_a_line_of_a_scenario_opens_its_formula_with_the_numbers(rig, qtbot):
    park, day = rig.context.park_key, rig.context.as_of
    rig.services.scenarios.create(
        "转让", "transfer", day, park_key=park, stated={"price": Decimal(13_410_000)}
    )
    page = rig.show(ScenarioPage)
    rig.settle(qtbot)
    line = next(each for each in page.quick.result.lines if each.values[0] == 13_410_000)
    page.lines.table.setFocus()
    page.lines.table.choose(line.key)
    qtbot.keyClick(page.lines.table, Qt.Key.Key_Return)
    [dialog] = [d for d in rig.host.findChildren(GroundsDialog) if d.isVisible()]
    said = words(dialog)
    assert any("1,341" in each for each in said)
    assert any(each.startswith("填写：2026-11-23") for each in said)


def test_a_figure_of_the_overview_opens_its_grounds_and_the_cell_in_the_ledger(rig, qtbot):
    """The tile opens the indicator though nothing was assessed yet; its input the ledger cell."""
    rig.services.editing.edit("building", rig.keys["B3"], "leased_area", "15600")
    home = rig.show(HomePage)
    rig.settle(qtbot)
    tile = next(b for b in home.findChildren(TileBox) if "出租率" in b.accessibleName())
    press(qtbot, tile)
    [(place, target)] = rig.shell.went
    assert (place, target) == ("assessment", "indicator:I-01")
    page = rig.show(AssessmentPage)
    page.show_target(target)
    rig.settle(qtbot)
    assert page.indicators.table.chosen() == "I-01"
    cell = next(link for link in links(page.indicators.panel) if "15,600" in link.text())
    press(qtbot, cell)
    place, target = rig.shell.went[-1]
    assert place == "ledger"
    assert target.split(":")[:2] == ["building", rig.keys["B3"]]


def test_a_chosen_tab_has_room_for_its_heavier_letters(rig, qtbot):
    """“Portfolio 20” lost its last figure when it was chosen."""
    page = rig.show(AssessmentPage)
    rig.settle(qtbot)
    page.header.tabs.set_text("portfolio", "Portfolio 20")
    button = page.header.tabs.button("portfolio")
    press(qtbot, button)
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)
    heavy = QFontMetrics(font).horizontalAdvance("Portfolio 20")
    assert button.sizeHint().width() > heavy
    qtbot.waitUntil(lambda: button.width() > heavy)
