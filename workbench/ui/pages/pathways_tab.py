# SPDX-License-Identifier: MIT
"""Which pathways are open to what was assessed: verdict, preconditions, blocks, what to fix."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from workbench.domain.feasibility import ConditionCheck, Feasibility, PathwayCheck
from workbench.domain.ledger import Ledger
from workbench.ui.pages.explanation_panel import PANEL_WIDTH, ExplanationPanel
from workbench.ui.pages.result_words import missing_names
from workbench.ui.texts import language, t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row
from workbench.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from workbench.application.assessing import AssessmentDraft

_NEEDS = 900
_TONES = {
    Feasibility.OPEN: "success",
    Feasibility.BLOCKED: "danger",
    Feasibility.NOT_YET: "warn",
    Feasibility.PENDING: "neutral",
}
_MARKS = {True: ("met", "success"), False: ("unmet", "danger"), None: ("pending", "neutral")}
_BLOCKS = {True: ("hit", "danger"), False: ("not_hit", "success"), None: ("pending", "neutral")}


class PathwaysTab(Box):
    """A table of all pathways, and the conditions of the chosen one."""

    def __init__(self) -> None:
        super().__init__("page")
        self._draft: AssessmentDraft | None = None
        page = ScrollPage()
        page.add(Banner(t("assessment.not_ranked"), "info"))
        self._summary = Label("", "strong", wrap=True)
        page.add(self._summary)
        self.table = ReadTable(
            t("assessment.tab_pathways"),
            (
                Column(t("assessment.pathway"), share=4),
                Column(t("assessment.feasibility"), width=104),
                Column(t("assessment.conditions"), width=150),
                Column(t("assessment.fix_first"), share=5),
            ),
            opens=True,
        )
        self.table.row_opened.connect(self.show_conditions)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        holder = Box("card", margins=(1, 1, 1, 1))
        holder.add(self.table)
        page.add(holder)
        page.content.addStretch(1)
        self.panel = ExplanationPanel()
        self.side = SideBySide(
            page, self.panel, t("assessment.grounds"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self.add(self.side)

    def set_draft(self, draft: "AssessmentDraft") -> None:
        """Show the pathways of a result in the order of the pathway library."""
        self._draft = draft
        self._summary.setText(_summary(draft.pathways))
        ledger = draft.scope.ledger
        self.table.set_rows([_row(check, ledger) for check in draft.pathways])
        if not self.table.chosen() and draft.pathways:
            self.table.choose(draft.pathways[0].pathway.code)
        self._on_current()

    def show_pathway(self, code: str) -> None:
        """Show one pathway with its conditions."""
        self.table.choose(code)
        self.show_conditions(code)

    @Slot(str)
    def show_conditions(self, code: str) -> None:
        """Explain one pathway, instead of the table where there is no room for both."""
        self._explain(code)
        self.side.open_detail()

    @Slot()
    def _on_current(self) -> None:
        self._explain(self.table.chosen())

    def _explain(self, code: str) -> None:
        draft = self._draft
        check = next((c for c in draft.pathways if c.pathway.code == code), None) if draft else None
        if draft is None or check is None:
            return
        panel, pathway, lang = self.panel, check.pathway, language()
        ledger = draft.scope.ledger
        panel.begin()
        panel.title(f"{pathway.code}  {pathway.name.get(lang)}")
        panel.verdict(_verdict(check), _TONES[check.feasibility], t(pathway.layer.text_key))
        if summary := pathway.summary.get(lang):
            panel.sentence(summary, quiet=True)
        if not check.preconditions and not check.blocks:
            panel.sentence(t("assessment.no_conditions"), quiet=True)
        if check.preconditions:
            panel.section(t("assessment.conditions"))
        for each in check.preconditions:
            self._condition(each, ledger, _MARKS[each.truth])
        if check.blocks:
            panel.section(t("assessment.blocks"))
        for each in check.blocks:
            self._condition(each, ledger, _BLOCKS[each.truth])
        every = (*check.preconditions, *check.blocks)
        panel.missing(list(dict.fromkeys(c for each in every for c in each.missing)), ledger)
        panel.inputs(list(dict.fromkeys(c for each in every for c in each.inputs)), ledger)

    def _condition(self, check: ConditionCheck, ledger: Ledger, mark: tuple[str, str]) -> None:
        word, tone = mark
        self.panel.verdict(t(f"assessment.{word}"), tone, _words(check))
        if check.truth is None and check.missing:
            names = missing_names(check.missing, ledger)
            self.panel.sentence(t("assessment.lacks", names=names), quiet=True)


def _verdict(check: PathwayCheck) -> str:
    return t(f"assessment.verdict_{check.feasibility.name.lower()}")


def _words(check: ConditionCheck) -> str:
    """Return a condition in words, with what leads out of it."""
    words = check.text.get(language())
    if check.red_line:
        words += t("assessment.red_line")
    return words + (t("assessment.way_out", code=check.way_out) if check.way_out else "")


def _summary(checks: Iterable[PathwayCheck]) -> str:
    """Return how many pathways there are per verdict."""
    verdicts = [check.feasibility for check in checks]
    counts = {f"{each.name.lower()}": verdicts.count(each) for each in Feasibility}
    return t("assessment.pathways_summary", **counts)


def _row(check: PathwayCheck, ledger: Ledger) -> Row:
    pathway = check.pathway
    first, tone = _fix_first(check, ledger)
    return Row(
        pathway.code,
        (
            Cell(
                f"{pathway.code} {pathway.name.get(language())}",
                detail=t(pathway.layer.text_key),
                strong=True,
            ),
            Cell(_verdict(check), tone=_TONES[check.feasibility], pill=True),
            Cell(_marks(check) or "—", tone="text2"),
            Cell(first or "—", tone=tone),
        ),
    )


def _marks(check: PathwayCheck) -> str:
    """Return how many preconditions are met, not met, and open."""
    truths = [each.truth for each in check.preconditions]
    marks = ((True, "✔"), (False, "✘"), (None, t("assessment.pending")))
    return "  ".join(f"{mark} {truths.count(truth)}" for truth, mark in marks if truth in truths)


def _fix_first(check: PathwayCheck, ledger: Ledger) -> tuple[str, str]:
    """Return what stands in the way, else what has to be found out, with its tone."""
    if check.to_fix:
        return "\n".join(_words(each) for each in check.to_fix), "text"
    missing = [cell for each in (*check.preconditions, *check.blocks) for cell in each.missing]
    unique = list(dict.fromkeys(missing))
    return (t("assessment.lacks", names=missing_names(unique, ledger)) if unique else ""), "text3"
