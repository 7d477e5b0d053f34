"""A lease that is over may still be lived in: chapter 2 says so below the buildings."""

import pytest

from tests.builders import a_building, a_lease, a_parcel, a_park, an_enterprise
from tests.report_rig import report_of, table_of


@pytest.mark.parametrize(
    ("changed", "others", "told"),
    [
        ({}, (), True),
        ({"terminated_on": "2025-02-01"}, (), False),
        ({"end_on": "2027-01-01"}, (), False),
        ({"end_on": "2027-01-01", "terminated_on": "2025-02-01"}, (), False),
        ({}, ({"tenant": "E", "end_on": "2028-01-01"},), False),
        ({}, ({"tenant": "F", "end_on": "2028-01-01"},), True),
        ({"unit": "U"}, ({"tenant": "F", "unit": "U", "end_on": "2028-01-01"},), False),
        ({"tenant": "F"}, (), False),
    ],
)
def test_a_lease_that_ended_without_a_word_is_named_below_the_buildings(changed, others, told):
    lease = {
        "contract_no": "H-7", "building": "B", "tenant": "E", "area": 1_430,
        "start_on": "2020-01-01", "end_on": "2025-03-01",
    }  # fmt: skip
    report = report_of(
        a_park(), a_parcel("L", area_cert=10_000),
        a_building("B", parcel="L", gfa_actual=9_000, rentable_area=8_000),
        an_enterprise("E", name="甲"), an_enterprise("F", name="乙", moved_out_on="2025-03-02"),
        a_lease(**lease | changed),
        *(a_lease(building="B", area=900, start_on="2025-03-02", **each) for each in others),
    )  # fmt: skip
    [note] = [n for n in table_of(report, "assets", "表2-2").notes if "是否仍在使用" in n] or [""]
    assert ("H-7" in note and "1,430.00 ㎡" in note) is told
