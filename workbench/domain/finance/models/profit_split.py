# SPDX-License-Identifier: MIT
"""What a joint-venture agreement says about money, as inputs of every model with two parties."""

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    flag,
    money,
    number,
    pick,
    share,
    text,
)
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, When, ask, table
from workbench.domain.finance.ledger_inputs import context_flag, context_number
from workbench.domain.finance.model import LedgerInputs
from workbench.domain.finance.models.waterfall_lines import write_balances
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, ZERO, Term
from workbench.domain.finance.waterfall import (
    BOTH,
    CAPITAL_FIRST,
    COMPOUND,
    INVESTOR_ONLY,
    NO_CAPITAL,
    PREFERENCE_FIRST,
    SIMPLE,
    Agreement,
    Payout,
    Tier,
    distribute,
)  # fmt: skip
from workbench.domain.findings import Level

BY_SHARE, BY_TIERS = "按分配比例", "分层分配"
NO_CATCH_UP, CATCH_UP = "不追补", "追补"
SOE, PARTNER = "soe", "partner"
_TIERED = When("split_method", (BY_TIERS,))
_CAUGHT = When("catch_up", (CATCH_UP,))

SHARE_INPUTS = (
    ask(share("soe_share", "国企股权比例", "SOE's equity share", REQUIRED, group="split")),
    ask(share("distribution_share", "国企分配比例", "SOE's share of profit", REQUIRED,
              group="split")),
    ask(flag("unanimous", "全体股东约定不按出资比例分配", "Unanimous clause on distribution",
             group="split"), needed=False),
    ask(flag("guarantee", "约定保底或回购", "Guaranteed return or buy-back", group="split"),
        needed=False),
)  # fmt: skip
TIER_INPUTS = (
    ask(choice("split_method", "分配方式", "Way of distribution", pick(f"""
{BY_SHARE} = By the shares agreed
{BY_TIERS} = In tiers
"""), group="split"), BY_SHARE),
    ask(share("preference", "优先回报率", "Preferred return", group="split"), "0.06",
        limits=ABOVE_MINUS_ONE, when=_TIERED),
    ask(choice("compounding", "优先回报计息", "Preference accrues", pick(f"""
{SIMPLE} = Simple
{COMPOUND} = Compounding yearly
"""), group="split"), SIMPLE, when=_TIERED),
    ask(choice("tier_order", "先后顺序", "Order", pick(f"""
{PREFERENCE_FIRST} = Preference, then capital
{CAPITAL_FIRST} = Capital, then preference
{NO_CAPITAL} = Capital is not returned from it
"""), group="split"), PREFERENCE_FIRST, when=_TIERED),
    ask(choice("holders", "谁先得本金与优先回报", "Who gets capital and preference", pick(f"""
{BOTH} = Both parties by capital
{INVESTOR_ONLY} = Only the investor
"""), group="split"), BOTH, when=_TIERED),
    ask(choice("catch_up", "追补", "Catch-up", pick(f"""
{NO_CATCH_UP} = None
{CATCH_UP} = Catch-up
"""), group="split"), NO_CATCH_UP, when=_TIERED),
    ask(share("catch_up_share", "追补层中国企所得比例", "SOE's share of the catch-up", group="split"),
        "1", when=_CAUGHT),
    ask(share("carry", "追补目标（占收益比例）", "Target of the catch-up, share of profit",
              group="split"), "0.2", when=_CAUGHT),
    table(text("tiers", "更高收益层", "Further tiers", group="split"), (
        ask(share("hurdle", "直至年收益率", "Until a yearly return of"), limits=ABOVE_MINUS_ONE),
        ask(share("sponsor", "该层国企分配比例", "SOE's share in this tier")),
    ), when=_TIERED),
)  # fmt: skip

DIVIDEND = {
    SOE: money("soe_dividend", "国企分得", "SOE receives"),
    PARTNER: money("partner_dividend", "合作方分得", "Partner receives"),
}
_STEPS = (
    ("preference", "优先回报", "preferred return"),
    ("capital", "返还本金", "return of capital"),
    ("catch_up", "追补", "catch-up"),
    ("residual", "剩余分配", "residual"),
)
SHIFT = number("profit_shift", "分配比例与股权比例之比", "Share of profit to share of equity",
               unit="倍", decimals=4)  # fmt: skip
YIELD_FACTOR = number("partner_factor", "合作方收益折算系数", "Partner's yield factor", unit="倍",
                      decimals=4)  # fmt: skip


def suggest_shares(found: LedgerInputs) -> None:
    """Suggest what the analyst said about the pathways."""
    found.suggest("soe_share", context_number("equity_share"))
    found.suggest("distribution_share", context_number("distribution_share"))
    found.suggest("unanimous", context_flag("unanimous_nonprorata_clause"))
    found.suggest("guarantee", context_flag("guarantee_clause"))


def agreement(values: Values, *, capital_first: bool = False) -> Agreement:
    """Return the agreement that the inputs describe; by shares is one tier and nothing before it.

    ``capital_first`` is for cash that has capital in it, which goes back before profit is shared.
    """
    last = Tier(values["distribution_share"])
    if values.choice("split_method") == BY_SHARE:
        order = CAPITAL_FIRST if capital_first else NO_CAPITAL
        return Agreement(values["soe_share"], ZERO, SIMPLE, order, BOTH, (last,))
    caught = values.choice("catch_up") == CATCH_UP
    tiers = [Tier(row["sponsor"], row["hurdle"]) for row in values.rows("tiers")]
    return Agreement(
        values["soe_share"], values["preference"], values.choice("compounding"),
        values.choice("tier_order"), values.choice("holders"), (*tiers, last),
        values["catch_up_share"] if caught else None,
        values["carry"] if caught else ZERO,
    )  # fmt: skip


def write_split(
    book: Book,
    values: Values,
    cash: list[Term],
    paid_in: list[Term],
    terms: Agreement,
    mark: str = "",
    *,
    at_end: bool = False,
) -> Payout:
    """Write every balance and payment of the distribution, and return who gets what.

    ``at_end`` says that the capital still outstanding comes back when the venture ends.
    """
    paid = distribute(cash, paid_in, terms, mark)
    book.group("split")
    write_balances(book, paid, mark, at_end=at_end)
    if values.choice("split_method") == BY_TIERS:
        _write_steps(book, paid, mark)
    return paid


def _write_steps(book: Book, paid: Payout, mark: str) -> None:
    """Write what each party gets in each step."""
    for step, zh, en in _STEPS:
        pairs = getattr(paid, step)
        if all(a is ZERO and b is ZERO for a, b in pairs):
            continue
        ours = money(f"{step}_soe{mark}", f"{zh}·国企", f"SOE, {en}")
        theirs = money(f"{step}_partner{mark}", f"{zh}·合作方", f"Partner, {en}")
        book.flow(ours, [a for a, _ in pairs])
        book.flow(theirs, [b for _, b in pairs])


def write_dividends(book: Book, paid: Payout) -> None:
    """Write what each party gets into its account."""
    book.flow(DIVIDEND[SOE], [paid.sponsor(t) for t in range(book.periods)], SOE, IN)
    book.flow(DIVIDEND[PARTNER], [paid.investor(t) for t in range(book.periods)], PARTNER, IN)


def check_split(book: Book, values: Values) -> None:
    """Note what the law asks of a distribution that differs from the equity shares."""
    owned, given = values["soe_share"].value, values["distribution_share"].value
    if owned is not None and given is not None and owned != given and not values.flag("unanimous"):
        book.finding("needs_unanimous", Level.WARNING, "unanimous")
    guarantee = values.flag("guarantee")
    if guarantee is not False:
        told = "guaranteed_return" if guarantee else "guarantee_unknown"
        book.finding(told, Level.WARNING, "guarantee")
    share_, target = values["catch_up_share"].value, values["carry"].value
    if share_ is not None and target is not None and share_ <= target:
        book.impossible("catch_up_never_ends", "catch_up_share")


def write_shift(book: Book, values: Values) -> None:
    """Write d/e and (1 − d)/(1 − e): how far distribution departs from ownership."""
    owned, given = values["soe_share"], values["distribution_share"]
    book.measure(SHIFT, given / owned, SOE)
    book.measure(YIELD_FACTOR, (ONE - given) / (ONE - owned), PARTNER)


def write_capital(book: Book, paid_in: list[Term], soe_share: Term) -> None:
    """Write both parties' capital contributions into their accounts."""
    own = [amount * soe_share for amount in paid_in]
    book.flow(money("soe_capital", "国企出资", "SOE pays in"), own, SOE, OUT)
    rest = [a - b for a, b in zip(paid_in, own, strict=True)]
    book.flow(money("partner_capital", "合作方出资", "Partner pays in"), rest, PARTNER, OUT)
