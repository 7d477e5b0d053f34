# SPDX-License-Identifier: MIT
"""Flexible grant (弹性年期出让): the price of a shorter right by year adjustment; domain §5e, E9."""

from decimal import Decimal

from workbench.domain.catalogue.declare import REQUIRED, land, money, number, share
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, POSITIVE, Limits, ask
from workbench.domain.finance.land_price import capitalised, net_income, tenure_factor
from workbench.domain.finance.ledger_inputs import parcel_area, remaining_term
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT, Charge
from workbench.domain.finance.terms import Term, to_cent
from workbench.domain.findings import Level

USER, STATE = "user", "state"
WITHIN_TERM = Limits(Decimal(0), Decimal(70), open_low=True)
"""No land right runs for more than 70 years (城镇国有土地使用权出让和转让暂行条例第十二条)."""

INPUTS = (
    ask(land("area", "出让面积", "Area granted", REQUIRED, group="scope"), limits=POSITIVE),
    ask(number("base_price", "最高年期单价", "Price for the full term", REQUIRED, unit="元/㎡",
               display_unit="万元/亩", group="price"), limits=POSITIVE),
    ask(number("full_years", "最高年期", "Full term", unit="年", decimals=0, group="price"),
        limits=WITHIN_TERM, parameter="industrial_term_max"),
    ask(number("years", "拟出让年期", "Term granted", REQUIRED, unit="年", group="price"),
        limits=WITHIN_TERM),
    ask(share("land_rate", "土地还原率", "Land capitalization rate", group="price"), "0.05",
        limits=ABOVE_MINUS_ONE),
    ask(share("own_rate", "拟出让年期的还原率（与上不同时填）", "Rate of the term granted, if another",
              group="price"), limits=POSITIVE, needed=False),
    ask(number("floor_price", "最低限价", "Lowest price allowed", unit="元/㎡",
               display_unit="万元/亩", group="price"), needed=False),
    ask(share("deed_rate", "契税税率", "Deed tax rate", group="price"), parameter="deed_tax"),
    ask(share("stamp_rate", "印花税税率", "Stamp tax rate", group="price"),
        parameter="stamp_transfer"),
    ask(share("accrual", "出让收入计提比例", "Withheld from land revenue", group="state"),
        parameter="land_rev_accrual"),
)  # fmt: skip

FACTOR = number("tenure_factor", "年期修正系数", "Year adjustment", decimals=4)
PRICE = number("unit_price", "修正后单价", "Adjusted price", unit="元/㎡", display_unit="万元/亩")
AMOUNT = money("land_amount", "出让价款", "Price of the grant")
FULL_AMOUNT = money("full_amount", "最高年期价款", "Price for the full term")
SAVED = money("saved", "比最高年期少付", "Less than for the full term")
DEED = money("deed", "契税", "Deed tax")
STAMP = money("stamp", "印花税", "Stamp tax")
RECEIVED = money("state_receipt", "出让收入", "Grant revenue")
WITHHELD = money("withheld", "计提", "Withheld")
PER_YEAR = number("per_year", "单价折年", "Price per year of right", unit="元/㎡·年")
INCOME = number("net_income", "隐含年净收益", "Net income implied", unit="元/㎡·年")
ALL_IN = money("user_cost", "用地方总支出", "User's whole outlay")
PERPETUAL = number("perpetual_price", "无限年期单价", "Price of a perpetual right", unit="元/㎡",
                   display_unit="万元/亩")  # fmt: skip


def build(values: Values) -> Book:
    """Write the price of the shorter right, both sides, now (period 0)."""
    book = Book()
    book.account(USER, "用地方", "Land user")
    book.account(STATE, "出让方", "Grantor")
    book.group("price")
    rate, years, base = values["land_rate"], values["years"], values["base_price"]
    income = book.figure(INCOME, net_income(base, rate, values["full_years"]))
    own = values["own_rate"] if values.known("own_rate") else rate
    if own is rate:
        factor = book.figure(FACTOR, tenure_factor(rate, years, values["full_years"]))
    else:
        factor = book.figure(FACTOR, capitalised(income, own, years) / base)
    price = book.figure(PRICE, base * factor)
    amount = book.once(AMOUNT, price * values["area"], USER, OUT)
    full = book.figure(FULL_AMOUNT, base * values["area"])
    deed = book.once(DEED, to_cent(amount * values["deed_rate"]), USER, OUT,
                     charge=Charge(amount, values["deed_rate"]))  # fmt: skip
    stamp = book.once(STAMP, to_cent(amount * values["stamp_rate"]), USER, OUT,
                      charge=Charge(amount, values["stamp_rate"]))  # fmt: skip
    book.group("state")
    book.once(RECEIVED, amount, STATE, IN)
    book.once(WITHHELD, amount * values["accrual"], STATE, OUT)
    book.measure(FACTOR, factor, USER)
    book.measure(PRICE, price, USER)
    book.measure(AMOUNT, amount, USER)
    book.measure(SAVED, full - amount, USER)
    book.measure(ALL_IN, amount + deed + stamp, USER)
    book.measure(PER_YEAR, price / years, USER)
    book.measure(INCOME, income, USER)
    book.measure(PERPETUAL, capitalised(income, own, None), USER)
    _check(book, values, price)
    return book


def _check(book: Book, values: Values, price: Term) -> None:
    years, full = values["years"].value, values["full_years"].value
    if years is not None and full is not None and years > full:
        book.impossible("term_above_full", "years", full=full)
    lowest = values["floor_price"].value
    if lowest is not None and price.value is not None and price.value < lowest:
        book.finding("below_floor_price", Level.WARNING, "floor_price")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("area", parcel_area)
    found.suggest("years", remaining_term)


LAND_GRANT = Model(
    "land_grant", "弹性年期出让", "Flexible land grant", ("P03",), INPUTS, build, _from_ledger,
    answers=(AMOUNT.key, PRICE.key, FACTOR.key, ALL_IN.key, SAVED.key),
)  # fmt: skip
