# SPDX-License-Identifier: MIT
"""Cash on dates (按日现金流): XNPV and XIRR with a chosen day count; T8.

The first row is the day to which everything is discounted; later rows may stand in any order, and
several may fall on one day.
"""

from datetime import date
from decimal import Decimal

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    day,
    money,
    number,
    pick,
    share,
    text,
)
from workbench.domain.finance.building import Book, TableRow, Values
from workbench.domain.finance.dated import DayCount, dated_return, year_fraction
from workbench.domain.finance.inputs import NO_LIMITS, ask, table
from workbench.domain.finance.measures import DISCOUNT_RATE, IRR, NPV, TOTAL
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import IN, How, Measure, Reason, unknown_reasons
from workbench.domain.finance.terms import ONE, Term, constant, total
from workbench.domain.findings import Level

OWNER = "owner"
FLOWS = "flows"
YEARS = "years_"
"""Begins the key of the line with a flow's years from the first date."""

INPUTS = (
    table(text(FLOWS, "现金流（首行为折现日）", "Cash flows (the first row is the day of value)",
               REQUIRED, group="flows"), (
        ask(day("on", "日期", "Date")),
        ask(money("amount", "金额（流出为负）", "Amount, out is negative"), limits=NO_LIMITS),
        ask(text("what", "事项", "What"), needed=False),
    )),
    ask(choice("day_count", "日期计数", "Day count", pick(f"""
{DayCount.ACT_365} = Actual/365
{DayCount.ACT_360} = Actual/360
{DayCount.ACT_ACT} = Actual/actual
{DayCount.THIRTY_360} = 30/360
"""), group="flows"), DayCount.ACT_365),
    DISCOUNT_RATE,
)  # fmt: skip

XNPV = money(NPV.key, "净现值（按日，XNPV）", "NPV by dates (XNPV)")
XIRR = share(IRR.key, "内部收益率（按日，XIRR）", "IRR by dates (XIRR)")
LASTS = number("lasts", "历时", "Lasts", unit="年", decimals=2)


def build(values: Values) -> Book:
    """Write the present value of each flow; everything is worth its value at the first date."""
    book = Book()
    book.account(OWNER, "持有人", "Holder")
    book.group("flows")
    rows = values.rows(FLOWS)
    if not rows:
        book.finding("no_flows", Level.ERROR, FLOWS)
    count = DayCount(values.choice("day_count"))
    first = rows[0].day("on") if rows else None
    years = [_years(book, values, row, (n, first, count)) for n, row in enumerate(rows, 1)]
    worth = [_worth(book, values, row, n, years[n - 1]) for n, row in enumerate(rows, 1)]
    rate = values["discount_rate"]
    book.measure(XNPV, total(worth) if rows else values.unknown(FLOWS), OWNER)
    book.read_off(_rate(values, rows, count), How.DATED, FLOWS)
    amounts = total(row["amount"] for row in rows) if rows else values.unknown(FLOWS)
    book.measure(TOTAL, amounts, OWNER)
    if rows and rate.value is not None:
        _last(book, rows, count)
    return book


def _named(row: TableRow, number_: int) -> str:
    return f"{row.day('on') or '—'} {row.text('what') or number_}"


def _years(
    book: Book, values: Values, row: TableRow, at: tuple[int, date | None, DayCount]
) -> Term:
    """Write the years from the first date; unknown without both dates, or before it."""
    number_, first, count = at
    on, name = row.day("on"), _named(row, number_)
    years: Term = values.unknown(FLOWS)
    if on is not None and first is not None:
        if on < first:
            book.finding("date_before_first", Level.ERROR, f"{FLOWS}[{number_}].on", first=first)
        else:
            years = constant(Decimal(repr(year_fraction(first, on, count))))
    field = number(f"{YEARS}{number_}", f"{name}·距首日", f"{name}, from the first day", unit="年",
                   decimals=4)  # fmt: skip
    return book.figure(field, years)


def _worth(book: Book, values: Values, row: TableRow, number_: int, years: Term) -> Term:
    """Write one flow's value at the first date."""
    name = _named(row, number_)
    field = money(f"worth_{number_}", f"{name}·现值", f"{name}, value")
    factor = (ONE + values["discount_rate"]) ** years
    return book.once(field, row["amount"] / factor, OWNER, IN)


def _rate(values: Values, rows: list[TableRow], count: DayCount) -> Measure:
    dated = [(row.day("on"), row["amount"]) for row in rows]
    known = [(on, a.value) for on, a in dated if on is not None and a.value is not None]
    if len(known) < len(rows) or not rows:
        lacking = [a for _, a in dated if a.value is None] or [values.unknown(FLOWS)]
        return Measure(XIRR, OWNER, None, reasons=unknown_reasons(*lacking))
    found = dated_return(known, count)
    if isinstance(found, Reason):
        return Measure(XIRR, OWNER, None, reasons=(found,))
    return Measure(XIRR, OWNER, found, roots=(found,))


def _last(book: Book, rows: list[TableRow], count: DayCount) -> None:
    """Write how long the flows last, where every date is known."""
    days = [on for row in rows if (on := row.day("on")) is not None]
    if len(days) == len(rows):
        lasts = year_fraction(days[0], max(days), count)
        book.measure(LASTS, constant(Decimal(repr(round(lasts, 6)))), OWNER)


DATED_FLOWS = Model("dated_flows", "按日现金流", "Cash on dates", (), INPUTS, build)
