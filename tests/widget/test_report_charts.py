"""The preview's charts stand where a spreadsheet program draws them, below zero too."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from workbench.domain.report.charting import chart_plan
from workbench.domain.report.model import (
    Cell,
    CellState,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Table,
)
from workbench.ui.pages.report.chart_painter import ChartPainter
from workbench.ui.pages.report.chart_pictures import chart_picture, paper_picture

ROWS = (("甲", 30, -20), ("乙", -10, 40), ("丙", None, 5))


def a_table():
    columns = (Column("name", "名称", 10), Column("a", "一", 8, ColumnKind.NUMBER),
               Column("b", "二", 8, ColumnKind.NUMBER))  # fmt: skip
    rows = tuple(
        (Cell(n), *(Cell(None if v is None else Decimal(v)) for v in rest)) for n, *rest in ROWS
    )
    return Table("表1", "表", columns, rows)


def a_chart(kind, series=("a", "b"), **more):
    return Chart(kind, "图1", "图", "表1", "name", series, **more)


def painted(kind, **more):
    """The painter of a chart after it drew."""
    image = QImage(600, 400, QImage.Format.Format_ARGB32)
    canvas = QPainter(image)
    made = ChartPainter(canvas, chart_plan(a_chart(kind, **more), a_table()), 1.0)
    made.draw(QRectF(0, 0, 600, 400))
    canvas.end()
    return made, image


def test_bars_below_zero_are_drawn_below_zero(qtbot):
    made, image = painted(ChartKind.BAR)
    ends = {(n, at): (start, end) for n, at, start, end, _, _ in made.bars()}
    assert ends[1, 0] == (0.0, -20.0)
    assert (0, 2) not in ends  # not known
    assert made.axis()[0] <= -20
    left, right = next((x, y) for n, at, _, _, x, y in made.bars() if (n, at) == (1, 0))
    at = made._at(-10.0, (left + right) / 2).toPoint()
    assert image.pixelColor(at).name() == f"#{made.plan.series[1].color.lower()}"


def test_stacked_parts_pile_up_apart_above_and_below_zero(qtbot):
    made, _ = painted(ChartKind.STACKED)
    ends = {(n, at): (start, end) for n, at, start, end, _, _ in made.bars()}
    assert ends[0, 0] == (0.0, 30.0)
    assert ends[1, 0] == (0.0, -20.0)
    assert ends[1, 1] == (0.0, 40.0)


def test_a_tornado_lies_with_both_sides_in_one_row(qtbot):
    made, _ = painted(ChartKind.TORNADO)
    places = {at: {(left, right) for _, a, _, _, left, right in made.bars() if a == at}
              for at in range(2)}  # fmt: skip
    assert all(len(place) == 1 for place in places.values())
    assert made.plan.is_sideways
    assert made.plan.series[0].color == "C98B5E"  # down is ochre


@pytest.mark.parametrize("kind", list(ChartKind))
def test_every_kind_is_drawn_on_paper_and_on_the_screen(qtbot, kind):
    series = ("b",) if kind is ChartKind.PIE else ("a", "b")
    block = a_chart(kind, series, axis_title="万元")
    for image in (
        paper_picture(block, a_table(), 400, 220), chart_picture(block, a_table(), 500),
    ):  # fmt: skip
        colors = {image.pixel(x, y) for x in range(0, image.width(), 3)
                  for y in range(0, image.height(), 3)}  # fmt: skip
        assert len(colors) > 3
    assert chart_picture(block, None, 500).isNull()


def test_an_estimate_is_written_with_its_sign(qtbot, monkeypatch):
    written = []
    monkeypatch.setattr(ChartPainter, "_write", lambda _, words, *__, **___: written.append(words))
    columns = (Column("name", "名称", 10), Column("a", "一", 8, ColumnKind.NUMBER))
    cells = (Cell(Decimal("15.96"), CellState.ESTIMATED, mark="≥"), Cell(Decimal(40)))
    table = Table("表1", "表", columns, tuple((Cell("甲"), cell) for cell in cells))
    plan = chart_plan(a_chart(ChartKind.BAR, ("a",)), table)
    canvas = QPainter(image := QImage(600, 400, QImage.Format.Format_ARGB32))
    ChartPainter(canvas, plan, 1.0).draw(QRectF(0, 0, image.width(), image.height()))
    canvas.end()
    assert "≥15.96" in written
    assert "40.00" in written
