# SPDX-License-Identifier: MIT
"""Writes workbooks: the assessment report, the ledger, and the blank ledger form."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from workbench.application.cases.sheets import CaseSheet
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.application.ports import Progress, Texts
from workbench.application.report_ports import PlainSheet
from workbench.application.store_ports import RecordStore
from workbench.domain.fields import Catalogue
from workbench.domain.records.ledger_proof import LedgerExport
from workbench.domain.report.model import Report
from workbench.domain.report.printed import PrintedBook
from workbench.domain.report.proof import Checked, RecordCount
from workbench.domain.report.redaction.codes import Codes


def _anything(_target: str) -> None:
    """Refuse nothing: without a project there is nothing of it to be lost."""


class WorkbookWriter:
    """Writes each workbook whole or not at all; openpyxl is imported only then.

    ``refuse`` raises OutputError for a target at which a file of the project lies.
    """

    def __init__(self, refuse: Callable[[str], None] = _anything) -> None:
        self._refuse = refuse

    def _refuse_place(self, target: str, template: str = "", sources: Sequence[str] = ()) -> None:
        """Refuse a place before the work, not after it."""
        from workbench.excel.places import refuse_place

        refuse_place(target, template, sources)
        self._refuse(target)

    def write(
        self,
        report: Report,
        target: str,
        texts: Texts,
        progress: Progress,
        counts: Sequence[RecordCount] = (),
        template: str = "",
        hidden: Codes | None = None,
    ) -> Checked:
        """Write a report and count it in the file.

        OutputError when it cannot be written, is not whole, or names one of the ``hidden``.
        """
        from openpyxl import Workbook

        from workbench.excel.house.carrying import additions_of
        from workbench.excel.house.style import OURS, read_house_style
        from workbench.excel.proofreading import Proofreader
        from workbench.excel.saving import save
        from workbench.excel.secrecy import refuse_names
        from workbench.excel.sheets.assembly import assemble
        from workbench.excel.sheets.frame import cover_words
        from workbench.excel.taking_down import taken_down

        self._refuse_place(target, template)
        house = read_house_style(template) if template else OURS

        def check(file: Path, place: Path) -> Checked:
            checked = proof.check(file, place)
            if hidden is not None:
                refuse_names(file, place, written.sheets, hidden, texts)
            return checked

        with taken_down(Workbook()) as workbook:
            written = assemble(workbook, report, texts, progress, house)
            proof = Proofreader(written, counts, texts)
            new = additions_of(house, written.sheets, cover_words(report))
            return save(workbook, target, report.created, written.formulas, check, additions=new)

    def printed(
        self, report: Report, texts: Texts, progress: Progress, template: str = ""
    ) -> PrintedBook:
        """Return the workbook of a report as it prints; InputError when a template is spoiled."""
        from openpyxl import Workbook

        from workbench.excel.house.style import OURS, read_house_style
        from workbench.excel.printing.pages import printed
        from workbench.excel.sheets.assembly import fill
        from workbench.excel.taking_down import taken_down

        house = read_house_style(template) if template else OURS
        with taken_down(Workbook()) as workbook:
            return printed(fill(workbook, report, texts, progress, house))

    def template_says(
        self, template: str, texts: Texts, progress: Progress | None = None
    ) -> Sequence[str]:
        """Say what a report takes from a template and what not; InputError when spoiled."""
        from workbench.excel.house.saying import sentences
        from workbench.excel.house.style import read_house_style

        return sentences(read_house_style(template, progress), texts)

    def write_base(self, target: str, texts: Texts, created: datetime) -> None:
        """Write the report's own look as a template to edit; OutputError when it cannot be."""
        from openpyxl import Workbook

        from workbench.excel.house.shipped import write_base
        from workbench.excel.saving import save

        self._refuse_place(target)
        workbook = Workbook()
        write_base(workbook, texts)
        save(workbook, target, created, {})

    def write_ledger(
        self,
        records: RecordStore,
        catalogue: Catalogue,
        target: str,
        texts: Texts,
        created: datetime,
        progress: Progress,
    ) -> LedgerExport:
        """Stream the ledger into a file and return what it holds.

        OutputError when it cannot be written, or when it does not hold what the store counts.
        """
        from openpyxl import Workbook

        from workbench.excel.ledger.check import ExpectedSheet, LedgerCheck
        from workbench.excel.ledger.writer import begin_ledger
        from workbench.excel.saving import save

        self._refuse_place(target)
        workbook = Workbook()
        sheets = begin_ledger(workbook, records, catalogue, texts, progress)
        expected = [ExpectedSheet(each, records.totals(each.entity.key)) for each in sheets]
        check = LedgerCheck(expected, len(workbook.sheetnames), texts).check
        rows = {each.part: each.rows for each in sheets}
        save(workbook, target, created, {}, check, rows)
        cut = tuple(label for each in sheets for label in each.writer.cut)
        return LedgerExport(sum(each.records for each in sheets), cut)

    def write_lists(
        self, sheets: Sequence[PlainSheet], target: str, texts: Texts, created: datetime,
        sources: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Write plain lists; OutputError when the place cannot be written, or is a source's."""
        from openpyxl import Workbook

        from workbench.excel.list_writer import write_lists
        from workbench.excel.saving import save

        self._refuse_place(target, sources=sources)
        workbook = Workbook()
        write_lists(workbook, sheets, texts)
        save(workbook, target, created, {})

    def write_template(self, target: str, texts: Texts, created: datetime) -> None:
        """Write the blank ledger form; OutputError when the place cannot be written."""
        from openpyxl import Workbook

        from workbench.excel.ledger.writer import write_template
        from workbench.excel.saving import save

        self._refuse_place(target)
        workbook = Workbook()
        write_template(workbook, texts)
        save(workbook, target, created, {})

    def write_case_sheets(
        self, sheets: Sequence[CaseSheet], target: str, texts: Texts, created: datetime
    ) -> None:
        """Write blank case sheets; OutputError when the place cannot be written."""
        from openpyxl import Workbook

        from workbench.excel.case_sheets import write_case_sheets
        from workbench.excel.saving import save

        self._refuse_place(target)
        workbook = Workbook()
        write_case_sheets(workbook, sheets, texts.language)
        save(workbook, target, created, {})

    def write_checklist(
        self, sheet: ChecklistSheet, target: str, texts: Texts, created: datetime
    ) -> None:
        """Write the checklist as a form to be filled in; OutputError when it cannot be."""
        from openpyxl import Workbook

        from workbench.excel.checklist_form import write_checklist
        from workbench.excel.saving import save

        self._refuse_place(target)
        workbook = Workbook()
        write_checklist(workbook, sheet, texts)
        save(workbook, target, created, {})
