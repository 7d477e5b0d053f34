# SPDX-License-Identifier: MIT
"""The checklist as a whole: begin an assessment, choose its pathways, see what is closed."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.pages.assessment.dialogs import PathwaysDialog, StartDialog
from workbench.ui.pages.checklist.opening import ClosedItemsDialog
from workbench.ui.pages.checklist.stages import StagePane


class AssessmentActs(QObject):
    """Serves the left pane of the checklist page."""

    def __init__(self, context: UiContext, pane: StagePane, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._sheet: ChecklistSheet | None = None
        pane.assessment_chosen.connect(context.choose_assessment)
        pane.start_asked.connect(self.start)
        pane.pathways_asked.connect(self._on_pathways)
        pane.closed_asked.connect(self._on_closed)

    def work_on(self, sheet: ChecklistSheet | None) -> None:
        """Work on this checklist from now on."""
        self._sheet = sheet

    @Slot()
    def start(self) -> None:
        """Ask for a new assessment of the park and begin it."""
        park = self._context.park
        if park is not None:
            chosen = self._sheet.pathways if self._sheet else ()
            dialog = StartDialog(self._context, park, chosen)
            dialog.started.connect(self._on_started)
            dialog.open()

    @Slot(object)
    def _on_started(self, record: Record) -> None:
        self._context.choose_assessment(record.key)

    @Slot()
    def _on_pathways(self) -> None:
        if self._sheet is not None:
            dialog = PathwaysDialog(self._context, self._sheet.pathways)
            dialog.accepted.connect(self._on_pathways_chosen)
            dialog.open()

    @Slot(tuple)
    def _on_pathways_chosen(self, codes: tuple[str, ...]) -> None:
        if self._sheet is not None:
            self._context.services.assessments.choose_pathways(self._sheet.assessment, codes)

    @Slot()
    def _on_closed(self) -> None:
        if self._sheet is not None:
            closed = [opening for opening in self._sheet.openings if not opening.open]
            ClosedItemsDialog(self._context.shell.dialog_host, closed).open()
