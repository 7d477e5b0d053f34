# SPDX-License-Identifier: MIT
"""Computes a named assessment: its assets, its date, its decisions, every case of the library."""

from datetime import date
from typing import TYPE_CHECKING, Protocol

from workbench.application.assessing import AssessmentDraft, AssessmentOptions
from workbench.application.assessments import assets_of
from workbench.application.ports import Progress
from workbench.domain.content import Content
from workbench.domain.ledger import Record

if TYPE_CHECKING:
    from workbench.application.assessing import AssessingService
    from workbench.application.case_library import CaseLibrary
    from workbench.application.deciding import Deciding
    from workbench.application.querying import Querying


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


def assess(
    services: AssessedServices,
    park_key: str,
    as_of: date,
    assessment: Record | None = None,
    progress: Progress | None = None,
) -> AssessmentDraft:
    """Return what is found for a park, or for the assets and decisions of a named assessment."""
    shipped = services.content.cases
    own = tuple(case for id_, case in services.cases.all().items() if id_ not in shipped)
    assets = assets_of(assessment) if assessment else frozenset()
    key = assessment.key if assessment else ""
    choices = services.deciding.choices(park_key, key, whole_park=not assets)
    return services.assessing.run(
        park_key,
        assets or None,
        as_of,
        AssessmentOptions(cases=own, assessment=key, choices=choices),
        progress,
        services.querying.ledger(),
    )
