# SPDX-License-Identifier: MIT
"""Charts: unknown is not zero, the data can be copied, and every chart is told in words."""

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workbench.ui.widgets.charts.bars import Bar, Group, GroupedBars, HBar, Part, StackedBar
from workbench.ui.widgets.charts.chart import Chart, percent, ticks
from workbench.ui.widgets.charts.heat import Heat
from workbench.ui.widgets.charts.lines import Line, Lines, Reference
from workbench.ui.widgets.charts.radar import Radar, RadarSeries

CHARTS = {
    "bars": lambda: HBar("闲置面积", [Bar("厂房", 2.3), Bar("仓储", 0.0), Bar("商业", None)]),
    "groups": lambda: GroupedBars(
        "匹配", ["相似度", "覆盖度"], [Group("金寨", [0.86, None])], fmt=percent, maximum=1
    ),
    "stack": lambda: StackedBar("用地", [Part("工业", 120), Part("商业", 30)], unknown=50),
    "heat": lambda: Heat("出租率", ["A区", "F区"], ["6月", "7月"], [[0.88, 0.1], [None, 0.7]]),
    "lines": lambda: Lines(
        "出租率",
        ["1", "2", "3"],
        [Line("本园", [0.8, None, 0.7])],
        references=[Reference("全国", 0.798)],
    ),
    "radar": lambda: Radar(
        "对比",
        ["权属", "空间", "租金"],
        [RadarSeries("本项目", [2, None, 3]), RadarSeries("龙文", [4, 4, 3])],
    ),
}


@pytest.fixture(params=CHARTS)
def chart(request, qtbot) -> Chart:
    made = CHARTS[request.param]()
    qtbot.addWidget(made)
    made.resize(480, 320)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_chart_tells_its_title_and_values_in_words(chart):
    assert chart.accessibleName()
    for row in chart.table()[1:]:
        for text in filter(None, row):
            assert text in chart.accessibleDescription()


def test_ctrl_c_copies_the_data_as_a_block(chart):
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [list(row) for row in chart.table()]


def test_the_same_code_draws_a_sharp_picture(chart):
    picture = chart.picture(QSize(400, 300), 2.0)
    assert (picture.width(), picture.height(), picture.devicePixelRatio()) == (800, 600, 2.0)
    colours = {picture.toImage().pixel(x, y) for x in range(0, 800, 7) for y in range(0, 600, 7)}
    assert len(colours) > 2


def painted(chart: Chart) -> QImage:
    image = QImage(480, 320, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    chart.draw(painter, QRectF(0, 0, 480, 320))
    painter.end()
    return image


def test_unknown_looks_different_from_zero(qtbot):
    for unknown, zero in (
        (HBar("x", [Bar("a", 1.0), Bar("b", None)]), HBar("x", [Bar("a", 1.0), Bar("b", 0.0)])),
        (Heat("x", ["a"], ["1"], [[None]]), Heat("x", ["a"], ["1"], [[0.0]])),
    ):
        qtbot.addWidget(unknown)
        qtbot.addWidget(zero)
        assert painted(unknown) != painted(zero)
    assert "未填报" in HBar("x", [Bar("b", None)]).accessibleDescription()


def test_a_line_has_a_gap_where_a_value_is_unknown(qtbot):
    whole = Lines("x", ["1", "2", "3"], [Line("a", [1.0, 1.0, 1.0])])
    gap = Lines("x", ["1", "2", "3"], [Line("a", [1.0, None, 1.0])])
    qtbot.addWidget(whole)
    qtbot.addWidget(gap)
    assert painted(whole) != painted(gap)


def test_without_data_a_chart_says_so(qtbot):
    for empty in (HBar("x", []), Lines("x", ["1"], [Line("a", [None])]), StackedBar("x", [])):
        qtbot.addWidget(empty)
        empty.resize(300, 200)
        empty.show()
        assert not empty.has_data()
        empty.repaint()


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0, 100, [0, 20, 40, 60, 80, 100]), (0.52, 0.86, [0.5, 0.6, 0.7, 0.8, 0.9]), (5, 5, [5, 6])],
)
def test_scales_are_round_and_cover_the_values(low, high, expected):
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    if (low, high) != (5, 5):
        assert found == expected
