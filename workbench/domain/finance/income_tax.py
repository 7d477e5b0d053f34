# SPDX-License-Identifier: MIT
"""Enterprise income tax (企业所得税) by year on profits, losses carried forward.

The five-year limit on carrying losses is not applied: the tax is then a lower bound.
"""

from collections.abc import Sequence

from workbench.domain.catalogue.declare import money
from workbench.domain.finance.building import Book
from workbench.domain.finance.results import OUT
from workbench.domain.finance.terms import ZERO, LineAt, Term, at_least, named

DEPRECIATION = money("depreciation", "折旧", "Depreciation")
PROFIT = money("taxable", "税前利润", "Profit before tax")
LOSS = money("loss_carried", "未弥补亏损", "Losses to make up")
CIT = money("cit", "企业所得税", "Enterprise income tax")


def write_income_tax(book: Book, profits: Sequence[Term], rate: Term, account: str) -> list[Term]:
    """Write the profit, the loss that is carried and the tax by year; return the tax."""
    earned, losses, taxes = [], [], []
    loss = ZERO
    for period, amount in enumerate(profits):
        profit = named(LineAt(PROFIT.key, period), amount)
        taxed = at_least(0, profit - loss)
        loss = named(LineAt(LOSS.key, period), at_least(0, loss - profit))
        earned.append(profit)
        losses.append(loss)
        taxes.append(taxed * rate)
    book.flow(PROFIT, earned)
    book.flow(LOSS, losses, stock=True)
    return book.flow(CIT, taxes, account, OUT)
