"""A word or date that decides what is counted, changed in a workbook, never leaves an old number.

The workbook is recalculated by LibreOffice; what the program says of the changed ledger is the
judge: a figure is that, or 待核.
"""

from decimal import Decimal

import pytest

from tests.changed_report import changed, differences, workbook_with
from tests.full_park import a_full_park
from tests.office_rig import all_recalculated, needs_office
from tests.report_rig import report_of

CASES = {
    "words": {
        ("facility", "S2", "kind"): None,
        ("park_year", "Y24", "industrial_land"): None,
        ("enterprise", "F3", "policy_end"): None,
        ("enterprise", "F5", "industry_name"): None,
        ("lease", "C2", "building"): "B3",
        ("finance", "FIN", "enterprise"): "F5",
    },
    "use": {
        ("parcel", "L4", "status"): "批而未供",
        ("building", "B4", "kind"): "仓库",
        ("lease", "C4", "rent_unit"): "元/㎡·天",
        ("lease", "C2", "lease_mode"): "免租",
        ("building", "B1", "floor_height"): Decimal(9),
        ("building", "B3", "parcel"): "L4",
    },
    "rights": {
        ("encumbrance", "M4", "kind"): "异议登记",
        ("building", "B3", "mortgage"): True,
        ("building", "B1", "completion_accept"): None,
        ("valuation", "V5", "building"): "B4",
        ("encumbrance", "M1", "parcel"): "L3",
        ("lease", "C1", "tenant"): "F2",
    },
}
DECIDED = {
    "words": {"I-01", "I-26", "I-27", "I-29", "I-42"},
    "use": {"I-06", "I-10", "I-14", "I-28"},
    "rights": {"I-15", "I-17", "I-47"},
}
"""What each of them decides at least."""
HELD = {
    "indicators", "calc_leases", "calc_space", "calc_land", "burdened", "title_points", "facts",
    "rules", "scores", "standing", "topsis", "vikor", "origins",
    "表1-1", "表1-2", "表2-1", "表2-2", "表2-5", "diagnosis", "表E-4",
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder, report = tmp_path_factory.mktemp("judged"), report_of(*a_full_park())
    paths = {name: folder / f"{name}.xlsx" for name in CASES}
    places = {n: workbook_with(report, case, paths[n]) for n, case in CASES.items()}
    fresh = dict(zip(CASES, all_recalculated(list(paths.values()), folder), strict=True))
    return report, places, fresh


@needs_office
@pytest.mark.parametrize("name", CASES)
def test_no_number_stands_that_the_program_would_not_give(results, name):
    report, places, fresh = results
    other = report_of(*changed(a_full_park(), CASES[name]))
    compared, wrong = differences(report, places[name], fresh[name], other, HELD)
    assert wrong == []
    assert compared > 100


@needs_office
@pytest.mark.parametrize("name", CASES)
def test_what_was_judged_waits_and_the_table_says_which_cell_was_changed(results, name):
    report, places, fresh = results
    indicators = next(t for s in report.sheets for t in s.tables if t.name == "indicators")
    waiting = {
        row[indicators.place("id")].value
        for number, row in enumerate(indicators.rows, start=1)
        if row[indicators.place("ours")].number is not None
        and said(fresh[name], places[name]["indicators"], "ours", number) == "待核"
    }
    assert DECIDED[name] <= waiting
    unmoved = next(t for s in report.sheets for t in s.tables if t.name == "unmoved")
    flags = [
        said(fresh[name], places[name]["unmoved"], "changed", number)
        for number in range(1, len(unmoved.rows) + 1)
    ]
    assert 1 <= sum(flags) <= 12


def said(book, place, column, row):
    return book[place.sheet][place.address(column, row)].value
