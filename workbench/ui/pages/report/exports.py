# SPDX-License-Identifier: MIT
"""What the report page writes: the report, its companions beside it, and the ledger."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.ledger.cut_words import cut_sentence
from workbench.application.ports import Cancelled, Progress, Texts
from workbench.application.project.evidence_package import package_path
from workbench.application.project.report_evidence import Beside
from workbench.application.system_words import with_system_words
from workbench.domain.findings import OutputError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import choose_target
from workbench.ui.pages.report.checks import ReportChecks
from workbench.ui.pages.report.house_template import HouseTemplate
from workbench.ui.pages.report.redaction_dialog import RedactionDialog
from workbench.ui.pages.report.views import ReportKind
from workbench.ui.pages.report.written import LastExport, Written
from workbench.ui.texts import t, texts_in_use

_WORKBOOK = "Excel (*.xlsx)"


class ReportExports(QObject):
    """Asks where, writes on the worker's thread, and offers to open what came out."""

    wrote = Signal(object)
    """A report was written, as ``Written``."""

    def __init__(self, context: UiContext, checks: ReportChecks, page: QWidget) -> None:
        super().__init__(page)
        self.context = context
        self.checks = checks
        self._page = page
        self.last = LastExport.of(context)
        self.house = HouseTemplate(context, checks, page)
        checks.portfolio_asked.connect(self._on_portfolio)
        checks.ledger_asked.connect(self._on_ledger)
        checks.base_asked.connect(self._on_base)
        checks.scope_asked.connect(self._on_scope)
        checks.open_asked.connect(self.last.open_written)
        checks.folder_asked.connect(self.last.open_folder)
        checks.set_pdf(possible=context.services.program.can_write_pdf())
        self.last.began.connect(self._on_began)
        self.last.finished.connect(self._on_finished)
        self.last.wrote.connect(self._on_written)
        if self.last.written is not None:
            self._say_last(self.last.written)
        if self.last.is_busy:  # it was begun on a page of another language or zoom
            self._on_began()

    def report(self, record: Record | None, as_of: date) -> None:
        """Ask where, and write the report of an assessment, or of the park as it is."""
        self.house.follow(partial(self._report, record, as_of))

    def _report(self, record: Record | None, as_of: date) -> None:
        context, texts = self.context, texts_in_use()
        exporting, park = context.services.exporting, context.park_key
        name = exporting.suggested_name(park, as_of, record)
        target = self._target(t("report_page.export"), name)

        redact, pack = self.checks.redact.isChecked(), self.checks.evidence.isChecked()
        template = self.house.path

        def work(progress: Progress) -> Written:
            done = exporting.export(
                target,
                park,
                as_of,
                texts,
                assessment=record,
                progress=progress,
                redact=redact,
                template=template,
                with_package=pack,
            )
            said = [texts("report_proof.done", **asdict(done.checked))]
            if pack:
                said += self._packed(target, park, record, texts, progress, done.beside)
            words = "\n".join([*said, *beside(target, progress)])
            return Written(target, words, done.report, ReportKind.ASSESSMENT, redact)

        beside = self._beside(texts)
        self._write(t("report_page.exporting"), target, work)

    def _target(self, title: str, name: str) -> str:
        """Ask where a report is to be written."""
        return choose_target(self._page, title, name, _WORKBOOK)

    def printed(self, record: Record | None, as_of: date) -> None:
        """Show the pages as they print, with the team's cover, in a PDF that is kept nowhere."""
        self.house.follow(partial(self._print, record, as_of))

    def _print(self, record: Record | None, as_of: date) -> None:
        context, texts, template = self.context, texts_in_use(), self.house.path
        exporting, reports, park = (
            context.services.exporting,
            context.services.reports,
            context.park_key,
        )
        redact = self.checks.redact.isChecked()
        folder = mkdtemp(dir=self.last.kept_nowhere.path())
        target = str(Path(folder) / exporting.suggested_name(park, as_of, record))

        def work(progress: Progress) -> Written:
            exporting.export(
                target, park, as_of, texts,
                assessment=record, progress=progress, redact=redact, template=template,
            )  # fmt: skip
            pdf = reports.write_pdf(target, progress)
            return Written(pdf, texts("report_pdf.preview_done"), shown=True)

        self._write(t("report_pdf.preview"), target, work)

    def difference(self, old: Record, new: Record) -> None:
        """Ask where, and write what changed from an earlier assessment to another."""
        self.house.follow(partial(self._difference, old, new))

    def _difference(self, old: Record, new: Record) -> None:
        texts, exporting = texts_in_use(), self.context.services.reports.difference
        name = exporting.suggested_name(old, new, texts)
        target = self._target(t("report_difference.export"), name)
        redact, template, beside = (
            self.checks.redact.isChecked(),
            self.house.path,
            self._beside(texts),
        )

        def work(progress: Progress) -> Written:
            done = exporting.export(
                target, old, new, texts, progress=progress, redact=redact, template=template
            )
            summary = texts("report_difference.summary", **done.counts)
            said = [summary, *beside(target, progress)]
            return Written(target, "\n".join(said), done.report, ReportKind.DIFFERENCE, redact)

        self._write(t("report_page.exporting"), target, work)

    @Slot()
    def _on_portfolio(self) -> None:
        """Ask where, and write every park of the project side by side."""
        self.house.follow(self._portfolio)

    def _portfolio(self) -> None:
        texts, exporting = texts_in_use(), self.context.services.reports.portfolio
        as_of = self.context.as_of
        name = exporting.suggested_name(as_of, texts)
        target = self._target(t("report_portfolio.export"), name)
        redact, template, beside = (
            self.checks.redact.isChecked(),
            self.house.path,
            self._beside(texts),
        )

        def work(progress: Progress) -> Written:
            done = exporting.export(
                target, exporting.parks(), as_of, texts,
                progress=progress, redact=redact, template=template,
            )  # fmt: skip
            said = [texts("report_proof.done", **asdict(done.checked)), *beside(target, progress)]
            return Written(target, "\n".join(said), done.report, ReportKind.PORTFOLIO, redact)

        self._write(t("report_page.exporting"), target, work)

    def _packed(
        self, report: str, park: str, record: Record | None, texts: Texts, progress: Progress,
        beside: Beside,
    ) -> list[str]:  # fmt: skip
        """Write the evidence package of a report that is written already, and say how it went."""
        packing, target = self.context.services.evidence_package, package_path(report, texts)
        try:
            packed = packing.pack(target, park, record, texts, progress, beside)
        except OutputError as error:
            return [_reason(error, texts)]
        except Cancelled:
            return [texts("report_evidence.stopped")]
        return packed.sentences(texts, Path(packed.path).name)

    def _beside(self, texts: Texts) -> Callable[[str, Progress], list[str]]:
        """Return what writes the PDF of a workbook where it is wanted, and says how it went."""
        wanted = self.checks.pdf.isEnabled() and self.checks.pdf.isChecked()
        reports = self.context.services.reports

        def write(target: str, progress: Progress) -> list[str]:
            if not wanted:
                return []
            try:
                path = reports.write_pdf(target, progress)
            except OutputError as error:
                return [_reason(error, texts), *reports.old_pdf(target, texts)]
            except Cancelled:
                return [texts("report_pdf.stopped"), *reports.old_pdf(target, texts)]
            return [texts("report_pdf.done", path=Path(path).name)]

        return write

    @Slot()
    def _on_scope(self) -> None:
        """Ask what a redaction hides beside the ledger's names, and what it may enclose."""
        RedactionDialog(self.context, self.context.shell.dialog_host).open()

    @Slot()
    def _on_base(self) -> None:
        """Ask where, and write the built-in look as a workbook to edit."""
        exporting, texts = self.context.services.exporting, texts_in_use()
        name = t("report_style.base_name")
        target = choose_target(self._page, t("report_style.save"), name, _WORKBOOK)

        def work(_progress: Progress) -> Written:
            exporting.export_base(target, texts)
            return Written(target, texts("report_style.saved"))

        self._write(t("report_style.save"), target, work)

    @Slot()
    def _on_ledger(self) -> None:
        exporting, texts = self.context.services.exporting, texts_in_use()
        park = self.context.park
        name = t("report_page.ledger_name", park=park.label if park else "")
        target = choose_target(self._page, t("report_page.export_ledger"), name, _WORKBOOK)

        def work(progress: Progress) -> Written:
            done = exporting.export_ledger(target, texts, progress)
            return Written(target, cut_sentence(done, texts) if done.cut else "")

        self._write(t("report_page.export_ledger"), target, work)

    def _write(self, name: str, target: str, work: Callable[[Progress], Any]) -> None:
        if not target:
            return
        self.last.follow(self.context.run(name, work))

    @Slot()
    def _on_began(self) -> None:
        self.checks.set_busy(True)

    @Slot(object)
    def _on_written(self, outcome: Written) -> None:
        self._say_last(outcome)
        self.wrote.emit(outcome)

    def _say_last(self, outcome: Written) -> None:
        self.checks.set_last(outcome.path, outcome.said)

    @Slot()
    def _on_finished(self) -> None:
        self.checks.set_busy(False)


def _reason(error: OutputError, texts: Texts) -> str:
    return texts(error.code, **with_system_words(error.params, texts))
