# SPDX-License-Identifier: MIT
"""Land appreciation tax (土地增值税): deductions by method, brackets, deemed levy; domain §5d."""

from datetime import date

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    day,
    integer,
    money,
    pick,
    share,
    text,
)  # fmt: skip
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, TableRow, Values
from workbench.domain.finance.inputs import AS_OF, NOT_NEGATIVE, POSITIVE, When, ask, table
from workbench.domain.finance.results import OUT, Charge
from workbench.domain.finance.terms import ZERO, Term, at_least, to_cent, total, where
from workbench.domain.findings import Level

APPRAISED = "旧房评估法"
INVOICED = "旧房发票法"
NEW_BUILT = "新建项目"
DEEMED = "核定征收"
EXEMPT = "暂不征收"
_METHODS = pick("""
旧房评估法 = Old building, appraised
旧房发票法 = Old building, by invoice
新建项目 = Newly built
核定征收 = Deemed levy
暂不征收 = Not levied
""")


def _for(*methods: str) -> When:
    return When("lat_method", methods)


LAT_INPUTS = (
    ask(choice("lat_method", "土地增值税方法", "Land appreciation tax method", _METHODS, group="lat"),
        APPRAISED),
    table(text("lat_brackets", "土地增值税税率表", "Land appreciation tax brackets", group="lat"), (
        ask(share("upto", "增值率不超过", "Gain ratio up to"), needed=False, limits=NOT_NEGATIVE),
        ask(share("rate", "税率", "Rate")),
        ask(share("quick", "速算扣除系数", "Quick deduction")),
    ), parameter="lat_brackets", when=_for(APPRAISED, INVOICED, NEW_BUILT)),
    ask(money("replacement_cost", "重置成本价", "Replacement cost", REQUIRED, group="lat"),
        limits=POSITIVE, when=_for(APPRAISED)),
    ask(share("newness", "成新度折扣率", "Remaining condition", REQUIRED, group="lat"),
        when=_for(APPRAISED)),
    ask(money("land_paid", "取得土地支付的金额", "Paid for the land", REQUIRED, group="lat"),
        when=_for(APPRAISED, NEW_BUILT)),
    ask(money("invoice_amount", "购房发票金额", "Purchase invoice", REQUIRED, group="lat"),
        limits=POSITIVE, when=_for(INVOICED)),
    ask(day("invoice_on", "购房发票日期", "Invoice date", REQUIRED, group="lat"), when=_for(INVOICED)),
    ask(day("transfer_on", "转让日期", "Transfer date", REQUIRED, group="lat"), AS_OF, when=_for(INVOICED)),
    ask(share("lat_uplift", "发票每年加计比例", "Yearly uplift of the invoice", group="lat"),
        parameter="lat_invoice_uplift", when=_for(INVOICED)),
    ask(money("deed_paid", "购入时缴纳的契税", "Deed tax paid at purchase", group="lat"), "0",
        when=_for(INVOICED)),
    ask(money("development_cost", "房地产开发成本", "Development cost", REQUIRED, group="lat"),
        when=_for(NEW_BUILT)),
    ask(money("interest_cost", "可据实扣除的利息", "Interest deducted as paid", group="lat"), "0",
        when=_for(NEW_BUILT)),
    ask(share("lat_expense_rate", "开发费用扣除比例", "Development expenses", group="lat"),
        parameter="lat_expense_rate", when=_for(NEW_BUILT)),
    ask(share("lat_extra_rate", "加计扣除比例（房地产开发企业）", "Extra deduction of developers",
              group="lat"),
        "0", when=_for(NEW_BUILT)),
    ask(share("lat_deemed_rate", "核定征收率", "Deemed rate", group="lat"),
        parameter="lat_deemed_rate", when=_for(DEEMED)),
)  # fmt: skip

DEDUCTIONS = money(
    "lat_deductions", "土地增值税扣除项目金额", "Deductions for land appreciation tax"
)
GAIN = money("lat_gain", "增值额", "Gain")
GAIN_RATIO = share("lat_gain_ratio", "增值率", "Gain to deductions")
RATE = share("lat_rate", "适用税率", "Bracket rate")
QUICK = share("lat_quick", "速算扣除系数", "Quick deduction")
TAX = money("lat", "土地增值税", "Land appreciation tax")
UPLIFT_YEARS = integer("lat_uplift_years", "加计年数", "Years of uplift", unit="年")


def uplift_years(bought: date, sold: date) -> int:
    """Return the years that uplift the invoice: full years, a rest over six months counting as one.

    Source: 财税〔2006〕21号 and 国税函〔2010〕220号 (每满12个月计一年；超过一年，未满12个月但
    超过6个月的，可以视同为一年).
    """
    months = (sold.year - bought.year) * 12 + sold.month - bought.month
    over = sold.day > bought.day
    if sold.day < bought.day:
        months, over = months - 1, True
    years, rest = divmod(max(months, 0), 12)
    counts = years >= 1 and (rest > 6 or (rest == 6 and over))
    return years + counts


def bracket(ratio: Term, rows: list[TableRow], column: str) -> Term:
    """Return the rate or quick deduction of the bracket that a gain ratio falls into."""
    found = rows[-1][column]
    for row in reversed(rows[:-1]):
        found = where(ratio, "<=", row["upto"], row[column], found)
    return found


def progressive_tax(gain: Term, deductions: Term, rate: Term, quick: Term) -> Term:
    """Return gain × rate − deductions × quick deduction, never below 0."""
    return at_least(0, gain * rate - deductions * quick)


def land_value_tax(
    book: Book, values: Values, revenue: Term, taxes: Term, appraisal_fee: Term, account: str
) -> Term:
    """Write the lines of the tax on a revenue (without VAT) and return the tax (元)."""
    method = values.choice("lat_method")
    book.group("lat")
    if method == EXEMPT:
        book.finding("lat_exempt", Level.WARNING, "lat_method")
        return book.once(TAX, ZERO, account, OUT)
    if method == DEEMED:
        rate = values["lat_deemed_rate"]
        return book.once(TAX, to_cent(revenue * rate), account, OUT, charge=Charge(revenue, rate))
    deductions = book.figure(DEDUCTIONS, _deductions(book, values, taxes, appraisal_fee))
    gain = book.figure(GAIN, revenue - deductions)
    ratio = book.figure(GAIN_RATIO, gain / deductions)
    rows = values.rows("lat_brackets")
    if not rows:
        book.finding("no_brackets", Level.ERROR, "lat_brackets")
        return book.once(TAX, values.unknown("lat_brackets"), account, OUT)
    rate = book.figure(RATE, bracket(ratio, rows, "rate"))
    quick = book.figure(QUICK, bracket(ratio, rows, "quick"))
    tax = to_cent(progressive_tax(gain, deductions, rate, quick))
    return book.once(TAX, tax, account, OUT, charge=Charge(gain, rate))


def _deductions(book: Book, values: Values, taxes: Term, appraisal_fee: Term) -> Term:
    method = values.choice("lat_method")
    if method == APPRAISED:
        worth = values["replacement_cost"] * values["newness"]
        return total((worth, values["land_paid"], taxes, appraisal_fee))
    if method == INVOICED:
        years = book.figure(_uplift_line(values), _years(book, values))
        invoice = values["invoice_amount"]
        return total((invoice, invoice * values["lat_uplift"] * years, values["deed_paid"], taxes))
    cost = values["land_paid"] + values["development_cost"]
    expenses = values["interest_cost"] + cost * values["lat_expense_rate"]
    return total((cost, expenses, taxes, cost * values["lat_extra_rate"]))


def _uplift_line(values: Values) -> Field:
    """Return the line of the years, which names the days that they are counted between."""
    bought, sold = values.day("invoice_on"), values.day("transfer_on")
    if bought is None or sold is None:
        return UPLIFT_YEARS
    key, unit = UPLIFT_YEARS.key, UPLIFT_YEARS.unit
    return integer(key, f"{UPLIFT_YEARS.zh}（{bought} 至 {sold}）",
                   f"{UPLIFT_YEARS.en} ({bought} to {sold})", unit=unit)  # fmt: skip


def _years(book: Book, values: Values) -> Term | int:
    bought, sold = values.day("invoice_on"), values.day("transfer_on")
    if bought is None or sold is None:
        return values.unknown("invoice_on" if bought is None else "transfer_on")
    if sold < bought:
        book.finding("dates_order", Level.ERROR, "transfer_on", start=bought, end=sold)
        return values.unknown("transfer_on")
    return uplift_years(bought, sold)
