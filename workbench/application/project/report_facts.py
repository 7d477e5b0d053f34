# SPDX-License-Identifier: MIT
"""What a report says of itself: number, version, seal, checklist, imported files."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Protocol

from workbench.application.store_ports import SourceFile
from workbench.application.versions.edit_words import edits_told
from workbench.application.versions.reporting import VersionWords
from workbench.domain.content import Content
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.log_seal import LogSeal
from workbench.domain.report.sections import Checklist, ImportedFile, Seal, Step
from workbench.domain.report.sections.material import LedgerEdit

if TYPE_CHECKING:
    from datetime import date, datetime

    from workbench.application.checklist.ticking import Ticking
    from workbench.application.ledger.querying import Querying
    from workbench.application.ports import Texts
    from workbench.application.versions.finalizing import Proof

_UNWANTED = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_PARK_NAME, _LONGEST_ASSET_NAME = 60, 30


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


def file_name(
    ledger: Ledger, park_key: str, assessment: Record | None, as_of: "date", assets: Collection[str]
) -> str:
    """Return the name of a report's file, without what a file name refuses."""
    park = ledger.find("park", park_key)
    chosen = assessment.get("assets") if assessment is not None else None
    keys = tuple(assets) or (chosen if isinstance(chosen, tuple) else ())
    named = [
        record.label
        for key in keys
        if (record := ledger.find("building", str(key)) or ledger.find("parcel", str(key)))
    ]
    parts = [_plain_name(park.label if park else park_key, _LONGEST_PARK_NAME) or "park"]
    if named:
        more = f"等{len(named)}项" if len(named) > 1 else ""
        parts.append(_plain_name(named[0], _LONGEST_ASSET_NAME) + more)
    return f"{'_'.join(parts)}_盘活评估报告_{as_of.isoformat()}_v{edition_of(assessment)}.xlsx"


def _plain_name(label: str, longest: int) -> str:
    return _UNWANTED.sub(" ", label).strip(" .")[:longest].strip()


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


def edits_of(
    log: "Querying", closed: LogSeal | None, ledger: Ledger, content: Content, texts: "Texts"
) -> Sequence[LedgerEdit] | None:
    """Return what was changed by hand before a final was closed; None for a draft."""
    edits = None if closed is None else log.hand_edits(closed.steps)
    if edits is None:
        return None
    return edits_told(edits, ledger, VersionWords(texts, content), texts)


def imported_of(file: SourceFile) -> ImportedFile:
    """Return a file that the ledger was read from."""
    return ImportedFile(file.id, file.name, file.sha256, file.size, file.batch)
