"""A ratio of totals says which rows it leaves out where the totals beside it have them."""

from decimal import Decimal

from tests.shipped import texts
from workbench.domain.report.model import (
    SUM,
    UNKNOWN,
    Cell,
    Column,
    ColumnKind,
    Table,
    ratio,
    total_cell,
)
from workbench.domain.report.partial import narrower_ratios
from workbench.excel.tables import footers

COLUMNS = (
    Column("name", "宗地"),
    Column("land", "土地面积（㎡）", 10, ColumnKind.NUMBER, total=SUM),
    Column("gfa", "计容面积（㎡）", 10, ColumnKind.NUMBER, total=SUM),
    Column("far", "容积率", 10, ColumnKind.NUMBER, total=ratio("gfa", "land")),
)


def a_table(*pairs):
    rows = tuple((Cell(f"L{at}"), land, gfa, UNKNOWN) for at, (land, gfa) in enumerate(pairs))
    return Table("表E-2", "土地", COLUMNS, rows, total_label="合计")


def n(value):
    return Cell(Decimal(value))


def test_a_row_of_one_side_only_is_said_to_be_left_out():
    table = a_table((n(1000), n(780)), (UNKNOWN, n(400)), (n(700), UNKNOWN))
    assert total_cell(table, COLUMNS[3]).number == Decimal("0.78")
    [found] = narrower_ratios(table)
    assert (found.above, found.below, found.rows, found.left) == (780, 1000, 1, 2)
    said = footers(table, texts())
    assert any("只按两项都已知的 1 行相除：计容面积（㎡） 780.00" in line for line in said)
    assert any("2 行只知其一" in line for line in said)
    assert any("divides over the rows" in line for line in footers(table, texts("en")))


def test_nothing_is_said_where_the_totals_give_the_ratio():
    whole = a_table((n(1000), n(780)), (n(700), n(400)), (UNKNOWN, UNKNOWN))
    assert list(narrower_ratios(whole)) == []
    assert not any("相除" in line for line in footers(whole, texts()))
    assert list(narrower_ratios(a_table((UNKNOWN, n(5))))) == []
