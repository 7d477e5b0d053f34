# SPDX-License-Identifier: MIT
"""The loop of three returning flows (三类资金闭环): profit, land revenue, tax; domain §5d, E4."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.catalogue.declare import REQUIRED, flag, integer, land, money, number, share
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, Values
from workbench.domain.finance.inputs import Rest, ask, count, series
from workbench.domain.finance.ledger_inputs import context_flag
from workbench.domain.finance.measures import (
    FLOW_RATES,
    IRR,
    NPV,
    PEAK_GAP,
    break_even_period,
    cumulative_line,
    numbers,
    present_value,
    write_flow_measures,
)  # fmt: skip
from workbench.domain.finance.model import LedgerInputs, Model
from workbench.domain.finance.results import IN, OUT, How, Measure, Reason
from workbench.domain.finance.terms import ONE, ZERO, Term, at_most, constant, total
from workbench.domain.findings import Level

LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Source:
    """One of the three: its key, its line, the flag of its legal basis."""

    key: str
    line: Field
    basis: str


PROFIT = Source(
    "profit", money("source_profit", "盈利反哺", "Profit fed back"), "legal_basis_profit"
)
LAND = Source("land", money("source_land", "土地出让收益", "Land revenue"), "legal_basis_land")
TAX = Source("tax", money("source_tax", "税收分成", "Share of tax"), "legal_basis_tax")
SOURCES = (LAND, TAX, PROFIT)

_USES = (
    ("relocation", "征迁补偿", "Relocation and compensation"),
    ("infrastructure", "基础设施", "Infrastructure"),
    ("preparation", "前期费用", "Preparation"),
    ("interest", "融资利息", "Interest"),
)
_LISTED = {"length": "years", "first": 0, "rest": Rest.NOTHING}

INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "10", 1, 60),
    *(series(money(key, f"{zh}（各年）", f"{en} by year", group="uses"), "0", length="years",
             first=0, rest=Rest.NOTHING) for key, zh, en in _USES),
    series(land("land_sold", "各年出让面积", "Land granted by year", group="land"), "0",
           length="years", first=0, rest=Rest.NOTHING),
    ask(number("land_price", "出让单价", "Price of land", REQUIRED, unit="元/㎡",
               display_unit="万元/亩", group="land")),
    ask(share("land_accrual", "出让收入计提比例", "Withheld from land revenue", group="land"),
        parameter="land_rev_accrual"),
    series(money("tax_total", "各年税收总额", "Total tax by year", REQUIRED, group="tax"),
           length="years", rest=Rest.LAST),
    ask(share("local_share", "税收地方留成比例", "Local share of tax", group="tax"),
        parameter="local_tax_share"),
    ask(share("district_share", "区级分成比例", "District's share", group="tax"),
        parameter="district_share"),
    series(money("dividends", "国企各年分红", "SOE's dividends by year", REQUIRED, group="profit"),
           length="years", rest=Rest.LAST),
    ask(share("fed_back", "分红反哺比例", "Share of dividends fed back", group="profit"), "0.5"),
    ask(money("fund_money", "其中基金投入（各类来源合计）", "Of this, money of a fund", group="profit"),
        "0"),
    ask(flag("legal_basis_profit", "盈利反哺有文件依据", "Document for the profit", group="basis"),
        needed=False),
    ask(flag("legal_basis_land", "土地收益有预算依据", "Document for the land revenue", group="basis"),
        needed=False),
    ask(flag("legal_basis_tax", "税收分成有文件依据", "Document for the tax share", group="basis"),
        needed=False),
    ask(flag("tax_promised", "向企业承诺税收返还或财政奖补", "Tax refund promised to a firm",
             group="basis"), needed=False),
    *FLOW_RATES,
)  # fmt: skip

USES = money("uses", "支出合计", "Uses in all")
USES_PV = money("uses_pv", "支出现值", "Present value of uses")
COVERAGE = number("coverage", "现值覆盖倍数", "Coverage by present value", unit="倍", decimals=3)
BREAK_EVEN = integer("break_even", "累计转正年份", "Year the cumulative turns positive", unit="年")
STRESSES = (Decimal("0.2"), Decimal("0.3"))


def build(values: Values) -> Book:
    """Write uses and the three sources by year, the gap, coverage, shares and stresses."""
    book = Book(values.count("years") + 1)
    book.account(LOOP, "闭环", "The loop")
    uses = _write_uses(book, values)
    book.group("sources")
    amounts = {
        LAND.key: book.flow(LAND.line, _land(book, values), LOOP, IN),
        TAX.key: book.flow(TAX.line, _tax(book, values), LOOP, IN),
        PROFIT.key: book.flow(PROFIT.line, _profit(book, values), LOOP, IN),
    }
    rate = values["discount_rate"]
    _write_coverage(book, uses, amounts, rate)
    turned = _break_even(BREAK_EVEN, list(book.net(LOOP)))
    book.read_off(turned, How.TURNS, f"cumulative_{LOOP}")
    write_flow_measures(book, LOOP, values)
    _write_stress(book, uses, amounts, rate)
    _check_basis(book, values, amounts)
    return book


def _write_uses(book: Book, values: Values) -> list[Term]:
    book.group("uses")
    lines = [
        book.flow(money(f"use_{key}", zh, en), values.series(key, book.periods), LOOP, OUT)
        for key, zh, en in _USES
    ]
    return book.flow(USES, [total(amounts) for amounts in zip(*lines, strict=True)])


def _land(book: Book, values: Values) -> list[Term]:
    kept = ONE - values["land_accrual"]
    areas = values.series("land_sold", book.periods)
    return [area * values["land_price"] * kept for area in areas]


def _tax(book: Book, values: Values) -> list[Term]:
    kept = values["local_share"] * values["district_share"]
    return [amount * kept for amount in values.series("tax_total", book.periods)]


def _profit(book: Book, values: Values) -> list[Term]:
    return [a * values["fed_back"] for a in values.series("dividends", book.periods)]


def _write_coverage(
    book: Book, uses: list[Term], amounts: dict[str, list[Term]], rate: Term
) -> None:
    worth = {key: present_value(flow, rate) for key, flow in amounts.items()}
    spent = present_value(uses, rate)
    book.measure(USES_PV, spent, LOOP)
    everything = total(worth.values())
    book.measure(COVERAGE, everything / spent, LOOP)
    for source in SOURCES:
        title = money(
            f"pv_{source.key}", f"{source.line.zh}现值", f"Present value: {source.line.en}"
        )
        book.measure(title, worth[source.key], LOOP)
        part = share(f"share_{source.key}", f"{source.line.zh}占比", f"Share: {source.line.en}")
        book.measure(part, worth[source.key] / everything, LOOP)


def _break_even(field: Field, net: list[Term]) -> Measure:
    flow = numbers(net)
    if flow is None:
        return Measure(field, LOOP, None, reasons=(Reason("target_unknown"),))
    year = break_even_period(flow)
    if year is None:
        return Measure(field, LOOP, None, reasons=(Reason("never_balanced"),))
    return Measure(field, LOOP, Decimal(year))


def _write_stress(book: Book, uses: list[Term], amounts: dict[str, list[Term]], rate: Term) -> None:
    """Write gap, coverage and turning year with each source, and all of them, 20 and 30 % lower."""
    book.group("stress")
    hit = {source.key: (source.key,) for source in SOURCES} | {"all": tuple(amounts)}
    titles = {source.key: (source.line.zh, source.line.en) for source in SOURCES}
    titles["all"] = ("三项来源", "All three sources")
    for key, lowered in hit.items():
        for cut in STRESSES:
            flows = {
                name: [a * (ONE - constant(cut)) for a in flow] if name in lowered else flow
                for name, flow in amounts.items()
            }
            zh, en = titles[key]
            percent = int(cut * 100)
            _write_one_stress(book, uses, list(flows.values()), rate, f"{key}_{percent}",
                              f"{zh}下降{percent}%", f"{en} −{percent}%")  # fmt: skip


def _write_one_stress(
    book: Book, uses: list[Term], sources: list[list[Term]], rate: Term, key: str, zh: str, en: str
) -> None:
    income = [total(parts) for parts in zip(*sources, strict=True)]
    net = [a - b for a, b in zip(income, uses, strict=True)]
    line = money(f"cumulative_{key}", f"{zh}：累计净现金流", f"{en}: cumulative")
    sums = book.flow(line, cumulative_line(line.key, net), stock=True)
    title = money(f"gap_{key}", f"{zh}：{PEAK_GAP.zh}", f"{en}: {PEAK_GAP.en}")
    book.measure(title, lambda: ZERO - at_most(0, *sums), LOOP, how=How.GAP, line=line.key)
    book.measure(
        number(f"coverage_{key}", f"{zh}：{COVERAGE.zh}", f"{en}: {COVERAGE.en}", unit="倍",
               decimals=3),
        lambda: present_value(income, rate) / present_value(uses, rate), LOOP)  # fmt: skip
    field = integer(
        f"break_even_{key}", f"{zh}：{BREAK_EVEN.zh}", f"{en}: {BREAK_EVEN.en}", unit="年"
    )
    book.search(field, lambda: _break_even(field, net), LOOP, how=How.TURNS, line=line.key)


def _check_basis(book: Book, values: Values, amounts: dict[str, list[Term]]) -> None:
    for source in SOURCES:
        if values.flag(source.basis) is not True and any(a.value for a in amounts[source.key]):
            book.finding("no_legal_basis", Level.WARNING, source.basis)
    if values.flag("tax_promised"):
        book.finding("tax_promised", Level.WARNING, "tax_promised")
    if values["fund_money"].value:
        book.finding("fund_in_balance", Level.WARNING, "fund_money")


def _from_ledger(found: LedgerInputs) -> None:
    for source in SOURCES:
        found.suggest(source.basis, context_flag(source.basis))


THREE_SOURCE = Model(
    "three_source",
    "三类资金平衡",
    "Three-source balance",
    ("P08",),
    INPUTS,
    build,
    _from_ledger,
    answers=(NPV.key, PEAK_GAP.key, BREAK_EVEN.key, COVERAGE.key, IRR.key),
)
