"""Issue 8.2: the report of a ledger of which any cell may be blank recalculates to our numbers.

The parks of other tests are whole, or lack what they are about. Here dates, areas and words lack by
chance: each seed has shown a formula that said 0 or an error where the program said 待核, or a
number in another unit than the cell that it names.
"""

from random import Random

import pytest

from tests.changed_report import changed, differences, workbook_with
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.random_park import a_small_park
from tests.report_rig import AS_OF, exporting, report_of, table_of, texts
from tests.workbook_rules import complaints
from workbench.excel.writer import WorkbookWriter

SEEDS = (103, 109, 215, 242)
BLANKED = {
    911: ("lease", "lease-4", "received_12m"),
    912: ("building", "building-2", "leased_area"),
}
"""Of which ledger which cell is blanked though another cell says the same: rent due less arrears,
and a status in which nothing is let."""
FIGURES = {"indicators", "coverage", "calc_space", "表2-5"}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("random")
    for seed in SEEDS:
        park = a_small_park(Random(seed), 3 + seed % 4)
        service = exporting(*park, writer=WorkbookWriter())
        language = "zh_CN" if seed % 2 else "en"
        service.export(str(folder / f"{seed}.xlsx"), "park", AS_OF, texts(language))
    return [folder / f"{seed}.xlsx" for seed in SEEDS]


@needs_office
def test_what_lacks_by_chance_recalculates_to_our_values(written, tmp_path):
    for path, fresh in zip(written, all_recalculated(written, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 2000
        assert complaints(path) == []


@needs_office
def test_a_blanked_cell_gives_way_to_what_else_says_it(tmp_path):
    """Else an asset would drop out of its sum, which then reads as less."""
    reports, places, paths = {}, {}, {}
    for seed, at in BLANKED.items():
        park = a_small_park(Random(seed), 3 + seed % 4)
        reports[seed] = report_of(*park), report_of(*changed(park, {at: None}))
        paths[seed] = tmp_path / f"{seed}.xlsx"
        places[seed] = workbook_with(reports[seed][0], {at: None}, paths[seed])
    for seed, fresh in zip(paths, all_recalculated(list(paths.values()), tmp_path), strict=True):
        before, after = reports[seed]
        compared, wrong = differences(before, places[seed], fresh, after, FIGURES)
        assert wrong == []
        assert compared > 80


def test_a_rule_shows_money_in_the_unit_of_the_fact_that_it_measured():
    report = report_of(*a_small_park(Random(103), 6))
    rows = table_of(report, "annex_e", "表E-7").rows
    [spent] = [row for row in rows if "财政创新投入" in str(row[1].value)]
    assert (str(spent[2].value), spent[3].value) == ("0.45", "万元")
