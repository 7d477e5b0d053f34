# SPDX-License-Identifier: MIT
"""The pathways of what was assessed: ranked with reasons, weights to walk, how firm it is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot

from workbench.application.assessment.weights_kept import WeightsKept, kept_words
from workbench.domain.condition_names import CONTEXT_ENTITY
from workbench.domain.pathways.feasibility import Feasibility
from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.weighing import Weighting
from workbench.ui.pages.assessment.explanation_panel import PANEL_WIDTH
from workbench.ui.pages.assessment.pathway_panel import PathwayPanel
from workbench.ui.pages.assessment.pathway_words import headline, remarks, table_rows
from workbench.ui.pages.assessment.sensitivity_cards import LinesCard, TornadoCard
from workbench.ui.pages.assessment.weights_card import WeightsCard
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Column, ReadTable
from workbench.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft

_NEEDS = 900
_REST = 150


class PathwaysTab(Box):
    """Shows the ranking; asks with signals for what must be kept."""

    weights_asked = Signal(object)
    """A weighting to keep."""
    judging_asked = Signal()
    choice_asked = Signal()
    withdrawal_asked = Signal()
    ledger_asked = Signal(str)
    """A link to a ledger cell."""

    def __init__(self) -> None:
        super().__init__("page")
        self._draft: AssessmentDraft | None = None
        self._ranking: Ranking | None = None
        self._filling = False
        # A slider tells many times a second; the words beside it follow when it rests.
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._on_current)
        page = ScrollPage()
        page.add(self._finding_card())
        self.table = ReadTable(
            t("assessment.tab_pathways"),
            (
                Column(t("pathways.rank"), width=64),
                Column(t("assessment.pathway"), share=4),
                Column(t("pathways.weighted"), width=124),
                Column(t("assessment.feasibility"), width=132),
                Column(t("assessment.fix_first"), share=5),
            ),
            opens=True,
        )
        self.table.row_opened.connect(self.show_conditions)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        holder = Box("card", margins=(1, 1, 1, 1))
        holder.add(self.table)
        self.weights = WeightsCard()
        self.weights.walked.connect(self._on_walked)
        self.weights.keep_asked.connect(self.weights_asked)
        self.weights.judge_asked.connect(self.judging_asked)
        self.tornado = TornadoCard()
        self.lines = LinesCard()
        for card in (self.weights, holder, self.tornado, self.lines):
            page.add(card)
        page.content.addStretch(1)
        self.panel = PathwayPanel()
        self.panel.target_asked.connect(self._on_target)
        self.side = SideBySide(
            page, self.panel, t("assessment.grounds"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self.add(self.side)

    def _finding_card(self) -> Card:
        self.recommend = Button(t("pathways.recommend"), icon="user")
        self.recommend.clicked.connect(self.choice_asked)
        self.withdraw = Button(t("pathways.withdraw"))
        self.withdraw.clicked.connect(self.withdrawal_asked)
        self.finding = Card(" ", " ", actions=(self.withdraw, self.recommend))
        self._remarks = Box("plain", spacing=4)
        self.finding.add(self._remarks)
        return self.finding

    @property
    def ranking(self) -> Ranking | None:
        """Return the ranking on screen, walked or kept."""
        return self._ranking

    def set_draft(self, draft: "AssessmentDraft", kept: WeightsKept | None = None) -> None:
        """Show the pathways of a result by rank; ``kept`` tells who kept the weights."""
        self._draft = draft
        self.weights.set_kept(kept_words(kept, texts_in_use()))
        self.weights.set_ranking(draft.ranking)
        self._show(draft.ranking)
        if not self.table.chosen() and self.table.rows():
            self.table.choose(self.table.rows()[0].key)
        self._on_current()

    def show_pathway(self, code: str) -> None:
        """Show one pathway with its conditions."""
        self.table.choose(code)
        self.show_conditions(code)

    def _show(self, ranking: Ranking) -> None:
        if self._draft is None:
            return
        self._ranking = ranking
        self.finding.set_title(headline(ranking), self._counted())
        self.withdraw.setVisible(ranking.override is not None)
        clear_layout(self._remarks.content)
        for words, tone in remarks(ranking):
            self._remarks.add(Label(words, "caption", tone=tone, wrap=True, selectable=True))
        self._filling = True
        self.table.set_rows(table_rows(ranking, self._draft.scope.ledger))
        self._filling = False
        self.tornado.set_ranking(ranking)
        self.lines.set_ranking(ranking)

    def _counted(self) -> str:
        """Return how many pathways there are per verdict."""
        if self._draft is None:
            return ""
        verdicts = [check.feasibility for check in self._draft.pathways]
        counts = {each.name.lower(): verdicts.count(each) for each in Feasibility}
        return t("assessment.pathways_summary", **counts)

    @Slot(object)
    def _on_walked(self, weighting: Weighting | None) -> None:
        """Rank the same scores by the weights on the sliders, or by the kept ones."""
        if self._draft is None:
            return
        kept = self._draft.ranking
        self._show(kept if weighting is None else kept.weighed_by(weighting))
        self._rest.start()

    @Slot(str)
    def show_conditions(self, code: str) -> None:
        """Explain one pathway, instead of the table where there is no room for both."""
        self._explain(code)
        self.side.open_detail()

    @Slot()
    def _on_current(self) -> None:
        if not self._filling:
            self._explain(self.table.chosen())

    @Slot(str)
    def _on_target(self, target: str) -> None:
        """Ask for an answer where no ledger holds it, else go to the ledger."""
        if target.removeprefix("new:").partition(":")[0] == CONTEXT_ENTITY:
            self.panel.answers_asked.emit(self.table.chosen())
        else:
            self.ledger_asked.emit(target)

    def _explain(self, code: str) -> None:
        draft, ranking = self._draft, self._ranking
        if draft is None or ranking is None:
            return
        check = next((c for c in draft.pathways if c.pathway.code == code), None)
        if check is not None:
            self.panel.explain(ranking, check, draft.scope.ledger)
