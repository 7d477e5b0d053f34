# SPDX-License-Identifier: MIT
"""Follows every value back through the log to where it was made, and says where the way breaks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity, Field, is_own
from workbench.domain.records.changes import EMPTY_CELL, ChangeKind, RecordChange
from workbench.domain.records.ledger import Record
from workbench.storage.creations import Cells, cells_of, step_back
from workbench.storage.encoding import decode_changes
from workbench.storage.own_values import OWN
from workbench.storage.reading import CHANGE, SqlRecords, in_parts
from workbench.storage.sealing import (
    CREATION_SEAL,
    Part,
    column_checks,
    origins_text,
    own_text,
    part_from,
    plain_cell,
    row_digest,
    sorted_origins,
    sorted_own,
)
from workbench.storage.tables import ENTITY_TABLES

ORIGINS = "origins"
"""Stands for what is kept beside the values: raw text, unit, state, source cell."""
UNNAMED = ("?",)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is not what the log says, and the fields; none are named when it is gone."""

    key: str
    fields: tuple[str, ...] = ()
    label: str = ""


@dataclass(slots=True)
class Followed:
    """One entity followed back; ``unsealed`` counts records of which the first values are older."""

    broken: list[Broken] = field(default_factory=list)
    unsealed: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the log about a record."""

    operation: int
    ordinal: int
    change: RecordChange


class Following:
    """Follows the records of one entity back; ``waiting`` is called often and may stop the work."""

    def __init__(self, connection: Connection, entity: Entity, waiting: Callable[[], None]) -> None:
        self._connection = connection
        self._entity = entity
        self._fields: dict[str, Field] = {each.key: each for each in entity}
        self._waiting = waiting
        self._parts: dict[int, list[Part]] = {}
        self._found = Followed()
        rows = connection.execute(
            select(*CREATION_SEAL.c)
            .where(CREATION_SEAL.c.entity == entity.key)
            .order_by(CREATION_SEAL.c.operation, CREATION_SEAL.c.first)
        )
        for row in rows:
            self._parts.setdefault(row[0], []).append(part_from(row[1:]))

    def run(self) -> Followed:
        """Follow every record."""
        changed = self._changed()
        self._untouched(changed)
        for keys in in_parts(sorted(changed)):
            self._waiting()
            for broken, sealed in self._back(keys).values():
                if broken is not None:
                    self._found.broken.append(broken)
                self._found.unsealed += not sealed
        return self._found

    def _changed(self) -> set[str]:
        """Return the keys of the records of which the log says more than that they were made."""
        columns = CHANGE.c
        own = columns.entity == self._entity.key
        more = select(columns.key).where(own, columns.kind != ChangeKind.CREATED.value)
        return set(self._connection.scalars(more))

    def _untouched(self, changed: set[str]) -> None:
        """Compare the rows of records that were made and never changed with their digests."""
        columns = CHANGE.c
        query = (
            select(columns.operation, columns.ordinal, columns.key)
            .where(columns.entity == self._entity.key, columns.kind == ChangeKind.CREATED.value)
            .order_by(columns.operation, columns.ordinal)
        )
        made = [tuple(row) for row in self._connection.execute(query)]
        for operation, some in groupby(made, key=lambda row: row[0]):
            rows = list(some)
            parts = self._parts.get(operation, [])
            if not parts:
                self._found.unsealed += sum(key not in changed for _, _, key in rows)
                continue
            placed = {ordinal: key for _, ordinal, key in rows}
            for part in parts:
                places = range(part.first, part.first + len(part))
                self._part(operation, part, [placed.get(at, "") for at in places], changed)

    def _part(self, operation: int, part: Part, keys: Sequence[str], changed: set[str]) -> None:
        """Compare the never changed records of one part."""
        wanted = [(at, key) for at, key in enumerate(keys) if key not in changed]
        bad: list[str] = []
        more: dict[str, list[str]] = {}
        for some in in_parts([key for _, key in wanted]):
            self._waiting()
            rows = self._rows(some)
            for at, key in ((at, key) for at, key in wanted if key in rows):
                cells, origins, beyond = self._plain(rows[key], part)
                same = row_digest(cells, origins) == part.row(at) or (
                    row_digest(cells, sorted_origins(origins)) == part.row(at)
                )
                if beyond:
                    more[key] = beyond
                if not same or beyond:
                    bad.append(key)
        if bad:
            fields = self._differing(operation, part, keys)
            labels = {key: record.label for key, record in self._records(bad).items()}
            for key in bad:
                names = [*(UNNAMED if fields is None else fields), *more.get(key, [])] or [ORIGINS]
                self._found.broken.append(Broken(key, tuple(names), labels.get(key, "")))

    def _rows(self, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        table = ENTITY_TABLES[self._entity.key]
        names = [name for name in self._fields if name in table.c]
        own = [OWN] if OWN in table.c else []
        held = ", ".join(f'"{name}"' for name in ("key", "origins", *own, *names))
        marks = ", ".join("?" * len(keys))
        query = f'SELECT {held} FROM "{self._entity.key}" WHERE "key" IN ({marks})'
        result = self._connection.exec_driver_sql(query, tuple(keys))
        return {row["key"]: dict(row) for row in result.mappings()}

    def _plain(self, row: Mapping[str, Any], part: Part) -> tuple[list[Any], str, list[str]]:
        """Return a row's cells as its part names them, its origins, and what is there beyond."""
        cells = [sorted_own(row[OWN]) if name == OWN else row.get(name) for name in part.fields]
        named = set(part.fields)
        beyond = [name for name in self._fields if name not in named and row.get(name) is not None]
        if OWN not in named and row.get(OWN):
            beyond.append(OWN)
        return cells, row["origins"] or "", beyond

    def _records(self, keys: Iterable[str]) -> dict[str, Record]:
        return SqlRecords(self._connection).some(self._entity.key, list(keys))

    def _back(self, keys: Sequence[str]) -> dict[str, tuple[Broken | None, bool]]:
        """Follow changed records back; tell what is broken, and whether all was sealed."""
        records = self._records(keys)
        return {
            key: self._walk(key, records.get(key), history)
            for key, history in self._histories(keys)
        }

    def _walk(
        self, key: str, record: Record | None, history: Sequence[_Row]
    ) -> tuple[Broken | None, bool]:
        """Follow one record back, newest change first."""
        label = "" if record is None else record.label
        cells: Cells = {} if record is None else cells_of(record)
        here, sealed = record is not None, True
        wrong: dict[str, None] = {}
        for row in history:
            change = row.change
            if (change.kind is ChangeKind.DELETED) == here:
                return Broken(key, (), label), sealed
            wrong |= dict.fromkeys(self._contradicted(cells, change))
            if change.kind is ChangeKind.CREATED:
                seal = self._seal_of(row)
                sealed = sealed and seal is not None
                if seal is not None and not wrong:
                    wrong |= dict.fromkeys(self._made_otherwise(cells, row, *seal))
                cells.clear()
            else:
                step_back(cells, change)
            here = change.kind is not ChangeKind.CREATED
        return (Broken(key, tuple(wrong), label) if wrong else None), sealed

    def _histories(self, keys: Sequence[str]) -> Iterator[tuple[str, list[_Row]]]:
        """Yield what the log says of records, newest first."""
        columns = CHANGE.c
        query = (
            select(*columns)
            .where(columns.entity == self._entity.key, columns.key.in_(keys))
            .order_by(columns.key, columns.operation.desc(), columns.ordinal.desc())
        )
        for key, rows in groupby(self._connection.execute(query), key=lambda row: row.key):
            yield key, [
                _Row(row.operation, row.ordinal, RecordChange(
                    row.entity, row.key, ChangeKind(row.kind), decode_changes(row.fields),
                    row.position,
                ))
                for row in rows
            ]  # fmt: skip

    def _contradicted(self, cells: Cells, change: RecordChange) -> Iterator[str]:
        """Yield the fields that do not hold what a change wrote."""
        for item in change.fields:
            held = cells.get(item.field, EMPTY_CELL)
            field_ = self._fields.get(item.field)
            plain = [plain_cell(each.value, field_) for each in (held, item.new)]
            if plain[0] != plain[1] or held.origin != item.new.origin:
                yield item.field

    def _seal_of(self, row: _Row) -> tuple[Part, int] | None:
        for part in self._parts.get(row.operation, ()):
            if part.first <= row.ordinal < part.first + len(part):
                return part, row.ordinal - part.first
        return None

    def _made_otherwise(self, cells: Cells, row: _Row, part: Part, at: int) -> list[str]:
        """Return the fields in which a record was made otherwise than the log leads back to."""
        known = {name: cell for name, cell in cells.items() if cell != EMPTY_CELL}
        plain = self._plain_cells(known)
        beyond = [name for name in plain if name not in part.fields]
        if not beyond and row_digest(self._ordered(plain, part), self._origins(known)) == part.row(
            at
        ):
            return []
        differing = self._differing(row.operation, part, self._keys_of(row.operation, part))
        return [*(UNNAMED if differing is None else differing), *beyond] or [ORIGINS]

    def _plain_cells(self, cells: Cells) -> dict[str, Any]:
        plain = {
            name: plain_cell(cell.value, self._fields.get(name))
            for name, cell in cells.items()
            if not is_own(name) and cell.value is not None
        }
        own = own_text({name: cell.value for name, cell in cells.items() if is_own(name)})
        return plain | ({OWN: own} if own else {})

    @staticmethod
    def _ordered(plain: Mapping[str, Any], part: Part) -> list[Any]:
        return [plain.get(name) for name in part.fields]

    @staticmethod
    def _origins(cells: Cells) -> str:
        return origins_text({n: cell.origin for n, cell in cells.items() if cell.origin})

    def _keys_of(self, operation: int, part: Part) -> list[str]:
        columns = CHANGE.c
        query = (
            select(columns.key)
            .where(
                columns.operation == operation, columns.ordinal >= part.first,
                columns.ordinal < part.first + len(part),
            )
            .order_by(columns.ordinal)
        )  # fmt: skip
        return list(self._connection.scalars(query))

    def _differing(self, operation: int, part: Part, keys: Sequence[str]) -> Sequence[str] | None:
        """Return the fields in which records of a part differ from what was made.

        None when nothing can be said of the fields, because a record is gone without a word.
        """
        made = self._as_made(operation, keys)
        if len(made) < len(keys):
            return None
        rows = [self._ordered(made[key], part) for key in keys]
        return part.differing(column_checks(zip(*rows, strict=True)))

    def _as_made(self, operation: int, keys: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return the plain cells that records had after an operation made them."""
        made: dict[str, Mapping[str, Any]] = {}
        for some in in_parts(keys):
            records = self._records(some)
            for key, history in self._histories(some):
                cells: Cells = cells_of(records[key]) if key in records else {}
                for row in history:
                    if row.operation == operation and row.change.kind is ChangeKind.CREATED:
                        break
                    step_back(cells, row.change)
                if cells:
                    made[key] = self._plain_cells(cells)
        return made


def follow(connection: Connection, entity: str, waiting: Callable[[], None]) -> Followed:
    """Follow the records of one entity back through the log."""
    return Following(connection, CATALOGUE[entity], waiting).run()
