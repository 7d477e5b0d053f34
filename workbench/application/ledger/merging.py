# SPDX-License-Identifier: MIT
"""Finding duplicates and making one record of two, as one step."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.application.history import History
from workbench.application.ledger.querying import Querying
from workbench.application.ports import NewUnitOfWork, Operation, Progress, Silent, UnitOfWork
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeKind, ChangeSet
from workbench.domain.records.duplicates import DuplicatePair, duplicate_pairs
from workbench.domain.records.ledger import Record
from workbench.domain.records.merging import KEPT, FieldChoice, field_choices, merged, moved_counts
from workbench.domain.records.referring import Surroundings


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


class Merging:
    """Finds records that may be one, and makes them one."""

    def __init__(self, unit_of_work: NewUnitOfWork, history: History, querying: Querying) -> None:
        self._unit_of_work = unit_of_work
        self._history = history
        self._querying = querying

    def pairs(
        self, entities: Iterable[str] = (), progress: Progress | None = None
    ) -> list[DuplicatePair]:
        """Return the suspected duplicates of the ledger; the search may be stopped."""
        step = (progress or Silent()).step
        return duplicate_pairs(self._querying.ledger(), entities, step)

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
