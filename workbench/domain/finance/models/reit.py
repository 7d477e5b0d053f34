# SPDX-License-Identifier: MIT
"""Whether an asset pays enough for a REIT (基础设施REITs): distribution rate and the other thresholds."""

from workbench.domain.catalogue.declare import REQUIRED, flag, money, number, share
from workbench.domain.display import Quantity
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import NO_LIMITS, POSITIVE, ask
from workbench.domain.finance.ledger_inputs import appraised_value, context_number, noi_today
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT, Charge
from workbench.domain.finance.terms import Term, at_least
from workbench.domain.findings import Level

HOLDERS = "holders"

INPUTS = (
    ask(money("noi", "年净运营收入", "NOI of the year", REQUIRED, group="income"), limits=NO_LIMITS),
    ask(share("fee_rate", "运营管理费（占净运营收入）", "Management fee, share of NOI", group="income"),
        "0.08"),
    ask(money("reserve", "资本性支出预留", "Reserve for capital cost", group="income"), "0"),
    ask(money("interest", "外部借款利息", "Interest on borrowing", group="income"), "0"),
    ask(money("tax", "项目公司税费", "Taxes of the project company", group="income"), "0"),
    ask(share("payout", "分配比例", "Share paid out", group="income"), "0.9"),
    ask(money("value", "评估净值", "Appraised net value", REQUIRED, group="value"), limits=POSITIVE),
    ask(number("operating_years", "已运营年限", "Years of operation", REQUIRED, unit="年",
               group="check")),
    ask(share("single_tenant", "最大租户收入占比", "Largest tenant's share", group="check"),
        needed=False),
    ask(flag("title_clean", "权属清晰、无不能解除的查封抵押", "Clean title", group="check"),
        needed=False),
    ask(flag("use_fits", "用途为厂房、研发或仓储", "Use fits", group="check"), needed=False),
    ask(share("dispatch_min", "分派率下限", "Lowest distribution rate", group="check"),
        parameter="reit_dispatch_min", limits=POSITIVE),
    ask(share("payout_min", "分配比例下限", "Lowest share paid out", group="check"),
        parameter="reit_payout_min"),
    ask(number("years_min", "最低运营年限", "Fewest years of operation", unit="年", group="check"),
        parameter="reit_years_min"),
    ask(money("value_min", "首发评估净值下限", "Lowest value of a first issue", group="check"),
        parameter="reit_first_value_min"),
    ask(share("tenant_max", "单一租户占比上限", "Largest share of one tenant", group="check"),
        parameter="single_tenant_max"),
)  # fmt: skip

INCOME = money("income", "净运营收入", "NOI")
FEE = money("fee", "运营管理费", "Management fee")
RESERVE = money("kept_back", "资本性支出预留", "Reserve for capital cost")
INTEREST = money("interest_paid", "外部借款利息", "Interest")
TAX = money("tax_paid", "项目公司税费", "Taxes")
AVAILABLE = money("available", "可供分配金额", "Distributable cash")
PAID_OUT = money("paid_out", "实际分配金额", "Cash paid out")
DISPATCH = share("dispatch", "净现金流分派率", "Distribution rate")
PAYOUT_RATE = share("payout_rate", "按分配比例的分派率", "Distribution rate on cash paid out")
YEARS = number("operated", "已运营年限", "Years of operation", unit="年")
HIGHEST_VALUE = money("highest_value", "达到分派率下限的最高估值", "Highest value at the threshold")
PAYOUT_SHORT = money("payout_short", "距分配比例下限的年现金缺口",
                     "Yearly cash short of the least payout")  # fmt: skip
CASH_SHORT = money("cash_short", "距分派率下限的年现金缺口", "Yearly cash short of the threshold")


def build(values: Values) -> Book:
    """Write the distributable cash of a year and hold it against the thresholds."""
    book = Book()
    book.account(HOLDERS, "份额持有人", "Unit holders")
    book.group("income")
    noi = book.once(INCOME, values["noi"], HOLDERS, IN)
    base, rate = at_least(0, noi), values["fee_rate"]
    fee = book.once(FEE, base * rate, HOLDERS, OUT, charge=Charge(base, rate))
    reserve = book.once(RESERVE, values["reserve"], HOLDERS, OUT)
    interest = book.once(INTEREST, values["interest"], HOLDERS, OUT)
    tax = book.once(TAX, values["tax"], HOLDERS, OUT)
    available = book.figure(AVAILABLE, noi - fee - reserve - interest - tax)
    paid = book.figure(PAID_OUT, available * values["payout"])
    book.group("check")
    value, least = values["value"], values["dispatch_min"]
    book.measure(AVAILABLE, available, HOLDERS)
    dispatch = book.figure(DISPATCH, available / value)
    book.measure(DISPATCH, dispatch, HOLDERS)
    book.measure(PAYOUT_RATE, paid / value, HOLDERS)
    book.measure(HIGHEST_VALUE, at_least(0, available) / least, HOLDERS)
    book.measure(CASH_SHORT, at_least(0, value * least - available), HOLDERS)
    least_paid = at_least(0, available) * values["payout_min"]
    book.measure(PAYOUT_SHORT, at_least(0, least_paid - paid), HOLDERS)
    _check(book, values, dispatch)
    return book


def _check(book: Book, values: Values, dispatch: Term) -> None:
    """Note each threshold that is missed; what is unknown is noted as missing already.

    Nine tenths of what can be distributed must be (公开募集基础设施证券投资基金指引（试行）第三十条).
    """
    least = (
        ("dispatch_low", "value", dispatch, "dispatch_min", DISPATCH),
        ("payout_low", "payout", values["payout"], "payout_min", PAYOUT_RATE),
        ("years_few", "operating_years", values["operating_years"], "years_min", YEARS),
        ("value_low", "value", values["value"], "value_min", AVAILABLE),
    )
    for code, field, ours, threshold, shown_as in least:
        limit = values[threshold].value
        if ours.value is not None and limit is not None and ours.value < limit:
            book.finding(f"reit_{code}", Level.WARNING, field,
                         ours=Quantity(ours.value, shown_as), limit=Quantity(limit, shown_as))  # fmt: skip
    tenant, most = values["single_tenant"].value, values["tenant_max"].value
    if tenant is not None and most is not None and tenant > most:
        book.finding("reit_tenant_large", Level.WARNING, "single_tenant",
                     ours=Quantity(tenant, DISPATCH), limit=Quantity(most, DISPATCH))  # fmt: skip
    for field in ("title_clean", "use_fits"):
        if values.flag(field) is False:
            book.finding(f"reit_{field}", Level.WARNING, field)


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("noi", noi_today)
    found.suggest("value", appraised_value)
    found.suggest("operating_years", context_number("operating_years"))
    found.suggest("single_tenant", context_number("single_tenant_share"))


REIT = Model("reit", "REITs分派检验", "REIT distribution check", ("P17",), INPUTS, build, _from_ledger,
             answers=(DISPATCH.key, AVAILABLE.key, PAYOUT_RATE.key, HIGHEST_VALUE.key, CASH_SHORT.key),
             disposes=True)  # fmt: skip
