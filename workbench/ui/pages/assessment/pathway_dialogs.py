# SPDX-License-Identifier: MIT
"""What an analyst says about single pathways: scores with a reason, a recommendation by hand."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.ranking import Placing, Ranking
from workbench.domain.ranking.rules import ANCHORS, CRITERIA
from workbench.domain.ranking.scores import Score, ScoreOrigin
from workbench.domain.ranking.wording import score_sentence
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.pages.assessment.pathway_words import path_name, verdict
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label

_STEP, _TOP = 5, 100


class ScoreDialog(Dialog):
    """Six scores of one pathway: ``scored`` carries code, changed scores (None: take back), reason.

    The rubric of the criterion that has the focus stands below.
    """

    scored = Signal(str, object, str)

    def __init__(self, context: UiContext, placing: Placing, ranking: Ranking) -> None:
        title = t("pathways.score_title", path=path_name(placing.check))
        super().__init__(context.shell.dialog_host, title, width=620)
        self._placing, self._rules = placing, ranking.rules
        self.boxes: dict[Criterion, ChoiceBox] = {}
        self.body.addWidget(Label(t("pathways.score_text"), "caption", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(12))
        grid.setVerticalSpacing(theme.current().px(6))
        for row, criterion in enumerate(CRITERIA):
            score = placing.scores[criterion]
            box = ChoiceBox(t(criterion.text_key), _choices(score), _chosen(score))
            box.setProperty("criterion", criterion.value)
            box.activated.connect(self._on_changed)
            label = QLabel(t(criterion.text_key))
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            grid.addWidget(
                Label(score_sentence(score, texts_in_use()), "caption", wrap=True), row, 2
            )
            self.boxes[criterion] = box
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self._rubric = Label("", "caption", wrap=True)
        self.body.addWidget(self._rubric)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("pathways.why"))
        self.reason.setPlaceholderText(t("pathways.why"))
        self.reason.textChanged.connect(self._allow)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.save = self.add_button(t("pathways.save_scores"), "primary")
        self.save.clicked.connect(self._on_save)
        self._show_rubric(CRITERIA[0])
        self._allow()
        KeptTyping(context, self, f"score:{context.assessment_key}:{placing.code}")

    def changes(self) -> dict[Criterion, Decimal | None]:
        """Return the scores that differ from those that count; None takes one back."""
        found: dict[Criterion, Decimal | None] = {}
        for criterion, box in self.boxes.items():
            if box.chosen() != _chosen(self._placing.scores[criterion]):
                found[criterion] = Decimal(box.chosen()) if box.chosen() else None
        return found

    @Slot()
    def _on_changed(self) -> None:
        box = self.sender()
        if isinstance(box, ChoiceBox):
            self._show_rubric(Criterion(box.property("criterion")))
        self._allow()

    def _show_rubric(self, criterion: Criterion) -> None:
        """Show what earns 20, 40 … 100 in a criterion."""
        row, lang = self._rules.rubric[criterion], language()
        lines = [t("pathways.anchors", name=t(criterion.text_key))]
        lines += [
            t("pathways.anchor_line", score=score, text=text.get(lang))
            for score, text in zip(ANCHORS, row.anchors, strict=True)
        ]
        lines.append(t("pathways.prefill_rule", text=row.prefilled.get(lang)))
        self._rubric.setText("\n".join(lines))

    @Slot()
    def _allow(self) -> None:
        """Nothing is kept without a change; a new score needs a reason, taking back does not."""
        changes = self.changes()
        scored = any(value is not None for value in changes.values())
        self.save.setEnabled(bool(changes) and (not scored or bool(self.reason.text().strip())))
        self.set_note("" if changes else t("pathways.nothing_changed"))

    @Slot()
    def _on_save(self) -> None:
        code, changes, reason = self._placing.code, self.changes(), self.reason.text().strip()
        self.finish(lambda: self.scored.emit(code, changes, reason))


def _choices(score: Score) -> list[tuple[str, str]]:
    before = score.value if score.instead_of is None else score.instead_of
    steps = [(str(n), str(n)) for n in range(0, _TOP + 1, _STEP)]
    return [("", t("pathways.prefilled", score=f"{before.normalize():f}")), *steps]


def _chosen(score: Score) -> str:
    return f"{score.value.normalize():f}" if score.origin is ScoreOrigin.ANALYST else ""


class ChoiceDialog(Dialog):
    """Asks which pathway to recommend and why: ``chosen`` carries code and reason."""

    chosen = Signal(str, str)

    def __init__(self, context: UiContext, ranking: Ranking) -> None:
        super().__init__(context.shell.dialog_host, t("pathways.choose_title"), width=520)
        self.body.addWidget(Label(t("pathways.choose_text"), "caption", wrap=True))
        override = ranking.override
        self.path = ChoiceBox(
            t("pathways.choose_path"), _ranked(ranking.placings), ranking.recommended
        )
        self.reason = QLineEdit(override.reason if override else "")
        self.reason.setAccessibleName(t("pathways.choose_why"))
        self.reason.textChanged.connect(self._allow)
        for words, editor in (
            (t("pathways.choose_path"), self.path),
            (t("pathways.choose_why"), self.reason),
        ):
            label = QLabel(words)
            label.setBuddy(editor)
            self.body.addWidget(label)
            self.body.addWidget(editor)
        self.add_cancel()
        self.save = self.add_button(t("pathways.choose_now"), "primary")
        self.save.clicked.connect(self._on_save)
        self._allow()
        KeptTyping(context, self, f"choice:{context.park_key}:{context.assessment_key}")

    @Slot()
    def _allow(self) -> None:
        self.save.setEnabled(bool(self.reason.text().strip()))

    @Slot()
    def _on_save(self) -> None:
        code, reason = self.path.chosen(), self.reason.text().strip()
        self.finish(lambda: self.chosen.emit(code, reason))


def _ranked(placings: Sequence[Placing]) -> list[tuple[str, str]]:
    """Return every scored pathway with its place, or why it has none."""
    items = []
    for placing in placings:
        place = (
            verdict(placing.check)
            if placing.rank is None
            else t("pathways.place_ranked", rank=placing.rank)
        )
        words = t("pathways.choice_item", path=path_name(placing.check), place=place)
        items.append((placing.code, words))
    return items
