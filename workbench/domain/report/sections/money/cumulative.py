# SPDX-License-Identifier: MIT
"""The cumulative cash of the scenarios on sheet 7 (财务测算): table and line of domain §7.1."""

from collections.abc import Iterator, Sequence

from workbench.domain.report.model import (
    ZERO,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.cash_flows import cash_lines
from workbench.domain.report.sections.money.links import Linked
from workbench.domain.report.sections.money.words import Calculated, Say
from workbench.domain.report.sections.money.years import MOST_ACROSS

_WAN = 10_000
_NO_TERMINAL = "note_cumulative_alone"
_MOST = 4
"""Lines that can be told apart in a black print."""


def cumulative_cash(m: Material, found: Sequence[Calculated]) -> list[Block]:
    """Return 表7-2c and its line: net cash by year, with terminal value, and its running sum.

    Scenarios of another length than the first, or of which a year is not known, are left out: a
    line with a gap would show what nobody computed.
    """
    drawn = list(_drawn(m, found))[:_MOST]
    if not drawn:
        return []
    say, periods = Say(m.words), len(drawn[0][1])
    columns = [Column("year", say("col_period"), 10, ColumnKind.WORD)]
    for at, (scenario, _) in enumerate(drawn, start=1):
        net = say("col_net_of", name=scenario.name)
        columns.append(Column(f"n{at}", net, 14, ColumnKind.NUMBER))
        running = say("col_sum_of", name=scenario.name)
        columns.append(Column(f"c{at}", running, 14, ColumnKind.NUMBER))
    rows = tuple(_row(drawn, year, say) for year in range(periods))
    ends = {any(line.terminal for line in cash_lines(scenario)) for scenario, _ in drawn}
    note = (
        "note_cumulative_some"
        if len(ends) > 1
        else "note_cumulative"
        if True in ends
        else _NO_TERMINAL
    )
    number = m.table_no("7-2c")
    table = Table(
        number, say("title_cumulative"), tuple(columns), rows,
        say("unit_money"), say("source_linked"),
        notes=(say(note),), dense=periods > MOST_ACROSS,
        source_link=Linked(m, drawn[0][0]).place,
    )  # fmt: skip
    series = tuple(f"c{at}" for at in range(1, len(drawn) + 1))
    chart = Chart(
        ChartKind.LINE, m.figure_no("7-1"), say("chart_cumulative"), number, "year", series,
        say("axis_wan"),
    )  # fmt: skip
    return [table, chart]


def _drawn(m: Material, found: Sequence[Calculated]) -> Iterator[tuple[Calculated, list[Cell]]]:
    """Yield scenarios with their net cash by year in 万元, over the cells of their own sheets."""
    length = 0
    for scenario in found:
        result = scenario.result
        if not result.accounts:
            continue
        flow = result.flow(result.accounts[0].key)
        values = [term.value for term in flow]
        known = [value for value in values if value is not None]
        if len(known) < max(len(values), 2) or (length and len(known) != length):
            continue
        length = len(known)
        linked, lines = Linked(m, scenario), cash_lines(scenario)
        yield (
            scenario,
            [
                Cell(value / _WAN, formula=linked.net(lines, year))
                for year, value in enumerate(known)
            ],
        )


def _row(drawn: Sequence[tuple[Calculated, list[Cell]]], year: int, say: Say) -> Row:
    cells = [Cell(say("col_year", year=year))]
    for at, (_, net) in enumerate(drawn, start=1):
        so_far = sum((cell.number or ZERO for cell in net[: year + 1]), ZERO)
        formula = f"{{c{at}@{year}}}+{{n{at}}}" if year else f"{{n{at}}}"
        cells += [net[year], Cell(so_far, formula=formula)]
    return tuple(cells)
