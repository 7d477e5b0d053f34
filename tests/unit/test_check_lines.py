"""The line that checks the order of a table stands on the page of that table."""

from dataclasses import replace
from decimal import Decimal

from tests.shipped import texts
from workbench.domain.report.model import Cell, Column, ColumnKind, Sheet, Table
from workbench.excel.sheets.flow import Flow
from workbench.excel.sheets.plan import plans

COLUMNS = (Column("a", "名称", 36), Column("v", "数", 12, ColumnKind.NUMBER))


def a_table(number, rows):
    cells = tuple((Cell(f"第{n}项"), Cell(Decimal(n))) for n in range(rows))
    return Table(number, "租户", COLUMNS, cells, source_line="数据来源：表")


def turns(capacity, *blocks):
    """Tell of each block whether a page begins before it, of pages so high (points)."""
    [plan] = plans(Sheet("s", "6 章", "6 章", blocks), texts())
    flow = Flow(replace(plan, capacity=capacity))
    return [flow.place(index).turn for index in range(len(blocks))]


def test_no_page_ends_between_a_table_and_its_check():
    line = ((Cell("按“面积”从大到小"), Cell("一致")),)
    check = Table("", "", COLUMNS, line, header=False)
    blocks = (a_table("表1-1", 8), a_table("表1-2", 8), check)
    begun = [turns(height, *blocks) for height in range(400, 600, 5)]
    assert {table for _, table, _ in begun} == {True, False}
    assert not any(line for *_, line in begun)
