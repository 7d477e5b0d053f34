# SPDX-License-Identifier: MIT
"""What an assessment tells beside its results, gathered from the services that read it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from workbench.application.assessment.assessing_named import AssessedServices
from workbench.domain.freezing.differences import Side
from workbench.domain.freezing.told import (
    Place,
    Told,
    evidence_told,
    grades_told,
    scenario_told,
    tasks_told,
)
from workbench.domain.records.ledger import Record

if TYPE_CHECKING:
    from workbench.application.checklist.ticking import Ticking
    from workbench.application.project.evidencing import Evidencing


class TellingServices(AssessedServices, Protocol):
    """The services of the open project, or of a final assessment as it was frozen."""

    @property
    def ticking(self) -> "Ticking": ...  # noqa: D102
    @property
    def evidencing(self) -> "Evidencing": ...  # noqa: D102


Reader = tuple[TellingServices, Record]
"""An assessment, and the services that read it as it stands or as it was frozen."""


def told_on(readers: tuple[Reader, Reader], sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """Return both sides with what their assessments tell beside their results."""
    shown = [{record.key: record for record in scenarios_of(*reader)} for reader in readers]
    shared = shown[0].keys() & shown[1].keys()
    old, new = (
        replace(side, told=_told(*reader, side, shared))
        for reader, side in zip(readers, sides, strict=True)
    )
    return old, new


def _told(
    services: TellingServices, assessment: Record, side: Side, shared: Collection[str]
) -> Mapping[Place, Told]:
    sheet = services.ticking.sheet(assessment)
    return dict(
        chain(
            _scenarios(services, assessment, shared),
            grades_told(side.found.scope),
            tasks_told(sheet.items, sheet.states),
            evidence_told(_evidence(services, assessment)),
        )
    )


def scenarios_of(services: TellingServices, assessment: Record) -> Sequence[Record]:
    """Return the scenarios of an assessment; those of its park where it has none of its own."""
    park = assessment.text("park") or ""
    records = [r for r in services.scenarios.all(park) if r.text("park") == park]
    return [r for r in records if r.text("assessment") == assessment.key] or records


def _scenarios(
    services: TellingServices, assessment: Record, shared: Collection[str]
) -> Iterator[tuple[Place, Told]]:
    """Yield the answers of the scenarios.

    One that both sides have is held against itself, others against the one of the same model that
    comes at the same place: the next version of a final assessment has copies under other names.
    """
    places: dict[str, int] = {}
    for record in scenarios_of(services, assessment):
        model = record.text("model") or ""
        identity = record.key
        if record.key not in shared:
            places[model] = places.get(model, 0) + 1
            identity = f"{model}#{places[model]}"
        scenario = services.scenarios.scenario(record)
        yield from scenario_told(identity, record, scenario.result(), scenario.model.inputs)


def _evidence(services: TellingServices, assessment: Record) -> Iterator[tuple[Record, str]]:
    """Yield the files of the park's ledger and of this assessment with what they belong to."""
    park, ledger = assessment.text("park"), services.querying.ledger()
    for file in services.evidencing.all():
        owner = services.querying.record(
            file.text("owner_entity") or "", file.text("owner_key") or ""
        )
        if owner is None:
            continue
        if of := owner.text("assessment"):
            if of == assessment.key:
                yield file, owner.text("item") or owner.label
            continue
        own = ledger.park_of(owner)
        if own is None or own.key == park:
            yield file, ledger.name_of(owner)
