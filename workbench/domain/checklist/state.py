# SPDX-License-Identifier: MIT
"""How far the items of a checklist have come: states, refusals, completion and stage gates.

Unknown (待核) counts 0 and stays visible; not applicable (不适用) leaves the sum and needs a
reason; an item without evidence is never done; an unfinished red line closes its stage's gate.
What is stored as done while none of its evidence is whole any more counts as 待核.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbench.domain.checklist.template import ChecklistItem, Stage
from workbench.domain.labels import Labelled

ENTITY = "checklist_item"


class ItemStatus(Labelled):
    """The state of an item; the values are the words that the project file stores."""

    DONE = "已完成"
    PARTIAL = "部分完成"
    OPEN = "未完成"
    UNKNOWN = "待核"
    NOT_APPLICABLE = "不适用"


SCORES: Mapping[ItemStatus, Decimal] = {
    ItemStatus.DONE: Decimal(1),
    ItemStatus.PARTIAL: Decimal("0.5"),
    ItemStatus.OPEN: Decimal(0),
    ItemStatus.UNKNOWN: Decimal(0),
}
"""What a state is worth; 不适用 has no worth, it leaves the sum."""
SETTLED = (ItemStatus.DONE, ItemStatus.NOT_APPLICABLE)
"""The states in which nothing is left to do."""


class ReviewStatus(Labelled):
    """Where an item is on its way past the reviewer; the values are stored."""

    SUBMITTED = "已提交"
    ACCEPTED = "已通过"
    RETURNED = "已退回"


@dataclass(frozen=True, slots=True)
class Review:
    """Who submitted an item, who looked at it, when, and what was said."""

    status: ReviewStatus
    submitted_by: str = ""
    submitted_at: str = ""
    reviewer: str = ""
    reviewed_at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemState:
    """How far one item has come in one assessment.

    ``blocked_by`` are the items that the analyst wants done first, beside the template's;
    ``unsound`` counts those evidence files that are gone from the project or were altered.
    """

    item_id: str
    status: ItemStatus = ItemStatus.UNKNOWN
    evidence_count: int = 0
    reason: str = ""
    owner: str = ""
    due: date | None = None
    note: str = ""
    blocked_by: tuple[str, ...] = ()
    review: Review | None = None
    unsound: int = 0

    @property
    def sound(self) -> int:
        """Return how many evidence files are there and unaltered, as far as is known."""
        return self.evidence_count - self.unsound

    @property
    def standing(self) -> ItemStatus:
        """Return the status that counts: done without a sound evidence file is 待核."""
        if self.status is ItemStatus.DONE and self.sound <= 0:
            return ItemStatus.UNKNOWN
        return self.status

    def is_overdue(self, as_of: date) -> bool:
        """Tell whether the item is past its due date and still to be done."""
        return self.due is not None and self.due < as_of and self.standing not in SETTLED


States = Mapping[str, ItemState]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a state cannot be set; the sentence is ``content.refusal.<code>`` with params."""

    code: str
    params: Mapping[str, str]

    @property
    def text_key(self) -> str:
        """Return the text key of the sentence."""
        return f"content.refusal.{self.code}"


@dataclass(frozen=True, slots=True)
class Summary:
    """Items taken together: how many, how far, and which red lines are not done.

    ``completion`` is None when none of them applies.
    """

    total: int
    done: int
    not_applicable: int
    completion: Decimal | None
    closed_by: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether every red line among them is done."""
        return not self.closed_by


@dataclass(frozen=True, slots=True)
class StageSummary(Summary):
    """One stage; ``closed_by`` keeps its gate closed."""

    stage: Stage


def refusal(
    item: ChecklistItem, state: ItemState, waiting_for: Collection[str] = ()
) -> Refusal | None:
    """Return why a state cannot be set, or None; ``waiting_for`` are unsettled items before it."""
    if state.status is ItemStatus.DONE and state.sound <= 0:
        code = "evidence_unsound" if state.evidence_count else "evidence_missing"
        return Refusal(code, {"item": item.id})
    if state.status is ItemStatus.NOT_APPLICABLE and not state.reason.strip():
        return Refusal("reason_missing", {"item": item.id})
    if state.status is ItemStatus.DONE and waiting_for:
        return Refusal("blocked", {"item": item.id, "others": "、".join(waiting_for)})
    return None


def waiting_for(blockers: Iterable[str], states: States) -> tuple[str, ...]:
    """Return those of the blocking items that are neither done nor set aside."""
    return tuple(
        other for other in blockers if other not in states or states[other].standing not in SETTLED
    )


def status_of(item: ChecklistItem, states: States) -> ItemStatus:
    """Return the status of an item that counts; an item that nobody touched is 待核."""
    state = states.get(item.id)
    return ItemStatus.UNKNOWN if state is None else state.standing


def completion(items: Iterable[ChecklistItem], states: States) -> Decimal | None:
    """Return Σ(weight × worth) ÷ Σ(weight that applies), 0–1, or None when nothing applies."""
    earned, total = earned_weight(items, states)
    return earned / total if total else None


def earned_weight(items: Iterable[ChecklistItem], states: States) -> tuple[Decimal, Decimal]:
    """Return Σ(weight × worth) and Σ(weight that applies)."""
    earned = total = Decimal(0)
    for item in items:
        worth = SCORES.get(status_of(item, states))
        if worth is not None:
            earned += item.weight * worth
            total += item.weight
    return earned, total


def closing(items: Iterable[ChecklistItem], states: States) -> tuple[ChecklistItem, ...]:
    """Return the red lines that are not done; one set aside with a reason (不适用) is none."""
    return tuple(i for i in items if i.red_line and status_of(i, states) not in SETTLED)


def stage_summary(items: Collection[ChecklistItem], states: States) -> tuple[StageSummary, ...]:
    """Return every stage in order, those without an applicable item included."""
    found = []
    for stage in Stage:
        whole = summary([item for item in items if item.stage is stage], states)
        found.append(
            StageSummary(
                whole.total,
                whole.done,
                whole.not_applicable,
                whole.completion,
                whole.closed_by,
                stage,
            )
        )
    return tuple(found)


def summary(items: Collection[ChecklistItem], states: States) -> Summary:
    """Return how far items have come together."""
    statuses = [status_of(item, states) for item in items]
    return Summary(
        len(items),
        statuses.count(ItemStatus.DONE),
        statuses.count(ItemStatus.NOT_APPLICABLE),
        completion(items, states),
        tuple(item.id for item in closing(items, states)),
    )


def gates(items: Collection[ChecklistItem], states: States) -> Mapping[Stage, tuple[str, ...]]:
    """Return, per stage, the red lines that keep its gate closed; empty means open."""
    return {summary.stage: summary.closed_by for summary in stage_summary(items, states)}
