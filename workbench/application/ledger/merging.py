# SPDX-License-Identifier: MIT
"""Finding duplicates and making one record of two, as one step."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.application.history import History
from workbench.application.ledger.querying import Querying
from workbench.application.ports import Progress, Silent
from workbench.application.store_ports import NewUnitOfWork, Operation, UnitOfWork
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange, creation
from workbench.domain.records.duplicates import (
    CommonValue,
    DuplicatePair,
    common_values,
    duplicate_pairs,
)
from workbench.domain.records.ledger import Record
from workbench.domain.records.merging import KEPT, FieldChoice, field_choices, merged, moved_counts
from workbench.domain.records.record_changes import deletion
from workbench.domain.records.referring import Surroundings

DISTINCT = "distinct_pair"


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging two records would do; ``moved`` counts, by entity, what points at the other."""

    kept: Record
    other: Record
    choices: tuple[FieldChoice, ...]
    moved: Mapping[str, int]

    @property
    def conflicts(self) -> tuple[FieldChoice, ...]:
        """Return what a person must choose."""
        return tuple(choice for choice in self.choices if choice.conflict)


@dataclass(frozen=True, slots=True)
class DuplicateSearch:
    """What a search found; ``distinct`` are the pairs that a person said are none.

    ``common`` are the values that too many records share to be compared by them.
    """

    pairs: Sequence[DuplicatePair]
    distinct: Sequence[DuplicatePair] = ()
    common: Sequence[CommonValue] = ()


class Merging:
    """Finds records that may be one, and makes them one."""

    def __init__(self, unit_of_work: NewUnitOfWork, history: History, querying: Querying) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._querying = querying

    def pairs(
        self, entities: Iterable[str] = (), progress: Progress | None = None
    ) -> list[DuplicatePair]:
        """Return the suspected duplicates of the ledger, as ``search`` does."""
        return list(self.search(entities, progress).pairs)

    def search(
        self, entities: Iterable[str] = (), progress: Progress | None = None
    ) -> DuplicateSearch:
        """Look for duplicates in the ledger; the search may be stopped."""
        kinds, step = tuple(entities), (progress or Silent()).step
        ledger = self._querying.ledger()
        found = duplicate_pairs(ledger, kinds, step)
        said = {_both(r.text("first"), r.text("second")) for r in self._distinct()}
        distinct = [pair for pair in found if _both(pair.first.key, pair.second.key) in said]
        left = [pair for pair in found if _both(pair.first.key, pair.second.key) not in said]
        return DuplicateSearch(left, distinct, common_values(ledger, kinds))

    def mark_distinct(self, entity: str, first: str, second: str, reason: str = "") -> bool:
        """Remember that two records are not one, as a step; tell whether that was news.

        RefusedError when both are the same record.
        """
        one, other = self._record(entity, first), self._record(entity, second)
        if one.key == other.key:
            raise RefusedError("merging.one_record", name=one.label)
        if self._said_of(first, second):
            return False
        values = {
            "of_entity": entity,
            "first": first,
            "second": second,
            "name": f"{one.label} ≠ {other.label}",
        }
        change = creation(DISTINCT, _key(), values)
        self._do_of_pair("merging.mark_distinct", one, other, (change,), reason)
        return True

    def suspect_again(self, entity: str, first: str, second: str) -> bool:
        """Forget that two records were said not to be one; tell whether that had been said."""
        one, other = self._record(entity, first), self._record(entity, second)
        said = tuple(deletion(record) for record in self._said_of(first, second))
        if said:
            self._do_of_pair("merging.suspect_again", one, other, said)
        return bool(said)

    def _do_of_pair(
        self,
        label: str,
        one: Record,
        other: Record,
        changes: tuple[RecordChange, ...],
        reason: str = "",
    ) -> None:
        params = {"entity": one.entity, "name": one.label, "other": other.label}
        self._history.do(ChangeSet(label, changes, params, reason))

    def _said_of(self, first: str, second: str) -> list[Record]:
        pair = _both(first, second)
        return [r for r in self._distinct() if _both(r.text("first"), r.text("second")) == pair]

    def _distinct(self) -> Sequence[Record]:
        with self._unit_of_work() as work:
            return work.records.all(DISTINCT)

    def preview(self, entity: str, kept: str, other: str) -> MergePreview:
        """Return every field of two records with its default, and what would be handed over."""
        ours, theirs = self._record(entity, kept), self._record(entity, other)
        with self._unit_of_work() as work:
            ages: dict[tuple[str, str], int] = {}
            for record in (ours, theirs):
                for operation, changes in work.log.of_record(entity, record.key):
                    _note_ages(ages, record.key, operation, changes)
            around = self._around(work)
            choices = field_choices(ours, theirs, ages, around.catalogue)
            decided = {choice.field: choice.side or KEPT for choice in choices}
            moved = moved_counts(merged(ours, theirs, decided, around), ours)
        return MergePreview(ours, theirs, choices, moved)

    def merge(
        self,
        entity: str,
        kept: str,
        other: str,
        chosen: Mapping[str, str],
        reason: str = "",
    ) -> int:
        """Make one record of two; return how many records were handed over.

        ``chosen`` says "kept" or "other" per field. RefusedError when a conflict has no choice;
        the record that goes stays in the history.
        """
        ours, theirs = self._record(entity, kept), self._record(entity, other)
        with self._unit_of_work() as work:
            changes = merged(ours, theirs, chosen, self._around(work))
        params = {"entity": entity, "name": ours.label, "other": theirs.label}
        self._history.do(ChangeSet("merging.merge", changes, params, reason))
        return sum(moved_counts(changes, ours).values())

    def _around(self, work: UnitOfWork) -> Surroundings:
        return Surroundings(self._querying.ledger(), work.records.all, _key)

    def _record(self, entity: str, key: str) -> Record:
        record = self._querying.ledger().find(entity, key)
        if record is None:
            raise RefusedError("editing.gone", entity=entity, key=key)
        return record


def _both(first: str | None, second: str | None) -> frozenset[str | None]:
    return frozenset((first, second))


def _note_ages(
    ages: dict[tuple[str, str], int], key: str, operation: Operation, changes: ChangeSet
) -> None:
    """Note the newest operation that wrote each field; the log comes newest first."""
    for change in changes.records:
        if change.key == key and change.kind is not ChangeKind.DELETED:
            for item in change.fields:
                ages.setdefault((key, item.field), operation.sequence)


def _key() -> str:
    return str(uuid.uuid4())
