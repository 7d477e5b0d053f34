# SPDX-License-Identifier: MIT
"""One benchmark case in full: what was done, figures with their standing, gaps, sources."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.application.cases.notes import CaseNote
from workbench.application.cases.words import (
    contradiction_words,
    shown_fact,
    shown_source,
    standing,
    waiver_words,
)
from workbench.domain.bilingual import Bilingual
from workbench.domain.cases.case import Case, CaseFact, CaseOrigin, StatedKind
from workbench.domain.cases.contradictions import (
    GFA_FAR_LAND,
    BeforeAfter,
    Contradiction,
    before_after,
    contradictions,
)
from workbench.domain.display import grouped
from workbench.domain.references import OutcomeStatus
from workbench.ui.look import theme
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.flow import Flow
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.pill import Pill
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_TONES = {
    OutcomeStatus.ACHIEVED: "success",
    OutcomeStatus.PLANNED: "info",
    OutcomeStatus.FORECAST: "warn",
    OutcomeStatus.UNSPECIFIED: "neutral",
}


class CaseDetail(ScrollPage):
    """Asks with ``compare_asked`` to take the case into the comparison, or out of it."""

    compare_asked = Signal()
    match_asked = Signal()
    copy_asked = Signal()
    edit_asked = Signal()
    remove_asked = Signal()
    note_asked = Signal(str)
    """Carries the key of a note that is to be changed, "" for a new one."""
    waive_asked = Signal(int)
    """Carries the place of a contradiction among those of the case."""

    def __init__(self) -> None:
        super().__init__("surface", margins=(32, 24, 32, 32), spacing=8)
        self._case: Case | None = None
        self._match = ""
        self._notes: tuple[CaseNote, ...] = ()
        self._body = QVBoxLayout()
        self._body.setSpacing(theme.current().px(8))
        self.compare = Button(t("cases.compare"), "primary", icon="git-compare")
        self.compare.clicked.connect(self.compare_asked)
        self.copy = Button(t("cases.copy"), icon="copy", tip=t("cases.copy_tip"))
        self.copy.clicked.connect(self.copy_asked)
        self.edit = Button(t("cases.edit"), icon="pencil")
        self.edit.clicked.connect(self.edit_asked)
        self.remove = IconButton("trash-2", t("cases.remove_this"))
        self.remove.clicked.connect(self.remove_asked)
        self._title = Label("", "title", wrap=True, selectable=True)
        self._place = Label("", "caption", wrap=True)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(theme.current().px(2))
        words.addWidget(self._title)
        words.addWidget(self._place)
        head.addLayout(words, 1)
        for button in (self.remove, self.edit, self.copy):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignTop)
        self.add(head)
        self.add(self._body)
        self.content.addStretch(1)

    def case(self) -> Case | None:
        """Return the case shown."""
        return self._case

    def set_case(
        self, case: Case, *, compared: bool, match: str = "", notes: tuple[CaseNote, ...] = ()
    ) -> None:
        """Show a case and the notes beside it; ``match`` says how it resembles what we have."""
        self.compare.set_text(t("cases.do_not_compare" if compared else "cases.compare"))
        self.compare.set_kind("default" if compared else "primary")
        own = case.origin is CaseOrigin.OWN
        self.edit.setVisible(own)
        self.remove.setVisible(own)
        if (case, match, notes) == (self._case, self._match, self._notes):
            return
        same = self._case is not None and self._case.id == case.id
        self._case, self._match, self._notes = case, match, notes
        lang = language()
        self._title.setText(case.name.get(lang))
        parts = (case.region.get(lang), case.asset.get(lang), t(case.origin.text_key), case.id)
        self._place.setText(t("ui.gap").join(parts))
        clear_layout(self._body)
        self._body.addWidget(self._devices(case))
        if match:
            banner = Banner(match, "accent", link=t("cases.to_match"))
            banner.link_clicked.connect(self.match_asked)
            self._body.addWidget(banner)
        if own and not lang.startswith("zh") and case.name.en == case.name.zh:
            self._body.addWidget(Banner(t("cases.chinese_only"), "accent"))
        for place, found in enumerate(contradictions(case)):
            link = "" if found.waiver else t("case_actions.waive")
            banner = contradiction_banner(found, link or t("case_actions.unwaive"))
            banner.setProperty("place", place)
            banner.link_clicked.connect(self._on_waive)
            self._body.addWidget(banner)
        self._add_notes(notes)
        self._add_steps(case)
        self._add_before_after(case)
        self._add_facts(case)
        self._add_people(case)
        self._add_lessons(case)
        self._add_gaps(case)
        self._add_sources(case)
        if not same:
            self.verticalScrollBar().setValue(0)

    def _devices(self, case: Case) -> Flow:
        """Return the pathways and mechanisms as pills; what we infer is grey."""
        flow = Flow()
        for mechanism in case.mechanisms:
            stated = mechanism.stated is StatedKind.STATED
            words = mechanism.name.get(language())
            words = words if stated else t("cases.inferred", words=words)
            flow.add(Pill(words, "accent" if stated else "neutral", dot=False))
        for code in case.pathways:
            flow.add(Pill(code, "neutral", dot=False))
        return flow

    def _section(self, key: str) -> None:
        self._body.addSpacing(theme.current().px(10))
        self._body.addWidget(Label(t(f"cases.{key}"), "section"))

    def _add_notes(self, notes: tuple[CaseNote, ...]) -> None:
        """Show the team's own notes; each can be changed, and one can be added."""
        for note in notes:
            by = f"{note.author} {note.day or ''}".strip()
            banner = Banner(note.text, "neutral", title=t("cases.note", by=by),
                            link=t("cases.note_change"))  # fmt: skip
            banner.setProperty("note", note.key)
            banner.link_clicked.connect(self._on_note)
            self._body.addWidget(banner)
        line = QHBoxLayout()
        self.noting = Button(t("case_actions.note"), "link", icon="plus")
        self.noting.clicked.connect(self._on_note)
        line.addWidget(self.noting)
        line.addStretch(1)
        self._body.addLayout(line)

    @Slot()
    def _on_note(self) -> None:
        sender = self.sender()
        self.note_asked.emit(str(sender.property("note") or "") if sender else "")

    @Slot()
    def _on_waive(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.waive_asked.emit(int(sender.property("place")))

    def _add_before_after(self, case: Case) -> None:
        """Show figures before and after side by side, and their change where the bases are one."""
        pairs = before_after(case)
        if not pairs:
            return
        self._section("before_after")
        columns = (Column(t("cases.fact"), share=3), Column(t("cases.before"), share=2),
                   Column(t("cases.after"), share=2), Column(t("cases.change"), share=2),
                   Column(t("cases.standing"), width=96))  # fmt: skip
        table = ReadTable(t("cases.before_after"), columns)
        table.set_rows([_pair_row(pair) for pair in pairs])
        card = Box("card", margins=(1, 1, 1, 1))
        card.add(table)
        self._body.addWidget(card)

    def _add_steps(self, case: Case) -> None:
        self._section("steps")
        if not case.steps:
            self._body.addWidget(Label(t("cases.steps_not_stated"), "caption", wrap=True))
        for number, step in enumerate(case.steps, start=1):
            words = step.text.get(language())
            if step.stated is not StatedKind.STATED:
                words = t("cases.inferred", words=words)
            if step.on:
                words = f"{step.on}　{words}"
            self._body.addWidget(_numbered(str(number), words, step.pathway))

    def _add_facts(self, case: Case) -> None:
        self._section("facts")
        table = ReadTable(
            t("cases.facts"),
            (
                Column(t("cases.fact"), share=3),
                Column(t("cases.value"), share=3),
                Column(t("cases.standing"), width=96),
                Column(t("cases.fact_source"), share=3),
            ),
        )
        table.set_rows([fact_row(fact) for fact in case.facts])
        card = Box("card", margins=(1, 1, 1, 1))
        card.add(table)
        self._body.addWidget(card)
        self._body.addWidget(Label(t("cases.forecast_rule"), "caption", wrap=True))

    def _add_people(self, case: Case) -> None:
        lang = language()
        if case.actors:
            self._section("actors")
            rows = []
            for actor in case.actors:
                role = actor.role.get(lang)
                stated = actor.stated is StatedKind.STATED
                value = role if stated else t("cases.inferred", words=role)
                rows.append(KeyValue(actor.name.get(lang), value))
            self._body.addWidget(KeyValues(rows, label_width=180))
        if case.preconditions:
            self._section("preconditions")
            words = [
                p.text.get(lang)
                if p.stated is StatedKind.STATED
                else t("cases.inferred", words=p.text.get(lang))
                for p in case.preconditions
            ]
            self._body.addWidget(bullets(words))

    def _add_lessons(self, case: Case) -> None:
        for key, lessons in (("borrow", case.borrow), ("do_not_copy", case.do_not_copy)):
            if lessons:
                self._section(key)
                self._body.addWidget(bullets(_in_language(lessons)))

    def _add_gaps(self, case: Case) -> None:
        if case.not_stated:
            self._section("not_stated")
            self._body.addWidget(Label("、".join(_in_language(case.not_stated)), wrap=True))
        if case.inferred_checks:
            self._section("inferred_checks")
            self._body.addWidget(bullets(_in_language(case.inferred_checks)))

    def _add_sources(self, case: Case) -> None:
        self._section("sources")
        for source in case.sources:
            cited, reliability = source.cite(language()), t(source.reliability.text_key)
            words = t("ui.with_note", text=cited, note=reliability)
            if not language().startswith("zh"):
                words = f"{source.cite(language())} ({t(source.reliability.text_key)})"
            self._body.addWidget(Label(words, "caption", wrap=True, selectable=True))


def fact_row(fact: CaseFact) -> Row:
    """Return one figure: what and about what, value, standing, source."""
    lang = language()
    texts = texts_in_use()
    known = fact.stated is not StatedKind.NOT_STATED
    said, via = shown_source(fact.source, texts) if known else ("—", "")
    return Row(
        fact.key,
        (
            Cell(fact.label.get(lang), detail=fact.base.get(lang)),
            Cell(
                shown_fact(fact, texts),
                detail=fact.note.get(lang),
                strong=known,
                tone="text" if known else "text3",
            ),
            Cell(standing(fact, texts), tone=_tone(fact), pill=True),
            Cell(said, detail=via, tone="text2"),
        ),
    )


def _tone(fact: CaseFact) -> str:
    if fact.stated is StatedKind.STATED:
        return _TONES[fact.status]
    return "info" if fact.stated is StatedKind.INFERRED else "neutral"


def _pair_row(pair: BeforeAfter) -> Row:
    """Return a figure before and after with its bases; the change only where they are one."""
    lang, texts = language(), texts_in_use()
    change = detail = ""
    if pair.change is not None:
        plus = "+" if pair.change > 0 else ""
        fact = replace(pair.after, value=pair.change, qualifier="", basis=None)
        change = plus + shown_fact(fact, texts)
        if pair.after.unit == "%":
            change = t("cases.points", value=f"{plus}{grouped(pair.change * 100, 2)}")
        if pair.relative is not None:
            detail = f"{plus}{pair.relative:.0%}"
    elif not pair.comparable:
        change = t("cases.not_comparable")
    return Row(
        pair.after.key,
        (
            Cell(pair.after.label.get(lang)),
            Cell(shown_fact(pair.before, texts), detail=pair.before.base.get(lang)),
            Cell(shown_fact(pair.after, texts), detail=pair.after.base.get(lang), strong=True),
            Cell(change or "—", detail=detail),
            Cell(standing(pair.after, texts), tone=_tone(pair.after), pill=True),
        ),
    )


def contradiction_banner(found: Contradiction, link: str = "") -> Banner:
    """Return the figures that do not agree, as they stand."""
    texts = texts_in_use()
    words = "\n".join(
        each for each in (contradiction_words(found, texts), waiver_words(found, texts)) if each
    )
    title = "cases.contradiction" if found.code == GFA_FAR_LAND else "cases.doubtful"
    return Banner(words, "warn", title=t(title), link=link)


def _numbered(number: str, words: str, code: str) -> QWidget:
    line = Box("plain", horizontal=True, spacing=8)
    label = Label(number, "strong", tone="accent")
    label.setFixedWidth(theme.current().px(20))
    line.content.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    line.content.addWidget(Label(words, wrap=True, selectable=True), 1)
    if code:
        line.content.addWidget(Label(code, "hint"), 0, Qt.AlignmentFlag.AlignTop)
    return line


def bullets(words: Iterable[str]) -> QWidget:
    """Return sentences with a dot before each."""
    box = Box("plain", spacing=4)
    for sentence in words:
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(8))
        line.addWidget(Label("–", tone="text3"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(sentence, wrap=True, selectable=True), 1)
        box.add(line)
    return box


def _in_language(texts: Sequence[Bilingual]) -> list[str]:
    return [text.get(language()) for text in texts]
