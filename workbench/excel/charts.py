# SPDX-License-Identifier: MIT
"""Native charts over written tables, readable in black and white, with their values cached."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart, LineChart, PieChart, RadarChart, Reference, Series
from openpyxl.chart.data_source import NumData, NumFmt, NumVal, StrData, StrVal
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.descriptors import Typed
from openpyxl.descriptors.nested import NestedText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D

from workbench.domain.report.charting import (
    FILLS,
    INK,
    ChartPlan,
    PlannedSeries,
    chart_plan,
    ink_on,
)
from workbench.domain.report.model import Chart, ChartKind
from workbench.excel.styles import BODY
from workbench.excel.table_places import TablePlace

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_DASHES = ("solid", "dash", "sysDash", "dashDot")
_GRID = "D5DADF"
_DIGITS = re.compile(r"-?#,##0(\.0+)?")
EMU_PER_POINT = 12_700


def add_chart(
    sheet: "Worksheet",
    source: "Worksheet",
    chart: Chart,
    place: TablePlace,
    row: int,
    column: int,
    size: tuple[float, float],
) -> None:
    """Add a chart at a cell; ``size`` is width and height in points."""
    plan = chart_plan(chart, place.table)
    data = _Data(source, chart, place)
    drawn: Any = _BUILDERS[chart.kind](data, plan)
    drawn.title = plan.title
    drawn.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_font(1050, bold=True))
    drawn.title.overlay = False
    drawn.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    width, height = (round(points) * EMU_PER_POINT for points in size)
    drawn.anchor = OneCellAnchor(
        _from=AnchorMarker(col=column - 1, row=row - 1), ext=XDRPositiveSize2D(width, height)
    )
    sheet.add_chart(drawn)


def _font(size: int, *, bold: bool = False, color: str = INK) -> CharacterProperties:
    from openpyxl.drawing.text import Font

    return CharacterProperties(
        sz=size, b=bold, solidFill=color, latin=Font(typeface=BODY), ea=Font(typeface=BODY)
    )


def _text(size: int = 900, color: str = INK) -> RichText:
    properties = ParagraphProperties(defRPr=_font(size, color=color))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=_font(size, color=color))])


@dataclass(frozen=True, slots=True)
class _Data:
    """The cells that a chart reads."""

    source: "Worksheet"
    chart: Chart
    place: TablePlace

    def reference(self, key: str) -> Reference:
        """Return the cells of a column of the table."""
        column = self.place.column + self.place.table.place(key)
        first, last = self.place.first, self.place.last
        return Reference(self.source, min_col=column, min_row=first, max_row=last)


def _fill_series(drawn: Any, data: _Data, plan: ChartPlan) -> None:
    """Add the series with their names, categories and cached values."""
    categories = data.reference(data.chart.categories)
    for key, planned in zip(data.chart.series, plan.series, strict=True):
        series = Series(data.reference(key), title=planned.name)
        series.cat = _categories(categories, plan.categories)
        numbers = enumerate(planned.values)
        points = [NumVal(idx=i, v=str(float(n))) for i, n in numbers if n is not None]
        series.val.numRef.numCache = NumData("General", len(planned.values), points)
        drawn.series.append(series)


def _categories(reference: Reference, names: Sequence[str]) -> Any:
    from openpyxl.chart.data_source import AxDataSource, StrRef

    cache = StrData(ptCount=len(names), pt=[StrVal(idx=i, v=n) for i, n in enumerate(names)])
    return AxDataSource(strRef=StrRef(f=str(reference), strCache=cache))


class _Labels(DataLabelList):
    """Labels with a number format of their own; openpyxl's are read as that of the cells.

    What separates their parts is a text: openpyxl writes it as an attribute, with which Excel
    takes the file for damaged.
    """

    tagname = "dLbls"
    numFmt: Any = Typed(expected_type=NumFmt, allow_none=True)  # noqa: N815  # the file's name
    separator: Any = NestedText(expected_type=str, allow_none=True)
    __elements__ = DataLabelList.__elements__
    __nested__ = tuple(key for key in DataLabelList.__nested__ if key != "numFmt")


class _Label(DataLabel):
    """The label of one point with a number format of its own."""

    tagname = "dLbl"
    numFmt: Any = Typed(expected_type=NumFmt, allow_none=True)  # noqa: N815  # the file's name
    __elements__ = DataLabel.__elements__
    __nested__ = tuple(key for key in DataLabel.__nested__ if key != "numFmt")


def _signed(
    planned: PlannedSeries, number_format: str, position: str | None = None, color: str = INK
) -> DataLabelList:
    """Return the labels of a series, with its sign before each value that is no exact one."""
    labels = _labels(number_format, position, color)
    for at, sign in enumerate(planned.signs):
        if not sign:
            continue
        label = _Label(idx=at, dLblPos=labels.position, showVal=True, txPr=labels.txPr)
        label.showSerName = label.showCatName = label.showLegendKey = label.showPercent = False
        label.numFmt = NumFmt(_with_sign(number_format, sign), sourceLinked=False)
        labels.dLbl = [*(labels.dLbl or ()), label]
    return labels


def _with_sign(code: str, sign: str) -> str:
    """Return a number format that shows a sign before the number."""
    return _DIGITS.sub(lambda found: f'"{sign}"{found[0]}', code)


def _labels(number_format: str, position: str | None = None, color: str = INK) -> DataLabelList:
    labels = _Labels()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = NumFmt(number_format, sourceLinked=False)
    labels.txPr = _text(800, color)
    if position:
        labels.position = position
    return labels


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _stacked_format(plan: ChartPlan) -> str:
    """Return the format of values written on parts: a part too small for its number has none."""
    shown, least = _number_format(plan.decimals), f"{plan.least:f}"
    return f"[>={least}]{shown};[<=-{least}]-{shown};"


def _bar(data: _Data, plan: ChartPlan) -> BarChart:
    drawn = BarChart()
    drawn.type = "bar" if plan.is_sideways else "col"
    _fill_series(drawn, data, plan)
    if plan.is_stacked:
        drawn.grouping = "stacked"
    drawn.overlap = 100 if plan.is_overlapped else 0
    drawn.gapWidth = 0 if plan.kind is ChartKind.HISTOGRAM else 60
    if plan.is_labelled and not plan.is_stacked:
        drawn.dataLabels = _labels(_number_format(plan.decimals), "outEnd")
    for series, planned in zip(drawn.series, plan.series, strict=True):
        color = planned.color
        series.graphicalProperties.solidFill = color
        series.graphicalProperties.line.solidFill = INK if plan.is_stacked else color
        series.graphicalProperties.line.width = 6350
        if plan.is_stacked:
            written = ink_on(color)
            series.dLbls = _signed(planned, _stacked_format(plan), color=written)
        elif plan.is_labelled and any(planned.signs):
            series.dLbls = _signed(planned, _number_format(plan.decimals), "outEnd")
    _axes(drawn, plan)
    _legend(drawn, plan.has_legend)
    return drawn


def _axes(drawn: Any, plan: ChartPlan) -> None:
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.x_axis.txPr = drawn.y_axis.txPr = _text()
    drawn.x_axis.tickLblPos = "low"
    drawn.y_axis.number_format = "0.0" if plan.axis_decimals else _number_format(0)
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = plan.minimum, plan.maximum
    if plan.axis_title:
        drawn.y_axis.title = plan.axis_title
        drawn.y_axis.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_font(900))
        drawn.y_axis.title.overlay = False
    if plan.is_sideways:
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.x_axis.tickLblSkip = 1  # every bar is named
        drawn.y_axis.crosses = "max"


def _pie(data: _Data, plan: ChartPlan) -> PieChart:
    from openpyxl.chart.marker import DataPoint

    drawn = PieChart()
    drawn.firstSliceAng = plan.pie_start
    _fill_series(drawn, data, plan)
    labels = _labels("0.0%", "outEnd")
    labels.showVal, labels.showPercent, labels.showCatName = False, True, True
    labels.separator = " "
    drawn.dataLabels = labels
    for index in range(len(plan.categories)):
        point = DataPoint(idx=index)
        point.graphicalProperties.solidFill = FILLS[index % len(FILLS)]
        point.graphicalProperties.line.solidFill = "FFFFFF"
        drawn.series[0].dPt.append(point)
    drawn.layout = Layout(manualLayout=ManualLayout(x=0.25, y=0.22, w=0.5, h=0.62))
    _legend(drawn, plan.has_legend)
    return drawn


def _radar(data: _Data, plan: ChartPlan) -> RadarChart:
    drawn = RadarChart()
    drawn.type = "marker"
    _fill_series(drawn, data, plan)
    drawn.y_axis.delete = False
    drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = plan.minimum, plan.maximum
    drawn.x_axis.txPr = drawn.y_axis.txPr = _text(800)
    _lines(drawn, plan)
    _legend(drawn, plan.has_legend)
    return drawn


def _line(data: _Data, plan: ChartPlan) -> LineChart:
    drawn = LineChart()
    _fill_series(drawn, data, plan)
    for series in drawn.series:
        series.smooth = False
    _lines(drawn, plan)
    _axes(drawn, plan)
    _legend(drawn, plan.has_legend)
    return drawn


def _lines(drawn: Any, plan: ChartPlan) -> None:
    """Tell lines apart by colour and by dashes."""
    for at, (series, planned) in enumerate(zip(drawn.series, plan.series, strict=True)):
        series.graphicalProperties.line.solidFill = planned.color
        series.graphicalProperties.line.width = 22000
        series.graphicalProperties.line.dashStyle = _DASHES[at % len(_DASHES)]


def _legend(drawn: Any, shown: bool) -> None:
    if shown:
        drawn.legend.position = "b"
        drawn.legend.txPr = _text()
    else:
        drawn.legend = None


_BUILDERS = {
    ChartKind.BAR: _bar,
    ChartKind.HBAR: _bar,
    ChartKind.TORNADO: _bar,
    ChartKind.HISTOGRAM: _bar,
    ChartKind.STACKED: _bar,
    ChartKind.PIE: _pie,
    ChartKind.RADAR: _radar,
    ChartKind.LINE: _line,
}
