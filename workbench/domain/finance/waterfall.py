# SPDX-License-Identifier: MIT
"""Distribution waterfalls between two parties: preference, capital, catch-up, tiers; domain §5d.

Every convention that changes the outcome is a term of the agreement, chosen, stored and printed:
who gets capital and preference first, in which order, how the preference compounds, on what, the
catch-up, and the split of what remains. Published examples differ in nothing else (T13, T15, T16).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.domain.finance.terms import (
    ONE,
    ZERO,
    LineAt,
    Term,
    at_least,
    at_most,
    named,
    total,
)

SIMPLE, COMPOUND = "单利", "按年复利"
PREFERENCE_FIRST, CAPITAL_FIRST, NO_CAPITAL = "先优先回报后本金", "先本金后优先回报", "不返还本金"
BOTH, INVESTOR_ONLY = "双方按出资比例", "仅投资方"
DUE, OUTSTANDING, OWED = "preference_due", "capital_outstanding", "hurdle_owed"
PREFERENCE_PAID, CAPITAL_PAID = "preference_paid", "capital_paid"
CATCH_UP_PAID, TIER_PAID = "catch_up_paid", "tier_paid"
PREFERENCE_SUM, CATCH_UP_SUM = "preference_sum", "catch_up_sum"
"""The lines of a waterfall; those of tiers end with the tier's number."""


@dataclass(frozen=True, slots=True)
class Tier:
    """A split of what remains: the sponsor's share, until the holders reach a yearly return.

    ``hurdle`` is an internal rate of return (compounding yearly), None in the last tier.
    """

    sponsor_share: Term
    hurdle: Term | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The terms of a distribution.

    ``sponsor_part`` is the sponsor's share of the capital. ``catch_up`` is the sponsor's share of
    the catch-up tier, which runs until the sponsor has ``carry`` of preference and catch-up
    together; None leaves the tier out.
    """

    sponsor_part: Term
    preference: Term
    compounding: str
    order: str
    holders: str
    tiers: Sequence[Tier]
    catch_up: Term | None = None
    carry: Term = ZERO


@dataclass(slots=True)
class Payout:
    """What each step pays by period, sponsor first: Σ of all of them is the cash, exactly.

    ``kept`` holds the balances and payments behind it under the names of their lines: whoever
    writes a book has to write them all, because the formulas refer to them.
    """

    preference: list[tuple[Term, Term]] = field(default_factory=list)
    capital: list[tuple[Term, Term]] = field(default_factory=list)
    catch_up: list[tuple[Term, Term]] = field(default_factory=list)
    residual: list[tuple[Term, Term]] = field(default_factory=list)
    unpaid_preference: list[Term] = field(default_factory=list)
    unreturned_capital: list[Term] = field(default_factory=list)
    kept: dict[str, list[Term]] = field(default_factory=dict)

    def sponsor(self, period: int) -> Term:
        """Return everything the sponsor gets in a period."""
        return total(step[period][0] for step in self._steps)

    def investor(self, period: int) -> Term:
        """Return everything the investor gets in a period."""
        return total(step[period][1] for step in self._steps)

    @property
    def _steps(self) -> tuple[list[tuple[Term, Term]], ...]:
        return (self.preference, self.capital, self.catch_up, self.residual)


def distribute(
    cash: Sequence[Term], paid_in: Sequence[Term], terms: Agreement, mark: str = ""
) -> Payout:
    """Return who gets what of the cash of each period; ``paid_in`` is the capital of both parties.

    Capital paid in at the end of a period earns its preference from the next one on. Cash must
    not be negative. ``mark`` keeps the names of two distributions in one book apart.
    """
    run = _Run(terms, mark)
    for money, called in zip(cash, paid_in, strict=True):
        run.period(money, called)
    return run.payout


class _Run:
    """The balances that a waterfall carries from period to period."""

    def __init__(self, terms: Agreement, mark: str) -> None:
        self.payout = Payout()
        self._terms = terms
        self._mark = mark
        self._period = 0
        self._due = ZERO
        self._capital = ZERO
        self._preferred = ZERO
        self._caught = ZERO
        self._balances = [ZERO] * len(terms.tiers)

    def period(self, cash: Term, called: Term) -> None:
        """Pay out one period: accrue, preference and capital in their order, catch-up, tiers."""
        terms = self._terms
        earning = self._capital
        if terms.compounding == COMPOUND:
            earning = earning + self._due
        self._due = self._keep(DUE, self._due + earning * terms.preference)
        before_capital = terms.order != CAPITAL_FIRST
        first = self._pay_preference if before_capital else self._pay_capital
        second = self._pay_capital if before_capital else self._pay_preference
        rest = self._pay_catch_up(second(first(cash)))
        self._pay_tiers(rest, called)
        self._capital = self._keep(OUTSTANDING, self._capital + self._held(called))
        self.payout.unpaid_preference.append(self._due)
        self.payout.unreturned_capital.append(self._capital)
        self._period += 1

    def _keep(self, key: str, number: Term) -> Term:
        """Give a number the name of its line in this period."""
        line = f"{key}{self._mark}"
        made = named(LineAt(line, self._period), number)
        self.payout.kept.setdefault(line, []).append(made)
        return made

    def _held(self, amount: Term) -> Term:
        """Return the holders' part of an amount that both parties carry."""
        if self._terms.holders == BOTH:
            return amount
        return amount * (ONE - self._terms.sponsor_part)

    def _shared(self, amount: Term) -> tuple[Term, Term]:
        """Return what sponsor and investor get of a payment to the holders."""
        if self._terms.holders == INVESTOR_ONLY:
            return ZERO, amount
        sponsor = amount * self._terms.sponsor_part
        return sponsor, amount - sponsor

    def _pay_preference(self, cash: Term) -> Term:
        paid = self._keep(PREFERENCE_PAID, at_most(cash, self._due))
        self._due = self._due - paid
        if self._terms.catch_up is not None:
            self._preferred = self._keep(PREFERENCE_SUM, self._preferred + paid)
        self.payout.preference.append(self._shared(paid))
        return cash - paid

    def _pay_capital(self, cash: Term) -> Term:
        if self._terms.order == NO_CAPITAL:
            self.payout.capital.append((ZERO, ZERO))
            return cash
        paid = self._keep(CAPITAL_PAID, at_most(cash, self._capital))
        self._capital = self._capital - paid
        self.payout.capital.append(self._shared(paid))
        return cash - paid

    def _pay_catch_up(self, cash: Term) -> Term:
        terms = self._terms
        if terms.catch_up is None:
            self.payout.catch_up.append((ZERO, ZERO))
            return cash
        # until the sponsor's part of it is the carry of preference and catch-up together
        whole = self._preferred * terms.carry / (terms.catch_up - terms.carry)
        paid = self._keep(CATCH_UP_PAID, at_most(cash, at_least(0, whole - self._caught)))
        self._caught = self._keep(CATCH_UP_SUM, self._caught + paid)
        sponsor = paid * terms.catch_up
        self.payout.catch_up.append((sponsor, paid - sponsor))
        return cash - paid

    def _pay_tiers(self, cash: Term, called: Term) -> None:
        """Split the rest tier by tier; each hurdle has a balance that compounds at its own rate."""
        got = [step[-1] for step in (self.payout.preference, self.payout.capital,
                                     self.payout.catch_up)]  # fmt: skip
        so_far = total(self._to_holders(*pair) for pair in got)
        to_sponsor: list[Term] = []
        to_investor: list[Term] = []
        for number, tier in enumerate(self._terms.tiers, 1):
            amount = cash
            if tier.hurdle is not None:
                grown = self._balances[number - 1] * (ONE + tier.hurdle)
                owed = self._keep(f"{OWED}{number}", at_least(0, grown - so_far))
                per_unit = self._to_holders(tier.sponsor_share, ONE - tier.sponsor_share)
                amount = at_most(cash, owed / per_unit)
            amount = self._keep(f"{TIER_PAID}{number}", amount)
            sponsor = amount * tier.sponsor_share
            to_sponsor.append(sponsor)
            to_investor.append(amount - sponsor)
            held = self._to_holders(sponsor, amount - sponsor)
            if tier.hurdle is not None:
                self._balances[number - 1] = owed - held + self._held(called)
            so_far = so_far + held
            cash = cash - amount
        self.payout.residual.append((total(to_sponsor), total(to_investor)))

    def _to_holders(self, sponsor: Term, investor: Term) -> Term:
        """Return what counts towards the holders' return: without the sponsor's promote."""
        if self._terms.holders == INVESTOR_ONLY:
            return investor
        return investor / (ONE - self._terms.sponsor_part)
