"""Issue 8.2, 8.5: a portfolio counts over the records of all parks, and follows when they change.

The workbooks are recalculated by LibreOffice: as written they give our numbers, and with changed
cells of the annexes those of our report on the changed ledgers.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.changed_report import changed, differences, workbook_with
from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.portfolio_rig import portfolio, portfolio_of, six_parks
from tests.report_rig import AS_OF, texts
from workbench.domain.report.sections.portfolio.parks import ParkMaterial
from workbench.excel.writer import WorkbookWriter

CHANGES = {
    ("building", "full-B1", "rentable_area"): Decimal(21_000),
    ("building", "half-B0", "gfa_actual"): Decimal(23_456),
    ("building", "full-B3", "net_value"): Decimal(45_000_000),
    ("building", "half-B0", "self_use_area"): Decimal(1_234),
    ("parcel", "LA", "area_cert"): Decimal(40_000),
    ("lease", "full-C1", "area"): Decimal(9_100),
    ("lease", "half-C3", "received_12m"): Decimal(900_000),
    ("lease", "OC", "area"): Decimal(4_321),
    ("lease", "full-C4", "end_on"): date(2025, 2, 3),
    ("finance", "full-FIN", "total_assets"): Decimal(1_920_000_000),
    ("encumbrance", "full-M1", "status"): "已解除",
    ("parcel", "full-L2", "seizure"): False,
    ("parcel", "half-L3", "seizure"): True,
    ("enterprise_year", "half-E1", "tax_paid"): Decimal(3_456_700),
}
BLANKS = {
    ("lease", "full-C3", "area"): None,
    ("building", "half-B0", "rentable_area"): None,
    ("building", "SB", "leased_area"): None,
    ("finance", "full-FIN", "total_assets"): None,
    ("building", "full-B0", "mortgage"): None,
}
FIGURES = {
    "scale", "park_values", "表1-3", "表1-4", "表2-3", "indicators", "calc_space", "calc_land",
    "unregistered",
}  # fmt: skip
"""The tables whose rows stay the same when something is no longer known."""
COLLECTED = "working_"
"""The tables whose columns are those of the figures that are known: another ledger has others."""
BANDED = {"band_counts", "表3-1", "表4-1", "表4-2"}
"""The tables that count bands, which the program judges."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("portfolio")
    with pytest.MonkeyPatch.context() as patch:
        # a change may move a park in the ranking: rows are compared in one order
        patch.setattr(ParkMaterial, "standing", property(lambda park: park.material.park_name))
        return found_in(folder)


def found_in(folder):
    service = portfolio(*six_parks(), writer=WorkbookWriter())
    parks, plain = service.parks(), {}
    for language in ("zh_CN", "en"):
        plain[language] = folder / f"{language}.xlsx"
        service.export(str(plain[language]), parks, AS_OF, texts(language))
    report, places = portfolio_of(*six_parks()), {}
    paths = dict(plain)
    for name, changes in (("changes", CHANGES), ("blanks", BLANKS)):
        paths[name] = folder / f"{name}.xlsx"
        places[name] = workbook_with(report, changes, paths[name])
    fresh = dict(zip(paths, all_recalculated(list(paths.values()), folder), strict=True))
    found = {language: (plain[language], fresh[language]) for language in plain}
    for name, changes in (("changes", CHANGES), ("blanks", BLANKS)):
        other = portfolio_of(*changed(six_parks(), changes))
        tables = {t.name for s in report.sheets for t in s.tables if t.name not in BANDED}
        tables = {name for name in tables if not name.startswith(COLLECTED)}
        tables = tables if name == "changes" else FIGURES
        found[name] = differences(report, places[name], fresh[name], other, tables)
    return found


@needs_office
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_recalculation_gives_the_stored_values(results, language):
    assert assert_same_values(*results[language]) > 1_500


@needs_office
def test_every_figure_of_every_park_follows_the_records(results):
    compared, wrong = results["changes"]
    assert wrong == []
    assert compared > 1_000


@needs_office
def test_a_blanked_cell_is_never_counted_as_0(results):
    compared, wrong = results["blanks"]
    assert wrong == []
    assert compared > 300


def test_a_very_large_portfolio_says_that_its_figures_are_no_formulas(monkeypatch):
    from workbench.domain.report.sections.portfolio import sheets

    monkeypatch.setattr(sheets, "MOST_RECORDS", 20)
    report = portfolio_of(*six_parks())
    [said] = [b for b in report.sheet("portfolio_scale").blocks if getattr(b, "strong", False)]
    assert "不是公式" in said.text
    lists = [sheet.key for sheet in report.sheets if sheet.annex]
    assert lists == ["portfolio_annex_a", "portfolio_annex_c"]
    table = next(report.sheet("portfolio_scale").tables)
    sums = [cell for row in table.rows for cell in row[3:-1]]
    assert not any(cell.formula for cell in sums)
    assert any(cell.number for cell in sums)
