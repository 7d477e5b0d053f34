# SPDX-License-Identifier: MIT
"""An indicator year by year, where the park has yearly figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Indicator, evaluate

_YEARLY = "park_year."
_BY_YEAR = "by_year"


def has_trend(indicator: Indicator) -> bool:
    """Tell whether an indicator reads the yearly figures of a park."""
    return any(name.startswith(_YEARLY) for name in indicator.inputs)


def trend(indicator: Indicator, scope: Scope) -> list[tuple[int, Decimal]]:
    """Return year and value of every year whose own figures give one, oldest first.

    A year without figures is left out; the figures of another year never stand for it.
    """
    if not scope.whole_park or not has_trend(indicator):
        return []
    years = {row.number("year") for row in scope.park_years}
    found = []
    for year in sorted(y for y in years if y is not None and y <= scope.as_of.year):
        then = replace(scope, as_of=min(date(int(year), 12, 31), scope.as_of))
        value = evaluate(indicator, then, {})
        own = any(n.code == _BY_YEAR and n.params.get("year") == year for n in value.notes)
        if value.value is not None and own:
            found.append((int(year), value.value))
    return found
