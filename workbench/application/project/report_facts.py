# SPDX-License-Identifier: MIT
"""What a report says of itself: number, version, seal, checklist, imported files."""

from typing import TYPE_CHECKING, Protocol

from workbench.application.store_ports import SourceFile
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections import Checklist, ImportedFile, Seal, Step

if TYPE_CHECKING:
    from datetime import date, datetime

    from workbench.application.checklist.ticking import Ticking
    from workbench.application.ledger.querying import Querying
    from workbench.application.versions.finalizing import Proof


class TicksItems(Protocol):
    """What knows the checklist of an assessment."""

    @property
    def ticking(self) -> "Ticking": ...  # noqa: D102


def seal_of(assessment: Record, proof: "Proof") -> Seal:
    """Return what proves a final assessment in its report."""
    return Seal(
        proof.digest,
        assessment.day("finalized_on"),
        assessment.text("finalized_by") or "",
        proof.whole,
        len(proof.deviations),
    )


def checklist_of(services: TicksItems, assessment: Record | None) -> Checklist | None:
    """Return the checklist of an assessment, None without one."""
    if assessment is None:
        return None
    sheet = services.ticking.checked_sheet(assessment)
    return Checklist(
        sheet.items, sheet.states, sheet.pathways, sheet.template.version, sheet.openings
    )


def edition_of(assessment: Record | None) -> int:
    """Return the version of an assessment; 1 without one."""
    number = assessment.number("edition") if assessment else None
    return int(number) if number is not None else 1


def number_of(park: Record, as_of: "date", edition: int) -> str:
    """Return a report number that says park, date and edition."""
    return f"{park.text('code') or park.label}-{as_of:%Y%m%d}-V{edition}"


def steps_of(log: "Querying", until: "datetime | None") -> dict[tuple[str, str], Step]:
    """Return the last step on each record: who wrote it, when, by an import or not.

    A report of what was frozen counts the steps ``until`` then.

    ``log`` is the open project's: what was frozen has no log of its own.
    """
    return {
        record: Step(step.actor, step.at, imported=bool(step.batch))
        for record, step in log.newest_steps(until).items()
    }


def imported_of(file: SourceFile) -> ImportedFile:
    """Return a file that the ledger was read from."""
    return ImportedFile(file.id, file.name, file.sha256, file.size, file.batch)
