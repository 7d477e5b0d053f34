# SPDX-License-Identifier: MIT
"""Taking chosen fields of somebody else's checklist states into ours, by the checklist's rules."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from workbench.application.checklist.records import state_change
from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.differences import taken
from workbench.domain.checklist.state import SETTLED, ItemState, Refusal, States, refusal
from workbench.domain.findings import RefusedError, UsageError
from workbench.domain.records.changes import RecordChange
from workbench.domain.records.ledger import Record

Chosen = Collection[tuple[str, str]]
"""What is taken: pairs of item id and field name."""


def changes_of_taking(
    sheet: ChecklistSheet,
    stored: Mapping[str, Record],
    theirs: States,
    chosen: Chosen,
    added: Mapping[str, int],
) -> tuple[dict[str, str], list[RecordChange]]:
    """Return the record key of each item that is touched, and the changes.

    ``added`` counts evidence that comes with an item. RefusedError names the first item whose
    rules forbid what was chosen.
    """
    keys: dict[str, str] = {}
    records: list[RecordChange] = []
    settled = {item for item, field in chosen if field == "status" and _settles(theirs, item)}
    for item_id in dict.fromkeys((*(item for item, _field in chosen), *added)):
        fields = {field for item, field in chosen if item == item_id}
        ours = sheet.state(item_id)
        wanted = taken(ours, theirs.get(item_id, ItemState(item_id)), fields)
        count = ours.evidence_count + added.get(item_id, 0)
        wanted = replace(wanted, evidence_count=count, unsound=ours.unsound)
        if reason := _refusal(sheet, wanted, settled):
            raise RefusedError(reason.text_key, **reason.params)
        record = stored.get(item_id)
        keys[item_id] = record.key if record else str(uuid.uuid4())
        records += state_change(sheet.assessment.key, keys[item_id], record, wanted)
    return keys, records


def refusals(sheet: ChecklistSheet, theirs: States, items: Iterable[str]) -> dict[str, Refusal]:
    """Return why states of theirs cannot stand as they are, by item."""
    asked = {item: theirs.get(item, ItemState(item)) for item in items}
    settled = {item for item in asked if _settles(theirs, item)}
    found = {item: _refusal(sheet, state, settled) for item, state in asked.items()}
    return {item: reason for item, reason in found.items() if reason is not None}


def _settles(theirs: States, item_id: str) -> bool:
    """Tell whether their state of an item leaves nothing to do."""
    return item_id in theirs and theirs[item_id].status in SETTLED


def _refusal(sheet: ChecklistSheet, state: ItemState, settled: Collection[str]) -> Refusal | None:
    """Return why a state cannot stand; ``settled`` are items that are settled along with it."""
    item = sheet.template.find(state.item_id)
    if item is None:
        raise UsageError("ticking.no_such_item", item=state.item_id)
    if state.status is sheet.state(state.item_id).status:
        return refusal(item, state)
    waiting = [other for other in sheet.waiting_for(state.item_id) if other not in settled]
    return refusal(item, state, waiting)
