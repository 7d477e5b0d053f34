# SPDX-License-Identifier: MIT
"""Which records may be deleted together: those to which only deleted ones refer."""

from collections.abc import Mapping, Sequence

from workbench.application.ports import Progress
from workbench.application.store_ports import UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion

_TOLD_EVERY = 500


def deletions(
    doomed: Mapping[str, Sequence[str]], work: UnitOfWork, progress: Progress
) -> tuple[list[Record], list[RecordChange]]:
    """Return the records with these keys and what deletes them; those that are gone are left out.

    RefusedError naming what still refers to one of them. The work may be stopped.
    """
    records: list[Record] = []
    for entity, keys in doomed.items():
        found = work.records.some(entity, dict.fromkeys(keys))
        records += [found[key] for key in dict.fromkeys(keys) if key in found]
    gone = {(record.entity, record.key) for record in records}
    _refuse_referenced(gone, work, progress)
    changes = []
    for at, record in enumerate(records):
        if at % _TOLD_EVERY == 0:
            progress.step(0, len(records))
        changes.append(deletion(record))
    return records, changes


def _refuse_referenced(gone: set[tuple[str, str]], work: UnitOfWork, progress: Progress) -> None:
    targets = {entity for entity, _ in gone}
    for other in CATALOGUE:
        names = [(each.key, each.target) for each in other.references() if each.target in targets]
        if not names:
            continue
        progress.step(0, len(gone))
        for name, target in names:
            holders = [
                record
                for record in work.records.all(other.key)
                if (target, record.text(name) or "") in gone and (other.key, record.key) not in gone
            ]
            if holders:
                raise RefusedError(
                    "editing.still_referenced",
                    count=len(holders),
                    holder=other.key,
                    example=holders[0].label,
                )
