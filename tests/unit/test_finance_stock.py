"""An area that the ledger has is not moved beyond what there is."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.finance_rig import AROUND, plain
from tests.finance_samples import SAMPLES
from tests.shipped import texts
from workbench.domain.explain import Trace
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.results import Reason
from workbench.domain.finance.scenarios import Scenario
from workbench.domain.finance.sensitivity import around_base, break_even, tornado, two_way
from workbench.domain.finance.settling import Suggestion
from workbench.domain.report.sections.money.study import Studied, Study, study_sheet
from workbench.domain.report.sections.money.words import Calculated, Names

THERE = Decimal(20_000)


def letting(in_ledger=THERE, **stated):
    inputs = {key: plain(v) for key, v in SAMPLES["lease_up"].items() if key != "area"}
    ledger = {"area": Suggestion(in_ledger, Trace("finance.from_ledger"))} if in_ledger else {}
    return Scenario(MODELS["lease_up"], inputs | stated, replace(AROUND, ledger=ledger))


def bar_of_area(scenario):
    [bar] = [bar for bar in tornado(scenario).bars if bar.item.key == "area"]
    return bar


@pytest.mark.parametrize(
    ("scenario", "high"),
    [
        (letting(), THERE),
        (letting(area=Decimal(18_000)), Decimal(19_800)),
        (letting(area=Decimal(19_000)), THERE),
        (letting(area=Decimal(22_000)), Decimal(22_000)),  # stated above the ledger: said elsewhere
        (letting(None, area=Decimal(20_000)), Decimal(22_000)),  # nobody knows how much there is
    ],
)
def test_a_rentable_area_is_moved_up_to_what_the_ledger_has(scenario, high):
    """The two-way table let 24,570 ㎡ of a building of 18,900."""
    assert bar_of_area(scenario).high == high


def test_a_break_even_is_not_looked_for_beyond_what_there_is():
    poor = letting(capex=Decimal(20_000_000))  # it would take twice the space
    assert isinstance(break_even(poor, "area"), Reason)
    free = letting(None, area=THERE, capex=Decimal(20_000_000))
    assert break_even(free, "area").at > THERE


def test_the_table_says_that_it_leaves_out_what_cannot_be():
    scenario = letting()
    result = scenario.result()
    axes = [(key, around_base(scenario, key)) for key in ("area", "rent")]
    target = scenario.target(result)
    study = Study(target, tornado(scenario, target), (), two_way(scenario, *axes, target), None)
    at = Studied(Calculated("甲", scenario.model, result), 1, Names(1), texts())
    tables = {table.key: table for table in study_sheet(study, at).tables}
    assert [str(row[0].value) for row in tables["money1_two_way"].rows][-1] == "20,000 ●"
    assert "可租面积以台账的 20,000.00 ㎡ 为上限" in tables["money1_two_way"].notes[-1]
    [swing] = [row[1].value for row in tables["money1_tornado"].rows if row[0].value == "可租面积"]
    assert swing == "±10%，上调以台账的面积为限"
