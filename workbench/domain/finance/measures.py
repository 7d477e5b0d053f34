# SPDX-License-Identifier: MIT
"""Measures of a yearly cash flow: NPV, IRR, MIRR, payback, peak gap; domain §5d.

t = 0 is not discounted (Excel's NPV() discounts its first value). Every measure is given with and
without terminal value; what cannot be computed has a reason instead of a number.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import accumulate

from workbench.domain.catalogue.declare import integer, money, number, share
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, ask
from workbench.domain.finance.irr import rates_of_return, sign_changes
from workbench.domain.finance.results import How, Measure, Reason, unknown_reasons
from workbench.domain.finance.terms import EXACT, ONE, ZERO, LineAt, Term, at_most, named, total

DISCOUNT_RATE = ask(
    share("discount_rate", "折现率", "Discount rate", group="value"),
    parameter="discount_rate",
    limits=ABOVE_MINUS_ONE,
)
"""The input that every model with yearly flows has."""
REINVEST_RATE = ask(
    share("reinvest_rate", "再投资收益率（空白同折现率）",
          "Reinvested at, for the MIRR; blank is the discount rate", group="value"),
    limits=ABOVE_MINUS_ONE, needed=False,
)  # fmt: skip
FLOW_RATES = (DISCOUNT_RATE, REINVEST_RATE)
NPV = money("npv", "净现值", "NPV")
IRR = share("irr", "内部收益率", "IRR")
MIRR = share("mirr", "修正内部收益率", "MIRR")
PAYBACK = number("payback", "静态回收期", "Payback", unit="年")
DISCOUNTED_PAYBACK = number("discounted_payback", "动态回收期", "Discounted payback", unit="年")
PEAK_GAP = money("peak_gap", "峰值资金缺口", "Peak funding gap")
PEAK_YEAR = integer("peak_year", "缺口最大在第几年", "Year of the peak gap (0: outset)")
TOTAL = money("total_flow", "累计净现金流", "Total net cash flow")

Flow = Sequence[Term]
_DUST, _LARGE = 6, Decimal("1e20")
_SHOWN_ROOTS = 6


def present_value(flow: Flow, rate: Term) -> Term:
    """Return Σ CFₜ/(1 + r)ᵗ with t = 0 undiscounted."""
    return total(
        amount if not period else amount / (ONE + rate) ** period
        for period, amount in enumerate(flow)
    )


def numbers(flow: Flow) -> list[Decimal] | None:
    """Return the amounts, or None when one is unknown."""
    amounts = [amount.value for amount in flow]
    found = [amount for amount in amounts if amount is not None]
    return found if len(found) == len(amounts) else None


def running_sums(flow: Sequence[Decimal]) -> list[Decimal]:
    """Return the cumulative flow, to a millionth of 元: the dust of divisions is no gap."""
    sums = accumulate(flow, EXACT.add)
    return [amount if abs(amount) > _LARGE else round(amount, _DUST) for amount in sums]


def payback(flow: Sequence[Decimal]) -> Decimal | None:
    """Return when the cumulative flow turns from below 0 to 0 or more for good, in periods.

    Linear within the period; None when it never does, or never was below 0. A flow that falls
    below 0 again later is paid back only after the last time.
    """
    found, was_below, before = None, False, Decimal(0)
    for period, cumulative in enumerate(running_sums(flow)):
        if cumulative < 0:
            found, was_below = None, True
        elif before < 0:
            found = period - 1 + EXACT.divide(-before, cumulative - before)
        before = cumulative
    return found if was_below else None


def break_even_period(flow: Sequence[Decimal]) -> int | None:
    """Return the period from which the cumulative flow stays at 0 or more, None when it ends below.

    0 when there never is a gap.
    """
    found = 0
    for period, cumulative in enumerate(running_sums(flow)):
        if cumulative < 0:
            found = period + 1
    return found if found < len(flow) else None


def peak_gap(flow: Sequence[Decimal]) -> tuple[Decimal, int]:
    """Return the deepest cumulative gap (a positive amount) and its period; 0 when none."""
    deepest, when = Decimal(0), 0
    for period, cumulative in enumerate(running_sums(flow)):
        if cumulative < deepest:
            deepest, when = cumulative, period
    return -deepest, when


def modified_return(
    flow: Sequence[Decimal], finance_rate: Decimal, reinvest_rate: Decimal
) -> Decimal | None:
    """Return MIRR: outflows discounted at one rate, inflows compounded at another; None if absent.

    Source: Microsoft's MIRR function; T7.
    """
    periods = len(flow) - 1
    paid = sum((_discount(-cf, finance_rate, t) for t, cf in enumerate(flow) if cf < 0), Decimal(0))
    got = sum((_discount(cf, reinvest_rate, t - periods) for t, cf in enumerate(flow) if cf > 0),
              Decimal(0))  # fmt: skip
    if periods < 1 or not paid or not got:
        return None
    growth = EXACT.power(EXACT.divide(got, paid), EXACT.divide(Decimal(1), Decimal(periods)))
    return growth - 1


def _discount(amount: Decimal, rate: Decimal, periods: int) -> Decimal:
    return EXACT.divide(amount, EXACT.power(1 + rate, Decimal(periods)))


def return_measure(flow: Flow, account: str, with_terminal: bool | None = None) -> Measure:
    """Return the IRR: one rate, or the reason why there is none or more than one, with all of them.

    The rate is checked: NPV at it is 0 to 1e-9 of the money moved.
    """
    amounts = numbers(flow)
    if amounts is None:
        return _unknown(IRR, flow, account, with_terminal)
    roots = rates_of_return(amounts)
    if not roots:
        return Measure(IRR, account, None, with_terminal, (Reason(_why_none(amounts)),))
    if len(roots) > 1:
        reason = Reason("several_roots", {"count": len(roots), "rates": _rates(roots)})
        return Measure(IRR, account, None, with_terminal, (reason,), roots)
    root = roots[0]
    if not _is_root(amounts, root):
        return Measure(IRR, account, None, with_terminal, (Reason("unsure_root"),))
    return Measure(IRR, account, root, with_terminal, roots=roots)


def _rates(roots: Sequence[Decimal]) -> str:
    """Return the rates as people read them; the first ones, when there are many."""
    words = [f"{root:.2%}" for root in roots[:_SHOWN_ROOTS]]
    return " / ".join([*words, "…"] if len(roots) > _SHOWN_ROOTS else words)


def _why_none(amounts: Sequence[Decimal]) -> str:
    if not any(amounts):
        return "no_money"
    return "no_root" if sign_changes(amounts) else "one_sign"


def _is_root(amounts: Sequence[Decimal], rate: Decimal) -> bool:
    present = [_discount(amount, rate, period) for period, amount in enumerate(amounts)]
    scale = sum((abs(amount) for amount in present), Decimal(0))
    return abs(sum(present, Decimal(0))) <= scale * Decimal("1e-9")


def _unknown(field: Field, flow: Flow, account: str, with_terminal: bool | None) -> Measure:
    return Measure(field, account, None, with_terminal, unknown_reasons(*flow))


def write_flow_measures(book: Book, account: str, values: Values) -> None:
    """Write every measure of an account's cash flow, without and (if any) with terminal value."""
    rate = values[DISCOUNT_RATE.key]
    reinvest = values[REINVEST_RATE.key] if values.known(REINVEST_RATE.key) else rate
    variants = (False, True) if any(line.terminal for line in book.lines) else (None,)
    for with_terminal in variants:
        _write_variant(book, account, (rate, reinvest), with_terminal)
    _write_gap(book, account)


def _write_variant(
    book: Book, account: str, rates: tuple[Term, Term], with_terminal: bool | None
) -> None:
    line, flow = _write_net(book, account, with_terminal)
    rate, _ = rates

    def search(field: Field, how: How, find: Callable[[], Measure]) -> None:
        book.search(field, find, account, with_terminal, how=how, line=line)

    def payback_of(field: Field, worth: Callable[[], Flow]) -> Callable[[], Measure]:
        return lambda: _payback_measure(field, worth(), account, with_terminal)

    book.measure(NPV, lambda: present_value(flow, rate), account, with_terminal=with_terminal,
                 how=How.WORTH, line=line)  # fmt: skip
    search(IRR, How.RETURN, lambda: return_measure(flow, account, with_terminal))
    search(MIRR, How.MODIFIED, lambda: _modified(flow, rates, account, with_terminal))
    search(PAYBACK, How.PAYBACK, payback_of(PAYBACK, lambda: flow))
    search(DISCOUNTED_PAYBACK, How.DISCOUNTED,
           payback_of(DISCOUNTED_PAYBACK, lambda: _discounted(flow, rate)))  # fmt: skip
    book.measure(TOTAL, lambda: total(flow), account, with_terminal=with_terminal, how=How.SUM,
                 line=line)  # fmt: skip


def write_gap_measures(book: Book, account: str) -> None:
    """Write an account's net flow and how deep it sinks, where a return has no meaning."""
    _write_net(book, account, None)
    _write_gap(book, account)


def _write_net(book: Book, account: str, with_terminal: bool | None) -> tuple[str, list[Term]]:
    """Write an account's net flow (and, once, its cumulative) as lines beside the cash."""
    title = next(item for item in book.accounts if item.key == account)
    book.group("net")
    terminal = with_terminal is not False
    key, zh, en = f"net_{account}", f"{title.zh}净现金流", f"Net cash flow: {title.en}"
    if with_terminal:
        key, zh, en = f"{key}_terminal", f"{zh}（含终值）", f"{en}, with terminal value"
    flow = book.flow(money(key, zh, en), list(book.net(account, terminal=terminal)))
    if not with_terminal:
        sums, zh, en = f"cumulative_{account}", f"{title.zh}累计净现金流", f"Cumulative: {title.en}"
        book.flow(money(sums, zh, en), cumulative_line(sums, flow), stock=True)
    return key, flow


def _modified(
    flow: Flow, rates: tuple[Term, Term], account: str, with_terminal: bool | None
) -> Measure:
    """Return the MIRR: what is paid is financed at the first rate, what is got earns the second."""
    amounts, (rate, reinvest) = numbers(flow), (item.value for item in rates)
    if amounts is None or rate is None or reinvest is None:
        return Measure(MIRR, account, None, with_terminal, unknown_reasons(*flow, *rates))
    found = modified_return(amounts, rate, reinvest)
    reasons = () if found is not None else (Reason(_why_none(amounts)),)
    return Measure(MIRR, account, found, with_terminal, reasons)


def _discounted(flow: Flow, rate: Term) -> Flow:
    return [
        amount / (ONE + rate) ** period if period else amount for period, amount in enumerate(flow)
    ]


def _payback_measure(field: Field, flow: Flow, account: str, with_terminal: bool | None) -> Measure:
    amounts = numbers(flow)
    if amounts is None:
        return _unknown(field, flow, account, with_terminal)
    years = payback(amounts)
    if years is not None:
        return Measure(field, account, years, with_terminal)
    code = "nothing_invested" if not peak_gap(amounts)[0] else "not_paid_back"
    return Measure(field, account, None, with_terminal, (Reason(code),))


def _write_gap(book: Book, account: str) -> None:
    key = f"cumulative_{account}"
    lines = {line.key: line.amounts for line in book.lines}
    sums, flow = lines[key], lines[f"net_{account}"]
    book.measure(PEAK_GAP, lambda: ZERO - at_most(0, *sums), account, how=How.GAP, line=key)
    amounts = numbers(flow)
    if amounts is None:
        book.search(PEAK_YEAR, lambda: _unknown(PEAK_YEAR, flow, account, None), account)
    else:
        book.search(PEAK_YEAR, lambda: _peak_year(amounts, account), account,
                    how=How.DEEPEST, line=key)  # fmt: skip


def _peak_year(amounts: Sequence[Decimal], account: str) -> Measure:
    deepest, year = peak_gap(amounts)
    found = Decimal(year) if deepest else None
    return Measure(PEAK_YEAR, account, found, reasons=() if deepest else (Reason("no_gap"),))


def cumulative_line(line: str, flow: Flow) -> list[Term]:
    """Return the cumulative flow by period under the name of a line, which has to be written."""
    sums: list[Term] = []
    for period, amount in enumerate(flow):
        before = sums[-1] if sums else ZERO
        sums.append(named(LineAt(line, period), before + amount))
    return sums
