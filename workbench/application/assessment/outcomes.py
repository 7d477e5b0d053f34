# SPDX-License-Identifier: MIT
"""Which scenarios score the pathways of an assessment: those kept for it, else for its assets."""

from collections.abc import Collection

from workbench.application.money.scenarios import Scenarios, pathways_of
from workbench.domain.ranking.outcomes import outcome_of
from workbench.domain.ranking.scores import FinancialOutcome
from workbench.domain.records.ledger import Record


def scenario_outcomes(
    scenarios: Scenarios, park_key: str, assessment_key: str, assets: Collection[str]
) -> dict[str, FinancialOutcome]:
    """Return the outcome by pathway; a base scenario counts, its variants do not.

    Of several that test the same pathway the newest counts; one that names the pathway goes before
    one whose model merely tests it, and one that names the assessment before both.
    """
    chosen: dict[str, Record] = {}
    for record in _fitting(scenarios, park_key, assessment_key, assets):
        for pathway in pathways_of(record):
            chosen[pathway] = record
    results = {record.key: scenarios.result(record) for record in chosen.values()}
    return {
        pathway: outcome_of(results[record.key], pathway, record.label, record.key)
        for pathway, record in chosen.items()
    }


def _fitting(
    scenarios: Scenarios, park_key: str, assessment_key: str, assets: Collection[str]
) -> list[Record]:
    """Return the base scenarios that say something here, those that count more at the end."""
    found: list[tuple[bool, bool, Record]] = []
    for record in scenarios.all(park_key):
        if record.text("base"):
            continue
        own = record.text("assessment") or ""
        scope = record.get("assets")
        same = set(scope if isinstance(scope, tuple) else ()) == set(assets)
        if own == assessment_key if own else same:
            found.append((bool(own), bool(record.text("pathway")), record))
    return [record for *_, record in sorted(found, key=lambda each: each[:2])]
