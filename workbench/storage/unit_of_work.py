# SPDX-License-Identifier: MIT
"""The SQLAlchemy unit of work: one connection, one transaction, one thread."""

import json
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, groupby, islice
from operator import attrgetter
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, func, select, update

from workbench.application.ports import Clock
from workbench.application.store_ports import Operation, OperationKind
from workbench.domain.reconciling.copies import Brought
from workbench.domain.records.changes import (
    ChangeKind,
    ChangeSet,
    NewRecords,
    RecordChange,
)  # fmt: skip
from workbench.domain.tables.watching import Tick, unwatched
from workbench.domain.values import Value
from workbench.storage.brought import store_brought
from workbench.storage.encoding import encode_changes, encode_origins, new_origins, unlike_rows
from workbench.storage.engine import HURRIED, TRIAL, WRITING, wait_for_others
from workbench.storage.faults import translated
from workbench.storage.kept_files import SqlFiles
from workbench.storage.log_file import move_log_home, moved_home_later
from workbench.storage.many_rows import insert_columns
from workbench.storage.own_values import with_own
from workbench.storage.reading import CHANGE, SqlRecords
from workbench.storage.remade import RemadeFields
from workbench.storage.repositories import OPERATION, SqlLog
from workbench.storage.sealing import SEALED, Sealing, sorted_texts
from workbench.storage.tables import ENTITY_TABLES, METADATA
from workbench.storage.updating import Updating

SETTING = METADATA.tables["setting"]
_WRITTEN_AT_ONCE = 500
"""How many changes are written between two reports, so that cancelling is heard soon."""


def unheard(_id: str) -> None:
    """Ignore which operations are written."""


class SqlUnitOfWork:
    """One transaction on a project; leaving it without commit() rolls back.

    ``written`` hears the id of every operation that is written. A ``hurried`` one waits for other
    writers only as long as nobody notices.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        actor: str,
        *,
        writing: bool,
        hurried: bool = False,
        written: Callable[[str], object] = unheard,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._actor = actor
        self._writing = writing
        self._hurried = hurried
        self._written = written
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
            connection.execution_options(**{WRITING: self._writing, HURRIED: self._hurried})
            connection.begin()
            if self._writing:
                wait_for_others(connection)
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
        tried = self._engine.get_execution_options().get(TRIAL)
        if waiting is None or tried or self._engine.dialect.name != "sqlite":
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
        brought: Iterable[Brought] = (),
    ) -> Operation:
        """Write the changes and their log entry; EditConflictError if an old value is not there.

        ``added`` are new records beside the changes, written block by block before them; ``more``
        are changes that follow them, read while they are written. ``tick`` hears how many changes
        are written, and may stop the work. ``brought`` are the steps behind those of a merge.
        """
        if not self._writing:
            raise RuntimeError("this unit of work was opened for reading")
        now = self._clock.now().astimezone(UTC)
        operation, sealing = self._log_operation(changes, kind, target, now)
        self._written(operation.id)
        last: dict[str, int] = {}
        logged = 0
        for block in added:
            self._add(
                block, self._first_place(block.entity, last), now, changes.batch, sealing, logged
            )
            last[block.entity] += len(block.keys)
            logged += len(block.keys)
        following = self._placed(chain(changes.records, more), last)
        updating = Updating(self.connection, self._actor, now)
        done = 0
        for (change_kind, entity), group in groupby(following, key=lambda c: (c.kind, c.entity)):
            while part := list(islice(group, _WRITTEN_AT_ONCE)):
                tick(done)
                match change_kind:
                    case ChangeKind.CREATED:
                        self._create(part, now, changes.batch, sealing, logged + done)
                    case ChangeKind.UPDATED:
                        updating.update(entity, part)
                    case ChangeKind.DELETED:
                        updating.delete(entity, part)
                self._log_changes(sealing, logged + done, part)
                done += len(part)
        store_brought(self.connection, operation.sequence, brought, lambda _done: tick(done))
        sealing.finish(lambda _done: tick(done))
        return operation

    def _placed(
        self, changes: Iterable[RecordChange], last: dict[str, int]
    ) -> Iterator[RecordChange]:
        """Give every new record its place at the end of its entity."""
        for change in changes:
            if change.kind is ChangeKind.CREATED and change.position is None:
                place = self._first_place(change.entity, last)
                last[change.entity] = place
                named = change.entity, change.key, change.kind, change.fields
                yield RecordChange(*named, position=place)
            else:
                yield change

    def _first_place(self, entity: str, last: dict[str, int]) -> int:
        """Return the place after the last record of an entity."""
        if entity not in last:
            last[entity] = self.records.last_position(entity)
        return last[entity] + 1

    def _add(
        self, block: NewRecords, place: int, now: datetime, batch: str, sealing: Sealing,
        first: int,
    ) -> None:  # fmt: skip
        """Write new records that come column by column, and what the log says of them."""
        count = len(block.keys)
        places = range(place, place + count)
        columns = {column.field: list(column.values) for column in block.columns}
        by_name = tuple(sorted(block.columns, key=attrgetter("field")))
        ordered = replace(block, columns=by_name)
        texts, odd = new_origins(ordered), unlike_rows(ordered)
        named = block.entity, block.keys, places
        self._insert(named, columns, texts, now, batch, sealing, first, odd)
        fields = [encode_changes(())] * count
        self._log(sealing, first, [block.entity] * count, block.keys,
                  [ChangeKind.CREATED.value] * count, places, fields)  # fmt: skip

    def _create(
        self, changes: Sequence[RecordChange], now: datetime, batch: str, sealing: Sealing,
        first: int,
    ) -> None:  # fmt: skip
        columns: dict[str, list[Any]] = {}
        texts = []
        for index, change in enumerate(changes):
            values, text = _row(change)
            texts.append(text)
            for name, value in values.items():
                columns.setdefault(name, [None] * len(changes))[index] = value
        keys = [change.key for change in changes]
        named = changes[0].entity, keys, [change.position for change in changes]
        self._insert(named, columns, texts, now, batch, sealing, first, ())

    def _insert(
        self,
        named: tuple[str, Sequence[str], Sequence[int | None]],
        columns: Mapping[str, list[Any]],
        origins: Sequence[str | None],
        now: datetime,
        batch: str,
        sealing: Sealing,
        first: int,
        odd: Collection[int],
    ) -> None:
        """Insert new records of one entity, given by column; the ``odd`` origins are not sorted.

        ``named`` are the entity, the keys and the places.
        """
        at = now.replace(tzinfo=None)
        entity, keys, places = named
        beside = {
            "key": list(keys),
            "position": list(places),
            "origins": list(origins),
            "version": 1,
            "created_at": at,
            "created_by": self._actor,
            "updated_at": at,
            "updated_by": self._actor,
            "batch": batch or None,
        }
        values = with_own(columns, len(keys))
        given = {**values, **beside}
        taken = insert_columns(self.connection, ENTITY_TABLES[entity], given, len(keys))
        made = {name: taken[name] for name in values}
        sealing.created(first, entity, made, sorted_texts(origins, odd))

    def _log_operation(
        self, changes: ChangeSet, kind: str, target: int | None, now: datetime
    ) -> tuple[Operation, Sealing]:
        operation = Operation(
            0, str(uuid.uuid4()), kind, changes.label, dict(changes.params), self._actor, now,
            changes.reason, changes.batch, False, target,
        )  # fmt: skip
        # Numbered here: a server's own counter would leave gaps where work was taken back.
        newest = select(func.max(OPERATION.c.sequence))
        sequence = (self.connection.execute(newest).scalar() or 0) + 1
        row = {"sequence": sequence, **_operation_row(operation)}
        self.connection.execute(OPERATION.insert().values(row))
        return Operation(sequence, *_rest(operation)), Sealing(self.connection, row)

    def _log_changes(self, sealing: Sealing, first: int, changes: Sequence[RecordChange]) -> None:
        """Write what happened to each record; a creation's values are in the record's own row."""
        created, nothing = ChangeKind.CREATED, encode_changes(())
        self._log(
            sealing,
            first,
            [change.entity for change in changes],
            [change.key for change in changes],
            [change.kind.value for change in changes],
            [change.position for change in changes],
            [
                nothing if change.kind is created else encode_changes(change.fields)
                for change in changes
            ],
        )

    def _log(self, sealing: Sealing, first: int, *columns: Sequence[Any]) -> None:
        """Write rows of the log from their number on, given by the columns of ``SEALED``."""
        count = len(columns[0])
        rows = dict(zip(SEALED, (range(first, first + count), *columns), strict=True))
        given = {name: list(column) for name, column in rows.items()}
        insert_columns(self.connection, CHANGE, {"operation": sealing.operation, **given}, count)
        sealing.changed(list(rows.values()))


def _row(change: RecordChange) -> tuple[Mapping[str, Value | None], str | None]:
    """Return the values of a new record, and the text of its origins with their names sorted."""
    if isinstance(change.fields, RemadeFields):
        return change.fields.row()
    values = {item.field: item.new.value for item in change.fields}
    origins = {item.field: of for item in change.fields if (of := item.new.origin) is not None}
    return values, encode_origins(dict(sorted(origins.items())))


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
