"""表9-1 marks the signals of risks that the ledger shows already."""

import pytest

from tests.builders import a_building, a_parcel, a_park
from tests.report_rig import report_of, table_of

PASSED = {"planning_accept": "通过", "fire_accept": "通过", "completion_accept": "通过"}


@pytest.mark.parametrize(
    ("building", "met"),
    [
        ({**PASSED, "safety_grade": "C"}, True),
        ({**PASSED, "safety_grade": "B", "fire_accept": "未通过"}, True),
        ({**PASSED, "safety_grade": "B"}, False),
        ({}, False),
    ],
)
def test_a_signal_that_the_ledger_shows_is_marked_and_an_unknown_one_is_not(building, met):
    report = report_of(
        a_park(), a_parcel("L", area_cert=8_000),
        a_building("B", parcel="L", gfa_actual=9_000, **building),
    )  # fmt: skip
    table = table_of(report, "risks", "表9-1")
    told = {row[0].value: row[6] for row in table.rows}
    assert told["R13"].value.endswith("（台账已出现）") is met
    assert "台账已出现" in told["R13"].formula
    assert not any("台账已出现" in cell.value for id_, cell in told.items() if id_ != "R13")
    assert any("没有标注不等于没有出现" in note for note in table.notes)
