# SPDX-License-Identifier: MIT
"""Read models for screens and lists; the ledger snapshot changes with the project."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Lock

from workbench.application.history import History
from workbench.application.long_lived import kept_for_long
from workbench.application.ports import CatalogueOf
from workbench.application.store_ports import (
    NewUnitOfWork,
    Operation,
    OperationKind,
    SourceFile,
    UnitOfWork,
)
from workbench.application.versions.final_guard import FINAL
from workbench.application.versions.hand_edits import NetChange, hand_edits
from workbench.domain.catalogue import CATALOGUE, shipped
from workbench.domain.fields import Catalogue
from workbench.domain.findings import UsageError
from workbench.domain.reconciling.copies import Brought
from workbench.domain.records.changes import ChangeKind, ChangeSet, FieldChange
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.ledger_changes import changed_ledger
from workbench.domain.records.log_seal import LogSeal
from workbench.domain.tables.watching import Tick, unwatched, watched

_ENDING = frozenset({"splitting.split", "splitting.join", "merging.merge"})
"""The operations in which records end and another takes their place."""
BROUGHT = "copies.brought"
"""The label of a step that came with a merge."""
BESIDE = frozenset(
    field.target
    for entity in CATALOGUE.ledger()
    for field in entity.references()
    if not CATALOGUE[field.target].ledger
)
"""What ledger rows name beside each other: assessments."""


class Querying:
    """Reads the project."""

    def __init__(
        self, unit_of_work: NewUnitOfWork, history: History, catalogue: CatalogueOf = shipped
    ) -> None:
        self._unit_of_work = unit_of_work
        self._catalogue = catalogue
        self._ledger: Ledger | None = None
        self._sequence = 0
        self._told = 0
        """How many changes were told: a snapshot that was being read meanwhile is too old."""
        self._reading = Lock()
        history.subscribe(self._follow)

    def ledger(self, tick: Tick = unwatched) -> Ledger:
        """Return the whole ledger as one snapshot; ``tick`` hears how much of it is read."""
        catalogue = self._catalogue()
        found = self._ledger
        if found is None:
            with self._reading:
                while (found := self._ledger) is None:
                    told = self._told
                    ledger, sequence = self._read(catalogue, tick)
                    if told == self._told:  # else something was written meanwhile: read again
                        self._ledger, self._sequence = ledger, sequence
        if found.catalogue is not catalogue:
            found = self._ledger = Ledger(found.records, catalogue, self._beside)
        return found

    def _read(self, catalogue: Catalogue, tick: Tick) -> tuple[Ledger, int]:
        """Return the ledger as it is stored, and the operation that it stands at."""
        with kept_for_long(), self._unit_of_work() as work:
            rows = {
                entity.key: list(watched(work.records.each(entity.key, lasting=True), tick))
                for entity in CATALOGUE.ledger()
            }
            return Ledger(rows, catalogue, self._beside), _newest(work)

    def records(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity in ledger order."""
        if entity in CATALOGUE and CATALOGUE[entity].ledger:
            return self.ledger().all(entity)
        with self._unit_of_work() as work:
            return work.records.all(entity)

    def _beside(self, entity: str) -> Sequence[Record]:
        """Return the records of an entity that ledger rows name, such as assessments."""
        return self.records(entity) if entity in BESIDE else ()

    def record(self, entity: str, key: str) -> Record | None:
        """Return one record, or None."""
        with self._unit_of_work() as work:
            return work.records.get(entity, key)

    def park(self, wanted: str) -> Record:
        """Return the park with this code, name or key; UsageError naming the parks there are."""
        parks = self.records("park")
        for record in parks:
            if wanted in (record.get("code"), record.get("name"), record.key):
                return record
        known = "、".join(str(record.get("code") or record.label) for record in parks)
        raise UsageError("querying.no_such_park", park=wanted, known=known or "—")

    def history(self, entity: str, key: str) -> Sequence[tuple[Operation, ChangeSet]]:
        """Return what happened to one record, newest first.

        What a merge took is followed by the steps of the other copy behind it: who entered it
        there, and when.
        """
        with self._unit_of_work() as work:
            brought = list(work.log.brought(entity, key))
            history: list[tuple[Operation, ChangeSet]] = []
            for own in work.log.of_record(entity, key):
                history.append(own)
                history += [_as_step(*each) for each in brought if each[0] == own[0].sequence]
            return history

    def newest_steps(self, until: datetime | None) -> Mapping[tuple[str, str], Operation]:
        """Return the newest step on every record, up to a moment if one is given."""
        with self._unit_of_work() as work:
            return work.log.newest_of_each(until)

    def predecessors(self, entity: str, key: str) -> Sequence[Record]:
        """Return the records that became this one by split, join or merge, as they last were."""
        found = []
        with self._unit_of_work() as work:
            for operation, _changes in work.log.of_record(entity, key):
                if operation.label not in _ENDING or operation.undone:
                    continue
                if operation.kind != OperationKind.UNDO:
                    found += _ended(work.log.changes(operation.sequence), entity, key)
        return found

    def operations(self, limit: int = 200) -> Sequence[Operation]:
        """Return the newest operations of the project, newest first."""
        with self._unit_of_work() as work:
            return work.log.recent(limit)

    def sources(self) -> Sequence[SourceFile]:
        """Return the imported files."""
        with self._unit_of_work() as work:
            return work.files.sources()

    def log_seal(self, final: Record | None = None) -> LogSeal | None:
        """Return the newest seal of the log, or that of the step that closed a final assessment."""
        with self._unit_of_work() as work:
            if final is None:
                return work.log.seal()
            for operation, changes in reversed(work.log.of_record(final.entity, final.key)):
                if any(_closes(item) for each in changes.records for item in each.fields):
                    return work.log.seal(operation.sequence)
            return None

    def hand_edits(self, until: int) -> Mapping[tuple[str, str], NetChange] | None:
        """Return what was changed by hand after the first import, up to a step; None if none."""
        with self._unit_of_work() as work:
            return hand_edits(work, until)

    def setting(self, name: str) -> str | None:
        """Return a setting that is kept with the project."""
        with self._unit_of_work() as work:
            return work.setting(name)

    def _follow(self, changes: ChangeSet) -> None:
        """Change the snapshot with the project, unless something else was written as well."""
        self._told += 1
        if self._ledger is None:
            return
        with self._unit_of_work() as work:
            newest = _newest(work)
        follows = changes.whole and newest == self._sequence + 1
        self._sequence = newest
        self._ledger = changed_ledger(self._ledger, changes) if follows else None
        named = BESIDE & {change.entity for change in changes.records}
        if self._ledger is not None and named:
            self._ledger = self._ledger.renewed(named)


def _closes(item: FieldChange) -> bool:
    return item.field == "status" and item.new.value == FINAL


def _newest(work: UnitOfWork) -> int:
    """Return the number of the newest operation in the log, 0 for none."""
    return next((operation.sequence for operation in work.log.recent(1)), 0)


def _as_step(sequence: int, brought: Brought) -> tuple[Operation, ChangeSet]:
    """Return a step of another copy as the history shows it, under the number of its merge."""
    params = {"name": brought.copy}
    operation = Operation(
        sequence, "", OperationKind.DO, BROUGHT, params, brought.actor, brought.at,
        brought.reason, "", False,
    )  # fmt: skip
    return operation, ChangeSet(BROUGHT, brought.changes, params)


def _ended(changes: ChangeSet, entity: str, key: str) -> list[Record]:
    """Return the records of an entity that an operation ended, beside the one of a key."""
    return [
        Record(entity, change.key, {
            item.field: item.old.value for item in change.fields if item.old.value is not None
        })
        for change in changes.records
        if change.entity == entity and change.key != key and change.kind is ChangeKind.DELETED
    ]  # fmt: skip
