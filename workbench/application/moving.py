# SPDX-License-Identifier: MIT
"""Moves through the log: takes one operation back or does it again, however large it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from workbench.application.ports import Cancelled, Progress
from workbench.application.stages import Stages
from workbench.application.store_ports import Operation, OperationKind, UnitOfWork
from workbench.application.versions.final_guard import refuse_closed
from workbench.domain.records.changes import ChangeSet, RecordChange

LARGE = 12_000
"""From how many changes on an operation is read and written block by block: of fewer the screens
hear every field, and need not read the ledger again."""
_CHECKING = 0.2


class Moving:
    """One move through the log within one transaction; tells how many records are done."""

    def __init__(
        self, work: UnitOfWork, progress: Progress, *, checked_first: bool = False
    ) -> None:
        self._work = work
        self._progress = progress
        self._stages = Stages(progress)
        self.checking: Progress = self._stages.stage(_CHECKING if checked_first else 0.0)
        self._left = 1.0 - (_CHECKING if checked_first else 0.0)
        self._rows = 0

    def back(self, operation: Operation) -> ChangeSet:
        """Take an operation back; EditConflictError if its values were changed since."""
        changes = self._written(operation, OperationKind.UNDO)
        self._work.log.mark_undone(operation.sequence, True)
        return changes

    def again(self, operation: Operation) -> ChangeSet:
        """Do an operation again that was taken back."""
        changes = self._written(operation, OperationKind.REDO)
        self._work.log.mark_undone(operation.sequence, False)
        return changes

    def commit(self) -> None:
        """Make it lasting; it is too late then to cancel, and the progress is full."""
        told = told_only(self._progress, self._rows)
        told()
        self._work.commit(told if self._rows > LARGE else None)

    def _written(self, operation: Operation, kind: str) -> ChangeSet:
        size = self._work.log.size(operation.sequence)
        self._rows += size
        stage = self._stages.stage(self._left)
        self._left = 0.0
        stage.step(0, size)
        if size <= LARGE:
            return self._at_once(operation, kind)
        return self._by_block(operation, kind, size, lambda done: stage.step(done, size))

    def _at_once(self, operation: Operation, kind: str) -> ChangeSet:
        changes = self._work.log.changes(operation.sequence)
        if kind == OperationKind.UNDO:
            changes = changes.inverted()
        refuse_closed(self._work, changes)
        self._work.apply(changes, kind, operation.sequence)
        return changes

    def _by_block(
        self, operation: Operation, kind: str, size: int, tick: Callable[[int], None]
    ) -> ChangeSet:
        """Write it while it is read, so that memory stays flat; return what names the records."""
        back = kind == OperationKind.UNDO
        moved = ChangeSet(
            operation.label, (), dict(operation.params), operation.reason, operation.batch,
            whole=False,
        )  # fmt: skip
        blocks = self._work.log.blocks(operation.sequence, backwards=back)
        named: list[RecordChange] = []

        def following() -> Iterator[RecordChange]:
            for block in blocks:
                tick(min(len(named), size - 1))
                part = [change.inverted() for change in block] if back else block
                refuse_closed(self._work, replace(moved, records=tuple(part)))
                named.extend(_names(part))
                yield from part

        self._work.apply(moved, kind, operation.sequence, more=following())
        return replace(moved, records=tuple(named))


def told_only(progress: Progress, rows: int) -> Callable[[], None]:
    """Return how to report once all is stored: it is too late then to cancel."""

    def tell() -> None:
        with suppress(Cancelled):
            progress.step(rows, rows)

    return tell


def _names(changes: Iterable[RecordChange]) -> Iterator[RecordChange]:
    """Return the changes without what they wrote."""
    return (RecordChange(c.entity, c.key, c.kind, (), c.position) for c in changes)
