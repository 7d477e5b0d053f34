# SPDX-License-Identifier: MIT
"""One case beside our asset: feature by feature, what to take, what not, what is not known."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.application.assessment.explaining import feature_words, match_sentences
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.contradictions import contradictions
from workbench.domain.diagnosis.rules import DistressType
from workbench.domain.labels import label_key
from workbench.domain.matching.similarity import CaseMatch, FeatureScore
from workbench.ui.look import theme
from workbench.ui.pages.assessment.goals_card import ENTITY
from workbench.ui.pages.assessment.result_words import condition_field, condition_name
from workbench.ui.pages.cases.detail import bullets, contradiction_banner, fact_row
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

Types = Mapping[str, DistressType]
_MARKS = {True: ("assessment.met", "success"), False: ("assessment.unmet", "danger"),
          None: ("assessment.pending", "neutral")}  # fmt: skip


class MatchDetail(Card):
    """Explains one match; ``case_asked`` and ``compare_asked`` carry the case id.

    ``target_asked`` leads to the pathway input that a click on an open precondition asks for.
    """

    case_asked = Signal(str)
    compare_asked = Signal(str)
    target_asked = Signal(str)

    def __init__(self) -> None:
        self._open = Button(t("assessment.open_case"), icon="library")
        self.compare = Button(t("cases.compare"), icon="git-compare")
        super().__init__(t("assessment.match"), actions=(self._open, self.compare))
        self._case_id = ""
        self._lacking: Callable[[str, str], str] = _nowhere
        self._body = Box("plain", spacing=8)
        self.add(self._body)
        self._open.clicked.connect(self._on_open)
        self.compare.clicked.connect(self._on_compare)

    def set_lacking(self, lacking: Callable[[str, str], str]) -> None:
        """Take what names the record of an entity that does not say a field, "" for none."""
        self._lacking = lacking

    def set_match(self, match: CaseMatch, types: Types, *, compared: bool) -> None:
        """Show a match."""
        lang, case = language(), match.case
        self._case_id = case.id
        self.compare.set_text(t("cases.do_not_compare" if compared else "cases.compare"))
        sentences = match_sentences(match, texts_in_use(), types)
        self.set_title(f"{case.id}  {case.name.get(lang)}", sentences[0])
        clear_layout(self._body.content)
        if not match.well_founded:
            self._body.add(Banner(t("matching.too_little"), "warn"))
        for words in sentences[1:4]:
            if words != t("matching.too_little"):
                self._body.add(Label(words, wrap=True, selectable=True))
        self._body.add(_features_table(match, types))
        self._add_preconditions(match)
        self._add_lists(match)
        for contradiction in contradictions(case):
            self._body.add(contradiction_banner(contradiction))
        self._add_facts(match)
        sources = "\n".join(source.cite(lang) for source in case.sources)
        self._section(t("cases.sources"))
        self._body.add(Label(sources, "caption", wrap=True, selectable=True))

    def _section(self, words: str) -> None:
        self._body.content.addSpacing(theme.current().px(8))
        self._body.add(Label(words, "strong"))

    def _add_preconditions(self, match: CaseMatch) -> None:
        if not match.preconditions:
            return
        self._section(t("assessment.preconditions"))
        table = ReadTable(
            t("assessment.preconditions"),
            (
                Column(t("assessment.precondition"), share=4),
                Column(t("assessment.ours"), width=110),
            ),
            opens=True,
        )
        rows = []
        for at, check in enumerate(match.preconditions):
            word, tone = _MARKS[check.truth]
            missing = ""
            if check.truth is None and check.missing:
                missing = t("assessment.asks", names="、".join(map(condition_name, check.missing)))
            words = Cell(check.text.get(language()), detail=missing)
            key = next(iter(check.missing), f"{at}")
            rows.append(Row(key, (words, Cell(t(word), tone=tone, pill=True))))
        table.set_rows(rows)
        table.row_opened.connect(self._on_precondition)
        self._body.add(table)

    def _add_lists(self, match: CaseMatch) -> None:
        """Put what to borrow beside what not to copy, and what the source leaves open below."""
        lists = (("borrow", match.case.borrow), ("do_not_copy", match.case.do_not_copy))
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(24))
        for key, items in lists:
            if items:
                row.addWidget(_list(t(f"cases.{key}"), items), 1)
        self._body.content.addSpacing(theme.current().px(8))
        self._body.add(row)
        if match.case.not_stated:
            self._section(t("cases.not_stated"))
            words = "、".join(text.get(language()) for text in match.case.not_stated)
            self._body.add(Label(words, wrap=True, selectable=True))

    def _add_facts(self, match: CaseMatch) -> None:
        self._section(t("cases.facts"))
        table = ReadTable(
            t("cases.facts"),
            (
                Column(t("cases.fact"), share=3),
                Column(t("cases.value"), share=3),
                Column(t("cases.standing"), width=96),
                Column(t("cases.fact_source"), share=3),
            ),
        )
        table.set_rows([fact_row(fact) for fact in match.case.facts])
        self._body.add(table)
        self._body.add(Label(t("cases.forecast_rule"), "caption", wrap=True))

    @Slot(str)
    def _on_precondition(self, name: str) -> None:
        """Lead to the pathway input that answers an open precondition."""
        entity, field = condition_field(name)
        if record := self._lacking(entity, field):
            self.target_asked.emit(f"{entity}:{record}:{field}")
        elif entity == ENTITY:
            self.target_asked.emit(f"new:{ENTITY}")

    @Slot()
    def _on_open(self) -> None:
        self.case_asked.emit(self._case_id)

    @Slot()
    def _on_compare(self) -> None:
        self.compare_asked.emit(self._case_id)


def _nowhere(_entity: str, _field: str) -> str:
    return ""


def our_words(feature: FeatureScore, types: Types) -> str:
    """Return our side of a feature in words, or 待核."""
    words = feature_words(feature.name, feature.ours, texts_in_use(), types)
    return words or t("matching.ours_unknown")


def their_words(feature: FeatureScore, types: Types) -> str:
    """Return the case's side of a feature in words, or that its source does not say."""
    words = feature_words(feature.name, feature.theirs, texts_in_use(), types)
    return words or t("matching.theirs_unknown")


def _features_table(match: CaseMatch, types: Types) -> ReadTable:
    """Return every feature: ours, theirs, score, weight."""
    table = ReadTable(
        t("assessment.features"),
        (
            Column(t("assessment.feature"), width=120),
            Column(t("assessment.ours"), share=3),
            Column(t("assessment.theirs"), share=3),
            Column(t("assessment.score"), width=84, right=True),
            Column(t("assessment.weight"), width=84, right=True),
        ),
    )
    rows = []
    for feature in match.features:
        ours = our_words(feature, types)
        theirs = their_words(feature, types)
        score = "—" if feature.score is None else f"{feature.score:.2f}"
        rows.append(
            Row(
                feature.name,
                (
                    Cell(t(label_key("feature", feature.name)), tone="text2"),
                    Cell(ours, tone="text3" if feature.ours is None else "text"),
                    Cell(theirs, tone="text3" if feature.theirs is None else "text"),
                    Cell(score, strong=feature.score is not None),
                    Cell(f"{feature.weight:.2f}", tone="text2"),
                ),
            )
        )
    table.set_rows(rows)
    return table


def _list(title: str, items: tuple[Bilingual, ...]) -> QWidget:
    box = Box("plain", spacing=6)
    box.add(Label(title, "strong"))
    box.add(bullets([item.get(language()) for item in items]))
    box.add_stretch()
    return box
