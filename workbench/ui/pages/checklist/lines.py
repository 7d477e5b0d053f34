# SPDX-License-Identifier: MIT
"""Which items of a checklist the list shows, and what it says of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    """What the list is narrowed to; all but the first go over every stage."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    MINE = "mine"
    RED = "red"
    NO_EVIDENCE = "no_evidence"
    REVIEW = "review"

    @property
    def text_key(self) -> str:
        """Return the text key of the filter's word."""
        return f"checklist.filter_{self.value}"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the list shows it; ``refused`` is why the last wish was not granted."""

    item: ChecklistItem
    state: ItemState
    overdue_days: int
    refused: str = ""
    waits_for: tuple[str, ...] = ()
    opening: Opening | None = None

    @property
    def second_line(self) -> tuple[str, str]:
        """Return the words below the title and their colour."""
        if self.refused:
            return self.refused, "danger"
        if self.state.status is ItemStatus.NOT_APPLICABLE:
            return t("checklist.not_applicable_because", reason=self.state.reason), "text2"
        return t("checklist.evidence_asked", evidence=self.item.evidence.get(language())), "text2"

    def spoken(self) -> str:
        """Return the whole line as a sentence for screen readers."""
        parts = [
            self.item.id,
            self.item.title.get(language()),
            t(self.state.status.text_key),
            t("checklist.evidence_n", n=self.state.evidence_count),
        ]
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


def overdue_days(state: ItemState, today: date) -> int:
    """Return by how many days an item is late, 0 when it is not."""
    if state.due is None or not state.is_overdue(today):
        return 0
    return (today - state.due).days


def all_lines(
    sheet: ChecklistSheet, today: date, refused: Mapping[str, str]
) -> tuple[ItemLine, ...]:
    """Return every item that applies, in template order."""
    lines = []
    for opening in sheet.openings:
        if opening.open:
            item_id = opening.item.id
            state = sheet.state(item_id)
            late = overdue_days(state, today)
            waits = sheet.waiting_for(item_id)
            said = refused.get(item_id, "")
            lines.append(ItemLine(opening.item, state, late, said, waits, opening))
    return tuple(lines)


def narrowed(
    lines: tuple[ItemLine, ...], wanted: Wanted, stage: Stage, user: str
) -> list[ItemLine]:
    """Return the lines of a stage, or those of all stages that a filter wants."""
    if wanted is Wanted.ALL:
        return [line for line in lines if line.item.stage is stage]
    if wanted is Wanted.MINE:
        return [line for line in lines if line.state.owner == user]
    fits = _FITS[wanted]
    return [line for line in lines if fits(line)]


def headline(wanted: Wanted, stage: Stage) -> str:
    """Return what the list is about."""
    if wanted is not Wanted.ALL:
        return t(f"checklist.title_{wanted}")
    return f"{stage.value[1:]}  {t(stage.text_key)}"


def stage_words(summary: StageSummary) -> str:
    """Return how far a stage is, and what keeps its gate closed."""
    if not summary.total:
        return t("checklist.stage_empty")
    count = t("checklist.stage_count", n=summary.total, done=summary.done)
    if summary.is_open:
        return count + t("checklist.gate_open")
    return count + t("checklist.gate_closed", n=len(summary.closed_by))


def _lacks_evidence(line: ItemLine) -> bool:
    aside = line.state.status is ItemStatus.NOT_APPLICABLE
    return line.state.evidence_count == 0 and not aside


def _to_review(line: ItemLine) -> bool:
    review = line.state.review
    return review is not None and review.status is ReviewStatus.SUBMITTED


_FITS: Mapping[Wanted, Callable[[ItemLine], bool]] = {
    Wanted.OPEN: lambda line: line.state.status not in SETTLED,
    Wanted.OVERDUE: lambda line: line.overdue_days > 0,
    Wanted.RED: lambda line: line.item.red_line,
    Wanted.NO_EVIDENCE: _lacks_evidence,
    Wanted.REVIEW: _to_review,
}
