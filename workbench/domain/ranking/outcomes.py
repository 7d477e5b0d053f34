# SPDX-License-Identifier: MIT
"""What a computed scenario says about a pathway, for the scores of return and funding (§5c)."""

from decimal import Decimal

from workbench.domain.finance.results import Measure, Result
from workbench.domain.ranking.scores import FinancialOutcome

NPV, IRR, PEAK_GAP, NET_SHARE = "npv", "irr", "peak_gap", "net_share"
DISCOUNT_RATE, NOI = "discount_rate", "noi"


def outcome_of(
    result: Result, pathway: str, scenario: str, scenario_key: str = ""
) -> FinancialOutcome:
    """Return the measures of a scenario's own point of view; what it does not say is None.

    Where terminal value plays no part, both NPVs are the same. The IRR is the one without
    terminal value, so that a sale in the last year cannot lift it.
    """
    account = result.accounts[0].key if result.accounts else None

    def asked(key: str, *, with_terminal: bool | None = None) -> Measure | None:
        try:
            return result.measure(key, account, with_terminal=with_terminal)
        except KeyError:
            return None

    def measured(key: str, *, with_terminal: bool | None = None) -> Decimal | None:
        found = asked(key, with_terminal=with_terminal)
        return found.value if found else None

    def settled(key: str) -> Decimal | None:
        found = result.settled.get(key)
        return found.value if found and isinstance(found.value, Decimal) else None

    worth = asked(NPV, with_terminal=True)
    return FinancialOutcome(
        pathway,
        scenario,
        npv_with_terminal=measured(NPV, with_terminal=True),
        npv_without_terminal=measured(NPV, with_terminal=False),
        irr=measured(IRR, with_terminal=False),
        discount_rate=settled(DISCOUNT_RATE),
        net_cash_share=measured(NET_SHARE),
        peak_gap=measured(PEAK_GAP, with_terminal=False),
        noi=settled(NOI),
        scenario_key=scenario_key,
        has_terminal=worth is not None and worth.with_terminal is not None,
    )
