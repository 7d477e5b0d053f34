# SPDX-License-Identifier: MIT
"""Selling an asset (资产转让) with the whole tax chain, seller's and buyer's side; domain §5d, E1."""

from workbench.domain.catalogue.declare import REQUIRED, choice, money, pick, share
from workbench.domain.display import Quantity
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import POSITIVE, ParameterBy, When, ask
from workbench.domain.finance.ledger_inputs import (
    appraised_value,
    context_number,
    net_book_value,
)
from workbench.domain.finance.ledger_remarks import grant_price, land_shared
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.models.land_value_tax import LAT_INPUTS, land_value_tax
from workbench.domain.finance.results import IN, OUT, Charge
from workbench.domain.finance.terms import ONE, Term, at_least, to_cent, total
from workbench.domain.findings import Level

GENERAL, SIMPLE, STATUTORY = "一般计税", "简易计税", "法定征收率"
SELF_BUILT, PURCHASED = "自建", "外购"
SELLER, BUYER = "seller", "buyer"
_CITY, _TOWN, _OTHER = "市区", "县城、镇", "其他"

INPUTS = (
    ask(money("price", "转让价款（含税）", "Price, VAT included", REQUIRED, group="deal"),
        limits=POSITIVE),
    ask(money("appraised_value", "评估价值", "Appraised value", group="deal"), needed=False),
    ask(share("min_price_ratio", "无需重新批准的最低价比例", "Lowest price without new approval",
              group="deal"),
        parameter="min_price_ratio_without_reapproval"),
    ask(money("net_book", "账面净值", "Net book value", REQUIRED, group="deal")),
    ask(money("appraisal_fee", "评估费", "Appraisal fee", group="deal"), "0"),
    ask(money("exchange_fee", "交易服务费", "Exchange fee", group="deal"), "0"),
    ask(money("other_fee", "其他转让费用", "Other selling costs", group="deal"), "0"),
    ask(choice("vat_method", "增值税计税方法", "VAT method", pick(f"""
{SIMPLE} = Simplified, acquired up to 2016-04-30
{GENERAL} = General
{STATUTORY} = Levy rate of the VAT Law
"""), group="vat"), SIMPLE),
    ask(choice("acquired", "取得方式", "Acquired by", pick(f"""
{SELF_BUILT} = Self-built
{PURCHASED} = Purchased
"""), group="vat"), SELF_BUILT),
    ask(money("purchase_price", "购置原价（含税）", "Purchase price, VAT included", REQUIRED,
              group="vat"), when=When("acquired", (PURCHASED,))),
    ask(share("vat_rate", "增值税率", "VAT rate", group="vat"), parameter=ParameterBy(
        "vat_method", {GENERAL: "vat_general_rate", SIMPLE: "vat_simple_rate",
                       STATUTORY: "vat_statutory_levy_rate"})),
    ask(money("input_vat", "可抵扣进项税额", "Input VAT to deduct", group="vat"), "0",
        when=When("vat_method", (GENERAL,))),
    ask(choice("location", "所在地", "Location", pick(f"""
{_TOWN} = County town
{_CITY} = City
{_OTHER} = Elsewhere
"""), group="vat"), _TOWN),
    ask(share("city_tax_rate", "城市维护建设税税率", "Urban maintenance tax rate", group="vat"),
        parameter=ParameterBy("location", {_CITY: "surcharge_city", _TOWN: "surcharge_town",
                                           _OTHER: "surcharge_other"})),
    ask(share("education_rate", "教育费附加率（含地方）", "Education surcharges", group="vat"),
        parameter="surcharge_education"),
    ask(share("surcharge_share", "附加税费征收比例", "Share of surcharges levied", group="vat"), "1"),
    ask(share("stamp_rate", "印花税税率", "Stamp tax rate", group="stamp"),
        parameter="stamp_transfer"),
    *LAT_INPUTS,
    ask(share("cit_rate", "企业所得税税率", "Enterprise income tax rate", group="cit"),
        parameter="cit_rate"),
    ask(share("deed_rate", "契税税率", "Deed tax rate", group="buyer"), parameter="deed_tax"),
)  # fmt: skip

PRICE = money("receipt", "转让价款（含税）", "Price received, VAT included")
VAT_BASE = money("vat_base", "增值税计税依据", "VAT base")
VAT_CHARGED = money("vat_charged", "销项（应计）增值税", "VAT in the price")
VAT = money("vat", "增值税", "VAT")
EX_VAT = money("revenue", "不含税价款", "Price without VAT")
CITY_TAX = money("city_tax", "城市维护建设税", "Urban maintenance tax")
EDUCATION = money("education", "教育费附加及地方教育附加", "Education surcharges")
STAMP = money("stamp", "印花税（转让方）", "Stamp tax, seller")
APPRAISAL_FEE = money("fee_appraisal", "评估费", "Appraisal fee")
EXCHANGE_FEE = money("fee_exchange", "交易服务费", "Exchange fee")
OTHER_FEE = money("fee_other", "其他转让费用", "Other selling costs")
CIT_BASE = money("cit_base", "应纳税所得额", "Taxable gain")
CIT = money("cit", "企业所得税", "Enterprise income tax")
NET = money("net_proceeds", "转让方净得", "Seller's net proceeds")
NET_SHARE = share("net_share", "净得占价款比例", "Net proceeds to price")
TAXES = money("taxes", "转让方税费合计", "Seller's taxes and fees")
PAID = money("payment", "受让价款（含税）", "Price paid, VAT included")
DEED = money("deed", "契税", "Deed tax")
BUYER_STAMP = money("buyer_stamp", "印花税（受让方）", "Stamp tax, buyer")
ALL_IN = money("buyer_cost", "受让方总支出", "Buyer's whole outlay")
CREDIT = money("buyer_credit", "受让方可抵扣进项税额", "Input VAT the buyer may deduct")


def build(values: Values) -> Book:
    """Write the sale: every amount falls now (period 0); each tax is rounded to the 分."""
    book = Book()
    book.account(SELLER, "转让方", "Seller")
    book.account(BUYER, "受让方", "Buyer")
    book.group("vat")
    price = book.once(PRICE, values["price"], SELLER, IN)
    vat_due, vat_charged = _vat(book, values, price)
    revenue = book.figure(EX_VAT, price - vat_charged)
    surcharges = _surcharges(book, values, vat_due)
    stamp_rate = values["stamp_rate"]
    stamp = book.once(
        STAMP, to_cent(revenue * stamp_rate), SELLER, OUT, charge=Charge(revenue, stamp_rate)
    )
    book.group("fees")
    appraisal = book.once(APPRAISAL_FEE, values["appraisal_fee"], SELLER, OUT)
    exchange = book.once(EXCHANGE_FEE, values["exchange_fee"], SELLER, OUT)
    other = book.once(OTHER_FEE, values["other_fee"], SELLER, OUT)
    lat = land_value_tax(book, values, revenue, surcharges + stamp, appraisal, SELLER)
    book.group("cit")
    costs = total((values["net_book"], surcharges, stamp, lat, appraisal, exchange, other))
    gain = book.figure(CIT_BASE, revenue - costs)
    rate, base = values["cit_rate"], at_least(0, gain)
    cit = book.once(CIT, to_cent(base * rate), SELLER, OUT, charge=Charge(base, rate))
    outgo = total((vat_due, surcharges, stamp, lat, cit, appraisal, exchange, other))
    _seller_answers(book, values, price, outgo)
    _buyer(book, values, price, revenue, vat_charged)
    return book


def _vat(book: Book, values: Values, price: Term) -> tuple[Term, Term]:
    """Return the VAT that the seller pays and the VAT inside the price."""
    rate, method = values["vat_rate"], values.choice("vat_method")
    taxed = price
    if method != GENERAL and values.choice("acquired") == PURCHASED:
        taxed = at_least(0, price - values["purchase_price"])
    base = book.figure(VAT_BASE, taxed / (ONE + rate))
    if method != GENERAL:
        due = book.once(VAT, to_cent(base * rate), SELLER, OUT, charge=Charge(base, rate))
        return due, due
    charged = book.figure(VAT_CHARGED, to_cent(base * rate), charge=Charge(base, rate))
    return book.once(VAT, at_least(0, charged - values["input_vat"]), SELLER, OUT), charged


def _surcharges(book: Book, values: Values, vat: Term) -> Term:
    levied = values["surcharge_share"]
    lines = []
    for line, key in ((CITY_TAX, "city_tax_rate"), (EDUCATION, "education_rate")):
        rate = values[key] * levied
        lines.append(book.once(line, to_cent(vat * rate), SELLER, OUT, charge=Charge(vat, rate)))
    return total(lines)


def _seller_answers(book: Book, values: Values, price: Term, outgo: Term) -> None:
    book.group("outcome")
    taxes = book.figure(TAXES, outgo)
    net = book.figure(NET, price - taxes)
    book.measure(NET, net, SELLER)
    book.measure(NET_SHARE, net / price, SELLER)
    book.measure(TAXES, taxes, SELLER)
    lowest = values["appraised_value"] * values["min_price_ratio"]
    if values["appraised_value"].value is None:
        book.finding("appraisal_unknown", Level.WARNING, "appraised_value")
    if price.value is not None and lowest.value is not None and price.value < lowest.value:
        book.finding(
            "price_below_appraisal", Level.WARNING, "price", lowest=Quantity(lowest.value, PRICE)
        )


def _buyer(book: Book, values: Values, price: Term, revenue: Term, vat: Term) -> None:
    book.group("buyer")
    paid = book.once(PAID, price, BUYER, OUT)
    deed_rate, stamp_rate = values["deed_rate"], values["stamp_rate"]
    deed = book.once(
        DEED, to_cent(revenue * deed_rate), BUYER, OUT, charge=Charge(revenue, deed_rate)
    )
    stamp = book.once(
        BUYER_STAMP, to_cent(revenue * stamp_rate), BUYER, OUT, charge=Charge(revenue, stamp_rate)
    )
    if values.choice("vat_method") == GENERAL:
        book.figure(CREDIT, vat)
    book.measure(ALL_IN, total((paid, deed, stamp)), BUYER)


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("price", context_number("price_agreed"))
    found.suggest("net_book", net_book_value)
    found.suggest("land_paid", grant_price, land_shared)
    found.suggest("appraised_value", appraised_value)


TRANSFER = Model(
    "transfer", "资产转让", "Asset sale", ("P02", "P09", "P15"), INPUTS, build, _from_ledger,
    disposes=True,
)  # fmt: skip
