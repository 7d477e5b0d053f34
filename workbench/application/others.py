# SPDX-License-Identifier: MIT
"""What others wrote into the open project: another window, the command line, a colleague."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from workbench.application.moving import LARGE
from workbench.application.store_ports import Operation, UnitOfWork
from workbench.domain.findings import EditConflictError
from workbench.domain.records.changes import CellState, ChangeKind, ChangeSet

_Cell = tuple[str, str, str]


@dataclass(slots=True)
class _Touched:
    """A cell that others wrote: what it was before, what it is now, who wrote it last."""

    before: CellState
    now: CellState
    by: Operation


@dataclass(frozen=True, slots=True)
class News:
    """One operation of somebody else; of a very large one the records are only named."""

    operation: Operation
    changes: ChangeSet


class Others:
    """Tells own operations from those of others by ``own``, the ids of what this session wrote.

    Until ``begin`` nothing is news: who just opened a project reads all of it anew.
    """

    def __init__(self, own: Container[str]) -> None:
        self._own = own
        self._seen: int | None = None
        self._lock = Lock()

    def begin(self, work: UnitOfWork) -> None:
        """Take everything that is there as seen."""
        self._seen = _newest(work)

    def is_news(self, work: UnitOfWork) -> bool:
        """Tell whether anything was written since, by anybody."""
        return self._seen is not None and _newest(work) != self._seen

    def news(self, work: UnitOfWork) -> list[News]:
        """Return what others wrote since, oldest first, and take it as seen."""
        with self._lock:
            found = self.peek(work)
            if self._seen is not None:
                self._seen = _newest(work)
        return found

    def peek(self, work: UnitOfWork) -> list[News]:
        """Return what others wrote since, oldest first."""
        if self._seen is None or (ahead := _newest(work) - self._seen) <= 0:
            return []
        foreign = [each for each in work.log.recent(ahead) if each.id not in self._own]
        return [News(each, _changes(work, each)) for each in reversed(foreign)]

    def wrote(self, sequence: int) -> None:
        """Take an own operation as seen."""
        if self._seen is not None:
            self._seen = max(self._seen, sequence)


def refuse_unseen(work: UnitOfWork, changes: ChangeSet, news: Sequence[News]) -> None:
    """Raise EditConflictError when a change would overwrite what the person never saw."""
    touched = _touched(news)
    if not touched:
        return
    records = {cell[:2]: cell for cell in touched}
    for change in changes.records:
        if (change.entity, change.key) not in records:
            continue
        if change.kind is ChangeKind.DELETED:
            raise _conflict(work, records[change.entity, change.key], touched)
        for item in change.fields if change.kind is ChangeKind.UPDATED else ():
            cell = change.entity, change.key, item.field
            if cell in touched and item.new != touched[cell].now:
                raise _conflict(work, cell, touched)


def _touched(news: Iterable[News]) -> dict[_Cell, _Touched]:
    """Return the cells that others left otherwise than they were."""
    found: dict[_Cell, _Touched] = {}
    for each in news:
        for change in each.changes.records:
            for item in change.fields:
                cell = change.entity, change.key, item.field
                before = found[cell].before if cell in found else item.old
                found[cell] = _Touched(before, item.new, each.operation)
    return {cell: of for cell, of in found.items() if of.before.value != of.now.value}


def _conflict(work: UnitOfWork, cell: _Cell, touched: dict[_Cell, _Touched]) -> EditConflictError:
    entity, key, name = cell
    record, of = work.records.get(entity, key), touched[cell]
    return EditConflictError(
        "editing.conflict", entity=entity, key=key, field=name,
        record=record.label if record else key[:8], expected=of.before.value, found=of.now.value,
        actor=of.by.actor, at=of.by.at.astimezone().strftime("%Y-%m-%d %H:%M"),
    )  # fmt: skip


def _changes(work: UnitOfWork, operation: Operation) -> ChangeSet:
    if work.log.size(operation.sequence) <= LARGE:
        return work.log.changes(operation.sequence)
    records = tuple(work.log.named(operation.sequence))
    return ChangeSet(
        operation.label, records, operation.params, operation.reason, operation.batch, whole=False
    )


def _newest(work: UnitOfWork) -> int:
    return next((each.sequence for each in work.log.recent(1)), 0)
