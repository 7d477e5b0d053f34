# SPDX-License-Identifier: MIT
"""Where the money comes from on sheet 7: 表7-3 三源平衡 by year, and who pays the capital in."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.finance.models import three_source
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    ZERO,
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
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.links import Linked, number
from workbench.domain.report.sections.money.words import Calculated, Say
from workbench.domain.report.sections.money.years import MOST_ACROSS

_SOURCES = tuple(
    source.line for source in (three_source.PROFIT, three_source.LAND, three_source.TAX)
)
_KEYS = tuple(line.key for line in _SOURCES)
_USES = three_source.USES.key
_SOE = ("soe_capital", "soe_pays")
_OTHERS = ("partner_capital", "others_pay", "manager_pays")


def three_sources(m: Material, found: Sequence[Calculated]) -> list[Block]:
    """Return 表7-3 and its stacked column for each scenario: uses, sources, net and gap by year."""
    blocks: list[Block] = []
    for at, scenario in enumerate(found, start=1):
        part = f"-{at}" if len(found) > 1 else ""
        blocks += _by_year(m, scenario, part)
    return blocks


def _by_year(m: Material, scenario: Calculated, part: str) -> list[Block]:
    say, linked = Say(m.words), Linked(m, scenario)
    if not linked.known((_USES, *_KEYS)):
        return [Paragraph(say("sources_unknown", name=scenario.name))]
    rows: list[Row] = []
    so_far = ZERO
    for period in range(scenario.result.periods):
        row = _year(linked, period, so_far, say)
        so_far = number(row[-2])
        rows.append(row)
    columns = (
        Column("year", say("col_period"), 12, ColumnKind.WORD),
        _money("uses", three_source.USES.title(m.language)),
        *(_money(line.key, line.title(m.language)) for line in _SOURCES),
        _money("net", say("col_net")),
        _money("sum", say("col_cumulative")),
        _money("gap", say("col_gap")),
    )
    table = Table(
        m.table_no(f"7-3{part}"), say("title_sources", name=scenario.name), columns, tuple(rows),
        say("unit_money"), say("source_linked"), notes=(say("note_sources"),),
        dense=len(rows) > MOST_ACROSS, source_link=linked.place, tab=m.words("report_tabs.sources"),
    )  # fmt: skip
    if not any(number(cell) for key in _KEYS for cell in table.cells(key)):
        return [table, Paragraph(say("sources_none", name=scenario.name))]
    chart = Chart(
        ChartKind.STACKED, m.figure_no(f"7-3{part}"), say("chart_sources", name=scenario.name),
        table.name, "year", _KEYS, say("axis_wan"),
    )  # fmt: skip
    return [table, chart]


def _money(key: str, title: str) -> Column:
    return Column(key, title, 16, ColumnKind.NUMBER)


def _year(linked: Linked, period: int, before: Decimal, say: Say) -> Row:
    uses = linked.year(_USES, period)
    sources = [linked.year(key, period) for key in _KEYS]
    net = sum(map(number, sources), ZERO) - number(uses)
    carried = f"{{sum@{period}}}+" if period else ""
    return (
        Cell(say("col_year", year=period)),
        uses,
        *sources,
        _formula(net, "+".join(f"{{{key}}}" for key in _KEYS) + "-{uses}"),
        _formula(before + net, f"{carried}{{net}}"),
        _formula(max(ZERO, -before - net), "MAX(0,-{sum})"),
    )


def _formula(value: Decimal, formula: str) -> Cell:
    return Cell(value, CellState.FORECAST, formula)


# ---- capital


def capital_sources(m: Material, found: Sequence[Calculated]) -> list[Block]:
    """Return 表7-2d and its stacked column: capital of the SOE and of the others, by scenario."""
    say = Say(m.words)
    rows: list[Row] = []
    left: list[str] = []
    place = ""
    for scenario in found:
        keys = [key for key in (*_SOE, *_OTHERS) if key in scenario.result]
        if not keys:
            continue
        linked = Linked(m, scenario)
        if linked.known(keys):
            rows.append(_parties(linked, keys))
            place = place or linked.place
        else:
            left.append(scenario.name)
    blocks: list[Block] = [Paragraph(say("sources_unknown", name=name)) for name in left]
    if not rows:
        return blocks
    columns = (
        Column("scenario", say("col_scenario"), 30),
        _money("soe", say("col_soe")),
        _money("others", say("col_others")),
        _money("all", say("col_total")),
        Column("part", say("col_soe_part"), 16, ColumnKind.NUMBER),
    )
    table = Table(
        m.table_no("7-2d"), say("title_capital"), columns, tuple(rows), say("unit"),
        say("source_linked"), notes=(say("note_capital"),), source_link=place,
    )  # fmt: skip
    chart = Chart(
        ChartKind.STACKED, m.figure_no("7-2"), say("chart_capital"), table.name, "scenario",
        ("soe", "others"), say("axis_wan"),
    )  # fmt: skip
    return [table, chart, *blocks]


def _parties(linked: Linked, keys: Sequence[str]) -> Row:
    soe = _sum_of(linked, [key for key in keys if key in _SOE])
    others = _sum_of(linked, [key for key in keys if key in _OTHERS])
    whole = number(soe) + number(others)
    part = _formula(number(soe) / whole * 100, "{soe}/{all}*100") if whole else NOT_APPLICABLE
    return (words(linked.found.name), soe, others, _formula(whole, "{soe}+{others}"), part)


def _sum_of(linked: Linked, keys: Sequence[str]) -> Cell:
    cells = [linked.total(key) for key in keys]
    return _formula(sum(map(number, cells), ZERO), "+".join(cell.formula for cell in cells))
