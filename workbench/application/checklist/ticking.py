# SPDX-License-Identifier: MIT
"""Working on the checklist: statuses with evidence, owners and due dates; all of it undoable."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from workbench.application.checklist.records import StoredItems, read_items, state_change
from workbench.application.checklist.sheet import ChecklistSheet, FactsOf, checklist_sheet
from workbench.application.history import History
from workbench.application.ports import Progress
from workbench.application.project.evidencing import Evidencing, Owner
from workbench.application.store_ports import FileState, NewUnitOfWork
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.many import Answer, Change, Outcome
from workbench.domain.checklist.opening import blocked_by, cycle
from workbench.domain.checklist.review import after_change
from workbench.domain.checklist.state import ENTITY, ItemState, ItemStatus, Refusal, refusal
from workbench.domain.checklist.template import ChecklistItem
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import ChangeSet, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion


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
        self._altered: frozenset[str] = frozenset()
        """Contents that a reading found altered, by SHA-256."""
        self._kept: StoredItems | None = None

    def sheet(self, assessment: Record) -> ChecklistSheet:
        """Return the checklist of an assessment as it stands.

        Evidence that is gone from the project is known at once; whether a file was altered is
        known of those that ``check`` has read.
        """
        with self._unit_of_work() as work:
            still = {s for s in self._altered if work.files.state(s) is FileState.ALTERED}
            self._kept = read_items(assessment.key, work, still, self._kept)
            return checklist_sheet(assessment, work, self._facts_of, self._kept)

    def checked_sheet(self, assessment: Record, progress: Progress | None = None) -> ChecklistSheet:
        """Return the checklist after every evidence file of it was read from end to end."""
        sheet = self.sheet(assessment)
        files = [file for each in sheet.evidence.values() for file in each]
        return self.sheet(assessment) if self.check(files, progress) else sheet

    def check(self, evidence: Collection[Record], progress: Progress | None = None) -> bool:
        """Read evidence from end to end; tell whether any was found altered.

        What was found counts in every checklist that is read from now on.
        """
        states = self._evidencing.check(list(evidence), progress)
        found = {
            file.text("sha256") or "" for file in evidence if states[file.key] is FileState.ALTERED
        }
        self._altered |= found
        return bool(found)

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
        sheet = self.sheet(assessment)
        stored = sheet.records.get(item_id)
        current = sheet.state(item_id)
        count = current.evidence_count + len(evidence)
        wanted = replace(wanted, evidence_count=count, unsound=current.unsound)
        wanted = after_change(current, wanted)
        _refuse_circle(sheet, wanted)
        reason = refusal(item, wanted, sheet.waiting_for(item_id))
        if reason and not (_leaves_status(current, wanted) and current != wanted):
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
        return self.answer(assessment, item_ids, Answer(status, reason))

    def answer(self, assessment: Record, item_ids: Sequence[str], answer: Answer) -> int:
        """Give many items one answer in one step; return how many changed.

        RefusedError names the first item whose rules forbid it; nothing is written then.
        """
        outcomes = self.outcomes(assessment, item_ids, answer)
        if answer.status is None:
            return self.keep(assessment, outcomes, "ticking.assign", {})
        params = {"status": answer.status.value}
        return self.keep(assessment, outcomes, "ticking.set_status", params)

    def outcomes(
        self, assessment: Record, item_ids: Sequence[str], change: Change
    ) -> tuple[Outcome, ...]:
        """Return what would become of many items; nothing is written."""
        sheet, together = self.sheet(assessment), frozenset(item_ids)
        found = []
        for item_id in item_ids:
            item, before = self.item(assessment, item_id), sheet.state(item_id)
            after = change(before)
            if isinstance(after, Refusal):
                found.append(Outcome(item, before, before, after))
                continue
            waiting = [other for other in sheet.waiting_for(item_id) if other not in together]
            refused = None if _leaves_status(before, after) else refusal(item, after, waiting)
            found.append(Outcome(item, before, before if refused else after, refused))
        return tuple(found)

    def keep(
        self,
        assessment: Record,
        outcomes: Sequence[Outcome],
        label: str,
        params: Mapping[str, str],
    ) -> int:
        """Write outcomes as one step named ``label``; RefusedError for the first refused one."""
        for outcome in outcomes:
            if outcome.refusal is not None:
                raise RefusedError(outcome.refusal.text_key, **outcome.refusal.params)
        stored = self.sheet(assessment).records
        records: list[RecordChange] = []
        for outcome in outcomes:
            if outcome.changes:
                record = stored.get(outcome.item.id)
                key = record.key if record else str(uuid.uuid4())
                records += state_change(assessment.key, key, record, outcome.after)
        counted = {"count": str(len(records)), **params}
        self._history.do(ChangeSet(label, tuple(records), counted))
        return len(records)

    def detach(self, assessment: Record, item_id: str, evidence: Record) -> None:
        """Take one evidence file from an item; RefusedError for a done item's last sound one."""
        sheet = self.sheet(assessment)
        state = sheet.state(item_id)
        gone = evidence.key in sheet.unsound
        rest = replace(state, evidence_count=state.evidence_count - 1, unsound=state.unsound - gone)
        reason = refusal(self.item(assessment, item_id), rest)
        if reason and state.standing is state.status:
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


def _leaves_status(current: ItemState, wanted: ItemState) -> bool:
    """Tell whether only other things change: an owner is set on what lost its evidence, too."""
    return (current.status, current.reason) == (wanted.status, wanted.reason)


def _refuse_circle(sheet: ChecklistSheet, wanted: ItemState) -> None:
    """Refuse items that would wait for each other, or for one that is not there."""
    known = {item.id for item in sheet.template.items}
    if unknown := [other for other in wanted.blocked_by if other not in known]:
        raise UsageError("ticking.no_such_item", item=unknown[0])
    added = {code: state.blocked_by for code, state in sheet.states.items()}
    if circle := cycle(blocked_by(sheet.items, added | {wanted.item_id: wanted.blocked_by})):
        raise RefusedError("ticking.circle", items=" → ".join((*circle, circle[0])))
