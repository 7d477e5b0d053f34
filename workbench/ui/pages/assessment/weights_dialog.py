# SPDX-License-Identifier: MIT
"""Judging the weights: the pairwise matrix on Saaty's scale, weights by hand, or entropy."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedWidget

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.pairwise import RANDOM_INDEX, SAATY
from workbench.domain.ranking.rules import CRITERIA, CriterionPair, criterion_pairs
from workbench.domain.ranking.weighing import (
    Weighed,
    Weighting,
    WeightMethod,
    in_proportion,
    saaty_text,
    weigh,
)
from workbench.domain.ranking.wording import problem_sentence
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.assessment.manual_weights import ManualWeights
from workbench.ui.pages.assessment.pathway_words import percent
from workbench.ui.texts import t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

_METHODS = tuple(WeightMethod)
_WORDED = frozenset({1, 3, 5, 7, 9})


class WeightsDialog(Dialog):
    """Asks for weights; ``kept`` carries the weighting and the reason, ``reset`` nothing.

    Also what cannot be used yet is kept: no typing is lost, but nothing is ranked by it.
    """

    kept = Signal(object, str)
    reset = Signal()

    def __init__(self, context: UiContext, weighting: Weighting) -> None:
        super().__init__(
            context.shell.dialog_host, t("pathways.matrix_title"), width=940, height=600
        )
        self._judgements = dict(weighting.judgements)
        self._starting = dict(context.services.content.ranking.judgements)
        self._boxes: dict[CriterionPair, ChoiceBox] = {}
        self._mirrors: dict[CriterionPair, Label] = {}
        items = [(m.value, t(m.text_key)) for m in _METHODS]
        self.method = ChoiceBox(t("pathways.method"), items, weighting.method.value)
        self.method.currentIndexChanged.connect(self._on_method)
        label = QLabel(t("pathways.method"))
        label.setBuddy(self.method)
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(12))
        head.addWidget(label)
        head.addWidget(self.method)
        head.addStretch(1)
        self.body.addLayout(head)
        self.manual = ManualWeights(weighting.manual or _rounded(weigh(weighting)))
        self.manual.changed.connect(self._judge)
        self._pages = QStackedWidget()
        entropy = Label(t("pathways.method_entropy"), wrap=True)
        for page in (self._matrix(), self.manual, entropy):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages)
        self._result()
        self.body.addStretch(1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("pathways.reason"))
        self.reason.setPlaceholderText(t("pathways.reason"))
        self.body.addWidget(self.reason)
        self._start_over = self.add_button(t("pathways.start_over"))
        self._start_over.clicked.connect(self._on_start_over)
        self.add_cancel()
        self.save = self.add_button(t("pathways.save"), "primary")
        self.save.clicked.connect(self._on_save)
        self._on_method()
        KeptTyping(context, self, f"weights:{context.park_key}:{context.assessment_key}")

    def box(self, row: Criterion, column: Criterion) -> ChoiceBox:
        """Return the choice of one judgement."""
        return self._boxes[row, column]

    def weighting(self) -> Weighting:
        """Return what is chosen."""
        return Weighting(
            WeightMethod(self.method.chosen()), self._judgements, self.manual.weights(), own=True
        )

    def problem(self) -> str:
        """Return the sentence that says why the weights cannot be used, or ""."""
        return self._problem.text()

    def _matrix(self) -> Box:
        """Build the matrix: choices above the diagonal, reciprocals below."""
        page = Box("plain", spacing=8)
        page.add(Label(t("pathways.matrix_text"), "caption", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(8))
        grid.setVerticalSpacing(theme.current().px(6))
        for at, criterion in enumerate(CRITERIA):
            name = t(criterion.text_key)
            grid.addWidget(Label(name, "strong"), at + 1, 0)
            head = Label(name, "caption", wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(head, 0, at + 1)
            grid.addWidget(_centred("1"), at + 1, at + 1)
            grid.setColumnStretch(at + 1, 1)
        for row, column in criterion_pairs():
            places = CRITERIA.index(row) + 1, CRITERIA.index(column) + 1
            words = t("pathways.cell", row=t(row.text_key), column=t(column.text_key))
            judged = self._judgements.get((row, column))
            chosen = "" if judged is None else saaty_text(float(judged))
            box = ChoiceBox(words, _scale(), chosen)
            box.setToolTip(words)
            box.setMinimumContentsLength(6)
            box.setSizeAdjustPolicy(
                ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setProperty("row", row.value)
            box.setProperty("column", column.value)
            box.currentIndexChanged.connect(self._on_judged)
            mirror = _centred(_mirrored(judged))
            grid.addWidget(box, *places)
            grid.addWidget(mirror, places[1], places[0])
            self._boxes[row, column], self._mirrors[row, column] = box, mirror
        page.add(grid)
        return page

    def _result(self) -> None:
        """Add what the judgements come to: weights, consistency, what is wrong and its remedy."""
        self._weights = Label("", "strong", wrap=True)
        self._consistency = Label("", "caption", wrap=True)
        table = "　".join(f"n={n} {value:.2f}" for n, value in RANDOM_INDEX.items())
        self._random = Label(t("pathways.random_index", table=table), "hint", wrap=True)
        self._problem = Label("", tone="danger", wrap=True, selectable=True)
        self._mend = Button("", icon="check")
        self._mend.clicked.connect(self._on_mend)
        row = QHBoxLayout()
        row.addWidget(self._problem, 1)
        row.addWidget(self._mend, 0, Qt.AlignmentFlag.AlignTop)
        for each in (self._weights, self._consistency, self._random):
            self.body.addWidget(each)
        self.body.addLayout(row)

    @Slot()
    def _on_method(self) -> None:
        method = WeightMethod(self.method.chosen())
        self._pages.setCurrentIndex(_METHODS.index(method))
        self._start_over.setVisible(method is WeightMethod.AHP)
        self._judge()

    @Slot()
    def _on_judged(self) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox):
            pair = (Criterion(box.property("row")), Criterion(box.property("column")))
            self._take(pair, box.chosen())
            self._judge()

    def _take(self, pair: CriterionPair, text: str) -> None:
        if text:
            self._judgements[pair] = Fraction(text)
        else:
            self._judgements.pop(pair, None)
        self._mirrors[pair].setText(_mirrored(self._judgements.get(pair)))

    @Slot()
    def _judge(self) -> None:
        """Show weights and consistency of what is chosen."""
        weighed = weigh(self.weighting())
        is_ahp = weighed.weighting.method is WeightMethod.AHP
        shown = zip(CRITERIA, weighed.weights or (), strict=False)
        words = "　".join(f"{t(c.text_key)} {percent(weight)}%" for c, weight in shown)
        self._weights.setText(words)
        self._weights.setVisible(
            bool(words) and weighed.weighting.method is not WeightMethod.ENTROPY
        )
        self._show_consistency(weighed)
        self._random.setVisible(is_ahp)
        problem = weighed.problem
        self._problem.setText(problem_sentence(problem, texts_in_use()) if problem else "")
        mending = problem is not None and problem.code.startswith("inconsistent_")
        self._mend.setVisible(mending)
        if problem is not None and mending:
            self._mend.set_text(t("pathways.mend", value=problem.shown["value"]))
        self.save.set_text(t("pathways.save_unused" if problem else "pathways.save"))

    def _show_consistency(self, weighed: Weighed) -> None:
        judged = weighed.judged
        self._consistency.setVisible(judged is not None)
        if judged is not None:
            words = t(
                "pathways.consistency",
                eigenvalue=f"{judged.largest_eigenvalue:.4f}",
                ci=f"{judged.index:.4f}",
                ri=f"{judged.random_index:.2f}",
                cr=f"{judged.ratio:.4f}",
            )
            self._consistency.setText(words)
            self._consistency.set_tone("success" if judged.acceptable else "danger")

    @Slot()
    def _on_mend(self) -> None:
        """Take the value that the worst judgement should have."""
        problem = weigh(self.weighting()).problem
        if problem is not None and len(problem.criteria) == 2:
            row, column = problem.criteria
            self._boxes[row, column].choose(str(problem.shown["value"]))

    @Slot()
    def _on_start_over(self) -> None:
        for pair, value in self._starting.items():
            self._boxes[pair].choose(saaty_text(float(value)))
        self._judge()

    @Slot()
    def _on_save(self) -> None:
        weighting, reason = self.weighting(), self.reason.text().strip()
        self.finish(lambda: self.kept.emit(weighting, reason))


def _rounded(weighed: Weighed) -> dict[Criterion, Decimal]:
    """Return weights as a person would begin with them by hand: to a tenth of a percent."""
    step = Decimal("0.001")
    return in_proportion({c: Decimal(repr(w)).quantize(step) for c, w in weighed.values.items()})


def _scale() -> list[tuple[str, str]]:
    """Return the choices of a judgement, the strongest first, each in words."""
    items = [("", t("pathways.blank"))]
    for value in reversed(SAATY):
        text = saaty_text(float(value))
        if value < 1:
            items.append((text, t("pathways.scale_inverse", n=value.denominator)))
        elif value.numerator in _WORDED:
            items.append((text, t(f"pathways.scale_{value.numerator}")))
        else:
            items.append((text, t("pathways.scale_between", n=value.numerator)))
    return items


def _mirrored(judged: Fraction | None) -> str:
    return "—" if judged is None else saaty_text(float(1 / judged))


def _centred(words: str) -> Label:
    label = Label(words, "caption")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
