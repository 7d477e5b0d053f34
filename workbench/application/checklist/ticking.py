# SPDX-License-Identifier: MIT
"""Working on the checklist: statuses with evidence, owners and due dates; all of it undoable."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from workbench.application.checklist.records import state_change, stored_items
from workbench.application.checklist.sheet import ChecklistSheet, FactsOf, checklist_sheet
from workbench.application.history import History
from workbench.application.ports import NewUnitOfWork, Progress
from workbench.application.project.evidencing import Evidencing, Owner
from workbench.domain.changes import ChangeSet, RecordChange
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.opening import blocked_by, cycle
from workbench.domain.checklist.review import after_change
from workbench.domain.checklist.state import ENTITY, ItemState, ItemStatus, refusal
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.ledger import Record
from workbench.domain.record_changes import deletion


class Ticking:
    """Reads and changes checklist states."""

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        history: History,
        evidencing: Evidencing,
        facts_of: FactsOf,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._evidencing = evidencing
        self._facts_of = facts_of

    def sheet(self, assessment: Record) -> ChecklistSheet:
        """Return the checklist of an assessment as it stands."""
        with self._unit_of_work() as work:
            return checklist_sheet(assessment, work, self._facts_of)

    def evidence(self, assessment: Record, item_id: str) -> Sequence[Record]:
        """Return the evidence of an item, oldest first."""
        with self._unit_of_work() as work:
            of_items = [r for r in work.records.all("evidence") if r.text("owner_entity") == ENTITY]
            if not of_items:
                return []
            state = stored_items(assessment.key, work).get(item_id)
            return [r for r in of_items if state is not None and r.text("owner_key") == state.key]

    def set_state(
        self,
        assessment: Record,
        item_id: str,
        wanted: ItemState,
        evidence: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> ItemState:
        """Set an item's state and attach files; RefusedError when the rules forbid it.

        Done needs evidence, not applicable needs a reason; nothing is written otherwise.
        """
        item = self.item(assessment, item_id)
        staging = self._evidencing.stage(evidence, progress)
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work).get(item_id)
        sheet = self.sheet(assessment)
        current = sheet.state(item_id)
        wanted = replace(wanted, evidence_count=current.evidence_count + len(evidence))
        wanted = after_change(current, wanted)
        _refuse_circle(sheet, wanted)
        if reason := refusal(item, wanted, sheet.waiting_for(item_id)):
            raise RefusedError(reason.text_key, **reason.params)
        key = stored.key if stored else str(uuid.uuid4())
        records = (*state_change(assessment.key, key, stored, wanted),)
        records += tuple(staging.records(Owner(ENTITY, key)))
        params = {"item": item_id, "status": wanted.status.value}
        self._history.do(
            ChangeSet("ticking.set_state", records, params),
            prepare=staging.keep,
        )
        return wanted

    def set_status(
        self, assessment: Record, item_ids: Sequence[str], status: ItemStatus, reason: str = ""
    ) -> int:
        """Set the status of many items in one step; return how many changed.

        ``reason`` is for 不适用 and replaces that of each item. RefusedError names the first item
        whose rules forbid it; nothing is written then.
        """
        with self._unit_of_work() as work:
            stored = stored_items(assessment.key, work)
        sheet = self.sheet(assessment)
        records: list[RecordChange] = []
        for item_id in item_ids:
            current = sheet.state(item_id)
            wanted = replace(current, status=status, reason=reason or current.reason)
            wanted = after_change(current, wanted)
            waiting = [other for other in sheet.waiting_for(item_id) if other not in item_ids]
            if refused := refusal(self.item(assessment, item_id), wanted, waiting):
                raise RefusedError(refused.text_key, **refused.params)
            record = stored.get(item_id)
            if wanted != current:
                key = record.key if record else str(uuid.uuid4())
                records += state_change(assessment.key, key, record, wanted)
        params = {"count": str(len(records)), "status": status.value}
        self._history.do(ChangeSet("ticking.set_status", tuple(records), params))
        return len(records)

    def detach(self, assessment: Record, item_id: str, evidence: Record) -> None:
        """Take one evidence file from an item; a done item must keep one."""
        state = self.sheet(assessment).state(item_id)
        rest = replace(state, evidence_count=state.evidence_count - 1)
        if reason := refusal(self.item(assessment, item_id), rest):
            raise RefusedError(reason.text_key, **reason.params)
        change = deletion(evidence)
        params = {"item": item_id, "name": evidence.label}
        self._history.do(ChangeSet("ticking.detach", (change,), params))

    def item(self, assessment: Record, item_id: str) -> ChecklistItem:
        """Return one item of an assessment's edition; UsageError when it has none such."""
        template = snapshot.from_text(assessment.text("template") or "")
        item = template.find(item_id)
        if item is None:
            raise UsageError("ticking.no_such_item", item=item_id)
        return item


def _refuse_circle(sheet: ChecklistSheet, wanted: ItemState) -> None:
    """Refuse items that would wait for each other, or for one that is not there."""
    known = {item.id for item in sheet.template.items}
    if unknown := [other for other in wanted.blocked_by if other not in known]:
        raise UsageError("ticking.no_such_item", item=unknown[0])
    added = {code: state.blocked_by for code, state in sheet.states.items()}
    if circle := cycle(blocked_by(sheet.items, added | {wanted.item_id: wanted.blocked_by})):
        raise RefusedError("ticking.circle", items=" → ".join((*circle, circle[0])))
