"""Names in the report: sources short beside a figure, whole in sheet 10; no bare keys."""

import pytest

from tests.builders import a_context, a_ledger, a_park
from tests.full_park import a_full_park
from tests.portfolio_rig import portfolio_of
from tests.report_rig import content, report_of, texts
from workbench.domain.explain import Missing
from workbench.domain.facts.missing_names import missing_name
from workbench.excel.sheets.plan import worksheet_name


def _column(table, key):
    place = [column.key for column in table.columns].index(key)
    return [str(row[place].value) for row in table.rows]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("of", [report_of, portfolio_of])
def test_every_table_that_may_leave_its_sheet_has_a_name_for_a_tab(language, of):
    """Seen: sheets named "Table E-6-6 What" and "Table 10-2 Market reference"."""
    report = of(*a_full_park(), language=language)
    names = [
        f"{table.number} {table.tab or table.title}"
        for sheet in report.sheets for table in sheet.tables if table.number
    ]  # fmt: skip
    assert len(names) > 15
    assert [name for name in names if worksheet_name(name).endswith("…")] == []
    assert len({worksheet_name(name).casefold() for name in names}) == len(names)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_table_3_1_names_the_publisher_and_sheet_10_cites_in_full(language):
    report = report_of(*a_full_park(), language=language)
    shown = _column(
        next(t for t in report.sheet("indicators").tables if t.frozen_columns), "source"
    )
    cited = _column(
        next(t for t in report.sheet("sources").tables if len(t.columns) == 3), "source"
    )
    for reference in content().indicator_references:
        source = reference.source
        assert not source.site or not any(source.site in text for text in shown)
        assert source.cite(language) in cited
        if any(reference.label.get(language) in text for text in shown):
            assert any(source.publisher.get(language) in text for text in shown)


def test_a_missing_field_of_a_nameless_record_names_what_the_record_belongs_to():
    park = a_park()
    context = a_context("92b01734-0000", park=park, asset="b-1")
    name = missing_name(
        Missing("context", context.key, "local_rent_market"), a_ledger(park, context), texts()
    )
    assert "示例园区" in name
    assert "92b01734" not in name
