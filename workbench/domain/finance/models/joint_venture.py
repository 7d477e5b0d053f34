# SPDX-License-Identifier: MIT
"""A joint venture (合资) whose shares of ownership and of profit differ; domain §5d, E3, T23."""

from dataclasses import replace

from workbench.domain.catalogue.declare import REQUIRED, choice, integer, money, pick, share
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import NO_LIMITS, POSITIVE, ask, count, series
from workbench.domain.finance.measures import (
    FLOW_RATES,
    present_value,
    return_measure,
    write_flow_measures,
)
from workbench.domain.finance.model import Model
from workbench.domain.finance.models.profit_split import (
    BY_TIERS,
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
from workbench.domain.finance.results import IN, How, Measure
from workbench.domain.finance.terms import (
    ONE,
    ZERO,
    LineAt,
    Term,
    at_least,
    at_most,
    named,
    total,
)  # fmt: skip
from workbench.domain.finance.waterfall import BOTH, NO_CAPITAL

AT_PAR, NOT_BACK = "期末按面值返还", "不返还"

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "8", 1, 60),
    ask(money("capital", "注册资本（期初实缴）", "Capital paid in now", REQUIRED, group="scope"),
        limits=POSITIVE),
    series(money("net_profit", "各年净利润", "Net profit by year", REQUIRED, group="income"),
           length="years", limits=NO_LIMITS),
    ask(share("reserve_rate", "法定公积金提取比例", "Legal reserve", group="income"), "0.1"),
    ask(share("reserve_cap", "提至注册资本的比例为止", "Until the reserve is this share of capital",
              group="income"), "0.5"),
    ask(choice("capital_back", "本金收回", "Capital comes back", pick(f"""
{AT_PAR} = At par in the last year
{NOT_BACK} = Not at all
"""), group="income"), AT_PAR),
    *SHARE_INPUTS,
    *TIER_INPUTS,
    *FLOW_RATES,
)  # fmt: skip

PROFIT = money("profit", "净利润", "Net profit")
LOSS = money("loss_carried", "未弥补亏损", "Losses to make up")
RESERVE = money("reserve", "提取法定公积金", "Put to legal reserve")
DISTRIBUTABLE = money("distributable", "可分配利润", "Distributable profit")
SOE_BACK = money("soe_back", "国企收回本金", "SOE's capital back")
PARTNER_BACK = money("partner_back", "合作方收回本金", "Partner's capital back")
TOTALS = {
    SOE: money("soe_total", "国企分得利润合计", "SOE profit in all"),
    PARTNER: money("partner_total", "合作方分得利润合计", "Partner profit in all"),
}
PRO_RATA = {
    SOE: money("soe_pro_rata", "若按股权比例国企分得", "SOE by equity share"),
    PARTNER: money("partner_pro_rata", "若按股权比例合作方分得", "Partner by equity share"),
}
NET_PRO_RATA = {
    SOE: money("net_pro_rata_soe", "若按股权比例国企净现金流", "SOE's net flow by equity share"),
    PARTNER: money("net_pro_rata_partner", "若按股权比例合作方净现金流",
                   "Partner's net flow by equity share"),
}  # fmt: skip
NPV_WITHOUT_BACK = money(
    "npv_without_back",
    "净现值（不计期末收回的本金）",
    "NPV without the capital that comes back at the end",
)
NET_WITHOUT_BACK = {
    SOE: money("net_without_back_soe", "国企净现金流（不计期末收回的本金）",
               "SOE's net flow without the capital back"),
    PARTNER: money("net_without_back_partner", "合作方净现金流（不计期末收回的本金）",
                   "Partner's net flow without the capital back"),
}  # fmt: skip
PRO_RATA_IRR = share("irr_pro_rata", "若按股权比例的内部收益率", "IRR by equity share")


def build(values: Values) -> Book:
    """Write the venture: capital now, profit by year, distribution, capital back at the end."""
    periods = values.count("years") + 1
    book = Book(periods)
    book.account(SOE, "国企", "SOE")
    book.account(PARTNER, "合作方", "Partner")
    check_split(book, values)
    cash = write_distributable(book, values)
    capital = values["capital"]
    paid_in = [capital, *[ZERO] * (periods - 1)]
    write_capital(book, paid_in, values["soe_share"])
    at_end = values.choice("capital_back") == AT_PAR
    paid = write_split(book, values, cash, paid_in, agreement(values), at_end=at_end)
    write_dividends(book, paid)
    outstanding = capital - total(amount for pair in paid.capital for amount in pair)
    back = _capital_back(book, values, outstanding)
    _write_answers(book, values, cash, capital, back)
    for account in (SOE, PARTNER):
        write_flow_measures(book, account, values)
    if back is not ZERO:
        _write_without_back(book, values)
    write_shift(book, values)
    return book


def write_distributable(book: Book, values: Values) -> list[Term]:
    """Write what may be distributed: profit after earlier losses and the legal reserve.

    Source: 公司法 (2023) §210: losses first, 10 % to the legal reserve until it is 50 % of capital.
    """
    book.group("income")
    profits = book.flow(PROFIT, values.series("net_profit", book.periods))
    most = values["capital"] * values["reserve_cap"]
    loss, saved = ZERO, ZERO
    losses, reserves, left = [ZERO], [ZERO], [ZERO]
    for period, profit in enumerate(profits[1:], 1):
        after = at_least(0, profit - loss)
        loss = named(LineAt(LOSS.key, period), at_least(0, loss - profit))
        reserve = at_most(after * values["reserve_rate"], at_least(0, most - saved))
        reserve = named(LineAt(RESERVE.key, period), reserve)
        saved = saved + reserve
        losses.append(loss)
        reserves.append(reserve)
        left.append(after - reserve)
    book.flow(LOSS, losses, stock=True)
    book.flow(RESERVE, reserves)
    return book.flow(DISTRIBUTABLE, left)


def _capital_back(book: Book, values: Values, outstanding: Term) -> Term:
    """Write the capital that the distribution did not return, at par in the last year.

    Where only the investor's capital comes first, the SOE's own comes back through the residual.
    """
    if values.choice("capital_back") == NOT_BACK:
        return ZERO
    last = book.periods - 1
    soe = outstanding * values["soe_share"]
    tiered = values.choice("split_method") == BY_TIERS
    if tiered and values.choice("tier_order") != NO_CAPITAL and values.choice("holders") != BOTH:
        soe, outstanding = ZERO, outstanding - values["capital"] * values["soe_share"]
    book.once(SOE_BACK, soe, SOE, IN, period=last)
    book.once(PARTNER_BACK, outstanding - soe, PARTNER, IN, period=last)
    return outstanding


def _write_answers(book: Book, values: Values, cash: list[Term], capital: Term, back: Term) -> None:
    pool = total(cash)
    for account, part in ((SOE, values["soe_share"]), (PARTNER, ONE - values["soe_share"])):
        line = next(line for line in book.lines if line.key == f"{account}_dividend")
        book.measure(TOTALS[account], total(line.amounts), account)
        book.measure(PRO_RATA[account], pool * part, account)
        flow = [ZERO - capital * part, *(amount * part for amount in cash[1:])]
        flow[-1] = flow[-1] + back * part
        net = NET_PRO_RATA[account]
        _write_pro_rata_return(book, account, net, book.flow(net, flow))


def _write_without_back(book: Book, values: Values) -> None:
    """Write what each party's flow is worth before the capital at par, which nobody promised.

    It is the assumption of a value at the end, as a terminal value is, and must not hide a loss.
    """
    lines = {line.key: line.amounts for line in book.lines}
    rate = values["discount_rate"]
    for account, back in ((SOE, SOE_BACK), (PARTNER, PARTNER_BACK)):
        flow = zip(lines[f"net_{account}"], lines[back.key], strict=True)
        net = NET_WITHOUT_BACK[account]
        book.group("net")
        _write_worth(book, account, net, book.flow(net, [a - b for a, b in flow]), rate)


def _write_worth(book: Book, account: str, net: Field, flow: list[Term], rate: Term) -> None:
    book.measure(NPV_WITHOUT_BACK, lambda: present_value(flow, rate), account, how=How.WORTH,
                 line=net.key)  # fmt: skip


def _write_pro_rata_return(book: Book, account: str, net: Field, flow: list[Term]) -> None:
    def find() -> Measure:
        return replace(return_measure(flow, account), field=PRO_RATA_IRR)

    book.search(PRO_RATA_IRR, find, account, how=How.RETURN, line=net.key)


JOINT_VENTURE = Model(
    "joint_venture", "合资分配", "Joint venture", ("P06",), INPUTS, build, suggest_shares
)
