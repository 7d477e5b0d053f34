# SPDX-License-Identifier: MIT
"""Keeping things as they are (维持现状, P00): what the asset earns and costs without any action."""

from workbench.domain.catalogue.declare import REQUIRED, area, integer, land, money, number, share
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import ABOVE_MINUS_ONE, NO_LIMITS, POSITIVE, ask, count
from workbench.domain.finance.ledger_inputs import (
    book_cost,
    noi_today,
    parcel_area,
    rentable_area,
    vacant_share,
)  # fmt: skip
from workbench.domain.finance.measures import FLOW_RATES, write_flow_measures
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT
from workbench.domain.finance.terms import ONE, ZERO, Term

OWNER = "owner"

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "10", 1, 60),
    ask(money("noi", "现行净运营收入", "NOI today", REQUIRED, group="income"), limits=NO_LIMITS),
    ask(share("growth", "净运营收入年增长", "Yearly growth of NOI", group="income"), "0.02",
        limits=ABOVE_MINUS_ONE),
    ask(area("area", "可租面积", "Rentable area", REQUIRED, group="scope"), limits=POSITIVE),
    ask(share("vacant", "空置比例", "Vacant share", REQUIRED, group="scope")),
    ask(number("upkeep", "空置维护费", "Upkeep of vacant space", unit="元/㎡·年", group="cost"), "12"),
    ask(land("land_area", "土地面积", "Land area", REQUIRED, group="cost")),
    ask(number("land_tax", "城镇土地使用税", "Urban land use tax", unit="元/㎡·年", group="cost"),
        parameter="land_use_tax"),
    ask(money("book_cost", "房产原值", "Original value of buildings", REQUIRED, group="cost")),
    ask(share("value_tax", "房产税（从价）税率", "Property tax on value", group="cost"),
        parameter="property_tax_value"),
    ask(share("value_deduct", "从价计征扣除比例", "Deduction from value", group="cost"),
        parameter="property_tax_deduct"),
    *FLOW_RATES,
    ask(share("cap_rate", "资本化率（终值）", "Cap rate of the terminal value", group="value"),
        parameter="cap_rate", limits=POSITIVE),
)  # fmt: skip

EARNED = money("earned", "净运营收入", "NOI")
UPKEEP = money("vacant_upkeep", "空置维护费", "Upkeep of vacant space")
LAND_TAX = money("land_use_tax", "城镇土地使用税", "Urban land use tax")
VALUE_TAX = money("tax_on_value", "空置部分房产税（从价）", "Property tax on vacant space")
NET = money("kept", "持有净收入", "Net of holding")
TERMINAL = money("terminal", "终值", "Terminal value")


def build(values: Values) -> Book:
    """Write what holding brings and costs each year; rents bear property tax in the NOI already."""
    periods = values.count("years") + 1
    book = Book(periods)
    book.account(OWNER, "持有方", "Owner")
    book.group("income")
    growth = ONE + values["growth"]
    earned = book.flow(EARNED, _yearly(periods, values["noi"], growth), OWNER, IN)
    book.group("cost")
    empty = values["area"] * values["vacant"]
    upkeep = book.flow(UPKEEP, _yearly(periods, empty * values["upkeep"]), OWNER, OUT)
    land_tax = book.flow(
        LAND_TAX, _yearly(periods, values["land_area"] * values["land_tax"]), OWNER, OUT
    )
    taxed = values["book_cost"] * (ONE - values["value_deduct"]) * values["value_tax"]
    value_tax = book.flow(VALUE_TAX, _yearly(periods, taxed * values["vacant"]), OWNER, OUT)
    parts = zip(earned, upkeep, land_tax, value_tax, strict=True)
    net = book.flow(NET, [a - b - c - d for a, b, c, d in parts])
    book.group("value")
    worth = net[-1] * growth / values["cap_rate"]
    book.once(TERMINAL, worth, OWNER, IN, period=periods - 1, terminal=True)
    write_flow_measures(book, OWNER, values)
    return book


def _yearly(periods: int, amount: Term, growth: Term | None = None) -> list[Term]:
    """Return an amount for every year from 1, growing from year 1 on."""
    if growth is None:
        return [ZERO] + [amount] * (periods - 1)
    return [ZERO] + [amount * growth**year for year in range(1, periods)]


def _from_ledger(found: LedgerInputs) -> None:
    found.suggest("noi", noi_today)
    found.suggest("area", rentable_area)
    found.suggest("vacant", vacant_share)
    found.suggest("land_area", parcel_area)
    found.suggest("book_cost", book_cost)


HOLD = Model("hold", "维持现状", "Hold", ("P00",), INPUTS, build, _from_ledger, before_tax=True)
