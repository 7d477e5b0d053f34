# SPDX-License-Identifier: MIT
"""Table 3-2 of a portfolio: what the scenarios of each park come to, all of it forecasts."""

from collections.abc import Iterator, Sequence

from workbench.domain.display import shown_number
from workbench.domain.report.model import (
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    NotAssessed,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.chapter import headline
from workbench.domain.report.sections.money.words import Calculated, Say
from workbench.domain.report.sections.portfolio.parks import no_column, park_column, say, short_cell


def money_blocks(parks: Sequence[Material]) -> Iterator[Block]:
    """Yield 表3-2, a row for every scenario, or that no park has one."""
    m = parks[0]
    found = [(park, each) for park in parks for each in park.scenarios]
    if not found:
        yield NotAssessed(say(m, "no_scenarios"))
        return
    of_money = Say(m.words)
    columns = (
        no_column(m),
        park_column(m),
        Column("scenario", of_money("col_scenario"), 60),
        Column("answer", of_money("col_answer"), 62),
        Column("value", m.say("col.value"), 18, ColumnKind.NUMBER),
    )
    yield Table(
        m.table_no("3-2"), say(m, "table.money"), columns,
        tuple((Cell(at), *_row(park, each)) for at, (park, each) in enumerate(found, start=1)),
        source_line=say(m, "source.money"), notes=(say(m, "note.money"),), frozen_columns=2,
    )  # fmt: skip


def _row(park: Material, found: Calculated) -> Row:
    """Return the park, the scenario and its first known answer; without any it is 待核."""
    of_money = Say(park.words)
    start = (short_cell(park), words(found.name))
    measure = headline(found)
    if measure is None or measure.value is None:
        return (*start, optional("—"), UNKNOWN)
    title = measure.field.title(park.language)
    if measure.with_terminal is False:
        title += of_money("in_brackets", text=of_money("ends_false"))
    if unit := of_money.unit(measure.field):
        title += of_money("in_brackets", text=unit)
    number = shown_number(measure.value, measure.field)
    value = Cell(number, CellState.FORECAST, decimals=measure.field.decimals)
    return (*start, words(title), value)
