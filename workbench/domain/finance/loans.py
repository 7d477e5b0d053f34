# SPDX-License-Identifier: MIT
"""Loan schedules as terms: equal principal (等额本金), annuity (等额本息), principal at the end."""

from dataclasses import dataclass

from workbench.domain.catalogue.declare import choice, integer, money, number, pick, share
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, ask, count
from workbench.domain.finance.results import IN, OUT, How, Measure, Reason, unknown_reasons
from workbench.domain.finance.terms import NO_ANSWER, ONE, ZERO, LineAt, Term, named, where
from workbench.domain.findings import Level

EQUAL_PRINCIPAL, ANNUITY, BULLET = "等额本金", "等额本息", "到期还本"
_METHODS = pick("""
等额本金 = Equal principal
等额本息 = Annuity
到期还本 = Principal at the end
""")

LOAN_TERMS = (
    ask(share("loan_rate", "贷款年利率", "Loan rate", group="loan"), "0.045",
        limits=ABOVE_MINUS_ONE),
    count(integer("loan_years", "还款年数", "Repaid over", unit="年", group="loan"), "5", 1, 50),
    count(integer("loan_grace", "宽限期（只付息）", "Grace, interest only", unit="年",
                  group="loan"), "0", 0, 20),
    ask(choice("loan_method", "还款方式", "Repayment", _METHODS, group="loan"), EQUAL_PRINCIPAL),
    ask(number("dscr_floor", "偿债备付率下限", "Lowest DSCR asked for", unit="倍", group="loan"),
        parameter="dscr_min"),
)  # fmt: skip
LOAN_INPUTS = (ask(money("loan", "贷款金额", "Loan", group="loan"), "0"), *LOAN_TERMS)

DRAW = money("loan_draw", "贷款提款", "Loan drawn")
INTEREST = money("loan_interest", "贷款利息", "Interest")
PRINCIPAL = money("loan_principal", "归还本金", "Principal repaid")
SERVICE = money("debt_service", "当年还本付息", "Debt service")
LOWEST = number("dscr_lowest", "最低偿债备付率", "Lowest DSCR", unit="倍")
BALANCE = money("loan_balance", "贷款余额", "Loan balance")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Interest, principal and closing balance by period, period 0 being the drawing."""

    interest: list[Term]
    principal: list[Term]
    balance: list[Term]


def annuity_payment(loan: Term, rate: Term, periods: int) -> Term:
    """Return the level payment at the end of each period; T9 (PMT with the sign turned)."""
    level = loan * rate / (ONE - (ONE + rate) ** -periods)
    return where(rate, "<=", 0, where(rate, "<", 0, level, loan / periods), level)


def schedule(loan: Term, rate: Term, method: str, years: int, grace: int, periods: int) -> Schedule:
    """Return a yearly schedule: interest on the opening balance, paid at the end of each period.

    ``grace`` periods pay interest only and come before the ``years`` of repayment. The amounts
    bear the names of the loan's lines, which have to be written.
    """
    interest, principal = [ZERO], [ZERO]
    balance = [named(LineAt(BALANCE.key, 0), loan)]
    level = annuity_payment(loan, rate, years) if method == ANNUITY else ZERO
    for period in range(1, periods):
        opening = balance[-1]
        due = opening * rate if period <= grace + years else ZERO
        paid = _principal(loan, method, level - due, opening, period - grace, years)
        due = named(LineAt(INTEREST.key, period), due)
        paid = named(LineAt(PRINCIPAL.key, period), paid)
        interest.append(due)
        principal.append(paid)
        balance.append(named(LineAt(BALANCE.key, period), opening - paid))
    return Schedule(interest, principal, balance)


def _principal(loan: Term, method: str, rest: Term, opening: Term, turn: int, years: int) -> Term:
    if not 1 <= turn <= years:
        return ZERO
    if turn == years:
        return opening
    if method == ANNUITY:
        return rest
    return loan / years if method == EQUAL_PRINCIPAL else ZERO


def write_loan(book: Book, values: Values, account: str, amount: Term | None = None) -> list[Term]:
    """Write the loan's lines into an account and return the debt service by period.

    The amount is the input ``loan`` unless the model has one of its own.
    """
    loan = values["loan"] if amount is None else amount
    made = schedule(
        loan, values["loan_rate"], values.choice("loan_method"),
        values.count("loan_years"), values.count("loan_grace"), book.periods,
    )  # fmt: skip
    book.group("loan")
    book.once(DRAW, loan, account, IN)
    interest = book.flow(INTEREST, made.interest, account, OUT)
    principal = book.flow(PRINCIPAL, made.principal, account, OUT)
    book.flow(BALANCE, made.balance, stock=True)
    return book.flow(SERVICE, [a + b for a, b in zip(interest, principal, strict=True)])


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
