# SPDX-License-Identifier: MIT
"""A fund beside a base (基金+基地): what the SOE puts in and gets as an investor, and what it brings."""

from dataclasses import replace

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    flag,
    integer,
    money,
    number,
    pick,
    share,
)
from workbench.domain.display import Quantity
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import (
    ABOVE_MINUS_ONE,
    POSITIVE,
    Rest,
    When,
    ask,
    count,
    series,
)
from workbench.domain.finance.ledger_inputs import context_flag, context_number
from workbench.domain.finance.measures import FLOW_RATES, write_flow_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.models.profit_split import CATCH_UP, NO_CATCH_UP
from workbench.domain.finance.models.waterfall_lines import write_balances
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, ZERO, LineAt, Term, at_least, named, total
from workbench.domain.finance.waterfall import (
    BOTH,
    CAPITAL_FIRST,
    COMPOUND,
    INVESTOR_ONLY,
    SIMPLE,
    Agreement,
    Payout,
    Tier,
    distribute,
)  # fmt: skip
from workbench.domain.findings import Level

SOE, OTHERS, MANAGER = "soe", "others", "manager"

INPUTS = (
    ask(money("size", "基金规模（认缴）", "Fund size committed", REQUIRED, group="scope"),
        limits=POSITIVE),
    replace(ask(share("soe_part", "国企认缴比例", "SOE's part", REQUIRED, group="scope")),
            beside=("manager_part",)),
    replace(ask(share("manager_part", "管理人认缴比例", "Manager's part", group="scope"), "0.01"),
            beside=("soe_part",)),
    count(integer("years", "存续年数", "Years", unit="年", group="scope"), "8", 1, 30),
    replace(series(share("calls", "各年实缴比例", "Called by year", group="scope"), "0.4 0.3 0.3",
                   length="years", first=0, rest=Rest.NOTHING), whole=True),
    ask(share("fee_rate", "年管理费率（按实缴）", "Yearly fee on paid-in capital", group="cost"),
        "0.02"),
    series(money("proceeds", "各年回收", "Proceeds by year", REQUIRED, group="income"),
           length="years", rest=Rest.NOTHING),
    ask(share("preference", "门槛收益率", "Hurdle", group="split"), "0.08", limits=ABOVE_MINUS_ONE),
    ask(choice("compounding", "门槛收益计息", "Hurdle accrues", pick(f"""
{COMPOUND} = Compounding yearly
{SIMPLE} = Simple
"""), group="split"), COMPOUND),
    ask(choice("holders", "谁先得本金与门槛收益", "Who gets capital and hurdle first", pick(f"""
{BOTH} = All by capital
{INVESTOR_ONLY} = Only the investors
"""), group="split"), BOTH),
    ask(share("carry", "业绩报酬比例", "Carry", group="split"), "0.2"),
    ask(choice("catch_up", "追补", "Catch-up", pick(f"""
{CATCH_UP} = Catch-up
{NO_CATCH_UP} = None
"""), group="split"), CATCH_UP),
    ask(share("catch_up_share", "追补层中管理人所得比例", "Manager's share of the catch-up",
              group="split"), "1", when=When("catch_up", (CATCH_UP,))),
    ask(share("return_ratio", "返投倍数要求（对国企出资）", "Reinvestment asked, times SOE's money",
              group="park_base"), "1", limits=POSITIVE),
    ask(money("invested_here", "计划投入本园区", "To be invested in the park", group="park_base"),
        needed=False),
    ask(flag("filed", "基金已备案", "Fund filed", group="park_base"), needed=False),
    ask(flag("guaranteed", "财政或国企兜底", "Guaranteed by the state or the SOE", group="park_base"),
        needed=False),
    ask(flag("in_balance", "已计入三类资金平衡", "Counted in the three-source balance", group="park_base"),
        needed=False),
    *FLOW_RATES,
)  # fmt: skip

CALLED_SHARE = share("called_share", "实缴比例", "Share called")
CALLED = money("called", "实缴出资", "Capital called")
PROCEEDS = money("fund_proceeds", "基金回收", "Proceeds of the fund")
PAID_IN = money("paid_in", "累计实缴", "Paid in so far")
FEE = money("fee", "管理费", "Management fee")
BROUGHT = money("brought", "撬动的外部资金", "Outside money brought in")
LEVERAGE = number("leverage", "国企出资放大倍数", "Fund size to SOE's money", unit="倍")
ASKED = money("asked", "须返投金额", "Reinvestment asked for")
SHORT = money("short", "返投缺口", "Reinvestment short")


_PAYS = {
    SOE: money("soe_pays", "国企出资", "SOE pays in"),
    OTHERS: money("others_pay", "其他投资人出资", "Others pay in"),
    MANAGER: money("manager_pays", "管理人出资", "Manager pays in"),
}
_GETS = {
    SOE: money("soe_gets", "国企分得", "SOE receives"),
    OTHERS: money("others_get", "其他投资人分得", "Others receive"),
    MANAGER: money("manager_gets", "管理人分得（含业绩报酬）", "Manager receives, carry included"),
}


def build(values: Values) -> Book:
    """Write calls, proceeds after fees, the waterfall, and each party's flow."""
    book = Book(values.count("years") + 1)
    for key, zh, en in ((SOE, "国企（投资人）", "SOE as an investor"),
                        (OTHERS, "其他投资人", "Other investors"),
                        (MANAGER, "管理人", "Manager")):  # fmt: skip
        book.account(key, zh, en)
    book.group("scope")
    size = values["size"]
    called = book.flow(CALLED, [size * part for part in values.series("calls", book.periods)])
    _write_fees(book, values, called)
    book.group("income")
    cash = book.flow(PROCEEDS, values.series("proceeds", book.periods))
    book.group("split")
    paid = distribute(cash, called, _agreement(values))
    write_balances(book, paid)
    _write_parties(book, values, called, paid)
    for account in (SOE, OTHERS, MANAGER):
        write_flow_measures(book, account, values)
    _write_base(book, values)
    _check(book, values)
    return book


def _write_fees(book: Book, values: Values, called: list[Term]) -> None:
    """Write the manager's fee on the capital paid in before; it is paid out of the capital called."""
    book.group("cost")
    paid_in = ZERO
    fees: list[Term] = []
    sums: list[Term] = []
    for period, amount in enumerate(called):
        fees.append(paid_in * values["fee_rate"])
        paid_in = named(LineAt(PAID_IN.key, period), paid_in + amount)
        sums.append(paid_in)
    book.flow(PAID_IN, sums, stock=True)
    book.flow(FEE, fees, MANAGER, IN)


def _agreement(values: Values) -> Agreement:
    manager = values["manager_part"]
    carry = values["carry"]
    rest = carry + (ONE - carry) * manager
    caught = values["catch_up_share"] if values.choice("catch_up") == CATCH_UP else None
    return Agreement(
        manager, values["preference"], values.choice("compounding"), CAPITAL_FIRST,
        values.choice("holders"), (Tier(rest),), caught, carry,
    )  # fmt: skip


def _write_parties(book: Book, values: Values, called: list[Term], paid: Payout) -> None:
    """Write capital and distributions of the SOE, the other investors and the manager."""
    book.group("split")
    manager = values["manager_part"]
    soe_of_investors = values["soe_part"] / (ONE - manager)
    own = {SOE: values["soe_part"], MANAGER: manager,
           OTHERS: ONE - values["soe_part"] - manager}  # fmt: skip
    got: dict[str, list[Term]] = {SOE: [], OTHERS: [], MANAGER: []}
    for period in range(book.periods):
        investors = paid.investor(period)
        ours = investors * soe_of_investors
        got[SOE].append(ours)
        got[OTHERS].append(investors - ours)
        got[MANAGER].append(paid.sponsor(period))
    for account in (SOE, OTHERS, MANAGER):
        book.flow(_PAYS[account], [amount * own[account] for amount in called], account, OUT)
        book.flow(_GETS[account], got[account], account, IN)


def _write_base(book: Book, values: Values) -> None:
    """Write what the fund brings to the base: outside money, and the reinvestment it owes."""
    book.group("park_base")
    soe = values["size"] * values["soe_part"]
    book.measure(BROUGHT, values["size"] - soe, SOE)
    book.measure(LEVERAGE, values["size"] / soe, SOE)
    asked = book.figure(ASKED, soe * values["return_ratio"])
    book.measure(ASKED, asked, SOE)
    short = at_least(0, asked - values["invested_here"])
    book.measure(SHORT, short, SOE)
    if short.value:
        book.finding("reinvestment_short", Level.WARNING, "invested_here")


def _check(book: Book, values: Values) -> None:
    if values.flag("filed") is not True:
        book.finding("fund_not_filed", Level.WARNING, "filed")
    if values.flag("guaranteed"):
        book.finding("guaranteed_return", Level.WARNING, "guaranteed")
    if values.flag("in_balance"):
        book.finding("fund_in_balance", Level.WARNING, "in_balance")
    parts = values["soe_part"].value, values["manager_part"].value
    if None not in parts and sum(part for part in parts if part is not None) > 1:
        book.impossible("parts_above_one", "soe_part")
    calls = total(values.series("calls", book.periods)).value
    if calls is not None and calls > 1:
        book.impossible("calls_above_one", "calls", sum=Quantity(calls, CALLED_SHARE))
    elif calls is not None and calls != 1:
        book.finding("calls_not_one", Level.WARNING, "calls", sum=Quantity(calls, CALLED_SHARE))
    share_, target = values["catch_up_share"].value, values["carry"].value
    if share_ is not None and target is not None and share_ <= target:
        book.impossible("catch_up_never_ends", "catch_up_share")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("size", context_number("fund_size"))
    found.suggest("return_ratio", context_number("fund_return_ratio"))
    found.suggest("filed", context_flag("fund_filed"))


FUND = Model("fund", "基金与基地", "Fund and base", ("P07",), INPUTS, build, _from_ledger)
