# SPDX-License-Identifier: MIT
"""What a chart shows, decided once for the native chart of the workbook and for the preview."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.report.model import Cell, CellState, Chart, ChartKind, ColumnKind, Table

FILLS = ("17657D", "C98B5E", "B9D3DA", "E3E6E9", "7A4B6B", "8A9199", "D9C07A", "4F8FA3")
"""From dark to light, so that neighbours differ in a black print; values are written on them."""
BAND_FILLS = ("A8322B", "D9A441", "A9CDB8", "E3E6E9")
"""For what is called red, yellow, green and to verify; from dark to light as well."""
INK, _WHITE = "1A2026", "FFFFFF"
"""What is written in, on light fills and on dark ones."""
_DARK = frozenset({"17657D", "7A4B6B", "4F8FA3", "A8322B"})
_MOST_DECIMALS = 2
"""A score between 0 and 1 is told apart by two decimals as well as by four."""
_WITH_DECIMALS = 6
"""Up to so many stacked columns are wide enough for decimals."""
_WRITTEN_FROM = Decimal("0.07")
"""The least share of the highest stack in which a number is written; its table has them all."""
_LABELLED = frozenset({ChartKind.BAR, ChartKind.HBAR, ChartKind.TORNADO, ChartKind.STACKED})
_SIGNS = {
    "≥": "≥", "不少于": "≥", "不低于": "≥", "至少": "≥", ">": ">", "超": ">", "超过": ">",
    "余": ">", "≤": "≤", "<": "<",
}  # fmt: skip
_ABOUT, _PART = "≈", "*"
"""How an estimate, and a part of the whole, are told where there is no room for words."""
_LARGE_SLICE = 0.25
"""Up to this share of a pie a slice is small: its name needs more room than the slice has."""
_RIGHT, _FULL_TURN = 90, 360


@dataclass(frozen=True, slots=True)
class PlannedSeries:
    """One series with its colour (RRGGBB); None is unknown.

    ``signs`` stand before the values that are no exact ones, such as ≥; "" before the others.
    """

    name: str
    values: tuple[Decimal | None, ...]
    color: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """A chart without its place; ``least`` is the smallest value that is written on a part.

    ``minimum`` and ``maximum`` of the axis are None where the reading program chooses them.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[PlannedSeries, ...]
    minimum: float | None
    maximum: float | None
    axis_title: str
    has_legend: bool
    decimals: int
    axis_decimals: int
    least: Decimal

    @property
    def is_sideways(self) -> bool:
        """Tell whether bars lie, the first at the top."""
        return self.kind in (ChartKind.HBAR, ChartKind.TORNADO)

    @property
    def pie_start(self) -> int:
        """Return where the first slice begins (degrees, clockwise from the top).

        The small slices come to lie to the right, where their names stand one below another.
        """
        values = [float(value or 0) for value in self.series[0].values]
        whole = sum(values) or 1.0
        small = 0.0
        for value in reversed(values):
            if value / whole > _LARGE_SLICE:
                break
            small += value / whole
        return round(_RIGHT + small * _FULL_TURN / 2) % _FULL_TURN

    @property
    def is_stacked(self) -> bool:
        """Tell whether the series add up."""
        return self.kind is ChartKind.STACKED

    @property
    def is_overlapped(self) -> bool:
        """Tell whether the bars of one category share one place."""
        return self.kind in (ChartKind.STACKED, ChartKind.TORNADO)

    @property
    def is_labelled(self) -> bool:
        """Tell whether values are written at their bars."""
        return self.kind in _LABELLED


def chart_plan(chart: Chart, table: Table) -> ChartPlan:
    """Return what a chart over a table shows."""
    fills = chart.fills or (FILLS[1::-1] if chart.kind is ChartKind.TORNADO else FILLS)
    series = tuple(
        PlannedSeries(
            table.columns[table.place(key)].title,
            tuple(cell.number for cell in table.cells(key)),
            fills[at % len(fills)],
            tuple(_sign(cell) for cell in table.cells(key)),
        )
        for at, key in enumerate(chart.series)
    )
    known = [value for each in series for value in each.values if value is not None]
    column = table.columns[table.place(chart.series[0])]
    full = min(column.decimals, _MOST_DECIMALS) if column.kind is ColumnKind.NUMBER else 0
    is_stacked = chart.kind is ChartKind.STACKED
    stacks = zip(*(each.values for each in series), strict=True) if is_stacked else ()
    highest = max((sum(abs(v or 0) for v in stack) for stack in stacks), default=Decimal(0))
    from_zero = chart.kind is not ChartKind.PIE and min(known, default=Decimal(0)) >= 0
    many = len(chart.series) > 1 and chart.kind is not ChartKind.PIE
    return ChartPlan(
        chart.kind,
        f"{chart.number}　{chart.title}".lstrip("　"),
        tuple(str(cell.value) for cell in table.cells(chart.categories)),
        series,
        0.0 if from_zero or chart.kind is ChartKind.RADAR else None,
        chart.maximum,
        chart.axis_title,
        many or chart.kind is ChartKind.LINE,
        0 if is_stacked and len(table.rows) > _WITH_DECIMALS else full,
        1 if chart.maximum == 1 else 0,
        highest * _WRITTEN_FROM,
    )


def _sign(cell: Cell) -> str:
    """Return what stands before a value on a chart that is an estimate, a bound or a part."""
    if cell.state is CellState.PARTIAL and cell.number is not None:
        return _PART
    if cell.state is not CellState.ESTIMATED or cell.number is None:
        return ""
    return _SIGNS.get(cell.mark, _ABOUT)


def ink_on(fill: str) -> str:
    """Return the colour in which a value is written on a fill."""
    return _WHITE if fill in _DARK else INK
