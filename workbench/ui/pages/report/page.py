# SPDX-License-Identifier: MIT
"""The report page: sheets with their state, a preview, checks before export, exports."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget

from workbench.application.ports import Progress
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.report.printed import PrintedBook
from workbench.ui.context import UiContext
from workbench.ui.look import icons, theme
from workbench.ui.pages.assessment.version_dialogs import CompareDialog
from workbench.ui.pages.assessment.version_steps import VersionSteps
from workbench.ui.pages.page import Page
from workbench.ui.pages.report.built import BuiltReport, SheetState, build_report
from workbench.ui.pages.report.checks import PANEL_WIDTH, CheckLine, ReportChecks
from workbench.ui.pages.report.exports import ReportExports
from workbench.ui.pages.report.preview import ReportPreview
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.side_by_side import SideBySide

DRAFT = "草稿"
_LIST_WIDTH = 220
_NEEDS = 960
_MARKS = {
    SheetState.COMPLETE: ("circle-check", "success"),
    SheetState.PARTLY: ("triangle-alert", "warn"),
    SheetState.NONE: ("circle", "text3"),
}


class ReportPage(Page):
    """Builds the report off the window's thread and shows it as it will be written."""

    KEY = "report"
    ICON = "file-text"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._built: BuiltReport | None = None
        self._dirty = True
        self._run = 0
        self.sheets = QListWidget()
        self.sheets.setAccessibleName(t("report_page.sheets"))
        self.sheets.setFrameShape(QListWidget.Shape.NoFrame)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.currentRowChanged.connect(self._on_sheet)
        self.preview = ReportPreview(context, context.program.today())
        self.checks = ReportChecks()
        self.exports = ReportExports(context, self.checks, self)
        self._state = Label("", "caption")
        left = Box("panelLeft", margins=(12, 14, 13, 12), spacing=6)
        left.add(Label(t("report_page.sheets"), "section"))
        left.add(self._state)
        left.add(self.sheets, 1)
        left.setFixedWidth(theme.current().px(_LIST_WIDTH))
        body = Box("page", horizontal=True)
        body.add(left)
        body.add(self.preview, 1)
        self.side = SideBySide(
            body, self.checks, t("report_page.checks"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self._empty = EmptyState(
            t("report_page.empty_title"),
            t("report_page.empty_text"),
            action=t("checklist.to_ledger"),
        )
        self._empty.action_clicked.connect(self._on_to_ledger)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.side)
        self._stack.addWidget(self._empty)
        self.column.addWidget(self._stack)
        self.setFocusProxy(self.sheets)
        self.steps = VersionSteps(context, self)
        self._connect()
        self._show_basis()

    @override
    def show_target(self, target: str) -> None:
        """Show a sheet by its key; ``export`` goes to the export buttons."""
        if target == "export":
            self.side.open_detail()
            ready = self.checks.final.isEnabled()
            (self.checks.final if ready else self.checks.draft).setFocus()
            return
        for at in range(self.sheets.count()):
            if self.sheets.item(at).data(Qt.ItemDataRole.UserRole) == target:
                self.sheets.setCurrentRow(at)

    def recalculate(self) -> None:
        """Build the report again."""
        self._build()

    def toggle_detail(self) -> None:
        """Show or hide the checks and exports."""
        self.side.toggle_detail()

    def focus_detail(self) -> None:
        """Move the focus to the exports."""
        self.show_target("export")

    def built(self) -> BuiltReport | None:
        """Return the report shown."""
        return self._built

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._build()

    def _connect(self) -> None:
        context, checks = self.context, self.checks
        context.changed.connect(self._on_outdated)
        context.park_chosen.connect(self._on_outdated)
        context.as_of_chosen.connect(self._on_outdated)
        context.assessment_chosen.connect(self._on_outdated)
        checks.assessment_chosen.connect(context.choose_assessment)
        checks.status_chosen.connect(self._on_status)
        self.steps.moved.connect(self._on_moved)
        checks.target_asked.connect(self._on_target)
        checks.draft_asked.connect(self._on_draft)
        checks.printed_asked.connect(self._on_printed)
        checks.final_asked.connect(self._on_final)
        checks.difference_asked.connect(self._on_difference)
        self.exports.finished.connect(self._on_finished)
        self.exports.look_changed.connect(self._lay_out)
        checks.redact.toggled.connect(self._lay_out)
        self.preview.chapter_changed.connect(self._on_looked_at)
        self.preview.target_asked.connect(self._on_target)

    def _assessment(self) -> Record | None:
        known = self.context.services.assessments.of_park(self.context.park_key)
        return next((r for r in known if r.key == self.context.assessment_key), None)

    def _as_of(self) -> date:
        record = self._assessment()
        return (record.day("as_of") if record else None) or self.context.as_of

    @Slot()
    def _on_outdated(self) -> None:
        self._dirty = True
        self.preview.outdated()
        self._show_basis()
        if self.isVisible():
            self._build()

    def _show_basis(self) -> None:
        park = self.context.park_key
        self._stack.setCurrentIndex(0 if park else 1)
        known = self.context.services.assessments.of_park(park) if park else ()
        self.checks.set_basis(known, self._assessment(), self._as_of().isoformat())

    def _build(self) -> None:
        """Build in the background; a build that was overtaken is forgotten."""
        if not self.context.park_key:
            return
        self._dirty = False
        self._run += 1
        run, services, texts = self._run, self.context.services, texts_in_use()
        park, as_of, record = self.context.park_key, self._as_of(), self._assessment()

        def work(progress: Progress) -> tuple[int, BuiltReport]:
            return run, build_report(services, park, as_of, texts, record, progress)

        self._state.setText(t("report_page.building"))
        task = self.context.run(t("report_page.building"), work)
        task.succeeded.connect(self._on_built)
        task.failed.connect(self._on_not_built)
        task.cancelled.connect(self._on_not_built)

    @Slot(object)
    def _on_built(self, outcome: tuple[int, BuiltReport]) -> None:
        run, built = outcome
        if run != self._run:
            return
        self._built = built
        self._show()
        self._lay_out()

    @Slot()
    def _lay_out(self) -> None:
        """Let the preview lay the report out as it would be exported now."""
        built, park, as_of = self._built, self.context.park_key, self._as_of()
        if built is None:
            return
        exporting, texts, record = (
            self.context.services.exporting,
            texts_in_use(),
            self._assessment(),
        )
        redact, template = self.checks.redact.isChecked(), self.exports.template

        def lay(progress: Progress) -> PrintedBook:
            report = built.report
            if redact:
                report = exporting.build(park, as_of, texts, assessment=record, redact=True)
            return exporting.printed(report, texts, progress, template)

        self.preview.set_layout(lay)

    @Slot(str)
    def _on_looked_at(self, name: str) -> None:
        """Choose in the list the sheet that somebody scrolled to."""
        sheets = self._built.report.sheets if self._built else ()
        at = next((at for at, sheet in enumerate(sheets) if sheet.name == name), -1)
        if 0 <= at < self.sheets.count():
            self.sheets.blockSignals(True)
            self.sheets.setCurrentRow(at)
            self.sheets.blockSignals(False)

    @Slot()
    def _on_not_built(self) -> None:
        self._dirty = True
        self._state.setText(t("report_page.not_built"))

    def _show(self) -> None:
        built = self._built
        if built is None:
            return
        chosen = max(self.sheets.currentRow(), 0)
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet in built.report.sheets:
            state = built.states[sheet.key]
            icon, tone = _MARKS[state]
            item = QListWidgetItem(icons.icon(icon, tone), sheet.name)
            item.setData(Qt.ItemDataRole.UserRole, sheet.key)
            words = t(f"report_page.state_{state.value}")
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{sheet.name} {words}")
            self.sheets.addItem(item)
        self.sheets.blockSignals(False)
        self.sheets.setCurrentRow(min(chosen, self.sheets.count() - 1))
        partly = sum(state is not SheetState.COMPLETE for state in built.states.values())
        self._state.setText(t("report_page.sheets_n", n=len(built.states), partly=partly))
        self._show_checks(built)

    def _show_checks(self, built: BuiltReport) -> None:
        """Show what blocks the formal export, what only reminds, and what is still open."""
        errors, warnings = built.errors, built.warnings
        lines = [CheckLine("danger", e.text, t("report_page.mend"), e.target) for e in errors]
        known = {complaint.text for complaint in errors}
        for text in built.report.open_items:
            if text not in known:
                target = "assessment|indicators"
                if self._assessment() is None and text == t("report.open_checklist"):
                    target = "checklist"
                lines.append(CheckLine("warn", text, t("report_page.look"), target))
        lines += self._checklist_lines()
        if warnings:
            words = t("report_page.warnings_n", n=len(warnings))
            lines.append(CheckLine("warn", words, t("report_page.look"), "ledger|problems"))
        if not lines:
            lines.append(CheckLine("success", t("report_page.clean")))
        self.checks.set_lines(
            t("report_page.summary", errors=len(errors), warnings=len(warnings)), lines
        )
        self._show_final(len(errors))

    def _checklist_lines(self) -> list[CheckLine]:
        record = self._assessment()
        if record is None:
            return []
        sheet = self.context.services.ticking.sheet(record)
        closed = sum(len(summary.closed_by) for summary in sheet.stages())
        if not closed:
            return []
        words = t("report_page.red_lines_n", n=closed)
        return [CheckLine("warn", words, t("report_page.look"), "checklist")]

    def _show_final(self, errors: int) -> None:
        """Say what the primary button does; errors block the formal export, a draft never."""
        record = self._assessment()
        status = record.text("status") if record else DRAFT
        if errors:
            self.checks.set_final(t("report_page.first_errors", n=errors), "", enabled=True)
        elif record is None:
            hint = t("report_page.needs_assessment")
            self.checks.set_final(t("report_page.export"), hint, enabled=False)
        elif status == DRAFT:
            hint = t("report_page.needs_status")
            self.checks.set_final(t("report_page.export"), hint, enabled=False)
        else:
            self.checks.set_final(t("report_page.export"), "", enabled=True)

    @Slot(int)
    def _on_sheet(self, at: int) -> None:
        if self._built is not None and at >= 0:
            self.preview.set_sheet(self._built.report, self._built.report.sheets[at])

    @Slot(str)
    def _on_status(self, status: str) -> None:
        """Move the assessment on; what stands against it is listed."""
        record = self._assessment()
        if record is not None:
            self.steps.move(record, status)
        self._show_basis()

    @Slot(object)
    def _on_moved(self, _record: Record) -> None:
        self._show_basis()

    @Slot(str)
    def _on_target(self, target: str) -> None:
        page, _, rest = target.partition("|")
        if page in ("ledger", "assessment", "checklist"):
            self.context.shell.go(page, rest)
        else:
            self.context.shell.go("ledger", target)

    @Slot()
    def _on_draft(self) -> None:
        record = self._assessment()
        if record is not None:
            record = replace(record, values={**record.values, "status": DRAFT})
        self.exports.report(record, self._as_of())

    @Slot()
    def _on_printed(self) -> None:
        self.exports.printed(self._assessment(), self._as_of())

    @Slot()
    def _on_final(self) -> None:
        if self._built is not None and self._built.errors:
            self._on_target(self._built.errors[0].target)
        else:
            self.exports.report(self._assessment(), self._as_of())

    @Slot()
    def _on_difference(self) -> None:
        """Ask with which other assessment of the park the chosen one is compared."""
        record = self._assessment()
        known = self.context.services.assessments.of_park(self.context.park_key)
        others = [other for other in known if record and other.key != record.key]
        if record is None or not others:
            self.context.shell.show_toast(t("report_difference.needs_two"))
            return
        by_key = {other.key: other for other in others}
        dialog = CompareDialog(self.window(), record, others)
        dialog.chosen.connect(lambda key: self.exports.difference(by_key[key], record))
        dialog.open()

    @Slot()
    def _on_finished(self) -> None:
        self._show_final(len(self._built.errors) if self._built else 0)

    @Slot()
    def _on_to_ledger(self) -> None:
        self.context.shell.go("ledger")
