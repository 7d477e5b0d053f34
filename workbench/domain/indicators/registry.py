# SPDX-License-Identifier: MIT
"""All indicators that are computed, in the order of their numbers."""

from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.earnings import RETURN_INDICATORS
from workbench.domain.indicators.facilities import FACILITY_INDICATORS
from workbench.domain.indicators.indicator import Indicator, IndicatorValue, References, evaluate
from workbench.domain.indicators.intensity import INTENSITY_INDICATORS
from workbench.domain.indicators.land import LAND_INDICATORS
from workbench.domain.indicators.lease import LEASE_INDICATORS
from workbench.domain.indicators.ledger import LEDGER_INDICATORS
from workbench.domain.indicators.market import MARKET_INDICATORS
from workbench.domain.indicators.money import MONEY_INDICATORS
from workbench.domain.indicators.reviving import REVIVING_INDICATORS
from workbench.domain.indicators.space import SPACE_INDICATORS
from workbench.domain.indicators.title import TITLE_INDICATORS
from workbench.domain.indicators.zone import ZONE_INDICATORS

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator
    for indicator in sorted(
        (
            *SPACE_INDICATORS,
            *LAND_INDICATORS,
            *TITLE_INDICATORS,
            *LEASE_INDICATORS,
            *MARKET_INDICATORS,
            *MONEY_INDICATORS,
            *RETURN_INDICATORS,
            *ZONE_INDICATORS,
            *FACILITY_INDICATORS,
            *INTENSITY_INDICATORS,
            *REVIVING_INDICATORS,
            *LEDGER_INDICATORS,
        ),
        key=lambda indicator: indicator.id,
    )
}


def evaluate_all(scope: Scope, references: References) -> dict[str, IndicatorValue]:
    """Compute every indicator of a scope, by id."""
    return {id_: evaluate(item, scope, references) for id_, item in INDICATORS.items()}
