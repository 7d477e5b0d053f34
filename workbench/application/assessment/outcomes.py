# SPDX-License-Identifier: MIT
"""Which scenarios score the pathways of an assessment: those kept for it, else for its assets."""

from collections.abc import Collection

from workbench.application.money.scenarios import Scenarios, model_of
from workbench.domain.ledger import Record
from workbench.domain.ranking.outcomes import outcome_of
from workbench.domain.ranking.scores import FinancialOutcome


def scenario_outcomes(
    scenarios: Scenarios, park_key: str, assessment_key: str, assets: Collection[str]
) -> dict[str, FinancialOutcome]:
    """Return the outcome by pathway; a base scenario counts, its variants do not.

    Of several that test the same pathway the newest counts, and one that names the assessment
    goes before one that names none.
    """
    chosen: dict[str, Record] = {}
    for record in _fitting(scenarios, park_key, assessment_key, assets):
        for pathway in model_of(record.text("model") or "").pathways:
            chosen[pathway] = record
    results = {record.key: scenarios.result(record) for record in chosen.values()}
    return {
        pathway: outcome_of(results[record.key], pathway, record.label)
        for pathway, record in chosen.items()
    }


def _fitting(
    scenarios: Scenarios, park_key: str, assessment_key: str, assets: Collection[str]
) -> list[Record]:
    """Return the base scenarios that say something here, those that count more at the end."""
    general, named = [], []
    for record in scenarios.all(park_key):
        if record.text("base"):
            continue
        own = record.text("assessment") or ""
        scope = record.get("assets")
        same = set(scope if isinstance(scope, tuple) else ()) == set(assets)
        if own and own == assessment_key:
            named.append(record)
        elif not own and same:
            general.append(record)
    return general + named
