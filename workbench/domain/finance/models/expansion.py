# SPDX-License-Identifier: MIT
"""More floor on the same land (增容技改·零增地, P13; 工改M0 with its premium, P14)."""

from workbench.domain.catalogue.declare import REQUIRED, area, integer, land, money, number, share
from workbench.domain.display import Quantity
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, POSITIVE, Rest, ask, count, series
from workbench.domain.finance.ledger_inputs import (
    noi_today,
    parcel_area,
    plan_ratio,
    plot_ratio,
    running_rent,
)  # fmt: skip
from workbench.domain.finance.ledger_remarks import rent_of_leases
from workbench.domain.finance.loans import LOAN_INPUTS, coverage, write_coverage, write_loan
from workbench.domain.finance.measures import FLOW_RATES, write_flow_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, ZERO, Term, at_least
from workbench.domain.findings import Level

PROJECT, EQUITY = "project", "equity"
_MONTHS = 12
PLAN_RATIO = number("far_max", "规划容积率上限", "Plot ratio allowed", group="scope")

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "12", 2, 60),
    ask(land("land_area", "土地面积", "Land area", REQUIRED, group="scope"), limits=POSITIVE),
    ask(number("far_now", "现状容积率", "Plot ratio today", REQUIRED, group="scope")),
    ask(number("far_to", "增容后容积率", "Plot ratio after", REQUIRED, group="scope"), limits=POSITIVE),
    ask(PLAN_RATIO, needed=False),
    ask(number("build_cost", "建安单价", "Cost of building", REQUIRED, unit="元/㎡", group="cost")),
    ask(share("other_cost", "前期及其他费用（占建安）", "Other cost, share of building", group="cost"),
        "0.1"),
    count(integer("build_years", "建设年数", "Years of building", unit="年", group="cost"), "1", 1, 10),
    ask(number("premium", "补缴地价（按新增面积）", "Extra land price per new floor", unit="元/㎡",
               group="cost"), "0"),
    ask(money("noi_now", "现状净运营收入", "NOI today", group="cost"), "0"),
    ask(share("lost_share", "建设期损失比例", "Share of it lost while building", group="cost"), "0"),
    ask(share("rentable_share", "新增面积可租比例", "Rentable share of the new floor",
              group="income"), "0.9"),
    ask(number("rent", "租金", "Rent", REQUIRED, unit="元/㎡·月", group="income")),
    ask(share("rent_growth", "租金年增长", "Yearly growth of rent", group="income"), "0.02",
        limits=ABOVE_MINUS_ONE),
    series(share("occupancy", "投用后出租率", "Occupancy from the first year of use", REQUIRED,
                 group="income"), "0.5 0.7 0.85", length="years", rest=Rest.LAST),
    ask(share("collection", "租金收缴率", "Collection", group="income"), parameter="collection"),
    ask(share("opex_ratio", "运营成本率（占有效毛收入）", "Operating cost, share of income",
              group="cost"), parameter="opex_ratio"),
    ask(share("property_tax", "房产税（从租）", "Property tax on rent", group="cost"),
        parameter="property_tax_rent"),
    *FLOW_RATES,
    ask(share("cap_rate", "资本化率（终值）", "Cap rate of the terminal value", group="value"),
        parameter="cap_rate", limits=POSITIVE),
    *LOAN_INPUTS,
)  # fmt: skip

FLOOR = area("new_floor", "新增建筑面积", "New floor area")
BUILDING = money("construction", "建安投入", "Building")
OTHER = money("other", "前期及其他费用", "Other cost")
PREMIUM = money("land_premium", "补缴地价", "Extra land price")
LOST = money("lost_income", "建设期损失收入", "Income lost while building")
INCOME = money("income", "新增有效毛收入", "Income of the new floor")
OPEX = money("opex", "运营成本", "Operating cost")
TAX = money("tax_property", "房产税", "Property tax")
NOI = money("new_noi", "新增净运营收入", "NOI of the new floor")
TERMINAL = money("terminal", "终值", "Terminal value")
COST_PER_AREA = number("cost_per_floor", "新增面积单位成本", "Cost per new floor", unit="元/㎡")
DSCR = number("dscr", "偿债备付率", "DSCR", unit="倍")


def build(values: Values) -> Book:
    """Write the building years, the use that follows, and the loan beside it."""
    periods, years = values.count("years") + 1, values.count("build_years")
    book = Book(periods)
    book.account(PROJECT, "增容项目", "Expansion")
    book.account(EQUITY, "自有资金", "Own money", includes=(PROJECT,))
    book.group("scope")
    floor = book.figure(
        FLOOR, at_least(0, values["land_area"] * (values["far_to"] - values["far_now"]))
    )
    _write_cost(book, values, floor, years)
    noi = _write_income(book, values, floor, years)
    book.group("value")
    worth = noi[-1] * (ONE + values["rent_growth"]) / values["cap_rate"]
    book.once(TERMINAL, worth, PROJECT, IN, period=periods - 1, terminal=True)
    service = write_loan(book, values, EQUITY)
    write_coverage(book, values, DSCR, coverage(noi, service))
    for account in (PROJECT, EQUITY):
        write_flow_measures(book, account, values)
    _check(book, values, years)
    return book


def _write_cost(book: Book, values: Values, floor: Term, years: int) -> None:
    book.group("cost")
    whole = floor * values["build_cost"]
    spent = _while_building(book.periods, years, whole / years)
    building = book.flow(BUILDING, spent, PROJECT, OUT)
    book.flow(OTHER, [amount * values["other_cost"] for amount in building], PROJECT, OUT)
    premium = book.once(PREMIUM, floor * values["premium"], PROJECT, OUT)
    lost = values["noi_now"] * values["lost_share"]
    book.flow(LOST, [ZERO, *_while_building(book.periods - 1, years, lost)], PROJECT, OUT)
    all_in = (whole * (ONE + values["other_cost"]) + premium) / floor
    book.measure(COST_PER_AREA, all_in, PROJECT)


def _while_building(periods: int, years: int, amount: Term) -> list[Term]:
    """Return an amount in each building year: it is paid at the year's beginning."""
    return [amount if period < years else ZERO for period in range(periods)]


def _write_income(book: Book, values: Values, floor: Term, years: int) -> list[Term]:
    book.group("income")
    path = values.series("occupancy", book.periods)
    full = floor * values["rentable_share"] * values["rent"] * _MONTHS
    growth = ONE + values["rent_growth"]
    gross = [
        full * growth**year * path[year - years] * values["collection"] if year > years else ZERO
        for year in range(book.periods)
    ]
    income = book.flow(INCOME, gross, PROJECT, IN)
    opex = book.flow(OPEX, [amount * values["opex_ratio"] for amount in income], PROJECT, OUT)
    tax = book.flow(TAX, [amount * values["property_tax"] for amount in income], PROJECT, OUT)
    return book.flow(NOI, [a - b - c for a, b, c in zip(income, opex, tax, strict=True)])


def _check(book: Book, values: Values, years: int) -> None:
    now, to, most = (values[key].value for key in ("far_now", "far_to", "far_max"))
    if to is not None and most is not None and to > most:
        book.finding("far_above_plan", Level.WARNING, "far_to", most=Quantity(most, PLAN_RATIO))
    if now is not None and to is not None and to <= now:
        book.impossible("far_not_raised", "far_to")
    if years >= book.periods - 1:
        book.impossible("never_used", "build_years")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("land_area", parcel_area)
    found.suggest("far_now", plot_ratio)
    found.suggest("far_max", plan_ratio)
    found.suggest("rent", running_rent, rent_of_leases)
    found.suggest("noi_now", noi_today)


EXPANSION = Model("expansion", "增容扩建", "More floor on the land", ("P13", "P14"), INPUTS, build,
                  _from_ledger, before_tax=True)  # fmt: skip
