# SPDX-License-Identifier: MIT
"""The debt ratio before and after a sale and repayment (资产负债率); domain §5e, E2."""

from workbench.domain.catalogue.declare import REQUIRED, choice, money, pick, share
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import NO_LIMITS, POSITIVE, When, ask
from workbench.domain.finance.ledger_inputs import net_book_value, platform_figure
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.terms import ONE, ZERO, Term, at_least
from workbench.domain.findings import Level

PLATFORM = "platform"
POINTS, RELATIVE, LEVEL = "下降百分点", "相对下降", "降至"

INPUTS = (
    ask(money("assets", "资产总额", "Total assets", REQUIRED, group="books"), limits=POSITIVE),
    ask(money("liabilities", "负债总额", "Total liabilities", REQUIRED, group="books")),
    ask(money("sold_book", "处置资产账面净值", "Book value sold", REQUIRED, group="deal")),
    ask(money("net_cash", "处置净得现金", "Net cash received", REQUIRED, group="deal"),
        limits=NO_LIMITS),
    ask(money("repaid", "其中用于偿债", "Of it, used to repay debt", REQUIRED, group="deal")),
    ask(money("new_debt", "新增债务", "New debt", group="deal"), "0"),
    ask(choice("goal_kind", "目标口径", "Goal", pick(f"""
{POINTS} = Percentage points down
{RELATIVE} = Relative decrease
{LEVEL} = Down to a ratio
"""), group="goal"), POINTS),
    ask(share("goal_points", "下降多少个百分点", "Percentage points down", group="goal"), "0.15",
        when=When("goal_kind", (POINTS,))),
    ask(share("goal_relative", "相对下降比例", "Relative decrease", group="goal"), "0.15",
        when=When("goal_kind", (RELATIVE,))),
    ask(share("goal_level", "降至", "Down to", group="goal"), "0.55",
        when=When("goal_kind", (LEVEL,))),
)  # fmt: skip

ASSETS_AFTER = money("assets_after", "处置后资产总额", "Total assets after")
DEBT_AFTER = money("liabilities_after", "处置后负债总额", "Total liabilities after")
EQUITY_BEFORE = money("equity_before", "处置前净资产", "Net assets before")
EQUITY_AFTER = money("equity_after", "处置后净资产", "Net assets after")
GAIN = money("sale_gain", "处置损益", "Gain on the sale")
BEFORE = share("ratio_before", "处置前资产负债率", "Debt ratio before")
AFTER = share("ratio_after", "处置后资产负债率", "Debt ratio after")
CHANGE_POINTS = share("change_points", "变动", "Change", display_unit="个百分点")
CHANGE_RELATIVE = share("change_relative", "变动（相对）", "Relative change")
TARGET = share("target", "目标资产负债率", "Debt ratio aimed at")
NEEDED = money("needed", "达到目标须偿还（按账面值处置）", "To repay for the goal, sold at book")
NEEDED_MORE = money("needed_more", "本次处置后还须偿还", "To repay beyond this sale")


def build(values: Values) -> Book:
    """Write both balance sheets, the change in both readings, and what a goal needs."""
    book = Book()
    book.account(PLATFORM, "平台公司", "Platform company")
    book.group("books")
    assets, debts = values["assets"], values["liabilities"]
    gain = book.figure(GAIN, values["net_cash"] - values["sold_book"], PLATFORM)
    after = book.figure(ASSETS_AFTER, assets + gain - values["repaid"] + values["new_debt"])
    owed = book.figure(DEBT_AFTER, debts - values["repaid"] + values["new_debt"])
    book.figure(EQUITY_BEFORE, assets - debts)
    book.figure(EQUITY_AFTER, after - owed)
    before_ratio = book.figure(BEFORE, debts / assets)
    after_ratio = book.figure(AFTER, owed / after)
    book.measure(BEFORE, before_ratio, PLATFORM)
    book.measure(AFTER, after_ratio, PLATFORM)
    book.measure(CHANGE_POINTS, after_ratio - before_ratio, PLATFORM)
    book.measure(CHANGE_RELATIVE, after_ratio / before_ratio - ONE, PLATFORM)
    book.group("goal")
    target = book.figure(TARGET, _target(values, before_ratio))
    book.measure(TARGET, target, PLATFORM)
    book.measure(NEEDED, repayment_needed(assets, debts, target), PLATFORM)
    book.measure(NEEDED_MORE, repayment_needed(after, owed, target), PLATFORM)
    _check(book, values)
    return book


def _target(values: Values, before: Term) -> Term:
    kind = values.choice("goal_kind")
    if kind == POINTS:
        return before - values["goal_points"]
    return before * (ONE - values["goal_relative"]) if kind == RELATIVE else values["goal_level"]


def repayment_needed(assets: Term, debts: Term, target: Term) -> Term:
    """Return the debt to repay from assets sold at book: (L − tA)/(1 − t), not below 0."""
    return at_least(ZERO, (debts - target * assets) / (ONE - target))


def _check(book: Book, values: Values) -> None:
    cash, repaid, debts = (values[key].value for key in ("net_cash", "repaid", "liabilities"))
    if cash is not None and repaid is not None and repaid > cash:
        book.finding("repaid_above_cash", Level.WARNING, "repaid")
    if repaid is not None and debts is not None and repaid > debts:
        book.impossible("repaid_above_debt", "repaid")
    sold, assets = values["sold_book"].value, values["assets"].value
    if sold is not None and assets is not None and sold > assets:
        book.impossible("sold_above_assets", "sold_book")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("assets", platform_figure("total_assets"))
    found.suggest("liabilities", platform_figure("total_liabilities"))
    found.suggest("sold_book", net_book_value)


DEBT = Model("debt", "债务影响", "Debt before and after", ("P09", "P16", "P17", "P18"), INPUTS, build,
             _from_ledger, answers=(AFTER.key, BEFORE.key, CHANGE_POINTS.key, CHANGE_RELATIVE.key, NEEDED_MORE.key))  # fmt: skip
