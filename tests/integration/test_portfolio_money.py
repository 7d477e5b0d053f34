"""Table 3-2 of a portfolio: the money of the parks' scenarios, as forecasts and never added."""

import pytest

from tests.shipped import FixedClock
from workbench.application.project.sampling import AS_OF
from workbench.bootstrap import Program
from workbench.domain.report.model import CellState, NotAssessed


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Reports of a portfolio with the sample park and one without scenarios, and of that alone."""
    program = Program(clock=FixedClock())
    services = program.create_sample(str(tmp_path_factory.mktemp("money") / "组合.park"))
    services.editing.add("park", {"code": "N", "name": "北岸产业园"})
    portfolio, texts = services.reports.portfolio, program.texts()
    parks = portfolio.parks([])
    reports = {
        "both": portfolio.build(parks, AS_OF, texts),
        "redacted": portfolio.build(parks, AS_OF, texts, redact=True),
        "none": portfolio.build([p for p in parks if p.label == "北岸产业园"], AS_OF, texts),
    }
    yield reports, services
    services.close()


def money_of(report):
    found = [t for s in report.sheets for t in s.tables if t.number == "表3-2"]
    return found[0] if found else None


def test_every_scenario_is_a_row_with_a_forecast_and_nothing_is_added_up(built):
    reports, services = built
    table = money_of(reports["both"])
    names = [cell.value for cell in table.cells("scenario")]
    assert names == [scenario.label for scenario in services.scenarios.all(None)]
    assert {cell.state for cell in table.cells("value")} == {CellState.FORECAST}
    assert not table.total_label
    assert any("预计不等于实现" in note for note in table.notes)


def test_a_report_without_names_has_codes_for_scenarios(built):
    reports, _ = built
    assert [str(cell.value)[:2] for cell in money_of(reports["redacted"]).cells("scenario")] == [
        "方案"
    ] * 4


def test_parks_without_a_scenario_are_said_not_to_be_computed(built):
    reports, _ = built
    assert money_of(reports["none"]) is None
    said = [b.text for s in reports["none"].sheets for b in s.blocks if isinstance(b, NotAssessed)]
    assert any("表3-2" in text and "尚未测算" in text for text in said)
