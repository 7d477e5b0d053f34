# SPDX-License-Identifier: MIT
"""Indicators of money: intensity per 亩, mortgage and debt (I-11…I-13, I-17, I-42…I-44, I-48)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from statistics import median

from workbench.domain.facts.truth import any_of
from workbench.domain.figures.encumbrances import MORTGAGES, is_in_force, of_kinds
from workbench.domain.figures.firms import (
    RENTED_LAND_INPUTS,
    firm_year,
    firms,
    has_left,
    rented_land,
)
from workbench.domain.figures.land import held_parcels, land_area
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope, in_order
from workbench.domain.figures.years import latest_year
from workbench.domain.indicators.averages import Mean, Shares, steady_sum, total
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
from workbench.domain.records.ledger import Record
from workbench.domain.values import MU_IN_M2
from workbench.domain.workings.numbers import At, Judged, Kept, Made, covered, either
from workbench.domain.workings.terms import ratio_of

_ZERO, _ONE = Decimal(0), Decimal(1)
_WAN = Decimal(10000)
OF_MEDIAN = "park_median"
"""The note that a value is compared with the median of the firms."""
_PER_MU = MU_IN_M2 / _WAN
"""元/㎡ × this = 万元/亩."""
_STEADY = 10
"""Decimals kept per 亩: 1 亩 is no finite number of ㎡, and 2 must not come out as 1.999…9."""
_FEWEST_FOR_MEDIAN = 3
_INTEREST_BANDS = up("2", "1")
VALUATION_INPUTS = ("valuation.value", "valuation.base_date")
_FINANCE_INPUTS = ("finance.as_of", "park.platform_entity")


def latest_finance(scope: Scope, reading: Reading, *fields: str) -> Record | None:
    """Return the platform company's newest figures up to the as-of date; else name what lacks.

    Without a named platform company the only company of a ledger of one park is taken.
    """
    rows = in_order(scope.ledger.all("finance"))
    owner = scope.park.text("platform_entity") if scope.park else None
    companies = {row.text("enterprise") for row in rows}
    if owner is None and (len(companies) > 1 or len(scope.ledger.all("park")) > 1):
        reading.lacks("park", "platform_entity", scope.park_key)
        return None
    found: tuple[tuple[str, str], Record] | None = None
    for row in rows:
        day = reading.day(row, "as_of")
        if day is None or day > scope.as_of or (owner and row.text("enterprise") != owner):
            continue
        if found is None or (day.isoformat(), row.key) > found[0]:
            found = ((day.isoformat(), row.key), row)
    if found is None:
        for field in fields:
            reading.lacks("finance", field)
        return None
    return found[1]


def _finance_ratio(scope: Scope, reading: Reading, upper: str, lower: str) -> Outcome:
    row = latest_finance(scope, reading, upper, lower)
    if row is None:
        return UNKNOWN
    top, base = reading.need_number(row, upper), reading.need_number(row, lower)
    if top is None or base is None:
        return UNKNOWN
    if not base:
        return Outcome(notes=(Note("zero_base"),))
    return Outcome(top / base, (Note("by_finance", {"as_of": row.day("as_of")}),))


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
    if tax is not None:
        return Outcome((profit + tax + interest) / interest)
    low, rate = (profit + interest) / interest, reading.parameter("cit_rate")
    band = _INTEREST_BANDS.band(low)
    if profit > 0 and band is not Band.GREEN:
        # Profit before tax is at most net profit ÷ (1 − rate): the band is sure if that shares it.
        high = None if rate is None else (profit / (1 - rate) + interest) / interest
        if high is None or _INTEREST_BANDS.band(high) is not band:
            reading.lacks("finance", "income_tax", row.key)
            band = Band.PENDING
    return Outcome(low, (Note("without_income_tax"),), band=band)


def latest_value(scope: Scope, reading: Reading, asset: Record) -> Decimal | None:
    """Return the newest appraised value (元) of an asset up to the as-of date, or None."""
    dated = []
    for row in scope.valuations_of(asset):
        day, value = reading.day(row, "base_date"), reading.number(row, "value")
        if day is not None and value is not None and day <= scope.as_of:
            dated.append((day, row.key, value))
    return max(dated)[2] if dated else None


def _owed(reading: Reading, row: Record, state: bool | None) -> Decimal | None:
    """Return what a mortgage secures while it is in force, None where that is not known."""
    amount = reading.need_number(row, "amount")
    return reading.given(At(row.entity, row.key, Judged.IN_FORCE), amount, holds=state)


def _mortgage_ratio(scope: Scope, reading: Reading) -> Outcome:
    """Take the mortgaged assets only: what is owed on them over what they are worth."""
    shares, unknown = Shares(), False
    for asset in scope.assets:
        rows = of_kinds(reading, scope.encumbrances_on(asset), MORTGAGES)
        states = [is_in_force(reading, row, scope.as_of) for row in rows]
        live = [
            (r, s) for r, s in zip(rows, states, strict=True) if s is not False or reading.keeps
        ]
        if all(state is False for state in states):
            stated = reading.flag(asset, "mortgage")
            if stated:
                reading.lacks("encumbrance", "amount")
                shares.add(None, None)
            elif stated is None and not rows:
                unknown = True
                reading.lacks(asset.entity, "mortgage", asset.key)
            if stated or not live:
                continue
        owed = [_owed(reading, row, state) for row, state in live]
        value = latest_value(scope, reading, asset)
        if value is None:
            reading.lacks("valuation", "value")
        if (pledged := any_of(states)) is not None:
            value = reading.given(At(asset.entity, asset.key, Judged.PLEDGED), value, holds=pledged)
        shares.add(total(owed), value)
    if not scope.assets:
        reading.lacks("building", "mortgage")
    if not len(shares):
        return UNKNOWN if unknown or not scope.assets else Outcome(_ZERO, (Note("no_mortgage"),))
    return outcome_of(shares.figure(_ZERO if reading.keeps and not unknown else None))


def _dispatch(scope: Scope, reading: Reading) -> Outcome:
    cash = None
    context = scope.context_for("distributable_cash")
    if context is None:
        reading.lacks("context", "distributable_cash")
    else:
        cash = reading.need_number(context, "distributable_cash")
    values = [latest_value(scope, reading, asset) for asset in scope.buildings]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        reading.lacks("valuation", "value")
        return UNKNOWN
    worth = sum(known, _ZERO)
    return UNKNOWN if cash is None or not worth else Outcome(cash / worth)


@dataclass(frozen=True, slots=True)
class FirmYields:
    """A yearly figure of firms over the land that they use, both known."""

    rows: tuple[tuple[Decimal, Decimal], ...]
    """Amount (元) and land (㎡) of each firm."""
    items: tuple[tuple[Decimal | None, Decimal | None, bool], ...]
    """The same of every firm with a year, None for what is not known, and whether it has more."""
    notes: tuple[Note, ...]

    @property
    def value(self) -> Decimal | None:
        """Return Σ amount ÷ Σ land (万元/亩), or None."""
        land = steady_sum(area for _, area in self.rows)
        amount = steady_sum(money for money, _ in self.rows)
        if not land:
            return None
        rows = [
            (n, d, n * d if strict and n is not None and d is not None else _ONE)
            for n, d, strict in self.items
        ]
        ratio = covered(amount / land, _ZERO, rows)
        per_mu = ratio * _PER_MU if isinstance(ratio, Kept) else amount * _PER_MU / land
        return round(per_mu, _STEADY)

    @property
    def middle(self) -> Decimal | None:
        """Return the median of the firms' own yields (万元/亩); None below three firms."""
        yields = [amount * _PER_MU / land for amount, land in self.rows if land]
        return round(median(yields), _STEADY) if len(yields) >= _FEWEST_FOR_MEDIAN else None


def _has_years(scope: Scope, firm: str) -> bool:
    """Tell whether another year would count for a firm if its newest one were blank."""
    return len(scope.ledger.pointing_at("enterprise_year", "enterprise", firm)) > 1


def _yields_of_firms(scope: Scope, reading: Reading, field: str) -> FirmYields:
    """Take the newest year of each firm that is there; unstated land is what its leases come to."""
    everyone = tuple(f for f in firms(reading, scope) if not has_left(reading, scope, f))
    years = [(firm, firm_year(reading, scope, firm, field, "land_area_used")) for firm in everyone]
    known = [(firm.key, row) for firm, row in years if row is not None]
    stated = {key: reading.number(row, "land_area_used") for key, row in known}
    unstated = {key for key, land in stated.items() if land is None}
    rented = rented_land(scope, reading, set(stated) if reading.keeps else unstated)
    rows, items = [], []
    for key, row in known:
        blank = At(row.entity, row.key, "land_area_used") if reading.keeps else None
        land = either(blank if stated[key] is None else stated[key], rented.get(key))
        amount = reading.number(row, field)
        items.append((amount, land, _has_years(scope, key)))
        if land is None:
            reading.lacks("enterprise_year", "land_area_used", row.key)
        elif amount is not None:
            rows.append((amount, land))
    notes: tuple[Note, ...] = (Note("by_firms", {"count": len(rows), "of": len(everyone)}),)
    if counted := unstated & set(rented):
        notes += (Note("rented_land", {"count": len(counted)}),)
    return FirmYields(tuple(rows), tuple(items), notes)


def _per_mu_of_park(
    scope: Scope, reading: Reading, field: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return a yearly park figure ÷ its industrial land (万元/亩), and the year."""
    if not scope.whole_park:
        return None, None
    year = latest_year(reading, scope, field, "industrial_land")
    if year is None:
        return None, None
    amount, land = reading.number(year, field), reading.number(year, "industrial_land")
    if amount is None or not land:
        return None, None
    return round(amount / land * _PER_MU, _STEADY), year.number("year")


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


def _per_mu(
    scope: Scope, reading: Reading, firm_field: str, park_field: str, yardstick: Decimal | None
) -> Outcome:
    """Prefer the firms' own figures, then the park's yearly ones; say which."""
    yields = _yields_of_firms(scope, reading, firm_field)
    if yields.value is not None:
        return Outcome(yields.value, yields.notes, yardstick)
    value, year = _per_mu_of_park(scope, reading, park_field)
    if value is None:
        reading.lacks("enterprise_year", firm_field)
        reading.lacks("enterprise_year", "land_area_used")
        return UNKNOWN
    return Outcome(value, (Note("by_year", {"year": year}),), yardstick)


def _investment(scope: Scope, reading: Reading) -> Outcome:
    """Prefer the park's cumulative figure; a firm's yearly one may be a flow."""
    agreed = _agreed(scope, reading, "agreed_invest_per_mu")
    yardstick = agreed or reading.parameter("ref_invest_per_mu")
    value, year = _per_mu_of_park(scope, reading, "fixed_investment")
    if value is not None:
        return Outcome(value, (Note("by_year", {"year": year}),), yardstick)
    return _per_mu(scope, reading, "fixed_inv", "fixed_investment", yardstick)


def _output(scope: Scope, reading: Reading) -> Outcome:
    """Compare with what was agreed, else with the median of the firms."""
    agreed = _agreed(scope, reading, "agreed_output_per_mu")
    outcome = _per_mu(scope, reading, "output_value", "industrial_output", agreed)
    if agreed is not None or outcome.value is None:
        return outcome
    middle = _yields_of_firms(scope, reading, "output_value").middle
    if middle is None:
        return outcome
    notes = (*outcome.notes, Note(OF_MEDIAN, {"value": middle}))
    return replace(outcome, notes=notes, yardstick=middle)


def tax_yardstick(scope: Scope, reading: Reading) -> Decimal | None:
    """Return what tax per 亩 is compared with: agreed, else the reference parameter (万元/亩)."""
    agreed = _agreed(scope, reading, "agreed_tax_per_mu")
    return agreed or reading.parameter("ref_tax_per_mu")


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
