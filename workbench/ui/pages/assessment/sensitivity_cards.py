# SPDX-License-Identifier: MIT
"""How the order hangs on the weights: a tornado of the lead, and lines over one weight."""

from PySide6.QtCore import Slot

from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import walk
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.wording import flip_sentences, reversal_sentences, rule_sentence
from workbench.ui.pages.assessment.pathway_words import percent
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.charts.lines import Line, Lines, Mark
from workbench.ui.widgets.charts.tornado import Swing, Tornado
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label

_SHOWN = 5
"""More lines than this cannot be told apart."""
_POINTS = 20


class TornadoCard(Card):
    """How far each weight pulls the lead of the first place."""

    def __init__(self) -> None:
        super().__init__(t("pathways.tornado", percent=30), t("pathways.tornado_text"))
        self.chart = Tornado("", ("−30%", "+30%"))
        self.add(self.chart)
        self.sentences = Label("", "caption", wrap=True, selectable=True)
        self.add(self.sentences)

    def set_ranking(self, ranking: Ranking) -> None:
        """Show another ranking."""
        share = f"{ranking.rules.weight_change * 100:g}"
        title = t("pathways.tornado", percent=share)
        self.set_title(title, t("pathways.tornado_text"))
        swings = [
            Swing(t(CRITERIA[each.criterion].text_key), each.down, each.up)
            for each in ranking.swings
        ]
        self.chart.set_swings(ranking.gap or 0.0, swings)
        self.chart.set_title(title)
        words = texts_in_use()
        found = flip_sentences(ranking, words) or [t("ranking.no_flips")]
        found += reversal_sentences(ranking, words) or [t("ranking.no_reversals")]
        self.sentences.setText("\n".join([*found, rule_sentence(ranking, words)]))


class LinesCard(Card):
    """The sums of the pathways as one weight goes from nothing to everything."""

    def __init__(self) -> None:
        items = [(criterion.value, t(criterion.text_key)) for criterion in CRITERIA]
        self.choice = ChoiceBox(t("pathways.line_of"), items)
        super().__init__("", t("pathways.lines_text"), actions=(self.choice,))
        self._ranking: Ranking | None = None
        self.chart = Lines("", (), (), height=260)
        self.add(self.chart)
        self.choice.activated.connect(self._show)

    def set_ranking(self, ranking: Ranking) -> None:
        """Show another ranking."""
        self._ranking = ranking
        self._show()

    @Slot()
    def _show(self) -> None:
        ranking = self._ranking
        if ranking is None:
            return
        place = self.choice.currentIndex()
        criterion = CRITERIA[place]
        title = t("pathways.lines", name=t(criterion.text_key))
        self.set_title(title, t("pathways.lines_text"))
        self.chart.set_title(title)
        decision = ranking.decision
        if decision is None:
            self.chart.set_lines((), ())
            return
        walked = [walk(decision, place, at / _POINTS) for at in range(_POINTS + 1)]
        leading = {sums.index(max(sums)) for sums in walked}
        shown = sorted(range(len(decision.codes)), key=lambda at: (at not in leading, at))[:_SHOWN]
        lines = [Line(decision.codes[at], [sums[at] for sums in walked]) for at in sorted(shown)]
        weight = decision.weights[place]
        mark = Mark(t("pathways.today", percent=percent(weight)), weight * _POINTS)
        xs = [f"{100 * at // _POINTS}%" for at in range(_POINTS + 1)]
        self.chart.set_lines(xs, lines, mark=mark)
