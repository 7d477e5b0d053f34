# SPDX-License-Identifier: MIT
"""One pathway explained: scores with origins, conditions, tipping weights, bundles, overlays."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.pathways.feasibility import ConditionCheck, PathwayCheck
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.wording import score_sentence
from workbench.domain.records.ledger import Ledger
from workbench.ui.look import theme
from workbench.ui.pages.assessment.explanation_panel import ExplanationPanel
from workbench.ui.pages.assessment.pathway_words import (
    ORIGIN_TONES,
    TONES,
    condition_words,
    path_name,
    percent,
    verdict,
)
from workbench.ui.pages.assessment.result_words import missing_names
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.target_link import TargetLink

_MARKS = {True: ("met", "success"), False: ("unmet", "danger"), None: ("pending", "neutral")}
_BLOCKS = {True: ("hit", "danger"), False: ("not_hit", "success"), None: ("pending", "neutral")}


class PathwayPanel(ExplanationPanel):
    """Explains one pathway; its buttons ask for answers and scores, carrying the code."""

    answers_asked = Signal(str)
    scores_asked = Signal(str)
    scenario_asked = Signal(str)
    """The key of the scenario that a score rests on."""
    followed = Signal(tuple)
    """Codes of pathways, in order, by which the checklist shall go."""

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self._steps: tuple[str, ...] = ()

    def explain(self, ranking: Ranking, check: PathwayCheck, ledger: Ledger) -> None:
        """Show everything about one pathway."""
        pathway, lang = check.pathway, language()
        self._code = pathway.code
        placing = ranking.placing(pathway.code)
        self.begin()
        self.title(path_name(check))
        self.verdict(verdict(check), TONES[check.feasibility], t(pathway.layer.text_key))
        if summary := pathway.summary.get(lang):
            self.sentence(summary, quiet=True)
        months = t("pathways.takes", low=pathway.months_min, high=pathway.months_max)
        self.sentence(months, quiet=True)
        enabling = ranking.enabling(placing) if placing else ()
        self._steps = (*enabling, pathway.code)
        self._buttons(check, placing)
        if placing is not None:
            self._scores(placing)
        self._conditions(check, ledger)
        if placing is not None and ranking.decision is not None:
            self._tipping(ranking, placing)
        self._company(ranking, pathway.code)
        every = (*check.preconditions, *check.blocks)
        traces = [score.trace for score in placing.scores.values()] if placing else []
        lacking = [cell for each in every for cell in each.missing]
        lacking += [cell for trace in traces for cell in trace.missing]
        used = [cell for each in every for cell in each.inputs]
        used += [cell for trace in traces for cell in trace.inputs]
        self.missing(list(dict.fromkeys(lacking)), ledger)
        self.inputs(list(dict.fromkeys(used)), ledger)

    def _buttons(self, check: PathwayCheck, placing: Placing | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        if check.preconditions or check.blocks:
            answer = Button(t("pathways.answer"), icon="pencil")
            answer.clicked.connect(self._on_answer)
            row.addWidget(answer)
        if placing is not None:
            score = Button(t("pathways.score"))
            score.clicked.connect(self._on_score)
            row.addWidget(score)
        follow = Button(t("pathways.follow"), tip=t("pathways.follow_text"))
        follow.clicked.connect(self._on_follow)
        row.addWidget(follow)
        row.addStretch(1)
        self.lines.addLayout(row)

    def _scores(self, placing: Placing) -> None:
        self.section(t("pathways.origins"))
        for criterion in CRITERIA:
            score = placing.scores[criterion]
            name, value = t(criterion.text_key), f"{score.value.normalize():f}"
            words = t("pathways.score_line", name=name, score=value)
            self.verdict(t(score.origin.text_key), ORIGIN_TONES[score.origin], words)
            self.sentence(score_sentence(score, texts_in_use()), quiet=True)
            if score.scenario_key:
                link = TargetLink(
                    t("pathways.open_scenario"),
                    score.scenario_key,
                    name=t(
                        "pathways.open_scenario_of", name=name, scenario=score.shown["scenario"]
                    ),
                )
                link.followed.connect(self.scenario_asked)
                self.lines.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _conditions(self, check: PathwayCheck, ledger: Ledger) -> None:
        if not check.preconditions and not check.blocks:
            self.sentence(t("assessment.no_conditions"), quiet=True)
        if check.preconditions:
            self.section(t("assessment.conditions"))
        for each in check.preconditions:
            self._condition(each, ledger, _MARKS[each.truth])
        if check.blocks:
            self.section(t("assessment.blocks"))
        for each in check.blocks:
            self._condition(each, ledger, _BLOCKS[each.truth])

    def _condition(self, check: ConditionCheck, ledger: Ledger, mark: tuple[str, str]) -> None:
        word, tone = mark
        self.verdict(t(f"assessment.{word}"), tone, condition_words(check))
        if check.truth is None and check.missing:
            names = missing_names(check.missing, ledger)
            self.sentence(t("assessment.lacks", names=names), quiet=True)

    def _tipping(self, ranking: Ranking, placing: Placing) -> None:
        """Say at which weight the pathway becomes first, or between which it stays so."""
        if placing.rank is None:
            return
        self.section(t("pathways.tipping"))
        said = False
        for criterion, weight in ranking.weighed.values.items():
            name, today = t(criterion.text_key), percent(weight)
            tipping = ranking.tipping(placing.code, criterion)
            lead = ranking.lead(placing.code, criterion)
            if ranking.first is not None and placing.code == ranking.first.code and lead:
                low, high = percent(lead.low), percent(lead.high)
                words = t("pathways.stays_line", name=name, low=low, high=high, today=today)
            elif tipping is not None:
                words = t("pathways.tipping_line", name=name, percent=percent(tipping), today=today)
            else:
                continue
            said = True
            self.sentence(words, quiet=True)
        if not said:
            self.sentence(t("pathways.never_first"), quiet=True)

    def _company(self, ranking: Ranking, code: str) -> None:
        """Name the bundles of a pathway in their order, and what can be attached to it."""
        bundles = ranking.bundles_with(code)
        if bundles:
            self.section(t("pathways.bundles"))
        for bundle in bundles:
            steps = " → ".join(bundle.steps)
            steps += "".join(f" + {overlay}" for overlay in bundle.overlays)
            name = f"{bundle.code} {bundle.name.get(language())}"
            self.sentence(t("pathways.bundle_line", name=name, steps=steps), quiet=True)
            whole = Button(t("pathways.follow_bundle"), "link")
            whole.setProperty("steps", [*bundle.steps, *bundle.overlays])
            whole.clicked.connect(self._on_follow_bundle)
            self.lines.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)
        overlays = ranking.overlays_for(code) if ranking.placing(code) else ()
        if overlays:
            self.section(t("pathways.overlays"))
        for each in overlays:
            words = t("pathways.overlay_line", path=path_name(each), verdict=verdict(each))
            self.sentence(words, quiet=True)

    @Slot()
    def _on_answer(self) -> None:
        self.answers_asked.emit(self._code)

    @Slot()
    def _on_follow(self) -> None:
        self.followed.emit(self._steps)

    @Slot()
    def _on_follow_bundle(self) -> None:
        button = self.sender()
        if button is not None:
            self.followed.emit(tuple(button.property("steps")))

    @Slot()
    def _on_score(self) -> None:
        self.scores_asked.emit(self._code)
