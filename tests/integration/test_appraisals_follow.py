"""What pathways ask of appraisals and of buyers follows a reader's edits as it does the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from tests.builders import an_enterprise
from tests.changed_report import changed, workbook_with
from tests.full_park import a_full_park
from tests.office_rig import all_recalculated, needs_office
from tests.report_rig import report_of

FIRST_ISSUE, BUYERS = ("P17", "pre2"), ("P09", "pre7")
SETS = {
    "worth": ({("valuation", "W2", "value"): Decimal(5_000_000_000)}, FIRST_ISSUE, "✔"),
    "worth_of_a_part": ({
        ("valuation", "W2", "value"): Decimal(5_000_000_000),
        ("valuation", "W1", "base_date"): date(2020, 1, 1),
        ("valuation", "V1", "base_date"): date(2020, 1, 1),
    }, FIRST_ISSUE, "✔"),
    "expired": ({
        ("valuation", "W1", "base_date"): date(2020, 1, 1),
        ("valuation", "V1", "base_date"): date(2020, 1, 1),
    }, FIRST_ISSUE, "待核"),
    "land_for_all": ({("valuation", "V1", "base_date"): date(2020, 1, 1)}, FIRST_ISSUE, "✘"),
    "another_kind": ({("demand", "D0", "need_kind"): "仓库"}, BUYERS, "待核"),
    "lost": ({("demand", "D0", "stage"): "流失"}, BUYERS, "待核"),
    "nearer": ({("demand", "D0", "stage"): "洽谈"}, BUYERS, "✔"),
}  # fmt: skip
"""What is changed, which precondition asks it, and how its mark begins then."""


def park():
    """A park whose only firm that would buy is one that looks for a building."""
    firm = an_enterprise("BUYER", name="求购公司", purchase_intent=True)
    return [*changed(a_full_park(), {("demand", "D0", "enterprise"): "BUYER"}), firm]


def place_of(report, asked):
    """The table, row and column of a precondition."""
    path, column = asked
    [table] = [t for s in report.sheets for t in s.tables if t.name == "feasibility"]
    [row] = [n for n, r in enumerate(table.rows, 1) if r[0].value.startswith(path)]
    return table, row, column


def mark(report, asked):
    table, row, column = place_of(report, asked)
    return table.rows[row - 1][[c.key for c in table.columns].index(column)].value


def of(asked, changes=()):
    """The report that asks: of buyers that of one building, whose tenants would not buy it."""
    records = changed(park(), dict(changes))
    return report_of(*records, assets=() if asked is FIRST_ISSUE else ("B0",))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("appraisals")
    reports = {asked: of(asked) for asked in (FIRST_ISSUE, BUYERS)}
    paths = {name: folder / f"{name}.xlsx" for name in SETS}
    places = {
        name: workbook_with(reports[asked], changes, paths[name])["feasibility"]
        for name, (changes, asked, _) in SETS.items()
    }
    fresh = dict(zip(SETS, all_recalculated(list(paths.values()), folder), strict=True))

    def shown(name, asked):
        _, row, column = place_of(reports[asked], asked)
        return fresh[name][places[name].sheet][places[name].address(column, row)].value

    return {name: shown(name, asked) for name, (_, asked, _) in SETS.items()}


def test_before_the_edits_too_little_is_appraised_and_one_firm_would_buy():
    assert mark(of(FIRST_ISSUE), FIRST_ISSUE).startswith("✘")
    assert mark(of(BUYERS), BUYERS).startswith("✔")


@needs_office
@pytest.mark.parametrize("name", SETS)
def test_a_precondition_follows_what_it_asks(results, name):
    changes, asked, begins = SETS[name]
    assert results[name].startswith(begins)
    assert mark(of(asked, changes), asked) == results[name]
