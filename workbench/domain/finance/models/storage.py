# SPDX-License-Identifier: MIT
"""Taking land into reserve (收储): the holder's compensation and the reserve's own balance."""

from workbench.domain.catalogue.declare import REQUIRED, flag, integer, land, money, number, share
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, POSITIVE, ask, count
from workbench.domain.finance.ledger_inputs import (
    context_flag,
    mortgage_debt,
    net_book_value,
    parcel_area,
)
from workbench.domain.finance.measures import (
    FLOW_RATES,
    NPV,
    PEAK_GAP,
    write_flow_measures,
)
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT, Charge
from workbench.domain.finance.terms import ZERO, Term, at_least, to_cent, total
from workbench.domain.findings import Level

HOLDER, RESERVE = "holder", "reserve"

INPUTS = (
    ask(land("area", "收储面积", "Area taken", REQUIRED, group="scope"), limits=POSITIVE),
    ask(number("land_comp", "土地补偿单价", "Compensation for land", REQUIRED, unit="元/㎡",
               display_unit="万元/亩", group="deal")),
    ask(money("building_comp", "地上物补偿", "Compensation for buildings", REQUIRED, group="deal")),
    ask(money("removal_comp", "搬迁停产补偿", "Removal and standstill", group="deal"), "0"),
    ask(money("net_book", "房地产账面净值", "Net book value", REQUIRED, group="holder")),
    ask(money("removal_cost", "实际搬迁支出", "Cost of removal", group="holder"), "0"),
    ask(money("settlement", "职工安置支出", "Settlement of staff", group="holder"), "0"),
    ask(money("secured_debt", "须清偿的抵押债务", "Secured debt to clear", group="holder"), "0"),
    ask(flag("creditors_agreed", "债权人已同意清偿安排", "Creditors agreed", group="holder"),
        needed=False),
    ask(share("cit_rate", "企业所得税税率", "Enterprise income tax rate", group="holder"),
        parameter="cit_rate"),
    ask(flag("order_issued", "有政府收回或征收文件", "Order of taking issued", group="holder"),
        needed=False),
    count(integer("years", "测算年数", "Years", unit="年", group="reserve"), "3", 1, 30),
    ask(money("preparation", "整理投入（第1年）", "Preparing the land, year 1", group="reserve"), "0"),
    ask(share("funding_rate", "资金成本", "Cost of funds", group="reserve"), "0.04",
        limits=ABOVE_MINUS_ONE),
    ask(land("resold_area", "再出让面积（末年）", "Area granted again, last year", REQUIRED,
             group="reserve")),
    ask(number("resale_price", "再出让单价", "Price of the new grant", REQUIRED, unit="元/㎡",
               display_unit="万元/亩", group="reserve")),
    ask(share("accrual", "出让收入计提比例", "Withheld from land revenue", group="reserve"),
        parameter="land_rev_accrual"),
    *FLOW_RATES,
)  # fmt: skip

LAND = money("land_compensation", "土地补偿", "Compensation for land")
BUILDING = money("building_compensation", "地上物补偿", "Compensation for buildings")
REMOVAL = money("removal_compensation", "搬迁停产补偿", "Removal and standstill")
REMOVED = money("removal", "搬迁支出", "Cost of removal")
SETTLED = money("staff", "职工安置支出", "Settlement of staff")
GAIN = money("gain", "收储所得", "Gain")
CIT = money("cit", "企业所得税", "Enterprise income tax")
NET = money("holder_net", "权利人净得", "Holder's net proceeds")
AFTER_DEBT = money("after_debt", "清偿抵押债务后", "After clearing secured debt")
PAID = money("acquisition", "收储支出", "Cost of taking")
PREPARED = money("preparing", "整理投入", "Preparing the land")
FUNDING = money("funding", "资金成本", "Cost of funds")
RESOLD = money("resale", "再出让收入", "Revenue of the new grant")
WITHHELD = money("withheld", "计提", "Withheld")
PER_AREA = number("cost_per_area", "收储成本单价", "Cost per area", unit="元/㎡",
                  display_unit="万元/亩")  # fmt: skip


def build(values: Values) -> Book:
    """Write both sides: compensation now, the new grant in the last year."""
    book = Book(values.count("years") + 1)
    book.account(HOLDER, "权利人", "Holder")
    book.account(RESERVE, "储备机构", "Land reserve")
    book.group("deal")
    paid = [
        book.once(LAND, values["area"] * values["land_comp"], HOLDER, IN),
        book.once(BUILDING, values["building_comp"], HOLDER, IN),
        book.once(REMOVAL, values["removal_comp"], HOLDER, IN),
    ]
    _holder(book, values, paid)
    _reserve(book, values, total(paid))
    write_flow_measures(book, RESERVE, values)
    return book


def _holder(book: Book, values: Values, paid: list[Term]) -> None:
    """Write the holder's costs and tax; state taking bears no VAT and no land appreciation tax."""
    book.group("holder")
    removed = book.once(REMOVED, values["removal_cost"], HOLDER, OUT)
    settled = book.once(SETTLED, values["settlement"], HOLDER, OUT)
    received = total(paid)
    gain = book.figure(GAIN, received - values["net_book"] - removed - settled)
    base, rate = at_least(0, gain), values["cit_rate"]
    tax = book.once(CIT, to_cent(base * rate), HOLDER, OUT, charge=Charge(base, rate))
    net = book.figure(NET, received - removed - settled - tax)
    book.measure(NET, net, HOLDER)
    rest = net - values["secured_debt"]
    book.measure(AFTER_DEBT, rest, HOLDER)
    if values.flag("order_issued") is not True:
        book.finding("taking_without_order", Level.WARNING, "order_issued")
    if rest.value is not None and rest.value < 0 and values.flag("creditors_agreed") is not True:
        book.finding("debt_above_compensation", Level.WARNING, "secured_debt")


def _reserve(book: Book, values: Values, cost: Term) -> None:
    book.group("reserve")
    last = book.periods - 1
    paid = book.once(PAID, cost, RESERVE, OUT)
    prepared = book.once(PREPARED, values["preparation"], RESERVE, OUT, period=1)
    rate = values["funding_rate"]
    interest = [ZERO, paid * rate] + [(paid + prepared) * rate for _ in range(2, book.periods)]
    funding = book.flow(FUNDING, interest, RESERVE, OUT)
    resold = book.once(RESOLD, values["resold_area"] * values["resale_price"], RESERVE, IN,
                       period=last)  # fmt: skip
    book.once(WITHHELD, resold * values["accrual"], RESERVE, OUT, period=last)
    book.measure(PER_AREA, (paid + prepared + total(funding)) / values["area"], RESERVE)
    sold, taken = values["resold_area"].value, values["area"].value
    if sold is not None and taken is not None and sold > taken:
        book.impossible("resold_above_taken", "resold_area")


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("area", parcel_area)
    found.suggest("resold_area", parcel_area)
    found.suggest("net_book", net_book_value)
    found.suggest("secured_debt", mortgage_debt)
    found.suggest("creditors_agreed", context_flag("creditors_agreed"))


STORAGE = Model(
    "storage",
    "收储",
    "Taking into reserve",
    ("P04", "P20"),
    INPUTS,
    build,
    _from_ledger,
    answers=(NET.key, AFTER_DEBT.key, NPV.key, PEAK_GAP.key, PER_AREA.key),
    disposes=True,
)
