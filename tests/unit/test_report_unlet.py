"""Where nothing is let, no running lease lacks; what has ended may, and is asked for as such."""

import pytest

from tests.builders import a_building, a_park
from tests.report_rig import report_of, table_of

EMPTY = a_building("B", name="甲楼", rentable_area=100, leased_area=0, use_status="空置")


def reason(report, id_):
    [row] = [r for r in table_of(report, "sources", "表10-1").rows if r[0].value.startswith(id_)]
    return row[1].value


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("I-18", "以前出租过的，补甲楼的租约记录（填“近12月应收”）后可以计算"),
        ("I-21", "以前出租过的，补甲楼的租约记录（填“到期日”）后可以计算"),
        ("I-22", "无须补数"),
    ],
)
def test_a_vacant_building_says_that_it_has_no_lease(id_, said):
    """It asked for records of leases as if there had to be some."""
    found = reason(report_of(a_park(), EMPTY, assets=("B",)), id_)
    assert found.startswith("现在没有出租")
    assert found.endswith(said)


def test_a_building_of_which_nothing_is_known_is_asked_for_its_leases():
    unknown = a_building("B", name="甲楼", rentable_area=100)
    assert reason(report_of(a_park(), unknown, assets=("B",)), "I-21") == (
        "甲楼的租约记录（填“到期日”）"
    )


def test_a_type_on_completeness_says_where_the_open_indicators_are():
    """It said "—" for what lacks, beside dozens of indicators to verify."""
    [row] = [r for r in table_of(report_of(a_park(), EMPTY), "diagnosis", "表4-1").rows
             if "D10" in r[0].value]  # fmt: skip
    assert "第 10 章" in row[5].value
