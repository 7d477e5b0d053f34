# SPDX-License-Identifier: MIT
"""Sheet 1 of a portfolio: what each park has, how it is let, and what lies on it."""

from collections.abc import Sequence
from dataclasses import replace

from workbench.domain.figures.scale import FIGURES
from workbench.domain.report.model import (
    SUM,
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
    ratio,
)
from workbench.domain.report.sections.cells import figure, words
from workbench.domain.report.sections.links import BURDENED, CALC_LEASES, IN_FORCE, records_key
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.portfolio.amounts import amounts_table
from workbench.domain.report.sections.portfolio.annexes import Annexes
from workbench.domain.report.sections.portfolio.parks import (
    MANY,
    named_parks,
    no_column,
    park_cell,
    park_column,
    say,
    short_cell,
)
from workbench.domain.report.sections.scale_cells import scale_cells
from workbench.domain.report.sections.steps.step_words import quoted
from workbench.domain.workings.numbers import Judged

_SCALE, _LET = "scale", "let_parks"
_COUNTS = ("parcels", "buildings", "tenants")
_DRAWN = ("rentable", "let", "vacant")
_STATES = (
    ("leases", CALC_LEASES, "runs"),
    ("limits", IN_FORCE, Judged.IN_FORCE),
    ("seized", BURDENED, Judged.SEIZED),
    ("pledged", BURDENED, "mortgage"),
)
"""What is counted of each park where the column of a table says 1, and where it says 待核."""


def scale_blocks(parks: Sequence[Material], annexes: Annexes | None) -> list[Block]:
    """Return the charts and 表1-1 to 1-4; ratios of totals are recomputed.

    Nothing but tables after the charts: of many parks each prints on a sheet, in this order.
    """
    table = _scale_table(parks, annexes)
    drawn, charts = _charts(parks, table)
    tables = [table, drawn]
    if annexes is not None:
        tables += [_states_table(parks, annexes), amounts_table(parks, annexes)]
    return [*charts, *(each for each in tables if each is not None)]


def _scale_table(parks: Sequence[Material], annexes: Annexes | None) -> Table:
    m = parks[0]
    occupancy = ratio("let", "rentable", 100)

    def column(key: str) -> Column:
        if key in _COUNTS:
            return Column(key, say(m, f"col.{key}"), 9, ColumnKind.INTEGER, total=SUM)
        return Column(key, say(m, f"col.{key}"), 14, ColumnKind.NUMBER, total=SUM)

    columns = (
        no_column(m),
        park_column(m),
        Column("code", say(m, "col.code"), 12, ColumnKind.CODE),
        *(column(key) for key in FIGURES),
        Column("occupancy", say(m, "col.occupancy"), 12, ColumnKind.NUMBER, total=occupancy),
    )
    rows = tuple(_scale_row(at, park, annexes) for at, park in enumerate(parks))
    return Table(
        m.table_no("1-1"), say(m, "table.scale"), columns, rows, say(m, "unit.scale"),
        m.say("source.ledger"), notes=(say(m, "note.scale"),), total_label=m.say("total"),
        frozen_columns=2, key=_SCALE,
    )  # fmt: skip


def _scale_row(at: int, m: Material, annexes: Annexes | None) -> Row:
    park = m.whole.park
    found = scale_cells(m.whole)
    link = ""
    if annexes is not None:
        link = annexes.first_row(at, records_key("park"))
        found = {
            key: replace(cell, formula=annexes.scale(at, m, key)) for key, cell in found.items()
        }
    return (
        Cell(at + 1, link=link),  # LibreOffice does not break the lines of a text that leads on
        park_cell(m),
        words(park.text("code") if park else None),
        *found.values(),
        _occupancy(m, found["let"], found["rentable"]),
    )


def _occupancy(m: Material, let: Cell, rentable: Cell) -> Cell:
    above, below = let.number, rentable.number
    value = above / below * 100 if above is not None and below else None
    found = replace(figure(value), formula=guarded("{let}/{rentable}*100", m))
    is_estimate = value is not None and CellState.ESTIMATED in (let.state, rentable.state)
    return replace(found, state=CellState.ESTIMATED) if is_estimate else found


def _charts(parks: Sequence[Material], table: Table) -> tuple[Table | None, list[Block]]:
    """Return the parks whose areas are known, and the charts of let area and occupancy."""
    m = parks[0]
    known = [
        at
        for at in range(1, len(table.rows) + 1)
        if all(table.cells(key)[at - 1].number is not None for key in (*_DRAWN, "occupancy"))
    ]
    if not known:
        return None, [Paragraph(say(m, "not_drawn"))]
    drawn, named = _drawn_table(parks, table, known), "no" if len(known) > MANY else "park"
    charts = [
        Chart(
            ChartKind.STACKED, m.figure_no("1-1"), say(m, "chart.scale"), drawn.name,
            named, ("let", "vacant"), m.say("axis.m2"),
        ),
        Chart(
            ChartKind.BAR, m.figure_no("1-2"), say(m, "chart.occupancy"), drawn.name,
            named, ("occupancy",), "%",
        ),
    ]  # fmt: skip
    left = [at for at in range(1, len(parks) + 1) if at not in known]
    if not left:
        return drawn, [*charts]
    said = say(m, "partly_drawn", parks=named_parks(parks, left))
    return drawn, [Paragraph(said), *charts]


def _drawn_table(parks: Sequence[Material], table: Table, known: Sequence[int]) -> Table:
    """Return 表1-2: the parks that can be compared by how they are let."""
    m, keys = parks[0], (*_DRAWN, "occupancy")
    columns = (no_column(m), park_column(m), *(table.columns[table.place(key)] for key in keys))
    rows = tuple(
        (
            Cell(at),
            short_cell(parks[at - 1]),
            *(
                replace(table.cells(key)[at - 1], formula=f"{{{_SCALE}!{key}@{at}}}")
                for key in keys
            ),
        )
        for at in known
    )
    return Table(
        m.table_no("1-2"), say(m, "table.let"), columns, rows, say(m, "unit.let"),
        m.say("source.ledger"), total_label=m.say("total"), key=_LET, apart=len(parks) > MANY,
    )  # fmt: skip


def _states_table(parks: Sequence[Material], annexes: Annexes) -> Table:
    """Return 表1-3: how many leases run and limits are in force, and how many are not known."""
    m, to_verify = parks[0], parks[0].say("to_verify")
    columns = [no_column(m), park_column(m)]
    for key, _, _ in _STATES:
        for part in ("", "_open"):
            title = say(m, f"col.{key}{part}")
            columns.append(Column(key + part, title, 12, ColumnKind.INTEGER, total=SUM))
    rows = []
    for at, park in enumerate(parks):
        cells: list[Cell] = []
        for key, table, column in _STATES:
            certain, unsure = (
                annexes.counted(at, table, column, value) for value in (1, to_verify)
            )
            cells += [_at_least(certain, unsure, f"{key}_open", m), unsure]
        rows.append((Cell(at + 1), short_cell(park), *cells))
    return Table(
        m.table_no("1-3"), say(m, "table.states"), tuple(columns), tuple(rows),
        say(m, "unit.counts"), say(m, "source.annexes"), notes=(say(m, "note.states"),),
        total_label=m.say("total"), frozen_columns=2, apart=len(parks) > MANY,
    )  # fmt: skip


def _at_least(certain: Cell, unsure: Cell, column: str, m: Material) -> Cell:
    """Return a count that is a part while others may belong to it, and no 0 while any may."""
    if not certain.formula:
        return certain
    count, waits = certain.formula, quoted(m.say("to_verify"))
    formula = f"IF(AND({count}=0,{{{column}}}>0),{waits},{count})"
    if not unsure.number:
        return replace(certain, formula=formula)
    found = replace(certain, state=CellState.PARTIAL) if certain.number else UNKNOWN
    return replace(found, formula=formula)
