# SPDX-License-Identifier: MIT
"""What was built on an import since: changed records of it, and records that point at them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from workbench.application.ports import Progress, Silent
from workbench.application.stages import Stages
from workbench.application.store_ports import Operation, OperationKind, UnitOfWork
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import ChangeKind
from workbench.domain.tables.watching import watched
from workbench.domain.values import Value

_MOST_NAMED = 5
Place = tuple[str, str]


def refuse_if_built_on(
    work: UnitOfWork, operations: Sequence[Operation], progress: Progress | None = None
) -> None:
    """Raise EditConflictError naming records, persons and times, if something built on a batch."""
    stages = Stages(progress or Silent())
    reading, since, pointing_at = (stages.stage(share) for share in (0.2, 0.3, 0.5))
    touched, created = _of(work, operations, reading)
    names: dict[Place, str] = {}
    for place, operation in _changed_since(work, operations, touched, since):
        names.setdefault(place, _named(work, place, operation))
    pointing = [place for place in _pointing(work, created, pointing_at) if place not in names]
    count = len(names) + len(pointing)
    for place in pointing[: max(0, _MOST_NAMED - len(names))]:
        history = work.log.of_record(*place)
        names[place] = _named(work, place, history[0][0] if history else None)
    if count:
        shown = "、".join(list(names.values())[:_MOST_NAMED])
        raise EditConflictError("editing.batch_built_on", count=count, records=shown)


def _of(
    work: UnitOfWork, operations: Sequence[Operation], progress: Progress
) -> tuple[set[Place], set[Place]]:
    """Return the records that a batch touched, and those of them that it made."""
    size = sum(work.log.size(operation.sequence) for operation in operations)
    touched: set[Place] = set()
    created: set[Place] = set()
    changes = chain.from_iterable(work.log.named(op.sequence) for op in operations)
    for change in watched(changes, lambda done: progress.step(done, size)):
        touched.add((change.entity, change.key))
        if change.kind is ChangeKind.CREATED:
            created.add((change.entity, change.key))
    return touched, created


def _changed_since(
    work: UnitOfWork, operations: Sequence[Operation], touched: set[Place], progress: Progress
) -> Iterator[tuple[Place, Operation]]:
    """Yield the batch's records that later steps changed, newest step first.

    A record of which every value was put back by hand is as the batch left it.
    """
    batch, last = operations[0].batch, operations[-1].sequence
    newest = work.log.recent(1)[0].sequence
    by_whom: dict[Place, Operation] = {}
    gone: set[Place] = set()
    ends: dict[Place, dict[str, tuple[Value | None, Value | None]]] = {}
    later = [
        operation
        for operation in work.log.recent(newest - last)
        if operation.batch != batch
        and operation.sequence > last
        and not operation.undone
        and operation.kind == OperationKind.DO
    ]
    size = sum(work.log.size(operation.sequence) for operation in later)
    done = 0
    for operation, block in ((o, b) for o in later for b in work.log.blocks(o.sequence)):
        progress.step(done, size)
        done += len(block)
        for change in block:
            place = (change.entity, change.key)
            if place not in touched:
                continue
            by_whom.setdefault(place, operation)
            if change.kind is not ChangeKind.UPDATED:
                gone.add(place)
            known = ends.setdefault(place, {})
            for item in change.fields:
                _, now = known.get(item.field, (None, item.new.value))
                known[item.field] = (item.old.value, now)
    for place, operation in by_whom.items():
        if place in gone or any(before != now for before, now in ends[place].values()):
            yield place, operation


def _pointing(work: UnitOfWork, created: set[Place], progress: Progress) -> list[Place]:
    """Return other records that point at records which the batch made."""
    found = []
    size = sum(work.records.count(entity.key) for entity in CATALOGUE)
    before = 0
    made = Counter(entity for entity, _ in created)
    for entity in CATALOGUE:
        references = [(field.key, field.target) for field in entity.references()]
        if entity.key != "evidence" and not references:
            continue
        count = work.records.count(entity.key)
        tick = partial(_tell, progress, before, size)
        before += count
        if count == made[entity.key]:  # no other records of the kind
            continue
        for record in watched(work.records.each(entity.key), tick):
            if (entity.key, record.key) in created:
                continue
            targets = [(target, str(record.get(key) or "")) for key, target in references]
            if entity.key == "evidence":
                owner = (record.text("owner_entity") or "", record.text("owner_key") or "")
                targets.append(owner)
            if any(target in created for target in targets):
                found.append((entity.key, record.key))
    return found


def _tell(progress: Progress, before: int, size: int, done: int) -> None:
    progress.step(before + done, size)


def _named(work: UnitOfWork, place: Place, operation: Operation | None) -> str:
    """Return a record with who changed or made it, and when."""
    record = work.records.get(*place)
    label = record.label if record is not None else place[1][:8]
    if operation is None:
        return label
    at = operation.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{label}（{operation.actor} {at}）"
