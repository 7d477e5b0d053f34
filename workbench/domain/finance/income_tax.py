# SPDX-License-Identifier: MIT
"""Enterprise income tax (企业所得税) by year on profits, losses carried forward.

A loss may be made up from the profits of the five years after it, ten for high-tech and small
technology firms, the oldest first. Source: 企业所得税法 §18, 财税〔2018〕76号.
"""

from collections.abc import Sequence

from workbench.domain.catalogue.declare import integer, money
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import count
from workbench.domain.finance.results import OUT
from workbench.domain.finance.terms import ZERO, LineAt, Term, at_least, named
from workbench.domain.findings import Level

LOSS_YEARS = count(
    integer("loss_years", "亏损结转年限", "Years a loss is carried", unit="年", group="cit"),
    "5",
    1,
    10,
)

DEPRECIATION = money("depreciation", "折旧", "Depreciation")
PROFIT = money("taxable", "税前利润", "Profit before tax")
LOST = money("losses", "累计发生亏损", "Losses made so far")
GONE = money("losses_gone", "累计已弥补和已过期亏损", "Losses made up or expired so far")
OPEN = money("loss_carried", "以前年度可弥补亏损", "Earlier losses to make up")
CIT = money("cit", "企业所得税", "Enterprise income tax")


def write_income_tax(
    book: Book, values: Values, profits: Sequence[Term], account: str
) -> list[Term]:
    """Write the profit, the losses that are carried and the tax by year; return the tax.

    As the oldest loss is made up first, what is made up or expired is always the beginning of all
    losses so far: one running sum tells it.
    """
    kept = values.count("loss_years")
    lost: list[Term] = []
    gone: list[Term] = []
    earned, carried, taxes = [], [], []
    for period, amount in enumerate(profits):
        profit = named(LineAt(PROFIT.key, period), amount)
        before = lost[-1] if lost else ZERO
        over = at_least(gone[-1] if gone else ZERO, _made_by(lost, period - 1 - kept))
        still = named(LineAt(OPEN.key, period), before - over)
        taxed = at_least(0, profit - still)
        earned.append(profit)
        carried.append(still)
        lost.append(named(LineAt(LOST.key, period), before + at_least(0, ZERO - profit)))
        gone.append(named(LineAt(GONE.key, period), over + at_least(0, profit) - taxed))
        taxes.append(taxed * values["cit_rate"])
        _note_expired(book, lost, gone, period, kept)
    book.flow(PROFIT, earned)
    book.flow(LOST, lost, stock=True)
    book.flow(GONE, gone, stock=True)
    book.flow(OPEN, carried, stock=True)
    return book.flow(CIT, taxes, account, OUT)


def _made_by(lost: Sequence[Term], period: int) -> Term:
    """Return the losses made until a period, nothing before the first."""
    return lost[period] if period >= 0 else ZERO


def _note_expired(
    book: Book, lost: Sequence[Term], gone: Sequence[Term], period: int, kept: int
) -> None:
    """Say which year's loss can no longer be made up after this period."""
    made, used = _made_by(lost, period - kept).value, gone[period].value
    if made is None or used is None or made <= used:
        return
    earlier = _made_by(lost, period - kept - 1).value
    if earlier is not None and made > earlier:
        book.finding("loss_expired", Level.WARNING, "loss_years", year=period - kept, last=period)
