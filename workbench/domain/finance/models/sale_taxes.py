# SPDX-License-Identifier: MIT
"""Taxes on selling what was built (销售环节税费), tax by tax or by one estimated share; §5d.

VAT of a developer: the land price that was paid to the state may be taken off the sales, and input
VAT is deducted until it is used up. Land appreciation tax is that of the whole project (清算),
spread over the years of selling; what is prepaid in between is not followed, and said so.
"""

from workbench.domain.catalogue.declare import choice, money, pick, share, text
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import NOT_NEGATIVE, ParameterBy, When, ask, table
from workbench.domain.finance.models.land_value_tax import (
    DEEMED,
    EXEMPT,
    NEW_BUILT,
    bracket,
    progressive_tax,
)
from workbench.domain.finance.results import OUT
from workbench.domain.finance.terms import (
    ONE,
    ZERO,
    LineAt,
    Operand,
    Term,
    at_least,
    named,
    total,
    where,
)
from workbench.domain.findings import Level

BY_TAX, BY_SHARE = "按税种计算", "按综合比例估算"
GENERAL, SIMPLE = "一般计税", "简易计税"
_CITY, _TOWN, _OTHER = "市区", "县城、镇", "其他"
_TAXES, _ONE = When("sale_tax_method", (BY_TAX,)), When("sale_tax_method", (BY_SHARE,))
_BRACKETS = When("sale_lat_method", (NEW_BUILT,))

SALE_TAX_INPUTS = (
    ask(choice("sale_tax_method", "销售税费算法", "Taxes on sales", pick(f"""
{BY_TAX} = Tax by tax
{BY_SHARE} = One estimated share
"""), group="sale_tax"), BY_TAX),
    ask(share("sale_tax", "销售环节税费（占含税售价，估算）", "Taxes on sales, share of price, estimated",
              group="sale_tax"), "0.1", when=_ONE),
    ask(choice("sale_vat_method", "销售增值税计税方法", "VAT method of sales", pick(f"""
{GENERAL} = General
{SIMPLE} = Simplified, an old project
"""), group="sale_tax"), GENERAL, when=_TAXES),
    ask(share("sale_vat_rate", "销售增值税率", "VAT rate of sales", group="sale_tax"), when=_TAXES,
        parameter=ParameterBy("sale_vat_method", {GENERAL: "vat_general_rate",
                                                  SIMPLE: "vat_simple_rate"})),
    ask(money("land_deducted", "可从销售额扣除的土地价款", "Land price taken off the sales",
              group="sale_tax"), "0", when=When("sale_vat_method", (GENERAL,))),
    ask(money("sale_input_vat", "可抵扣进项税额（出售部分）", "Input VAT of what is sold",
              group="sale_tax"), "0", when=When("sale_vat_method", (GENERAL,))),
    ask(choice("location", "所在地", "Location", pick(f"""
{_TOWN} = County town
{_CITY} = City
{_OTHER} = Elsewhere
"""), group="sale_tax"), _TOWN, when=_TAXES),
    ask(share("city_tax_rate", "城市维护建设税税率", "Urban maintenance tax rate", group="sale_tax"),
        when=_TAXES, parameter=ParameterBy("location", {
            _CITY: "surcharge_city", _TOWN: "surcharge_town", _OTHER: "surcharge_other"})),
    ask(share("education_rate", "教育费附加率（含地方）", "Education surcharges", group="sale_tax"),
        parameter="surcharge_education", when=_TAXES),
    ask(share("stamp_rate", "印花税税率", "Stamp tax rate", group="sale_tax"),
        parameter="stamp_transfer", when=_TAXES),
    ask(choice("sale_lat_method", "土地增值税方法", "Land appreciation tax method", pick(f"""
{NEW_BUILT} = Newly built
{DEEMED} = Deemed levy
{EXEMPT} = Not levied
"""), group="sale_tax"), NEW_BUILT, when=_TAXES),
    table(text("lat_brackets", "土地增值税税率表", "Land appreciation tax brackets", group="sale_tax"), (
        ask(share("upto", "增值率不超过", "Gain ratio up to"), needed=False, limits=NOT_NEGATIVE),
        ask(share("rate", "税率", "Rate")),
        ask(share("quick", "速算扣除系数", "Quick deduction")),
    ), parameter="lat_brackets", when=_BRACKETS),
    ask(share("lat_expense_rate", "开发费用扣除比例", "Development expenses", group="sale_tax"),
        parameter="lat_expense_rate", when=_BRACKETS),
    ask(share("lat_extra_rate", "加计扣除比例（房地产开发企业）", "Extra deduction of developers",
              group="sale_tax"), "0", when=_BRACKETS),
    ask(share("lat_deemed_rate", "核定征收率", "Deemed rate", group="sale_tax"),
        parameter="lat_deemed_rate", when=When("sale_lat_method", (DEEMED,))),
)  # fmt: skip

SALE_TAX = money("sales_tax", "销售环节税费", "Taxes on sales")
OUTPUT = money("sale_vat_charged", "销售销项（应计）增值税", "VAT in the sales")
CREDIT = money("sale_vat_credit", "未抵扣进项税额", "Input VAT not used yet")
VAT = money("sale_vat", "销售增值税", "VAT on sales")
REVENUE = money("sale_revenue", "不含税销售额", "Sales without VAT")
SURCHARGES = money("sale_surcharges", "销售附加税费", "Surcharges on sales")
STAMP = money("sale_stamp", "销售印花税", "Stamp tax on sales")
DEDUCTIONS = money("sale_lat_deductions", "土地增值税扣除项目金额", "Deductions, land appreciation")
GAIN_RATIO = share("sale_lat_ratio", "增值率", "Gain to deductions")
LAT = money("sale_lat", "销售土地增值税", "Land appreciation tax on sales")


def write_sale_taxes(
    book: Book, values: Values, sales: list[Term], cost: Term, account: str
) -> list[Term]:
    """Write the taxes on sales (VAT included) by year, and return all of them (元).

    ``cost`` is what was paid for land and building of the part that is sold.
    """
    book.group("sale_tax")
    if values.choice("sale_tax_method") == BY_SHARE:
        return book.flow(SALE_TAX, [a * values["sale_tax"] for a in sales], account, OUT)
    charged, due = _vat(book, values, sales, account)
    revenue = book.flow(REVENUE, [a - b for a, b in zip(sales, charged, strict=True)])
    rate = values["city_tax_rate"] + values["education_rate"]
    surcharges = book.flow(SURCHARGES, [amount * rate for amount in due], account, OUT)
    stamp = book.flow(STAMP, [amount * values["stamp_rate"] for amount in revenue], account, OUT)
    other = total((*surcharges, *stamp))
    lat = book.flow(LAT, _lat(book, values, revenue, cost, other), account, OUT)
    return [total(year) for year in zip(due, surcharges, stamp, lat, strict=True)]


def _years(sales: list[Term]) -> int:
    """Return in how many years there are sales."""
    return max(sum(amount is not ZERO for amount in sales), 1)


def _vat(
    book: Book, values: Values, sales: list[Term], account: str
) -> tuple[list[Term], list[Term]]:
    """Return the VAT inside the sales and the VAT that is paid, by year."""
    rate = values["sale_vat_rate"]
    if values.choice("sale_vat_method") == SIMPLE:
        charged = book.flow(OUTPUT, [amount / (ONE + rate) * rate for amount in sales])
        return charged, book.flow(VAT, list(charged), account, OUT)
    land = values["land_deducted"] / _years(sales)
    taxed = [ZERO if amount is ZERO else at_least(0, amount - land) for amount in sales]
    charged = book.flow(OUTPUT, [amount / (ONE + rate) * rate for amount in taxed])
    left: Term = values["sale_input_vat"]
    due: list[Term] = []
    credits_: list[Term] = []
    for period, amount in enumerate(charged):
        sold = amount is not ZERO
        due.append(at_least(0, amount - left) if sold else ZERO)
        left = named(LineAt(CREDIT.key, period), at_least(0, left - amount) if sold else left)
        credits_.append(left)
    book.flow(CREDIT, credits_, stock=True)
    return charged, book.flow(VAT, due, account, OUT)


def _lat(book: Book, values: Values, revenue: list[Term], cost: Term, other: Term) -> list[Operand]:
    """Return the land appreciation tax by year: that of the whole, in the years of selling."""
    method = values.choice("sale_lat_method")
    if method == EXEMPT:
        book.finding("lat_exempt", Level.WARNING, "sale_lat_method")
        return [ZERO for _ in revenue]
    if method == DEEMED:
        return [amount * values["lat_deemed_rate"] for amount in revenue]
    rows = values.rows("lat_brackets")
    if not rows:
        book.finding("no_brackets", Level.ERROR, "lat_brackets")
        return [values.unknown("lat_brackets") for _ in revenue]
    book.finding("lat_not_prepaid", Level.INFO, "sale_lat_method")
    allowed = ONE + values["lat_expense_rate"] + values["lat_extra_rate"]
    deductions = book.figure(DEDUCTIONS, cost * allowed + other)
    sold = total(revenue)
    gain = sold - deductions
    # nothing sold has no ratio, and no tax
    ratio = book.figure(GAIN_RATIO, where(deductions, "<=", 0, ZERO, gain / deductions))
    rate, quick = bracket(ratio, rows, "rate"), bracket(ratio, rows, "quick")
    tax = where(sold, "<=", 0, ZERO, progressive_tax(gain, deductions, rate, quick))
    years = _years(revenue)
    return [ZERO if amount is ZERO else tax / years for amount in revenue]
