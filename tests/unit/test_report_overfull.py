"""Where more is let and used than there is, the parts do not add up: the tables say which."""

from tests.builders import a_building, a_park
from tests.report_rig import report_of, table_of


def notes_of(*buildings):
    report = report_of(a_park(), *buildings)
    return table_of(report, "assets", "表2-2").notes


def test_a_building_with_more_let_and_used_than_is_rentable_is_named_with_the_excess():
    fine = a_building("A", name="甲楼", rentable_area=100, leased_area=60, self_use_area=40)
    full = a_building("B", name="乙楼", rentable_area=100, leased_area=90, self_use_area=40)
    [told] = [note for note in notes_of(fine, full) if "大于可租面积" in note]
    assert told.startswith("1 栋")
    assert "乙楼" in told
    assert "30.00 ㎡" in told
    assert "甲楼" not in told


def test_nothing_is_said_where_an_area_is_not_known():
    unknown = a_building("C", name="丙楼", rentable_area=100, self_use_area=400)
    assert not any("大于可租面积" in note for note in notes_of(unknown))
