# SPDX-License-Identifier: MIT
"""A report built for the screen, how far a sheet is, and what the checks of the ledger found."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from workbench.application.finding_words import finding_text
from workbench.domain.findings import Finding, Level
from workbench.domain.report.model import CellState, NotAssessed, Report, Sheet

if TYPE_CHECKING:
    from datetime import date

    from workbench.application.ports import Progress, Texts
    from workbench.bootstrap import Services
    from workbench.domain.records.ledger import Record

_OPEN = (CellState.UNKNOWN, CellState.PARTIAL)


class SheetState(StrEnum):
    """How far a sheet is."""

    COMPLETE = "complete"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True)
class Complaint:
    """One finding of the ledger checks in words, with the place to mend it."""

    text: str
    target: str


@dataclass(frozen=True)
class BuiltReport:
    """The report of the park, and what the checks of its ledger found."""

    report: Report
    errors: tuple[Complaint, ...]
    warnings: tuple[Complaint, ...]


def build_report(
    services: "Services",
    park_key: str,
    as_of: "date",
    texts: "Texts",
    assessment: "Record | None",
    progress: "Progress",
) -> BuiltReport:
    """Build on the worker's thread."""
    report = services.exporting.build(
        park_key, as_of, texts, assessment=assessment, progress=progress
    )
    scope = services.assessing.scope(park_key, None, as_of, services.querying.ledger())
    findings = services.assessing.ledger_findings(scope)
    return BuiltReport(
        report,
        _complaints(findings, Level.ERROR, texts),
        _complaints(findings, Level.WARNING, texts),
    )


def sheet_state(sheet: Sheet) -> SheetState:
    """Tell how far a sheet is: nothing assessed, partly 待核, or complete."""
    tables = list(sheet.tables)
    not_assessed = any(isinstance(block, NotAssessed) for block in sheet.blocks)
    if not_assessed and not tables:
        return SheetState.NONE
    cells = (cell for table in tables for row in table.rows for cell in row)
    if not_assessed or any(cell.state in _OPEN for cell in cells):
        return SheetState.PARTLY
    return SheetState.COMPLETE


def _complaints(
    findings: tuple[Finding, ...], level: Level, texts: "Texts"
) -> tuple[Complaint, ...]:
    return tuple(
        Complaint(finding_text(f, texts), f"{f.entity}:{f.key}:{f.field}")
        for f in findings
        if f.level is level
    )
