# SPDX-License-Identifier: MIT
"""Which items of a checklist the list shows, and what it says of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.opening import Opening
from workbench.domain.checklist.state import (
    SETTLED,
    ItemState,
    ItemStatus,
    ReviewStatus,
    StageSummary,
)
from workbench.domain.checklist.template import ChecklistItem, Stage
from workbench.ui.texts import language, t


class Wanted(StrEnum):
    """What the list may be narrowed to; several together narrow it further."""

    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    RED = "red"
    NO_EVIDENCE = "no_evidence"
    REVIEW = "review"
    UNSOUND = "unsound"

    @property
    def text_key(self) -> str:
        """Return the text key of the filter's word."""
        return f"checklist.filter_{self.value}"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list shows: a stage or all of them (None), what is wanted, words to be found."""

    stage: Stage | None = Stage.S1
    wanted: frozenset[Wanted] = frozenset()
    words: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether nothing but the stage narrows the list."""
        return not self.wanted and not self.words


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the list shows it; ``refused`` is why the last wish was not granted."""

    item: ChecklistItem
    state: ItemState
    overdue_days: int
    refused: str = ""
    waits_for: tuple[str, ...] = ()
    opening: Opening | None = None
    fits: frozenset[Wanted] = field(default=frozenset(), compare=False)
    """The filters that show it."""

    @property
    def key(self) -> str:
        """Return the item's id."""
        return self.item.id

    @property
    def title(self) -> str:
        """Return the item's title."""
        return self.item.title.get(language())

    @property
    def second_line(self) -> tuple[str, str]:
        """Return the words below the title and their colour."""
        if self.refused:
            return self.refused, "danger"
        if self.state.unsound:
            return unsound_words(self.state), "danger"
        if self.state.status is ItemStatus.NOT_APPLICABLE:
            return t("checklist.not_applicable_because", reason=self.state.reason), "text2"
        return t("checklist.evidence_asked", evidence=self.item.evidence.get(language())), "text2"

    def tip(self) -> str:
        """Return id, title and the second line whole."""
        return f"{self.key}  {self.title}\n{self.second_line[0]}"

    def spoken(self) -> str:
        """Return the whole line as a sentence for screen readers."""
        parts = [
            self.item.id,
            self.item.title.get(language()),
            t(self.state.standing.text_key),
            t("checklist.evidence_n", n=self.state.evidence_count),
        ]
        if self.state.unsound:
            parts.append(unsound_words(self.state))
        if self.item.red_line:
            parts.append(t("checklist.red_line"))
        if self.overdue_days:
            parts.append(t("checklist.overdue_n", n=self.overdue_days))
        if self.state.review is not None:
            parts.append(t(self.state.review.status.text_key))
        if self.waits_for:
            parts.append(
                t("checklist_window.waits_for", items=t("assessment.comma").join(self.waits_for))
            )
        parts += [self.state.owner, self.state.due.isoformat() if self.state.due else ""]
        return "  ".join(part for part in (*parts, self.refused) if part)

    def haystack(self) -> str:
        """Return everything of the item that words are looked for in, folded."""
        item, state = self.item, self.state
        texts = (item.title, item.why, item.evidence)
        parts = [item.id, *(text.get(language()) for text in texts), state.reason, state.owner]
        parts += [state.note, state.review.note if state.review else ""]
        return "\n".join(parts).casefold()


def unsound_words(state: ItemState) -> str:
    """Return what is wrong with the evidence, and what that means for a done item."""
    key = "lost" if state.standing is not state.status else "unsound"
    return t(f"checklist_list.{key}", n=state.unsound, total=state.evidence_count)


def overdue_days(state: ItemState, today: date) -> int:
    """Return by how many days an item is late, 0 when it is not."""
    if state.due is None or not state.is_overdue(today):
        return 0
    return (today - state.due).days


def all_lines(
    sheet: ChecklistSheet, today: date, refused: Mapping[str, str], user: str = ""
) -> tuple[ItemLine, ...]:
    """Return every item that applies, in template order; ``user`` is whose items are "mine"."""
    lines = []
    for opening in sheet.openings:
        if opening.open:
            item, state = opening.item, sheet.state(opening.item.id)
            late = overdue_days(state, today)
            waits = sheet.waiting_for(item.id)
            fits = frozenset(_fitting(item, state, late, user))
            said = refused.get(item.id, "")
            lines.append(ItemLine(item, state, late, said, waits, opening, fits))
    return tuple(lines)


def _fitting(item: ChecklistItem, state: ItemState, late: int, user: str) -> Iterator[Wanted]:
    """Yield the filters that show an item."""
    if state.standing not in SETTLED:
        yield Wanted.OPEN
    if late:
        yield Wanted.OVERDUE
    if user and state.owner == user:
        yield Wanted.MINE
    if item.red_line:
        yield Wanted.RED
    if state.sound <= 0 and state.status is not ItemStatus.NOT_APPLICABLE:
        yield Wanted.NO_EVIDENCE
    if state.review is not None and state.review.status is ReviewStatus.SUBMITTED:
        yield Wanted.REVIEW
    if state.unsound:
        yield Wanted.UNSOUND


def narrowed(lines: Sequence[ItemLine], narrowing: Narrowing) -> list[ItemLine]:
    """Return the lines that fit everything: the stage, each filter, and every word."""
    stage, wanted = narrowing.stage, narrowing.wanted
    return [
        line
        for line in _found(lines, narrowing.words)
        if (stage is None or line.item.stage is stage) and wanted <= line.fits
    ]


def counts(lines: Sequence[ItemLine], narrowing: Narrowing) -> dict[Wanted, int]:
    """Return how many lines each filter would show together with what narrows the list now."""
    found = dict.fromkeys(Wanted, 0)
    for line in narrowed(lines, narrowing):
        for wanted in line.fits:
            found[wanted] += 1
    return found


def by_stage(lines: Sequence[ItemLine], narrowing: Narrowing) -> dict[Stage | None, int]:
    """Return how many lines each stage, and all of them (None), would show."""
    found: dict[Stage | None, int] = dict.fromkeys((None, *Stage), 0)
    for line in narrowed(lines, replace(narrowing, stage=None)):
        found[line.item.stage] += 1
        found[None] += 1
    return found


def _found(lines: Sequence[ItemLine], words: str) -> Iterator[ItemLine]:
    """Yield the lines in which every word stands."""
    asked = words.casefold().split()
    for line in lines:
        if not asked or all(word in hay for hay in (line.haystack(),) for word in asked):
            yield line


def headline(stage: Stage | None) -> str:
    """Return what the list is about."""
    if stage is None:
        return t("checklist_list.all_stages")
    return f"{stage.value[1:]}  {t(stage.text_key)}"


def narrowing_words(narrowing: Narrowing) -> str:
    """Return the filters in use, by name."""
    names = [t(wanted.text_key) for wanted in Wanted if wanted in narrowing.wanted]
    if narrowing.words:
        names.append(t("checklist_list.words", words=narrowing.words))
    return t("assessment.comma").join(names)


def stage_words(summary: StageSummary) -> str:
    """Return how far a stage is, and what keeps its gate closed."""
    if not summary.total:
        return t("checklist.stage_empty")
    count = t("checklist.stage_count", n=summary.total, done=summary.done)
    if summary.is_open:
        return count + t("checklist.gate_open")
    return count + t("checklist.gate_closed", n=len(summary.closed_by))
