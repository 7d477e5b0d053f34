# SPDX-License-Identifier: MIT
"""The revitalization checklist (盘活清单): items, states, refusals, completion and stage gates.

Unknown (待核) counts 0 and stays visible; not applicable (不适用) leaves the sum and needs a
reason; an item without evidence is never done; an unfinished red line closes its stage's gate.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.labels import Labelled

ALL = "ALL"
TRANS = "TRANS"
SOE = "SOE"
TRANSFER_PATHWAYS = frozenset({"P02", "P04", "P09", "P15", "P16"})
"""The pathways that TRANS stands for: those that move a title."""
ENTITY = "checklist_item"


class Stage(Labelled):
    """The eight stages, in order."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    S6 = "S6"
    S7 = "S7"
    S8 = "S8"


class Role(Labelled):
    """Who is responsible for an item."""

    LEDGER = "ledger"
    ASSETS = "assets"
    LEGAL = "legal"
    FINANCE = "finance"
    PLANNING = "planning"
    LEASING = "leasing"
    APPRAISER = "appraiser"
    LEAD = "lead"
    COMMITTEE = "committee"
    REGULATOR = "regulator"


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


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of the template; ``paths`` holds ALL, TRANS, SOE or pathway codes."""

    id: str
    stage: Stage
    title: Bilingual
    why: Bilingual
    evidence: Bilingual
    roles: tuple[Role, ...]
    paths: tuple[str, ...]
    red_line: bool
    weight: int


@dataclass(frozen=True)
class Template:
    """One version of the checklist; an instance keeps its version, edits never reach it."""

    version: str
    items: tuple[ChecklistItem, ...]
    _by_id: Mapping[str, ChecklistItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for item in self.items})

    def find(self, item_id: str) -> ChecklistItem | None:
        """Return one item, or None."""
        return self._by_id.get(item_id)


@dataclass(frozen=True, slots=True)
class ItemState:
    """How far one item has come in one assessment."""

    item_id: str
    status: ItemStatus = ItemStatus.UNKNOWN
    evidence_count: int = 0
    reason: str = ""
    owner: str = ""
    due: date | None = None
    note: str = ""

    def is_overdue(self, as_of: date) -> bool:
        """Tell whether the item is past its due date and still to be done."""
        closed = self.status in (ItemStatus.DONE, ItemStatus.NOT_APPLICABLE)
        return self.due is not None and self.due < as_of and not closed


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
class StageSummary:
    """One stage: how many items, how far, and what keeps its gate closed.

    ``completion`` is None when nothing in the stage applies.
    """

    stage: Stage
    total: int
    done: int
    not_applicable: int
    completion: Decimal | None
    closed_by: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether every red line of the stage is done."""
        return not self.closed_by


def refusal(item: ChecklistItem, state: ItemState) -> Refusal | None:
    """Return why a state cannot be set, or None."""
    if state.status is ItemStatus.DONE and state.evidence_count == 0:
        return Refusal("evidence_missing", {"item": item.id})
    if state.status is ItemStatus.NOT_APPLICABLE and not state.reason.strip():
        return Refusal("reason_missing", {"item": item.id})
    return None


def applicable(
    template: Template, pathways: Collection[str], state_owned: bool | None
) -> tuple[ChecklistItem, ...]:
    """Return the items for the chosen pathways, in template order.

    An ownership that is not known keeps the state-asset items: a red line never vanishes because
    a field is blank.
    """
    tags = {ALL, *pathways}
    if TRANSFER_PATHWAYS.intersection(pathways):
        tags.add(TRANS)
    if state_owned is not False:
        tags.add(SOE)
    return tuple(item for item in template.items if tags.intersection(item.paths))


def status_of(item: ChecklistItem, states: States) -> ItemStatus:
    """Return an item's status; an item that nobody touched is 待核."""
    state = states.get(item.id)
    return ItemStatus.UNKNOWN if state is None else state.status


def completion(items: Iterable[ChecklistItem], states: States) -> Decimal | None:
    """Return Σ(weight × worth) ÷ Σ(weight that applies), 0–1, or None when nothing applies."""
    earned = total = Decimal(0)
    for item in items:
        worth = SCORES.get(status_of(item, states))
        if worth is not None:
            earned += item.weight * worth
            total += item.weight
    return earned / total if total else None


def closing(items: Iterable[ChecklistItem], states: States) -> tuple[ChecklistItem, ...]:
    """Return the red lines that are not done; one set aside with a reason (不适用) is none."""
    passing = (ItemStatus.DONE, ItemStatus.NOT_APPLICABLE)
    return tuple(i for i in items if i.red_line and status_of(i, states) not in passing)


def stage_summary(items: Collection[ChecklistItem], states: States) -> tuple[StageSummary, ...]:
    """Return every stage in order, those without an applicable item included."""
    summaries = []
    for stage in Stage:
        own = [item for item in items if item.stage is stage]
        statuses = [status_of(item, states) for item in own]
        summaries.append(
            StageSummary(
                stage,
                len(own),
                statuses.count(ItemStatus.DONE),
                statuses.count(ItemStatus.NOT_APPLICABLE),
                completion(own, states),
                tuple(item.id for item in closing(own, states)),
            )
        )
    return tuple(summaries)


def gates(items: Collection[ChecklistItem], states: States) -> Mapping[Stage, tuple[str, ...]]:
    """Return, per stage, the red lines that keep its gate closed; empty means open."""
    return {summary.stage: summary.closed_by for summary in stage_summary(items, states)}
