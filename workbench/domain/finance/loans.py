# SPDX-License-Identifier: MIT
"""Loan schedules as terms: equal principal (等额本金), annuity (等额本息), principal at the end.

One home for every model that borrows: paid yearly, half-yearly, quarterly or monthly. A loan that
is paid more often than once a year has its schedule on the monthly grid; its years are sums of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.domain.catalogue.declare import choice, integer, money, number, pick, share
from workbench.domain.fields import Field
from workbench.domain.finance.annuities import level_payment
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, ask, count
from workbench.domain.finance.rent_roll import by_year
from workbench.domain.finance.results import IN, MEMO, OUT, How, Measure, Reason, unknown_reasons
from workbench.domain.finance.terms import NO_ANSWER, ZERO, LineAt, Term, named, where
from workbench.domain.findings import Level

EQUAL_PRINCIPAL, ANNUITY, BULLET = "等额本金", "等额本息", "到期还本"
_METHODS = pick("""
等额本金 = Equal principal
等额本息 = Annuity
到期还本 = Principal at the end
""")
PER_YEAR = {"按年": 1, "按半年": 2, "按季": 4, "按月": 12}
_FREQUENCIES = pick("""
按年 = Yearly
按半年 = Half-yearly
按季 = Quarterly
按月 = Monthly
""")
_MONTHS = 12

LOAN_RATE = ask(share("loan_rate", "贷款年利率", "Loan rate", group="loan"), "0.045",
                limits=ABOVE_MINUS_ONE)  # fmt: skip
LOAN_METHOD = ask(
    choice("loan_method", "还款方式", "Repayment", _METHODS, group="loan"), EQUAL_PRINCIPAL
)
LOAN_FREQUENCY = ask(
    choice("loan_frequency", "还款频率", "Paid", _FREQUENCIES, group="loan"), "按年"
)
DSCR_FLOOR = ask(
    number("dscr_floor", "偿债备付率下限", "Lowest DSCR asked for", unit="倍", group="loan"),
    parameter="dscr_min",
)
LOAN_TERMS = (
    LOAN_RATE,
    count(integer("loan_years", "还款年数", "Repaid over", unit="年", group="loan"), "5", 1, 50),
    count(integer("loan_grace", "宽限期（只付息）", "Grace, interest only", unit="年",
                  group="loan"), "0", 0, 20),
    LOAN_METHOD,
    LOAN_FREQUENCY,
    DSCR_FLOOR,
)  # fmt: skip
LOAN_INPUTS = (ask(money("loan", "贷款金额", "Loan", group="loan"), "0"), *LOAN_TERMS)

DRAW = money("loan_draw", "贷款提款", "Loan drawn")
INTEREST = money("loan_interest", "贷款利息", "Interest")
PRINCIPAL = money("loan_principal", "归还本金", "Principal repaid")
SERVICE = money("debt_service", "当年还本付息", "Debt service")
LOWEST = number("dscr_lowest", "最低偿债备付率", "Lowest DSCR", unit="倍")
LEVEL = money("level_payment", "每期付款额（等额本息）", "Payment of the annuity, each period")
BALANCE = money("loan_balance", "贷款余额", "Loan balance")
MONTH_INTEREST = money("month_interest", "当月付息", "Interest, by month")
MONTH_PRINCIPAL = money("month_principal", "当月还本", "Principal, by month")
MONTH_BALANCE = money("month_balance", "月末贷款余额", "Loan balance, by month")


@dataclass(frozen=True, slots=True)
class Repayment:
    """How a loan is repaid: ``grace`` periods of interest only, then ``turns`` payments.

    ``begin`` puts each payment at the beginning of its period, as lessors ask.
    """

    method: str
    turns: int
    grace: int = 0
    begin: bool = False
    per_year: int = 1

    @property
    def payments(self) -> int:
        """Return how many payments there are, those of interest only included."""
        return self.grace + self.turns

    @property
    def at_once(self) -> bool:
        """Tell whether the first payment of principal falls on the day of drawing (期初)."""
        return self.begin and not self.grace

    def month(self, payment: int) -> int:
        """Return the month in which a payment falls; payments count from 1, months from 0."""
        apart = _MONTHS // self.per_year
        return (payment - 1) * apart if self.begin else payment * apart - 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """Interest, principal and closing balance by payment, number 0 being the drawing."""

    interest: list[Term]
    principal: list[Term]
    balance: list[Term]


def schedule(
    loan: Term,
    rate: Term,
    terms: Repayment,
    level: Term,
    payments: int,
    name: Callable[[str, int, Term], Term] = lambda _part, _payment, amount: amount,
) -> Schedule:
    """Return what each payment is made of: interest on the opening balance, and principal.

    ``rate`` is that of one period, ``level`` the payment of an annuity. ``name`` puts an amount
    (interest, principal or balance) under the name of the line that it is written in.
    """
    interest, principal = [ZERO], [ZERO]
    balance = [name("balance", 0, loan)]
    for payment in range(1, payments + 1):
        opening = balance[-1]
        bears = payment <= terms.payments and not (terms.begin and payment == 1)
        due = name("interest", payment, opening * rate if bears else ZERO)
        turn = payment - terms.grace
        paid = name("principal", payment, _principal(loan, terms, level - due, opening, turn))
        interest.append(due)
        principal.append(paid)
        balance.append(name("balance", payment, opening - paid))
    return Schedule(interest, principal, balance)


def _principal(loan: Term, terms: Repayment, rest: Term, opening: Term, turn: int) -> Term:
    if not 1 <= turn <= terms.turns:
        return ZERO
    if turn == terms.turns:
        return opening
    if terms.method == ANNUITY:
        return rest
    return loan / terms.turns if terms.method == EQUAL_PRINCIPAL else ZERO


def repayment(values: Values) -> Repayment:
    """Return how the loan of a model is repaid whose terms are given in years."""
    times = PER_YEAR[values.choice("loan_frequency")]
    return Repayment(
        values.choice("loan_method"), values.count("loan_years") * times,
        values.count("loan_grace") * times, per_year=times,
    )  # fmt: skip


def write_loan(
    book: Book,
    values: Values,
    account: str,
    amount: Term | None = None,
    terms: Repayment | None = None,
    *,
    drawn: bool = True,
) -> list[Term]:
    """Write the loan's lines into an account and return the debt service by year.

    The amount is the input ``loan`` unless the model has one of its own; so are the terms.
    What is ``drawn`` counts as cash, unless the model does not follow what it pays for.
    """
    loan = values["loan"] if amount is None else amount
    terms = terms or repayment(values)
    book.group("loan")
    book.once(DRAW, loan, account, IN if drawn else MEMO)
    yearly = terms.per_year == 1 and not terms.begin
    rate = values["loan_rate"] / terms.per_year if terms.per_year > 1 else values["loan_rate"]
    level = ZERO
    if terms.method == ANNUITY:
        level = book.figure(LEVEL, level_payment(loan, rate, terms.turns, begin=terms.at_once))
    made = (_by_year if yearly else _by_month)(book, loan, rate, terms, level)
    interest = book.flow(INTEREST, made.interest, account, OUT)
    principal = book.flow(PRINCIPAL, made.principal, account, OUT)
    book.flow(BALANCE, made.balance, stock=True)
    return book.flow(SERVICE, [a + b for a, b in zip(interest, principal, strict=True)])


def _by_year(book: Book, loan: Term, rate: Term, terms: Repayment, level: Term) -> Schedule:
    """Return the schedule of a loan paid at the end of each year."""
    lines = {"interest": INTEREST, "principal": PRINCIPAL, "balance": BALANCE}

    def name(part: str, year: int, amount: Term) -> Term:
        return named(LineAt(lines[part].key, year), amount)

    return schedule(loan, rate, terms, level, book.periods - 1, name)


def _by_month(book: Book, loan: Term, rate: Term, terms: Repayment, level: Term) -> Schedule:
    """Write the schedule month by month and return its years."""
    months = (book.periods - 1) * _MONTHS
    lines = {"interest": MONTH_INTEREST, "principal": MONTH_PRINCIPAL, "balance": MONTH_BALANCE}
    shown = sum(terms.month(payment) < months for payment in range(1, terms.payments + 1))

    def name(part: str, payment: int, amount: Term) -> Term:
        return named(LineAt(lines[part].key, terms.month(payment)), amount) if payment else amount

    made = schedule(loan, rate, terms, level, shown, name)
    paid = {terms.month(payment): payment for payment in range(1, shown + 1)}
    interest = [made.interest[paid[at]] if at in paid else ZERO for at in range(months)]
    principal = [made.principal[paid[at]] if at in paid else ZERO for at in range(months)]
    balance, owed = [], loan
    for at in range(months):
        owed = made.balance[paid[at]] if at in paid else owed
        balance.append(owed)
    book.months(MONTH_INTEREST, interest)
    book.months(MONTH_PRINCIPAL, principal)
    owed_by_month = book.months(MONTH_BALANCE, balance, stock=True)
    ends = [loan, *owed_by_month[_MONTHS - 1 :: _MONTHS]]
    return Schedule(by_year(interest), by_year(principal), ends)


def write_coverage(book: Book, values: Values, field: Field, ratios: list[Term]) -> None:
    """Write the coverage by year and its lowest, held against the covenant that is usual.

    While the coverage of one year is unknown, so is the lowest: that year may lie below the others.
    """
    book.flow(field, ratios)
    reasons = unknown_reasons(*ratios)
    known = [] if reasons else [ratio.value for ratio in ratios if ratio.value is not None]
    lowest = min(known, default=None)
    if lowest is None and not reasons:
        reasons = (Reason("no_debt"),)
    found = Measure(LOWEST, book.accounts[0].key, lowest, reasons=reasons)
    book.read_off(found, How.LOWEST, field.key)
    floor = values["dscr_floor"].value
    if lowest is not None and floor is not None and lowest < floor:
        book.finding("dscr_low", Level.WARNING, "dscr_floor", lowest=round(lowest, 2))


def coverage(income: list[Term], service: list[Term]) -> list[Term]:
    """Return income ÷ debt service by period; there is no coverage where nothing is due."""
    return [
        NO_ANSWER if due is ZERO else where(due, "<=", 0, NO_ANSWER, earned / due)
        for earned, due in zip(income, service, strict=True)
    ]
