# SPDX-License-Identifier: MIT
"""Computes a named assessment: its assets, its date, its decisions, every case of the library."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.application.assessment.assessing import AssessmentDraft, AssessmentOptions
from workbench.application.assessment.assessments import assets_of
from workbench.application.assessment.outcomes import scenario_outcomes
from workbench.application.ports import Progress
from workbench.domain.content import Content
from workbench.domain.records.ledger import Ledger, Record

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessingService
    from workbench.application.assessment.deciding import Deciding
    from workbench.application.cases.library import CaseLibrary
    from workbench.application.ledger.querying import Querying
    from workbench.application.money.scenarios import Scenarios


class AssessedServices(Protocol):
    """What an assessment is computed with."""

    @property
    def content(self) -> Content: ...  # noqa: D102
    @property
    def querying(self) -> "Querying": ...  # noqa: D102
    @property
    def assessing(self) -> "AssessingService": ...  # noqa: D102
    @property
    def cases(self) -> "CaseLibrary": ...  # noqa: D102
    @property
    def deciding(self) -> "Deciding": ...  # noqa: D102
    @property
    def scenarios(self) -> "Scenarios": ...  # noqa: D102


def assess(
    services: AssessedServices,
    park_key: str,
    as_of: date,
    assessment: Record | None = None,
    progress: Progress | None = None,
    *,
    assets: Collection[str] = (),
    ledger: Ledger | None = None,
) -> AssessmentDraft:
    """Return what is found for a park, or for the assets and decisions of a named assessment.

    ``assets`` are the keys of the assets where no assessment names them. Without a ``ledger`` the
    one of today is read.
    """
    assets = assets_of(assessment) if assessment else frozenset(assets)
    key = assessment.key if assessment else ""
    options = options_for(services, park_key, key, assets)
    read = services.querying.ledger() if ledger is None else ledger
    return services.assessing.run(park_key, assets or None, as_of, options, progress, read)


def options_for(
    services: AssessedServices, park_key: str, assessment_key: str, assets: Collection[str]
) -> AssessmentOptions:
    """Return what an assessment is computed with beside the ledger.

    Own cases, decisions about the ranking, and the scenarios that score its pathways.
    """
    return AssessmentOptions(
        assessment=assessment_key,
        choices=services.deciding.choices(park_key, assessment_key, whole_park=not assets),
        outcomes=scenario_outcomes(services.scenarios, park_key, assessment_key, assets),
    )
