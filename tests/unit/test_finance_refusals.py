# SPDX-License-Identifier: MIT
"""An error takes the numbers away that hang on it, wherever it stands; a blank is never 0."""

from datetime import date

import pytest

from tests.builders import a_building, a_lease, a_park
from tests.finance_rig import AROUND, run, wan
from tests.finance_samples import SAMPLES
from workbench.domain.fields import FieldType
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.settling import Surroundings
from workbench.domain.findings import Level
from workbench.domain.records.ledger import Ledger

ROLL = SAMPLES["lease_up by month"]


@pytest.mark.parametrize("column", ["area", "rent", "start_on", "end_on", "free_months",
                                    "step_months"])  # fmt: skip
@pytest.mark.parametrize("bad", [None, "三"])
def test_a_lease_with_a_cell_that_is_blank_or_wrong_is_never_counted_as_nothing(column, bad):
    first, second = ROLL["leases"]
    result = run("lease_up", **ROLL | {"leases": ({**first, column: bad}, second)})
    blank_free = column == "free_months" and bad is None  # named where it can be assumed
    place = "free_assumed" if blank_free else f"leases[1].{column}"
    assert place in [finding.field for finding in result.findings]
    for with_terminal in (False, True):
        npv = result.measure("npv", "project", with_terminal=with_terminal)
        assert npv.value is None
        assert npv.reasons[0].params["inputs"] == ("leases",)


def test_a_lease_that_ends_before_it_starts_takes_the_answer_away():
    first, second = ROLL["leases"]
    upside = {**first, "start_on": date(2027, 1, 1), "end_on": date(2026, 12, 1)}
    result = run("lease_up", **ROLL | {"leases": (upside, second)})
    assert [f.code for f in result.findings] == ["dates_order"]
    assert result.measure("npv").value is None


def test_leases_may_exceed_the_rentable_area_by_what_measuring_does_and_no_more_v07():
    within = run("lease_up", **ROLL | {"area": 8911})  # 9,000 ㎡ are let
    assert within.measure("npv").value is not None
    beyond = run("lease_up", **ROLL | {"area": 8900})
    assert [(f.code, f.field) for f in beyond.findings] == [("leases_above_area", "area")]
    assert beyond.measure("npv").value is None


def test_a_lease_of_the_ledger_without_an_end_stands_in_the_roll_and_is_asked_for():
    """Left out it would count as nothing let, and nobody would hear of it."""
    rows = [
        a_park(),
        a_building("B", rentable_area=20000),
        a_lease("L1", building="B", contract_no="HT-1", area=3000, rent_price=15,
                rent_unit="元/㎡·月", start_on="2024-01-01", end_on="2027-12-31"),
        a_lease("L2", building="B", contract_no="HT-2", area=800, rent_price=12,
                rent_unit="元/㎡·月", start_on="2025-01-01"),
    ]  # fmt: skip
    model = MODELS["lease_up"]
    scope = Scope(Ledger.of(rows), "park", None, AROUND.as_of, {})
    around = Surroundings(AROUND.parameters, AROUND.as_of, ledger=model.suggestions(scope))
    result = calculate(model, {"capex": wan(100)}, around)
    leases = result.settled["leases"].value
    assert [(row["name"], row["end_on"]) for row in leases] == [
        ("HT-1", date(2027, 12, 31)), ("HT-2", None),
    ]  # fmt: skip
    assert ("missing_cell", "leases[2].end_on") in [(f.code, f.field) for f in result.findings]
    assert result.measure("npv").value is None


def test_a_joint_development_that_is_not_sold_within_its_years_has_no_answer():
    late = run("development", **SAMPLES["development"] | {"years": 4, "build_years": 3,
                                                          "sale_years": 3})  # fmt: skip
    assert [(f.code, f.field) for f in late.findings if f.level is Level.ERROR] == [
        ("sold_beyond", "sale_years")
    ]
    assert not [measure for measure in late.measures if measure.value is not None]
    just = run("development", **SAMPLES["development"] | {"years": 4, "build_years": 3,
                                                          "sale_years": 2})  # fmt: skip
    assert not just.failed
    kept = run("development", **SAMPLES["development"] | {
        "years": 4, "build_years": 3, "sale_years": 3, "sale_share": 0,
    })  # fmt: skip
    assert not kept.failed


def test_every_text_that_a_number_may_stand_for_is_read_as_text():
    """A lease called 20240301 in a file is a name."""
    from workbench.domain.finance.stating import read_stated

    model = MODELS["lease_up"]
    assert any(column.field.type is FieldType.TEXT for column in model.input("leases").columns)
    found = read_stated(model, {"leases": [{"name": 20240301}]})
    assert found["leases"][0]["name"] == "20240301"
