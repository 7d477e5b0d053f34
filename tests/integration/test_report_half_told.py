"""Issue 8.2: a lease of which one date is blank counts 0 where its other date says enough.

A lease that ended, was terminated or has yet to begin does not run, whatever its blank date will
be; one whose dates do not tell is 待核. LibreOffice recalculates the workbook, as it was written
and with the blanks filled in.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import a_building, a_lease, a_parcel, a_park, an_enterprise
from tests.changed_report import changed, differences, workbook_with
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.report_rig import AS_OF, exporting, report_of, texts
from workbench.domain.report.model import CellState
from workbench.excel.writer import WorkbookWriter

_AREAS = {"building": "B", "tenant": "F", "rent_price": 20, "rent_unit": "元/㎡·月"}
LEDGER = (
    a_park("park", name="园"),
    a_parcel("L", area_cert=9_000, start_on="2010-01-01", end_on="2060-01-01"),
    a_building("B", parcel="L", name="甲", gfa_actual=5_000, rentable_area=4_000),
    an_enterprise("F", name="某厂"),
    a_lease("RUNS", area=900, start_on="2024-01-01", end_on="2027-12-31", **_AREAS),
    a_lease("LATER", area=300, start_on="2026-12-01", **_AREAS),
    a_lease("OVER", area=200, end_on="2024-03-31", **_AREAS),
    a_lease("ENDED", area=100, terminated_on="2024-03-31", **_AREAS),
)
OPEN = a_lease("OPEN", area=50, end_on="2029-03-31", **_AREAS)
"""Nobody knows whether it has begun."""
FILLED = {
    ("lease", "LATER", "end_on"): date(2031, 1, 31),
    ("lease", "OVER", "start_on"): date(2020, 1, 31),
}
"""Neither runs for that."""
BEGUN = {
    ("lease", "LATER", "start_on"): date(2025, 1, 1),
    ("lease", "LATER", "end_on"): date(2031, 1, 31),
    ("lease", "LATER", "area"): Decimal(310),
}
WRITTEN = {"told": LEDGER, "open": (*LEDGER, OPEN)}
CHANGED = {"filled": FILLED, "begun": BEGUN}
HELD = {
    "indicators", "calc_leases", "calc_space", "coverage", "facts", "表1-1", "表1-2", "表2-5",
}  # fmt: skip
"""Tables whose rows and columns are the same whichever lease runs."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("half")
    paths = {name: folder / f"{name}.xlsx" for name in ("told", *CHANGED)}
    service = exporting(*LEDGER, writer=WorkbookWriter())
    service.export(str(paths["told"]), "park", AS_OF, texts("zh_CN"))
    report = report_of(*LEDGER)
    places = {name: workbook_with(report, c, paths[name]) for name, c in CHANGED.items()}
    fresh = dict(zip(paths, all_recalculated(list(paths.values()), folder), strict=True))
    return paths, report, places, fresh


@pytest.mark.parametrize("name", WRITTEN)
def test_only_a_lease_that_may_run_is_to_be_verified(name):
    """E-6 shows of each lease what it adds to years, rent and area."""
    ledger = WRITTEN[name]
    tables = [t for sheet in report_of(*ledger).sheets for t in sheet.tables]
    [added] = [t for t in tables if t.name == "working_lease"]
    rows = dict(zip((r.key for r in ledger if r.entity == "lease"), added.rows, strict=True))
    for key, row in rows.items():
        amounts = [cell for cell in row[2:] if "calc_leases!runs" in cell.formula]
        assert len(amounts) > 1
        if key == "OPEN":
            assert {cell.state for cell in amounts} == {CellState.UNKNOWN}
        elif key != "RUNS":
            assert {cell.number for cell in amounts} == {0}


@needs_office
def test_a_recalculation_gives_our_values(results):
    paths, _, _, fresh = results
    assert assert_same_values(paths["told"], fresh["told"]) > 0


@needs_office
@pytest.mark.parametrize("name", CHANGED)
def test_a_blank_filled_in_counts_as_in_the_program(results, name):
    _, report, places, fresh = results
    other, waits = report_of(*changed(LEDGER, CHANGED[name])), set()
    compared, wrong = differences(report, places[name], fresh[name], other, HELD, waits)
    assert wrong == []
    assert compared > 90
    assert not waits & {"I-01", "I-19", "I-23", "calc_leases", "calc_space"}
    # I-22 asked for the end of no lease that has yet to begin: once one begins it waits
    assert ("I-22" in waits) == (name == "begun")
