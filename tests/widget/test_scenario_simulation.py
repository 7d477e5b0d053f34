"""Simulation and two-way table in the window: distributions, correlations, seed, cancel."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.widget.input_method import commit
from tests.widget.page_rig import a_rig
from workbench.domain.finance.distributions import Correlation, Kind, Mode
from workbench.ui.context import UiContext
from workbench.ui.pages.scenario.page import ScenarioPage
from workbench.ui.widgets.buttons import Button

AS_OF = date(2026, 6, 30)
LETTING = {
    "area": Decimal(20_000), "rent": Decimal(15), "years": Decimal(3),
    "rent_growth": Decimal("0.02"), "base_occupancy": Decimal("0.45"),
    "base_growth": Decimal("0.02"), "capex": Decimal(900_000),
    "occupancy": (Decimal("0.6"), Decimal("0.7"), Decimal("0.8")),
}  # fmt: skip


@pytest.fixture(scope="module")
def lasting(tmp_path_factory):
    """A project and its page for all tests; each has a scenario of its own and takes it back."""
    made = a_rig(tmp_path_factory.mktemp("simulation"))
    yield made, made.show(ScenarioPage)
    made.close()


@pytest.fixture
def rig(lasting, qtbot):
    made, _page = lasting
    with made.lent(qtbot):
        made.services.scenarios.create("招租", "lease_up", AS_OF, stated=LETTING)
        yield made
    assert made.services.scenarios.all() == []


@pytest.fixture
def page(lasting, rig, qtbot):
    _made, page = lasting
    return begun(page, rig, qtbot)


@pytest.fixture
def card(page):
    return page.simulation


@pytest.fixture
def alone(tmp_path, qtbot):
    """A project and a page that end with the test."""
    made = a_rig(tmp_path, qtbot)
    made.services.scenarios.create("招租", "lease_up", AS_OF, stated=LETTING)
    yield made, begun(made.show(ScenarioPage), made, qtbot)
    made.close()


def begun(page, rig, qtbot):
    rig.settle(qtbot)
    page.simulation.paths.setText("500")
    return page


def pick(box, key):
    """Choose as a user does: the choice is told."""
    box.choose(key)
    box.activated.emit(box.currentIndex())


def add(card, key, kind=None, mode=None):
    card.rows.adding.click()
    row = card.rows.rows[-1]
    pick(row.item, key)
    if mode:
        pick(row.mode, mode)
    if kind:
        pick(row.kind, kind)
    return row


def type_into(editor, text):
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def simulate(card, rig, qtbot):
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)


def test_a_simulation_says_how_it_was_made_and_keeps_its_settings(card, rig, qtbot):
    add(card, "rent")
    type_into(card.seed, "42")
    simulate(card, rig, qtbot)
    assert "500" in card.outcome.words.text()
    assert "42" in card.outcome.words.text()
    assert card.outcome.chart.isVisible()
    [record] = rig.services.scenarios.all()
    kept = rig.services.scenarios.simulation(record)
    assert (kept.seed, kept.paths, kept.uncertain[0].key) == (42, 500, "rent")


def test_an_outcome_is_not_shown_under_another_scenario_of_the_same_inputs(page, card, rig, qtbot):
    add(card, "rent")
    simulate(card, rig, qtbot)
    assert card.outcome.isVisible()
    other = rig.services.scenarios.create("再算", "lease_up", AS_OF, stated=LETTING)
    page.show_target(f"scenario:{other.key}")
    rig.settle(qtbot)
    assert not card.outcome.isVisible()


def test_every_distribution_is_offered_with_parameters_that_can_be_simulated(card, rig, qtbot):
    row = add(card, "rent")
    for kind in Kind:
        for mode in Mode:
            pick(row.mode, mode.value)
            pick(row.kind, kind.value)
            read = row.read()
            assert (read.distribution.kind, read.mode) == (kind, mode)
            simulate(card, rig, qtbot)
            assert card.outcome.isVisible(), (kind, mode)


def test_parameters_are_read_in_the_unit_that_is_shown(card):
    row = add(card, "capex", "normal", "value")
    type_into(row.numbers[0], "90")
    row.numbers[1].setFocus()
    row.numbers[1].clear()
    commit(row.numbers[1], "9万元")
    QTest.keyClick(row.numbers[1], Qt.Key.Key_Return)
    assert row.read().distribution.parameters == (900_000.0, 90_000.0)
    pick(row.mode, "factor")
    type_into(row.numbers[0], "100%")
    assert row.read().distribution.parameters[0] == 1.0


def test_parameters_out_of_order_are_said_in_the_row_and_nothing_runs(card, rig, qtbot):
    row = add(card, "rent", "triangular", "value")
    type_into(row.numbers[0], "30")
    simulate(card, rig, qtbot)
    assert "最小" in row._wrong.text()
    assert not card.outcome.isVisible()


def test_what_is_no_number_is_said_in_the_row(card):
    row = add(card, "rent")
    type_into(row.numbers[0], "abc")
    assert card.settings() is None
    assert "abc" in row._wrong.text()


def test_correlations_are_a_matrix_that_is_kept_and_used(card, rig, qtbot):
    for key in ("rent", "capex", "area"):
        add(card, key)
    assert len(card.correlations.cells) == 3
    type_into(card.correlations.cells["capex", "rent"], "0.6")
    simulate(card, rig, qtbot)
    [record] = rig.services.scenarios.all()
    kept = rig.services.scenarios.simulation(record)
    assert kept.correlations == (Correlation("capex", "rent", 0.6),)


def test_a_matrix_that_is_not_positive_semidefinite_is_refused_in_words(card, rig, qtbot):
    for key in ("rent", "capex", "area"):
        add(card, key)
    for pair, rank in ((("capex", "rent"), "0.9"), (("area", "rent"), "0.9"),
                       (("area", "capex"), "-0.9")):  # fmt: skip
        type_into(card.correlations.cells[pair], rank)
    assert "半正定" in card.correlations.wrong.text()
    simulate(card, rig, qtbot)
    assert not card.outcome.isVisible()


def test_a_series_may_be_drawn_every_year_and_is_then_not_correlated(card, rig, qtbot):
    row = add(card, "occupancy")
    add(card, "rent")
    assert not row.yearly.isHidden()
    row.yearly.click()
    assert not card.correlations.cells
    simulate(card, rig, qtbot)
    assert card.outcome.isVisible()


def test_an_empty_simulation_says_that_nothing_is_uncertain(card, rig, qtbot):
    simulate(card, rig, qtbot)
    assert "不确定" in card._wrong.text()


def test_a_cancelled_simulation_shows_what_was_done(card, rig, qtbot):
    add(card, "rent")
    card.paths.setText("1,000,000")
    card.button.click()
    qtbot.waitUntil(card.outcome.isVisible)
    assert "10,000" in card.outcome.words.text()
    card.cancel.click()
    rig.settle(qtbot)
    assert "已取消" in card.outcome.words.text()
    assert not card.cancel.isVisible()


def test_the_same_seed_gives_the_same_words(card, rig, qtbot):
    add(card, "rent")
    simulate(card, rig, qtbot)
    first = card.outcome.words.text()
    simulate(card, rig, qtbot)
    assert card.outcome.words.text() == first


def test_a_seed_that_is_no_whole_number_is_refused(card, rig, qtbot):
    add(card, "rent")
    type_into(card.seed, "1.5")
    simulate(card, rig, qtbot)
    assert "整数" in card._wrong.text()


def test_the_two_way_table_begins_with_the_two_inputs_that_matter_most(page, rig, qtbot):
    rig.settle(qtbot)
    two = page.two_way
    assert two.chart.isVisible()
    assert two.rows.chosen() != two.columns.chosen()
    head, *rows = two.chart.table()
    assert len(rows) == len(head) - 1 == 7
    middle = rows[3][4].replace(",", "")
    npv = page.quick.result.measure("npv", "project", with_terminal=False).value
    assert float(middle) == pytest.approx(float(npv / 10_000), abs=0.005)


def test_the_same_input_twice_is_no_two_way_table(alone, qtbot):
    rig, page = alone
    two = page.two_way
    pick(two.columns, two.rows.chosen())
    rig.settle(qtbot)
    assert "不同" in two.words.text()
    assert not two.chart.isVisible()


def test_another_answer_and_step_are_computed_anew(page, rig, qtbot):
    two = page.two_way
    pick(two.step, "0.2")
    pick(two.answer, "irr:1")
    rig.settle(qtbot)
    assert "内部收益率" in two.chart.accessibleName()


def test_a_number_of_paths_that_cannot_be_is_refused(card, rig, qtbot):
    add(card, "rent")
    for text in ("0", "-5", "1.5", "1,000,001", "", "many"):
        card.paths.setText(text)
        simulate(card, rig, qtbot)
        assert "1,000,000" in card._wrong.text(), text
        assert not card.outcome.isVisible()


def again(rig, page, qtbot):
    """The same scenario after the program has ended and begun again."""
    page.leave()
    page.setParent(None)
    page.deleteLater()
    rig.context.drafts.flush()
    rig.context = UiContext(rig.program, rig.services, rig.tasks, rig.shell)
    made = rig.show(ScenarioPage)
    rig.settle(qtbot)
    return made


def test_what_is_typed_and_not_run_stands_there_again_unreadable_words_too(alone, qtbot):
    """Issue C 11: no word that was typed is lost, at whatever moment the program ends."""
    rig, page = alone
    card = page.simulation
    row = add(card, "rent", "normal", "value")
    add(card, "capex")
    QTest.keyClicks(row.numbers[0], "xyz")
    correlation = next(iter(card.correlations.cells.values()))
    QTest.keyClicks(correlation, "0.4")
    QTest.keyClicks(card.seed, "77")  # no Return: it is still being typed
    words = card._words()
    page = again(rig, page, qtbot)
    assert page.simulation._words() == words
    assert page.simulation.draft.isVisible()
    assert "xyz" in page.simulation.rows.rows[0].numbers[0].text()
    assert rig.context.drafts.all()


def test_a_run_or_giving_up_leaves_no_draft(alone, qtbot):
    rig, page = alone
    card = page.simulation
    row = add(card, "rent")
    type_into(card.seed, "42")
    simulate(card, rig, qtbot)
    assert not rig.context.drafts.all()
    type_into(row.numbers[0], "abc")
    assert rig.context.drafts.all()
    card = again(rig, page, qtbot).simulation
    assert card.rows.rows[0].numbers[0].text() == "abc"
    [forget] = card.draft.findChildren(Button)
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert card.settings().seed == 42
    assert not rig.context.drafts.all()
    assert not card.draft.isVisible()


def test_a_stopped_sensitivity_is_said_and_taken_up_again_by_a_button(page, rig, qtbot):
    for card, stopped in ((page.hangs, page._hanging), (page.two_way, page.two_way._question)):
        page.recalculate() if card is page.hangs else card._on_chosen()
        stopped._task.cancel()
        rig.settle(qtbot)
        assert card.again.isVisible()
        assert not card.chart.isVisible()
        QTest.mouseClick(card.again, Qt.MouseButton.LeftButton)
        rig.settle(qtbot)
        assert not card.again.isVisible()
        assert card.chart.isVisible()


def test_a_simulation_does_not_wait_for_the_sensitivity_which_is_computed_after_it(
    page, card, rig, qtbot
):
    add(card, "rent")
    page.recalculate()
    came = []
    page._hanging.answered.connect(lambda _: came.append("hangs"))
    card.ended.connect(lambda: came.append("simulation"))
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    rig.settle(qtbot)
    assert came == ["simulation", "hangs"]
    assert page.two_way.chart.isVisible()
