# SPDX-License-Identifier: MIT
"""The ledger as it stood when an assessment was last worked on, for those that were never final.

A draft is computed from the ledger of today. Set beside the version that followed it, both would
read the same cells and nothing would ever differ; so the change log is followed back.
"""

from collections.abc import Container
from typing import TYPE_CHECKING

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.freezing.differences import Moment
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeKind, ChangeSet, RecordChange
from workbench.domain.records.ledger_changes import changed_ledger

if TYPE_CHECKING:
    from workbench.application.store_ports import UnitOfWork
    from workbench.domain.records.ledger import Ledger, Record

_ASSESSMENT = "assessment"


def last_worked_on(work: "UnitOfWork", old: "Record", new: "Record") -> Moment | None:
    """Return the last step on an assessment or what hangs on it before another was begun.

    None when the other one is not the later one.
    """
    until = _begun(work, new)
    since = _begun(work, old)
    if until is None or since is None or since >= until:
        return None
    places = _places_of(work, old)
    steps = (step for step, _ in work.log.steps(since - 1, places))
    last = max((step for step in steps if step < until), default=since)
    return next(Moment(last, each.at) for each in work.log.all() if each.sequence == last)


def ledger_after(work: "UnitOfWork", ledger: "Ledger", step: int) -> "Ledger":
    """Return a ledger of today as it stood after a step of the log."""
    later = [change for _, change in work.log.steps(step, _LedgerPlaces())]
    back = ChangeSet("", tuple(_taken_back(change) for change in reversed(later)))
    return changed_ledger(ledger, back)


def _taken_back(change: RecordChange) -> RecordChange:
    """Return the opposite; a record that was made is only to go, whatever the log kept of it."""
    if change.kind is ChangeKind.CREATED:
        return RecordChange(change.entity, change.key, ChangeKind.DELETED, ())
    return change.inverted()


class _LedgerPlaces(Container[tuple[str, str]]):
    """Holds every record of the ledger."""

    @override
    def __contains__(self, place: object) -> bool:
        return isinstance(place, tuple) and CATALOGUE[place[0]].ledger


def _begun(work: "UnitOfWork", assessment: "Record") -> int | None:
    """Return the step in which an assessment came into this project."""
    found = work.log.of_record(_ASSESSMENT, assessment.key)
    return min((operation.sequence for operation, _ in found), default=None)


def _places_of(work: "UnitOfWork", assessment: "Record") -> set[tuple[str, str]]:
    """Return an assessment and the program's own records that name it."""
    named = [
        entity.key
        for entity in CATALOGUE
        if not entity.ledger
        and any(f.key == _ASSESSMENT and f.target == _ASSESSMENT for f in entity.references())
    ]
    return {(_ASSESSMENT, assessment.key)} | {
        (entity, record.key)
        for entity in named
        for record in work.records.all(entity)
        if record.text(_ASSESSMENT) == assessment.key
    }
