"""Issue 8.2: whichever year, appraisal or account is the newest that counts, formulas take it.

The as-of date of a written workbook is moved past other rows, and years, dates and values of its
annexes are changed, cleared and filled in. LibreOffice recalculates it, and every formula is held
against the report that the program makes of the changed ledger: where the program has a number, so
has the workbook, but for a declared few.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from tests.builders import (
    a_finance,
    a_park_year,
    a_valuation,
    an_enterprise,
    an_enterprise_year,
)
from tests.changed_report import MOVED, changed, same, workbook_with
from tests.full_park import HECTARE, a_full_park
from tests.office_rig import all_recalculated, needs_office
from tests.portfolio_rig import apart, portfolio_of
from tests.report_rig import AS_OF, exporting, texts
from workbench.domain.report.model import CellState

_PARK = {
    "supplied_land": 171, "supply_ready_land": 193, "built_land": 160, "industrial_land": 110,
    "residential_land": 12, "total_land": 221, "unbuildable_land": 9, "idle_land": 4,
    "gfa_total": 190, "base_area_total": 70, "ind_gfa": 120, "ind_base_area": 50,
}  # fmt: skip


def rivals():
    """A second and third year, appraisal or account beside those of the full park."""
    land = {field: value * HECTARE for field, value in _PARK.items()}
    yield a_park_year(
        "Y23", year=2023, fixed_investment=8_800_000_000, industrial_tax=700_000_000,
        tax_total=810_000_000, resident_pop=4_900, ext_supply_ready_land=300_000,
        ext_total_land=500_000, ext_unbuildable_land=20_000, **land,
    )  # fmt: skip
    without = {"supply_ready_land", "ind_gfa"}
    yield a_park_year(
        "Y26", year=2026, industrial_tax=990_000_000, ready_unsupplied=150_000,
        **{field: value + 7_777 for field, value in land.items() if field not in without},
    )  # fmt: skip
    for key, day, factor in (("OLD", "2023-06-30", 9), ("NEW", "2025-12-31", 11)):
        yield a_finance(
            key, enterprise="F0", as_of=day, total_liabilities=100_000_000 * factor,
            total_assets=190_000_000 * factor, cash=7_700_000 * factor, due_12m=21_000_000 * factor,
            net_profit=600_000 * factor, interest_expense=4_000_000 * factor,
            **({"income_tax": 1_900_000} if factor > 9 else {}),
        )  # fmt: skip
    yield a_valuation("P0", building="B0", base_date="2024-05-31", value=38_000_000)
    yield a_valuation("P1", building="B1", base_date="2023-05-31", value=37_000_000, filed=True)
    yield a_valuation("N1", building="B1", base_date="2025-10-31", value=42_000_000, filed=True)
    yield a_valuation("N3", building="B3", base_date="2025-01-31", value=43_210_000)
    yield a_valuation("N4", building="B4", base_date="2025-11-30")
    yield a_valuation(
        "Q1", parcel="L1", base_date="2026-02-28", value=8_000_000, valid_to="2026-06-30"
    )
    for n, year, more in (
        (0, 2023, {"land_area_used": 9_000}), (0, 2026, {}), (1, 2023, {}),
        (2, 2026, {"land_area_used": 11_000}), (3, 2022, {"land_area_used": 12_000}),
    ):  # fmt: skip
        yield an_enterprise_year(
            f"E{n}-{year}", enterprise=f"F{n}", year=year, fixed_inv=80_000_000 + n * year,
            output_value=50_000_000 + n * year, tax_paid=2_000_000 + n * year, **more,
        )  # fmt: skip
    yield an_enterprise("F6", name="企业6", industry_name="仓储业", moved_out_on="2025-09-30")
    yield an_enterprise("F7", name="企业7", industry_name="仓储业")
    yield an_enterprise_year(
        "E6", enterprise="F6", year=2024, land_area_used=8_000, output_value=33_000_000,
        tax_paid=1_000_000,
    )  # fmt: skip
    yield an_enterprise_year(
        "E7", enterprise="F7", year=2026, land_area_used=8_100, output_value=34_000_000,
        tax_paid=1_100_000,
    )  # fmt: skip


def a_park_of_rivals():
    return [*a_full_park(), *rivals()]


@dataclass(frozen=True)
class Case:
    """What is changed, and the indicators that may say 待核 where the program has a number."""

    changes: dict
    cautious: frozenset = frozenset()
    assets: tuple = ()
    redact: bool = False


_STAYS = frozenset({"I-21"})
_DATED = _STAYS | {"I-27"}
"""Whose firms left, and when, is judged by the program: another as-of date is not followed."""
_OF_ASSET = _DATED | {"I-04", "I-50"}
"""Of one building the dates of leases in other buildings are judged by the program too."""
"""Which stays have ended is judged by the program: once the date moves they are to verify."""
CASES = {
    "later": Case({MOVED: date(2026, 12, 31)}, _DATED),
    "earlier": Case({MOVED: date(2023, 12, 31)}, _DATED),
    "typed": Case({
        ("park_year", "Y23", "year"): Decimal(2025),
        ("park_year", "Y24", "tax_total"): None,
        ("finance", "FIN", "as_of"): date(2025, 7, 1),
        ("valuation", "P0", "base_date"): date(2025, 6, 30),
        ("valuation", "V2", "value"): Decimal(39_999_000),
        ("valuation", "N4", "value"): Decimal(41_000_000),
        ("valuation", "N4", "base_date"): date(2025, 2, 1),
        ("enterprise_year", "E0", "tax_paid"): None,
        ("enterprise_year", "E1-2023", "year"): Decimal(2025),
        ("enterprise_year", "E2-2026", "year"): Decimal(2025),
        ("enterprise_year", "E7", "year"): Decimal(2025),
    }),
    "cleared": Case({
        ("park_year", "Y24", "year"): None,
        ("finance", "FIN", "as_of"): None,
        ("valuation", "N3", "value"): None,
        ("valuation", "V1", "base_date"): None,
        ("enterprise_year", "E0", "year"): None,
        ("enterprise_year", "E3", "land_area_used"): None,
        ("enterprise_year", "E4", "output_value"): None,
    }),
    "asset": Case({MOVED: date(2026, 3, 31)}, _OF_ASSET, assets=("B1",)),
    "redacted": Case({MOVED: date(2026, 3, 31)}, _DATED, redact=True),
}  # fmt: skip
PORTFOLIO = {MOVED: date(2026, 12, 31), ("valuation", "one-P0", "base_date"): date(2026, 1, 1)}
HELD = {
    "表1-1", "表2-0", "表2-5", "表2-6", "indicators", "rules", "facts", "title_points",
}  # fmt: skip
"""Tables whose rows stay the same, whatever counts."""


def of(records, case, as_of=AS_OF):
    service = exporting(*records)
    return service.build("park", as_of, texts(), assets=case.assets, redact=case.redact)


def held(report, places, fresh, other, names):
    """Every live cell with what LibreOffice found in it and the cell of the other report."""
    theirs = {t.name: t for sheet in other.sheets for t in sheet.tables}
    for table in (t for sheet in report.sheets for t in sheet.tables if t.name in names):
        twin, place = theirs.get(table.name), places[table.name]
        if twin is None or len(twin.rows) != len(table.rows):
            continue
        for number, (ours, news) in enumerate(zip(table.rows, twin.rows, strict=True), start=1):
            for column, cell, new in zip(table.columns, ours, news, strict=False):
                if cell.formula:
                    found = fresh[place.sheet][place.address(column.key, number)].value
                    yield table.name, number, ours[0].value, column.key, found, new, cell


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("newest")
    records, reports, places, paths = a_park_of_rivals(), {}, {}, {}
    parks = [*apart(records, "one", "甲园"), *apart(records, "two", "乙园")]
    for name, case in CASES.items():
        alike = (n for n, c in CASES.items() if (c.assets, c.redact) == (case.assets, case.redact))
        first = next(alike)
        reports[name] = reports[first] if first != name else of(records, case)
        paths[name] = folder / f"{name}.xlsx"
        places[name] = workbook_with(reports[name], case.changes, paths[name])
        if name == "later":
            paths["as_written"] = folder / "as_written.xlsx"
            places["as_written"] = workbook_with(reports[name], {}, paths["as_written"])
    reports["portfolio"] = portfolio_of(*parks)
    paths["portfolio"] = folder / "portfolio.xlsx"
    places["portfolio"] = workbook_with(reports["portfolio"], PORTFOLIO, paths["portfolio"])
    fresh = dict(zip(paths, all_recalculated(list(paths.values()), folder), strict=True))
    found = {}
    for name, case in CASES.items():
        ledger = list(changed(records, case.changes))
        other = of(ledger, case, case.changes.get(MOVED, AS_OF))
        found[name] = list(held(reports[name], places[name], fresh[name], other, HELD))
    other = portfolio_of(*changed(parks, PORTFOLIO), as_of=PORTFOLIO[MOVED])
    named = {"scale", "park_values", "表1-3", "表2-3", "indicators"}
    found["portfolio"] = list(
        held(reports["portfolio"], places["portfolio"], fresh["portfolio"], other, named)
    )
    report = reports["later"]
    every = {t.name for sheet in report.sheets for t in sheet.tables}
    found["as_written"] = list(
        held(report, places["as_written"], fresh["as_written"], report, every)
    )
    return found


def numbers(found):
    return [each for each in found if not isinstance(each[5].value, str | date)]


@needs_office
@pytest.mark.parametrize("name", [*CASES, "portfolio"])
def test_no_formula_gives_a_number_of_a_row_that_does_not_count(results, name):
    told = [each for each in numbers(results[name]) if each[4] != "待核"]
    wrong = [each[:6] for each in told if not same(each[4], each[5])]
    assert wrong == []
    assert len(numbers(results[name])) > 60


@needs_office
@pytest.mark.parametrize("name", [*CASES, "portfolio"])
def test_a_formula_has_a_number_wherever_the_program_has_one(results, name):
    declared = CASES[name].cautious if name in CASES else _STAYS
    own = [each for each in numbers(results[name]) if each[0] == "indicators" and each[3] == "ours"]
    waits = {each[2] for each in own if each[5].number is not None and each[4] == "待核"}
    assert waits <= declared
    moved = [e for e in own if e[5].number is not None and e[5].number != e[6].number]
    assert len(moved) >= 8


@needs_office
@pytest.mark.parametrize("name", list(CASES))
def test_green_yellow_and_red_follow_whatever_counts(results, name):
    bands = [each for each in results[name] if each[0] == "indicators" and each[3] == "band"]
    wrong = [each[2:6] for each in bands if each[4] not in (each[5].value, "待核")]
    assert wrong == []
    assert len(bands) > 25


@needs_office
@pytest.mark.parametrize("name", list(CASES))
def test_answers_about_appraisals_and_the_rest_follow_in_words(results, name):
    told = [e for e in results[name] if e[0] == "facts" and isinstance(e[5].value, str)]
    assert [each[:5] for each in told if each[4] != each[5].value] == []
    assert len(told) > 10


@needs_office
def test_a_report_that_nobody_changed_recalculates_to_itself(results):
    wrong = [each[:6] for each in numbers(results["as_written"]) if not same(each[4], each[5])]
    assert wrong == []
    assert all(each[4] != "待核" for each in numbers(results["as_written"])
               if each[5].state is not CellState.UNKNOWN)  # fmt: skip
