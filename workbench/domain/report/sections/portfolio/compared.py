# SPDX-License-Identifier: MIT
"""Sheet 2 of a portfolio: indicators by band, their values and their ranks, park by park."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.indicators.indicator import Band, Direction
from workbench.domain.indicators.registry import INDICATORS as DECLARED
from workbench.domain.report.charting import BAND_FILLS
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Table,
)
from workbench.domain.report.sections.front import t_unit
from workbench.domain.report.sections.indicators import (
    BAND_TONES,
    band_text,
    shown_value,
)
from workbench.domain.report.sections.links import INDICATORS, column_range
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.annexes import Annexes
from workbench.domain.report.sections.portfolio.parks import (
    BANDS,
    MANY,
    band_count,
    no_column,
    park_column,
    say,
    short_cell,
)
from workbench.domain.report.sections.qualified import (
    marks_explained,
)

COUNTS, VALUES = "band_counts", "park_values"
"""By what formulas find the bands and the values of the parks."""
_ORDERED = (Direction.UP, Direction.DOWN)


def compared_blocks(
    parks: Sequence[Material], compared: Sequence[str], annexes: Annexes | None
) -> list[Block]:
    """Return 表2-1 to 2-4 and the chart; ``compared`` are the indicators shown."""
    m = parks[0]
    # Nothing but tables after the chart: of many parks each prints on a sheet, in this order.
    return [
        Paragraph(say(m, "ranking")), *_counts(parks, compared, annexes),
        _values(parks, compared, annexes), _ranks(parks, compared),
        _bands(parks, compared, annexes),
    ]  # fmt: skip


def _counts(
    parks: Sequence[Material], compared: Sequence[str], annexes: Annexes | None
) -> list[Block]:
    """Return 表2-1 below its chart: in how many indicators each park is in which band."""
    m = parks[0]
    columns = (
        no_column(m),
        park_column(m),
        *(Column(key, band_text(m, band), 8, ColumnKind.INTEGER) for band, key in BANDS.items()),
        Column("rank", say(m, "col.rank"), 8, ColumnKind.ORDINAL),
    )
    rows = []
    standings = [tuple(band_count(each, b) for b in _BY) for each in parks]
    formula = _standing_formula(len(parks))
    for at, park in enumerate(parks):
        cells = [
            Cell(band_count(park, band))
            if annexes is None
            else annexes.counted(at, INDICATORS, "band", band_text(m, band))
            for band in BANDS
        ]
        rank = 1 + sum(each > standings[at] for each in standings)
        rows.append((Cell(at + 1), short_cell(park), *cells, Cell(rank, formula=formula)))
    table = Table(
        m.table_no("2-1"), say(m, "table.counts"), columns, tuple(rows), say(m, "unit.counts"),
        m.say("source.indicators"),
        notes=(say(m, "note.compared", count=len(compared), all=len(m.indicators)),
               say(m, "note.rank")),
        key=COUNTS,
    )  # fmt: skip
    chart = Chart(
        ChartKind.STACKED, m.figure_no("2-1"), say(m, "chart.counts"), COUNTS,
        "no" if len(parks) > MANY else "park",
        tuple(BANDS.values()), say(m, "axis.indicators"), fills=BAND_FILLS,
    )  # fmt: skip
    return [chart, table]


_BY = (Band.RED, Band.YELLOW, Band.PENDING)


def _standing_formula(count: int) -> str:
    """Return the place of a park: most red first, then yellow, then unknown; ties share one."""
    red, yellow, pending = (column_range(COUNTS, BANDS[band], count) for band in _BY)
    return (
        f'1+COUNTIF({red},">"&{{red}})+COUNTIFS({red},{{red}},{yellow},">"&{{yellow}})'
        f'+COUNTIFS({red},{{red}},{yellow},{{yellow}},{pending},">"&{{pending}})'
    )


def _columns(m: Material, compared: Sequence[str], kind: ColumnKind) -> tuple[Column, ...]:
    titles = {id_: shown_value(m, m.indicators[id_])[:2] for id_ in compared}
    number = kind is ColumnKind.NUMBER
    shown = (
        Column(key_of(id_), t_unit(m, f"{id_} {name}", unit if number else ""), 13, kind)
        for id_, (name, unit) in titles.items()
    )
    return no_column(m), park_column(m), *shown


def key_of(id_: str) -> str:
    """Return the key of an indicator's column, which formulas can name."""
    return id_.replace("-", "_")


def _values(parks: Sequence[Material], compared: Sequence[str], annexes: Annexes | None) -> Table:
    """Return 表2-2: the compared indicators of each park."""
    m = parks[0]
    rows = tuple(
        (Cell(at + 1), short_cell(park), *(_value(at, park, id_, annexes) for id_ in compared))
        for at, park in enumerate(parks)
    )
    return Table(
        m.table_no("2-2"), say(m, "table.values"), _columns(m, compared, ColumnKind.NUMBER), rows,
        say(m, "unit.values"), m.say("source.indicators"), notes=marks_explained(m.words, rows),
        frozen_columns=2, key=VALUES,
    )  # fmt: skip


def _value(at: int, m: Material, id_: str, annexes: Annexes | None) -> Cell:
    cell = shown_value(m, m.indicators[id_])[2]
    if annexes is None:
        return cell
    return replace(cell, formula=annexes.indicator(at, m, id_, "ours"))


def _ranks(parks: Sequence[Material], compared: Sequence[str]) -> Table:
    """Return 表2-3: the place of each park in what is better higher or lower, 1 the best."""
    m = parks[0]
    ordered = [id_ for id_ in compared if DECLARED[id_].direction in _ORDERED]
    ranks = {id_: _places(parks, id_) for id_ in ordered}
    rows = tuple(
        (Cell(at + 1), short_cell(park), *(ranks[id_][at] for id_ in ordered))
        for at, park in enumerate(parks)
    )
    columns = tuple(
        replace(column, title=_with_direction(m, column, DECLARED[id_].direction))
        for column, id_ in zip(_columns(m, ordered, ColumnKind.ORDINAL)[2:], ordered, strict=True)
    )
    return Table(
        m.table_no("2-3"), say(m, "table.ranks"), (no_column(m), park_column(m), *columns), rows,
        source_line=m.say("source.indicators"), notes=(say(m, "note.ranks"),), frozen_columns=2,
    )  # fmt: skip


def _with_direction(m: Material, column: Column, direction: Direction) -> str:
    arrow = "↑" if direction is Direction.UP else "↓"
    return f"{column.title}{arrow}"


def _places(parks: Sequence[Material], id_: str) -> list[Cell]:
    """Return the places of the parks whose value is known, the others 待核."""
    m, is_up = parks[0], DECLARED[id_].direction is Direction.UP
    shown = [shown_value(each, each.indicators[id_])[2] for each in parks]
    values = [cell.number for cell in shown]
    cells = column_range(VALUES, key_of(id_), len(parks))
    cells_found = []
    for at, value in enumerate(values, start=1):
        own = f"{{{VALUES}!{key_of(id_)}@{at}}}"
        rank = f"1+SUMPRODUCT(ISNUMBER({cells})*({cells}{'>' if is_up else '<'}{own}))"
        formula = f'IF(COUNT({own})=0,"{m.say("to_verify")}",{rank})'
        found = UNKNOWN
        if value is not None:
            known = [float(other) for other in values if other is not None]
            before = (o > float(value) if is_up else o < float(value) for o in known)
            is_sure = shown[at - 1].state is CellState.KNOWN
            state = CellState.KNOWN if is_sure else CellState.PARTIAL
            found = Cell(1 + sum(before), state)
        cells_found.append(replace(found, formula=formula))
    return cells_found


def _bands(parks: Sequence[Material], compared: Sequence[str], annexes: Annexes | None) -> Table:
    """Return 表2-4: the bands of the compared indicators in words."""
    m = parks[0]
    rows: list[Row] = []
    for at, park in enumerate(parks):
        cells = []
        for id_ in compared:
            band = park.indicators[id_].band
            place = "" if annexes is None else annexes.indicator(at, park, id_, "band")
            cells.append(Cell(band_text(m, band), tone=BAND_TONES[band], formula=place))
        rows.append((Cell(at + 1), short_cell(park), *cells))
    return Table(
        m.table_no("2-4"), say(m, "table.bands"), _columns(m, compared, ColumnKind.WORD),
        tuple(rows), source_line=m.say("source.indicators"), notes=(say(m, "note.bands"),),
        frozen_columns=2,
    )  # fmt: skip
