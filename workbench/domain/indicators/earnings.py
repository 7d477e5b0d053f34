# SPDX-License-Identifier: MIT
"""Indicators of return: NOI estimated from running rents, over book and appraised value."""

from decimal import Decimal

from workbench.domain.figures.leases import is_priced, monthly_rent
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.averages import ENOUGH, total
from workbench.domain.indicators.indicator import UNKNOWN, Direction, Indicator, Note, Outcome, up
from workbench.domain.indicators.lease import RENT_INPUTS, running
from workbench.domain.indicators.money import VALUATION_INPUTS, latest_value

_ZERO = Decimal(0)
_WAN = Decimal(10000)
_PARAMETERS = ("collection", "opex_ratio", "property_tax_rent")


def operating_income(scope: Scope, reading: Reading) -> Decimal | None:
    """Return NOI (元 a year): rents × collection × (1 − operating cost − property tax).

    The three shares are policy parameters, so that the figure is an estimate until real costs are
    kept; it is not known unless the rents of 95 % of the let area are.
    """
    rents, known, everything = _ZERO, _ZERO, _ZERO
    for lease, certain in running(scope, reading):
        if not is_priced(reading, lease):
            continue
        area, rent = reading.need_number(lease, "area"), monthly_rent(reading, lease)
        if area is None:
            return None
        everything += area
        if certain and rent is not None:
            known += area
            rents += rent * area * 12
    if not scope.leases:
        reading.lacks("lease", "rent_price")
        return None
    shares = [reading.parameter(code) for code in _PARAMETERS]
    collected, costs, tax = shares
    if known < everything * ENOUGH or collected is None or costs is None or tax is None:
        return None
    return rents * collected * (1 - costs - tax)


def _income(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    return UNKNOWN if income is None else Outcome(income / _WAN, (Note("estimated_costs"),))


def _return_on_book(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    book = total([reading.need_number(b, "net_value") for b in scope.buildings])
    if income is None or not book:
        return UNKNOWN
    return Outcome(income / book, (Note("estimated_costs"),))


def _capitalisation(scope: Scope, reading: Reading) -> Outcome:
    income = operating_income(scope, reading)
    values = []
    for building in scope.buildings:
        value = latest_value(scope, reading, building)
        if value is None:
            reading.lacks("valuation", "value")
        values.append(value)
    worth = total(values)
    if income is None or not worth:
        return UNKNOWN
    return Outcome(income / worth, (Note("estimated_costs"),))


RETURN_INDICATORS = (
    Indicator("I-45", "NOI", "NOI", "万元", RENT_INPUTS, _income, Direction.UP,
              parameters=_PARAMETERS),
    Indicator("I-46", "资产收益率", "Return on book value", "%",
              (*RENT_INPUTS, "building.net_value"), _return_on_book, Direction.UP,
              up("0.05", "0.03"), parameters=_PARAMETERS),
    Indicator("I-47", "资本化率", "Capitalisation rate", "%", (*RENT_INPUTS, *VALUATION_INPUTS),
              _capitalisation, parameters=_PARAMETERS),
)  # fmt: skip
