"""Years side by side or one below the other: every line keeps one range of cells of its own."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shipped import texts
from workbench.domain.report.model import Cell
from workbench.domain.report.sections.money.words import Say
from workbench.domain.report.sections.money.years import YearGrid, YearRow, YearTexts, year_tables


def rows_of(singles, periods):
    return [
        YearRow(Cell(f"行{n}"), Cell("万元"),
                () if alone else tuple(Cell(Decimal(n * 1000 + y)) for y in range(periods)),
                Cell(Decimal(n)))
        for n, alone in enumerate(singles, start=1)
    ]  # fmt: skip


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(2, 61))
def test_each_name_leads_to_the_cell_of_its_line_and_year(singles, periods):
    grid = YearGrid("t", periods, tuple(singles), singles.count(False))
    made = year_tables(grid, rows_of(singles, periods), YearTexts("表", "单位"), Say(texts()),
                       totals=True)  # fmt: skip
    tables = {table.key: table for table in made}
    assert len(tables) == len(made)

    def value(name):
        key, column, row = re.fullmatch(r"(\w+)!(\w+)@(\d+)", name).groups()
        return tables[key].cells(column)[int(row) - 1].value

    for row, alone in enumerate(singles, start=1):
        assert value(grid.total(row)) == row
        for year in range(0 if alone else periods):
            assert value(grid.year(row, year)) == row * 1000 + year
        if not alone and grid.down:
            first, last = (name[1:-1] for name in grid.span(row).split(":"))
            assert first.partition("@")[0] == last.partition("@")[0]


@pytest.mark.parametrize(("periods", "down"), [(2, False), (13, False), (14, True), (61, True)])
def test_twelve_years_and_the_present_fit_across(periods, down):
    assert YearGrid("t", periods).down is down
