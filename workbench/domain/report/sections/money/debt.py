# SPDX-License-Identifier: MIT
"""表7-4 负债前后 on sheet 7: the debt ratio before and after each scenario, and its columns."""

from collections.abc import Sequence
from decimal import Decimal

from workbench.domain.display import shown as plain
from workbench.domain.finance.models import debt
from workbench.domain.report.model import (
    NOT_APPLICABLE,
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

_RATIOS = (debt.BEFORE.key, debt.AFTER.key)
_ASSUMED = ("sold_book", "net_cash", "repaid", "new_debt")


def debt_ratios(m: Material, found: Sequence[Calculated]) -> list[Block]:
    """Return 表7-4 and its columns; a scenario with an unknown ratio is named instead of drawn."""
    say = Say(m.words)
    linked = [Linked(m, scenario) for scenario in found]
    drawn = [each for each in linked if each.known(_RATIOS)]
    blocks: list[Block] = [
        Paragraph(say("debt_unknown", name=each.found.name)) for each in linked if each not in drawn
    ]
    if not drawn:
        return blocks
    columns = (
        Column("scenario", say("col_scenario"), 22),
        Column("figure", say("col_figure"), 16),
        Column("before", say("col_before"), 14, ColumnKind.NUMBER),
        Column("after", say("col_after"), 14, ColumnKind.NUMBER),
        Column("points", say("col_points"), 16, ColumnKind.NUMBER),
        Column("relative", say("col_relative"), 16, ColumnKind.NUMBER),
        Column("assumed", say("col_assumed"), 44),
    )
    rows = tuple(_ratios(each, say) for each in drawn)
    table = Table(
        m.table_no("7-4"),
        say("title_debt"),
        columns,
        rows,
        say("unit_debt"),
        say("source_linked"),
        source_link=drawn[0].place,
    )
    chart = Chart(
        ChartKind.BAR, m.figure_no("7-4"), say("chart_debt"), table.name, "scenario",
        ("before", "after"), "%",
    )  # fmt: skip
    return [table, chart, *blocks]


def _ratios(linked: Linked, say: Say) -> Row:
    before = linked.year(debt.BEFORE.key, state=CellState.KNOWN)
    after = linked.year(debt.AFTER.key)
    had, has = number(before), number(after)
    relative = NOT_APPLICABLE
    if had:
        relative = Cell((has / had - 1) * 100, CellState.FORECAST, "({after}/{before}-1)*100")
    return (
        words(linked.found.name),
        Cell(say("debt_ratio")),
        before,
        after,
        Cell(has - had, CellState.FORECAST, "{after}-{before}"),
        relative,
        words(_assumed(linked.found, say)),
    )


def _assumed(found: Calculated, say: Say) -> str:
    """Return what the ratio after hangs on, in one line."""
    parts = []
    for key in _ASSUMED:
        field = found.model.input(key).field
        value = found.result.settled[key].value
        shown = say.texts("report.to_verify")
        if isinstance(value, Decimal):
            shown = f"{plain(value, field)} {say.unit(field)}"
        parts.append(f"{field.title(say.language)} {shown}")
    return ("；" if say.language.startswith("zh") else "; ").join(parts)
