# SPDX-License-Identifier: MIT
"""The SQLAlchemy unit of work: one connection, one transaction, one thread."""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain, groupby, islice
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, select, update

from workbench.application.ports import Clock, Operation, OperationKind
from workbench.domain.records.changes import (
    ChangeKind,
    ChangeSet,
    NewRecords,
    RecordChange,
)  # fmt: skip
from workbench.domain.tables.watching import Tick, unwatched
from workbench.domain.values import Origin
from workbench.storage.encoding import encode_changes, encode_origins, new_origins
from workbench.storage.engine import WRITING
from workbench.storage.faults import translated
from workbench.storage.kept_files import SqlFiles
from workbench.storage.log_file import move_log_home, moved_home_later
from workbench.storage.many_rows import insert_columns
from workbench.storage.own_values import with_own
from workbench.storage.reading import CHANGE, SqlRecords
from workbench.storage.repositories import OPERATION, SqlLog
from workbench.storage.tables import ENTITY_TABLES, METADATA
from workbench.storage.updating import Updating

SETTING = METADATA.tables["setting"]
_WRITTEN_AT_ONCE = 500
"""How many changes are written between two reports, so that cancelling is heard soon."""


class SqlUnitOfWork:
    """One transaction on a project; leaving it without commit() rolls back."""

    def __init__(self, engine: Engine, clock: Clock, actor: str, *, writing: bool) -> None:
        self._engine = engine
        self._clock = clock
        self._actor = actor
        self._writing = writing
        self._connection: Connection | None = None
        self._open = ExitStack()

    @property
    def connection(self) -> Connection:
        """Return the open connection; RuntimeError outside a with statement."""
        if self._connection is None:
            raise RuntimeError("use the unit of work in a with statement")
        return self._connection

    @property
    def records(self) -> SqlRecords:
        """Return the records."""
        return SqlRecords(self.connection)

    @property
    def log(self) -> SqlLog:
        """Return the change log."""
        return SqlLog(self.connection)

    @property
    def files(self) -> SqlFiles:
        """Return the kept files."""
        return SqlFiles(self.connection)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(translated(self._engine.url))
            connection = stack.enter_context(self._engine.connect())
            connection.execution_options(**{WRITING: self._writing})
            connection.begin()
            self._open = stack.pop_all()
        self._connection = connection
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._connection = None
        self._open.__exit__(exc_type, exc, tb)

    def commit(self, waiting: Callable[[], None] | None = None) -> None:
        """Make it lasting; with ``waiting``, a large write-ahead log is moved home afterwards.

        SQLite would move the whole log within the commit, in one call that nothing can interrupt.
        """
        if waiting is None or self._engine.dialect.name != "sqlite":
            self.connection.commit()
            return
        with moved_home_later(self.connection):
            self.connection.commit()
        move_log_home(self._engine, waiting)

    def setting(self, name: str) -> str | None:
        """Return a setting that is kept with the project."""
        return self.connection.execute(
            select(SETTING.c.value).where(SETTING.c.name == name)
        ).scalar()

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting with the project."""
        done = self.connection.execute(
            update(SETTING).where(SETTING.c.name == name).values(value=value)
        )
        if not done.rowcount:
            self.connection.execute(SETTING.insert().values(name=name, value=value))

    def apply(
        self,
        changes: ChangeSet,
        kind: str = OperationKind.DO,
        target: int | None = None,
        added: Iterable[NewRecords] = (),
        tick: Tick = unwatched,
        more: Iterable[RecordChange] = (),
    ) -> Operation:
        """Write the changes and their log entry; EditConflictError if an old value is not there.

        ``added`` are new records beside the changes, written block by block before them; ``more``
        are changes that follow them, read while they are written. ``tick`` hears how many changes
        are written, and may stop the work.
        """
        if not self._writing:
            raise RuntimeError("this unit of work was opened for reading")
        now = self._clock.now().astimezone(UTC)
        operation = self._log_operation(changes, kind, target, now)
        last: dict[str, int] = {}
        logged = 0
        for block in added:
            placed = list(self._placed(block.named(), last))
            columns = {column.field: list(column.values) for column in block.columns}
            self._insert(placed, columns, new_origins(block), now, changes.batch)
            self._log_changes(operation.sequence, logged, placed)
            logged += len(placed)
        following = self._placed(chain(changes.records, more), last)
        updating = Updating(self.connection, self._actor, now)
        done = 0
        for (change_kind, entity), group in groupby(following, key=lambda c: (c.kind, c.entity)):
            while part := list(islice(group, _WRITTEN_AT_ONCE)):
                tick(done)
                match change_kind:
                    case ChangeKind.CREATED:
                        self._create(part, now, changes.batch)
                    case ChangeKind.UPDATED:
                        updating.update(entity, part)
                    case ChangeKind.DELETED:
                        updating.delete(entity, part)
                self._log_changes(operation.sequence, logged + done, part)
                done += len(part)
        return operation

    def _placed(
        self, changes: Iterable[RecordChange], last: dict[str, int]
    ) -> Iterator[RecordChange]:
        """Give every new record its place at the end of its entity."""
        for change in changes:
            if change.kind is ChangeKind.CREATED and change.position is None:
                place = last.get(change.entity)
                if place is None:
                    place = self.records.last_position(change.entity)
                last[change.entity] = place + 1
                named = change.entity, change.key, change.kind, change.fields
                yield RecordChange(*named, position=place + 1)
            else:
                yield change

    def _create(self, changes: Sequence[RecordChange], now: datetime, batch: str) -> None:
        columns: dict[str, list[Any]] = {}
        origins: list[dict[str, Origin]] = [{} for _ in changes]
        for index, change in enumerate(changes):
            for item in change.fields:
                values = columns.setdefault(item.field, [None] * len(changes))
                values[index] = item.new.value
                if item.new.origin is not None:
                    origins[index][item.field] = item.new.origin
        self._insert(changes, columns, [encode_origins(of) for of in origins], now, batch)

    def _insert(
        self,
        changes: Sequence[RecordChange],
        columns: Mapping[str, list[Any]],
        origins: Sequence[str | None],
        now: datetime,
        batch: str,
    ) -> None:
        """Insert new records of one entity, given by column."""
        at = now.replace(tzinfo=None)
        beside = {
            "key": [change.key for change in changes],
            "position": [change.position for change in changes],
            "origins": list(origins),
            "version": 1,
            "created_at": at,
            "created_by": self._actor,
            "updated_at": at,
            "updated_by": self._actor,
            "batch": batch or None,
        }
        if changes:
            table = ENTITY_TABLES[changes[0].entity]
            given = {**with_own(columns, len(changes)), **beside}
            insert_columns(self.connection, table, given, len(changes))

    def _log_operation(
        self, changes: ChangeSet, kind: str, target: int | None, now: datetime
    ) -> Operation:
        operation = Operation(
            0, str(uuid.uuid4()), kind, changes.label, dict(changes.params), self._actor, now,
            changes.reason, changes.batch, False, target,
        )  # fmt: skip
        sequence = self.connection.execute(
            OPERATION.insert().values(_operation_row(operation))
        ).inserted_primary_key[0]  # type: ignore[index]  # a single insert always has one
        return Operation(sequence, *_rest(operation))

    def _log_changes(self, sequence: int, first: int, changes: Sequence[RecordChange]) -> None:
        """Write what happened to each record; a creation's values are in the record's own row."""
        created, nothing = ChangeKind.CREATED, encode_changes(())
        columns = {
            "operation": sequence,
            "ordinal": list(range(first, first + len(changes))),
            "entity": [change.entity for change in changes],
            "key": [change.key for change in changes],
            "kind": [change.kind.value for change in changes],
            "position": [change.position for change in changes],
            "fields": [
                nothing if change.kind is created else encode_changes(change.fields)
                for change in changes
            ],
        }
        insert_columns(self.connection, CHANGE, columns, len(changes))


def _rest(operation: Operation) -> tuple[Any, ...]:
    return (
        operation.id, operation.kind, operation.label, operation.params, operation.actor,
        operation.at, operation.reason, operation.batch, operation.undone, operation.target,
    )  # fmt: skip


def _operation_row(operation: Operation) -> Mapping[str, Any]:
    return {
        "id": operation.id,
        "kind": operation.kind,
        "label": operation.label,
        "params": json.dumps(operation.params, ensure_ascii=False),
        "actor": operation.actor,
        "at": operation.at.replace(tzinfo=None),
        "reason": operation.reason,
        "batch": operation.batch,
        "undone": operation.undone,
        "target": operation.target,
    }
