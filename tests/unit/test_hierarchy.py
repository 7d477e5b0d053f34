# SPDX-License-Identifier: MIT
"""Park, parcel, building, unit, lease: each record lies in one place, and what belongs to it."""

from workbench.domain.records.hierarchy import belonging, home_of, inside
from workbench.domain.records.ledger import Ledger, Record

LEDGER = Ledger.of(
    [
        Record("park", "p", {}),
        Record("parcel", "g", {"park": "p"}),
        Record("building", "b", {"park": "p", "parcel": "g"}),
        Record("building", "loose", {"park": "p"}),
        Record("unit", "u", {"building": "b"}),
        Record("lease", "l", {"unit": "u", "building": "b", "park": "p", "tenant": "e"}),
        Record("enterprise", "e", {}),
        Record("enterprise", "other", {}),
        Record("encumbrance", "m", {"parcel": "g"}),
        Record("facility", "f", {"park": "p"}),
    ]
)


def keys(records):
    return [record.key for record in records]


def place(entity, key):
    return LEDGER.find(entity, key)


def test_a_record_lies_in_the_nearest_place_that_it_names():
    assert home_of(LEDGER, place("lease", "l")) == ("unit", "u")
    assert home_of(LEDGER, place("building", "b")) == ("parcel", "g")
    assert home_of(LEDGER, place("building", "loose")) == ("park", "p")
    assert home_of(LEDGER, place("park", "p")) is None


def test_each_branch_holds_what_lies_directly_in_it():
    assert keys(inside(LEDGER, place("park", "p"))) == ["g", "loose", "f"]
    assert keys(inside(LEDGER, place("building", "b"))) == ["u"]
    assert keys(inside(LEDGER, place("unit", "u"))) == ["l"]


def test_what_belongs_to_a_parcel_is_all_below_its_mortgages_and_its_tenants():
    found = belonging(LEDGER, place("parcel", "g"))
    assert found["building"] == {"b"}
    assert found["lease"] == {"l"}
    assert found["encumbrance"] == {"m"}
    assert found["enterprise"] == {"e"}
    assert found["park"] == {"p"}
    assert "facility" not in found


def test_what_belongs_to_a_unit_names_the_building_and_parcel_above_it():
    found = belonging(LEDGER, place("unit", "u"))
    assert (found["building"], found["parcel"]) == ({"b"}, {"g"})
    assert "encumbrance" not in found


def test_what_names_no_park_is_in_the_only_one_and_in_none_of_several():
    plot, lease = Record("parcel", "p", {}), Record("lease", "l", {})
    one = Ledger.of([Record("park", "A", {}), plot, lease])
    assert [record.key for record in one.within("A")] == ["A", "p", "l"]
    two = Ledger.of([Record("park", "A", {}), Record("park", "B", {}), plot, lease])
    assert [record.key for record in two.within("A")] == ["A"]
    assert two.park_of(plot) is None
