# SPDX-License-Identifier: MIT
"""The report page: sheets with their state, a preview, checks before export, exports."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget

from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Report
from workbench.ui.context import UiContext
from workbench.ui.look import icons, theme
from workbench.ui.pages.assessment.version_steps import VersionSteps
from workbench.ui.pages.page import Page
from workbench.ui.pages.report.built import BuiltReport, SheetState, build_report, sheet_state
from workbench.ui.pages.report.check_lines import check_lines
from workbench.ui.pages.report.checks import PANEL_WIDTH, ReportChecks
from workbench.ui.pages.report.exports import ReportExports
from workbench.ui.pages.report.preview import ReportPreview
from workbench.ui.pages.report.views import Basis, ReportKind, ReportViews
from workbench.ui.pages.report.written import Written
from workbench.ui.tasks.latest import Latest
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
        self._viewed: Report | None = None
        self._dirty = True
        self._building = Latest(context, self)
        self._looking = Latest(context, self)
        self.sheets = QListWidget()
        self.sheets.setAccessibleName(t("report_page.sheets"))
        self.sheets.setFrameShape(QListWidget.Shape.NoFrame)
        self.sheets.setIconSize(icons.icon_size())
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.currentRowChanged.connect(self._on_sheet)
        self.preview = ReportPreview(context, context.program.today())
        self.checks = ReportChecks()
        self.exports = ReportExports(context, self.checks, self)
        self._written = self.exports.last.written
        self._state = Label("", "caption")
        left = Box("panelLeft", margins=(12, 14, 13, 12), spacing=6)
        self.views = ReportViews(context, self)
        left.add(self.views)
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

    @override
    def give_way(self) -> None:
        for work in (self._building, self._looking):
            work.drop()
        self.preview.outdated()

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
        self.exports.house.follow()
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
        for work, came in ((self._building, self._on_built), (self._looking, self._on_viewed)):
            work.came.connect(came)
            work.missed.connect(self._on_not_built)
        self.steps.moved.connect(self._on_moved)
        checks.target_asked.connect(self._on_target)
        checks.draft_asked.connect(self._on_draft)
        checks.printed_asked.connect(self._on_printed)
        checks.final_asked.connect(self._on_final)
        checks.difference_asked.connect(self._on_difference)
        self.exports.house.changed.connect(self._lay_out)
        self.exports.wrote.connect(self._on_wrote)
        self.views.kind_changed.connect(self._look)
        checks.redact.toggled.connect(self._look)
        checks.evidence.toggled.connect(self._on_package)
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
        self.views.set_basis(known, self._assessment())

    def _build(self) -> None:
        """Build in the background; a build that was overtaken is stopped."""
        if not self.context.park_key:
            return
        self._dirty = False
        services, texts = self.context.services, texts_in_use()
        park, as_of, record = self.context.park_key, self._as_of(), self._assessment()
        self._state.setText(t("report_page.building"))
        self._looking.drop()
        self._building.start(
            t("report_page.building"),
            lambda progress: build_report(services, park, as_of, texts, record, progress),
        )

    @Slot(object)
    def _on_built(self, built: BuiltReport) -> None:
        self._built = built
        self._show_checks(built)
        self._look()

    @Slot()
    def _look(self) -> None:
        """Build the report that is looked at, as it would be exported now."""
        built, redact = self._built, self.checks.redact.isChecked()
        if built is None:
            return
        if self.views.kind is ReportKind.ASSESSMENT and not redact:
            self._looking.drop()
            self._on_viewed(built.report)
            return
        packs = self.checks.evidence.isChecked()
        basis = Basis(self.context.park_key, self._as_of(), self._assessment(), redact, packs)
        self.preview.outdated()
        self._looking.start(t("report_page.building"), self.views.build_of(basis))

    @Slot(object)
    def _on_viewed(self, report: Report) -> None:
        self._viewed = report
        self._show(report)
        self._tell_whether_last_is_old()
        self._lay_out()

    @Slot()
    def _on_package(self) -> None:
        """Build anew: the cover of a redacted report says what its package leaves out."""
        if self.checks.redact.isChecked():
            self._look()

    @Slot()
    def _lay_out(self) -> None:
        """Let the preview lay out what is looked at, in the look that is chosen."""
        report, texts, template = self._viewed, texts_in_use(), self.exports.house.path
        exporting = self.context.services.exporting
        if report is not None:
            self.preview.set_layout(
                lambda progress: exporting.printed(report, texts, progress, template)
            )

    @Slot(object)
    def _on_wrote(self, written: Written) -> None:
        """Compare what was written with what is looked at: it may have changed unheard of."""
        self._written = written
        if self._is_written_as_viewed() is False:
            self.context.shell.show_toast(t("report_views.stale"))
            self._on_outdated()

    def _is_written_as_viewed(self) -> bool | None:
        """Tell whether the last export says what is looked at; None when that is another one."""
        written, viewed = self._written, self._viewed
        asked = (self.views.kind, self.checks.redact.isChecked())
        if written is None or viewed is None or (written.kind, written.redacted) != asked:
            return None
        # A draft of a reviewed assessment differs on its cover only.
        return written.report is not None and written.report.sheets[1:] == viewed.sheets[1:]

    def _tell_whether_last_is_old(self) -> None:
        same = self._is_written_as_viewed()
        if same is not None:
            self.checks.set_last_old(old=not same)

    @Slot(str)
    def _on_looked_at(self, name: str) -> None:
        """Choose in the list the sheet that somebody scrolled to."""
        sheets = self._viewed.sheets if self._viewed else ()
        at = next((at for at, sheet in enumerate(sheets) if sheet.name == name), -1)
        if 0 <= at < self.sheets.count():
            self.sheets.blockSignals(True)
            self.sheets.setCurrentRow(at)
            self.sheets.blockSignals(False)

    @Slot()
    def _on_not_built(self) -> None:
        self._dirty = True
        self._state.setText(t("report_page.not_built"))
        self.preview.not_built()

    def _show(self, report: Report) -> None:
        chosen = max(self.sheets.currentRow(), 0)
        states = [sheet_state(sheet) for sheet in report.sheets]
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for sheet, state in zip(report.sheets, states, strict=True):
            icon, tone = _MARKS[state]
            item = QListWidgetItem(icons.icon(icon, tone), sheet.name)
            item.setData(Qt.ItemDataRole.UserRole, sheet.key)
            words = t(f"report_page.state_{state.value}")
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{sheet.name} {words}")
            self.sheets.addItem(item)
        self.sheets.blockSignals(False)
        self.sheets.setCurrentRow(min(chosen, self.sheets.count() - 1))
        partly = sum(state is not SheetState.COMPLETE for state in states)
        self._state.setText(t("report_page.sheets_n", n=len(states), partly=partly))

    def _show_checks(self, built: BuiltReport) -> None:
        """Show what stands against the export; it is that of the park whatever is looked at."""
        record, closed = self._assessment(), 0
        if record is not None:
            sheet = self.context.services.ticking.sheet(record)
            closed = sum(len(summary.closed_by) for summary in sheet.stages())
        counts = {"errors": len(built.errors), "warnings": len(built.warnings)}
        summary = t("report_page.summary", **counts)
        self.checks.set_lines(summary, check_lines(built, record, closed))
        self._show_final(len(built.errors))

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
        if self._viewed is not None and at >= 0:
            self.preview.set_sheet(self._viewed, self._viewed.sheets[at])

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
        self.views.ask_pair(self.exports.difference)

    @Slot()
    def _on_to_ledger(self) -> None:
        self.context.shell.go("ledger")
