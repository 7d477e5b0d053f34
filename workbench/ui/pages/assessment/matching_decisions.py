# SPDX-License-Identifier: MIT
"""Keeps what people decide on the matching tab: goals, weights, the cases side by side."""

from PySide6.QtCore import QObject, Slot

from workbench.application.assessment.answering import AnswerPlace
from workbench.domain.findings import UserError
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.pages.assessment.following import follow, followed
from workbench.ui.pages.assessment.match_weights_dialog import MatchWeightsDialog
from workbench.ui.pages.assessment.matching_tab import MatchingTab


class MatchingDecisions(QObject):
    """Answers the signals of the tab; every step is logged and can be undone."""

    def __init__(self, context: UiContext, tab: MatchingTab) -> None:
        super().__init__(tab)
        self._context = context
        self._tab = tab
        tab.compare_asked.connect(self._on_compare)
        tab.goals.wanted.connect(self._on_goal)
        tab.weights_asked.connect(self._on_weights)
        tab.borrow.wanted.connect(self._on_wanted)
        context.changed.connect(self._on_changed)
        context.assessed.comparison_changed.connect(self._on_comparison)

    @Slot(str)
    def _on_compare(self, case_id: str) -> None:
        assessed = self._context.assessed
        assessed.compare(case_id, case_id not in assessed.compared)

    @Slot()
    def _on_comparison(self) -> None:
        self._tab.set_compared(self._context.assessed.compared)

    @Slot(tuple)
    def _on_wanted(self, steps: tuple[str, ...]) -> None:
        follow(self._context, steps)

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity == "assessment" for change in changes.records):
            self._tab.set_followed(followed(self._context))
            self._on_comparison()

    @Slot(str, str)
    def _on_goal(self, field: str, text: str) -> None:
        """Write a pathway input of the park, in its record or in a new one."""
        park = self._context.park
        if park is None:
            return
        try:
            self._context.services.answering.answer(AnswerPlace(park.key), {field: text})
        except UserError as error:
            self._context.shell.show_error(error)

    @Slot()
    def _on_weights(self) -> None:
        MatchWeightsDialog(self._context).open()
