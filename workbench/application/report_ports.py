# SPDX-License-Identifier: MIT
"""What writes lists and reports to files, as a protocol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workbench.application.ports import Progress, Texts
from workbench.application.store_ports import RecordStore
from workbench.domain.fields import Catalogue
from workbench.domain.records.ledger_proof import LedgerExport
from workbench.domain.report.model import Report
from workbench.domain.report.printed import PrintedBook
from workbench.domain.report.proof import Checked, RecordCount
from workbench.domain.report.redaction.codes import Codes


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A list to be written as it is: title, headings, rows of texts and whole numbers."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


class ReportWriter(Protocol):
    """Writes report content to a file, whole or not at all."""

    def write(
        self,
        report: Any,
        target: str,
        texts: Texts,
        progress: Progress,
        counts: Sequence[RecordCount] = (),
        template: str = "",
        hidden: Codes | None = None,
    ) -> Checked:
        """Write the workbook and count it in the file before it is moved into its place.

        ``template`` is a workbook whose look is used; InputError when it is spoiled.

        OutputError when the place cannot be written, or when the file does not hold what the
        report says or as many records as ``counts``, or still names one of the ``hidden``.
        """
        ...


class WorkbookDoor(ReportWriter, Protocol):
    """Writes every kind of workbook, each whole or not at all."""

    def printed(
        self, report: Report, texts: Texts, progress: Progress, template: str = ""
    ) -> PrintedBook:
        """Return the workbook of a report as it prints; InputError when a template is spoiled."""
        ...

    def template_says(self, template: str, texts: Texts, progress: Progress) -> Sequence[str]:
        """Return what a report takes from a template and what it cannot."""
        ...

    def write_base(self, target: str, texts: Texts, created: datetime) -> None:
        """Write the report's own look as a template to edit; OutputError when it cannot."""
        ...

    def write_lists(
        self, sheets: Sequence[PlainSheet], target: str, texts: Texts, created: datetime,
        sources: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Write plain lists; OutputError when it cannot, or when a source would be lost."""
        ...

    def write_ledger(
        self,
        records: RecordStore,
        catalogue: Catalogue,
        target: str,
        texts: Texts,
        created: datetime,
        progress: Progress,
    ) -> LedgerExport:
        """Stream the ledger and return what the file holds; OutputError when it cannot."""
        ...
