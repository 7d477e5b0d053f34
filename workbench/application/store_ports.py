# SPDX-License-Identifier: MIT
"""What keeps a project, as protocols: its records, its log, its files, its transactions."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from workbench.domain.reconciling.copies import Brought, Written
from workbench.domain.records.changes import ChangeSet, NewRecords, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.ledger_proof import FieldTotal
from workbench.domain.records.log_seal import LogSeal
from workbench.domain.tables.watching import Tick, unwatched

PROJECT_ID = "project_id"
"""The setting by which copies of a project know each other before the first step."""


class OperationKind:
    """What an operation in the log was."""

    DO, UNDO, REDO = "do", "undo", "redo"


@dataclass(frozen=True, slots=True)
class Operation:
    """One logged operation: who did what, when and why."""

    sequence: int
    id: str
    kind: str
    label: str
    params: Mapping[str, str]
    actor: str
    at: datetime
    reason: str
    batch: str
    undone: bool
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An imported file that is kept with the project."""

    id: str
    name: str
    sha256: str
    size: int
    batch: str


class FileState(StrEnum):
    """Whether a kept file is as it was when it was added."""

    WHOLE = "whole"
    MISSING = "missing"
    ALTERED = "altered"


class OutsideFile(Protocol):
    """A file on disk that is to be kept, read piece by piece as often as asked."""

    @property
    def name(self) -> str:
        """Return the file's name without its folder."""
        ...

    @property
    def size(self) -> int:
        """Return its size in bytes."""
        ...

    def pieces(self) -> Iterator[bytes]:
        """Yield the content; InputError when it cannot be read."""
        ...


class RecordStore(Protocol):
    """Reads records of any entity; hands out frozen values, never live rows."""

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity in ledger order."""
        ...

    def each(self, entity: str, *, lasting: bool = False) -> Iterator[Record]:
        """Yield every record of an entity in ledger order.

        Not ``lasting`` ones are for a caller that lets them go again: they take far more room.
        """
        ...

    def first(self, entity: str, count: int) -> Sequence[Record]:
        """Return the first records of an entity in ledger order."""
        ...

    def some(
        self, entity: str, keys: Collection[str], *, lasting: bool = False
    ) -> dict[str, Record]:
        """Return the records with these keys, by key; those that are gone are left out.

        ``lasting`` ones are for a caller that holds very many: they take far less room.
        """
        ...

    def get(self, entity: str, key: str) -> Record | None:
        """Return one record, or None."""
        ...

    def count(self, entity: str) -> int:
        """Return how many records an entity has."""
        ...

    def totals(self, entity: str) -> Mapping[str, FieldTotal]:
        """Return the totals of every shipped field of an entity, counted by the store itself."""
        ...


class OperationLog(Protocol):
    """Reads the change log and moves through it."""

    def recent(self, limit: int) -> Sequence[Operation]:
        """Return the newest operations, newest first."""
        ...

    def done(self, limit: int) -> Sequence[Operation]:
        """Return the newest operations that are no undo and no redo, newest first."""
        ...

    def changes(self, sequence: int) -> ChangeSet:
        """Return what an operation changed."""
        ...

    def size(self, sequence: int) -> int:
        """Return how many changes of records an operation is made of."""
        ...

    def named(self, sequence: int) -> Iterator[RecordChange]:
        """Yield what an operation changed, in order, without the fields."""
        ...

    def blocks(self, sequence: int, *, backwards: bool = False) -> Iterator[list[RecordChange]]:
        """Yield what an operation changed, block by block; records may be changed in between."""
        ...

    def of_record(self, entity: str, key: str) -> Sequence[tuple[Operation, ChangeSet]]:
        """Return what happened to one record, newest first."""
        ...

    def all(self) -> Sequence[Operation]:
        """Return every operation, oldest first."""
        ...

    def written(self, after: int) -> Iterator[tuple[int, Written]]:
        """Yield what the operations after a number wrote, oldest first, by the numbers."""
        ...

    def count(self, after: int) -> int:
        """Return how many changes of records the operations after a number hold."""
        ...

    def steps(
        self, after: int, places: Container[tuple[str, str]]
    ) -> Iterator[tuple[int, RecordChange]]:
        """Yield what operations after a number did to records, by entity and key, oldest first."""
        ...

    def brought(self, entity: str = "", key: str = "") -> Iterator[tuple[int, Brought]]:
        """Yield the steps of other copies behind what merges took, of one record or all.

        Each comes with the number of its merge, newest merge first.
        """
        ...

    def deleted(self, entity: str) -> Iterator[tuple[Operation, RecordChange]]:
        """Yield every deletion of an entity's records, oldest first."""
        ...

    def newest_of_each(self, until: datetime | None) -> Mapping[tuple[str, str], Operation]:
        """Return the newest operation on every record, up to a moment if one is given."""
        ...

    def contents_named(self, after: int) -> set[str]:
        """Return the kept contents that evidence and assessments named in later operations."""
        ...

    def of_batch(self, batch: str) -> Sequence[Operation]:
        """Return the operations of one import batch."""
        ...

    def seal(self, sequence: int | None = None) -> LogSeal | None:
        """Return the newest seal, or that of a step; None when an older program wrote it."""
        ...

    def mark_undone(self, sequence: int, undone: bool) -> None:
        """Remember that an operation was taken back, or done again."""
        ...


class FileStore(Protocol):
    """Keeps files inside the project, by the SHA-256 of their content."""

    def add_source(self, name: str, content: bytes, batch: str) -> str:
        """Keep an imported file; return the id that SourceRef.source uses."""
        ...

    def bring_source(self, source: SourceFile) -> None:
        """Name an imported file of another copy of the project; its content is kept apart."""
        ...

    def sources(self) -> Sequence[SourceFile]:
        """Return the imported files."""
        ...

    def put(self, content: bytes) -> str:
        """Keep a blob; return its SHA-256."""
        ...

    def holds(self, sha256: str) -> bool:
        """Tell whether a content is here, without reading it."""
        ...

    def lacking(self, digests: Collection[str]) -> frozenset[str]:
        """Return those of the contents that are not here, without reading any."""
        ...

    def keep(self, sha256: str, pieces: Iterable[bytes]) -> None:
        """Keep a file piece by piece; InputError when the pieces are not what the SHA-256 says.

        A content that is here but was altered is replaced.
        """
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return a blob, or None when it is missing; ProjectError when it was altered."""
        ...

    def pieces(self, sha256: str) -> Iterator[bytes] | None:
        """Return a file piece by piece, None when missing; ProjectError at the end if altered."""
        ...

    def sizes(self) -> dict[str, int]:
        """Return the bytes of every content, by SHA-256, without reading any."""
        ...

    def forget(self, sha256s: Collection[str]) -> None:
        """Remove contents for good."""
        ...

    def state(self, sha256: str) -> FileState:
        """Tell whether a file is whole, by reading all of it."""
        ...


class UnitOfWork(Protocol):
    """One transaction. Leaving it without commit() rolls back."""

    @property
    def records(self) -> RecordStore:
        """Return the records."""
        ...

    @property
    def log(self) -> OperationLog:
        """Return the change log."""
        ...

    @property
    def files(self) -> FileStore:
        """Return the kept files."""
        ...

    def apply(
        self,
        changes: ChangeSet,
        kind: str = OperationKind.DO,
        target: int | None = None,
        added: Iterable[NewRecords] = (),
        tick: Tick = unwatched,
        more: Iterable[RecordChange] = (),
        brought: Iterable[Brought] = (),
    ) -> Operation:
        """Write the changes and their log entry; EditConflictError if an old value is not there.

        ``added`` are new records written block by block before the changes, ``more`` changes after
        them, read while written. ``tick`` hears how many are written, and may stop the work.
        ``brought`` are the steps of another copy behind the changes of a merge.
        """
        ...

    def setting(self, name: str) -> str | None:
        """Return a setting that is kept with the project."""
        ...

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting with the project."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    def commit(self, waiting: Callable[[], None] | None = None) -> None:
        """Make it lasting.

        After a large transaction, ``waiting`` is called often while the store tidies up; what was
        committed stays committed whatever it does.
        """
        ...


class NewUnitOfWork(Protocol):
    """Opens transactions; a writing one takes the write lock at its start and waits for it."""

    def __call__(self, *, writing: bool = False) -> UnitOfWork:
        """Return a unit of work, to be used in a with statement on one thread."""
        ...
