# SPDX-License-Identifier: MIT
"""Native charts over written tables, readable in black and white, with their values cached."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart, LineChart, PieChart, RadarChart, Reference, Series
from openpyxl.chart.data_source import NumData, NumFmt, NumVal, StrData, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.descriptors import Typed
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D

from workbench.domain.report.model import Chart, ChartKind, ColumnKind
from workbench.excel.styles import BODY, INK
from workbench.excel.tables import TablePlace

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILLS = ("17657D", "C98B5E", "B9D3DA", "E3E6E9", "7A4B6B", "8A9199", "D9C07A", "4F8FA3")
"""From dark to light, so that neighbours differ in a black print; values are written on them."""
_WHITE, _DARK = "FFFFFF", ("17657D", "7A4B6B", "4F8FA3")
_WITH_DECIMALS = 6
"""Up to so many stacked columns are wide enough for decimals."""
_WRITTEN_FROM = Decimal("0.07")
"""The least share of the highest stack in which a number is written; its table has them all."""
_DASHES = ("solid", "dash", "sysDash", "dashDot")
_GRID = "D5DADF"
EMU_PER_POINT = 12_700
_SIDEWAYS = (ChartKind.HBAR, ChartKind.TORNADO)


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
    drawn: Any = _BUILDERS[chart.kind](source, chart, place)
    drawn.title = f"{chart.number}　{chart.title}".lstrip("　")
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


def _fill_series(source: "Worksheet", drawn: Any, chart: Chart, place: TablePlace) -> None:
    """Add the series with their names, categories and cached values."""
    first, last = place.first, place.last
    at = place.column + place.table.place(chart.categories)
    categories = Reference(source, min_col=at, min_row=first, max_row=last)
    names = [str(cell.value) for cell in place.table.cells(chart.categories)]
    for key in chart.series:
        col = place.column + place.table.place(key)
        values = Reference(source, min_col=col, min_row=first, max_row=last)
        series = Series(values, title=place.table.columns[place.table.place(key)].title)
        series.cat = _categories(categories, names)
        numbers = [cell.number for cell in place.table.cells(key)]
        points = [NumVal(idx=i, v=str(float(n))) for i, n in enumerate(numbers) if n is not None]
        series.val.numRef.numCache = NumData("General", len(numbers), points)
        drawn.series.append(series)


def _categories(reference: Reference, names: list[str]) -> Any:
    from openpyxl.chart.data_source import AxDataSource, StrRef

    cache = StrData(ptCount=len(names), pt=[StrVal(idx=i, v=n) for i, n in enumerate(names)])
    return AxDataSource(strRef=StrRef(f=str(reference), strCache=cache))


class _Labels(DataLabelList):
    """Labels with a number format of their own; openpyxl's are read as that of the cells."""

    tagname = "dLbls"
    numFmt: Any = Typed(expected_type=NumFmt, allow_none=True)  # noqa: N815  # the file's name
    __elements__ = DataLabelList.__elements__
    __nested__ = tuple(key for key in DataLabelList.__nested__ if key != "numFmt")


def _labels(number_format: str, position: str | None = None, color: str = INK) -> DataLabelList:
    labels = _Labels()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.numFmt = NumFmt(number_format, sourceLinked=False)
    labels.txPr = _text(800, color)
    if position:
        labels.position = position
    return labels


def _number_format(chart: Chart, place: TablePlace) -> str:
    column = place.table.columns[place.table.place(chart.series[0])]
    decimals = column.decimals if column.kind is ColumnKind.NUMBER else 0
    # a score between 0 and 1 is told apart by two decimals as well as by four
    return "#,##0" + ("." + "0" * min(decimals, 2) if decimals else "")


def _stacked_format(chart: Chart, place: TablePlace) -> str:
    """Return the format of values written on parts: a part too small for its number has none."""
    full = _number_format(chart, place)
    shown = full.split(".")[0] if len(place.table.rows) > _WITH_DECIMALS else full
    stacks = zip(*(place.table.cells(key) for key in chart.series), strict=True)
    highest = max((sum(abs(cell.number or 0) for cell in stack) for stack in stacks), default=0)
    least = f"{highest * _WRITTEN_FROM:f}"
    return f"[>={least}]{shown};[<=-{least}]-{shown};"


def _bar(source: "Worksheet", chart: Chart, place: TablePlace) -> BarChart:
    drawn = BarChart()
    drawn.type = "bar" if chart.kind in _SIDEWAYS else "col"
    _fill_series(source, drawn, chart, place)
    stacked = chart.kind is ChartKind.STACKED
    if stacked:
        drawn.grouping = "stacked"
    drawn.overlap = 100 if stacked or chart.kind is ChartKind.TORNADO else 0
    drawn.gapWidth = 0 if chart.kind is ChartKind.HISTOGRAM else 60
    if not stacked and chart.kind is not ChartKind.HISTOGRAM:
        drawn.dataLabels = _labels(_number_format(chart, place), "outEnd")
    # down is ochre and up is azure, as on the screen
    fills = FILLS[1::-1] if chart.kind is ChartKind.TORNADO else FILLS
    for series, color in zip(drawn.series, fills, strict=False):
        series.graphicalProperties.solidFill = color
        series.graphicalProperties.line.solidFill = INK if stacked else color
        series.graphicalProperties.line.width = 6350
        if stacked:
            written = _WHITE if color in _DARK else INK
            series.dLbls = _labels(_stacked_format(chart, place), color=written)
    _axes(drawn, chart, place)
    _legend(drawn, len(chart.series) > 1)
    return drawn


def _axes(drawn: Any, chart: Chart, place: TablePlace) -> None:
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.x_axis.txPr = drawn.y_axis.txPr = _text()
    drawn.x_axis.tickLblPos = "low"
    whole = _number_format(chart, place).split(".")[0]
    drawn.y_axis.number_format = "0.0" if chart.maximum == 1 else whole
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=_GRID))
    charted = [cell.number or 0 for key in chart.series for cell in place.table.cells(key)]
    if min(charted, default=0) >= 0:  # a bar below zero needs its room
        drawn.y_axis.scaling.min = 0
    if chart.maximum is not None:
        drawn.y_axis.scaling.max = chart.maximum
    if chart.axis_title:
        drawn.y_axis.title = chart.axis_title
        drawn.y_axis.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_font(900))
        drawn.y_axis.title.overlay = False
    if chart.kind in _SIDEWAYS:
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.crosses = "max"


def _pie(source: "Worksheet", chart: Chart, place: TablePlace) -> PieChart:
    from openpyxl.chart.marker import DataPoint

    drawn = PieChart()
    _fill_series(source, drawn, chart, place)
    labels = _labels("0.0%", "outEnd")
    labels.showVal, labels.showPercent, labels.showCatName = False, True, True
    labels.separator = " "
    drawn.dataLabels = labels
    for index in range(len(place.table.rows)):
        point = DataPoint(idx=index)
        point.graphicalProperties.solidFill = FILLS[index % len(FILLS)]
        point.graphicalProperties.line.solidFill = "FFFFFF"
        drawn.series[0].dPt.append(point)
    drawn.layout = Layout(manualLayout=ManualLayout(x=0.25, y=0.22, w=0.5, h=0.62))
    _legend(drawn, shown=False)
    return drawn


def _radar(source: "Worksheet", chart: Chart, place: TablePlace) -> RadarChart:
    drawn = RadarChart()
    drawn.type = "marker"
    _fill_series(source, drawn, chart, place)
    drawn.y_axis.delete = False
    drawn.y_axis.scaling.min = 0
    if chart.maximum is not None:
        drawn.y_axis.scaling.max = chart.maximum
    drawn.x_axis.txPr = drawn.y_axis.txPr = _text(800)
    for series, color, dash in zip(drawn.series, FILLS, _DASHES, strict=False):
        series.graphicalProperties.line.solidFill = color
        series.graphicalProperties.line.width = 22000
        series.graphicalProperties.line.dashStyle = dash
    _legend(drawn, len(chart.series) > 1)
    return drawn


def _line(source: "Worksheet", chart: Chart, place: TablePlace) -> LineChart:
    drawn = LineChart()
    _fill_series(source, drawn, chart, place)
    for series, color, dash in zip(drawn.series, FILLS, _DASHES, strict=False):
        series.smooth = False
        series.graphicalProperties.line.solidFill = color
        series.graphicalProperties.line.width = 22000
        series.graphicalProperties.line.dashStyle = dash
    _axes(drawn, chart, place)
    _legend(drawn, shown=True)
    return drawn


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
