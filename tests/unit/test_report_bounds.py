"""A value that is only the least it can be is marked: a blank is not 0 (domain §0.2)."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from workbench.domain.indicators.indicator import Note
from workbench.domain.report.model import SUM, Cell, CellState, Column, ColumnKind, Table
from workbench.domain.report.sections.indicators import shown_value
from workbench.excel.sheets.widths import natural_width


@pytest.mark.parametrize(
    ("id_", "code", "marked"),
    [("I-44", "without_income_tax", True), ("I-09", "without_yards", True),
     ("I-44", "by_finance", False)],
)  # fmt: skip
def test_a_lower_bound_says_so(id_, code, marked):
    value = SimpleNamespace(id=id_, value=Decimal("1.13"), notes=(Note(code),))
    _, _, cell = shown_value(SimpleNamespace(language="zh_CN"), value)
    assert (cell.state is CellState.ESTIMATED, cell.mark) == (marked, "≥" if marked else "")


def test_neither_a_latin_word_nor_the_label_of_a_total_is_broken():
    columns = (
        Column("no", "No.", 5, ColumnKind.ORDINAL),
        Column("kind", "Certificate", 6, ColumnKind.WORD),
        Column("area", "Area", 6, ColumnKind.NUMBER, total=SUM),
    )
    rows = ((Cell(1), Cell("Registered"), Cell(Decimal(1))),)
    table = Table("1", "T", columns, rows, total_label="Total")
    assert natural_width(table, 0) > 6
    assert natural_width(table, 1) > 12
