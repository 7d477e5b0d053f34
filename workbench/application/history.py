# SPDX-License-Identifier: MIT
"""Doing, undoing and redoing operations; the stacks are read from the project's own log."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from workbench.application.built_on import refuse_if_built_on
from workbench.application.collection import paused_collection
from workbench.application.moving import Moving, told_only
from workbench.application.others import News, Others, refuse_unseen
from workbench.application.ports import Progress, Silent
from workbench.application.store_ports import NewUnitOfWork, Operation, OperationKind, UnitOfWork
from workbench.application.versions.final_guard import LASTING, refuse_closed
from workbench.domain.findings import EditConflictError, RefusedError
from workbench.domain.reconciling.copies import Brought
from workbench.domain.records.changes import ChangeSet

Listener = Callable[[ChangeSet], None]
LIMIT = 200
"""How many operations back undo reaches, across restarts."""
SEARCHED = LIMIT * 3
"""Among how many operations they are looked for: some are undone, or other people's."""


@dataclass(frozen=True, slots=True)
class Step:
    """What undo or redo would touch: the operation's text key and params, and how many records."""

    sequence: int
    label: str
    params: dict[str, str]
    records: int = 0


class History:
    """Applies change sets and takes them back, newest first; tells one listener list.

    In a project that several people write to, each takes back what he did himself: the newest
    operation may be somebody else's, made a moment ago. ``anybodys`` means all operations. ``own``
    holds the ids of what this session wrote: everything else in the log is somebody else's.
    """

    def __init__(
        self,
        unit_of_work: NewUnitOfWork,
        actor: Callable[[], str] | None = None,
        own: Container[str] = (),
    ) -> None:
        self._unit_of_work = unit_of_work
        self._actor = actor
        self._others = Others(own)
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener, *, first: bool = False) -> None:
        """Call the listener after every operation, undo and redo; ``first`` before those there.

        Who forgets what it has read must come before who shows it.
        """
        self._listeners.insert(0 if first else len(self._listeners), listener)

    def do(
        self,
        changes: ChangeSet,
        prepare: Callable[[UnitOfWork], None] | None = None,
        progress: Progress | None = None,
        brought: Iterable[Brought] = (),
    ) -> Operation | None:
        """Apply, log, tell; nothing happens for an empty change set.

        ``prepare`` does what the changes rest on (keeping a file) in the same transaction; with
        ``progress`` the records written are told, and the work may be stopped until it is stored.
        ``brought`` are the steps of another copy behind the changes of a merge.
        """
        if not changes.records:
            return None
        try:
            operation, news = self._done_with(changes, prepare, progress, brought)
        except EditConflictError:
            self.catch_up()
            raise
        for each in news:
            self.tell(each.changes)
        self.tell(changes)
        return operation

    def _done_with(
        self,
        changes: ChangeSet,
        prepare: Callable[[UnitOfWork], None] | None,
        progress: Progress | None,
        brought: Iterable[Brought],
    ) -> tuple[Operation, list[News]]:
        """Write the changes; return what others wrote before them, which nobody was told yet."""
        with self._unit_of_work(writing=True) as work:
            news = self._others.peek(work)
            refuse_unseen(work, changes, news)
            if prepare is not None:
                prepare(work)
            refuse_closed(work, changes)
            if progress is None:
                operation = work.apply(changes)
                work.commit()
            else:
                operation = _applied_in_sight(work, changes, progress, brought)
        self._others.wrote(operation.sequence)
        return operation, news

    def watch_others(self) -> None:
        """From now on hear of what others write: somebody looks at the project for long."""
        with self._unit_of_work() as work:
            self._others.begin(work)

    def is_behind(self) -> bool:
        """Tell whether anything was written that the listeners may not know."""
        with self._unit_of_work() as work:
            return self._others.is_news(work)

    def catch_up(self) -> list[News]:
        """Tell the listeners what others wrote since; return it."""
        with self._unit_of_work() as work:
            news = self._others.news(work)
        for each in news:
            self.tell(each.changes)
        return news

    def batch_size(self, batch: str) -> int:
        """Return how many changes of records an import is made of."""
        with self._unit_of_work() as work:
            return sum(
                work.log.size(operation.sequence)
                for operation in work.log.of_batch(batch)
                if operation.kind == OperationKind.DO
            )

    def tell(self, changes: ChangeSet) -> None:
        """Tell the listeners about changes that were already written."""
        for listener in self._listeners:
            listener(changes)

    def next_undo(self, *, anybodys: bool = False) -> Step | None:
        """Return the operation that undo would take back."""
        with self._unit_of_work() as work:
            return _step(work, _undoable(self._done(work, anybodys=anybodys)))

    def next_redo(self) -> Step | None:
        """Return the operation that redo would do again."""
        with self._unit_of_work() as work:
            return _step(work, _redoable(self._done(work)))

    def _done(self, work: UnitOfWork, *, anybodys: bool = False) -> list[Operation]:
        """Return the operations that undo may reach, newest first."""
        actor = None if anybodys or self._actor is None else self._actor()
        found: list[Operation] = []
        left = LIMIT  # what was undone and buried since takes nothing away
        for operation in work.log.done(SEARCHED):
            if left and (actor is None or operation.actor == actor):
                found.append(operation)
                left -= not operation.undone
        return found

    def buried(self) -> list[Step]:
        """Return the undone steps that the newest step has just put out of redo's reach.

        Taking that step back brings them within reach again; only the first such step buries them.
        """
        with self._unit_of_work() as work:
            recent = work.log.recent(1)
            done = self._done(work)
            if not recent or not done or recent[0].sequence != done[0].sequence or done[0].undone:
                return []
            steps: list[Step] = []
            for operation in done[1:]:
                if not operation.undone:
                    break
                if (step := _step(work, operation)) is not None:
                    steps.append(step)
            return steps

    def undo(self, progress: Progress | None = None, *, anybodys: bool = False) -> ChangeSet:
        """Take the newest operation back; EditConflictError if its values were changed since.

        RefusedError when there is nothing to take back.

        Of a large operation the change set names the records only. A cancelled one leaves all as
        it was.
        """
        with paused_collection(), self._unit_of_work(writing=True) as work:
            operation = _undoable(self._done(work, anybodys=anybodys))
            if operation is None:
                raise RefusedError("editing.nothing_to_undo")
            moving = Moving(work, progress or Silent())
            changes = moving.back(operation)
            moving.commit()
        self.tell(changes)
        return changes

    def redo(self, progress: Progress | None = None) -> ChangeSet:
        """Do the newest undone operation again; as for ``undo``."""
        with paused_collection(), self._unit_of_work(writing=True) as work:
            operation = _redoable(self._done(work))
            if operation is None:
                raise RefusedError("editing.nothing_to_redo")
            moving = Moving(work, progress or Silent())
            changes = moving.again(operation)
            moving.commit()
        self.tell(changes)
        return changes

    def undo_batch(self, batch: str, progress: Progress | None = None) -> ChangeSet:
        """Take a whole import back, later too; EditConflictError if something built on it.

        RefusedError for an import that is unknown or was taken back.
        """
        with paused_collection(), self._unit_of_work(writing=True) as work:
            done = [op for op in work.log.of_batch(batch) if op.kind == OperationKind.DO]
            if not done:
                raise RefusedError("editing.no_such_batch", batch=batch)
            if all(op.undone for op in done):
                raise RefusedError("editing.batch_undone", batch=batch)
            standing = [op for op in done if not op.undone]
            moving = Moving(work, progress or Silent(), checked_first=True)
            refuse_if_built_on(work, standing, moving.checking)
            changes = ChangeSet("")
            for operation in reversed(standing):
                changes = moving.back(operation)
            moving.commit()
        self.tell(changes)
        return changes


@paused_collection()
def _applied_in_sight(
    work: UnitOfWork, changes: ChangeSet, progress: Progress, brought: Iterable[Brought]
) -> Operation:
    total = len(changes.records)
    operation = work.apply(changes, tick=lambda done: progress.step(done, total), brought=brought)
    work.commit(told_only(progress, total))
    return operation


def _step(work: UnitOfWork, operation: Operation | None) -> Step | None:
    if operation is None:
        return None
    size = work.log.size(operation.sequence)
    return Step(operation.sequence, operation.label, dict(operation.params), size)


def _undoable(done: Sequence[Operation]) -> Operation | None:
    return next((op for op in done if not op.undone and op.label not in LASTING), None)


def _redoable(done: Sequence[Operation]) -> Operation | None:
    """Return the oldest undone operation that no later operation has buried."""
    candidate = None
    for operation in done:
        if not operation.undone:
            break
        candidate = operation
    return candidate
