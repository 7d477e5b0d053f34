# SPDX-License-Identifier: MIT
"""Walking weights: a slider per criterion; the others follow in proportion."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider

from workbench.domain.ranking.ranking import Ranking
from workbench.domain.ranking.robustness import rescaled
from workbench.domain.ranking.rules import CRITERIA
from workbench.domain.ranking.weighing import Weighting, WeightMethod, in_proportion
from workbench.domain.ranking.wording import problem_sentence
from workbench.ui.look import theme
from workbench.ui.pages.assessment.pathway_words import percent
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label

STEPS = 200
"""Half a percent a step."""


class WeightsCard(Card):
    """Shows the weights; ``walked`` carries a weighting that is not kept yet, None the kept one."""

    walked = Signal(object)
    keep_asked = Signal(object)
    judge_asked = Signal()

    def __init__(self) -> None:
        self._judge = Button(t("pathways.change_weights"), icon="scale")
        super().__init__(t("pathways.weights"), t("pathways.weights_text"), actions=(self._judge,))
        px = theme.current().px
        self._weights: tuple[float, ...] = ()
        self._kept: Ranking | None = None
        self._who = ""
        self.sliders: list[QSlider] = []
        self._figures: list[Label] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        for row, criterion in enumerate(CRITERIA):
            name = t(criterion.text_key)
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setPageStep(STEPS // 20)
            slider.setAccessibleName(t("pathways.weight_of", name=name))
            slider.setProperty("criterion", row)
            slider.valueChanged.connect(self._on_moved)
            label = QLabel(name)
            label.setBuddy(slider)
            figure = Label("", "strong")
            figure.setMinimumWidth(px(52))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(figure, row, 2)
            self.sliders.append(slider)
            self._figures.append(figure)
        grid.setColumnStretch(1, 1)
        self.add(grid)
        self.origin = Label("", "caption", wrap=True)
        self.add(self.origin)
        self.back = Button(t("pathways.back"), icon="undo-2")
        self.keep = Button(t("pathways.keep"), "primary")
        row_of_buttons = QGridLayout()
        row_of_buttons.addWidget(self.back, 0, 1)
        row_of_buttons.addWidget(self.keep, 0, 2)
        row_of_buttons.setColumnStretch(0, 1)
        self.add(row_of_buttons)
        self.back.clicked.connect(self.restore)
        self.keep.clicked.connect(self._on_keep)
        self._judge.clicked.connect(self.judge_asked)
        self._show_walking(walking=False)

    def set_kept(self, words: str) -> None:
        """Say who kept the weights and when, from the next ranking on."""
        self._who = words

    def set_ranking(self, ranking: Ranking) -> None:
        """Show the kept weights; walking begins anew from them."""
        self._kept = ranking
        weights = ranking.weighed.weights
        for slider in self.sliders:
            slider.setEnabled(weights is not None)
        self._weights = (0.0,) * len(CRITERIA) if weights is None else weights
        self._place(self._weights)
        if weights is None:  # not known is never shown as zero
            for figure in self._figures:
                figure.setText("—")
        self._show_walking(walking=False)

    @Slot()
    def restore(self) -> None:
        """Go back to the kept weights."""
        if self._kept is not None:
            self.set_ranking(self._kept)
            self.walked.emit(None)

    def _place(self, weights: Sequence[float]) -> None:
        """Put sliders and figures where the weights are, without telling."""
        for slider, figure, weight in zip(self.sliders, self._figures, weights, strict=True):
            slider.blockSignals(True)
            slider.setValue(round(weight * STEPS))
            slider.blockSignals(False)
            figure.setText(f"{percent(weight)}%")

    @Slot(int)
    def _on_moved(self, value: int) -> None:
        slider = self.sender()
        if not isinstance(slider, QSlider):
            return
        criterion = int(slider.property("criterion"))
        self._weights = rescaled(self._weights, criterion, value / STEPS)
        self._place(self._weights)
        self._show_walking(walking=True)
        self.walked.emit(self.weighting())

    def weighting(self) -> Weighting:
        """Return the weights on the sliders as weights by hand, exactly one together."""
        step = Decimal("0.0001")
        shares = {
            c: Decimal(repr(w)).quantize(step) for c, w in zip(CRITERIA, self._weights, strict=True)
        }
        judged = self._kept.weighed.weighting.judgements if self._kept else {}
        return Weighting(WeightMethod.MANUAL, judged, in_proportion(shares), own=True)

    def _show_walking(self, *, walking: bool) -> None:
        self.back.setEnabled(walking)
        self.keep.setEnabled(walking)
        refused = self._kept is not None and self._kept.weighed.problem is not None
        said = [self._origin(), self._who]
        kept = "\n".join(words for words in said if words)
        self.origin.setText(t("pathways.walking") if walking else kept)
        self.origin.set_tone("warn" if walking else "danger" if refused else "")

    def _origin(self) -> str:
        """Say where the kept weights come from."""
        if self._kept is None:
            return ""
        weighed = self._kept.weighed
        if weighed.problem is not None:
            return problem_sentence(weighed.problem, texts_in_use())
        match weighed.weighting.method:
            case WeightMethod.AHP:
                ratio = "—" if weighed.judged is None else f"{weighed.judged.ratio:.4f}"
                return t("pathways.method_ahp", cr=ratio)
            case WeightMethod.MANUAL:
                return t("pathways.method_manual")
            case WeightMethod.ENTROPY:
                return t("pathways.method_entropy")

    @Slot()
    def _on_keep(self) -> None:
        self.keep_asked.emit(self.weighting())
