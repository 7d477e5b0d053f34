"""Parks and assets side by side: ranked by bands, unknown never zero."""

from tests.builders import a_building, a_ledger, a_parcel, a_park
from tests.shipped import AS_OF, FixedClock, content
from workbench.application.assessment.assessing import AssessingService
from workbench.application.assessment.portfolio import MOST_ASSETS, of_assets, of_parks
from workbench.domain.indicators.indicator import Band

SERVICE = AssessingService(None, content, FixedClock())
LET = {"rentable_area": 1000, "self_use_area": 0, "lent_area": 0}
LEDGER = a_ledger(
    a_park("good", name="好园"),
    a_park("bad", name="差园"),
    a_park("blank", name="空园"),
    a_building("G", park="good", name="好楼", leased_area=900, **LET),
    a_building("B1", park="bad", name="差楼", leased_area=100, **LET),
    a_building("B2", park="bad", name="未知楼", rentable_area=1000),
    a_parcel("L", park="bad", name="空地"),
)


def test_the_worst_park_comes_first_and_a_blank_one_is_unknown_not_zero():
    found = of_parks(SERVICE, content(), LEDGER, AS_OF)
    reds = [row.count(Band.RED) for row in found.rows]
    assert reds == sorted(reds, reverse=True)
    assert reds[0] > 0
    by_key = {row.record.key: row for row in found.rows}
    assert by_key["blank"].values["I-01"].value is None
    assert by_key["blank"].values["I-01"].band is Band.PENDING
    assert by_key["good"].values["I-01"].band is Band.GREEN


def test_assets_are_the_buildings_and_the_land_without_one():
    park = LEDGER.find("park", "bad")
    found = of_assets(SERVICE, content(), LEDGER, park, AS_OF)
    assert {row.record.key for row in found.rows} == {"B1", "B2", "L"}
    assert found.rows[0].record.key == "B1"
    assert found.rows[0].values["I-01"].band is Band.RED


def test_assets_beyond_the_limit_are_counted():
    park = a_park("p", name="大园")
    many = [a_building(f"b{n}", park="p", name=f"{n}") for n in range(MOST_ASSETS + 2)]
    found = of_assets(SERVICE, content(), a_ledger(park, many), park, AS_OF)
    assert (len(found.rows), found.left_out) == (MOST_ASSETS, 2)


def test_the_ranking_is_the_same_on_any_order_of_records():
    records = list(LEDGER.records["park"]) + list(LEDGER.records["building"])
    first = of_parks(SERVICE, content(), a_ledger(records), AS_OF)
    second = of_parks(SERVICE, content(), a_ledger(records[::-1]), AS_OF)
    assert [r.record.key for r in first.rows] == [r.record.key for r in second.rows]


def test_rows_that_are_equally_bad_stand_as_people_count():
    park = a_park("p", name="园")
    names = ("第10栋", "第2栋", "第1栋", "A")
    many = [a_building(f"b{n}", park="p", name=name) for n, name in enumerate(names)]
    found = of_assets(SERVICE, content(), a_ledger(park, many), park, AS_OF)
    assert [row.record.label for row in found.rows] == ["A", "第1栋", "第2栋", "第10栋"]
