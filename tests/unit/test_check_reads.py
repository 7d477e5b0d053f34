"""What a cross-check reads: the cells that its complaint rests on, and no index behind it."""

from datetime import date
from decimal import Decimal

from tests.builders import a_building, a_lease, a_ledger, a_parcel, a_park, an_encumbrance
from workbench.domain.checks.reads import CheckReads
from workbench.domain.figures.scope import Scope

AS_OF = date(2025, 6, 30)
LEDGER = a_ledger(
    a_park(planned_area=100000),
    a_parcel("L1", area_cert=20000),
    a_parcel("L2", area_cert=30000),
    a_building("B1", parcel="L1", rentable_area=9000, occupancy=0.5, use_status="出租"),
    a_building("B2", parcel="L2", rentable_area=9000, use_status="空置", note="没有用到"),
    a_lease("H1", building="B1", area=4000, start_on="2024-01-01", end_on="2026-12-31"),
    a_lease("H2", building="B2", area=100, start_on="2024-01-01", end_on="2026-12-31"),
    an_encumbrance("E1", parcel="L1", kind="查封", status="有效"),
)


def read(rule, entity, key):
    scope = Scope(LEDGER, "park", None, AS_OF, {"far_height_double": Decimal(8)})
    return set(CheckReads(scope).of(rule, entity, key))


def test_the_letting_of_a_building_rests_on_its_own_leases():
    places = read("V08", "building", "B1")
    assert {("building", "B1", "occupancy"), ("lease", "H1", "area")} <= places
    assert ("lease", "H1", "terminated_on") in places, "a blank that was asked for is read too"
    assert not [place for place in places if place[1] in ("H2", "B2")]


def test_a_seizure_of_the_land_is_what_a_building_on_it_is_complained_of():
    places = read("V14", "building", "B1")
    assert ("encumbrance", "E1", "status") in places
    assert ("building", "B1", "occupancy") not in places


def test_a_park_rests_on_all_its_parcels():
    places = read("V06", "park", "park")
    assert {("parcel", "L1", "area_cert"), ("parcel", "L2", "area_cert")} <= places


def test_a_record_that_is_not_there_reads_nothing():
    assert read("V08", "building", "gone") == set()
