# SPDX-License-Identifier: MIT
"""Letting up (招租提升): income of a path of occupancy against an explicit base case; §5d, E5."""

from workbench.domain.catalogue.declare import REQUIRED, money, number, share
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, POSITIVE, ask
from workbench.domain.finance.ledger_inputs import (
    occupied_share,
    rent_roll,
    rentable_area,
    running_rent,
)  # fmt: skip
from workbench.domain.finance.ledger_remarks import expired_left_out, rent_of_leases
from workbench.domain.finance.loans import LOAN_INPUTS, coverage, write_coverage, write_loan
from workbench.domain.finance.measures import FLOW_RATES, write_flow_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.models.lettings import LETTING_INPUTS, ROLL, gross_income
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, Term

PROJECT, EQUITY = "project", "equity"

INPUTS = (
    *LETTING_INPUTS,
    ask(share("opex_ratio", "运营成本率（占有效毛收入）", "Operating cost, share of income",
              group="cost"), parameter="opex_ratio"),
    ask(share("property_tax", "房产税（从租）", "Property tax on rent", group="cost"),
        parameter="property_tax_rent"),
    ask(money("capex", "改造投入（期初）", "Investment now", REQUIRED, group="cost")),
    *FLOW_RATES,
    ask(share("cap_rate", "资本化率（终值）", "Cap rate of the terminal value", group="value"),
        parameter="cap_rate", limits=POSITIVE),
    ask(share("terminal_growth", "终值年增长", "Growth in the terminal value", group="value"),
        "0.02", limits=ABOVE_MINUS_ONE),
    *LOAN_INPUTS,
)  # fmt: skip

INCOME = money("income", "有效毛收入", "Effective gross income")
OPEX = money("opex", "运营成本", "Operating cost")
PROPERTY_TAX = money("tax_property", "房产税", "Property tax")
NOI = money("noi", "净运营收入", "NOI")
BASE_NOI = money("base_noi", "不行动的净运营收入", "NOI without action")
CAPEX = money("investment", "改造投入", "Investment")
TERMINAL = money("terminal", "终值", "Terminal value")
DSCR = number("dscr", "偿债备付率（全部净运营收入）", "DSCR on all NOI", unit="倍")
DSCR_MORE = number("dscr_more", "偿债备付率（增量）", "DSCR on the increment", unit="倍")


def build(values: Values) -> Book:
    """Write the incremental flow; period 0 is the investment."""
    periods = values.count("years") + 1
    book = Book(periods)
    book.account(PROJECT, "项目（相对不行动）", "Project, against no action")
    book.account(EQUITY, "自有资金", "Own money", includes=(PROJECT,))
    gross, stay = gross_income(book, values)
    book.group("income")
    income = book.flow(INCOME, gross, PROJECT, IN)
    opex = book.flow(OPEX, [amount * values["opex_ratio"] for amount in income], PROJECT, OUT)
    tax = book.flow(
        PROPERTY_TAX, [amount * values["property_tax"] for amount in income], PROJECT, OUT
    )
    noi = book.flow(NOI, [a - b - c for a, b, c in zip(income, opex, tax, strict=True)])
    kept = ONE - values["opex_ratio"] - values["property_tax"]
    base = book.flow(BASE_NOI, [amount * kept for amount in stay], PROJECT, OUT)
    book.group("cost")
    book.once(CAPEX, values["capex"], PROJECT, OUT)
    more = [a - b for a, b in zip(noi, base, strict=True)]
    worth = more[-1] * (ONE + values["terminal_growth"]) / values["cap_rate"]
    book.group("value")
    book.once(TERMINAL, worth, PROJECT, IN, period=periods - 1, terminal=True)
    _loan(book, values, noi, more)
    write_flow_measures(book, PROJECT, values)
    write_flow_measures(book, EQUITY, values)
    return book


def _loan(book: Book, values: Values, noi: list[Term], more: list[Term]) -> None:
    service = write_loan(book, values, EQUITY)
    write_coverage(book, values, DSCR, coverage(noi, service))
    book.flow(DSCR_MORE, coverage(more, service))


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("area", rentable_area)
    found.suggest("rent", running_rent, rent_of_leases)
    found.suggest("base_occupancy", occupied_share, expired_left_out)
    found.suggest("leases", rent_roll, expired_left_out)
    if found.gives("leases"):
        found.suggest("basis", lambda *_: ROLL)


LEASE_UP = Model(
    "lease_up",
    "招租提升",
    "Letting up",
    ("P11", "P12", "P10"),
    INPUTS,
    build,
    _from_ledger,
    before_tax=True,
)
