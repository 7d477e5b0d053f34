# SPDX-License-Identifier: MIT
"""Indicators of money: intensity per 亩, mortgage and debt (I-11…I-13, I-17, I-42…I-44, I-48)."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from workbench.domain.facts.truth import any_of
from workbench.domain.figures.accounts import latest_finance, latest_value
from workbench.domain.figures.encumbrances import MORTGAGES, is_in_force, of_kinds
from workbench.domain.figures.firms import RENTED_LAND_INPUTS
from workbench.domain.figures.lacking import lacks_buildings, lacks_value
from workbench.domain.figures.land import held_parcels, land_area
from workbench.domain.figures.nearest import nearest_number
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.figures.years import latest_year
from workbench.domain.indicators.averages import Mean, Shares, total
from workbench.domain.indicators.firm_yields import (
    PER_MU,
    STEADY,
    name_firms_without_year,
    yields_of_firms,
)
from workbench.domain.indicators.indicator import (
    UNKNOWN,
    Band,
    Direction,
    Indicator,
    Note,
    Outcome,
    down,
    of_yardstick,
    outcome_of,
    up,
)
from workbench.domain.indicators.land import others_on
from workbench.domain.records.ledger import Record
from workbench.domain.workings.numbers import At, Judged, Kept, Made, either, first_of
from workbench.domain.workings.terms import ratio_of

_ZERO = Decimal(0)
OF_MEDIAN = "park_median"
"""The note that a value is compared with the median of the firms."""
_INTEREST_BANDS = up("2", "1")
VALUATION_INPUTS = ("valuation.value", "valuation.base_date")
_FINANCE_INPUTS = ("finance.as_of", "park.platform_entity")


def _finance_ratio(scope: Scope, reading: Reading, upper: str, lower: str) -> Outcome:
    row = latest_finance(scope, reading, upper, lower)
    if row is None:
        return UNKNOWN
    top, base = reading.need_number(row, upper), reading.need_number(row, lower)
    if top is None or base is None:
        return UNKNOWN
    if not base:
        return Outcome(notes=(Note("zero_base"),))
    as_of = Note("by_finance", {"as_of": row.day("as_of")})
    return Outcome(top / base, (as_of, *_of_company(scope, row)))


def _of_company(scope: Scope, row: Record) -> tuple[Note, ...]:
    """Say of single assets that the accounts are the whole platform company's, not theirs."""
    company = scope.ledger.find("enterprise", row.text("enterprise"))
    name = (company.text("name") if company is not None else None) or ""
    if scope.whole_park:
        return ()
    holders = dict.fromkeys(asset.text("right_holder") for asset in scope.assets)
    others = [holder for holder in holders if holder and holder != name]
    if others:
        named = {"company": name, "holder": others[0]}
        return (Note("company_not_holder", named),)
    code = "company_accounts" if name in holders else "company_holder_unknown"
    return (Note(code, {"company": name}),)


def _debt_ratio(scope: Scope, reading: Reading) -> Outcome:
    return _finance_ratio(scope, reading, "total_liabilities", "total_assets")


def _short_debt_cover(scope: Scope, reading: Reading) -> Outcome:
    return _finance_ratio(scope, reading, "cash", "due_12m")


def _interest_cover(scope: Scope, reading: Reading) -> Outcome:
    """Add income tax and interest back to net profit; without the tax it is a lower bound.

    The band of a bound stands only where the highest tax would not change it.
    """
    row = latest_finance(scope, reading, "net_profit", "interest_expense")
    if row is None:
        return UNKNOWN
    profit = reading.need_number(row, "net_profit")
    interest = reading.need_number(row, "interest_expense")
    if profit is None or not interest:
        return UNKNOWN
    tax = reading.number(row, "income_tax")
    if reading.keeps:
        own = At(row.entity, row.key, "income_tax") if tax is None else tax
        tax = first_of(_ZERO if tax is None else tax, own, _ZERO)
    company = _of_company(scope, row)
    if tax is not None:
        return Outcome((profit + tax + interest) / interest, company)
    low, rate = (profit + interest) / interest, reading.parameter("cit_rate")
    band = _INTEREST_BANDS.band(low)
    if profit > 0 and band is not Band.GREEN:
        # Profit before tax is at most net profit ÷ (1 − rate): the band is sure if that shares it.
        high = None if rate is None else (profit / (1 - rate) + interest) / interest
        if high is None or _INTEREST_BANDS.band(high) is not band:
            reading.lacks("finance", "income_tax", row.key)
            band = Band.PENDING
        else:
            company = (Note("with_highest_tax", {"high": high}), *company)
    return Outcome(low, (Note("without_income_tax"), *company), band=band)


def _owed(reading: Reading, row: Record, state: bool | None) -> Decimal | None:
    """Return what a mortgage secures while it is in force, None where that is not known."""
    amount = reading.need_number(row, "amount")
    return reading.given(At(row.entity, row.key, Judged.IN_FORCE), amount, holds=state)


def _mortgage_ratio(scope: Scope, reading: Reading) -> Outcome:
    """Take the mortgaged assets only: what is owed on them over what they are worth."""
    shares, unknown = Shares(), False
    pledged_land: list[Record] = []
    for asset in scope.assets:
        rows = of_kinds(reading, scope.encumbrances_on(asset), MORTGAGES)
        states = [is_in_force(reading, row, scope.as_of) for row in rows]
        live = [
            (r, s) for r, s in zip(rows, states, strict=True) if s is not False or reading.keeps
        ]
        if all(state is False for state in states):
            stated = reading.flag(asset, "mortgage")
            if stated:
                reading.lacks_record("encumbrance", "amount", asset)
                shares.add(None, None)
            elif stated is None and not rows:
                unknown = True
                reading.lacks(asset.entity, "mortgage", asset.key)
            if stated or not live:
                continue
        owed = [_owed(reading, row, state) for row, state in live]
        value = latest_value(scope, reading, asset)
        if value is None:
            lacks_value(scope, reading, asset)
        if (pledged := any_of(states)) is not None:
            value = reading.given(At(asset.entity, asset.key, Judged.PLEDGED), value, holds=pledged)
        shares.add(total(owed), value)
        pledged_land += [asset] if asset.entity == "parcel" and any(states) else []
    if not scope.assets:
        reading.lacks("building", "mortgage")
    if not len(shares):
        return UNKNOWN if unknown or not scope.assets else Outcome(_ZERO, (Note("no_mortgage"),))
    others = others_on(scope, pledged_land)
    notes = (Note("parcel_mortgage", {"count": others}),) if others else ()
    return outcome_of(shares.figure(_ZERO if reading.keeps and not unknown else None), *notes)


def _dispatch(scope: Scope, reading: Reading) -> Outcome:
    cash = nearest_number(scope, reading, "distributable_cash")
    worth = appraised_worth(scope, reading)
    return UNKNOWN if cash is None or not worth else Outcome(cash / worth)


def appraised_worth(scope: Scope, reading: Reading) -> Decimal | None:
    """Return what all buildings are appraised at (元), or None; those without a value are named."""
    values: list[Decimal | None] = []
    for building in scope.buildings:
        value = latest_value(scope, reading, building)
        if value is None:
            lacks_value(scope, reading, building)
        values.append(value)
    if not values:
        lacks_buildings(scope, reading, "code")
        return None
    return total(values)


def _per_mu_of_park(
    scope: Scope, reading: Reading, field: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return a yearly park figure ÷ its industrial land (万元/亩), and the year."""
    year = latest_year(reading, scope, field, "industrial_land") if scope.whole_park else None
    value = None if year is None else _per_mu_of_year(reading, year, field)
    return (None, None) if value is None or year is None else (value, year.number("year"))


def _per_mu_of_year(reading: Reading, year: Record, field: str) -> Decimal | None:
    amount, land = reading.number(year, field), reading.number(year, "industrial_land")
    return None if amount is None or not land else round(amount / land * PER_MU, STEADY)


def _park_or_later(scope: Scope, reading: Reading, field: str) -> Decimal | None:
    """Return what the park's yearly figures say or might say, for formulas that wait for them."""
    if not scope.whole_park:
        return None
    year = latest_year(reading, scope, field, "industrial_land", open_too=True)
    return None if year is None else _per_mu_of_year(reading, year, field)


def _whichever(value: Decimal, *sides: Decimal | None) -> Decimal:
    """Return a value that is the first of some sides that is known; it remembers all."""
    there = [side for side in sides if side is not None]
    return first_of(value, *there) if len(there) > 1 else value


def _agreed(scope: Scope, reading: Reading, field: str) -> Decimal | None:
    """Return the contractual target (万元/亩), weighted by land, where every parcel has one."""
    parcels = [p for p in held_parcels(reading, scope) if reading.number(p, field) is not None]
    if not parcels or len(parcels) < len(scope.parcels):
        return None
    mean = Mean()
    for parcel in parcels:
        mean.add(reading.number(parcel, field), partial(land_area, reading, parcel))
    agreed = mean.figure().value
    # a formula over a parcel that lost its target must not go on without it
    return ratio_of(agreed) if isinstance(agreed, Kept) and agreed.made is Made.COVERED else agreed


def _reference(scope: Scope, reading: Reading, field: str, code: str) -> Decimal | None:
    """Return what was agreed, else the reference parameter (万元/亩), which a formula keeps."""
    agreed = _agreed(scope, reading, field)
    if not agreed:
        return reading.parameter(code)
    return either(agreed, reading.parameter(code)) if reading.keeps else agreed


def _per_mu(
    scope: Scope,
    reading: Reading,
    firm_field: str,
    park_field: str,
    yardstick: Decimal | None,
    *,
    park_first: bool = False,
) -> Outcome:
    """Prefer the firms' own figures, or the park's yearly ones; say which."""
    value, year = _per_mu_of_park(scope, reading, park_field) if park_first else (None, None)
    if value is not None and not reading.keeps:
        return Outcome(value, (Note("by_year", {"year": year}),), yardstick)
    yields = yields_of_firms(scope, reading, firm_field)
    if value is None and yields.value is None and not park_first:
        value, year = _per_mu_of_park(scope, reading, park_field)
    found = yields.value if value is None else value
    if found is None:
        name_firms_without_year(scope, reading, firm_field)
        return UNKNOWN
    notes = yields.notes if value is None else (Note("by_year", {"year": year}),)
    if reading.keeps:
        firms_say = yields.awaited if yields.value is None else yields.value
        sides = (firms_say, _park_or_later(scope, reading, park_field))
        found = _whichever(found, *(sides[::-1] if park_first else sides))
    return Outcome(found, notes, yardstick)


def _investment(scope: Scope, reading: Reading) -> Outcome:
    """Prefer the park's cumulative figure; a firm's yearly one may be a flow."""
    yardstick = _reference(scope, reading, "agreed_invest_per_mu", "ref_invest_per_mu")
    return _per_mu(scope, reading, "fixed_inv", "fixed_investment", yardstick, park_first=True)


def _output(scope: Scope, reading: Reading) -> Outcome:
    """Compare with what was agreed, else with the median of the firms."""
    agreed = _agreed(scope, reading, "agreed_output_per_mu")
    outcome = _per_mu(scope, reading, "output_value", "industrial_output", agreed)
    if agreed is not None or outcome.value is None:
        return outcome
    middle = yields_of_firms(scope, reading, "output_value").middle
    if middle is None:
        return replace(outcome, notes=(*outcome.notes, Note("no_yardstick")))
    notes = (*outcome.notes, Note(OF_MEDIAN, {"value": middle}))
    return replace(outcome, notes=notes, yardstick=middle)


def tax_yardstick(scope: Scope, reading: Reading) -> Decimal | None:
    """Return what tax per 亩 is compared with: agreed, else the reference parameter (万元/亩)."""
    return _reference(scope, reading, "agreed_tax_per_mu", "ref_tax_per_mu")


def _tax(scope: Scope, reading: Reading) -> Outcome:
    yardstick = tax_yardstick(scope, reading)
    return _per_mu(scope, reading, "tax_paid", "industrial_tax", yardstick)


def _per_mu_inputs(firm: str, park: str, agreed: str) -> tuple[str, ...]:
    return (
        f"enterprise_year.{firm}", "enterprise_year.land_area_used", "enterprise_year.year",
        f"park_year.{park}", "park_year.industrial_land", "park_year.year", f"parcel.{agreed}",
        "parcel.area_cert", "parcel.area_actual", "parcel.status", *RENTED_LAND_INPUTS,
    )  # fmt: skip


MONEY_INDICATORS = (
    Indicator("I-11", "固定资产投资强度", "Investment per mu", "万元/亩",
              _per_mu_inputs("fixed_inv", "fixed_investment", "agreed_invest_per_mu"),
              _investment, Direction.UP, of_yardstick("1", "0.5"),
              parameters=("ref_invest_per_mu",)),
    Indicator("I-12", "亩均产值", "Output per mu", "万元/亩",
              _per_mu_inputs("output_value", "industrial_output", "agreed_output_per_mu"),
              _output, Direction.UP, of_yardstick("1", "0.5")),
    Indicator("I-13", "亩均税收", "Tax per mu", "万元/亩",
              _per_mu_inputs("tax_paid", "industrial_tax", "agreed_tax_per_mu"),
              _tax, Direction.UP, of_yardstick("1", "0.5"), parameters=("ref_tax_per_mu",)),
    Indicator("I-17", "抵押率", "Mortgage ratio", "%",
              ("encumbrance.kind", "encumbrance.status", "encumbrance.start_on",
               "encumbrance.end_on", "encumbrance.amount", "parcel.mortgage",
               "building.mortgage", *VALUATION_INPUTS),
              _mortgage_ratio, Direction.DOWN, down("0.60", "0.80"), decimals=1),
    Indicator("I-42", "资产负债率", "Debt ratio", "%",
              (*_FINANCE_INPUTS, "finance.total_liabilities", "finance.total_assets"),
              _debt_ratio, Direction.DOWN, down("0.60", "0.70"), decimals=1),
    Indicator("I-43", "短债覆盖", "Short-term debt cover", "倍",
              (*_FINANCE_INPUTS, "finance.cash", "finance.due_12m"), _short_debt_cover,
              Direction.UP, up("1", "0.5")),
    Indicator("I-44", "利息保障倍数", "Interest cover", "倍",
              (*_FINANCE_INPUTS, "finance.net_profit", "finance.income_tax",
               "finance.interest_expense"),
              _interest_cover, Direction.UP, _INTEREST_BANDS, parameters=("cit_rate",)),
    Indicator("I-48", "净现金流分派率", "Distribution rate", "%",
              ("context.distributable_cash", *VALUATION_INPUTS), _dispatch, Direction.UP,
              up("0.038", "0.038")),
)  # fmt: skip
