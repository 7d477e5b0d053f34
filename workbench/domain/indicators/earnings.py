# SPDX-License-Identifier: MIT
"""Indicators of return: NOI estimated from running rents, over book and appraised value."""

from dataclasses import dataclass
from decimal import Decimal

from workbench.domain.figures.lacking import lacks_buildings, lacks_leases
from workbench.domain.figures.leases import is_priced, monthly_rent
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import ENOUGH, steady_sum, total
from workbench.domain.indicators.indicator import UNKNOWN, Direction, Indicator, Note, Outcome, up
from workbench.domain.indicators.lease import RENT_INPUTS, counted, while_it_runs
from workbench.domain.indicators.money import VALUATION_INPUTS, appraised_worth

_ZERO = Decimal(0)
_WAN = Decimal(10000)
_COST_SHARES = ("opex_ratio", "property_tax_rent")
_PARAMETERS = ("collection", *_COST_SHARES)
_COST_FIELDS = ("opex_12m", "holding_taxes_12m")
INCOME_INPUTS = (*RENT_INPUTS, *(f"building.{field}" for field in _COST_FIELDS))


@dataclass(frozen=True, slots=True)
class Income:
    """A yearly NOI (元), the collection it takes, and whether its costs are estimated too.

    Collection is what is usual over the term of the leases (a parameter), not what was paid in
    the last 12 months (I-18), which leases behind today's rents may not have earned.
    """

    amount: Decimal
    collection: Decimal
    estimated: bool

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the remark that says what collection and costs rest on."""
        code = "estimated_costs" if self.estimated else "ledger_costs"
        return (Note(code, {"collection": self.collection}),)


def operating_income(scope: Scope, reading: Reading) -> Income | None:
    """Return NOI a year: rents × collection, less operating costs and holding taxes.

    Costs and taxes are the ledger's where every building has both, else shares of the rents
    (policy parameters; domain §5d). NOI is not known unless the rents of 95 % of the let area are.
    """
    rents = _yearly_rents(scope, reading)
    collected = reading.parameter("collection")
    costs = _ledger_costs(scope, reading)
    if rents is not None and collected is not None and costs is not None:
        return Income(rents * collected - costs, collected, estimated=False)
    share = total([reading.parameter(code) for code in _COST_SHARES])
    if rents is None or collected is None or share is None:
        return None
    return Income(rents * collected * (1 - share), collected, estimated=True)


def _ledger_costs(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the costs and taxes (元) of the ledger, or None where a building lacks one.

    Then none of them is read, so that nothing names a cost as behind an estimate without it.
    """
    places = [(building, field) for building in scope.buildings for field in _COST_FIELDS]
    if not reading.keeps and any(building.number(field) is None for building, field in places):
        return None
    return total([reading.number(*place) for place in places]) if places else None


def _yearly_rents(scope: Scope, reading: Reading) -> Decimal | None:
    """Return the contract rents of a year, or None."""
    rents: list[Decimal] = []
    known, areas = _ZERO, list[Decimal | None]()
    for lease, active in counted(scope, reading):
        if not is_priced(reading, lease):
            continue
        area, rent = reading.need_number(lease, "area"), monthly_rent(reading, lease)
        if active is not False:
            areas.append(area)
        amount = None if rent is None or area is None else rent * area * 12
        paid = while_it_runs(reading, lease, active)(amount)
        if paid is not None:
            known += area if active and area is not None else _ZERO
            rents.append(paid)
    if not scope.leases:
        lacks_leases(scope, reading, "rent_price")
        return None
    everything = total(areas)
    return None if everything is None or known < everything * ENOUGH else steady_sum(rents)


def _income(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    return UNKNOWN if income is None else Outcome(income.amount / _WAN, income.notes)


def _return_on_book(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    book = total([reading.need_number(b, "net_value") for b in scope.buildings])
    if not scope.buildings:
        lacks_buildings(scope, reading, "net_value")
    if income is None or not book:
        return UNKNOWN
    return Outcome(income.amount / book, income.notes)


def _capitalisation(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    worth = appraised_worth(scope, reading)
    if income is None or not worth:
        return UNKNOWN
    return Outcome(income.amount / worth, income.notes)


RETURN_INDICATORS = (
    Indicator("I-45", "NOI", "NOI", "万元", INCOME_INPUTS, _income, Direction.UP,
              parameters=_PARAMETERS),
    Indicator("I-46", "资产收益率", "Return on book value", "%",
              (*INCOME_INPUTS, "building.net_value"), _return_on_book, Direction.UP,
              up("0.05", "0.03"), parameters=_PARAMETERS),
    Indicator("I-47", "资本化率", "Capitalization rate", "%", (*INCOME_INPUTS, *VALUATION_INPUTS),
              _capitalisation, parameters=_PARAMETERS),
)  # fmt: skip
