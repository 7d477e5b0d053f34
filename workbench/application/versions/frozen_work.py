# SPDX-License-Identifier: MIT
"""A snapshot as a unit of work: what the services read of a final assessment, never written."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import NoReturn, Self

from workbench.application.store_ports import (
    FileState,
    NewUnitOfWork,
    Operation,
    OperationKind,
    SourceFile,
)
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.findings import RefusedError
from workbench.domain.freezing.snapshot import Snapshot
from workbench.domain.reconciling.copies import Brought, Written
from workbench.domain.records.changes import ChangeSet, NewRecords, RecordChange
from workbench.domain.records.ledger import Record
from workbench.domain.records.ledger_proof import FieldTotal, field_totals
from workbench.domain.records.log_seal import LogSeal
from workbench.domain.tables.watching import Tick, unwatched


class FrozenRecords:
    """Records that are held in memory, such as those of a snapshot."""

    def __init__(self, rows: Mapping[str, Sequence[Record]]) -> None:
        self._rows = rows

    def all(self, entity: str) -> Sequence[Record]:
        """Return every record of an entity in ledger order."""
        return self._rows.get(entity, ())

    def each(self, entity: str, *, lasting: bool = False) -> Iterator[Record]:
        """Yield every record of an entity in ledger order."""
        return iter(self.all(entity))

    def first(self, entity: str, count: int) -> Sequence[Record]:
        """Return the first records of an entity in ledger order."""
        return self.all(entity)[:count]

    def some(
        self, entity: str, keys: Collection[str], *, lasting: bool = False
    ) -> dict[str, Record]:
        """Return the records with these keys, by key."""
        return {record.key: record for record in self.all(entity) if record.key in keys}

    def get(self, entity: str, key: str) -> Record | None:
        """Return one record, or None."""
        return next((record for record in self.all(entity) if record.key == key), None)

    def count(self, entity: str) -> int:
        """Return how many records an entity has."""
        return len(self.all(entity))

    def totals(self, entity: str) -> Mapping[str, FieldTotal]:
        """Return the totals of every shipped field of an entity."""
        return field_totals(self.all(entity), CATALOGUE[entity])


class FrozenLog:
    """The change log stays with the project; a snapshot has none."""

    def recent(self, _limit: int) -> Sequence[Operation]:
        """Return no operations."""
        return ()

    def done(self, _limit: int) -> Sequence[Operation]:
        """Return no operations."""
        return ()

    def changes(self, _sequence: int) -> ChangeSet:
        """Refuse: there are none."""
        _refuse()

    def size(self, _sequence: int) -> int:
        """Return 0: there are no operations."""
        return 0

    def named(self, _sequence: int) -> Iterator[RecordChange]:
        """Yield nothing."""
        return iter(())

    def blocks(self, _sequence: int, *, backwards: bool = False) -> Iterator[list[RecordChange]]:
        """Yield nothing."""
        return iter(())

    def of_record(self, _entity: str, _key: str) -> Sequence[tuple[Operation, ChangeSet]]:
        """Return no operations."""
        return ()

    def all(self) -> Sequence[Operation]:
        """Return no operations."""
        return ()

    def written(self, _after: int) -> Iterator[tuple[int, Written]]:
        """Yield nothing."""
        return iter(())

    def count(self, _after: int) -> int:
        """Return that there are none."""
        return 0

    def steps(
        self, _after: int, _places: Container[tuple[str, str]]
    ) -> Iterator[tuple[int, RecordChange]]:
        """Yield nothing."""
        return iter(())

    def brought(self, _entity: str = "", _key: str = "") -> Iterator[tuple[int, Brought]]:
        """Yield nothing."""
        return iter(())

    def deleted(self, _entity: str) -> Iterator[tuple[Operation, RecordChange]]:
        """Yield nothing."""
        return iter(())

    def newest_of_each(self, _until: datetime | None) -> Mapping[tuple[str, str], Operation]:
        """Return nothing: who wrote what was frozen is in the log of the project."""
        return {}

    def contents_named(self, _after: int) -> set[str]:
        """Return nothing."""
        return set()

    def of_batch(self, _batch: str) -> Sequence[Operation]:
        """Return no operations."""
        return ()

    def seal(self, _sequence: int | None = None) -> LogSeal | None:
        """Return none: the seals are the project's."""
        return None

    def mark_undone(self, _sequence: int, _undone: bool) -> None:
        """Refuse: nothing here can be taken back."""
        _refuse()


class FrozenFiles:
    """The imported files as they were named; contents come from the project, by their SHA-256."""

    def __init__(self, snapshot: Snapshot, live: NewUnitOfWork) -> None:
        self._sources = [SourceFile(**each) for each in snapshot.files]
        self._live = live

    def sources(self) -> Sequence[SourceFile]:
        """Return the imported files."""
        return self._sources

    def holds(self, sha256: str) -> bool:
        """Tell whether a content is here."""
        with self._live() as work:
            return work.files.holds(sha256)

    def lacking(self, digests: Collection[str]) -> frozenset[str]:
        """Return those of the contents that are not here."""
        with self._live() as work:
            return work.files.lacking(digests)

    def get(self, sha256: str) -> bytes | None:
        """Return a blob, or None when it is missing."""
        with self._live() as work:
            return work.files.get(sha256)

    def pieces(self, sha256: str) -> Iterator[bytes] | None:
        """Return a file as one piece, None when missing."""
        content = self.get(sha256)
        return None if content is None else iter((content,))

    def state(self, sha256: str) -> FileState:
        """Tell whether a file is whole."""
        with self._live() as work:
            return work.files.state(sha256)

    def sizes(self) -> dict[str, int]:
        """Return nothing: the contents are the project's."""
        return {}

    def forget(self, _sha256s: Collection[str]) -> None:
        """Refuse: a final assessment is closed."""
        _refuse()

    def add_source(self, _name: str, _content: bytes, _batch: str) -> str:
        """Refuse: a final assessment is closed."""
        _refuse()

    def bring_source(self, _source: SourceFile) -> None:
        """Refuse: a final assessment is closed."""
        _refuse()

    def put(self, _content: bytes) -> str:
        """Refuse: a final assessment is closed."""
        _refuse()

    def keep(self, _sha256: str, _pieces: Iterable[bytes]) -> None:
        """Refuse: a final assessment is closed."""
        _refuse()


class FrozenWork:
    """One reading of a snapshot, in the form of a transaction."""

    def __init__(self, snapshot: Snapshot, live: NewUnitOfWork) -> None:
        self._settings = snapshot.settings
        self.records = FrozenRecords({**snapshot.ledger, **snapshot.attached})
        self.log = FrozenLog()
        self.files = FrozenFiles(snapshot, live)

    def apply(
        self,
        _changes: ChangeSet,
        _kind: str = OperationKind.DO,
        _target: int | None = None,
        _added: Iterable[NewRecords] = (),
        _tick: Tick = unwatched,
        _more: Iterable[RecordChange] = (),
        _brought: Iterable[Brought] = (),
    ) -> Operation:
        """Refuse: a final assessment is closed."""
        _refuse()

    def setting(self, name: str) -> str | None:
        """Return a setting as it was."""
        return self._settings.get(name)

    def set_setting(self, _name: str, _value: str) -> None:
        """Refuse: a final assessment is closed."""
        _refuse()

    def commit(self, waiting: Callable[[], None] | None = None) -> None:
        """Have nothing to make lasting."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        return None


def _refuse() -> NoReturn:
    raise RefusedError("finalizing.closed")
