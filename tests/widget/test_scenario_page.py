"""The scenario page: live results while typing, sources, variants, tables, simulation."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QTableWidgetItem

from tests.finance_rig import plain
from tests.finance_samples import SAMPLES
from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig, is_collected, one_park, unnamed
from workbench.domain.finance.settling import Provenance
from workbench.ui.pages.home.page import TileBox
from workbench.ui.pages.scenario.dialogs import NameDialog, NewScenarioDialog, RowsDialog
from workbench.ui.pages.scenario.grounds import GroundsDialog
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.widgets.buttons import Button

AS_OF = date(2026, 6, 30)
E1 = {
    "price": Decimal(13_410_000), "net_book": Decimal(7_000_000), "newness": Decimal("0.75"),
    "replacement_cost": Decimal(12_500_000), "land_paid": Decimal(1_500_000),
    "appraisal_fee": Decimal(50_000), "exchange_fee": Decimal(100_000),
}  # fmt: skip


fresh = one_park


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """A project and its page for the tests of one sale; each takes back what it did."""
    made = a_rig(tmp_path_factory.mktemp("scenarios"))
    yield made, made.show(ScenarioPage)
    made.close()


@pytest.fixture
def rig(lasting, qtbot):
    made, _page = lasting
    with made.lent(qtbot):
        a_sale(made)
        yield made
    assert made.services.scenarios.all() == []


@pytest.fixture
def page(lasting, rig, qtbot):
    _made, page = lasting
    rig.settle(qtbot)
    return page


def a_sale(rig):
    park = rig.context.park_key
    return rig.services.scenarios.create("转让", "transfer", AS_OF, park_key=park, stated=E1)


def dialog(rig, kind):
    return next(d for d in rig.host.findChildren(kind) if d.isVisible())


def press(ask):
    """Press the button that names the deed."""
    [button] = [b for b in ask.findChildren(Button) if b.property("kind") == "primary"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(page, key, text):
    editor = page.inputs.lines[key].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def table_rows(table):
    return [row.cells for row in table.rows()]


def tile(page, title):
    return next(
        box.accessibleName() for box in page.tiles.findChildren(TileBox)
        if box.accessibleName().startswith(title)
    )  # fmt: skip


def test_e1_stands_on_the_page_with_its_tax_lines(page):
    assert "1,076.37" in tile(page, "转让方净得")
    rows = {row[0].text: row[2].text for row in table_rows(page.lines.table)}
    assert rows["土地增值税"] == "53.29 万元"


def test_typing_a_value_with_a_unit_changes_the_result_and_is_one_step_back(page, rig, qtbot):
    editor = page.inputs.lines["price"].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "1200")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    rig.settle(qtbot)
    assert rig.services.scenarios.stated(page.record())["price"] == Decimal(12_000_000)
    assert "1,076.37" not in tile(page, "转让方净得")
    rig.services.history.undo()
    rig.settle(qtbot)
    assert "1,076.37" in tile(page, "转让方净得")


def test_results_follow_while_typing_without_return(page, rig, qtbot):
    editor = page.inputs.lines["price"].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "1500")
    qtbot.waitUntil(
        lambda: rig.services.scenarios.stated(page.record())["price"] == Decimal(15_000_000)
    )
    assert editor.text() == "1500"


def test_a_value_typed_with_its_own_unit_stands_in_the_unit_of_the_line_once_left(page, rig, qtbot):
    editor = page.inputs.lines["price"].editor
    editor.setFocus()
    editor.selectAll()
    commit(editor, "1.2亿")
    qtbot.waitUntil(
        lambda: rig.services.scenarios.stated(page.record())["price"] == Decimal(120_000_000)
    )
    rig.settle(qtbot)
    assert editor.text() == "1.2亿"  # nothing changes under the hand that types
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "12000"


@pytest.mark.parametrize("text", ["abc", "-5"])
def test_ux6_an_invalid_input_keeps_the_last_valid_result_and_says_so_beside(
    page, rig, qtbot, text
):
    """UX §6; what was typed stays in its line, Esc brings the valid value back."""
    type_into(page, "price", text)
    rig.settle(qtbot)
    line = page.inputs.lines["price"]
    assert (line.editor.text(), line.editor.property("state")) == (text, "error")
    assert "1,341" in line._wrong.text()
    assert "转让价款" in page.kept.text()
    assert page.kept.isVisible()
    assert "1,076.37" in tile(page, "转让方净得")
    assert rig.services.scenarios.stated(page.record())["price"] == Decimal(13_410_000)
    QTest.keyClick(line.editor, Qt.Key.Key_Escape)
    assert line.editor.text() == "1341"
    assert (line.editor.property("state"), page.kept.isVisible()) == ("", False)
    assert rig.context.drafts.all() == {}


def test_ux6_inputs_that_contradict_each_other_keep_the_last_valid_result(fresh, qtbot):
    """More repaid than is owed: kept as typed, with a finding, and no number is made of it."""
    stated = {key: plain(value) for key, value in SAMPLES["debt"].items()}
    fresh.services.scenarios.create("负债", "debt", AS_OF, stated=stated)
    page = fresh.show(ScenarioPage)
    fresh.settle(qtbot)
    before = tile(page, "处置后资产负债率")
    type_into(page, "repaid", "99999999")
    fresh.settle(qtbot)
    assert tile(page, "处置后资产负债率") == before
    assert "其中用于偿债" in page.kept.text()
    assert "大于负债总额" in page.inputs.lines["repaid"]._wrong.text()
    page.inputs.lines["assets"].editor.setFocus()
    fresh.settle(qtbot)
    assert page.inputs.lines["repaid"].editor.text() == "99999999"
    result = fresh.services.scenarios.result(page.record())
    assert result.measure("ratio_after").value is None
    type_into(page, "repaid", "500")
    fresh.settle(qtbot)
    assert not page.kept.isVisible()
    assert tile(page, "处置后资产负债率") != before


def test_an_emptied_line_goes_back_to_its_parameter(page, rig, qtbot):
    type_into(page, "cit_rate", "15")
    rig.settle(qtbot)
    assert page.quick.result.settled["cit_rate"].value == Decimal("0.15")
    editor = page.inputs.lines["cit_rate"].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    rig.settle(qtbot)
    assert page.quick.result.settled["cit_rate"].provenance is Provenance.PARAMETER


def test_leaving_the_page_loses_no_typing(page, rig, qtbot):
    editor = page.inputs.lines["price"].editor
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "1300")
    page.leave()
    assert rig.services.scenarios.stated(page.record())["price"] == Decimal(13_000_000)


def test_a_choice_opens_the_inputs_that_it_needs(page, rig, qtbot):
    assert not page.inputs.lines["purchase_price"].isVisible()
    box = page.inputs.lines["acquired"].editor
    box.setCurrentIndex(box.findData("外购"))
    box.activated.emit(box.currentIndex())
    rig.settle(qtbot)
    assert page.inputs.lines["purchase_price"].isVisible()


def test_a_variant_shows_what_differs_and_stands_beside_its_base(page, rig, qtbot):
    page.bar.vary.click()
    ask = dialog(rig, NameDialog)
    ask.name.clear()
    commit(ask.name, "低价")
    press(ask)
    rig.settle(qtbot)
    assert page.record().label == "低价"
    type_into(page, "price", "1200")
    rig.settle(qtbot)
    assert page.inputs.lines["price"].editor.property("state") == "changed"
    assert page.compare.isVisible()
    first = table_rows(page.compare.table)[0]
    assert first[1].text != first[2].text


def test_many_scenarios_are_chosen_from_a_list_and_never_widen_the_page(page, rig, qtbot):
    for n in range(9):
        rig.services.scenarios.create(f"另一个名称较长的测算方案 {n}", "debt", AS_OF)
    rig.settle(qtbot)
    assert not page.bar.tabs.isVisible()
    box = page.bar.box
    assert box.isVisible()
    assert box.count() == 11
    box.setCurrentIndex(5)
    box.activated.emit(5)
    rig.settle(qtbot)
    assert page.record().label == box.itemText(5)
    assert page.bar.minimumSizeHint().width() < 700


def test_a_name_that_is_taken_is_refused_in_the_dialog(page, rig):
    page.bar.vary.click()
    ask = dialog(rig, NameDialog)
    ask.name.setText("转让")
    press(ask)
    assert "转让" in ask.note_text()
    assert ask.isVisible()


def test_a_new_scenario_begins_from_the_empty_page(fresh, qtbot):
    page = fresh.show(ScenarioPage)
    page._empty.action_clicked.emit()
    ask = dialog(fresh, NewScenarioDialog)
    ask.model.setCurrentIndex(ask.model.findData("lease_up"))
    assert ask.name.text() == "招租提升"
    press(ask)
    fresh.settle(qtbot)
    assert page.record().get("model") == "lease_up"
    assert page.isVisible()


def test_rows_of_a_table_are_filled_in_a_dialog(fresh, qtbot):
    fresh.services.scenarios.create("合资", "joint_venture", AS_OF)
    page = fresh.show(ScenarioPage)
    choices = page.quick.scenario.model.input("split_method").field.choices
    page.inputs.stated.emit("split_method", choices[1].value)
    fresh.settle(qtbot)
    page.inputs.rows_asked.emit("tiers")
    ask = dialog(fresh, RowsDialog)
    for column in range(ask.table.columnCount()):
        ask.table.setItem(0, column, QTableWidgetItem("10%"))
    press(ask)
    fresh.settle(qtbot)
    assert len(fresh.services.scenarios.stated(page.record())["tiers"]) == 1
    page.inputs.rows_asked.emit("tiers")
    ask = dialog(fresh, RowsDialog)
    ask.table.setItem(3, 0, QTableWidgetItem("-250%"))
    press(ask)
    assert ask.isVisible(), "what cannot be a hurdle is refused where it was typed"
    assert ask.note_text().startswith("第 4 行")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_everything_is_named_in_both_languages(tmp_path, qtbot, language):
    rig = a_rig(tmp_path, qtbot, language, sample=True)
    page = rig.show(ScenarioPage)
    for record in rig.services.scenarios.all():
        page._choose(record.key)
        assert unnamed(page) == []
    qtbot.waitUntil(lambda: not rig.tasks.is_busy())
    rig.close()


def test_a_closed_page_is_collected(fresh, qtbot):
    a_sale(fresh)
    assert is_collected(fresh, ScenarioPage)
    fresh.settle(qtbot)
    QApplication.processEvents()


def test_nothing_on_the_page_is_cut_at_the_right_in_the_smallest_window(tmp_path, qtbot):
    """UX §2: 1180 × 680, of which the rail takes 212; English is the longer language."""
    rig = a_rig(tmp_path, qtbot, "en")
    rig.host.resize(968, 600)
    for name in ("development", "storage", "three_source"):
        stated = {key: plain(value) for key, value in SAMPLES[name].items()}
        rig.services.scenarios.create(name, name, AS_OF, stated=stated)
    page = rig.show(ScenarioPage)
    scroll = page.simulation.parentWidget()
    while not isinstance(scroll, QScrollArea):
        scroll = scroll.parentWidget()
    for record in rig.services.scenarios.all():
        page.show_target(f"scenario:{record.key}")
        rig.settle(qtbot)
        assert scroll.widget().width() <= scroll.viewport().width(), record.label
    rig.close()


def test_a_fraction_in_a_field_of_percentages_is_read_as_percent_and_said_so(fresh, qtbot):
    """0.45 in a field of % is 0.45 %: who meant 45 % has to see it beside the field."""
    stated = {key: plain(value) for key, value in SAMPLES["lease_up"].items()}
    fresh.services.scenarios.create("招租", "lease_up", AS_OF, stated=stated)
    page = fresh.show(ScenarioPage)
    fresh.settle(qtbot)
    type_into(page, "base_occupancy", "0.45")
    fresh.settle(qtbot)
    assert page.quick.result.settled["base_occupancy"].value == Decimal("0.0045")
    assert "0.45%" in page.inputs.lines["base_occupancy"]._source.text()
    type_into(page, "base_occupancy", "45")
    fresh.settle(qtbot)
    assert page.inputs.lines["base_occupancy"]._source.text() == ""


def test_each_partys_return_stands_beside_the_others_us11(fresh, qtbot):
    stated = {key: plain(value) for key, value in SAMPLES["joint_venture"].items()}
    fresh.services.scenarios.create("合资", "joint_venture", AS_OF, park_key=fresh.context.park_key,
                                  stated=stated)  # fmt: skip
    page = fresh.show(ScenarioPage)
    fresh.settle(qtbot)
    [row] = [row for row in table_rows(page.answers.table) if row[0].text.startswith("内部收益率")]
    assert [cell.text for cell in row[1:]] == ["14.93", "6.15"]  # E3
    page.answers.table.row_opened.emit(page.answers.table.rows()[0].key)
    assert fresh.host.findChildren(GroundsDialog)


def test_a_balance_sheet_has_no_cash_to_add_up_and_its_points_are_points(fresh, qtbot):
    stated = {key: plain(value) for key, value in SAMPLES["debt"].items()}
    fresh.services.scenarios.create("负债", "debt", AS_OF, park_key=fresh.context.park_key,
                                  stated=stated)  # fmt: skip
    page = fresh.show(ScenarioPage)
    fresh.settle(qtbot)
    assert page.worth.isHidden()
    assert tile(page, "处置后资产负债率")
    assert "−2.22 个百分点" in tile(page, "变动 ")
    assert "−3.17 %" in tile(page, "变动（相对）")


def test_a_loan_is_read_month_by_month_t11(fresh, qtbot):
    """125,000 at 9 % over 360 months: 937.50 of interest in the first (Microsoft's CUMIPMT)."""
    stated = {
        "loan": Decimal(125_000), "loan_rate": Decimal("0.09"), "loan_turns": Decimal(360),
        "loan_frequency": "按月", "loan_method": "等额本息", "years": Decimal(30),
        "noi": (Decimal(20_000),), "book_cost": Decimal(0),
    }  # fmt: skip
    fresh.services.scenarios.create("贷款", "debt_service", AS_OF, park_key=fresh.context.park_key,
                                  stated=stated)  # fmt: skip
    page = fresh.show(ScenarioPage)
    fresh.settle(qtbot)
    titles = [page.years.choice.itemText(at) for at in range(page.years.choice.count())]
    page.years.choice.setCurrentIndex(titles.index("贷款（逐月）"))
    rows = table_rows(page.years.table)
    assert len(rows) == 360
    assert [cell.text for cell in rows[0]] == ["第1月", "0.09", "0.01", "12.49"]
    type_into(page, "loan_turns", "120")  # the group that is read stays
    assert page.years.choice.currentText() == "贷款（逐月）"
    page.years.choice.setCurrentIndex(titles.index("贷款"))
    assert len(table_rows(page.years.table)) == 31
    [implied] = [m for m in page.quick.result.measures if m.key == "implied_rate"]
    page.answers.opened.emit(page.quick.result.measures.index(implied))
    assert dialog(fresh, GroundsDialog)
