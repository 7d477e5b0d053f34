# SPDX-License-Identifier: MIT
"""A joint development (合资改造): acquire, build, sell part, let the rest, share the cash; §5d.

Money of a building year is paid at its beginning, everything else falls at the end of the year.
Sales start when building ends; rents a year later. Negative cash is called from both parties by
equity, positive cash goes through the distribution that was agreed.
"""

from workbench.domain.catalogue.declare import REQUIRED, area, integer, money, number, share
from workbench.domain.finance.annuities import STRAIGHT_LINE, depreciation
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.income_tax import DEPRECIATION, LOSS_YEARS, write_income_tax
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, POSITIVE, Rest, ask, count, series
from workbench.domain.finance.ledger_inputs import running_rent
from workbench.domain.finance.ledger_remarks import rent_of_leases
from workbench.domain.finance.loans import LOAN_TERMS, coverage, write_coverage, write_loan
from workbench.domain.finance.measures import FLOW_RATES, write_flow_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.models.development_lines import (
    ACQUISITION,
    BUILDING,
    CALLS,
    CASH,
    DSCR,
    EQUITY,
    INCOME,
    NOI,
    OPEX,
    OTHER,
    PARTNER_TERMINAL,
    PROJECT,
    PROPERTY_TAX,
    SALES,
    SOE_TERMINAL,
    SOLD_COST,
    TERMINAL,
    UNIT_COST,
    WHOLE_COST,
)  # fmt: skip
from workbench.domain.finance.models.profit_split import (
    PARTNER,
    SHARE_INPUTS,
    SOE,
    TIER_INPUTS,
    agreement,
    check_split,
    suggest_shares,
    write_capital,
    write_dividends,
    write_shift,
    write_split,
)
from workbench.domain.finance.models.sale_taxes import SALE_TAX_INPUTS, write_sale_taxes
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, ZERO, Term, at_least, total
from workbench.domain.finance.waterfall import Payout

_MONTHS = 12

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "12", 3, 40),
    count(integer("build_years", "建设年数", "Years of building", unit="年", group="scope"), "2", 1, 10),
    ask(area("gfa", "改造建筑面积", "Floor area", REQUIRED, group="scope"), limits=POSITIVE),
    ask(share("sale_share", "可售比例", "Share for sale", group="scope"), "0"),
    ask(number("sale_price", "平均售价（含税）", "Mean sale price, VAT included", unit="元/㎡",
               group="income"), "0"),
    count(integer("sale_years", "去化年数", "Years of selling", unit="年", group="income"), "2", 1, 10),
    ask(share("rentable_share", "自持面积可租比例", "Rentable share of what is kept", group="income"),
        "0.9"),
    ask(number("rent", "平均租金", "Mean rent", REQUIRED, unit="元/㎡·月", group="income")),
    ask(share("rent_growth", "租金年增长", "Yearly growth of rent", group="income"), "0.02",
        limits=ABOVE_MINUS_ONE),
    series(share("occupancy", "投用后出租率", "Occupancy from the first year of use", group="income"),
           "0.5 0.7 0.85", length="years", rest=Rest.LAST),
    ask(share("collection", "租金收缴率", "Collection", group="income"), parameter="collection"),
    ask(money("acquisition", "收储补偿或土地投入", "Compensation or land", REQUIRED, group="cost")),
    ask(number("build_cost", "建安单价", "Cost of building", REQUIRED, unit="元/㎡", group="cost")),
    ask(share("other_cost", "前期及其他费用（占建安）", "Other cost, share of building", group="cost"),
        "0.1"),
    ask(share("opex_ratio", "运营成本率（占有效毛收入）", "Operating cost, share of income",
              group="cost"), parameter="opex_ratio"),
    ask(share("property_tax", "房产税（从租）", "Property tax on rent", group="cost"),
        parameter="property_tax_rent"),
    count(integer("depreciation_years", "自持部分折旧年数", "Depreciation of what is kept", unit="年",
                  group="cit"), "20", 1, 50),
    ask(share("cit_rate", "企业所得税税率", "Enterprise income tax rate", group="cit"),
        parameter="cit_rate"),
    LOSS_YEARS,
    *SALE_TAX_INPUTS,
    ask(share("loan_share", "贷款占建设投入", "Loan, share of building cost", group="loan"), "0"),
    *LOAN_TERMS,
    *SHARE_INPUTS,
    *TIER_INPUTS,
    *FLOW_RATES,
    ask(share("cap_rate", "资本化率（终值）", "Cap rate of the terminal value", group="value"),
        parameter="cap_rate", limits=POSITIVE),
)  # fmt: skip


def build(values: Values) -> Book:
    """Write the project, its loan and tax, and what each party pays in and gets."""
    book = Book(values.count("years") + 1)
    book.account(PROJECT, "项目（融资前）", "Project before finance")
    book.account(EQUITY, "项目（融资后）", "Project after finance", includes=(PROJECT,))
    book.account(SOE, "国企", "SOE")
    book.account(PARTNER, "合作方", "Partner")
    check_split(book, values)
    cost = _write_cost(book, values)
    sold = _write_sales(book, values, cost)
    noi = _write_rent(book, values)
    loan = values["loan_share"] * (cost - values["acquisition"])
    service = write_loan(book, values, EQUITY, loan)
    write_coverage(book, values, DSCR, coverage(noi, service))
    _write_tax(book, values, cost, sold, noi)
    book.group("value")
    last = book.periods - 1
    worth = noi[-1] * (ONE + values["rent_growth"]) / values["cap_rate"]
    terminal = book.once(TERMINAL, worth, PROJECT, IN, period=last, terminal=True)
    _write_parties(book, values, terminal)
    for account in (PROJECT, EQUITY, SOE, PARTNER):
        write_flow_measures(book, account, values)
    write_shift(book, values)
    _check_years(book, values)
    return book


def _check_years(book: Book, values: Values) -> None:
    """Refuse years that end before the building is used, or before everything is sold."""
    last, built = book.periods - 1, values.count("build_years")
    if built >= last:
        book.impossible("never_used", "build_years")
    elif values["sale_share"].value and built + values.count("sale_years") - 1 > last:
        book.impossible("sold_beyond", "sale_years", build=built, years=last)


def _write_cost(book: Book, values: Values) -> Term:
    """Write what is paid to acquire and build, and return all of it."""
    book.group("cost")
    years = values.count("build_years")
    acquired = book.once(ACQUISITION, values["acquisition"], PROJECT, OUT)
    whole = values["gfa"] * values["build_cost"]
    spread = [whole / years if period < years else ZERO for period in range(book.periods)]
    building = book.flow(BUILDING, spread, PROJECT, OUT)
    other = book.flow(OTHER, [amount * values["other_cost"] for amount in building], PROJECT, OUT)
    cost = book.figure(WHOLE_COST, acquired + total(building) + total(other))
    book.measure(UNIT_COST, book.figure(UNIT_COST, cost / values["gfa"]), PROJECT)
    return cost


def _write_sales(book: Book, values: Values, cost: Term) -> list[Term]:
    """Write the sales and their taxes; return the sales net of them."""
    book.group("income")
    first, years = values.count("build_years"), values.count("sale_years")
    yearly = values["gfa"] * values["sale_share"] * values["sale_price"] / years
    sales = book.flow(SALES, _between(book.periods, first, years, yearly), PROJECT, IN)
    taxes = write_sale_taxes(book, values, sales, cost * values["sale_share"], PROJECT)
    return [a - b for a, b in zip(sales, taxes, strict=True)]


def _between(periods: int, first: int, years: int, amount: Term) -> list[Term]:
    return [amount if first <= period < first + years else ZERO for period in range(periods)]


def _write_rent(book: Book, values: Values) -> list[Term]:
    """Write income and costs of what is kept; return its NOI."""
    path, begun = values.series("occupancy", book.periods), values.count("build_years")
    kept = values["gfa"] * (ONE - values["sale_share"]) * values["rentable_share"]
    full = kept * values["rent"] * _MONTHS * values["collection"]
    growth = ONE + values["rent_growth"]
    gross = [
        full * growth**year * path[year - begun] if year > begun else ZERO
        for year in range(book.periods)
    ]
    income = book.flow(INCOME, gross, PROJECT, IN)
    opex = book.flow(OPEX, [a * values["opex_ratio"] for a in income], PROJECT, OUT)
    tax = book.flow(PROPERTY_TAX, [a * values["property_tax"] for a in income], PROJECT, OUT)
    return book.flow(NOI, [a - b - c for a, b, c in zip(income, opex, tax, strict=True)])


def _write_tax(book: Book, values: Values, cost: Term, sold: list[Term], noi: list[Term]) -> None:
    """Write the income tax on sales and rents, less depreciation and interest."""
    book.group("tax")
    first, years = values.count("build_years"), values.count("sale_years")
    part = cost * values["sale_share"] / years
    costs = book.flow(SOLD_COST, _between(book.periods, first, years, part))
    life = values.count("depreciation_years")
    kept = cost * (ONE - values["sale_share"])
    wear = book.flow(DEPRECIATION, [
        depreciation(kept, ZERO, life, period - first, STRAIGHT_LINE)
        for period in range(book.periods)
    ])  # fmt: skip
    interest = next(line.amounts for line in book.lines if line.key == "loan_interest")
    profits = [
        sold[period] + noi[period] - costs[period] - wear[period] - interest[period]
        for period in range(book.periods)
    ]
    write_income_tax(book, values, profits, EQUITY)


def _write_parties(book: Book, values: Values, terminal: Term) -> None:
    """Call negative cash by equity and distribute positive cash; the terminal value comes on top."""
    book.group("split")
    net = book.net(EQUITY, terminal=False)
    calls = book.flow(CALLS, [at_least(0, ZERO - amount) for amount in net])
    cash = book.flow(CASH, [at_least(0, amount) for amount in net])
    write_capital(book, calls, values["soe_share"])
    terms = agreement(values, capital_first=True)
    paid = write_split(book, values, cash, calls, terms)
    write_dividends(book, paid)
    richer = [*cash[:-1], cash[-1] + terminal]
    _write_terminal(book, paid, write_split(book, values, richer, calls, terms, "_with"))


def _write_terminal(book: Book, paid: Payout, richer: Payout) -> None:
    """Write what the terminal value adds to each party in the last year."""
    last = book.periods - 1
    book.group("value")
    book.once(SOE_TERMINAL, richer.sponsor(last) - paid.sponsor(last), SOE, IN, period=last,
              terminal=True)  # fmt: skip
    book.once(PARTNER_TERMINAL, richer.investor(last) - paid.investor(last), PARTNER, IN,
              period=last, terminal=True)  # fmt: skip


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("rent", running_rent, rent_of_leases)
    suggest_shares(found)


DEVELOPMENT = Model(
    "development", "合资改造开发", "Joint development", ("P05", "P06", "P14"), INPUTS, build,
    _from_ledger,
)  # fmt: skip
