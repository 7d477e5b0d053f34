# SPDX-License-Identifier: MIT
"""Cash on dates in a workbook: years by each day count, and the rate at which all is worth 0.

XIRR knows actual/365 only. For the other counts the years stand in cells of their own, and the
rate is closed in on by Newton's method over them, step by step where everybody can follow it.
"""

from decimal import Decimal

from workbench.domain.finance.dated import DayCount
from workbench.domain.finance.models.dated_flows import FLOWS, YEARS
from workbench.domain.finance.results import Line, Measure
from workbench.domain.finance.terms import LineAt
from workbench.domain.report.model import Block, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.money.words import WORDS, Calculated, Names, Say

_STEPS = 6
_GUESS = 4
"""Decimals of the rate that the search begins with."""
_YEAR_DAYS = "(DATE(YEAR({0})+1,1,1)-DATE(YEAR({0}),1,1))"
_ISDA = (
    "IF(YEAR({a})=YEAR({b}),({b}-{a})/{in_a},"
    "(DATE(YEAR({a})+1,1,1)-{a})/{in_a}+YEAR({b})-YEAR({a})-1+({b}-DATE(YEAR({b}),1,1))/{in_b})"
)


def years_formula(line: Line, found: Calculated, names: Names) -> str:
    """Return the live formula of a flow's years from the first date, "" for any other line."""
    count = found.result.settled.get("day_count")
    if count is None or not line.key.startswith(YEARS):
        return ""
    table = names.table(FLOWS)
    first, on = (f"{{{table}!on@{row}}}" for row in (1, line.key.removeprefix(YEARS)))
    if count.value == DayCount.ACT_ACT:
        in_a, in_b = _YEAR_DAYS.format(first), _YEAR_DAYS.format(on)
        return _ISDA.format(a=first, b=on, in_a=in_a, in_b=in_b)
    if count.value == DayCount.THIRTY_360:
        return f"DAYS360({first},{on},TRUE)/360"
    return f"({on}-{first})/{360 if count.value == DayCount.ACT_360 else 365}"


def rate_formula(measure: Measure, found: Calculated, names: Names) -> str:
    """Return the live formula of the rate: XIRR, or the last step of the search."""
    rows = found.result.settled[measure.line].value
    if not isinstance(rows, tuple):
        return ""
    if found.result.settled["day_count"].value != DayCount.ACT_365:
        return f"{{{names.table('newton')}!rate@{_STEPS}}}"
    table = names.table(measure.line)
    amounts, days = (
        f"{{{table}!{column}@1}}:{{{table}!{column}@{len(rows)}}}" for column in ("amount", "on")
    )
    return f"XIRR({amounts},{days},{_guess(measure)})*100"


def _guess(measure: Measure) -> str:
    return f"{round(measure.value or Decimal(0), _GUESS):f}"


def search_table(found: Calculated, names: Names, say: Say) -> list[Block]:
    """Return the steps of the search, where one is needed."""
    count = found.result.settled.get("day_count")
    measure = next((m for m in found.result.measures if m.line == FLOWS), None)
    if count is None or count.value == DayCount.ACT_365 or measure is None:
        return []
    rows = found.result.settled[FLOWS].value
    if measure.value is None or not isinstance(rows, tuple):
        return []
    flows = [
        (Decimal(str(row["amount"])), found.result.line(f"{YEARS}{n}").values[0] or Decimal(0))
        for n, row in enumerate(rows, 1)
        if not isinstance(row, Decimal) and row is not None
    ]
    return [_table(flows, measure, names, say)]


def _table(flows: list[tuple[Decimal, Decimal]], measure: Measure, names: Names, say: Say) -> Table:
    last, lines = len(flows), names.lines
    amount = f"{{{names.table(FLOWS)}!amount@1}}:{{{names.table(FLOWS)}!amount@{last}}}"
    first_year, last_year = (lines[LineAt(f"{YEARS}{n}")][0] for n in (1, last))
    years = f"{{{first_year}}}:{{{last_year}}}"
    made: list[Row] = []
    rate = round(measure.value or Decimal(0), _GUESS)
    for step in range(1, _STEPS + 1):
        worth = sum((a / (1 + rate) ** t for a, t in flows), Decimal(0))
        slope = sum((-a * t / (1 + rate) ** (t + 1) for a, t in flows), Decimal(0))
        before = f"{{rate@{step - 1}}}-{{worth@{step - 1}}}/{{slope@{step - 1}}}*100"
        made.append((
            Cell(say("newton_step", n=step)),
            Cell(rate * 100, formula=before if step > 1 else "", decimals=8),
            Cell(worth / 10_000, formula=f"SUMPRODUCT({amount}/(1+{{rate}}/100)^{years})"),
            Cell(slope / 10_000,
                 formula=f"SUMPRODUCT(-{amount}*{years}/(1+{{rate}}/100)^({years}+1))"),
        ))  # fmt: skip
        rate = rate - worth / slope if slope else rate
    columns = (
        Column("step", say("newton_steps"), 30),
        Column("rate", say("newton_rate"), WORDS, ColumnKind.NUMBER),
        Column("worth", say("newton_worth"), 16, ColumnKind.NUMBER, 8),
        Column("slope", say("newton_slope"), 16, ColumnKind.NUMBER, 8),
    )
    return Table("", say("table_newton"), columns, tuple(made), key=names.table("newton"),
                 notes=(say("newton_note"),), tab=say.texts("report_tabs.newton"))  # fmt: skip
