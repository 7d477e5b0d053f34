# SPDX-License-Identifier: MIT
"""附表E-18: the thresholds of the indicators, and each one's band as a formula over them."""

from decimal import Decimal

from workbench.domain.indicators.indicator import Band, Bands, Direction, IndicatorValue
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.indicators.title import CLARITY_TESTS, clarity_assets, clarity_tests
from workbench.domain.report.model import Cell, CellState, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.links import column_part
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.title_points import CLARITY, TITLE_POINTS

BANDS = "bands"
"""By what formulas find the thresholds."""
PERCENT = "%"
_PLANNED = "I-06"
"""What the plan does not allow is not green; the other bands do not ask the plan."""
_ABSENT = Cell("—")


def band_name(m: Material, band: Band) -> str:
    """Return a band in words: 绿 good, 黄 watch, 红 poor, 待核, 不评."""
    return m.say(f"band.{band.name.lower()}")


def bands_table(m: Material) -> Table:
    """Return 附表E-18: direction, thresholds and what relative ones are multiples of."""
    t = m.words
    columns = (
        Column("no", m.say("col.id"), 7, ColumnKind.CODE),
        Column("name", m.say("col.indicator"), 24),
        Column("unit", m.say("col.unit"), 13, ColumnKind.WORD),
        Column("good", t("report_bands.good"), 13, ColumnKind.NUMBER),
        Column("good_to", t("report_bands.good_to"), 13, ColumnKind.NUMBER),
        Column("fair", t("report_bands.fair"), 13, ColumnKind.NUMBER),
        Column("fair_to", t("report_bands.fair_to"), 13, ColumnKind.NUMBER),
        Column("yardstick", t("report_bands.yardstick"), 13, ColumnKind.NUMBER),
        Column("direction", t("report_bands.direction"), 24),
    )
    return Table(
        m.table_no("E-18"), t("report_bands.table"), columns,
        tuple(_row(m, value) for value in m.indicators.values()),
        m.say("unit.indicators"), t("report_bands.source"), (t("report_bands.note"),),
        key=BANDS, dense=True,
    )  # fmt: skip


def _row(m: Material, value: IndicatorValue) -> Row:
    indicator = INDICATORS[value.id]
    bands = indicator.bands
    factor = 100 if indicator.unit == PERCENT else 1
    head = (
        Cell(value.id),
        words(indicator.title(m.language)),
        optional(indicator.shown_unit(m.language) or "—"),
    )
    if bands is None:
        said = m.words("report_bands.none")
        return (*head, _ABSENT, _ABSENT, _ABSENT, _ABSENT, _ABSENT, words(said))
    edges = (bands.good, bands.good_to, bands.fair, bands.fair_to)
    if bands.relative:
        yardstick = m.live.yardstick(value.id)
        cells = tuple(_multiple(m, edge, yardstick) for edge in edges)
    else:
        yardstick = _ABSENT
        cells = tuple(_ABSENT if edge is None else Cell(edge * factor) for edge in edges)
    return (*head, *cells, yardstick, words(_direction(m, bands)))


def _multiple(m: Material, edge: Decimal | None, yardstick: Cell) -> Cell:
    """Return a threshold that is a multiple of the yardstick of its row."""
    if edge is None:
        return _ABSENT
    value = None if yardstick.number is None else yardstick.number * edge
    multiple = f"{{yardstick}}*{edge.normalize():f}"
    state = yardstick.state if value is None else CellState.KNOWN
    return Cell(value, state, guarded(multiple, m) if yardstick.formula else "")


def _direction(m: Material, bands: Bands) -> str:
    key = "strict" if bands.strict else bands.direction.name.lower()
    return m.words(f"report_bands.{key}")


def band_formula(m: Material, value: IndicatorValue) -> str:
    """Return an indicator's band by its value beside it and its thresholds, "" for none.

    Where the program judges by more (a bound, a plan, an open item) the band stands for the value
    of this report, and is 待核 once that moves.
    """
    if not m.live.indicator(value.id):
        return ""
    bands = INDICATORS[value.id].bands
    unknown = f'"{band_name(m, Band.PENDING)}"'
    judged = m.live.judged_band(value.id)
    if bands is None:
        return f'IF(COUNT({{ours}})=0,{unknown},"{band_name(m, Band.UNRATED)}")'
    row = list(m.indicators).index(value.id) + 1
    band, written = _rated(m, bands, row), _as_written(m, value)
    if value.id == CLARITY:
        # one more open item may come to another band although the value stays
        same = f"IF({_open_tests(m)}={_open_today(m)},{written},{unknown})"
        band = f"IF({_open_tests(m)}=0,{band},{same})"
    elif value.id == _PLANNED:
        good = _within(bands, row, "good")
        band = f"IF({good},{written},{band})"
    elif judged or (bands.relative and not m.live.yardstick(value.id).formula):
        band = written
    return f"IF(COUNT({{ours}})=0,{unknown},{band})"


def _open_tests(m: Material) -> str:
    """Count the tests of title that nobody can answer yet."""
    first, *_, last = CLARITY_TESTS
    count = len(clarity_assets(m.reading, m.scope))
    cells = column_part(TITLE_POINTS, first, 1, count)
    ends = cells.split(":")[0], f"{{{TITLE_POINTS}!{last}@{count}}}"
    return f'COUNTIF({":".join(ends)},"{m.say("to_verify")}")'


def _open_today(m: Material) -> int:
    """Return how many tests of title nobody can answer in this report."""
    assets = clarity_assets(m.reading, m.scope)
    tests = (test for asset in assets for test in clarity_tests(m.reading, m.scope, asset))
    return sum(test.passed is None for test in tests)


def _as_written(m: Material, value: IndicatorValue) -> str:
    """Return the band of this report while the value is that of this report."""
    unknown = f'"{band_name(m, Band.PENDING)}"'
    if value.value is None:
        return unknown
    shown = value.value * (100 if INDICATORS[value.id].unit == PERCENT else 1)
    same = f"ABS({{ours}}-{round(shown, 9).normalize():f})<0.00000001"
    return f'IF({same},"{band_name(m, value.band)}",{unknown})'


def _rated(m: Material, bands: Bands, row: int) -> str:
    unknown = f'"{band_name(m, Band.PENDING)}"'
    good, fair = (_within(bands, row, key) for key in ("good", "fair"))
    names = [band_name(m, band) for band in (Band.GREEN, Band.YELLOW, Band.RED)]
    rated = f'IF({good},"{names[0]}",IF({fair},"{names[1]}","{names[2]}"))'
    if not bands.relative:
        return rated
    return f"IF(COUNT({{{BANDS}!good@{row}}})=0,{unknown},{rated})"


def _within(bands: Bands, row: int, key: str) -> str:
    edge, value = f"{{{BANDS}!{key}@{row}}}", "ROUND({ours},9)"
    match bands.direction:
        case Direction.DOWN:
            return f"{value}{'<' if bands.strict else '<='}{edge}"
        case Direction.BETWEEN:
            far = bands.good_to if key == "good" else bands.fair_to
            above = f"{value}>={edge}"
            return above if far is None else f"AND({above},{value}<={{{BANDS}!{key}_to@{row}}})"
        case _:
            return f"{value}>={edge}" if not bands.relative else f"{value}>=ROUND({edge},9)"
