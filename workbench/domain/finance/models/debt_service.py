# SPDX-License-Identifier: MIT
"""Whether an asset carries a loan (偿债能力): the schedule, what it costs, coverage after tax; §5d.

DSCR = (NOI − income tax) ÷ (principal + interest). The schedule runs by payment, the coverage by
year. Level payments, rates and depreciation are those of T9, T11 and T12.
"""

from decimal import Decimal

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    integer,
    money,
    number,
    pick,
    share,
)
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.annuities import (
    STRAIGHT_LINE,
    YEARS_DIGITS,
    depreciation,
    effective_rate,
    level_payment,
    period_count,
    rate_of_payments,
)
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.income_tax import DEPRECIATION, LOSS_YEARS, write_income_tax
from workbench.domain.finance.inputs import (
    ABOVE_MINUS_ONE,
    NO_LIMITS,
    POSITIVE,
    Rest,
    When,
    ask,
    count,
    series,
)
from workbench.domain.finance.ledger_inputs import book_cost, noi_today
from workbench.domain.finance.loans import (
    BULLET,
    DSCR_FLOOR,
    INTEREST,
    LEVEL,
    LOAN_FREQUENCY,
    LOAN_METHOD,
    LOAN_RATE,
    LOWEST,
    PER_YEAR,
    Repayment,
    coverage,
    write_coverage,
    write_loan,
)
from workbench.domain.finance.measures import write_gap_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import (
    IN,
    How,
    Measure,
    Reason,
    unknown_reasons,
)
from workbench.domain.finance.terms import NO_ANSWER, ZERO, Term, at_least, constant, total
from workbench.domain.findings import Level

BORROWER = "borrower"
AT_END, AT_BEGINNING = "期末", "期初"
_MOST_YEARS = 50
_BULLET = When("loan_method", (BULLET,))

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "10", 1, _MOST_YEARS),
    ask(money("loan", "贷款金额", "Loan", REQUIRED, group="loan"), limits=POSITIVE),
    ask(money("loan_fee", "放款时一次付的融资费用", "Fee paid when drawn", group="loan"), "0"),
    LOAN_RATE,
    LOAN_FREQUENCY,
    count(integer("loan_turns", "还本期数", "Payments of principal", unit="期", group="loan"),
          "10", 1, 600),
    count(integer("grace_turns", "之前只付息的期数", "Before them, interest only", unit="期",
                  group="loan"), "0", 0, 240),
    LOAN_METHOD,
    ask(choice("loan_due", "每期付款时点", "Paid at", pick(f"""
{AT_END} = The end of a period
{AT_BEGINNING} = The beginning of a period
"""), group="loan"), AT_END),
    ask(money("quoted", "对方报出的每期付款额（如租赁租金）", "Payment quoted, such as a rental",
              group="loan"), limits=POSITIVE, needed=False),
    DSCR_FLOOR,
    series(money("noi", "净运营收入", "NOI", REQUIRED, group="income"), length="years",
           rest=Rest.LAST, limits=NO_LIMITS),
    ask(money("book_cost", "资产原值", "Original value", REQUIRED, group="cit")),
    ask(share("residual", "残值率", "Residual value", group="cit"), "0.05"),
    count(integer("life", "折旧年数", "Depreciated over", unit="年", group="cit"), "20", 1, 50),
    count(integer("worn_years", "已折旧年数", "Years depreciated already", unit="年", group="cit"),
          "0", 0, 50),
    ask(choice("wear", "折旧方法", "Depreciation", pick(f"""
{STRAIGHT_LINE} = Straight line
{YEARS_DIGITS} = Sum of the years' digits
"""), group="cit"), STRAIGHT_LINE),
    ask(share("cit_rate", "企业所得税税率", "Enterprise income tax rate", group="cit"),
        parameter="cit_rate"),
    LOSS_YEARS,
    ask(share("reserve_rate", "偿债准备金年利率", "Yearly interest on the reserve", group="sinking"),
        "0.015", limits=ABOVE_MINUS_ONE, when=_BULLET),
    ask(money("reserve_now", "已存入准备金", "Already set aside", group="sinking"), "0",
        when=_BULLET),
    ask(money("reserve_paid", "每期可存入", "Can be set aside each period", group="sinking"),
        limits=POSITIVE, needed=False, when=_BULLET),
)  # fmt: skip

EARNED = money("earned", "净运营收入", "NOI")
AVAILABLE = money("available", "可用于还本付息的现金", "Cash available for debt service")
DSCR = number("dscr", "偿债备付率（税后）", "DSCR after tax", unit="倍")
COVER = number("interest_cover", "利息保障倍数", "Interest cover", unit="倍")
INTEREST_TOTAL = money("interest_total", "利息合计", "Interest in all")
EFFECTIVE = share("effective_rate", "实际年利率", "Effective yearly rate")
IMPLIED = share(
    "implied_rate", "按付款额和费用倒算的年利率", "Yearly rate implied by payments and fee"
)
SET_ASIDE = money("set_aside", "每期须存入准备金", "To set aside each period")
SAVED_AFTER = number("saved_after", "按每期可存入额存满所需期数", "Periods until enough is set aside",
                     unit="期", decimals=2)  # fmt: skip


def build(values: Values) -> Book:
    """Write the schedule, the tax that interest and depreciation save, and what covers what."""
    terms = _terms(values)
    book = _book(values, terms)
    book.account(BORROWER, "借款人", "Borrower")
    book.group("income")
    noi = book.flow(EARNED, values.series("noi", book.periods), BORROWER, IN)
    service = write_loan(book, values, BORROWER, terms=terms, drawn=False)
    interest = next(list(line.amounts) for line in book.lines if line.key == INTEREST.key)
    wear = _write_depreciation(book, values)
    profits = [a - b - c for a, b, c in zip(noi, wear, interest, strict=True)]
    tax = write_income_tax(book, values, profits, BORROWER)
    book.group("check")
    cash = book.flow(AVAILABLE, [a - b for a, b in zip(noi, tax, strict=True)])
    write_coverage(book, values, DSCR, coverage(cash, service))
    before_interest = [a - b for a, b in zip(noi, wear, strict=True)]
    book.flow(COVER, coverage(before_interest, interest))
    write_gap_measures(book, BORROWER)
    _write_cost(book, values, terms, interest)
    if terms.method == BULLET:
        _write_reserve(book, values, terms)
    return book


def _terms(values: Values) -> Repayment:
    return Repayment(
        values.choice("loan_method"), values.count("loan_turns"), values.count("grace_turns"),
        values.choice("loan_due") == AT_BEGINNING, PER_YEAR[values.choice("loan_frequency")],
    )  # fmt: skip


def _book(values: Values, terms: Repayment) -> Book:
    """Return a book that lasts until the loan is repaid; income is known as far as it is stated."""
    years = values.count("years")
    needed = -(-terms.payments // terms.per_year)
    book = Book(max(years, min(needed, _MOST_YEARS)) + 1)
    if needed > _MOST_YEARS:
        book.impossible("loan_too_long", "loan_turns", needed=needed, most=_MOST_YEARS)
    elif needed > years:
        book.finding("years_below_loan", Level.WARNING, "years", needed=needed, years=years)
    return book


def _write_depreciation(book: Book, values: Values) -> list[Term]:
    book.group("cit")
    cost, worn = values["book_cost"], values.count("worn_years")
    years = [
        depreciation(cost, cost * values["residual"], values.count("life"), year + worn,
                     values.choice("wear")) if year else ZERO
        for year in range(book.periods)
    ]  # fmt: skip
    return book.flow(DEPRECIATION, years)


def _write_cost(book: Book, values: Values, terms: Repayment, interest: list[Term]) -> None:
    """Write what the loan costs: in all, by the year, and by what is really paid and received."""
    book.group("loan")
    level = next((line.amounts[0] for line in book.lines if line.key == LEVEL.key), None)
    if level is not None:
        book.measure(LEVEL, level, BORROWER)
    book.measure(INTEREST_TOTAL, total(interest), BORROWER, how=How.SUM, line=INTEREST.key)
    book.measure(EFFECTIVE, effective_rate(values["loan_rate"], terms.per_year), BORROWER)
    _write_implied(book, values, terms, level)


def _write_implied(book: Book, values: Values, terms: Repayment, level: Term | None) -> None:
    """Write the yearly rate at which level payments repay what is received after the fee."""
    paid = values["quoted"] if values.known("quoted") else level
    received = values["loan"] - values["loan_fee"]
    if paid is None:
        reasons: tuple[Reason, ...] = (Reason("not_level"),)
    elif terms.grace:
        reasons = (Reason("level_after_grace"),)
    else:
        reasons = unknown_reasons(paid, received)
    found = None
    if not reasons and paid is not None and paid.value is not None and received.value is not None:
        rate = rate_of_payments(terms.turns, paid.value, received.value, begin=terms.begin)
        found = None if rate is None else rate * terms.per_year
        reasons = () if rate is not None else (Reason("no_rate"),)
    asked = (constant(terms.turns), paid or NO_ANSWER, received, constant(int(terms.begin)),
             constant(terms.per_year))  # fmt: skip
    book.read_off(Measure(IMPLIED, BORROWER, found, reasons=reasons), How.RATE, arguments=asked)


def _write_reserve(book: Book, values: Values, terms: Repayment) -> None:
    """Write what has to be set aside each period for the principal, and how long it takes."""
    book.group("sinking")
    rate = values["reserve_rate"] / terms.per_year
    loan, now = values["loan"], values["reserve_now"]
    short = ZERO - level_payment(now, rate, terms.turns, ZERO - loan, begin=terms.begin)
    book.measure(SET_ASIDE, book.figure(SET_ASIDE, at_least(0, short)), BORROWER)
    if values.known("reserve_paid"):
        _write_saved_after(book, values, terms, rate)


def _write_saved_after(book: Book, values: Values, terms: Repayment, rate: Term) -> None:
    """Write after how many periods what can be set aside is enough, held against the term."""
    asked = (rate, values["reserve_paid"], values["reserve_now"], values["loan"])
    reasons = unknown_reasons(*asked)
    found = None
    known = [number_.value for number_ in asked if number_.value is not None]
    if not reasons and len(known) == len(asked):
        found = period_count(known[0], known[1], known[2], known[3], begin=terms.begin)
        reasons = () if found is not None else (Reason("never_saved"),)
    book.read_off(Measure(SAVED_AFTER, BORROWER, found, reasons=reasons), How.PERIODS,
                  arguments=(*asked, constant(int(terms.begin))))  # fmt: skip
    if not reasons and (found is None or found > terms.payments):
        book.finding("saved_too_late", Level.WARNING, "reserve_paid")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("noi", _noi_each_year)
    found.suggest("book_cost", book_cost)


def _noi_each_year(scope: Scope, reading: Reading) -> tuple[Decimal, ...] | None:
    noi = noi_today(scope, reading)
    return None if noi is None else (noi,)


DEBT_SERVICE = Model(
    "debt_service", "偿债能力", "Debt service", ("P18", "P17"), INPUTS, build, _from_ledger,
    answers=(LOWEST.key, LEVEL.key, INTEREST_TOTAL.key, EFFECTIVE.key, IMPLIED.key),
)  # fmt: skip
