# SPDX-License-Identifier: MIT
"""The checklist of one assessment as it stands: what applies and why, how far each item is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from workbench.application.checklist.records import Evidence, StoredItems
from workbench.application.store_ports import FileState, UnitOfWork
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.opening import Opening, blocked_by, openings
from workbench.domain.checklist.state import (
    ItemState,
    StageSummary,
    States,
    Summary,
    completion,
    stage_summary,
    summary,
    waiting_for,
)
from workbench.domain.checklist.template import ChecklistItem, Template
from workbench.domain.conditions import Lookup
from workbench.domain.records.ledger import Record

FactsOf = Callable[[Record], Lookup]
"""Gives the conditions of a checklist the values of their names for one assessment."""


@dataclass(frozen=True)
class ChecklistSheet:
    """The checklist of one assessment: which items apply and why, and how far each has come."""

    assessment: Record
    template: Template
    openings: tuple[Opening, ...]
    states: States
    pathways: tuple[str, ...]
    state_owned: bool | None
    records: Mapping[str, Record] = field(default_factory=dict)
    """The record that keeps each touched item."""
    evidence: Evidence = field(default_factory=dict)
    unsound: Mapping[str, FileState] = field(default_factory=dict)
    """What is wrong with the evidence that is gone or was found altered, by its key."""

    @cached_property
    def items(self) -> tuple[ChecklistItem, ...]:
        """Return the items that apply, in template order."""
        return tuple(opening.item for opening in self.openings if opening.open)

    @cached_property
    def blocked_by(self) -> Mapping[str, tuple[str, ...]]:
        """Return, per item that applies, the items that must be settled before it."""
        added = {code: state.blocked_by for code, state in self.states.items()}
        return blocked_by(self.items, added)

    def waiting_for(self, item_id: str) -> tuple[str, ...]:
        """Return the items that an item still waits for."""
        return waiting_for(self.blocked_by.get(item_id, ()), self.states)

    def state(self, item_id: str) -> ItemState:
        """Return an item's state; one that nobody touched is 待核."""
        return self.states.get(item_id, ItemState(item_id))

    def stages(self) -> tuple[StageSummary, ...]:
        """Return every stage with its completion and what closes its gate."""
        return self._stages

    @cached_property
    def _stages(self) -> tuple[StageSummary, ...]:
        return stage_summary(self.items, self.states)

    def whole(self) -> Summary:
        """Return how far all items have come together."""
        return summary(self.items, self.states)

    def completion(self) -> Decimal | None:
        """Return the weighted completion 0–1, or None when nothing applies."""
        return completion(self.items, self.states)


def checklist_sheet(
    assessment: Record, work: UnitOfWork, facts_of: FactsOf, kept: StoredItems
) -> ChecklistSheet:
    """Return the checklist of an assessment as a transaction sees it; ``kept`` are its items."""
    template = snapshot.from_text(assessment.text("template") or "")
    pathways = assessment.get("pathways")
    chosen = pathways if isinstance(pathways, tuple) else ()
    owned = _state_owned(assessment.text("park"), work)
    found = openings(template, chosen, owned, facts_of(assessment))
    return ChecklistSheet(
        assessment,
        template,
        found,
        kept.states,
        chosen,
        owned,
        kept.records,
        kept.evidence,
        kept.unsound,
    )


def _state_owned(park_key: str | None, work: UnitOfWork) -> bool | None:
    """Tell whether state assets are involved: any state-owned holder or a platform company."""
    park = work.records.get("park", park_key) if park_key else None
    if park is not None and park.text("manager_type") == "平台公司":
        return True
    kinds = {
        parcel.text("holder_type")
        for parcel in work.records.all("parcel")
        if parcel.text("park") == park_key
    }
    if "国企" in kinds:
        return True
    return None if not kinds or kinds & {None, "不详"} else False
