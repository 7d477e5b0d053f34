# SPDX-License-Identifier: MIT
"""Working on the checklist: statuses with evidence, owners and due dates; all of it undoable."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbench.application.history import History
from workbench.application.ports import NewUnitOfWork, UnitOfWork
from workbench.domain.changes import (
    EMPTY_CELL,
    CellState,
    ChangeKind,
    ChangeSet,
    FieldChange,
    RecordChange,
    creation,
    update,
)
from workbench.domain.checklist import snapshot
from workbench.domain.checklist.opening import applicable
from workbench.domain.checklist.state import (
    ENTITY,
    ItemState,
    ItemStatus,
    StageSummary,
    States,
    completion,
    refusal,
    stage_summary,
)
from workbench.domain.checklist.template import ChecklistItem, Template
from workbench.domain.findings import InputError, RefusedError, UsageError
from workbench.domain.ledger import Record
from workbench.domain.values import Value

ReadFile = Callable[[str], tuple[str, bytes]]
"""Reads a file from disk: its name and content; InputError when it cannot be read."""

LARGEST_EVIDENCE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ChecklistSheet:
    """The checklist of one assessment: the items that apply, and how far each has come."""

    assessment: Record
    template: Template
    items: tuple[ChecklistItem, ...]
    states: States
    pathways: tuple[str, ...]
    state_owned: bool | None

    def state(self, item_id: str) -> ItemState:
        """Return an item's state; one that nobody touched is 待核."""
        return self.states.get(item_id, ItemState(item_id))

    def stages(self) -> tuple[StageSummary, ...]:
        """Return every stage with its completion and what closes its gate."""
        return stage_summary(self.items, self.states)

    def completion(self) -> Decimal | None:
        """Return the weighted completion 0–1, or None when nothing applies."""
        return completion(self.items, self.states)


class Ticking:
    """Reads and changes checklist states."""

    def __init__(self, unit_of_work: NewUnitOfWork, history: History, read_file: ReadFile) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._read_file = read_file

    def sheet(self, assessment: Record) -> ChecklistSheet:
        """Return the checklist of an assessment as it stands."""
        template = snapshot.from_text(assessment.text("template") or "")
        pathways = assessment.get("pathways")
        chosen = pathways if isinstance(pathways, tuple) else ()
        with self._unit_of_work() as work:
            owned = _state_owned(assessment.text("park"), work)
            states = _states(assessment.key, work)
        items = applicable(template, chosen, owned)
        return ChecklistSheet(assessment, template, items, states, chosen, owned)

    def evidence(self, assessment: Record, item_id: str) -> Sequence[Record]:
        """Return the evidence of an item, oldest first."""
        with self._unit_of_work() as work:
            state = _stored(assessment.key, work).get(item_id)
            return [
                record
                for record in work.records.all("evidence")
                if state is not None and record.text("owner_key") == state.key
            ]

    def evidence_content(self, evidence: Record) -> bytes:
        """Return an evidence file; InputError when it is missing, ProjectError when altered."""
        with self._unit_of_work() as work:
            content = work.files.get(evidence.text("sha256") or "")
        if content is None:
            raise InputError("ticking.evidence_missing", name=evidence.label)
        return content

    def set_state(
        self,
        assessment: Record,
        item_id: str,
        wanted: ItemState,
        evidence: Sequence[str] = (),
    ) -> ItemState:
        """Set an item's state and attach files; RefusedError when the rules forbid it.

        Done needs evidence, not applicable needs a reason; nothing is written otherwise.
        """
        item = self._item(assessment, item_id)
        files = [self._read(path) for path in evidence]
        with self._unit_of_work() as work:
            stored = _stored(assessment.key, work).get(item_id)
            current = _states(assessment.key, work).get(item_id, ItemState(item_id))
        wanted = replace(wanted, evidence_count=current.evidence_count + len(files))
        if reason := refusal(item, wanted):
            raise RefusedError(reason.text_key, **reason.params)
        key = stored.key if stored else str(uuid.uuid4())
        records = (*_state_change(assessment.key, key, stored, wanted),)
        records += tuple(_evidence_record(key, name, content) for name, content in files)
        params = {"item": item_id, "status": wanted.status.value}
        self._history.do(
            ChangeSet("ticking.set_state", records, params),
            prepare=lambda work: _keep(files, work),
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
            stored, states = _stored(assessment.key, work), _states(assessment.key, work)
        records: list[RecordChange] = []
        for item_id in item_ids:
            current = states.get(item_id, ItemState(item_id))
            wanted = replace(current, status=status, reason=reason or current.reason)
            if refused := refusal(self._item(assessment, item_id), wanted):
                raise RefusedError(refused.text_key, **refused.params)
            record = stored.get(item_id)
            if wanted != current:
                key = record.key if record else str(uuid.uuid4())
                records += _state_change(assessment.key, key, record, wanted)
        params = {"count": str(len(records)), "status": status.value}
        self._history.do(ChangeSet("ticking.set_status", tuple(records), params))
        return len(records)

    def detach(self, assessment: Record, item_id: str, evidence: Record) -> None:
        """Take one evidence file from an item; a done item must keep one."""
        state = self.sheet(assessment).state(item_id)
        rest = replace(state, evidence_count=state.evidence_count - 1)
        if reason := refusal(self._item(assessment, item_id), rest):
            raise RefusedError(reason.text_key, **reason.params)
        fields = tuple(
            FieldChange(name, CellState(value), EMPTY_CELL)
            for name, value in sorted(evidence.values.items())
        )
        change = RecordChange(
            "evidence", evidence.key, ChangeKind.DELETED, fields, evidence.position
        )
        params = {"item": item_id, "name": evidence.label}
        self._history.do(ChangeSet("ticking.detach", (change,), params))

    def _item(self, assessment: Record, item_id: str) -> ChecklistItem:
        template = snapshot.from_text(assessment.text("template") or "")
        item = template.find(item_id)
        if item is None:
            raise UsageError("ticking.no_such_item", item=item_id)
        return item

    def _read(self, path: str) -> tuple[str, bytes]:
        name, content = self._read_file(path)
        if not content:
            raise InputError("ticking.evidence_empty", name=name)
        if len(content) > LARGEST_EVIDENCE:
            raise InputError("ticking.evidence_too_large", name=name, limit=50)
        return name, content


def _keep(files: Sequence[tuple[str, bytes]], work: UnitOfWork) -> None:
    for _name, content in files:
        work.files.put(content)


def _state_change(
    assessment_key: str, key: str, stored: Record | None, wanted: ItemState
) -> list[RecordChange]:
    new: dict[str, Value | None] = {
        "status": wanted.status.value,
        "reason": wanted.reason or None,
        "owner": wanted.owner or None,
        "due": wanted.due,
        "note": wanted.note or None,
    }
    if stored is None:
        new |= {"assessment": assessment_key, "item": wanted.item_id}
        return [creation(ENTITY, key, new)]
    change = update(ENTITY, key, stored.values, new)
    return [change] if change else []


def _evidence_record(owner_key: str, name: str, content: bytes) -> RecordChange:
    values: dict[str, Value] = {
        "name": name,
        "sha256": _digest(content),
        "size": len(content),
        "owner_entity": ENTITY,
        "owner_key": owner_key,
    }
    return creation("evidence", str(uuid.uuid4()), values)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _stored(assessment_key: str, work: UnitOfWork) -> dict[str, Record]:
    """Return the stored item states of an assessment by item id."""
    return {
        record.text("item") or "": record
        for record in work.records.all(ENTITY)
        if record.text("assessment") == assessment_key
    }


def _states(assessment_key: str, work: UnitOfWork) -> States:
    counts = Counter(
        record.text("owner_key")
        for record in work.records.all("evidence")
        if record.text("owner_entity") == ENTITY
    )
    return {
        item: ItemState(
            item,
            ItemStatus(record.text("status") or ItemStatus.UNKNOWN),
            counts[record.key],
            record.text("reason") or "",
            record.text("owner") or "",
            due if isinstance(due := record.get("due"), date) else None,
            record.text("note") or "",
        )
        for item, record in _stored(assessment_key, work).items()
    }


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
