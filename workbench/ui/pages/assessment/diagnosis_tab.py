# SPDX-License-Identifier: MIT
"""The diagnosis of an assessment: severity, confidence, rules with values, what would refute it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from workbench.domain.diagnosis.diagnosing import Distress, RuleResult
from workbench.domain.diagnosis.rules import Causality, SeverityLevel
from workbench.domain.records.ledger import Ledger
from workbench.ui.pages.assessment.explanation_panel import PANEL_WIDTH, ExplanationPanel
from workbench.ui.pages.assessment.result_words import (
    LEVEL_TONES,
    missing_names,
    shown_measure,
    shown_threshold,
)
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.bars import Bar, HBar
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row
from workbench.ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from workbench.application.assessment.assessing import AssessmentDraft
    from workbench.domain.content import Content

_NEEDS = 900
_BAR_TONES = {
    SeverityLevel.SEVERE: "danger",
    SeverityLevel.MEDIUM: "c2",
    SeverityLevel.LIGHT: "c3",
    SeverityLevel.NONE: "c6",
}
_RULE_MARKS = {
    True: ("rule_true", "danger"),
    False: ("rule_false", "success"),
    None: ("rule_unknown", "neutral"),
}
_FAULTY = ("rule_faulty", "warn")


class DiagnosisTab(Box):
    """Bars of all types, a table of them, and the rules of the chosen one."""

    def __init__(self, content: "Content") -> None:
        super().__init__("page")
        self._content = content
        self._draft: AssessmentDraft | None = None
        page = ScrollPage()
        self._chart = HBar(t("assessment.severity"), [], maximum=100.0)
        self._card = Card(t("assessment.severity"), t("assessment.severity_unit"))
        self._card.add(self._chart)
        self.table = ReadTable(
            t("assessment.tab_diagnosis"),
            (
                Column(t("assessment.problem"), share=4),
                Column(t("assessment.severity"), width=92),
                Column(t("assessment.confidence"), width=100, right=True),
                Column(t("assessment.triggered"), share=6),
            ),
            opens=True,
        )
        self.table.row_opened.connect(self.show_rules)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        holder = Box("card", margins=(1, 1, 1, 1))
        holder.add(self.table)
        page.add(self._card)
        page.add(holder)
        page.content.addStretch(1)
        self.panel = ExplanationPanel()
        self.side = SideBySide(
            page, self.panel, t("assessment.grounds"), width=PANEL_WIDTH, needs=_NEEDS
        )
        self.add(self.side)

    def set_draft(self, draft: "AssessmentDraft") -> None:
        """Show the diagnosis of a result, the most severe type first."""
        self._draft = draft
        lang = language()
        ordered = sorted(draft.distresses, key=lambda d: (-d.severity, d.type.code))
        self._chart.set_rows(
            [
                Bar(
                    f"{d.type.code} {d.type.name.get(lang)}",
                    float(d.severity) if d.judged else None,
                    _BAR_TONES[d.level],
                    t(d.level.text_key) if d.judged else "",
                )
                for d in ordered
            ]
        )
        self._card.set_title(self._finding(ordered), self._kinds(ordered))
        self.table.set_rows([_distress_row(d) for d in ordered])
        if not self.table.chosen() and ordered:
            self.table.choose(ordered[0].type.code)
        self._on_opened(self.table.chosen())

    def show_type(self, code: str) -> None:
        """Show one type with its rules."""
        self.table.choose(code)
        self.show_rules(code)

    @Slot(str)
    def show_rules(self, code: str) -> None:
        """Explain one type, instead of the table where there is no room for both."""
        self._on_opened(code)
        self.side.open_detail()

    def _finding(self, ordered: list[Distress]) -> str:
        found = [d for d in ordered if d.level is not SeverityLevel.NONE]
        if not found:
            return t("assessment.no_problem")
        worst = found[0]
        return t(
            "assessment.finding",
            n=len(found),
            name=worst.type.name.get(language()),
            level=t(worst.level.text_key),
            severity=worst.severity,
        )

    def _kinds(self, ordered: list[Distress]) -> str:
        """Name causes apart from results: treating a result leaves its cause."""
        parts = []
        for kind in Causality:
            names = [
                d.type.name.get(language())
                for d in ordered
                if d.type.causality is kind and d.level is not SeverityLevel.NONE
            ]
            if names:
                joined = t("assessment.comma").join(names)
                parts.append(t("assessment.kind", kind=t(kind.text_key), names=joined))
        return t("ui.gap").join(parts) or t("assessment.severity_unit")

    @Slot()
    def _on_current(self) -> None:
        self._on_opened(self.table.chosen())

    @Slot(str)
    def _on_opened(self, code: str) -> None:
        draft = self._draft
        found = next((d for d in draft.distresses if d.type.code == code), None) if draft else None
        if draft is not None and found is not None:
            self._explain(found, draft.scope.ledger)

    def _explain(self, distress: Distress, ledger: Ledger) -> None:
        panel, lang = self.panel, language()
        panel.begin()
        panel.title(f"{distress.type.code}  {distress.type.name.get(lang)}")
        panel.sentence(
            t(
                "assessment.severity_line",
                severity=distress.severity,
                level=t(distress.level.text_key),
                confidence=f"{distress.confidence:.0%}",
                kind=t(distress.type.causality.text_key),
            )
        )
        if note := distress.type.note.get(lang):
            panel.sentence(note, quiet=True)
        panel.section(t("assessment.rules"))
        for result in distress.rules:
            word, tone = _FAULTY if result.faulty else _RULE_MARKS[result.truth]
            panel.verdict(t(f"assessment.{word}"), tone, _rule_words(result))
            if result.truth is None and result.missing:
                names = missing_names(result.missing, ledger)
                panel.sentence(t("assessment.lacks", names=names), quiet=True)
        panel.section(t("assessment.falsifier"))
        panel.sentence(distress.type.falsifier.get(lang))
        if distress.level is not SeverityLevel.NONE and distress.type.pathways:
            panel.section(t("assessment.pathways"))
            panel.sentence(
                t("assessment.comma").join(self._pathway(code) for code in distress.type.pathways)
            )
        panel.inputs(distress.evidence, ledger)
        panel.missing(distress.missing, ledger)

    def _pathway(self, code: str) -> str:
        pathway = self._content.pathways.get(code)
        return f"{code} {pathway.name.get(language())}" if pathway else code


def _rule_words(result: RuleResult) -> str:
    """Return one rule with its value, threshold and points; a yes-or-no rule has points only."""
    text, points = result.rule.describe(language()), result.points
    if result.rule.threshold is None or result.faulty:
        return t("assessment.rule_plain", text=text, points=points)
    value, threshold = shown_measure(result), shown_threshold(result)
    return t("assessment.rule", text=text, value=value, threshold=threshold, points=points)


def _distress_row(distress: Distress) -> Row:
    lang = language()
    undecided = sum(result.truth is None for result in distress.rules)
    triggered = "\n".join(_rule_words(result) for result in distress.triggered)
    known = t("assessment.none_triggered" if undecided < len(distress.rules) else "assessment.open")
    return Row(
        distress.type.code,
        (
            Cell(
                f"{distress.type.code} {distress.type.name.get(lang)}",
                detail=t(distress.type.causality.text_key),
                strong=True,
            ),
            _severity_cell(distress),
            Cell(f"{distress.confidence:.0%}"),
            Cell(
                triggered or known,
                detail=t("assessment.undecided_n", n=undecided) if undecided else "",
                tone="text" if triggered else "text3",
            ),
        ),
    )


def _severity_cell(distress: Distress) -> Cell:
    """Return the severity; without a decided rule it is not known."""
    if not distress.judged:
        return Cell(t("assessment.pending"), tone="neutral", pill=True)
    words = f"{distress.severity}  {t(distress.level.text_key)}"
    return Cell(words, tone=LEVEL_TONES[distress.level], pill=True)
