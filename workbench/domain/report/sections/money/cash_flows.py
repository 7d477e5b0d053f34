# SPDX-License-Identifier: MIT
"""表7-2 现金流 of domain §7.3: what comes in and goes out by year, item by item, net and running.

Every amount repeats a cell of the scenario's own sheet; what is summed here is a formula.
"""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.finance.results import Line, holders_of
from workbench.domain.report.model import (
    ZERO,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Table,
)
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.links import Linked, number
from workbench.domain.report.sections.money.words import Calculated, Say
from workbench.domain.report.sections.money.years import MOST_ACROSS

_MOST = 4
"""Items of one direction with a column of their own; the last of more takes all that are left."""


def cash_flows(m: Material, found: Sequence[Calculated]) -> list[Block]:
    """Return 表7-2 for each scenario whose first party has cash in more than one year."""
    yearly = [each for each in found if each.result.accounts and each.result.periods > 1]
    blocks: list[Block] = []
    for at, scenario in enumerate(yearly, start=1):
        part = f"-{at}" if len(yearly) > 1 else ""
        blocks.append(_cash_flow(m, scenario, part))
    return blocks


def cash_lines(found: Calculated) -> list[Line]:
    """Return the lines that make the net cash flow of a scenario's first party."""
    result = found.result
    holders = holders_of(result.accounts, result.accounts[0].key)
    return [
        line
        for line in result.lines
        if line.account in holders and line.sign and not line.single and not line.monthly
    ]


def _cash_flow(m: Material, scenario: Calculated, part: str) -> Block:
    say, linked = Say(m.words), Linked(m, scenario)
    lines = cash_lines(scenario)
    if not lines or not linked.known([line.key for line in lines]):
        return Paragraph(say("flows_unknown", name=scenario.name))
    lines = [line for line in lines if any(line.values)] or lines[:1]
    groups = [*_groups(lines, 1, say), *_groups(lines, -1, say)]
    columns = (
        Column("year", say("col_period"), 12, ColumnKind.WORD),
        *(Column(f"g{at}", title, 13, ColumnKind.NUMBER) for at, (title, _) in enumerate(groups)),
        Column("net", say("col_net"), 13, ColumnKind.NUMBER),
        Column("sum", say("col_cumulative"), 13, ColumnKind.NUMBER),
    )
    rows: list[Row] = []
    so_far = ZERO
    for period in range(scenario.result.periods):
        row = _year(linked, groups, period, so_far, say)
        so_far = number(row[-1])
        rows.append(row)
    account = scenario.result.accounts[0].title(m.language)
    note = "note_flows" if any(line.terminal for line in lines) else "note_flows_alone"
    return Table(
        m.table_no(f"7-2{part}"), say("title_flows", name=scenario.name, account=account),
        columns, tuple(rows), say("unit_money"), say("source_linked"),
        notes=(say(note), *filter(None, (assumed(scenario, say).strip(),))),
        dense=len(rows) > MOST_ACROSS, source_link=linked.place, tab=m.words("report_tabs.flows"),
    )  # fmt: skip


_Group = tuple[str, list[Line]]


def _groups(lines: Sequence[Line], sign: int, say: Say) -> list[_Group]:
    """Return the columns of one direction: a line each, the last of more than fit together."""
    own = [line for line in lines if line.sign == sign]
    word = say("col_in" if sign > 0 else "col_out", item="{item}")
    alone = own if len(own) <= _MOST else own[: _MOST - 1]
    rest = own[len(alone) :]
    groups = [(word.format(item=line.field.title(say.language)), [line]) for line in alone]
    return [*groups, (word.format(item=say("col_rest", n=len(rest))), rest)] if rest else groups


def _year(linked: Linked, groups: Sequence[_Group], period: int, before: Decimal, say: Say) -> Row:
    cells = [_amount(linked, lines, period) for _, lines in groups]
    signs = [lines[0].sign for _, lines in groups]
    net = sum((number(cell) * sign for cell, sign in zip(cells, signs, strict=True)), ZERO)
    terms = [f"{'+' if sign > 0 else '-'}{{g{at}}}" for at, sign in enumerate(signs)]
    carried = f"{{sum@{period}}}+" if period else ""
    return (
        Cell(say("col_year", year=period)),
        *cells,
        Cell(net, formula="".join(terms).removeprefix("+")),
        Cell(before + net, formula=f"{carried}{{net}}"),
    )


def _amount(linked: Linked, lines: Sequence[Line], period: int) -> Cell:
    cells = [linked.year(line.key, period, CellState.KNOWN) for line in lines]
    formula = "+".join(cell.formula for cell in cells if cell.formula)
    return Cell(sum(map(number, cells), ZERO), formula=formula)
