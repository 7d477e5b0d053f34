# SPDX-License-Identifier: MIT
"""The cases beside the assessed asset: ranked, side by side for up to three, and one in full."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from workbench.application.assessment.weights_kept import WeightsKept, kept_words
from workbench.application.cases.words import short_name
from workbench.domain.labels import label_key
from workbench.domain.matching.comparison import compare
from workbench.domain.matching.similarity import CaseMatch
from workbench.ui.pages.assessment.borrow_card import BorrowCard
from workbench.ui.pages.assessment.comparison_table import ComparisonCard
from workbench.ui.pages.assessment.goals_card import GoalsCard
from workbench.ui.pages.assessment.match_detail import MatchDetail, Types, our_words, their_words
from workbench.ui.pages.assessment.matching_charts import MatchingCharts
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft

_COMPARED = 3


class MatchingTab(ScrollPage):
    """``compare_asked`` carries a case id, ``case_asked`` opens the case library."""

    compare_asked = Signal(str)
    case_asked = Signal(str)
    weights_asked = Signal()
    indicator_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._matches: Sequence[CaseMatch] = ()
        self._draft: AssessmentDraft | None = None
        self._types: Types = {}
        self._chosen = ""
        self._compared: tuple[str, ...] = ()
        self._followed: tuple[str, ...] = ()
        self.goals = GoalsCard()
        self.charts = MatchingCharts()
        self.charts.indicator_asked.connect(self.indicator_asked)
        self.table = ReadTable(
            t("assessment.tab_matching"),
            (
                Column(t("assessment.case"), share=4),
                Column(t("assessment.match"), width=84, right=True),
                Column(t("assessment.similarity"), width=84, right=True),
                Column(t("assessment.coverage"), width=84, right=True),
                Column(t("assessment.standing"), width=110),
            ),
            opens=True,
        )
        self.table.row_opened.connect(self.open_case)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._side = Box("plain")
        side_card = Card(t("assessment.side_by_side"), t("assessment.side_text"))
        side_card.add(self._side)
        self.figures = ComparisonCard()
        self.figures.indicator_asked.connect(self.indicator_asked)
        self.borrow = BorrowCard()
        self.borrow.case_asked.connect(self.open_case)
        self.detail = MatchDetail()
        self.detail.case_asked.connect(self.case_asked)
        self.detail.compare_asked.connect(self.compare_asked)
        holder = Box("card", margins=(1, 1, 1, 1))
        holder.add(self.table)
        self.weights = Button(t("match_weighing.button"), icon="pencil")
        self.weights.clicked.connect(self.weights_asked)
        self._basis = Label("", "caption", wrap=True)
        basis = Box("plain", horizontal=True, spacing=12)
        basis.add(self._basis, 1)
        basis.add(self.weights)
        self.add(self.goals)
        self.add(self.charts)
        self.add(basis)
        self.add(holder)
        self.add(self.figures)
        self.add(self.borrow)
        self.add(side_card)
        self.add(self.detail)
        self.content.addStretch(1)

    def set_draft(
        self,
        draft: "AssessmentDraft",
        compared: tuple[str, ...],
        kept: WeightsKept | None = None,
    ) -> None:
        """Show the matches of a result; ``kept`` tells who kept the weights."""
        self._matches = draft.matches
        self._draft = draft
        self.charts.set_draft(draft)
        self._types = {distress.type.code: distress.type for distress in draft.distresses}
        self.detail.set_lacking(draft.scope.lacking)
        context = draft.scope.context_for
        self.goals.set_records(context("goals"), context("finance_band"))
        self.set_compared(compared)
        self.table.set_rows([_match_row(match) for match in self._matches])
        self._basis.setText(_basis_words(draft, kept))
        self.charts.nearest.set_matches(self._matches)
        known = [match.case.id for match in self._matches]
        self.show_case(self._chosen if self._chosen in known else known[0] if known else "")

    def set_followed(self, pathways: tuple[str, ...]) -> None:
        """Say which pathways the checklist goes by, from the next comparison on."""
        self._followed = pathways

    def set_compared(self, compared: tuple[str, ...]) -> None:
        """Show these cases side by side; without any the three nearest."""
        self._compared = compared
        chosen = [m for m in self._matches if m.case.id in compared]
        chosen = chosen or list(self._matches[:_COMPARED])
        self.charts.radar.set_compared(chosen)
        if self._draft is not None:
            cases = [match.case for match in chosen]
            self.borrow.set_lessons(self._draft, chosen, self._followed)
            self.figures.set_lines(compare(self._draft.scope, self._draft.indicators, cases), cases)
        clear_layout(self._side.content)
        self._side.add(_side_by_side(chosen, self._types))
        self._show_detail()

    def show_case(self, case_id: str) -> None:
        """Show one match in full."""
        self._chosen = case_id
        self.table.choose(case_id)
        self._show_detail()

    def _show_detail(self) -> None:
        match = next((m for m in self._matches if m.case.id == self._chosen), None)
        self.detail.setVisible(match is not None)
        if match is not None:
            self.detail.set_match(match, self._types, compared=self._chosen in self._compared)

    @Slot()
    def _on_current(self) -> None:
        if (case_id := self.table.chosen()) and case_id != self._chosen:
            self.show_case(case_id)

    @Slot(str)
    def open_case(self, case_id: str) -> None:
        """Show a match and go to it: it stands far below the list."""
        self.show_case(case_id)
        if layout := self.body.layout():
            layout.activate()  # where the detail stands is known only now
        self.verticalScrollBar().setValue(self.detail.y())


def _basis_words(draft: "AssessmentDraft", kept: WeightsKept | None) -> str:
    """Return how many cases were compared, and who kept the weights by which."""
    words = []
    if draft.compared_cases > len(draft.matches):
        words.append(
            t("match_weighing.nearest_of", total=draft.compared_cases, n=len(draft.matches))
        )
    words.append(kept_words(kept, texts_in_use()))
    return "\n".join(words)


def _match_row(match: CaseMatch) -> Row:
    lang = language()
    founded = match.well_founded
    return Row(
        match.case.id,
        (
            Cell(
                f"{match.case.id}  {match.case.name.get(lang)}",
                detail=match.case.region.get(lang),
            ),
            Cell(f"{match.standing:.1%}" if match.comparable else "—", strong=True),
            Cell(f"{match.similarity:.1%}" if match.comparable else "—"),
            Cell(f"{match.coverage:.1%}"),
            Cell(
                t("assessment.founded" if founded else "assessment.not_founded"),
                tone="success" if founded else "warn",
                pill=True,
            ),
        ),
    )


def _side_by_side(matches: Sequence[CaseMatch], types: Types) -> ReadTable:
    """Return our features beside those of the cases, each with its score."""
    columns = [Column(t("assessment.feature"), width=120), Column(t("assessment.ours"), share=2)]
    columns += [Column(short_name(match.case, texts_in_use()), share=2) for match in matches]
    table = ReadTable(t("assessment.side_by_side"), columns)
    rows = []
    for at, feature in enumerate(matches[0].features if matches else ()):
        cells = [
            Cell(t(label_key("feature", feature.name)), tone="text2"),
            Cell(our_words(feature, types), strong=feature.ours is not None,
                 tone="text3" if feature.ours is None else "text"),
        ]  # fmt: skip
        for match in matches:
            theirs = match.features[at]
            score = theirs.score
            words = t("assessment.score_of", score=f"{score:.2f}") if score is not None else ""
            known = theirs.theirs is not None
            cells.append(
                Cell(their_words(theirs, types), detail=words, tone="text" if known else "text3")
            )
        rows.append(Row(feature.name, tuple(cells)))
    table.set_rows(rows)
    return table
