# SPDX-License-Identifier: MIT
"""Keeps what people decide on the pathways tab: opens the dialogs, calls the services."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from workbench.application.assessment.answering import AnswerPlace, place_of
from workbench.domain.findings import UserError
from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.weighing import Weighting
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.pages.assessment.answers_dialog import AnswersDialog, questions_of
from workbench.ui.pages.assessment.following import follow
from workbench.ui.pages.assessment.pathway_dialogs import ChoiceDialog, ScoreDialog
from workbench.ui.pages.assessment.pathways_tab import PathwaysTab
from workbench.ui.pages.assessment.result_words import missing_names
from workbench.ui.pages.assessment.weights_dialog import WeightsDialog
from workbench.ui.texts import t
from workbench.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from workbench.domain.pathways.feasibility import PathwayCheck
    from workbench.domain.ranking.ranking import Ranking


class PathwayDecisions(QObject):
    """Answers the signals of the tab; every step is logged and can be undone."""

    def __init__(self, context: UiContext, tab: PathwaysTab) -> None:
        super().__init__(tab)
        self._context = context
        self._answers: AnswersDialog | None = None
        tab.weights_asked.connect(self._on_weights)
        tab.judging_asked.connect(self._on_judging)
        tab.choice_asked.connect(self._on_choice)
        tab.withdrawal_asked.connect(self._on_withdrawal)
        tab.panel.scores_asked.connect(self._on_scores)
        tab.panel.answers_asked.connect(self._on_answers)
        tab.panel.followed.connect(self._on_followed)

    @property
    def _ranking(self) -> "Ranking | None":
        draft = self._context.assessed.draft
        return draft.ranking if draft else None

    def _place(self) -> tuple[str, str]:
        return self._context.park_key, self._context.assessment_key

    def _kept(self, act: Callable[[], object]) -> None:
        """Do it, or show the sentence that refuses it."""
        try:
            act()
        except UserError as error:
            asking = self.sender()
            if isinstance(asking, Dialog):
                asking.refuse(sentence(error))
            else:
                self._context.shell.show_error(error)

    def _has_place(self) -> bool:
        """Tell whether scores have a place to be kept; single assets need an assessment."""
        if self._context.assessment_key or not self._context.assessed.assets:
            return True
        self._context.shell.show_toast(t("pathways.needs_assessment"))
        return False

    @Slot(object)
    def _on_weights(self, weighting: Weighting) -> None:
        self._on_kept(weighting, "")

    @Slot()
    def _on_judging(self) -> None:
        deciding = self._context.services.deciding
        dialog = WeightsDialog(self._context, deciding.weighting(*self._place()))
        dialog.kept.connect(self._on_kept)
        dialog.open()

    @Slot(object, str)
    def _on_kept(self, weighting: Weighting, reason: str) -> None:
        deciding = self._context.services.deciding
        self._kept(lambda: deciding.weigh(*self._place(), weighting, reason))

    @Slot()
    def _on_choice(self) -> None:
        ranking = self._ranking
        if ranking is None or not self._has_place():
            return
        dialog = ChoiceDialog(self._context, ranking)
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    @Slot(str, str)
    def _on_chosen(self, code: str, reason: str) -> None:
        deciding = self._context.services.deciding
        self._kept(lambda: deciding.choose(*self._place(), code, reason))

    @Slot()
    def _on_withdrawal(self) -> None:
        deciding = self._context.services.deciding
        self._kept(lambda: deciding.withdraw(*self._place()))

    @Slot(str)
    def _on_scores(self, code: str) -> None:
        ranking = self._ranking
        placing = ranking.placing(code) if ranking else None
        if ranking is None or placing is None or not self._has_place():
            return
        dialog = ScoreDialog(self._context, placing, ranking)
        dialog.scored.connect(self._on_scored)
        dialog.open()

    @Slot(str, object, str)
    def _on_scored(
        self, code: str, changes: Mapping[Criterion, Decimal | None], reason: str
    ) -> None:
        deciding = self._context.services.deciding
        self._kept(lambda: deciding.rescore(*self._place(), code, changes, reason))

    @Slot(tuple)
    def _on_followed(self, steps: tuple[str, ...]) -> None:
        """Add pathways to those by which the assessment's checklist goes."""
        follow(self._context, steps)

    @Slot(str)
    def _on_answers(self, code: str) -> None:
        draft = self._context.assessed.draft
        check = next((c for c in draft.pathways if c.pathway.code == code), None) if draft else None
        if draft is None or check is None:
            return
        questions = questions_of(check)
        if not questions:
            self._send_to_ledger(check)
            return
        place = self._answer_place()
        record = self._context.services.answering.record(place)
        dialog = AnswersDialog(self._context, check, questions, record, self._holds_for(place))
        dialog.answered.connect(self._on_answered)
        self._answers = dialog
        dialog.open()

    def _send_to_ledger(self, check: "PathwayCheck") -> None:
        draft = self._context.assessed.draft
        every = (*check.preconditions, *check.blocks)
        missing = list(dict.fromkeys(cell for each in every for cell in each.missing))
        names = missing_names(missing, draft.scope.ledger) if draft and missing else "—"
        self._context.shell.show_toast(t("pathways.no_questions", names=names))

    def _answer_place(self) -> AnswerPlace:
        ledger = self._context.services.querying.ledger()
        chosen: list[Record] = []
        for key in sorted(self._context.assessed.assets):
            found = ledger.find("parcel", key) or ledger.find("building", key)
            chosen += [found] if found else []
        return place_of(*self._place(), chosen)

    def _holds_for(self, place: AnswerPlace) -> str:
        """Say for what the answers hold."""
        querying = self._context.services.querying
        named = querying.record("assessment", place.assessment) if place.assessment else None
        has_asset = bool(place.parcel or place.building)
        if named is None:
            return t(f"pathways.answers_for_{'asset' if has_asset else 'park'}")
        words = "both" if has_asset else "assessment"
        return t(f"pathways.answers_for_{words}", name=named.label)

    @Slot(dict)
    def _on_answered(self, answers: Mapping[str, str]) -> None:
        """Keep the answers; what cannot be read keeps the dialog open with the reason."""
        dialog, place = self._answers, self._answer_place()
        try:
            self._context.services.answering.answer(place, answers)
        except UserError as error:
            if dialog is not None:
                dialog.refuse(sentence(error))
            return
        if dialog is not None:
            dialog.close_dialog()
        self._answers = None
