"""A limit in force at the as-of date may be over by the day of export: chapter 2 names it."""

import pytest

from tests.builders import a_parcel, a_park, an_encumbrance
from tests.report_rig import report_of, table_of
from tests.shipped import AS_OF, NOW

SEIZED = {"parcel": "L", "kind": "查封", "case_no": "1187号", "start_on": "2023-11-20",
          "status": "有效", "amount": 100}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"end_on": "2025-07-01"}, True),
        ({"end_on": str(AS_OF)}, True),
        ({"end_on": "2025-06-29"}, False),  # over by the as-of date: its status says so
        ({"end_on": str(NOW.date())}, False),
        ({"end_on": "2025-07-01", "status": "已解除"}, False),
        ({}, False),
    ],
)
def test_a_limit_that_ended_between_the_as_of_date_and_the_export_is_named(changed, told):
    """A seizure of the main asset had ended nine days before the report and stood as in force."""
    report = report_of(
        a_park(), a_parcel("L", name="一号地", area_cert=10_000),
        an_encumbrance("E", **SEIZED | changed),
    )  # fmt: skip
    notes = [n for n in table_of(report, "assets", "表2-3").notes if "截至导出日" in n]
    assert len(notes) == told
    for note in notes:
        assert "有 1 项期限已满：一号地的查封 1187号" in note
        assert changed["end_on"] in note
