"""Issue 8.2: of a ledger that lacks what usually is there, formulas say what the program says.

Each ledger shows one cause: what stands in for a blank is a sum of its own, or again what stands
in for a blank; nobody knows whether one lease runs.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_building,
    a_lease,
    a_parcel,
    a_park,
    a_park_year,
    an_enterprise,
    an_enterprise_year,
)
from tests.changed_report import changed, differences, workbook_with
from tests.integration.test_report_workbook import written
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.report_rig import report_of, table_of
from workbench.domain.report.model import CellState

TERM = {"start_on": "2024-01-01", "end_on": "2028-12-31"}


def without_surveys():
    """Houses of which a certificate alone tells the floor area, two without a lettable one."""
    yield a_park()
    for key, certified, lettable in (("B1", 100, None), ("B2", 800, None), ("B3", 1_900, 2_300)):
        yield a_building(key, name=key, gfa_cert=certified, rentable_area=lettable, leased_area=90)


def an_open_lease(share=100):
    """Two leases that run, and one without any date."""
    yield a_park()
    yield a_building("B1", name="B1", gfa_actual=2_000, rentable_area=2_000)
    for key, area, term in (("C1", 600, TERM), ("C2", 300, TERM), ("C3", share, {})):
        yield a_lease(key, building="B1", tenant=f"租户{key}", area=area, **term)


def without_a_year():
    """More parcels than are written out, one not held; the industrial land of a year to come."""
    yield a_park()
    yield a_park_year("Y", year=2031, ind_base_area=2_000, industrial_land=9_000)
    for number in range(6):
        yield a_parcel(
            f"L{number}", code=f"L{number}", area_cert=1_000 + number, status="已建成",
            structures_area=10 + number, yards_area=20,
        )  # fmt: skip
        yield a_building(f"B{number}", name=f"B{number}", parcel=f"L{number}", base_area=300)
    yield a_parcel("L9", code="L9", area_cert=5_000, status="批而未供")


def without_land(area=None):
    """Targets for every parcel, the land of one of which nobody knows; a firm without its land."""
    yield a_park()
    for key, land, target in (("L1", area, 16), ("L2", 6_000, 15), ("L3", 3_000, 3)):
        yield a_parcel(
            key, code=key, area_cert=land, agreed_invest_per_mu=target, agreed_tax_per_mu=target,
            status="已建成",
        )  # fmt: skip
    firm = an_enterprise("F", name="甲公司")
    yield firm
    yield an_enterprise_year("FY", enterprise=firm, year=2024, fixed_inv=7_000_000)


LEDGERS = {
    "surveys": without_surveys, "lease": an_open_lease, "year": without_a_year,
    "land": without_land,
}  # fmt: skip
CHANGES = {
    "surveys": {
        ("building", "B1", "gfa_actual"): Decimal(110), ("building", "B2", "gfa_cert"): None,
    },
    "lease": {("lease", "C3", "end_on"): date(2020, 12, 31)},
    "year": {("building", "B0", "base_area"): None},
    "land": {
        ("parcel", "L1", "area_cert"): Decimal(9_000),
        ("enterprise_year", "FY", "land_area_used"): Decimal(6_000),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Of each ledger its report, where tables stand, and it and a changed one recalculated."""
    folder, found = tmp_path_factory.mktemp("thin"), {}
    for name, make in LEDGERS.items():
        report, edited = report_of(*make()), folder / f"{name}_changed.xlsx"
        found[name] = report, workbook_with(report, CHANGES[name], edited)
        written(folder / f"{name}.xlsx", *make())
    paths = [folder / f"{name}{end}.xlsx" for name in LEDGERS for end in ("", "_changed")]
    fresh = dict(zip(paths, all_recalculated(paths, folder), strict=True))
    return folder, found, fresh


@needs_office
@pytest.mark.parametrize("name", LEDGERS)
def test_a_recalculation_gives_what_the_program_gave(results, name):
    folder, _, fresh = results
    path = folder / f"{name}.xlsx"
    assert assert_same_values(path, fresh[path]) > 500


@needs_office
@pytest.mark.parametrize("name", LEDGERS)
def test_a_changed_cell_gives_what_the_program_gives_then(results, name):
    folder, found, fresh = results
    report, places = found[name]
    other, waits = report_of(*changed(LEDGERS[name](), CHANGES[name])), set()
    tables = {"indicators", "表2-4", "working_building", "表E-18"}
    compared, wrong = differences(
        report, places, fresh[folder / f"{name}_changed.xlsx"], other, tables, waits
    )
    assert wrong == []
    assert waits <= {"working_building"}
    assert compared > 3


def test_what_a_target_is_when_land_is_not_known_is_not_made_of_a_guess():
    """Σ target × land ÷ Σ land needs all the land; till then the reference parameter stands in."""
    yardstick = {}
    for area in (None, 9_000):
        table = table_of(report_of(*without_land(area)), "annex_e", "表E-18")
        row = next(row for row in table.rows if row[0].value == "I-11")
        yardstick[area] = row[table.place("yardstick")].number
    assert yardstick == {None: Decimal("598.95"), 9_000: Decimal(243_000) / 18_000}


def test_the_share_of_a_tenant_is_not_known_while_another_lease_may_run():
    """An open lease is no area of 0: with it the shares of the others would be other ones."""
    table = table_of(report_of(*an_open_lease()), "assets", "表2-4")
    place = table.place("share")
    assert {row[place].state for row in table.rows} == {CellState.UNKNOWN}
    ended = changed(an_open_lease(), CHANGES["lease"])
    table = table_of(report_of(*ended), "assets", "表2-4")
    shares = [round(row[place].number, 2) for row in table.rows]
    assert shares == [Decimal("66.67"), Decimal("33.33")]
